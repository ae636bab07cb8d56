//! Accumulators of products, and moments as states.

#[path = "../support/mod.rs"]
mod support;

mod any_order;
mod any_state;
mod dot_error_bound;
mod in_place;
mod saved_form;
mod windows;
