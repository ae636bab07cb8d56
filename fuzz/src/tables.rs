//! What the `tally` program must print of a table of words, by its manual: each question is a
//! file, options and an answer that a few lines and big integers find.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use tally::api::decimal::tally_decimal;
use tally::api::decimal_value::tally_rounding::{self, *};
use tally::api::moments::tally_moments;

use crate::answers::{quotient, root, rounded_text};
use crate::input::Input;
use crate::meaning::Meaning;
use crate::support::decimals::{POINT, ten_to};
use crate::text::Reads;
use crate::written::{Word, read};

pub(crate) type Row<'a> = Vec<&'a [u8]>;

pub(crate) enum Answer {
    /// Exit status 1, and nothing printed.
    Refused,
    Printed(String),
    /// Doubles in whatever form, with tabs between them; `None` is NA.
    Doubles(Vec<Option<f64>>),
}

pub(crate) struct Question {
    pub(crate) options: Vec<String>,
    pub(crate) file: Vec<u8>,
    pub(crate) answer: Answer,
}

const MISSING: &[u8] = b"NA";

/// The rows of a text with blanks between its words. `None` if one has more words than
/// another, or if another form of the file would need more than its words.
pub(crate) fn rows(text: &[u8]) -> Option<Vec<Row<'_>>> {
    let is_plain = |&byte: &u8| matches!(byte, b'\n' | b'\t' | b' '..=b'~') && byte != b'"';
    if !text.iter().all(is_plain) {
        return None;
    }
    let rows: Vec<Row<'_>> = text.split(|&byte| byte == b'\n').map(words).collect();
    let rows: Vec<_> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    let width = rows.first()?.len();
    rows.iter().all(|row| row.len() == width).then_some(rows)
}

/// The words of a line, which blanks separate.
pub(crate) fn words(line: &[u8]) -> Row<'_> {
    line.split(|byte| matches!(byte, b' ' | b'\t'))
        .filter(|word| !word.is_empty())
        .collect()
}

/// One of the questions; `None` if it does not suit these rows.
pub(crate) fn question(rows: &[Row<'_>], input: &mut Input<'_>) -> Option<Question> {
    match input.byte() % 12 {
        0 => groups(rows),
        1 => products(rows),
        2 => rounded(rows, input),
        3 => quoted(rows),
        4 => thousands(rows),
        5 => money(rows, input),
        6 => deviations(rows),
        7 => extremes(rows),
        8 => weighted(rows, input),
        9 => header(rows),
        10 => quoted_groups(rows),
        _ => repeated(rows, input),
    }
}

/// The first column's total and count, if all its words are numbers.
pub(crate) fn total(rows: &[Row<'_>]) -> Answer {
    let mut meaning = Meaning::default();
    let all = rows.iter().try_for_each(|row| note(&mut meaning, row[0]));
    printed(all.map(|()| line(&meaning) + "\n"))
}

fn note(meaning: &mut Meaning, word: &[u8]) -> Option<()> {
    match word {
        MISSING => Some(()),
        word => tally_decimal::note(meaning, word).ok(),
    }
}

fn line(meaning: &Meaning) -> String {
    let total = meaning.decimal().text(meaning.scale, 1);
    format!("{total}\t{}", meaning.counters[0])
}

fn printed(text: Option<String>) -> Answer {
    text.map_or(Answer::Refused, Answer::Printed)
}

fn options(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// The rows as a file, each word in the form that a function gives it.
fn file(rows: &[Row<'_>], between: &[u8], form: impl Fn(usize, &[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut file = Vec::new();
    for row in rows {
        let words: Vec<_> = (0..).zip(row).map(|(at, word)| form(at, word)).collect();
        file.extend(words.join(between));
        file.push(b'\n');
    }
    file
}

/// The rows as a file of words and blanks.
pub(crate) fn plain_file(rows: &[Row<'_>]) -> Vec<u8> {
    file(rows, b" ", as_it_is)
}

fn as_it_is(_: usize, word: &[u8]) -> Vec<u8> {
    word.to_vec()
}

/// A question about the file as it is.
fn plain(rows: &[Row<'_>], wanted: &str, answer: Answer) -> Question {
    Question {
        options: options(wanted),
        file: plain_file(rows),
        answer,
    }
}

fn groups(rows: &[Row<'_>]) -> Option<Question> {
    let answer = of_groups(rows, |name| name.replace('\\', "\\\\"))?;
    Some(plain(rows, "-g 1 -c 2 --decimal --count", answer))
}

/// With a quote and a line end in each name.
fn quoted_groups(rows: &[Row<'_>]) -> Option<Question> {
    let shown = |name: &str| format!("\"{}\\x0a,", name.replace('\\', "\\\\"));
    Some(Question {
        options: options("-d , -g 1 -c 2 --decimal --count"),
        file: file(rows, b",", |at, word| match at {
            0 => [b"\"\"\"", word, b"\n,\""].concat(),
            _ => [b"\"", word, b"\""].concat(),
        }),
        answer: of_groups(rows, shown)?,
    })
}

/// The second column's total and count for each word of the first.
fn of_groups(rows: &[Row<'_>], shown: impl Fn(&str) -> String) -> Option<Answer> {
    rows.first().filter(|row| row.len() > 1)?;
    let mut found: Vec<(&[u8], Meaning)> = Vec::new();
    let all = rows.iter().try_for_each(|row| {
        let at = found.iter().position(|group| group.0 == row[0]);
        let at = at.unwrap_or_else(|| {
            found.push((row[0], Meaning::default()));
            found.len() - 1
        });
        note(&mut found[at].1, row[1])
    });
    let lines = found.iter().map(|(name, meaning)| {
        let name = shown(&String::from_utf8_lossy(name));
        format!("{name}\t{}\n", line(meaning))
    });
    Some(printed(all.map(|()| lines.collect())))
}

/// The product of two words, with as many digits after the point as both have.
fn product(meaning: &mut Meaning, words: [&[u8]; 2]) -> Option<()> {
    if words.contains(&MISSING) {
        return Some(());
    }
    let product = match words.map(read) {
        [Word::NotANumber, _] | [_, Word::NotANumber] => return None,
        [Word::Number(a), Word::Number(b)] => a.times(&b)?,
        [a, b] => {
            let value = a.size() * b.size();
            return tally_decimal::note(meaning, value.to_string().as_bytes()).ok();
        }
    };
    meaning.total += product.decimal()?;
    meaning.counters[0] += 1;
    meaning.scale = meaning.scale.max(product.places.min(POINT));
    Some(())
}

fn products(rows: &[Row<'_>]) -> Option<Question> {
    rows.first().filter(|row| row.len() > 1)?;
    let mut meaning = Meaning::default();
    let all = rows
        .iter()
        .try_for_each(|row| product(&mut meaning, [row[0], row[1]]));
    let answer = printed(all.map(|()| line(&meaning) + "\n"));
    Some(plain(rows, "-c 1 --times 2 --decimal --count", answer))
}

const ROUNDINGS: [(&str, tally_rounding); 6] = [
    ("half-even", TALLY_ROUND_HALF_EVEN),
    ("half-up", TALLY_ROUND_HALF_UP),
    ("down", TALLY_ROUND_DOWN),
    ("up", TALLY_ROUND_UP),
    ("ceiling", TALLY_ROUND_CEILING),
    ("floor", TALLY_ROUND_FLOOR),
];

fn rounded(rows: &[Row<'_>], input: &mut Input<'_>) -> Option<Question> {
    let digits = input.below(30);
    let (name, rounding) = input.pick(&ROUNDINGS);
    let mut meaning = Meaning::default();
    let all = rows.iter().try_for_each(|row| note(&mut meaning, row[0]));
    let unit = ten_to(POINT);
    let text = match meaning.special().expect("nothing is taken out") {
        Some(special) => special.to_string().to_lowercase(),
        None => rounded_text(&meaning.total, &unit, digits, rounding),
    };
    let wanted = format!("--decimal --digits {digits} --round {name}");
    Some(plain(rows, &wanted, printed(all.map(|()| text + "\n"))))
}

/// With quotes around each word, and a last field with a line end and quotes within.
fn quoted(rows: &[Row<'_>]) -> Option<Question> {
    let last = rows.first()?.len() - 1;
    Some(Question {
        options: options("-d , --decimal --count"),
        file: file(rows, b" ,\t", |at, word| {
            let end: &[u8] = if at == last {
                b"\",\"a\n\"\",b\""
            } else {
                b"\""
            };
            [b"\"", word, end].concat()
        }),
        answer: total(rows),
    })
}

/// A sign, digits before the point, and a fraction with its point; `None` of other words.
fn parts(word: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let signs = usize::from(word.first().is_some_and(|byte| b"+-".contains(byte)));
    let (sign, number) = word.split_at(signs);
    let point = number.iter().position(|&byte| byte == b'.');
    let (whole, fraction) = number.split_at(point.unwrap_or(number.len()));
    let after = fraction.get(1..).unwrap_or_default();
    let is_number = whole.len() + after.len() > 0;
    let digits = whole.iter().chain(after).all(u8::is_ascii_digit);
    (is_number && digits).then_some((sign, whole, fraction))
}

/// Digits in groups of three, if the first of them is not zero.
fn grouped(whole: &[u8]) -> Vec<u8> {
    if whole.first() == Some(&b'0') {
        return whole.to_vec();
    }
    let groups: Vec<_> = whole.rchunks(3).rev().collect();
    groups.join(&b',')
}

fn thousands(rows: &[Row<'_>]) -> Option<Question> {
    let first = |row: &Row<'_>| row[0].contains(&b',');
    if rows.iter().any(first) {
        return None;
    }
    Some(Question {
        options: options("--thousands , --decimal --count"),
        file: file(rows, b"\t", |_, word| match parts(word) {
            Some((sign, whole, fraction)) => [sign, &grouped(whole), fraction].concat(),
            None => word.to_vec(),
        }),
        answer: total(rows),
    })
}

/// With a currency and in parentheses, or with the sign elsewhere.
fn money(rows: &[Row<'_>], input: &mut Input<'_>) -> Option<Question> {
    let is_amount = |word: &[u8]| word == MISSING || parts(word).is_some();
    if !rows.iter().all(|row| is_amount(row[0])) {
        return None;
    }
    let style = input.byte();
    Some(Question {
        options: options("--money --decimal --count -c 1"),
        file: file(rows, b" ", |at, word| {
            let Some((sign, whole, fraction)) = parts(word).filter(|_| at == 0) else {
                return word.to_vec();
            };
            let amount = [&grouped(whole)[..], fraction].concat();
            let (before, after): (&[u8], &[u8]) = match (sign, style % 4) {
                (b"-", 0) => (b"($", b")"),
                (b"-", 1) => (b"-$", b""),
                (b"-", 2) => (b"$-", b""),
                (b"-", _) => (b"$", b"-"),
                _ => (b"$", b""),
            };
            [before, &amount, after].concat()
        }),
        answer: total(rows),
    })
}

/// The mean, variances and deviations: nearest doubles.
fn deviations(rows: &[Row<'_>]) -> Option<Question> {
    let mut meaning = Meaning::default();
    let all = rows.iter().try_for_each(|row| match row[0] {
        MISSING => Some(()),
        word => tally_moments::note(&mut meaning, word).ok(),
    });
    let wanted = "--mean --var --pvar --sd --psd";
    if all.is_none() {
        return Some(plain(rows, wanted, Answer::Refused));
    }
    if meaning.special() != Ok(None) {
        return None;
    }
    let count = meaning.counters[0];
    let squares = &meaning.squares * count - &meaning.total * &meaning.total;
    let [of_sample, of_all] = [count - 1, count].map(|less| BigInt::from(less) * count);
    // What no double can hold is printed, too, and is an error.
    let value = |enough: bool, value: &dyn Fn() -> crate::cells::Answer| match enough {
        true => value().ok().map(Some),
        false => Some(None),
    };
    let doubles = [
        value(count > 0, &|| {
            quotient(&meaning.total, &count.into(), -1074, 0.0)
        }),
        value(count > 1, &|| quotient(&squares, &of_sample, -2148, 0.0)),
        value(count > 0, &|| quotient(&squares, &of_all, -2148, 0.0)),
        value(count > 1, &|| root(&squares, &of_sample, -2148)),
        value(count > 0, &|| root(&squares, &of_all, -2148)),
    ];
    let doubles: Option<Vec<_>> = doubles.into_iter().collect();
    Some(plain(rows, wanted, Answer::Doubles(doubles?)))
}

fn extremes(rows: &[Row<'_>]) -> Option<Question> {
    let wanted = "--min --max";
    let mut found: Option<[&[u8]; 2]> = None;
    let mut nan = None;
    for word in rows
        .iter()
        .map(|row| row[0])
        .filter(|&word| word != MISSING)
    {
        let number = read(word);
        let is_good = match &number {
            Word::NotANumber => false,
            Word::Named(_) => true,
            Word::Number(number) => number.nearest().is_ok(),
        };
        if !is_good {
            return Some(plain(rows, wanted, Answer::Refused));
        }
        if matches!(number, Word::Named(value) if value.is_nan()) {
            nan.get_or_insert(word);
        }
        let [least, greatest] = found.get_or_insert([word, word]);
        if number.order(&read(least)).is_lt() {
            *least = word;
        }
        if number.order(&read(greatest)).is_gt() {
            *greatest = word;
        }
    }
    // As they are written, a NaN too.
    let text = match nan.map_or(found, |nan| Some([nan; 2])) {
        None => "NA\tNA\n".to_owned(),
        Some(words) => {
            let [least, greatest] = words.map(String::from_utf8_lossy);
            format!("{least}\t{greatest}\n")
        }
    };
    Some(plain(rows, wanted, Answer::Printed(text)))
}

fn weighted(rows: &[Row<'_>], input: &mut Input<'_>) -> Option<Question> {
    rows.first().filter(|row| row.len() > 1)?;
    let digits = input.below(30);
    let (name, rounding) = input.pick(&ROUNDINGS);
    let wanted = format!("-c 1 --weight 2 --mean --digits {digits} --round {name}");
    let (mut of_all, mut of_weights) = (Meaning::default(), Meaning::default());
    let all = rows
        .iter()
        .filter(|row| !row[..2].contains(&MISSING))
        .try_for_each(|row| {
            product(&mut of_all, [row[0], row[1]])?;
            note(&mut of_weights, row[1])
        });
    if all.is_none() {
        return Some(plain(rows, &wanted, Answer::Refused));
    }
    if [&of_all, &of_weights].map(Meaning::special) != [Ok(None), Ok(None)] {
        return None;
    }
    let (mut numerator, mut divisor) = (of_all.total, of_weights.total);
    if divisor.is_negative() {
        (numerator, divisor) = (-numerator, -divisor);
    }
    let text = match divisor.is_zero() {
        true => "NA".to_owned(),
        false => rounded_text(&numerator, &divisor, digits, rounding),
    };
    Some(plain(rows, &wanted, Answer::Printed(text + "\n")))
}

/// With names above, and a remark between.
fn header(rows: &[Row<'_>]) -> Option<Question> {
    if rows.iter().any(|row| row[0].starts_with(b"#")) {
        return None;
    }
    let names: Vec<_> = (0..rows.first()?.len())
        .map(|at| format!("c{at}"))
        .collect();
    let above = format!("#, \"\n{}\n#\n", names.join(" "));
    Some(Question {
        options: options("-H -c c0 --comment # --decimal --count"),
        file: [above.as_bytes(), &plain_file(rows)].concat(),
        answer: total(rows),
    })
}

/// So often that no buffer of the program has room for all of it.
fn repeated(rows: &[Row<'_>], input: &mut Input<'_>) -> Option<Question> {
    let once = plain_file(rows);
    let most = 300_000 / once.len();
    let times = 1 + most * usize::from(input.byte()) / 255;
    let mut meaning = Meaning::default();
    let all = rows.iter().try_for_each(|row| note(&mut meaning, row[0]));
    let times_as_much = |meaning: Meaning| Meaning {
        total: meaning.total * times,
        counters: meaning.counters.map(|count| count * times as i64),
        ..meaning
    };
    let answer = printed(all.map(|()| line(&times_as_much(meaning)) + "\n"));
    Some(Question {
        options: options("--decimal --count"),
        file: once.repeat(times),
        answer,
    })
}
