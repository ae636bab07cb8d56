//! Sums of long slices on several threads at once.
//!
//! Whichever thread is free takes the next piece, so that a slow thread does not delay
//! the others. Each keeps the sum of its pieces, and these are added up at the end:
//! first estimates and, only where their sum cannot be rounded with certainty, exact
//! totals, in a second pass. Which thread takes which piece has no effect: both passes
//! give the true sum, rounded once.
//!
//! The threads come from the caller: see [`Workers`].

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::ValueError;
use crate::float::{BINARY32, BINARY64, Format, with_sign};
use crate::rounded::sum::{Estimate, MAX_VALUES};
use crate::rounded::{self, dot, products};
use crate::simd::{BLOCK, Element, Isa, with_default_environment};
use crate::sum::{Accumulator, ExactSum, ProductAccumulator};
use crate::workers::Workers;

/// Values for each thread from which on one more pays: some 25 microseconds of
/// work, which is what it takes to wake a sleeping thread where processors sleep
/// too. (With 2^17, two threads were slower than one; with 2^18, a little faster.)
const SHARE: usize = 1 << 18;

/// The fewest values that a thread takes at once, the last ones apart.
const PIECE: usize = 4 * BLOCK;

/// While much is left, pieces are cut so that each thread would take this many.
const PIECES_A_THREAD: usize = 4;

/// Runs of items, which may differ in their work, are cut so that each thread would take
/// this many.
const RUNS_A_THREAD: usize = 32;

/// How a slice is shared out.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Split {
    /// On how many threads.
    pub threads: usize,
    /// In pieces of a multiple of this many values; 0 counts as 1.
    pub piece: usize,
}

impl Split {
    /// One that pays for `count` values, or none.
    pub(crate) fn that_pays(workers: &(impl Workers + ?Sized), count: usize) -> Option<Self> {
        let most = count / SHARE;
        if most < 2 {
            return None;
        }
        let threads = most.min(workers.threads());
        (threads > 1).then_some(Self {
            threads,
            piece: PIECE,
        })
    }
}

/// The sum of `values` as the nearest `f64`; see [`Accumulator::value_f64`].
///
/// # Errors
/// Those of [`sum_f64`](crate::sum_f64).
pub fn sum_f64_parallel(workers: &impl Workers, values: &[f64]) -> Result<f64, ValueError> {
    match Split::that_pays(workers, values.len()) {
        None => rounded::sum::sum_f64(values),
        Some(split) => sum_f64_split(Isa::best(), workers, split, values),
    }
}

/// The sum of `values` as the nearest `f32`; see [`Accumulator::value_f32`].
///
/// # Errors
/// Those of [`sum_f32`](crate::sum_f32).
pub fn sum_f32_parallel(workers: &impl Workers, values: &[f32]) -> Result<f32, ValueError> {
    match Split::that_pays(workers, values.len()) {
        None => rounded::sum::sum_f32(values),
        Some(split) => sum_f32_split(Isa::best(), workers, split, values),
    }
}

/// The sum of the products of each element of `x` and the corresponding element of `y`,
/// as the nearest `f64`.
///
/// # Errors
/// Those of [`dot_f64`](crate::dot_f64).
///
/// # Panics
/// If the lengths differ.
pub fn dot_f64_parallel(workers: &impl Workers, x: &[f64], y: &[f64]) -> Result<f64, ValueError> {
    match Split::that_pays(workers, x.len()) {
        None => dot::dot_f64(x, y),
        Some(split) => dot_f64_split(Isa::best(), workers, split, x, y),
    }
}

/// [`sum_f64_parallel`] with the given instruction set, split in a given way.
#[doc(hidden)]
pub fn sum_f64_split(
    isa: Isa,
    workers: &impl Workers,
    split: Split,
    values: &[f64],
) -> Result<f64, ValueError> {
    if let Some((negative, bits)) = round_if_certain(isa, workers, split, values, &BINARY64) {
        return Ok(with_sign(bits, negative));
    }
    let add = |total: &mut Accumulator, piece| total.add_f64_on(isa, &values[piece]);
    accumulate(workers, split, values.len(), add).value_f64()
}

/// [`sum_f32_parallel`] with the given instruction set, split in a given way.
#[doc(hidden)]
pub fn sum_f32_split(
    isa: Isa,
    workers: &impl Workers,
    split: Split,
    values: &[f32],
) -> Result<f32, ValueError> {
    if let Some((negative, bits)) = round_if_certain(isa, workers, split, values, &BINARY32) {
        return Ok(f32::from_bits(bits as u32 | u32::from(negative) << 31));
    }
    let add = |total: &mut Accumulator, piece| total.add_f32_on(isa, &values[piece]);
    accumulate(workers, split, values.len(), add).value_f32()
}

/// [`dot_f64_parallel`] with the given instruction set, split in a given way.
#[doc(hidden)]
pub fn dot_f64_split(
    isa: Isa,
    workers: &impl Workers,
    split: Split,
    x: &[f64],
    y: &[f64],
) -> Result<f64, ValueError> {
    assert_eq!(x.len(), y.len(), "x and y differ in length");
    let parts = |piece: Range<usize>| (&x[piece.clone()], &y[piece]);
    let estimate = |piece, exponent_bound: &mut i32| {
        let (x, y) = parts(piece);
        products::bounded_from(isa, x, y, exponent_bound)
    };
    if isa.has_product_kernels() && can_be_estimated(x.len()) {
        let exponent_bound = products::sampled_exponent_bound(x, y);
        let found = estimate_all(workers, split, x.len(), exponent_bound, estimate);
        if let Some((negative, bits)) = found.and_then(|found| found.round(isa, &BINARY64)) {
            return Ok(with_sign(bits, negative));
        }
    }
    let add = |total: &mut ProductAccumulator, piece| {
        let (x, y) = parts(piece);
        total.add_f64_on(isa, x, y);
    };
    accumulate(workers, split, x.len(), add).value_f64()
}

/// The exact total of `count` values; `add` adds those in a range of indices. For
/// arrays that are not slices.
pub fn accumulate_parallel<const WORKING: usize, const ONE: usize>(
    workers: &impl Workers,
    count: usize,
    add: impl Fn(&mut ExactSum<WORKING, ONE>, Range<usize>) + Sync,
) -> ExactSum<WORKING, ONE> {
    match Split::that_pays(workers, count) {
        None => {
            let mut total = ExactSum::new();
            add(&mut total, 0..count);
            total
        }
        Some(split) => accumulate(workers, split, count, add),
    }
}

/// The exact sum of `count` integers; `sum` adds up those in a range of indices. The
/// total must be below 2^127 in size.
pub fn sum_integers_parallel(
    workers: &impl Workers,
    count: usize,
    sum: impl Fn(Range<usize>) -> i128 + Sync,
) -> i128 {
    match Split::that_pays(workers, count) {
        None => sum(0..count),
        Some(split) => sum_integers_split(workers, split, count, sum),
    }
}

/// [`sum_integers_parallel`], split in a given way.
#[doc(hidden)]
pub fn sum_integers_split(
    workers: &impl Workers,
    split: Split,
    count: usize,
    sum: impl Fn(Range<usize>) -> i128 + Sync,
) -> i128 {
    fold(workers, split, count, &0_i128, |part, piece| {
        *part += sum(piece);
        true
    })
}

/// Sign and bits of the rounded sum, if the estimates of all pieces are certain
/// of it.
fn round_if_certain<T: Element + Sync>(
    isa: Isa,
    workers: &impl Workers,
    split: Split,
    values: &[T],
    format: &Format,
) -> Option<(bool, u64)> {
    if !isa.has_kernels() || !can_be_estimated(values.len()) {
        return None;
    }
    let exponent_bound = rounded::sum::first_exponent_bound(isa, values)?;
    let estimate = |piece, exponent_bound: &mut i32| {
        rounded::sum::bounded_from(isa, &values[piece], exponent_bound)
    };
    estimate_all(workers, split, values.len(), exponent_bound, estimate)?.round(isa, format)
}

/// Whether the sum of all estimates would fit.
pub(crate) fn can_be_estimated(count: usize) -> bool {
    count as u64 <= MAX_VALUES
}

/// The sum of the estimates of all pieces, if each has one. `estimate` begins with
/// a window for values below 2^`exponent_bound`, which it raises if it must.
pub(crate) fn estimate_all(
    workers: &impl Workers,
    split: Split,
    count: usize,
    exponent_bound: i32,
    estimate: impl Fn(Range<usize>, &mut i32) -> Option<Estimate> + Sync,
) -> Option<Estimate> {
    let nothing = Estimates {
        exponent_bound,
        sum: None,
        failed: false,
    };
    let all = fold(workers, split, count, &nothing, |part, piece| {
        let found = with_default_environment(|| estimate(piece, &mut part.exponent_bound));
        part.add(found);
        !part.failed
    });
    all.sum.filter(|_| !all.failed)
}

fn accumulate<const WORKING: usize, const ONE: usize>(
    workers: &impl Workers,
    split: Split,
    count: usize,
    add: impl Fn(&mut ExactSum<WORKING, ONE>, Range<usize>) + Sync,
) -> ExactSum<WORKING, ONE> {
    fold(workers, split, count, &ExactSum::new(), |part, piece| {
        add(part, piece);
        true
    })
}

/// What a thread has found in its pieces.
trait Part: Clone + Send + Sync {
    /// Adds what another has found.
    fn merge(&mut self, other: Self);
}

impl Part for i128 {
    fn merge(&mut self, other: Self) {
        *self += other;
    }
}

impl<const WORKING: usize, const ONE: usize> Part for ExactSum<WORKING, ONE> {
    fn merge(&mut self, other: Self) {
        ExactSum::merge(self, &other);
    }
}

/// The estimates of pieces, in one.
#[derive(Clone)]
struct Estimates {
    /// The next piece's window is that for values below 2^`exponent_bound`.
    exponent_bound: i32,
    sum: Option<Estimate>,
    /// A piece had none.
    failed: bool,
}

impl Estimates {
    fn add(&mut self, found: Option<Estimate>) {
        match (found, self.sum) {
            (None, _) => self.failed = true,
            (Some(found), None) => self.sum = Some(found),
            (Some(found), Some(sum)) => self.sum = Some(sum.plus(found)),
        }
    }
}

impl Part for Estimates {
    fn merge(&mut self, other: Self) {
        self.failed |= other.failed;
        if other.sum.is_some() {
            self.add(other.sum);
        }
    }
}

/// Has threads add pieces of `0..count` to parts of their own, which begin as
/// `empty`, and merges these. A piece for which `add` returns `false` is the
/// last that is taken.
fn fold<P: Part>(
    workers: &impl Workers,
    split: Split,
    count: usize,
    empty: &P,
    add: impl Fn(&mut P, Range<usize>) -> bool + Sync,
) -> P {
    let pieces = Pieces {
        first: AtomicUsize::new(0),
        count,
        split,
    };
    let total = Mutex::new(empty.clone());
    workers.run(split.threads, &|| {
        let mut part = empty.clone();
        while let Some(piece) = pieces.take() {
            if !add(&mut part, piece) {
                pieces.stop();
            }
        }
        // A merge does not panic; and if it did, the panic would be passed on.
        let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
        total.merge(part);
    });
    total.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Has threads add pieces of `0..count` to as many parts, each of them to one that it has
/// for itself.
pub(crate) fn fold_into<P: Send>(
    workers: &(impl Workers + ?Sized),
    split: Split,
    count: usize,
    parts: &[Mutex<P>],
    add: impl Fn(&mut P, Range<usize>) + Sync,
) {
    let pieces = Pieces {
        first: AtomicUsize::new(0),
        count,
        split,
    };
    let work = || {
        let free = parts.iter().find_map(|part| part.try_lock().ok());
        let Some(mut part) = free else {
            return;
        };
        while let Some(piece) = pieces.take() {
            add(&mut part, piece);
        }
    };
    match parts {
        [_] => work(),
        _ => workers.run(parts.len(), &work),
    }
}

/// Has threads work on runs of `items`, each with the index of its first.
pub(crate) fn for_each_run<T: Send>(
    workers: &(impl Workers + ?Sized),
    threads: usize,
    items: &mut [T],
    work: impl Fn(usize, &mut [T]) + Sync,
) {
    if threads < 2 {
        return work(0, items);
    }
    let length = items.len() / threads / RUNS_A_THREAD + 1;
    let runs = items.chunks_mut(length).enumerate();
    for_each(workers, threads, runs, |(index, run)| {
        work(index * length, run);
    });
}

/// Has threads work on items, each of them on the next one whenever it is free.
pub(crate) fn for_each<T: Send>(
    workers: &(impl Workers + ?Sized),
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) + Sync,
) {
    let items = Mutex::new(items);
    // Nothing panics while it is locked.
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    workers.run(threads, &|| {
        while let Some(item) = next() {
            work(item);
        }
    });
}

/// The pieces that no thread has taken yet.
struct Pieces {
    /// Where they begin.
    first: AtomicUsize,
    count: usize,
    split: Split,
}

impl Pieces {
    /// The next one: large as long as much is left, as each costs a little, and
    /// small in the end, when the others wait for the last.
    fn take(&self) -> Option<Range<usize>> {
        let Split { threads, piece } = self.split;
        let (threads, piece) = (threads.max(1), piece.max(1));
        let end_of = |first: usize| {
            let left = self.count.checked_sub(first).filter(|&left| left > 0)?;
            let pieces = left / threads / PIECES_A_THREAD / piece;
            Some(first + left.min(pieces.max(1) * piece))
        };
        // Nothing but the number itself passes from thread to thread.
        let order = Ordering::Relaxed;
        let first = self.first.fetch_update(order, order, end_of).ok()?;
        end_of(first).map(|end| first..end)
    }

    fn stop(&self) {
        self.first.store(self.count, Ordering::Relaxed);
    }
}
