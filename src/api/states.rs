//! States in the caller's memory, and what can be done to any kind of them: the
//! bodies of the functions that all kinds have.

use std::ffi::{CStr, c_int, c_void};

use super::convert::{bad_state, bad_status, not_loaded, out_of_range};
use super::exports::{In, Out};
use crate::boundary::buffer::Buffer;
use crate::boundary::pointer::{Array, Place, Plain};
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_OK, TALLY_OVERFLOW};
use crate::boundary::{Outcome, guard};
use tally_core::{Accumulator, BadState, Moments, OutOfRange, SpecialCounts, Stored};

/// A C type that is nothing but the words of a state.
pub(super) trait OpaqueState: Plain {
    /// What the words mean.
    type Content: Content;
}

/// What all kinds of states hold: values that can be counted, merged and taken
/// out again.
pub(super) trait Content: Stored {
    fn count(&self) -> i64;
    fn special_counts(&self) -> SpecialCounts;
    fn unmerge(&mut self, from: &Self);
}

type WordsOf<T> = <<T as OpaqueState>::Content as Stored>::Words;

type OneOf<T> = <<T as OpaqueState>::Content as Stored>::One;

/// Makes a struct of words, as C has it, a state.
macro_rules! opaque_state {
    ($state:ty, $content:ty) => {
        const _: () =
            assert!(size_of::<$state>() == size_of::<<$content as tally_core::Stored>::Words>());

        // SAFETY: it is an array of integers.
        unsafe impl crate::boundary::pointer::Plain for $state {}

        impl Default for $state {
            fn default() -> Self {
                Self {
                    opaque: <$content as tally_core::Stored>::EMPTY,
                }
            }
        }

        impl super::states::OpaqueState for $state {
            type Content = $content;
        }

        impl super::states::Content for $content {
            fn count(&self) -> i64 {
                <$content>::count(self)
            }

            fn special_counts(&self) -> tally_core::SpecialCounts {
                <$content>::special_counts(self)
            }

            fn unmerge(&mut self, from: &Self) {
                <$content>::unmerge(self, from);
            }
        }
    };
}
pub(super) use opaque_state;

/// Content that takes elements of this type.
pub(super) trait Takes<T>: Content {
    fn add(&mut self, values: &[T]);
    fn subtract(&mut self, values: &[T]);
}

macro_rules! takes {
    ($($element:ty: $add:ident, $subtract:ident;)+) => {
        takes!(Accumulator: $($element: $add, $subtract;)+);
        takes!(Moments: $($element: $add, $subtract;)+);
    };
    ($content:ty: $($element:ty: $add:ident, $subtract:ident;)+) => {$(
        impl Takes<$element> for $content {
            fn add(&mut self, values: &[$element]) {
                self.$add(values);
            }

            fn subtract(&mut self, values: &[$element]) {
                self.$subtract(values);
            }
        }
    )+};
}

takes! {
    f64: add_f64, subtract_f64;
    f32: add_f32, subtract_f32;
    i32: add_i32, subtract_i32;
    i64: add_i64, subtract_i64;
    u64: add_u64, subtract_u64;
}

/// A state of the caller's: read and written whole, at any alignment, and never
/// borrowed.
pub(super) struct State<T: OpaqueState> {
    place: Place<WordsOf<T>>,
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
        let place = unsafe { Place::new(pointer.cast_mut().cast(), name) }?;
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
    fn set_failed(&self, status: i32) {
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
    fn add_one_to_content<const SUBTRACT: bool>(&mut self, one: OneOf<T>) -> Outcome<()> {
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

/// Adds everything that is in `from`.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
pub(super) unsafe fn merge<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    from: In<T>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let from = unsafe { from.read() }?;
        into.update(|content| content.merge(&from))
    })
}

/// Takes everything that is in `from` out again.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
pub(super) unsafe fn unmerge<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    from: In<T>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let from = unsafe { from.read() }?;
        into.update(|content| content.unmerge(&from))
    })
}

/// The number of values.
///
/// # Safety
/// `state` is valid for reading, `count` for writing.
pub(super) unsafe fn count<T: OpaqueState>(
    function: &'static CStr,
    state: In<T>,
    count: Out<i64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let content = unsafe { state.read() }?;
        // SAFETY: writable by the contract.
        unsafe { count.place() }?.set(content.count());
        Ok(())
    })
}

/// The numbers of NaN and infinities.
///
/// # Safety
/// `state` is valid for reading; each of the others, if not NULL, for writing.
pub(super) unsafe fn special_counts<T: OpaqueState>(
    function: &'static CStr,
    state: In<T>,
    nan: Out<i64>,
    positive_infinity: Out<i64>,
    negative_infinity: Out<i64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let counts = unsafe { state.read() }?.special_counts();
        for (out, count) in [
            (nan, counts.nan),
            (positive_infinity, counts.positive_infinity),
            (negative_infinity, counts.negative_infinity),
        ] {
            // SAFETY: writable by the contract, if not NULL.
            if let Some(place) = unsafe { out.optional() } {
                place.set(count);
            }
        }
        Ok(())
    })
}

/// Leaves a failure in a state. The first one stays.
///
/// # Safety
/// `into` is valid for reading and writing.
pub(super) unsafe fn fail<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    status: c_int,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        if status >= 0 {
            let message = format_args!("status is {status}, not below 0");
            return Err(refuse(TALLY_INVALID, message));
        }
        // A state that has failed already is refused like any other.
        into.read()?;
        into.set_failed(status);
        Ok(())
    })
}

/// Merges `count` states, one by one; the first failure is reported.
///
/// # Safety
/// `from` is valid for reading `count` states, `into` for reading and writing
/// them.
pub(super) unsafe fn combine<T: OpaqueState>(
    function: &'static CStr,
    from: In<T>,
    into: Out<T>,
    count: usize,
) {
    let _ = guard::status(function, || {
        let (from, into) = (from.pointer, into.pointer);
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
    });
}

/// Writes the saved form, and how long it is.
///
/// # Safety
/// `state` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` for writing.
pub(super) unsafe fn save<T: OpaqueState>(
    function: &'static CStr,
    state: In<T>,
    buffer: Out<c_void>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        let name = state.name;
        // SAFETY: readable by the contract.
        let content = unsafe { state.read() }?;
        // SAFETY: writable by the contract, if not NULL.
        let buffer = unsafe { Buffer::new(buffer.pointer, size) }?;
        // SAFETY: writable by the contract.
        let needed = unsafe { needed.place() }?;
        let saved = content.save().map_err(|error| out_of_range(error, name))?;
        needed.set(saved.as_bytes().len());
        buffer.set_bytes(saved.as_bytes())
    })
}

/// Replaces a state by a saved one, or refuses and leaves it.
///
/// # Safety
/// `bytes` is valid for reading `size` bytes, `state` for writing.
pub(super) unsafe fn load<T: OpaqueState>(
    function: &'static CStr,
    bytes: In<c_void>,
    size: usize,
    state: Out<T>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let bytes = unsafe { Array::new(bytes.pointer.cast::<u8>(), size, bytes.name) }?;
        // SAFETY: writable by the contract, and never read here.
        let state = unsafe { state.state() }?;
        state.write(&T::Content::load(bytes.bytes()).map_err(not_loaded)?)
    })
}

/// Adds elements of an array.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count` elements.
pub(super) unsafe fn add<T: OpaqueState<Content: Takes<V>>, V: Plain>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        into.update(|content| values.for_each_block(|block| content.add(block)))
    })
}

/// Subtracts elements of an array.
///
/// # Safety
/// As for [`add`].
pub(super) unsafe fn subtract<T: OpaqueState<Content: Takes<V>>, V: Plain>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        into.update(|content| values.for_each_block(|block| content.subtract(block)))
    })
}

/// Adds one value.
///
/// # Safety
/// `into` is valid for reading and writing.
#[inline(always)]
pub(super) unsafe fn add_one<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    value: OneOf<T>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { take_one::<T, false>(function, into, value) }
}

/// Subtracts one value.
///
/// # Safety
/// `into` is valid for reading and writing.
#[inline(always)]
pub(super) unsafe fn subtract_one<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    value: OneOf<T>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { take_one::<T, true>(function, into, value) }
}

/// Adds what a state takes one at a time, or subtracts it.
///
/// # Safety
/// `into` is valid for reading and writing.
#[inline(always)]
pub(super) unsafe fn take_one<T: OpaqueState, const SUBTRACT: bool>(
    function: &'static CStr,
    into: Out<T>,
    one: OneOf<T>,
) -> tally_status {
    guard::quick(
        || {
            if into.pointer.is_null() {
                return None;
            }
            // SAFETY: readable and writable by the contract.
            let mut into = unsafe { into.state() }.ok()?;
            into.add_one_in_place::<SUBTRACT>(one).then_some(TALLY_OK)
        },
        // SAFETY: the same contract.
        || unsafe { take_one_slowly::<T, SUBTRACT>(into, one, function) },
    )
}

// Nothing unwinds out of C's convention, so its caller needs no frame.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions)]
unsafe extern "C" fn take_one_slowly<T: OpaqueState, const SUBTRACT: bool>(
    into: Out<T>,
    one: OneOf<T>,
    function: &'static CStr,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract of `take_one`.
        unsafe { into.state() }?.add_one_to_content::<SUBTRACT>(one)
    })
}
