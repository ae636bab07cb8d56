//! Version
//!
//! The macros TALLY_VERSION and TALLY_VERSION_NUMBER give the version that a program was
//! compiled against; these functions give the version it runs with. They cannot fail and
//! do not touch the error record.

use std::ffi::{CStr, c_char};

const TEXT: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a version holds no NUL"),
    };

const NUMBER: u32 = part(env!("CARGO_PKG_VERSION_MAJOR")) * 10_000
    + part(env!("CARGO_PKG_VERSION_MINOR")) * 100
    + part(env!("CARGO_PKG_VERSION_PATCH"));

const fn part(digits: &str) -> u32 {
    match u32::from_str_radix(digits, 10) {
        Ok(number) if number < 100 => number,
        _ => panic!("each part of the version is a number below 100"),
    }
}

/// The version of the running library, such as "0.1.0". Never NULL; valid for as long as
/// the library is loaded.
#[unsafe(no_mangle)]
pub extern "C" fn tally_version() -> *const c_char {
    TEXT.as_ptr()
}

/// The version of the running library as one number: major * 10000 + minor * 100 + patch.
#[unsafe(no_mangle)]
pub extern "C" fn tally_version_number() -> u32 {
    NUMBER
}
