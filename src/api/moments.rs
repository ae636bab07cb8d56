//! Moments: mean, variance and standard deviation in progress
//!
//! The exact sum of values and of their squares, and what follows from the two,
//! each result rounded once to the nearest double. The variance is computed as
//! the textbook has it, and here that is right: nothing cancels, since nothing
//! is rounded on the way.
//!
//! ```c
//! tally_moments moments = TALLY_MOMENTS_INIT;
//! tally_moments_add_f64(&moments, values, count);
//! tally_status status = tally_moments_variance_f64(&moments, 1, &variance);
//! ```
//!
//! It is 856 bytes of plain memory with the habits of tally_accumulator: all
//! bytes zero is the state of nothing, memcpy() copies and memcmp() compares,
//! any alignment will do, and there is no destructor. Parts from several
//! threads or machines are merged without a trace. It is not locked. Errors are
//! those of tally_accumulator; TALLY_OVERFLOW means that the count or a sum
//! would leave its range, which is that of the accumulators: adding 2^63 - 1
//! values never does. On failure the state is as it was.
//!
//! Values may be taken out again, and before they were put in. While more is
//! out than in, a result may be TALLY_INVALID: no values have such sums.
// header: verbatim-begin
//
// /**
//  * The initial value of tally_moments: those of nothing.
//  */
// #define TALLY_MOMENTS_INIT {{0}}
// header: verbatim-end

use std::ffi::c_void;

use super::state::{State, combine_all, kept};
use crate::boundary::guard;
use crate::boundary::pointer::Array;
use crate::boundary::status::tally_status;
use tally_core::{MOMENTS_SAVED_MAX, Moments};

/// The most bytes that saved tally_moments take.
pub const TALLY_MOMENTS_SAVED_MAX: usize = 864;

const _: () = assert!(TALLY_MOMENTS_SAVED_MAX == MOMENTS_SAVED_MAX);

/// Sums of values and of their squares. Its content is the library's.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_moments {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 107],
}

kept!(tally_moments, Moments);

/// The size of moments in bytes: 856. For callers without this header. Cannot
/// fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_moments_size() -> usize {
    size_of::<tally_moments>()
}

/// Adds `count` doubles.
///
/// Arrays are as for tally_accumulator_add_f64().
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_add_f64(
    into: *mut tally_moments,
    values: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_add_f64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.add_f64(block)))
    })
}

/// Adds `count` floats, each exactly as it is.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_add_f32(
    into: *mut tally_moments,
    values: *const f32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_add_f32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.add_f32(block)))
    })
}

/// Adds `count` signed 32-bit integers, each exactly as it is.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_add_i32(
    into: *mut tally_moments,
    values: *const i32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_add_i32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.add_i32(block)))
    })
}

/// Adds `count` signed 64-bit integers, each exactly as it is.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_add_i64(
    into: *mut tally_moments,
    values: *const i64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_add_i64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.add_i64(block)))
    })
}

/// Adds `count` unsigned 64-bit integers, each exactly as it is.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_add_u64(
    into: *mut tally_moments,
    values: *const u64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_add_u64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.add_u64(block)))
    })
}

/// Adds one double.
///
/// # Safety
/// `into` is valid for reading and writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_add_one_f64(
    into: *mut tally_moments,
    value: f64,
) -> tally_status {
    guard::status(c"tally_moments_add_one_f64", || {
        // SAFETY: the caller's promise about `into`.
        unsafe { State::new(into, "into") }?.add_one::<false>(value)
    })
}

/// Takes `count` doubles out again: undoes tally_moments_add_f64()
/// exactly.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_subtract_f64(
    into: *mut tally_moments,
    values: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_subtract_f64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.subtract_f64(block)))
    })
}

/// Takes `count` floats out again: undoes tally_moments_add_f32()
/// exactly.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_subtract_f32(
    into: *mut tally_moments,
    values: *const f32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_subtract_f32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.subtract_f32(block)))
    })
}

/// Takes `count` signed 32-bit integers out again: undoes tally_moments_add_i32()
/// exactly.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_subtract_i32(
    into: *mut tally_moments,
    values: *const i32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_subtract_i32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.subtract_i32(block)))
    })
}

/// Takes `count` signed 64-bit integers out again: undoes tally_moments_add_i64()
/// exactly.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_subtract_i64(
    into: *mut tally_moments,
    values: *const i64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_subtract_i64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.subtract_i64(block)))
    })
}

/// Takes `count` unsigned 64-bit integers out again: undoes tally_moments_add_u64()
/// exactly.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_subtract_u64(
    into: *mut tally_moments,
    values: *const u64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_moments_subtract_u64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|moments| values.for_each_block(|block| moments.subtract_u64(block)))
    })
}

/// Takes one double out again.
///
/// # Safety
/// `into` is valid for reading and writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_subtract_one_f64(
    into: *mut tally_moments,
    value: f64,
) -> tally_status {
    guard::status(c"tally_moments_subtract_one_f64", || {
        // SAFETY: the caller's promise about `into`.
        unsafe { State::new(into, "into") }?.add_one::<true>(value)
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
pub unsafe extern "C" fn tally_moments_merge(
    into: *mut tally_moments,
    from: *const tally_moments,
) -> tally_status {
    guard::status(c"tally_moments_merge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|moments| moments.merge(&from))
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
pub unsafe extern "C" fn tally_moments_unmerge(
    into: *mut tally_moments,
    from: *const tally_moments,
) -> tally_status {
    guard::status(c"tally_moments_unmerge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|moments| moments.unmerge(&from))
    })
}

/// Writes the saved form of `moments`: the same content gives the same bytes, on
/// every machine. The manual specifies it, in "The saved form of an accumulator".
///
/// `buffer` receives the bytes; `*needed` is how many they are, at most
/// TALLY_MOMENTS_SAVED_MAX. If `size` is less, the buffer is untouched
/// and TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With
/// NULL for `buffer` and 0 for `size` only the length is asked for, and the call
/// succeeds; NULL with another size is TALLY_NULL.
///
/// # Safety
/// `moments` is valid for reading, `buffer` (if not NULL) for writing `size`
/// bytes, `needed` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_save(
    moments: *const tally_moments,
    buffer: *mut c_void,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_moments_save", || {
        // SAFETY: the caller's promise about `moments`.
        let moments = unsafe { State::new(moments, "moments") }?;
        // SAFETY: the caller's promises about `buffer` and `needed`.
        unsafe { moments.save(buffer, size, needed) }
    })
}

/// Reads what tally_moments_save() wrote from exactly `size` bytes into `moments`,
/// whatever was there before.
///
/// TALLY_FORMAT if the bytes are anything else; the message says where. Bytes
/// from a stranger do no harm.
///
/// # Safety
/// `bytes` is valid for reading `size` bytes, `moments` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_load(
    bytes: *const c_void,
    size: usize,
    moments: *mut tally_moments,
) -> tally_status {
    guard::status(c"tally_moments_load", || {
        // SAFETY: the caller's promise about `bytes`.
        let bytes = unsafe { Array::new(bytes.cast::<u8>(), size, "bytes") }?;
        // SAFETY: the caller's promise about `moments`.
        let moments = unsafe { State::new(moments, "moments") }?;
        moments.load(bytes.bytes())
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
pub unsafe extern "C" fn tally_moments_combine(
    r#in: *const tally_moments,
    inout: *mut tally_moments,
    count: usize,
) {
    guard::status(c"tally_moments_combine", || {
        // SAFETY: the caller's promises about `in` and `inout`.
        unsafe { combine_all(r#in, inout, count) }
    });
}
