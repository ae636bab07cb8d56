//! Moments: the exact sum of values and of their squares, and from them the
//! variance, the standard deviation and the norm, each rounded once.
//!
//! With n values, sum S and sum of squares Q, the variance is
//! (n Q - S²) / (n (n - ddof)): a quotient of two integers. The formula is known
//! as a disaster where its terms are rounded. Here they are not.

use super::accumulator::{Accumulator, LIMBS};
use super::float::{CANONICAL_NAN, ONE};
use super::kernels::{Engine, with_default_environment};
use super::limbs::Limbs;
use super::natural::{Integer, Quotient};
use super::products::{ONE_OF_PRODUCTS, PRODUCT_LIMBS, ProductAccumulator};
use super::rounding::BINARY64;
use super::saved::{LoadError, Reader, Saved};
use super::state::{BadState, OutOfRange, Part, Stored, without_status};
use super::sum::{COUNTERS, Counter};
use super::value::{Total, ValueError, finite_bits, infinity, with_sign};

/// The number of words in a state of moments.
pub const MOMENTS_STATE_WORDS: usize = SUM_WORDS + PRODUCT_LIMBS + 1;

const SUM_WORDS: usize = LIMBS + COUNTERS;

/// Values that are added before their squares are, while they are in the cache.
const CHUNK: usize = 1 << 14;

/// Words of n Q and of S², both below 2^(64·70), and of their difference.
const SPREAD_WORDS: usize = 71;

/// The unit of a spread: that of squares.
const UNIT: i32 = -(ONE_OF_PRODUCTS as i32);

/// n Q - S², or the like of it for two sets of values.
pub(super) type Spread = Integer<SPREAD_WORDS>;

/// Sums of values and of their squares, as they are held within one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moments {
    pub(super) sum: Accumulator,
    /// Its counters follow from those of the sum.
    pub(super) squares: ProductAccumulator,
}

impl Default for Moments {
    fn default() -> Self {
        Self::new()
    }
}

impl Moments {
    /// Moments of nothing.
    pub const fn new() -> Self {
        Moments {
            sum: Accumulator::new(),
            squares: ProductAccumulator::new(),
        }
    }

    /// Adds each of `values`.
    pub fn add_f64(&mut self, values: &[f64]) {
        self.add_f64_on(Engine::best(), values);
    }

    /// [`Moments::add_f64`] on a given engine.
    pub fn add_f64_on(&mut self, engine: Engine, values: &[f64]) {
        for chunk in values.chunks(CHUNK) {
            self.sum.add_f64_on(engine, chunk);
            self.squares.add_f64_on(engine, chunk, chunk);
        }
    }

    /// Takes out each of `values`: undoes [`Moments::add_f64`] exactly.
    pub fn subtract_f64(&mut self, values: &[f64]) {
        for chunk in values.chunks(CHUNK) {
            self.sum.subtract_f64(chunk);
            self.squares.subtract_f64(chunk, chunk);
        }
    }

    /// Adds one value.
    pub fn add_one_f64(&mut self, value: f64) {
        self.sum.add_one_f64(value);
        self.squares.add_one_f64(value, value);
    }

    /// Takes out one value: undoes [`Moments::add_one_f64`] exactly.
    pub fn subtract_one_f64(&mut self, value: f64) {
        self.sum.subtract_one_f64(value);
        self.squares.subtract_one_f64(value, value);
    }

    /// Adds each of `values`.
    pub fn add_f32(&mut self, values: &[f32]) {
        for_each_converted(values, |values| self.add_f64(values));
    }

    /// Takes out each of `values`: undoes [`Moments::add_f32`] exactly.
    pub fn subtract_f32(&mut self, values: &[f32]) {
        for_each_converted(values, |values| self.subtract_f64(values));
    }

    /// Adds each of `values`.
    pub fn add_i32(&mut self, values: &[i32]) {
        for_each_converted(values, |values| self.add_i64(values));
    }

    /// Takes out each of `values`: undoes [`Moments::add_i32`] exactly.
    pub fn subtract_i32(&mut self, values: &[i32]) {
        for_each_converted(values, |values| self.subtract_i64(values));
    }

    /// Adds each of `values`.
    pub fn add_i64(&mut self, values: &[i64]) {
        self.sum.add_i64(values);
        self.add_squares::<false>(values.iter().map(|value| value.unsigned_abs()));
    }

    /// Takes out each of `values`: undoes [`Moments::add_i64`] exactly.
    pub fn subtract_i64(&mut self, values: &[i64]) {
        self.sum.subtract_i64(values);
        self.add_squares::<true>(values.iter().map(|value| value.unsigned_abs()));
    }

    /// Adds each of `values`.
    pub fn add_u64(&mut self, values: &[u64]) {
        self.sum.add_u64(values);
        self.add_squares::<false>(values.iter().copied());
    }

    /// Takes out each of `values`: undoes [`Moments::add_u64`] exactly.
    pub fn subtract_u64(&mut self, values: &[u64]) {
        self.sum.subtract_u64(values);
        self.add_squares::<true>(values.iter().copied());
    }

    /// Adds all that `from` holds.
    pub fn merge(&mut self, from: &Moments) {
        self.sum.merge(&from.sum);
        self.squares.merge(&from.squares);
    }

    /// Takes out all that `from` holds: undoes [`Moments::merge`] exactly.
    pub fn unmerge(&mut self, from: &Moments) {
        self.sum.unmerge(&from.sum);
        self.squares.unmerge(&from.squares);
    }

    /// How many values are held; see [`ExactSum::count`](super::ExactSum::count).
    pub fn count(&self) -> i64 {
        self.sum.count()
    }

    /// The total; see [`ExactSum::value_f64`](super::ExactSum::value_f64).
    pub fn sum_f64(&self) -> Result<f64, ValueError> {
        self.sum.value_f64()
    }

    /// The mean; see [`ExactSum::mean_f64`](super::ExactSum::mean_f64).
    pub fn mean_f64(&self) -> Result<f64, ValueError> {
        self.sum.mean_f64()
    }

    /// The variance as the nearest `f64`: squares of distances from the mean, added
    /// up and divided by the count less `ddof`. NaN if there is NaN or an infinity.
    pub fn variance_f64(&self, ddof: u64) -> Result<f64, ValueError> {
        match self.variance(ddof)? {
            None => Ok(f64::from_bits(CANONICAL_NAN)),
            Some(variance) => positive(variance.nearest(&BINARY64, UNIT)),
        }
    }

    /// The square root of the variance, as the nearest `f64`: rounded once.
    pub fn standard_deviation_f64(&self, ddof: u64) -> Result<f64, ValueError> {
        match self.variance(ddof)? {
            None => Ok(f64::from_bits(CANONICAL_NAN)),
            Some(variance) => positive(variance.square_root().nearest(&BINARY64, UNIT / 2)),
        }
    }

    /// The square root of the sum of squares, as the nearest `f64`. NaN for any
    /// NaN, else infinite for any infinity.
    pub fn norm_f64(&self) -> Result<f64, ValueError> {
        self.sum.check_counters()?;
        self.squares.root_f64()
    }

    /// The count, if it is above `ddof`.
    pub(super) fn count_above(&self, ddof: u64) -> Result<u64, ValueError> {
        self.sum.check_counters()?;
        let count = self.sum.counter(Counter::Values);
        if count <= i128::from(ddof) {
            return Err(ValueError::TooFew);
        }
        // Above 2^64 there is no state, and no way to get here.
        u64::try_from(count).map_err(|_| ValueError::Overflow { negative: false })
    }

    /// Whether all values are finite.
    pub(super) fn is_finite(&self) -> Result<bool, ValueError> {
        Ok(matches!(self.sum.total()?, Total::Finite(_)))
    }

    /// Count times squares less the square of the sum: never negative.
    pub(super) fn spread(&self, count: u64) -> Result<Spread, ValueError> {
        let sum = self.sum.limbs.magnitude();
        let squares = self.squares.limbs.magnitude();
        if self.sum.lost || self.squares.lost {
            return Err(ValueError::Overflow { negative: false });
        }
        let negative = self.squares.limbs.is_negative();
        let scaled = Spread::product(&[count], &squares, negative);
        let spread = scaled.minus(&Spread::product(&sum, &sum, false));
        if negative || (spread.negative && !spread.is_zero()) {
            return Err(ValueError::Impossible);
        }
        Ok(spread)
    }

    fn variance(&self, ddof: u64) -> Result<Option<Quotient>, ValueError> {
        let count = self.count_above(ddof)?;
        if !self.is_finite()? {
            return Ok(None);
        }
        let spread = self.spread(count)?;
        Ok(Some(Quotient::of(&spread.magnitude, &degrees(count, ddof))))
    }

    fn add_squares<const SUBTRACT: bool>(&mut self, sizes: impl ExactSizeIterator<Item = u64>) {
        let squares = &mut self.squares;
        squares.step::<SUBTRACT>(Counter::Values, sizes.len() as i128);
        for size in sizes {
            let square = u128::from(size) * u128::from(size);
            // A square may have all of 128 bits.
            for (half, position) in [(square as u64, 0), ((square >> 64) as u64, 64)] {
                let half = i128::from(half);
                let half = if SUBTRACT { -half } else { half };
                squares.add_integer(half, ONE_OF_PRODUCTS + position);
            }
        }
    }
}

/// Hands out values as those of a wider type that holds each exactly.
fn for_each_converted<T: Copy, W: Copy + Default + From<T>>(
    values: &[T],
    mut take: impl FnMut(&[W]),
) {
    const BLOCK: usize = 512;
    let mut block = [W::default(); BLOCK];
    for values in values.chunks(BLOCK) {
        let wide = &mut block[..values.len()];
        // Elsewhere the conversion might flush subnormals.
        with_default_environment(|| convert(values, wide));
        take(wide);
    }
}

/// Never inlined: see [`with_default_environment`].
#[inline(never)]
fn convert<T: Copy, W: From<T>>(values: &[T], wide: &mut [W]) {
    for (wide, &value) in wide.iter_mut().zip(values) {
        *wide = value.into();
    }
}

/// `count`·(`count` - `ddof`), as words.
pub(super) fn degrees(count: u64, ddof: u64) -> [u64; 2] {
    let product = u128::from(count) * u128::from(count - ddof);
    [product as u64, (product >> 64) as u64]
}

/// A result that is not negative, if it is finite.
fn positive(bits: u64) -> Result<f64, ValueError> {
    Ok(with_sign(finite_bits(&BINARY64, bits, false)?, false))
}

impl ProductAccumulator {
    /// The square root of the total, as the nearest `f64`.
    pub(super) fn root_f64(&self) -> Result<f64, ValueError> {
        match self.total()? {
            Total::Nan => Ok(f64::from_bits(CANONICAL_NAN)),
            Total::Infinite { negative: false } => Ok(infinity(false)),
            Total::Finite(total) if !total.negative || total.is_zero() => {
                let square = Quotient::of(&total.magnitude, &[1]);
                positive(square.square_root().nearest(&BINARY64, UNIT / 2))
            }
            _ => Err(ValueError::Impossible),
        }
    }
}

impl Stored for Moments {
    type Words = [u64; MOMENTS_STATE_WORDS];

    const EMPTY: Self::Words = [0; MOMENTS_STATE_WORDS];

    fn from_words(words: &Self::Words) -> Result<Self, BadState> {
        without_status(words)?;
        let words = words.map(|word| word as i64);
        let (sum, squares) = words[..MOMENTS_STATE_WORDS - 1].split_at(SUM_WORDS);
        Self::of_parts(sum, squares).map_err(|_| BadState::Damaged)
    }

    fn to_words(&self) -> Result<Self::Words, OutOfRange> {
        let (limbs, counters) = self.sum.to_parts()?;
        let squares = self.squares_to_state()?;
        let mut words = Self::EMPTY;
        let parts = limbs.iter().chain(&counters).chain(squares);
        for (word, &part) in words.iter_mut().zip(parts) {
            *word = part as u64;
        }
        Ok(words)
    }

    fn save(&self) -> Result<Saved, OutOfRange> {
        let (limbs, counters) = self.sum.to_parts()?;
        let squares = self.squares_to_state()?;
        let mut saved = Saved::begin(3, limbs);
        saved.words(&counters);
        saved.limbs(limbs);
        saved.place(squares);
        saved.limbs(squares);
        Ok(saved)
    }

    fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let mut reader = Reader::begin(3, bytes, COUNTERS)?;
        let mut sum = [0; SUM_WORDS];
        let mut squares = [0; PRODUCT_LIMBS];
        let (limbs, counters) = sum.split_at_mut(LIMBS);
        reader.words(counters)?;
        reader.limbs(Part::Total, limbs)?;
        reader.place()?;
        reader.limbs(Part::Squares, &mut squares)?;
        reader.end()?;
        Self::of_parts(&sum, &squares)
    }

    fn merge(&mut self, from: &Self) {
        Moments::merge(self, from);
    }
}

impl Moments {
    /// The limbs of the squares, if they are within the range of a state. Their
    /// counters are not kept: that of infinities may be twice what a state holds.
    fn squares_to_state(&self) -> Result<&[i64], OutOfRange> {
        let limbs = self.squares.limbs.to_state();
        limbs
            .filter(|_| !self.squares.lost)
            .ok_or(OutOfRange(Part::Squares))
    }

    fn of_parts(sum: &[i64], squares: &[i64]) -> Result<Self, LoadError> {
        let sum = Accumulator::from_parts(sum)?;
        let [values, _, nan, positive, negative] = sum.counters;
        let squares = ProductAccumulator {
            limbs: Limbs::from_state(squares),
            // A square is infinite if the value is, and never -0.0.
            counters: [values, 0, nan, positive + negative, 0],
            lost: false,
        };
        Ok(Moments { sum, squares })
    }
}

const _: () = assert!(ONE_OF_PRODUCTS == 2 * ONE && MOMENTS_STATE_WORDS == 107);
