// For Node, Deno and Bun: the module is read from its file.

import { readFileSync } from 'node:fs';

import { instantiate } from './instantiate.js';

export const {
    sumPrecise, mean, norm, variance, standardDeviation, dot, sumBigInt, Accumulator,
} = instantiate(readFileSync(new URL('tally.wasm', import.meta.url)));
