/**
 * The exact sum, rounded once to the nearest number: what `Math.sumPrecise` returns, with its
 * rules. The sum of nothing is -0; infinities of both signs, or a NaN, give NaN.
 *
 * @throws TypeError if `values` is not iterable or one of them is not a number. Its iterator
 * is closed.
 * @throws RangeError if there are more than 2^53 - 1 values.
 */
export function sumPrecise(values: Iterable<number>): number;

/**
 * The mean, rounded once. It is finite if all values are.
 *
 * @throws RangeError if there are no values.
 */
export function mean(values: Iterable<number>): number;

/** The square root of the sum of the squares, rounded once. */
export function norm(values: Iterable<number>): number;

/**
 * The variance: the sum of the squared distances from the mean, divided by the number of
 * values less `ddof`, rounded once.
 *
 * @param ddof 0 by default; 1 for the variance of a sample.
 * @throws RangeError if there are at most `ddof` values.
 */
export function variance(values: Iterable<number>, ddof?: number): number;

/**
 * The square root of the variance, rounded once.
 *
 * @param ddof 0 by default; 1 for the standard deviation of a sample.
 * @throws RangeError if there are at most `ddof` values.
 */
export function standardDeviation(values: Iterable<number>, ddof?: number): number;

/**
 * The sum of the products x[i] * y[i], rounded once.
 *
 * @throws RangeError if there are not as many values in `x` as in `y`.
 */
export function dot(x: Iterable<number>, y: Iterable<number>): number;

/** The exact sum of bigints. That of a BigInt64Array or BigUint64Array is fast. */
export function sumBigInt(values: Iterable<bigint>): bigint;

/**
 * An exact sum in progress. The order in which numbers are added, and how they are
 * distributed over accumulators that are merged, change no bit of its value.
 */
export class Accumulator {
    /** @param values a number or several, to begin with. */
    constructor(values?: number | Iterable<number>);
    /** Adds a number, or all of `values`: if one is refused, none is added. */
    add(values: number | Iterable<number>): this;
    /** Subtracts a number, or all of `values`: none of them leaves a trace. */
    subtract(values: number | Iterable<number>): this;
    /** Adds what the other accumulator has. */
    merge(other: Accumulator): this;
    /** Subtracts what the other accumulator has. */
    unmerge(other: Accumulator): this;
    /**
     * The sum, rounded once; that of nothing is 0.
     *
     * @throws RangeError if more NaN or infinities were subtracted than added.
     */
    value(): number;
    /**
     * The mean, rounded once.
     *
     * @throws RangeError if there are no values.
     */
    mean(): number;
    /** How many values were added, less how many were subtracted. */
    readonly count: number;
    /** An accumulator with the same sum. */
    copy(): Accumulator;
    /**
     * The sum as 48 to 320 bytes, the same on every machine and in every language that Tally
     * has a package for. Equal sums have equal bytes.
     */
    save(): Uint8Array;
    /**
     * The accumulator that was saved.
     *
     * @throws RangeError if these are not the bytes of a saved accumulator.
     */
    static load(bytes: ArrayBuffer | ArrayBufferView): Accumulator;
}
