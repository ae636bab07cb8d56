//! Safe Rust over functions of C: strings, arrays, callbacks, layouts.

mod arrays;
mod basics;
mod layout;
mod output;
