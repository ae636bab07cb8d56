//! The accumulator
//!
//! A sum in progress, in the caller's memory: exact at every step, and rounded
//! only when its value is asked for. Values may come in any order, in any
//! number of parts, on any number of threads or machines: merged, the parts
//! give the same bytes.
//!
//! ```c
//! tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
//! tally_accumulator_add_f64(&sum, values, count);
//! tally_status status = tally_accumulator_value_f64(&sum, &total);
//! ```
//!
//! An accumulator is 320 bytes of plain memory. All bytes zero is the empty
//! sum. It may be copied with memcpy(), compared with memcmp() (equal sums of
//! equal counts have equal bytes), may lie at any alignment and has no
//! destructor. Its bytes are in the machine's own order: to send them to
//! another machine, use tally_accumulator_save().
//!
//! It is not locked: two threads must not change the same accumulator at once.
//! Give each thread its own and merge them, or see tally_shared.
//!
//! Every function that takes one returns TALLY_NULL for NULL, TALLY_INVALID for
//! bytes that are no accumulator, and the status that
//! tally_accumulator_combine() has left in it; on failure it leaves the
//! accumulator as it was. TALLY_OVERFLOW means that a count would leave
//! +-(2^63 - 1), or the total its 2176 bits: adding 2^63 - 1 doubles of any
//! size never does.
//!
//! Counts are signed, so that taking out may come before putting in.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_accumulator: the empty sum.
//  */
// #define TALLY_ACCUMULATOR_INIT {{0}}
// header: verbatim-end

use super::state::{State, combine_all, kept};
use crate::boundary::guard;
use crate::boundary::pointer::Place;
use crate::boundary::status::tally_status;
use tally_core::Accumulator;

/// A sum in progress. Its content is the library's.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_accumulator {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 40],
}

kept!(tally_accumulator, Accumulator);

/// The size of an accumulator in bytes: 320. For callers without this header.
/// Cannot fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_accumulator_size() -> usize {
    size_of::<tally_accumulator>()
}

/// Adds everything that is in `from` to `into`.
///
/// `from` is read first, so that both may be the same accumulator, which
/// doubles it, or overlap. Merging is exact: the order of merges leaves no
/// trace.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_merge(
    into: *mut tally_accumulator,
    from: *const tally_accumulator,
) -> tally_status {
    guard::status(c"tally_accumulator_merge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|accumulator| accumulator.merge(&from))
    })
}

/// Takes everything that is in `from` out of `into`: the inverse of merging.
///
/// NaN and infinities are taken out too. Both may be the same accumulator,
/// which empties it, or overlap.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_unmerge(
    into: *mut tally_accumulator,
    from: *const tally_accumulator,
) -> tally_status {
    guard::status(c"tally_accumulator_unmerge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|accumulator| accumulator.unmerge(&from))
    })
}

/// The number of values added, less those subtracted: NaN, infinities and
/// zeros included.
///
/// # Safety
/// `acc` is valid for reading, `count` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_count(
    acc: *const tally_accumulator,
    count: *mut i64,
) -> tally_status {
    guard::status(c"tally_accumulator_count", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `count`.
        unsafe { Place::new(count, "count") }?.set(accumulator.count());
        Ok(())
    })
}

/// Merges `count` accumulators of `in` into those of `inout`, one by one: an
/// operator for MPI_Op_create() and the like.
///
/// It can return nothing, so a failure stays in the state: an accumulator of
/// `inout` whose merge failed, or whose partner had failed, keeps its total and
/// remembers the status, and every function but this one refuses it with that
/// status from then on, until all its bytes are set to zero. The thread's
/// error is set too: TALLY_NULL for NULL with `count` above 0, TALLY_INVALID
/// for an impossible `count`.
///
/// # Safety
/// `in` is valid for reading `count` accumulators, `inout` for reading and
/// writing them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_combine(
    r#in: *const tally_accumulator,
    inout: *mut tally_accumulator,
    count: usize,
) {
    guard::status(c"tally_accumulator_combine", || {
        // SAFETY: the caller's promises about `in` and `inout`.
        unsafe { combine_all(r#in, inout, count) }
    });
}
