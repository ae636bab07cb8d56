//! What the tests of decimals share: an oracle on big integers, and a generator
//! of written numbers.

use std::sync::LazyLock;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use tally_core::Decimal;

use crate::support::random::Random;

/// Digits after the point that there is room for.
pub const POINT: i64 = 342;

pub fn ten_to(power: i64) -> BigInt {
    BigInt::from(10).pow(u32::try_from(power).expect("not negative"))
}

fn radix() -> BigInt {
    ten_to(18)
}

/// The total and counts of a multiset, kept the slow and obvious way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Oracle {
    /// In units of 10^-342.
    pub total: BigInt,
    /// Values, NaN, plus infinity, minus infinity.
    pub counters: [i64; 4],
    pub scale: i64,
}

impl Oracle {
    pub fn of(words: &[String]) -> Oracle {
        let mut oracle = Oracle::default();
        words.iter().for_each(|word| oracle.add(word, 1));
        oracle
    }

    /// Adds a word `times` times; takes it out for a negative number of times.
    pub fn add(&mut self, word: &str, times: i64) {
        self.counters[0] += times;
        match word.to_ascii_lowercase().trim_start_matches('+') {
            "nan" | "-nan" => self.counters[1] += times,
            "inf" | "infinity" => self.counters[2] += times,
            "-inf" | "-infinity" => self.counters[3] += times,
            finite => {
                let (total, scale) = units(finite);
                self.total += total * times;
                self.scale = self.scale.max(scale);
            }
        }
    }

    pub fn merge(&mut self, other: &Oracle, times: i64) {
        self.total += &other.total * times;
        self.scale = self.scale.max(other.scale);
        for (counter, by) in self.counters.iter_mut().zip(other.counters) {
            *counter += by * times;
        }
    }

    /// The state. With half a radix added to each, balanced digits are plain ones.
    pub fn words(&self) -> [u64; 44] {
        static ENDS: LazyLock<[BigInt; 2]> = LazyLock::new(|| {
            let half = radix() / 2;
            let bias = (0..38).map(|limb| &half * ten_to(18 * limb));
            [bias.sum(), ten_to(18 * 38)]
        });
        let [bias, end] = &*ENDS;
        let (half, radix) = (radix() / 2, radix());
        let mut rest = &self.total + bias;
        assert!(!rest.is_negative() && rest < *end, "out of range");
        let mut words = [0; 44];
        for word in &mut words[..38] {
            let digit = &rest % &radix - &half;
            *word = i64::try_from(digit).expect("a digit") as u64;
            rest /= &radix;
        }
        for (word, counter) in words[38..].iter_mut().zip(self.counters) {
            *word = counter as u64;
        }
        words[42] = self.scale as u64;
        words
    }

    pub fn special(&self) -> Option<&'static str> {
        match self.counters[1..] {
            [0, 0, 0] => None,
            [0, _, 0] => Some("inf"),
            [0, 0, _] => Some("-inf"),
            _ => Some("nan"),
        }
    }

    /// The total divided by `divisor`, half to even at `digits` digits.
    pub fn text(&self, digits: i64, divisor: i64) -> String {
        if let Some(special) = self.special() {
            return special.to_owned();
        }
        let unit = ten_to(POINT - digits) * divisor;
        let mut quotient = self.total.magnitude() / unit.magnitude();
        let twice_rest = (self.total.magnitude() % unit.magnitude()) * 2_u8;
        if twice_rest > *unit.magnitude() || (twice_rest == *unit.magnitude() && quotient.bit(0)) {
            quotient += 1_u8;
        }
        let sign = if self.total.is_negative() && !quotient.is_zero() {
            "-"
        } else {
            ""
        };
        let all = format!("{quotient:0>width$}", width = digits as usize + 1);
        let (integer, fraction) = all.split_at(all.len() - digits as usize);
        let point = if digits > 0 { "." } else { "" };
        format!("{sign}{integer}{point}{fraction}")
    }

    /// All digits, no zeros at the end.
    pub fn all_text(&self) -> String {
        let text = self.text(POINT, 1);
        if self.special().is_some() {
            return text;
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// A finite word in units of 10^-342, and its digits after the point.
pub fn units(word: &str) -> (BigInt, i64) {
    let lower = word.to_ascii_lowercase();
    let (number, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let exponent: BigInt = exponent.parse().expect("a number");
    let exponent = i64::try_from(exponent.clamp((-9_999).into(), 9_999.into())).expect("clamped");
    let (integer, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: BigInt = format!("{integer}{fraction}").parse().expect("digits");
    let written = fraction.len() as i64 - exponent;
    let scale = written.clamp(0, POINT);
    let power = POINT - written;
    if digits.is_zero() {
        return (digits, scale);
    }
    if power >= 0 {
        return (digits * ten_to(power), scale);
    }
    let unit = ten_to(-power);
    assert!((&digits % &unit).is_zero(), "{word} is below 10^-342");
    (digits / unit, scale)
}

/// A total of the words, through the library.
pub fn total_of(words: &[String]) -> Decimal {
    let mut total = Decimal::new();
    for word in words {
        total.add_word(word.as_bytes()).expect(word);
    }
    total
}

/// The shortest decimal of a double as the standard library has it, `-1.25e-7`, but for the
/// even one of two that are equally near.
pub fn shortest(value: f64) -> String {
    let text = format!("{value:e}");
    // NaN and infinities have none.
    let Some((number, exponent)) = text.split_once('e') else {
        return text;
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let exponent: i32 = exponent.parse().expect("an integer");
    let places = fraction.len() as i32 - exponent;
    let (Ok(places), false) = (u32::try_from(places), value == 0.0) else {
        return text;
    };
    let digits: i64 = format!("{whole}{fraction}").parse().expect("17 digits");
    // Twice the distance, times 2^1074 and a power of ten, against one in the last place.
    let unit = BigInt::from(1) << 1074;
    let bits = value.to_bits();
    let field = bits >> 52 & 0x7ff;
    let significand = bits & ((1 << 52) - 1) | u64::from(field > 0) << 52;
    let exact = (BigInt::from(significand) << (field.max(1) - 1)) * BigInt::from(10).pow(places);
    let size = BigInt::from(digits.unsigned_abs()) * &unit;
    if (size - exact) * 2 != unit || digits % 2 == 0 {
        return text;
    }
    let even = format!("{}e-{places}", digits - digits.signum());
    match even.parse() == Ok(value) {
        true => even,
        false => text,
    }
}

/// A double: an amount, one of any size, a few of its bits, or an end of a range.
pub fn double(random: &mut Random) -> f64 {
    let any = |random: &mut Random| {
        let value = f64::from_bits(random.bits());
        if value.is_finite() { value } else { 0.25 }
    };
    let sign = random.sign();
    sign * match random.below(8) {
        0..=2 => {
            let places = random.below(6) as i32;
            f64::from(random.between(0, 99_999_999)) / 10_f64.powi(places)
        }
        3 => {
            let digits = random.bits() >> random.below(64);
            let text = format!("{digits}e{}", random.between(-25, 5));
            text.parse().expect("a number")
        }
        4 => any(random),
        // Next to a power of two, or one.
        5 => {
            let power = 2_f64.powi(random.between(-1074, 1023));
            let steps = random.between(-2, 2);
            f64::from_bits((power.to_bits() as i64 + i64::from(steps)).max(0) as u64)
        }
        6 => {
            // A short decimal, or a neighbour of its double.
            let digits = random.bits() % 10_u64.pow(random.between(1, 17) as u32);
            let text = format!("{digits}e{}", random.between(-17, 2));
            let near: f64 = text.parse().expect("a number");
            f64::from_bits(near.to_bits() + random.below(2) as u64)
        }
        _ => random.pick(&[
            0.0,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            1e22,
            1e23,
            1e15,
            9e15,
        ]),
    }
}

fn digits(random: &mut Random, count: usize) -> String {
    let kind = random.below(4);
    (0..count)
        .map(|_| match kind {
            0 => '9',
            1 => random.pick(&['0', '0', '0', '5', '4', '9']),
            _ => char::from(b'0' + random.below(10) as u8),
        })
        .collect()
}

/// A written number: an amount, a long one, one with an exponent, or a name.
pub fn word(random: &mut Random) -> String {
    let sign = random.pick(&["", "", "-", "-", "+"]);
    let (integer, fraction) = match random.below(8) {
        0..=3 => (random.below(7), random.below(4)),
        4 => (random.below(20), random.below(20)),
        5 => (random.below(60), random.below(60)),
        6 => (random.below(322), random.below(342)),
        _ => (random.below(2), random.below(342)),
    };
    let mut number = digits(random, integer);
    if fraction > 0 || random.one_in(20) {
        number = format!("{number}.{}", digits(random, fraction));
    }
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        number.insert(0, '0');
    }
    if random.one_in(100) {
        let name = random.pick(&["nan", "NaN", "inf", "INF", "infinity", "Infinity"]);
        return format!("{sign}{name}");
    }
    if !random.one_in(4) {
        return format!("{sign}{number}");
    }
    // So that it stays within the range.
    let (room_above, room_below) = (321 - integer as i32, 341 - fraction as i32);
    let span = random.pick(&[3, 30, 400]);
    let exponent = random.between(-room_below.clamp(0, span), room_above.clamp(0, span));
    let e = random.pick(&["e", "E"]);
    let plus = if exponent >= 0 && random.one_in(2) {
        "+"
    } else {
        ""
    };
    format!("{sign}{number}{e}{plus}{exponent}")
}

pub fn words(random: &mut Random, count: usize) -> Vec<String> {
    (0..count).map(|_| word(random)).collect()
}

/// Pairs that cancel, with a few words left over.
pub fn cancelling(random: &mut Random, count: usize) -> Vec<String> {
    let mut all = Vec::new();
    for word in words(random, count / 2) {
        let opposite = match word.strip_prefix('-') {
            Some(positive) => positive.to_owned(),
            None => format!("-{}", word.trim_start_matches('+')),
        };
        all.extend([word, opposite]);
    }
    all.extend(words(random, 2));
    random.shuffle(&mut all);
    all
}

/// The total whose limbs are these digits, the least significant first.
pub fn of_limbs(limbs: &[i64]) -> BigInt {
    let mut unit = BigInt::one();
    let mut total = BigInt::zero();
    for &limb in limbs {
        total += &unit * limb;
        unit *= radix();
    }
    total
}
