//! The small superaccumulator: for values that arrive one at a time, or that are few
//! and span many binades.
//!
//! An integer in units of 2^-1074 is kept in digits of 32 bits, each in a word of 64,
//! so that a significand is added to two of them without a carry. Carries are
//! propagated every [`BETWEEN_CARRIES`] values and when the total is read. (R. Neal,
//! Fast exact summation using small and large superaccumulators, 2015.)

use crate::error::ValueError;
use crate::float::{BINARY64, Binary, CANONICAL_NAN, Special, infinity, with_sign};
use crate::layout::{COUNTERS, LIMBS, ONE};
use crate::limbs::{Limbs, split};
use crate::simd::{DIGIT, DIGIT_PAIRS, DigitPairs, Digits, Isa, is_normal};
use crate::sum::Accumulator;

/// A significand adds less than 2^52 + 2^32 to a digit, and a carry leaves at most
/// 2^31 in it: as many additions stay below 2^63.
const BETWEEN_CARRIES: u64 = 1024;

/// Values that are added one by one where vectors do not.
const REMAINDER: usize = 32;

/// The exact sum of doubles that arrive one at a time.
///
/// It is larger than an [`Accumulator`] and cannot be saved, but adding a value takes
/// only a few instructions, whatever the values are. The empty sum is +0.0; an
/// implementation of JavaScript's `Math.sumPrecise`, for which it is -0.0, checks
/// [`SmallSuperaccumulator::count`] first.
///
/// Source: R. Neal, *Fast exact summation using small and large superaccumulators*
/// (2015).
///
/// ```
/// use tally_core::SmallSuperaccumulator;
///
/// let mut sum = SmallSuperaccumulator::new();
/// for value in [1e100, 1.0, -1e100] {
///     sum.add(value);
/// }
/// assert_eq!(sum.value_f64(), Ok(1.0));
/// ```
#[derive(Clone, Debug)]
pub struct SmallSuperaccumulator {
    digits: DigitPairs,
    /// A bit for each digit that a significand began in, or a carry ended in.
    used: u64,
    /// Finite values.
    finite: u64,
    negative_zeros: u64,
    nan: u64,
    /// Plus and minus infinities.
    infinities: [u64; 2],
}

impl Default for SmallSuperaccumulator {
    fn default() -> Self {
        Self::new()
    }
}

impl SmallSuperaccumulator {
    /// The empty sum.
    #[inline]
    pub const fn new() -> Self {
        SmallSuperaccumulator {
            digits: [[0; 2]; DIGIT_PAIRS],
            used: 0,
            finite: 0,
            negative_zeros: 0,
            nan: 0,
            infinities: [0; 2],
        }
    }

    /// Adds a value.
    #[inline]
    pub fn add(&mut self, value: f64) {
        self.add_float(value);
    }

    /// The number of values added, including NaN and infinities.
    #[inline]
    pub fn count(&self) -> u64 {
        self.finite + self.nan + self.infinities[0] + self.infinities[1]
    }

    #[inline(always)]
    fn add_float<T: Binary>(&mut self, value: T) {
        let bits = value.bits();
        if !is_normal::<T>(bits) {
            return self.add_special::<T>(bits);
        }
        Digits::of_normal::<T>(bits).add_to(&mut self.digits, &mut self.used);
        self.count_finite();
    }

    #[inline(always)]
    fn count_finite(&mut self) {
        self.finite += 1;
        if self.finite.is_multiple_of(BETWEEN_CARRIES) {
            self.carry();
        }
    }

    /// What has no hidden bit, or is not finite.
    #[cold]
    #[inline(never)]
    fn add_special<T: Binary>(&mut self, bits: u64) {
        if T::exponent(bits) == T::SPECIAL {
            match T::special(bits) {
                Special::Nan => self.nan += 1,
                Special::PositiveInfinity => self.infinities[0] += 1,
                Special::NegativeInfinity => self.infinities[1] += 1,
            }
            return;
        }
        self.negative_zeros += u64::from(T::is_negative_zero(bits));
        let significand = T::significand(bits);
        let (size, sign) = (significand.unsigned_abs(), significand >> 63);
        Digits::of(size, sign, T::position(0)).add_to(&mut self.digits, &mut self.used);
        self.count_finite();
    }

    /// Adds each of `values`, with the given instruction set.
    pub(crate) fn add_slice<T: Binary>(&mut self, isa: Isa, values: &[T]) {
        let mut rest = values;
        while !rest.is_empty() {
            let room = BETWEEN_CARRIES - self.finite % BETWEEN_CARRIES;
            let part = &rest[..rest.len().min(room as usize - 1)];
            let done = isa.fill_digits(part, &mut self.digits, &mut self.used);
            self.finite += done as u64;
            // A group that has others, the last few, or the one that makes a carry due.
            let end = rest.len().min(done + REMAINDER);
            for &value in &rest[done..end] {
                self.add_float(value);
            }
            rest = &rest[end..];
        }
    }

    /// The digits in use: from the lowest that a significand began in to the one above
    /// the highest.
    fn in_use(&self) -> std::ops::Range<usize> {
        let first = self.used.trailing_zeros() as usize;
        let last = 64 - self.used.leading_zeros() as usize;
        match last {
            0 => 0..0,
            // Carries beyond leave no bit.
            64 => first..DIGIT_PAIRS,
            _ => first..last + 1,
        }
    }

    /// All that was added to a digit.
    fn digit(&self, index: usize) -> i64 {
        let upper = index
            .checked_sub(1)
            .map_or(0, |below| self.digits[below][1]);
        self.digits[index][0] + upper
    }

    /// Leaves at most 2^31 in each digit, and nothing in the upper halves of pairs.
    #[inline(never)]
    fn carry(&mut self) {
        let (mut carry, mut upper) = (0, 0);
        let range = self.in_use();
        let end = range.end;
        for pair in &mut self.digits[range] {
            let sum = pair[0] + upper + carry;
            upper = pair[1];
            carry = (sum + (1 << (DIGIT - 1))) >> DIGIT;
            *pair = [sum - (carry << DIGIT), 0];
        }
        // Above the last digit there never is a carry: it would take 2^64 values.
        if let Some(next) = self.digits.get_mut(end).filter(|_| carry != 0) {
            next[0] += carry;
            self.used |= 1 << (end - 1).min(63);
        }
    }

    /// The total as the nearest `f64`, ties to even; see [`Accumulator::value_f64`].
    ///
    /// # Errors
    /// [`ValueError::Overflow`] if the total rounds beyond the largest finite `f64`.
    pub fn value_f64(&self) -> Result<f64, ValueError> {
        let [positive, negative] = self.infinities.map(|count| count > 0);
        if self.nan > 0 || positive && negative {
            return Ok(f64::from_bits(CANONICAL_NAN));
        }
        if positive || negative {
            return Ok(infinity(negative));
        }
        let (negative, magnitude, unit) = self.rounded_off();
        if magnitude == 0 {
            let all = self.finite > 0 && self.negative_zeros == self.finite;
            return Ok(with_sign(0, all));
        }
        let bits = BINARY64.nearest_of_two_words(magnitude, unit);
        if BINARY64.is_infinity(bits) {
            return Err(ValueError::Overflow { negative });
        }
        Ok(with_sign(bits, negative))
    }

    /// Sign and magnitude of the total in units of 2^(the third): the highest 65 bits
    /// and more, and the lowest bit set if any bit below is.
    fn rounded_off(&self) -> (bool, u128, i32) {
        let range = self.in_use();
        let mut digits = [0_u32; DIGIT_PAIRS + 1];
        let mut carry = 0;
        let mut end = range.start;
        for index in range.clone() {
            let sum = self.digit(index) + carry;
            digits[end] = sum as u32;
            carry = sum >> DIGIT;
            end += 1;
        }
        // What is left of the highest digit has at most 31 bits and a sign.
        digits[end] = carry as u32;
        let negative = carry < 0;
        if negative {
            let mut borrow = true;
            for digit in &mut digits[range.start..=end] {
                (*digit, borrow) = (!*digit).overflowing_add(borrow.into());
            }
        }
        let used = &digits[range.start..=end];
        let Some(top) = used.iter().rposition(|&digit| digit != 0) else {
            return (false, 0, 0);
        };
        let bottom = top.saturating_sub(2);
        let upper = used[bottom..=top].iter().rev();
        let magnitude = upper.fold(0_u128, |all, &digit| all << DIGIT | u128::from(digit));
        let rest = used[..bottom].iter().any(|&digit| digit != 0);
        let unit = (range.start + bottom) * DIGIT;
        (
            negative,
            magnitude | u128::from(rest),
            unit as i32 - ONE as i32,
        )
    }

    /// The total in balanced limbs of an accumulator, the guard included.
    #[inline]
    pub(crate) fn limbs(&self) -> [i64; LIMBS + 1] {
        let mut limbs = [0; LIMBS + 1];
        let range = self.in_use();
        // A limb is two digits. Both, and the carry, are less than 2^96.
        let range = range.start / 2..range.end.div_ceil(2);
        let (pairs, _) = self.digits.as_chunks::<2>();
        let (mut upper, mut carry) = (0, 0);
        for (limb, [even, odd]) in limbs[range.clone()].iter_mut().zip(&pairs[range.clone()]) {
            let (low, high) = (even[0] + upper, odd[0] + even[1]);
            upper = odd[1];
            let sum = i128::from(low) + (i128::from(high) << DIGIT) + i128::from(carry);
            (*limb, carry) = split(sum);
        }
        // Nothing was added above the last digit in use.
        limbs[range.end] = carry;
        limbs
    }

    /// The counters of a state.
    #[inline]
    pub(crate) fn counters(&self) -> [u64; COUNTERS] {
        let [positive, negative] = self.infinities;
        [
            self.count(),
            self.negative_zeros,
            self.nan,
            positive,
            negative,
        ]
    }

    /// Adds all to an accumulator, or takes it out.
    pub(crate) fn flush<const SUBTRACT: bool>(&self, into: &mut Accumulator) {
        into.merge_counters::<SUBTRACT>(&self.counters().map(i128::from));
        into.overflowed |= into.limbs.merge::<SUBTRACT>(&Limbs::of(self.limbs()));
    }
}

impl From<&SmallSuperaccumulator> for Accumulator {
    /// The same sum, to save or to merge.
    fn from(sum: &SmallSuperaccumulator) -> Self {
        let mut total = Accumulator::new();
        sum.flush::<false>(&mut total);
        total
    }
}
