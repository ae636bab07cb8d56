//! The map of sums as a chart: an SVG that needs nothing else.

use crate::data::{Data, MAP, UNIFORM};
use crate::names::*;
use crate::plan::FULL;
use crate::results::Row;

/// What does not depend on the figures, and the colours.
const FRAME: &str = include_str!("map_chart.svg");

/// The two maps: the title, whose times, and the left edge.
const PANELS: [(&str, &str, f64); 2] = [
    ("tally_sum_f64, one call", TALLY, 112.0),
    ("tally_accumulator, add and value", TALLY_ADD, 510.0),
];

/// The colours: from which ratio on, the style, and the words of the legend.
const COLOURS: [(f64, &str, &str); 6] = [
    (10.0, "fastest", "10 and more"),
    (3.0, "fast", "3 to 10"),
    (1.5, "faster", "1.5 to 3"),
    (1.0, "even", "1 to 1.5"),
    (0.5, "slower", "0.5 to 1"),
    (0.0, "half", "below 0.5"),
];

/// Of a cell without its peer, and of one that was not measured.
const ALONE: &str = "alone";
const EMPTY: &str = "empty";

// The places of things, in pixels.
const CELL: (f64, f64) = (36.0, 28.0);
const STEP: (f64, f64) = (37.0, 29.0);
const TOP: f64 = 134.0;
const LOOP_TOP: f64 = 586.0;
const LEGEND_TOP: f64 = 640.0;

/// The chart. Cells that were not measured are empty.
pub(crate) fn draw(rows: &[Row], cpu: &str) -> String {
    let mut svg = String::new();
    for (title, name, left) in PANELS {
        svg += &text(left, TOP - 30.0, "panel", title);
        for (column, &size) in FULL.sizes.iter().enumerate() {
            let x = left + column as f64 * STEP.0;
            let middle = x + CELL.0 / 2.0;
            svg += &text(middle, TOP - 9.0, "small middle", &short(size));
            for (line, &data) in MAP.iter().enumerate() {
                let y = TOP + line as f64 * STEP.1;
                svg += &cell(x, y, find(rows, data, size), name, XSUM);
            }
            svg += &cell(x, LOOP_TOP, find(rows, UNIFORM, size), C_NAIVE, &[]);
        }
    }
    for (line, data) in MAP.iter().enumerate() {
        svg += &label(TOP + line as f64 * STEP.1, &[data.name]);
    }
    svg += &label(LOOP_TOP, &["C loop, uniform,", "not exact"]);
    svg += &legend();
    let machine = if rows.iter().any(|row| row.operation == F64) {
        let cpu = cpu.replace('&', "&amp;").replace('<', "&lt;");
        format!("One core of {cpu}.")
    } else {
        "Not measured yet.".to_string()
    };
    FRAME
        .replace("{machine}", &machine)
        .replace("{cells}", &svg)
}

fn find(rows: &[Row], data: Data, size: usize) -> Option<&Row> {
    rows.iter()
        .find(|row| (row.operation, row.data, row.values) == (F64, data.name, size))
}

/// A time, and below it the ratio to the best of `others`.
fn cell(x: f64, y: f64, row: Option<&Row>, name: &str, others: &[&str]) -> String {
    let time = row.and_then(|row| Some(row.nanoseconds(name)? / row.values as f64));
    let ratio = row.and_then(|row| row.ratio_to_best(name, others));
    let style = match (time, ratio) {
        (None, _) => EMPTY,
        (_, None) => ALONE,
        (_, Some(ratio)) => colour(ratio),
    };
    let (middle, base) = (x + CELL.0 / 2.0, y + CELL.1);
    let figure = |y, class, figure: String| text(middle, y, class, &figure);
    let inside = match (time, ratio) {
        (None, _) => String::new(),
        (Some(time), None) => figure(base - 9.5, "", digits(time)),
        (Some(time), Some(ratio)) => {
            figure(base - 15.0, "", digits(time))
                + &figure(base - 4.5, "ratio", format!("×{}", digits(ratio)))
        }
    };
    let (width, height) = CELL;
    format!(
        "<g class=\"cell {style}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" \
         height=\"{height}\" rx=\"2\"/>{inside}</g>\n"
    )
}

fn colour(ratio: f64) -> &'static str {
    let found = COLOURS.iter().find(|colour| ratio >= colour.0);
    found.map_or(EMPTY, |colour| colour.1)
}

fn legend() -> String {
    let mut svg = label(LEGEND_TOP, &["times as fast", "as xsum"]);
    let mut x = PANELS[0].2;
    let others = [(0.0, ALONE, "not compared"), (0.0, EMPTY, "not measured")];
    for (_, style, label) in COLOURS.iter().rev().chain(&others) {
        let y = LEGEND_TOP + (CELL.1 - 16.0) / 2.0;
        svg += &format!(
            "<g class=\"cell {style}\"><rect x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\" \
             rx=\"2\"/></g>\n"
        );
        svg += &text(x + 21.0, y + 12.5, "small", label);
        x += 36.0 + 6.4 * label.len() as f64;
    }
    svg
}

/// The lines of a label, left of the cells.
fn label(y: f64, lines: &[&str]) -> String {
    let class = if lines.len() == 1 { "end" } else { "small end" };
    let middle = y + CELL.1 / 2.0 + 4.5;
    let first = middle - 7.0 * (lines.len() - 1) as f64;
    let line = |(index, line): (usize, &&str)| {
        text(PANELS[0].2 - 10.0, first + 14.0 * index as f64, class, line)
    };
    lines.iter().enumerate().map(line).collect()
}

fn text(x: f64, y: f64, class: &str, text: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\">{text}</text>\n")
}

/// Two digits or more: 0.043, 0.61, 4.1, 12, 129.
fn digits(value: f64) -> String {
    // Whatever is rounded up to the next power of ten has a digit less.
    match value {
        9.95.. => format!("{value:.0}"),
        0.995.. => format!("{value:.1}"),
        0.0995.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// 256, 4k, 1M.
fn short(size: usize) -> String {
    match size {
        1_000_000.. => format!("{}M", size / 1_000_000),
        1_000.. => format!("{}k", size / 1_000),
        _ => size.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Timing;

    #[test]
    fn a_cell_shows_its_time_and_the_better_peer() {
        let timing = |name: &str, nanoseconds| Timing {
            name: name.to_string(),
            nanoseconds,
            wrong: false,
        };
        let row = Row {
            operation: F64,
            values: 1000,
            data: UNIFORM.name,
            timings: vec![
                timing(TALLY, 100.0),
                timing(XSUM_SMALL, 900.0),
                timing(XSUM_LARGE, 320.0),
            ],
        };
        let cell = cell(0.0, 0.0, Some(&row), TALLY, XSUM);
        assert!(cell.contains("class=\"cell fast\""), "{cell}");
        assert!(cell.contains(">0.10</text>"), "{cell}");
        assert!(cell.contains(">×3.2</text>"), "{cell}");
    }

    #[test]
    fn figures_have_two_digits_or_more() {
        let figures = [0.0432, 0.0996, 0.612, 0.996, 4.12, 9.96, 12.3, 129.4].map(digits);
        let expected = ["0.043", "0.10", "0.61", "1.0", "4.1", "10", "12", "129"];
        assert_eq!(figures, expected);
    }
}
