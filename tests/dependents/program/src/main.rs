//! Its C functions have names that `tally.h` declares.

use std::ffi::{c_char, c_int};

#[unsafe(no_mangle)]
pub extern "C" fn get_last_error() -> *const c_char {
    c"mine".as_ptr()
}

#[unsafe(no_mangle)]
pub extern "C" fn tally_sum_f64() -> c_int {
    7
}

fn main() {
    assert_eq!(tally::sum_f64(&[1e100, 1.0, -1e100]), Ok(1.0));
    assert_eq!(tally_sum_f64(), 7);
    println!("{:?}", get_last_error());
}
