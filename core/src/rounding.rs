//! From an integer to the nearest float, ties to even: the only rounding there
//! is, done once.

/// A binary floating-point format.
pub(super) struct Format {
    /// Significand bits, the hidden one included.
    precision: i32,
    /// The exponent of the least subnormal.
    min_exponent: i32,
    /// The exponent of the last bit of the largest finite number.
    max_exponent: i32,
    /// The bits of plus infinity.
    infinity: u64,
}

pub(super) const BINARY64: Format = Format {
    precision: 53,
    min_exponent: -1074,
    max_exponent: 971,
    infinity: 0x7ff0_0000_0000_0000,
};

pub(super) const BINARY32: Format = Format {
    precision: 24,
    min_exponent: -149,
    max_exponent: 104,
    infinity: 0x7f80_0000,
};

impl Format {
    /// Whether these bits, without a sign, are what rounding beyond the largest
    /// finite number gives.
    pub(super) fn is_infinity(&self, bits: u64) -> bool {
        bits == self.infinity
    }

    /// The bits of the float nearest to `magnitude`·2^`unit`, ties to even.
    ///
    /// `sticky` says that the true magnitude is larger by less than 1. It needs a
    /// magnitude of more bits than the format keeps, or a `unit` below its least
    /// exponent: then every bit that is kept is in `magnitude`.
    pub(super) fn nearest(&self, magnitude: &[u64], sticky: bool, unit: i32) -> u64 {
        let length = bit_length(magnitude);
        if length == 0 {
            return 0;
        }
        // The exponent of the result's last bit: fixed for subnormals.
        let exponent = (unit + length - self.precision).max(self.min_exponent);
        if exponent > self.max_exponent {
            return self.infinity;
        }
        let shift = exponent - unit;
        debug_assert!(!sticky || shift > 0);
        let significand = if shift <= 0 {
            magnitude[0] << -shift
        } else {
            round_off(magnitude, sticky, shift as usize)
        };
        // A normal significand has its top bit set, which steps the exponent
        // field from `exponent - min_exponent` up by one; a subnormal one has
        // not. Rounding up to the next power of two steps it too.
        let field = (exponent - self.min_exponent) as u64;
        (field << (self.precision - 1)) + significand
    }

    /// [`Format::nearest`] for a magnitude of two words.
    #[inline]
    pub(super) fn nearest_of_two_words(&self, magnitude: u128, unit: i32) -> u64 {
        let length = 128 - magnitude.leading_zeros() as i32;
        let exponent = (unit + length - self.precision).max(self.min_exponent);
        if exponent > self.max_exponent && length > 0 {
            return self.infinity;
        }
        let significand = match exponent - unit {
            shift @ ..=0 => (magnitude as u64) << -shift,
            shift @ 1..=127 => {
                let quotient = (magnitude >> shift) as u64;
                let rest = magnitude << (128 - shift);
                let half = 1 << 127;
                quotient + u64::from(rest > half || (rest == half && quotient & 1 == 1))
            }
            // Far below half the least subnormal, or just at or below it.
            shift => u64::from(shift == 128 && magnitude > 1 << 127),
        };
        let field = (exponent - self.min_exponent) as u64;
        (field << (self.precision - 1)) + significand
    }
}

/// `magnitude` / 2^`shift` to the nearest integer, ties to even; the quotient is
/// below 2^64 and `shift` above zero.
fn round_off(magnitude: &[u64], sticky: bool, shift: usize) -> u64 {
    let quotient = word_at(magnitude, shift);
    let half = word_at(magnitude, shift - 1) & 1 == 1;
    let above_half = sticky || any_below(magnitude, shift - 1);
    quotient + u64::from(half && (above_half || quotient & 1 == 1))
}

/// The number of bits up to the highest set one.
pub(super) fn bit_length(words: &[u64]) -> i32 {
    match words.iter().rposition(|&word| word != 0) {
        Some(top) => (top as i32 + 1) * 64 - words[top].leading_zeros() as i32,
        None => 0,
    }
}

/// The 64 bits from `position` on.
pub(super) fn word_at(words: &[u64], position: usize) -> u64 {
    let word = |index: usize| u128::from(words.get(index).copied().unwrap_or(0));
    let index = position / 64;
    ((word(index) | word(index + 1) << 64) >> (position % 64)) as u64
}

/// Whether any bit below `position` is set.
pub(super) fn any_below(words: &[u64], position: usize) -> bool {
    let whole = position / 64;
    words.iter().take(whole).any(|&word| word != 0)
        || words
            .get(whole)
            .is_some_and(|word| word & ((1 << (position % 64)) - 1) != 0)
}
