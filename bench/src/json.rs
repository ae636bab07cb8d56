//! All figures of a run, for other programs.

use std::fmt::Write;

use crate::goals::Outcome;
use crate::machine::Facts;
use crate::results::Row;

/// The run as one JSON object. Times are medians, in nanoseconds, for the whole
/// work: a call for an array, or one for each of its values.
pub(crate) fn text(facts: &Facts, rounds: usize, rows: &[Row], goals: &[Outcome]) -> String {
    let facts: Vec<_> = facts
        .iter()
        .map(|(name, text)| format!("    {}: {}", string(name), string(text)))
        .collect();
    let rows: Vec<_> = rows.iter().map(row).collect();
    let goals: Vec<_> = goals.iter().map(goal).collect();
    let mut text = String::new();
    write!(
        text,
        "{{\n  \"machine\": {{\n{}\n  }},\n  \"rounds\": {rounds},\n  \
         \"rows\": [\n{}\n  ],\n  \"goals\": [\n{}\n  ]\n}}\n",
        facts.join(",\n"),
        rows.join(",\n"),
        goals.join(",\n")
    )
    .expect("a String takes all text");
    text
}

fn row(row: &Row) -> String {
    let times: Vec<_> = row
        .timings
        .iter()
        .map(|timing| format!("{}: {:.3}", string(&timing.name), timing.nanoseconds))
        .collect();
    let wrong: Vec<_> = row.wrong().map(string).collect();
    format!(
        "    {{\"operation\": {}, \"values\": {}, \"data\": {}, \
         \"nanoseconds\": {{{}}}, \"wrong\": [{}]}}",
        string(row.operation),
        row.values,
        string(row.data),
        times.join(", "),
        wrong.join(", ")
    )
}

fn goal(goal: &Outcome) -> String {
    let reached = match &goal.reached {
        Some((worst, best, place)) => format!(
            "\"worst\": {worst:.4}, \"best\": {best:.4}, \"worst_at\": {}",
            string(place)
        ),
        None => "\"worst\": null, \"best\": null, \"worst_at\": null".to_string(),
    };
    format!(
        "    {{\"goal\": {}, \"bound\": {}, {reached}, \
         \"measured\": {}, \"cases\": {}, \"met\": {}}}",
        string(&goal.what),
        string(&goal.bound),
        goal.cases.0,
        goal.cases.1,
        goal.met
    )
}

/// A JSON string.
fn string(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control < ' ' => {
                write!(quoted, "\\u{:04x}", u32::from(control)).expect("a String takes all text");
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped() {
        assert_eq!(string("a\"b\\c\nd"), r#""a\"b\\c\u000ad""#);
    }
}
