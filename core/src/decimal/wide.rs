//! Sums of integers of up to 256 bits with a common scale.

use crate::decimal::limbs::{FRACTION_DIGITS, LIMB_DIGITS, Limbs, RADIX, WORKING_LIMBS};
use crate::decimal::{Counter, Decimal};

/// 256 bits, and 64 more for what is carried.
const WORDS: usize = 5;

/// The total and the number of fewer than 2^63 integers of up to 256 bits.
#[derive(Clone, Copy, Debug, Default)]
pub struct WideTotal {
    /// In two's complement, the lowest word first.
    words: [u64; WORDS],
    count: i128,
}

impl WideTotal {
    /// Adds integers in two's complement, each given as its bytes in native order.
    pub fn add_bytes<const BYTES: usize>(&mut self, integers: &[[u8; BYTES]]) {
        const { assert!(BYTES > 0 && BYTES <= 32 && BYTES.is_multiple_of(8)) };
        let mut total = self.words;
        for integer in integers {
            let (given, _) = integer.as_chunks();
            let last = given.len() - 1;
            let word = |index: usize| match cfg!(target_endian = "big") {
                true => u64::from_ne_bytes(given[last - index]),
                false => u64::from_ne_bytes(given[index]),
            };
            let sign = (word(last) as i64 >> 63) as u64;
            add_words(
                &mut total,
                |index| if index > last { sign } else { word(index) },
            );
        }
        self.words = total;
        self.count += integers.len() as i128;
    }

    /// Adds the total of `count` integers.
    pub(crate) fn add_total(&mut self, total: i128, count: i128) {
        let given = [total as u64, (total >> 64) as u64];
        let sign = (total >> 127) as u64;
        add_words(&mut self.words, |index| {
            given.get(index).copied().unwrap_or(sign)
        });
        self.count += count;
    }

    /// The absolute value.
    fn magnitude(&self) -> [u64; WORDS] {
        if !self.is_negative() {
            return self.words;
        }
        let mut size = [0; WORDS];
        size[0] = 1;
        add_words(&mut size, |index| !self.words[index]);
        size
    }

    fn is_negative(&self) -> bool {
        self.words[WORDS - 1] >> 63 == 1
    }

    /// Adds the total times 10^`position`. Returns whether it is lost, as
    /// [`Limbs::add_at`] does.
    fn add_to(&self, limbs: &mut Limbs, position: usize) -> bool {
        let mut rest = self.magnitude();
        let mut position = position;
        let mut is_lost = false;
        while rest != [0; WORDS] {
            let digits = divide_by_radix(&mut rest);
            if digits != 0 {
                is_lost |= position / LIMB_DIGITS >= WORKING_LIMBS
                    || match self.is_negative() {
                        true => limbs.add_digits::<true>(digits, position),
                        false => limbs.add_digits::<false>(digits, position),
                    };
            }
            position += LIMB_DIGITS;
        }
        is_lost
    }
}

/// Adds words, the lowest first; what is carried out of the last one is dropped.
#[inline(always)]
fn add_words(total: &mut [u64; WORDS], word: impl Fn(usize) -> u64) {
    let mut carry = false;
    for (index, total) in total.iter_mut().enumerate() {
        let (sum, first) = total.overflowing_add(word(index));
        let (sum, second) = sum.overflowing_add(u64::from(carry));
        (*total, carry) = (sum, first | second);
    }
}

/// Divides by 10^18; returns the remainder.
fn divide_by_radix(words: &mut [u64; WORDS]) -> i64 {
    let radix = u128::from(RADIX.unsigned_abs());
    let mut remainder = 0;
    for word in words.iter_mut().rev() {
        let part = remainder << 64 | u128::from(*word);
        *word = (part / radix) as u64;
        remainder = part % radix;
    }
    remainder as i64
}

impl Decimal {
    /// Adds the values of a total, each times 10^-`scale`. A `scale` above 342 counts
    /// as 342.
    pub fn add_wide(&mut self, total: &WideTotal, scale: i16) {
        if total.count == 0 {
            return;
        }
        let most = FRACTION_DIGITS as i16;
        let scale = scale.min(most);
        let position = (i32::from(most) - i32::from(scale)) as usize;
        self.overflowed |= total.add_to(&mut self.limbs, position);
        self.scale = self.scale.max(scale.max(0) as u16);
        self.step::<false>(Counter::Values, total.count);
    }
}
