//! Numbers of any length, with any exponent: what zeros make up for in an exponent,
//! and digits far beyond those that a double has.
//!
//! A number is written in few digits for the oracle, which works in big integers,
//! and in many equal ways for the library.

use num_bigint::BigInt;
use tally_core::{
    Accumulator, Decimal, NumberError, Numbers, Separator, add_numbers, parse_number,
};

use crate::numbers::{digits, double_of, is_nearest};
use crate::support::random::Random;

/// Where a parser may stop to read an exponent, or to count digits.
const SHIFTS: [i64; 12] = [
    1, 18, 19, 20, 27, 342, 800, 32_768, 65_536, 655_359, 655_360, 1_000_000,
];

fn zeros(count: i64) -> String {
    "0".repeat(count.max(0) as usize)
}

/// `digits`·10^`exponent` in other words.
fn other_words(digits: &str, exponent: i64, shift: i64) -> Vec<String> {
    let many = zeros(shift);
    let length = digits.len() as i64;
    let (first, rest) = digits.split_at(1);
    let sign = if exponent < 0 { "-" } else { "+" };
    let size = exponent.unsigned_abs();
    vec![
        format!("0.{many}{digits}e{}", exponent + length + shift),
        format!(".{many}{digits}{many}e{}", exponent + length + shift),
        format!("{digits}{many}e{}", exponent - shift),
        format!("{digits}{many}.{many}e{}", exponent - shift),
        format!("{many}{first}.{rest}{many}E{}", exponent + length - 1),
        format!("{many}{digits}e{sign}{many}{size}"),
    ]
}

/// Compares all words for a number with the double that is nearest to the first.
fn check(digits: &str, exponent: i64, shift: i64) {
    let word = format!("{digits}e{exponent}");
    let value = double_of(&word);
    assert!(is_nearest(&word, value), "{word} is not {value:e}");
    for other in other_words(digits, exponent, shift) {
        let found = double_of(&other);
        assert_eq!(
            found.to_bits(),
            value.to_bits(),
            "{word} is not {found:e}, with {shift} zeros: {:.40}",
            other
        );
    }
}

#[test]
fn zeros_and_exponents_make_up_for_each_other() {
    let mut random = Random::new(11);
    for shift in SHIFTS {
        let rounds = if shift < 1000 { 300 } else { 12 };
        for _ in 0..rounds {
            let count = random.below(30);
            let number = format!("7{}", digits(&mut random, count));
            let exponent = i64::from(random.between(-345, 307)) - count as i64;
            check(&number, exponent, shift);
        }
        check("123456789012345678901234", -24, shift);
        check("1", 0, shift);
        // Ties: to the even double below, and above.
        check("9007199254740993", 0, shift);
        check("9007199254740995", 0, shift);
    }
}

/// The number halfway between a double and the next, in all of its digits.
fn halfway_above(bits: u64) -> (BigInt, i64) {
    let field = (bits >> 52) as i64;
    let significand = bits & ((1 << 52) - 1) | u64::from(field > 0) << 52;
    let exponent = field.max(1) - 1075 - 1;
    let odd = BigInt::from(2 * significand + 1);
    if exponent >= 0 {
        (odd << exponent as usize, 0)
    } else {
        (
            odd * BigInt::from(5).pow(exponent.unsigned_abs() as u32),
            exponent,
        )
    }
}

#[test]
fn a_digit_far_beyond_all_others_breaks_a_tie() {
    let mut random = Random::new(12);
    let least = [0, 1, 2, (1 << 52) - 1, 1 << 52, (1 << 53) - 1, 1 << 53];
    let others = (0..200).map(|_| random.bits() % (f64::MAX.to_bits()));
    for bits in least
        .into_iter()
        .chain(others)
        .chain([f64::MAX.to_bits() - 1])
    {
        let (halfway, exponent) = halfway_above(bits);
        let even = f64::from_bits(bits + (bits & 1));
        let (below, above) = (f64::from_bits(bits), f64::from_bits(bits + 1));
        let digits = halfway.to_string();
        assert_eq!(
            double_of(&format!("{digits}e{exponent}")),
            even,
            "{bits:#x}"
        );
        let less: BigInt = &halfway - 1;
        let nines = "9".repeat(1000);
        assert_eq!(
            double_of(&format!("{less}.{nines}e{exponent}")),
            below,
            "{bits:#x}"
        );
        for far in [0, 1, 50, 766, 767, 768, 769, 5000] {
            let more = format!("{digits}.{}1e{exponent}", zeros(far));
            assert_eq!(double_of(&more), above, "{bits:#x}, {far} zeros");
            let zero = format!("{digits}.{}0e{exponent}", zeros(far));
            assert_eq!(double_of(&zero), even, "{bits:#x}, {far} zeros");
        }
    }
}

#[test]
fn numbers_near_the_ends_of_the_doubles() {
    let mut random = Random::new(13);
    // Half of what would follow the largest double is the first that is too large.
    let (limit, _) = halfway_above(f64::MAX.to_bits());
    for nudge in [-1, 0, 1] {
        let number: BigInt = &limit + nudge;
        for shift in SHIFTS {
            for word in other_words(&number.to_string(), 0, shift) {
                let found = parse_number(word.as_bytes());
                let too_large = matches!(found, Err(NumberError::TooLarge));
                assert_eq!(too_large, nudge >= 0, "{nudge}, with {shift} zeros");
            }
        }
    }
    for exponent in -360..=308 {
        for count in [1, 2, 17, 19, 20, 40] {
            let number = format!("{}{}", 1 + random.below(9), digits(&mut random, count - 1));
            let exponent = exponent - count as i64 + 1;
            if parse_number(format!("{number}e{exponent}").as_bytes()).is_ok() {
                check(&number, exponent, 700);
            } else {
                assert!(exponent + count as i64 - 1 == 308, "{number}e{exponent}");
            }
        }
    }
}

#[test]
fn exponents_beyond_every_integer() {
    let nines = "9".repeat(5000);
    for exponent in [
        "2147483647",
        "2147483648",
        "4294967296",
        "9223372036854775806",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        &nines,
    ] {
        for digits in ["1", "123456789012345678901234567890", "0.0001", "1000000.5"] {
            let large = format!("{digits}e{exponent}");
            let found = parse_number(large.as_bytes());
            assert_eq!(found, Err(NumberError::TooLarge), "{large:.60}");
            let small = format!("-{digits}e-{exponent}");
            assert_eq!(double_of(&small).to_bits(), 1 << 63, "{small:.60}");
        }
        for zero in ["0", "0.000", "000000000000000000000000000000.0"] {
            assert_eq!(double_of(&format!("{zero}e{exponent}")).to_bits(), 0);
            assert_eq!(double_of(&format!("{zero}e-{exponent}")).to_bits(), 0);
        }
    }
}

/// Into totals, among others, and as decimals: all say the same.
#[test]
fn totals_of_long_numbers() {
    let newline = Separator::new(b'\n').expect("it separates");
    for shift in SHIFTS {
        for (digits, exponent) in [("123456789012345678901234", -24), ("1", 0), ("25", -2)] {
            let value = double_of(&format!("{digits}e{exponent}"));
            for word in other_words(digits, exponent, shift) {
                let mut total = Accumulator::new();
                let text = format!("{word}\n-7\n{word}");
                let mut numbers = Numbers::new(text.as_bytes(), newline, true);
                assert_eq!(add_numbers(&mut total, &[], &mut numbers), Ok(3));
                total.add_i64(&[7]);
                total.subtract_f64(&[value]);
                assert_eq!(total.value_f64(), Ok(value), "{shift}: {word:.40}");

                let mut decimal = Decimal::new();
                decimal.add_word(word.as_bytes()).expect("in range");
                assert_eq!(decimal.value_f64(), Ok(value), "{shift}: {word:.40}");
            }
        }
    }
}
