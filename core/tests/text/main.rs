//! Numbers in a text.

#[path = "../support/mod.rs"]
mod support;

mod long_numbers;
mod numbers;
mod words;
