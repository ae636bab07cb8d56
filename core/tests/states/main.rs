//! What is done with states where they lie is what the integers in them say, word for
//! word; where it is not that simple, nothing is changed.

#[path = "../support/mod.rs"]
mod support;

mod few;
mod hostile;
mod merges;
mod saved;
mod small;
mod small_calls;
mod small_words;
mod values;
