//! The library, called as C calls it: through pointers to its exported
//! functions, which the optimiser cannot see through.

mod columns;

use std::ffi::{c_char, c_int};
use std::hint::black_box;
use std::ptr::null_mut;

use tally::api::accumulator::{
    TALLY_ACCUMULATOR_SAVED_MAX, tally_accumulator, tally_accumulator_add_f64,
    tally_accumulator_add_one_f64, tally_accumulator_count, tally_accumulator_load,
    tally_accumulator_merge, tally_accumulator_save, tally_accumulator_value_f64,
    tally_accumulator_value_text,
};
use tally::api::add_text::tally_accumulator_add_text;
use tally::api::moments::{tally_moments, tally_moments_add_f64, tally_moments_variance_f64};
use tally::api::parallel::{
    tally_dot_f64_parallel, tally_sum_f32_parallel, tally_sum_f64_parallel, tally_sum_i64_parallel,
};
use tally::api::product_accumulator::{
    tally_product_accumulator, tally_product_accumulator_add_f64,
    tally_product_accumulator_value_f64,
};
use tally::api::scattered::{
    tally_accumulator_add_scattered, tally_small_accumulator_add_scattered,
};
use tally::api::small_accumulator::{tally_small_accumulator, tally_small_accumulator_add_one_f64};
use tally::api::statistics::{
    tally_correlation_f64, tally_covariance_f64, tally_dot_f64, tally_mean_f64, tally_norm_f64,
    tally_variance_f64,
};
use tally::api::sums::{tally_sum_f32, tally_sum_f64, tally_sum_i32, tally_sum_i64, tally_sum_u64};
use tally::boundary::status::tally_status::{self, TALLY_OK};
use tally_core::SmallAccumulator;

pub(crate) use columns::*;

/// A state as C holds it.
pub(crate) type State = tally_accumulator;

/// A small one.
pub(crate) type SmallState = tally_small_accumulator;

/// Room for a saved state.
pub(crate) type Saved = [u8; TALLY_ACCUMULATOR_SAVED_MAX];

type Sum<T, R> = unsafe extern "C" fn(*const T, usize, *mut R) -> tally_status;

/// None of the data makes a call fail: a failure is a fault of this program.
#[inline]
fn must(status: tally_status) {
    assert!(status == TALLY_OK, "the library refused: {status:?}");
}

fn sum<T, R: Default>(function: Sum<T, R>, values: &[T]) -> R {
    let mut total = R::default();
    // SAFETY: the slice is valid for reading its length, the total for writing.
    must(unsafe { black_box(function)(values.as_ptr(), values.len(), &raw mut total) });
    total
}

/// `tally_sum_f64`.
pub(crate) fn sum_f64(values: &[f64]) -> f64 {
    sum(tally_sum_f64, values)
}

/// `tally_sum_f32`.
pub(crate) fn sum_f32(values: &[f32]) -> f32 {
    sum(tally_sum_f32, values)
}

/// `tally_sum_i32`.
pub(crate) fn sum_i32(values: &[i32]) -> i64 {
    sum(tally_sum_i32, values)
}

/// `tally_sum_i64`.
pub(crate) fn sum_i64(values: &[i64]) -> i64 {
    sum(tally_sum_i64, values)
}

/// `tally_sum_u64`.
pub(crate) fn sum_u64(values: &[u64]) -> u64 {
    sum(tally_sum_u64, values)
}

type Shared<T, R> = unsafe extern "C" fn(*const T, usize, usize, *mut R) -> tally_status;

type SharedPairs =
    unsafe extern "C" fn(*const f64, *const f64, usize, usize, *mut f64) -> tally_status;

fn sum_on_two<T, R: Default>(function: Shared<T, R>, values: &[T]) -> R {
    let mut total = R::default();
    // SAFETY: the slice is valid for reading its length, the total for writing.
    must(unsafe { black_box(function)(values.as_ptr(), values.len(), 2, &raw mut total) });
    total
}

/// `tally_sum_f64_parallel` on two threads.
pub(crate) fn sum_f64_on_two(values: &[f64]) -> f64 {
    sum_on_two(tally_sum_f64_parallel, values)
}

/// `tally_sum_f32_parallel` on two threads.
pub(crate) fn sum_f32_on_two(values: &[f32]) -> f32 {
    sum_on_two(tally_sum_f32_parallel, values)
}

/// `tally_sum_i64_parallel` on two threads.
pub(crate) fn sum_i64_on_two(values: &[i64]) -> i64 {
    sum_on_two(tally_sum_i64_parallel, values)
}

/// The empty sum.
pub(crate) fn empty() -> State {
    tally_accumulator { opaque: [0; 40] }
}

/// `tally_accumulator_add_f64`.
pub(crate) fn add_f64(into: &mut State, values: &[f64]) {
    let add: unsafe extern "C" fn(*mut State, *const f64, usize) -> tally_status =
        tally_accumulator_add_f64;
    // SAFETY: the state is valid for writing, the slice for reading.
    must(unsafe { black_box(add)(into, values.as_ptr(), values.len()) });
}

/// `tally_accumulator_add_one_f64`.
pub(crate) fn add_one_f64(into: &mut State, value: f64) {
    let add: unsafe extern "C" fn(*mut State, f64) -> tally_status = tally_accumulator_add_one_f64;
    // SAFETY: the state is valid for writing.
    must(unsafe { black_box(add)(into, value) });
}

/// `tally_accumulator_add_one_f64`, once for each value.
pub(crate) fn add_each_f64(into: &mut State, values: &[f64]) {
    let add: unsafe extern "C" fn(*mut State, f64) -> tally_status = tally_accumulator_add_one_f64;
    let add = black_box(add);
    for &value in values {
        // SAFETY: the state is valid for writing.
        must(unsafe { add(into, value) });
    }
}

/// A small state of this content.
pub(crate) fn small_of(sum: &SmallAccumulator) -> SmallState {
    let opaque = sum.to_words();
    tally_small_accumulator { opaque }
}

/// `tally_small_accumulator_add_one_f64`.
pub(crate) fn add_one_to_small(into: &mut SmallState, value: f64) {
    let add: unsafe extern "C" fn(*mut SmallState, f64) -> tally_status =
        tally_small_accumulator_add_one_f64;
    // SAFETY: the state is valid for writing.
    must(unsafe { black_box(add)(into, value) });
}

/// States, and for each of many rows a pointer to one.
struct Rows<T> {
    states: Vec<T>,
    into: Vec<*mut T>,
}

impl<T: Copy> Rows<T> {
    fn new(empty: T, groups: &[usize], count: usize) -> Self {
        let mut states = vec![empty; count];
        let first = states.as_mut_ptr();
        let into = groups.iter().map(|&group| {
            assert!(group < count);
            first.wrapping_add(group)
        });
        let into = into.collect();
        Rows { states, into }
    }
}

/// `tally_accumulator_add_scattered`, and a call for each row.
pub(crate) struct Column(Rows<State>);

impl Column {
    pub(crate) fn new(groups: &[usize], count: usize) -> Self {
        Column(Rows::new(empty(), groups, count))
    }

    pub(crate) fn clear(&mut self) {
        self.0.states.fill(empty());
    }

    pub(crate) fn add(&mut self, values: &[f64]) {
        let into = self.0.into.as_ptr();
        assert_eq!(self.0.into.len(), values.len());
        let column = column(values, 1, Present::All).column;
        // SAFETY: each pointer is to one of the states.
        must(unsafe { tally_accumulator_add_scattered(into, &raw const column, null_mut()) });
    }

    pub(crate) fn add_each(&mut self, values: &[f64]) {
        let add: unsafe extern "C" fn(*mut State, f64) -> tally_status =
            tally_accumulator_add_one_f64;
        let add = black_box(add);
        for (&into, &value) in self.0.into.iter().zip(values) {
            // SAFETY: as above.
            must(unsafe { add(into, value) });
        }
    }
}

/// `tally_small_accumulator_add_scattered`.
pub(crate) struct SmallColumn(Rows<SmallState>);

impl SmallColumn {
    pub(crate) fn new(groups: &[usize], count: usize) -> Self {
        SmallColumn(Rows::new(small_of(&SmallAccumulator::new()), groups, count))
    }

    pub(crate) fn clear(&mut self) {
        self.0.states.fill(small_of(&SmallAccumulator::new()));
    }

    /// No data that it is for makes one grow.
    pub(crate) fn add(&mut self, values: &[f64]) {
        let into = self.0.into.as_ptr();
        assert_eq!(self.0.into.len(), values.len());
        let column = column(values, 1, Present::All).column;
        // SAFETY: each pointer is to one of the states.
        must(unsafe {
            tally_small_accumulator_add_scattered(
                into,
                &raw const column,
                None,
                null_mut(),
                null_mut(),
            )
        });
    }
}

/// `tally_accumulator_count`.
pub(crate) fn count(state: &State) -> i64 {
    let count: unsafe extern "C" fn(*const State, *mut i64) -> tally_status =
        tally_accumulator_count;
    let mut result = 0;
    // SAFETY: the state is valid for reading, the count for writing.
    must(unsafe { black_box(count)(state, &raw mut result) });
    result
}

/// `tally_accumulator_value_text` with two digits of fraction: the length.
pub(crate) fn value_text(state: &State, text: &mut [u8]) -> usize {
    type ValueText =
        unsafe extern "C" fn(*const State, c_int, *mut c_char, usize, *mut usize) -> tally_status;
    let value: ValueText = tally_accumulator_value_text;
    let mut needed = 0;
    let (bytes, size) = (text.as_mut_ptr().cast(), text.len());
    // SAFETY: the state is valid for reading, the buffer and the length for writing.
    must(unsafe { black_box(value)(state, 2, bytes, size, &raw mut needed) });
    needed
}

/// `tally_accumulator_merge`.
pub(crate) fn merge(into: &mut State, from: &State) {
    let merge: unsafe extern "C" fn(*mut State, *const State) -> tally_status =
        tally_accumulator_merge;
    // SAFETY: both states are valid.
    must(unsafe { black_box(merge)(into, from) });
}

/// `tally_accumulator_value_f64`.
pub(crate) fn value_f64(state: &State) -> f64 {
    let value: unsafe extern "C" fn(*const State, *mut f64) -> tally_status =
        tally_accumulator_value_f64;
    let mut total = 0.0;
    // SAFETY: the state is valid for reading, the total for writing.
    must(unsafe { black_box(value)(state, &raw mut total) });
    total
}

/// `tally_accumulator_save`: how many bytes were written.
pub(crate) fn save(state: &State, buffer: &mut Saved) -> usize {
    let save: unsafe extern "C" fn(*const State, *mut _, usize, *mut usize) -> tally_status =
        tally_accumulator_save;
    let mut needed = 0;
    let (bytes, size) = (buffer.as_mut_ptr().cast(), buffer.len());
    // SAFETY: the state is valid for reading, the buffer and the count for
    // writing.
    must(unsafe { black_box(save)(state, bytes, size, &raw mut needed) });
    needed
}

/// `tally_accumulator_load`.
pub(crate) fn load(bytes: &[u8], into: &mut State) {
    let load: unsafe extern "C" fn(*const _, usize, *mut State) -> tally_status =
        tally_accumulator_load;
    // SAFETY: the slice is valid for reading, the state for writing.
    must(unsafe { black_box(load)(bytes.as_ptr().cast(), bytes.len(), into) });
}

type Pair<R> = unsafe extern "C" fn(*const f64, *const f64, usize, *mut R) -> tally_status;

/// `tally_dot_f64_parallel` on two threads.
pub(crate) fn dot_f64_on_two(x: &[f64], y: &[f64]) -> f64 {
    let dot = black_box(tally_dot_f64_parallel as SharedPairs);
    let mut total = 0.0;
    assert_eq!(x.len(), y.len());
    // SAFETY: both slices are valid for reading their length, the total for
    // writing.
    must(unsafe { dot(x.as_ptr(), y.as_ptr(), x.len(), 2, &raw mut total) });
    total
}

fn pairs(function: Pair<f64>, x: &[f64], y: &[f64]) -> f64 {
    let mut result = 0.0;
    assert_eq!(x.len(), y.len());
    // SAFETY: both slices are valid for reading their length, the result for
    // writing.
    must(unsafe { black_box(function)(x.as_ptr(), y.as_ptr(), x.len(), &raw mut result) });
    result
}

/// `tally_dot_f64`.
pub(crate) fn dot_f64(x: &[f64], y: &[f64]) -> f64 {
    pairs(tally_dot_f64, x, y)
}

/// `tally_correlation_f64`.
pub(crate) fn correlation_f64(x: &[f64], y: &[f64]) -> f64 {
    pairs(tally_correlation_f64, x, y)
}

/// `tally_covariance_f64` of a whole population.
pub(crate) fn covariance_f64(x: &[f64], y: &[f64]) -> f64 {
    type Covariance =
        unsafe extern "C" fn(*const f64, *const f64, usize, usize, *mut f64) -> tally_status;
    let covariance: Covariance = tally_covariance_f64;
    let mut result = 0.0;
    assert_eq!(x.len(), y.len());
    // SAFETY: both slices are valid for reading their length, the result for
    // writing.
    must(unsafe { black_box(covariance)(x.as_ptr(), y.as_ptr(), x.len(), 0, &raw mut result) });
    result
}

/// `tally_mean_f64`.
pub(crate) fn mean_f64(values: &[f64]) -> f64 {
    sum(tally_mean_f64, values)
}

/// `tally_product_accumulator_add_f64` into an empty one, and its value.
pub(crate) fn dot_in_progress(x: &[f64], y: &[f64]) -> f64 {
    let add: unsafe extern "C" fn(*mut _, *const f64, *const f64, usize) -> tally_status =
        tally_product_accumulator_add_f64;
    let mut state = tally_product_accumulator::default();
    let mut total = 0.0;
    assert_eq!(x.len(), y.len());
    // SAFETY: the state is valid for writing, both slices for reading.
    must(unsafe { black_box(add)(&raw mut state, x.as_ptr(), y.as_ptr(), x.len()) });
    // SAFETY: the state is valid for reading, the total for writing.
    must(unsafe { tally_product_accumulator_value_f64(&raw const state, &raw mut total) });
    total
}

/// `tally_norm_f64`.
pub(crate) fn norm_f64(values: &[f64]) -> f64 {
    sum(tally_norm_f64, values)
}

/// `tally_variance_f64` of a whole population.
pub(crate) fn variance_f64(values: &[f64]) -> f64 {
    let variance: unsafe extern "C" fn(*const f64, usize, usize, *mut f64) -> tally_status =
        tally_variance_f64;
    let mut result = 0.0;
    // SAFETY: the slice is valid for reading its length, the result for writing.
    must(unsafe { black_box(variance)(values.as_ptr(), values.len(), 0, &raw mut result) });
    result
}

/// `tally_moments_add_f64` into empty ones, and their variance.
pub(crate) fn variance_in_progress(values: &[f64]) -> f64 {
    let add: unsafe extern "C" fn(*mut tally_moments, *const f64, usize) -> tally_status =
        tally_moments_add_f64;
    let mut state = tally_moments::default();
    let mut result = 0.0;
    // SAFETY: the state is valid for writing, the slice for reading.
    must(unsafe { black_box(add)(&raw mut state, values.as_ptr(), values.len()) });
    // SAFETY: the state is valid for reading, the result for writing.
    must(unsafe { tally_moments_variance_f64(&raw const state, 0, &raw mut result) });
    result
}

/// `tally_accumulator_add_text` of numbers on lines into an empty one, and its
/// value.
pub(crate) fn sum_text(text: &[u8]) -> f64 {
    type AddText = unsafe extern "C" fn(
        *mut State,
        *const c_char,
        usize,
        c_char,
        c_int,
        *mut usize,
        *mut usize,
    ) -> tally_status;
    let add: AddText = tally_accumulator_add_text;
    let mut state = empty();
    let (mut consumed, mut values) = (0, 0);
    // SAFETY: the state and both counts are valid for writing, the slice for
    // reading.
    must(unsafe {
        black_box(add)(
            &raw mut state,
            text.as_ptr().cast(),
            text.len(),
            b'\n' as c_char,
            1,
            &raw mut consumed,
            &raw mut values,
        )
    });
    value_f64(&state)
}
