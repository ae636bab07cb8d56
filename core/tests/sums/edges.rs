//! The ends of every range, and the rules for zeros, NaN and infinities.

use crate::support::oracle::scale;
use num_bigint::BigInt;
use tally_core::{Accumulator, OutOfRange, Part, Stored, ValueError};

const ABOVE: ValueError = ValueError::Overflow { negative: false };
const BELOW: ValueError = ValueError::Overflow { negative: true };

fn sum_of(values: &[f64]) -> Accumulator {
    let mut accumulator = Accumulator::new();
    accumulator.add_f64(values);
    accumulator
}

fn repeated(value: f64, times: u64) -> Accumulator {
    let mut accumulator = Accumulator::new();
    accumulator.add_repeated_f64(value, times);
    accumulator
}

fn double(accumulator: &mut Accumulator) {
    accumulator.merge(&accumulator.clone());
}

fn bits(value: Result<f64, ValueError>) -> Result<u64, ValueError> {
    value.map(f64::to_bits)
}

#[test]
fn doubling_leaves_the_range_of_counts_at_the_exact_step() {
    let mut accumulator = sum_of(&[1.0]);
    for step in 0..63 {
        assert!(accumulator.to_words().is_ok(), "after {step} doublings");
        assert_eq!(accumulator.count(), 1 << step);
        double(&mut accumulator);
    }
    assert_eq!(accumulator.to_words(), Err(OutOfRange(Part::Values)));
    assert_eq!(accumulator.count(), i64::MAX);
}

#[test]
fn doubling_leaves_the_range_of_the_total_at_the_exact_step() {
    // The largest and the least total of 34 limbs from -2^63 to 2^63 - 1.
    let all = |limb: i64| {
        (0..34)
            .map(|i| BigInt::from(limb) << (64 * i))
            .sum::<BigInt>()
    };
    let (least, largest) = (all(i64::MIN), all(i64::MAX));
    for start in [
        f64::MAX,
        -f64::MAX,
        scale(1.0, 1023),
        scale(-1.0, 1023),
        5e-324,
        -5e-324,
    ] {
        let mut accumulator = sum_of(&[start]);
        let mut total = crate::support::oracle::units(start);
        let mut steps = 0;
        while total >= least && total <= largest {
            let words = accumulator
                .to_words()
                .unwrap_or_else(|_| panic!("{start:e}, {steps}"));
            // Back to one value, so that only the total grows.
            let mut words = words;
            words[34] = 1;
            accumulator = Accumulator::from_words(&words).expect("a state");
            double(&mut accumulator);
            total *= 2;
            steps += 1;
        }
        assert_eq!(
            accumulator.to_words(),
            Err(OutOfRange(Part::Total)),
            "{start:e}, {steps}"
        );
        assert!(steps >= 78, "{start:e}, {steps}");
    }
}

#[test]
fn the_most_values_of_any_size_fit() {
    let most = i64::MAX as u64;
    for value in [f64::MAX, -f64::MAX, 5e-324, -0.0, f64::NAN, f64::INFINITY] {
        let mut accumulator = repeated(value, most);
        assert!(accumulator.to_words().is_ok(), "{value:e}");
        assert_eq!(accumulator.count(), i64::MAX);
        accumulator.add_one_f64(value);
        let out = Err(OutOfRange(Part::Values));
        assert_eq!(accumulator.to_words(), out, "{value:e}");
        accumulator.subtract_one_f64(value);
        assert_eq!(accumulator, repeated(value, most));
    }
    assert_eq!(repeated(f64::MAX, most).mean_f64(), Ok(f64::MAX));
}

#[test]
fn each_counter_has_the_same_range_on_both_sides() {
    let most = i64::MAX as u64;
    for (value, part) in [
        (1.0, Part::Values),
        (-0.0, Part::NegativeZeros),
        (f64::NAN, Part::Nan),
        (f64::INFINITY, Part::PositiveInfinity),
        (f64::NEG_INFINITY, Part::NegativeInfinity),
    ] {
        let mut up = repeated(value, most);
        let mut down = Accumulator::new();
        down.unmerge(&up);
        for accumulator in [&mut up, &mut down] {
            // The count of values back to zero: the other counter stands alone.
            if value != 1.0 {
                let plain = repeated(0.0, most);
                if accumulator.count() > 0 {
                    accumulator.unmerge(&plain);
                } else {
                    accumulator.merge(&plain);
                }
            }
            let words = accumulator.to_words().expect("in range");
            assert_eq!(Accumulator::from_words(&words).as_ref(), Ok(&*accumulator));
        }
        up.add_one_f64(value);
        assert_eq!(up.to_words(), Err(OutOfRange(part)), "{value:e}");
        down.subtract_one_f64(value);
        assert_eq!(down.to_words(), Err(OutOfRange(part)), "{value:e}");
    }
}

#[test]
fn a_partial_total_out_of_range_is_no_error() {
    let mut accumulator = sum_of(&[0.25]);
    let huge = repeated(f64::MAX, u64::MAX);
    for _ in 0..1000 {
        accumulator.merge(&huge);
    }
    assert_eq!(accumulator.to_words(), Err(OutOfRange(Part::Values)));
    assert_eq!(accumulator.value_f64(), Err(ABOVE));
    for _ in 0..1000 {
        accumulator.unmerge(&huge);
    }
    assert_eq!(accumulator, sum_of(&[0.25]));
}

#[test]
fn a_total_that_is_lost_stays_lost() {
    for start in [f64::MAX, -f64::MAX, 5e-324, 0.0, -0.0, f64::NAN] {
        let mut accumulator = sum_of(&[start]);
        for _ in 0..2500 {
            double(&mut accumulator);
        }
        let lost = accumulator.clone();
        accumulator.unmerge(&lost);
        let out = OutOfRange(Part::Total);
        assert_eq!(accumulator.to_words(), Err(out), "{start:e}");
        assert_eq!(accumulator.save().err(), Some(out), "{start:e}");
        let mut other = sum_of(&[1.0]);
        other.merge(&accumulator);
        assert_eq!(other.to_words(), Err(out), "{start:e}");
        for result in [other.value_f64(), other.mean_f64(), other.error_f64(1.0)] {
            let error = result.expect_err("a lost total has no value");
            assert!(
                matches!(error, ValueError::Overflow { .. }),
                "{start:e}: {error}"
            );
        }
    }
}

#[test]
fn a_carry_out_of_the_guard_limb_is_noticed() {
    for (limb, least) in [(i64::MAX, 5e-324), (i64::MIN, -5e-324)] {
        // The total with 35 such limbs, bit by bit from the top, with no values.
        let total: BigInt = (0..35).map(|i| BigInt::from(limb) << (64 * i)).sum();
        let total = total.magnitude();
        let mut full = Accumulator::new();
        for bit in (0..total.bits()).rev() {
            double(&mut full);
            if total.bit(bit) {
                full.add_one_f64(least);
                full.subtract_one_f64(0.0);
            }
        }
        assert!(full.text(None).is_ok(), "{least:e}");
        assert!(full.error_f64(least).is_ok(), "{least:e}");
        let over = full.error_f64(-least);
        assert!(
            matches!(over, Err(ValueError::Overflow { .. })),
            "{least:e}: {over:?}"
        );
        let mut back = full.clone();
        back.unmerge(&full);
        assert_eq!(back, Accumulator::new(), "{least:e}");

        full.add_one_f64(least);
        full.unmerge(&full.clone());
        assert_eq!(full.to_words(), Err(OutOfRange(Part::Total)), "{least:e}");
    }
}

/// Merging what doubles the total leaves no limb in use: only the carry says that it was lost.
#[test]
fn a_carry_out_of_a_merge_is_noticed() {
    // -2^(64·35 - 1), the lowest total of 35 limbs, with no values.
    let mut full: Accumulator = [-5e-324].into_iter().collect();
    full.subtract_one_f64(0.0);
    for _ in 1..64 * 35 {
        double(&mut full);
    }
    assert!(full.text(None).is_ok());
    let mut twice = full.clone();
    twice.merge(&full);
    assert!(twice.text(None).is_err());
    assert_eq!(twice.to_words(), Err(OutOfRange(Part::Total)));
    let mut none = full.clone();
    none.unmerge(&full);
    assert_eq!(none, Accumulator::new());
}

#[test]
fn totals_become_infinite_exactly_half_an_ulp_above_the_largest() {
    let half = scale(1.0, 970);
    for sign in [1.0, -1.0] {
        let of = |values: &[f64]| {
            let signed: Vec<f64> = values.iter().map(|value| value * sign).collect();
            sum_of(&signed).value_f64()
        };
        let overflow = if sign > 0.0 { ABOVE } else { BELOW };
        assert_eq!(of(&[f64::MAX, half]), Err(overflow));
        assert_eq!(of(&[f64::MAX, half, -5e-324]), Ok(sign * f64::MAX));
        assert_eq!(of(&[f64::MAX, half, 5e-324]), Err(overflow));
        assert_eq!(of(&[f64::MAX, f64::MAX, -f64::MAX]), Ok(sign * f64::MAX));
    }
}

#[test]
fn f32_totals_become_infinite_exactly_half_an_ulp_above_the_largest() {
    let (largest, half) = (f64::from(f32::MAX), scale(1.0, 103));
    assert_eq!(sum_of(&[largest, half]).value_f32(), Err(ABOVE));
    assert_eq!(sum_of(&[largest, half, -5e-324]).value_f32(), Ok(f32::MAX));
    assert_eq!(sum_of(&[-largest, -half]).value_f32(), Err(BELOW));
    assert_eq!(sum_of(&[-largest, -half, 5e-324]).value_f32(), Ok(f32::MIN));
    assert_eq!(sum_of(&[f64::MAX]).value_f32(), Err(ABOVE));
}

#[test]
fn unmerge_may_come_before_merge() {
    let later = sum_of(&[0.1, -0.0, f64::NAN, f64::INFINITY, -1e300]);
    let mut accumulator = sum_of(&[2.5]);
    accumulator.unmerge(&later);
    assert_eq!(accumulator.count(), -4);
    let words = accumulator
        .to_words()
        .expect("negative counts are in range");
    let mut accumulator = Accumulator::from_words(&words).expect("a state");
    accumulator.merge(&later);
    assert_eq!(accumulator, sum_of(&[2.5]));
}

#[test]
fn unmerging_itself_empties() {
    let mut accumulator = sum_of(&[0.1, -0.0, f64::NAN, f64::NEG_INFINITY]);
    accumulator.unmerge(&accumulator.clone());
    assert_eq!(accumulator, Accumulator::default());
    assert_eq!(accumulator.to_words(), Ok([0; 40]));
}

#[test]
fn a_negative_count_of_specials_has_no_value() {
    for special in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        // Another special changes nothing, and neither does a missing mean.
        for more in [&[][..], &[f64::NAN, f64::NAN, f64::INFINITY, f64::INFINITY]] {
            let mut accumulator = sum_of(more);
            accumulator.subtract_f64(&[special; 3]);
            let refused = ValueError::NegativeCount;
            assert_eq!(accumulator.value_f64(), Err(refused));
            assert_eq!(accumulator.value_f32(), Err(refused));
            assert_eq!(accumulator.value_i64(), Err(refused));
            assert_eq!(accumulator.value_u64(), Err(refused));
            assert_eq!(accumulator.mean_f64(), Err(refused));
            assert_eq!(accumulator.error_f64(special), Err(refused));
            assert_eq!(accumulator.text(Some(2)).err(), Some(refused));
        }
    }
}

#[test]
fn a_negative_count_of_values_has_a_total_and_no_mean() {
    let mut accumulator = Accumulator::new();
    accumulator.subtract_f64(&[1.5, 2.0]);
    assert_eq!(accumulator.count(), -2);
    assert_eq!(accumulator.value_f64(), Ok(-3.5));
    assert_eq!(accumulator.mean_f64(), Err(ValueError::NoValues));
    accumulator.add_f64(&[f64::INFINITY]);
    assert_eq!(accumulator.mean_f64(), Err(ValueError::NoValues));
    assert_eq!(accumulator.value_f64(), Ok(f64::INFINITY));
}

#[test]
fn a_zero_is_negative_only_if_every_value_is_negative_zero() {
    let (plus, minus) = (Ok(0.0_f64.to_bits()), Ok((-0.0_f64).to_bits()));
    assert_eq!(bits(sum_of(&[]).value_f64()), plus);
    assert_eq!(bits(sum_of(&[-0.0]).value_f64()), minus);
    assert_eq!(bits(sum_of(&[-0.0; 2000]).value_f64()), minus);
    assert_eq!(bits(sum_of(&[-0.0]).mean_f64()), minus);
    assert_eq!(bits(sum_of(&[-0.0, 0.0]).value_f64()), plus);
    assert_eq!(bits(sum_of(&[1.0, -1.0]).value_f64()), plus);
    let mut integers = Accumulator::new();
    integers.add_i32(&[0]);
    assert_eq!(bits(integers.value_f64()), plus);
    integers.add_one_f64(-0.0);
    assert_eq!(bits(integers.value_f64()), plus);
    integers.subtract_i32(&[0]);
    assert_eq!(bits(integers.value_f64()), minus);
    assert_eq!(
        integers.value_f32().map(f32::to_bits),
        Ok((-0.0_f32).to_bits())
    );
    assert_eq!(integers.value_i64(), Ok(0));
    let mut none = Accumulator::new();
    none.subtract_one_f64(-0.0);
    assert_eq!(bits(none.value_f64()), plus);
}

#[test]
fn what_rounds_to_zero_keeps_its_sign() {
    let least = sum_of(&[-5e-324]);
    assert_eq!(
        least.value_f32().map(f32::to_bits),
        Ok((-0.0_f32).to_bits())
    );
    // Half the least subnormal is a tie and goes to zero.
    let mean = sum_of(&[-5e-324, 0.0]).mean_f64();
    assert_eq!(bits(mean), Ok((-0.0_f64).to_bits()));
    let mean = sum_of(&[-5e-324, -5e-324, 0.0]).mean_f64();
    assert_eq!(bits(mean), Ok((-5e-324_f64).to_bits()));
}

#[test]
fn a_mean_just_above_a_tie_is_rounded_up() {
    // 2^63 / (2^64 - 1) units: above a half by less than 2^-64. No count that a
    // state can hold comes so close.
    let mut accumulator = repeated(5e-324, 1 << 63);
    accumulator.add_repeated_f64(0.0, (1 << 63) - 1);
    assert_eq!(accumulator.mean_f64(), Ok(5e-324));
    accumulator.add_one_f64(0.0);
    assert_eq!(accumulator.mean_f64(), Err(ABOVE));
    // The same below that limit.
    let mut accumulator = repeated(5e-324, 1 << 62);
    accumulator.add_repeated_f64(0.0, (1 << 62) - 1);
    assert_eq!(accumulator.mean_f64(), Ok(5e-324));
    accumulator.add_one_f64(0.0);
    assert_eq!(accumulator.mean_f64(), Ok(0.0));
}

#[test]
fn every_nan_is_the_canonical_one() {
    let canonical = 0x7ff8_0000_0000_0000;
    for nan in [
        0x7ff8_0000_0000_0001,
        0xfff8_0000_0000_0000,
        0x7ff0_0000_0000_0001,
    ] {
        let accumulator = sum_of(&[1.0, f64::from_bits(nan)]);
        assert_eq!(bits(accumulator.value_f64()), Ok(canonical));
        assert_eq!(bits(accumulator.mean_f64()), Ok(canonical));
        assert_eq!(accumulator.value_f32().map(f32::to_bits), Ok(0x7fc0_0000));
    }
    let mixed = sum_of(&[f64::INFINITY, f64::NEG_INFINITY]);
    assert_eq!(bits(mixed.value_f64()), Ok(canonical));
    let mut narrow = Accumulator::new();
    narrow.add_f32(&[f32::from_bits(0xff80_0001)]);
    assert_eq!(bits(narrow.value_f64()), Ok(canonical));
    narrow.subtract_f64(&[f64::NAN]);
    assert_eq!(narrow, Accumulator::new());
}
