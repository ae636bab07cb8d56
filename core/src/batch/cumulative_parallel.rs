//! Running totals on several threads: first the exact total of each piece, then the results
//! of each piece, which begin with the exact sum of all pieces before it.

use std::ops::{AddAssign, Range};
use std::sync::{Mutex, PoisonError};

use crate::batch::cumulative::{CumulativeSum, without_sign};
use crate::batch::rows::Number;
use crate::column::mask::{Present, ROWS};
use crate::column::{Column, Values};
use crate::error::ValueError;
use crate::parallel::{Split, for_each, for_each_run};
use crate::simd::Isa;
use crate::sum::Accumulator;
use crate::workers::Workers;

/// Rows for each thread from which on one more pays.
const SHARE: usize = 1 << 14;

/// The most pieces: the totals of all of them are on the stack.
const MOST: usize = 32;

/// Pieces for each thread, so that one that is held up holds up no other for long.
const PIECES_A_THREAD: usize = 4;

/// Integers of fewer bits, of which a block's sum is an `i64`.
const SHORT_BITS: u32 = i64::BITS - 1 - ROWS.ilog2() - 1;

/// How rows are cut into pieces.
#[derive(Clone, Copy)]
struct Cut {
    threads: usize,
    /// Rows of each piece, of the last one at most.
    length: usize,
    pieces: usize,
    rows: usize,
}

impl Cut {
    /// At least two pieces of about as many rows as `split` says; or none.
    fn new(split: Option<Split>, rows: usize) -> Option<Self> {
        let Split { threads, piece } = split?;
        let length = piece.max(rows.div_ceil(MOST)).max(1);
        let pieces = rows.div_ceil(length);
        (pieces > 1).then_some(Cut {
            threads,
            length,
            pieces,
            rows,
        })
    }

    fn piece(&self, index: usize) -> Range<usize> {
        let first = self.length * index;
        first..self.rows.min(first + self.length)
    }
}

/// How running totals are shared out, if that pays.
fn split_that_pays(workers: &impl Workers, rows: usize) -> Option<Split> {
    let most = rows / SHARE;
    if most < 2 {
        return None;
    }
    let threads = workers.threads().min(most).min(MOST);
    (threads > 1).then(|| Split {
        threads,
        piece: (rows / (PIECES_A_THREAD * threads)).max(SHARE),
    })
}

impl Column<'_> {
    /// [`Column::cumulative_sum`] on several threads.
    ///
    /// # Panics
    /// If there is not a result for each row.
    pub fn cumulative_sum_parallel(&self, workers: &impl Workers, results: &mut [f64]) {
        let split = split_that_pays(workers, self.rows);
        self.cumulative_sum_split(workers, split, results);
    }

    /// [`Column::cumulative_sum_parallel`], split in a given way.
    #[doc(hidden)]
    pub fn cumulative_sum_split(
        &self,
        workers: &impl Workers,
        split: Option<Split>,
        results: &mut [f64],
    ) {
        assert_eq!(self.len(), results.len(), "a result for each row");
        self.running_totals_split(
            workers,
            split,
            move |length| results.chunks_mut(length),
            |first, mut sum, results: &mut [f64]| {
                sum.add(&self.part(first..first + results.len()), results);
            },
        );
    }

    /// Running totals, wherever their places are: `cut` has these in pieces of as many rows,
    /// and `fill` fills a piece, from a row on, with the totals of what comes after a sum.
    #[doc(hidden)]
    pub fn running_totals<P: Send, I: Iterator<Item = P> + Send>(
        &self,
        workers: &impl Workers,
        cut: impl FnOnce(usize) -> I,
        fill: impl Fn(usize, CumulativeSum, P) + Sync,
    ) {
        let split = split_that_pays(workers, self.rows);
        self.running_totals_split(workers, split, cut, fill);
    }

    fn running_totals_split<P: Send, I: Iterator<Item = P> + Send>(
        &self,
        workers: &impl Workers,
        split: Option<Split>,
        cut: impl FnOnce(usize) -> I,
        fill: impl Fn(usize, CumulativeSum, P) + Sync,
    ) {
        let Some(pieces) = Cut::new(split, self.rows) else {
            for all in cut(self.rows.max(1)) {
                fill(0, CumulativeSum::new(), all);
            }
            return;
        };
        let mut sums: [_; MOST] = std::array::from_fn(|_| Accumulator::new());
        // Of the pieces before each one but the first.
        let sums = &mut sums[..pieces.pieces - 1];
        for_each_run(workers, pieces.threads, sums, |first, run| {
            for (index, sum) in run.iter_mut().enumerate() {
                sum.add_column(&self.part(pieces.piece(first + index)));
            }
        });
        let mut before = Accumulator::new();
        for sum in &mut *sums {
            sum.merge(&before);
            before.clone_from(sum);
        }
        let places = cut(pieces.length).enumerate();
        for_each(workers, pieces.threads, places, |(index, places)| {
            let before = index.checked_sub(1).map(|before| &sums[before]);
            let sum = before.map_or_else(CumulativeSum::new, CumulativeSum::after);
            fill(pieces.piece(index).start, sum, places);
        });
    }

    /// [`Column::cumulative_sum_i64`] on several threads.
    ///
    /// # Errors
    /// [`ValueError::NotIntegers`] for a column of floats.
    ///
    /// # Panics
    /// If there is not a result for each row.
    pub fn cumulative_sum_i64_parallel(
        &self,
        workers: &impl Workers,
        results: &mut [i64],
    ) -> Result<usize, ValueError> {
        let split = split_that_pays(workers, self.rows);
        self.cumulative_sum_i64_split(workers, split, results)
    }

    /// [`Column::cumulative_sum_i64_parallel`], split in a given way.
    ///
    /// # Errors
    /// Those of [`Column::cumulative_sum_i64`].
    #[doc(hidden)]
    pub fn cumulative_sum_i64_split(
        &self,
        workers: &impl Workers,
        split: Option<Split>,
        results: &mut [i64],
    ) -> Result<usize, ValueError> {
        assert_eq!(self.len(), results.len(), "a result for each row");
        let (done, _) = self.running_integers_split(
            workers,
            split,
            move |length| results.chunks_mut(length),
            |first, sum, results: &mut [i64]| {
                let rows = self.part(first..first + results.len());
                // They are integers.
                rows.continue_sum(sum, results).unwrap_or(0)
            },
        )?;
        Ok(done)
    }

    /// [`Column::running_totals`] of integers: `fill` returns how many results it has written,
    /// and leaves the last one in the sum. Returns how many there are in all, and the last.
    ///
    /// # Errors
    /// [`ValueError::NotIntegers`] for a column of floats.
    #[doc(hidden)]
    pub fn running_integers<P: Send, I: Iterator<Item = P> + Send>(
        &self,
        workers: &impl Workers,
        cut: impl FnOnce(usize) -> I,
        fill: impl Fn(usize, &mut i64, P) -> usize + Sync,
    ) -> Result<(usize, i64), ValueError> {
        let split = split_that_pays(workers, self.rows);
        self.running_integers_split(workers, split, cut, fill)
    }

    fn running_integers_split<P: Send, I: Iterator<Item = P> + Send>(
        &self,
        workers: &impl Workers,
        split: Option<Split>,
        cut: impl FnOnce(usize) -> I,
        fill: impl Fn(usize, &mut i64, P) -> usize + Sync,
    ) -> Result<(usize, i64), ValueError> {
        if !self.values.are_integers() {
            return Err(ValueError::NotIntegers);
        }
        let Some(pieces) = Cut::new(split, self.rows) else {
            let (mut done, mut sum) = (0, 0);
            for all in cut(self.rows.max(1)) {
                done = fill(0, &mut sum, all);
            }
            return Ok((done, sum));
        };
        let mut paths = [Path::default(); MOST];
        let paths = &mut paths[..pieces.pieces];
        for_each_run(workers, pieces.threads, paths, |first, run| {
            for (index, path) in run.iter_mut().enumerate() {
                *path = Path::of(&self.part(pieces.piece(first + index)));
            }
        });
        let mut before = [0; MOST];
        // The piece in which the totals end.
        let mut last = 0;
        for (index, path) in paths.iter().enumerate() {
            last = index;
            match path.end(before[index]) {
                Some(sum) if index + 1 < paths.len() => before[index + 1] = sum,
                Some(_) => {}
                None => break,
            }
        }
        let end = Mutex::new((0, 0));
        let places = cut(pieces.length).enumerate().take(last + 1);
        for_each(workers, pieces.threads, places, |(index, places)| {
            let (first, mut sum) = (pieces.piece(index).start, before[index]);
            let written = fill(first, &mut sum, places);
            if index == last {
                // Nothing panics while it is locked.
                *end.lock().unwrap_or_else(PoisonError::into_inner) = (first + written, sum);
            }
        });
        Ok(end.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Totals so far of integers, from 0 on: the least of them, the greatest, and the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Path {
    least: i128,
    greatest: i128,
    last: i128,
}

impl Path {
    /// Of integers of any type: there are fewer than 2^60, which are below 2^64 in size.
    fn of(column: &Column<'_>) -> Self {
        match column.values {
            Values::U64(_) => Self::of_blocks::<u64>(column, |value| value),
            _ => Self::of_blocks::<i64>(column, without_sign),
        }
    }

    /// `size` has as many bits as the integer, but for its sign.
    fn of_blocks<T: Number + Into<i128>>(column: &Column<'_>, size: impl Fn(T) -> u64) -> Self {
        let mut path = Path::default();
        T::for_each_block(Isa::best(), column, |_, present, values| {
            let sizes = values.iter().fold(0, |all, &value| all | size(value));
            let block = if u64::BITS - sizes.leading_zeros() < SHORT_BITS {
                Self::of_block(&present, values, |value| Into::<i128>::into(value) as i64)
            } else {
                Self::of_block(&present, values, Into::<i128>::into)
            };
            path.add(&block);
        });
        path
    }

    /// Of what is there, in a type that holds the totals.
    fn of_block<T: Copy, S>(present: &Present, values: &[T], integer: impl Fn(T) -> S) -> Self
    where
        S: Copy + Default + Ord + AddAssign + Into<i128>,
    {
        let [mut least, mut greatest, mut last] = [S::default(); 3];
        let all = present.are_all();
        for (row, &value) in values.iter().enumerate() {
            if all || present.has(row) {
                last += integer(value);
                least = least.min(last);
                greatest = greatest.max(last);
            }
        }
        Path {
            least: least.into(),
            greatest: greatest.into(),
            last: last.into(),
        }
    }

    /// Goes on with another one.
    fn add(&mut self, next: &Self) {
        self.least = self.least.min(self.last + next.least);
        self.greatest = self.greatest.max(self.last + next.greatest);
        self.last += next.last;
    }

    /// Where it ends if it begins at `first`, and all of it is within `i64`.
    fn end(&self, first: i64) -> Option<i64> {
        let from_first = |total: i128| i64::try_from(i128::from(first) + total).ok();
        from_first(self.least).and(from_first(self.greatest))?;
        from_first(self.last)
    }
}
