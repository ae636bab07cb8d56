//! Digits in text, some bytes at a time, by SSE2. There is no choice at run time: x86-64
//! always has it. Elsewhere `text/swar` does the same in plain integers.

use std::arch::x86_64::*;

/// A bit for each byte that is not a digit, the lowest for the first.
#[inline(always)]
pub(crate) fn non_digits(bytes: &[u8; 24]) -> u32 {
    // Digits become the ten lowest of all `i8`.
    let above_nine = |bytes: &[u8; 16]| {
        // SAFETY: this module is compiled only where all processors have SSE2; the one
        // load reads an array of 16 bytes.
        unsafe {
            let bytes = _mm_loadu_si128(bytes.as_ptr().cast());
            let values = _mm_add_epi8(bytes, _mm_set1_epi8(i8::MIN.wrapping_sub(b'0' as i8)));
            let above = _mm_cmpgt_epi8(values, _mm_set1_epi8(i8::MIN + 9));
            _mm_movemask_epi8(above) as u32
        }
    };
    let (first, last) = (bytes.first_chunk(), bytes.last_chunk());
    above_nine(first.expect("24 bytes")) | above_nine(last.expect("24 bytes")) << 8
}

/// The first `count` bytes, digits, and zeros after them: as a number of 16 digits and
/// one of three.
#[inline(always)]
pub(crate) fn nineteen_digits(bytes: &[u8; 20], count: usize) -> (u64, u64) {
    const MOST: usize = 19;
    static KEPT: [u8; MOST + 20] = {
        let mut kept = [0; MOST + 20];
        let mut index = 0;
        while index < MOST {
            kept[index] = u8::MAX;
            index += 1;
        }
        kept
    };
    let kept: &[u8; 20] = KEPT[MOST - count.min(MOST)..]
        .first_chunk()
        .expect("20 bytes");
    // SAFETY: this module is compiled only where all processors have SSE2; each load reads
    // 16 bytes of an array of 20.
    let eights = unsafe {
        let bytes = _mm_loadu_si128(bytes.as_ptr().cast());
        let kept = _mm_loadu_si128(kept.as_ptr().cast());
        let digits = _mm_and_si128(_mm_sub_epi8(bytes, _mm_set1_epi8(b'0' as i8)), kept);
        // Neighbours join: 2, 4, 8 digits. The first is the lower byte.
        let pairs = _mm_srli_epi16(_mm_mullo_epi16(digits, _mm_set1_epi16(1 + (10 << 8))), 8);
        let fours = _mm_madd_epi16(pairs, _mm_set1_epi32(100 | 1 << 16));
        let fours = _mm_packs_epi32(fours, fours);
        let eights = _mm_madd_epi16(fours, _mm_set1_epi32(10_000 | 1 << 16));
        _mm_cvtsi128_si64(eights) as u64
    };
    let last = |bytes: &[u8; 20]| u32::from_le_bytes(*bytes.last_chunk().expect("20 bytes"));
    let three = ((last(bytes) ^ 0x3030_3030) & last(kept)) << 8;
    let pairs = (three.wrapping_mul(1 + (10 << 8)) >> 8) & 0x00ff_00ff;
    let three = pairs.wrapping_mul(1 + (100 << 16)) >> 16;
    (
        (eights & 0xffff_ffff) * 100_000_000 + (eights >> 32),
        three.into(),
    )
}
