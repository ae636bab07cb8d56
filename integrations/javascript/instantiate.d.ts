import type * as functions from './index.js';

/**
 * The functions over an instance of `tally.wasm`, for environments in which the package does
 * not find it.
 *
 * @param source the bytes of `tally.wasm`, its module, or an instance of it. Some browsers
 * accept only an instance on a page's main thread.
 */
export function instantiate(
    source: ArrayBuffer | ArrayBufferView | WebAssembly.Module | WebAssembly.Instance,
): typeof functions;
