//! What was measured.

use crate::measure::Timing;

/// One race.
pub(crate) struct Row {
    /// What was done.
    pub(crate) operation: &'static str,
    /// How many values it was done to.
    pub(crate) values: usize,
    /// What values they were.
    pub(crate) data: &'static str,
    /// Everyone who was timed.
    pub(crate) timings: Vec<Timing>,
}

impl Row {
    /// What the whole work took someone, in nanoseconds.
    pub(crate) fn nanoseconds(&self, name: &str) -> Option<f64> {
        let timing = self.timings.iter().find(|timing| timing.name == name)?;
        Some(timing.nanoseconds)
    }

    /// How many times as fast one is as another.
    pub(crate) fn ratio(&self, fast: &str, slow: &str) -> Option<f64> {
        Some(self.nanoseconds(slow)? / self.nanoseconds(fast)?)
    }

    /// How many times as fast one is as the best of others.
    pub(crate) fn ratio_to_best(&self, fast: &str, others: &[&str]) -> Option<f64> {
        let ratios = others.iter().filter_map(|slow| self.ratio(fast, slow));
        ratios.min_by(f64::total_cmp)
    }

    /// Those who promised the exact answer and gave another than the first.
    pub(crate) fn wrong(&self) -> impl Iterator<Item = &str> {
        let wrong = self.timings.iter().filter(|timing| timing.wrong);
        wrong.map(|timing| timing.name.as_str())
    }
}
