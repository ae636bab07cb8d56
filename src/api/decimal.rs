//! Decimals
//!
//! Sums of decimal numbers as they are written, with no binary rounding at all:
//! ten million times "0.1" is 1000000, and money comes out as an accountant
//! writes it. (A double for 0.1 is not 0.1, and an exact sum of ten million
//! such doubles is not 1000000.)
//!
//! ```c
//! tally_decimal sum = TALLY_DECIMAL_INIT;
//! size_t consumed, values;
//! char text[40];
//! if (tally_decimal_add_text(&sum, "0.10 0.20", 9, ' ', 1, &consumed,
//!                            &values) == TALLY_OK &&
//!     tally_decimal_value_text(&sum, TALLY_DECIMAL_AS_WRITTEN, text,
//!                              sizeof text, NULL) == TALLY_OK)
//!     puts(text);                                         // 0.30
//! else
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! A decimal is 352 bytes of plain memory of the caller's, with the habits of a
//! tally_accumulator. All bytes zero is the empty sum. It may be copied with
//! memcpy(), may lie at any alignment and has no destructor. The same numbers
//! give the same bytes, in whatever order and parts they were added and merged.
//! Its bytes are in the machine's own order, and another version of the library may
//! give them another meaning: to send or to keep them, use tally_decimal_save(). It
//! is not locked: give each thread its own and merge them.
//!
//! Numbers have at most 342 digits after the point and 322 before it. A decimal
//! counts its values, and remembers its scale: the most digits after the point
//! that any of them was written with, but at most 342, however many zeros end a
//! number. Taking values out is exact too, but never lowers the scale: that is all
//! that may differ then from the bytes of a decimal that never had them.
//!
//! Every function that takes a decimal returns TALLY_NULL for NULL, TALLY_INVALID
//! for bytes that are not a decimal, and the status that tally_decimal_combine() or
//! tally_decimal_fail() left in it; on failure it leaves the decimal as it was. TALLY_OVERFLOW means that
//! a count would leave +-(2^63 - 1), or the total +-5*10^341: adding 2^63 - 1
//! numbers of any size never does.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_decimal: the empty sum.
//  */
// #define TALLY_DECIMAL_INIT {{0}}
// header: verbatim-end

use std::ffi::{c_char, c_int, c_void};

use super::exports::{exports, section};
use super::state::opaque_state;
use super::{decimal_verbs, state_verbs, values};
use crate::boundary::status::tally_status;
use tally_core::{DECIMAL_SAVED_MAX, Decimal};

/// A sum of decimals in progress. Its content is the library's.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_decimal {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 44],
}

opaque_state!(tally_decimal, Decimal);

/// The size of a decimal in bytes: 352. For callers without this header. Cannot
/// fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_decimal_size() -> usize {
    size_of::<tally_decimal>()
}

exports! {
    /// Adds everything that is in `from` to `into`.
    ///
    /// `from` is read first, so that both may be the same decimal, which doubles it,
    /// or overlap. Merging is exact: the order of merges leaves no trace.
    fn tally_decimal_merge(into: *mut tally_decimal, from: *const tally_decimal) -> tally_status
        = state_verbs::merge;

    /// Takes everything that is in `from` out of `into`: the inverse of merging, but
    /// for the scale, which stays.
    ///
    /// NaN and infinities are taken out too. Both may be the same decimal, which
    /// empties it, or overlap.
    fn tally_decimal_unmerge(into: *mut tally_decimal, from: *const tally_decimal) -> tally_status
        = state_verbs::unmerge;

    /// The number of values added, less those subtracted: NaN, infinities and zeros
    /// included.
    fn tally_decimal_count(dec: *const tally_decimal, count: *mut i64) -> tally_status
        = state_verbs::count;

    /// How many values are NaN, how many plus infinity, and how many minus infinity:
    /// those added, less those subtracted. NULL for a count that is not wanted.
    fn tally_decimal_special_counts(
        dec: *const tally_decimal, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// Compares two totals exactly: `*order` is -1 if that of `a` is the smaller one,
    /// 0 if they are equal, 1 if it is the larger one.
    ///
    /// Counts and scales are not compared. Infinities are beyond all other numbers.
    /// TALLY_INVALID if a total is NaN, or if more NaN or infinities were taken out
    /// than put in.
    fn tally_decimal_compare(
        a: *const tally_decimal, b: *const tally_decimal, order: *mut c_int,
    ) -> tally_status = decimal_verbs::compare;

    /// Merges `count` decimals of `in` into those of `inout`, one by one: an operator
    /// for MPI_Op_create() and the like.
    ///
    /// It can return nothing, so a failure stays in the state: a decimal of `inout`
    /// whose merge failed, or whose partner had failed, keeps its total and remembers
    /// the status, and every function but this one refuses it with that status from
    /// then on, until all its bytes are set to zero. The thread's error is set too:
    /// TALLY_NULL for NULL with `count` above 0, TALLY_INVALID for an impossible
    /// `count`.
    fn tally_decimal_combine(r#in: *const tally_decimal, inout: *mut tally_decimal, count: usize)
        = state_verbs::combine;

    /// Leaves a failure in `into`, for a participant whose part could not be computed
    /// but who must take part: tally_decimal_combine() passes it on, so that all learn of
    /// it.
    ///
    /// From then on every function that reads or changes `into` refuses it with `status`,
    /// or with TALLY_INVALID if this version of the library does not know the number. To
    /// use `into` again, set all its bytes to zero or load a saved state into it. A state
    /// that has failed already is refused, and keeps its first status. TALLY_INVALID if
    /// `status` is not below 0.
    fn tally_decimal_fail(into: *mut tally_decimal, status: c_int) -> tally_status
        = state_verbs::fail;
}

section! {
    //! Adding to a decimal
    //!
    //! From text, or from integers that stand for decimals: cents, or a column of a
    //! database's DECIMAL type. A call adds all of its values or, on failure, none.
    //!
    //! ```c
    //! tally_decimal sum = TALLY_DECIMAL_INIT;
    //! size_t consumed, values;
    //! if (tally_decimal_add_text(&sum, line, length, ',', 1, &consumed,
    //!                            &values) != TALLY_OK ||
    //!     tally_decimal_add_scaled(&sum, cents, count, 2) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
    //!
    //! A number is a sign (or none), digits with at most one point among, before or
    //! after them, and an exponent (or none): "-12.50", ".5", "1e-3". The words
    //! "nan", "inf" and "infinity", in upper or lower case and with a sign or
    //! without, are taken too. A word that is anything else is TALLY_PARSE; a number
    //! with digits, other than zeros, further than 342 places after the point or 322
    //! before it is TALLY_OVERFLOW. Both messages name the word, shortened, and the
    //! offset of its first byte.
}

exports! {
    /// Adds the numbers in `size` bytes of text.
    ///
    /// The text is taken apart as tally_accumulator_add_text() does it: `separator`
    /// stands between the numbers of a line, with 0 for `final` a number that the
    /// end of the text may have cut is left for the next call, `*consumed` is the
    /// number of bytes that need not be passed again, `*values` how many numbers were
    /// added. `text` may be NULL if `size` is 0.
    ///
    /// On failure nothing was added, and `*values` is untouched. For a bad word,
    /// `*consumed` is the offset of its first byte; otherwise it is untouched too.
    fn tally_decimal_add_text(
        into: *mut tally_decimal, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = decimal_verbs::add_text::<false, _>;

    /// Takes out the numbers in `size` bytes of text: undoes
    /// tally_decimal_add_text(), whose parameters it has, but for the scale.
    fn tally_decimal_subtract_text(
        into: *mut tally_decimal, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = decimal_verbs::add_text::<true, _>;

    /// Adds `count` integers, each times 10^-`scale`: cents with a `scale` of 2.
    ///
    /// The array may lie at any alignment, and may be NULL if `count` is 0.
    /// TALLY_INVALID if `scale` is not 0 to 342, or if the array would be larger than
    /// PTRDIFF_MAX bytes. `scale` counts as the digits that the values were written
    /// with.
    fn tally_decimal_add_scaled(
        into: *mut tally_decimal, values: *const i64, count: usize, scale: c_int,
    ) -> tally_status = decimal_verbs::add_scaled::<false, _>;

    /// Takes out `count` integers, each times 10^-`scale`: undoes
    /// tally_decimal_add_scaled(), but for the scale.
    fn tally_decimal_subtract_scaled(
        into: *mut tally_decimal, values: *const i64, count: usize, scale: c_int,
    ) -> tally_status = decimal_verbs::add_scaled::<true, _>;
}

section! {
    //! The value of a decimal
    //!
    //! Each function reads the exact total and rounds it once, half to even. Asking
    //! does not change the decimal.
    //!
    //! ```c
    //! char total[40], mean[40];
    //! if (tally_decimal_value_text(&ledger, 2, total, 40, NULL) != TALLY_OK ||
    //!     tally_decimal_mean_text(&ledger, 4, mean, 40, NULL) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
    //!
    //! Any NaN among the values gives NaN, and so do infinities of both signs; a
    //! single kind of infinity gives that infinity. TALLY_INVALID if more NaN or
    //! infinities were taken out than put in. On failure the result is untouched,
    //! but for the infinity that is documented.
}

// header: verbatim-begin
//
// /**
//  * A number of digits after the point: as many as the scale of the decimal, so
//  * that "0.10" and "0.20" are "0.30".
//  */
// #define TALLY_DECIMAL_AS_WRITTEN (-2)
// header: verbatim-end

exports! {
    /// The total as decimal text.
    ///
    /// `fraction_digits` is how many digits follow the point: 0 to 342, the last one
    /// rounded half to even; -1 for all that there are, and no zeros at the end; or
    /// TALLY_DECIMAL_AS_WRITTEN, which never rounds. TALLY_INVALID for any other
    /// number. The point is always ".". There is no negative zero: a total that is
    /// zero, or rounds to it, has no sign. Special totals are "nan", "inf" and
    /// "-inf".
    ///
    /// `buffer` receives the text and a NUL. `*needed`, if `needed` is not NULL, is
    /// the length of the text in bytes, without the NUL: the buffer needs one byte
    /// more. If `size` is less than that, the buffer is untouched and
    /// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
    /// for `buffer` and 0 for `size` only the length is asked for, and the call
    /// succeeds; NULL with another size is TALLY_NULL.
    fn tally_decimal_value_text(
        dec: *const tally_decimal, fraction_digits: c_int, buffer: *mut c_char, size: usize,
        needed: *mut usize,
    ) -> tally_status = decimal_verbs::value_text;

    /// The mean as decimal text: the exact total divided by the count, rounded once,
    /// half to even, to `fraction_digits` digits after the point, 0 to 342.
    ///
    /// TALLY_INVALID for any other number of digits, or if the count is below 1. All
    /// else is as for tally_decimal_value_text().
    fn tally_decimal_mean_text(
        dec: *const tally_decimal, fraction_digits: c_int, buffer: *mut c_char, size: usize,
        needed: *mut usize,
    ) -> tally_status = decimal_verbs::mean_text;

    /// The double nearest to the decimal total, ties to even: rounded once.
    ///
    /// A total that rounds to zero keeps its sign; one that is zero is +0.0. Beyond
    /// DBL_MAX, `*total` is the infinity of its sign, with TALLY_OVERFLOW.
    fn tally_decimal_value_f64(dec: *const tally_decimal, total: *mut f64) -> tally_status
        = values::ask(Decimal::value_f64);
}

section! {
    //! Saving a decimal
    //!
    //! As for an accumulator: a short string of bytes that every machine and every
    //! later version of the library reads. The manual specifies it, in "The saved form of
    //! an accumulator".
    //!
    //! ```c
    //! unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
    //! size_t n;
    //! if (tally_decimal_save(&ledger, bytes, sizeof bytes, &n) != TALLY_OK ||
    //!     tally_decimal_load(bytes, n, &other) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

/// The most bytes that a saved decimal takes.
pub const TALLY_DECIMAL_SAVED_MAX: usize = 352;

const _: () = assert!(TALLY_DECIMAL_SAVED_MAX == DECIMAL_SAVED_MAX);

exports! {
    /// Writes the saved form of `dec`.
    ///
    /// `buffer` receives the bytes; `*needed` is how many they are, at most
    /// TALLY_DECIMAL_SAVED_MAX. If `size` is less, the buffer is untouched and
    /// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
    /// for `buffer` and 0 for `size` only the length is asked for, and the call
    /// succeeds; NULL with another size is TALLY_NULL.
    fn tally_decimal_save(
        dec: *const tally_decimal, buffer: *mut c_void, size: usize, needed: *mut usize,
    ) -> tally_status = state_verbs::save;

    /// Reads a saved decimal from exactly `size` bytes into `dec`, whatever was there
    /// before.
    ///
    /// TALLY_FORMAT if the bytes are not what tally_decimal_save() writes; the
    /// message says where. Bytes from a stranger do no harm.
    fn tally_decimal_load(
        bytes: *const c_void, size: usize, dec: *mut tally_decimal,
    ) -> tally_status = state_verbs::load;
}
