//! Numbers in text.

use super::on;
use crate::c_loops::C_LOOPS;
use crate::data::{BINADES_300, MONEY, Random, UNIFORM};
use crate::library;
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Effort, race};
use crate::names::*;
use crate::peers;
use crate::results::Row;

/// A kind of text: the name of the data, and a function that makes lines of it.
type Kind = (&'static str, fn(usize) -> String);

const TEXTS: [Kind; 4] = [
    ("integers", |count| {
        let mut random = Random::new();
        lines((0..count).map(|_| random.below(2_000_000_000) as i64 - 1_000_000_000))
    }),
    ("money", |count| {
        let cents = MONEY.make(count);
        lines(cents.iter().map(|value| format!("{value:.2}")))
    }),
    // The shortest digits that read back: 16 or 17 of them.
    ("uniform", |count| lines(UNIFORM.make(count).iter())),
    // The same, with exponents.
    ("300 binades", |count| {
        let values = BINADES_300.make(count);
        lines(values.iter().map(|value| format!("{value:e}")))
    }),
];

fn lines(values: impl Iterator<Item = impl std::fmt::Display>) -> String {
    values.map(|value| format!("{value}\n")).collect()
}

/// Text to a total.
pub(crate) fn texts(count: usize, effort: Effort) -> Vec<Row> {
    let row = |&(data, make): &Kind| {
        let text = make(count);
        let bytes = text.as_bytes();
        let mut lanes = vec![
            on(TALLY, Exact, bytes, |text| {
                library::sum_text(text).to_bits()
            }),
            on(STD_PARSE, Rough, bytes, |text| {
                peers::std_parse(text).to_bits()
            }),
            on(FAST_FLOAT, Rough, bytes, |text| {
                peers::fast_float(text).to_bits()
            }),
        ];
        if let Some(c) = C_LOOPS {
            // It is told where the text ends by a NUL.
            let terminated = format!("{text}\0");
            let sum_text = c.sum_text;
            let work = move |_: &[u8]| sum_text.run(terminated.as_bytes()).to_bits();
            lanes.push(on(STRTOD, Rough, bytes, work));
        }
        Row {
            operation: TEXT,
            values: count,
            data,
            timings: race(lanes, effort),
        }
    };
    TEXTS.iter().map(row).collect()
}
