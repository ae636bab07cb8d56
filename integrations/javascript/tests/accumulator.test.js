import assert from 'node:assert/strict';
import test from 'node:test';

import { Accumulator } from 'libtally';

import * as oracle from './oracle.js';
import { KINDS, Random } from './oracle.js';

const valueOf = (values) => (values.length === 0 ? 0 : oracle.sum(values));

// What an accumulator should be that holds these.
function check(accumulator, values, what) {
    assert.deepEqual(accumulator.save(), oracle.savedForm(values), what);
    assert.ok(Object.is(accumulator.value(), valueOf(values)), what);
    assert.equal(accumulator.count, values.length, what);
    if (values.length > 0) assert.ok(Object.is(accumulator.mean(), oracle.mean(values)), what);
}

test('numbers added in every way', () => {
    const random = new Random(8);
    for (const [name, kind] of Object.entries(KINDS)) {
        for (const length of [0, 1, 10, 1000, 8192, 8193, 17000]) {
            const values = random.array(length, kind);
            const what = `${name}, ${length}`;
            check(new Accumulator(values), values, what);
            check(new Accumulator().add(Float64Array.from(values)), values, what);
            check(new Accumulator(values.values()), values, what);
            if (length > 1000) continue;
            const single = new Accumulator();
            values.forEach((value) => single.add(value));
            check(single, values, what);
        }
    }
    const specials = [NaN, Infinity, -Infinity, -0, 0, 1, Infinity, -Infinity, -Infinity];
    check(new Accumulator(specials), specials, 'specials');
    check(new Accumulator(5), [5], 'one number');
});

test('what is subtracted leaves no trace', () => {
    const random = new Random(9);
    for (const length of [1, 10, 9000]) {
        const kept = random.array(length, KINDS.wide);
        const gone = [...random.array(length, KINDS.finite), Infinity, NaN, -0];
        const accumulator = new Accumulator([...kept, ...gone]).subtract(gone);
        check(accumulator, kept, `${length}`);
        accumulator.subtract(Float64Array.from(kept));
        check(accumulator, [], `${length}`);
    }
    assert.equal(new Accumulator().subtract(5).value(), -5);
    assert.equal(new Accumulator().subtract([5, 6]).count, -2);
});

test('merging is adding', () => {
    const random = new Random(10);
    const parts = [0, 1, 100, 9000].map((length) => random.array(length, KINDS.finite));
    const all = new Accumulator();
    for (const part of parts) assert.equal(all.merge(new Accumulator(part)), all);
    check(all, parts.flat(), 'merged');
    const rest = all.copy().unmerge(new Accumulator(parts[3]));
    check(rest, parts.slice(0, 3).flat(), 'unmerged');
    check(all, parts.flat(), 'the copied one');
    const own = new Accumulator([1, 2]);
    check(own.merge(own), [1, 2, 1, 2], 'with itself');
});

test('a refused value changes nothing', () => {
    for (const before of [[], [1], new Array(9000).fill(0.1)]) {
        const accumulator = new Accumulator([5]);
        for (const name of ['add', 'subtract']) {
            const refused = `values[${before.length}] is a string, not a number`;
            const message = `Accumulator.${name}: ${refused}`;
            const expected = { name: 'TypeError', message };
            assert.throws(() => accumulator[name]([...before, '1']), expected);
            check(accumulator, [5], name);
        }
    }
    const message = 'Accumulator.add: values is undefined, not an iterable';
    assert.throws(() => new Accumulator().add(), { name: 'TypeError', message });
    const ofNull = 'Accumulator: values is null, not an iterable';
    assert.throws(() => new Accumulator(null), { name: 'TypeError', message: ofNull });
    assert.throws(() => Accumulator(), TypeError);
});

test('what is not an accumulator is not merged', () => {
    const accumulator = new Accumulator([5]);
    for (const [other, is] of [
        [undefined, 'undefined'], [5, 'a number'], [{}, 'an object'],
        [Object.create(accumulator), 'an object'],
    ]) {
        for (const name of ['merge', 'unmerge']) {
            const message = `Accumulator.${name}: other is ${is}, not an Accumulator`;
            assert.throws(() => accumulator[name](other), { name: 'TypeError', message });
        }
    }
    check(accumulator, [5], 'refused');
});

test('an iterator may change the accumulator', () => {
    const accumulator = new Accumulator();
    const values = new Array(20000).fill(0.25);
    const iterator = function* () {
        for (const [i, value] of values.entries()) {
            if (i % 7000 === 0) accumulator.add(1).merge(new Accumulator([2, 3]));
            yield value;
        }
    };
    accumulator.add(iterator());
    check(accumulator, [...values, 1, 2, 3, 1, 2, 3, 1, 2, 3], 'changed');
});

test('saved and loaded', () => {
    const random = new Random(11);
    const finite = random.array(50, KINDS.finite);
    for (const values of [[], [1e-300, 1e300], finite, [NaN, -0, -Infinity]]) {
        const saved = new Accumulator(values).save();
        assert.ok(saved instanceof Uint8Array);
        check(Accumulator.load(saved), values, 'an array of bytes');
        check(Accumulator.load(saved.buffer), values, 'a buffer');
        check(Accumulator.load(Buffer.from(saved)), values, 'a part of a buffer');
        check(Accumulator.load(new DataView(saved.buffer)), values, 'a view');
        check(Accumulator.load(saved).add(1), [...values, 1], 'and added to');
    }
});

test('bytes that are refused', () => {
    const saved = new Accumulator([0.5]).save();
    const changed = (at, byte) => saved.map((old, i) => (i === at ? byte : old));
    const message = (rest) => ({ name: 'RangeError', message: `Accumulator.load: ${rest}` });
    const load = (bytes) => () => Accumulator.load(bytes);
    assert.throws(load(saved.subarray(0, 47)), message('47 bytes are too few for a saved state'));
    assert.throws(load(saved.subarray(0, 55)), message('need 56 bytes, have 55'));
    assert.throws(load(changed(0, 0)), message('the bytes do not begin with "TALY"'));
    assert.throws(load(changed(4, 9)), message('version 9 is unknown'));
    assert.throws(load(changed(5, 3)), message('kind 3, moments, is a different kind of state'));
    assert.throws(load(changed(6, 34)), RangeError);
    const many = 'bytes has 321 bytes, more than any saved accumulator';
    assert.throws(load(new Uint8Array(321)), message(many));
    for (const bytes of [undefined, 'TALY', [84, 65]]) assert.throws(load(bytes), TypeError);
    // Any other bytes are refused or give what is saved to the same bytes.
    const random = new Random(12);
    for (let i = 0; i < 2000; i++) {
        const bytes = changed(random.below(56), random.below(256));
        let loaded;
        try {
            loaded = Accumulator.load(bytes);
        } catch (error) {
            assert.ok(error instanceof RangeError);
            assert.match(error.message, /^Accumulator\.load: /);
            continue;
        }
        assert.deepEqual(loaded.save(), bytes);
    }
});

test('values that are not there, and counts beyond what they can be', () => {
    const message = (rest) => ({ name: 'RangeError', message: rest });
    const ofNothing = message('Accumulator.mean: need at least one value');
    assert.throws(() => new Accumulator().mean(), ofNothing);
    assert.throws(
        () => new Accumulator().subtract(NaN).value(),
        message('Accumulator.value: more NaN or infinities were subtracted than added'),
    );
    const many = new Accumulator([1]);
    for (let i = 0; i < 53; i++) many.merge(many);
    assert.equal(many.value(), 2 ** 53);
    assert.throws(() => many.count, message('Accumulator.count: the count is 2^53 or more'));
    for (let i = 53; i < 62; i++) many.merge(many);
    const before = many.save();
    assert.throws(
        () => many.merge(many),
        message('Accumulator.merge: the count of values would leave the range of the state'),
    );
    assert.deepEqual(many.save(), before);
    const largest = new Accumulator([Number.MAX_VALUE]);
    assert.equal(largest.merge(largest).value(), Infinity);
    assert.equal(largest.unmerge(new Accumulator([Number.MAX_VALUE])).value(), Number.MAX_VALUE);
});
