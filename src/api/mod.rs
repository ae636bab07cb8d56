//! The exported functions, one file a subject, in the order of the header.
//!
//! Each is thin: it names itself to a guard, checks its arguments, calls safe
//! code and reports. Functions that differ in a type or a call are rows of a table
//! (`exports`) and share a body: those of states are in `state_verbs` and `values`, those
//! of arrays in `array_verbs`.

// The header's order; the blank lines keep rustfmt from sorting them.
pub mod errors;

pub mod version;

pub mod sums;

pub mod statistics;

pub mod columns;

pub mod batches;

pub mod axes;

pub mod windows;

pub mod parallel;

pub mod accumulator;

pub mod small_accumulator;

pub mod scattered;

pub mod product_accumulator;

pub mod moments;

pub mod add_text;

pub mod decimal;

pub mod decimal_add;

pub mod decimal_value;

pub mod arrow;

pub mod sealed;

pub mod handles;

pub mod shared;

pub mod arrays;

pub mod objects;

pub mod memory;

pub mod text;

pub mod records;

pub mod callbacks;

pub mod classic;

pub mod conventions;

#[cfg(feature = "test-support")]
pub mod test_support;

mod array_data;
mod array_verbs;
mod arrow_array;
mod arrow_data;
mod arrow_format;
mod arrow_node;
mod arrow_path;
mod arrow_schema;
mod arrow_stream;
mod arrow_verbs;
mod axis_verbs;
mod batch_verbs;
mod batches_data;
mod column_data;
mod column_type;
mod column_verbs;
mod convert;
mod decimal_add_verbs;
mod decimal_data;
mod decimal_verbs;
mod dispose;
mod exports;
mod ints;
mod leaks;
mod live;
mod quoted;
mod scattered_verbs;
mod small_grown;
mod small_verbs;
mod state;
mod state_combine;
mod state_in_place;
mod state_verbs;
mod values;
mod window_verbs;
mod workers;

#[cfg(panic = "abort")]
compile_error!(
    "with panic = \"abort\" no panic is kept from C callers, and no C++ exception passes; \
     a Rust program depends on tally-core, or on libtally with default-features = false"
);
