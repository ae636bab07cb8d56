//! Words as numbers: the nearest double to what is written, and integers as such.

use crate::support::random::Random;
use num_bigint::BigInt;
use tally_core::{Accumulator, Number, NumberError, Numbers, Separator, add_numbers, parse_number};

/// A decimal as a fraction of big integers: numerator and power-of-ten denominator.
fn fraction(word: &str) -> (BigInt, BigInt) {
    let (mantissa, exponent) = word.split_once(['e', 'E']).unwrap_or((word, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().expect("digits");
    let exponent: i64 = exponent.parse().expect("an exponent");
    let exponent = exponent - fraction.len() as i64;
    let power = BigInt::from(10).pow(exponent.unsigned_abs() as u32);
    if exponent < 0 {
        (digits, power)
    } else {
        (digits * power, BigInt::from(1))
    }
}

/// Twice a double in units of 2^-1075, an even integer.
fn in_half_units(value: f64) -> BigInt {
    let bits = value.to_bits();
    let field = bits >> 52 & 0x7ff;
    let significand = (bits & ((1 << 52) - 1)) | u64::from(field > 0) << 52;
    let magnitude = BigInt::from(significand) << (field.max(1) as usize);
    if value.is_sign_negative() {
        -magnitude
    } else {
        magnitude
    }
}

/// Whether no double is nearer than `value`, and a tie went to the even one.
pub(crate) fn is_nearest(word: &str, value: f64) -> bool {
    let (numerator, denominator) = fraction(word);
    let exact = numerator << 1075_usize;
    let twice = |value: f64| in_half_units(value) * &denominator;
    let magnitude = f64::from_bits(value.to_bits() & !(1 << 63));
    let distance = |other: f64| {
        let difference: BigInt = &exact - twice(other);
        BigInt::from(difference.magnitude().clone())
    };
    let here = distance(value);
    let mut neighbours = vec![f64::from_bits(magnitude.to_bits() + 1)];
    if magnitude > 0.0 {
        neighbours.push(f64::from_bits(magnitude.to_bits() - 1));
    }
    let even = value.to_bits() & 1 == 0;
    neighbours.into_iter().all(|neighbour| {
        let there = distance(neighbour.copysign(value));
        here < there || (here == there && even)
    })
}

pub(crate) fn double_of(word: &str) -> f64 {
    match parse_number(word.as_bytes()) {
        Ok(Number::F64(value)) => value,
        Ok(Number::I64(value)) => value as f64,
        Ok(Number::U64(value)) => value as f64,
        Ok(Number::Wide(integer)) => integer.nearest(),
        Err(error) => panic!("{word:?} {error}"),
    }
}

/// What a word adds to a total, when it stands among others.
fn total_of(word: &str) -> f64 {
    let text = format!("{word}\n");
    let newline = Separator::new(b'\n').expect("it separates");
    let mut total = Accumulator::new();
    let added = add_numbers(
        &mut total,
        &[],
        &mut Numbers::new(text.as_bytes(), newline, true),
    );
    assert_eq!(added, Ok(1), "{word:?}");
    assert_eq!(total.count(), 1, "{word:?}");
    total.value_f64().expect("a finite total")
}

fn check(word: &str) {
    for signed in [word.to_owned(), format!("-{word}"), format!("+{word}")] {
        let value = double_of(&signed);
        assert!(is_nearest(&signed, value), "{signed:?} is not {value:e}");
        let parsed: f64 = signed.parse().expect("std reads it too");
        assert_eq!(value, parsed, "{signed:?}");
        let negative_zero = value == 0.0 && signed.contains('.') && signed.starts_with('-');
        if value != 0.0 || negative_zero {
            assert_eq!(total_of(&signed).to_bits(), parsed.to_bits(), "{signed:?}");
        }
    }
}

pub(crate) fn digits(random: &mut Random, count: usize) -> String {
    (0..count)
        .map(|_| char::from(b'0' + random.below(10) as u8))
        .collect()
}

#[test]
fn decimals_are_the_nearest_double() {
    let mut random = Random::new(5);
    for _ in 0..40_000 {
        let count = random.below(9);
        let whole = digits(&mut random, count);
        let least = usize::from(whole.is_empty());
        let count = least + random.below(12);
        let fraction = digits(&mut random, count);
        check(&format!("{whole}.{fraction}"));
    }
    for _ in 0..20_000 {
        let count = 1 + random.below(25);
        let mut word = digits(&mut random, count);
        if random.one_in(2) {
            word.insert(random.below(count + 1), '.');
        }
        let exponent = random.between(-345, 280);
        check(&format!("{word}e{exponent}"));
        check(&word);
    }
}

/// Halfway between two doubles, and the least above and below it.
#[test]
fn ties_go_to_the_even_double_and_nothing_else_is_a_tie() {
    let mut random = Random::new(6);
    for _ in 0..20_000 {
        let odd = (1_u64 << 53 | random.bits() >> 11) | 1;
        // odd / 2^k has 54 bits: a tie. As a decimal it has k digits after the point.
        let k = random.below(5);
        let scaled = BigInt::from(odd) * BigInt::from(5).pow(k as u32);
        for nudge in [-1, 0, 1] {
            let digits: BigInt = &scaled + nudge;
            let mut word = digits.to_string();
            word.insert(word.len() - k, '.');
            check(&word);
            for zeros in [1, 9, 30] {
                check(&format!("{word}{}", "0".repeat(zeros)));
                check(&format!("{word}{}1", "0".repeat(zeros)));
            }
        }
        let halfway: BigInt = BigInt::from(odd) << random.below(70);
        for nudge in [-1, 0, 1] {
            let word: BigInt = &halfway + nudge;
            let word = word.to_string();
            check(&format!("{word}."));
            check(&word);
        }
    }
}

/// Quotients of which the first 64 bits are a tie, and only the remainder is not.
#[test]
fn the_remainder_of_a_division_breaks_a_tie() {
    let mut random = Random::new(9);
    for k in 1..=27 {
        let power = 5_u64.pow(k as u32);
        let divisor = u128::from(power) << power.leading_zeros();
        for _ in 0..300 {
            // An even significand of 53 bits, and half of its last bit.
            let tie = random.bits() >> 12 << 12 | 1 << 63 | 1 << 10;
            let dividend = (u128::from(tie) * divisor).div_ceil(1 << 63);
            let Ok(digits) = u64::try_from(dividend) else {
                continue;
            };
            let mut word = format!("{digits:028}");
            word.insert(word.len() - k, '.');
            check(&word);
        }
    }
}

#[test]
fn every_form_of_a_value_is_that_value() {
    for word in [
        "0.1",
        "0.10",
        ".1",
        "1e-1",
        "1E-01",
        "00000000000000000000000000.1",
        "0.1000000000000000000000000000000",
        "10000000000000000000000e-23",
        "+.1e0",
    ] {
        assert_eq!(double_of(word), 0.1, "{word}");
    }
    for word in [
        "5.",
        "5.0",
        "0.5e1",
        "50e-1",
        "5e0",
        "5e+00000000000000000000000",
    ] {
        assert_eq!(
            parse_number(word.as_bytes()),
            Ok(Number::F64(5.0)),
            "{word}"
        );
    }
    for word in [
        "1e-400",
        "0e999999999999999999999",
        "0.0e-5",
        "1e-99999999999999999999",
        "0.0",
    ] {
        assert_eq!(double_of(word).to_bits(), 0, "{word}");
        assert_eq!(double_of(&format!("-{word}")).to_bits(), 1 << 63, "-{word}");
    }
    for edge in [
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "9007199254740993.0",
        "9007199254740993e0",
        "1e22",
        "1e23",
        "1e37",
        "123456789e30",
        "8.5e37",
    ] {
        check(edge);
    }
    let long = format!("0.{}1", "0".repeat(300));
    check(&long);
    check(&format!("{}e-{}", "7".repeat(800), 900));
}

#[test]
fn integers_are_taken_as_integers() {
    let parse = |word: &'static str| parse_number(word.as_bytes());
    assert_eq!(parse("0"), Ok(Number::I64(0)));
    assert_eq!(parse("-0"), Ok(Number::I64(0)));
    assert_eq!(parse("+007"), Ok(Number::I64(7)));
    assert_eq!(parse("9223372036854775807"), Ok(Number::I64(i64::MAX)));
    assert_eq!(parse("-9223372036854775808"), Ok(Number::I64(i64::MIN)));
    assert_eq!(parse("9223372036854775808"), Ok(Number::U64(1 << 63)));
    assert_eq!(parse("18446744073709551615"), Ok(Number::U64(u64::MAX)));
    assert!(matches!(parse("18446744073709551616"), Ok(Number::Wide(_))));
    assert!(matches!(parse("-9223372036854775809"), Ok(Number::Wide(_))));
    assert_eq!(
        parse("00000000000000000000000000000000000012"),
        Ok(Number::I64(12))
    );
}

/// Integers of every length up to 2^1024, against big integers.
#[test]
fn integers_are_added_exactly_whatever_their_size() {
    let mut random = Random::new(7);
    for _ in 0..2000 {
        let mut text = String::new();
        let mut expected = BigInt::from(0);
        for _ in 0..1 + random.below(40) {
            let longest = random.pick(&[9, 20, 22, 308]);
            let count = 1 + random.below(longest);
            let sign = random.pick(&["", "-", "+"]);
            let word = format!("{sign}{}", digits(&mut random, count));
            expected += word.parse::<BigInt>().expect("an integer");
            text += &word;
            text.push(random.pick(&['\n', ' ']));
        }
        let blank = Separator::new(b' ').expect("it separates");
        let mut total = Accumulator::new();
        add_numbers(
            &mut total,
            &[],
            &mut Numbers::new(text.as_bytes(), blank, true),
        )
        .expect("only integers");
        let found = total.text(None).expect("finite");
        assert_eq!(found.as_str(), expected.to_string(), "{text:?}");
    }
}

#[test]
fn names_are_numbers_in_any_case() {
    for word in ["inf", "INF", "+Inf", "infinity", "InFiNiTy"] {
        assert_eq!(
            parse_number(word.as_bytes()),
            Ok(Number::F64(f64::INFINITY)),
            "{word}"
        );
    }
    for word in ["-inf", "-INFINITY"] {
        assert_eq!(
            parse_number(word.as_bytes()),
            Ok(Number::F64(f64::NEG_INFINITY)),
            "{word}"
        );
    }
    for word in ["nan", "NaN", "+NAN", "-nan"] {
        assert!(double_of(word).is_nan(), "{word}");
    }
}

#[test]
fn what_is_not_written_as_a_number_is_none() {
    for word in [
        "",
        "+",
        "-",
        ".",
        "+.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e-",
        "1.2.3",
        "--1",
        "+-1",
        "-+1",
        "1_000",
        "1,5",
        "0x10",
        "0b1",
        "1f",
        "1.0f64",
        "1 2",
        "\x001",
        "1\0",
        "nan(1)",
        "infi",
        "infinit",
        "in",
        "na",
        "١",
        "\u{2212}1",
        "1e5.0",
        "1e5e5",
        "1-",
        "1+1",
        "é",
    ] {
        let found = parse_number(word.as_bytes());
        assert_eq!(found, Err(NumberError::NotANumber), "{word:?}");
    }
    for byte in 0..=u8::MAX {
        if !byte.is_ascii_digit() {
            let inside = [b'1', byte, b'2'];
            let is_number = matches!(byte, b'.' | b'e' | b'E');
            assert_eq!(parse_number(&inside).is_ok(), is_number, "{byte:#x}");
            for length in 1..20 {
                let mut word = vec![b'7'; length];
                word.push(byte);
                let is_number = byte == b'.';
                assert_eq!(parse_number(&word).is_ok(), is_number, "{word:?}");
            }
        }
    }
}

#[test]
fn what_no_finite_double_is_near_is_too_large() {
    let wide = format!("1{}", "0".repeat(309));
    // Halfway between the largest double and what would be 2^1024.
    let half_above: BigInt = (BigInt::from(1) << 1024_usize) - (BigInt::from(1) << 970_usize);
    let below: BigInt = &half_above - 1;
    let half_above = half_above.to_string();
    for word in [
        "1e400",
        "-1e400",
        "1e309",
        "1.8e308",
        "1e99999999999999999999",
        &wide,
        &half_above,
    ] {
        assert_eq!(
            parse_number(word.as_bytes()),
            Err(NumberError::TooLarge),
            "{word:?}"
        );
    }
    let below = below.to_string();
    assert!(parse_number(below.as_bytes()).is_ok());
}

/// Texts of numbers and of bad words: what is read, and where it stops.
#[test]
fn numbers_are_the_same_wherever_the_text_is_cut() {
    let mut random = Random::new(8);
    for _ in 0..3000 {
        let byte = random.pick(b", \t\n");
        let separator = Separator::new(byte).expect("it separates");
        let mut text = Vec::new();
        for _ in 0..random.below(9) {
            let words = [
                "1",
                "-2.5",
                "7e1",
                "18446744073709551616",
                "0.25",
                "inf",
                "",
                " 3 ",
            ];
            text.extend_from_slice(random.pick(&words).as_bytes());
            let ends: [&[u8]; 4] = [&[byte], &[byte], b"\n", b"\r\n"];
            text.extend_from_slice(random.pick(&ends));
        }
        let whole = read(&text, separator, &[]);
        for cut in 0..text.len() {
            let found = read(&text, separator, &[cut]);
            assert_eq!(
                found,
                whole,
                "{:?} cut at {cut}",
                String::from_utf8_lossy(&text)
            );
        }
        let every: Vec<usize> = (0..text.len()).collect();
        assert_eq!(read(&text, separator, &every), whole, "{text:?}");
    }
}

/// The total of a text that comes in parts, how many numbers there are, and where
/// the first bad word is.
fn read(text: &[u8], separator: Separator, cuts: &[usize]) -> (Accumulator, usize, Option<usize>) {
    let mut total = Accumulator::new();
    let (mut start, mut count) = (0, 0);
    for &cut in cuts.iter().chain(&[text.len()]) {
        let mut numbers = Numbers::new(&text[start..cut], separator, cut == text.len());
        for number in &mut numbers {
            let number = match number {
                Ok(number) => number,
                Err(bad) => return (total, count, Some(start + bad.word.offset)),
            };
            let nothing = &mut Numbers::new(b"", separator, true);
            add_numbers(&mut total, &[number], nothing).expect("one number");
            count += 1;
        }
        start += numbers.consumed();
    }
    (total, count, None)
}
