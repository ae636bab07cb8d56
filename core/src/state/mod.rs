//! States: the words that a caller keeps between calls.
//!
//! A state has the limbs of its total first, then counters, then a sticky status; the
//! modules of the four kinds list the words. Counters are signed and lie within
//! ±(2^63-1). All words zero is the empty state. The representation is unique: equal
//! contents have equal words.

pub(crate) mod in_place;
pub(crate) mod parts;
pub(crate) mod saved;
pub(crate) mod sealed;

pub use saved::{Pieces, Saved};

use crate::counts::SpecialCounts;
use crate::error::{BadState, LoadError, OutOfRange, Part};

/// A state that a caller can keep as plain words, and save as bytes for a file or a
/// network.
pub trait Stored: Sized + Default {
    /// The state: an array of words, all zero when empty.
    type Words: Copy + AsRef<[u64]> + AsMut<[u64]>;

    /// The empty state.
    const EMPTY: Self::Words;

    /// Reads a state.
    ///
    /// # Errors
    /// [`BadState`] if the words hold an earlier failure, or are not a state.
    fn from_words(words: &Self::Words) -> Result<Self, BadState>;

    /// Writes the state, with status 0. The range is checked only here: leaving it in
    /// between is not an error.
    ///
    /// # Errors
    /// [`OutOfRange`] says which part does not fit.
    fn to_words(&self) -> Result<Self::Words, OutOfRange>;

    /// Saves the state. The same contents give the same bytes on every machine, however
    /// they were added, merged or subtracted.
    ///
    /// # Errors
    /// [`OutOfRange`] says which part does not fit.
    fn save(&self) -> Result<Saved, OutOfRange>;

    /// Loads a state that [`Stored::save`] wrote, and refuses anything else.
    ///
    /// # Errors
    /// [`LoadError`] says what is wrong with the bytes.
    fn load(bytes: &[u8]) -> Result<Self, LoadError>;

    /// The words of the state that [`Stored::load`] returns.
    ///
    /// # Errors
    /// Those of [`Stored::load`].
    fn load_words(bytes: &[u8]) -> Result<Self::Words, LoadError>;

    /// Adds the contents of `from`.
    fn merge(&mut self, from: &Self);

    /// Subtracts the contents of `from`: the inverse of [`Stored::merge`].
    fn unmerge(&mut self, from: &Self);

    /// The number of values added less the number subtracted.
    fn count(&self) -> i64;

    /// The numbers of values that are NaN or infinite.
    fn special_counts(&self) -> SpecialCounts;

    /// The unit of adding: a value, or a pair of factors.
    type One: Copy;

    /// Adds `one`, or subtracts it.
    fn add_one<const SUBTRACT: bool>(&mut self, one: Self::One);

    /// Adds `one` to a state in place, or subtracts it, if that changes only a few
    /// words. Otherwise nothing is changed and `false` is returned: the state has
    /// failed or is damaged, `one` is special, the count is at its limit, or a carry
    /// goes further. Words are in native byte order, with any alignment.
    fn add_one_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], one: Self::One) -> bool;

    /// Merges the state `from` into the state `into` in place, or subtracts it, if that
    /// changes only counters and limbs in use. Otherwise nothing is changed and `false`
    /// is returned: a state has failed or is damaged, a part might leave its range, or
    /// all limbs must be read. Words are as for [`Stored::add_one_in_place`].
    fn merge_in_place<const SUBTRACT: bool>(_into: &mut [[u8; 8]], _from: &[[u8; 8]]) -> bool {
        false
    }

    /// The bytes that [`Stored::save`] writes for a state in memory, in pieces; `None`
    /// if the state has failed, is damaged or must be decoded, or if the machine is not
    /// little-endian. Words are as for [`Stored::add_one_in_place`].
    fn saved_in_place(_words: &[[u8; 8]]) -> Option<Pieces<'_>> {
        None
    }

    /// Merges `self` into the state `into` in place, as [`Stored::merge_in_place`] does.
    fn merge_into(&self, _into: &mut [[u8; 8]]) -> bool {
        false
    }

    /// [`Stored::count`] and [`Stored::special_counts`] of a state in memory; `None` if
    /// it has failed, is damaged or must be decoded. Words are as for
    /// [`Stored::add_one_in_place`].
    fn counts_in_place(_words: &[[u8; 8]]) -> Option<(i64, SpecialCounts)> {
        None
    }
}

/// A state that takes slices of `T`.
pub trait Accumulate<T>: Stored {
    /// Adds each of `values`.
    fn add(&mut self, values: &[T]);

    /// Subtracts each of `values`: the exact inverse of [`Accumulate::add`].
    fn subtract(&mut self, values: &[T]);

    /// Adds a few values to a state in place, or subtracts them, if that changes only a
    /// few words. Otherwise nothing is changed and `false` is returned. Words are as
    /// for [`Stored::add_one_in_place`].
    fn add_few_in_place<const SUBTRACT: bool>(_words: &mut [[u8; 8]], _values: &[T]) -> bool {
        false
    }
}

/// Rows of [`Accumulate`]: an element type and the two methods that take it, and perhaps a
/// function that takes a few in place.
macro_rules! accumulate {
    ($state:ty: $($element:ty: $add:ident, $subtract:ident $(, $few:ident)?;)+) => {$(
        impl crate::state::Accumulate<$element> for $state {
            fn add(&mut self, values: &[$element]) {
                self.$add(values);
            }

            fn subtract(&mut self, values: &[$element]) {
                self.$subtract(values);
            }
            $(

            #[inline]
            fn add_few_in_place<const SUBTRACT: bool>(
                words: &mut [[u8; 8]],
                values: &[$element],
            ) -> bool {
                $few::<$element, SUBTRACT>(words, values).is_some()
            }
            )?
        }
    )+};
}
pub(crate) use accumulate;

/// Rows of [`Stored`] that states of binary limbs have in common: `limbs` and counters come
/// first.
macro_rules! verbs_in_place {
    ($limbs:ident, $kind:literal) => {
        fn save(&self) -> Result<crate::state::saved::Saved, crate::error::OutOfRange> {
            let bytes = self.to_words()?.map(u64::to_le_bytes);
            let (limbs, rest) = bytes[..bytes.len() - 1].split_at($limbs);
            let pieces = crate::state::saved::Pieces::of($kind, limbs, rest, COUNTERS);
            Ok(crate::state::saved::Saved::of(&pieces))
        }

        #[inline]
        fn saved_in_place(words: &[[u8; 8]]) -> Option<crate::state::saved::Pieces<'_>> {
            if cfg!(target_endian = "big") {
                return None;
            }
            crate::state::parts::Parts::of(words, $limbs)?;
            let (limbs, rest) = words.split_last()?.1.split_at_checked($limbs)?;
            Some(crate::state::saved::Pieces::of(
                $kind, limbs, rest, COUNTERS,
            ))
        }

        #[inline]
        fn merge_in_place<const SUBTRACT: bool>(into: &mut [[u8; 8]], from: &[[u8; 8]]) -> bool {
            let from = crate::state::parts::Parts::of(from, $limbs);
            from.is_some_and(|from| {
                crate::state::parts::merge::<SUBTRACT, _>(into, &from).is_some()
            })
        }

        #[inline]
        fn merge_into(&self, into: &mut [[u8; 8]]) -> bool {
            let from = self.parts();
            from.is_ok_and(|from| crate::state::parts::merge::<false, _>(into, &from).is_some())
        }

        #[inline]
        fn counts_in_place(words: &[[u8; 8]]) -> Option<(i64, crate::counts::SpecialCounts)> {
            Some(crate::state::parts::Parts::of(words, $limbs)?.counts())
        }
    };
}
pub(crate) use verbs_in_place;

/// Splits off the last word, the status, which must say that nothing failed.
pub(crate) fn without_status(words: &[u64]) -> Result<&[u64], BadState> {
    match words {
        [rest @ .., 0] => Ok(rest),
        [.., status] if status >> 32 == 0 => Err(BadState::Failed(*status as i32)),
        _ => Err(BadState::Damaged),
    }
}

/// The words of a state with these parts; those behind them are 0.
#[inline]
pub(crate) fn joined<const N: usize>(parts: &[&[i64]]) -> [u64; N] {
    let mut words = [0; N];
    let mut rest = &mut words[..];
    for part in parts {
        let (here, behind) = rest.split_at_mut(part.len());
        for (word, &part) in here.iter_mut().zip(*part) {
            *word = part as u64;
        }
        rest = behind;
    }
    words
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
