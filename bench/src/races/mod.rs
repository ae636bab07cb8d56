//! Who runs against whom, for each operation.

mod axes;
mod by_group;
mod by_row;
mod columns;
mod doubles;
mod floats;
mod groups;
mod integers;
mod parallel;
mod products;
mod states;
mod streams;
mod text;

use std::hint::black_box;

use crate::c_loops::ArrayLoop;
use crate::measure::Answer::{self, Rough};
use crate::measure::Contestant;
use crate::python::Python;

pub(crate) use axes::{AXES, axes};
pub(crate) use by_group::{BY_GROUP, BY_GROUP_ON_TWO, by_group, by_group_on_two};
pub(crate) use by_row::{BY_ROW, by_row};
pub(crate) use columns::{COLUMNS, columns};
pub(crate) use doubles::{f64_duel, f64_sums, short_f64_sums};
pub(crate) use floats::f32_sums;
pub(crate) use groups::groups;
pub(crate) use integers::integer_sums;
pub(crate) use parallel::{PARALLEL, parallel_sums};
pub(crate) use products::{STATISTICS, statistics};
pub(crate) use states::{HELD, states};
pub(crate) use streams::streams;
pub(crate) use text::texts;

/// A contestant that works on a slice, which the optimiser must not know.
fn on<'a, T>(
    name: impl Into<String>,
    kind: Answer,
    values: &'a [T],
    work: impl Fn(&[T]) -> u64 + 'a,
) -> Contestant<'a> {
    Contestant::new(name, kind, move || work(black_box(values)))
}

fn c_loop<'a, T, R: 'a>(
    name: &'static str,
    function: ArrayLoop<T, R>,
    values: &'a [T],
    bits: impl Fn(R) -> u64 + 'a,
) -> Contestant<'a> {
    on(name, Rough, values, move |values| {
        bits(function.run(values))
    })
}

/// Python's libraries that do a work, with the columns that were handed over.
fn python_peers<'a>(python: Option<&'a Python>, work: &str) -> Vec<Contestant<'a>> {
    let peers = python.map(|python| python.contestants(work));
    peers.unwrap_or_default()
}
