//! What is measured, and how thoroughly.

use std::time::Duration;

use crate::data::{BINADES_300, Data, FRIENDLY, GROUPED, MAP, PRODUCTS, UNIFORM};
use crate::measure::Effort;
use crate::names::STATES;
use crate::progress::Progress;
use crate::python::Python;
use crate::races;
use crate::results::Row;

/// The sizes of everything, the rounds of a race, and the time of a run.
pub(crate) struct Plan {
    pub(crate) sizes: &'static [usize],
    short: &'static [usize],
    streams: &'static [usize],
    /// Over a tenth as many groups.
    groups: &'static [usize],
    columns: &'static [usize],
    /// Windows and running totals.
    by_row: &'static [usize],
    /// In 10 to 1,000,000 groups.
    by_group: &'static [usize],
    /// Long enough for two threads.
    shared: &'static [usize],
    /// In the texts.
    texts: &'static [usize],
    /// Of each race.
    pub(crate) rounds: usize,
    time: Duration,
}

/// The whole map.
pub(crate) const FULL: Plan = Plan {
    sizes: &[
        8, 16, 64, 256, 1000, 4000, 20_000, 100_000, 1_000_000, 4_000_000,
    ],
    short: &[1, 2, 3, 4, 6, 8, 12, 16, 17, 24, 32, 48, 64],
    streams: &[10, 100, 1000, 10_000],
    groups: &[10_000, 1_000_000],
    columns: &[1000, 10_000, 100_000, 1_000_000],
    by_row: &[1_000_000],
    by_group: &[1_000_000],
    shared: &[1_000_000, 10_000_000],
    texts: &[1, 100_000],
    rounds: 11,
    time: Duration::from_secs(9 * 60),
};

/// Three columns of it.
pub(crate) const QUICK: Plan = Plan {
    sizes: &[8, 1000, 100_000],
    short: &[1, 16, 64],
    streams: &[10, 1000],
    groups: &[1_000_000],
    columns: &[10_000],
    by_row: &[1_000_000],
    by_group: &[1_000_000],
    shared: &[1_000_000],
    texts: &[1, 100_000],
    rounds: 7,
    time: Duration::from_secs(100),
};

/// A step of a run: one kind of data, one size.
struct Step<'a> {
    label: String,
    races: usize,
    run: Box<dyn Fn(Effort) -> Vec<Row> + 'a>,
}

impl Plan {
    /// Measures everything whose label contains `only`, in the order of the tables.
    pub(crate) fn measure(&self, only: &str, python: Option<&Python>) -> Vec<Row> {
        let mut steps = self.steps(python);
        steps.retain(|step| step.label.contains(only));
        let races = steps.iter().map(|step| step.races).sum();
        let mut progress = Progress::new(races, self.rounds, self.time);
        let mut rows = Vec::new();
        for step in steps {
            let effort = progress.step(&step.label, step.races);
            rows.extend((step.run)(effort));
        }
        progress.clear();
        rows
    }

    fn steps<'a>(&self, python: Option<&'a Python>) -> Vec<Step<'a>> {
        let mut steps = Steps(Vec::new());
        steps.each(
            "map, sums",
            self.sizes,
            MAP,
            1,
            move |data, size, effort| vec![races::f64_sums(data, size, python, effort)],
        );
        let statistics = races::STATISTICS;
        let products = PRODUCTS;
        steps.each(
            "map, statistics",
            self.sizes,
            products,
            statistics,
            races::statistics,
        );
        steps.each(
            "map, streams",
            self.streams,
            MAP,
            1,
            |data, size, effort| vec![races::streams(data, size, effort)],
        );
        let held = &[races::HELD];
        steps.each("map, states", held, MAP, STATES.len(), |data, _, effort| {
            races::states(data, effort)
        });
        steps.each("groups", self.groups, GROUPED, 1, |data, size, effort| {
            vec![races::groups(data, size, effort)]
        });
        // One kind that is easy to add and one that is not.
        let kinds = &[UNIFORM, BINADES_300];
        steps.each(
            "short arrays",
            self.short,
            kinds,
            1,
            move |data, size, effort| vec![races::short_f64_sums(data, size, python, effort)],
        );
        steps.each("floats", self.sizes, FRIENDLY, 1, |data, size, effort| {
            vec![races::f32_sums(data, size, effort)]
        });
        let one = &[UNIFORM];
        steps.each("integers", self.sizes, one, 3, |_, size, effort| {
            races::integer_sums(size, effort)
        });
        steps.each(
            "columns",
            self.columns,
            one,
            races::COLUMNS,
            move |_, size, effort| races::columns(size, python, effort),
        );
        steps.each(
            "by row",
            self.by_row,
            one,
            races::BY_ROW,
            move |_, size, effort| races::by_row(size, python, effort),
        );
        let largest = &[4_000_000];
        steps.each("axes", largest, one, races::AXES, move |_, _, effort| {
            races::axes(python, effort)
        });
        steps.each(
            "by group",
            self.by_group,
            one,
            races::BY_GROUP,
            move |_, size, effort| races::by_group(size, python, effort),
        );
        steps.each("texts", self.texts, one, 3, |_, size, effort| {
            races::texts(size, effort)
        });
        steps.each(
            "two threads",
            self.shared,
            one,
            races::PARALLEL,
            |_, size, effort| races::parallel_sums(size, effort),
        );
        steps.each(
            "two threads, by group",
            self.by_group,
            one,
            races::BY_GROUP_ON_TWO,
            |_, size, effort| races::by_group_on_two(size, effort),
        );
        steps.0
    }
}

struct Steps<'a>(Vec<Step<'a>>);

impl<'a> Steps<'a> {
    /// A step for each size and each kind of data.
    fn each(
        &mut self,
        what: &str,
        sizes: &[usize],
        kinds: &[Data],
        races: usize,
        run: impl Fn(Data, usize, Effort) -> Vec<Row> + Copy + 'a,
    ) {
        for &size in sizes {
            for &data in kinds {
                self.0.push(Step {
                    label: format!("{what}: {size} values, {}", data.name),
                    races,
                    run: Box::new(move |effort| run(data, size, effort)),
                });
            }
        }
    }
}
