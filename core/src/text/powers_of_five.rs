//! The leading bits of the powers of five that matter for doubles.

/// A number of up to 19 digits is below half the least double, if it is multiplied by
/// less than 10^this.
pub(crate) const LOWEST: i32 = -342;

/// The largest power of ten that is a finite double.
pub(crate) const HIGHEST: i32 = 308;

/// The first 128 bits of 5^k, for each k: the power is in [bits, bits + 1) times a
/// power of two.
static LEADING_BITS: [u128; (HIGHEST - LOWEST + 1) as usize] = {
    let mut table = [0; (HIGHEST - LOWEST + 1) as usize];
    let mut power = [0; WORDS];
    power[0] = 1;
    let mut k = 0;
    while k <= HIGHEST {
        table[(k - LOWEST) as usize] = leading_bits(&power);
        power = times_five(power);
        k += 1;
    }
    // 2^959 / 5^k, rounded down each time: what is left has 165 bits at least.
    let mut quotient = [0; WORDS];
    quotient[WORDS - 1] = 1 << 63;
    k = 0;
    while k >= LOWEST {
        table[(k - LOWEST) as usize] = leading_bits(&quotient);
        quotient = divided_by_five(quotient);
        k -= 1;
    }
    table
};

/// The first 128 bits of 5^`k`; `None` outside the table.
#[inline(always)]
pub(crate) fn leading_bits_of_power(k: i64) -> Option<u128> {
    let index = usize::try_from(k.wrapping_sub(LOWEST.into())).ok()?;
    LEADING_BITS.get(index).copied()
}

/// What the last of the leading 128 bits of 5^`k` stands for is 2^this.
#[inline(always)]
pub(crate) const fn unit_of_power(k: i32) -> i32 {
    // The base-2 logarithm of 5 is 2.321928 and some more; this is exact for the
    // powers of the table.
    ((k * 152_170) >> 16) - 127
}

/// Words of the largest power, and of the quotients.
const WORDS: usize = 15;

const fn times_five(mut words: [u64; WORDS]) -> [u64; WORDS] {
    let mut carry = 0_u128;
    let mut index = 0;
    while index < WORDS {
        carry += words[index] as u128 * 5;
        words[index] = carry as u64;
        carry >>= 64;
        index += 1;
    }
    assert!(carry == 0);
    words
}

const fn divided_by_five(mut words: [u64; WORDS]) -> [u64; WORDS] {
    let mut rest = 0;
    let mut index = WORDS;
    while index > 0 {
        index -= 1;
        let part = rest << 64 | words[index] as u128;
        words[index] = (part / 5) as u64;
        rest = part % 5;
    }
    words
}

/// Followed by zeros if there are fewer than 128.
const fn leading_bits(words: &[u64; WORDS]) -> u128 {
    let mut top = WORDS - 1;
    while words[top] == 0 {
        top -= 1;
    }
    let second = if top >= 1 { words[top - 1] } else { 0 };
    let third = if top >= 2 { words[top - 2] } else { 0 };
    let bits = (words[top] as u128) << 64 | second as u128;
    let up = words[top].leading_zeros();
    bits << up | (third as u128) << up >> 64
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;

    #[test]
    fn powers_of_five_are_cut_off_after_128_bits() {
        for k in LOWEST..=HIGHEST {
            let bits = leading_bits_of_power(k.into()).expect("in the table");
            assert!(bits >> 127 == 1, "5^{k}");
            let five = BigUint::from(5_u32).pow(k.unsigned_abs());
            // Both sides times the power, or a power of two, that makes them integers.
            let (mut power_of_five, mut unit) = (BigUint::from(1_u32), BigUint::from(1_u32));
            if k >= 0 {
                power_of_five = five;
            } else {
                unit = five;
            }
            if unit_of_power(k) >= 0 {
                unit <<= unit_of_power(k);
            } else {
                power_of_five <<= -unit_of_power(k);
            }
            let least = BigUint::from(bits) * &unit;
            assert!(
                least <= power_of_five && power_of_five < least + unit,
                "5^{k}"
            );
        }
    }

    #[test]
    fn there_are_no_powers_beyond_the_table() {
        for k in [
            i64::MIN,
            i64::from(LOWEST) - 1,
            i64::from(HIGHEST) + 1,
            i64::MAX,
        ] {
            assert_eq!(leading_bits_of_power(k), None, "5^{k}");
        }
    }
}
