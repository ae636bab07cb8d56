//! What was aimed at, and what this run reached.

use crate::data::Data;
use crate::names::*;
use crate::report::{align, number};
use crate::results::Row;

/// What is held against the bound.
enum Measure {
    /// How many times as fast as this one: no less than the bound.
    AsFastAs(&'static str),
    /// How many times the time of this one: no more than the bound.
    TimesOf(&'static str),
    /// Nanoseconds for a call: no more than the bound.
    Nanoseconds,
}

/// A goal for each of several cases.
struct Goal {
    what: &'static str,
    operation: &'static str,
    sizes: &'static [usize],
    data: &'static [Data],
    ours: &'static str,
    measure: Measure,
    bound: f64,
}

use Measure::{AsFastAs, Nanoseconds, TimesOf};

/// From the first-level cache to the second.
const CACHE: &[usize] = &[4096, 20_000, 100_000];
/// Second-level cache.
const SECOND: &[usize] = &[20_000, 100_000];
/// Memory.
const MEMORY: &[usize] = &[10_000_000];
const FRIENDLY: &[Data] = &Data::FRIENDLY;
const FRIENDLY_AND_WIDE: &[Data] = &[Data::Uniform, Data::Normal, Data::Money, Data::Wide];
const OTHERS: &[Data] = &[Data::Wide, Data::Cancelling, Data::Opposites];
const CANCELLING: &[Data] = &[Data::Cancelling];
const UNIFORM: &[Data] = &[Data::Uniform];

const fn one_shot(
    what: &'static str,
    sizes: &'static [usize],
    data: &'static [Data],
    measure: Measure,
    bound: f64,
) -> Goal {
    goal(what, F64, sizes, data, TALLY, measure, bound)
}

const fn goal(
    what: &'static str,
    operation: &'static str,
    sizes: &'static [usize],
    data: &'static [Data],
    ours: &'static str,
    measure: Measure,
    bound: f64,
) -> Goal {
    Goal {
        what,
        operation,
        sizes,
        data,
        ours,
        measure,
        bound,
    }
}

/// The goals for sums.
#[rustfmt::skip]
const GOALS: [Goal; 22] = [
    one_shot("f64, friendly, in cache", CACHE, FRIENDLY, AsFastAs(C_NAIVE), 1.0),
    one_shot("f64, friendly and 2^+-200, memory", MEMORY, FRIENDLY_AND_WIDE, AsFastAs(C_NAIVE), 0.95),
    one_shot("f64, friendly and 2^+-200, memory", MEMORY, FRIENDLY_AND_WIDE, AsFastAs(C_READ), 0.95),
    one_shot("f64, friendly, 1000 values", &[1000], FRIENDLY, AsFastAs(C_NAIVE), 0.9),
    one_shot("f64, friendly, 8 values", &[8], FRIENDLY, Nanoseconds, 25.0),
    one_shot("f64, other data, 8 values", &[8], OTHERS, Nanoseconds, 25.0),
    one_shot("f64, cond 1e30, second-level cache", SECOND, CANCELLING, AsFastAs(C_NAIVE), 0.6),
    one_shot("f64, cond 1e30, memory", MEMORY, CANCELLING, AsFastAs(C_NAIVE), 0.9),
    goal("f64 on AVX2, friendly, in cache", F64, CACHE, FRIENDLY, SUM_AVX2, AsFastAs(C_AVX2), 1.0),
    goal("f64 on AVX2, friendly, memory", F64, MEMORY, FRIENDLY, SUM_AVX2, AsFastAs(C_AVX2), 1.0),
    goal("i32, 1000 values", I32, &[1000], UNIFORM, TALLY, AsFastAs(C_WRAPS), 0.9),
    goal("i32, 100,000 values and more", I32, &[100_000, 1_000_000, 10_000_000], UNIFORM, TALLY, AsFastAs(C_WRAPS), 0.97),
    goal("f32, friendly, 100,000 values", F32, &[100_000], FRIENDLY, TALLY, AsFastAs(C_NAIVE), 0.6),
    goal("f32, friendly, memory", F32, MEMORY, FRIENDLY, TALLY, AsFastAs(C_NAIVE), 0.95),
    goal("dot product, friendly, 1000 pairs", DOT, &[1000], FRIENDLY, TALLY, AsFastAs(C_NAIVE), 0.2),
    goal("dot product, friendly, 100,000 pairs", DOT, &[100_000], FRIENDLY, TALLY, AsFastAs(C_NAIVE), 0.6),
    goal("dot product, friendly, memory", DOT, MEMORY, FRIENDLY, TALLY, AsFastAs(C_NAIVE), 0.95),
    goal("f64 on two threads, in cache", PARALLEL_F64, &[1_000_000], UNIFORM, TALLY_TWO, AsFastAs(TALLY), 1.5),
    goal("f64 on two threads, memory", PARALLEL_F64, MEMORY, UNIFORM, TALLY_TWO, AsFastAs(TALLY), 1.1),
    goal("one value at a time, friendly, 1000 values", F64, &[1000], FRIENDLY, TALLY_ADD_ONE, TimesOf(C_CALL), 3.0),
    goal("one value at a time, friendly, in cache", F64, CACHE, FRIENDLY, TALLY_ADD_ONE, TimesOf(C_CALL), 3.0),
    goal("one value at a time, other data, in cache", F64, CACHE, OTHERS, TALLY_ADD_ONE, TimesOf(C_CALL), 3.0),
];

/// The goals that nothing here can measure, and why.
const UNMEASURED: &str = "\
not measured, since crate xsum gives wrong totals:
  f64 against xsum large: at least 12 times as fast on friendly data in cache,
    and as fast on every data set
  accumulator, wide data, against xsum large: at least 1.3 times as fast
  one value at a time: faster than xsum small";

/// What became of a goal.
pub(crate) struct Outcome {
    /// What it is about.
    pub(crate) what: String,
    /// What is to be reached.
    pub(crate) bound: String,
    /// The worst case, the best, and where the worst was: `None` if this run
    /// measured no case.
    pub(crate) reached: Option<(f64, f64, String)>,
    /// How many cases were measured, and how many there are.
    pub(crate) cases: (usize, usize),
    /// Every case that was measured is within the bound.
    pub(crate) met: bool,
}

/// Holds what was measured against every goal.
pub(crate) fn outcomes(rows: &[Row]) -> Vec<Outcome> {
    GOALS.iter().map(|goal| goal.outcome(rows)).collect()
}

impl Outcome {
    /// Every case was measured.
    fn is_complete(&self) -> bool {
        self.cases.0 == self.cases.1
    }
}

impl Goal {
    fn outcome(&self, rows: &[Row]) -> Outcome {
        let is_case = |row: &&Row| {
            row.operation == self.operation
                && self.sizes.contains(&row.values)
                && self.data.iter().any(|data| data.name() == row.data)
        };
        let mut figures: Vec<_> = rows
            .iter()
            .filter(is_case)
            .filter_map(|row| Some((self.figure(row)?, row)))
            .collect();
        figures.sort_by(|a, b| a.0.total_cmp(&b.0));
        if !matches!(self.measure, AsFastAs(_)) {
            figures.reverse();
        }
        let reached = figures.first().zip(figures.last()).map(|(worst, best)| {
            let place = format!("{} {}", worst.1.values, worst.1.data);
            (worst.0, best.0, place)
        });
        let met = match reached {
            Some((worst, _, _)) if matches!(self.measure, AsFastAs(_)) => worst >= self.bound,
            Some((worst, _, _)) => worst <= self.bound,
            None => false,
        };
        Outcome {
            what: self.what.to_string(),
            bound: self.bound(),
            reached,
            cases: (figures.len(), self.sizes.len() * self.data.len()),
            met,
        }
    }

    fn figure(&self, row: &Row) -> Option<f64> {
        match self.measure {
            AsFastAs(other) => row.ratio(self.ours, other),
            TimesOf(other) => row.ratio(other, self.ours),
            Nanoseconds => row.nanoseconds(self.ours),
        }
    }

    fn bound(&self) -> String {
        match self.measure {
            AsFastAs(other) => format!(">= {} x {other}", self.bound),
            TimesOf(other) => format!("<= {} times {other}", self.bound),
            Nanoseconds => format!("<= {} ns", self.bound),
        }
    }
}

/// Prints them.
pub(crate) fn print(outcomes: &[Outcome]) {
    println!("\ngoals: the worst and the best of all cases");
    for line in lines(outcomes) {
        println!("{line}");
    }
    println!("{UNMEASURED}");
    let met = |outcome: &&Outcome| outcome.met && outcome.is_complete();
    let met = outcomes.iter().filter(met).count();
    let complete = outcomes.iter().filter(|outcome| outcome.is_complete());
    let (complete, all) = (complete.count(), outcomes.len());
    println!("{met} goals met, of {complete} that were measured in full and {all} in all");
}

fn lines(outcomes: &[Outcome]) -> Vec<String> {
    let head = ["met", "goal", "bound", "worst", "best", "cases", "worst at"];
    let mut entries = vec![head.map(str::to_string).to_vec()];
    for outcome in outcomes {
        let (worst, best, place) = match &outcome.reached {
            Some((worst, best, place)) => (number(*worst), number(*best), place.clone()),
            None => ("-".to_string(), "-".to_string(), "-".to_string()),
        };
        let met = match (outcome.met, &outcome.reached) {
            (true, _) if outcome.is_complete() => "yes",
            (true, _) => "part",
            (false, Some(_)) => "NO",
            (false, None) => "-",
        };
        let cases = format!("{}/{}", outcome.cases.0, outcome.cases.1);
        let (what, bound) = (outcome.what.clone(), outcome.bound.clone());
        entries.push(vec![
            met.to_string(),
            what,
            bound,
            worst,
            best,
            cases,
            place,
        ]);
    }
    align(&entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Timing;

    fn row(values: usize, data: Data, ours: f64, theirs: f64) -> Row {
        let timing = |name: &str, nanoseconds| Timing {
            name: name.to_string(),
            nanoseconds,
            wrong: false,
        };
        Row {
            operation: F64,
            values,
            data: data.name(),
            timings: vec![timing(TALLY, ours), timing(C_NAIVE, theirs)],
        }
    }

    #[test]
    fn a_goal_is_met_if_its_worst_case_is() {
        let goal = one_shot("it", &[8, 9], FRIENDLY, AsFastAs(C_NAIVE), 0.9);
        let good = row(8, Data::Normal, 1.0, 2.0);
        let enough = row(9, Data::Money, 10.0, 9.0);
        let other = row(7, Data::Money, 100.0, 1.0);
        let met = goal.outcome(&[good, enough, other]);
        assert!(met.met);
        assert_eq!(met.cases, (2, 6));
        assert_eq!(met.reached, Some((0.9, 2.0, "9 money".to_string())));

        let bad = row(8, Data::Uniform, 10.0, 8.9);
        let good = row(8, Data::Normal, 1.0, 2.0);
        assert!(!goal.outcome(&[bad, good]).met);
    }

    #[test]
    fn a_limit_is_kept_if_the_slowest_case_keeps_it() {
        let goal = one_shot("it", &[8], FRIENDLY, Nanoseconds, 25.0);
        let rows = |slow| {
            [
                row(8, Data::Normal, 20.0, 1.0),
                row(8, Data::Money, slow, 1.0),
            ]
        };
        assert!(goal.outcome(&rows(25.0)).met);
        assert!(!goal.outcome(&rows(25.1)).met);
    }

    #[test]
    fn a_goal_that_nothing_measured_is_not_met() {
        assert!(outcomes(&[]).iter().all(|outcome| !outcome.met));
    }
}
