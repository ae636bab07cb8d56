//! Adding columns of integers to decimals.

use crate::column::view::Column;
use crate::decimal::{Decimal, WideTotal};
use crate::error::ValueError;

impl Decimal {
    /// Adds each element of a column of integers, times 10^-`scale`, which is 342 at most;
    /// see [`Decimal::add_scaled`].
    ///
    /// # Errors
    /// [`ValueError::NotIntegers`] if the column is of another type, and
    /// [`ValueError::Overflow`] if its total is beyond 2^127: nothing is added then.
    pub fn add_column(&mut self, values: &Column<'_>, scale: u16) -> Result<(), ValueError> {
        self.take_column::<false>(values, scale)
    }

    /// Subtracts each element of a column: the inverse of [`Decimal::add_column`], except
    /// for the scale.
    ///
    /// # Errors
    /// Those of [`Decimal::add_column`].
    pub fn subtract_column(&mut self, values: &Column<'_>, scale: u16) -> Result<(), ValueError> {
        self.take_column::<true>(values, scale)
    }

    fn take_column<const SUBTRACT: bool>(
        &mut self,
        values: &Column<'_>,
        scale: u16,
    ) -> Result<(), ValueError> {
        let (total, count) = values.integer_total()?;
        self.add_total::<SUBTRACT>(total, count, scale);
        Ok(())
    }
}

impl WideTotal {
    /// Adds each element of a column of integers.
    ///
    /// # Errors
    /// Those of [`Decimal::add_column`].
    pub fn add_column(&mut self, values: &Column<'_>) -> Result<(), ValueError> {
        let (total, count) = values.integer_total()?;
        self.add_total(total, count);
        Ok(())
    }
}
