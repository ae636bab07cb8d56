//! Tally: arithmetic over arrays that cannot silently go wrong, for C.
//!
//! | module | what it holds |
//! |---|---|
//! | [`exact`] | the arithmetic; safe, and knows nothing of C |
//! | [`boundary`] | what stands between C and safe code: errors, panic wall, pointer checks, handles, memory |
//! | [`capi`] | the exported functions, one file a subject |
//! | [`wrappers`] | the other direction: safe Rust over C functions, libc's and our own |
//!
//! `capi` uses `boundary` and `exact`; those two know neither each other nor
//! `capi`.

pub mod boundary;
pub mod capi;
pub mod exact;
pub mod wrappers;
