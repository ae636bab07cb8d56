//! Directions of rounding.

use std::cmp::Ordering;

/// How a decimal is rounded to fewer digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// To nearest, ties to the even digit. The default.
    #[default]
    HalfEven,
    /// To nearest, ties away from zero.
    HalfUp,
    /// Toward zero.
    Down,
    /// Away from zero.
    Up,
    /// Toward plus infinity.
    Ceiling,
    /// Toward minus infinity.
    Floor,
}

impl Rounding {
    /// Whether a number whose last kept digit is `odd` or not is rounded away from zero.
    /// `half` compares what is dropped, which is not zero, with half a unit.
    pub(super) fn is_away(self, negative: bool, odd: bool, half: Ordering) -> bool {
        match self {
            Rounding::HalfEven => half.is_gt() || (half.is_eq() && odd),
            Rounding::HalfUp => half.is_ge(),
            Rounding::Down => false,
            Rounding::Up => true,
            Rounding::Ceiling => !negative,
            Rounding::Floor => negative,
        }
    }
}
