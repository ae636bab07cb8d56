//! The loops of naive.c and naive_avx2.c, if there was a C compiler to make
//! them, and xsum, if its sources were given.

use std::hint::black_box;

type Loop<T, R> = unsafe extern "C" fn(*const T, usize) -> R;

#[cfg(c_loops)]
unsafe extern "C" {
    fn bench_sum_f64(values: *const f64, count: usize) -> f64;
    fn bench_sum_f32(values: *const f32, count: usize) -> f32;
    fn bench_sum_i32(values: *const i32, count: usize) -> u32;
    fn bench_sum_i64(values: *const i64, count: usize) -> u64;
    fn bench_sum_u64(values: *const u64, count: usize) -> u64;
    fn bench_dot_f64(x: *const f64, y: *const f64, count: usize) -> f64;
    fn bench_norm_f64(values: *const f64, count: usize) -> f64;
    fn bench_variance_f64(values: *const f64, count: usize) -> f64;
    fn bench_mean_f64(values: *const f64, count: usize) -> f64;
    fn bench_covariance_f64(x: *const f64, y: *const f64, count: usize) -> f64;
    fn bench_correlation_f64(x: *const f64, y: *const f64, count: usize) -> f64;
    fn bench_sum_text(text: *const u8) -> f64;
    fn bench_read_f64(values: *const f64, count: usize) -> u64;
    fn bench_add_one_f64(total: *mut f64, value: f64);
}

#[cfg(c_avx2)]
unsafe extern "C" {
    fn bench_sum_f64_avx2(values: *const f64, count: usize) -> f64;
}

/// A C function that reads an array and changes nothing.
pub(crate) struct ArrayLoop<T, R>(Loop<T, R>);

impl<T, R> ArrayLoop<T, R> {
    /// Runs the loop over `values`.
    pub(crate) fn run(&self, values: &[T]) -> R {
        // SAFETY: the loops read the `count` values at the pointer, and xsum's
        // write to statics of their own, which the main thread alone uses. This
        // processor has their instructions: naive.c and xsum.c are compiled for
        // the machine that builds them, and AVX2 is asked for in `avx2`.
        unsafe { (self.0)(values.as_ptr(), values.len()) }
    }
}

/// A C function that reads two arrays and changes nothing.
pub(crate) struct PairLoop(unsafe extern "C" fn(*const f64, *const f64, usize) -> f64);

impl PairLoop {
    /// Runs the loop over `x` and `y`, which have one length.
    pub(crate) fn run(&self, x: &[f64], y: &[f64]) -> f64 {
        assert_eq!(x.len(), y.len());
        // SAFETY: as for `ArrayLoop`, with the values at both pointers.
        unsafe { (self.0)(x.as_ptr(), y.as_ptr(), x.len()) }
    }
}

/// A C function that reads a text up to its NUL and changes nothing.
pub(crate) struct TextLoop(unsafe extern "C" fn(*const u8) -> f64);

impl TextLoop {
    /// Runs the loop over `text`, which ends with a line end and a NUL.
    pub(crate) fn run(&self, text: &[u8]) -> f64 {
        assert!(text.ends_with(b"\n\0"));
        // SAFETY: it reads up to the NUL.
        unsafe { (self.0)(text.as_ptr()) }
    }
}

/// A C function that adds one value to a total.
pub(crate) struct AddOne(unsafe extern "C" fn(*mut f64, f64));

impl AddOne {
    /// Adds each of `values` with a call of its own, through a pointer.
    pub(crate) fn run(&self, values: &[f64]) -> f64 {
        let add = black_box(self.0);
        let mut total = 0.0;
        for &value in values {
            // SAFETY: it changes the total and nothing else.
            unsafe { add(&raw mut total, value) };
        }
        total
    }
}

/// The loops that are compiled for this very processor.
pub(crate) struct CLoops {
    /// Adds doubles.
    pub(crate) sum_f64: ArrayLoop<f64, f64>,
    /// Adds floats.
    pub(crate) sum_f32: ArrayLoop<f32, f32>,
    /// Adds modulo 2^32.
    pub(crate) sum_i32: ArrayLoop<i32, u32>,
    /// Adds modulo 2^64.
    pub(crate) sum_i64: ArrayLoop<i64, u64>,
    /// Adds modulo 2^64.
    pub(crate) sum_u64: ArrayLoop<u64, u64>,
    /// Adds products of doubles.
    pub(crate) dot_f64: PairLoop,
    /// The root of the sum of squares.
    pub(crate) norm_f64: ArrayLoop<f64, f64>,
    /// The variance, in two passes.
    pub(crate) variance_f64: ArrayLoop<f64, f64>,
    /// The sum, divided.
    pub(crate) mean_f64: ArrayLoop<f64, f64>,
    /// The covariance, in two passes.
    pub(crate) covariance_f64: PairLoop,
    /// The correlation, in two passes.
    pub(crate) correlation_f64: PairLoop,
    /// Adds numbers on lines.
    pub(crate) sum_text: TextLoop,
    /// Only reads.
    pub(crate) read_f64: ArrayLoop<f64, u64>,
    /// Adds one double.
    pub(crate) add_one_f64: AddOne,
}

/// The loops.
#[cfg(c_loops)]
pub(crate) const C_LOOPS: Option<CLoops> = Some(CLoops {
    sum_f64: ArrayLoop(bench_sum_f64),
    sum_f32: ArrayLoop(bench_sum_f32),
    sum_i32: ArrayLoop(bench_sum_i32),
    sum_i64: ArrayLoop(bench_sum_i64),
    sum_u64: ArrayLoop(bench_sum_u64),
    dot_f64: PairLoop(bench_dot_f64),
    norm_f64: ArrayLoop(bench_norm_f64),
    variance_f64: ArrayLoop(bench_variance_f64),
    mean_f64: ArrayLoop(bench_mean_f64),
    covariance_f64: PairLoop(bench_covariance_f64),
    correlation_f64: PairLoop(bench_correlation_f64),
    sum_text: TextLoop(bench_sum_text),
    read_f64: ArrayLoop(bench_read_f64),
    add_one_f64: AddOne(bench_add_one_f64),
});

/// There was no C compiler.
#[cfg(not(c_loops))]
pub(crate) const C_LOOPS: Option<CLoops> = None;

#[cfg(c_xsum)]
unsafe extern "C" {
    fn bench_xsum_small(values: *const f64, count: usize) -> f64;
    fn bench_xsum_large(values: *const f64, count: usize) -> f64;
    fn bench_xsum_stream(values: *const f64, count: usize) -> f64;
    fn bench_xsum_dot(x: *const f64, y: *const f64, count: usize) -> f64;
    fn bench_xsum_fill(values: *const f64, count: usize);
    fn bench_xsum_value() -> f64;
    fn bench_xsum_merge();
    fn bench_xsum_add(values: *const f64, count: usize);
    fn bench_xsum_add_one(value: f64);
}

/// Radford Neal's xsum.
pub(crate) struct Xsum {
    /// The small accumulator: an array, and its rounded sum.
    pub(crate) small: ArrayLoop<f64, f64>,
    /// The large one.
    pub(crate) large: ArrayLoop<f64, f64>,
    /// The small one, a value at a time.
    pub(crate) stream: ArrayLoop<f64, f64>,
    /// The large one, with products that are rounded first.
    pub(crate) dot: PairLoop,
    /// The one small accumulator that is kept.
    pub(crate) state: XsumState,
}

/// What is done with one small accumulator, which xsum_peer.c keeps.
pub(crate) struct XsumState {
    fill: unsafe extern "C" fn(*const f64, usize),
    value: unsafe extern "C" fn() -> f64,
    merge: unsafe extern "C" fn(),
    add: unsafe extern "C" fn(*const f64, usize),
    add_one: unsafe extern "C" fn(f64),
}

impl XsumState {
    /// Empties it and adds an array.
    pub(crate) fn fill(&self, values: &[f64]) {
        // SAFETY: it reads the values, and writes to a static of its own, which no
        // other thread uses: contestants run on the main thread.
        unsafe { (self.fill)(values.as_ptr(), values.len()) };
    }

    /// Its rounded sum.
    pub(crate) fn value(&self) -> f64 {
        // SAFETY: as in `fill`.
        unsafe { (self.value)() }
    }

    /// Adds it to a copy of it.
    pub(crate) fn merge(&self) {
        // SAFETY: as in `fill`.
        unsafe { (self.merge)() }
    }

    /// Adds an array.
    pub(crate) fn add(&self, values: &[f64]) {
        // SAFETY: as in `fill`.
        unsafe { (self.add)(values.as_ptr(), values.len()) };
    }

    /// Adds a value.
    pub(crate) fn add_one(&self, value: f64) {
        // SAFETY: as in `fill`.
        unsafe { (self.add_one)(value) };
    }
}

/// xsum.
#[cfg(c_xsum)]
pub(crate) const XSUM: Option<Xsum> = Some(Xsum {
    small: ArrayLoop(bench_xsum_small),
    large: ArrayLoop(bench_xsum_large),
    stream: ArrayLoop(bench_xsum_stream),
    dot: PairLoop(bench_xsum_dot),
    state: XsumState {
        fill: bench_xsum_fill,
        value: bench_xsum_value,
        merge: bench_xsum_merge,
        add: bench_xsum_add,
        add_one: bench_xsum_add_one,
    },
});

/// Its sources were not given.
#[cfg(not(c_xsum))]
pub(crate) const XSUM: Option<Xsum> = None;

/// Adds doubles with AVX2 and no more, if this processor has that.
pub(crate) fn avx2() -> Option<ArrayLoop<f64, f64>> {
    #[cfg(c_avx2)]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        return Some(ArrayLoop(bench_sum_f64_avx2));
    }
    None
}
