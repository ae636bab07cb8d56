//! What everyone is called, in tables, goals and files.

/// One call of the library's C function.
pub(crate) const TALLY: &str = "tally";
/// The same on two threads.
pub(crate) const TALLY_TWO: &str = "tally on 2";
/// An array into an empty accumulator, and its value.
pub(crate) const TALLY_ADD: &str = "tally add";
/// The same, a call for each value.
pub(crate) const TALLY_ADD_ONE: &str = "tally add_one";
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
/// `iter().sum()`.
pub(crate) const RUST: &str = "Rust sum";
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
pub(crate) const NUMPY: &str = "numpy.sum";

/// One-shot sums on each engine: "sum " and the engine's name.
pub(crate) const SUM: &str = "sum ";
pub(crate) const SUM_AVX512: &str = "sum AVX-512";
pub(crate) const SUM_AVX2: &str = "sum AVX2";
pub(crate) const SUM_PORTABLE: &str = "sum portable";
/// Accumulators on each engine.
pub(crate) const ADD: &str = "add ";
pub(crate) const ADD_AVX512: &str = "add AVX-512";
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
pub(crate) const TEXT: &str = "text";
/// Those that two threads share.
pub(crate) const PARALLEL_F64: &str = "f64, shared";
pub(crate) const PARALLEL_F32: &str = "f32, shared";
pub(crate) const PARALLEL_I64: &str = "i64, shared";
pub(crate) const PARALLEL_DOT: &str = "dot, shared";
