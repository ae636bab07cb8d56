//! Sums of the columns of a matrix in lanes.

use crate::batch::Statistic;
use crate::float::{BINARY64, with_sign};
use crate::layout::ONE;
use crate::natural::{Quotient, words_of};
use crate::simd::{Isa, LANES, Lanes, PrefixLevels, with_default_environment};

/// Sums of columns in lanes, block by block.
pub(super) struct LaneSums {
    pub(super) isa: Isa,
    /// Those of the last sums that were exact.
    pub(super) levels: Option<PrefixLevels>,
    current: PrefixLevels,
    lanes: Lanes,
    /// What earlier blocks have added up to, in units of the levels, if there were such.
    totals: [i128; LANES],
    blocks: usize,
    negative_zeros: [bool; LANES],
}

impl LaneSums {
    pub(super) fn new(isa: Isa) -> Self {
        let levels = PrefixLevels::LOWEST;
        LaneSums {
            isa,
            levels: None,
            current: levels,
            lanes: Lanes::new(levels),
            totals: [0; LANES],
            blocks: 0,
            negative_zeros: [false; LANES],
        }
    }

    pub(super) fn begin(&mut self, levels: PrefixLevels) {
        self.current = levels;
        self.levels = None;
        self.blocks = 0;
        self.lanes.reset(levels);
    }

    pub(super) fn add<T: Copy + Into<f64>>(&mut self, rows: &[&[T]]) {
        with_default_environment(|| self.lanes.add(self.isa, rows));
    }

    /// Ends a block of at most [`PREFIX_STEPS`](crate::simd::PREFIX_STEPS) rows, the only one
    /// or one of several; whether all was exact.
    pub(super) fn end_block(&mut self, lanes: usize, is_last: bool) -> bool {
        if !self.lanes.are_exact(self.isa, lanes) {
            return false;
        }
        self.levels = Some(self.current);
        if is_last && self.blocks == 0 {
            return true;
        }
        for lane in 0..lanes {
            let before = if self.blocks == 0 {
                (0, false)
            } else {
                (self.totals[lane], self.negative_zeros[lane])
            };
            self.totals[lane] = before.0 + self.lanes.total(lane);
            self.negative_zeros[lane] = before.1 || self.lanes.has_negative_zeros(lane);
        }
        self.blocks += 1;
        self.lanes.reset(self.current);
        true
    }

    /// Adds each lane to that of its column.
    pub(super) fn fold(&mut self, columns: usize, width: usize) {
        for lane in columns..width {
            self.totals[lane % columns] += self.totals[lane];
            self.negative_zeros[lane % columns] |= self.negative_zeros[lane];
        }
    }

    /// The results; `of_zeros` has that of a lane with negative zeros whose sum is zero.
    pub(super) fn finish(
        &self,
        what: Statistic,
        count: usize,
        results: &mut [f64],
        of_zeros: impl Fn(usize) -> f64,
    ) {
        let single = self.blocks == 0;
        let is_sum = matches!(what, Statistic::Sum);
        if single && is_sum {
            with_default_environment(|| self.lanes.rounded(self.isa, results));
            let count = results.len();
            if !self.lanes.have_negative_zeros(count) {
                return;
            }
        }
        let unit = self.current.unit as i32 - ONE as i32;
        for (lane, result) in results.iter_mut().enumerate() {
            let negative_zeros = if single {
                self.lanes.has_negative_zeros(lane)
            } else {
                self.negative_zeros[lane]
            };
            if single && is_sum {
                if negative_zeros && result.to_bits() == 0 {
                    *result = of_zeros(lane);
                }
                continue;
            }
            let total = if single {
                self.lanes.total(lane)
            } else {
                self.totals[lane]
            };
            *result = if total == 0 {
                if negative_zeros { of_zeros(lane) } else { 0.0 }
            } else if is_sum {
                let bits = BINARY64.nearest_of_two_words(total.unsigned_abs(), unit);
                with_sign(bits, total < 0)
            } else {
                let quotient = Quotient::of(&words_of(total.unsigned_abs()), &[count as u64]);
                with_sign(quotient.nearest(&BINARY64, unit), total < 0)
            };
        }
    }
}
