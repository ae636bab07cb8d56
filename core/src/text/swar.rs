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
#[inline]
fn leading_digits(eight: u64) -> (u64, usize) {
    let values = eight ^ (ONES * u64::from(b'0'));
    // What is above 9 gets its high bit set. It may carry into what follows it,
    // which does not matter any more.
    let marks = (values.wrapping_add(ONES * (0x7f - 9)) | values) & HIGHS;
    let count = marks.trailing_zeros() / 8;
    if count == 0 {
        return (0, 0);
    }
    // Zeros come in front of them, then neighbours join: 2, 4, 8 digits.
    let digits = values << (64 - 8 * count);
    let pairs = (digits.wrapping_mul(1 + (10 << 8)) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(1 + (100 << 16)) >> 16) & 0x0000_ffff_0000_ffff;
    let value = fours.wrapping_mul(1 + (10_000 << 32)) >> 32;
    (value, count as usize)
}

const POWERS_OF_TEN: [u64; 9] = [
    1,
    10,
    100,
    1000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
];

/// Appends the digits from `at` on to `value`. Returns the result and how many they
/// are; `None` if they are more than `most`, which must not let a `u64` overflow.
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
