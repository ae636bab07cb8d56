//! The accumulator of products
//!
//! A dot product in progress: as tally_accumulator, but each value is the exact
//! product of two doubles, which may be as large as DBL_MAX squared and as small
//! as 2^-2148.
//!
//! ```c
//! tally_product_accumulator dot = TALLY_PRODUCT_ACCUMULATOR_INIT;
//! tally_product_accumulator_add_f64(&dot, x, y, count);
//! tally_status status = tally_product_accumulator_value_f64(&dot, &total);
//! ```
//!
//! It is 584 bytes of plain memory with the habits of tally_accumulator: all
//! bytes zero is the empty sum, memcpy() copies and memcmp() compares, any
//! alignment will do, and there is no destructor. It is not locked. Errors are
//! those of tally_accumulator; TALLY_OVERFLOW means that a count would leave
//! +-(2^63 - 1), or the total its 4288 bits: adding 2^63 - 1 products of any
//! doubles never does. On failure the state is as it was.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_product_accumulator: the empty sum.
//  */
// #define TALLY_PRODUCT_ACCUMULATOR_INIT {{0}}
// header: verbatim-end

use std::ffi::{c_char, c_int, c_void};

use super::accumulator::tally_accumulator;
use super::accumulator_value::write_text;
use super::convert::{no_value, set_rounded};
use super::state::{State, combine_all, kept};
use crate::boundary::guard;
use crate::boundary::pointer::{Array, Place, for_each_pair_of_blocks};
use crate::boundary::status::tally_status;
use tally_core::{PRODUCT_SAVED_MAX, ProductAccumulator, weighted_mean};

/// The most bytes that a saved tally_product_accumulator takes.
pub const TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX: usize = 584;

const _: () = assert!(TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX == PRODUCT_SAVED_MAX);

/// A sum of products in progress. Its content is the library's.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_product_accumulator {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 73],
}

kept!(tally_product_accumulator, ProductAccumulator);

/// The size of a product accumulator in bytes: 584. For callers without this header. Cannot
/// fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_product_accumulator_size() -> usize {
    size_of::<tally_product_accumulator>()
}

/// Adds the products of `count` pairs of doubles.
///
/// Each element of `x` is multiplied by the one of `y` in its place. The arrays
/// are as for tally_dot_f64().
///
/// # Safety
/// `into` is valid for reading and writing, `x` and `y` for reading `count`
/// elements each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_add_f64(
    into: *mut tally_product_accumulator,
    x: *const f64,
    y: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_product_accumulator_add_f64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { Array::new(x, count, "x") }?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { Array::new(y, count, "y") }?;
        into.update(|total| for_each_pair_of_blocks(&x, &y, |x, y| total.add_f64(x, y)))
    })
}

/// Adds one product, `x` times `y`.
///
/// # Safety
/// `into` is valid for reading and writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_add_one_f64(
    into: *mut tally_product_accumulator,
    x: f64,
    y: f64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_add_one_f64", || {
        // SAFETY: the caller's promise about `into`.
        unsafe { State::new(into, "into") }?.add_one::<false>((x, y))
    })
}

/// Takes the products of `count` pairs out again.
///
/// What was added is undone exactly: NaN and infinities too.
///
/// # Safety
/// `into` is valid for reading and writing, `x` and `y` for reading `count`
/// elements each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_subtract_f64(
    into: *mut tally_product_accumulator,
    x: *const f64,
    y: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_product_accumulator_subtract_f64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { Array::new(x, count, "x") }?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { Array::new(y, count, "y") }?;
        into.update(|total| for_each_pair_of_blocks(&x, &y, |x, y| total.subtract_f64(x, y)))
    })
}

/// Takes one product, `x` times `y`, out again.
///
/// # Safety
/// `into` is valid for reading and writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_subtract_one_f64(
    into: *mut tally_product_accumulator,
    x: f64,
    y: f64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_subtract_one_f64", || {
        // SAFETY: the caller's promise about `into`.
        unsafe { State::new(into, "into") }?.add_one::<true>((x, y))
    })
}

/// Adds everything that is in `from` to `into`.
///
/// Both may be the same, which doubles it, or overlap. The order of merges leaves
/// no trace.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_merge(
    into: *mut tally_product_accumulator,
    from: *const tally_product_accumulator,
) -> tally_status {
    guard::status(c"tally_product_accumulator_merge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|total| total.merge(&from))
    })
}

/// Takes everything that is in `from` out of `into`: the inverse of merging.
///
/// Both may be the same, which empties it, or overlap.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_unmerge(
    into: *mut tally_product_accumulator,
    from: *const tally_product_accumulator,
) -> tally_status {
    guard::status(c"tally_product_accumulator_unmerge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|total| total.unmerge(&from))
    })
}

/// The number of products added, less those subtracted.
///
/// # Safety
/// `acc` is valid for reading, `count` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_count(
    acc: *const tally_product_accumulator,
    count: *mut i64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_count", || {
        // SAFETY: the caller's promise about `acc`.
        let content = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `count`.
        unsafe { Place::new(count, "count") }?.set(content.count());
        Ok(())
    })
}

/// The double nearest to the total.
///
/// Zeros, NaN, infinities and overflow are as in tally_accumulator_value_f64().
///
/// # Safety
/// `acc` is valid for reading, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_value_f64(
    acc: *const tally_product_accumulator,
    total: *mut f64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_value_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let total_so_far = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        set_rounded(&total, total_so_far.value_f64(), f64::INFINITY)
    })
}

/// The total as a signed integer, if it is one; errors are those of
/// tally_accumulator_value_i64().
///
/// # Safety
/// `acc` is valid for reading, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_value_i64(
    acc: *const tally_product_accumulator,
    total: *mut i64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_value_i64", || {
        // SAFETY: the caller's promise about `acc`.
        let total_so_far = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        total.set(total_so_far.value_i64().map_err(no_value)?);
        Ok(())
    })
}

/// The double nearest to the total divided by the count: one rounding.
///
/// TALLY_INVALID if the count is below 1. Beyond DBL_MAX, `*mean` is the infinity
/// of its sign, with TALLY_OVERFLOW.
///
/// # Safety
/// `acc` is valid for reading, `mean` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_mean_f64(
    acc: *const tally_product_accumulator,
    mean: *mut f64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_mean_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let total_so_far = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `mean`.
        let mean = unsafe { Place::new(mean, "mean") }?;
        set_rounded(&mean, total_so_far.mean_f64(), f64::INFINITY)
    })
}

/// The weighted mean of what was added as products of values and weights, given
/// the sum of the same weights: the double nearest to the total of `acc` divided
/// by that of `weights`.
///
/// TALLY_INVALID if their counts differ, or if the weights add up to zero.
/// Otherwise as tally_weighted_mean_f64().
///
/// # Safety
/// `acc` and `weights` are valid for reading, `mean` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_weighted_mean_f64(
    acc: *const tally_product_accumulator,
    weights: *const tally_accumulator,
    mean: *mut f64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_weighted_mean_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let products = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `weights`.
        let weights = unsafe { State::new(weights, "weights") }?.read()?;
        // SAFETY: the caller's promise about `mean`.
        let mean = unsafe { Place::new(mean, "mean") }?;
        set_rounded(&mean, weighted_mean(&products, &weights), f64::INFINITY)
    })
}

/// The total as decimal text, with no limit on its size.
///
/// As tally_accumulator_value_text(), with `fraction_digits` from -1 to 2148.
///
/// # Safety
/// `acc` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_value_text(
    acc: *const tally_product_accumulator,
    fraction_digits: c_int,
    buffer: *mut c_char,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_product_accumulator_value_text", || {
        // SAFETY: the caller's promise about `acc`.
        let total = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promises about `buffer` and `needed`.
        unsafe { write_text(&total, 2148, fraction_digits, buffer, size, needed) }
    })
}

/// How wrong another sum of the same products is: the distance of `candidate`
/// from the exact total, in units in the last place of the correctly rounded
/// total. As tally_accumulator_error_f64().
///
/// # Safety
/// `acc` is valid for reading, `ulps` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_error_f64(
    acc: *const tally_product_accumulator,
    candidate: f64,
    ulps: *mut f64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_error_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let total = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `ulps`.
        let ulps = unsafe { Place::new(ulps, "ulps") }?;
        ulps.set(total.error_f64(candidate).map_err(no_value)?);
        Ok(())
    })
}

/// Writes the saved form of `acc`: the same content gives the same bytes, on
/// every machine. The manual specifies it, in "The saved form of an accumulator".
///
/// `buffer` receives the bytes; `*needed` is how many they are, at most
/// TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX. If `size` is less, the buffer is untouched
/// and TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With
/// NULL for `buffer` and 0 for `size` only the length is asked for, and the call
/// succeeds; NULL with another size is TALLY_NULL.
///
/// # Safety
/// `acc` is valid for reading, `buffer` (if not NULL) for writing `size`
/// bytes, `needed` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_save(
    acc: *const tally_product_accumulator,
    buffer: *mut c_void,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_product_accumulator_save", || {
        // SAFETY: the caller's promise about `acc`.
        let acc = unsafe { State::new(acc, "acc") }?;
        // SAFETY: the caller's promises about `buffer` and `needed`.
        unsafe { acc.save(buffer, size, needed) }
    })
}

/// Reads what tally_product_accumulator_save() wrote from exactly `size` bytes into `acc`,
/// whatever was there before.
///
/// TALLY_FORMAT if the bytes are anything else; the message says where. Bytes
/// from a stranger do no harm.
///
/// # Safety
/// `bytes` is valid for reading `size` bytes, `acc` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_load(
    bytes: *const c_void,
    size: usize,
    acc: *mut tally_product_accumulator,
) -> tally_status {
    guard::status(c"tally_product_accumulator_load", || {
        // SAFETY: the caller's promise about `bytes`.
        let bytes = unsafe { Array::new(bytes.cast::<u8>(), size, "bytes") }?;
        // SAFETY: the caller's promise about `acc`.
        let acc = unsafe { State::new(acc, "acc") }?;
        acc.load(bytes.bytes())
    })
}

/// Merges `count` states of `in` into those of `inout`, one by one: an operator
/// for MPI_Op_create() and the like, as tally_accumulator_combine() is, and with
/// the same habits.
///
/// # Safety
/// `in` is valid for reading `count` states, `inout` for reading and writing
/// them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_combine(
    r#in: *const tally_product_accumulator,
    inout: *mut tally_product_accumulator,
    count: usize,
) {
    guard::status(c"tally_product_accumulator_combine", || {
        // SAFETY: the caller's promises about `in` and `inout`.
        unsafe { combine_all(r#in, inout, count) }
    });
}
