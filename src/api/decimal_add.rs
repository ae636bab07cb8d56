//! Adding to a decimal
//!
//! A decimal takes text, integers with a scale, such as cents or the values of a
//! database's DECIMAL type, and doubles that were read from decimals. A call adds all
//! of its values or, on failure, none.
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
//! A number in text is decimal digits with an optional sign, decimal point and
//! exponent: "-12.50", ".5", "1e-3". The words "nan", "inf" and "infinity" are accepted
//! too, in upper or lower case, with an optional sign. Any other word is TALLY_PARSE. A
//! number with nonzero digits more than 342 places after the point or 322 before it is
//! TALLY_OVERFLOW. Both messages quote the word, possibly shortened, with its byte
//! offset.

use std::ffi::{c_char, c_int};

use super::column_data::tally_column;
use super::decimal::tally_decimal;
use super::decimal_add_verbs;
use super::exports::{exports, section};
use crate::boundary::status::tally_status;

pub use super::decimal_data::tally_int128;

exports! {
    /// Adds the numbers in `size` bytes of text.
    ///
    /// The text is split as by tally_accumulator_add_text(): `separator` separates the
    /// numbers within a line, and with 0 for `final` a number that the end of the text
    /// may have cut is left for the next call. `*consumed` is the number of bytes
    /// processed and `*values` the number of numbers added; neither pointer may be
    /// NULL. `text` may be NULL if `size` is 0.
    ///
    /// On failure nothing is added and `*values` is unchanged. If a word is refused,
    /// `*consumed` is its byte offset; otherwise it is unchanged too.
    fn tally_decimal_add_text(
        into: *mut tally_decimal, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = decimal_add_verbs::add_text::<false, _>;

    /// Subtracts the numbers in `size` bytes of text: the inverse of
    /// tally_decimal_add_text(), with the same parameters, except that the scale never
    /// falls.
    fn tally_decimal_subtract_text(
        into: *mut tally_decimal, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = decimal_add_verbs::add_text::<true, _>;

    /// Adds the number in `size` bytes of text, which must be exactly one finite
    /// number. This is the call for a single field of a table.
    ///
    /// TALLY_PARSE for an empty text, for "nan" and "inf", and if there is a space, a
    /// separator, a NUL or anything else before or after the number. The message quotes
    /// the text, possibly shortened, with the offset of the first wrong byte.
    /// TALLY_OVERFLOW for nonzero digits out of range: see Adding to a decimal.
    /// TALLY_INVALID if `size` is above PTRDIFF_MAX.
    fn tally_decimal_add_one_text(
        into: *mut tally_decimal, text: *const c_char, size: usize,
    ) -> tally_status = decimal_add_verbs::add_one_text::<false, _>;

    /// Subtracts the number in `size` bytes of text: the inverse of
    /// tally_decimal_add_one_text(), except for the scale.
    fn tally_decimal_subtract_one_text(
        into: *mut tally_decimal, text: *const c_char, size: usize,
    ) -> tally_status = decimal_add_verbs::add_one_text::<true, _>;

    /// Adds `count` integers, each times 10^-`scale`, such as cents with a `scale` of
    /// 2.
    ///
    /// The array may have any alignment, and may be NULL if `count` is 0. TALLY_INVALID
    /// if `scale` is not 0 to 342, or if the array would be larger than PTRDIFF_MAX
    /// bytes. The values count as written with `scale` digits after the point.
    fn tally_decimal_add_scaled(
        into: *mut tally_decimal, values: *const i64, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<false, _, _>;

    /// Subtracts `count` integers, each times 10^-`scale`: the inverse of
    /// tally_decimal_add_scaled(), except for the scale.
    fn tally_decimal_subtract_scaled(
        into: *mut tally_decimal, values: *const i64, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<true, _, _>;

    /// Adds the integers of a column that count, each times 10^-`scale`.
    ///
    /// TALLY_INVALID for a malformed column (see Columns), for a column of floats, and
    /// if `scale` is not 0 to 342. `scale` is as for tally_decimal_add_scaled().
    fn tally_decimal_add(
        into: *mut tally_decimal, values: *const tally_column, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_column::<false, _>;

    /// Subtracts the integers of a column that count: the inverse of
    /// tally_decimal_add(), except for the scale.
    fn tally_decimal_subtract(
        into: *mut tally_decimal, values: *const tally_column, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_column::<true, _>;

    /// Adds `count` integers of 128 bits, each times 10^-`scale`, such as an Arrow
    /// array of decimal128. Everything else is as for tally_decimal_add_scaled().
    fn tally_decimal_add_scaled_i128(
        into: *mut tally_decimal, values: *const tally_int128, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<false, _, _>;

    /// Subtracts `count` integers of 128 bits, each times 10^-`scale`: the inverse of
    /// tally_decimal_add_scaled_i128(), except for the scale.
    fn tally_decimal_subtract_scaled_i128(
        into: *mut tally_decimal, values: *const tally_int128, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<true, _, _>;

    /// Adds `count` doubles, each as the shortest decimal that converts back to the
    /// same double.
    ///
    /// The double 73.2 is added as 73.2, not as the binary fraction that represents it,
    /// so 73.2 - 70.1 - 3.1 is 0. Of several shortest decimals the one nearest to the
    /// double is added, and of two equally near ones the one whose last digit is even,
    /// as Python, JavaScript and C++ print it. For a double of 2^53 or more this may
    /// differ from its integer value: 2^63 is added as 9223372036854776000. A value
    /// counts as written with the digits that its decimal has after the point: 2 for
    /// 0.25, 0 for 1e22. Every finite double is in range; NaN and infinities are
    /// counted. The array may have any alignment, and may be NULL if `count` is 0;
    /// TALLY_INVALID if it would be larger than PTRDIFF_MAX bytes.
    ///
    /// This restores decimals that were read into doubles, not results computed in
    /// doubles: 0.1 + 0.2 is added as 0.30000000000000004.
    fn tally_decimal_add_f64(
        into: *mut tally_decimal, values: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_f64::<false, _>;

    /// Subtracts `count` doubles: the inverse of tally_decimal_add_f64(), except for
    /// the scale.
    fn tally_decimal_subtract_f64(
        into: *mut tally_decimal, values: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_f64::<true, _>;

    /// Adds one double, as tally_decimal_add_f64() does.
    fn tally_decimal_add_one_f64(into: *mut tally_decimal, value: f64) -> tally_status
        = decimal_add_verbs::add_one_f64::<false, _>;

    /// Subtracts one double, as tally_decimal_subtract_f64() does.
    fn tally_decimal_subtract_one_f64(into: *mut tally_decimal, value: f64) -> tally_status
        = decimal_add_verbs::add_one_f64::<true, _>;
}

section! {
    //! Products of decimals
    //!
    //! Prices times quantities and amounts times rates, exactly: a product has as many
    //! digits after the point as its factors have together. It counts as one value.
    //!
    //! ```c
    //! const int64_t price[] = {1999, 5}, grams[] = {3500, 1000};
    //! tally_decimal bill = TALLY_DECIMAL_INIT;
    //! char text[40];                              // 19.99 * 3.5 + 0.05 * 1
    //! if (tally_decimal_add_products(&bill, price, grams, 2, 2, 3) !=
    //!         TALLY_OK ||
    //!     tally_decimal_value_text(&bill, 2, text, 40, NULL) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

exports! {
    /// Adds the products of `count` pairs of integers with scales.
    ///
    /// Each element of `x` times 10^-`x_scale` is multiplied by the corresponding
    /// element of `y` times 10^-`y_scale`. The arrays may have any alignment, and may
    /// be NULL if `count` is 0. TALLY_INVALID if a scale, or the sum of both, is not 0
    /// to 342, or if an array would be larger than PTRDIFF_MAX bytes.
    fn tally_decimal_add_products(
        into: *mut tally_decimal, x: *const i64, y: *const i64, count: usize, x_scale: c_int,
        y_scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_products::<false, _>;

    /// Subtracts the products of `count` pairs: the inverse of
    /// tally_decimal_add_products(), except for the scale.
    fn tally_decimal_subtract_products(
        into: *mut tally_decimal, x: *const i64, y: *const i64, count: usize, x_scale: c_int,
        y_scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_products::<true, _>;

    /// Adds the products of `count` pairs of doubles, each taken as its shortest
    /// decimal: see tally_decimal_add_f64().
    ///
    /// TALLY_OVERFLOW, with nothing added and the first such pair in the message, if a
    /// product has nonzero digits more than 342 places after the point or 322 before
    /// it. NaN times anything and an infinity times zero count as NaN, an infinity
    /// times anything else as an infinity. The arrays are as for
    /// tally_decimal_add_products().
    fn tally_decimal_add_products_f64(
        into: *mut tally_decimal, x: *const f64, y: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_products_f64::<false, _>;

    /// Subtracts the products of `count` pairs: the inverse of
    /// tally_decimal_add_products_f64(), except for the scale.
    fn tally_decimal_subtract_products_f64(
        into: *mut tally_decimal, x: *const f64, y: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_products_f64::<true, _>;
}
