//! Safe Rust over functions of C: strings, arrays, callbacks, layouts.

#![cfg(feature = "capi")]

mod arrays;
mod basics;
mod layout;
mod output;
