//! Status
//!
//! The return value of every function that can fail. The numbers never change.

/// The outcome of a call: 0 for success, negative for failure.
///
/// 32 bits wide in every dialect of C and C++. Later versions may add failures: treat any
/// negative number as one.
#[repr(i32)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum tally_status {
    /// The call succeeded.
    TALLY_OK = 0,
    /// A required pointer is NULL.
    TALLY_NULL = -1,
    /// An argument is out of range, or the request has no meaning.
    TALLY_INVALID = -2,
    /// The true result does not fit.
    TALLY_OVERFLOW = -3,
    /// Text is not UTF-8.
    TALLY_ENCODING = -4,
    /// A word is not a number.
    TALLY_PARSE = -5,
    /// Out of memory.
    TALLY_MEMORY = -6,
    /// The handle or block has been released already.
    TALLY_STALE = -7,
    /// The handle or block is of another kind than this function takes.
    TALLY_WRONG_KIND = -8,
    /// The pointer is not a handle or block of this library.
    TALLY_BAD_HANDLE = -9,
    /// A callback failed, or did not return.
    TALLY_CALLBACK = -10,
    /// A defect of this library was contained. Please report the message.
    TALLY_PANIC = -11,
    /// Bytes are not a saved state that this library writes.
    TALLY_FORMAT = -12,
    /// Too many calls and views are using the handle. Try again later.
    TALLY_BUSY = -13,
    /// The buffer is too small, and the function reports the size it needs; or the result
    /// does not fit in a small accumulator.
    TALLY_TOO_SMALL = -14,
}

impl tally_status {
    /// Every status, in order of falling number.
    pub const ALL: [tally_status; 15] = {
        use tally_status::*;
        [
            TALLY_OK,
            TALLY_NULL,
            TALLY_INVALID,
            TALLY_OVERFLOW,
            TALLY_ENCODING,
            TALLY_PARSE,
            TALLY_MEMORY,
            TALLY_STALE,
            TALLY_WRONG_KIND,
            TALLY_BAD_HANDLE,
            TALLY_CALLBACK,
            TALLY_PANIC,
            TALLY_FORMAT,
            TALLY_BUSY,
            TALLY_TOO_SMALL,
        ]
    };

    /// The status with this number, if there is one.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|status| *status as i32 == number)
    }

    /// The name of this status in C.
    pub fn name(self) -> &'static std::ffi::CStr {
        match self {
            Self::TALLY_OK => c"TALLY_OK",
            Self::TALLY_NULL => c"TALLY_NULL",
            Self::TALLY_INVALID => c"TALLY_INVALID",
            Self::TALLY_OVERFLOW => c"TALLY_OVERFLOW",
            Self::TALLY_ENCODING => c"TALLY_ENCODING",
            Self::TALLY_PARSE => c"TALLY_PARSE",
            Self::TALLY_MEMORY => c"TALLY_MEMORY",
            Self::TALLY_STALE => c"TALLY_STALE",
            Self::TALLY_WRONG_KIND => c"TALLY_WRONG_KIND",
            Self::TALLY_BAD_HANDLE => c"TALLY_BAD_HANDLE",
            Self::TALLY_CALLBACK => c"TALLY_CALLBACK",
            Self::TALLY_PANIC => c"TALLY_PANIC",
            Self::TALLY_FORMAT => c"TALLY_FORMAT",
            Self::TALLY_BUSY => c"TALLY_BUSY",
            Self::TALLY_TOO_SMALL => c"TALLY_TOO_SMALL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tally_status;

    #[test]
    fn a_status_is_found_by_its_number_and_by_no_other() {
        for (index, status) in tally_status::ALL.into_iter().enumerate() {
            assert_eq!(status as i32, -(index as i32));
            assert_eq!(tally_status::from_number(-(index as i32)), Some(status));
        }
        for number in [1, -15, i32::MIN, i32::MAX] {
            assert_eq!(tally_status::from_number(number), None);
        }
    }
}
