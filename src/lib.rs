//! Tally: arithmetic over arrays that cannot silently go wrong, for C.
//!
//! | module | contents |
//! |---|---|
//! | [`boundary`] | what stands between C and safe code: errors, panic wall, pointer checks, handles, memory |
//! | [`api`] | the exported functions, one file a subject |
//! | [`wrappers`] | the other direction: safe Rust over C functions, libc's and our own |
//!
//! The arithmetic is the crate [`tally_core`], which knows nothing of C. `api`
//! uses `boundary` and `tally_core`; these two know neither each other nor `api`.
//!
//! Rust programs that want the arithmetic depend on `tally-core`, or on this crate
//! with `default-features = false`: all of the above is the feature `capi`, and
//! without it the crate defines no C symbol and may be built with
//! `panic = "abort"`. With it, every function of `tally.h` is a symbol of the
//! program, and a panic must unwind: it would end C programs otherwise.

#[cfg(feature = "capi")]
pub mod api;
#[cfg(feature = "capi")]
pub mod boundary;
#[cfg(feature = "capi")]
pub mod wrappers;

pub use tally_core::*;

/// The Rust code of `docs/classic.md`, for `cargo test`.
#[cfg(all(doctest, feature = "capi"))]
#[doc = include_str!("../docs/classic.md")]
pub struct ClassicText;
