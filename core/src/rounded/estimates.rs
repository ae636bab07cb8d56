//! Sums of two arrays and of their products, each with an error bound.
//!
//! All sums of a chunk are computed while it is in the cache. Arrays whose products
//! would leave the kernels' windows are scaled by powers of two, which takes from
//! the smallest values what is far below the last bit of any sum.

use crate::accumulator::slices::{exponent_bound, exponent_bound_of};
use crate::float::Binary;
use crate::rounded::products;
use crate::rounded::sum::{Estimate, bounded_block};
use crate::simd::{Isa, Window, with_default_environment};

/// Pairs of which all sums are computed before the next ones are read.
const CHUNK: usize = 2048;

/// Up to as many pairs the sums fit their 128 bits.
const MAX_PAIRS: u64 = 1 << 34;

/// Values that are looked at to guess windows.
const SAMPLE: usize = 8;

/// Values and products from 2^-this to 2^this are within the windows as they are.
pub(crate) const MODERATE: i32 = 900;

/// A sum of two arrays, x and y.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    X,
    Y,
    Products,
    XSquares,
    YSquares,
}

impl Part {
    /// A power of two above the values or products, of those above x and y.
    fn end(self, x: i32, y: i32) -> i32 {
        match self {
            Part::X => x,
            Part::Y => y,
            Part::Products => x + y,
            Part::XSquares => 2 * x,
            Part::YSquares => 2 * y,
        }
    }
}

/// Whether there are kernels for the `wanted` sums of as many pairs.
pub(crate) fn can_be_estimated<const N: usize>(isa: Isa, count: usize, wanted: [Part; N]) -> bool {
    let has_kernels = match wanted[..] {
        [Part::X] => isa.has_kernels(),
        _ => isa.has_product_kernels(),
    };
    has_kernels && count as u64 <= MAX_PAIRS
}

/// The `wanted` sums of `x` and `y`, which have the same length and are not empty;
/// `None` if there is NaN or an infinity, and where there are no kernels.
pub(crate) fn estimates<const N: usize>(
    isa: Isa,
    x: &[f64],
    y: &[f64],
    wanted: [Part; N],
) -> Option<[Estimate; N]> {
    debug_assert_eq!(x.len(), y.len());
    if !can_be_estimated(isa, x.len(), wanted) {
        return None;
    }
    let x_top = sampled_top(x);
    let y_top = if std::ptr::eq(x, y) {
        x_top
    } else {
        sampled_top(y)
    };
    let ends = wanted.map(|part| part.end(x_top, y_top));
    let moderate = ends.iter().all(|end| end.abs() < MODERATE);
    with_default_environment(|| {
        let found = moderate.then(|| {
            let mut sums = Sums::new(isa, ends, wanted);
            let mut chunks = x.chunks(CHUNK).zip(y.chunks(CHUNK));
            chunks.try_for_each(|(x, y)| sums.add(x, y))?;
            sums.so_far
        });
        found.flatten().or_else(|| scaled(isa, x, y, wanted))
    })
}

/// What `certain` makes of the count of values and of sums of values less a constant
/// each, for what does not change with it.
///
/// Sums of values that are far from zero, and close together, cancel: then there is a
/// constant that makes them smaller. Where it is not needed this takes longer.
pub(crate) fn central<const N: usize, R>(
    isa: Isa,
    x: &[f64],
    y: &[f64],
    wanted: [Part; N],
    certain: impl Fn(u64, [Estimate; N]) -> Option<R>,
) -> Option<R> {
    let count = x.len() as u64;
    let certain = |sums| certain(count, sums);
    let x_center = Center::of(x);
    let y_center = if std::ptr::eq(x, y) {
        x_center
    } else {
        Center::of(y)
    };
    let centers = [x_center, y_center];
    let found = centers.iter().flatten();
    let (any, needed) = found.fold((false, false), |(_, needed), center| {
        (true, needed | center.is_needed)
    });
    let centered = || {
        // Blocks are filled with zeros first, which takes long for short arrays.
        const SHORT: usize = 128;
        let sums = match x.len() {
            ..=SHORT => centered::<N, SHORT>(isa, x, y, centers, wanted),
            _ => centered::<N, { CHUNK / 2 }>(isa, x, y, centers, wanted),
        };
        certain(sums?)
    };
    if needed {
        let found = centered();
        if found.is_some() {
            return found;
        }
    }
    let found = estimates(isa, x, y, wanted).and_then(&certain);
    match found {
        None if any && !needed => centered(),
        found => found,
    }
}

/// The sums of values less these constants, if that is exact.
#[inline(never)]
fn centered<const N: usize, const BLOCK: usize>(
    isa: Isa,
    x: &[f64],
    y: &[f64],
    [x_center, y_center]: [Option<Center>; 2],
    wanted: [Part; N],
) -> Option<[Estimate; N]> {
    if !isa.has_product_kernels() || x.len() as u64 > MAX_PAIRS {
        return None;
    }
    let one_array = std::ptr::eq(x, y);
    let (mut x_block, mut y_block) = ([0.0; BLOCK], [0.0; BLOCK]);
    let mut sums: Option<Sums<N>> = None;
    with_default_environment(|| {
        for (x, y) in x.chunks(BLOCK).zip(y.chunks(BLOCK)) {
            let x = difference(isa, x, x_center, &mut x_block)?;
            let y = match one_array {
                true => x,
                false => difference(isa, y, y_center, &mut y_block)?,
            };
            let sums = sums.get_or_insert_with(|| {
                let (x_top, y_top) = (sampled_top(x), sampled_top(y));
                Sums::new(isa, wanted.map(|part| part.end(x_top, y_top)), wanted)
            });
            sums.add(x, y)?;
        }
        sums?.so_far
    })
}

/// The values less a constant, if there is one and that is exact.
pub(crate) fn difference<'a>(
    isa: Isa,
    values: &'a [f64],
    center: Option<Center>,
    block: &'a mut [f64],
) -> Option<&'a [f64]> {
    let Some(center) = center else {
        return Some(values);
    };
    let block = &mut block[..values.len()];
    isa.subtract(values, center.value, block).then_some(block)
}

/// A number that is likely close to all values.
#[derive(Clone, Copy)]
pub(crate) struct Center {
    pub(crate) value: f64,
    /// The sums of the values themselves would likely say nothing.
    pub(crate) is_needed: bool,
}

impl Center {
    /// Looks at a few values, which must be close together and of one sign.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        /// A quarter of a binade, in bits.
        const CLOSE: u64 = 1 << 50;
        /// A 2^13th of a binade, in bits: sums of squares lose twice as many.
        const TOO_CLOSE: u64 = 1 << 39;

        let step = values.len().div_ceil(SAMPLE).max(1);
        let (mut least, mut greatest) = (u64::MAX, 0);
        for value in values.iter().step_by(step) {
            let bits = value.to_bits();
            (least, greatest) = (bits.min(least), bits.max(greatest));
        }
        let apart = greatest.checked_sub(least).filter(|&apart| apart < CLOSE)?;
        let exponent = exponent_bound_of::<f64>(f64::exponent(greatest));
        let middle = least + apart / 2;
        (exponent.abs() < MODERATE / 2).then_some(Center {
            value: f64::from_bits(middle),
            is_needed: apart < TOO_CLOSE,
        })
    }
}

/// The sums of both arrays divided by powers of two that are just above their values.
#[cold]
#[inline(never)]
fn scaled<const N: usize>(
    isa: Isa,
    x: &[f64],
    y: &[f64],
    wanted: [Part; N],
) -> Option<[Estimate; N]> {
    let (x_top, y_top) = (top(isa, x)?, top(isa, y)?);
    let mut sums = Sums::new(isa, [0; N], wanted);
    let (mut x_block, mut y_block) = ([0.0; CHUNK], [0.0; CHUNK]);
    for (x, y) in x.chunks(CHUNK).zip(y.chunks(CHUNK)) {
        let (x_block, y_block) = (&mut x_block[..x.len()], &mut y_block[..y.len()]);
        isa.divide_by_power(x, x_top, x_block);
        isa.divide_by_power(y, y_top, y_block);
        sums.add(x_block, y_block)?;
        for estimate in sums.so_far.iter_mut().flatten() {
            // What the smallest values lost.
            estimate.bound += 1;
        }
    }
    let mut found = sums.so_far?;
    for (estimate, part) in found.iter_mut().zip(wanted) {
        estimate.unit += part.end(x_top, y_top);
    }
    Some(found)
}

/// Sums on their way, and the windows for their next chunk.
pub(crate) struct Sums<const N: usize> {
    isa: Isa,
    wanted: [Part; N],
    /// Powers of two that are likely above all values, or products.
    ends: [i32; N],
    pub(crate) so_far: Option<[Estimate; N]>,
}

impl<const N: usize> Sums<N> {
    /// No sums yet of values like these; `None` where the windows end.
    pub(crate) fn like(isa: Isa, x: &[f64], y: &[f64], wanted: [Part; N]) -> Option<Self> {
        let (x_top, y_top) = (sampled_top(x), sampled_top(y));
        let ends = wanted.map(|part| part.end(x_top, y_top));
        let moderate = ends.iter().all(|end| end.abs() < MODERATE);
        moderate.then(|| Self::new(isa, ends, wanted))
    }

    fn new(isa: Isa, ends: [i32; N], wanted: [Part; N]) -> Self {
        Sums {
            isa,
            wanted,
            ends,
            so_far: None,
        }
    }

    /// Adds a chunk, as [`products::bounded_from`] and its like say.
    pub(crate) fn add(&mut self, x: &[f64], y: &[f64]) -> Option<()> {
        let mut found = [Estimate::of_nothing(0); N];
        for (at, found) in found.iter_mut().enumerate() {
            let end = &mut self.ends[at];
            let more = match self.wanted[at] {
                Part::X => sum_of_block(self.isa, x, end),
                Part::Y => sum_of_block(self.isa, y, end),
                Part::Products => products::bounded_from(self.isa, x, y, end),
                Part::XSquares => products::bounded_from(self.isa, x, x, end),
                Part::YSquares => products::bounded_from(self.isa, y, y, end),
            }?;
            *found = match &self.so_far {
                Some(so_far) => so_far[at].plus(more),
                None => more,
            };
        }
        self.so_far = Some(found);
        Some(())
    }
}

/// A power of two above all values, unless there is NaN or an infinity, or they are
/// too small to be scaled.
fn top(isa: Isa, values: &[f64]) -> Option<i32> {
    exponent_bound(isa, values).filter(|&top| top >= -MODERATE)
}

/// The sum of at most a block of values.
fn sum_of_block(isa: Isa, values: &[f64], end: &mut i32) -> Option<Estimate> {
    let mut window = Window::for_values_below(*end, 2);
    bounded_block(isa, values, end, &mut window)
}

/// A power of two that is likely above all values: above a few of them.
fn sampled_top(values: &[f64]) -> i32 {
    let step = values.len().div_ceil(SAMPLE).max(1);
    let few = values.iter().step_by(step);
    let highest = few.map(|value| f64::exponent(value.to_bits())).max();
    exponent_bound_of::<f64>(highest.unwrap_or(0))
}
