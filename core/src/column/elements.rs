//! The layout of a column's elements: contiguous, strided, or read by the program.

use std::fmt;
use std::ops::Range;

use crate::element::{Bf16, Bool, F16};
use crate::simd::Isa;

/// Elements that the program reads itself, from memory that is not a slice of them.
pub trait Source<T>: Sync {
    /// Fills `into` with the elements from `first` on.
    fn read(&self, first: usize, into: &mut [T]);

    /// The elements in place, if they are contiguous and aligned.
    fn in_place(&self, elements: Range<usize>) -> Option<&[T]> {
        let _ = elements;
        None
    }
}

/// Elements of one type, in order.
#[derive(Clone, Copy)]
pub struct Elements<'a, T> {
    place: Place<'a, T>,
    count: usize,
}

#[derive(Clone, Copy)]
enum Place<'a, T> {
    Dense(&'a [T]),
    /// The elements' slice, the index of the first one, and from one to the next.
    Strided(&'a [T], usize, isize),
    Repeated(T),
    Source(&'a dyn Source<T>),
}

impl<T> fmt::Debug for Elements<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.place {
            Place::Dense(_) => "dense",
            Place::Strided(..) => "strided",
            Place::Repeated(_) => "repeated",
            Place::Source(_) => "from a source",
        };
        write!(f, "{} elements, {place}", self.count)
    }
}

impl<'a, T: Copy> From<&'a [T]> for Elements<'a, T> {
    fn from(values: &'a [T]) -> Self {
        Elements {
            place: Place::Dense(values),
            count: values.len(),
        }
    }
}

impl<'a, T: Copy> Elements<'a, T> {
    /// `count` elements of `values`, from the index `first` on, `stride` places apart.
    /// The stride may be negative or 0. `None` if they extend beyond the slice.
    pub fn strided(values: &'a [T], first: usize, count: usize, stride: isize) -> Option<Self> {
        if count == 0 {
            return Some(Self::from(&[][..]));
        }
        let reach = (count - 1).checked_mul(stride.unsigned_abs())?;
        let last = match stride {
            0.. => first.checked_add(reach)?,
            _ => first.checked_sub(reach)?,
        };
        let value = *values.get(first.max(last)).and(values.get(first))?;
        Some(match stride {
            0 => Self::repeated(value, count),
            1 => Self::from(&values[first..=last]),
            _ => Elements {
                place: Place::Strided(values, first, stride),
                count,
            },
        })
    }

    /// One element, repeated `count` times.
    pub fn repeated(value: T, count: usize) -> Self {
        Elements {
            place: Place::Repeated(value),
            count,
        }
    }

    /// The `count` elements of a source.
    pub fn from_source(source: &'a dyn Source<T>, count: usize) -> Self {
        Elements {
            place: Place::Source(source),
            count,
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The element that all are because they are one.
    pub(crate) fn the_one(&self) -> Option<T> {
        match self.place {
            Place::Repeated(value) => Some(value),
            _ => None,
        }
    }

    /// These rows, if they lie side by side.
    #[inline]
    pub(crate) fn in_place(&self, rows: Range<usize>) -> Option<&'a [T]> {
        match self.place {
            Place::Dense(values) => Some(&values[rows]),
            Place::Source(source) => source.in_place(rows),
            _ => None,
        }
    }

    /// Copies the rows from `first` on.
    pub(crate) fn read(&self, first: usize, into: &mut [T]) {
        if into.is_empty() {
            // A stride past the last row there may be no place.
            return;
        }
        match self.place {
            Place::Dense(values) => into.copy_from_slice(&values[first..][..into.len()]),
            Place::Strided(values, start, stride) => {
                let start = start.wrapping_add_signed(stride.wrapping_mul(first as isize));
                read_strided(values, start, stride, into);
            }
            Place::Repeated(value) => into.fill(value),
            Place::Source(source) => source.read(first, into),
        }
    }
}

fn read_strided<T: Copy>(values: &[T], start: usize, stride: isize, into: &mut [T]) {
    let step = stride.unsigned_abs();
    if stride == -1 {
        for (place, value) in into.iter_mut().zip(values[..=start].iter().rev()) {
            *place = *value;
        }
        return;
    }
    if stride < 0 {
        let backward = values[..=start].iter().rev().step_by(step);
        for (place, value) in into.iter_mut().zip(backward) {
            *place = *value;
        }
        return;
    }
    // Small strides are loops that the compiler has vectors for.
    let values = &values[start..];
    let read = match step {
        2 => read_every::<T, 2>(values, into),
        3 => read_every::<T, 3>(values, into),
        4 => read_every::<T, 4>(values, into),
        _ => 0,
    };
    // The last element may have no whole chunk.
    read_by_steps(&values[read * step..], step, &mut into[read..]);
}

/// Reads from as many whole chunks as there are, and says how many.
fn read_every<T: Copy, const STEP: usize>(values: &[T], into: &mut [T]) -> usize {
    let chunks = values.as_chunks::<STEP>().0;
    Isa::best().first_of_each(chunks, into);
    chunks.len().min(into.len())
}

fn read_by_steps<T: Copy>(values: &[T], step: usize, into: &mut [T]) {
    for (place, value) in into.iter_mut().zip(values.iter().step_by(step)) {
        *place = *value;
    }
}

/// Rows of types: each has a variant in [`Values`].
macro_rules! types {
    ($($(#[$documentation:meta])* $variant:ident: $type:ty;)+) => {
        /// Elements of any type.
        #[derive(Clone, Copy, Debug)]
        pub enum Values<'a> {
            $($(#[$documentation])* $variant(Elements<'a, $type>),)+
        }

        $(
            impl<'a> From<Elements<'a, $type>> for Values<'a> {
                fn from(elements: Elements<'a, $type>) -> Self {
                    Values::$variant(elements)
                }
            }

            impl<'a> From<&'a [$type]> for Values<'a> {
                fn from(values: &'a [$type]) -> Self {
                    Values::$variant(values.into())
                }
            }

            impl<'a, const N: usize> From<&'a [$type; N]> for Values<'a> {
                fn from(values: &'a [$type; N]) -> Self {
                    values[..].into()
                }
            }

            impl<'a> From<&'a Vec<$type>> for Values<'a> {
                fn from(values: &'a Vec<$type>) -> Self {
                    values[..].into()
                }
            }
        )+
    };
}

types! {
    /// Doubles.
    F64: f64;
    /// Floats.
    F32: f32;
    /// Half-precision floats.
    F16: F16;
    /// The upper halves of floats.
    Bf16: Bf16;
    /// Signed bytes.
    I8: i8;
    /// Signed integers of 16 bits.
    I16: i16;
    /// Signed integers of 32 bits.
    I32: i32;
    /// Signed integers of 64 bits.
    I64: i64;
    /// Bytes.
    U8: u8;
    /// Unsigned integers of 16 bits.
    U16: u16;
    /// Unsigned integers of 32 bits.
    U32: u32;
    /// Unsigned integers of 64 bits.
    U64: u64;
    /// Truth values, which count as 1 and 0.
    Bool: Bool;
}

/// An expression of elements of any type.
macro_rules! of_any_type {
    ($values:expr, $elements:ident => $then:expr) => {
        match $values {
            $crate::column::elements::Values::F64($elements) => $then,
            $crate::column::elements::Values::F32($elements) => $then,
            $crate::column::elements::Values::F16($elements) => $then,
            $crate::column::elements::Values::Bf16($elements) => $then,
            $crate::column::elements::Values::I8($elements) => $then,
            $crate::column::elements::Values::I16($elements) => $then,
            $crate::column::elements::Values::I32($elements) => $then,
            $crate::column::elements::Values::I64($elements) => $then,
            $crate::column::elements::Values::U8($elements) => $then,
            $crate::column::elements::Values::U16($elements) => $then,
            $crate::column::elements::Values::U32($elements) => $then,
            $crate::column::elements::Values::U64($elements) => $then,
            $crate::column::elements::Values::Bool($elements) => $then,
        }
    };
}
pub(crate) use of_any_type;

impl Values<'_> {
    pub(crate) fn count(&self) -> usize {
        of_any_type!(self, elements => elements.count())
    }

    /// All elements are integers.
    pub(crate) fn are_integers(&self) -> bool {
        !matches!(
            self,
            Values::F64(_) | Values::F32(_) | Values::F16(_) | Values::Bf16(_)
        )
    }

    /// All elements are one.
    pub(crate) fn are_one(&self) -> bool {
        of_any_type!(self, elements => elements.the_one().is_some())
    }
}
