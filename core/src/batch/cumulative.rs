//! Running totals.

use crate::batch::Statistic;
use crate::batch::windows::{Question, Windows};
use crate::column::Column;
use crate::column::elements::{Elements, Values};
use crate::column::numbers::Exact;
use crate::column::read::Pairs;
use crate::error::ValueError;
use crate::simd::Isa;
use crate::sum::Accumulator;

/// Values that are copied at a time where they give way to their totals.
const PART: usize = 512;

/// Numbers that are read at a time.
const NUMBERS: usize = 64;

/// Running totals of values that arrive in parts: after each value the exact total so
/// far, rounded once.
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

    /// Adds each element of a column and writes the total after each; see
    /// [`Column::cumulative_sum`].
    ///
    /// # Panics
    /// If there is not a result for each row.
    pub fn add(&mut self, values: &Column<'_>, results: &mut [f64]) {
        assert_eq!(values.len(), results.len(), "a result for each row");
        self.0.roll(&Pairs::one(*values), None, results);
    }

    /// Replaces each value by the total up to it.
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
    /// Computes running totals: for each element, the sum of all elements up to and
    /// including it, rounded once. A total beyond the range of doubles is an infinity;
    /// later totals may be finite again.
    ///
    /// An element that is missing or skipped adds nothing. The total of no values is
    /// +0.0.
    ///
    /// # Panics
    /// If there is not a result for each row.
    pub fn cumulative_sum(&self, results: &mut [f64]) {
        CumulativeSum::new().add(self, results);
    }

    /// Computes exact running totals of integers. Returns the number of results
    /// written, which is less than the number of rows if the next total is outside
    /// `i64`; the other results are unchanged.
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
        for (index, results) in results.chunks_mut(NUMBERS).enumerate() {
            let first = NUMBERS * index;
            let rows = self.part(first..first + results.len());
            if !rows.add_short(sum, results) {
                let written = rows.add_one_by_one(sum, results);
                if written < results.len() {
                    return Ok(first + written);
                }
            }
        }
        Ok(results.len())
    }

    /// The totals of a few rows, if it is certain that all are far from the ends of `i64`.
    fn add_short(&self, sum: &mut i64, results: &mut [i64]) -> bool {
        // The sum and all values together are from -2^63 to 2^63 - 1.
        const SUM_BITS: u32 = 62;
        const VALUE_BITS: u32 = SUM_BITS - NUMBERS.ilog2();

        let mut room = [0; NUMBERS];
        let values = &mut room[..results.len()];
        if !self.read_signed(values) {
            return false;
        }
        let sizes = values
            .iter()
            .fold(0, |all, &value| all | without_sign(value));
        if sizes >> VALUE_BITS != 0 || without_sign(*sum) >> SUM_BITS != 0 {
            return false;
        }
        let present = self.present(Isa::best(), 0..self.rows);
        if !present.are_all() {
            for (row, value) in values.iter_mut().enumerate() {
                *value = if present.has(row) { *value } else { 0 };
            }
        }
        for (result, &value) in results.iter_mut().zip(&*values) {
            *sum += value;
            *result = *sum;
        }
        true
    }

    /// The same of any integers; returns how many totals there are.
    #[inline(never)]
    fn add_one_by_one(&self, sum: &mut i64, results: &mut [i64]) -> usize {
        let mut numbers = [Exact::default(); NUMBERS];
        let numbers = &mut numbers[..results.len()];
        let present = self.present(Isa::best(), 0..self.rows);
        self.exact(0..self.rows, numbers);
        for (row, result) in results.iter_mut().enumerate() {
            if present.has(row) {
                let size = i128::from(numbers[row].size);
                let by = if numbers[row].negative { -size } else { size };
                let Ok(next) = i64::try_from(i128::from(*sum) + by) else {
                    return row;
                };
                *sum = next;
            }
            *result = *sum;
        }
        results.len()
    }

    /// The integers of all rows, if all of them are signed ones of 64 bits.
    fn read_signed(&self, into: &mut [i64]) -> bool {
        let first = self.first;
        match &self.values {
            Values::I64(elements) => elements.read(first, into),
            Values::I32(elements) => convert(elements, first, into, i64::from),
            Values::I16(elements) => convert(elements, first, into, i64::from),
            Values::I8(elements) => convert(elements, first, into, i64::from),
            Values::U32(elements) => convert(elements, first, into, i64::from),
            Values::U16(elements) => convert(elements, first, into, i64::from),
            Values::U8(elements) => convert(elements, first, into, i64::from),
            Values::Bool(elements) => convert(elements, first, into, i64::from),
            Values::U64(elements) => {
                convert(elements, first, into, |value| value as i64);
                // Those of 2^63 and more have the sign.
                return into.iter().fold(0, |all, value| all | value) >= 0;
            }
            Values::F64(_) | Values::F32(_) | Values::F16(_) | Values::Bf16(_) => return false,
        }
        true
    }
}

/// As many bits as an integer has, but for its sign.
pub(super) fn without_sign(value: i64) -> u64 {
    (value ^ (value >> 63)) as u64
}

/// Elements that become signed integers, into as many places.
fn convert<T: Copy + Default>(
    elements: &Elements<'_, T>,
    first: usize,
    into: &mut [i64],
    integer: impl Fn(T) -> i64,
) {
    let mut room = [T::default(); NUMBERS];
    let room = &mut room[..into.len()];
    elements.read(first, room);
    for (place, &value) in into.iter_mut().zip(&*room) {
        *place = integer(value);
    }
}
