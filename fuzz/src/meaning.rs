//! What a state means, by docs/saved-format.md alone: integers and counters.

use num_bigint::BigInt;
use num_traits::Signed;
use tally_core::ValueError;

use crate::support::decimals;

/// The content of a state of any kind. What its kind does not have is zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    /// In the kind's units.
    pub(crate) total: BigInt,
    /// In units of 2^-2148.
    pub(crate) squares: BigInt,
    /// Values, negative zeros, NaN, plus infinity, minus infinity.
    pub(crate) counters: [i64; 5],
    pub(crate) scale: i64,
}

impl Meaning {
    /// With another `times` times, -1 or 1; `None` if a counter leaves its range.
    pub(crate) fn merged(&self, other: &Self, times: i64) -> Option<Self> {
        let mut counters = [0; 5];
        for (index, counter) in counters.iter_mut().enumerate() {
            let sum = i128::from(self.counters[index])
                + i128::from(other.counters[index]) * i128::from(times);
            *counter = i64::try_from(sum)
                .ok()
                .filter(|&counter| counter != i64::MIN)?;
        }
        Some(Meaning {
            total: &self.total + &other.total * times,
            squares: &self.squares + &other.squares * times,
            counters,
            scale: self.scale.max(other.scale),
        })
    }

    /// The total where it is not finite; more out than in is an error.
    pub(crate) fn special(&self) -> Result<Option<f64>, ValueError> {
        match self.counters[2..] {
            [nan, plus, minus] if nan < 0 || plus < 0 || minus < 0 => {
                Err(ValueError::NegativeCount)
            }
            [0, 0, 0] => Ok(None),
            [0, _, 0] => Ok(Some(f64::INFINITY)),
            [0, 0, _] => Ok(Some(f64::NEG_INFINITY)),
            _ => Ok(Some(f64::NAN)),
        }
    }

    pub(crate) fn zero(&self) -> f64 {
        match self.counters[0] > 0 && self.counters[0] == self.counters[1] {
            true => -0.0,
            false => 0.0,
        }
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.total.is_negative() || (self.total == BigInt::ZERO && self.zero().is_sign_negative())
    }

    /// The same as a decimal.
    pub(crate) fn decimal(&self) -> decimals::Oracle {
        let [count, _, nan, plus, minus] = self.counters;
        decimals::Oracle {
            total: self.total.clone(),
            counters: [count, nan, plus, minus],
            scale: self.scale,
        }
    }
}
