//! Tables on standard output, progress on standard error.

use std::io::{IsTerminal, Write};

use crate::measure::Timing;

/// One line of measurements: what was worked on, and how long each took.
pub(crate) struct Row {
    /// What was worked on: the size or the operation, and the data.
    pub(crate) labels: [String; 2],
    /// Everyone who was timed.
    pub(crate) timings: Vec<Timing>,
}

impl Row {
    fn nanoseconds(&self, name: &str) -> Option<f64> {
        let timing = self.timings.iter().find(|timing| timing.name == name)?;
        Some(timing.nanoseconds)
    }
}

/// What a table shows of its rows.
pub(crate) struct Table {
    /// The line above it.
    pub(crate) title: &'static str,
    /// What the labels of a row are.
    pub(crate) labels: [&'static str; 2],
    /// The contestant that the others are held against.
    pub(crate) ours: &'static str,
    /// The others, and whether a ratio to them is shown.
    pub(crate) others: &'static [(&'static str, bool)],
}

impl Table {
    /// Prints the table.
    pub(crate) fn print(&self, rows: &[Row]) {
        println!("\n{}", self.title);
        for line in self.lines(rows) {
            println!("{line}");
        }
    }

    /// The header and a line for each row, aligned. An entry that was not
    /// measured is a dash.
    fn lines(&self, rows: &[Row]) -> Vec<String> {
        let mut entries = vec![self.header()];
        entries.extend(rows.iter().map(|row| self.entries(row)));
        let mut lines = vec![String::new(); entries.len()];
        for column in 0..entries[0].len() {
            let width = entries.iter().map(|row| row[column].len()).max();
            let width = width.unwrap_or(0);
            for (line, row) in lines.iter_mut().zip(&entries) {
                let entry = &row[column];
                // Numbers to the right; the second label, a word, to the left.
                line.push_str(&match column {
                    0 => format!("{entry:>width$}"),
                    1 => format!("  {entry:<width$}"),
                    _ => format!("  {entry:>width$}"),
                });
            }
        }
        for (line, row) in lines[1..].iter_mut().zip(rows) {
            line.push_str(&self.remark(row));
        }
        lines
    }

    fn header(&self) -> Vec<String> {
        let mut entries: Vec<String> = self.labels.map(str::to_string).into();
        entries.push(self.ours.to_string());
        entries.extend(self.others.iter().map(|(name, _)| name.to_string()));
        entries.extend(self.ratios().map(|name| format!("x {name}")));
        entries
    }

    fn entries(&self, row: &Row) -> Vec<String> {
        let ours = row.nanoseconds(self.ours);
        let mut entries: Vec<String> = row.labels.clone().into();
        entries.push(time(ours));
        entries.extend(
            self.others
                .iter()
                .map(|(name, _)| time(row.nanoseconds(name))),
        );
        entries.extend(self.ratios().map(|name| {
            let both = row.nanoseconds(name).zip(ours);
            both.map_or("-".to_string(), |(theirs, ours)| number(theirs / ours))
        }));
        entries
    }

    fn ratios(&self) -> impl Iterator<Item = &'static str> {
        let shown = self.others.iter().filter(|(_, ratio)| *ratio);
        shown.map(|(name, _)| *name)
    }

    fn remark(&self, row: &Row) -> String {
        let shown = |name: &str| self.others.iter().any(|(other, _)| *other == name);
        let wrong: Vec<_> = row
            .timings
            .iter()
            .filter(|timing| timing.wrong && (timing.name == self.ours || shown(timing.name)))
            .map(|timing| timing.name)
            .collect();
        if wrong.is_empty() {
            String::new()
        } else {
            format!("  WRONG: {}", wrong.join(", "))
        }
    }
}

fn time(nanoseconds: Option<f64>) -> String {
    nanoseconds.map_or("-".to_string(), number)
}

/// Three digits, more or less.
fn number(value: f64) -> String {
    match value {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A line that says what is being measured, if anyone is there to read it.
pub(crate) struct Progress {
    shown: bool,
    done: usize,
    all: usize,
}

impl Progress {
    /// For `all` steps.
    pub(crate) fn new(all: usize) -> Self {
        let shown = std::io::stderr().is_terminal();
        Progress {
            shown,
            done: 0,
            all,
        }
    }

    /// Begins the next step.
    pub(crate) fn step(&mut self, what: &str) {
        self.done += 1;
        self.write(format_args!("[{}/{}] {what}", self.done, self.all));
    }

    /// Takes the line away, for something else to be printed.
    pub(crate) fn clear(&self) {
        self.write(format_args!(""));
    }

    fn write(&self, text: std::fmt::Arguments) {
        if self.shown {
            // A lost progress line is no reason to stop.
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
            let _ = std::io::stderr().flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timing(name: &'static str, nanoseconds: f64, wrong: bool) -> Timing {
        Timing {
            name,
            nanoseconds,
            wrong,
        }
    }

    #[test]
    fn a_table_shows_ratios_gaps_and_wrong_answers() {
        let table = Table {
            title: "title",
            labels: ["values", "data"],
            ours: "we",
            others: &[("loop", true), ("liar", true), ("read", false)],
        };
        let row = Row {
            labels: ["8".to_string(), "money".to_string()],
            timings: vec![
                timing("we", 2.0, false),
                timing("loop", 0.5, false),
                timing("liar", 30.0, true),
            ],
        };
        let expected = [
            "values  data     we   loop  liar  read  x loop  x liar",
            "     8  money  2.00  0.500  30.0     -   0.250    15.0  WRONG: liar",
        ];
        assert_eq!(table.lines(&[row]), expected);
    }
}
