//! A text, taken apart into words: the same ones wherever the text is cut.

use crate::support::random::Random;
use tally_core::{Separator, TextWords};

type Words = Vec<(usize, Vec<u8>)>;

fn separator(byte: u8) -> Separator {
    Separator::new(byte).expect("a byte that separates")
}

/// The words of a text that comes in parts, each ending at one of `cuts`.
fn words_in_parts(text: &[u8], byte: u8, cuts: &[usize]) -> Words {
    let mut found = Words::new();
    let mut start = 0;
    for &cut in cuts.iter().chain(&[text.len()]) {
        let last = cut == text.len();
        let mut words = TextWords::new(&text[start..cut], separator(byte), last);
        for word in &mut words {
            found.push((start + word.offset, word.bytes.to_vec()));
        }
        start += words.consumed();
    }
    assert_eq!(start, text.len(), "all of it is consumed");
    found
}

fn words(text: &str, byte: u8) -> Vec<String> {
    let found = words_in_parts(text.as_bytes(), byte, &[]);
    let strings = found.into_iter().map(|(_, bytes)| String::from_utf8(bytes));
    strings.map(|word| word.expect("UTF-8")).collect()
}

/// The rules once more, over the whole text and a line at a time.
fn reference(text: &[u8], byte: u8) -> Words {
    let trims = |b: u8| b == b' ' || (b == b'\t' && byte != b'\t');
    let trimmed = |start: usize, end: usize| {
        let mut range = start..end;
        while !range.is_empty() && trims(text[range.start]) {
            range.start += 1;
        }
        while !range.is_empty() && trims(text[range.end - 1]) {
            range.end -= 1;
        }
        range
    };
    let mut found = Words::new();
    let mut line_start = 0;
    for line in text.split(|&b| b == b'\n') {
        let start = line_start;
        line_start += line.len() + 1;
        let content = line.strip_suffix(b"\r").unwrap_or(line);
        if trimmed(start, start + content.len()).is_empty() {
            continue;
        }
        let mut at = start;
        for part in content.split(|&b| b == byte || (byte == b' ' && b == b'\t')) {
            let range = trimmed(at, at + part.len());
            at += part.len() + 1;
            if byte != b' ' || !range.is_empty() {
                found.push((range.start, text[range].to_vec()));
            }
        }
    }
    found
}

#[test]
fn known_texts() {
    assert_eq!(
        words("1 2\n3\t 4 \r\n\n  5", b' '),
        ["1", "2", "3", "4", "5"]
    );
    assert_eq!(words(" 1 \r\n\r\n\t2\n3\r", b'\n'), ["1", "2", "3"]);
    assert_eq!(words("1 2\n", b'\n'), ["1 2"]);
    assert_eq!(words("1, 2 ,\t3\n4", b','), ["1", "2", "3", "4"]);
    assert_eq!(words("1\t 2\n", b'\t'), ["1", "2"]);
    assert_eq!(words("1\x002\x003", 0), ["1", "2", "3"]);
    assert_eq!(words("1\r2 \r 3\r\r\n", b' '), ["1\r2", "\r", "3\r"]);
    assert_eq!(words("", b','), [""; 0]);
    assert_eq!(words(" \n\r\n\t\n\r", b','), [""; 0]);
}

#[test]
fn a_word_of_no_bytes_is_a_word() {
    assert_eq!(words("1,,2", b','), ["1", "", "2"]);
    assert_eq!(words(",1", b','), ["", "1"]);
    assert_eq!(words("1,", b','), ["1", ""]);
    assert_eq!(words("1, \r\n2,\n", b','), ["1", "", "2", ""]);
    assert_eq!(words(",", b','), ["", ""]);
    assert_eq!(words("1\t\t2\n", b'\t'), ["1", "", "2"]);
    assert_eq!(words(" ,\n", b','), ["", ""]);
}

#[test]
fn a_byte_that_may_stand_in_a_number_separates_nothing() {
    for byte in 0..=u8::MAX {
        let in_a_number = byte.is_ascii_alphanumeric() || b"+-.\r".contains(&byte);
        assert_eq!(Separator::new(byte).is_none(), in_a_number, "{byte:#x}");
    }
}

#[test]
fn words_are_the_same_wherever_the_text_is_cut() {
    let mut random = Random::new(11);
    for round in 0..20_000 {
        let byte = random.pick(b",, \t;\n\0");
        let alphabet = [
            b"12345678901 \t\n\r",
            b"1 \t\n\n\r\r1 \n,;\0,;",
            b",,,,111\r\r\n\n \t;\0",
        ][random.below(3)];
        let size = random.below(if round % 10 == 0 { 60 } else { 16 });
        let mut text: Vec<u8> = (0..size).map(|_| random.pick(alphabet)).collect();
        for place in &mut text {
            if random.one_in(4) {
                *place = byte;
            }
        }
        let expected = reference(&text, byte);
        assert_eq!(
            words_in_parts(&text, byte, &[]),
            expected,
            "{byte:?} {text:?}"
        );
        for cut in 0..text.len() {
            let found = words_in_parts(&text, byte, &[cut]);
            assert_eq!(found, expected, "{byte:?} {text:?} cut at {cut}");
        }
        let every: Vec<usize> = (0..text.len()).collect();
        assert_eq!(
            words_in_parts(&text, byte, &every),
            expected,
            "{byte:?} {text:?}"
        );
    }
}

/// A part that is not the last leaves at most one word and what is around it.
#[test]
fn a_part_leaves_one_word_at_most() {
    for (part, left) in [
        ("1 2", "2"),
        ("1 2 ", ""),
        ("1,2,", "2,"),
        ("1,2, ", "2, "),
        ("1,2\n", ""),
        ("1,2\r", "2\r"),
        ("1,2,\r", "2,\r"),
        ("1,2,3", "3"),
        ("  ", ""),
        ("\r", "\r"),
    ] {
        let byte = if part.contains(',') { b',' } else { b' ' };
        let mut words = TextWords::new(part.as_bytes(), separator(byte), false);
        let _count = words.by_ref().count();
        assert_eq!(&part[words.consumed()..], left, "{part:?}");
    }
}
