//! Tables of measurements as text.

use crate::results::Row;

/// What the first two columns of a table can be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// How many values.
    Values,
    /// What values.
    Data,
    /// What was done.
    Operation,
    /// That, and to what values.
    OperationAndData,
}

impl Label {
    fn head(self) -> &'static str {
        match self {
            Label::Values => "values",
            Label::Data => "data",
            Label::Operation | Label::OperationAndData => "of",
        }
    }

    fn of(self, row: &Row) -> String {
        match self {
            Label::Values => row.values.to_string(),
            Label::Data => row.data.to_string(),
            Label::Operation => row.operation.to_string(),
            Label::OperationAndData => format!("{}, {}", row.operation, row.data),
        }
    }
}

/// What a table's times are divided by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Per {
    /// The number of values.
    Value,
    /// Nothing.
    Call,
}

/// What a table shows of which rows.
pub(crate) struct Table {
    /// The line above it.
    pub(crate) title: &'static str,
    /// The operations that it is about.
    pub(crate) operations: &'static [&'static str],
    /// The labels of a row.
    pub(crate) labels: [Label; 2],
    /// The unit of time.
    pub(crate) per: Per,
    /// Whose times are shown; ratios are the first one's, if nothing else is
    /// said.
    pub(crate) times: &'static [&'static str],
    /// Against whom.
    pub(crate) ratios: &'static [&'static str],
    /// Others' ratios: of whom, and against whom.
    pub(crate) other_ratios: &'static [(&'static str, &'static str)],
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
        let mine = |row: &&Row| self.operations.contains(&row.operation);
        let mut rows: Vec<&Row> = rows.iter().filter(mine).collect();
        if self.labels[0] == Label::Operation {
            let place = |row: &&Row| self.operations.iter().position(|op| *op == row.operation);
            rows.sort_by_key(place);
        }
        let mut entries = vec![self.header()];
        entries.extend(rows.iter().map(|row| self.entries(row)));
        let mut lines = align(&entries);
        for (line, row) in lines[1..].iter_mut().zip(rows) {
            line.push_str(&self.remark(row));
        }
        lines
    }

    fn header(&self) -> Vec<String> {
        let labels = self.labels.iter().map(|label| label.head().to_string());
        let times = self.times.iter().map(|name| name.to_string());
        let ratios = self.ratios.iter().map(|name| format!("x {name}"));
        let others = self.other_ratios.iter();
        let others = others.map(|(fast, slow)| format!("{fast} x {slow}"));
        labels.chain(times).chain(ratios).chain(others).collect()
    }

    fn entries(&self, row: &Row) -> Vec<String> {
        let per = match self.per {
            Per::Value => row.values as f64,
            Per::Call => 1.0,
        };
        let time = |name: &&str| row.nanoseconds(name).map(|time| time / per);
        let ratio = |name: &&str| row.ratio(self.times[0], name);
        let labels = self.labels.iter().map(|label| label.of(row));
        let times = self.times.iter().map(time);
        let ratios = self.ratios.iter().map(ratio);
        let others = self.other_ratios.iter();
        let others = others.map(|(fast, slow)| row.ratio(fast, slow));
        let figures = times.chain(ratios).chain(others);
        labels
            .chain(figures.map(|figure| figure.map_or("-".to_string(), number)))
            .collect()
    }

    fn remark(&self, row: &Row) -> String {
        let shown = |name: &&str| self.times.contains(name);
        let wrong: Vec<_> = row.wrong().filter(shown).collect();
        if wrong.is_empty() {
            String::new()
        } else {
            format!("  WRONG: {}", wrong.join(", "))
        }
    }
}

/// Lines of columns: the second, a word, to the left, all others to the right.
pub(crate) fn align(entries: &[Vec<String>]) -> Vec<String> {
    let mut lines = vec![String::new(); entries.len()];
    for column in 0..entries[0].len() {
        let width = entries.iter().map(|row| row[column].len()).max();
        let width = width.unwrap_or(0);
        for (line, row) in lines.iter_mut().zip(entries) {
            let entry = &row[column];
            line.push_str(&match column {
                0 => format!("{entry:>width$}"),
                1 => format!("  {entry:<width$}"),
                _ => format!("  {entry:>width$}"),
            });
        }
    }
    lines
}

/// Three digits, more or less.
pub(crate) fn number(value: f64) -> String {
    match value {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Timing;

    fn timing(name: &str, nanoseconds: f64, wrong: bool) -> Timing {
        Timing {
            name: name.to_string(),
            nanoseconds,
            wrong,
        }
    }

    #[test]
    fn a_table_shows_its_rows_with_ratios_gaps_and_wrong_answers() {
        let table = Table {
            title: "title",
            operations: &["sum"],
            labels: [Label::Values, Label::Data],
            per: Per::Value,
            times: &["we", "loop", "liar", "read"],
            ratios: &["loop", "read"],
            other_ratios: &[("liar", "loop")],
        };
        let row = |operation| Row {
            operation,
            values: 8,
            data: "money",
            timings: vec![
                timing("we", 16.0, false),
                timing("loop", 4.0, false),
                timing("liar", 240.0, true),
            ],
        };
        let expected = [
            "values  data     we   loop  liar  read  x loop  x read  liar x loop",
            "     8  money  2.00  0.500  30.0     -   0.250       -        0.017  WRONG: liar",
        ];
        assert_eq!(table.lines(&[row("other"), row("sum")]), expected);
    }
}
