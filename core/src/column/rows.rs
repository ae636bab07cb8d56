//! Rows one by one.

use crate::column::read::Pairs;
use crate::column::view::Column;
use crate::simd::Isa;

/// A row that counts.
pub struct Row<'b> {
    /// Which one of its column it is.
    pub index: usize,
    /// The doubles of a block of rows, and the place of this one; `None` if some are none.
    doubles: Option<&'b [f64]>,
    place: usize,
}

impl Row<'_> {
    /// Its number, if that is known to be a double.
    #[inline(always)]
    pub fn number(&self) -> Option<f64> {
        self.doubles.map(|doubles| doubles[self.place])
    }

    /// The number of the row that lies `rows` further on, if it has been read. Any number if
    /// that row does not count.
    #[inline(always)]
    pub fn number_ahead(&self, rows: usize) -> Option<f64> {
        self.doubles?.get(self.place + rows).copied()
    }
}

impl Column<'_> {
    /// Hands out the rows that count, in order, as long as that does not fail.
    ///
    /// # Errors
    /// That of `take`.
    #[doc(hidden)]
    pub fn try_for_each_row<E>(
        &self,
        mut take: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut outcome = Ok(());
        // It ends early where there is an error.
        let _ = Pairs::one(*self).try_for_each(Isa::best(), [0.0; 2], |block| {
            for place in block.present.iter() {
                outcome = take(&Row {
                    index: block.rows.start + place,
                    doubles: block.x,
                    place,
                });
                if outcome.is_err() {
                    return None;
                }
            }
            Some(())
        });
        outcome
    }
}
