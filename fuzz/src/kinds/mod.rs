//! The kinds of state: their functions of C, and what their words mean.

mod decimal;
mod moments;
mod sums;

pub(crate) use decimal::HALF;

use std::ffi::{c_int, c_void};

use tally::boundary::status::tally_status::{self, *};
use tally_core::BadState;

use crate::meaning::Meaning;
use crate::saved::Form;

/// How a text or a mean is asked for, and which `ddof`.
#[derive(Clone, Copy)]
pub(crate) struct Questions {
    pub(crate) digits: usize,
    pub(crate) all_digits: bool,
    pub(crate) rounding: u8,
    pub(crate) ddof: usize,
    pub(crate) candidate: f64,
}

/// A kind of state. All of its functions take pointers, as C has them.
pub(crate) trait Kind: Sized {
    const NAME: &'static str;
    const FORM: Form;
    const WORDS: usize;
    const SAVED_MAX: usize;
    /// The status of what does not fit.
    const FULL: tally_status;

    unsafe fn merge(into: *mut Self, from: *const Self) -> tally_status;
    unsafe fn unmerge(into: *mut Self, from: *const Self) -> tally_status;
    unsafe fn save(
        state: *const Self,
        to: *mut c_void,
        size: usize,
        needed: *mut usize,
    ) -> tally_status;
    unsafe fn load(bytes: *const c_void, size: usize, state: *mut Self) -> tally_status;
    unsafe fn count(state: *const Self, count: *mut i64) -> tally_status;
    unsafe fn specials(state: *const Self, counts: [*mut i64; 3]) -> tally_status;
    unsafe fn fail(state: *mut Self, status: c_int) -> tally_status;
    /// `None` for a kind that has no such function.
    unsafe fn combine(from: *const Self, into: *mut Self) -> Option<()>;

    /// What words are, or why they are refused.
    fn meaning(words: &[u64]) -> Result<Meaning, tally_status>;
    /// The words of a state; `None` if it does not fit.
    fn words(meaning: &Meaning) -> Option<Vec<u64>>;
    /// The saved form; `None` if no state of any size has it.
    fn saved(meaning: &Meaning) -> Option<Vec<u8>>;
    /// Asks everything.
    unsafe fn check(state: *const Self, meaning: &Meaning, ask: Questions);
}

macro_rules! verbs {
    ($merge:ident $unmerge:ident $save:ident $load:ident $count:ident $specials:ident $fail:ident $($combine:ident)?) => {
        unsafe fn merge(into: *mut Self, from: *const Self) -> tally_status {
            unsafe { $merge(into, from) }
        }
        unsafe fn unmerge(into: *mut Self, from: *const Self) -> tally_status {
            unsafe { $unmerge(into, from) }
        }
        unsafe fn save(state: *const Self, to: *mut c_void, size: usize, needed: *mut usize) -> tally_status {
            unsafe { $save(state, to, size, needed) }
        }
        unsafe fn load(bytes: *const c_void, size: usize, state: *mut Self) -> tally_status {
            unsafe { $load(bytes, size, state) }
        }
        unsafe fn count(state: *const Self, count: *mut i64) -> tally_status {
            unsafe { $count(state, count) }
        }
        unsafe fn specials(state: *const Self, [nan, plus, minus]: [*mut i64; 3]) -> tally_status {
            unsafe { $specials(state, nan, plus, minus) }
        }
        unsafe fn fail(state: *mut Self, status: c_int) -> tally_status {
            unsafe { $fail(state, status) }
        }
        #[allow(unused_variables, unreachable_code)]
        unsafe fn combine(from: *const Self, into: *mut Self) -> Option<()> {
            $(return Some(unsafe { $combine(from, into, 1) });)?
            None
        }
    };
}

use verbs;

fn bad_status(bad: BadState) -> tally_status {
    match bad {
        BadState::Failed(number) => tally_status::ALL
            .into_iter()
            .find(|&status| status as i32 == number && status != TALLY_OK)
            .unwrap_or(TALLY_INVALID),
        BadState::Damaged => TALLY_INVALID,
    }
}

/// Whether a state of these words may be used: by its last word, and its counters.
fn usable(status: u64, counters: &[u64]) -> Result<(), tally_status> {
    match status {
        0 if counters.contains(&(1 << 63)) => Err(TALLY_INVALID),
        0 => Ok(()),
        failed @ 1..=0xffff_ffff => Err(bad_status(BadState::Failed(failed as u32 as i32))),
        _ => Err(TALLY_INVALID),
    }
}

fn signed(words: &[u64]) -> [i64; 5] {
    std::array::from_fn(|index| words[index] as i64)
}
