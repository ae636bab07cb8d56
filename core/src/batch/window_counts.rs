//! The numbers of rows that count in each window, by masks and a search for NaN.

use crate::batch::put_counts;
use crate::batch::window_results::NAN;
use crate::column::Column;
use crate::column::mask::Present;
use crate::simd::Isa;

/// Results that are counted at a time.
const PART: usize = 256;

/// How much counts in a window that moves.
pub(super) struct WindowCounts {
    pub(super) count: u64,
    /// The least count that is a result.
    pub(super) min_count: u64,
}

impl WindowCounts {
    /// Lets rows enter one by one, as many as there are results; before each one of `leaving`
    /// leaves, if there is that.
    #[inline(never)]
    pub(super) fn roll(
        &mut self,
        isa: Isa,
        entering: &Column<'_>,
        leaving: Option<&Column<'_>>,
        results: &mut [f64],
    ) {
        let mut counts = [0; PART];
        for (index, results) in results.chunks_mut(PART).enumerate() {
            let first = PART * index;
            let rows = first..first + results.len();
            let counts = &mut counts[..results.len()];
            let come = entering.present(isa, rows.clone());
            let gone = leaving.map(|leaving| leaving.present(isa, rows));
            let all_come = come.are_all();
            let all_the_time = all_come && gone.as_ref().is_some_and(Present::are_all);
            if all_the_time {
                counts.fill(self.count);
            } else {
                for (word, counts) in counts.chunks_mut(64).enumerate() {
                    let come = come.words()[word];
                    let gone = gone.as_ref().map_or(0, |gone| gone.words()[word]);
                    for (bit, count) in counts.iter_mut().enumerate() {
                        self.count -= gone >> bit & 1;
                        self.count += come >> bit & 1;
                        *count = self.count;
                    }
                }
            }
            put_counts(isa, counts, results);
            if self.min_count > 0 {
                for (result, &count) in results.iter_mut().zip(&*counts) {
                    if count < self.min_count {
                        *result = NAN;
                    }
                }
            }
        }
    }
}
