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

use std::ffi::CStr;
use std::ops::Range;

use super::convert::set_answer;
use super::exports::{In, Out, exports};

use super::sums::Summand;
use crate::boundary::pointer::{Array, for_each_pair_of_blocks};
use crate::boundary::status::tally_status;
use crate::boundary::{guard, threads, workers};
use tally_core::{self, Accumulate, Accumulator, ProductAccumulator, Workers};

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

exports! {
    /// Adds `count` doubles on up to `threads` threads: see tally_sum_f64().
    fn tally_sum_f64_parallel(
        values: *const f64, count: usize, threads: usize, total: *mut f64,
    ) -> tally_status = sum;

    /// Adds `count` floats on up to `threads` threads: see tally_sum_f32().
    fn tally_sum_f32_parallel(
        values: *const f32, count: usize, threads: usize, total: *mut f32,
    ) -> tally_status = sum;

    /// Adds `count` signed 64-bit integers on up to `threads` threads: see
    /// tally_sum_i64().
    fn tally_sum_i64_parallel(
        values: *const i64, count: usize, threads: usize, total: *mut i64,
    ) -> tally_status = sum;

    /// Adds the products of `count` pairs of doubles on up to `threads` threads: see
    /// tally_dot_f64().
    fn tally_dot_f64_parallel(
        x: *const f64, y: *const f64, count: usize, threads: usize, total: *mut f64,
    ) -> tally_status = dot;
}

/// An element type that has sums on several threads.
trait ParallelSummand: Summand {
    fn sum_on(threads: &Threads, values: &Array<'_, Self>) -> Self::Sum;
}

macro_rules! floats {
    ($($element:ty: $sum:path, $value:ident;)+) => {$(
        impl ParallelSummand for $element {
            fn sum_on(threads: &Threads, values: &Array<'_, Self>) -> Self::Sum {
                if let Some(values) = values.in_place() {
                    return $sum(threads, values);
                }
                let add = |sum: &mut Accumulator, numbers: Range<usize>| {
                    values.part(numbers).for_each_block(|block| sum.add(block));
                };
                tally_core::accumulate_parallel(threads, values.count(), add).$value()
            }
        }
    )+};
}

floats! {
    f64: tally_core::sum_f64_parallel, value_f64;
    f32: tally_core::sum_f32_parallel, value_f32;
}

impl ParallelSummand for i64 {
    fn sum_on(threads: &Threads, values: &Array<'_, Self>) -> i128 {
        tally_core::sum_integers_parallel(threads, values.count(), |numbers| {
            i64::sum(&values.part(numbers))
        })
    }
}

/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
unsafe fn sum<T: ParallelSummand>(
    function: &'static CStr,
    values: In<T>,
    count: usize,
    threads: usize,
    total: Out<T::Total>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        // SAFETY: writable by the contract.
        let total = unsafe { total.place() }?;
        let threads = Threads { asked_for: threads };
        T::set(T::sum_on(&threads, &values), &total)
    })
}

/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `total` for writing.
unsafe fn dot(
    function: &'static CStr,
    x: In<f64>,
    y: In<f64>,
    count: usize,
    threads: usize,
    total: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { (x.array(count)?, y.array(count)?) };
        // SAFETY: writable by the contract.
        let total = unsafe { total.place() }?;
        let threads = Threads { asked_for: threads };
        if let (Some(x), Some(y)) = (x.in_place(), y.in_place()) {
            return set_answer(&total, tally_core::dot_f64_parallel(&threads, x, y));
        }
        let add = |sum: &mut ProductAccumulator, numbers: Range<usize>| {
            let (x, y) = (x.part(numbers.clone()), y.part(numbers));
            for_each_pair_of_blocks(&x, &y, |x, y| sum.add_f64(x, y));
        };
        let sum = tally_core::accumulate_parallel(&threads, count, add);
        set_answer(&total, sum.value_f64())
    })
}
