// For browsers: the module is fetched from where this file is.

import { instantiate } from './instantiate.js';

const url = new URL('tally.wasm', import.meta.url);
const response = await fetch(url);
if (!response.ok) throw new Error(`libtally: ${url}: status ${response.status}`);
// Not compiled as it streams in: servers would have to send its media type. Some browsers
// refuse to compile and to instantiate on a page's main thread but in this way.
const { instance } = await WebAssembly.instantiate(await response.arrayBuffer());

export const {
    sumPrecise, mean, norm, variance, standardDeviation, dot, sumBigInt, Accumulator,
} = instantiate(instance);
