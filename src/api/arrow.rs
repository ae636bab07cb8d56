//! Columns of Arrow
//!
//! Arrays and streams of Apache Arrow, by its C data interface and its C stream interface:
//! what pyarrow, Polars, DuckDB and many others hand out without a copy. Each function adds
//! one column; nothing is copied or allocated.
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
//! `column` names the column. NULL: it is the array itself. A name: it is the field of a
//! struct, such as a record batch, that has exactly this name. If it begins with `.` or
//! `[`, it is a dot path, as Arrow's C++ library has it, of names and of numbers counted from
//! 0: `.order.price`, `[2]`, `.items[0]`; a backslash stands before a `.`, a `[` or a
//! backslash of a name. A path leads through 64 structs at most.
//!
//! An element that is null, or lies in a struct that is, is as if it were not in the column.
//! In a pair of columns it is skipped with its partner. NaN counts. Any alignment will do,
//! and `null_count` may be -1.
//!
//! The functions that take an ArrowSchema and an ArrowArray read them during the call and
//! release nothing: they stay whose they were, also on failure. Those that take an
//! ArrowArrayStream read it to its end, and release the schema and each array that it hands
//! out exactly once, on failure and where a callback throws a C++ exception too; the stream
//! itself stays the caller's to release. Everything is added at the end or, on failure,
//! nothing. A stream's callbacks may call this library and throw, as under Callbacks, but
//! a release callback must not throw.
//!
//! TALLY_INVALID if there is no such column, or more than one of the name; if its elements
//! are of a type that the function does not take; if what was given is released; and if the
//! structs contradict themselves or each other. TALLY_NULL if a pointer is NULL where Arrow
//! wants one. TALLY_CALLBACK if a callback of a stream fails: the message has its number
//! and what the stream says of it. Each message names the place: `array->children[1]: length
//! is -1`. What nobody can check is that the memory is there.
// header: verbatim-begin
//
// /* As Arrow's specification has them: other headers have the same. */
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
    /// Adds each element of a column of integers of any size, doubles, floats, half floats
    /// or bools, exactly as it is.
    ///
    /// `column` is as above, and so are the errors. A column of decimals is
    /// TALLY_INVALID: tally_decimal_add_arrow() takes it.
    fn tally_accumulator_add_arrow(
        into: *mut tally_accumulator, schema: *const ArrowSchema, array: *const ArrowArray,
        column: *const c_char,
    ) -> tally_status = arrow_verbs::add;

    /// Adds a column of each array of a stream: see tally_accumulator_add_arrow().
    extern "C-unwind" fn tally_accumulator_add_arrow_stream(
        into: *mut tally_accumulator, stream: *mut ArrowArrayStream, column: *const c_char,
    ) -> tally_status = arrow_stream::add;

    /// Adds each element of a column: see tally_accumulator_add_arrow().
    fn tally_moments_add_arrow(
        into: *mut tally_moments, schema: *const ArrowSchema, array: *const ArrowArray,
        column: *const c_char,
    ) -> tally_status = arrow_verbs::add;

    /// Adds a column of each array of a stream: see tally_accumulator_add_arrow().
    extern "C-unwind" fn tally_moments_add_arrow_stream(
        into: *mut tally_moments, stream: *mut ArrowArrayStream, column: *const c_char,
    ) -> tally_status = arrow_stream::add;

    /// Adds the products of the pairs of two columns, of the types that
    /// tally_accumulator_add_arrow() takes.
    ///
    /// `x` and `y` are each as `column` above, and may be the same.
    fn tally_product_accumulator_add_arrow(
        into: *mut tally_product_accumulator, schema: *const ArrowSchema,
        array: *const ArrowArray, x: *const c_char, y: *const c_char,
    ) -> tally_status = arrow_verbs::add_pair;

    /// Adds the products of the pairs of two columns of each array of a stream: see
    /// tally_product_accumulator_add_arrow().
    extern "C-unwind" fn tally_product_accumulator_add_arrow_stream(
        into: *mut tally_product_accumulator, stream: *mut ArrowArrayStream, x: *const c_char,
        y: *const c_char,
    ) -> tally_status = arrow_stream::add_pair;

    /// Adds each element of a column of decimals, integers, bools or doubles.
    ///
    /// Decimals may have 32, 64, 128 or 256 bits. Their precision is 1 to 9, 18, 38 or 76
    /// digits, in this order, and their scale -312, -303, -283 or -245 to 342: so no value has
    /// more than 322 digits before the point. The scale counts as the digits that the values
    /// were written with. A value of more digits than the precision says is added as it is.
    /// Integers have a scale of 0. A double is added as its shortest decimal, as by
    /// tally_decimal_add_f64(). A column of floats or half floats is TALLY_INVALID. `column`
    /// is as above, and so are the other errors.
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
    /// `*column` points to the memory of the array, and may be used until that is released.
    /// TALLY_INVALID, and nothing is written, for an array of another type: of bools, which
    /// have a bit each that no tally_column can say, and of decimals, among others.
    fn tally_column_from_arrow(
        schema: *const ArrowSchema, array: *const ArrowArray, column: *mut tally_column,
    ) -> tally_status = arrow_verbs::describe;
}
