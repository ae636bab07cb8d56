//! The exact sums of others, each used in the fastest way that it offers.

use accurate::dot::OnlineExactDot;
use accurate::sum::OnlineExactSum;
use accurate::traits::{DotAccumulator, SumAccumulator};
use fsum::FSum;
use xsum::{Xsum, XsumSmall};

/// The accumulator of crate `accurate`.
pub(crate) type Accurate = OnlineExactSum<f64>;

/// Zhu and Hayes' sum, of crate `accurate`.
pub(crate) fn accurate_f64(values: &[f64]) -> f64 {
    accurate_with(values).sum()
}

/// The same for floats.
pub(crate) fn accurate_f32(values: &[f32]) -> f32 {
    let mut total = OnlineExactSum::zero();
    for &value in values {
        total += value;
    }
    total.sum()
}

/// Values in an accumulator of crate `accurate`.
#[inline]
pub(crate) fn accurate_with(values: &[f64]) -> Accurate {
    let mut total = Accurate::zero();
    for &value in values {
        total += value;
    }
    total
}

/// Merging in crate `accurate`, which uses up both: they are copied first.
pub(crate) fn accurate_merge(into: &Accurate, from: &Accurate) -> Accurate {
    into.clone() + from.clone()
}

/// The value in crate `accurate`, which uses the accumulator up.
pub(crate) fn accurate_value(sum: &Accurate) -> f64 {
    sum.clone().sum()
}

/// Shewchuk's sum, of crate `fsum`: Python's `math.fsum`.
pub(crate) fn fsum_f64(values: &[f64]) -> f64 {
    FSum::with_all(values).value()
}

/// Values in an accumulator of crate `fsum`.
pub(crate) fn fsum_with(values: &[f64]) -> FSum {
    FSum::with_all(values)
}

/// A value at a time into the small accumulator of crate `xsum`. Its large one gives
/// wrong totals.
pub(crate) fn xsum_f64(values: &[f64]) -> f64 {
    let mut total = XsumSmall::new();
    for &value in values {
        total.add(value);
    }
    total.sum()
}

/// The exact dot product of crate `accurate`.
pub(crate) fn accurate_dot(x: &[f64], y: &[f64]) -> f64 {
    let mut total = OnlineExactDot::zero();
    for pair in x.iter().copied().zip(y.iter().copied()) {
        total = total + pair;
    }
    total.dot()
}

/// Lines by `str::parse`, in a plain loop.
pub(crate) fn std_parse(text: &[u8]) -> f64 {
    let text = str::from_utf8(text).expect("digits");
    let values = text.lines().map(|line| line.parse::<f64>());
    values.map(|value| value.expect("a number")).sum()
}

/// Lines by crate `fast-float2`, in a plain loop.
pub(crate) fn fast_float(text: &[u8]) -> f64 {
    let mut rest = text;
    let mut total = 0.0;
    while !rest.is_empty() {
        let (value, length) = fast_float2::parse_partial::<f64, _>(rest).expect("a number");
        total += value;
        rest = &rest[length + 1..];
    }
    total
}
