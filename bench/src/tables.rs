//! The tables that are printed.

use crate::names::*;
use crate::report::Label::{Data, Operation, OperationAndData, Values};
use crate::report::{Per, Table};

/// The common parts of a table: times per value of sums of doubles.
const SUMS: Table = Table {
    title: "",
    operations: &[F64],
    labels: [Values, Data],
    per: Per::Value,
    times: &[],
    ratios: &[],
    other_ratios: &[],
};

/// All of them, in order.
#[rustfmt::skip]
pub(crate) const TABLES: [Table; 13] = [
    Table {
        title: "tally_sum_f64 against loops that are not exact: ns per value",
        times: &[TALLY, C_NAIVE, C_READ, RUST, NUMPY],
        ratios: &[C_NAIVE, C_READ, RUST, NUMPY],
        ..SUMS
    },
    Table {
        title: "tally_sum_f64 against exact sums: ns per value",
        times: &[TALLY, ACCURATE, FSUM, MATH_FSUM],
        ratios: &[ACCURATE, FSUM, MATH_FSUM],
        ..SUMS
    },
    Table {
        title: "the sum on each isa: ns per value",
        times: &[TALLY, SUM_AVX512, SUM_AVX2, SUM_PORTABLE, C_NAIVE, C_AVX2, ACCURATE],
        other_ratios: &[(SUM_AVX512, C_NAIVE), (SUM_AVX2, C_AVX2), (SUM_PORTABLE, ACCURATE)],
        ..SUMS
    },
    Table {
        title: "tally_accumulator_add_f64 and _value_f64, and on each isa: ns per value",
        times: &[TALLY_ADD, ADD_AVX512, ADD_AVX2, ADD_PORTABLE, C_NAIVE, C_AVX2, ACCURATE, FSUM],
        ratios: &[C_NAIVE, ACCURATE, FSUM],
        other_ratios: &[(ADD_AVX2, C_AVX2)],
        ..SUMS
    },
    Table {
        title: "tally_accumulator_add_one_f64, a call for each value: ns per value",
        times: &[TALLY_ADD_ONE, C_CALL, ACCURATE, FSUM],
        ratios: &[C_CALL, ACCURATE, FSUM],
        ..SUMS
    },
    Table {
        title: "short arrays: ns per array",
        operations: &[SHORT],
        per: Per::Call,
        times: &[TALLY, TALLY_ADD, TALLY_ADD_ONE, C_NAIVE, RUST, ACCURATE, FSUM, NUMPY, MATH_FSUM],
        ratios: &[C_NAIVE, FSUM, NUMPY],
        ..SUMS
    },
    Table {
        title: "tally_sum_f32: ns per value",
        operations: &[F32],
        times: &[TALLY, SUM_AVX2, SUM_PORTABLE, C_NAIVE, RUST, ACCURATE],
        ratios: &[C_NAIVE, ACCURATE],
        ..SUMS
    },
    Table {
        title: "tally_sum_i32, _i64, _u64: ns per value",
        operations: &[I32, I64, U64],
        labels: [Operation, Values],
        times: &[TALLY, C_WRAPS, RUST],
        ratios: &[C_WRAPS, RUST],
        ..SUMS
    },
    Table {
        title: "tally_dot_f64, tally_product_accumulator_add_f64: ns per pair",
        operations: &[DOT],
        times: &[TALLY, TALLY_ADD, SUM_AVX2, ADD_AVX2, ADD_PORTABLE, C_NAIVE, ACCURATE],
        ratios: &[C_NAIVE, ACCURATE],
        other_ratios: &[(TALLY_ADD, C_NAIVE)],
        ..SUMS
    },
    Table {
        title: "tally_norm_f64, tally_variance_f64: ns per value",
        operations: &[NORM, VARIANCE],
        labels: [Operation, Values],
        times: &[TALLY, TALLY_ADD, C_NAIVE],
        ratios: &[C_NAIVE],
        ..SUMS
    },
    Table {
        title: "tally_accumulator_add_text, a number a line: ns per value",
        operations: &[TEXT],
        times: &[TALLY, STD_PARSE, FAST_FLOAT, STRTOD],
        ratios: &[STD_PARSE, FAST_FLOAT, STRTOD],
        ..SUMS
    },
    Table {
        title: "one thread and two, by the clock on the wall: ns per value",
        operations: &[PARALLEL_F64, PARALLEL_F32, PARALLEL_I64, PARALLEL_DOT],
        labels: [Values, OperationAndData],
        times: &[TALLY_TWO, TALLY, C_NAIVE],
        ratios: &[TALLY, C_NAIVE],
        ..SUMS
    },
    Table {
        title: "tally_accumulator_merge, _value_f64, _save, _load: ns per call",
        operations: &["merge", "value", "save", "load"],
        labels: [Operation, Data],
        per: Per::Call,
        times: &[TALLY, ACCURATE, FSUM],
        ratios: &[ACCURATE, FSUM],
        ..SUMS
    },
];
