//! Statistics of columns, each rounded once.
//!
//! Plain doubles are slices, and a short column is copied to one. A long column is
//! estimated in blocks, and added up exactly if the estimate does not determine the
//! rounded result.

use crate::column::elements::Values;
use crate::column::estimates::{central, estimated};
use crate::column::mask::PAIRS;
use crate::column::read::Pairs;
use crate::column::states::{PairStates, products_and_weights};
use crate::column::view::Column;
use crate::error::ValueError;
use crate::float::{BINARY64, with_sign};
use crate::moments::fit::{LinearFit, linear_fit};
use crate::moments::{Moments, pairs};
use crate::rounded::dot::{certain_dot, certain_root, dot_f64, norm_f64};
use crate::rounded::estimates::Part;
use crate::rounded::interval::Range;
use crate::rounded::mean::{certain_mean, mean_f64};
use crate::rounded::pairs as rounded_pairs;
use crate::rounded::pairs::{correlation_f64, covariance_f64, weighted_mean_f64};
use crate::rounded::sum::{Estimate, sum_f64};
use crate::rounded::variance::{MOMENTS, certain_variance, standard_deviation_f64, variance_f64};
use crate::simd::Isa;
use crate::sum::value::{finite_bits, positive};
use crate::sum::{Accumulator, Counter, ProductAccumulator};

/// Columns of at most as many rows are copied to a slice.
const FEW: usize = 192;

const _: () = assert!(FEW <= PAIRS);

type Answer = Result<f64, ValueError>;

impl Column<'_> {
    /// The number of elements that count: those neither missing nor skipped.
    pub fn count(&self) -> u64 {
        Pairs::one(*self).count(Isa::best())
    }

    /// The number of rows that count in both columns.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn count_pairs(&self, other: &Column<'_>) -> u64 {
        Pairs::new(*self, *other).count(Isa::best())
    }

    /// The sum; see [`Accumulator::value_f64`].
    ///
    /// # Errors
    /// Those of [`sum_f64`].
    pub fn sum(&self) -> Answer {
        if let Some(values) = self.plain_f64() {
            return sum_f64(values);
        }
        let certain = self.estimate_sum(|_, [sum]| {
            let (negative, bits) = sum.round(Isa::best(), &BINARY64)?;
            Some(with_sign(bits, negative))
        });
        certain.map_or_else(|| self.total().value_f64(), Ok)
    }

    /// The exact sum of integers.
    ///
    /// # Errors
    /// [`ValueError::NotIntegers`] for a column of floats, [`ValueError::Overflow`] if the sum
    /// is outside `i64`.
    pub fn sum_i64(&self) -> Result<i64, ValueError> {
        let (total, _) = self.integer_total()?;
        let negative = total < 0;
        i64::try_from(total).map_err(|_| ValueError::Overflow { negative })
    }

    /// The mean; see [`Accumulator::mean_f64`].
    ///
    /// # Errors
    /// [`ValueError::NoValues`] if nothing is there.
    pub fn mean(&self) -> Answer {
        if let Some(values) = self.plain_f64() {
            return mean_f64(values);
        }
        let certain = self.estimate_sum(certain_mean);
        certain.map_or_else(|| self.total().mean_f64(), Ok)
    }

    /// The square root of the sum of squares; see [`norm_f64`].
    ///
    /// # Errors
    /// Those of [`norm_f64`].
    pub fn norm(&self) -> Answer {
        self.of_one(
            norm_f64,
            |isa, pairs| {
                let squares = [Part::XSquares];
                estimated(isa, pairs, squares, |_, [squares]| {
                    certain_root(&squares).map(positive)
                })
            },
            Moments::norm_f64,
        )
    }

    /// The variance; see [`Moments::variance_f64`].
    ///
    /// # Errors
    /// Those of [`variance_f64`].
    pub fn variance(&self, ddof: u64) -> Answer {
        self.of_one(
            |values| variance_f64(values, ddof),
            |isa, pairs| estimated_variance(isa, pairs, ddof, Range::rounded),
            |moments| moments.variance_f64(ddof),
        )
    }

    /// The standard deviation; see [`Moments::standard_deviation_f64`].
    ///
    /// # Errors
    /// Those of [`standard_deviation_f64`].
    pub fn standard_deviation(&self, ddof: u64) -> Answer {
        self.of_one(
            |values| standard_deviation_f64(values, ddof),
            |isa, pairs| estimated_variance(isa, pairs, ddof, Range::rounded_root),
            |moments| moments.standard_deviation_f64(ddof),
        )
    }

    /// The sum of the products of pairs.
    ///
    /// # Errors
    /// Those of [`dot_f64`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn dot(&self, other: &Column<'_>) -> Answer {
        self.of_pairs(
            other,
            dot_f64,
            |isa, pairs| {
                estimated(isa, pairs, [Part::Products], |_, [products]| {
                    let (negative, bits) = certain_dot(&products)?;
                    let bits = finite_bits(&BINARY64, bits, negative);
                    Some(bits.map(|bits| with_sign(bits, negative)))
                })
            },
            |_, pairs| products(pairs).value_f64(),
        )
    }

    /// The weighted mean; see [`weighted_mean`](crate::weighted_mean).
    ///
    /// # Errors
    /// Those of [`weighted_mean_f64`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn weighted_mean(&self, weights: &Column<'_>) -> Answer {
        self.of_pairs(
            weights,
            weighted_mean_f64,
            |isa, pairs| {
                estimated(isa, pairs, rounded_pairs::WEIGHTED, |_, sums| {
                    rounded_pairs::certain_weighted_mean(sums)
                })
            },
            |isa, pairs| {
                let (products, weights) = products_and_weights(isa, pairs);
                pairs::weighted_mean(&products, &weights)
            },
        )
    }

    /// The covariance; see [`covariance`](crate::covariance).
    ///
    /// # Errors
    /// Those of [`covariance_f64`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn covariance(&self, other: &Column<'_>, ddof: u64) -> Answer {
        self.of_pairs(
            other,
            |x, y| covariance_f64(x, y, ddof),
            |isa, pairs| {
                central(isa, pairs, rounded_pairs::COMMON, |count, sums| {
                    let certain = || rounded_pairs::certain_covariance(count, ddof, sums);
                    (count > ddof).then(certain).flatten()
                })
            },
            |isa, pairs| {
                let PairStates { x, y, products } = PairStates::of(isa, pairs);
                pairs::covariance(&x, &y, &products, ddof)
            },
        )
    }

    /// The correlation coefficient; see [`correlation`](crate::correlation).
    ///
    /// # Errors
    /// Those of [`correlation_f64`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn correlation(&self, other: &Column<'_>) -> Answer {
        self.of_pairs(
            other,
            correlation_f64,
            |isa, pairs| {
                central(isa, pairs, rounded_pairs::ALL, |count, sums| {
                    rounded_pairs::certain_correlation(count, sums).map(Ok)
                })
            },
            |isa, pairs| {
                let PairStates { x, y, products } = PairStates::of(isa, pairs);
                pairs::correlation(&x, &y, &products)
            },
        )
    }

    /// The least-squares line of `y` against `self`; see [`linear_fit`].
    ///
    /// # Errors
    /// Those of [`linear_fit`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn linear_fit(&self, y: &Column<'_>) -> Result<LinearFit, ValueError> {
        let pairs = Pairs::new(*self, *y);
        let PairStates { x, y, products } = PairStates::of(Isa::best(), &pairs);
        linear_fit(&x, &y, &products)
    }

    fn total(&self) -> Accumulator {
        let mut total = Accumulator::new();
        total.add_column(self);
        total
    }

    /// The sum of integers, and their count.
    pub(crate) fn integer_total(&self) -> Result<(i128, i128), ValueError> {
        if !self.values.are_integers() {
            return Err(ValueError::NotIntegers);
        }
        let total = self.total();
        Ok((total.value_i128()?, total.counter(Counter::Values)))
    }

    /// What `certain` makes of a long column's sum: other sums are exact sooner.
    fn estimate_sum(&self, certain: impl Fn(u64, [Estimate; 1]) -> Option<f64>) -> Option<f64> {
        let doubles = matches!(self.values, Values::F64(_));
        if self.rows <= FEW || !doubles || self.is_repeated() {
            return None;
        }
        estimated(Isa::best(), &Pairs::one(*self), [Part::X], certain)
    }

    fn of_one(
        &self,
        of_slice: impl Fn(&[f64]) -> Answer,
        estimated: impl FnOnce(Isa, &Pairs<'_>) -> Option<Answer>,
        exact: impl FnOnce(&Moments) -> Answer,
    ) -> Answer {
        if let Some(values) = self.plain_f64() {
            return of_slice(values);
        }
        let found = if self.is_repeated() {
            None
        } else if self.rows <= FEW {
            with_slices(&Pairs::one(*self), |values, _| of_slice(values))
        } else {
            estimated(Isa::best(), &Pairs::one(*self))
        };
        found.unwrap_or_else(|| {
            let mut moments = Moments::new();
            moments.add_column(self);
            exact(&moments)
        })
    }

    fn of_pairs(
        &self,
        other: &Column<'_>,
        of_slices: impl Fn(&[f64], &[f64]) -> Answer,
        estimated: impl FnOnce(Isa, &Pairs<'_>) -> Option<Answer>,
        exact: impl FnOnce(Isa, &Pairs<'_>) -> Answer,
    ) -> Answer {
        let pairs = Pairs::new(*self, *other);
        if let (Some(x), Some(y)) = (self.plain_f64(), other.plain_f64()) {
            return of_slices(x, y);
        }
        let isa = Isa::best();
        let found = if pairs.repeated().is_some() {
            None
        } else if self.rows <= FEW {
            with_slices(&pairs, of_slices)
        } else {
            estimated(isa, &pairs)
        };
        found.unwrap_or_else(|| exact(isa, &pairs))
    }
}

fn estimated_variance(
    isa: Isa,
    pairs: &Pairs<'_>,
    ddof: u64,
    rounded: fn(&Range) -> Option<u64>,
) -> Option<Answer> {
    central(isa, pairs, MOMENTS, |count, sums| {
        let certain = || certain_variance(count, ddof, sums, rounded);
        (count > ddof).then(certain).flatten().map(positive)
    })
}

fn products(pairs: &Pairs<'_>) -> ProductAccumulator {
    let [x, y] = pairs.both();
    let mut products = ProductAccumulator::new();
    products.add_columns(&x, &y);
    products
}

/// What there is of a few rows, as slices; `None` if some are no doubles.
#[inline(never)]
fn with_slices<R>(pairs: &Pairs<'_>, then: impl FnOnce(&[f64], &[f64]) -> R) -> Option<R> {
    let (mut x, mut y) = ([0.0; FEW], [0.0; FEW]);
    let mut count = 0;
    pairs.try_for_each(Isa::best(), [0.0; 2], |block| {
        let (x_values, y_values) = (block.x?, block.y?);
        for row in block.present.iter() {
            x[count] = x_values[row];
            y[count] = y_values[row];
            count += 1;
        }
        Some(())
    })?;
    Some(then(&x[..count], &y[..count]))
}
