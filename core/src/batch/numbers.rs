//! Adding numbers one by one to exact states, and the results of these.

use crate::batch::{Statistic, in_place, of_count};
use crate::column::numbers::Exact;
use crate::moments::Moments;
use crate::products::special_product;
use crate::sum::{Accumulator, Counter, ExactSum};

/// A statistic of all values of moments; of sums alone if it needs no squares.
pub(super) fn of_moments(what: Statistic, moments: &Moments) -> f64 {
    in_place(match what {
        Statistic::Sum => moments.sum_f64(),
        Statistic::Mean => moments.mean_f64(),
        Statistic::Variance { ddof } => moments.variance_f64(ddof),
        Statistic::StandardDeviation { ddof } => moments.standard_deviation_f64(ddof),
        Statistic::Norm => moments.norm_f64(),
        Statistic::Count => Ok(of_count(moments.count().unsigned_abs())),
    })
}

/// Adds a number to moments, and its square if that is wanted.
pub(super) fn add_number(moments: &mut Moments, number: &Exact, squares: bool) {
    step_sum::<false>(&mut moments.sum, number);
    step_product::<false, _, _>(&mut moments.squares, number, number, squares);
}

pub(super) fn step_sum<const SUBTRACT: bool>(sum: &mut Accumulator, number: &Exact) {
    sum.step::<SUBTRACT>(Counter::Values, 1);
    if !number.is_finite() {
        sum.count_special::<f64, SUBTRACT>(number.like, 1);
        return;
    }
    let size = i128::from(number.size);
    if size == 0 {
        sum.step::<SUBTRACT>(Counter::NegativeZeros, number.negative.into());
        return;
    }
    let size = if number.negative == SUBTRACT {
        size
    } else {
        -size
    };
    sum.add_integer(size, number.position);
}

/// Counts a product, and adds it if it is `wanted`.
pub(super) fn step_product<const SUBTRACT: bool, const WORKING: usize, const ONE: usize>(
    sum: &mut ExactSum<WORKING, ONE>,
    x: &Exact,
    y: &Exact,
    wanted: bool,
) {
    sum.step::<SUBTRACT>(Counter::Values, 1);
    if !wanted {
        return;
    }
    if !x.is_finite() || !y.is_finite() {
        sum.count_special::<f64, SUBTRACT>(special_product(x.like, y.like), 1);
        return;
    }
    let size = u128::from(x.size) * u128::from(y.size);
    let negative = x.negative != y.negative;
    sum.add_product_of_sizes(negative != SUBTRACT, size, x.position + y.position);
}
