//! Running totals.

use crate::batch::Statistic;
use crate::batch::windows::{Question, Windows};
use crate::column::Column;
use crate::column::read::{Exact, Pairs};
use crate::error::ValueError;
use crate::simd::Isa;
use crate::sum::Accumulator;

/// Values that are copied at a time where they give way to their totals.
const PART: usize = 512;

/// Numbers that are read at a time.
const NUMBERS: usize = 64;

/// The running total of values that come in parts: after each value the exact total so far,
/// rounded once.
///
/// ```
/// use tally_core::{Column, CumulativeSum};
///
/// let mut sum = CumulativeSum::new();
/// let mut totals = [0.0; 2];
/// sum.add(&Column::new(&[1e100, 1.0]), &mut totals);
/// assert_eq!(totals, [1e100, 1e100]);
/// sum.add(&Column::new(&[-1e100, 0.5]), &mut totals);
/// assert_eq!(totals, [1.0, 1.5]);
/// ```
pub struct CumulativeSum(Windows);

impl Default for CumulativeSum {
    fn default() -> Self {
        Self::new()
    }
}

impl CumulativeSum {
    /// No values yet.
    pub fn new() -> Self {
        Self::new_on(Isa::best())
    }

    /// [`CumulativeSum::new`] with the given instruction set.
    #[doc(hidden)]
    pub fn new_on(isa: Isa) -> Self {
        CumulativeSum(Windows::new(isa, Question::One(Statistic::Sum), 0))
    }

    /// As if the values of `sum` had come.
    pub(super) fn after(sum: &Accumulator) -> Self {
        CumulativeSum(Windows::of_sum(Isa::best(), sum))
    }

    /// Adds each element of a column, with a total in each one's place; see
    /// [`Column::cumulative_sum`].
    ///
    /// # Panics
    /// If there is not a result for each row.
    pub fn add(&mut self, values: &Column<'_>, results: &mut [f64]) {
        assert_eq!(values.len(), results.len(), "a result for each row");
        self.0.roll(&Pairs::one(*values), None, results);
    }

    /// Puts a total in the place of each value.
    pub fn add_in_place(&mut self, values: &mut [f64]) {
        let mut room = [0.0; PART];
        for part in values.chunks_mut(PART) {
            let room = &mut room[..part.len()];
            room.copy_from_slice(part);
            self.add(&Column::new(&*room), part);
        }
    }
}

impl Column<'_> {
    /// The total of all elements up to each one, rounded once; an infinity beyond the range
    /// of doubles, from which later totals may come back.
    ///
    /// In the place of an element that is not there, or is skipped, is the total so far; that
    /// of nothing is +0.0.
    ///
    /// # Panics
    /// If there is not a result for each row.
    pub fn cumulative_sum(&self, results: &mut [f64]) {
        CumulativeSum::new().add(self, results);
    }

    /// The exact total of all integers up to each one. Returns how many results there are:
    /// less than there are rows if the next total is outside `i64`, and then the others are
    /// as they were.
    ///
    /// # Errors
    /// [`ValueError::NotIntegers`] for a column of floats.
    ///
    /// # Panics
    /// If there is not a result for each row.
    pub fn cumulative_sum_i64(&self, results: &mut [i64]) -> Result<usize, ValueError> {
        assert_eq!(self.len(), results.len(), "a result for each row");
        self.continue_sum(&mut 0, results)
    }

    /// [`Column::cumulative_sum_i64`] from a sum on, which becomes the last one written.
    ///
    /// # Errors
    /// [`ValueError::NotIntegers`] for a column of floats.
    ///
    /// # Panics
    /// If there is not a result for each row.
    #[doc(hidden)]
    pub fn continue_sum(&self, sum: &mut i64, results: &mut [i64]) -> Result<usize, ValueError> {
        if !self.values.are_integers() {
            return Err(ValueError::NotIntegers);
        }
        assert_eq!(self.len(), results.len(), "a result for each row");
        let isa = Isa::best();
        let mut numbers = [Exact::default(); NUMBERS];
        for (index, results) in results.chunks_mut(NUMBERS).enumerate() {
            let rows = NUMBERS * index..NUMBERS * index + results.len();
            let numbers = &mut numbers[..results.len()];
            let mut present = crate::column::mask::Present::all(results.len());
            self.apply_mask(isa, rows.clone(), &mut present);
            self.exact(rows.clone(), numbers);
            for (row, result) in results.iter_mut().enumerate() {
                if present.has(row) {
                    let size = i128::from(numbers[row].size);
                    let by = if numbers[row].negative { -size } else { size };
                    let Ok(next) = i64::try_from(i128::from(*sum) + by) else {
                        return Ok(rows.start + row);
                    };
                    *sum = next;
                }
                *result = *sum;
            }
        }
        Ok(results.len())
    }
}
