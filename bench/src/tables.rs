//! The tables that are printed.

use crate::data::SAMPLE;
use crate::engines;
use crate::names::*;
use crate::report::Figure::{self, Time, TimesAsFastAs};
use crate::report::Label::{Data, Operation, OperationAndData, Values};
use crate::report::{Map, Per, Table};
use crate::results::Row;

const fn map(
    title: &'static str,
    operations: &'static [&'static str],
    of: &'static str,
    figure: Figure,
) -> Map<'static> {
    Map {
        title,
        operations,
        of,
        figure,
    }
}

const TIME: Figure = Time(Per::Value);
const CALL: Figure = Time(Per::Call);
const NAIVE: Figure = TimesAsFastAs(&[C_NAIVE]);
const BETTER_XSUM: Figure = TimesAsFastAs(XSUM);

/// The maps, in order.
#[rustfmt::skip]
const MAPS: &[Map<'static>] = &[
    map("tally_sum_f64: ns per value", &[F64], TALLY, TIME),
    map("tally_sum_f64 x xsum, the better of its two", &[F64], TALLY, BETTER_XSUM),
    map("tally_sum_f64 x C naive", &[F64], TALLY, NAIVE),
    map("tally_accumulator_add_f64 and _value_f64: ns per value", &[F64], TALLY_ADD, TIME),
    map("tally_accumulator_add_f64 and _value_f64 x xsum, the better of its two", &[F64], TALLY_ADD, BETTER_XSUM),
    map("tally_accumulator_add_f64 and _value_f64 x C naive", &[F64], TALLY_ADD, NAIVE),
    map("xsum small: ns per value", &[F64], XSUM_SMALL, TIME),
    map("xsum large: ns per value", &[F64], XSUM_LARGE, TIME),
    map("C naive: ns per value", &[F64], C_NAIVE, TIME),
    map("tally_accumulator_add_one_f64, a call for each value: ns per value", &[F64], TALLY_ADD_ONE, TIME),
    map("sum on AVX2 x C AVX2", &[F64], SUM_AVX2, TimesAsFastAs(&[C_AVX2])),
    map("tally_mean_f64: ns per value", &[MEAN], TALLY, TIME),
    map("tally_mean_f64 x C naive", &[MEAN], TALLY, NAIVE),
    map("tally_dot_f64: ns per pair", &[DOT], TALLY, TIME),
    map("tally_dot_f64 x C naive", &[DOT], TALLY, NAIVE),
    map("tally_product_accumulator_add_f64 and _value_f64: ns per pair", &[DOT], TALLY_ADD, TIME),
    map("tally_norm_f64: ns per value", &[NORM], TALLY, TIME),
    map("tally_norm_f64 x C naive", &[NORM], TALLY, NAIVE),
    map("tally_variance_f64: ns per value", &[VARIANCE], TALLY, TIME),
    map("tally_variance_f64 x C naive, two passes", &[VARIANCE], TALLY, NAIVE),
    map("tally_moments_add_f64 and _variance_f64: ns per value", &[VARIANCE], TALLY_ADD, TIME),
    map("tally_covariance_f64: ns per pair", &[COVARIANCE], TALLY, TIME),
    map("tally_covariance_f64 x C naive, two passes", &[COVARIANCE], TALLY, NAIVE),
    map("tally_correlation_f64: ns per pair", &[CORRELATION], TALLY, TIME),
    map("tally_correlation_f64 x C naive, two passes", &[CORRELATION], TALLY, NAIVE),
    map("a sum on the stack in Rust, a value at a time, tally's: ns per value", &[STREAM], TALLY_LOCAL, TIME),
    map("a sum on the stack in Rust, a value at a time, Accumulator: ns per value", &[STREAM], TALLY_ADD_ONE, TIME),
    map("a sum on the stack in Rust, a value at a time, crate xsum: ns per value", &[STREAM], XSUM_CRATE, TIME),
    map("calls on an accumulator that holds 1000 values: ns per call", STATES, TALLY, CALL),
    map("the same on xsum's small one: ns per call", STATES, XSUM_SMALL, CALL),
    map("tally_small_accumulator_add_one_f64: ns per call", &[STATE_ADD_ONE], TALLY_SMALL, CALL),
];

/// The maps of an engine by itself: the title, the operation, who does it, and the
/// figure.
#[rustfmt::skip]
const ENGINE_MAPS: &[(&str, &[&str], &str, Figure)] = &[
    ("sum: ns per value", &[F64], SUM, TIME),
    ("sum x xsum, the better of its two", &[F64], SUM, BETTER_XSUM),
    ("accumulator: ns per value", &[F64], ADD, TIME),
    ("accumulator x xsum, the better of its two", &[F64], ADD, BETTER_XSUM),
    ("dot product: ns per pair", &[DOT], SUM, TIME),
    ("product accumulator: ns per pair", &[DOT], ADD, TIME),
    ("norm: ns per value", &[NORM], SUM, TIME),
    ("variance: ns per value", &[VARIANCE], SUM, TIME),
    ("moments: ns per value", &[VARIANCE], ADD, TIME),
];

/// Prints the maps, then those of each engine.
pub(crate) fn print_maps(rows: &[Row]) {
    for map in MAPS {
        map.print(rows);
    }
    for engine in engines::available().map(|isa| isa.name()) {
        for &(title, operations, who, figure) in ENGINE_MAPS {
            let map = Map {
                title: &format!("{engine}, {title}"),
                operations,
                of: &format!("{who}{engine}"),
                figure,
            };
            map.print(rows);
        }
    }
}

/// The common parts of a table: times per value of sums of doubles.
const SUMS: Table = Table {
    title: "",
    operations: &[F64],
    only: &[],
    labels: [Values, Data],
    per: Per::Value,
    times: &[],
    ratios: &[],
    other_ratios: &[],
};

/// The lists, in order, after the maps.
#[rustfmt::skip]
pub(crate) const TABLES: &[Table] = &[
    Table {
        title: "tally_sum_f64 against other sums, on a sample of the data: ns per value",
        only: SAMPLE,
        times: &[TALLY, ACCURATE, FSUM, MATH_FSUM, NUMPY_SUM, RUST],
        ratios: &[ACCURATE, FSUM, MATH_FSUM, NUMPY_SUM, RUST],
        ..SUMS
    },
    Table {
        title: "short arrays: ns per array",
        operations: &[SHORT],
        per: Per::Call,
        times: &[TALLY, TALLY_ADD, TALLY_ADD_ONE, C_NAIVE, XSUM_SMALL, RUST, ACCURATE, FSUM, NUMPY_SUM, MATH_FSUM],
        ratios: &[C_NAIVE, XSUM_SMALL],
        ..SUMS
    },
    Table {
        title: "a column of values over a tenth as many groups, from empty states: ns per value",
        operations: &[GROUPS],
        times: &[TALLY_SMALL, TALLY, TALLY_ADD_ONE, RUST_LOOP],
        ratios: &[TALLY, RUST_LOOP],
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
        title: "tally_column_sum of columns with gaps, apart, and of bytes: ns per element",
        operations: &[COLUMN_BITS, COLUMN_BYTES, COLUMN_NAN, COLUMN_STRIDED, COLUMN_U8],
        labels: [Operation, Values],
        times: &[TALLY, TALLY_DENSE, BY_HAND, RUST_LOOP],
        ratios: &[TALLY_DENSE, BY_HAND, RUST_LOOP],
        ..SUMS
    },
    Table {
        title: "the same against Python's libraries: ns per element",
        operations: &[COLUMN_BITS, COLUMN_BYTES, COLUMN_NAN, COLUMN_U8],
        labels: [Operation, Values],
        times: &[TALLY, NUMPY, PANDAS, POLARS, BOTTLENECK, PYARROW],
        ratios: &[NUMPY, PANDAS, POLARS, BOTTLENECK, PYARROW],
        ..SUMS
    },
    Table {
        title: "tally_rolling and tally_cumulative_sum, a result for each row: ns per value",
        operations: &[
            ROLLING_SUMS[0],
            ROLLING_SUMS[1],
            ROLLING_SUMS[2],
            ROLLING_MEANS[0],
            ROLLING_MEANS[1],
            ROLLING_MEANS[2],
            ROLLING_VARIANCES[0],
            ROLLING_VARIANCES[1],
            ROLLING_VARIANCES[2],
            RUNNING_TOTALS,
        ],
        labels: [Operation, Values],
        times: &[TALLY, RUST_LOOP, NUMPY, PANDAS, POLARS, BOTTLENECK],
        ratios: &[RUST_LOOP, NUMPY, PANDAS, POLARS, BOTTLENECK],
        ..SUMS
    },
    Table {
        title: "tally_axis of a matrix of rows x columns: ns per element",
        operations: &[
            COLUMNS_OF_A_SQUARE,
            COLUMNS_OF_FEW_ROWS,
            FEW_COLUMNS,
            ROWS_OF_3,
            ROWS_OF_4,
        ],
        labels: [Operation, Values],
        times: &[TALLY, RUST_LOOP, NUMPY, BOTTLENECK],
        ratios: &[RUST_LOOP, NUMPY, BOTTLENECK],
        ..SUMS
    },
    Table {
        title: "the same of floats: ns per element",
        operations: &[
            FLOATS_OF_A_SQUARE,
            FLOATS_OF_FEW_ROWS,
            FEW_COLUMNS_OF_FLOATS,
            ROWS_OF_3_FLOATS,
            ROWS_OF_4_FLOATS,
        ],
        labels: [Operation, Values],
        times: &[TALLY, RUST_LOOP, NUMPY, NUMPY_F32, BOTTLENECK_F32],
        ratios: &[RUST_LOOP, NUMPY, NUMPY_F32, BOTTLENECK_F32],
        ..SUMS
    },
    Table {
        title: "tally_group of values in groups of random rows: ns per value",
        operations: &[
            SUMS_OF_10,
            SUMS_OF_1000,
            SUMS_OF_100_000,
            SUMS_OF_1_000_000,
            VARIANCES_OF_10,
            VARIANCES_OF_1000,
            VARIANCES_OF_100_000,
            VARIANCES_OF_1_000_000,
        ],
        labels: [Operation, Values],
        times: &[TALLY, RUST_LOOP, NUMPY, PANDAS, PANDAS_CODES, POLARS],
        ratios: &[RUST_LOOP, NUMPY, PANDAS, PANDAS_CODES, POLARS],
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
        title: "tally_group_parallel on two threads, by the clock on the wall: ns per value",
        operations: &[
            SHARED_SUMS_OF_100_000,
            SHARED_SUMS_OF_1_000_000,
            SHARED_VARIANCES_OF_100_000,
            SHARED_VARIANCES_OF_1_000_000,
        ],
        labels: [Operation, Values],
        times: &[TALLY_TWO, TALLY, POLARS_TWO],
        ratios: &[TALLY, POLARS_TWO],
        ..SUMS
    },
];
