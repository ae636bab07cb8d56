//! What columns have, of every type, layout and mask, against big integers.

#[path = "../support/mod.rs"]
mod support;

mod axes;
mod axes_of_floats;
mod cells;
mod facts;
mod group_totals;
mod groups;
mod layouts;
mod long;
mod statistics;
mod threads;
mod types;
mod windows;
