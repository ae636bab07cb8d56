//! Sums whose state is small.

use crate::column::Column;
use crate::counts::SpecialCounts;
use crate::error::{BadState, LoadError, OutOfRange, ValueError};
use crate::layout::{COUNTERS, LIMBS, SMALL_STATE_WORDS};
use crate::small::in_place;
use crate::small::words::{Window, failed, what_is_wrong};
use crate::state::{Accumulate, Saved, Stored};
use crate::sum::Accumulator;

/// An accumulator whose state is that of a small one: what does not fit is out of range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmallSum(Accumulator);

impl From<Accumulator> for SmallSum {
    fn from(sum: Accumulator) -> Self {
        SmallSum(sum)
    }
}

impl From<SmallSum> for Accumulator {
    fn from(sum: SmallSum) -> Self {
        sum.0
    }
}

/// Questions that the accumulator answers.
macro_rules! values {
    ($($name:ident: $type:ty;)+) => {$(
        #[doc = concat!("[`Accumulator::", stringify!($name), "`].")]
        ///
        /// # Errors
        /// Those of the accumulator.
        pub fn $name(&self) -> Result<$type, ValueError> {
            self.0.$name()
        }
    )+};
}

impl SmallSum {
    /// What it holds.
    pub fn as_accumulator(&self) -> &Accumulator {
        &self.0
    }

    values! {
        value_f64: f64;
        mean_f64: f64;
        value_i64: i64;
        value_i128: i128;
    }

    /// [`SmallSum::value_f64`] of a state in memory, if it is finite.
    #[inline]
    pub fn value_f64_in_place(words: &[[u8; 8]]) -> Option<f64> {
        in_place::value(words)
    }

    /// [`SmallSum::mean_f64`] of a state in memory, if it is finite and not zero.
    #[inline]
    pub fn mean_f64_in_place(words: &[[u8; 8]]) -> Option<f64> {
        in_place::mean(words)
    }

    /// The state of one that failed with a status.
    pub fn failed(status: i32) -> <Self as Stored>::Words {
        failed(status)
    }

    /// [`Accumulator::add_column`].
    pub fn add_column(&mut self, values: &Column<'_>) {
        self.0.add_column(values);
    }

    /// [`Accumulator::subtract_column`].
    pub fn subtract_column(&mut self, values: &Column<'_>) {
        self.0.subtract_column(values);
    }

    fn window(&self) -> Result<Window, OutOfRange> {
        let (limbs, counters) = self.0.to_parts()?;
        Window::of_parts(limbs, &counters)
    }
}

impl Stored for SmallSum {
    type Words = [u64; SMALL_STATE_WORDS];
    type One = f64;

    const EMPTY: Self::Words = [0; SMALL_STATE_WORDS];

    fn from_words(words: &Self::Words) -> Result<Self, BadState> {
        let window = Window::of(&words.map(u64::to_ne_bytes));
        let window = window.ok_or_else(|| what_is_wrong(words))?;
        Accumulator::from_words(&window.expanded().map(u64::from_ne_bytes)).map(SmallSum)
    }

    fn to_words(&self) -> Result<Self::Words, OutOfRange> {
        let mut words = Self::EMPTY.map(u64::to_ne_bytes);
        self.window()?.write(&mut words);
        Ok(words.map(u64::from_ne_bytes))
    }

    fn save(&self) -> Result<Saved, OutOfRange> {
        self.0.save()
    }

    fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        Accumulator::load(bytes).map(SmallSum)
    }

    fn load_words(bytes: &[u8]) -> Result<Self::Words, LoadError> {
        let words = Accumulator::load_words(bytes)?.map(|word| word as i64);
        let (limbs, rest) = words.split_at(LIMBS);
        let counters = rest.first_chunk().unwrap_or(&[0; COUNTERS]);
        let window = Window::of_parts(limbs, counters);
        let window = window.map_err(|OutOfRange(part)| LoadError::OutOfRange(part))?;
        let mut words = Self::EMPTY.map(u64::to_ne_bytes);
        window.write(&mut words);
        Ok(words.map(u64::from_ne_bytes))
    }

    fn merge(&mut self, from: &Self) {
        self.0.merge(&from.0);
    }

    fn unmerge(&mut self, from: &Self) {
        self.0.unmerge(&from.0);
    }

    fn count(&self) -> i64 {
        self.0.count()
    }

    fn special_counts(&self) -> SpecialCounts {
        self.0.special_counts()
    }

    #[inline]
    fn add_one<const SUBTRACT: bool>(&mut self, one: f64) {
        Stored::add_one::<SUBTRACT>(&mut self.0, one);
    }

    #[inline]
    fn add_one_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], one: f64) -> bool {
        in_place::add_value::<SUBTRACT>(words, one).is_some()
    }

    #[inline]
    fn merge_in_place<const SUBTRACT: bool>(into: &mut [[u8; 8]], from: &[[u8; 8]]) -> bool {
        in_place::merge::<SUBTRACT>(into, from).is_some()
    }

    #[inline]
    fn merge_into(&self, into: &mut [[u8; 8]]) -> bool {
        let from = self.window();
        from.is_ok_and(|from| in_place::merge_window::<false>(into, &from).is_some())
    }

    #[inline]
    fn counts_in_place(words: &[[u8; 8]]) -> Option<(i64, SpecialCounts)> {
        in_place::counts(words)
    }
}

impl Accumulate<f64> for SmallSum {
    fn add(&mut self, values: &[f64]) {
        self.0.add_f64(values);
    }

    fn subtract(&mut self, values: &[f64]) {
        self.0.subtract_f64(values);
    }

    #[inline]
    fn add_few_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], values: &[f64]) -> bool {
        in_place::add_few::<SUBTRACT>(words, values).is_some()
    }
}
