//! Numbers in a text.

#[path = "../support/mod.rs"]
mod support;

mod long_numbers;
mod many_words;
mod numbers;
mod words;
