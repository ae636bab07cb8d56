//! The value of a decimal
//!
//! Each function reads the exact total and rounds it once: half to even, unless it
//! takes another tally_rounding. Asking does not change the decimal.
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

use std::ffi::{c_char, c_int, c_void};
use std::mem::MaybeUninit;

use super::decimal::tally_decimal;
use super::decimal_verbs::Written;
use super::exports::{exports, section};
use super::{decimal_verbs, state_verbs, values};
use crate::boundary::status::tally_status;
use tally_core::{DECIMAL_SAVED_MAX, Decimal};

pub use super::decimal_data::tally_rounding;

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
    ) -> tally_status = decimal_verbs::text(Written::Total);

    /// The mean as decimal text: the exact total divided by the count, rounded once,
    /// half to even, to `fraction_digits` digits after the point, 0 to 342.
    ///
    /// TALLY_INVALID for any other number of digits, or if the count is below 1. All
    /// else is as for tally_decimal_value_text().
    fn tally_decimal_mean_text(
        dec: *const tally_decimal, fraction_digits: c_int, buffer: *mut c_char, size: usize,
        needed: *mut usize,
    ) -> tally_status = decimal_verbs::text(Written::Mean);

    /// The total as decimal text, rounded as `rounding` says.
    ///
    /// TALLY_INVALID if `rounding` is no tally_rounding. All else is as for
    /// tally_decimal_value_text(): in a text with all digits, or with those that were
    /// written, nothing is rounded.
    fn tally_decimal_value_text_rounded(
        dec: *const tally_decimal, fraction_digits: c_int, rounding: MaybeUninit<tally_rounding>,
        buffer: *mut c_char, size: usize, needed: *mut usize,
    ) -> tally_status = decimal_verbs::text_rounded(Written::Total);

    /// The mean as decimal text, rounded once, as `rounding` says.
    ///
    /// TALLY_INVALID if `rounding` is no tally_rounding. All else is as for
    /// tally_decimal_mean_text().
    fn tally_decimal_mean_text_rounded(
        dec: *const tally_decimal, fraction_digits: c_int, rounding: MaybeUninit<tally_rounding>,
        buffer: *mut c_char, size: usize, needed: *mut usize,
    ) -> tally_status = decimal_verbs::text_rounded(Written::Mean);

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
    /// `*needed` is the number of bytes, at most TALLY_DECIMAL_SAVED_MAX. `buffer` and
    /// `size` are as for tally_accumulator_save().
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
