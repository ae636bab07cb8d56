//! Plain int
//!
//! Arithmetic on int that gives the nearest int where the true result does not
//! fit, and says so in the error record: the convention of strtol().
//!
//! ```c
//! int total = tally_sum_int(numbers, length);
//! if (tally_last_status() == TALLY_OK)
//!     printf("%d\n", total);
//! else
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```

use std::ffi::{CStr, c_int};

use crate::boundary::pointer::Array;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{TALLY_INVALID, TALLY_OVERFLOW};
use crate::boundary::{Outcome, guard};

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
    guard::quick(|| x.checked_add(x), || double_to_nearest(function, x))
}

// Nothing unwinds out of C's convention, so its caller needs no frame.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions)]
extern "C" fn double_to_nearest(function: &'static CStr, x: c_int) -> c_int {
    guard::nearest(function, 0, || {
        Ok(nearest_int(tally_core::sum_i32(&[x, x])))
    })
}

/// # Safety
/// `arr` is valid for reading `len` elements.
pub(super) unsafe fn sum(arr: *const c_int, len: c_int) -> Nearest {
    let count = usize::try_from(len)
        .map_err(|_| refuse(TALLY_INVALID, format_args!("len is {len}, below 0")))?;
    // SAFETY: the same contract.
    let values = unsafe { Array::new(arr, count, "arr") }?;
    let mut total = 0;
    values.for_each_block(|block| total += tally_core::sum_i32(block));
    Ok(nearest_int(total))
}

/// Twice `x`, or the nearest int with TALLY_OVERFLOW.
#[unsafe(no_mangle)]
pub extern "C" fn tally_double(x: c_int) -> c_int {
    double(c"tally_double", x)
}

/// The sum of `len` ints, or the nearest int with TALLY_OVERFLOW.
///
/// Exact: totals on the way do not matter. 0 for `len` 0, with any pointer;
/// 0 with TALLY_INVALID for `len` below 0, and with TALLY_NULL for NULL and
/// `len` above 0.
///
/// # Safety
/// `arr` is valid for reading `len` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_int(arr: *const c_int, len: c_int) -> c_int {
    // SAFETY: the same contract.
    guard::nearest(c"tally_sum_int", 0, || unsafe { sum(arr, len) })
}
