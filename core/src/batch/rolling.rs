//! Windows that roll over a column, or over a pair.

use std::ops::Range;

use crate::batch::windows::{Question, Windows};
use crate::batch::{Statistic, shared_out};
use crate::column::Column;
use crate::column::read::Pairs;
use crate::simd::Isa;
use crate::workers::Workers;

/// Rows for each thread from which on one more pays.
const SHARE: usize = 1 << 14;

/// The size of windows, and the condition for a result.
///
/// The window of a row consists of that row and those before it, `size` rows in all, or
/// fewer at the start. Its result is NaN if fewer than `min_count` of them count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The number of rows in a window: at least 1.
    pub size: usize,
    /// The minimum number of values that a result needs.
    pub min_count: usize,
}

impl Column<'_> {
    /// Computes a statistic for the window of each row, exact and rounded once. A value
    /// that has left the window has no effect, be it NaN, an infinity or a huge number.
    ///
    /// ```
    /// use tally_core::{Column, Statistic, Window};
    ///
    /// let values = Column::new(&[1e100, 1.0, f64::NAN, 2.0, 3.0]);
    /// let window = Window { size: 2, min_count: 2 };
    /// let mut sums = [0.0; 5];
    /// values.skip_nan().rolling(window, Statistic::Sum, &mut sums);
    /// assert!(sums[0].is_nan() && sums[2].is_nan() && sums[3].is_nan());
    /// assert_eq!([sums[1], sums[4]], [1e100, 5.0]);
    /// ```
    ///
    /// # Panics
    /// If there is not a result for each row, or if the window has no rows.
    pub fn rolling(&self, window: Window, what: Statistic, results: &mut [f64]) {
        self.rolling_on(Isa::best(), window, what, results);
    }

    /// [`Column::rolling`] with the given instruction set.
    #[doc(hidden)]
    pub fn rolling_on(&self, isa: Isa, window: Window, what: Statistic, results: &mut [f64]) {
        roll_all(
            isa,
            &Pairs::one(*self),
            window,
            Question::One(what),
            results,
        );
    }

    /// Computes the covariance of each window of pairs; see [`Column::rolling`].
    ///
    /// # Panics
    /// As [`Column::rolling`], and if the lengths differ.
    pub fn rolling_covariance(
        &self,
        other: &Column<'_>,
        window: Window,
        ddof: u64,
        results: &mut [f64],
    ) {
        let pairs = Pairs::new(*self, *other);
        let question = Question::Covariance { ddof };
        roll_all(Isa::best(), &pairs, window, question, results);
    }

    /// Computes the correlation coefficient of each window of pairs; see
    /// [`Column::rolling`]. NaN where all values of one side are equal.
    ///
    /// # Panics
    /// As [`Column::rolling`], and if the lengths differ.
    pub fn rolling_correlation(&self, other: &Column<'_>, window: Window, results: &mut [f64]) {
        let pairs = Pairs::new(*self, *other);
        roll_all(Isa::best(), &pairs, window, Question::Correlation, results);
    }

    /// [`Column::rolling`] on several threads.
    ///
    /// # Panics
    /// As [`Column::rolling`].
    pub fn rolling_parallel(
        &self,
        workers: &impl Workers,
        window: Window,
        what: Statistic,
        results: &mut [f64],
    ) {
        let question = Question::One(what);
        roll_parallel(workers, &Pairs::one(*self), window, question, results);
    }

    /// [`Column::rolling_covariance`] on several threads.
    ///
    /// # Panics
    /// As [`Column::rolling_covariance`].
    pub fn rolling_covariance_parallel(
        &self,
        workers: &impl Workers,
        other: &Column<'_>,
        window: Window,
        ddof: u64,
        results: &mut [f64],
    ) {
        let pairs = Pairs::new(*self, *other);
        let question = Question::Covariance { ddof };
        roll_parallel(workers, &pairs, window, question, results);
    }

    /// [`Column::rolling_correlation`] on several threads.
    ///
    /// # Panics
    /// As [`Column::rolling_correlation`].
    pub fn rolling_correlation_parallel(
        &self,
        workers: &impl Workers,
        other: &Column<'_>,
        window: Window,
        results: &mut [f64],
    ) {
        let pairs = Pairs::new(*self, *other);
        roll_parallel(workers, &pairs, window, Question::Correlation, results);
    }
}

fn check(pairs: &Pairs<'_>, window: Window, results: &[f64]) {
    assert_eq!(pairs.x.len(), results.len(), "a result for each row");
    assert!(window.size > 0, "a window without rows");
}

fn roll_all(isa: Isa, pairs: &Pairs<'_>, window: Window, question: Question, results: &mut [f64]) {
    check(pairs, window, results);
    roll_part(isa, pairs, window, question, 0..results.len(), results);
}

fn roll_parallel(
    workers: &impl Workers,
    pairs: &Pairs<'_>,
    window: Window,
    question: Question,
    results: &mut [f64],
) {
    check(pairs, window, results);
    // Each piece begins with the window before it.
    let share = SHARE.max(window.size);
    shared_out(workers, share, results, |first, results| {
        let rows = first..first + results.len();
        roll_part(Isa::best(), pairs, window, question, rows, results);
    });
}

/// The results of some rows.
fn roll_part(
    isa: Isa,
    pairs: &Pairs<'_>,
    window: Window,
    question: Question,
    rows: Range<usize>,
    results: &mut [f64],
) {
    Rolling::from_row(isa, *pairs, window, question, rows.start).next(results);
}

/// The windows of a column or of a pair, some rows at a time.
#[doc(hidden)]
pub struct Rolling<'a> {
    windows: Windows,
    pairs: Pairs<'a>,
    size: usize,
    row: usize,
}

impl<'a> Rolling<'a> {
    /// For [`Column::rolling`].
    pub fn new(column: Column<'a>, window: Window, what: Statistic) -> Self {
        let question = Question::One(what);
        Self::from_row(Isa::best(), Pairs::one(column), window, question, 0)
    }

    /// For [`Column::rolling_covariance`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn covariance(x: Column<'a>, y: Column<'a>, window: Window, ddof: u64) -> Self {
        let question = Question::Covariance { ddof };
        Self::from_row(Isa::best(), Pairs::new(x, y), window, question, 0)
    }

    /// For [`Column::rolling_correlation`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn correlation(x: Column<'a>, y: Column<'a>, window: Window) -> Self {
        let question = Question::Correlation;
        Self::from_row(Isa::best(), Pairs::new(x, y), window, question, 0)
    }

    fn from_row(
        isa: Isa,
        pairs: Pairs<'a>,
        window: Window,
        question: Question,
        row: usize,
    ) -> Self {
        assert!(window.size > 0, "a window without rows");
        let mut windows = Windows::new(isa, question, window.min_count as u64);
        windows.fill(&pairs.part(row.saturating_sub(window.size)..row));
        Rolling {
            windows,
            pairs,
            size: window.size,
            row,
        }
    }

    /// The results of the next rows.
    ///
    /// # Panics
    /// If there are fewer.
    pub fn next(&mut self, results: &mut [f64]) {
        let (start, end) = (self.row, self.row + results.len());
        // Nothing leaves the first ones.
        let full = self.size.clamp(start, end);
        let (first, rest) = results.split_at_mut(full - start);
        self.windows
            .roll(&self.pairs.part(start..full), None, first);
        if full < end {
            let leaving = self.pairs.part(full - self.size..end - self.size);
            let entering = self.pairs.part(full..end);
            self.windows.roll(&entering, Some(&leaving), rest);
        }
        self.row = end;
    }
}
