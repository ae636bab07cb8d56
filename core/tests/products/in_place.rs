//! One product added to a state in place, or one value to moments, is what the
//! general way makes of it, word for word; where it is not that simple, nothing is
//! changed and it says so.

use crate::support::moments::MomentsOracle;
use crate::support::products::ProductOracle;
use crate::support::random::Random;
use tally_core::{MOMENTS_STATE_WORDS, Moments, PRODUCT_STATE_WORDS, ProductAccumulator, Stored};

const LARGEST: u64 = i64::MAX as u64;
/// No counter may be this.
const DAMAGED: u64 = 1 << 63;

/// A kind of state of `N` words, with its counters from `COUNT` on.
trait Kind<const N: usize> {
    const COUNT: usize;
    /// Adds in place, or takes out; moments take `x` alone.
    fn in_place(state: &mut [[u8; 8]; N], x: f64, y: f64, subtract: bool) -> bool;
    /// The same by the general way; `None` if there is no such state.
    fn general(words: &[u64; N], x: f64, y: f64, subtract: bool) -> Option<[u64; N]>;
}

struct Products;

impl Kind<PRODUCT_STATE_WORDS> for Products {
    const COUNT: usize = 67;

    fn in_place(
        state: &mut [[u8; 8]; PRODUCT_STATE_WORDS],
        x: f64,
        y: f64,
        subtract: bool,
    ) -> bool {
        if subtract {
            ProductAccumulator::add_one_in_place::<true>(state, (x, y))
        } else {
            ProductAccumulator::add_one_in_place::<false>(state, (x, y))
        }
    }

    fn general(
        words: &[u64; PRODUCT_STATE_WORDS],
        x: f64,
        y: f64,
        subtract: bool,
    ) -> Option<[u64; PRODUCT_STATE_WORDS]> {
        let mut products = ProductAccumulator::from_words(words).ok()?;
        if subtract {
            products.subtract_one_f64(x, y);
        } else {
            products.add_one_f64(x, y);
        }
        products.to_words().ok()
    }
}

struct OfMoments;

impl Kind<MOMENTS_STATE_WORDS> for OfMoments {
    const COUNT: usize = 34;

    fn in_place(
        state: &mut [[u8; 8]; MOMENTS_STATE_WORDS],
        x: f64,
        _: f64,
        subtract: bool,
    ) -> bool {
        if subtract {
            Moments::add_one_in_place::<true>(state, x)
        } else {
            Moments::add_one_in_place::<false>(state, x)
        }
    }

    fn general(
        words: &[u64; MOMENTS_STATE_WORDS],
        x: f64,
        _: f64,
        subtract: bool,
    ) -> Option<[u64; MOMENTS_STATE_WORDS]> {
        let mut moments = Moments::from_words(words).ok()?;
        if subtract {
            moments.subtract_one_f64(x);
        } else {
            moments.add_one_f64(x);
        }
        moments.to_words().ok()
    }
}

/// Adds and takes out; whether each was done in place. If so, as the general way
/// does it.
fn check<K: Kind<N>, const N: usize>(words: &[u64; N], x: f64, y: f64) -> [bool; 2] {
    [false, true].map(|subtract| {
        let mut state = words.map(u64::to_ne_bytes);
        let done = K::in_place(&mut state, x, y, subtract);
        let state = state.map(u64::from_ne_bytes);
        let report = || format!("{x:e} {y:e} ({subtract}), {words:#x?}");
        if done {
            let expected = K::general(words, x, y, subtract);
            assert_eq!(Some(state), expected, "{}", report());
        } else {
            assert_eq!(state, *words, "changed, {}", report());
        }
        done
    })
}

/// A state of random limbs, most of them at their ends now and then.
fn random_state<K: Kind<N>, const N: usize>(random: &mut Random) -> [u64; N] {
    let kind = random.below(4);
    let mut words = std::array::from_fn(|_| match kind {
        0 => random.bits(),
        1 => random.pick(&[0, 1, u64::MAX, DAMAGED, LARGEST, DAMAGED + 1]),
        2 => random.pick(&[DAMAGED, LARGEST]),
        _ => 0,
    });
    for counter in &mut words[K::COUNT..K::COUNT + 5] {
        let bits = random.bits();
        *counter = random.pick(&[0, 0, 1, u64::MAX, LARGEST, DAMAGED + 1, bits]);
    }
    words[N - 1] = 0;
    words
}

fn random_value(random: &mut Random) -> f64 {
    match random.below(6) {
        0 => random.pick(&[0.0, -0.0, 5e-324, -5e-324, f64::MAX, -f64::MAX, 1.0, -1.0]),
        1 => random.sign() * random.unit(),
        2 if random.one_in(3) => random.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
        _ => f64::from_bits(random.bits()),
    }
}

fn random_values<K: Kind<N>, const N: usize>(seed: u64) {
    let mut random = Random::new(seed);
    let mut done = 0;
    for _ in 0..100_000 {
        let words = random_state::<K, N>(&mut random);
        let (x, y) = (random_value(&mut random), random_value(&mut random));
        let both = check::<K, N>(&words, x, y);
        done += usize::from(both[0]) + usize::from(both[1]);
    }
    assert!(done > 40_000, "only {done} in place: not a fair test");
}

#[test]
fn random_values_into_random_states() {
    random_values::<Products, _>(281);
    random_values::<OfMoments, _>(282);
}

/// Each exponent of a product, in many ways to make it.
#[test]
fn products_of_every_exponent_into_every_limb() {
    let mut random = Random::new(283);
    let double =
        |exponent: usize, fraction: u64| f64::from_bits((exponent as u64) << 52 | fraction);
    for position in 0..=2 * 2046 {
        let low = position - position.min(2046);
        let x_exponent = low + random.below(position.min(2046) - low + 1);
        let fraction = random.pick(&[0, 1, (1 << 52) - 1, random.clone().bits() >> 12]);
        let x = double(x_exponent, fraction) * random.sign();
        let y = double(position - x_exponent, random.pick(&[fraction, 0]));
        for limb in [0, 1, u64::MAX, DAMAGED, LARGEST] {
            let mut words = [limb; PRODUCT_STATE_WORDS];
            words[67..].fill(0);
            check::<Products, _>(&words, x, y);
        }
        let negative_zero = x * y == 0.0 && (x == 0.0 || y == 0.0) && x.is_sign_negative();
        let both = check::<Products, _>(&[0; PRODUCT_STATE_WORDS], x, y);
        assert_eq!(both, [!negative_zero; 2], "{x:e} {y:e}");
    }
}

#[test]
fn values_of_every_exponent_into_every_limb_of_moments() {
    let mut random = Random::new(284);
    for exponent in 0..2047_u64 {
        for fraction in [0, 1, (1 << 52) - 1, random.bits() >> 12] {
            let value = f64::from_bits(exponent << 52 | fraction) * random.sign();
            for limb in [0, 1, u64::MAX, DAMAGED, LARGEST] {
                let mut words = [limb; MOMENTS_STATE_WORDS];
                words[34..39].fill(0);
                words[106] = 0;
                check::<OfMoments, _>(&words, value, 0.0);
            }
            if value.to_bits() != DAMAGED {
                let both = check::<OfMoments, _>(&[0; MOMENTS_STATE_WORDS], value, 0.0);
                assert_eq!(both, [true; 2], "{value:e}");
            }
        }
    }
}

/// Limbs at an end, so that what enters the lowest of them runs through all: as far
/// as the third it is done in place, and further it is not.
#[test]
fn carries_of_one_limb_two_three_and_many() {
    let mut reached = [[0; 2]; 5];
    for first in 0..63 {
        for limbs in 1..=67 - first {
            for end in [LARGEST, DAMAGED] {
                let mut words = [0; PRODUCT_STATE_WORDS];
                words[first..first + limbs].fill(end);
                for bit in [0, 1, 62, 63] {
                    let position = first * 64 + bit;
                    let x_exponent = position.min(2045) as u64;
                    let y_exponent = position as u64 - x_exponent;
                    // Exponent fields of 1 more, but that 0 and 1 are the same place.
                    let [x, y] = [x_exponent, y_exponent].map(|e| (e + 1) << 52);
                    for sign in [0, DAMAGED] {
                        for fraction in [0, 0xf_ffff_ffff_ffff] {
                            let [x, y] = [x | sign | fraction, y | fraction].map(f64::from_bits);
                            let [done, _] = check::<Products, _>(&words, x, y);
                            reached[limbs.min(4)][usize::from(done)] += 1;
                        }
                    }
                }
            }
        }
    }
    for limbs in 1..=2 {
        assert!(reached[limbs][1] > 500, "{reached:?}");
    }
    assert!(reached[4][0] > 500 && reached[3][0] > 500, "{reached:?}");
}

#[test]
fn carries_of_squares_and_of_sums() {
    let mut both = [0; 2];
    for squares in [false, true] {
        let (from, most) = if squares { (39, 67) } else { (0, 34) };
        for first in 0..most - 4 {
            for limbs in 1..=most - first {
                for end in [LARGEST, DAMAGED] {
                    let mut words = [0; MOMENTS_STATE_WORDS];
                    words[from + first..from + first + limbs].fill(end);
                    for bit in [0, 1, 62, 63] {
                        let position = first * 64 + bit;
                        let exponent = if squares { position / 2 } else { position };
                        let bits = (exponent as u64 + 1).min(2046) << 52;
                        for fraction in [0, 0xf_ffff_ffff_ffff] {
                            for sign in [0, DAMAGED] {
                                let value = f64::from_bits(bits | fraction | sign);
                                let [done, _] = check::<OfMoments, _>(&words, value, 0.0);
                                both[usize::from(done)] += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(both[0] > 1000 && both[1] > 1000, "{both:?}");
}

fn counts_at_their_ends<K: Kind<N>, const N: usize>() {
    for (count, done) in [
        (LARGEST, [false, true]),
        (LARGEST - 1, [true, true]),
        // -(2^63 - 1) is the least count.
        (DAMAGED + 1, [true, false]),
        (DAMAGED + 2, [true, true]),
    ] {
        let mut words = [0; N];
        words[K::COUNT] = count;
        assert_eq!(check::<K, N>(&words, 1.0, 1.0), done, "{count:#x}");
    }
}

fn failed_and_damaged_states<K: Kind<N>, const N: usize>() {
    for status in [1, 0xffff_fffd, 0xffff_ffff, 1 << 32, DAMAGED, u64::MAX] {
        let mut words = [0; N];
        words[N - 1] = status;
        assert_eq!(check::<K, N>(&words, 1.0, 1.0), [false; 2], "{status:#x}");
    }
    for counter in K::COUNT..K::COUNT + 5 {
        let mut words = [0; N];
        words[counter] = DAMAGED;
        assert_eq!(check::<K, N>(&words, 1.0, 1.0), [false; 2], "{counter}");
        // The next count is one that a state may have.
        words[counter] = DAMAGED + 1;
        let done = [true, counter != K::COUNT];
        assert_eq!(check::<K, N>(&words, 1.0, 1.0), done, "{counter}");
    }
}

#[test]
fn counts_at_their_ends_are_left_to_the_general_way() {
    counts_at_their_ends::<Products, _>();
    counts_at_their_ends::<OfMoments, _>();
}

#[test]
fn failed_and_damaged_states_are_left_alone() {
    failed_and_damaged_states::<Products, _>();
    failed_and_damaged_states::<OfMoments, _>();
}

#[test]
fn what_has_a_counter_of_its_own_is_left_to_the_general_way() {
    let empty = [0; PRODUCT_STATE_WORDS];
    let specials = [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    for special in specials {
        for other in [0.0, 1.0, -5e-324] {
            assert_eq!(check::<Products, _>(&empty, special, other), [false; 2]);
            assert_eq!(check::<Products, _>(&empty, other, special), [false; 2]);
        }
    }
    for (x, y, done) in [
        (0.0, -1.0, false),
        (-0.0, 1.0, false),
        (-0.0, 0.0, false),
        (0.0, 1.0, true),
        (-0.0, -1.0, true),
        (-0.0, -0.0, true),
        // These are rounded to zero, and are none.
        (5e-324, -5e-324, true),
    ] {
        assert_eq!(check::<Products, _>(&empty, x, y), [done; 2], "{x} {y}");
    }
    let empty = [0; MOMENTS_STATE_WORDS];
    for value in specials.into_iter().chain([-0.0]) {
        let both = check::<OfMoments, _>(&empty, value, 0.0);
        assert_eq!(both, [false; 2], "{value}");
    }
    assert_eq!(check::<OfMoments, _>(&empty, 0.0, 0.0), [true; 2]);
}

/// Many, one by one, each in place where it can be, against big integers.
#[test]
fn a_long_row_of_values_is_the_exact_total() {
    let mut random = Random::new(285);
    for round in 0..12 {
        let mut products = [[0; 8]; PRODUCT_STATE_WORDS];
        let mut moments = [[0; 8]; MOMENTS_STATE_WORDS];
        let mut values = Vec::new();
        for _ in 0..800 {
            values.push(match round % 4 {
                0 => random.unit(),
                1 => random.sign() * random.unit() * 1e300,
                2 => f64::from_bits(random.bits()),
                _ => f64::from_bits(random.bits() & 0x800f_ffff_ffff_ffff),
            });
        }
        values.retain(|value| value.is_finite());
        let mut others = values.clone();
        random.shuffle(&mut others);
        for (&x, &y) in values.iter().zip(&others) {
            step::<Products, _>(&mut products, x, y, false);
            step::<OfMoments, _>(&mut moments, x, y, false);
        }
        let oracle = ProductOracle::of(&values, &others);
        assert_eq!(
            products.map(u64::from_ne_bytes),
            oracle.words(),
            "round {round}"
        );
        assert_eq!(
            moments.map(u64::from_ne_bytes),
            MomentsOracle::of(&values).words(),
            "round {round}"
        );
        for (&x, &y) in others.iter().zip(&values) {
            step::<Products, _>(&mut products, x, y, true);
            step::<OfMoments, _>(&mut moments, x, y, true);
        }
        assert_eq!(products, [[0; 8]; PRODUCT_STATE_WORDS], "round {round}");
        assert_eq!(moments, [[0; 8]; MOMENTS_STATE_WORDS], "round {round}");
    }
}

fn step<K: Kind<N>, const N: usize>(state: &mut [[u8; 8]; N], x: f64, y: f64, subtract: bool) {
    if !K::in_place(state, x, y, subtract) {
        let words = K::general(&state.map(u64::from_ne_bytes), x, y, subtract);
        *state = words.expect("in range").map(u64::to_ne_bytes);
    }
}
