//! Windows of products: the scale that a block is split at, which products it is for, and
//! what splitting finds.

use crate::simd::exponents::Exponents;
use crate::simd::window::{HEADROOM, Window};

/// The most levels of a sum.
pub(super) const MAX_DEPTH: usize = 3;

/// Exponents of products that as many levels are for, which are 2 or 3: a power of two, so
/// that some bits tell which ones.
pub(super) const fn binades(depth: usize) -> i32 {
    32 << (depth - 2)
}

/// A scale for products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ProductWindow {
    /// Rounded products are below 2^`end`.
    end: i32,
}

impl ProductWindow {
    /// From where the lowest unit of rests is 2^-1074, to where no total can be infinite.
    const ENDS: [i32; 2] = [-890, 1012];

    /// Exponents of products that a window is for at the most.
    pub(crate) const MAX_BINADES: usize = binades(3) as usize;

    /// The window of products up to 1, and some more.
    pub(crate) const OF_ONE: Self = Self { end: 4 };

    /// The window for products of which these are the exponent fields, and for somewhat
    /// larger ones if as many levels hold these too.
    pub(crate) fn for_exponents(fields: Exponents) -> Self {
        const MARGIN: i32 = 1;
        let end = fields.highest as i32 - 1022;
        let lowest = fields.lowest.min(fields.highest) as i32 - 1023;
        let room = [2, 3].map(|depth| lowest + binades(depth) - end);
        let room = room.into_iter().find(|room| *room >= 0).unwrap_or(0);
        let [first, last] = Self::ENDS;
        Self {
            end: (end + room.min(MARGIN)).clamp(first, last),
        }
    }

    /// How many levels are for products with these exponent fields, if there are as many.
    pub(crate) fn depth_for(self, fields: Exponents) -> Option<usize> {
        let lowest = |depth| (self.end - binades(depth) + 1023) as usize;
        let below = fields.highest < (self.end + 1023) as usize;
        [2, 3]
            .into_iter()
            .find(|&depth| below && fields.lowest >= lowest(depth))
    }

    /// The window of the rounded products.
    pub(crate) fn products(self) -> Window {
        Window {
            exponent: self.end + HEADROOM,
        }
    }

    /// The window of what the rounding leaves: at most half a unit of the largest.
    pub(crate) fn rests(self) -> Window {
        Window {
            exponent: self.end - 53 + HEADROOM,
        }
    }

    /// The window of the values whose squares the products are.
    pub(crate) fn values(self) -> Window {
        Window {
            exponent: (self.end + 1).div_euclid(2) + HEADROOM,
        }
    }

    /// The least product that as many levels are for.
    pub(super) fn least(self, depth: usize) -> f64 {
        f64::from_bits(((self.end - binades(depth) + 1023) as u64) << 52)
    }
}

/// What the kernel found in a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProductSums {
    /// The sum of each level in its unit, of the rounded products.
    pub(crate) products: [i64; MAX_DEPTH],
    /// Those of the rests, negated.
    pub(crate) negative_rests: [i64; MAX_DEPTH],
    /// Those of the values, if the products are squares.
    pub(crate) values: [i64; MAX_DEPTH],
    /// The levels are for all products. If not, the sums mean nothing, unless those that
    /// they are not for are zeros.
    pub(crate) inside: bool,
}
