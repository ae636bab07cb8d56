//! Numbers in a text.

#[path = "../support/mod.rs"]
mod support;

mod numbers;
mod words;
