//! The eight words of a small accumulator, by its specification: from integers, and to them.

use tally_core::BadState;

use crate::hostile::{integer, limbs_of};
use crate::support::oracle::Oracle;

/// Bits of the header, from the lowest: the base, and the counters but that of values.
const BITS: [u32; 5] = [6, 18, 18, 11, 11];

/// The words of a small state that holds this, by its specification.
pub(crate) fn words_of(oracle: &Oracle) -> Option<[u64; 8]> {
    let limbs = limbs_of(&oracle.total, 34)?;
    let used: Vec<usize> = (0..34).filter(|&limb| limbs[limb] != 0).collect();
    let (lowest, highest) = match used[..] {
        [] => (0, 0),
        [only] => (only, only),
        [lowest, .., highest] => (lowest, highest),
    };
    let base = highest.saturating_sub(5);
    let mut header = base as u128;
    let mut place = BITS[0];
    for (counter, bits) in oracle.counters[1..].iter().zip(&BITS[1..]) {
        let half = 1_i64 << (bits - 1);
        if *counter < -half || *counter >= half {
            return None;
        }
        header += (counter.rem_euclid(2 * half) as u128) << place;
        place += bits;
    }
    if lowest < base || oracle.counters[0] == i64::MIN {
        return None;
    }
    let mut words = [header as u64, oracle.counters[0] as u64, 0, 0, 0, 0, 0, 0];
    for limb in base..base + 6 {
        words[2 + limb % 6] = limbs[limb];
    }
    Some(words)
}

/// What words mean; `None` if they are no small state.
pub(crate) fn meaning(words: &[u64; 8]) -> Option<Oracle> {
    let base = (words[0] % 64) as usize;
    let is_lowest = base == 0 || words[2 + (base + 5) % 6] != 0;
    meaning_of_any_base(words).filter(|_| is_lowest)
}

/// The same, also of words whose base should be lower.
pub(crate) fn meaning_of_any_base(words: &[u64; 8]) -> Option<Oracle> {
    let base = (words[0] % 64) as usize;
    if base > 28 || words[1] == 1 << 63 {
        return None;
    }
    let limb = |index: usize| words[2 + (base + index) % 6];
    let mut counters = [words[1] as i64; 5];
    let mut rest = words[0] >> BITS[0];
    for (counter, bits) in counters[1..].iter_mut().zip(&BITS[1..]) {
        let field = (rest % (1 << bits)) as i64;
        *counter = field - i64::from(field >> (bits - 1) == 1) * (1 << bits);
        rest >>= bits;
    }
    let limbs: Vec<u64> = (0..6).map(limb).collect();
    let total = integer(&limbs) << (64 * base);
    Some(Oracle { total, counters })
}

/// Why words are no sum.
pub(crate) fn why_not(words: &[u64; 8]) -> BadState {
    let is_failure = words[0] % (1 << 32) == 62 && words[1..].iter().all(|&word| word == 0);
    match is_failure {
        true => BadState::Failed((words[0] >> 32) as i32),
        false => BadState::Damaged,
    }
}
