//! What the tests of the arithmetic share: an oracle on big integers, generators
//! of awkward arrays, and failures that print their inputs ready to paste.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of it"
)]

pub mod arrays;
pub mod decimals;
pub mod engines;
pub mod golden;
pub mod long;
pub mod moments;
pub mod oracle;
pub mod products;
pub mod quotient;
pub mod random;
pub mod workers;

use oracle::same;
use tally_core::ValueError;

/// How often a test repeats itself with other numbers: a tenth of `all` where TALLY_TEST_QUICK
/// is set, as for a processor that is emulated.
pub fn rounds(all: usize) -> usize {
    match std::env::var_os("TALLY_TEST_QUICK") {
        Some(_) => all / 10,
        None => all,
    }
}

/// Floats as Rust source, bit for bit.
pub fn paste(values: &[f64]) -> String {
    let shown = values.iter().take(200);
    let items: Vec<String> = shown.map(|v| format!("{:#x}", v.to_bits())).collect();
    let cut = if values.len() > 200 { " /* cut */" } else { "" };
    format!(
        "[{}{cut}].map(f64::from_bits) // {} values",
        items.join(", "),
        values.len()
    )
}

/// The result is the exact total rounded, or says on which side it overflows.
pub fn check_rounded(
    result: Result<f64, ValueError>,
    expected: Option<f64>,
    is_negative: bool,
    report: &dyn Fn() -> String,
) {
    match (result, expected) {
        (Ok(sum), Some(expected)) => {
            assert!(
                same(sum, expected),
                "{sum:e} for {expected:e}, {}",
                report()
            );
        }
        (Err(ValueError::Overflow { negative }), None) => {
            assert_eq!(negative, is_negative, "{}", report());
        }
        (sum, _) => panic!("{sum:?} for {expected:?}, {}", report()),
    }
}

/// [`check_rounded`] for `f32`.
pub fn check_rounded_f32(
    result: Result<f32, ValueError>,
    expected: Option<f32>,
    is_negative: bool,
    report: &dyn Fn() -> String,
) {
    // A float is a double, and its canonical NaN is not that of doubles.
    if let Ok(sum) = result
        && sum.is_nan()
    {
        assert_eq!(sum.to_bits(), 0x7fc0_0000, "{}", report());
    }
    let canonical = |value: f32| {
        if value.is_nan() {
            f64::NAN
        } else {
            value.into()
        }
    };
    check_rounded(
        result.map(canonical),
        expected.map(canonical),
        is_negative,
        report,
    );
}
