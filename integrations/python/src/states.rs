//! The states of the library: sums in progress, as safe Rust values.

use std::ffi::{c_char, c_int};
use std::mem::MaybeUninit;
use std::ptr::null_mut;

use tally_c::api::accumulator::*;
use tally_c::api::add_text::*;
use tally_c::api::arrow::*;
use tally_c::api::decimal::*;
use tally_c::api::decimal_add::*;
use tally_c::api::decimal_value::*;
use tally_c::api::moments::*;
use tally_c::api::product_accumulator::*;
use tally_c::api::small_accumulator::*;
use tally_c::boundary::status::tally_status;

use crate::arrow::{AddsArrow, Chunk};
use crate::column::Column;
use crate::error::{Failure, Outcome, outcome};

pub(crate) use tally_c::api::decimal_value::tally_rounding as Rounding;

/// The common interface of all states.
pub(crate) trait State: Clone + Default + PartialEq + Send + Sized + 'static {
    /// Adds everything that `from` holds.
    fn merge(&mut self, from: &Self) -> Outcome<()>;
    /// Subtracts everything that `from` holds.
    fn unmerge(&mut self, from: &Self) -> Outcome<()>;
    fn count(&self) -> Outcome<i64>;
    /// The numbers of NaN, positive infinities and negative infinities.
    fn special_counts(&self) -> Outcome<[i64; 3]>;
    fn save(&self) -> Outcome<Vec<u8>>;
    /// Writes the saved form into `room` and returns its length.
    fn save_to(&self, room: &mut [u8]) -> Outcome<usize>;
    fn load(bytes: &[u8]) -> Outcome<Self>;
}

/// The text or bytes that `write(buffer, size, needed)` writes; the length is asked for
/// first.
fn written<T: Clone + Default>(
    write: impl Fn(*mut T, usize, *mut usize) -> tally_status,
    spare: usize,
) -> Outcome<Vec<T>> {
    let mut needed = 0;
    outcome(write(null_mut(), 0, &raw mut needed))?;
    let mut buffer = vec![T::default(); needed + spare];
    outcome(write(buffer.as_mut_ptr(), buffer.len(), &raw mut needed))?;
    buffer.truncate(needed);
    Ok(buffer)
}

fn written_text(write: impl Fn(*mut c_char, usize, *mut usize) -> tally_status) -> Outcome<String> {
    // One byte more, for the NUL.
    let text = written(write, 1)?;
    Ok(text
        .into_iter()
        .map(|byte| char::from(byte as u8))
        .collect())
}

macro_rules! states {
    ($(
        $(#[$attribute:meta])*
        $state:ident: $raw:ident, $words:literal,
        $merge:ident $unmerge:ident $count:ident $special:ident $save:ident $load:ident;
    )+) => {$(
        $(#[$attribute])*
        #[derive(Clone)]
        pub(crate) struct $state($raw);

        impl Default for $state {
            fn default() -> Self {
                Self($raw { opaque: [0; $words] })
            }
        }

        impl PartialEq for $state {
            fn eq(&self, other: &Self) -> bool {
                self.0.opaque == other.0.opaque
            }
        }

        impl State for $state {
            fn merge(&mut self, from: &Self) -> Outcome<()> {
                // SAFETY: two states.
                outcome(unsafe { $merge(&raw mut self.0, &raw const from.0) })
            }

            fn unmerge(&mut self, from: &Self) -> Outcome<()> {
                // SAFETY: two states.
                outcome(unsafe { $unmerge(&raw mut self.0, &raw const from.0) })
            }

            fn count(&self) -> Outcome<i64> {
                let mut count = 0;
                // SAFETY: a state, and a place for the result.
                outcome(unsafe { $count(&raw const self.0, &raw mut count) })?;
                Ok(count)
            }

            fn special_counts(&self) -> Outcome<[i64; 3]> {
                let mut counts = [0; 3];
                let [nan, positive, negative] = &mut counts;
                let (nan, positive, negative) = (&raw mut *nan, &raw mut *positive, &raw mut *negative);
                // SAFETY: a state, and places for the results.
                outcome(unsafe { $special(&raw const self.0, nan, positive, negative) })?;
                Ok(counts)
            }

            fn save(&self) -> Outcome<Vec<u8>> {
                // SAFETY: a state, and a buffer of the size given.
                written(|to: *mut u8, size, needed| unsafe {
                    $save(&raw const self.0, to.cast(), size, needed)
                }, 0)
            }

            fn save_to(&self, room: &mut [u8]) -> Outcome<usize> {
                let (mut needed, to) = (0, room.as_mut_ptr().cast());
                // SAFETY: a state, and a buffer of the size given.
                outcome(unsafe { $save(&raw const self.0, to, room.len(), &raw mut needed) })?;
                Ok(needed)
            }

            fn load(bytes: &[u8]) -> Outcome<Self> {
                let mut state = Self::default();
                // SAFETY: a slice, and a state.
                outcome(unsafe { $load(bytes.as_ptr().cast(), bytes.len(), &raw mut state.0) })?;
                Ok(state)
            }
        }
    )+};
}

states! {
    /// A sum in progress.
    Accumulator: tally_accumulator, 40,
        tally_accumulator_merge tally_accumulator_unmerge tally_accumulator_count
        tally_accumulator_special_counts tally_accumulator_save tally_accumulator_load;
    /// A sum in progress that takes less memory and time; a sum that does not fit is refused.
    SmallSum: tally_small_accumulator, 8,
        tally_small_accumulator_merge tally_small_accumulator_unmerge
        tally_small_accumulator_count tally_small_accumulator_special_counts
        tally_small_accumulator_save tally_small_accumulator_load;
    /// Sums of values and of their squares.
    Moments: tally_moments, 107,
        tally_moments_merge tally_moments_unmerge tally_moments_count
        tally_moments_special_counts tally_moments_save tally_moments_load;
    /// A sum of products in progress.
    Products: tally_product_accumulator, 73,
        tally_product_accumulator_merge tally_product_accumulator_unmerge
        tally_product_accumulator_count tally_product_accumulator_special_counts
        tally_product_accumulator_save tally_product_accumulator_load;
    /// A sum of decimals in progress.
    DecimalSum: tally_decimal, 44,
        tally_decimal_merge tally_decimal_unmerge tally_decimal_count
        tally_decimal_special_counts tally_decimal_save tally_decimal_load;
}

/// Statistics that are one number.
macro_rules! answers {
    ($state:ident { $($(#[$attribute:meta])* $name:ident($($argument:ident: $type:ty),*) = $call:ident;)+ }) => {
        impl $state {$(
            $(#[$attribute])*
            pub(crate) fn $name(&self $(, $argument: $type)*) -> Outcome<f64> {
                let mut result = 0.0;
                // SAFETY: a state, and a place for the result.
                let status = unsafe { $call(&raw const self.0 $(, $argument)*, &raw mut result) };
                outcome(status).map_err(|failure| failure.with_value(result))?;
                Ok(result)
            }
        )+}
    };
}

answers!(Accumulator {
    value() = tally_accumulator_value_f64;
    mean() = tally_accumulator_mean_f64;
    /// The distance of another total in units in the last place.
    error(candidate: f64) = tally_accumulator_error_f64;
});
answers!(SmallSum {
    value() = tally_small_accumulator_value_f64;
    mean() = tally_small_accumulator_mean_f64;
});
answers!(Moments {
    sum() = tally_moments_sum_f64;
    mean() = tally_moments_mean_f64;
    variance(ddof: usize) = tally_moments_variance_f64;
    standard_deviation(ddof: usize) = tally_moments_standard_deviation_f64;
    norm() = tally_moments_norm_f64;
});
answers!(Products {
    value() = tally_product_accumulator_value_f64;
    mean() = tally_product_accumulator_mean_f64;
    error(candidate: f64) = tally_product_accumulator_error_f64;
});
answers!(DecimalSum {
    value_f64() = tally_decimal_value_f64;
});

/// Digits after the point: all of them.
pub(crate) const ALL_DIGITS: c_int = -1;
/// Digits after the point: as many as the values were written with.
pub(crate) const AS_WRITTEN: c_int = -2;

/// A state that takes values one by one.
macro_rules! takes_values {
    ($state:ident: $add:ident, $add_one:ident, $add_text:ident) => {
        impl $state {
            pub(crate) fn add(&mut self, values: &Column<'_>) -> Outcome<()> {
                // SAFETY: a state, and a column of readable memory.
                outcome(unsafe { $add(&raw mut self.0, values.raw()) })
            }

            pub(crate) fn add_one(&mut self, value: f64) -> Outcome<()> {
                // SAFETY: a state.
                outcome(unsafe { $add_one(&raw mut self.0, value) })
            }

            /// Adds the one number in a text: integers exactly.
            pub(crate) fn add_number(&mut self, text: &str) -> Outcome<()> {
                let (mut consumed, mut values) = (0, 0);
                let (first, size) = (text.as_ptr().cast(), text.len());
                let separator = b'\n' as c_char;
                // SAFETY: a state, a text, and places for the results.
                outcome(unsafe {
                    let (consumed, values) = (&raw mut consumed, &raw mut values);
                    $add_text(&raw mut self.0, first, size, separator, 1, consumed, values)
                })
            }
        }
    };
}
takes_values!(Accumulator: tally_accumulator_add, tally_accumulator_add_one_f64, tally_accumulator_add_text);
takes_values!(Moments: tally_moments_add, tally_moments_add_one_f64, tally_moments_add_text);

impl SmallSum {
    pub(crate) fn add(&mut self, values: &Column<'_>) -> Outcome<()> {
        // SAFETY: a state, and a column of readable memory.
        outcome(unsafe { tally_small_accumulator_add(&raw mut self.0, values.raw()) })
    }
}

impl Accumulator {
    pub(crate) fn value_i128(&self) -> Outcome<i128> {
        let (mut high, mut low) = (0_i64, 0_u64);
        // SAFETY: a state, and places for the result.
        outcome(unsafe {
            tally_accumulator_value_i128(&raw const self.0, &raw mut high, &raw mut low)
        })?;
        Ok((i128::from(high) << 64) + i128::from(low))
    }

    pub(crate) fn text(&self, digits: c_int) -> Outcome<String> {
        // SAFETY: a state, and a buffer of the size given.
        written_text(|to, size, needed| unsafe {
            tally_accumulator_value_text(&raw const self.0, digits, to, size, needed)
        })
    }
}

impl Products {
    pub(crate) fn add(&mut self, x: &Column<'_>, y: &Column<'_>) -> Outcome<()> {
        // SAFETY: a state, and columns of readable memory.
        outcome(unsafe { tally_product_accumulator_add(&raw mut self.0, x.raw(), y.raw()) })
    }

    /// The total of products of integers.
    pub(crate) fn value_i128(&self) -> Outcome<i128> {
        self.text(0)?.parse().map_err(|_| {
            Failure::new(
                tally_status::TALLY_OVERFLOW,
                "the total has more than 128 bits",
            )
        })
    }

    pub(crate) fn text(&self, digits: c_int) -> Outcome<String> {
        // SAFETY: a state, and a buffer of the size given.
        written_text(|to, size, needed| unsafe {
            tally_product_accumulator_value_text(&raw const self.0, digits, to, size, needed)
        })
    }

    pub(crate) fn weighted_mean(&self, weights: &Accumulator) -> Outcome<f64> {
        let (mut mean, weights) = (0.0, &raw const weights.0);
        // SAFETY: two states, and a place for the result.
        outcome(unsafe {
            tally_product_accumulator_weighted_mean_f64(&raw const self.0, weights, &raw mut mean)
        })?;
        Ok(mean)
    }

    pub(crate) fn covariance(&self, x: &Moments, y: &Moments, ddof: usize) -> Outcome<f64> {
        let (mut result, products) = (0.0, &raw const self.0);
        let (x, y) = (&raw const x.0, &raw const y.0);
        // SAFETY: three states, and a place for the result.
        outcome(unsafe { tally_moments_covariance_f64(x, y, products, ddof, &raw mut result) })?;
        Ok(result)
    }

    pub(crate) fn correlation(&self, x: &Moments, y: &Moments) -> Outcome<f64> {
        let (mut result, products) = (0.0, &raw const self.0);
        let (x, y) = (&raw const x.0, &raw const y.0);
        // SAFETY: three states, and a place for the result.
        outcome(unsafe { tally_moments_correlation_f64(x, y, products, &raw mut result) })?;
        Ok(result)
    }

    /// The slope and the intercept of the line through the pairs.
    pub(crate) fn line(&self, x: &Moments, y: &Moments) -> Outcome<[f64; 2]> {
        let (mut slope, mut intercept, products) = (0.0, 0.0, &raw const self.0);
        let (x, y) = (&raw const x.0, &raw const y.0);
        // SAFETY: three states, and places for the results.
        outcome(unsafe {
            let (slope, intercept) = (&raw mut slope, &raw mut intercept);
            tally_moments_linear_fit(x, y, products, slope, intercept, null_mut())
        })?;
        Ok([slope, intercept])
    }

    /// The coefficient of determination of that line.
    pub(crate) fn r_squared(&self, x: &Moments, y: &Moments) -> Outcome<f64> {
        let (mut result, products) = (0.0, &raw const self.0);
        let (x, y) = (&raw const x.0, &raw const y.0);
        // SAFETY: three states, and a place for the result.
        outcome(unsafe {
            tally_moments_linear_fit(x, y, products, null_mut(), null_mut(), &raw mut result)
        })?;
        Ok(result)
    }
}

impl DecimalSum {
    /// Adds the integers of a column, each times 10^-`scale`.
    pub(crate) fn add(&mut self, values: &Column<'_>, scale: c_int) -> Outcome<()> {
        // SAFETY: a state, and a column of readable memory.
        outcome(unsafe { tally_decimal_add(&raw mut self.0, values.raw(), scale) })
    }

    /// Adds doubles, each as the shortest decimal that reads back as it.
    pub(crate) fn add_floats(&mut self, values: &[f64]) -> Outcome<()> {
        // SAFETY: a state, and a slice.
        outcome(unsafe { tally_decimal_add_f64(&raw mut self.0, values.as_ptr(), values.len()) })
    }

    /// Adds the one finite number in a text.
    pub(crate) fn add_number(&mut self, text: &str) -> Outcome<()> {
        let (first, size) = (text.as_ptr().cast(), text.len());
        // SAFETY: a state, and a text.
        outcome(unsafe { tally_decimal_add_one_text(&raw mut self.0, first, size) })
    }

    /// Adds the numbers in the lines of a text: NaN and infinities too.
    pub(crate) fn add_lines(&mut self, text: &str) -> Outcome<()> {
        let (mut consumed, mut values) = (0, 0);
        let (first, size) = (text.as_ptr().cast(), text.len());
        // SAFETY: a state, a text, and places for the results.
        outcome(unsafe {
            let (consumed, values) = (&raw mut consumed, &raw mut values);
            tally_decimal_add_text(
                &raw mut self.0,
                first,
                size,
                b'\n' as c_char,
                1,
                consumed,
                values,
            )
        })
    }

    pub(crate) fn text(&self, digits: c_int, rounding: Rounding) -> Outcome<String> {
        let rounding = MaybeUninit::new(rounding);
        // SAFETY: a state, and a buffer of the size given.
        written_text(|to, size, needed| unsafe {
            let state = &raw const self.0;
            tally_decimal_value_text_rounded(state, digits, rounding, to, size, needed)
        })
    }

    pub(crate) fn mean_text(&self, digits: c_int, rounding: Rounding) -> Outcome<String> {
        let rounding = MaybeUninit::new(rounding);
        // SAFETY: a state, and a buffer of the size given.
        written_text(|to, size, needed| unsafe {
            let state = &raw const self.0;
            tally_decimal_mean_text_rounded(state, digits, rounding, to, size, needed)
        })
    }
}

macro_rules! adds_arrow {
    ($($state:ident: $add_arrow:ident;)+) => {$(
        impl AddsArrow for $state {
            fn add_arrow(&mut self, chunk: &Chunk<'_>) -> Outcome<()> {
                let (schema, values, path) = (chunk.schema(), chunk.values(), chunk.path());
                // SAFETY: a state, and structs of Arrow that are not released.
                outcome(unsafe { $add_arrow(&raw mut self.0, schema, values, path) })
            }
        }
    )+};
}

adds_arrow! {
    Accumulator: tally_accumulator_add_arrow;
    Moments: tally_moments_add_arrow;
    DecimalSum: tally_decimal_add_arrow;
}
