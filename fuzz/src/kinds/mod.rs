//! The kinds of state: their functions of C, and what their words mean.

mod decimal;
mod moments;
mod sums;

pub(crate) use decimal::{HALF, but_for_scale};

use std::ffi::c_int;

use tally::boundary::status::tally_status::{self, *};
use tally_core::BadState;

use crate::meaning::Meaning;
use crate::place::Place;
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

/// A kind of state, whose functions take places of its size.
pub(crate) trait Kind: Sized {
    const NAME: &'static str;
    const FORM: Form;
    const WORDS: usize;
    const SAVED_MAX: usize;
    /// The status of what does not fit.
    const FULL: tally_status;

    fn merge(into: &mut Place, from: &Place) -> tally_status;
    fn unmerge(into: &mut Place, from: &Place) -> tally_status;
    /// Calls for the saved form, which must be this.
    fn expect_saved(state: &Place, expected: Result<&[u8], tally_status>);
    fn load(bytes: &Place, state: &mut Place) -> tally_status;
    fn count(state: &Place, count: &mut i64) -> tally_status;
    fn specials(state: &Place, counts: [&mut i64; 3]) -> tally_status;
    fn fail(state: &mut Place, status: c_int) -> tally_status;
    /// `None` for a kind that has no such function.
    fn combine(from: &Place, into: &mut Place) -> Option<()>;

    /// What words are, or why they are refused.
    fn meaning(words: &[u64]) -> Result<Meaning, tally_status>;
    /// The words of a state; `None` if it does not fit.
    fn words(meaning: &Meaning) -> Option<Vec<u64>>;
    /// The saved form; `None` if no state of any size has it.
    fn saved(meaning: &Meaning) -> Option<Vec<u8>>;
    /// Asks everything.
    fn check(state: &Place, meaning: &Meaning, ask: Questions);
}

/// What a kind is called and how large it is, and its functions.
macro_rules! kind {
    ($name:literal $form:path, $words:literal words, saved in $saved:literal, $full:ident if full;
        $merge:ident $unmerge:ident $save:ident $load:ident $count:ident $specials:ident $fail:ident $($combine:ident)?) => {
        const NAME: &'static str = $name;
        const FORM: Form = $form;
        const WORDS: usize = $words;
        const SAVED_MAX: usize = $saved;
        const FULL: tally_status = $full;

        fn merge(into: &mut Place, from: &Place) -> tally_status {
            call!($merge(into, from))
        }
        fn unmerge(into: &mut Place, from: &Place) -> tally_status {
            call!($unmerge(into, from))
        }
        fn expect_saved(state: &Place, expected: Result<&[u8], tally_status>) {
            // SAFETY: the state has its size, and `expect_bytes` gives a buffer of `size`
            // bytes and a place for their number.
            crate::answers::expect_bytes(expected, false, &|to, size, needed| unsafe {
                $save(crate::passing::Passed::passed(state), to.cast(), size, needed)
            });
        }
        fn load(bytes: &Place, state: &mut Place) -> tally_status {
            let bytes = bytes.bytes();
            // SAFETY: as many bytes as it says, and a state of its size.
            unsafe { $load(bytes.as_ptr().cast(), bytes.len(), crate::passing::Passed::passed(state)) }
        }
        fn count(state: &Place, count: &mut i64) -> tally_status {
            call!($count(state, count))
        }
        fn specials(state: &Place, [nan, plus, minus]: [&mut i64; 3]) -> tally_status {
            call!($specials(state, nan, plus, minus))
        }
        fn fail(state: &mut Place, status: c_int) -> tally_status {
            call!($fail(state, status))
        }
        #[allow(unused_variables, unreachable_code)]
        fn combine(from: &Place, into: &mut Place) -> Option<()> {
            $(return Some(call!($combine(from, into, 1)));)?
            None
        }
    };
}

use kind;

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
