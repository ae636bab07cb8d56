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
    /// Prints the table. An entry that was not measured is a dash.
    pub(crate) fn print(&self, rows: &[Row]) {
        println!("\n{}", self.title);
        let lines: Vec<_> = std::iter::once(self.header())
            .chain(rows.iter().map(|row| self.line(row)))
            .collect();
        let width = |column: usize| lines.iter().map(|line| line[column].len()).max();
        let widths: Vec<_> = (0..lines[0].len()).map(|c| width(c).unwrap_or(0)).collect();
        let remarks = std::iter::once(String::new()).chain(rows.iter().map(|r| self.remark(r)));
        for (line, remark) in lines.iter().zip(remarks) {
            let mut text = String::new();
            for (column, (entry, width)) in line.iter().zip(&widths).enumerate() {
                // Numbers to the right; the second label, a word, to the left.
                let entry = match column {
                    0 => format!("{entry:>width$}"),
                    1 => format!("  {entry:<width$}"),
                    _ => format!("  {entry:>width$}"),
                };
                text.push_str(&entry);
            }
            text.push_str(&remark);
            println!("{}", text.trim_end());
        }
    }

    fn header(&self) -> Vec<String> {
        let mut entries: Vec<String> = self.labels.map(str::to_string).into();
        entries.push(self.ours.to_string());
        entries.extend(self.others.iter().map(|(name, _)| name.to_string()));
        entries.extend(self.ratios().map(|name| format!("x {name}")));
        entries
    }

    fn line(&self, row: &Row) -> Vec<String> {
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
            both.map_or("-".to_string(), |(theirs, ours)| {
                format!("{:.2}", theirs / ours)
            })
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
    match nanoseconds {
        None => "-".to_string(),
        Some(long) if long >= 100.0 => format!("{long:.0}"),
        Some(middling) if middling >= 10.0 => format!("{middling:.1}"),
        Some(short) => format!("{short:.3}"),
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
