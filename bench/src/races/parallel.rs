//! One thread against two, by the clock on the wall and on any core.

use std::hint::black_box;

use crate::array::Array;
use crate::c_loops::C_LOOPS;
use crate::data::{Data, Random, SAMPLE, UNIFORM};
use crate::measure::Answer::{self, Exact, Rough};
use crate::measure::{Contestant, Effort, Timing, race};
use crate::names::*;
use crate::results::Row;
use crate::{library, machine};

/// A sum on one thread, on two, and by a plain loop.
struct Lanes<'a, T> {
    values: &'a [T],
    all: Vec<Contestant<'a>>,
}

impl<'a, T> Lanes<'a, T> {
    fn of(values: &'a [T]) -> Self {
        let all = Vec::new();
        Lanes { values, all }
    }

    fn with(mut self, name: &'static str, kind: Answer, work: impl Fn(&[T]) -> u64 + 'a) -> Self {
        let values = self.values;
        let work = move || work(black_box(values));
        self.all.push(Contestant::on_the_wall(name, kind, work));
        self
    }

    fn race(self, effort: Effort) -> Vec<Timing> {
        machine::on_all_cores(|| race(self.all, effort))
    }
}

/// How many races `parallel_sums` runs.
pub(crate) const PARALLEL: usize = 6;

/// Doubles of three kinds, floats, integers, and a dot product.
pub(crate) fn parallel_sums(count: usize, effort: Effort) -> Vec<Row> {
    let row = |operation, data: Data, timings| Row {
        operation,
        values: count,
        data: data.name,
        timings,
    };
    let mut rows = Vec::new();
    for &data in SAMPLE {
        let values = Array::new(&data.make(count));
        rows.push(row(PARALLEL_F64, data, f64_sums(&values, effort)));
        if data.is_in(&[UNIFORM]) {
            rows.push(row(PARALLEL_DOT, data, dot_products(&values, effort)));
            let floats: Vec<f32> = values.iter().map(|&value| value as f32).collect();
            let timings = f32_sums(&Array::new(&floats), effort);
            rows.push(row(PARALLEL_F32, data, timings));
        }
    }
    let mut random = Random::new();
    let integers: Vec<i64> = (0..count).map(|_| random.below(1 << 39) as i64).collect();
    let timings = i64_sums(&Array::new(&integers), effort);
    rows.push(row(PARALLEL_I64, UNIFORM, timings));
    rows
}

fn f64_sums(values: &[f64], effort: Effort) -> Vec<Timing> {
    let mut lanes = Lanes::of(values)
        .with(TALLY, Exact, |v| library::sum_f64(v).to_bits())
        .with(TALLY_TWO, Exact, |v| library::sum_f64_on_two(v).to_bits());
    if let Some(c) = C_LOOPS {
        lanes = lanes.with(C_NAIVE, Rough, move |v| c.sum_f64.run(v).to_bits());
    }
    lanes.race(effort)
}

fn f32_sums(values: &[f32], effort: Effort) -> Vec<Timing> {
    let bits = |total: f32| u64::from(total.to_bits());
    let mut lanes = Lanes::of(values)
        .with(TALLY, Exact, move |v| bits(library::sum_f32(v)))
        .with(TALLY_TWO, Exact, move |v| bits(library::sum_f32_on_two(v)));
    if let Some(c) = C_LOOPS {
        lanes = lanes.with(C_NAIVE, Rough, move |v| bits(c.sum_f32.run(v)));
    }
    lanes.race(effort)
}

fn i64_sums(values: &[i64], effort: Effort) -> Vec<Timing> {
    let mut lanes = Lanes::of(values)
        .with(TALLY, Exact, |v| library::sum_i64(v) as u64)
        .with(TALLY_TWO, Exact, |v| library::sum_i64_on_two(v) as u64);
    if let Some(c) = C_LOOPS {
        lanes = lanes.with(C_NAIVE, Rough, move |v| c.sum_i64.run(v));
    }
    lanes.race(effort)
}

/// The values times themselves, the other way round.
fn dot_products(values: &[f64], effort: Effort) -> Vec<Timing> {
    let others: Vec<f64> = values.iter().rev().copied().collect();
    let others: &[f64] = &Array::new(&others);
    let mut lanes = Lanes::of(values)
        .with(TALLY, Exact, |v| library::dot_f64(v, others).to_bits())
        .with(TALLY_TWO, Exact, |v| {
            library::dot_f64_on_two(v, others).to_bits()
        });
    if let Some(c) = C_LOOPS {
        lanes = lanes.with(C_NAIVE, Rough, move |v| c.dot_f64.run(v, others).to_bits());
    }
    lanes.race(effort)
}
