import assert from 'node:assert/strict';
import test from 'node:test';

import * as libtally from 'libtally';

import * as oracle from './oracle.js';
import { KINDS, Random } from './oracle.js';

const { mean, norm, variance, standardDeviation, dot, sumBigInt } = libtally;

function same(found, expected, what) {
    assert.ok(Object.is(found, expected), `${what}: ${found}, not ${expected}`);
}

function check(values, what) {
    for (const given of [values, Float64Array.from(values), values.values()]) {
        same(mean(given), oracle.mean(values), `mean, ${what}`);
    }
    const set = new Set(values);
    same(norm(set), oracle.norm([...set]), `norm of a set, ${what}`);
    for (const given of [values, Float64Array.from(values)]) {
        same(norm(given), oracle.norm(values), `norm, ${what}`);
        for (const ddof of [0, 1].filter((ddof) => ddof < values.length)) {
            same(variance(given, ddof), oracle.variance(values, ddof), `variance, ${what}`);
            const deviation = standardDeviation(given, ddof);
            same(deviation, oracle.standardDeviation(values, ddof), `deviation, ${what}`);
        }
    }
    same(variance(values), oracle.variance(values), `variance, ${what}`);
}

test('every kind of number in arrays of many lengths', () => {
    const random = new Random(4);
    for (const [name, kind] of Object.entries(KINDS)) {
        for (const length of [1, 2, 3, 8, 20, 100, 500]) {
            check(random.array(length, kind), `${name}, ${length}`);
        }
    }
});

test('arrays of several parts', () => {
    const random = new Random(5);
    for (const length of [8192, 8193, 17000]) {
        check(random.array(length, KINDS.prices), `prices, ${length}`);
    }
    check(random.array(9000, KINDS.finite), 'finite');
});

test('the classic disasters', () => {
    assert.equal(variance([1e9, 1e9 + 1, 1e9 + 2], 1), 1);
    assert.equal(standardDeviation([1e15 + 1, 1e15 + 2, 1e15 + 3], 1), 1);
    assert.equal(mean([1e308, 1e308, 1e308]), 1e308);
    assert.equal(norm([3e200, 4e200]), oracle.norm([3e200, 4e200]));
    assert.equal(dot([1e200, 1, 1e200], [1e200, 1, -1e200]), 1);
});

test('NaN, infinities, and results beyond the largest number', () => {
    for (const special of [NaN, Infinity, -Infinity]) {
        const values = [1, special, 3];
        same(mean(values), special, 'mean');
        same(variance(values), NaN, 'variance');
        same(standardDeviation(values, 1), NaN, 'deviation');
        same(norm(values), Math.abs(special), 'norm');
        same(dot(values, [1, 1, 1]), special, 'dot');
        const many = new Float64Array(10000).fill(1);
        many[9999] = special;
        same(mean(many), special, 'mean of many');
        same(variance(many), NaN, 'variance of many');
        same(norm(many), Math.abs(special), 'norm of many');
        same(dot(many, many.fill(1, 0, 9999)), special * special, 'dot of many');
    }
    same(dot([0], [Infinity]), NaN, 'zero times infinity');
    same(variance([1e300, -1e300]), Infinity, 'variance');
    same(norm([1.7e308, 1.7e308]), Infinity, 'norm');
    same(dot([1e200], [-1e200]), -Infinity, 'dot');
});

test('dot products', () => {
    const random = new Random(6);
    for (const name of ['uniform', 'wide', 'finite', 'subnormal', 'halves']) {
        for (const length of [0, 1, 2, 10, 100, 1000, 8192, 8193, 17000]) {
            const [x, y] = [random.array(length, KINDS[name]), random.array(length, KINDS[name])];
            const expected = oracle.dot(x, y);
            same(dot(x, y), expected, `${name}, ${length}`);
            same(dot(Float64Array.from(x), y.values()), expected, `${name}, ${length}, others`);
        }
    }
    same(dot(Float32Array.of(1, 2), Int8Array.of(3, -4)), -5, 'of two types');
});

test('arguments that are refused', () => {
    const thrown = (name, call, message) => assert.throws(call, { name, message });
    for (const [name, call] of Object.entries({ mean, norm, variance, standardDeviation })) {
        thrown('TypeError', () => call(5), `${name}: values is a number, not an iterable`);
        thrown('TypeError', () => call([1, '2']), `${name}: values[1] is a string, not a number`);
    }
    const few = (call, has, least) => {
        thrown('RangeError', call, `${has}, and must have at least ${least}`);
    };
    few(() => mean([]), 'mean: values has 0 elements', 1);
    few(() => variance([]), 'variance: values has 0 elements', 1);
    few(() => variance([1], 1), 'variance: values has 1 element', 2);
    const nothing = new Float64Array(9000);
    few(
        () => standardDeviation(nothing, 9000),
        'standardDeviation: values has 9000 elements', 9001,
    );
    assert.equal(variance(nothing, 8999), 0);
    same(norm([]), 0, 'norm of nothing');
    for (const call of [variance, standardDeviation]) {
        const text = `${call.name}: ddof is a string, not a number`;
        thrown('TypeError', () => call([1, 2], '1'), text);
        for (const ddof of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
            const message = `${call.name}: ddof is ${ddof}, not an integer from 0 on`;
            thrown('RangeError', () => call([1, 2], ddof), message);
        }
    }
    thrown('RangeError', () => dot([1], [1, 2]), 'dot: x has 1 element, and y has 2');
    thrown('TypeError', () => dot([1]), 'dot: y is undefined, not an iterable');
    thrown('TypeError', () => dot([null], [1]), 'dot: x[0] is null, not a number');
    const bigint = 'dot: y[0] is a bigint, not a number';
    thrown('TypeError', () => dot([1], new BigInt64Array(1)), bigint);
    // The second argument may take away the memory of the first.
    const x = new Float64Array(4);
    const takes = function* () {
        structuredClone(x, { transfer: [x.buffer] });
        yield* [1, 2, 3, 4];
    };
    assert.throws(() => dot(x, takes()), Error);
});

test('sums of bigints', () => {
    const random = new Random(7);
    const plain = (values) => [...values].reduce((sum, value) => sum + value, 0n);
    for (const length of [0, 1, 5, 1000, 8192, 8193, 20000]) {
        const words = random.array(length, (random) => (random.bits() << 20n) ^ random.bits());
        for (const Type of [BigInt64Array, BigUint64Array]) {
            const values = Type.from(words.map((word) => BigInt.asUintN(64, word)));
            assert.equal(sumBigInt(values), plain(values), `${Type.name}, ${length}`);
            assert.equal(sumBigInt([...values]), plain(values));
        }
    }
    for (const [Type, value] of [
        [BigInt64Array, -(2n ** 63n)],
        [BigInt64Array, 2n ** 63n - 1n],
        [BigUint64Array, 2n ** 64n - 1n],
    ]) {
        assert.equal(sumBigInt(new Type(10000).fill(value)), 10000n * value);
    }
    assert.equal(sumBigInt([2n ** 200n, 1n, -(2n ** 200n)]), 1n);
    assert.throws(() => sumBigInt([1n, 2]), {
        name: 'TypeError', message: 'sumBigInt: values[1] is a number, not a bigint',
    });
    assert.throws(() => sumBigInt(new Float64Array(1)), TypeError);
    assert.throws(() => sumBigInt(5n), {
        name: 'TypeError', message: 'sumBigInt: values is a bigint, not an iterable',
    });
});
