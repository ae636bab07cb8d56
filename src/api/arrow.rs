//! Columns of Arrow
//!
//! Arrays and streams of Apache Arrow, through its C data interface and C stream
//! interface, which pyarrow, Polars, DuckDB and many others export without copying.
//! Each function adds one column; nothing is copied or allocated.
//!
//! ```c
//! int next_batch(struct ArrowSchema *schema, struct ArrowArray *batch);
//! struct ArrowSchema schema;
//! struct ArrowArray batch;
//! if (next_batch(&schema, &batch)) {
//!     if (tally_accumulator_add_arrow(&sum, &schema, &batch, "price") !=
//!         TALLY_OK)
//!         fprintf(stderr, "%s\n", tally_last_message());
//!     batch.release(&batch);
//!     schema.release(&schema);
//! }
//! ```
//!
//! `column` selects the column. NULL selects the array itself. A name selects the field
//! with exactly that name of a struct, such as a record batch. A text that begins with
//! `.` or `[` is a dot path of names and of indices counted from 0, as in Arrow's C++
//! library: `.order.price`, `[2]`, `.items[0]`. In a path, a `.`, `[` or backslash
//! within a name is preceded by a backslash. A path leads through at most 64 structs.
//!
//! An element that is null, or lies in a struct that is null, is skipped, in a pair of
//! columns together with its partner. NaN counts. Buffers may have any alignment, and
//! `null_count` may be -1.
//!
//! The functions that take an ArrowSchema and an ArrowArray only read them, during the
//! call, and release nothing: ownership does not change, even on failure. Those that
//! take an ArrowArrayStream read it to its end, and release its schema and each of its
//! arrays exactly once, even on failure or if a callback throws a C++ exception; the
//! caller still owns the stream and must release it. All elements are added at the end
//! or, on failure, none. The callbacks of a stream may call this library and throw, as
//! described in Callbacks, but a release callback must not throw.
//!
//! TALLY_INVALID if there is no such column or more than one, if its type is not
//! supported by the function, if an argument has already been released, and if the
//! structs are inconsistent. TALLY_NULL if a pointer is NULL that Arrow requires.
//! TALLY_CALLBACK if a callback of a stream fails; the message has its error number and
//! the error text of the stream. Each message names the place, as in
//! `array->children[1]: length is -1`. That the buffers are as large as the structs say
//! cannot be checked.
// header: verbatim-begin
//
// /* As in Arrow's specification; other headers may define them too. */
// #ifndef ARROW_C_DATA_INTERFACE
// #define ARROW_C_DATA_INTERFACE
//
// #define ARROW_FLAG_DICTIONARY_ORDERED 1
// #define ARROW_FLAG_NULLABLE 2
// #define ARROW_FLAG_MAP_KEYS_SORTED 4
//
// struct ArrowSchema {
//     const char *format;
//     const char *name;
//     const char *metadata;
//     int64_t flags;
//     int64_t n_children;
//     struct ArrowSchema **children;
//     struct ArrowSchema *dictionary;
//     void (*release)(struct ArrowSchema *);
//     void *private_data;
// };
//
// struct ArrowArray {
//     int64_t length;
//     int64_t null_count;
//     int64_t offset;
//     int64_t n_buffers;
//     int64_t n_children;
//     const void **buffers;
//     struct ArrowArray **children;
//     struct ArrowArray *dictionary;
//     void (*release)(struct ArrowArray *);
//     void *private_data;
// };
//
// #endif
//
// #ifndef ARROW_C_STREAM_INTERFACE
// #define ARROW_C_STREAM_INTERFACE
//
// struct ArrowArrayStream {
//     int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
//     int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
//     const char *(*get_last_error)(struct ArrowArrayStream *);
//     void (*release)(struct ArrowArrayStream *);
//     void *private_data;
// };
//
// #endif
// header: verbatim-end

use std::ffi::c_char;

use super::accumulator::tally_accumulator;
use super::arrow_data::{ArrowArray, ArrowArrayStream, ArrowSchema};
use super::column_data::tally_column;
use super::decimal::tally_decimal;
use super::exports::exports;
use super::moments::tally_moments;
use super::product_accumulator::tally_product_accumulator;
use super::{arrow_stream, arrow_verbs};
use crate::boundary::status::tally_status;

exports! {
    /// Adds the elements of a column of integers of any size, doubles, floats, half
    /// floats or bools, without rounding.
    ///
    /// For `column` and the errors see Columns of Arrow. A column of decimals is
    /// TALLY_INVALID: use tally_decimal_add_arrow().
    fn tally_accumulator_add_arrow(
        into: *mut tally_accumulator, schema: *const ArrowSchema, array: *const ArrowArray,
        column: *const c_char,
    ) -> tally_status = arrow_verbs::add;

    /// Adds a column of each array of a stream: see tally_accumulator_add_arrow().
    extern "C-unwind" fn tally_accumulator_add_arrow_stream(
        into: *mut tally_accumulator, stream: *mut ArrowArrayStream, column: *const c_char,
    ) -> tally_status = arrow_stream::add;

    /// Adds the elements of a column to moments: see tally_accumulator_add_arrow().
    fn tally_moments_add_arrow(
        into: *mut tally_moments, schema: *const ArrowSchema, array: *const ArrowArray,
        column: *const c_char,
    ) -> tally_status = arrow_verbs::add;

    /// Adds a column of each array of a stream: see tally_accumulator_add_arrow().
    extern "C-unwind" fn tally_moments_add_arrow_stream(
        into: *mut tally_moments, stream: *mut ArrowArrayStream, column: *const c_char,
    ) -> tally_status = arrow_stream::add;

    /// Adds the products of the pairs of elements of two columns, of the types that
    /// tally_accumulator_add_arrow() takes.
    ///
    /// `x` and `y` select columns as `column` does: see Columns of Arrow. They may be
    /// the same.
    fn tally_product_accumulator_add_arrow(
        into: *mut tally_product_accumulator, schema: *const ArrowSchema,
        array: *const ArrowArray, x: *const c_char, y: *const c_char,
    ) -> tally_status = arrow_verbs::add_pair;

    /// Adds the products of the pairs of elements of two columns of each array of a
    /// stream: see tally_product_accumulator_add_arrow().
    extern "C-unwind" fn tally_product_accumulator_add_arrow_stream(
        into: *mut tally_product_accumulator, stream: *mut ArrowArrayStream, x: *const c_char,
        y: *const c_char,
    ) -> tally_status = arrow_stream::add_pair;

    /// Adds the elements of a column of decimals, integers, bools or doubles to a
    /// decimal.
    ///
    /// Decimals may have 32, 64, 128 or 256 bits, with a precision from 1 to 9, 18, 38
    /// or 76 digits respectively, and a scale from -312, -303, -283 or -245
    /// respectively to 342, so no value has more than 322 digits before the point. The
    /// values count as written with as many digits after the point as the scale. A
    /// value with more digits than the precision allows is added as it is. Integers
    /// have a scale of 0. A double is added as its shortest decimal, as by
    /// tally_decimal_add_f64(). A column of floats or half floats is TALLY_INVALID. For
    /// `column` and the other errors see Columns of Arrow.
    fn tally_decimal_add_arrow(
        into: *mut tally_decimal, schema: *const ArrowSchema, array: *const ArrowArray,
        column: *const c_char,
    ) -> tally_status = arrow_verbs::add;

    /// Adds a column of each array of a stream: see tally_decimal_add_arrow().
    extern "C-unwind" fn tally_decimal_add_arrow_stream(
        into: *mut tally_decimal, stream: *mut ArrowArrayStream, column: *const c_char,
    ) -> tally_status = arrow_stream::add;

    /// Describes an array of integers, doubles, floats or half floats as a column.
    ///
    /// `*column` refers to the memory of the array, and is valid until the array is
    /// released. TALLY_INVALID, with nothing written, for an array of any other type,
    /// including decimals, and bools, which are single bits that a tally_column cannot
    /// describe.
    fn tally_column_from_arrow(
        schema: *const ArrowSchema, array: *const ArrowArray, column: *mut tally_column,
    ) -> tally_status = arrow_verbs::describe;
}
