//! Merging arrays of states, with failures recorded in the states.

use super::convert::{bad_state, bad_status, out_of_range};
use super::exports::{In, Out};
use super::state::{OpaqueState, State};
use super::state_in_place::apart;
use crate::boundary::Outcome;
use crate::boundary::array::Array;
use crate::boundary::record::Refusal;
use crate::boundary::status::tally_status::{self, TALLY_OVERFLOW};
use tally_core::{BadState, OutOfRange, Stored};

/// Merges `count` states, one by one; the first failure is reported.
///
/// # Safety
/// `from` is valid for reading `count` states, `into` for reading and writing
/// them.
pub(super) unsafe fn combine_all<T: OpaqueState>(
    from: *const T,
    into: *mut T,
    count: usize,
) -> Outcome<()> {
    // SAFETY: readable by the contract.
    unsafe { Array::new(from, count, "in") }?;
    // SAFETY: as above.
    unsafe { Array::new(into.cast_const(), count, "inout") }?;
    let mut first = None;
    for index in 0..count {
        let part = In {
            pointer: from.wrapping_add(index),
            name: "in",
        };
        let whole = Out {
            pointer: into.wrapping_add(index),
            name: "inout",
        };
        // SAFETY: elements `index` of both, which are in bounds.
        if let Some((into, from)) = unsafe { apart(whole, part) }
            && T::Content::merge_in_place::<false>(into, from)
        {
            continue;
        }
        // SAFETY: element `index` of `in`, which is in bounds.
        let from = unsafe { State::new(part.pointer, part.name) }?;
        // SAFETY: element `index` of `inout`, which is in bounds.
        let into = unsafe { whole.state() }?;
        if let Err(failure) = into.combine(&from) {
            first.get_or_insert((failure, index));
        }
    }
    match first {
        Some((failure, index)) => Err(failure.refuse(index)),
        None => Ok(()),
    }
}

impl<T: OpaqueState> State<T> {
    /// Merges `from` into the state, or leaves the failure there: the first one
    /// stays.
    fn combine(&self, from: &Self) -> Result<(), NotCombined> {
        self.merge(from).map_err(|failure| self.remember(failure))
    }

    fn merge(&self, from: &Self) -> Result<(), NotCombined> {
        // Written out: `map_err` would copy what is good.
        let from = match T::Content::from_words(&from.words()) {
            Ok(from) => from,
            Err(bad) => return Err(NotCombined::From(bad)),
        };
        let mut content = match T::Content::from_words(&self.words()) {
            Ok(content) => content,
            Err(bad) => return Err(NotCombined::Into(bad)),
        };
        content.merge(&from);
        match content.to_words() {
            Ok(words) => self.set_words(words),
            Err(error) => return Err(NotCombined::OutOfRange(error)),
        }
        Ok(())
    }

    /// Leaves a failure in the state, unless one is there: returns which is there.
    #[cold]
    fn remember(&self, failure: NotCombined) -> NotCombined {
        let words = self.words();
        if let Err(failed @ BadState::Failed(_)) = T::Content::from_words(&words) {
            return NotCombined::Into(failed);
        }
        self.set_failed(failure.status() as i32);
        failure
    }
}

/// Why a state was not merged into another.
enum NotCombined {
    From(BadState),
    Into(BadState),
    OutOfRange(OutOfRange),
}

impl NotCombined {
    fn status(&self) -> tally_status {
        match *self {
            Self::From(bad) | Self::Into(bad) => bad_status(bad),
            Self::OutOfRange(_) => TALLY_OVERFLOW,
        }
    }

    /// Says so of the states at `index`.
    fn refuse(self, index: usize) -> Refusal {
        match self {
            Self::From(bad) => bad_state(bad, format_args!("in[{index}]")),
            Self::Into(bad) => bad_state(bad, format_args!("inout[{index}]")),
            Self::OutOfRange(error) => {
                out_of_range(TALLY_OVERFLOW, error, format_args!("inout[{index}]"))
            }
        }
    }
}
