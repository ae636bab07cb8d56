import assert from 'node:assert/strict';
import test from 'node:test';

import { sumPrecise } from 'libtally';

import { KINDS, Random, sum } from './oracle.js';

// In each way of giving them.
function check(values, expected, what) {
    const ways = {
        array: values,
        Float64Array: Float64Array.from(values),
        iterator: values.values(),
        generator: (function* () {
            yield* values;
        })(),
        set: { [Symbol.iterator]: () => values[Symbol.iterator]() },
    };
    for (const [way, given] of Object.entries(ways)) {
        const found = sumPrecise(given);
        assert.ok(Object.is(found, expected), `${what}, ${way}: ${found}, not ${expected}`);
    }
}

test('a table of sums', () => {
    const rows = [
        [[], -0],
        [[-0], -0],
        [[-0, -0, -0], -0],
        [[-0, 0], 0],
        [[0], 0],
        [[1, -1], 0],
        [[-0, 1, -1], 0],
        [[0.1, 0.2, 0.3], 0.6],
        [[1e100, 1, -1e100], 1],
        [[1e308, 1e308, -1e308], 1e308],
        [[Number.MAX_VALUE, Number.MAX_VALUE], Infinity],
        [[-Number.MAX_VALUE, -Number.MAX_VALUE], -Infinity],
        // Half an ulp above the largest number is a tie, and less is not.
        [[Number.MAX_VALUE, 2 ** 970], Infinity],
        [[Number.MAX_VALUE, 2 ** 970, -Number.MIN_VALUE], Number.MAX_VALUE],
        [[2 ** 53, 1], 2 ** 53],
        [[2 ** 53, 1, Number.MIN_VALUE], 2 ** 53 + 2],
        [[2 ** 53 + 2, 1], 2 ** 53 + 4],
        [[Number.MIN_VALUE, Number.MIN_VALUE], 1e-323],
        [[NaN], NaN],
        [[1, NaN, Infinity], NaN],
        [[Infinity], Infinity],
        [[Infinity, Infinity, -1e308], Infinity],
        [[-Infinity, 1], -Infinity],
        [[Infinity, -Infinity], NaN],
        [[-Infinity, 5, Infinity, 7], NaN],
    ];
    for (const [values, expected] of rows) {
        assert.ok(Object.is(sum(values), expected), `the oracle, ${values}`);
        check(values, expected, `[${values}]`);
    }
});

test('every kind of number in arrays of many lengths', () => {
    const random = new Random(1);
    for (const [name, kind] of Object.entries(KINDS)) {
        for (const length of [1, 2, 3, 7, 8, 16, 31, 33, 100, 300, 1000]) {
            for (let round = 0; round < (length < 50 ? 12 : 2); round++) {
                const values = random.array(length, kind);
                check(values, sum(values), `${name}, ${length}`);
                // Cancelled, down to what one more value leaves.
                const more = [...values, ...values.map((value) => -value), random.uniform()];
                check(more, sum(more), `${name}, cancelled, ${length}`);
            }
        }
    }
});

test('arrays of several parts', () => {
    const random = new Random(2);
    for (const name of ['uniform', 'wide', 'finite']) {
        for (const length of [8191, 8192, 8193, 16384, 20000]) {
            const values = random.array(length, KINDS[name]);
            check(values, sum(values), `${name}, ${length}`);
        }
    }
    const zeros = new Array(10000).fill(-0);
    check(zeros, -0, 'negative zeros');
    zeros[9000] = 0;
    check(zeros, 0, 'one zero');
    zeros[9001] = -Infinity;
    check(zeros, -Infinity, 'an infinity');
    zeros[5] = Infinity;
    check(zeros, NaN, 'two infinities');
});

test('typed arrays of every type', () => {
    const random = new Random(3);
    const integers = random.array(9000, (random) => random.below(2 ** 33) - 2 ** 32);
    for (const Type of [
        Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
        Float32Array,
    ]) {
        for (const length of [0, 5, 9000]) {
            const values = Type.from(integers.slice(0, length));
            assert.ok(Object.is(sumPrecise(values), sum([...values])), `${Type.name}, ${length}`);
        }
    }
    const odd = new Float64Array(new ArrayBuffer(80024), 8, 10001);
    odd.set(random.array(10001, KINDS.wide));
    assert.equal(sumPrecise(odd), sum([...odd]));
    assert.equal(sumPrecise(odd.subarray(7, 9000)), sum([...odd.subarray(7, 9000)]));
    const shared = new Float64Array(new SharedArrayBuffer(80));
    shared.set(odd.subarray(0, 10));
    assert.equal(sumPrecise(shared), sum([...shared]));
});

test('what is not iterable is refused', () => {
    const refused = [
        [undefined, 'undefined'],
        [null, 'null'],
        [5, 'a number'],
        [{}, 'an object'],
        [() => 0, 'a function'],
        [Symbol('s'), 'a symbol'],
        [{ [Symbol.iterator]: 5 }, 'an object'],
    ];
    for (const [values, is] of refused) {
        const message = `sumPrecise: values is ${is}, not an iterable`;
        assert.throws(() => sumPrecise(values), { name: 'TypeError', message });
    }
    assert.throws(() => sumPrecise(), TypeError);
    assert.throws(() => sumPrecise(1, 2), TypeError);
    assert.throws(() => sumPrecise({ [Symbol.iterator]: () => 5 }), TypeError);
});

test('what is not a number is refused, and the iterator closed', () => {
    const never = {
        valueOf: () => assert.fail('converted'),
        toString: () => assert.fail('converted'),
    };
    const refused = [
        ['1', 'a string'],
        [1n, 'a bigint'],
        [undefined, 'undefined'],
        [null, 'null'],
        [true, 'a boolean'],
        [[], 'an array'],
        [never, 'an object'],
        [new Number(1), 'an object'],
    ];
    for (const [value, is] of refused) {
        for (const before of [[], [1], [NaN], [Infinity, -Infinity], new Array(8192).fill(1)]) {
            const message = `sumPrecise: values[${before.length}] is ${is}, not a number`;
            const expected = { name: 'TypeError', message };
            assert.throws(() => sumPrecise([...before, value, 2]), expected);
            let closed = 0;
            let taken = 0;
            const iterator = {
                next: () => ({
                    done: false,
                    value: taken < before.length ? before[taken++] : value,
                }),
                return: () => {
                    closed += 1;
                    return {};
                },
            };
            assert.throws(() => sumPrecise({ [Symbol.iterator]: () => iterator }), expected);
            assert.equal(closed, 1);
        }
    }
    const ofText = 'sumPrecise: values[0] is a string, not a number';
    assert.throws(() => sumPrecise('12'), { name: 'TypeError', message: ofText });
    assert.throws(() => sumPrecise(new BigInt64Array(2)), TypeError);
    assert.ok(Object.is(sumPrecise(new BigInt64Array(0)), -0));
    const ofHole = 'sumPrecise: values[1] is undefined, not a number';
    assert.throws(() => sumPrecise([1, , 2]), { name: 'TypeError', message: ofHole });
    const detached = new Float64Array(4);
    structuredClone(detached, { transfer: [detached.buffer] });
    assert.throws(() => sumPrecise(detached), TypeError);
});

test('an error of the iterator is passed on', () => {
    const thrown = new Error('mine');
    const fails = (where) => {
        let closed = 0;
        const iterator = {
            get next() {
                if (where === 'next') throw thrown;
                return () => {
                    if (where === 'next()') throw thrown;
                    return {
                        done: false,
                        get value() {
                            if (where === 'value') throw thrown;
                            return 'x';
                        },
                    };
                };
            },
            return() {
                closed += 1;
                throw new Error('another, which is not seen');
            },
        };
        const call = () => sumPrecise({ [Symbol.iterator]: () => iterator });
        return [call, () => closed];
    };
    for (const where of ['next', 'next()', 'value']) {
        const [call, closed] = fails(where);
        assert.throws(call, thrown);
        assert.equal(closed(), 0);
    }
    const [call, closed] = fails('nowhere');
    assert.throws(call, TypeError);
    assert.equal(closed(), 1);
});

test('an iterator that was replaced is used', () => {
    const own = [4, 5];
    own[Symbol.iterator] = function* () {
        yield 1;
        yield 2;
    };
    assert.equal(sumPrecise(own), 3);
    const typed = new Float64Array(3);
    typed[Symbol.iterator] = own[Symbol.iterator];
    assert.equal(sumPrecise(typed), 3);

    const prototype = Object.getPrototypeOf([].values());
    const { next } = prototype;
    try {
        prototype.next = function () {
            const step = next.call(this);
            return step.done ? step : { done: false, value: 2 * step.value };
        };
        assert.equal(sumPrecise([1, 2]), 6);
        assert.equal(sumPrecise(Float64Array.of(1, 2)), 6);
    } finally {
        prototype.next = next;
    }
    let closed = 0;
    try {
        prototype.return = () => ({ closed: (closed += 1) });
        assert.throws(() => sumPrecise([1, 'x']), TypeError);
        assert.equal(closed, 1);
    } finally {
        delete prototype.return;
    }
    // A getter is asked once.
    let asked = 0;
    const values = {
        get [Symbol.iterator]() {
            asked += 1;
            return () => [1, 2].values();
        },
    };
    assert.equal(sumPrecise(values), 3);
    assert.equal(asked, 1);
});

test('an array that changes as it is read', () => {
    const values = [1, 2, 3];
    Object.defineProperty(values, 1, {
        get() {
            values.length = 2;
            return 20;
        },
    });
    assert.equal(sumPrecise(values), 21);
    const grows = [1];
    Object.defineProperty(grows, 0, {
        get() {
            if (grows.length < 5) grows.push(10);
            return 1;
        },
    });
    assert.equal(sumPrecise(grows), 11);
});

test('sums within sums', () => {
    const inner = Array.from({ length: 9000 }, (_, i) => i);
    const outer = function* () {
        for (let i = 0; i < 9000; i++) {
            if (i % 1000 === 10) {
                assert.equal(sumPrecise(inner), 40495500);
                assert.throws(() => sumPrecise([7, 'x']), TypeError);
            }
            yield 1e-3;
        }
    };
    assert.equal(sumPrecise(outer()), sum(new Array(9000).fill(1e-3)));
    const array = [1, 2, 3];
    Object.defineProperty(array, 1, { get: () => sumPrecise([50, 50]) });
    assert.equal(sumPrecise(array), 104);
});

test('a subclass cannot lead to other memory', () => {
    class Mine extends Float64Array {
        static get [Symbol.species]() {
            return assert.fail('asked');
        }
        get length() {
            return assert.fail('asked');
        }
        get buffer() {
            return assert.fail('asked');
        }
        get byteOffset() {
            return assert.fail('asked');
        }
        subarray() {
            return assert.fail('asked');
        }
    }
    for (const length of [3, 10000]) {
        const values = new Mine(new ArrayBuffer(8 * length + 8), 8, length);
        for (let i = 0; i < length; i++) values[i] = i;
        assert.equal(sumPrecise(values), (length * (length - 1)) / 2);
    }
});

test('its properties', () => {
    assert.equal(sumPrecise.name, 'sumPrecise');
    assert.equal(sumPrecise.length, 1);
    assert.throws(() => new sumPrecise([1]), TypeError);
    assert.throws(() => Reflect.construct(Object, [], sumPrecise), TypeError);
});
