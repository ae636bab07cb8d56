//! The arithmetic of the classic functions on int: if the true result does not fit, the
//! nearest int and an error in the record, like strtol().

use std::ffi::{CStr, c_int};

use super::quoted::Quoted;
use crate::boundary::array::Array;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{TALLY_INVALID, TALLY_OVERFLOW, TALLY_PARSE};
use crate::boundary::{Outcome, guard};
use tally_core::internal::{IntegerTextError, parse_integer_total};

/// A result, or the nearest int and its refusal.
pub(super) type Nearest = Outcome<Result<c_int, (c_int, Refusal)>>;

fn nearest_int(exact: i128) -> Result<c_int, (c_int, Refusal)> {
    c_int::try_from(exact).map_err(|_| {
        let (nearest, side) = if exact < 0 {
            (c_int::MIN, "below INT_MIN")
        } else {
            (c_int::MAX, "above INT_MAX")
        };
        (
            nearest,
            refuse(
                TALLY_OVERFLOW,
                format_args!("the result is {exact}, {side}"),
            ),
        )
    })
}

/// Twice `x`, in the name of `function`.
#[inline(always)]
pub(super) fn double(function: &'static CStr, x: c_int) -> c_int {
    guard::quick(
        function,
        || x.checked_add(x).ok_or(()),
        move |function, ()| {
            guard::nearest(function, 0, || {
                Ok(nearest_int(tally_core::sum_i32(&[x, x])))
            })
        },
    )
}

/// # Safety
/// `arr` is valid for reading `len` elements.
pub(super) unsafe fn sum(arr: *const c_int, len: c_int) -> Nearest {
    let count = usize::try_from(len).map_err(|_| {
        refuse(
            TALLY_INVALID,
            format_args!("len is {len}, must not be negative"),
        )
    })?;
    // SAFETY: the same contract.
    let values = unsafe { Array::new(arr, count, "arr") }?;
    let mut total = 0;
    values.for_each_block(|block| total += tally_core::sum_i32(block));
    Ok(nearest_int(total))
}

/// The total of the integers that a text holds, or a negative status.
pub(super) fn total_or_status(parsed: Outcome<c_int>) -> c_int {
    parsed.unwrap_or_else(|refusal| refusal.status() as c_int)
}

pub(super) fn parse_total(input: &str) -> Outcome<c_int> {
    parse_integer_total(input).map_err(|error| not_parsed(input, error))
}

#[cold]
fn not_parsed(input: &str, error: IntegerTextError) -> Refusal {
    let word = |offset: usize, length: usize| Quoted(&input.as_bytes()[offset..offset + length]);
    match error {
        IntegerTextError::NotAnInteger { offset, length } => {
            let word = word(offset, length);
            let message = format_args!("{word} at byte {offset} is not an integer");
            refuse(TALLY_PARSE, message)
        }
        IntegerTextError::TooLong { offset, length } => {
            let word = word(offset, length);
            let message = format_args!("{word} at byte {offset} has too many digits");
            refuse(TALLY_OVERFLOW, message)
        }
        IntegerTextError::AboveRange => {
            refuse(TALLY_OVERFLOW, format_args!("the total is above INT_MAX"))
        }
        IntegerTextError::Negative => refuse(TALLY_INVALID, format_args!("the total is negative")),
    }
}
