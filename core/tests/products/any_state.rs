//! Whatever words a caller passes as a product accumulator or as moments, nothing
//! panics, and what is no state is refused. What is one means exactly what its words
//! say, to the ends of its range.

use crate::support::moments::{nearest_root, rounded};
use crate::support::oracle::{saved, stored};
use crate::support::products::ProductOracle;
use crate::support::random::Random;
use crate::support::{check_rounded, rounds};
use num_bigint::{BigInt, BigUint};
use num_traits::{Signed, Zero};
use tally_core::{
    Accumulator, BadState, MOMENTS_STATE_WORDS, Moments, OutOfRange, PRODUCT_STATE_WORDS, Part,
    ProductAccumulator, Stored, ValueError, correlation, covariance, weighted_mean,
};

const DAMAGED: u64 = 1 << 63;
const LARGEST: u64 = i64::MAX as u64;

type ProductWords = [u64; PRODUCT_STATE_WORDS];
type MomentsWords = [u64; MOMENTS_STATE_WORDS];

/// Words from noise to nearly plausible, with five counters from `counters` on.
fn words<const N: usize>(random: &mut Random, counters: usize) -> [u64; N] {
    let kind = random.below(5);
    let mut words = std::array::from_fn(|_| match kind {
        0 => random.bits(),
        1 => random.pick(&[0, 1, u64::MAX, DAMAGED, LARGEST]),
        2 if random.one_in(12) => random.bits(),
        3 if random.one_in(20) => random.pick(&[1, u64::MAX, DAMAGED, LARGEST]),
        4 => u64::MAX * random.below(2) as u64,
        _ => 0,
    });
    if random.one_in(2) {
        let bits = random.bits();
        words[counters..counters + 5]
            .fill_with(|| random.pick(&[0, 0, 0, 1, 2, bits, u64::MAX, LARGEST]));
    }
    let status = N - 1;
    if !random.one_in(8) {
        words[status] = 0;
    } else if random.one_in(2) {
        words[status] >>= 32;
    }
    words
}

/// What reading these words must give.
fn expected_error(words: &[u64], counters: usize) -> Option<BadState> {
    match words[words.len() - 1] {
        0 if words[counters..counters + 5].contains(&DAMAGED) => Some(BadState::Damaged),
        0 => None,
        status @ 1..=0xffff_ffff => Some(BadState::Failed(status as u32 as i32)),
        _ => Some(BadState::Damaged),
    }
}

fn total(limbs: &[u64]) -> BigInt {
    let limbs = limbs.iter().enumerate();
    limbs
        .map(|(index, &limb)| BigInt::from(limb as i64) << (64 * index))
        .sum()
}

fn counters(words: &[u64]) -> [i64; 5] {
    std::array::from_fn(|index| words[index] as i64)
}

fn any_values(random: &mut Random) -> Vec<f64> {
    (0..random.below(4))
        .map(|_| f64::from_bits(random.bits()))
        .collect()
}

fn change_products(products: &ProductAccumulator, other: &ProductAccumulator, random: &mut Random) {
    let mut changed = products.clone();
    let x = any_values(random);
    let y: Vec<f64> = x.iter().map(|_| f64::from_bits(random.bits())).collect();
    let one = f64::from_bits(random.bits());
    changed.add_f64(&x, &y);
    changed.add_one_f64(one, 1.5);
    changed.merge(other);
    let mut weights = Accumulator::new();
    weights.add_f64(&x);
    let _ = (changed.to_words(), changed.save(), changed.value_f64());
    let _ = (changed.value_i64(), changed.mean_f64(), changed.count());
    let _ = (changed.text(None), changed.text(Some(3)));
    let _ = (changed.error_f64(1.0), weighted_mean(&changed, &weights));
    changed.unmerge(other);
    changed.subtract_one_f64(1.5, one);
    changed.subtract_f64(&y, &x);
    assert_eq!(changed, *products, "{x:?} {y:?} {one:e}");
}

#[test]
fn any_words_of_products_are_refused_or_mean_what_they_say() {
    let mut random = Random::new(261);
    let mut other = ProductAccumulator::new();
    let mut read = 0;
    for round in 0..rounds(30_000) {
        let words: ProductWords = words(&mut random, 67);
        let products = ProductAccumulator::from_words(&words);
        let expected = expected_error(&words, 67);
        assert_eq!(products.as_ref().err(), expected.as_ref(), "{words:x?}");
        let Ok(products) = products else {
            continue;
        };
        read += 1;
        assert_eq!(products.to_words(), Ok(words), "round {round}");
        change_products(&products, &other, &mut random);
        let oracle = ProductOracle {
            total: total(&words[..67]),
            counters: counters(&words[67..]),
        };
        let bytes = products.save().expect("a state");
        assert_eq!(bytes.as_bytes(), oracle.saved(), "{words:x?}");
        let value = products.value_f64();
        if oracle.counters[2..].iter().any(|&counter| counter < 0) {
            assert_eq!(value, Err(ValueError::NegativeCount), "{words:x?}");
        } else {
            let negative = oracle.is_negative();
            check(value, oracle.value_f64(), negative, &words);
        }
        other = products;
    }
    assert!(
        read > rounds(15_000),
        "only {read} were states: not a fair test"
    );
}

fn check(value: Result<f64, ValueError>, expected: Option<f64>, negative: bool, words: &[u64]) {
    check_rounded(value, expected, negative, &|| format!("{words:x?}"));
}

fn change_moments(moments: &Moments, other: &Moments, random: &mut Random) {
    let mut changed = moments.clone();
    let values = any_values(random);
    let integers: Vec<u64> = values.iter().map(|value| value.to_bits()).collect();
    let signed: Vec<i64> = integers.iter().map(|&bits| bits as i64).collect();
    let short: Vec<i32> = integers.iter().map(|&bits| bits as i32).collect();
    let narrow: Vec<f32> = short
        .iter()
        .map(|&bits| f32::from_bits(bits as u32))
        .collect();
    changed.add_f64(&values);
    changed.add_f32(&narrow);
    changed.add_u64(&integers);
    changed.add_i64(&signed);
    changed.add_i32(&short);
    values.iter().for_each(|&value| changed.add_one_f64(value));
    changed.merge(other);
    let ddof = random.pick(&[0, 1, 2, LARGEST, u64::MAX]);
    let mut products = ProductAccumulator::new();
    products.add_f64(&values, &values);
    let _ = (changed.to_words(), changed.save(), changed.count());
    let _ = (changed.sum_f64(), changed.mean_f64(), changed.norm_f64());
    let _ = (
        changed.variance_f64(ddof),
        changed.standard_deviation_f64(ddof),
    );
    let _ = covariance(&changed, other, &products, ddof);
    let _ = correlation(other, &changed, &products);
    changed.unmerge(other);
    values
        .iter()
        .for_each(|&value| changed.subtract_one_f64(value));
    changed.subtract_i32(&short);
    changed.subtract_i64(&signed);
    changed.subtract_u64(&integers);
    changed.subtract_f32(&narrow);
    changed.subtract_f64(&values);
    assert_eq!(changed, *moments, "{values:?}");
}

/// The saved form of moments, written from its specification.
fn saved_moments(words: &MomentsWords) -> Vec<u8> {
    let mut bytes = saved(3, &words[34..39], &words[..34]);
    let (first, limbs) = stored(&words[39..106]);
    bytes.extend([first, limbs.len() as u8, 0, 0, 0, 0, 0, 0]);
    bytes.extend(limbs.iter().flat_map(|limb| limb.to_le_bytes()));
    bytes
}

/// Variance and norm of sums that need not be any values'.
fn check_moments(moments: &Moments, words: &MomentsWords) {
    let [count, _, specials @ ..] = counters(&words[34..]);
    let (sum, squares) = (total(&words[..34]), total(&words[39..106]));
    let variance = moments.variance_f64(1);
    let norm = moments.norm_f64();
    if specials.iter().any(|&counter| counter < 0) {
        assert_eq!(variance, Err(ValueError::NegativeCount), "{words:x?}");
        assert_eq!(norm, Err(ValueError::NegativeCount), "{words:x?}");
        return;
    }
    let finite = specials == [0; 3];
    let spread = BigInt::from(count) * &squares - &sum * &sum;
    if count <= 1 {
        assert_eq!(variance, Err(ValueError::TooFew), "{words:x?}");
    } else if !finite {
        check(variance, Some(f64::NAN), false, words);
    } else if spread.is_negative() {
        assert_eq!(variance, Err(ValueError::Impossible), "{words:x?}");
    } else {
        let divisor = BigInt::from(count) * BigInt::from(count - 1);
        check(variance, rounded(&spread, &divisor), false, words);
    }
    if finite && squares.is_negative() {
        assert_eq!(norm, Err(ValueError::Impossible), "{words:x?}");
    } else if finite {
        let bits = nearest_root(squares.magnitude(), &BigUint::from(1_u8));
        check(norm, bits.map(f64::from_bits), false, words);
    } else {
        let special = if specials[0] > 0 {
            f64::NAN
        } else {
            f64::INFINITY
        };
        check(norm, Some(special), false, words);
    }
}

#[test]
fn any_words_of_moments_are_refused_or_mean_what_they_say() {
    let mut random = Random::new(262);
    let mut other = Moments::new();
    let mut read = 0;
    for round in 0..rounds(10_000) {
        let mut words: MomentsWords = words(&mut random, 34);
        if random.one_in(3) {
            // Squares that are likely not less than the sum's.
            words[100..106].fill(random.bits() >> 2);
            words[20..34].fill(0);
            words[35..39].fill(0);
        }
        let moments = Moments::from_words(&words);
        let expected = expected_error(&words, 34);
        assert_eq!(moments.as_ref().err(), expected.as_ref(), "{words:x?}");
        let Ok(moments) = moments else {
            continue;
        };
        read += 1;
        assert_eq!(moments.to_words(), Ok(words), "round {round}");
        change_moments(&moments, &other, &mut random);
        let bytes = moments.save().expect("a state");
        assert_eq!(bytes.as_bytes(), saved_moments(&words), "{words:x?}");
        check_moments(&moments, &words);
        other = moments;
    }
    assert!(
        read > rounds(5_000),
        "only {read} were states: not a fair test"
    );
}

#[test]
fn two_to_the_63rd_less_one_of_the_largest_fit() {
    let (mut products, mut moments) = (ProductAccumulator::new(), Moments::new());
    let (mut product, mut moment) = (ProductAccumulator::new(), Moments::new());
    product.add_one_f64(f64::MAX, -f64::MAX);
    moment.add_one_f64(f64::MAX);
    for _ in 0..63 {
        products.merge(&product);
        moments.merge(&moment);
        product.merge(&product.clone());
        moment.merge(&moment.clone());
    }
    let largest = crate::support::oracle::units(f64::MAX);
    let square = &largest * &largest;
    let words = products.to_words().expect("in range");
    assert_eq!(total(&words[..67]), -&square * i64::MAX);
    assert_eq!(words[67], LARGEST);
    let words = moments.to_words().expect("in range");
    assert_eq!(total(&words[..34]), &largest * i64::MAX);
    assert_eq!(total(&words[39..106]), &square * i64::MAX);
    assert_eq!(moments.standard_deviation_f64(0), Ok(0.0));
    assert_eq!(moments.mean_f64(), Ok(f64::MAX));
    // One more, and the count is out.
    products.add_one_f64(0.0, 0.0);
    moments.add_one_f64(0.0);
    assert_eq!(products.to_words(), Err(OutOfRange(Part::Values)));
    assert_eq!(moments.to_words(), Err(OutOfRange(Part::Values)));
}

/// How often a total can be doubled before it leaves `limbs` balanced limbs.
fn doublings(total: &BigInt, limbs: usize) -> usize {
    let end: BigInt = (0..limbs)
        .map(|limb| {
            BigInt::from(if total.is_negative() {
                i64::MIN
            } else {
                i64::MAX
            }) << (64 * limb)
        })
        .sum();
    assert!(!total.is_zero());
    (1_usize..)
        .find(|&times| (total << times).magnitude() > end.magnitude())
        .expect("an end")
        - 1
}

#[test]
fn doubling_leaves_the_range_at_the_exact_step() {
    for (x, y) in [
        (f64::MAX, f64::MAX),
        (f64::MAX, -f64::MAX),
        (5e-324, -5e-324),
        (0.1, 0.1),
    ] {
        let mut words = [0; PRODUCT_STATE_WORDS];
        let mut products = ProductAccumulator::new();
        products.add_one_f64(x, y);
        words[..67].copy_from_slice(&products.to_words().expect("in range")[..67]);
        let times = doublings(&total(&words[..67]), 67);
        let mut products = ProductAccumulator::from_words(&words).expect("a state");
        for _ in 0..times {
            products.merge(&products.clone());
            assert!(products.to_words().is_ok(), "{x:e} {y:e}");
        }
        products.merge(&products.clone());
        let out = Err(OutOfRange(Part::Total));
        assert_eq!(products.to_words(), out, "{x:e} {y:e}");
    }
    // With a sum of zero, the squares are what is full.
    let mut moments = Moments::new();
    moments.add_f64(&[f64::MAX, -f64::MAX]);
    let mut words = moments.to_words().expect("in range");
    words[34] = 0;
    let times = doublings(&total(&words[39..106]), 67);
    let mut moments = Moments::from_words(&words).expect("a state");
    for _ in 0..times {
        moments.merge(&moments.clone());
        assert!(moments.to_words().is_ok());
    }
    moments.merge(&moments.clone());
    assert_eq!(moments.to_words(), Err(OutOfRange(Part::Squares)));
}

#[test]
fn the_ends_of_the_range_are_exact() {
    for (end, sign) in [(LARGEST, 1.0), (DAMAGED, -1.0)] {
        let mut words = [end; PRODUCT_STATE_WORDS];
        words[67..].fill(0);
        let mut products = ProductAccumulator::from_words(&words).expect("a state");
        products.add_one_f64(sign * 5e-324, 5e-324);
        assert_eq!(products.to_words(), Err(OutOfRange(Part::Total)));
        products.add_one_f64(sign * 5e-324, -5e-324);
        words[67] = 2;
        assert_eq!(products.to_words(), Ok(words));
    }
    // Squares have one sign: the upper end is left by adding, the lower by taking out.
    for (end, subtract) in [(LARGEST, false), (DAMAGED, true)] {
        let mut words = [0; MOMENTS_STATE_WORDS];
        words[39..106].fill(end);
        let full = Moments::from_words(&words).expect("a state");
        let mut moments = full.clone();
        if subtract {
            moments.subtract_one_f64(5e-324);
            assert_eq!(moments.to_words(), Err(OutOfRange(Part::Squares)));
            moments.add_one_f64(5e-324);
        } else {
            moments.add_one_f64(5e-324);
            assert_eq!(moments.to_words(), Err(OutOfRange(Part::Squares)));
            moments.subtract_one_f64(5e-324);
        }
        assert_eq!(moments, full);
    }
}
