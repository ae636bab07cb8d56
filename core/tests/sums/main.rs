//! Accumulators of numbers: order, edges, states, values, texts, saved forms.

#[path = "../support/mod.rs"]
mod support;

mod any_order;
mod any_state;
mod edges;
mod error_in_ulps;
mod integer_text;
mod saved_form;
mod sealed;
mod small_superaccumulator;
mod std_traits;
mod text;
mod values;
