//! States: the words that a caller keeps between calls.
//!
//! A state has the limbs of its total first, then counters, then a sticky status;
//! the modules of the four kinds have the words one by one. Counters are signed and
//! lie within ±(2^63-1). All words zero is the sum of nothing. The form is unique:
//! equal content means equal words.

pub(crate) mod in_place;
pub(crate) mod saved;
pub(crate) mod sealed;

pub use saved::Saved;

use crate::counts::SpecialCounts;
use crate::error::{BadState, LoadError, OutOfRange, Part};

/// What a caller can keep as plain words, and as bytes for a file or a wire.
pub trait Stored: Sized {
    /// The state: an array of words, all zero when empty.
    type Words: Copy + AsRef<[u64]> + AsMut<[u64]>;

    /// The state of nothing.
    const EMPTY: Self::Words;

    /// Reads a state.
    ///
    /// # Errors
    /// [`BadState`] if the state holds an earlier failure, or was never a state.
    fn from_words(words: &Self::Words) -> Result<Self, BadState>;

    /// Writes the state, with status 0. This is where the range is checked: what
    /// lay outside it in between is no error.
    ///
    /// # Errors
    /// [`OutOfRange`] says which part does not fit.
    fn to_words(&self) -> Result<Self::Words, OutOfRange>;

    /// Saves. The same content gives the same bytes on every machine, however it
    /// was added, merged or subtracted.
    ///
    /// # Errors
    /// [`OutOfRange`] says which part does not fit.
    fn save(&self) -> Result<Saved, OutOfRange>;

    /// Reads what [`Stored::save`] wrote, and refuses all else.
    ///
    /// # Errors
    /// [`LoadError`] says what is wrong with the bytes.
    fn load(bytes: &[u8]) -> Result<Self, LoadError>;

    /// Adds all that `from` holds.
    fn merge(&mut self, from: &Self);

    /// Takes out all that `from` holds: undoes [`Stored::merge`].
    fn unmerge(&mut self, from: &Self);

    /// How many values are held: added less subtracted.
    fn count(&self) -> i64;

    /// How many of them are NaN or infinite.
    fn special_counts(&self) -> SpecialCounts;

    /// What is added one at a time: a value, or a pair of factors.
    type One: Copy;

    /// Adds `one`, or subtracts it.
    fn add_one<const SUBTRACT: bool>(&mut self, one: Self::One);

    /// Adds `one` to a state in place, or subtracts it, if that changes a few words
    /// only. If not, nothing is changed and `false` is returned: then the state is
    /// failed or damaged, `one` is special, the count is at its end, or a carry goes
    /// further. Words are in native byte order, at any alignment.
    fn add_one_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], one: Self::One) -> bool;
}

/// A state that takes slices of `T`.
pub trait Accumulate<T>: Stored {
    /// Adds each of `values`.
    fn add(&mut self, values: &[T]);

    /// Takes out each of `values`: undoes [`Accumulate::add`] exactly.
    fn subtract(&mut self, values: &[T]);
}

/// Rows of [`Accumulate`]: an element type and the two methods that take it.
macro_rules! accumulate {
    ($state:ty: $($element:ty: $add:ident, $subtract:ident;)+) => {$(
        impl crate::state::Accumulate<$element> for $state {
            fn add(&mut self, values: &[$element]) {
                self.$add(values);
            }

            fn subtract(&mut self, values: &[$element]) {
                self.$subtract(values);
            }
        }
    )+};
}
pub(crate) use accumulate;

/// Splits off the last word, the status, which must say that nothing failed.
pub(crate) fn without_status(words: &[u64]) -> Result<&[u64], BadState> {
    match words {
        [rest @ .., 0] => Ok(rest),
        [.., status] if status >> 32 == 0 => Err(BadState::Failed(*status as i32)),
        _ => Err(BadState::Damaged),
    }
}

/// Counters, if all are within the range of a state; `parts` says what they count.
pub(crate) fn counters_to_state<const N: usize>(
    counters: &[i128; N],
    parts: &[Part; N],
) -> Result<[i64; N], OutOfRange> {
    let limit = i128::from(i64::MAX);
    let is_out = |counter: &i128| *counter < -limit || *counter > limit;
    if counters.iter().any(is_out) {
        let out = counters.iter().zip(parts).find(|(count, _)| is_out(count));
        return Err(OutOfRange(out.map_or(Part::Values, |(_, part)| *part)));
    }
    Ok(counters.map(|counter| counter as i64))
}

/// Refuses counters that no state has.
pub(crate) fn check_counters<const N: usize>(
    counters: &[i64; N],
    parts: &[Part; N],
) -> Result<(), LoadError> {
    match counters.iter().position(|&counter| counter == i64::MIN) {
        Some(index) => Err(LoadError::Counter(parts[index])),
        None => Ok(()),
    }
}
