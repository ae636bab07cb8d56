//! The state of moments: 107 words.
//!
//! | words | contents |
//! |---|---|
//! | 0 to 33 | the total in units of 2^-1074, in balanced limbs |
//! | 34 to 38 | the counts, as in an accumulator |
//! | 39 to 105 | the total of squares in units of 2^-2148, in balanced limbs |
//! | 106 | the sticky status in the low 32 bits; zero above |

use crate::counts::SpecialCounts;
use crate::error::{BadState, LoadError, OutOfRange, Part};
use crate::float::Binary;
use crate::layout::{COUNTERS, LIMBS, MOMENTS_STATE_WORDS, PRODUCT_LIMBS};
use crate::limbs::Limbs;
use crate::moments::Moments;
use crate::state::in_place::{InPlace, plain_product, signed};
use crate::state::parts::Parts;
use crate::state::saved::Reader;
use crate::state::{Stored, accumulate, check_counters, joined, verbs_in_place, without_status};
use crate::sum::{Accumulator, PARTS, ProductAccumulator};

/// Words of the total and the counters; the limbs of squares begin there.
const SUM_WORDS: usize = LIMBS + COUNTERS;

impl Stored for Moments {
    type Words = [u64; MOMENTS_STATE_WORDS];
    type One = f64;

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
        Ok(joined(&[limbs, &counters, squares]))
    }

    fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let words = Self::load_words(bytes)?.map(|word| word as i64);
        let (sum, squares) = words[..MOMENTS_STATE_WORDS - 1].split_at(SUM_WORDS);
        Self::of_parts(sum, squares)
    }

    fn load_words(bytes: &[u8]) -> Result<Self::Words, LoadError> {
        let mut reader = Reader::begin(3, bytes, COUNTERS)?;
        let (mut limbs, mut counters) = ([0; LIMBS], [0; COUNTERS]);
        let mut squares = [0; PRODUCT_LIMBS];
        reader.words(&mut counters)?;
        reader.limbs(Part::Total, &mut limbs)?;
        reader.place()?;
        reader.limbs(Part::Squares, &mut squares)?;
        reader.end()?;
        check_counters(&counters, &PARTS)?;
        Ok(joined(&[&limbs, &counters, &squares]))
    }

    fn merge(&mut self, from: &Self) {
        Moments::merge(self, from);
    }

    fn unmerge(&mut self, from: &Self) {
        Moments::unmerge(self, from);
    }

    fn count(&self) -> i64 {
        Moments::count(self)
    }

    fn special_counts(&self) -> SpecialCounts {
        Moments::special_counts(self)
    }

    fn add_one<const SUBTRACT: bool>(&mut self, value: f64) {
        if SUBTRACT {
            self.subtract_one_f64(value);
        } else {
            self.add_one_f64(value);
        }
    }

    #[inline]
    fn add_one_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], value: f64) -> bool {
        add_in_place::<SUBTRACT>(words, value).is_some()
    }

    verbs_in_place!(LIMBS, 3);
}

impl Moments {
    /// The limbs of the squares, if they are within the range of a state. Their
    /// counters are not kept: that of infinities may be twice what a state holds.
    fn squares_to_state(&self) -> Result<&[i64], OutOfRange> {
        let limbs = self.squares.limbs.to_state();
        limbs
            .filter(|_| !self.squares.overflowed)
            .ok_or(OutOfRange(Part::Squares))
    }

    /// The parts of the state, if all are within its range.
    fn parts(&self) -> Result<Parts<'_, i64>, OutOfRange> {
        let (limbs, counters) = self.sum.to_parts()?;
        let more_limbs = self.squares_to_state()?;
        Ok(Parts {
            limbs,
            counters,
            more_limbs,
        })
    }

    fn of_parts(sum: &[i64], squares: &[i64]) -> Result<Self, LoadError> {
        let sum = Accumulator::from_parts(sum)?;
        let [values, _, nan, positive, negative] = sum.counters;
        let squares = ProductAccumulator {
            limbs: Limbs::from_state(squares),
            // A square is infinite if the value is, and never -0.0.
            counters: [values, 0, nan, positive + negative, 0],
            overflowed: false,
        };
        Ok(Moments { sum, squares })
    }
}

accumulate! {
    Moments:
    f64: add_f64, subtract_f64;
    f32: add_f32, subtract_f32;
    i32: add_i32, subtract_i32;
    i64: add_i64, subtract_i64;
    u64: add_u64, subtract_u64;
}

/// Refuses -0.0, NaN and infinities, and a carry beyond three limbs.
#[inline]
fn add_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], value: f64) -> Option<()> {
    let mut words = InPlace::<MOMENTS_STATE_WORDS>::new(words)?;
    let bits = value.to_bits();
    if f64::is_negative_zero(bits) {
        return None;
    }
    let (square, square_position) = plain_product::<SUBTRACT>(value, value)?;
    let significand = signed::<SUBTRACT, _>(f64::significand(bits).into());
    let position = f64::position(f64::exponent(bits));
    let sum = words.three_limbs(0, significand, position)?;
    let squares = words.three_limbs(SUM_WORDS, square, square_position)?;
    let count = words.next_count::<SUBTRACT>(LIMBS)?;
    words.set_three(position / 64, sum);
    words.set_three(SUM_WORDS + square_position / 64, squares);
    words.set(LIMBS, count);
    Some(())
}
