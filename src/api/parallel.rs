//! Parallel sums
//!
//! Sums and dot products of long arrays by several threads at once.
//!
//! ```c
//! // 0: as many threads as there are processors
//! if (tally_sum_f64_parallel(values, count, 0, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! Each gives what the function of the same name without `_parallel` gives, in
//! every respect and bit by bit, whatever `threads` is and however the work is
//! shared out: the total, the failures, and what is written on failure.
//!
//! `threads` is how many threads may work on the call at once, the calling one
//! included; 0 is one for each processor that the calling thread may run on, and
//! more than that are never used, nor more than pay: one for each 262,144 values.
//! A shorter array than twice that is added up by the calling thread alone. So is
//! any where no more threads can be started: that is no failure.
//!
//! The threads are the library's own. They are started when a call first needs
//! them, are idle between calls, and last until the process ends. They run nothing
//! of the program's, and none of its signals but those of their own faults, such
//! as SIGBUS in an array that is a mapped file. On Linux they have the default
//! scheduling class, if the system lets a thread go back to it, and the niceness and
//! the processors of the thread whose call started them. Several threads may call at once,
//! and share them. A process that is forked starts its own. The code of a library
//! that is linked into a plugin must stay loaded after the first such call: link
//! the plugin with `-Wl,-z,nodelete`.

use std::ops::Range;

use super::convert::set_answer;
use super::sums::{set_integer, sum_blocks};
use crate::boundary::pointer::{Array, Place, for_each_pair_of_blocks};
use crate::boundary::status::tally_status;
use crate::boundary::{guard, threads, workers};
use tally_core::{self, Accumulator, ProductAccumulator, Workers};

/// The threads that a call may use.
struct Threads {
    /// How many, or 0 for all that make sense.
    asked_for: usize,
}

impl Workers for Threads {
    fn threads(&self) -> usize {
        let processors = threads::processors();
        match self.asked_for {
            0 => processors,
            asked_for => asked_for.min(processors),
        }
    }

    fn run(&self, threads: usize, job: &(dyn Fn() + Sync)) {
        workers::run(threads, job);
    }
}

/// Adds `count` doubles on up to `threads` threads: see tally_sum_f64().
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_f64_parallel(
    values: *const f64,
    count: usize,
    threads: usize,
    total: *mut f64,
) -> tally_status {
    guard::status(c"tally_sum_f64_parallel", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        let threads = Threads { asked_for: threads };
        if let Some(values) = values.in_place() {
            let sum = tally_core::sum_f64_parallel(&threads, values);
            return set_answer(&total, sum);
        }
        let sum =
            tally_core::accumulate_parallel(&threads, count, |sum: &mut Accumulator, numbers| {
                values
                    .part(numbers)
                    .for_each_block(|block| sum.add_f64(block));
            });
        set_answer(&total, sum.value_f64())
    })
}

/// Adds `count` floats on up to `threads` threads: see tally_sum_f32().
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_f32_parallel(
    values: *const f32,
    count: usize,
    threads: usize,
    total: *mut f32,
) -> tally_status {
    guard::status(c"tally_sum_f32_parallel", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        let threads = Threads { asked_for: threads };
        if let Some(values) = values.in_place() {
            let sum = tally_core::sum_f32_parallel(&threads, values);
            return set_answer(&total, sum);
        }
        let sum =
            tally_core::accumulate_parallel(&threads, count, |sum: &mut Accumulator, numbers| {
                values
                    .part(numbers)
                    .for_each_block(|block| sum.add_f32(block));
            });
        set_answer(&total, sum.value_f32())
    })
}

/// Adds `count` signed 64-bit integers on up to `threads` threads: see
/// tally_sum_i64().
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_i64_parallel(
    values: *const i64,
    count: usize,
    threads: usize,
    total: *mut i64,
) -> tally_status {
    guard::status(c"tally_sum_i64_parallel", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        let threads = Threads { asked_for: threads };
        let sum = tally_core::sum_integers_parallel(&threads, count, |numbers| {
            sum_blocks(&values.part(numbers), tally_core::sum_i64)
        });
        set_integer(&total, sum, "int64_t")
    })
}

/// Adds the products of `count` pairs of doubles on up to `threads` threads: see
/// tally_dot_f64().
///
/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_dot_f64_parallel(
    x: *const f64,
    y: *const f64,
    count: usize,
    threads: usize,
    total: *mut f64,
) -> tally_status {
    guard::status(c"tally_dot_f64_parallel", || {
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { Array::new(x, count, "x") }?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { Array::new(y, count, "y") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        let threads = Threads { asked_for: threads };
        if let (Some(x), Some(y)) = (x.in_place(), y.in_place()) {
            let sum = tally_core::dot_f64_parallel(&threads, x, y);
            return set_answer(&total, sum);
        }
        let add = |sum: &mut ProductAccumulator, numbers: Range<usize>| {
            let (x, y) = (x.part(numbers.clone()), y.part(numbers));
            for_each_pair_of_blocks(&x, &y, |x, y| sum.add_f64(x, y));
        };
        let sum = tally_core::accumulate_parallel(&threads, count, add);
        set_answer(&total, sum.value_f64())
    })
}
