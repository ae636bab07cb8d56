//! The variance of a column with frequency weights.
//!
//! With the sums W of the weights w, S of w x, and Q of w x², it is
//! (W Q - S²) / (W (W - ddof)): a quotient of integers. A term of Q has three factors. Two
//! of them are two doubles without a rounding where they can be, and otherwise the term is
//! an integer.

use crate::column::exact::for_each_pair;
use crate::column::read::{Block, Pairs};
use crate::column::states::products_and_weights;
use crate::column::view::Column;
use crate::error::ValueError;
use crate::float::{BINARY64, CANONICAL_NAN};
use crate::layout::{LIMBS, ONE, ONE_OF_PRODUCTS, PRODUCT_LIMBS};
use crate::moments::value::{Words, number};
use crate::natural::{Number, Quotient, Spread};
use crate::simd::{Isa, PAIRS, TwoProducts, with_default_environment};
use crate::sum::value::positive;
use crate::sum::{Accumulator, ExactSum, ProductAccumulator};

/// The position of 1 in units of 2^-3222, those of products of three doubles.
const ONE_OF_TRIPLES: usize = ONE_OF_PRODUCTS + ONE;

/// Limbs of a sum of such products: 2^3072, above the largest one, 2^63 times.
const TRIPLE_LIMBS: usize = 101;

type Triples = ExactSum<TRIPLE_LIMBS, ONE_OF_TRIPLES>;

/// Words of W Q - S² for most data, and for all.
const FEW_WORDS: usize = 12;
const MOST_WORDS: usize = TRIPLE_LIMBS + LIMBS + 1 + 2;

impl Column<'_> {
    /// The variance of values with frequency weights: the sum of the weights times the
    /// squared distances from the weighted mean, divided by the sum of the weights less
    /// `ddof`.
    ///
    /// NaN if any value is NaN or infinite.
    ///
    /// # Errors
    /// [`ValueError::NegativeWeight`]; [`ValueError::TooLittleWeight`] if the weights do not add up to
    /// more than `ddof`, as those of nothing do not; [`ValueError::Overflow`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn weighted_variance(&self, weights: &Column<'_>, ddof: u64) -> Result<f64, ValueError> {
        let isa = Isa::best();
        let pairs = Pairs::new(*self, *weights);
        check_weights(isa, &pairs)?;
        let (products, weights) = products_and_weights(isa, &pairs);
        if !weights.is_finite()? {
            return Ok(f64::from_bits(CANONICAL_NAN));
        }
        let rest = above(&weights, ddof)?;
        if !products.is_finite()? {
            return Ok(f64::from_bits(CANONICAL_NAN));
        }
        // Of values that are all one, the sum of squares tells nothing.
        let squares = match pairs.repeated() {
            Some(_) => None,
            None => Some(weighted_squares(isa, &pairs)),
        };
        variance(&weights, &rest, &products, squares.as_ref())
    }
}

/// Refuses weights below zero.
#[inline(never)]
fn check_weights(isa: Isa, pairs: &Pairs<'_>) -> Result<(), ValueError> {
    const INFINITY: u64 = f64::INFINITY.to_bits() << 1;
    let columns = pairs.both();
    let rows = if pairs.repeated().is_some() {
        1
    } else {
        usize::MAX
    };
    let checked = pairs.first(rows).try_for_each(isa, [0.0; 2], |block| {
        let mut below_zero = false;
        match block.y {
            Some(weights) => {
                for weight in weights {
                    let size = weight.to_bits() << 1;
                    let is_nan = size > INFINITY;
                    below_zero |= weight.to_bits() >> 63 == 1 && size != 0 && !is_nan;
                }
            }
            None => for_each_pair([columns[1]; 2], &block, |weight, _| {
                below_zero |= weight.negative;
            }),
        }
        (!below_zero).then_some(())
    });
    checked.ok_or(ValueError::NegativeWeight)
}

/// The sum of all weights times squares, if they are finite.
#[inline(never)]
fn weighted_squares(isa: Isa, pairs: &Pairs<'_>) -> Triples {
    let mut triples = Triples::new();
    let mut products = ProductAccumulator::new();
    let mut parts = TwoProducts::default();
    pairs.for_each(isa, [0.0; 2], |block| {
        let (Some(x), Some(weights)) = (block.x, block.y) else {
            add_triples(&mut triples, pairs, &block, 0..block.rows.len());
            return;
        };
        for first in (0..x.len()).step_by(PAIRS) {
            let part = first..x.len().min(first + PAIRS);
            let (x, weights) = (&x[part.clone()], &weights[part.clone()]);
            if with_default_environment(|| isa.two_product(x, weights, &mut parts)) {
                let (hi, lo) = parts.of(x.len());
                products.add_f64_on(isa, hi, x);
                products.add_f64_on(isa, lo, x);
            } else {
                add_triples(&mut triples, pairs, &block, part);
            }
        }
    });
    triples.overflowed |= triples.limbs.add_shifted(&products.limbs, ONE);
    triples
}

/// Adds the terms of some rows of a block, one by one.
#[cold]
fn add_triples(
    triples: &mut Triples,
    pairs: &Pairs<'_>,
    block: &Block<'_>,
    rows: std::ops::Range<usize>,
) {
    for_each_pair(pairs.both(), &block.part(rows), |x, weight| {
        if !x.is_finite() || !weight.is_finite() {
            return;
        }
        let square = u128::from(x.size) * u128::from(x.size);
        let position = 2 * x.position + weight.position;
        for (half, up) in [(square as u64, 0), ((square >> 64) as u64, 64)] {
            let size = u128::from(half) * u128::from(weight.size);
            triples.add_product_of_sizes(false, size, position + up);
        }
    });
}

/// The sum of the weights less `ddof`, if that is above 0.
fn above(weights: &Accumulator, ddof: u64) -> Result<Accumulator, ValueError> {
    let mut rest = weights.clone();
    rest.add_integer(-i128::from(ddof), ONE);
    let mut words = Words::default();
    let number = number(&rest, &mut words.0);
    if number.is_zero() || number.negative {
        return Err(ValueError::TooLittleWeight);
    }
    Ok(rest)
}

/// The variance by its sums, `rest` among them. Without that of squares, all values are one.
fn variance(
    weights: &Accumulator,
    rest: &Accumulator,
    products: &ProductAccumulator,
    squares: Option<&Triples>,
) -> Result<f64, ValueError> {
    let (mut weights_words, mut rest_words) = (Words::default(), Words::default());
    let weights = number(weights, &mut weights_words.0);
    let rest = number(rest, &mut rest_words.0);
    let Some(squares) = squares else {
        return Ok(0.0);
    };
    let mut products_words = Words::<{ PRODUCT_LIMBS + 1 }>::default();
    let mut squares_words = Words::default();
    let products = number(products, &mut products_words.0);
    let squares = number(squares, &mut squares_words.0);
    let degrees = weights.times::<{ 2 * (LIMBS + 1) }>(&rest);
    let unit = weights.unit + rest.unit;
    let over = |spread: Number<'_>| {
        let quotient = Quotient::of(spread.words, &degrees);
        positive(quotient.nearest(&BINARY64, spread.unit - unit))
    };
    let of = ([&weights, &squares], [&products, &products]);
    if let Some(spread) = Spread::<FEW_WORDS>::of_products(of.0, of.1) {
        return over(spread.number());
    }
    match Spread::<MOST_WORDS>::of_products(of.0, of.1) {
        Some(spread) => over(spread.number()),
        None => Err(ValueError::Overflow { negative: false }),
    }
}
