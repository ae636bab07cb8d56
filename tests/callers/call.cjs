// Calls the shared library from Node by koffi: node call.cjs LIBRARY
const assert = require('node:assert');
const koffi = require('koffi');

const library = koffi.load(process.argv[2]);
const sum = library.func(
    'int32_t tally_sum_f64(const double *values, size_t count, _Out_ double *total)');
const message = library.func('const char *tally_last_message()');

const total = [0];
assert.strictEqual(sum(new Float64Array([1e100, 1, -1e100]), 3, total), 0);
assert.strictEqual(total[0], 1);
assert.strictEqual(sum(null, 3, total), -1);
assert.match(message(), /NULL/);

// An accumulator is 320 bytes of anybody's.
const state = Buffer.alloc(library.func('size_t tally_accumulator_size()')());
const add = library.func('int32_t tally_accumulator_add_one_f64(void *into, double value)');
const value = library.func(
    'int32_t tally_accumulator_value_f64(const void *acc, _Out_ double *total)');
for (let i = 0; i < 10; i++)
    assert.strictEqual(add(state, 0.1), 0);
assert.strictEqual(value(state, total), 0);
assert.strictEqual(total[0], 1);

// A function of ours that the library calls.
koffi.proto('int tally_map_callback(const int *element, _Out_ int *result, void *user_data)');
const map = library.func(
    'int32_t tally_map(const int *elements, size_t count, intptr_t stride, ' +
    'tally_map_callback *callback, void *user_data, _Out_ int *results, _Out_ size_t *done)');
const seen = [];
const done = [0];
const stop = (element) => {
    seen.push(koffi.decode(element, 'int'));
    return seen.length === 2 ? 7 : 0;
};
assert.strictEqual(map(new Int32Array([5, 6, 7]), 3, 4, stop, null, new Int32Array(3), done), -10);
assert.deepStrictEqual(seen, [5, 6]);
assert.strictEqual(Number(done[0]), 1);
