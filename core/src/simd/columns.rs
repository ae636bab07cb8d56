//! The loop of wide products, compiled once for each set of instructions.

use crate::float::{Binary, finite_parts};
use crate::simd::isa::{Isa, compiled};

/// Columns: a product begins in one of 64, and has three words.
pub(crate) const COLUMNS: usize = 66;

/// The sums of the products' words, each in its place of 64 bits.
pub(crate) type Columns = [i128; COLUMNS];

/// Pairs that are taken apart by vectors before their products are added one by one.
const GROUP: usize = 16;

/// What is no part of the columns.
#[derive(Clone, Copy, Default)]
pub(crate) struct Apart {
    /// How many of the products are -0.0.
    pub(crate) negative_zeros: u64,
    /// There are NaN or infinities, which were taken for zeros.
    pub(crate) specials: bool,
}

#[inline(always)]
fn fill(x: &[f64], y: &[f64], columns: &mut Columns) -> Apart {
    let mut apart = Apart::default();
    for (x, y) in x.chunks(GROUP).zip(y.chunks(GROUP)) {
        if let (Ok(x), Ok(y)) = (x.try_into(), y.try_into()) {
            fill_group(x, y, columns, &mut apart);
        } else {
            let mut padded = [[0.0; GROUP]; 2];
            padded[0][..x.len()].copy_from_slice(x);
            padded[1][..y.len()].copy_from_slice(y);
            fill_group(&padded[0], &padded[1], columns, &mut apart);
        }
    }
    apart
}

#[inline(always)]
fn fill_group(x: &[f64; GROUP], y: &[f64; GROUP], columns: &mut Columns, apart: &mut Apart) {
    // One array each, as vectors fill them.
    let mut significands = [[0_i64; GROUP]; 2];
    let mut positions = [0_u64; GROUP];
    let (mut negative_zeros, mut specials) = (0, false);
    for index in 0..GROUP {
        let bits = [x[index].to_bits(), y[index].to_bits()];
        let [x, y] = bits.map(finite_parts);
        let special = bits.map(|bits| f64::exponent(bits) == f64::SPECIAL);
        let special = special[0] | special[1];
        let zero = (x.0 == 0) | (y.0 == 0);
        let negative = (bits[0] ^ bits[1]) >> 63;
        negative_zeros += if zero & !special { negative } else { 0 };
        specials |= special;
        significands[0][index] = if special { 0 } else { x.0 };
        significands[1][index] = y.0;
        positions[index] = (x.1 + y.1) as u64;
    }
    apart.negative_zeros += negative_zeros;
    apart.specials |= specials;
    for index in 0..GROUP {
        let product = i128::from(significands[0][index]) * i128::from(significands[1][index]);
        let (first, shift) = (positions[index] / 64 % 64, positions[index] % 64);
        // Of the three words only the highest one has a sign.
        let lower = product << shift;
        let highest = product >> 1 >> (127 - shift);
        let [low, middle, high] = &mut columns[first as usize..][..3] else {
            continue;
        };
        *low += i128::from(lower as u64);
        *middle += i128::from((lower >> 64) as u64);
        *high += highest;
    }
}

impl Isa {
    /// Adds products to columns.
    pub(crate) fn fill_columns(self, x: &[f64], y: &[f64], columns: &mut Columns) -> Apart {
        assert_eq!(x.len(), y.len());
        compiled!(self, []
            fill(x: &[f64], y: &[f64], columns: &mut Columns) -> Apart)
    }
}
