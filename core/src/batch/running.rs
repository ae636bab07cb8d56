//! Sums of the rows of a window, as integers of fixed units: a few instructions add or
//! subtract a row, and nothing is ever rounded.

use crate::column::read::Block;
use crate::column::states::PairStates;
use crate::float::{Binary, finite_parts};
use crate::natural::{Wide, shift};
use crate::simd::{Isa, PREFIX_STEPS, PrefixLevels, with_default_environment};
use crate::sum::{Accumulator, Counter, ExactSum};

/// Rows that are added at a time, and taken out.
pub(crate) const BLOCK: usize = 512;

/// Bits of the sum before a block, in its unit. With [`VALUE_BITS`] for each of the block's
/// rows, the sum stays below 2^126 in size.
const SUM_BITS: i32 = 124;

/// Bits of a value. Twice as many and those of the rows are below [`PRODUCT_SUM_BITS`].
const VALUE_BITS: i32 = 114;

/// Bits of a sum of products before a block: it stays below 2^254 in size.
const PRODUCT_SUM_BITS: i32 = 252;

const _: () = assert!(2 * BLOCK <= PREFIX_STEPS);
const _: () = assert!(VALUE_BITS + (2 * BLOCK).ilog2() as i32 <= SUM_BITS);
const _: () = assert!(2 * VALUE_BITS + (2 * BLOCK).ilog2() as i32 <= PRODUCT_SUM_BITS);

/// Which sums there are: those of x always.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) squares: bool,
    pub(crate) pairs: bool,
}

/// The positions of the units of x and y, in units of 2^-1074. A product's is their sum, in
/// units of 2^-2148.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Units {
    pub(crate) x: usize,
    pub(crate) y: usize,
}

/// The sums, in their units.
#[derive(Clone, Copy, Default)]
pub(crate) struct Running {
    pub(crate) x: i128,
    pub(crate) y: i128,
    pub(crate) x_squares: Wide,
    pub(crate) y_squares: Wide,
    pub(crate) products: Wide,
}

impl Running {
    /// Adds a row, or takes it out.
    #[inline(always)]
    pub(crate) fn step<const SUBTRACT: bool, const SQUARES: bool, const PAIRS: bool>(
        &mut self,
        units: Units,
        x: f64,
        y: f64,
    ) {
        let add = |sum: &mut i128, value: i128| {
            *sum = if SUBTRACT { *sum - value } else { *sum + value };
        };
        let add_product = |sum: &mut Wide, product: Wide| {
            *sum = if SUBTRACT {
                sum.minus(product)
            } else {
                sum.plus(product)
            };
        };
        let x = integer(x, units.x);
        add(&mut self.x, x);
        if SQUARES {
            add_product(&mut self.x_squares, Wide::square(x));
        }
        if PAIRS {
            let y = integer(y, units.y);
            add(&mut self.y, y);
            add_product(&mut self.products, Wide::product(x, y));
            if SQUARES {
                add_product(&mut self.y_squares, Wide::square(y));
            }
        }
    }
}

/// A multiple of the unit, in it.
#[inline(always)]
fn integer(value: f64, unit: usize) -> i128 {
    let (significand, position) = finite_parts(value.to_bits());
    // A zero may lie below the unit: any shift leaves it.
    i128::from(significand) << (position.wrapping_sub(unit) & 127)
}

/// From the lowest bit to above the highest one, as positions: those of numbers that are not
/// all zero.
#[derive(Clone, Copy)]
struct Span {
    low: i32,
    end: i32,
}

impl Span {
    const NOTHING: Self = Span {
        low: i32::MAX,
        end: i32::MIN,
    };

    fn and(self, other: Self) -> Self {
        Span {
            low: self.low.min(other.low),
            end: self.end.max(other.end),
        }
    }

    /// Of values; `None` if some are not finite.
    fn of_values(isa: Isa, values: &[f64]) -> Option<Self> {
        let exponents = isa.exponents(values);
        if exponents.highest == f64::SPECIAL {
            return None;
        }
        if exponents.lowest > f64::SPECIAL {
            return Some(Self::NOTHING);
        }
        Some(Span {
            low: f64::position(exponents.lowest) as i32,
            end: f64::position(exponents.highest) as i32 + f64::FRACTION_BITS as i32 + 1,
        })
    }

    /// Of a total that no NaN or infinity is part of.
    fn of_sum<const WORKING: usize, const ONE: usize>(sum: &ExactSum<WORKING, ONE>) -> Self {
        let mut words = [0; WORKING];
        let (first, words) = sum.limbs.magnitude_in_use(&mut words);
        // Carries may have left zeros at both ends.
        let Some(lowest) = words.iter().position(|&word| word != 0) else {
            return Self::NOTHING;
        };
        let low = 64 * (first + lowest) as i32 + words[lowest].trailing_zeros() as i32;
        Span {
            low,
            end: 64 * first as i32 + crate::float::bit_length(words),
        }
    }

    /// Whether all is below 2^`bits` units.
    fn fits(self, unit: i32, bits: i32) -> bool {
        self.end <= unit.saturating_add(bits)
    }
}

/// The words of a total in units of 2^`unit`, of which it is a multiple.
fn words_of_sum<const WORKING: usize, const ONE: usize>(
    sum: &ExactSum<WORKING, ONE>,
    unit: usize,
) -> (bool, [u64; 4]) {
    let mut room = [0; WORKING];
    let (first, words) = sum.limbs.magnitude_in_use(&mut room);
    let mut found = [0; 4];
    shift(words, unit as i32 - 64 * first as i32, &mut found);
    (sum.limbs.is_negative(), found)
}

fn integer_of_sum<const WORKING: usize, const ONE: usize>(
    sum: &ExactSum<WORKING, ONE>,
    unit: usize,
) -> i128 {
    let (negative, [low, high, ..]) = words_of_sum(sum, unit);
    let size = (u128::from(high) << 64 | u128::from(low)) as i128;
    if negative { -size } else { size }
}

fn wide_of_sum<const WORKING: usize, const ONE: usize>(
    sum: &ExactSum<WORKING, ONE>,
    unit: usize,
) -> Wide {
    let (negative, words) = words_of_sum(sum, unit);
    Wide::new(negative, words)
}

/// The sums of states in units that hold them while these blocks are added and taken out,
/// if there are such.
pub(crate) fn begin(
    isa: Isa,
    wanted: Wanted,
    states: &PairStates,
    blocks: [Option<&Block<'_>>; 2],
) -> Option<(Units, Running)> {
    let PairStates { x, y, products } = states;
    if x.sum.has_specials() || wanted.pairs && y.sum.has_specials() {
        return None;
    }
    let mut values = [Span::NOTHING; 2];
    for block in blocks.into_iter().flatten() {
        values[0] = values[0].and(Span::of_values(isa, block.x?)?);
        if wanted.pairs {
            values[1] = values[1].and(Span::of_values(isa, block.y?)?);
        }
    }
    let sums = [Span::of_sum(&x.sum), Span::of_sum(&y.sum)];
    let squares = [Span::of_sum(&x.squares), Span::of_sum(&y.squares)];
    let product = Span::of_sum(products);
    let mut units = [0; 2];
    for (side, unit) in units.iter_mut().enumerate() {
        let half = if wanted.squares {
            squares[side].low / 2
        } else {
            i32::MAX
        };
        // All zeros: any unit will do.
        let low = values[side].low.min(sums[side].low).min(half);
        *unit = if low > 1 << 20 { 0 } else { low };
    }
    if wanted.pairs {
        units[0] -= (units[0] + units[1]).saturating_sub(product.low).max(0);
    }
    let [x_unit, y_unit] = units;
    let fits = x_unit >= 0
        && (0..2).all(|side| {
            values[side].fits(units[side], VALUE_BITS)
                && sums[side].fits(units[side], SUM_BITS)
                && (!wanted.squares || squares[side].fits(2 * units[side], PRODUCT_SUM_BITS))
        })
        && (!wanted.pairs || product.fits(x_unit + y_unit, PRODUCT_SUM_BITS));
    if !fits {
        return None;
    }
    let units = Units {
        x: x_unit as usize,
        y: y_unit as usize,
    };
    let mut running = Running {
        x: integer_of_sum(&x.sum, units.x),
        ..Running::default()
    };
    if wanted.squares {
        running.x_squares = wide_of_sum(&x.squares, 2 * units.x);
    }
    if wanted.pairs {
        running.y = integer_of_sum(&y.sum, units.y);
        running.products = wide_of_sum(products, units.x + units.y);
        if wanted.squares {
            running.y_squares = wide_of_sum(&y.squares, 2 * units.y);
        }
    }
    Some((units, running))
}

/// The total after each row, in the results, if two levels hold it; nothing is changed if not.
pub(crate) fn prefix_totals(
    isa: Isa,
    sum: &mut Accumulator,
    [entering, leaving]: [&[f64]; 2],
    results: &mut [f64],
) -> Option<()> {
    if !isa.has_kernels() || sum.has_specials() {
        return None;
    }
    let values = Span::of_values(isa, entering)?.and(Span::of_values(isa, leaving)?);
    let total = Span::of_sum(sum);
    let low = values.low.min(total.low);
    let levels = PrefixLevels::new(low, total.end, values.end)?;
    let before = integer_of_sum(sum, levels.unit);
    let after = with_default_environment(|| levels.totals(isa, before, entering, leaving, results));
    sum.add_integer(after - before, levels.unit);
    Some(())
}

/// Adds to the states what the sums have become.
pub(crate) fn end(states: &mut PairStates, units: Units, before: &Running, after: &Running) {
    states.x.sum.add_integer(after.x - before.x, units.x);
    states.y.sum.add_integer(after.y - before.y, units.y);
    let PairStates { x, y, products } = states;
    add_wide(
        &mut x.squares,
        after.x_squares.minus(before.x_squares),
        2 * units.x,
    );
    add_wide(
        &mut y.squares,
        after.y_squares.minus(before.y_squares),
        2 * units.y,
    );
    add_wide(
        products,
        after.products.minus(before.products),
        units.x + units.y,
    );
}

fn add_wide<const WORKING: usize, const ONE: usize>(
    sum: &mut ExactSum<WORKING, ONE>,
    by: Wide,
    position: usize,
) {
    let (negative, words) = by.parts();
    for (index, word) in words.into_iter().enumerate() {
        if word != 0 {
            let word = i128::from(word);
            let word = if negative { -word } else { word };
            sum.add_integer(word, position + 64 * index);
        }
    }
}

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    fn has_specials(&self) -> bool {
        let specials = [
            Counter::Nan,
            Counter::PositiveInfinity,
            Counter::NegativeInfinity,
        ];
        self.overflowed || specials.iter().any(|&counter| self.counter(counter) != 0)
    }
}
