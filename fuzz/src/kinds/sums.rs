//! Sums of numbers and of products.

use std::ffi::c_int;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use tally::api::accumulator::*;
use tally::api::product_accumulator::*;
use tally::api::small_accumulator::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::ValueError;

use super::{Kind, Questions, bad_status, kind, signed, usable};
use crate::answers::{decimal_text, expect_f64, expect_integer, expect_text, int, quotient};
use crate::cells::Answer;
use crate::hostile::limbs_of;
use crate::meaning::Meaning;
use crate::passing::call;
use crate::place::Place;
use crate::saved::Form;
use crate::small_words;
use crate::support::oracle;
use crate::support::oracle::{F32, nearest};

/// A total in units of 2^-`unit`, asked for in every way.
pub(super) struct Total<'a> {
    pub(super) meaning: &'a Meaning,
    pub(super) unit: i64,
}

impl Total<'_> {
    pub(super) fn value(&self) -> Answer {
        let over = quotient(
            &self.meaning.total,
            &1.into(),
            -self.unit,
            self.meaning.zero(),
        );
        self.meaning.special()?.map_or(over, Ok)
    }

    pub(super) fn mean(&self) -> Answer {
        let special = self.meaning.special()?;
        let count = self.meaning.counters[0];
        if count < 1 {
            return Err(ValueError::NoValues);
        }
        match special {
            Some(special) => Ok(special),
            None => quotient(
                &self.meaning.total,
                &count.into(),
                -self.unit,
                self.meaning.zero(),
            ),
        }
    }

    fn value_f32(&self) -> Result<f32, ValueError> {
        if let Some(special) = self.meaning.special()? {
            return Ok(special as f32);
        }
        let negative = self.meaning.is_negative();
        let bits = nearest(self.meaning.total.magnitude(), &1_u8.into(), F32);
        let bits = bits.ok_or(ValueError::Overflow { negative })?;
        Ok(f32::from_bits(bits as u32 | u32::from(negative) << 31))
    }

    /// The integer, if it is one within these bounds.
    fn integer(&self, least: i128, most: i128) -> Result<BigInt, tally_status> {
        match self.meaning.special() {
            Ok(None) => {}
            _ => return Err(TALLY_INVALID),
        }
        let one = BigInt::from(1) << self.unit;
        let total = &self.meaning.total;
        if *total < least * &one || *total > most * &one {
            return Err(TALLY_OVERFLOW);
        }
        match (total % &one).is_zero() {
            true => Ok(total / one),
            false => Err(TALLY_INVALID),
        }
    }

    fn value_i64(&self) -> Result<i64, tally_status> {
        let integer = self.integer(i64::MIN.into(), i64::MAX.into())?;
        Ok(integer.to_i64().expect("in range"))
    }

    fn text(&self, ask: Questions) -> Result<String, tally_status> {
        match self.meaning.special() {
            Err(_) => Err(TALLY_INVALID),
            Ok(Some(special)) => Ok(special.to_string().to_lowercase()),
            Ok(None) => {
                let digits = if ask.all_digits {
                    self.unit as usize
                } else {
                    ask.digits
                };
                Ok(decimal_text(
                    &self.meaning.total,
                    &(BigInt::from(1) << self.unit),
                    digits,
                    self.meaning.is_negative(),
                    !ask.all_digits,
                ))
            }
        }
    }
}

/// How far off a candidate is must be a size, where the total is a number.
fn check_error(
    meaning: &Meaning,
    value: Answer,
    ask: Questions,
    call: impl Fn(f64, &mut f64) -> tally_status,
) {
    if meaning.special().is_err() {
        expect_f64(Err(ValueError::NegativeCount), |ulps| {
            call(ask.candidate, ulps)
        });
        return;
    }
    let mut ulps = -1.0;
    assert_eq!(call(ask.candidate, &mut ulps), TALLY_OK);
    assert!(ulps >= 0.0, "{ulps} ulps");
    let nearest = match value {
        Ok(value) => value,
        Err(ValueError::Overflow { negative: true }) => f64::NEG_INFINITY,
        Err(_) => f64::INFINITY,
    };
    assert_eq!(call(nearest, &mut ulps), TALLY_OK);
    assert!(ulps <= 0.5, "{ulps} ulps of {nearest:e}");
}

macro_rules! int128 {
    ($total:expr, $call:ident($state:expr)) => {{
        let wanted = $total.integer(i128::MIN, i128::MAX);
        let (mut high, mut low) = (77_i64, 78_u64);
        let status = crate::answers::checked(call!($call($state, &mut high, &mut low)));
        match wanted {
            Ok(wanted) => {
                assert_eq!(status, TALLY_OK);
                assert_eq!((BigInt::from(high) << 64) + low, wanted);
            }
            Err(failure) => assert_eq!((status, high, low), (failure, 77, 78)),
        }
    }};
}

/// A kind that is the limbs of a total in units of 2^-`$unit` and counters: `$facts` are its
/// name and size, `$more` asks what is asked of it alone.
macro_rules! sum {
    ($kind:ident of $limbs:literal limbs, $unit:literal: ($($facts:tt)*)
        $value:ident $mean:ident $i64:ident $text:ident $error:ident $more:expr) => {
        impl Kind for $kind {
            kind!($($facts)*);

            fn meaning(words: &[u64]) -> Result<Meaning, tally_status> {
                let (limbs, rest) = words.split_at($limbs);
                usable(rest[5], &rest[..5])?;
                Ok(Meaning {
                    total: Self::FORM.integer(limbs),
                    counters: signed(rest),
                    ..Meaning::default()
                })
            }

            fn words(meaning: &Meaning) -> Option<Vec<u64>> {
                let mut words = limbs_of(&meaning.total, $limbs)?;
                words.extend(meaning.counters.map(|counter| counter as u64));
                words.push(0);
                Some(words)
            }

            fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
                let limbs = limbs_of(&meaning.total, $limbs)?;
                Some(Self::FORM.write(meaning, &limbs, &[]))
            }

            fn check(state: &Place, meaning: &Meaning, ask: Questions) {
                let total = Total {
                    meaning,
                    unit: $unit,
                };
                expect_f64(total.value(), |to| call!($value(state, to)));
                expect_f64(total.mean(), |to| call!($mean(state, to)));
                expect_integer(total.value_i64(), 77, |to| call!($i64(state, to)));
                let ask = Questions {
                    digits: ask.digits % ($unit + 1),
                    ..ask
                };
                let digits = if ask.all_digits { -1 } else { int(ask.digits) };
                expect_text(&total.text(ask), state, digits, $text);
                check_error(meaning, total.value(), ask, |candidate, to| {
                    call!($error(state, candidate, to))
                });
                $more(state, &total);
            }
        }
    };
}

sum!(tally_accumulator of 34 limbs, 1074:
    ("accumulator" Form::Sum, 40 words, saved in 320, TALLY_OVERFLOW if full;
        tally_accumulator_merge tally_accumulator_unmerge tally_accumulator_save
        tally_accumulator_load tally_accumulator_count tally_accumulator_special_counts
        tally_accumulator_fail tally_accumulator_combine)
    tally_accumulator_value_f64 tally_accumulator_mean_f64 tally_accumulator_value_i64
    tally_accumulator_value_text tally_accumulator_error_f64 check_accumulator);

sum!(tally_product_accumulator of 67 limbs, 2148:
    ("product accumulator" Form::Products, 73 words, saved in 584, TALLY_OVERFLOW if full;
        tally_product_accumulator_merge tally_product_accumulator_unmerge
        tally_product_accumulator_save tally_product_accumulator_load
        tally_product_accumulator_count tally_product_accumulator_special_counts
        tally_product_accumulator_fail tally_product_accumulator_combine)
    tally_product_accumulator_value_f64 tally_product_accumulator_mean_f64
    tally_product_accumulator_value_i64 tally_product_accumulator_value_text
    tally_product_accumulator_error_f64 |_, _| {});

/// The other types that an accumulator's value may have.
fn check_accumulator(state: &Place, total: &Total<'_>) {
    // A float is a double.
    let wanted = total.value_f32();
    expect_f64(wanted.map(f64::from), |to| {
        let mut found = 0.625_f32;
        let status = call!(tally_accumulator_value_f32(state, &mut found));
        if found.to_bits() == 0.625_f32.to_bits() && wanted != Ok(0.625) {
            return status;
        }
        if found.is_nan() {
            assert_eq!(found.to_bits(), 0x7fc0_0000);
            *to = f64::NAN;
        } else {
            *to = found.into();
        }
        status
    });
    let wanted = total.integer(0, u64::MAX.into());
    expect_integer(
        wanted.map(|wanted| wanted.to_u64().expect("in range")),
        77,
        |to| call!(tally_accumulator_value_u64(state, to)),
    );
    int128!(total, tally_accumulator_value_i128(state));
}

impl Kind for tally_small_accumulator {
    kind!("small accumulator" Form::Sum, 8 words, saved in 96, TALLY_TOO_SMALL if full;
        tally_small_accumulator_merge tally_small_accumulator_unmerge tally_small_accumulator_save
        tally_small_accumulator_load tally_small_accumulator_count tally_small_accumulator_special_counts
        tally_small_accumulator_fail);

    fn meaning(words: &[u64]) -> Result<Meaning, tally_status> {
        let words = words.try_into().expect("eight words");
        match small_words::meaning(words) {
            Some(oracle::Oracle { total, counters }) => Ok(Meaning {
                total,
                counters,
                ..Meaning::default()
            }),
            None => Err(bad_status(small_words::why_not(words))),
        }
    }

    fn words(meaning: &Meaning) -> Option<Vec<u64>> {
        let (total, counters) = (meaning.total.clone(), meaning.counters);
        small_words::words_of(&oracle::Oracle { total, counters }).map(Vec::from)
    }

    fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
        tally_accumulator::saved(meaning)
    }

    fn check(state: &Place, meaning: &Meaning, _: Questions) {
        let total = Total {
            meaning,
            unit: 1074,
        };
        expect_f64(total.value(), |to| {
            call!(tally_small_accumulator_value_f64(state, to))
        });
        expect_f64(total.mean(), |to| {
            call!(tally_small_accumulator_mean_f64(state, to))
        });
        expect_integer(total.value_i64(), 77, |to| {
            call!(tally_small_accumulator_value_i64(state, to))
        });
        int128!(total, tally_small_accumulator_value_i128(state));
        let mut large = tally_accumulator {
            opaque: [u64::MAX; 40],
        };
        let status = call!(tally_small_accumulator_expand(state, &mut large));
        assert_eq!(status, TALLY_OK);
        assert_eq!(
            large.opaque.to_vec(),
            tally_accumulator::words(meaning).expect("it fits")
        );
        assert_eq!(
            call!(tally_accumulator_merge_small(&mut large, state)),
            match meaning
                .merged(meaning, 1)
                .and_then(|twice| tally_accumulator::words(&twice))
            {
                Some(_) => TALLY_OK,
                None => TALLY_OVERFLOW,
            }
        );
    }
}
