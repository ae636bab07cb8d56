//! Sums and means of the columns of a matrix in lanes.

use crate::batch::Statistic;
use crate::batch::window_results::{Division, NAN};
use crate::element::MaybeNan;
use crate::float::{BINARY64, with_sign};
use crate::layout::ONE;
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
    /// How many values of each lane count: for means.
    pub(super) counts: [u64; LANES],
}

impl LaneSums {
    /// For columns of which `count` values count, until [`LaneSums::counts`] says otherwise.
    pub(super) fn new(isa: Isa, count: usize) -> Self {
        let levels = PrefixLevels::LOWEST;
        LaneSums {
            isa,
            levels: None,
            current: levels,
            lanes: Lanes::new(levels),
            totals: [0; LANES],
            blocks: 0,
            negative_zeros: [false; LANES],
            counts: [count as u64; LANES],
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
        results: &mut [f64],
        of_zeros: impl Fn(usize) -> f64,
    ) {
        let single = self.blocks == 0;
        let is_sum = matches!(what, Statistic::Sum);
        let rounded = single && self.round(is_sum, results);
        if rounded && is_sum && !self.lanes.have_negative_zeros(results.len()) {
            return;
        }
        let division = Division::new();
        for (lane, result) in results.iter_mut().enumerate() {
            let negative_zeros = if single {
                self.lanes.has_negative_zeros(lane)
            } else {
                self.negative_zeros[lane]
            };
            if rounded && !MaybeNan::is_nan(*result) {
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
            *result = if total == 0 && negative_zeros {
                of_zeros(lane)
            } else {
                self.result(lane, total, is_sum, &division)
            };
        }
    }

    /// Has the lanes of the only block rounded, if they can be: to NaN where nothing counts.
    fn round(&self, is_sum: bool, results: &mut [f64]) -> bool {
        if is_sum {
            with_default_environment(|| self.lanes.rounded(self.isa, results));
            return true;
        }
        let mut counts = [0.0; LANES];
        let counts = &mut counts[..results.len()];
        self.isa
            .integers_to_doubles(&self.counts[..counts.len()], counts)
            && with_default_environment(|| self.lanes.means(self.isa, counts, results))
    }

    /// The sum or the mean of a lane, by integers: that of zeros is +0.0.
    fn result(&self, lane: usize, total: i128, is_sum: bool, division: &Division) -> f64 {
        let unit = self.current.unit as i32 - ONE as i32;
        let size = total.unsigned_abs();
        let (digits, by) = match (is_sum, self.counts[lane]) {
            (true, _) => (size, 0),
            (false, 0) => return NAN,
            (false, count) => division.by(count).quotient(size),
        };
        if digits == 0 {
            return 0.0;
        }
        with_sign(BINARY64.nearest_of_two_words(digits, unit + by), total < 0)
    }
}
