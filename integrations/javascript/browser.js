// For browsers: the module is fetched from where this file is.

import { instantiate } from './instantiate.js';

const url = new URL('tally.wasm', import.meta.url);
const response = await fetch(url);
if (!response.ok) throw new Error(`libtally: ${url}: status ${response.status}`);
// Not compiled as it streams in: servers would have to send its media type.
const module = await WebAssembly.compile(await response.arrayBuffer());

export const {
    sumPrecise, mean, norm, variance, standardDeviation, dot, sumBigInt, Accumulator,
} = instantiate(module);
