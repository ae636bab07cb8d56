// The functions, over one instance of the module tally.wasm.

import { allNumbers, describe, eachPair, eachPart, sumOfBigInts } from './numbers.js';

const ACCUMULATOR_BYTES = 320;
const PRODUCTS_BYTES = 584;
const MOMENTS_BYTES = 856;
const SAVED_BYTES = 320;

const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

// The bytes of a buffer or of a view of one, if it is that.
function bytesOf(source) {
    if (source instanceof ArrayBuffer) return new Uint8Array(source);
    if (!ArrayBuffer.isView(source)) return undefined;
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

// An instance of tally.wasm, made of its bytes if need be.
function instanceOf(source) {
    if (source instanceof WebAssembly.Instance) return source;
    if (source instanceof WebAssembly.Module) return new WebAssembly.Instance(source);
    const bytes = bytesOf(source);
    if (bytes) return new WebAssembly.Instance(new WebAssembly.Module(bytes));
    throw new TypeError(
        `instantiate: source is ${describe(source)}, not bytes, a module or an instance`,
    );
}

export function instantiate(source) {
    const wasm = instanceOf(source).exports;

    // The module's memory does not grow, so these stay valid.
    const { buffer } = wasm.memory;
    const VALUES = wasm.room_values();
    const x = new Float64Array(buffer, wasm.room_x(), VALUES);
    const y = new Float64Array(buffer, wasm.room_y(), VALUES);
    const integers = new BigInt64Array(buffer, wasm.room_integers(), VALUES);
    const unsigned = new BigUint64Array(buffer, wasm.room_integers(), VALUES);
    const state = new Uint8Array(buffer, wasm.room_state(), MOMENTS_BYTES);
    const other = new Uint8Array(buffer, wasm.room_other(), ACCUMULATOR_BYTES);
    const saved = new Uint8Array(buffer, wasm.room_saved(), SAVED_BYTES);
    const result = new Float64Array(buffer, wasm.room_result(), 1);
    const wide = new BigInt64Array(buffer, wasm.room_wide(), 2);
    const text = new Uint8Array(buffer, wasm.room_message(), 160);

    // Throws what a function of the module says, if it failed.
    function check(name, failed) {
        if (failed === 0) return;
        const message = String.fromCharCode(...text.subarray(0, wasm.message_length()));
        throw new RangeError(`${name}: ${message}`);
    }

    // An iterator or a getter may call a function of this module while another one has
    // values in the room.
    let busy = false;
    function occupied(work) {
        if (busy) {
            const kept = x.slice();
            try {
                return work();
            } finally {
                x.set(kept);
            }
        }
        busy = true;
        try {
            return work();
        } finally {
            busy = false;
        }
    }

    // Has a function of the module change a state that is kept here.
    function change(name, own, act, ...rest) {
        state.set(own);
        check(name, act(...rest));
        own.set(state.subarray(0, own.length));
    }

    // How a statistic is computed: that of at most `VALUES` values by one call, others by a
    // state in which all are added. `ofNothing` is that of no values, if it has one.
    const accumulator = { bytes: ACCUMULATOR_BYTES, add: wasm.accumulator_add };
    const moments = { bytes: MOMENTS_BYTES, add: wasm.moments_add };
    const STATISTICS = {
        sumPrecise: {
            ...accumulator, once: wasm.sum, value: wasm.accumulator_value, ofNothing: -0,
        },
        mean: { ...accumulator, once: wasm.mean, value: wasm.accumulator_mean },
        norm: { ...moments, once: wasm.norm, value: wasm.moments_norm, ofNothing: 0 },
        variance: { ...moments, once: wasm.variance, value: wasm.moments_variance },
        standardDeviation: {
            ...moments, once: wasm.standard_deviation, value: wasm.moments_standard_deviation,
        },
    };

    // Of at least `least` values.
    function statistic(name, values, least, ddof) {
        const { bytes, add, once, value, ofNothing } = STATISTICS[name];
        let own;
        let length = 0;
        const use = (count, last) => {
            length += count;
            if (last && length < least) {
                const has = `values has ${plural(length, 'element')}`;
                throw new RangeError(`${name}: ${has}, and must have at least ${least}`);
            }
            if (last && own === undefined) {
                check(name, once(count, ddof));
                return;
            }
            own ??= new Uint8Array(bytes);
            change(name, own, add, count);
            if (last) check(name, value(ddof));
        };
        return occupied(() => {
            eachPart(`${name}: values`, values, x, use);
            return length === 0 ? ofNothing : result[0];
        });
    }

    function checkDdof(name, ddof) {
        if (typeof ddof !== 'number') {
            throw new TypeError(`${name}: ddof is ${describe(ddof)}, not a number`);
        }
        if (!Number.isSafeInteger(ddof) || ddof < 0) {
            throw new RangeError(`${name}: ddof is ${ddof}, not an integer from 0 on`);
        }
    }

    class Accumulator {
        #bytes = new Uint8Array(ACCUMULATOR_BYTES);

        constructor(values) {
            if (values !== undefined) this.#take('Accumulator', values, wasm.accumulator_add);
        }

        // Adds a number or several, by `act`: all of them, or none if one is refused.
        #take(name, values, act) {
            occupied(() => {
                if (typeof values === 'number') {
                    x[0] = values;
                    change(name, this.#bytes, act, 1);
                    return;
                }
                let parts;
                eachPart(`${name}: values`, values, x, (count, last) => {
                    if (last && parts === undefined) {
                        change(name, this.#bytes, act, count);
                        return;
                    }
                    // By themselves, since an iterator may change this accumulator too.
                    parts ??= new Uint8Array(ACCUMULATOR_BYTES);
                    change(name, parts, act, count);
                    if (last) {
                        other.set(parts);
                        change(name, this.#bytes, wasm.accumulator_merge);
                    }
                });
            });
            return this;
        }

        #join(name, from, act) {
            if (typeof from !== 'object' || from === null || !(#bytes in from)) {
                throw new TypeError(`${name}: other is ${describe(from)}, not an Accumulator`);
            }
            other.set(from.#bytes);
            change(name, this.#bytes, act);
            return this;
        }

        add(values) {
            return this.#take('Accumulator.add', values, wasm.accumulator_add);
        }

        subtract(values) {
            return this.#take('Accumulator.subtract', values, wasm.accumulator_subtract);
        }

        merge(from) {
            return this.#join('Accumulator.merge', from, wasm.accumulator_merge);
        }

        unmerge(from) {
            return this.#join('Accumulator.unmerge', from, wasm.accumulator_unmerge);
        }

        value() {
            state.set(this.#bytes);
            check('Accumulator.value', wasm.accumulator_value());
            return result[0];
        }

        mean() {
            state.set(this.#bytes);
            check('Accumulator.mean', wasm.accumulator_mean());
            return result[0];
        }

        get count() {
            state.set(this.#bytes);
            check('Accumulator.count', wasm.accumulator_count());
            const count = Number(wide[0]);
            if (!Number.isSafeInteger(count)) {
                throw new RangeError('Accumulator.count: the count is 2^53 or more');
            }
            return count;
        }

        copy() {
            const copy = new Accumulator();
            copy.#bytes.set(this.#bytes);
            return copy;
        }

        save() {
            state.set(this.#bytes);
            return saved.slice(0, wasm.accumulator_save());
        }

        static load(bytes) {
            const name = 'Accumulator.load';
            const all = bytesOf(bytes);
            if (!all) {
                throw new TypeError(`${name}: bytes is ${describe(bytes)}, not an array of bytes`);
            }
            if (all.length > SAVED_BYTES) {
                const has = `bytes has ${plural(all.length, 'byte')}`;
                throw new RangeError(`${name}: ${has}, more than any saved accumulator`);
            }
            saved.set(all);
            check(name, wasm.accumulator_load(all.length));
            const loaded = new Accumulator();
            loaded.#bytes.set(state.subarray(0, ACCUMULATOR_BYTES));
            return loaded;
        }
    }

    // Methods, so that none of them can be called with `new`.
    const functions = {
        sumPrecise(values) {
            return statistic('sumPrecise', values, 0);
        },

        mean(values) {
            return statistic('mean', values, 1);
        },

        norm(values) {
            return statistic('norm', values, 0);
        },

        variance(values, ddof = 0) {
            checkDdof('variance', ddof);
            return statistic('variance', values, ddof + 1, ddof);
        },

        standardDeviation(values, ddof = 0) {
            checkDdof('standardDeviation', ddof);
            return statistic('standardDeviation', values, ddof + 1, ddof);
        },

        dot(left, right) {
            const [a, b] = [allNumbers('dot: x', left), allNumbers('dot: y', right)];
            if (a.length !== b.length) {
                const has = `x has ${plural(a.length, 'element')}`;
                throw new RangeError(`dot: ${has}, and y has ${b.length}`);
            }
            return occupied(() => {
                let own;
                eachPair(a, b, x, y, (count, last) => {
                    if (last && own === undefined) {
                        check('dot', wasm.dot(count));
                        return;
                    }
                    own ??= new Uint8Array(PRODUCTS_BYTES);
                    change('dot', own, wasm.products_add, count);
                    if (last) check('dot', wasm.products_value());
                });
                return result[0];
            });
        },

        sumBigInt(values) {
            return sumOfBigInts('sumBigInt: values', values, VALUES, (part, count, signed) => {
                (signed ? integers : unsigned).set(part);
                check('sumBigInt', wasm.sum_integers(count, signed ? 1 : 0));
                return (wide[1] << 64n) + BigInt.asUintN(64, wide[0]);
            });
        },
    };
    return { ...functions, Accumulator };
}
