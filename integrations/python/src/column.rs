//! Columns, and the functions of the library that take them.
//!
//! Each function here is one call: the library checks pointers, lengths and strides.

use std::ffi::c_int;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

use tally_c::api::columns::{self, TALLY_BYTE_MASK, TALLY_SKIP_NAN, tally_column, tally_type};
use tally_c::api::{axes, batches, statistics, sums, windows};

pub(crate) use tally_c::api::batches::tally_statistic as Statistic;
pub(crate) use tally_c::api::columns::tally_type as Kind;

use crate::error::{Outcome, outcome};

/// The size of an element in bytes.
pub(crate) fn size_of_kind(kind: Kind) -> usize {
    use tally_type::*;
    match kind {
        TALLY_F64 | TALLY_I64 | TALLY_U64 => 8,
        TALLY_F32 | TALLY_I32 | TALLY_U32 => 4,
        TALLY_F16 | TALLY_BF16 | TALLY_I16 | TALLY_U16 => 2,
        TALLY_I8 | TALLY_U8 | TALLY_BOOL => 1,
    }
}

pub(crate) fn is_float(kind: Kind) -> bool {
    use tally_type::*;
    matches!(kind, TALLY_F64 | TALLY_F32 | TALLY_F16 | TALLY_BF16)
}

/// A Rust type of element.
pub(crate) trait Element: Copy {
    const KIND: Kind;
}

impl Element for f64 {
    const KIND: Kind = Kind::TALLY_F64;
}

impl Element for i64 {
    const KIND: Kind = Kind::TALLY_I64;
}

/// A byte for each of some elements, 0 for one that is left out.
#[derive(Clone, Copy)]
pub(crate) struct Mask<'a> {
    first: *const u8,
    count: usize,
    memory: PhantomData<&'a [u8]>,
}

impl<'a> Mask<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        // SAFETY: a slice.
        unsafe { Self::new(bytes.as_ptr(), bytes.len()) }
    }

    /// # Safety
    /// `count` bytes are readable from `first` on, during `'a`.
    pub(crate) unsafe fn new(first: *const u8, count: usize) -> Self {
        let memory = PhantomData;
        Self {
            first,
            count,
            memory,
        }
    }

    /// Appends 0 or 1 for each element.
    pub(crate) fn append_to(&self, bytes: &mut Vec<u8>) {
        bytes.extend((0..self.count).map(|place| {
            // SAFETY: one of the bytes that are readable.
            u8::from(unsafe { self.first.add(place).read() } != 0)
        }));
    }
}

/// Values in memory that lives for `'a`.
#[derive(Clone, Copy)]
pub(crate) struct Column<'a> {
    raw: tally_column,
    memory: PhantomData<&'a [u8]>,
}

// SAFETY: a column only reads, and its memory is valid for `'a` on any thread.
unsafe impl Send for Column<'_> {}
// SAFETY: as above.
unsafe impl Sync for Column<'_> {}

impl<'a> Column<'a> {
    pub(crate) fn of<T: Element>(values: &'a [T]) -> Self {
        let (first, count) = (values.as_ptr().cast(), values.len());
        // SAFETY: the elements of a slice lie side by side.
        unsafe { Self::new(T::KIND, first, count, size_of::<T>() as isize) }
    }

    /// One value, `count` times.
    pub(crate) fn repeated<T: Element>(value: &'a T, count: usize) -> Self {
        // SAFETY: with the stride 0 there is one element.
        unsafe { Self::new(T::KIND, (&raw const *value).cast(), count, 0) }
    }

    /// `count` elements, the first at `first`, each `stride` bytes after the one before.
    ///
    /// # Safety
    /// They are readable during `'a`.
    pub(crate) unsafe fn new(kind: Kind, first: *const u8, count: usize, stride: isize) -> Self {
        let raw = tally_column {
            size: size_of::<tally_column>(),
            r#type: MaybeUninit::new(kind),
            flags: 0,
            values: first.cast(),
            count,
            stride,
            validity: null(),
            offset: 0,
        };
        let memory = PhantomData;
        Self { raw, memory }
    }

    /// A column that the library has described.
    ///
    /// # Safety
    /// Its elements are readable during `'a`.
    pub(crate) unsafe fn from_raw(raw: tally_column) -> Self {
        let memory = PhantomData;
        Self { raw, memory }
    }

    pub(crate) fn len(&self) -> usize {
        self.raw.count
    }

    /// The same, NaN skipped.
    pub(crate) fn skip_nan(mut self, skip: bool) -> Self {
        if skip {
            self.raw.flags |= TALLY_SKIP_NAN;
        }
        self
    }

    /// The same, without the elements whose byte in `mask` is 0.
    pub(crate) fn masked(mut self, mask: Option<Mask<'a>>) -> Self {
        if let Some(mask) = mask {
            self.set_mask(mask, self.raw.count);
        }
        self
    }

    /// `mask` has a byte for each of `count` elements at least.
    fn set_mask(&mut self, mask: Mask<'a>, count: usize) {
        assert!(mask.count >= count);
        self.raw.flags |= TALLY_BYTE_MASK;
        self.raw.validity = mask.first;
        self.raw.offset = 0;
    }

    /// For a library call.
    pub(crate) fn raw(&self) -> *const tally_column {
        &raw const self.raw
    }
}

/// A double that the library writes through a pointer.
fn answer(call: impl FnOnce(*mut f64) -> tally_c::boundary::status::tally_status) -> Outcome<f64> {
    let mut result = 0.0;
    match outcome(call(&raw mut result)) {
        Ok(()) => Ok(result),
        Err(failure) => Err(failure.with_value(result)),
    }
}

/// The exact sum of 64-bit integers.
pub(crate) fn sum_wide(values: &[i64]) -> Outcome<i128> {
    let (mut high, mut low) = (0_i64, 0_u64);
    // SAFETY: a slice, and places for the result.
    outcome(unsafe {
        sums::tally_sum_i64_wide(values.as_ptr(), values.len(), &raw mut high, &raw mut low)
    })?;
    Ok((i128::from(high) << 64) + i128::from(low))
}

/// A statistic of one column.
#[inline]
pub(crate) fn statistic(what: Statistic, ddof: usize, values: &Column<'_>) -> Outcome<f64> {
    use columns::*;
    let column = values.raw();
    // SAFETY: a column of readable memory, and a place for the result.
    answer(|to| unsafe {
        match what {
            Statistic::TALLY_SUM => tally_column_sum(column, to),
            Statistic::TALLY_MEAN => tally_column_mean(column, to),
            Statistic::TALLY_VARIANCE => tally_column_variance(column, ddof, to),
            Statistic::TALLY_STANDARD_DEVIATION => {
                tally_column_standard_deviation(column, ddof, to)
            }
            Statistic::TALLY_NORM => tally_column_norm(column, to),
            Statistic::TALLY_COUNT => {
                let mut count = 0;
                let status = tally_column_count(column, &raw mut count, null_mut());
                *to = count as f64;
                status
            }
        }
    })
}

/// A statistic of doubles that lie side by side: no column is made.
#[inline]
pub(crate) fn statistic_f64(what: Statistic, ddof: usize, values: &[f64]) -> Outcome<f64> {
    use statistics::*;
    let (first, count) = (values.as_ptr(), values.len());
    // SAFETY: a slice, and a place for the result.
    answer(|to| unsafe {
        match what {
            Statistic::TALLY_SUM => sums::tally_sum_f64(first, count, to),
            Statistic::TALLY_MEAN => tally_mean_f64(first, count, to),
            Statistic::TALLY_VARIANCE => tally_variance_f64(first, count, ddof, to),
            Statistic::TALLY_STANDARD_DEVIATION => {
                tally_standard_deviation_f64(first, count, ddof, to)
            }
            Statistic::TALLY_NORM => tally_norm_f64(first, count, to),
            Statistic::TALLY_COUNT => {
                *to = count as f64;
                tally_c::boundary::status::tally_status::TALLY_OK
            }
        }
    })
}

/// How many elements count.
pub(crate) fn count(values: &Column<'_>) -> Outcome<usize> {
    let mut count = 0;
    // SAFETY: a column of readable memory, and a place for the result.
    outcome(unsafe { columns::tally_column_count(values.raw(), &raw mut count, null_mut()) })?;
    Ok(count)
}

/// The exact sum of a column of integers.
pub(crate) fn sum_i64(values: &Column<'_>) -> Outcome<i64> {
    let mut total = 0;
    // SAFETY: a column of readable memory, and a place for the result.
    outcome(unsafe { columns::tally_column_sum_i64(values.raw(), &raw mut total) })?;
    Ok(total)
}

/// A statistic of a pair of columns.
#[derive(Clone, Copy)]
pub(crate) enum OfPair {
    Dot,
    WeightedMean,
    Covariance(usize),
    Correlation,
}

/// A number of a pair of columns.
pub(crate) fn of_pair(what: OfPair, x: &Column<'_>, y: &Column<'_>) -> Outcome<f64> {
    use columns::*;
    let (x, y) = (x.raw(), y.raw());
    // SAFETY: columns of readable memory, and a place for the result.
    answer(|to| unsafe {
        match what {
            OfPair::Dot => tally_column_dot(x, y, to),
            OfPair::WeightedMean => tally_column_weighted_mean(x, y, to),
            OfPair::Covariance(ddof) => tally_column_covariance(x, y, ddof, to),
            OfPair::Correlation => tally_column_correlation(x, y, to),
        }
    })
}

/// The slope, the intercept and the coefficient of determination of a line; the last is
/// NaN where all of `y` are equal.
pub(crate) fn linear_fit(x: &Column<'_>, y: &Column<'_>) -> Outcome<[f64; 3]> {
    let mut line = [0.0, 0.0, f64::NAN];
    let [slope, intercept, r_squared] = &mut line;
    // SAFETY: columns of readable memory, and places for the results.
    outcome(unsafe {
        let (slope, intercept) = (&raw mut *slope, &raw mut *intercept);
        columns::tally_column_linear_fit(x.raw(), y.raw(), slope, intercept, null_mut())
    })?;
    // SAFETY: as above.
    let rest = outcome(unsafe {
        let r_squared = &raw mut *r_squared;
        columns::tally_column_linear_fit(x.raw(), y.raw(), null_mut(), null_mut(), r_squared)
    });
    match rest {
        Err(failure) if failure.is_overflow() => Err(failure),
        _ => Ok(line),
    }
}

/// The rows of a matrix in memory that lives for `'a`.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    first: Column<'a>,
    count: usize,
    stride: isize,
}

impl<'a> Rows<'a> {
    /// `count` rows: the first one, and others each `stride` bytes after the one before.
    ///
    /// # Safety
    /// The elements of all rows are readable during `'a`.
    pub(crate) unsafe fn new(first: Column<'a>, count: usize, stride: isize) -> Self {
        Self {
            first,
            count,
            stride,
        }
    }

    /// The same, without the elements whose byte in `mask` is 0: row by row.
    pub(crate) fn masked(mut self, mask: Option<Mask<'a>>) -> Self {
        if let Some(mask) = mask {
            let count = self.first.len().checked_mul(self.count);
            self.first.set_mask(mask, count.unwrap_or(usize::MAX));
        }
        self
    }

    /// A statistic of each column (`axis` 0), or of each row (`axis` 1).
    pub(crate) fn statistic(
        &self,
        what: Statistic,
        ddof: usize,
        axis: c_int,
        results: &mut [f64],
    ) -> Outcome<()> {
        let expected = if axis == 0 {
            self.first.len()
        } else {
            self.count
        };
        assert_eq!(results.len(), expected);
        let (first, to) = (self.first.raw(), results.as_mut_ptr());
        let what = MaybeUninit::new(what);
        // SAFETY: readable rows, by the contract of `new`; room for all results.
        outcome(unsafe { axes::tally_axis(first, self.count, self.stride, axis, what, ddof, to) })
    }
}

/// A statistic of the window of each row.
pub(crate) fn rolling(
    what: Statistic,
    ddof: usize,
    values: &Column<'_>,
    window: usize,
    min_count: usize,
    results: &mut [f64],
) -> Outcome<()> {
    assert_eq!(results.len(), values.len());
    // SAFETY: a column of readable memory, and room for all results.
    outcome(unsafe {
        windows::tally_rolling(
            values.raw(),
            window,
            min_count,
            MaybeUninit::new(what),
            ddof,
            results.as_mut_ptr(),
        )
    })
}

/// Running totals as doubles.
pub(crate) fn cumulative_sum(values: &Column<'_>, results: &mut [f64]) -> Outcome<()> {
    assert_eq!(results.len(), values.len());
    // SAFETY: a column of readable memory, and room for all results.
    outcome(unsafe { windows::tally_cumulative_sum(values.raw(), results.as_mut_ptr()) })
}

/// Running totals of integers; returns how many were written before one that does not fit.
pub(crate) fn cumulative_sum_i64(values: &Column<'_>, results: &mut [i64]) -> (Outcome<()>, usize) {
    assert_eq!(results.len(), values.len());
    let mut done = 0;
    // SAFETY: a column of readable memory, and room for all results.
    let status = unsafe {
        windows::tally_cumulative_sum_i64(values.raw(), results.as_mut_ptr(), &raw mut done)
    };
    (outcome(status), done)
}

/// A statistic of each group.
pub(crate) fn group(
    what: Statistic,
    ddof: usize,
    values: &Column<'_>,
    groups: &Column<'_>,
    results: &mut [f64],
) -> Outcome<()> {
    let (count, to) = (results.len(), results.as_mut_ptr());
    let what = MaybeUninit::new(what);
    let (values, groups) = (values.raw(), groups.raw());
    // SAFETY: columns of readable memory, and room for `count` results.
    outcome(unsafe { batches::tally_group(values, groups, count, what, ddof, to) })
}

/// The exact sum of each group of integers.
pub(crate) fn group_sum_i64(
    values: &Column<'_>,
    groups: &Column<'_>,
    results: &mut [i64],
) -> Outcome<()> {
    let (count, to) = (results.len(), results.as_mut_ptr());
    // SAFETY: columns of readable memory, and room for `count` results.
    outcome(unsafe {
        batches::tally_group_sum_i64(values.raw(), groups.raw(), count, to, null_mut())
    })
}
