//! The root of a sum of squares.

use crate::error::ValueError;
use crate::float::{BINARY64, CANONICAL_NAN, infinity};
use crate::layout::ONE_OF_PRODUCTS;
use crate::natural::Quotient;
use crate::sum::ProductAccumulator;
use crate::sum::value::{Total, positive};

/// The unit of a product.
const UNIT: i32 = -(ONE_OF_PRODUCTS as i32);

impl ProductAccumulator {
    /// The square root of the total, as the nearest `f64`.
    pub(crate) fn root_f64(&self) -> Result<f64, ValueError> {
        match self.total()? {
            Total::Nan => Ok(f64::from_bits(CANONICAL_NAN)),
            Total::Infinite { negative: false } => Ok(infinity(false)),
            Total::Finite(total) if !total.negative || total.is_zero() => {
                let square = Quotient::of(&total.magnitude, &[1]);
                positive(square.square_root().nearest(&BINARY64, UNIT / 2))
            }
            _ => Err(ValueError::Impossible),
        }
    }
}
