//! Dot products, norms and variances.

use std::hint::black_box;

use super::on;
use crate::array::Array;
use crate::c_loops::C_LOOPS;
use crate::data::Data;
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Contestant, race};
use crate::names::*;
use crate::results::Row;
use crate::{engines, library, peers};

/// Two sets of values whose products are of the kind that the data's name says.
fn pairs(data: Data, count: usize) -> [Array<f64>; 2] {
    let x = data.make(count);
    let y = match data {
        // What cancels does so as it is.
        Data::Cancelling | Data::Opposites => vec![1.0; count],
        _ => x.iter().rev().copied().collect(),
    };
    [Array::new(&x), Array::new(&y)]
}

/// Makes one number of two arrays.
type Work = Box<dyn Fn(&[f64], &[f64]) -> f64>;

/// All ways to multiply and add.
pub(crate) fn dot_products(data: Data, count: usize, rounds: usize) -> Row {
    let [x, y] = &pairs(data, count);
    let (x, y): (&[f64], &[f64]) = (x, y);
    let both = |name: String, kind, work: Work| {
        Contestant::new(name, kind, move || {
            work(black_box(x), black_box(y)).to_bits()
        })
    };
    let mut lanes = vec![
        both(TALLY.into(), Exact, Box::new(library::dot_f64)),
        both(TALLY_ADD.into(), Exact, Box::new(library::dot_in_progress)),
        both(ACCURATE.into(), Exact, Box::new(peers::accurate_dot)),
    ];
    for isa in engines::available() {
        let name = isa.name();
        lanes.push(both(
            format!("{SUM}{name}"),
            Exact,
            Box::new(move |x, y| engines::dot_f64(isa, x, y)),
        ));
        lanes.push(both(
            format!("{ADD}{name}"),
            Exact,
            Box::new(move |x, y| engines::add_products(isa, x, y)),
        ));
    }
    if let Some(c) = C_LOOPS {
        let dot = c.dot_f64;
        lanes.push(both(
            C_NAIVE.into(),
            Rough,
            Box::new(move |x, y| dot.run(x, y)),
        ));
    }
    Row {
        operation: DOT,
        values: count,
        data: data.name(),
        timings: race(lanes, rounds),
    }
}

/// Norms and variances.
pub(crate) fn statistics(data: Data, count: usize, rounds: usize) -> [Row; 2] {
    let values = &Array::new(&data.make(count));
    let mut norm = vec![on(TALLY, Exact, values, |values| {
        library::norm_f64(values).to_bits()
    })];
    let mut variance = vec![
        on(TALLY, Exact, values, |values| {
            library::variance_f64(values).to_bits()
        }),
        on(TALLY_ADD, Exact, values, |values| {
            library::variance_in_progress(values).to_bits()
        }),
    ];
    if let Some(c) = C_LOOPS {
        let (norm_loop, variance_loop) = (c.norm_f64, c.variance_f64);
        norm.push(on(C_NAIVE, Rough, values, move |values| {
            norm_loop.run(values).to_bits()
        }));
        variance.push(on(C_NAIVE, Rough, values, move |values| {
            variance_loop.run(values).to_bits()
        }));
    }
    let row = |(operation, lanes)| Row {
        operation,
        values: count,
        data: data.name(),
        timings: race(lanes, rounds),
    };
    [(NORM, norm), (VARIANCE, variance)].map(row)
}
