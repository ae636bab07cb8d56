//! The total and the mean, written out.

use std::cmp::Ordering;

use crate::decimal::limbs::{
    FRACTION_DIGITS, FRACTION_LIMBS, LIMB_DIGITS, Magnitude, RADIX, WORKING_LIMBS,
};
use crate::decimal::{Counter, Decimal, Rounding};
use crate::error::ValueError;
use crate::float::Special;
use crate::sum::text::Text;

/// The number of digits after the point with which a total is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// All digits, without trailing zeros.
    All,
    /// As many as the values were written with.
    AsWritten,
    /// This many digits, rounded. More than 342 count as 342.
    Rounded(u16),
}

/// Limbs to be written: one below those of a total, for what a division leaves.
const WRITTEN_LIMBS: usize = WORKING_LIMBS + 1;

/// Digits before the point and after it.
const INTEGER: usize = (WORKING_LIMBS - FRACTION_LIMBS) * LIMB_DIGITS;
const FRACTION: usize = (FRACTION_LIMBS + 1) * LIMB_DIGITS;

impl Decimal {
    /// The exact total in decimal.
    ///
    /// Rounding is half to even. There is no negative zero: a total that is zero or
    /// rounds to zero has no sign. Special totals are "nan", "inf" and "-inf".
    ///
    /// # Errors
    /// [`ValueError::NegativeCount`], and [`ValueError::Overflow`] if the total left the range.
    pub fn text(&self, digits: Digits) -> Result<Text, ValueError> {
        self.text_rounded(digits, Rounding::HalfEven)
    }

    /// The exact total in decimal, rounded in a given direction if it has more digits.
    /// Everything else is as in [`Decimal::text`].
    ///
    /// # Errors
    /// Those of [`Decimal::text`].
    pub fn text_rounded(&self, digits: Digits, rounding: Rounding) -> Result<Text, ValueError> {
        if let Some(special) = self.special()? {
            return Ok(literal(special));
        }
        let places = Places::of(&self.limbs.magnitude(), 1).0;
        let written = places.fraction_digits();
        let fraction = match digits {
            Digits::All => written,
            // A foreign state may say that it was written with fewer.
            Digits::AsWritten => written.max(self.scale.into()),
            Digits::Rounded(digits) => digits.min(FRACTION_DIGITS).into(),
        };
        Ok(places.text(self.limbs.is_negative(), fraction, false, rounding))
    }

    /// The mean in decimal: the exact total divided by the count and rounded once, half
    /// to even, to `digits` digits after the point. More than 342 count as 342. Signs,
    /// NaN and infinities are as in [`Decimal::text`].
    ///
    /// # Errors
    /// [`ValueError::NoValues`] if the count is below 1, and those of [`Decimal::text`].
    pub fn mean_text(&self, digits: u16) -> Result<Text, ValueError> {
        self.mean_text_rounded(digits, Rounding::HalfEven)
    }

    /// The mean in decimal, rounded once in a given direction. Everything else is as in
    /// [`Decimal::mean_text`].
    ///
    /// # Errors
    /// Those of [`Decimal::mean_text`].
    pub fn mean_text_rounded(&self, digits: u16, rounding: Rounding) -> Result<Text, ValueError> {
        let special = self.special()?;
        let count = self.counter(Counter::Values);
        if count < 1 {
            return Err(ValueError::NoValues);
        }
        if let Some(special) = special {
            return Ok(literal(special));
        }
        let negative = self.limbs.is_negative();
        // A count that no state can hold.
        let count = u64::try_from(count).map_err(|_| ValueError::Overflow { negative })?;
        let (places, sticky) = Places::of(&self.limbs.magnitude(), count);
        let digits = digits.min(FRACTION_DIGITS).into();
        Ok(places.text(negative, digits, sticky, rounding))
    }
}

fn literal(special: Special) -> Text {
    Text::literal(match special {
        Special::Nan => "nan",
        Special::PositiveInfinity => "inf",
        Special::NegativeInfinity => "-inf",
    })
}

/// Digits in ASCII, with the point after the first [`INTEGER`] of them.
struct Places([u8; INTEGER + FRACTION]);

impl Places {
    /// The digits of `magnitude`/`divisor`, and whether there is more below them.
    fn of(magnitude: &Magnitude, divisor: u64) -> (Places, bool) {
        let mut limbs = [0; WRITTEN_LIMBS];
        limbs[1..].copy_from_slice(magnitude);
        let remainder = if divisor == 1 {
            0
        } else {
            divide(&mut limbs, divisor)
        };
        let mut places = [b'0'; INTEGER + FRACTION];
        let (groups, _) = places.as_chunks_mut::<LIMB_DIGITS>();
        for (group, limb) in groups.iter_mut().rev().zip(limbs) {
            let mut rest = limb;
            let mut places = group.iter_mut().rev();
            while rest != 0
                && let Some(digit) = places.next()
            {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
        }
        (Places(places), remainder != 0)
    }

    /// The digits after the point, up to the last one that is not zero.
    fn fraction_digits(&self) -> usize {
        let last = self.0.iter().rposition(|&digit| digit != b'0');
        last.map_or(0, |last| (last + 1).saturating_sub(INTEGER))
    }

    /// Writes the digits down to `fraction` of them after the point. `sticky`
    /// says that there is more below the last.
    fn text(mut self, negative: bool, fraction: usize, sticky: bool, rounding: Rounding) -> Text {
        let (kept, dropped) = self.0.split_at_mut(INTEGER + fraction);
        let odd = kept.last().is_some_and(|digit| digit % 2 == 1);
        if let Some(half) = compare_with_half(dropped, sticky)
            && rounding.is_away(negative, odd, half)
        {
            add_one(kept);
        }
        let (integer, fraction) = kept.split_at(INTEGER);
        let mut text = Text::empty();
        if negative && kept.iter().any(|&digit| digit != b'0') {
            text.push(b'-');
        }
        let first = integer.iter().position(|&digit| digit != b'0');
        for &digit in &integer[first.unwrap_or(INTEGER - 1)..] {
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(b'.');
        }
        for &digit in fraction {
            text.push(digit);
        }
        text
    }
}

/// How what is dropped compares with half a unit of the last digit that is kept; `None`
/// if it is zero. `sticky` says that there is more below it.
fn compare_with_half(dropped: &[u8], sticky: bool) -> Option<Ordering> {
    let [first, below @ ..] = dropped else {
        return None;
    };
    let more = sticky || below.iter().any(|&digit| digit != b'0');
    match first.cmp(&b'5') {
        Ordering::Less if *first == b'0' && !more => None,
        Ordering::Equal if more => Some(Ordering::Greater),
        order => Some(order),
    }
}

/// Adds one to the last digit. The first is zero, as the highest limb is never full:
/// there is room for a carry.
fn add_one(digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        if *digit != b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
}

/// Divides digits of radix 10^18 in place by `divisor`, which is not zero, and
/// returns the remainder.
fn divide(limbs: &mut [u64], divisor: u64) -> u64 {
    let divisor = u128::from(divisor);
    let mut remainder = 0;
    for limb in limbs.iter_mut().rev() {
        let dividend = remainder * RADIX as u128 + u128::from(*limb);
        *limb = (dividend / divisor) as u64;
        remainder = dividend % divisor;
    }
    remainder as u64
}
