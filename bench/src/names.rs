//! What everyone is called, in tables, goals and files.

/// One call of the library's C function.
pub(crate) const TALLY: &str = "tally";
/// The same on two threads.
pub(crate) const TALLY_TWO: &str = "tally on 2";
/// An array into an empty accumulator, and its value.
pub(crate) const TALLY_ADD: &str = "tally add";
/// The same, a call for each value.
pub(crate) const TALLY_ADD_ONE: &str = "tally add_one";
/// A local sum in Rust whose carries wait.
pub(crate) const TALLY_LOCAL: &str = "tally local";
/// The same, on small accumulators.
pub(crate) const TALLY_SMALL: &str = "tally small";
/// The loop that everyone writes.
pub(crate) const C_NAIVE: &str = "C naive";
/// The same, for AVX2 and no more.
pub(crate) const C_AVX2: &str = "C AVX2";
/// The same for integers, whose totals wrap.
pub(crate) const C_WRAPS: &str = "C wraps";
/// Reads and does not add.
pub(crate) const C_READ: &str = "C read";
/// A call through a pointer for each value.
pub(crate) const C_CALL: &str = "C += call";
/// The sum of as many values side by side, all of them there.
pub(crate) const TALLY_DENSE: &str = "tally dense";
/// A loop brings the values side by side, and then they are added up.
pub(crate) const BY_HAND: &str = "by hand";
/// A plain loop, as `sums[group] += value`.
pub(crate) const RUST_LOOP: &str = "Rust loop";
/// `iter().sum()`.
pub(crate) const RUST: &str = "Rust sum";
/// Radford Neal's xsum in C, the small accumulator and the large one.
pub(crate) const XSUM_SMALL: &str = "xsum small";
pub(crate) const XSUM_LARGE: &str = "xsum large";
/// The better of the two.
pub(crate) const XSUM: &[&str] = &[XSUM_SMALL, XSUM_LARGE];
/// Its sum of products, which rounds each of them.
pub(crate) const XSUM_DOT: &str = "xsum dot";
/// The small accumulator of the crate `xsum`.
pub(crate) const XSUM_CRATE: &str = "crate xsum";
/// `OnlineExactSum` of crate `accurate`.
pub(crate) const ACCURATE: &str = "accurate";
/// Crate `fsum`.
pub(crate) const FSUM: &str = "fsum";
/// `str::parse` for each line, added up by a plain loop.
pub(crate) const STD_PARSE: &str = "std parse";
/// Crate `fast-float2` in the same place.
pub(crate) const FAST_FLOAT: &str = "fast-float2";
/// `strtod` for each line, added up by a plain loop.
pub(crate) const STRTOD: &str = "C strtod";
/// Python's.
pub(crate) const MATH_FSUM: &str = "math.fsum";
/// numpy's.
pub(crate) const NUMPY_SUM: &str = "numpy.sum";
/// Python's libraries, each with its way to do what a row is about.
pub(crate) const NUMPY: &str = "numpy";
pub(crate) const PANDAS: &str = "pandas";
pub(crate) const POLARS: &str = "polars";
pub(crate) const BOTTLENECK: &str = "bottleneck";
pub(crate) const PYARROW: &str = "pyarrow";
/// Groups by a categorical column, whose codes are the ids.
pub(crate) const PANDAS_CODES: &str = "pandas codes";
/// Sums of floats that are floats.
pub(crate) const NUMPY_F32: &str = "numpy f32";
pub(crate) const BOTTLENECK_F32: &str = "bottleneck f32";
/// With two threads.
pub(crate) const POLARS_TWO: &str = "polars on 2";

/// One-shot sums on each engine: "sum " and the engine's name.
pub(crate) const SUM: &str = "sum ";
pub(crate) const SUM_AVX2: &str = "sum AVX2";
pub(crate) const SUM_PORTABLE: &str = "sum portable";
/// Accumulators on each engine.
pub(crate) const ADD: &str = "add ";
pub(crate) const ADD_AVX2: &str = "add AVX2";
pub(crate) const ADD_PORTABLE: &str = "add portable";

/// Operations: what a row is about.
pub(crate) const F64: &str = "f64";
pub(crate) const SHORT: &str = "f64, short";
pub(crate) const F32: &str = "f32";
pub(crate) const I32: &str = "i32";
pub(crate) const I64: &str = "i64";
pub(crate) const U64: &str = "u64";
pub(crate) const DOT: &str = "dot";
pub(crate) const NORM: &str = "norm";
pub(crate) const VARIANCE: &str = "variance";
pub(crate) const MEAN: &str = "mean";
pub(crate) const COVARIANCE: &str = "covariance";
pub(crate) const CORRELATION: &str = "correlation";
pub(crate) const STREAM: &str = "stream";
pub(crate) const COLUMN_BITS: &str = "column, bits";
pub(crate) const COLUMN_BYTES: &str = "column, bytes";
pub(crate) const COLUMN_STRIDED: &str = "column, stride 2";
pub(crate) const COLUMN_U8: &str = "column of u8";
pub(crate) const COLUMN_NAN: &str = "column, NaN";
/// Of windows of 10, 100 and 10,000 rows.
pub(crate) const ROLLING_SUMS: [&str; 3] = [
    "rolling sums of 10",
    "rolling sums of 100",
    "rolling sums of 10,000",
];
pub(crate) const ROLLING_MEANS: [&str; 3] = [
    "rolling means of 10",
    "rolling means of 100",
    "rolling means of 10,000",
];
pub(crate) const ROLLING_VARIANCES: [&str; 3] = [
    "rolling variances of 10",
    "rolling variances of 100",
    "rolling variances of 10,000",
];
pub(crate) const RUNNING_TOTALS: &str = "running totals";
/// Rows x columns. A sum of columns is along axis 0, one of rows along axis 1.
pub(crate) const COLUMNS_OF_A_SQUARE: &str = "columns of 1000 x 1000";
pub(crate) const COLUMNS_OF_FEW_ROWS: &str = "columns of 4 x 1,000,000";
pub(crate) const FEW_COLUMNS: &str = "columns of 1,000,000 x 4";
pub(crate) const ROWS_OF_3: &str = "rows of 1,000,000 x 3";
pub(crate) const ROWS_OF_4: &str = "rows of 1,000,000 x 4";
pub(crate) const FLOATS_OF_A_SQUARE: &str = "columns of 1000 x 1000 floats";
pub(crate) const FLOATS_OF_FEW_ROWS: &str = "columns of 4 x 1,000,000 floats";
pub(crate) const FEW_COLUMNS_OF_FLOATS: &str = "columns of 1,000,000 x 4 floats";
pub(crate) const ROWS_OF_3_FLOATS: &str = "rows of 1,000,000 x 3 floats";
pub(crate) const ROWS_OF_4_FLOATS: &str = "rows of 1,000,000 x 4 floats";
pub(crate) const SUMS_OF_10: &str = "sums of 10 groups";
pub(crate) const SUMS_OF_1000: &str = "sums of 1000 groups";
pub(crate) const SUMS_OF_100_000: &str = "sums of 100,000 groups";
pub(crate) const SUMS_OF_1_000_000: &str = "sums of 1,000,000 groups";
pub(crate) const VARIANCES_OF_10: &str = "variances of 10 groups";
pub(crate) const VARIANCES_OF_1000: &str = "variances of 1000 groups";
pub(crate) const VARIANCES_OF_100_000: &str = "variances of 100,000 groups";
pub(crate) const VARIANCES_OF_1_000_000: &str = "variances of 1,000,000 groups";
/// Those on two threads.
pub(crate) const SHARED_SUMS_OF_100_000: &str = "sums of 100,000 groups, shared";
pub(crate) const SHARED_SUMS_OF_1_000_000: &str = "sums of 1,000,000 groups, shared";
pub(crate) const SHARED_VARIANCES_OF_100_000: &str = "variances of 100,000 groups, shared";
pub(crate) const SHARED_VARIANCES_OF_1_000_000: &str = "variances of 1,000,000 groups, shared";
pub(crate) const GROUPS: &str = "groups";
pub(crate) const STATE_VALUE: &str = "value_f64";
pub(crate) const STATE_TEXT: &str = "value_text";
pub(crate) const STATE_MERGE: &str = "merge";
pub(crate) const STATE_ADD_0: &str = "add of 0";
pub(crate) const STATE_ADD_1: &str = "add of 1";
pub(crate) const STATE_ADD_16: &str = "add of 16";
pub(crate) const STATE_ADD_ONE: &str = "add_one";
pub(crate) const STATE_COUNT: &str = "count";
pub(crate) const STATE_SAVE: &str = "save";
pub(crate) const STATE_LOAD: &str = "load";
/// Each call on a state, in the order of the table.
pub(crate) const STATES: &[&str] = &[
    STATE_VALUE,
    STATE_MERGE,
    STATE_ADD_0,
    STATE_ADD_1,
    STATE_ADD_16,
    STATE_ADD_ONE,
    STATE_COUNT,
    STATE_SAVE,
    STATE_LOAD,
    STATE_TEXT,
];
pub(crate) const TEXT: &str = "text";
/// Those that two threads share.
pub(crate) const PARALLEL_F64: &str = "f64, shared";
pub(crate) const PARALLEL_F32: &str = "f32, shared";
pub(crate) const PARALLEL_I64: &str = "i64, shared";
pub(crate) const PARALLEL_DOT: &str = "dot, shared";
