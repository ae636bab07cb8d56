//! A chart of throughput against size, as an SVG that needs nothing else.

use crate::data::UNIFORM;
use crate::names::*;
use crate::results::Row;

/// Who is shown: the name, what the chart calls it, and its style.
const LINES: [(&str, &str, &str); 7] = [
    (TALLY, "tally_sum_f64, exact", "tally"),
    (TALLY_ADD, "tally_accumulator, exact", "add"),
    (C_NAIVE, "C loop, not exact", "naive"),
    (C_READ, "C, reading only", "read"),
    (NUMPY_SUM, "numpy.sum, not exact", "numpy"),
    (ACCURATE, "crate accurate, exact", "accurate"),
    (FSUM, "crate fsum, exact", "fsum"),
];

/// What does not depend on the figures, and the colours.
const FRAME: &str = include_str!("chart.svg");

// The edges of the field that the lines are drawn in.
const LEFT: f64 = 62.0;
const RIGHT: f64 = 690.0;
const TOP: f64 = 88.0;
const BOTTOM: f64 = 462.0;

/// The least room between the names at the right.
const LINE_HEIGHT: f64 = 19.0;

/// From where to where a logarithmic axis goes, and between which pixels.
struct Axis {
    values: (f64, f64),
    pixels: (f64, f64),
}

impl Axis {
    fn place(&self, value: f64) -> f64 {
        let (from, to) = self.values;
        let part = (value / from).ln() / (to / from).ln();
        self.pixels.0 + part * (self.pixels.1 - self.pixels.0)
    }

    /// The values of the form 1, 2 or 5 times a power of ten, or 1 only.
    fn ticks(&self, steps: &[f64]) -> Vec<f64> {
        let (from, to) = self.values;
        let powers = from.log10().floor() as i32..=to.log10().ceil() as i32;
        let all = powers.flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)));
        all.filter(|tick| (from..=to * 1.0001).contains(tick))
            .collect()
    }
}

/// One line: GB/s at each size.
struct Line {
    label: &'static str,
    style: &'static str,
    points: Vec<(f64, f64)>,
}

/// The chart, if there are two sizes or more to draw. `caches` are levels and
/// bytes.
pub(crate) fn draw(rows: &[Row], cpu: &str, caches: &[(u32, usize)]) -> Option<String> {
    let lines = lines(rows);
    let points = || lines.iter().flat_map(|line| &line.points);
    let range = |of: fn(&(f64, f64)) -> f64| {
        let least = points().map(of).fold(f64::INFINITY, f64::min);
        (least, points().map(of).fold(0.0, f64::max))
    };
    let (sizes, speeds) = (range(|point| point.0), range(|point| point.1));
    if sizes.0 >= sizes.1 {
        return None;
    }
    let across = Axis {
        values: sizes,
        pixels: (LEFT, RIGHT),
    };
    let up = Axis {
        values: (speeds.0 / 1.2, speeds.1 * 1.2),
        pixels: (BOTTOM, TOP),
    };
    let mut svg = String::new();
    for tick in up.ticks(&[1.0, 2.0, 5.0]) {
        let y = up.place(tick);
        svg += &path("grid", &format!("M{LEFT} {y:.1}H{RIGHT}"));
        svg += &text(LEFT - 8.0, y + 4.5, "small end", &plain(tick));
    }
    let upright = |class, value, y, label: &str| {
        let x = across.place(value);
        path(class, &format!("M{x:.1} {TOP}V{BOTTOM}")) + &text(x, y, "small middle", label)
    };
    for tick in across.ticks(&[1.0]) {
        svg += &upright("grid", tick, BOTTOM + 18.0, &plain(tick));
    }
    for &(level, bytes) in caches {
        let values = (bytes / size_of::<f64>()) as f64;
        if values > sizes.0 && values < sizes.1 {
            svg += &upright("cache", values, TOP - 8.0, &format!("L{level}"));
        }
    }
    let end = |line: &Line| line.points.last().map_or(BOTTOM, |point| up.place(point.1));
    let names = spread(&lines.iter().map(end).collect::<Vec<_>>());
    // Ours come first in the list and are drawn last, above the others.
    for (line, name) in lines.iter().zip(names).rev() {
        let place = |(x, y): &(f64, f64)| format!("{:.1} {:.1}", across.place(*x), up.place(*y));
        let points: Vec<_> = line.points.iter().map(place).collect();
        let (from, to, end) = (RIGHT + 3.0, RIGHT + 16.0, end(line));
        svg += &format!("<g class=\"{}\">\n", line.style);
        svg += &path("line", &format!("M{}", points.join("L")));
        // Lines without length, whose round ends are the dots.
        svg += &path("dots", &format!("M{}h0", points.join("h0M")));
        svg += &path("lead", &format!("M{from} {end:.1}L{to} {name:.1}h10"));
        svg += &text(RIGHT + 32.0, name + 4.5, "name", line.label);
        svg += "</g>\n";
    }
    let cpu = cpu.replace('&', "&amp;").replace('<', "&lt;");
    Some(FRAME.replace("{cpu}", &cpu).replace("{lines}", &svg))
}

fn path(class: &str, path: &str) -> String {
    format!("<path class=\"{class}\" d=\"{path}\"/>\n")
}

fn text(x: f64, y: f64, class: &str, text: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\">{text}</text>\n")
}

fn lines(rows: &[Row]) -> Vec<Line> {
    let mine = |row: &&Row| row.operation == F64 && row.data == UNIFORM.name;
    let point = |row: &Row, name| {
        let bytes = (row.values * size_of::<f64>()) as f64;
        Some((row.values as f64, bytes / row.nanoseconds(name)?))
    };
    let line = |(name, label, style)| {
        let points = rows.iter().filter(mine);
        Line {
            label,
            style,
            points: points.filter_map(|row| point(row, name)).collect(),
        }
    };
    let all = LINES.into_iter().map(line);
    all.filter(|line| !line.points.is_empty()).collect()
}

/// Where the names go: as near the ends of their lines as there is room. Names
/// that crowd each other are a stack, whose middle is the middle of its ends. This
/// is isotonic regression of the ends, each less the room of the names above it,
/// by the min-max formula.
fn spread(ends: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by(|&a, &b| ends[a].total_cmp(&ends[b]));
    let room = |rank: usize| rank as f64 * LINE_HEIGHT;
    let mean = |from, to| {
        let parts = (from..=to).map(|rank| ends[order[rank]] - room(rank));
        parts.sum::<f64>() / (to - from + 1) as f64
    };
    let mut places = ends.to_vec();
    for rank in 0..ends.len() {
        let least = |from| {
            let means = (rank..ends.len()).map(|to| mean(from, to));
            means.fold(f64::INFINITY, f64::min)
        };
        let place = (0..=rank).map(least).fold(f64::NEG_INFINITY, f64::max);
        places[order[rank]] = place + room(rank);
    }
    places
}

/// 0.5, 20, 1,000, 10 million.
fn plain(value: f64) -> String {
    match value {
        1e6.. => format!("{} million", value / 1e6),
        1e3.. => format!("{},000", (value / 1e3).round()),
        _ => format!("{}", (value * 1000.0).round() / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_order_and_their_distance() {
        // Two pairs that stay apart, and three that crowd each other.
        let places = spread(&[101.0, 460.0, 100.0, 461.0]);
        assert_eq!(places, [110.0, 451.0, 91.0, 470.0]);
        let places = spread(&[100.0, 118.0, 136.0]);
        assert_eq!(places, [99.0, 118.0, 137.0]);
    }

    #[test]
    fn a_logarithmic_axis_has_equal_steps_for_equal_ratios() {
        let axis = Axis {
            values: (1.0, 100.0),
            pixels: (200.0, 0.0),
        };
        let places = [1.0, 10.0, 100.0].map(|value| axis.place(value).round());
        assert_eq!(places, [200.0, 100.0, 0.0]);
        assert_eq!(axis.ticks(&[1.0, 5.0]), [1.0, 5.0, 10.0, 50.0, 100.0]);
    }
}
