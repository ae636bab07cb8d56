//! The kinds of state: their functions of C, and what their words mean.

use std::ffi::{c_char, c_int, c_void};
use std::mem::MaybeUninit;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use tally::api::accumulator::*;
use tally::api::decimal::*;
use tally::api::decimal_value::*;
use tally::api::moments::*;
use tally::api::product_accumulator::*;
use tally::api::small_accumulator::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::{BadState, ValueError};

use crate::answers::{decimal_text, expect_bytes, expect_f64, expect_integer, int, quotient, root};
use crate::cells::Answer;
use crate::hostile::limbs_of;
use crate::meaning::Meaning;
use crate::saved::Form;
use crate::small_words;
use crate::support::oracle::{F32, nearest};
use crate::support::{decimals, oracle};

/// How a text or a mean is asked for, and which `ddof`.
#[derive(Clone, Copy)]
pub(crate) struct Questions {
    pub(crate) digits: usize,
    pub(crate) all_digits: bool,
    pub(crate) rounding: u8,
    pub(crate) ddof: usize,
    pub(crate) candidate: f64,
}

/// A kind of state. All of its functions take pointers, as C has them.
pub(crate) trait Kind: Sized {
    const NAME: &'static str;
    const FORM: Form;
    const WORDS: usize;
    const SAVED_MAX: usize;
    /// The status of what does not fit.
    const FULL: tally_status;

    unsafe fn merge(into: *mut Self, from: *const Self) -> tally_status;
    unsafe fn unmerge(into: *mut Self, from: *const Self) -> tally_status;
    unsafe fn save(
        state: *const Self,
        to: *mut c_void,
        size: usize,
        needed: *mut usize,
    ) -> tally_status;
    unsafe fn load(bytes: *const c_void, size: usize, state: *mut Self) -> tally_status;
    unsafe fn count(state: *const Self, count: *mut i64) -> tally_status;
    unsafe fn specials(state: *const Self, counts: [*mut i64; 3]) -> tally_status;
    unsafe fn fail(state: *mut Self, status: c_int) -> tally_status;
    /// `None` for a kind that has no such function.
    unsafe fn combine(from: *const Self, into: *mut Self) -> Option<()>;

    /// What words are, or why they are refused.
    fn meaning(words: &[u64]) -> Result<Meaning, tally_status>;
    /// The words of a state; `None` if it does not fit.
    fn words(meaning: &Meaning) -> Option<Vec<u64>>;
    /// The saved form; `None` if no state of any size has it.
    fn saved(meaning: &Meaning) -> Option<Vec<u8>>;
    /// Asks everything.
    unsafe fn check(state: *const Self, meaning: &Meaning, ask: Questions);
}

macro_rules! verbs {
    ($merge:ident $unmerge:ident $save:ident $load:ident $count:ident $specials:ident $fail:ident $($combine:ident)?) => {
        unsafe fn merge(into: *mut Self, from: *const Self) -> tally_status {
            unsafe { $merge(into, from) }
        }
        unsafe fn unmerge(into: *mut Self, from: *const Self) -> tally_status {
            unsafe { $unmerge(into, from) }
        }
        unsafe fn save(state: *const Self, to: *mut c_void, size: usize, needed: *mut usize) -> tally_status {
            unsafe { $save(state, to, size, needed) }
        }
        unsafe fn load(bytes: *const c_void, size: usize, state: *mut Self) -> tally_status {
            unsafe { $load(bytes, size, state) }
        }
        unsafe fn count(state: *const Self, count: *mut i64) -> tally_status {
            unsafe { $count(state, count) }
        }
        unsafe fn specials(state: *const Self, [nan, plus, minus]: [*mut i64; 3]) -> tally_status {
            unsafe { $specials(state, nan, plus, minus) }
        }
        unsafe fn fail(state: *mut Self, status: c_int) -> tally_status {
            unsafe { $fail(state, status) }
        }
        #[allow(unused_variables, unreachable_code)]
        unsafe fn combine(from: *const Self, into: *mut Self) -> Option<()> {
            $(return Some(unsafe { $combine(from, into, 1) });)?
            None
        }
    };
}

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

/// A total in units of 2^-`unit`, asked for in every way.
struct Total<'a> {
    meaning: &'a Meaning,
    unit: i64,
}

impl Total<'_> {
    fn value(&self) -> Answer {
        let over = quotient(
            &self.meaning.total,
            &1.into(),
            -self.unit,
            self.meaning.zero(),
        );
        self.meaning.special()?.map_or(over, Ok)
    }

    fn mean(&self) -> Answer {
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

fn as_bytes(text: &Result<String, tally_status>) -> Result<&[u8], tally_status> {
    text.as_ref()
        .map(String::as_bytes)
        .map_err(|&status| status)
}

/// How far off a candidate is must be a size, where the total is a number.
fn check_error(
    meaning: &Meaning,
    value: Answer,
    ask: Questions,
    call: impl Fn(f64, *mut f64) -> tally_status,
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
        let status = crate::answers::checked(unsafe { $call($state, &mut high, &mut low) });
        match wanted {
            Ok(wanted) => {
                assert_eq!(status, TALLY_OK);
                assert_eq!((BigInt::from(high) << 64) + low, wanted);
            }
            Err(failure) => assert_eq!((status, high, low), (failure, 77, 78)),
        }
    }};
}

impl Kind for tally_accumulator {
    const NAME: &'static str = "accumulator";
    const FORM: Form = Form::Sum;
    const WORDS: usize = 40;
    const SAVED_MAX: usize = 320;
    const FULL: tally_status = TALLY_OVERFLOW;

    verbs!(tally_accumulator_merge tally_accumulator_unmerge tally_accumulator_save
        tally_accumulator_load tally_accumulator_count tally_accumulator_special_counts
        tally_accumulator_fail tally_accumulator_combine);

    fn meaning(words: &[u64]) -> Result<Meaning, tally_status> {
        usable(words[39], &words[34..39])?;
        let (total, counters) = (Self::FORM.integer(&words[..34]), signed(&words[34..]));
        Ok(Meaning {
            total,
            counters,
            ..Meaning::default()
        })
    }

    fn words(meaning: &Meaning) -> Option<Vec<u64>> {
        let mut words = limbs_of(&meaning.total, 34)?;
        words.extend(meaning.counters.map(|counter| counter as u64));
        words.push(0);
        Some(words)
    }

    fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
        Some(Form::Sum.write(meaning, &limbs_of(&meaning.total, 34)?, &[]))
    }

    unsafe fn check(state: *const Self, meaning: &Meaning, ask: Questions) {
        let total = Total {
            meaning,
            unit: 1074,
        };
        expect_f64(total.value(), |to| unsafe {
            tally_accumulator_value_f64(state, to)
        });
        expect_f64(total.mean(), |to| unsafe {
            tally_accumulator_mean_f64(state, to)
        });
        // A float is a double.
        let wanted = total.value_f32();
        expect_f64(wanted.map(f64::from), |to| {
            let mut found = 0.625_f32;
            let status = unsafe { tally_accumulator_value_f32(state, &mut found) };
            if found.to_bits() == 0.625_f32.to_bits() && wanted != Ok(0.625) {
                return status;
            }
            if found.is_nan() {
                assert_eq!(found.to_bits(), 0x7fc0_0000);
                unsafe { *to = f64::NAN };
            } else {
                unsafe { *to = found.into() };
            }
            status
        });
        let wanted = total.integer(i64::MIN.into(), i64::MAX.into());
        expect_integer(
            wanted.map(|wanted| wanted.to_i64().expect("in range")),
            77,
            |to| unsafe { tally_accumulator_value_i64(state, to) },
        );
        let wanted = total.integer(0, u64::MAX.into());
        expect_integer(
            wanted.map(|wanted| wanted.to_u64().expect("in range")),
            77,
            |to| unsafe { tally_accumulator_value_u64(state, to) },
        );
        int128!(total, tally_accumulator_value_i128(state));
        let ask = Questions {
            digits: ask.digits % 1075,
            ..ask
        };
        let digits = if ask.all_digits { -1 } else { int(ask.digits) };
        expect_bytes(
            as_bytes(&total.text(ask)),
            true,
            &|to, size, needed| unsafe {
                tally_accumulator_value_text(state, digits, to, size, needed)
            },
        );
        check_error(meaning, total.value(), ask, |candidate, to| unsafe {
            tally_accumulator_error_f64(state, candidate, to)
        });
    }
}

impl Kind for tally_small_accumulator {
    const NAME: &'static str = "small accumulator";
    const FORM: Form = Form::Sum;
    const WORDS: usize = 8;
    const SAVED_MAX: usize = 96;
    const FULL: tally_status = TALLY_TOO_SMALL;

    verbs!(tally_small_accumulator_merge tally_small_accumulator_unmerge tally_small_accumulator_save
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

    unsafe fn check(state: *const Self, meaning: &Meaning, _: Questions) {
        let total = Total {
            meaning,
            unit: 1074,
        };
        expect_f64(total.value(), |to| unsafe {
            tally_small_accumulator_value_f64(state, to)
        });
        expect_f64(total.mean(), |to| unsafe {
            tally_small_accumulator_mean_f64(state, to)
        });
        let wanted = total.integer(i64::MIN.into(), i64::MAX.into());
        expect_integer(
            wanted.map(|wanted| wanted.to_i64().expect("in range")),
            77,
            |to| unsafe { tally_small_accumulator_value_i64(state, to) },
        );
        int128!(total, tally_small_accumulator_value_i128(state));
        let mut large = tally_accumulator {
            opaque: [u64::MAX; 40],
        };
        let status = unsafe { tally_small_accumulator_expand(state, &mut large) };
        assert_eq!(status, TALLY_OK);
        assert_eq!(
            large.opaque.to_vec(),
            tally_accumulator::words(meaning).expect("it fits")
        );
        assert_eq!(
            unsafe { tally_accumulator_merge_small(&mut large, state) },
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

impl Kind for tally_product_accumulator {
    const NAME: &'static str = "product accumulator";
    const FORM: Form = Form::Products;
    const WORDS: usize = 73;
    const SAVED_MAX: usize = 584;
    const FULL: tally_status = TALLY_OVERFLOW;

    verbs!(tally_product_accumulator_merge tally_product_accumulator_unmerge tally_product_accumulator_save
        tally_product_accumulator_load tally_product_accumulator_count tally_product_accumulator_special_counts
        tally_product_accumulator_fail tally_product_accumulator_combine);

    fn meaning(words: &[u64]) -> Result<Meaning, tally_status> {
        usable(words[72], &words[67..72])?;
        let (total, counters) = (Self::FORM.integer(&words[..67]), signed(&words[67..]));
        Ok(Meaning {
            total,
            counters,
            ..Meaning::default()
        })
    }

    fn words(meaning: &Meaning) -> Option<Vec<u64>> {
        let mut words = limbs_of(&meaning.total, 67)?;
        words.extend(meaning.counters.map(|counter| counter as u64));
        words.push(0);
        Some(words)
    }

    fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
        Some(Form::Products.write(meaning, &limbs_of(&meaning.total, 67)?, &[]))
    }

    unsafe fn check(state: *const Self, meaning: &Meaning, ask: Questions) {
        let total = Total {
            meaning,
            unit: 2148,
        };
        expect_f64(total.value(), |to| unsafe {
            tally_product_accumulator_value_f64(state, to)
        });
        expect_f64(total.mean(), |to| unsafe {
            tally_product_accumulator_mean_f64(state, to)
        });
        let wanted = total.integer(i64::MIN.into(), i64::MAX.into());
        expect_integer(
            wanted.map(|wanted| wanted.to_i64().expect("in range")),
            77,
            |to| unsafe { tally_product_accumulator_value_i64(state, to) },
        );
        let ask = Questions {
            digits: ask.digits % 2149,
            ..ask
        };
        let digits = if ask.all_digits { -1 } else { int(ask.digits) };
        expect_bytes(
            as_bytes(&total.text(ask)),
            true,
            &|to, size, needed| unsafe {
                tally_product_accumulator_value_text(state, digits, to, size, needed)
            },
        );
        check_error(meaning, total.value(), ask, |candidate, to| unsafe {
            tally_product_accumulator_error_f64(state, candidate, to)
        });
    }
}

/// What moments say, by the formulas of the manual.
struct OfMoments<'a>(&'a Meaning);

impl OfMoments<'_> {
    /// The squares of distances from the mean, times the count squared.
    fn spread(&self, ddof: usize) -> Result<Option<(BigInt, BigInt)>, ValueError> {
        let special = self.0.special()?;
        let count = BigInt::from(self.0.counters[0]);
        let rest = &count - ddof;
        // Counts below zero are never enough.
        if !rest.is_positive() || !count.is_positive() {
            return Err(ValueError::TooFew);
        }
        if special.is_some() {
            return Ok(None);
        }
        let spread = &self.0.squares * &count - &self.0.total * &self.0.total;
        match spread.is_negative() {
            true => Err(ValueError::Impossible),
            false => Ok(Some((spread, count * rest))),
        }
    }

    fn variance(&self, ddof: usize) -> Answer {
        match self.spread(ddof)? {
            Some((spread, degrees)) => quotient(&spread, &degrees, -2148, 0.0),
            None => Ok(f64::NAN),
        }
    }

    fn deviation(&self, ddof: usize) -> Answer {
        match self.spread(ddof)? {
            Some((spread, degrees)) => root(&spread, &degrees, -2148),
            None => Ok(f64::NAN),
        }
    }

    fn norm(&self) -> Answer {
        match self.0.special()? {
            Some(_) if self.0.counters[2] > 0 => Ok(f64::NAN),
            Some(_) => Ok(f64::INFINITY),
            None if self.0.squares.is_negative() => Err(ValueError::Impossible),
            None => root(&self.0.squares, &1.into(), -2148),
        }
    }
}

impl Kind for tally_moments {
    const NAME: &'static str = "moments";
    const FORM: Form = Form::Moments;
    const WORDS: usize = 107;
    const SAVED_MAX: usize = 864;
    const FULL: tally_status = TALLY_OVERFLOW;

    verbs!(tally_moments_merge tally_moments_unmerge tally_moments_save tally_moments_load
        tally_moments_count tally_moments_special_counts tally_moments_fail tally_moments_combine);

    fn meaning(words: &[u64]) -> Result<Meaning, tally_status> {
        usable(words[106], &words[34..39])?;
        Ok(Meaning {
            total: Self::FORM.integer(&words[..34]),
            squares: Self::FORM.integer(&words[39..106]),
            counters: signed(&words[34..]),
            scale: 0,
        })
    }

    fn words(meaning: &Meaning) -> Option<Vec<u64>> {
        let mut words = limbs_of(&meaning.total, 34)?;
        words.extend(meaning.counters.map(|counter| counter as u64));
        words.extend(limbs_of(&meaning.squares, 67)?);
        words.push(0);
        Some(words)
    }

    fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
        let (total, squares) = (
            limbs_of(&meaning.total, 34)?,
            limbs_of(&meaning.squares, 67)?,
        );
        Some(Form::Moments.write(meaning, &total, &squares))
    }

    unsafe fn check(state: *const Self, meaning: &Meaning, ask: Questions) {
        let (total, of_moments) = (
            Total {
                meaning,
                unit: 1074,
            },
            OfMoments(meaning),
        );
        expect_f64(total.value(), |to| unsafe {
            tally_moments_sum_f64(state, to)
        });
        expect_f64(total.mean(), |to| unsafe {
            tally_moments_mean_f64(state, to)
        });
        expect_f64(of_moments.norm(), |to| unsafe {
            tally_moments_norm_f64(state, to)
        });
        expect_f64(of_moments.variance(ask.ddof), |to| unsafe {
            tally_moments_variance_f64(state, ask.ddof, to)
        });
        expect_f64(of_moments.deviation(ask.ddof), |to| unsafe {
            tally_moments_standard_deviation_f64(state, ask.ddof, to)
        });
    }
}

/// Half of a decimal's radix.
const HALF: i64 = 500_000_000_000_000_000;

fn of_decimal(meaning: &Meaning) -> decimals::Oracle {
    let [count, _, nan, plus, minus] = meaning.counters;
    decimals::Oracle {
        total: meaning.total.clone(),
        counters: [count, nan, plus, minus],
        scale: meaning.scale,
    }
}

impl Kind for tally_decimal {
    const NAME: &'static str = "decimal";
    const FORM: Form = Form::Decimal;
    const WORDS: usize = 44;
    const SAVED_MAX: usize = 352;
    const FULL: tally_status = TALLY_OVERFLOW;

    verbs!(tally_decimal_merge tally_decimal_unmerge tally_decimal_save tally_decimal_load
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
        Some(of_decimal(meaning).words().to_vec())
    }

    fn saved(meaning: &Meaning) -> Option<Vec<u8>> {
        Some(Form::Decimal.write(meaning, &Self::words(meaning)?[..38], &[]))
    }

    unsafe fn check(state: *const Self, meaning: &Meaning, ask: Questions) {
        let special = meaning.special();
        let value = match special {
            Err(error) => Err(error),
            Ok(Some(special)) => Ok(special),
            Ok(None) => quotient(&meaning.total, &decimals::ten_to(342), 0, 0.0),
        };
        expect_f64(value, |to| unsafe { tally_decimal_value_f64(state, to) });
        let digits = ask.digits % 343;
        let oracle = of_decimal(meaning);
        let text = special
            .map_err(|_| TALLY_INVALID)
            .map(|_| match ask.all_digits {
                true => oracle.all_text(),
                false => oracle.text(digits as i64, 1),
            });
        let asked = if ask.all_digits { -1 } else { int(digits) };
        expect_bytes(as_bytes(&text), true, &|to, size, needed| unsafe {
            tally_decimal_value_text(state, asked, to, size, needed)
        });
        let mean = match (special, meaning.counters[0]) {
            (Ok(_), count @ 1..) => Ok(oracle.text(digits as i64, count)),
            _ => Err(TALLY_INVALID),
        };
        expect_bytes(as_bytes(&mean), true, &|to, size, needed| unsafe {
            tally_decimal_mean_text(state, int(digits), to, size, needed)
        });
        let order = match special {
            Err(_) => Err(TALLY_INVALID),
            Ok(Some(special)) if special.is_nan() => Err(TALLY_INVALID),
            Ok(_) => Ok(0),
        };
        expect_integer(order, 77, |to| unsafe {
            tally_decimal_compare(state, state, to)
        });
        let rounding = [
            tally_rounding::TALLY_ROUND_HALF_EVEN,
            tally_rounding::TALLY_ROUND_HALF_UP,
            tally_rounding::TALLY_ROUND_DOWN,
            tally_rounding::TALLY_ROUND_UP,
            tally_rounding::TALLY_ROUND_CEILING,
            tally_rounding::TALLY_ROUND_FLOOR,
        ][usize::from(ask.rounding) % 6];
        let rounded = text_rounded(meaning, digits, rounding, special);
        expect_bytes(as_bytes(&rounded), true, &|to, size, needed| unsafe {
            tally_decimal_value_text_rounded(
                state,
                int(digits),
                MaybeUninit::new(rounding),
                to.cast::<c_char>(),
                size,
                needed,
            )
        });
    }
}

/// The total rounded in a direction, by floor and ceiling.
fn text_rounded(
    meaning: &Meaning,
    digits: usize,
    rounding: tally_rounding,
    special: Result<Option<f64>, ValueError>,
) -> Result<String, tally_status> {
    use tally_rounding::*;
    if let Some(special) = special.map_err(|_| TALLY_INVALID)? {
        return Ok(special.to_string().to_lowercase());
    }
    let unit = decimals::ten_to(342 - digits as i64);
    let size = meaning.total.magnitude();
    let (below, rest) = (size / unit.magnitude(), size % unit.magnitude());
    let twice = (&rest * 2_u8).cmp(unit.magnitude());
    let negative = meaning.total.is_negative();
    let up = match rounding {
        TALLY_ROUND_HALF_EVEN => twice.is_gt() || (twice.is_eq() && below.bit(0)),
        TALLY_ROUND_HALF_UP => twice.is_ge(),
        TALLY_ROUND_DOWN => false,
        TALLY_ROUND_UP => !rest.is_zero(),
        TALLY_ROUND_CEILING => !negative && !rest.is_zero(),
        TALLY_ROUND_FLOOR => negative && !rest.is_zero(),
    };
    let rounded = BigInt::from(below + u8::from(up));
    let signed = if negative { -rounded } else { rounded };
    Ok(decimal_text(
        &signed,
        &decimals::ten_to(digits as i64),
        digits,
        false,
        true,
    ))
}
