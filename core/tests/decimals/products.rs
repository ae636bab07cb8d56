//! Sums of products are those of big integers.

use num_bigint::BigInt;
use num_traits::Zero;

use crate::support::decimals::{Oracle, POINT, double, shortest, ten_to, total_of, units, word};
use crate::support::random::Random;
use tally_core::{Decimal, ProductOutOfRange, Stored};

/// Adds the product of two written numbers; `false` if it is outside the range.
fn add(oracle: &mut Oracle, x: &str, y: &str, times: i64) -> bool {
    let ((x, x_scale), (y, y_scale)) = (units(x), units(y));
    let (product, unit) = (x * y, ten_to(POINT));
    let (total, rest) = (&product / &unit, &product % &unit);
    if !rest.is_zero() || total.magnitude() >= ten_to(322 + POINT).magnitude() {
        return false;
    }
    oracle.total += total * times;
    oracle.counters[0] += times;
    oracle.scale = oracle.scale.max((x_scale + y_scale).min(POINT));
    true
}

/// Products of integers, and what is left when they are taken out.
pub(crate) fn check_of_integers(random: &mut Random) {
    let (x_scale, y_scale) = (random.pick(&[0, 2, 9, 171]), random.pick(&[0, 3, 18, 171]));
    let mut integer = || match random.below(4) {
        0 => random.pick(&[i64::MIN, i64::MAX, 0, -1]),
        1 => i64::from(random.between(-99_999, 99_999)),
        _ => random.bits() as i64 >> random.below(64),
    };
    let pairs: Vec<(i64, i64)> = (0..8).map(|_| (integer(), integer())).collect();
    let pairs = &pairs[..random.below(9)];
    let (x, y): (Vec<i64>, Vec<i64>) = pairs.iter().copied().unzip();
    let kept = word(random);
    let (mut total, mut expected) = (
        total_of(std::slice::from_ref(&kept)),
        Oracle::of(std::slice::from_ref(&kept)),
    );
    total.add_products(&x, &y, x_scale + y_scale);
    for (x, y) in pairs {
        let words = (format!("{x}e-{x_scale}"), format!("{y}e-{y_scale}"));
        assert!(add(&mut expected, &words.0, &words.1, 1));
    }
    assert_eq!(total.to_words(), Ok(expected.words()), "{pairs:?}");
    total.subtract_products(&x, &y, x_scale + y_scale);
    let mut rest = Oracle::of(std::slice::from_ref(&kept));
    rest.scale = expected.scale;
    assert_eq!(total.to_words(), Ok(rest.words()), "{pairs:?}");
}

#[test]
fn products_of_integers_are_those_of_big_integers() {
    let mut random = Random::new(61);
    for _ in 0..5000 {
        check_of_integers(&mut random);
    }
}

/// Three times 2^126 is more than an `i128` holds.
#[test]
fn sums_of_products_beyond_128_bits_are_kept() {
    let values = vec![i64::MIN; 1000];
    let mut total = Decimal::new();
    total.add_products(&values, &values, 3);
    let mut expected = Oracle {
        counters: [1000, 0, 0, 0],
        scale: 3,
        ..Oracle::default()
    };
    expected.total = BigInt::from(1000) * (BigInt::from(1) << 126) * ten_to(POINT - 3);
    assert_eq!(total.to_words(), Ok(expected.words()));
}

/// Amounts, and sometimes any double.
fn factor(random: &mut Random, places: i32, strangers: usize) -> f64 {
    if random.one_in(strangers) {
        return double(random);
    }
    f64::from(random.between(-9999, 9999)) / 10_f64.powi(places)
}

/// Products of doubles, and what is left when they are taken out; or if one of them is out
/// of range, that nothing is added. Whether they were in range.
pub(crate) fn check_of_doubles(random: &mut Random) -> bool {
    let (x_places, y_places) = (random.below(4) as i32, random.below(4) as i32);
    let strangers = random.pick(&[1, 3, 30]);
    let pairs: Vec<(f64, f64)> = (0..random.below(9))
        .map(|_| {
            (
                factor(random, x_places, strangers),
                factor(random, y_places, strangers),
            )
        })
        .collect();
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let kept = word(random);
    let before = total_of(std::slice::from_ref(&kept));
    let mut expected = Oracle::of(std::slice::from_ref(&kept));
    let bad = pairs
        .iter()
        .position(|&(x, y)| !add(&mut expected, &shortest(x), &shortest(y), 1));
    let mut total = before.clone();
    let outcome = total.add_products_f64(&x, &y);
    if let Some(index) = bad {
        assert_eq!(outcome, Err(ProductOutOfRange { index }), "{pairs:?}");
        assert_eq!(total, before, "{pairs:?}");
        return false;
    }
    assert_eq!(outcome, Ok(()), "{pairs:?}");
    assert_eq!(total.to_words(), Ok(expected.words()), "{pairs:?}");
    assert_eq!(total.subtract_products_f64(&x, &y), Ok(()));
    let mut rest = Oracle::of(std::slice::from_ref(&kept));
    rest.scale = expected.scale;
    assert_eq!(total.to_words(), Ok(rest.words()), "{pairs:?}");
    true
}

#[test]
fn products_of_doubles_are_those_of_their_shortest_decimals() {
    let mut random = Random::new(62);
    let in_range = (0..20_000)
        .filter(|_| check_of_doubles(&mut random))
        .count();
    assert!((10_001..19_500).contains(&in_range), "{in_range}");
}

#[test]
fn a_product_may_have_342_digits_after_the_point_and_322_before() {
    let product = |x: f64, y: f64| {
        let mut total = Decimal::new();
        let outcome = total.add_products_f64(&[x], &[y]);
        outcome.is_ok().then_some(total)
    };
    for (x, y, word) in [
        (1e300, 1e21, "1e321"),
        (-1e161, 1e160, "-1e321"),
        (9e300, 1e21, "9e321"),
        (1e-300, 1e-42, "1e-342"),
        (5e-300, 2e-43, "1e-342"),
        (1.5e-300, 2e-42, "3e-342"),
        (0.0, 1e300, "0"),
        (25.0, 4e-2, "1.00"),
    ] {
        let mut expected = Decimal::new();
        expected.add_word(word.as_bytes()).expect(word);
        let total = product(x, y).expect(word);
        assert_eq!(
            total.compare(&expected),
            Ok(Some(std::cmp::Ordering::Equal))
        );
    }
    for (x, y) in [
        (1e300, 1e22),
        (4e300, 3e21),
        (1e-300, 1e-43),
        (1.5e-300, 1e-42),
        (5e-324, 0.5),
    ] {
        // 5e-324 times 0.5 is 2.5e-324: in range, by 17 digits.
        assert_eq!(product(x, y).is_some(), (x, y) == (5e-324, 0.5), "{x} {y}");
    }
    assert_eq!(product(0.1, 0.2).map(|total| total.scale()), Some(2));
    assert_eq!(product(0.0, 0.25).map(|total| total.scale()), Some(2));
    assert_eq!(product(5e-324, 1e300).map(|total| total.scale()), Some(324));
}

#[test]
fn products_of_specials_are_counted() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let factors = [nan, inf, -inf, 0.0, -0.0, 2.5, -2.5, 1e300, -5e-324];
    for x in factors {
        for y in factors {
            if x.is_finite() && y.is_finite() {
                continue;
            }
            let mut total = Decimal::new();
            total
                .add_products_f64(&[x, 1.5], &[y, 0.1])
                .expect("in range");
            let word = (x * y).to_string();
            let mut expected = Oracle::of(&[word.replace("NaN", "nan"), "0.15".to_owned()]);
            expected.scale = 2;
            assert_eq!(total.to_words(), Ok(expected.words()), "{x} {y}");
        }
    }
}

/// What a run of products has is of the places of both factors, whoever set them.
#[test]
fn the_scale_is_that_of_the_factors_whatever_came_before() {
    let pairs = [
        (0.25, 1.0),
        (3.0, 0.125),
        (7.0, 2.0),
        (0.5, 0.5),
        (0.25, 0.375),
        (1.0, 0.0625),
    ];
    for count in 1..=pairs.len() {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs[..count].iter().copied().unzip();
        let mut total = Decimal::new();
        total.add_products_f64(&x, &y).expect("in range");
        let scales = [2, 3, 3, 3, 5, 5];
        assert_eq!(total.scale(), scales[count - 1]);
    }
}
