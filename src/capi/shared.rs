//! Shared accumulators
//!
//! An accumulator behind a handle, for several threads to add to at once. The
//! total does not depend on who came first.
//!
//! ```c
//! status = tally_shared_add_f64(sum, values, count); // from any thread
//! status = tally_shared_snapshot(sum, &now);
//! status = tally_accumulator_value_f64(&now, &total);
//! ```
//!
//! The handle is checked first; see Handles for what can be wrong with it.

use super::accumulator::tally_accumulator;
use super::convert::{bad_state, out_of_range};
use super::handles::{self, Held, SHARED};
use super::state::State;
use crate::boundary::pointer::{Array, Place};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_BAD_HANDLE};
use crate::boundary::{Outcome, guard, memory};
use crate::exact::{Accumulator, STATE_WORDS, Stored};

/// A handle to an accumulator that threads share.
#[allow(non_camel_case_types)]
pub struct tally_shared {
    _private: [u8; 0],
}

fn with_words<R>(
    shared: *mut tally_shared,
    body: impl FnOnce(&mut [u64; STATE_WORDS]) -> Outcome<R>,
) -> Outcome<R> {
    handles::with(shared.cast(), SHARED, |held| match held {
        Held::Shared(words) => body(words),
        // The table has compared the kind already.
        Held::Object(_) => Err(refuse(
            TALLY_BAD_HANDLE,
            format_args!("the handle's kind changed"),
        )),
    })
}

fn merge_into(shared: *mut tally_shared, part: &Accumulator) -> Outcome<()> {
    with_words(shared, |words| {
        let mut total = Accumulator::from_words(words).map_err(|bad| bad_state(bad, "shared"))?;
        total.merge(part);
        *words = total.to_words().map_err(out_of_range)?;
        Ok(())
    })
}

/// Makes an empty shared accumulator with one reference.
///
/// `*out` is its handle; give it up with tally_unref(). TALLY_MEMORY if there
/// is no room.
///
/// # Safety
/// `out` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_new(out: *mut *mut tally_shared) -> tally_status {
    guard::status(c"tally_shared_new", || {
        // SAFETY: the caller's promise about `out`.
        let out = unsafe { Place::new(out, "out") }?;
        let words = memory::boxed([0; STATE_WORDS])?;
        out.set(handles::insert(Held::Shared(words))?.cast());
        Ok(())
    })
}

/// Adds `count` doubles: all of them at one moment, as other threads see it, or
/// on failure none.
///
/// The array is as for tally_accumulator_add_f64(). The values are added up
/// before the accumulator is locked.
///
/// # Safety
/// `values` is valid for reading `count` elements.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_add_f64(
    shared: *mut tally_shared,
    values: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_shared_add_f64", || {
        handles::check(shared.cast(), SHARED)?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        let mut part = Accumulator::new();
        values.for_each_block(|block| part.add_f64(block));
        merge_into(shared, &part)
    })
}

/// Adds everything that is in the accumulator `from`.
///
/// # Safety
/// `from` is valid for reading.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_merge(
    shared: *mut tally_shared,
    from: *const tally_accumulator,
) -> tally_status {
    guard::status(c"tally_shared_merge", || {
        handles::check(shared.cast(), SHARED)?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        merge_into(shared, &from)
    })
}

/// Copies the state as it is at one moment to `*out`, an accumulator of the
/// caller's.
///
/// # Safety
/// `out` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_shared_snapshot(
    shared: *mut tally_shared,
    out: *mut tally_accumulator,
) -> tally_status {
    guard::status(c"tally_shared_snapshot", || {
        handles::check(shared.cast(), SHARED)?;
        // SAFETY: the caller's promise about `out`.
        let out = unsafe { State::new(out, "out") }?;
        out.set_words(with_words(shared, |words| Ok(*words))?);
        Ok(())
    })
}
