//! The value of a decimal
//!
//! Each function reads the exact total and rounds it once, half to even unless it takes
//! a tally_rounding. The decimal is not changed.
//!
//! ```c
//! char total[40], mean[40];
//! if (tally_decimal_value_text(&ledger, 2, total, 40, NULL) != TALLY_OK ||
//!     tally_decimal_mean_text(&ledger, 4, mean, 40, NULL) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! Any NaN among the values makes the total NaN, and so do infinities of both signs;
//! infinities of one sign make it that infinity. TALLY_INVALID if more NaN or
//! infinities were subtracted than added. On failure the result is unchanged, except
//! for the documented infinity.

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
//  * A value for 'fraction_digits': as many digits after the point as the scale of the
//  * decimal, so the sum of "0.10" and "0.20" is "0.30".
//  */
// #define TALLY_DECIMAL_AS_WRITTEN (-2)
// header: verbatim-end

exports! {
    /// The total as decimal text.
    ///
    /// `fraction_digits` is the number of digits after the point: 0 to 342, rounded
    /// half to even; -1 for the exact total without trailing zeros; or
    /// TALLY_DECIMAL_AS_WRITTEN, which never rounds. TALLY_INVALID for any other
    /// number. The decimal point is always ".". There is no negative zero: a total that
    /// is zero or rounds to zero has no sign. Special totals are "nan", "inf" and
    /// "-inf".
    ///
    /// `buffer` receives the text and a NUL. `*needed` is the length of the text in
    /// bytes, without the NUL; `needed` may be NULL. TALLY_TOO_SMALL if `size` is less
    /// than that length plus 1; then only `*needed` is written. TALLY_INVALID if `size`
    /// is above PTRDIFF_MAX. To query the length alone, pass NULL for `buffer` and 0
    /// for `size`: the call succeeds. NULL with any other size is TALLY_NULL.
    fn tally_decimal_value_text(
        dec: *const tally_decimal, fraction_digits: c_int, buffer: *mut c_char, size: usize,
        needed: *mut usize,
    ) -> tally_status = decimal_verbs::text(Written::Total);

    /// The mean as decimal text: the exact total divided by the count, rounded once,
    /// half to even, to `fraction_digits` digits after the point, 0 to 342.
    ///
    /// TALLY_INVALID for any other number of digits, and if the count is below 1.
    /// Everything else is as for tally_decimal_value_text().
    fn tally_decimal_mean_text(
        dec: *const tally_decimal, fraction_digits: c_int, buffer: *mut c_char, size: usize,
        needed: *mut usize,
    ) -> tally_status = decimal_verbs::text(Written::Mean);

    /// The total as decimal text, rounded according to `rounding`.
    ///
    /// TALLY_INVALID if `rounding` is not a tally_rounding. Everything else is as for
    /// tally_decimal_value_text(); -1 and TALLY_DECIMAL_AS_WRITTEN for
    /// `fraction_digits` never round.
    fn tally_decimal_value_text_rounded(
        dec: *const tally_decimal, fraction_digits: c_int, rounding: MaybeUninit<tally_rounding>,
        buffer: *mut c_char, size: usize, needed: *mut usize,
    ) -> tally_status = decimal_verbs::text_rounded(Written::Total);

    /// The mean as decimal text, rounded once according to `rounding`.
    ///
    /// TALLY_INVALID if `rounding` is not a tally_rounding. Everything else is as for
    /// tally_decimal_mean_text().
    fn tally_decimal_mean_text_rounded(
        dec: *const tally_decimal, fraction_digits: c_int, rounding: MaybeUninit<tally_rounding>,
        buffer: *mut c_char, size: usize, needed: *mut usize,
    ) -> tally_status = decimal_verbs::text_rounded(Written::Mean);

    /// The double nearest to the decimal total, rounded once, with ties to even.
    ///
    /// A total that rounds to zero keeps its sign; a total of exactly zero is +0.0.
    /// TALLY_OVERFLOW if it rounds beyond DBL_MAX; `*total` is then infinity, with its
    /// sign.
    fn tally_decimal_value_f64(dec: *const tally_decimal, total: *mut f64) -> tally_status
        = values::ask(Decimal::value_f64);
}

section! {
    //! Saving a decimal
    //!
    //! A saved decimal, like a saved accumulator, is a short string of bytes that any
    //! machine and any later version of the library can read. The manual specifies the
    //! format in "The saved form of an accumulator".
    //!
    //! ```c
    //! unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
    //! size_t n;
    //! if (tally_decimal_save(&ledger, bytes, sizeof bytes, &n) != TALLY_OK ||
    //!     tally_decimal_load(bytes, n, &other) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

/// The maximum size of a saved decimal in bytes.
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

    /// Reads a saved decimal of exactly `size` bytes into `dec`, replacing its
    /// contents.
    ///
    /// TALLY_FORMAT if the bytes are not what tally_decimal_save() writes; the message
    /// says where. TALLY_INVALID if `size` is above PTRDIFF_MAX. Untrusted bytes are
    /// safe to load.
    fn tally_decimal_load(
        bytes: *const c_void, size: usize, dec: *mut tally_decimal,
    ) -> tally_status = state_verbs::load;
}
