//! What a call must return, and what it must leave alone.

use std::ffi::{c_char, c_int};

use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use tally::api::decimal_value::tally_rounding;
use tally::api::errors::{
    tally_last_error_copy, tally_last_function, tally_last_message, tally_last_status,
};
use tally::boundary::status::tally_status::{self, *};
use tally_core::ValueError;

use crate::cells::Answer;
use crate::facts::{PairFacts, placed};
use crate::kinds::Kind;
use crate::passing::Passed;
use crate::place::{Place, null, text_at};
use crate::support::oracle::same;
use crate::support::quotient::{nearest_quotient, nearest_root_of_quotient};

/// The status of a call, after a look at the thread's record: it must agree.
#[track_caller]
pub(crate) fn checked(status: tally_status) -> tally_status {
    let (message, function) = (
        text_at(tally_last_message()),
        text_at(tally_last_function()),
    );
    assert_ne!(status, TALLY_PANIC, "{function}: {message}");
    assert_eq!(tally_last_status(), status, "{function}: {message}");
    assert_eq!(message.is_empty(), status == TALLY_OK, "{function}");
    assert_eq!(function.is_empty(), status == TALLY_OK, "{message}");
    assert!(message.len() <= 255);
    if status != TALLY_OK {
        check_copy(&message);
    }
    status
}

/// A copy of the thread's message where it does not fit, cut between characters.
fn check_copy(message: &str) {
    let mut copy = [0x5a_u8; 20];
    // SAFETY: room for 20 bytes.
    let length = unsafe { tally_last_error_copy(copy.as_mut_ptr().cast(), copy.len()) };
    assert_eq!(length, message.len());
    let fits = (0..copy.len()).rfind(|&end| message.is_char_boundary(end));
    let fits = fits.expect("nothing does");
    assert_eq!(copy[..fits], message.as_bytes()[..fits]);
    assert_eq!(copy[fits], 0);
}

/// Calls for a double that must be this one, to the bit.
#[track_caller]
pub(crate) fn expect_f64(expected: Answer, call: impl FnOnce(&mut f64) -> tally_status) {
    let untouched = f64::from_bits(0x7ff4_0123_4567_89ab);
    let mut found = untouched;
    let status = checked(call(&mut found));
    let (wanted, value) = match expected {
        Ok(value) => (TALLY_OK, Some(value)),
        Err(ValueError::Overflow { negative }) => (
            TALLY_OVERFLOW,
            Some(if negative {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            }),
        ),
        Err(_) => (TALLY_INVALID, None),
    };
    assert_eq!(status, wanted, "{found:e} for {expected:?}");
    match value {
        Some(value) => assert!(same(found, value), "{found:e} for {value:e}"),
        None => assert_eq!(found.to_bits(), untouched.to_bits(), "written on failure"),
    }
}

/// Calls for an integer that must be this one.
#[track_caller]
pub(crate) fn expect_integer<T: Copy + PartialEq + std::fmt::Debug>(
    expected: Result<T, tally_status>,
    untouched: T,
    call: impl FnOnce(&mut T) -> tally_status,
) {
    let mut found = untouched;
    let status = checked(call(&mut found));
    assert_eq!(
        status,
        expected.err().unwrap_or(TALLY_OK),
        "{found:?} for {expected:?}"
    );
    assert_eq!(found, expected.unwrap_or(untouched));
}

/// Calls for the line of two columns: slope, intercept and coefficient of determination.
pub(crate) fn expect_line(facts: &PairFacts, call: impl FnOnce([&mut f64; 3]) -> tally_status) {
    let mut line = [0.625; 3];
    let status = checked(call(line.each_mut()));
    match facts.linear_fit() {
        Ok(expected) if !matches!(expected[2], Err(ValueError::Constant(_))) => {
            let any_beyond = expected.iter().any(Result::is_err);
            assert_eq!(status, if any_beyond { TALLY_OVERFLOW } else { TALLY_OK });
            for (found, expected) in line.into_iter().zip(expected) {
                assert!(same(found, placed(expected)), "{found:e} for {expected:?}");
            }
        }
        _ => assert_eq!((status, line), (TALLY_INVALID, [0.625; 3])),
    }
}

/// A call that writes a text or bytes to a buffer of any size.
pub(crate) type Writes<'a> = &'a dyn Fn(*mut c_char, usize, *mut usize) -> tally_status;

/// Calls for bytes with a length asked for, a buffer that fits, and one that does not.
#[track_caller]
pub(crate) fn expect_bytes(
    expected: Result<&[u8], tally_status>,
    ends_in_nul: bool,
    call: Writes<'_>,
) {
    let mut needed = 77;
    let status = checked(call(null(), 0, &mut needed));
    let bytes = match expected {
        Ok(bytes) => bytes,
        Err(failure) => {
            assert_eq!((status, needed), (failure, 77));
            return;
        }
    };
    assert_eq!(
        (status, needed),
        (TALLY_OK, bytes.len()),
        "{:?}",
        String::from_utf8_lossy(bytes)
    );
    let size = needed + usize::from(ends_in_nul);
    let mut buffer = vec![0x5a_u8; size];
    needed = 77;
    assert_eq!(
        checked(call(buffer.as_mut_ptr().cast(), size, &mut needed)),
        TALLY_OK
    );
    assert_eq!(needed, bytes.len());
    let (found, nul) = buffer.split_at(bytes.len());
    assert!(
        found == bytes,
        "{:?} for {:?}",
        String::from_utf8_lossy(found),
        String::from_utf8_lossy(bytes)
    );
    assert!(nul.iter().all(|&byte| byte == 0));
    if size > 0 {
        let mut small = vec![0x5a_u8; size - 1];
        // A pointer to nothing is none.
        if size > 1 {
            let status = checked(call(small.as_mut_ptr().cast(), size - 1, &mut needed));
            assert_eq!((status, needed), (TALLY_TOO_SMALL, bytes.len()));
        }
        assert!(small.iter().all(|&byte| byte == 0x5a), "written on failure");
    }
}

/// A function that writes what a state says with a number of digits.
pub(crate) type WritesText<K> =
    unsafe extern "C" fn(*const K, c_int, *mut c_char, usize, *mut usize) -> tally_status;

/// Calls for a text of a state.
#[track_caller]
pub(crate) fn expect_text<K: Kind>(
    expected: &Result<String, tally_status>,
    state: &Place,
    digits: c_int,
    verb: WritesText<K>,
) {
    let expected = expected.as_ref().map(String::as_bytes);
    expect_bytes(
        expected.map_err(|&status| status),
        true,
        // SAFETY: the state has its size, and `expect_bytes` gives a buffer of `size` bytes
        // and a place for their number.
        &|to, size, needed| unsafe { verb(state.passed(), digits, to, size, needed) },
    );
}

/// A quotient in units of 2^`exponent`, as the nearest double.
pub(crate) fn quotient(numerator: &BigInt, divisor: &BigInt, exponent: i64, zero: f64) -> Answer {
    if numerator.is_zero() {
        return Ok(zero);
    }
    let negative = numerator.is_negative() != divisor.is_negative();
    let bits = nearest_quotient(numerator.magnitude(), divisor.magnitude(), exponent);
    let bits = bits.ok_or(ValueError::Overflow { negative })?;
    Ok(f64::from_bits(bits | u64::from(negative) << 63))
}

/// The square root of one.
pub(crate) fn root(numerator: &BigInt, divisor: &BigInt, exponent: i64) -> Answer {
    let bits = nearest_root_of_quotient(numerator.magnitude(), divisor.magnitude(), exponent);
    let bits = bits.ok_or(ValueError::Overflow { negative: false })?;
    Ok(f64::from_bits(bits))
}

/// `numerator` / `denominator`, half to even at `digits` digits after the point, without
/// the zeros at the end if they are not wanted.
pub(crate) fn decimal_text(
    numerator: &BigInt,
    denominator: &BigInt,
    digits: usize,
    keeps_sign: bool,
    keeps_zeros: bool,
) -> String {
    let power = num_bigint::BigUint::from(10_u8).pow(digits as u32);
    let (size, divisor) = (numerator.magnitude() * power, denominator.magnitude());
    let mut quotient = &size / divisor;
    let twice_rest = (size % divisor) * 2_u8;
    if twice_rest > *divisor || (twice_rest == *divisor && quotient.bit(0)) {
        quotient += 1_u8;
    }
    let sign = if keeps_sign || (numerator.is_negative() && !quotient.is_zero()) {
        "-"
    } else {
        ""
    };
    let all = format!("{quotient:0>width$}", width = digits + 1);
    let (integer, fraction) = all.split_at(all.len() - digits);
    let fraction = match keeps_zeros {
        true => fraction,
        false => fraction.trim_end_matches('0'),
    };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{integer}{point}{fraction}")
}

/// `numerator` / `denominator`, which is positive, rounded in a direction at `digits` digits
/// after the point. Zero has no sign.
pub(crate) fn rounded_text(
    numerator: &BigInt,
    denominator: &BigInt,
    digits: usize,
    rounding: tally_rounding,
) -> String {
    use tally_rounding::*;
    let power = BigInt::from(10).pow(digits as u32);
    let size = (numerator * &power).magnitude().clone();
    let (below, rest) = (
        &size / denominator.magnitude(),
        &size % denominator.magnitude(),
    );
    let twice = (&rest * 2_u8).cmp(denominator.magnitude());
    let negative = numerator.is_negative();
    let up = match rounding {
        TALLY_ROUND_HALF_EVEN => twice.is_gt() || (twice.is_eq() && below.bit(0)),
        TALLY_ROUND_HALF_UP => twice.is_ge(),
        TALLY_ROUND_DOWN => false,
        TALLY_ROUND_UP => !rest.is_zero(),
        TALLY_ROUND_CEILING => !negative && !rest.is_zero(),
        TALLY_ROUND_FLOOR => negative && !rest.is_zero(),
    };
    let rounded = BigInt::from(below + u8::from(up));
    let signed = if negative { -rounded } else { rounded };
    decimal_text(&signed, &power, digits, false, true)
}

/// An `int` of C.
pub(crate) fn int(value: usize) -> c_int {
    c_int::try_from(value).expect("small")
}
