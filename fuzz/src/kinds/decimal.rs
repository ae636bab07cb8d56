//! Decimals.

use std::ffi::{c_char, c_int};
use std::mem::MaybeUninit;

use num_bigint::BigInt;
use tally::api::decimal::*;
use tally::api::decimal_value::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::ValueError;

use super::{Kind, Questions, kind, signed, usable};
use crate::answers::{
    Writes, expect_bytes, expect_f64, expect_integer, expect_text, int, quotient, rounded_text,
};
use crate::meaning::Meaning;
use crate::passing::{Passed, call};
use crate::place::Place;
use crate::saved::Form;
use crate::support::decimals;

/// The words of a decimal whose scale may be kept or not.
pub(crate) fn but_for_scale(state: &Place) -> Vec<u64> {
    let mut words = state.words();
    words[42] = 0;
    words
}

/// Half of a decimal's radix.
pub(crate) const HALF: i64 = 500_000_000_000_000_000;

impl Kind for tally_decimal {
    kind!("decimal" Form::Decimal, 44 words, saved in 352, TALLY_OVERFLOW if full;
        tally_decimal_merge tally_decimal_unmerge tally_decimal_save tally_decimal_load
        tally_decimal_count tally_decimal_special_counts tally_decimal_fail tally_decimal_combine);

    fn meaning(words: &[u64]) -> Result<Meaning, tally_status> {
        usable(words[43], &words[38..42])?;
        let is_digit = |&word: &u64| (-HALF..HALF).contains(&(word as i64));
        if !words[..38].iter().all(is_digit) || words[42] > 342 {
            return Err(TALLY_INVALID);
        }
        let [count, nan, plus, minus, scale] = signed(&words[38..]);
        Ok(Meaning {
            total: Self::FORM.integer(&words[..38]),
            squares: BigInt::ZERO,
            counters: [count, 0, nan, plus, minus],
            scale,
        })
    }

    fn words(meaning: &Meaning) -> Option<Vec<u64>> {
        let largest = decimals::of_limbs(&[HALF - 1; 38]);
        let least = decimals::of_limbs(&[-HALF; 38]);
        if meaning.total < least || meaning.total > largest {
            return None;
        }
        Some(meaning.decimal().words().to_vec())
    }

    fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
        Some(Form::Decimal.write(meaning, &Self::words(meaning)?[..38], &[]))
    }

    fn check(state: &Place, meaning: &Meaning, ask: Questions) {
        let special = meaning.special();
        let value = match special {
            Err(error) => Err(error),
            Ok(Some(special)) => Ok(special),
            Ok(None) => quotient(&meaning.total, &decimals::ten_to(342), 0, 0.0),
        };
        expect_f64(value, |to| call!(tally_decimal_value_f64(state, to)));
        let digits = ask.digits % 343;
        let oracle = meaning.decimal();
        let text = special
            .map_err(|_| TALLY_INVALID)
            .map(|_| match ask.all_digits {
                true => oracle.all_text(),
                false => oracle.text(digits as i64, 1),
            });
        let asked = if ask.all_digits { -1 } else { int(digits) };
        expect_text(&text, state, asked, tally_decimal_value_text);
        let mean = match (special, meaning.counters[0]) {
            (Ok(_), count @ 1..) => Ok(oracle.text(digits as i64, count)),
            _ => Err(TALLY_INVALID),
        };
        expect_text(&mean, state, int(digits), tally_decimal_mean_text);
        let order = match special {
            Err(_) => Err(TALLY_INVALID),
            Ok(Some(special)) if special.is_nan() => Err(TALLY_INVALID),
            Ok(_) => Ok(0),
        };
        expect_integer(order, 77, |to| {
            call!(tally_decimal_compare(state, state, to))
        });
        let rounding = [
            tally_rounding::TALLY_ROUND_HALF_EVEN,
            tally_rounding::TALLY_ROUND_HALF_UP,
            tally_rounding::TALLY_ROUND_DOWN,
            tally_rounding::TALLY_ROUND_UP,
            tally_rounding::TALLY_ROUND_CEILING,
            tally_rounding::TALLY_ROUND_FLOOR,
        ][usize::from(ask.rounding) % 6];
        let of_total = text_rounded(meaning, digits, rounding, special, 1);
        let of_mean = match meaning.counters[0] {
            count @ 1.. => text_rounded(meaning, digits, rounding, special, count),
            _ => Err(TALLY_INVALID),
        };
        let functions: [(_, Rounds); 2] = [
            (of_total, tally_decimal_value_text_rounded),
            (of_mean, tally_decimal_mean_text_rounded),
        ];
        for (expected, rounds) in functions {
            let expected = expected.as_ref().map(String::as_bytes);
            // SAFETY: as in `expect_text`.
            let call: Writes<'_> = &|to, size, needed| unsafe {
                let rounding = MaybeUninit::new(rounding);
                rounds(state.passed(), int(digits), rounding, to, size, needed)
            };
            expect_bytes(expected.map_err(|&status| status), true, call);
        }
    }
}

/// A function that writes a value with so many digits, rounded in a direction.
type Rounds = unsafe extern "C" fn(
    *const tally_decimal,
    c_int,
    MaybeUninit<tally_rounding>,
    *mut c_char,
    usize,
    *mut usize,
) -> tally_status;

/// The total by a divisor, rounded in a direction.
fn text_rounded(
    meaning: &Meaning,
    digits: usize,
    rounding: tally_rounding,
    special: Result<Option<f64>, ValueError>,
    divisor: i64,
) -> Result<String, tally_status> {
    if let Some(special) = special.map_err(|_| TALLY_INVALID)? {
        return Ok(special.to_string().to_lowercase());
    }
    let unit = decimals::ten_to(342) * divisor;
    Ok(rounded_text(&meaning.total, &unit, digits, rounding))
}
