//! Sums of decimal numbers as they are written.

#[path = "../support/mod.rs"]
mod support;

mod any_order;
mod any_state;
mod edges;
mod saved_form;
mod text;
mod values;
