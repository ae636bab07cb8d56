//! The other direction: safe Rust over C functions.
//!
//! Some are the C library's own, through the `libc` crate; the rest are this
//! library's, declared in `tally` as foreign functions and called through the C
//! ABI as any C program calls them. Nothing else of the crate uses this.
//!
//! | module | what it wraps |
//! |---|---|
//! | [`strings`] | `strlen`, `puts`, `printf`, and strings that come back |
//! | [`primitives`] | which Rust type is which C type |
//! | [`arrays`] | `sum_array`, `qsort` |
//! | [`records`] | a C struct that points to a string |
//! | [`callbacks`] | Rust closures that C calls |
//! | [`errors`] | statuses and messages as a `Result` |
//! | [`memory`] | a block of C's memory behind an owner |
//! | [`objects`] | a reference-counted handle: `Clone` and `Drop` |
//! | [`accumulator`] | exact sums |
//!
//! What holds for all of them: text with a NUL inside, or that is not UTF-8, is
//! an error and no panic; a panic of a closure never crosses a C function; a
//! failure of C's becomes an [`errors::FFIError`] with its message.

pub mod accumulator;
pub mod arrays;
pub mod callbacks;
pub mod errors;
pub mod memory;
pub mod objects;
pub mod primitives;
pub mod records;
pub mod strings;

mod tally;
