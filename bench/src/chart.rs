//! A chart of throughput against size, as an SVG that needs nothing else.

use std::fmt::Write;

use crate::data::Data;
use crate::names::*;
use crate::results::Row;

/// Who is shown: the name, what the chart calls it, and its style.
const LINES: [(&str, &str, &str); 7] = [
    (TALLY, "tally_sum_f64, exact", "tally"),
    (TALLY_ADD, "tally_accumulator, exact", "add"),
    (C_NAIVE, "C loop, not exact", "naive"),
    (C_READ, "C, reading only", "read"),
    (NUMPY, "numpy.sum, not exact", "numpy"),
    (ACCURATE, "crate accurate, exact", "accurate"),
    (FSUM, "crate fsum, exact", "fsum"),
];

/// Colours that can be told apart on either ground, by those too who see fewer.
const STYLE: &str = "\
text { font-family: system-ui, sans-serif; font-size: 13px; fill: #1f2328 }
.title { font-size: 16px; font-weight: 600 }
.small { font-size: 12px; fill: #59636e }
.ground { fill: #ffffff; stroke: #d1d9e0 }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.cache { stroke: #818b98; stroke-width: 1; stroke-dasharray: 2 4 }
.line { fill: none; stroke-width: 2; stroke-linejoin: round }
.dot { fill: none; stroke-width: 3 }
.lead { fill: none; stroke-width: 1; opacity: .6 }
.tally { stroke: #cf222e } .add { stroke: #e16f24 } .naive { stroke: #1f2328 }
.read { stroke: #818b98 } .numpy { stroke: #8250df } .accurate { stroke: #0969da }
.fsum { stroke: #1a7f37 }
.line.tally { stroke-width: 3.5 } .line.read { stroke-dasharray: 6 4 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .small { fill: #9198a1 }
.ground { fill: #0d1117; stroke: #3d444d } .grid { stroke: #2a313c }
.tally { stroke: #ff6a69 } .add { stroke: #f0883e } .naive { stroke: #f0f6fc }
.numpy { stroke: #ab7df8 } .accurate { stroke: #4493f8 } .fsum { stroke: #3fb950 }
}
";

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 520.0;
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

/// One line: its name and style, and GB/s at each size.
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
    let mut svg = Svg::new(cpu);
    svg.axes(&across, &up);
    for &(level, bytes) in caches {
        svg.cache(&across, level, bytes);
    }
    svg.lines(&across, &up, &lines);
    Some(svg.end())
}

fn lines(rows: &[Row]) -> Vec<Line> {
    let mine = |row: &&Row| row.operation == F64 && row.data == Data::Uniform.name();
    let rows: Vec<&Row> = rows.iter().filter(mine).collect();
    let line = |&(name, label, style): &(&str, &'static str, &'static str)| {
        let point = |row: &&Row| {
            let bytes = (row.values * size_of::<f64>()) as f64;
            Some((row.values as f64, bytes / row.nanoseconds(name)?))
        };
        Line {
            label,
            style,
            points: rows.iter().filter_map(point).collect(),
        }
    };
    let all = LINES.iter().map(line);
    all.filter(|line| !line.points.is_empty()).collect()
}

/// Where the names go: as near the ends of their lines as there is room. Names
/// that crowd each other are a stack, whose middle is the middle of its ends.
fn spread(ends: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by(|&a, &b| ends[a].total_cmp(&ends[b]));
    // Each stack: the place of its top, and the members.
    let mut stacks: Vec<(f64, Vec<usize>)> = Vec::new();
    for index in order {
        let mut stack = (ends[index], vec![index]);
        while let Some(above) =
            stacks.pop_if(|above| above.0 + above.1.len() as f64 * LINE_HEIGHT > stack.0)
        {
            let members = [above.1, stack.1].concat();
            let middle = members.iter().map(|&i| ends[i]).sum::<f64>() / members.len() as f64;
            let top = middle - (members.len() - 1) as f64 * LINE_HEIGHT / 2.0;
            stack = (top, members);
        }
        stacks.push(stack);
    }
    let mut places = ends.to_vec();
    for (top, members) in stacks {
        for (row, index) in members.into_iter().enumerate() {
            places[index] = top + row as f64 * LINE_HEIGHT;
        }
    }
    places
}

struct Svg(String);

impl Svg {
    fn new(cpu: &str) -> Self {
        let mut svg = Svg(String::new());
        svg.add(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             role=\"img\" aria-label=\"Throughput of sums of doubles against size\">\n\
             <style>\n{STYLE}</style>"
        ));
        let (width, height) = (WIDTH - 1.0, HEIGHT - 1.0);
        svg.add(&format!(
            "<rect class=\"ground\" x=\".5\" y=\".5\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>"
        ));
        svg.text(
            20.0,
            30.0,
            "title",
            "start",
            "Sums of doubles: GB/s by number of values",
        );
        let note = format!("uniform data, one core of {cpu}; both axes are logarithmic");
        svg.text(20.0, 50.0, "small", "start", &note);
        svg
    }

    fn add(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn text(&mut self, x: f64, y: f64, class: &str, anchor: &str, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        self.add(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let mut path = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            let command = if index == 0 { 'M' } else { 'L' };
            write!(path, "{command}{x:.1} {y:.1}").expect("a String takes all text");
        }
        self.add(&format!("<path class=\"{class}\" d=\"{path}\"/>"));
    }

    fn axes(&mut self, across: &Axis, up: &Axis) {
        for tick in up.ticks(&[1.0, 2.0, 5.0]) {
            let y = up.place(tick);
            self.path("grid", &[(LEFT, y), (RIGHT, y)]);
            self.text(LEFT - 8.0, y + 4.5, "small", "end", &plain(tick));
        }
        for tick in across.ticks(&[1.0]) {
            let x = across.place(tick);
            self.path("grid", &[(x, TOP), (x, BOTTOM)]);
            self.text(x, BOTTOM + 18.0, "small", "middle", &plain(tick));
        }
        let middle = (LEFT + RIGHT) / 2.0;
        self.text(middle, BOTTOM + 40.0, "small", "middle", "values");
        self.text(LEFT - 8.0, TOP - 8.0, "small", "end", "GB/s");
    }

    fn cache(&mut self, across: &Axis, level: u32, bytes: usize) {
        let values = (bytes / size_of::<f64>()) as f64;
        if values > across.values.0 && values < across.values.1 {
            let x = across.place(values);
            self.path("cache", &[(x, TOP), (x, BOTTOM)]);
            self.text(x, TOP - 8.0, "small", "middle", &format!("L{level}"));
        }
    }

    fn lines(&mut self, across: &Axis, up: &Axis, lines: &[Line]) {
        let place = |point: &(f64, f64)| (across.place(point.0), up.place(point.1));
        let end = |line: &Line| line.points.last().map_or(BOTTOM, |point| up.place(point.1));
        let names = spread(&lines.iter().map(end).collect::<Vec<_>>());
        // Ours come first in the list and are drawn last, above the others.
        for (line, name) in lines.iter().zip(names).rev() {
            let points: Vec<_> = line.points.iter().map(place).collect();
            self.path(&format!("line {}", line.style), &points);
            for (x, y) in &points {
                let style = line.style;
                self.add(&format!(
                    "<circle class=\"dot {style}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"1.5\"/>"
                ));
            }
            let lead = [
                (RIGHT + 3.0, end(line)),
                (RIGHT + 16.0, name),
                (RIGHT + 26.0, name),
            ];
            self.path(&format!("lead {}", line.style), &lead);
            self.text(RIGHT + 32.0, name + 4.5, "", "start", line.label);
        }
    }

    fn end(mut self) -> String {
        self.add("</svg>");
        self.0
    }
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
