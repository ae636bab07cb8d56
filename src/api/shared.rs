//! Shared accumulators
//!
//! An accumulator behind a handle, to which several threads can add at once. The total
//! does not depend on their order.
//!
//! ```c
//! // From any thread.
//! if (tally_shared_add_f64(shared, values, count) != TALLY_OK ||
//!     tally_shared_snapshot(shared, &now) != TALLY_OK ||
//!     tally_accumulator_value_f64(&now, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! The handle is checked first: see Handles for its errors.

use std::sync::{MutexGuard, PoisonError};

use super::accumulator::tally_accumulator;
use super::convert::{bad_state, out_of_range};
use super::dispose::{DeferredRelease, Total};
use super::handles::{Pinned, insert_boxed};
use super::state::State;
use crate::boundary::array::Array;
use crate::boundary::handles::Kind;
use crate::boundary::pointer::OutPtr;
use crate::boundary::status::tally_status::{self, TALLY_OVERFLOW};
use crate::boundary::{Outcome, guard, memory};
use tally_core::{Accumulator, STATE_WORDS, Stored};

/// A handle to a shared accumulator.
#[allow(non_camel_case_types)]
pub struct tally_shared {
    _private: [u8; 0],
}

/// Uses the total of a handle, pinned. `body` comes after the handle is checked.
fn with_total<R>(shared: *mut tally_shared, body: impl FnOnce(&Total) -> Outcome<R>) -> Outcome<R> {
    // A shared accumulator has no last act.
    let last = DeferredRelease::default();
    let pinned = Pinned::new(shared.cast(), Kind::Shared, &last)?;
    // SAFETY: `tally_shared_new` made it of a `Box`, and what is pinned stays.
    body(unsafe { &*pinned.payload().pointer.cast::<Total>() })
}

/// The words, for this thread alone. Who changes them writes last, so that a
/// panic leaves them whole.
fn lock(total: &Total) -> MutexGuard<'_, [u64; STATE_WORDS]> {
    total.lock().unwrap_or_else(PoisonError::into_inner)
}

fn merge_into(total: &Total, part: &Accumulator) -> Outcome<()> {
    let mut words = lock(total);
    let mut sum = Accumulator::from_words(&words).map_err(|bad| bad_state(bad, "shared"))?;
    sum.merge(part);
    *words = sum
        .to_words()
        .map_err(|error| out_of_range(TALLY_OVERFLOW, error, "shared"))?;
    Ok(())
}

/// Makes an empty shared accumulator with one reference.
///
/// `*out` is its handle, to be given up with tally_unref(). TALLY_MEMORY if out of
/// memory.
///
/// # Safety
/// `out` is valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_new(out: *mut *mut tally_shared) -> tally_status {
    guard::status(c"tally_shared_new", || {
        // SAFETY: the caller's promise about `out`.
        let out = unsafe { OutPtr::new(out, "out") }?;
        let total = memory::boxed(Total::new([0; STATE_WORDS]))?;
        let size = size_of::<tally_accumulator>() as u64;
        let handle = insert_boxed(Kind::Shared, size, total)?;
        out.set(handle.cast());
        Ok(())
    })
}

/// Adds `count` doubles atomically: other threads see all of them or none. On failure
/// none are added.
///
/// The array is as for tally_accumulator_add_f64(). The values are summed before the
/// accumulator is locked.
///
/// # Safety
/// `values` is valid for reading `count` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_add_f64(
    shared: *mut tally_shared,
    values: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_shared_add_f64", || {
        with_total(shared, |total| {
            // SAFETY: the caller's promise about `values`.
            let values = unsafe { Array::new(values, count, "values") }?;
            let mut part = Accumulator::new();
            values.for_each_block(|block| part.add_f64(block));
            merge_into(total, &part)
        })
    })
}

/// Adds the contents of the accumulator `from`, atomically.
///
/// # Safety
/// `from` is valid for reading.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_merge(
    shared: *mut tally_shared,
    from: *const tally_accumulator,
) -> tally_status {
    guard::status(c"tally_shared_merge", || {
        with_total(shared, |total| {
            // SAFETY: the caller's promise about `from`.
            let from = unsafe { State::new(from, "from") }?.read()?;
            merge_into(total, &from)
        })
    })
}

/// Copies a consistent snapshot of the shared accumulator to `*out`, an accumulator in
/// the caller's memory.
///
/// # Safety
/// `out` is valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_snapshot(
    shared: *mut tally_shared,
    out: *mut tally_accumulator,
) -> tally_status {
    guard::status(c"tally_shared_snapshot", || {
        with_total(shared, |total| {
            // SAFETY: the caller's promise about `out`.
            let out = unsafe { State::new(out, "out") }?;
            out.set_words(*lock(total));
            Ok(())
        })
    })
}
