//! Adding to a decimal
//!
//! From text; from integers that stand for decimals: cents, or a column of a
//! database's DECIMAL type; or from doubles that were decimals once. A call adds all
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
//! A number is a sign (or none), digits with at most one point among, before or
//! after them, and an exponent (or none): "-12.50", ".5", "1e-3". The words
//! "nan", "inf" and "infinity", in upper or lower case and with a sign or
//! without, are taken too. A word that is anything else is TALLY_PARSE; a number
//! with digits, other than zeros, further than 342 places after the point or 322
//! before it is TALLY_OVERFLOW. Both messages name the word, shortened, and the
//! offset of its first byte.

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
    /// The text is split as by tally_accumulator_add_text(): `separator` stands
    /// between the numbers of a line, with 0 for `final` a number that the end of the
    /// text may have cut is left for the next call, `*consumed` is the number of
    /// bytes that need not be passed again, `*values` how many numbers were added.
    /// `text` may be NULL if `size` is 0.
    ///
    /// On failure nothing was added, and `*values` is untouched. For a bad word,
    /// `*consumed` is the offset of its first byte; otherwise it is untouched too.
    fn tally_decimal_add_text(
        into: *mut tally_decimal, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = decimal_add_verbs::add_text::<false, _>;

    /// Takes out the numbers in `size` bytes of text: undoes
    /// tally_decimal_add_text(), whose parameters it has, but for the scale.
    fn tally_decimal_subtract_text(
        into: *mut tally_decimal, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = decimal_add_verbs::add_text::<true, _>;

    /// Adds the number in `size` bytes of text, which is one finite number and nothing
    /// else: the call for a field of a table.
    ///
    /// No blank, no separator and no NUL may stand before the number or after it, and
    /// "nan" and "inf" are no finite numbers: all of these, and an empty text, are
    /// TALLY_PARSE. The message has the text, shortened, and the offset of the first
    /// byte that does not belong there. TALLY_OVERFLOW is as above; TALLY_INVALID if
    /// `size` is above PTRDIFF_MAX.
    fn tally_decimal_add_one_text(
        into: *mut tally_decimal, text: *const c_char, size: usize,
    ) -> tally_status = decimal_add_verbs::add_one_text::<false, _>;

    /// Takes out the number in `size` bytes of text: undoes
    /// tally_decimal_add_one_text(), but for the scale.
    fn tally_decimal_subtract_one_text(
        into: *mut tally_decimal, text: *const c_char, size: usize,
    ) -> tally_status = decimal_add_verbs::add_one_text::<true, _>;

    /// Adds `count` integers, each times 10^-`scale`: cents with a `scale` of 2.
    ///
    /// The array may lie at any alignment, and may be NULL if `count` is 0.
    /// TALLY_INVALID if `scale` is not 0 to 342, or if the array would be larger than
    /// PTRDIFF_MAX bytes. `scale` counts as the digits that the values were written
    /// with.
    fn tally_decimal_add_scaled(
        into: *mut tally_decimal, values: *const i64, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<false, _, _>;

    /// Takes out `count` integers, each times 10^-`scale`: undoes
    /// tally_decimal_add_scaled(), but for the scale.
    fn tally_decimal_subtract_scaled(
        into: *mut tally_decimal, values: *const i64, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<true, _, _>;

    /// Adds each integer of a column that counts, times 10^-`scale`.
    ///
    /// TALLY_INVALID for a bad column, as under Columns, for one of floats, and if `scale`
    /// is not 0 to 342. `scale` is as for tally_decimal_add_scaled().
    fn tally_decimal_add(
        into: *mut tally_decimal, values: *const tally_column, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_column::<false, _>;

    /// Takes each integer of a column that counts out again: undoes tally_decimal_add(), but
    /// for the scale.
    fn tally_decimal_subtract(
        into: *mut tally_decimal, values: *const tally_column, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_column::<true, _>;

    /// Adds `count` integers of 128 bits, each times 10^-`scale`: a column of type
    /// decimal128 of Arrow, for one. All else is as for tally_decimal_add_scaled().
    fn tally_decimal_add_scaled_i128(
        into: *mut tally_decimal, values: *const tally_int128, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<false, _, _>;

    /// Takes out `count` integers of 128 bits, each times 10^-`scale`: undoes
    /// tally_decimal_add_scaled_i128(), but for the scale.
    fn tally_decimal_subtract_scaled_i128(
        into: *mut tally_decimal, values: *const tally_int128, count: usize, scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_scaled::<true, _, _>;

    /// Adds `count` doubles, each as the shortest decimal that reads back as the same
    /// double.
    ///
    /// The double that 73.2 is read as is added as 73.2, not as the binary fraction
    /// that it is: 73.2 - 70.1 - 3.1 is 0. Of the shortest decimals the one nearest to
    /// the double is meant, and of two that are equally near the one whose last digit is
    /// even, as Python, JavaScript and C++ print it. A double of 2^53 or more may have more
    /// digits than that: 2^63 is added as 9223372036854776000. It counts as written with the
    /// digits that it has after the point: 2 for 0.25, 0 for 1e22. Every finite double is in
    /// range; NaN and infinities are counted. The array may lie at any alignment, and may be NULL if `count` is 0;
    /// TALLY_INVALID if it would be larger than PTRDIFF_MAX bytes.
    ///
    /// What was computed in doubles is not what was meant: 0.1 + 0.2 is
    /// 0.30000000000000004.
    fn tally_decimal_add_f64(
        into: *mut tally_decimal, values: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_f64::<false, _>;

    /// Takes out `count` doubles: undoes tally_decimal_add_f64(), but for the scale.
    fn tally_decimal_subtract_f64(
        into: *mut tally_decimal, values: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_f64::<true, _>;

    /// Adds one double, as tally_decimal_add_f64() does.
    fn tally_decimal_add_one_f64(into: *mut tally_decimal, value: f64) -> tally_status
        = decimal_add_verbs::add_one_f64::<false, _>;

    /// Takes out one double, as tally_decimal_subtract_f64() does.
    fn tally_decimal_subtract_one_f64(into: *mut tally_decimal, value: f64) -> tally_status
        = decimal_add_verbs::add_one_f64::<true, _>;
}

section! {
    //! Products of decimals
    //!
    //! Prices times quantities, and amounts times rates: exactly, with as many digits
    //! after the point as both factors have together. A product counts as one value.
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
    /// Adds the products of `count` pairs of integers that stand for decimals.
    ///
    /// Each element of `x` times 10^-`x_scale` is multiplied by the one of `y` in its
    /// place times 10^-`y_scale`. The arrays may lie at any alignment, and may be NULL
    /// if `count` is 0. TALLY_INVALID if a scale, or both together, are not 0 to 342,
    /// or if an array would be larger than PTRDIFF_MAX bytes.
    fn tally_decimal_add_products(
        into: *mut tally_decimal, x: *const i64, y: *const i64, count: usize, x_scale: c_int,
        y_scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_products::<false, _>;

    /// Takes the products of `count` pairs out: undoes tally_decimal_add_products(), but
    /// for the scale.
    fn tally_decimal_subtract_products(
        into: *mut tally_decimal, x: *const i64, y: *const i64, count: usize, x_scale: c_int,
        y_scale: c_int,
    ) -> tally_status = decimal_add_verbs::add_products::<true, _>;

    /// Adds the products of `count` pairs of doubles, each double as the shortest
    /// decimal that reads back as it: see tally_decimal_add_f64().
    ///
    /// TALLY_OVERFLOW, with the first such pair in the message, if a product has
    /// digits, other than zeros, further than 342 places after the point or 322 before
    /// it; then nothing is added. NaN times anything and an infinity times zero count as
    /// NaN, an infinity times anything else as an infinity. The arrays are as for
    /// tally_decimal_add_products().
    fn tally_decimal_add_products_f64(
        into: *mut tally_decimal, x: *const f64, y: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_products_f64::<false, _>;

    /// Takes the products of `count` pairs out: undoes
    /// tally_decimal_add_products_f64(), but for the scale.
    fn tally_decimal_subtract_products_f64(
        into: *mut tally_decimal, x: *const f64, y: *const f64, count: usize,
    ) -> tally_status = decimal_add_verbs::add_products_f64::<true, _>;
}
