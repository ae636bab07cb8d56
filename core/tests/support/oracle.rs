//! The oracle: the total as a big integer in units of 2^-1074, and rounding from
//! its definition, by comparing exact distances to the two neighbours.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{Signed, ToPrimitive, Zero, float::FloatCore};

/// A number as a multiple of 2^-1074.
pub fn units(value: f64) -> BigInt {
    let (significand, exponent, sign) = FloatCore::integer_decode(value);
    // The decoded exponent goes down to -1075, with an even significand.
    (BigInt::from(significand) << (exponent + 1075) >> 1_u32) * sign
}

/// One in units of 2^-1074.
pub fn one() -> BigInt {
    BigInt::from(1) << 1074
}

/// The total and counts of a multiset, kept the slow and obvious way.
#[derive(Clone, Default)]
pub struct Oracle {
    pub total: BigInt,
    /// Values, negative zeros, NaN, plus infinity, minus infinity.
    pub counters: [i64; 5],
}

impl Oracle {
    pub fn of(values: &[f64]) -> Oracle {
        let mut oracle = Oracle::default();
        values.iter().for_each(|&value| oracle.add(value));
        oracle
    }

    pub fn add(&mut self, value: f64) {
        self.counters[0] += 1;
        if value.is_nan() {
            self.counters[2] += 1;
        } else if value == f64::INFINITY {
            self.counters[3] += 1;
        } else if value == f64::NEG_INFINITY {
            self.counters[4] += 1;
        } else {
            self.counters[1] += i64::from(value == 0.0 && value.is_sign_negative());
            self.total += units(value);
        }
    }

    pub fn add_integer(&mut self, value: impl Into<BigInt>) {
        self.counters[0] += 1;
        self.total += value.into() << 1074;
    }

    /// The state.
    pub fn words(&self) -> [u64; 40] {
        let mut words = [0; 40];
        words[..34].copy_from_slice(&balanced(&self.total, 34));
        for (word, counter) in words[34..].iter_mut().zip(self.counters) {
            *word = counter as u64;
        }
        words
    }

    /// The saved form, written from its specification.
    pub fn saved(&self) -> Vec<u8> {
        let words = self.words();
        saved(1, &words[34..39], &words[..34])
    }

    /// The exact total where it is not finite.
    pub fn special(&self) -> Option<f64> {
        special(&self.counters)
    }

    pub fn is_negative(&self) -> bool {
        is_negative(&self.total, &self.counters)
    }

    /// The nearest `f64`; `None` beyond the finite range.
    pub fn value_f64(&self) -> Option<f64> {
        self.special().or_else(|| self.finite_f64(1))
    }

    pub fn value_f32(&self) -> Option<f32> {
        let nearest = || nearest(self.total.magnitude(), &BigUint::from(1_u8), F32);
        let finite = || {
            Some(f32::from_bits(
                nearest()? as u32 | u32::from(self.is_negative()) << 31,
            ))
        };
        self.special().map(|special| special as f32).or_else(finite)
    }

    pub fn mean_f64(&self) -> Option<f64> {
        self.special()
            .or_else(|| self.finite_f64(self.counters[0] as u64))
    }

    fn finite_f64(&self, divisor: u64) -> Option<f64> {
        let bits = nearest(self.total.magnitude(), &BigUint::from(divisor), F64)?;
        Some(f64::from_bits(bits | u64::from(self.is_negative()) << 63))
    }
}

/// The exact total where it is not finite, by the counters.
pub fn special(counters: &[i64; 5]) -> Option<f64> {
    match counters[2..] {
        [0, 0, 0] => None,
        [0, _, 0] => Some(f64::INFINITY),
        [0, 0, _] => Some(f64::NEG_INFINITY),
        _ => Some(f64::NAN),
    }
}

/// Whether the total has a sign: nothing but -0.0 has one too.
pub fn is_negative(total: &BigInt, counters: &[i64; 5]) -> bool {
    let all_negative_zeros = counters[0] > 0 && counters[0] == counters[1];
    total.is_negative() || (total.is_zero() && all_negative_zeros)
}

/// Balanced limbs. With 2^63 added to each, balanced digits are plain ones.
pub fn balanced(total: &BigInt, limbs: usize) -> Vec<u64> {
    let bias: BigInt = (0..limbs)
        .map(|limb| BigInt::from(1_u64 << 63) << (64 * limb))
        .sum();
    let (sign, mut digits) = (total + bias).to_u64_digits();
    assert!(
        sign != Sign::Minus && digits.len() <= limbs,
        "outside the state's range"
    );
    digits.resize(limbs, 0);
    digits.iter().map(|digit| digit ^ 1 << 63).collect()
}

/// The index of the first limb that is stored, and those that are.
pub fn stored(limbs: &[u64]) -> (u8, &[u64]) {
    let used: Vec<usize> = (0..limbs.len()).filter(|&limb| limbs[limb] != 0).collect();
    match used[..] {
        [] => (0, &[]),
        [only] => (only as u8, &limbs[only..=only]),
        [first, .., last] => (first as u8, &limbs[first..=last]),
    }
}

/// A saved form of one integer.
pub fn saved(kind: u8, counters: &[u64], limbs: &[u64]) -> Vec<u8> {
    let (first, limbs) = stored(limbs);
    let mut bytes = b"TALY\x01".to_vec();
    bytes.extend([kind, first, limbs.len() as u8]);
    for word in counters.iter().chain(limbs) {
        bytes.extend(word.to_le_bytes());
    }
    bytes
}

/// A binary format: fraction bits, the infinity's pattern, and the least
/// subnormal as a power of two in units of 2^-1074.
#[derive(Clone, Copy)]
pub struct Format {
    fraction_bits: u64,
    infinity: u64,
    least: u64,
}

pub const F64: Format = Format {
    fraction_bits: 52,
    infinity: 0x7ff0_0000_0000_0000,
    least: 0,
};

pub const F32: Format = Format {
    fraction_bits: 23,
    infinity: 0x7f80_0000,
    least: 925,
};

/// What a positive pattern is worth. That of infinity counts as the power of two
/// that would follow the largest finite number.
pub fn worth(pattern: u64, format: Format) -> BigUint {
    let exponent = pattern >> format.fraction_bits;
    let fraction = pattern & ((1 << format.fraction_bits) - 1);
    let hidden = u64::from(exponent > 0) << format.fraction_bits;
    BigUint::from(fraction + hidden) << (format.least + exponent.saturating_sub(1))
}

/// The pattern nearest to `numerator`/`divisor`, ties to the even one; `None` if
/// that is infinity's.
pub fn nearest(numerator: &BigUint, divisor: &BigUint, format: Format) -> Option<u64> {
    let is_below = |pattern: u64| worth(pattern, format) * divisor <= *numerator;
    // The guess may be off by a few patterns; the walk makes it exact.
    let mut pattern = guess(numerator, divisor, format);
    while pattern > 0 && !is_below(pattern) {
        pattern -= 1;
    }
    while pattern < format.infinity && is_below(pattern + 1) {
        pattern += 1;
    }
    if pattern < format.infinity {
        let below = numerator - worth(pattern, format) * divisor;
        let above = worth(pattern + 1, format) * divisor - numerator;
        pattern += match below.cmp(&above) {
            Ordering::Less => 0,
            Ordering::Greater => 1,
            Ordering::Equal => pattern % 2,
        };
    }
    (pattern < format.infinity).then_some(pattern)
}

fn guess(numerator: &BigUint, divisor: &BigUint, format: Format) -> u64 {
    let scaled: BigUint = (numerator << 64_u32) / divisor;
    let shift = scaled.bits().saturating_sub(60);
    let top = (&scaled >> shift).to_f64().expect("60 bits");
    let guess = scale(top, shift as i32 - 64 - 1074);
    let bits = if format.fraction_bits == 23 {
        u64::from((guess as f32).to_bits())
    } else {
        guess.to_bits()
    };
    bits.min(format.infinity - 1)
}

/// `value`·2^`exponent`, roughly where the result is subnormal.
pub fn scale(mut value: f64, mut exponent: i32) -> f64 {
    while exponent != 0 {
        let step = exponent.clamp(-1000, 1000);
        value *= f64::from_bits(((1023 + step) as u64) << 52);
        exponent -= step;
    }
    value
}

/// An `f64` or its bits: equal patterns, any NaN equal to the canonical one only.
pub fn same(left: f64, right: f64) -> bool {
    let canonical = |value: f64| {
        if value.is_nan() {
            0x7ff8_0000_0000_0000
        } else {
            value.to_bits()
        }
    };
    left.to_bits() == canonical(right)
}
