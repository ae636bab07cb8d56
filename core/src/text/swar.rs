//! Eight bytes of text at a time, in a plain integer.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Up to three bytes to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByteSet([u8; 3]);

impl ByteSet {
    pub(crate) const fn new(bytes: [u8; 3]) -> ByteSet {
        ByteSet(bytes)
    }

    #[inline]
    fn has(self, byte: u8) -> bool {
        self.0.contains(&byte)
    }

    /// Has the high bit of the first byte that is in the set, counted from the
    /// lowest, and no bit below it.
    #[inline]
    fn marks(self, eight: u64) -> u64 {
        let mut marks = 0;
        for byte in self.0 {
            let difference = eight ^ (ONES * u64::from(byte));
            // A byte of zero borrows, and only then do those above it.
            marks |= difference.wrapping_sub(ONES) & !difference;
        }
        marks & HIGHS
    }
}

/// The eight bytes at `at`, the first the lowest; `None` where there are fewer.
#[inline]
pub(crate) fn eight_bytes(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*bytes))
}

/// Where the first byte of the set is, from `at` on; the length if there is none.
#[inline]
pub(crate) fn position_of_any(text: &[u8], mut at: usize, set: ByteSet) -> usize {
    while let Some(eight) = eight_bytes(text, at) {
        let marks = set.marks(eight);
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while text.get(at).is_some_and(|&byte| !set.has(byte)) {
        at += 1;
    }
    at.min(text.len())
}

/// The number of decimal digits at the low end, and their value.
#[inline(always)]
pub(crate) fn leading_digits(eight: u64) -> (u64, usize) {
    let values = eight ^ (ONES * u64::from(b'0'));
    // Anything above 9 gets its high bit set. A carry only reaches bytes after
    // the first such one, which no longer matter.
    let marks = (values.wrapping_add(ONES * (0x7f - 9)) | values) & HIGHS;
    let count = marks.trailing_zeros() / 8;
    if count == 0 {
        return (0, 0);
    }
    // Zeros come in front of them.
    (joined(values << (64 - 8 * count)), count as usize)
}

/// The number that eight bytes from 0 to 9 are the digits of.
#[inline(always)]
fn joined(digits: u64) -> u64 {
    // Neighbours join: 2, 4, 8 digits.
    let pairs = (digits.wrapping_mul(1 + (10 << 8)) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(1 + (100 << 16)) >> 16) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(1 + (10_000 << 32)) >> 32
}

/// Those that fit.
pub(crate) const POWERS_OF_TEN: [u64; 20] = {
    let mut powers = [1; 20];
    let mut k = 1;
    while k < powers.len() {
        powers[k] = 10 * powers[k - 1];
        k += 1;
    }
    powers
};

/// The value of the first `count` of eight bytes, which are digits.
#[inline(always)]
fn value_of(eight: u64, count: usize) -> u64 {
    let values = eight ^ (ONES * u64::from(b'0'));
    joined(values.checked_shl(64 - 8 * count as u32).unwrap_or(0))
}

/// The same for 7 of them at most, without a branch.
#[inline(always)]
fn value_of_few(eight: u64, count: usize) -> u64 {
    let values = eight ^ (ONES * u64::from(b'0'));
    joined(values << 8 << (56 - 8 * (count % 8)))
}

/// The value of `count` digits from `at` on, 19 at most. `None` if the text ends
/// before 24 bytes.
#[inline(always)]
pub(crate) fn value_of_digits(text: &[u8], at: usize, count: usize) -> Option<u64> {
    let first = eight_bytes(text, at)?;
    if count <= 8 {
        return Some(value_of(first, count));
    }
    let (second, third) = (eight_bytes(text, at + 8)?, eight_bytes(text, at + 16)?);
    let in_second = (count - 8).min(8);
    let in_third = (count - 8 - in_second) % 8;
    let value = value_of(first, 8) * POWERS_OF_TEN[in_second] + value_of(second, in_second);
    Some(value * POWERS_OF_TEN[in_third] + value_of_few(third, in_third))
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(crate) use crate::simd::ascii::{nineteen_digits, non_digits};

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
pub(crate) use portable::{nineteen_digits, non_digits};

/// What vectors do elsewhere.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
mod portable {
    use super::{HIGHS, ONES, POWERS_OF_TEN, joined};

    /// A bit for each byte that is not a digit, the lowest for the first.
    #[inline(always)]
    pub(crate) fn non_digits(bytes: &[u8; 24]) -> u32 {
        let mut bits = 0;
        for (index, eight) in bytes.as_chunks().0.iter().enumerate() {
            let values = u64::from_le_bytes(*eight) ^ (ONES * u64::from(b'0'));
            // Anything above 9 gets its high bit set, without a carry.
            let marks = (((values & !HIGHS) + ONES * (0x7f - 9)) | values) & HIGHS;
            // The one of byte i meets bit 56 + i once.
            let byte = (marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            bits |= (byte as u32) << (8 * index);
        }
        bits
    }

    /// The first `count` bytes, digits, and zeros after them: as a number of 16 digits
    /// and one of three.
    #[inline(always)]
    pub(crate) fn nineteen_digits(bytes: &[u8; 20], count: usize) -> (u64, u64) {
        let kept = match count {
            0..16 => (1_u128 << (8 * count)) - 1,
            _ => u128::MAX,
        };
        let (sixteen, _) = bytes.as_chunks::<16>();
        let digits = (u128::from_le_bytes(sixteen[0]) ^ u128::from_le_bytes([b'0'; 16])) & kept;
        let sixteen = joined(digits as u64) * POWERS_OF_TEN[8] + joined((digits >> 64) as u64);
        let digit = |at: usize| u64::from(bytes[at] ^ b'0') * u64::from(at < count);
        (sixteen, digit(16) * 100 + digit(17) * 10 + digit(18))
    }
}

/// Appends the digits from `at` on to `value`. Returns the result and the number of
/// digits; `None` if there are more than `most`, which must be few enough for a
/// `u64`.
#[inline(always)]
pub(crate) fn digit_run(
    text: &[u8],
    mut at: usize,
    mut value: u64,
    most: usize,
) -> Option<(u64, usize)> {
    let start = at;
    while let Some(eight) = eight_bytes(text, at) {
        let (digits, count) = leading_digits(eight);
        at += count;
        if at - start > most {
            return None;
        }
        value = value * POWERS_OF_TEN[count] + digits;
        if count < 8 {
            return Some((value, at - start));
        }
    }
    while let Some(digit) = text.get(at).filter(|byte| byte.is_ascii_digit()) {
        at += 1;
        if at - start > most {
            return None;
        }
        value = value * 10 + u64::from(digit - b'0');
    }
    Some((value, at - start))
}

#[cfg(test)]
mod tests {
    use super::{nineteen_digits, non_digits, portable};

    #[test]
    fn every_byte_is_a_digit_or_not_at_every_place() {
        for byte in 0..=u8::MAX {
            for others in *b"059/:\x00\x7f\x80\xff" {
                for at in 0..24 {
                    let mut bytes = [others; 24];
                    bytes[at] = byte;
                    let expected = (0..24)
                        .filter(|&at| !bytes[at].is_ascii_digit())
                        .fold(0, |bits, at| bits | 1 << at);
                    assert_eq!(non_digits(&bytes), expected, "{bytes:?}");
                    assert_eq!(portable::non_digits(&bytes), expected, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn digits_up_to_a_count_are_followed_by_zeros() {
        let check = |bytes: &[u8; 20], count: usize| {
            let digits = str::from_utf8(&bytes[..count]).expect("digits");
            let padded = format!("{digits:0<19}");
            let expected = (
                padded[..16].parse().expect("sixteen digits"),
                padded[16..].parse().expect("three digits"),
            );
            assert_eq!(nineteen_digits(bytes, count), expected, "{digits}");
            assert_eq!(
                portable::nineteen_digits(bytes, count),
                expected,
                "{digits}"
            );
        };
        let mut state = 1_u32;
        for round in 0..20_000 {
            let count = round % 20;
            let mut bytes = [0; 20];
            for (at, byte) in bytes.iter_mut().enumerate() {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let other = (state >> 24) as u8;
                *byte = if at < count { b'0' + other % 10 } else { other };
            }
            check(&bytes, count);
        }
        for count in 0..20 {
            check(b"99999999999999999999", count);
            check(b"00000000000000000000", count);
        }
    }
}
