//! States in the caller's memory.

use std::fmt::{Display, Formatter};

use super::convert::{bad_state, out_of_range};
use super::exports::{In, Out};
use crate::boundary::Outcome;
use crate::boundary::pointer::{Extent, OutPtr, Pod};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_NULL, TALLY_OVERFLOW};
use tally_core::{BadState, OutOfRange, Stored};

/// A C type that is nothing but the words of a state.
pub(super) trait OpaqueState: Pod {
    /// What the words mean.
    type Content: Stored;

    /// The status of a change that leaves the range of the state.
    const OUT_OF_RANGE: tally_status = TALLY_OVERFLOW;

    /// What the words mean, or the words elsewhere that they refer to.
    ///
    /// # Safety
    /// The words are a caller's state, and what they refer to, if anything, is valid for
    /// reading.
    #[inline(always)]
    unsafe fn content(words: &WordsOf<Self>) -> Result<Self::Content, BadState> {
        Self::Content::from_words(words)
    }

    /// Replaces the state that these words refer to; `None` if they refer to none, or no
    /// state of this kind does. Then they need not be there yet.
    ///
    /// # Safety
    /// As for [`OpaqueState::content`], and for writing.
    #[inline(always)]
    unsafe fn write_elsewhere(
        _words: impl FnOnce() -> WordsOf<Self>,
        _content: &Self::Content,
    ) -> Option<Result<(), OutOfRange>> {
        None
    }

    /// Leaves a failure in these words, or in the state that they refer to.
    ///
    /// # Safety
    /// As for [`OpaqueState::content`], and for writing.
    unsafe fn set_failed(words: &mut WordsOf<Self>, status: i32) {
        if let Some(last) = words.as_mut().last_mut() {
            *last = u64::from(status as u32);
        }
    }
}

pub(super) type WordsOf<T> = <<T as OpaqueState>::Content as Stored>::Words;

pub(super) type OneOf<T> = <<T as OpaqueState>::Content as Stored>::One;

/// Makes a struct of words, as C has it, a state.
macro_rules! opaque_state {
    ($state:ty, $content:ty $(, { $($more:item)+ })?) => {
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
            $($($more)+)?
        }
    };
}
pub(super) use opaque_state;

/// A state of the caller's: read and written whole, at any alignment, and never
/// borrowed.
pub(super) struct State<T: OpaqueState> {
    place: OutPtr<WordsOf<T>>,
    name: Name,
}

/// What messages call a state: the name of an argument, or one of its elements.
#[derive(Clone, Copy)]
pub(super) struct Name {
    argument: &'static str,
    index: Option<usize>,
}

impl Name {
    /// Element `index` of an argument.
    pub(super) fn of(argument: &'static str, index: usize) -> Self {
        let index = Some(index);
        Name { argument, index }
    }
}

impl From<&'static str> for Name {
    fn from(argument: &'static str) -> Self {
        let index = None;
        Name { argument, index }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self.index {
            Some(index) => write!(f, "{}[{index}]", self.argument),
            None => f.write_str(self.argument),
        }
    }
}

impl<T: OpaqueState> State<T> {
    /// Refuses NULL.
    ///
    /// # Safety
    /// If not NULL, `pointer` is valid for reading a `T` if the state is read, and
    /// for writing one if it is changed, as long as this lives; and so is what the
    /// state refers to.
    pub(super) unsafe fn new(pointer: *const T, name: impl Into<Name>) -> Outcome<Self> {
        let name = name.into();
        // SAFETY: the same contract, as a `T` is its words; only `write` and
        // `update` write.
        match unsafe { OutPtr::optional(pointer.cast_mut().cast()) } {
            Some(place) => Ok(Self { place, name }),
            None => Err(refuse(TALLY_NULL, format_args!("{name} is NULL"))),
        }
    }

    /// What messages call it.
    pub(super) fn name(&self) -> Name {
        self.name
    }

    /// Where it is.
    pub(super) fn extent(&self) -> Option<Extent> {
        self.place.extent()
    }

    /// The words as they are.
    pub(super) fn words(&self) -> WordsOf<T> {
        // SAFETY: readable by the contract of `new`; any words are a value.
        unsafe { self.place.get() }
    }

    /// What the words mean.
    pub(super) fn read(&self) -> Outcome<T::Content> {
        // SAFETY: the contract of `new`.
        unsafe { T::content(&self.words()) }.map_err(|bad| bad_state(bad, self.name))
    }

    /// Replaces the words.
    pub(super) fn set_words(&self, words: WordsOf<T>) {
        self.place.set(words);
    }

    /// Replaces the state, or refuses and leaves it.
    pub(super) fn write(&self, content: &T::Content) -> Outcome<()> {
        // SAFETY: the contract of `new`.
        if let Some(written) = unsafe { T::write_elsewhere(|| self.words(), content) } {
            return written.map_err(|error| out_of_range(TALLY_OVERFLOW, error, self.name));
        }
        let words = content.to_words();
        self.set_words(words.map_err(|error| out_of_range(T::OUT_OF_RANGE, error, self.name))?);
        Ok(())
    }

    /// Changes the state, or refuses and leaves it.
    pub(super) fn update(&self, change: impl FnOnce(&mut T::Content)) -> Outcome<()> {
        let mut content = self.read()?;
        change(&mut content);
        self.write(&content)
    }

    /// Changes the state by what `change` makes of an empty one: by adding and subtracting,
    /// that is.
    pub(super) fn add_up(&mut self, change: impl FnOnce(&mut T::Content)) -> Outcome<()> {
        let mut part = T::Content::default();
        change(&mut part);
        // SAFETY: readable and writable by the contract of `new`, which covers all of
        // a `T`; nothing else is done with it until `merge_into` returns.
        if part.merge_into(unsafe { self.place.words() }) {
            return Ok(());
        }
        self.update(|content| content.merge(&part))
    }

    /// Leaves a failure in the state.
    #[cold]
    pub(super) fn set_failed(&self, status: i32) {
        let mut words = self.words();
        // SAFETY: the contract of `new`.
        unsafe { T::set_failed(&mut words, status) };
        self.set_words(words);
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
