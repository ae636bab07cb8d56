//! Adding columns to states.

use crate::column::elements::{Elements, of_any_type};
use crate::column::exact;
use crate::column::mask::{Present, ROWS};
use crate::column::read::{Block, Pairs};
use crate::column::view::Column;
use crate::element::{Bf16, Bool, F16, MaybeNan};
use crate::integers::{sum_i32, sum_i64, sum_u64};
use crate::layout::ONE;
use crate::moments::Moments;
use crate::simd::{self, Isa};
use crate::state::Stored;
use crate::sum::{Accumulator, Counter, ProductAccumulator};

impl Accumulator {
    /// Adds each element of a column.
    pub fn add_column(&mut self, values: &Column<'_>) {
        if values.is_repeated() && values.rows > 1 {
            merge_repeated(self, values.rows, |one| one.add_column(&values.part(0..1)));
            return;
        }
        of_any_type!(values.values, elements => self.add_elements(values, &elements));
    }

    /// Subtracts each element of a column: the exact inverse of
    /// [`Accumulator::add_column`].
    pub fn subtract_column(&mut self, values: &Column<'_>) {
        let mut part = Accumulator::new();
        part.add_column(values);
        self.unmerge(&part);
    }

    /// Adds a block of a column, with its doubles, which are zeros where nothing is.
    pub(crate) fn add_block(
        &mut self,
        isa: Isa,
        column: Column<'_>,
        doubles: Option<&[f64]>,
        block: &Block<'_>,
    ) {
        match doubles {
            Some(values) => {
                self.add_f64_on(isa, values);
                self.step::<false>(Counter::Values, block.count as i128 - values.len() as i128);
            }
            None => exact::add_integers(self, column, block),
        }
    }

    fn add_elements<T: Summand>(&mut self, column: &Column<'_>, elements: &Elements<'_, T>) {
        let isa = Isa::best();
        let skips_nan = column.skips_nan && T::HAS_NAN;
        if column.is_unmasked()
            && !skips_nan
            && let Some(values) = elements.in_place(column.first..column.first + column.rows)
        {
            T::add(self, values);
            return;
        }
        self.add_blocks(isa, column, elements, skips_nan);
    }

    #[inline(never)]
    fn add_blocks<T: Summand>(
        &mut self,
        isa: Isa,
        column: &Column<'_>,
        elements: &Elements<'_, T>,
        skips_nan: bool,
    ) {
        let mut room = [T::default(); ROWS];
        for first in (0..column.rows).step_by(ROWS) {
            let rows = first..column.rows.min(first.saturating_add(ROWS));
            let mut present = Present::all(rows.len());
            column.apply_mask(isa, rows.clone(), &mut present);
            if present.are_none() {
                continue;
            }
            let start = column.first + first;
            let in_place = elements.in_place(start..start + rows.len());
            let values = match in_place {
                Some(values) => values,
                None => {
                    elements.read(start, &mut room[..rows.len()]);
                    &room[..rows.len()]
                }
            };
            if skips_nan {
                present.skip_nan(isa, values);
            }
            if present.are_all() {
                T::add(self, values);
                continue;
            }
            // Zeros are nothing but counted.
            let count = present.count(isa);
            let (words, zero) = (present.words(), T::default());
            match in_place {
                Some(values) => isa.copy_present(words, values, zero, &mut room),
                None => isa.fill_absent(words, zero, &mut room[..rows.len()]),
            }
            T::add(self, &room[..rows.len()]);
            self.step::<false>(Counter::Values, count as i128 - rows.len() as i128);
        }
    }
}

/// Elements that an accumulator adds.
trait Summand: MaybeNan + Default {
    fn add(into: &mut Accumulator, values: &[Self]);
}

macro_rules! floats {
    ($($type:ty: $add:ident;)+) => {$(
        impl Summand for $type {
            fn add(into: &mut Accumulator, values: &[Self]) {
                into.$add(values);
            }
        }
    )+};
}

floats! {
    f64: add_f64;
    f32: add_f32;
}

/// Rows of types that become floats first.
macro_rules! halves {
    ($($type:ty: $widen:ident;)+) => {$(
        impl Summand for $type {
            fn add(into: &mut Accumulator, values: &[Self]) {
                let mut floats = [0.0; ROWS];
                for values in values.chunks(ROWS) {
                    let floats = &mut floats[..values.len()];
                    Isa::best().$widen(values, floats);
                    f32::add(into, floats);
                }
            }
        }
    )+};
}

halves! {
    F16: widen_f16;
    Bf16: widen_bf16;
}

/// Rows of integers and their sums.
macro_rules! integers {
    ($($type:ty: $values:ident => $sum:expr;)+) => {$(
        impl Summand for $type {
            fn add(into: &mut Accumulator, $values: &[Self]) {
                into.step::<false>(Counter::Values, $values.len() as i128);
                into.add_integer($sum, ONE);
            }
        }
    )+};
}

integers! {
    i8: values => simd::sum_i8(Isa::best(), values);
    i16: values => simd::sum_i16(Isa::best(), values);
    i32: values => sum_i32(values);
    i64: values => sum_i64(values);
    u8: values => simd::sum_u8(Isa::best(), values);
    u16: values => simd::sum_u16(Isa::best(), values);
    u32: values => simd::sum_u32(Isa::best(), values);
    u64: values => sum_u64(values) as i128;
    Bool: values => simd::sum_bool(Isa::best(), values);
}

impl ProductAccumulator {
    /// Adds the product of each element of `x` and the corresponding element of `y`.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn add_columns(&mut self, x: &Column<'_>, y: &Column<'_>) {
        self.add_pairs(&Pairs::new(*x, *y));
    }

    /// Subtracts each product: the exact inverse of [`ProductAccumulator::add_columns`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn subtract_columns(&mut self, x: &Column<'_>, y: &Column<'_>) {
        let mut part = ProductAccumulator::new();
        part.add_columns(x, y);
        self.unmerge(&part);
    }

    #[inline(never)]
    fn add_pairs(&mut self, pairs: &Pairs<'_>) {
        if let Some(one) = pairs.repeated() {
            merge_repeated(self, pairs.x.rows, |sum| sum.add_pairs(&one));
            return;
        }
        let isa = Isa::best();
        pairs.for_each(isa, [0.0; 2], |block| {
            let factors = [block.x, block.y];
            self.add_block_of_pairs(isa, pairs.both(), factors, &block);
        });
    }

    /// Adds the products of a block of columns, with their doubles, which are zeros where
    /// nothing is.
    pub(crate) fn add_block_of_pairs(
        &mut self,
        isa: Isa,
        columns: [Column<'_>; 2],
        doubles: [Option<&[f64]>; 2],
        block: &Block<'_>,
    ) {
        let [Some(x), Some(y)] = doubles else {
            exact::add_products(self, columns, block);
            return;
        };
        self.add_f64_on(isa, x, y);
        self.step::<false>(Counter::Values, block.count as i128 - x.len() as i128);
    }
}

impl Moments {
    /// Adds each element of a column.
    pub fn add_column(&mut self, values: &Column<'_>) {
        self.sum.add_column(values);
        self.squares.add_pairs(&Pairs::one(*values));
    }

    /// Subtracts each element of a column: the exact inverse of [`Moments::add_column`].
    pub fn subtract_column(&mut self, values: &Column<'_>) {
        let mut part = Moments::new();
        part.add_column(values);
        self.unmerge(&part);
    }
}

impl<'a> Pairs<'a> {
    /// The first row, if all rows are as it.
    pub(crate) fn repeated(&self) -> Option<Self> {
        let all_are_one = self.x.rows > 1 && self.both().iter().all(Column::is_repeated);
        all_are_one.then(|| self.first(1))
    }
}

/// Merges what `add` makes of an empty state, `times` times: by doubling.
pub(crate) fn merge_repeated<S: Stored + Clone>(
    into: &mut S,
    times: usize,
    add: impl FnOnce(&mut S),
) {
    let mut power = S::default();
    add(&mut power);
    let mut rest = times;
    while rest > 0 {
        if rest & 1 == 1 {
            into.merge(&power);
        }
        rest >>= 1;
        if rest > 0 {
            let half = power.clone();
            power.merge(&half);
        }
    }
}
