//! States from nearly plausible to hostile, and what they mean as integers.

use num_bigint::BigInt;
use num_traits::Signed;

use crate::support::oracle::balanced;
use crate::support::random::Random;

pub(crate) const DAMAGED: u64 = 1 << 63;
pub(crate) const LARGEST: u64 = i64::MAX as u64;

/// Where a kind of state has what: limbs, five counters, further limbs, the status.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) limbs: usize,
    pub(crate) words: usize,
}

pub(crate) const NUMBERS: Layout = Layout {
    limbs: 34,
    words: 40,
};
pub(crate) const PRODUCTS: Layout = Layout {
    limbs: 67,
    words: 73,
};
pub(crate) const MOMENTS: Layout = Layout {
    limbs: 34,
    words: 107,
};

impl Layout {
    pub(crate) fn counters<'a>(&self, words: &'a [u64]) -> &'a [u64] {
        &words[self.limbs..self.limbs + 5]
    }

    pub(crate) fn further<'a>(&self, words: &'a [u64]) -> &'a [u64] {
        &words[self.limbs + 5..self.words - 1]
    }

    /// Whether the words are a state that has not failed.
    pub(crate) fn is_state(&self, words: &[u64]) -> bool {
        words[self.words - 1] == 0 && !self.counters(words).contains(&DAMAGED)
    }
}

/// The integer with these limbs.
pub(crate) fn integer(limbs: &[u64]) -> BigInt {
    let limbs = limbs.iter().enumerate();
    limbs
        .map(|(index, &limb)| BigInt::from(limb as i64) << (64 * index))
        .sum()
}

/// The limbs of an integer; `None` if it is out of their range.
pub(crate) fn limbs_of(integer: &BigInt, limbs: usize) -> Option<Vec<u64>> {
    let largest = (0..limbs).map(|limb| BigInt::from(LARGEST) << (64 * limb));
    let largest: BigInt = largest.sum();
    let least = (0..limbs).map(|limb| BigInt::from(i64::MIN) << (64 * limb));
    let least: BigInt = least.sum();
    (least <= *integer && *integer <= largest).then(|| balanced(integer, limbs))
}

/// Limbs of which few are in use, or many, at their ends or anywhere.
pub(crate) fn limbs(random: &mut Random, count: usize) -> Vec<u64> {
    let mut limbs = vec![0; count];
    let first = random.below(count);
    let most = if random.one_in(2) { 4 } else { count };
    let last = count.min(first + 1 + random.below(most));
    let kind = random.below(5);
    for limb in &mut limbs[first..last] {
        let bits = random.bits();
        *limb = match kind {
            0 => bits,
            1 => random.pick(&[LARGEST, DAMAGED]),
            2 => random.pick(&[0, 1, u64::MAX, DAMAGED, LARGEST, DAMAGED + 1, bits]),
            3 => random.pick(&[0, 0, 0, bits, DAMAGED]),
            _ => random.pick(&[1 << 62, (1 << 62) - 1, !(1 << 62), 1, u64::MAX]),
        };
    }
    limbs
}

/// Limbs next to a tie between two floats, whose last bit is that of any position.
pub(crate) fn limbs_near_a_tie(random: &mut Random, count: usize, precision: usize) -> Vec<u64> {
    let top = random.bits() >> (64 - precision) | 1 << (precision - 1);
    let half = 1 + random.below(64 * (count - 2));
    let mut total = (BigInt::from(top) * 2 + 1) << (half - 1);
    if random.one_in(4) {
        // Not a tie: the float itself, or the like.
        total = BigInt::from(top) << half;
    }
    let tail = BigInt::from(1) << random.below(half);
    match random.below(3) {
        0 => total += tail,
        1 => total -= tail,
        _ => {}
    }
    if random.one_in(2) {
        total = -total;
    }
    limbs_of(&total, count).expect("two limbs less than there are")
}

fn counter(random: &mut Random) -> u64 {
    let bits = random.bits();
    random.pick(&[
        0,
        1,
        2,
        u64::MAX,
        LARGEST,
        LARGEST - 1,
        DAMAGED + 1,
        DAMAGED + 2,
        bits,
        bits >> 40,
    ])
}

/// A state, or what nearly is one.
pub(crate) fn words(random: &mut Random, layout: Layout) -> Vec<u64> {
    let mut words = limbs(random, layout.limbs);
    words.extend([0; 5]);
    words.extend(limbs(random, layout.words - layout.limbs - 5)); // The status among them.
    let counters = &mut words[layout.limbs..][..5];
    counters[0] = random.bits() >> 50;
    match random.below(4) {
        0 => counters.fill_with(|| counter(random)),
        1 => counters[..2].fill_with(|| counter(random)),
        2 => counters[1] = counters[0],
        _ => {}
    }
    if random.one_in(20) {
        counters[random.below(5)] = DAMAGED;
    }
    words[layout.words - 1] = match random.below(30) {
        0 => random.pick(&[1, DAMAGED, u64::MAX, 0xffff_fffd]),
        _ => 0,
    };
    words
}

/// A state whose total is next to a tie.
pub(crate) fn near_a_tie(random: &mut Random, layout: Layout, precision: usize) -> Vec<u64> {
    let mut words = words(random, layout);
    words[..layout.limbs].copy_from_slice(&limbs_near_a_tie(random, layout.limbs, precision));
    words[layout.limbs..][..5].copy_from_slice(&[random.bits() >> 60 | 1, 0, 0, 0, 0]);
    words[layout.words - 1] = 0;
    words
}

pub(crate) fn in_memory(words: &[u64]) -> Vec<[u8; 8]> {
    words.iter().map(|word| word.to_ne_bytes()).collect()
}

/// Whether a zero of these counts is -0.0.
pub(crate) fn is_negative(total: &BigInt, counters: &[u64]) -> bool {
    let all_negative_zeros = counters[0] as i64 > 0 && counters[0] == counters[1];
    total.is_negative() || (*total == BigInt::ZERO && all_negative_zeros)
}
