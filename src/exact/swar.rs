//! Eight bytes of text at a time, in a plain integer.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Up to three bytes to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ByteSet([u8; 3]);

impl ByteSet {
    pub(super) const fn new(bytes: [u8; 3]) -> ByteSet {
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
pub(super) fn eight_bytes(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*bytes))
}

/// Where the first byte of the set is, from `at` on; the length if there is none.
#[inline]
pub(super) fn position_of_any(text: &[u8], mut at: usize, set: ByteSet) -> usize {
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
