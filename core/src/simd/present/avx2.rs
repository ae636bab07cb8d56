//! Bits of the lanes of vectors, and lanes chosen by bits, with AVX2. Elements are compared
//! as integers: a comparison of floats could raise a flag.

use std::arch::x86_64::*;

use crate::element::MaybeNan;
use crate::simd::present::loops;

/// Copies 64 elements of 8 bytes, those whose bit is not set as `fill`.
///
/// # Safety
/// 512 bytes can be read at `from` and written at `into`, which may be the same.
#[target_feature(enable = "avx2")]
unsafe fn choose_of_eight(word: u64, from: *const __m256i, fill: u64, into: *mut __m256i) {
    let fill = _mm256_castsi256_pd(_mm256_set1_epi64x(fill.cast_signed()));
    // The bits of the last vector become the signs of its lanes; then those of each before.
    let bits = _mm256_set1_epi64x(word.cast_signed());
    let mut signs = _mm256_sllv_epi64(bits, _mm256_setr_epi64x(3, 2, 1, 0));
    for vector in (0..16).rev() {
        // SAFETY: there are 16 vectors at both places.
        unsafe {
            let values = _mm256_castsi256_pd(_mm256_loadu_si256(from.add(vector)));
            let chosen = _mm256_blendv_pd(fill, values, _mm256_castsi256_pd(signs));
            _mm256_storeu_si256(into.add(vector), _mm256_castpd_si256(chosen));
        }
        signs = _mm256_slli_epi64::<4>(signs);
    }
}

/// The same of elements of 4 bytes.
///
/// # Safety
/// 256 bytes can be read at `from` and written at `into`, which may be the same.
#[target_feature(enable = "avx2")]
unsafe fn choose_of_four(word: u64, from: *const __m256i, fill: u32, into: *mut __m256i) {
    let fill = _mm256_castsi256_ps(_mm256_set1_epi32(fill.cast_signed()));
    for (half, bits) in [word as u32, (word >> 32) as u32].into_iter().enumerate() {
        let bits = _mm256_set1_epi32(bits.cast_signed());
        let mut signs = _mm256_sllv_epi32(bits, _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0));
        for vector in (4 * half..4 * half + 4).rev() {
            // SAFETY: there are 8 vectors at both places.
            unsafe {
                let values = _mm256_castsi256_ps(_mm256_loadu_si256(from.add(vector)));
                let chosen = _mm256_blendv_ps(fill, values, _mm256_castsi256_ps(signs));
                _mm256_storeu_si256(into.add(vector), _mm256_castps_si256(chosen));
            }
            signs = _mm256_slli_epi32::<8>(signs);
        }
    }
}

/// Copies 64 elements, those whose bit is not set as `fill`.
///
/// # Safety
/// 64 elements can be read at `from` and written at `into`, which may be the same.
#[target_feature(enable = "avx2")]
unsafe fn choose<T: MaybeNan>(word: u64, from: *const T, fill: T, into: *mut T) {
    // SAFETY: 64 elements are as many bytes as the steps need. Elements are numbers, all of
    // whose bytes are set, so that `fill` is an integer of its size.
    unsafe {
        match size_of::<T>() {
            8 => choose_of_eight(word, from.cast(), fill_bits(fill), into.cast()),
            4 => choose_of_four(word, from.cast(), fill_bits(fill), into.cast()),
            _ => loops::copy_64(
                word,
                &from.cast::<[T; 64]>().read(),
                fill,
                &mut *into.cast(),
            ),
        }
    }
}

/// # Safety
/// `U` is an integer of the size of `T`, which is a number.
#[inline(always)]
unsafe fn fill_bits<T: MaybeNan, U: Copy>(fill: T) -> U {
    // SAFETY: the sizes are the same, and any bits are an integer.
    unsafe { (&raw const fill).cast::<U>().read_unaligned() }
}

/// Puts `fill` where a bit is not set.
#[target_feature(enable = "avx2")]
pub(super) fn fill_absent<T: MaybeNan>(words: &[u64], fill: T, values: &mut [T]) {
    let chunks = values.as_chunks_mut::<64>().0;
    let whole = chunks.len().min(words.len());
    for (chunk, &word) in chunks.iter_mut().zip(words) {
        if word != u64::MAX {
            let place = chunk.as_mut_ptr();
            // SAFETY: a chunk is 64 elements.
            unsafe { choose(word, place, fill, place) };
        }
    }
    loops::fill_absent(&words[whole..], fill, &mut values[64 * whole..]);
}

/// Copies what has its bit set, and puts `fill` in the places of all else.
#[target_feature(enable = "avx2")]
pub(super) fn copy_present<T: MaybeNan>(words: &[u64], values: &[T], fill: T, into: &mut [T]) {
    let chunks = values.as_chunks::<64>().0;
    let places = into.as_chunks_mut::<64>().0;
    let whole = chunks.len().min(places.len()).min(words.len());
    for ((place, chunk), &word) in places.iter_mut().zip(chunks).zip(words) {
        // SAFETY: both are 64 elements.
        unsafe { choose(word, chunk.as_ptr(), fill, place.as_mut_ptr()) };
    }
    let done = 64 * whole;
    loops::copy_present(&words[whole..], &values[done..], fill, &mut into[done..]);
}

/// A bit for each of 64 doubles: whether it is NaN.
///
/// # Safety
/// 512 bytes can be read at `from`.
#[target_feature(enable = "avx2")]
unsafe fn nan_bits_of_eight(from: *const __m256i) -> u64 {
    let size = _mm256_set1_epi64x(i64::MAX);
    let infinity = _mm256_set1_epi64x(f64::INFINITY.to_bits().cast_signed());
    let mut bits = 0;
    for vector in (0..16).rev() {
        // SAFETY: there are 16 vectors.
        let values = unsafe { _mm256_loadu_si256(from.add(vector)) };
        let nan = _mm256_cmpgt_epi64(_mm256_and_si256(values, size), infinity);
        bits = bits << 4 | _mm256_movemask_pd(_mm256_castsi256_pd(nan)) as u64;
    }
    bits
}

/// A bit for each of 64 floats: whether it is NaN.
///
/// # Safety
/// 256 bytes can be read at `from`.
#[target_feature(enable = "avx2")]
unsafe fn nan_bits_of_four(from: *const __m256i) -> u64 {
    let size = _mm256_set1_epi32(i32::MAX);
    let infinity = _mm256_set1_epi32(f32::INFINITY.to_bits().cast_signed());
    let mut bits = 0;
    for vector in (0..8).rev() {
        // SAFETY: there are 8 vectors.
        let values = unsafe { _mm256_loadu_si256(from.add(vector)) };
        let nan = _mm256_cmpgt_epi32(_mm256_and_si256(values, size), infinity);
        bits = bits << 8 | _mm256_movemask_ps(_mm256_castsi256_ps(nan)) as u64;
    }
    bits
}

/// Clears the bits of elements that are NaN.
#[target_feature(enable = "avx2")]
pub(super) fn clear_nan<T: MaybeNan>(values: &[T], words: &mut [u64]) {
    loops::clear_nan_by(values, words, |whole| {
        let from = whole.as_ptr();
        // SAFETY: these are 64 elements. The types with NaN of these sizes are `f64` and
        // `f32`.
        unsafe {
            match size_of::<T>() {
                8 if T::HAS_NAN => nan_bits_of_eight(from.cast()),
                4 if T::HAS_NAN => nan_bits_of_four(from.cast()),
                _ => loops::nan_bits(whole),
            }
        }
    });
}

/// A bit for each byte: whether it is not 0.
#[target_feature(enable = "avx2")]
pub(super) fn bytes_to_bits(bytes: &[u8], words: &mut [u64]) {
    loops::bytes_to_bits_by(bytes, words, |whole| {
        let from = whole.as_ptr().cast::<__m256i>();
        // SAFETY: 64 bytes are two vectors.
        let halves = unsafe { [_mm256_loadu_si256(from), _mm256_loadu_si256(from.add(1))] };
        let [first, last] = halves.map(|half| {
            let zeros = _mm256_cmpeq_epi8(half, _mm256_setzero_si256());
            u64::from(_mm256_movemask_epi8(zeros).cast_unsigned())
        });
        !(first | last << 32)
    });
}
