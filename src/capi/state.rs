//! The accumulator in the caller's memory.

use super::accumulator::tally_accumulator;
use super::convert::{bad_state, out_of_range};
use crate::boundary::Outcome;
use crate::boundary::pointer::{Place, Plain};
use crate::exact::{Accumulator, STATE_WORDS, Words, add_one_in_place};

// SAFETY: it is an array of integers.
unsafe impl Plain for tally_accumulator {}

impl Default for tally_accumulator {
    fn default() -> Self {
        Self {
            opaque: [0; STATE_WORDS],
        }
    }
}

/// A state of the caller's: read and written whole, at any alignment, and never
/// borrowed.
pub(super) struct State {
    place: Place<tally_accumulator>,
    name: &'static str,
}

impl State {
    /// Refuses NULL.
    ///
    /// # Safety
    /// If not NULL, `pointer` is valid for reading 40 words, and for writing
    /// them if the state is changed, as long as this lives.
    pub(super) unsafe fn new(
        pointer: *const tally_accumulator,
        name: &'static str,
    ) -> Outcome<Self> {
        // SAFETY: the same contract; only `write` and `update` write.
        let place = unsafe { Place::new(pointer.cast_mut(), name) }?;
        Ok(Self { place, name })
    }

    /// The words as they are.
    pub(super) fn words(&self) -> [u64; STATE_WORDS] {
        // SAFETY: readable by the contract of `new`; any words are a value.
        unsafe { self.place.get() }.opaque
    }

    /// What the words mean.
    pub(super) fn read(&self) -> Outcome<Accumulator> {
        Accumulator::from_words(&self.words()).map_err(|bad| bad_state(bad, self.name))
    }

    /// Replaces the words.
    pub(super) fn write_words(&self, opaque: [u64; STATE_WORDS]) {
        self.place.set(tally_accumulator { opaque });
    }

    /// Replaces the state, or refuses and leaves it.
    pub(super) fn write(&self, accumulator: &Accumulator) -> Outcome<()> {
        self.write_words(accumulator.to_words().map_err(out_of_range)?);
        Ok(())
    }

    /// Adds one value, or subtracts it: in place, if that is a matter of a few
    /// words.
    #[inline]
    pub(super) fn add_one<const SUBTRACT: bool>(&mut self, value: f64) -> Outcome<()> {
        if add_one_in_place::<SUBTRACT>(self, value) {
            return Ok(());
        }
        self.update(|total| {
            if SUBTRACT {
                total.subtract_one_f64(value);
            } else {
                total.add_one_f64(value);
            }
        })
    }

    /// Changes the state, or refuses and leaves it.
    pub(super) fn update(&self, change: impl FnOnce(&mut Accumulator)) -> Outcome<()> {
        let mut accumulator = self.read()?;
        change(&mut accumulator);
        self.write(&accumulator)
    }
}

impl Words for State {
    #[inline]
    fn get(&self, index: usize) -> u64 {
        assert!(index < STATE_WORDS);
        // SAFETY: readable by the contract of `new`; the word is inside.
        unsafe { self.place.part::<u64>(index).get() }
    }

    #[inline]
    fn set(&mut self, index: usize, word: u64) {
        assert!(index < STATE_WORDS);
        // SAFETY: the word is inside.
        unsafe { self.place.part::<u64>(index) }.set(word);
    }
}
