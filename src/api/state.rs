//! States in the caller's memory.

use super::convert::{bad_state, bad_status, out_of_range};
use super::exports::{In, Out};
use crate::boundary::Outcome;
use crate::boundary::pointer::{Array, OutPtr, Pod};
use crate::boundary::record::Refusal;
use crate::boundary::status::tally_status::{self, TALLY_OVERFLOW};
use tally_core::{BadState, OutOfRange, Stored};

/// A C type that is nothing but the words of a state.
pub(super) trait OpaqueState: Pod {
    /// What the words mean.
    type Content: Stored;
}

type WordsOf<T> = <<T as OpaqueState>::Content as Stored>::Words;

pub(super) type OneOf<T> = <<T as OpaqueState>::Content as Stored>::One;

/// Makes a struct of words, as C has it, a state.
macro_rules! opaque_state {
    ($state:ty, $content:ty) => {
        const _: () =
            assert!(size_of::<$state>() == size_of::<<$content as tally_core::Stored>::Words>());

        // SAFETY: it is an array of integers.
        unsafe impl crate::boundary::pointer::Pod for $state {}

        impl Default for $state {
            fn default() -> Self {
                Self {
                    opaque: <$content as tally_core::Stored>::EMPTY,
                }
            }
        }

        impl super::state::OpaqueState for $state {
            type Content = $content;
        }
    };
}
pub(super) use opaque_state;

/// A state of the caller's: read and written whole, at any alignment, and never
/// borrowed.
pub(super) struct State<T: OpaqueState> {
    place: OutPtr<WordsOf<T>>,
    name: &'static str,
}

impl<T: OpaqueState> State<T> {
    /// Refuses NULL.
    ///
    /// # Safety
    /// If not NULL, `pointer` is valid for reading a `T` if the state is read, and
    /// for writing one if it is changed, as long as this lives.
    pub(super) unsafe fn new(pointer: *const T, name: &'static str) -> Outcome<Self> {
        // SAFETY: the same contract, as a `T` is its words; only `write` and
        // `update` write.
        let place = unsafe { OutPtr::new(pointer.cast_mut().cast(), name) }?;
        Ok(Self { place, name })
    }

    /// The words as they are.
    fn words(&self) -> WordsOf<T> {
        // SAFETY: readable by the contract of `new`; any words are a value.
        unsafe { self.place.get() }
    }

    /// What the words mean.
    pub(super) fn read(&self) -> Outcome<T::Content> {
        T::Content::from_words(&self.words()).map_err(|bad| bad_state(bad, self.name))
    }

    /// Replaces the words.
    pub(super) fn set_words(&self, words: WordsOf<T>) {
        self.place.set(words);
    }

    /// Replaces the state, or refuses and leaves it.
    pub(super) fn write(&self, content: &T::Content) -> Outcome<()> {
        let words = content.to_words();
        self.set_words(words.map_err(|error| out_of_range(error, self.name))?);
        Ok(())
    }

    /// Changes the state, or refuses and leaves it.
    pub(super) fn update(&self, change: impl FnOnce(&mut T::Content)) -> Outcome<()> {
        let mut content = self.read()?;
        change(&mut content);
        self.write(&content)
    }

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

    /// Leaves a failure in the state, whose total and counts stay as they are.
    #[cold]
    pub(super) fn set_failed(&self, status: i32) {
        let mut words = self.words();
        if let Some(last) = words.as_mut().last_mut() {
            *last = u64::from(status as u32);
        }
        self.set_words(words);
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
            Self::OutOfRange(error) => out_of_range(error, format_args!("inout[{index}]")),
        }
    }
}

impl<T: OpaqueState> State<T> {
    /// Adds what the state takes one at a time, or subtracts it: in place, if that is
    /// a matter of a few words.
    #[inline(always)]
    pub(super) fn add_one<const SUBTRACT: bool>(&mut self, one: OneOf<T>) -> Outcome<()> {
        if self.add_one_in_place::<SUBTRACT>(one) {
            return Ok(());
        }
        self.add_one_to_content::<SUBTRACT>(one)
    }

    #[cold]
    pub(super) fn add_one_to_content<const SUBTRACT: bool>(
        &mut self,
        one: OneOf<T>,
    ) -> Outcome<()> {
        self.update(|content| content.add_one::<SUBTRACT>(one))
    }

    /// The same, if it can be done in place; else nothing is changed.
    #[inline(always)]
    pub(super) fn add_one_in_place<const SUBTRACT: bool>(&mut self, one: OneOf<T>) -> bool {
        // SAFETY: readable and writable by the contract of `new`, which covers all of
        // a `T`; nothing else is done with it until this returns.
        let words = unsafe { self.place.words() };
        T::Content::add_one_in_place::<SUBTRACT>(words, one)
    }
}

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
        // SAFETY: element `index` of `in`, which is in bounds.
        let from = unsafe { State::new(from.wrapping_add(index), "in") }?;
        // SAFETY: element `index` of `inout`, which is in bounds.
        let into = unsafe { State::new(into.wrapping_add(index), "inout") }?;
        if let Err(failure) = into.combine(&from) {
            first.get_or_insert((failure, index));
        }
    }
    match first {
        Some((failure, index)) => Err(failure.refuse(index)),
        None => Ok(()),
    }
}

impl<T: OpaqueState> In<T> {
    /// What the state here holds.
    ///
    /// # Safety
    /// If not NULL, it is valid for reading.
    #[inline(always)]
    pub(super) unsafe fn read(self) -> Outcome<T::Content> {
        // SAFETY: the same contract; nothing is written.
        unsafe { State::new(self.pointer, self.name) }?.read()
    }
}

impl<T: OpaqueState> Out<T> {
    /// The state here, for changing.
    ///
    /// # Safety
    /// If not NULL, it is valid for reading and writing as long as the result lives.
    #[inline(always)]
    pub(super) unsafe fn state(self) -> Outcome<State<T>> {
        // SAFETY: the same contract.
        unsafe { State::new(self.pointer, self.name) }
    }
}
