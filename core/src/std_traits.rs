//! Traits of the standard library for the states: [`Extend`], [`FromIterator`],
//! [`Sum`], [`AddAssign`] and [`SubAssign`].

use std::iter::Sum;
use std::ops::{AddAssign, SubAssign};

use crate::decimal::Decimal;
use crate::moments::Moments;
use crate::state::Accumulate;
use crate::sum::{Accumulator, ProductAccumulator};
use crate::superaccumulator::SmallSuperaccumulator;

/// Values of an iterator that are added together, so that the vector kernels run.
const BLOCK: usize = 256;

/// Hands out the values of an iterator in blocks.
fn for_each_block<T: Copy>(values: impl Iterator<Item = T>, zero: T, mut take: impl FnMut(&[T])) {
    let mut block = [zero; BLOCK];
    let mut filled = 0;
    for value in values {
        block[filled] = value;
        filled += 1;
        if filled == BLOCK {
            take(&block);
            filled = 0;
        }
    }
    take(&block[..filled]);
}

impl Extend<f64> for SmallSuperaccumulator {
    /// Adds each value of an iterator.
    #[inline]
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        for value in values {
            self.add(value);
        }
    }
}

impl<'a> Extend<&'a f64> for SmallSuperaccumulator {
    /// Adds each value of an iterator.
    #[inline]
    fn extend<I: IntoIterator<Item = &'a f64>>(&mut self, values: I) {
        self.extend(values.into_iter().copied());
    }
}

/// Rows of [`Extend`]: a state and the element types that it adds.
macro_rules! extend {
    ($($state:ident: $($element:ty),+;)+) => {$($(
        /// Adds each value of an iterator.
        impl Extend<$element> for $state {
            fn extend<I: IntoIterator<Item = $element>>(&mut self, values: I) {
                for_each_block(values.into_iter(), Default::default(), |block| {
                    Accumulate::add(self, block);
                });
            }
        }

        /// Adds each value that an iterator refers to.
        impl<'a> Extend<&'a $element> for $state {
            fn extend<I: IntoIterator<Item = &'a $element>>(&mut self, values: I) {
                self.extend(values.into_iter().copied());
            }
        }
    )+)+};
}

extend! {
    Accumulator: f64, f32, i32, i64, u64;
    Moments: f64, f32, i32, i64, u64;
}

/// Adds the product of each pair of an iterator.
///
/// ```
/// let mut total = tally_core::ProductAccumulator::new();
/// total.extend([(1e200, 1e200), (3.0, 0.5), (-1e200, 1e200)]);
/// assert_eq!(total.value_f64(), Ok(1.5));
/// ```
impl Extend<(f64, f64)> for ProductAccumulator {
    fn extend<I: IntoIterator<Item = (f64, f64)>>(&mut self, pairs: I) {
        for_each_block(pairs.into_iter(), (0.0, 0.0), |block| {
            let (mut x, mut y) = ([0.0; BLOCK], [0.0; BLOCK]);
            for (pair, (x, y)) in block.iter().zip(x.iter_mut().zip(&mut y)) {
                (*x, *y) = *pair;
            }
            self.add_f64(&x[..block.len()], &y[..block.len()]);
        });
    }
}

/// Adds the product of each pair that an iterator refers to, such as that of
/// `x.iter().zip(&y)`.
impl<'a> Extend<(&'a f64, &'a f64)> for ProductAccumulator {
    fn extend<I: IntoIterator<Item = (&'a f64, &'a f64)>>(&mut self, pairs: I) {
        self.extend(pairs.into_iter().map(|(&x, &y)| (x, y)));
    }
}

/// Rows of [`FromIterator`]: a state and an example.
macro_rules! from_iterator {
    ($($state:ident: $example:literal;)+) => {$(
        /// The total of all that an iterator yields.
        ///
        /// ```
        #[doc = $example]
        /// ```
        impl<T> FromIterator<T> for $state
        where
            $state: Extend<T>,
        {
            fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
                let mut total = Self::new();
                total.extend(values);
                total
            }
        }
    )+};
}

from_iterator! {
    Accumulator: "\
use tally_core::Accumulator;

let mut total: Accumulator = (0..10).map(|n| 0.1 * f64::from(n)).collect();
total.extend(&[1e100, -1e100]);
total.extend(1..=3_i64);
assert_eq!(total.value_f64(), Ok(10.5));";
    ProductAccumulator: "\
use tally_core::{ProductAccumulator, dot_f64};

let (x, y) = ([0.1, 0.2, 0.3], [1.0, 2.0, 3.0]);
let total: ProductAccumulator = x.iter().zip(&y).collect();
assert_eq!(total.value_f64(), dot_f64(&x, &y));";
    SmallSuperaccumulator: "\
use tally_core::SmallSuperaccumulator;

let total: SmallSuperaccumulator = [1e100, 0.5, -1e100].iter().collect();
assert_eq!(total.value_f64(), Ok(0.5));";
    Moments: "\
use tally_core::Moments;

let moments: Moments = (1..=3).map(|n| 1e15 + f64::from(n)).collect();
assert_eq!(moments.variance_f64(1), Ok(1.0));";
}

/// Rows of states that merge with others of their kind, each with a state for examples.
macro_rules! merge {
    ($($state:ident: $one:literal;)+) => {$(
        /// Merges with another state.
        ///
        /// ```
        #[doc = concat!("use tally_core::", stringify!($state), ";")]
        ///
        #[doc = $one]
        /// let mut two = one.clone();
        /// two += &one;
        /// assert_eq!(two.count(), 2);
        /// two -= &one;
        /// assert_eq!(two, one);
        /// ```
        impl AddAssign<&$state> for $state {
            fn add_assign(&mut self, from: &$state) {
                self.merge(from);
            }
        }

        /// Takes out another state: undoes `+=`.
        impl SubAssign<&$state> for $state {
            fn sub_assign(&mut self, from: &$state) {
                self.unmerge(from);
            }
        }

        /// Merges all states of an iterator, such as those of several threads.
        ///
        /// ```
        #[doc = concat!("use tally_core::", stringify!($state), ";")]
        ///
        #[doc = $one]
        #[doc = concat!("let all: ", stringify!($state), " = [one.clone(), one].iter().sum();")]
        /// assert_eq!(all.count(), 2);
        /// ```
        impl<'a> Sum<&'a $state> for $state {
            fn sum<I: Iterator<Item = &'a $state>>(states: I) -> Self {
                states.fold(Self::new(), |mut total, state| {
                    total += state;
                    total
                })
            }
        }

        /// Merges all states of an iterator.
        impl Sum for $state {
            fn sum<I: Iterator<Item = $state>>(states: I) -> Self {
                states.fold(Self::new(), |mut total, state| {
                    total += &state;
                    total
                })
            }
        }
    )+};
}

merge! {
    Accumulator: "let one: Accumulator = [0.5].iter().collect();";
    ProductAccumulator: "let one: ProductAccumulator = [(0.5, 2.0)].into_iter().collect();";
    Moments: "let one: Moments = [0.5].iter().collect();";
    Decimal: "let mut one = Decimal::new();\none.add_word(b\"0.50\").expect(\"a number\");";
}
