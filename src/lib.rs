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

pub mod api;
pub mod boundary;
pub mod wrappers;

/// The Rust code of `docs/classic.md`, for `cargo test`.
#[cfg(doctest)]
#[doc = include_str!("../docs/classic.md")]
pub struct ClassicText;
