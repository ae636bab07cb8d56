//! Products of numbers that are not doubles, one by one.

use crate::column::numbers::Exact;
use crate::column::read::Block;
use crate::column::view::Column;
use crate::layout::{ONE, ONE_OF_PRODUCTS};
use crate::products::special_product;
use crate::sum::{Accumulator, Counter, ExactSum, ProductAccumulator};

/// Numbers that are read at a time.
const PART: usize = 64;

/// Hands out the numbers of the rows of a block that are there, of each column.
pub(crate) fn for_each_pair(
    columns: [Column<'_>; 2],
    block: &Block<'_>,
    mut take: impl FnMut(Exact, Exact),
) {
    let mut rooms = [[Exact::default(); PART]; 2];
    let rows = block.rows.clone();
    for (part, first) in rows.clone().step_by(PART).enumerate() {
        let count = PART.min(rows.end - first);
        for (column, room) in columns.iter().zip(&mut rooms) {
            column.exact(first..first + count, &mut room[..count]);
        }
        let [x, y] = &rooms;
        for (index, (x, y)) in x.iter().zip(y).enumerate().take(count) {
            if block.present.has(PART * part + index) {
                take(*x, *y);
            }
        }
    }
}

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// Adds `size` times 2^`position` units, for a position that leaves a limb above.
    #[inline]
    pub(crate) fn add_product_of_sizes(&mut self, negative: bool, size: u128, position: usize) {
        for (half, up) in [(size as u64, 0), ((size >> 64) as u64, 64)] {
            if half != 0 {
                let half = i128::from(half);
                let half = if negative { -half } else { half };
                self.add_integer(half, position + up);
            }
        }
    }
}

/// Adds the products of the rows of a block that are there.
#[inline(never)]
pub(crate) fn add_products(
    into: &mut ProductAccumulator,
    columns: [Column<'_>; 2],
    block: &Block<'_>,
) {
    into.step::<false>(Counter::Values, block.count as i128);
    // Products of integers in halves of 64 bits, so that nothing is carried.
    let mut halves = [0_i128; 2];
    for_each_pair(columns, block, |x, y| {
        let negative = x.negative != y.negative;
        if !x.is_finite() || !y.is_finite() {
            let bits = special_product(x.like, y.like);
            into.count_special::<f64, false>(bits, 1);
            return;
        }
        let size = u128::from(x.size) * u128::from(y.size);
        if size == 0 {
            into.step::<false>(Counter::NegativeZeros, negative.into());
        } else if x.is_integer() && y.is_integer() {
            let signed = |half: u64| {
                if negative {
                    -i128::from(half)
                } else {
                    i128::from(half)
                }
            };
            halves[0] += signed(size as u64);
            halves[1] += signed((size >> 64) as u64);
        } else {
            into.add_product_of_sizes(negative, size, x.position + y.position);
        }
    });
    for (half, up) in halves.into_iter().zip([0, 64]) {
        into.add_integer(half, ONE_OF_PRODUCTS + up);
    }
}

/// Adds the integers of the rows of a block that are there.
#[inline(never)]
pub(crate) fn add_integers(into: &mut Accumulator, column: Column<'_>, block: &Block<'_>) {
    let mut total = 0;
    for_each_pair([column; 2], block, |number, _| {
        let size = i128::from(number.size);
        total += if number.negative { -size } else { size };
    });
    into.step::<false>(Counter::Values, block.count as i128);
    into.add_integer(total, ONE);
}
