//! Who runs against whom, for each operation.

mod doubles;
mod floats;
mod integers;
mod parallel;
mod products;
mod states;
mod text;

use std::hint::black_box;

use crate::c_loops::ArrayLoop;
use crate::measure::Answer::{self, Rough};
use crate::measure::Contestant;

pub(crate) use doubles::{f64_duel, f64_sums, short_f64_sums};
pub(crate) use floats::f32_sums;
pub(crate) use integers::integer_sums;
pub(crate) use parallel::parallel_sums;
pub(crate) use products::{dot_products, statistics};
pub(crate) use states::states;
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
