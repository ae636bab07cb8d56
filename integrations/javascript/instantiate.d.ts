import type * as functions from './index.js';

/**
 * The functions over an instance of `tally.wasm`, for environments in which the package does
 * not find it.
 *
 * @param source the bytes of `tally.wasm`, or the module.
 */
export function instantiate(
    source: ArrayBuffer | ArrayBufferView | WebAssembly.Module,
): typeof functions;
