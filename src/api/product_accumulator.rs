//! The accumulator of products
//!
//! A running dot product: like a tally_accumulator, except that each value is the exact
//! product of two doubles, which may be as large as DBL_MAX squared and as small as
//! 2^-2148.
//!
//! ```c
//! tally_product_accumulator dot = TALLY_PRODUCT_ACCUMULATOR_INIT;
//! if (tally_product_accumulator_add_f64(&dot, x, y, count) != TALLY_OK ||
//!     tally_product_accumulator_value_f64(&dot, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! It is 584 bytes of plain memory, with any alignment, and behaves like a
//! tally_accumulator: all bytes zero is the empty sum, memcpy() copies it, memcmp()
//! compares it, and it needs no destructor. It has no lock. Errors are those of
//! tally_accumulator. TALLY_OVERFLOW means that a count would exceed 2^63 - 1 in
//! magnitude, or the total its 4288 bits, which up to 2^63 - 1 products of any doubles
//! never do. On failure the state is unchanged.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_product_accumulator: the empty sum.
//  */
// #define TALLY_PRODUCT_ACCUMULATOR_INIT {{0}}
// header: verbatim-end

use std::ffi::{CStr, c_char, c_int, c_void};

use super::accumulator::tally_accumulator;
use super::column_data::tally_column;
use super::convert::set_answer;
use super::exports::{In, Out, exports};
use super::state::{State, opaque_state};
use super::{column_verbs, state_verbs, values};
use crate::boundary::array::for_each_pair_of_blocks;
use crate::boundary::guard;
use crate::boundary::pointer::OutPtr;
use crate::boundary::status::tally_status;
use tally_core::{PRODUCT_SAVED_MAX, ProductAccumulator, weighted_mean};

/// The maximum size of a saved tally_product_accumulator in bytes.
pub const TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX: usize = 584;

const _: () = assert!(TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX == PRODUCT_SAVED_MAX);

/// A running sum of products. Its contents are private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_product_accumulator {
    /// Private: copy, compare or clear it only as a whole.
    pub opaque: [u64; 73],
}

opaque_state!(tally_product_accumulator, ProductAccumulator);

/// The size of a product accumulator in bytes: 584. For bindings that do not read this
/// header. Cannot fail and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_product_accumulator_size() -> usize {
    size_of::<tally_product_accumulator>()
}

exports! {
    /// Adds the products of `count` pairs of doubles.
    ///
    /// Each element of `x` is multiplied by the corresponding element of `y`. The
    /// arrays are as for tally_dot_f64().
    fn tally_product_accumulator_add_f64(
        into: *mut tally_product_accumulator, x: *const f64, y: *const f64, count: usize,
    ) -> tally_status = add_products::<false>;

    /// Adds the products of the pairs of elements of two columns that count.
    ///
    /// TALLY_INVALID for a malformed column: see Columns.
    fn tally_product_accumulator_add(
        into: *mut tally_product_accumulator, x: *const tally_column, y: *const tally_column,
    ) -> tally_status = column_verbs::take_pair::<false, _>;

    /// Adds one product, `x` times `y`.
    fn tally_product_accumulator_add_one_f64(
        into: *mut tally_product_accumulator, x: f64, y: f64,
    ) -> tally_status = add_product::<false>;

    /// Subtracts the products of `count` pairs of doubles.
    ///
    /// This undoes adding exactly, even for NaN and infinities.
    fn tally_product_accumulator_subtract_f64(
        into: *mut tally_product_accumulator, x: *const f64, y: *const f64, count: usize,
    ) -> tally_status = add_products::<true>;

    /// Subtracts the products of the pairs of elements of two columns that count.
    fn tally_product_accumulator_subtract(
        into: *mut tally_product_accumulator, x: *const tally_column, y: *const tally_column,
    ) -> tally_status = column_verbs::take_pair::<true, _>;

    /// Subtracts one product, `x` times `y`.
    fn tally_product_accumulator_subtract_one_f64(
        into: *mut tally_product_accumulator, x: f64, y: f64,
    ) -> tally_status = add_product::<true>;

    /// Adds the contents of `from` to `into`.
    ///
    /// Both may be the same state, which doubles it, or overlap. The order of merges
    /// has no effect.
    fn tally_product_accumulator_merge(
        into: *mut tally_product_accumulator, from: *const tally_product_accumulator,
    ) -> tally_status = state_verbs::merge;

    /// Subtracts the contents of `from` from `into`: the inverse of merging.
    ///
    /// Both may be the same state, which empties it, or overlap.
    fn tally_product_accumulator_unmerge(
        into: *mut tally_product_accumulator, from: *const tally_product_accumulator,
    ) -> tally_status = state_verbs::unmerge;

    /// The number of products added less the number subtracted.
    fn tally_product_accumulator_count(
        acc: *const tally_product_accumulator, count: *mut i64,
    ) -> tally_status = state_verbs::count;

    /// The numbers of products that are NaN, plus infinity and minus infinity: those
    /// added less those subtracted. An infinity times zero is NaN. Any of the result
    /// pointers may be NULL.
    fn tally_product_accumulator_special_counts(
        acc: *const tally_product_accumulator, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// The double nearest to the total.
    ///
    /// Zeros, NaN, infinities and overflow are treated as by
    /// tally_accumulator_value_f64().
    fn tally_product_accumulator_value_f64(
        acc: *const tally_product_accumulator, total: *mut f64,
    ) -> tally_status = values::ask_in_place(ProductAccumulator::value_f64_in_place, ProductAccumulator::value_f64);

    /// The total as a signed integer, if it is one. Errors are those of
    /// tally_accumulator_value_i64().
    fn tally_product_accumulator_value_i64(
        acc: *const tally_product_accumulator, total: *mut i64,
    ) -> tally_status = values::ask_in_place(ProductAccumulator::value_i64_in_place, ProductAccumulator::value_i64);

    /// The mean of the products: the double nearest to the total divided by the count.
    ///
    /// TALLY_INVALID if the count is below 1. TALLY_OVERFLOW if the mean rounds beyond
    /// DBL_MAX; `*mean` is then infinity, with its sign.
    fn tally_product_accumulator_mean_f64(
        acc: *const tally_product_accumulator, mean: *mut f64,
    ) -> tally_status = values::ask_in_place(ProductAccumulator::mean_f64_in_place, ProductAccumulator::mean_f64);
}

/// The weighted mean of values: the double nearest to the total of `acc`, which holds
/// the products of values and weights, divided by the total of `weights`, which holds
/// the same weights.
///
/// TALLY_INVALID if their counts differ or the weights add up to zero. Otherwise the
/// result is that of tally_weighted_mean_f64().
///
/// # Safety
/// `acc` and `weights` are valid for reading, `mean` for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_product_accumulator_weighted_mean_f64(
    acc: *const tally_product_accumulator,
    weights: *const tally_accumulator,
    mean: *mut f64,
) -> tally_status {
    guard::status(c"tally_product_accumulator_weighted_mean_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let products = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `weights`.
        let weights = unsafe { State::new(weights, "weights") }?.read()?;
        // SAFETY: the caller's promise about `mean`.
        let mean = unsafe { OutPtr::new(mean, "mean") }?;
        set_answer(&mean, weighted_mean(&products, &weights))
    })
}

exports! {
    /// The total as decimal text, of any length.
    ///
    /// Parameters and errors are those of tally_accumulator_value_text(), with
    /// `fraction_digits` from -1 to 2148.
    fn tally_product_accumulator_value_text(
        acc: *const tally_product_accumulator, fraction_digits: c_int, buffer: *mut c_char,
        size: usize, needed: *mut usize,
    ) -> tally_status = values::text(2148);

    /// Measures the error of another sum of the same products: the distance of
    /// `candidate` from the exact total, in units in the last place of the correctly
    /// rounded total. See tally_accumulator_error_f64().
    fn tally_product_accumulator_error_f64(
        acc: *const tally_product_accumulator, candidate: f64, ulps: *mut f64,
    ) -> tally_status = values::ask_with(ProductAccumulator::error_f64);

    /// Writes the saved form of `acc`. The same contents give the same bytes on every
    /// machine. The manual specifies the format in "The saved form of an accumulator".
    ///
    /// `*needed` is the number of bytes, at most TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX.
    /// `buffer` and `size` are as for tally_accumulator_save().
    fn tally_product_accumulator_save(
        acc: *const tally_product_accumulator, buffer: *mut c_void, size: usize, needed: *mut usize,
    ) -> tally_status = state_verbs::save;

    /// Reads a saved product accumulator of exactly `size` bytes into `acc`, replacing
    /// its contents.
    ///
    /// TALLY_FORMAT if the bytes are not what tally_product_accumulator_save() writes;
    /// the message says where. TALLY_INVALID if `size` is above PTRDIFF_MAX. Untrusted
    /// bytes are safe to load.
    fn tally_product_accumulator_load(
        bytes: *const c_void, size: usize, acc: *mut tally_product_accumulator,
    ) -> tally_status = state_verbs::load;

    /// Merges each of the `count` product accumulators in `in` into the corresponding
    /// one in `inout`, as a reduction operator for MPI_Op_create() and the like.
    /// Failures are recorded as by tally_accumulator_combine().
    fn tally_product_accumulator_combine(
        r#in: *const tally_product_accumulator, inout: *mut tally_product_accumulator, count: usize,
    ) = state_verbs::combine;

    /// Marks `into` as failed with `status`, which tally_product_accumulator_combine()
    /// propagates: see tally_accumulator_fail().
    fn tally_product_accumulator_fail(into: *mut tally_product_accumulator, status: c_int) -> tally_status
        = state_verbs::fail;
}

/// # Safety
/// `into` is valid for reading and writing, `x` and `y` for reading `count`
/// elements each.
unsafe fn add_products<const SUBTRACT: bool>(
    function: &'static CStr,
    into: Out<tally_product_accumulator>,
    x: In<f64>,
    y: In<f64>,
    count: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { (x.array(count)?, y.array(count)?) };
        into.add_up(|total| {
            for_each_pair_of_blocks(&x, &y, |x, y| {
                if SUBTRACT {
                    total.subtract_f64(x, y);
                } else {
                    total.add_f64(x, y);
                }
            });
        })
    })
}

/// # Safety
/// `into` is valid for reading and writing.
#[inline(always)]
unsafe fn add_product<const SUBTRACT: bool>(
    function: &'static CStr,
    into: Out<tally_product_accumulator>,
    x: f64,
    y: f64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { state_verbs::take_one::<_, SUBTRACT>(function, into, (x, y)) }
}
