//! Totals and means are written out exactly, and rounded half to even.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::decimals::{Oracle, POINT, cancelling, total_of, words};
use crate::support::random::Random;
use tally_core::{Decimal, Digits, Stored, ValueError};

fn text(total: &Decimal, digits: Digits) -> String {
    total.text(digits).expect("a value").as_str().to_owned()
}

fn of(words: &[&str]) -> Decimal {
    let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    total_of(&words)
}

/// The texts of a total and its mean.
pub(crate) fn check_texts(random: &mut Random) {
    let count = random.below(5);
    let words = if random.one_in(2) {
        cancelling(random, count)
    } else {
        words(random, count)
    };
    let (total, oracle) = (total_of(&words), Oracle::of(&words));
    assert_eq!(text(&total, Digits::All), oracle.all_text(), "{words:?}");
    assert_eq!(
        text(&total, Digits::AsWritten),
        oracle.text(oracle.scale, 1),
        "{words:?}"
    );
    let digits = random.pick(&[
        0,
        1,
        2,
        3,
        17,
        18,
        19,
        341,
        342,
        random.clone().between(0, 342),
    ]);
    assert_eq!(
        text(&total, Digits::Rounded(digits as u16)),
        oracle.text(digits.into(), 1),
        "{digits} {words:?}"
    );
    if let Ok(mean) = total.mean_text(digits as u16) {
        let expected = oracle.text(digits.into(), oracle.counters[0]);
        assert_eq!(mean.as_str(), expected, "{digits} {words:?}");
    } else {
        assert_eq!(oracle.counters[0], 0, "{words:?}");
    }
}

#[test]
fn texts_are_those_of_big_integers() {
    let mut random = Random::new(11);
    for _ in 0..20_000 {
        check_texts(&mut random);
    }
}

#[test]
fn ties_go_to_the_even_digit_at_every_place() {
    for place in 0..POINT {
        let five = place + 1;
        for (digit, up) in [(0, false), (1, true), (2, false), (9, true)] {
            for (sign, below) in [("", 0), ("-", 0), ("", 1), ("-", 1), ("", -1), ("-", -1)] {
                // `digit` at the place, then 5, and perhaps a last unit of 10^-342.
                let mut words = vec![
                    format!("{sign}{digit}e-{place}"),
                    format!("{sign}5e-{five}"),
                ];
                if below != 0 && five < POINT {
                    let other = if sign.is_empty() == (below > 0) {
                        ""
                    } else {
                        "-"
                    };
                    words.push(format!("{other}1e-342"));
                }
                let up = if words.len() == 2 { up } else { below > 0 };
                let total = total_of(&words);
                let rounded = text(&total, Digits::Rounded(place as u16));
                let mut expected = Oracle::default();
                expected.add(&format!("{sign}{}e-{place}", digit + i32::from(up)), 1);
                assert_eq!(rounded, expected.text(place, 1), "{words:?}");
            }
        }
    }
}

#[test]
fn money_comes_out_as_an_accountant_writes_it() {
    let sum = of(&["0.10", "0.20"]);
    assert_eq!(text(&sum, Digits::AsWritten), "0.30");
    assert_eq!(text(&sum, Digits::All), "0.3");
    assert_eq!(text(&sum, Digits::Rounded(0)), "0");
    let sum = of(&["1234.56", "-1234.56"]);
    assert_eq!(text(&sum, Digits::AsWritten), "0.00");
    assert_eq!(text(&sum, Digits::All), "0");
    let sum = of(&["1e3", "2.5", "-0.125"]);
    assert_eq!(text(&sum, Digits::AsWritten), "1002.375");
    assert_eq!(text(&sum, Digits::Rounded(2)), "1002.38");
    assert_eq!(text(&of(&[]), Digits::AsWritten), "0");
    assert_eq!(
        text(&of(&["999.995", "0.000"]), Digits::Rounded(2)),
        "1000.00"
    );
}

#[test]
fn there_is_no_negative_zero() {
    for (words, digits, expected) in [
        (&["-0"][..], Digits::All, "0"),
        (&["-0.00"], Digits::AsWritten, "0.00"),
        (&["-0.004"], Digits::Rounded(2), "0.00"),
        (&["-0.005"], Digits::Rounded(2), "0.00"),
        (&["-0.0051"], Digits::Rounded(2), "-0.01"),
        (&["-0.5"], Digits::Rounded(0), "0"),
        (&["-1.5"], Digits::Rounded(0), "-2"),
    ] {
        assert_eq!(text(&of(words), digits), expected, "{words:?}");
    }
    let mean = of(&["-0.01", "0", "0"]).mean_text(2).expect("a mean");
    assert_eq!(mean.as_str(), "0.00");
}

#[test]
fn specials_are_named_and_negative_counts_of_them_refused() {
    for (words, expected) in [
        (&["nan"][..], "nan"),
        (&["-NaN", "inf"], "nan"),
        (&["+Inf", "-7"], "inf"),
        (&["-Infinity"], "-inf"),
        (&["inf", "-inf"], "nan"),
    ] {
        let total = of(words);
        for digits in [Digits::All, Digits::AsWritten, Digits::Rounded(3)] {
            assert_eq!(text(&total, digits), expected, "{words:?}");
        }
        assert_eq!(total.mean_text(3).expect("a mean").as_str(), expected);
    }
    for word in ["nan", "inf", "-inf"] {
        let mut total = Decimal::new();
        total.subtract_word(word.as_bytes()).expect(word);
        assert_eq!(
            total.text(Digits::All).err(),
            Some(ValueError::NegativeCount)
        );
        assert_eq!(total.mean_text(1).err(), Some(ValueError::NegativeCount));
        total.add_word(word.as_bytes()).expect(word);
        assert_eq!(text(&total, Digits::All), "0");
    }
    assert_eq!(of(&[]).mean_text(1).err(), Some(ValueError::NoValues));
}

#[test]
fn means_are_rounded_once() {
    for (words, digits, expected) in [
        (&["1", "2"][..], 0, "2"),
        (&["1", "0"], 0, "0"),
        (&["1", "1", "2"], 4, "1.3333"),
        (&["2", "2", "1"], 4, "1.6667"),
        (&["0.01", "0.02"], 2, "0.02"),
        (&["0.03", "0.02"], 2, "0.02"),
        (&["1e-342", "0"], 342, &format!("0.{}", "0".repeat(342))),
        (&["3e-342", "0"], 342, &format!("0.{}2", "0".repeat(341))),
    ] {
        let mean = of(words).mean_text(digits).expect("a mean");
        assert_eq!(mean.as_str(), expected, "{words:?}");
    }
    // Below half by less than any digit of the quotient shows.
    let mut total = Decimal::new();
    let third = format!("0.{}", "3".repeat(342));
    for word in [&third, "1", "0.5"] {
        total.add_word(word.as_bytes()).expect(word);
    }
    let mut oracle = Oracle::of(&[third, "1".to_owned(), "0.5".to_owned()]);
    for digits in 0..=342 {
        let mean = total.mean_text(digits).expect("a mean");
        assert_eq!(mean.as_str(), oracle.text(digits.into(), 3), "{digits}");
    }
    // The largest divisor there is.
    let mut words = oracle.words();
    words[38] = i64::MAX as u64;
    oracle.counters[0] = i64::MAX;
    let total = Decimal::from_words(&words).expect("a state");
    for digits in 0..=342 {
        let mean = total.mean_text(digits).expect("a mean");
        assert_eq!(
            mean.as_str(),
            oracle.text(digits.into(), i64::MAX),
            "{digits}"
        );
    }
}

#[test]
fn a_remainder_below_all_digits_decides_a_tie() {
    // A total of 5·10^17 + 1 units of 10^-342, divided by 10^18 + 1: half a unit and
    // less than 10^-360 more.
    let mut state = [0; 44];
    state[0] = -499_999_999_999_999_999_i64 as u64;
    state[1] = 1;
    state[38] = 1_000_000_000_000_000_001;
    let mean = |state: [u64; 44]| {
        let total = Decimal::from_words(&state).expect("a state");
        total.mean_text(342).expect("a mean").as_str().to_owned()
    };
    assert_eq!(mean(state), format!("0.{}1", "0".repeat(341)));
    // Half a unit, and nothing more.
    state[38] = 1_000_000_000_000_000_002;
    assert_eq!(mean(state), format!("0.{}", "0".repeat(342)));
}

/// Reads lines of words, writes the sum of each line, all digits, and rounded to
/// two.
const PYTHON: &str = r"
import decimal, sys
context = decimal.Context(prec=2000, rounding=decimal.ROUND_HALF_EVEN)
for line in sys.stdin:
    total = decimal.Decimal(0)
    for word in line.split():
        total = context.add(total, decimal.Decimal(word))
    print(format(total, 'f'), format(total.quantize(decimal.Decimal('0.01'), context=context), 'f'))
";

#[test]
fn sums_are_those_of_pythons_decimal() {
    let Ok(mut python) = Command::new("python3")
        .args(["-c", PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        println!("skipped: sums_are_those_of_pythons_decimal (python3 is not installed)");
        return;
    };
    let mut random = Random::new(12);
    let lines: Vec<Vec<String>> = (0..3000)
        .map(|_| {
            let mut line = words(&mut random, 6);
            line.extend(cancelling(&mut random, 4));
            line.retain(|word| !word.to_ascii_lowercase().contains(['n']));
            line
        })
        .collect();
    let input: String = lines.iter().map(|line| line.join(" ") + "\n").collect();
    let mut stdin = python.stdin.take().expect("piped");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = python.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads");
    let output = String::from_utf8(output.stdout).expect("ASCII");
    assert_eq!(output.lines().count(), lines.len());
    for (line, answer) in lines.iter().zip(output.lines()) {
        let total = total_of(line);
        let (written, rounded) = answer.split_once(' ').expect("two numbers");
        // Python keeps the sign of a zero, and the digits of a zero's exponent.
        let plain = |number: &str| match number.strip_prefix('-') {
            Some(zero) if !zero.contains(|c: char| ('1'..='9').contains(&c)) => zero.to_owned(),
            _ => number.to_owned(),
        };
        let all = plain(written);
        let all = if all.contains('.') {
            all.trim_end_matches('0').trim_end_matches('.')
        } else {
            &all
        };
        assert_eq!(text(&total, Digits::All), all, "{line:?}");
        assert_eq!(text(&total, Digits::AsWritten), plain(written), "{line:?}");
        assert_eq!(text(&total, Digits::Rounded(2)), plain(rounded), "{line:?}");
    }
}
