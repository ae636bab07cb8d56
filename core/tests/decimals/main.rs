//! Sums of decimal numbers as they are written.

#[path = "../support/mod.rs"]
mod support;

mod any_order;
mod any_state;
mod doubles;
mod edges;
mod fields;
mod integers;
mod long;
mod products;
mod rounding;
mod saved_form;
mod text;
mod values;
mod wide;
