//! Comparing totals, and the nearest double.

use std::cmp::Ordering;

use super::super::float::Special;
use super::super::value::ValueError;
use super::total::{Counter, Decimal};

impl Decimal {
    /// How the exact totals compare; `None` if one of them is NaN.
    pub fn compare(&self, other: &Decimal) -> Result<Option<Ordering>, ValueError> {
        let rank = |special| match special {
            None => Some(0),
            Some(Special::NegativeInfinity) => Some(-1),
            Some(Special::PositiveInfinity) => Some(1),
            Some(Special::Nan) => None,
        };
        let (Some(left), Some(right)) = (rank(self.special()?), rank(other.special()?)) else {
            return Ok(None);
        };
        Ok(Some(match left.cmp(&right) {
            Ordering::Equal if left == 0 => self.limbs.compare(&other.limbs),
            order => order,
        }))
    }

    /// What the total is, if it is no finite number.
    pub(super) fn special(&self) -> Result<Option<Special>, ValueError> {
        let [nan, positive, negative] = [
            Counter::Nan,
            Counter::PositiveInfinity,
            Counter::NegativeInfinity,
        ]
        .map(|counter| self.counter(counter));
        if nan < 0 || positive < 0 || negative < 0 {
            return Err(ValueError::NegativeCount);
        }
        Ok(match (nan, positive, negative) {
            (0, 0, 0) if self.lost => {
                let negative = self.limbs.is_negative();
                return Err(ValueError::Overflow { negative });
            }
            (0, 0, 0) => None,
            (0, _, 0) => Some(Special::PositiveInfinity),
            (0, 0, _) => Some(Special::NegativeInfinity),
            _ => Some(Special::Nan),
        })
    }
}
