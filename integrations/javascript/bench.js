// Times sumPrecise against other sums in JavaScript: node bench.js
//
// Each figure is the least of several rounds in nanoseconds a value. The rounds of all sums
// alternate.

import { sumPrecise, variance, dot, sumBigInt } from 'libtally';

function plain(values) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i];
    return sum;
}

// Compensated: nearly always right, and never known to be.
function neumaier(values) {
    let sum = 0;
    let lost = 0;
    for (let i = 0; i < values.length; i++) {
        const value = values[i];
        const next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }
    return sum + lost;
}

// Exact as long as nothing overflows: partial sums that do not overlap. Rounded only nearly.
function shewchuk(values) {
    const partials = [];
    for (let i = 0; i < values.length; i++) {
        let x = values[i];
        let kept = 0;
        for (let j = 0; j < partials.length; j++) {
            let y = partials[j];
            if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
            const high = x + y;
            const low = y - (high - x);
            if (low !== 0) partials[kept++] = low;
            x = high;
        }
        partials.length = kept;
        partials.push(x);
    }
    return plain(partials);
}

function plainVariance(values) {
    const mean = plain(values) / values.length;
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += (values[i] - mean) ** 2;
    return sum / values.length;
}

function plainDot(x, y) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
    return sum;
}

function plainBigInts(values) {
    let sum = 0n;
    for (let i = 0; i < values.length; i++) sum += values[i];
    return sum;
}

let state = 1;
function random() {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
}

let sink = 0;
function time(call, length) {
    const calls = Math.max(1, Math.round(2e5 / length));
    const begun = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) sink += Number(call());
    return Number(process.hrtime.bigint() - begun) / calls / length;
}

function compare(title, length, calls) {
    const least = Object.fromEntries(Object.keys(calls).map((name) => [name, Infinity]));
    for (let round = 0; round < 25; round++) {
        for (const [name, call] of Object.entries(calls)) {
            least[name] = Math.min(least[name], time(call, length));
        }
    }
    const figures = Object.entries(least).map(([name, took]) => `${name} ${took.toFixed(2)}`);
    const [ours, ...others] = Object.entries(least);
    const ratios = others.map(([name, took]) => `${(ours[1] / took).toFixed(2)} of ${name}`);
    console.log(`${title}, ${length}: ${figures.join(', ')} ns; ${ratios.join(', ')}`);
}

const SHAPES = {
    uniform: random,
    '100 binades': () => (random() - 0.5) * 2 ** Math.floor(100 * random()),
    '600 binades': () => (random() - 0.5) * 2 ** Math.floor(600 * random()),
};
for (const [shape, one] of Object.entries(SHAPES)) {
    for (const length of [10, 100, 1000, 10000, 1000000]) {
        const typed = Float64Array.from({ length }, one);
        const arrays = { Float64Array: typed };
        if (shape === 'uniform') arrays.Array = Array.from(typed);
        for (const [name, values] of Object.entries(arrays)) {
            compare(`sum of ${shape}, ${name}`, length, {
                sumPrecise: () => sumPrecise(values),
                'a plain loop': () => plain(values),
                Neumaier: () => neumaier(values),
                Shewchuk: () => shewchuk(values),
            });
        }
    }
}
for (const length of [10, 1000, 100000]) {
    const x = Float64Array.from({ length }, random);
    const y = Float64Array.from({ length }, random);
    compare('variance', length, {
        variance: () => variance(x), 'two plain loops': () => plainVariance(x),
    });
    compare('dot', length, { dot: () => dot(x, y), 'a plain loop': () => plainDot(x, y) });
    const integers = BigInt64Array.from(x, (value) => BigInt(Math.floor(value * 2 ** 62)));
    compare('BigInt64Array', length, {
        sumBigInt: () => sumBigInt(integers), 'a plain loop': () => plainBigInts(integers),
    });
}
if (sink === 0.5) console.log(sink);
