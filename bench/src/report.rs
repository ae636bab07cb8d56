//! Tables of measurements as text.

use crate::data::Data;
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

impl Per {
    fn of(self, time: f64, row: &Row) -> f64 {
        match self {
            Per::Value => time / row.values as f64,
            Per::Call => time,
        }
    }
}

/// What a table shows of which rows.
pub(crate) struct Table {
    /// The line above it.
    pub(crate) title: &'static str,
    /// The operations that it is about.
    pub(crate) operations: &'static [&'static str],
    /// The kinds of data; empty for all.
    pub(crate) only: &'static [Data],
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
    /// Prints the table, if there is anything in it.
    pub(crate) fn print(&self, rows: &[Row]) {
        print_lines(self.title, &self.lines(rows));
    }

    /// The header and a line for each row, aligned. An entry that was not
    /// measured is a dash.
    fn lines(&self, rows: &[Row]) -> Vec<String> {
        let shown = |data| self.only.is_empty() || self.only.iter().any(|kind| kind.name == data);
        let mine = |row: &&Row| self.operations.contains(&row.operation) && shown(row.data);
        let mut rows: Vec<&Row> = rows.iter().filter(mine).collect();
        if self.labels[0] == Label::Operation {
            let place = |row: &&Row| self.operations.iter().position(|op| *op == row.operation);
            rows.sort_by_key(place);
        }
        let mut entries = vec![self.header()];
        entries.extend(rows.iter().map(|row| self.entries(row)));
        let mut lines = align(&entries, 1);
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
        let time = |name: &&str| row.nanoseconds(name).map(|time| self.per.of(time, row));
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

/// One figure for each kind of data, downwards, and each number of values, or each
/// operation, across.
pub(crate) struct Map<'a> {
    /// The line above it.
    pub(crate) title: &'a str,
    /// The operations that it is about. With one, the columns are numbers of values.
    pub(crate) operations: &'static [&'static str],
    /// Whose times are shown.
    pub(crate) of: &'a str,
    /// The figures.
    pub(crate) figure: Figure,
}

/// A figure of a map.
#[derive(Clone, Copy)]
pub(crate) enum Figure {
    /// Nanoseconds.
    Time(Per),
    /// How many times as fast as the best of these.
    TimesAsFastAs(&'static [&'static str]),
}

impl Map<'_> {
    /// Prints the map, if there is anything in it.
    pub(crate) fn print(&self, rows: &[Row]) {
        print_lines(self.title, &self.lines(rows));
    }

    fn figure(&self, row: &Row) -> Option<f64> {
        match self.figure {
            Figure::Time(per) => Some(per.of(row.nanoseconds(self.of)?, row)),
            Figure::TimesAsFastAs(others) => row.ratio_to_best(self.of, others),
        }
    }

    fn column(&self, row: &Row) -> String {
        match self.operations {
            [_] => row.values.to_string(),
            _ => row.operation.to_string(),
        }
    }

    fn lines(&self, rows: &[Row]) -> Vec<String> {
        let cell = |row: &Row| Some((row.data, self.column(row), self.figure(row)?));
        let mine = rows
            .iter()
            .filter(|row| self.operations.contains(&row.operation));
        let cells: Vec<_> = mine.filter_map(cell).collect();
        let kinds = distinct(cells.iter().map(|cell| cell.0));
        let columns = distinct(cells.iter().map(|cell| cell.1.as_str()));
        let mut entries = vec![vec!["data".to_string()]];
        entries[0].extend(columns.iter().map(|column| column.to_string()));
        for kind in kinds {
            let entry = |column: &&str| {
                let found = cells
                    .iter()
                    .find(|cell| (cell.0, cell.1.as_str()) == (kind, *column));
                found.map_or("-".to_string(), |cell| number(cell.2))
            };
            let mut line = vec![kind.to_string()];
            line.extend(columns.iter().map(entry));
            entries.push(line);
        }
        align(&entries, 0)
    }
}

/// Each of `all` once, in the order of first appearance.
pub(crate) fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// Everyone who promised an exact answer and gave another one, with the case.
pub(crate) fn wrong(rows: &[Row]) -> Vec<String> {
    let line = |row: &Row| {
        let names: Vec<_> = row.wrong().collect();
        let names = names.join(", ");
        let line = format!(
            "WRONG: {names}: {}, {} {}",
            row.operation, row.values, row.data
        );
        (!names.is_empty()).then_some(line)
    };
    rows.iter().filter_map(line).collect()
}

/// The first line is a header, and is nothing by itself.
fn print_lines(title: &str, lines: &[String]) {
    if lines.len() > 1 {
        println!("\n{title}");
        for line in lines {
            println!("{line}");
        }
    }
}

/// Lines of columns: one of words to the left, all others to the right.
pub(crate) fn align(entries: &[Vec<String>], words: usize) -> Vec<String> {
    let mut lines = vec![String::new(); entries.len()];
    for column in 0..entries[0].len() {
        let width = entries.iter().map(|row| row[column].len()).max();
        let width = width.unwrap_or(0);
        for (line, row) in lines.iter_mut().zip(entries) {
            let entry = &row[column];
            if column > 0 {
                line.push_str("  ");
            }
            line.push_str(&if column == words {
                format!("{entry:<width$}")
            } else {
                format!("{entry:>width$}")
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
            only: &[],
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

    #[test]
    fn a_map_shows_the_best_peer_and_its_gaps() {
        let map = Map {
            title: "title",
            operations: &["sum"],
            of: "we",
            figure: Figure::TimesAsFastAs(&["small", "large"]),
        };
        let row = |data, values, large| Row {
            operation: "sum",
            values,
            data,
            timings: vec![
                timing("we", 2.0, false),
                timing("small", 8.0, false),
                timing("large", large, false),
            ],
        };
        let rows = [
            row("money", 8, 4.0),
            row("money", 1000, 30.0),
            row("wide", 8, 1.0),
        ];
        let expected = [
            "data       8  1000",
            "money   2.00  4.00",
            "wide   0.500     -",
        ];
        assert_eq!(map.lines(&rows), expected);
    }
}
