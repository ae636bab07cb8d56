//! The words of a small state.
//!
//! | words | contents |
//! |---|---|
//! | 0 | the header |
//! | 1 | the count of values, NaN, infinities and zeros included |
//! | 2 to 7 | six neighbouring limbs of the total in units of 2^-1074 |
//!
//! | bits of the header | contents |
//! |---|---|
//! | 0 to 5 | the base: the index of the lowest of the six limbs, 0 to 28 |
//! | 6 to 23 | the count of negative zeros, as a signed number |
//! | 24 to 41 | the count of NaN |
//! | 42 to 52, 53 to 63 | the counts of plus and minus infinity |
//!
//! Limb i is in word 2 + i mod 6: where the base moves, limbs stay. The base is that of
//! the six limbs that end with the highest one in use, or 0 if that is among the lowest
//! six. So it is a function of the total, and the form is unique.
//!
//! A state that failed has base 62 and a status in bits 32 to 63 of the header; all else
//! is 0.

use crate::error::{BadState, OutOfRange, Part};
use crate::float::{Binary, Special, finite_parts};
use crate::layout::{COUNTERS, LIMBS, SMALL_STATE_WORDS, STATE_WORDS};
use crate::limbs::{Limb, any_in_use, highest_in_use, merge_in_use, split};
use crate::state::in_place::signed;
use crate::state::parts::merged_counters;
use crate::sum::{Counter, PARTS};

/// A small state where it lies.
pub(super) type Words = [[u8; 8]; SMALL_STATE_WORDS];

/// Limbs of a small state.
pub(super) const WINDOW: usize = 6;

/// The highest base.
pub(super) const HIGHEST_BASE: usize = LIMBS - WINDOW;

/// The words of the header and the count, and the first of the limbs.
pub(super) const HEADER: usize = 0;
pub(super) const COUNT: usize = 1;
pub(super) const FIRST: usize = 2;

/// The bits of the header that are the base.
pub(super) const BASE: u64 = (1 << BASE_BITS) - 1;
const BASE_BITS: u32 = 6;

/// The bits of the counters behind the base, all but that of values.
const COUNTER_BITS: [u32; COUNTERS - 1] = [18, 18, 11, 11];

const _: () = assert!(BASE_BITS + 18 + 18 + 11 + 11 == u64::BITS);

/// A base that no small state has: whoever keeps states may mark others by it, and has the
/// rest of the 64 bytes for them.
pub const ELSEWHERE: u64 = BASE;

/// The base of a state that failed.
const FAILED: u64 = BASE - 1;

const _: () = assert!(HIGHEST_BASE < FAILED as usize);

/// The words of a state that failed.
pub(super) fn failed(status: i32) -> [u64; SMALL_STATE_WORDS] {
    let mut words = [0; SMALL_STATE_WORDS];
    words[HEADER] = u64::from(status as u32) << 32 | FAILED;
    words
}

/// What is wrong with words that are no window.
pub(super) fn what_is_wrong(words: &[u64; SMALL_STATE_WORDS]) -> BadState {
    let status = (words[HEADER] >> 32) as i32;
    match *words == failed(status) {
        true => BadState::Failed(status),
        false => BadState::Damaged,
    }
}

/// The word of a limb.
pub(super) const fn word_of(limb: usize) -> usize {
    FIRST + limb % WINDOW
}

/// What a small state holds: six limbs in their order, and the counters.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub(super) base: usize,
    pub(super) limbs: [[u8; 8]; WINDOW],
    /// The count of values.
    pub(super) values: i64,
    /// The header without the base: the other counters.
    others: u64,
}

impl Window {
    /// What words say; `None` if they are no small state.
    #[inline]
    pub(super) fn of(words: &Words) -> Option<Self> {
        let header = u64::from_ne_bytes(words[HEADER]);
        let base = (header & BASE) as usize;
        let values = words[COUNT].get();
        let limbs = std::array::from_fn(|index| words[word_of(base + index)]);
        let is_canonical = base == 0 || limbs[WINDOW - 1].get() != 0;
        let is_state = base <= HIGHEST_BASE && values != i64::MIN && is_canonical;
        is_state.then_some(Window {
            base,
            limbs,
            values,
            others: header & !BASE,
        })
    }

    /// The parts of a sum in range, if they fit.
    pub(super) fn of_parts<L: Limb>(
        limbs: &[L],
        counters: &[i64; COUNTERS],
    ) -> Result<Self, OutOfRange> {
        let (base, limbs) = highest_limbs(0, limbs).ok_or(OutOfRange(Part::Total))?;
        Ok(Window {
            base,
            limbs,
            values: counters[Counter::Values as usize],
            others: pack(counters)?,
        })
    }

    /// Writes the words.
    #[inline]
    pub(super) fn write(&self, words: &mut Words) {
        words[HEADER] = (self.others | self.base as u64).to_ne_bytes();
        words[COUNT] = self.values.to_ne_bytes();
        for (index, limb) in self.limbs.into_iter().enumerate() {
            words[word_of(self.base + index)] = limb;
        }
    }

    /// All counters, as an accumulator has them.
    pub(super) fn counters(&self) -> [i64; COUNTERS] {
        let mut counters = [self.values, 0, 0, 0, 0];
        if self.others == 0 {
            return counters;
        }
        let mut first = BASE_BITS;
        for (counter, bits) in counters[1..].iter_mut().zip(COUNTER_BITS) {
            let unused = u64::BITS - bits;
            *counter = (self.others << (unused - first)) as i64 >> unused;
            first += bits;
        }
        counters
    }

    /// Adds counters, or takes them away, if what comes of them fits.
    #[inline]
    pub(super) fn merge_counters<const SUBTRACT: bool>(
        &mut self,
        from: &[i64; COUNTERS],
    ) -> Option<()> {
        // Nearly always there are values only.
        if self.others == 0 && !any_in_use(&from[1..]) {
            let merged = merged_counters::<SUBTRACT>(
                &[self.values, 0, 0, 0, 0],
                &[from[Counter::Values as usize], 0, 0, 0, 0],
            )?;
            self.values = merged[Counter::Values as usize];
            return Some(());
        }
        let merged = merged_counters::<SUBTRACT>(&self.counters(), from)?;
        self.others = pack(&merged).ok()?;
        self.values = merged[Counter::Values as usize];
        Some(())
    }

    /// Merges another one, or takes it out, if what comes of it fits.
    #[inline]
    pub(super) fn merge<const SUBTRACT: bool>(&mut self, from: &Self) -> Option<()> {
        self.merge_counters::<SUBTRACT>(&from.counters())?;
        self.add_limbs::<SUBTRACT, _>(from.base, &from.limbs)
    }

    /// The words of an accumulator of the same content.
    #[inline]
    pub(super) fn expanded(&self) -> [[u8; 8]; STATE_WORDS] {
        let mut words = [[0; 8]; STATE_WORDS];
        words[self.base..self.base + WINDOW].copy_from_slice(&self.limbs);
        let counters = words[LIMBS..].iter_mut().zip(self.counters());
        counters.for_each(|(word, counter)| *word = counter.to_ne_bytes());
        words
    }

    /// Whether no value is NaN or infinite.
    pub(super) fn is_finite(&self) -> bool {
        self.others >> (BASE_BITS + COUNTER_BITS[0]) == 0
    }

    /// Adds one value, or takes it out, if what comes of it fits.
    pub(super) fn add_value<const SUBTRACT: bool>(&mut self, value: f64) -> Option<()> {
        let bits = value.to_bits();
        self.values = step::<SUBTRACT>(self.values)?;
        if f64::exponent(bits) == f64::SPECIAL {
            return self.count::<SUBTRACT>(match f64::special(bits) {
                Special::Nan => Counter::Nan,
                Special::PositiveInfinity => Counter::PositiveInfinity,
                Special::NegativeInfinity => Counter::NegativeInfinity,
            });
        }
        if f64::is_negative_zero(bits) {
            return self.count::<SUBTRACT>(Counter::NegativeZeros);
        }
        let (significand, position) = finite_parts(bits);
        self.add_integer(signed::<SUBTRACT, _>(i128::from(significand)), position)
    }

    /// Raises a counter but that of values, or lowers it, if it fits.
    fn count<const SUBTRACT: bool>(&mut self, counter: Counter) -> Option<()> {
        let mut counters = self.counters();
        let counter = &mut counters[counter as usize];
        *counter = step::<SUBTRACT>(*counter)?;
        self.others = pack(&counters).ok()?;
        Some(())
    }

    /// Adds `integer`·2^`position`, if what comes of it fits; |`integer`| ≤ 2^126.
    #[inline]
    pub(super) fn add_integer(&mut self, integer: i128, position: usize) -> Option<()> {
        let (limb, shift) = (position / 64, position % 64);
        let (lower, upper) = split(integer);
        let (low, carried) = split(i128::from(lower) << shift);
        let (middle, high) = split((i128::from(upper) << shift) + i128::from(carried));
        self.add_limbs::<false, _>(limb, &[low, middle, high])
    }

    /// Adds up to six limbs, of which the lowest is limb `first`, or takes them away, if what
    /// comes of it fits.
    #[inline]
    pub(super) fn add_limbs<const SUBTRACT: bool, L: Limb>(
        &mut self,
        first: usize,
        limbs: &[L],
    ) -> Option<()> {
        let Some(highest) = highest_in_use(limbs) else {
            return Some(());
        };
        // Nearly always the base stays.
        let mut window = self.limbs;
        let place = first
            .checked_sub(self.base)
            .and_then(|at| window.get_mut(at..));
        if let Some(place) = place
            && highest < place.len()
            && !merge_in_use::<SUBTRACT, _, _>(place, limbs)
            && (self.base == 0 || window[WINDOW - 1].get() != 0)
        {
            self.limbs = window;
            return Some(());
        }
        if !any_in_use(&self.limbs) {
            self.base = first;
        }
        // What is farther away is more than six limbs away.
        if self.base.abs_diff(first) > FARTHEST {
            return None;
        }
        let lowest = self.base.min(first);
        let mut near = [[0; 8]; NEAR];
        near[self.base - lowest..][..WINDOW].copy_from_slice(&self.limbs);
        merge_in_use::<SUBTRACT, _, _>(&mut near[first - lowest..], limbs);
        (self.base, self.limbs) = highest_limbs(lowest, &near)?;
        Some(())
    }
}

/// How far apart the lowest limbs may be of two windows that are added, and the limbs of
/// both and a carry.
const FARTHEST: usize = 2 * WINDOW - 2;
const NEAR: usize = FARTHEST + WINDOW + 4;

/// The base and the limbs of the integer whose lowest limb is `limbs[0]`, limb `lowest`.
/// `None` if they do not fit.
#[inline]
fn highest_limbs<L: Limb>(lowest: usize, limbs: &[L]) -> Option<(usize, [[u8; 8]; WINDOW])> {
    let Some(highest) = highest_in_use(limbs) else {
        return Some((0, [[0; 8]; WINDOW]));
    };
    let base = (lowest + highest + 1).saturating_sub(WINDOW);
    if base > HIGHEST_BASE {
        return None;
    }
    let mut window = [[0; 8]; WINDOW];
    let (below, here) = limbs.split_at_checked(base.saturating_sub(lowest))?;
    let place = window.get_mut(lowest.saturating_sub(base)..)?;
    for (limb, &from) in place.iter_mut().zip(here) {
        *limb = from.get().to_ne_bytes();
    }
    (!any_in_use(below)).then_some((base, window))
}

/// The counters behind the base, where they have their place in the header; an error says
/// which does not fit.
fn pack(counters: &[i64; COUNTERS]) -> Result<u64, OutOfRange> {
    let mut header = 0;
    let mut first = BASE_BITS;
    for (index, bits) in COUNTER_BITS.into_iter().enumerate() {
        let counter = counters[index + 1];
        let unused = u64::BITS - bits;
        if counter << unused >> unused != counter {
            return Err(OutOfRange(PARTS[index + 1]));
        }
        header |= (counter << unused) as u64 >> (unused - first);
        first += bits;
    }
    Ok(header)
}

fn step<const SUBTRACT: bool>(counter: i64) -> Option<i64> {
    let next = counter.checked_add(if SUBTRACT { -1 } else { 1 });
    next.filter(|&next| next != i64::MIN)
}
