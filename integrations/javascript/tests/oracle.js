// What results should be, computed with bigints: every number is a multiple of 2^-1074.

const bits = new DataView(new ArrayBuffer(8));

const POINT = 1074n;

// A finite number in units of 2^-1074.
export function units(value) {
    bits.setFloat64(0, value);
    const word = bits.getBigUint64(0);
    const exponent = (word >> 52n) & 0x7ffn;
    const fraction = word & 0xfffffffffffffn;
    const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
    return word >> 63n ? -size : size;
}

const lengthOf = (integer) => BigInt(integer.toString(2).length);

// The number nearest to numerator / denominator, an even one of two.
export function nearest(numerator, denominator) {
    if (numerator === 0n) return 0;
    if (numerator < 0n) return -nearest(-numerator, denominator);
    // A unit of which the quotient has 53 bits or one more, but none below 2^-1074.
    let place = lengthOf(numerator) - lengthOf(denominator) - 53n;
    if (place < -POINT) place = -POINT;
    for (;;) {
        const n = place < 0n ? numerator << -place : numerator;
        const d = place > 0n ? denominator << place : denominator;
        let whole = n / d;
        const twice = 2n * (n - whole * d);
        if (twice > d || (twice === d && whole % 2n === 1n)) whole += 1n;
        if (whole > 1n << 53n) {
            place += 1n;
            continue;
        }
        // Both factors and the product are numbers, or else it is infinite.
        if (place > 971n) return Infinity;
        const half = place < -1022n ? -1022 : Number(place);
        return Number(whole) * 2 ** half * 2 ** (Number(place) - half);
    }
}

// The number nearest to the square root of numerator / denominator.
export function nearestRoot(numerator, denominator) {
    if (numerator === 0n) return 0;
    // So many digits that what they leave out decides no rounding but by being there.
    let shift = 2n * 1200n;
    const radicand = (numerator << shift) / denominator;
    let root = 1n << ((lengthOf(radicand) + 1n) / 2n);
    for (;;) {
        const next = (root + radicand / root) / 2n;
        if (next >= root) break;
        root = next;
    }
    const exact = root * root === radicand && radicand * denominator === numerator << shift;
    return nearest(2n * root + (exact ? 0n : 1n), 2n << 1200n);
}

const isFinite = (values) => values.every(Number.isFinite);
const total = (values) => values.reduce((sum, value) => sum + units(value), 0n);
const squares = (values) => values.reduce((sum, value) => sum + units(value) ** 2n, 0n);

// The rules of sums that are not those of integers.
export function sum(values) {
    const has = (special) => values.some((value) => Object.is(value, special));
    if (has(NaN) || (has(Infinity) && has(-Infinity))) return NaN;
    if (has(Infinity)) return Infinity;
    if (has(-Infinity)) return -Infinity;
    if (values.every((value) => Object.is(value, -0))) return -0;
    return nearest(total(values), 1n << POINT);
}

export function mean(values) {
    if (!isFinite(values)) return sum(values);
    if (values.every((value) => Object.is(value, -0))) return -0;
    return nearest(total(values), BigInt(values.length) << POINT);
}

// The variance as a fraction.
function spread(values, ddof) {
    const n = BigInt(values.length);
    return [n * squares(values) - total(values) ** 2n, (n * (n - BigInt(ddof))) << (2n * POINT)];
}

export function variance(values, ddof = 0) {
    return isFinite(values) ? nearest(...spread(values, ddof)) : NaN;
}

export function standardDeviation(values, ddof = 0) {
    return isFinite(values) ? nearestRoot(...spread(values, ddof)) : NaN;
}

export function norm(values) {
    if (values.some(Number.isNaN)) return NaN;
    return isFinite(values) ? nearestRoot(squares(values), 1n << (2n * POINT)) : Infinity;
}

// Of finite numbers.
export function dot(x, y) {
    const products = x.reduce((sum, value, i) => sum + units(value) * units(y[i]), 0n);
    return nearest(products, 1n << (2n * POINT));
}

// The saved form of an accumulator: docs/saved-format.md has it.
export function savedForm(values) {
    const count = (is) => BigInt(values.filter(is).length);
    const counters = [
        BigInt(values.length),
        count((value) => Object.is(value, -0)),
        count(Number.isNaN),
        count((value) => value === Infinity),
        count((value) => value === -Infinity),
    ];
    const limbs = [];
    for (let rest = total(values.filter(Number.isFinite)); rest !== 0n; ) {
        const limb = BigInt.asIntN(64, rest);
        limbs.push(limb);
        rest = (rest - limb) >> 64n;
    }
    const first = Math.max(0, limbs.findIndex((limb) => limb !== 0n));
    const stored = limbs.slice(first);
    const bytes = new DataView(new ArrayBuffer(48 + 8 * stored.length));
    const header = [0x54, 0x41, 0x4c, 0x59, 1, 1, first, stored.length];
    header.forEach((byte, i) => bytes.setUint8(i, byte));
    [...counters, ...stored].forEach((word, i) => bytes.setBigInt64(8 + 8 * i, word, true));
    return new Uint8Array(bytes.buffer);
}

// Numbers of many kinds, the same in every run.
export class Random {
    #state;

    constructor(seed) {
        this.#state = BigInt(seed);
    }

    bits() {
        this.#state = BigInt.asUintN(64, this.#state * 6364136223846793005n + 1442695040888963407n);
        return this.#state >> 11n;
    }

    below(end) {
        return Number(this.bits() % BigInt(end));
    }

    uniform() {
        return Number(this.bits()) / 2 ** 53 - 0.5;
    }

    // Of any exponent.
    finite() {
        for (;;) {
            bits.setBigUint64(0, (this.bits() << 32n) ^ this.bits());
            const value = bits.getFloat64(0);
            if (Number.isFinite(value)) return value;
        }
    }

    array(length, kind) {
        return Array.from({ length }, () => kind(this));
    }
}

export const KINDS = {
    uniform: (random) => random.uniform(),
    prices: (random) => random.below(1000000) / 100,
    wide: (random) => random.uniform() * 2 ** (random.below(400) - 200),
    finite: (random) => random.finite(),
    subnormal: (random) => (random.uniform() * 2 ** -1040),
    largest: (random) => (random.below(2) ? Number.MAX_VALUE : -Number.MAX_VALUE),
    halves: (random) => [1, 2 ** -53, -(2 ** -53), 2 ** -106, -(2 ** -1074)][random.below(5)],
    zeros: (random) => (random.below(2) ? 0 : -0),
};
