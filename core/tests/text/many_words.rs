//! Words of every shape among others and at the end of a text, against the standard
//! library: seconds' worth here, 50 million with `make check-exact-long`.

use num_bigint::BigInt;
use tally_core::{BadWord, NumberError, NumberSink, Numbers, Separator, WideInteger, add_numbers};

use crate::numbers::digits;
use crate::support::random::Random;

/// Writes down what it is given.
#[derive(Debug, Default, PartialEq)]
struct Record {
    integers: Vec<i64>,
    large: Vec<u64>,
    /// By their bits: zeros have signs.
    doubles: Vec<u64>,
    wide: Vec<u64>,
}

impl NumberSink for Record {
    fn add_i64s(&mut self, values: &[i64]) {
        self.integers.extend(values);
    }

    fn add_u64(&mut self, value: u64) {
        self.large.push(value);
    }

    fn add_f64s(&mut self, values: &[f64]) {
        self.doubles
            .extend(values.iter().map(|value| value.to_bits()));
    }

    fn add_wide(&mut self, integer: &WideInteger<'_>) {
        self.wide.push(integer.nearest().to_bits());
    }
}

impl Record {
    /// What the standard library says that a word is.
    fn note(&mut self, word: &str) {
        if let Ok(value) = word.parse() {
            self.integers.push(value);
        } else if let Ok(value) = word.parse() {
            self.large.push(value);
        } else {
            let value: f64 = word.parse().expect("a number");
            let is_integer = word.bytes().all(|byte| !matches!(byte, b'.' | b'e' | b'E'));
            let list = if is_integer {
                &mut self.wide
            } else {
                &mut self.doubles
            };
            list.push(value.to_bits());
        }
    }
}

/// A word of a form that [`FORMS`] lists: it may be out of range.
type Form = fn(&mut Random) -> String;

const FORMS: [Form; 9] = [
    |r| r.below(2000).to_string(),
    |r| {
        let length = 1 + r.below(22);
        digits(r, length)
    },
    |r| format!("{}.{:02}", r.below(200_000), r.below(100)),
    |r| format!("{}", r.unit()),
    |r| format!("{:.17}", r.unit() * 1000.0),
    |r| format!("{:e}", f64::from_bits(r.bits() >> 1)),
    |r| format!("{:.16E}", f64::from_bits(r.bits() >> 1)),
    // Any digits, any point, any exponent, or none of these.
    |r| {
        let zeros = r.pick(&[0, 0, 0, 1, 2, 9, 18]);
        let (whole, fraction) = (r.below(21), r.below(24));
        let mut word = "0".repeat(zeros) + &digits(r, whole);
        if r.one_in(4) {
            word += &format!(".{}", "0".repeat(zeros));
        } else if !r.one_in(5) {
            word += &format!(".{}", digits(r, fraction));
        }
        if !word.bytes().any(|byte| byte.is_ascii_digit()) {
            word.insert(0, '0');
        }
        if r.one_in(2) {
            let size = r.pick(&[2, 30, 330, 400, 5000, 20_000_000]);
            let sign = r.pick(&["", "+", "-"]);
            let zeros = r.pick(&["", "", "0", "000000"]);
            word += &format!("{}{sign}{zeros}{}", r.pick(&["e", "E"]), r.below(size));
        }
        word
    },
    near_a_tie,
];

/// One of the decimals of 19 digits around the middle of two doubles.
fn near_a_tie(random: &mut Random) -> String {
    // 64 bits: a significand, and half of its last bit.
    let tie = BigInt::from(random.bits() >> 11 << 11 | 1 << 63 | 1 << 10);
    let exponent = random.between(-345, 288);
    // tie·2^unit·10^-exponent has 19 digits.
    let unit = (f64::from(exponent) * 10_f64.log2()).floor() as i32 - random.between(1, 3);
    let mut numerator = tie;
    let mut denominator = BigInt::from(1);
    let power = BigInt::from(10).pow(exponent.unsigned_abs());
    if exponent < 0 {
        numerator *= power;
    } else {
        denominator = power;
    }
    if unit < 0 {
        denominator <<= unit.unsigned_abs();
    } else {
        numerator <<= unit;
    }
    let nearest: BigInt = numerator / denominator + random.between(-1, 2);
    let mut word = nearest.to_string();
    let point = random.below(word.len() + 1);
    let exponent = exponent + (word.len() - point) as i32;
    word.insert(point, '.');
    format!("{word}e{exponent}")
}

/// A word whose value is finite, and what it is.
fn finite_word(random: &mut Random) -> String {
    loop {
        let form = random.pick(&FORMS);
        let word = random.pick(&["", "", "-", "+"]).to_owned() + &form(random);
        let value: f64 = word.parse().expect("a number");
        if value.is_finite() {
            return word;
        }
    }
}

fn newline() -> Separator {
    Separator::new(b'\n').expect("it separates")
}

/// Compares `count` words and more, in texts of many lengths.
fn check_words(random: &mut Random, count: usize) {
    let mut checked = 0;
    while checked < count {
        let lines = random.pick(&[1, 2, 3, 5, 20, 300, 3000]);
        let words: Vec<String> = (0..lines).map(|_| finite_word(random)).collect();
        let mut text = words.join("\n");
        if random.one_in(2) {
            text.push('\n');
        }
        let mut expected = Record::default();
        for word in &words {
            expected.note(word);
        }
        let mut found = Record::default();
        let mut numbers = Numbers::new(text.as_bytes(), newline(), true);
        let added = add_numbers(&mut found, &[], &mut numbers);
        assert_eq!(added, Ok(lines), "{text:?}");
        assert!(numbers.is_at_end(), "{text:?}");
        if found != expected {
            let wrong = words.iter().find(|word| is_read_otherwise(word));
            panic!("{wrong:?} of {text:?}");
        }
        checked += lines;
    }
}

fn is_read_otherwise(word: &str) -> bool {
    let mut expected = Record::default();
    expected.note(word);
    // Before others, and alone.
    [format!("{word}\n{}", "\n".repeat(100)), word.to_owned()]
        .iter()
        .any(|text| {
            let mut found = Record::default();
            let mut numbers = Numbers::new(text.as_bytes(), newline(), true);
            add_numbers(&mut found, &[], &mut numbers) != Ok(1) || found != expected
        })
}

#[test]
fn words_of_every_shape_are_what_the_standard_library_says() {
    check_words(&mut Random::new(21), 300_000);
}

/// For each power of ten, where one product of 64 bits may not decide.
#[test]
fn words_next_to_the_middle_of_two_doubles() {
    let mut random = Random::new(23);
    for _ in 0..100_000 {
        let word = near_a_tie(&mut random);
        assert!(!is_read_otherwise(&word), "{word}");
    }
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn long_words_of_every_shape_are_what_the_standard_library_says() {
    for seed in 0..50 {
        check_words(&mut Random::new(1000 + seed), 1_000_000);
    }
}

/// All digits the same but for one, in front of everything that may follow a number.
#[test]
fn a_number_ends_at_the_first_byte_that_is_none_of_it() {
    for word in [
        "1",
        "12.5",
        "0.12345678901234567",
        "1.2345678901234567e-05",
        "123456789012345678",
    ] {
        for byte in 0..=u8::MAX {
            let continues = matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'-' | b'+');
            if continues || byte == b'\n' || byte.is_ascii_whitespace() {
                continue;
            }
            let mut line = word.as_bytes().to_vec();
            line.push(byte);
            for after in [&b"\n"[..], &[b'\n'; 60], b"1\n", b""] {
                let text = [&b"7\n"[..], &line, after].concat();
                let mut found = Record::default();
                let mut numbers = Numbers::new(&text, newline(), true);
                let bad: BadWord =
                    add_numbers(&mut found, &[], &mut numbers).expect_err("a bad word");
                assert_eq!(
                    (bad.word.offset, bad.error),
                    (2, NumberError::NotANumber),
                    "{text:?}"
                );
                let end = text[2..].iter().position(|&byte| byte == b'\n');
                assert_eq!(
                    bad.word.bytes,
                    &text[2..][..end.unwrap_or(text.len() - 2)],
                    "{text:?}"
                );
            }
        }
    }
}

/// At each place in a text, and at its end.
#[test]
fn bad_words_among_others_are_found_where_they_are() {
    let words = [
        ("-", NumberError::NotANumber),
        (".", NumberError::NotANumber),
        ("+.", NumberError::NotANumber),
        ("-.e1", NumberError::NotANumber),
        ("1e", NumberError::NotANumber),
        ("1.5e-", NumberError::NotANumber),
        ("1.2.3", NumberError::NotANumber),
        ("0.12345678901234567.", NumberError::NotANumber),
        ("1-1", NumberError::NotANumber),
        ("1.5+1", NumberError::NotANumber),
        ("1e5.0", NumberError::NotANumber),
        ("12345678901234567890123x", NumberError::NotANumber),
        ("1e309", NumberError::TooLarge),
        ("1.7976931348623159e308", NumberError::TooLarge),
        ("17976931348623159e+292", NumberError::TooLarge),
        ("-1e99999999", NumberError::TooLarge),
    ];
    let good = "0.1\n-1234.5678\n7\n1e-5\n";
    for (word, error) in words {
        for before in 0..6 {
            for after in [0, 1, 2, 3, 20] {
                let start = good.repeat(before);
                let rest = ["\n", &good.repeat(after)].concat();
                for rest in ["", &rest] {
                    let text = [&start, word, rest].concat();
                    let mut numbers = Numbers::new(text.as_bytes(), newline(), true);
                    let found = add_numbers(&mut Record::default(), &[], &mut numbers);
                    let bad = found.expect_err("a bad word");
                    assert_eq!(bad.error, error, "{text:?}");
                    assert_eq!(bad.word.offset, start.len(), "{text:?}");
                    assert_eq!(bad.word.bytes, word.as_bytes(), "{text:?}");
                }
            }
        }
    }
}

/// In parts cut anywhere, with separators of every kind, and with bad words.
#[test]
fn long_texts_are_the_same_wherever_they_are_cut() {
    let mut random = Random::new(22);
    for _ in 0..300 {
        let separator = random.pick(&[" ", ",", "\t", "\n", ";"]);
        let mut text = String::new();
        for _ in 0..3 + random.below(12) {
            text += &if random.one_in(60) {
                random
                    .pick(&["x", "1e", "-", "1.2.3", "1e999", ""])
                    .to_owned()
            } else {
                finite_word(&mut random)
            };
            text += random.pick(&["", "", "", " "]);
            text += random.pick(&[separator, separator, "\n", "\r\n"]);
        }
        let separator = Separator::new(separator.as_bytes()[0]).expect("it separates");
        let whole = read_in_parts(&text, separator, text.len());
        for cut in 0..text.len() {
            let found = read_in_parts(&text, separator, cut);
            assert_eq!(found, whole, "{text:?} cut at {cut}");
        }
    }
}

/// What is in a text that comes in two parts, how many numbers, and the first bad word.
fn read_in_parts(
    text: &str,
    separator: Separator,
    cut: usize,
) -> (Record, Option<usize>, Option<(usize, NumberError)>) {
    let mut record = Record::default();
    let mut first = Numbers::new(&text.as_bytes()[..cut], separator, false);
    let before = match add_numbers(&mut record, &[], &mut first) {
        Ok(count) => count,
        Err(bad) => return (Record::default(), None, Some((bad.word.offset, bad.error))),
    };
    let start = first.consumed();
    let mut rest = Numbers::new(&text.as_bytes()[start..], separator, true);
    match add_numbers(&mut record, &[], &mut rest) {
        Ok(count) => (record, Some(before + count), None),
        Err(bad) => (
            Record::default(),
            None,
            Some((start + bad.word.offset, bad.error)),
        ),
    }
}
