//! What was aimed at, and what this run reached.

use crate::data::*;
use crate::names::*;
use crate::report::{align, number};
use crate::results::Row;

/// What is held against the bound.
enum Measure {
    /// How many times as fast as the best of these: no less than the bound.
    AsFastAs(&'static [&'static str]),
    /// Nanoseconds for a call: no more than the bound.
    Nanoseconds,
    /// Nanoseconds for a value: no more than the bound.
    PerValue,
}

/// A goal for each of several cases.
struct Goal {
    what: &'static str,
    operations: &'static [&'static str],
    sizes: &'static [usize],
    data: &'static [Data],
    ours: &'static str,
    measure: Measure,
    bound: f64,
}

use Measure::{AsFastAs, Nanoseconds, PerValue};

/// From 16 values to memory.
const ALL: &[usize] = &[
    16, 64, 256, 1000, 4000, 20_000, 100_000, 1_000_000, 4_000_000,
];
const FROM_256: &[usize] = &[256, 1000, 4000, 20_000, 100_000, 1_000_000, 4_000_000];
const FROM_4000: &[usize] = &[4000, 20_000, 100_000, 1_000_000, 4_000_000];
const FROM_20000: &[usize] = &[20_000, 100_000, 1_000_000, 4_000_000];
/// From the first-level cache to the second.
const CACHE: &[usize] = &[4000, 20_000, 100_000];
/// Second-level cache.
const SECOND: &[usize] = &[20_000, 100_000];
const MEMORY: &[usize] = &[4_000_000];
/// Of the parallel sums, which have the longest arrays.
const LONGEST: &[usize] = &[10_000_000];
const COLUMNS: &[&str] = &[COLUMN_BITS, COLUMN_BYTES, COLUMN_STRIDED];
const VARIANCES_OF_GROUPS: &[&str] = &[
    VARIANCES_OF_10,
    VARIANCES_OF_1000,
    VARIANCES_OF_100_000,
    VARIANCES_OF_1_000_000,
];
const MANY_GROUPS: &[&str] = &[
    SUMS_OF_100_000,
    SUMS_OF_1_000_000,
    VARIANCES_OF_100_000,
    VARIANCES_OF_1_000_000,
];
const SHAPES_OF_4: &[&str] = &[
    COLUMNS_OF_FEW_ROWS,
    FEW_COLUMNS,
    ROWS_OF_4,
    FLOATS_OF_FEW_ROWS,
    FEW_COLUMNS_OF_FLOATS,
    ROWS_OF_4_FLOATS,
];
/// In the states.
const HELD: &[usize] = &[1000];

/// Up to 200 binades, the outliers among them.
const NARROW: &[Data] = &[
    UNIFORM,
    NORMAL,
    MONEY,
    BINADE,
    BINADES_10,
    BINADES_30,
    BINADES_50,
    BINADES_80,
    BINADES_120,
    BINADES_200,
    OUTLIERS,
    CANCELLING,
];

const NAIVE: Measure = AsFastAs(&[C_NAIVE]);
const BETTER_XSUM: Measure = AsFastAs(XSUM);

const fn goal(
    what: &'static str,
    operations: &'static [&'static str],
    sizes: &'static [usize],
    data: &'static [Data],
    ours: &'static str,
    measure: Measure,
    bound: f64,
) -> Goal {
    Goal {
        what,
        operations,
        sizes,
        data,
        ours,
        measure,
        bound,
    }
}

/// Every goal that a run can measure.
#[rustfmt::skip]
const GOALS: &[Goal] = &[
    goal("one-shot, every cell", &[F64], ALL, MAP, TALLY, BETTER_XSUM, 1.0),
    goal("accumulator, every cell", &[F64], ALL, MAP, TALLY_ADD, BETTER_XSUM, 1.0),
    goal("one-shot, 256 values and more, up to 200 binades", &[F64], FROM_256, NARROW, TALLY, BETTER_XSUM, 1.5),
    goal("accumulator, 256 values and more, up to 200 binades", &[F64], FROM_256, NARROW, TALLY_ADD, BETTER_XSUM, 1.5),
    goal("one-shot, friendly, in cache", &[F64], CACHE, FRIENDLY, TALLY, BETTER_XSUM, 10.0),
    goal("accumulator, friendly, in cache", &[F64], CACHE, FRIENDLY, TALLY_ADD, BETTER_XSUM, 10.0),
    goal("one-shot on AVX2, every cell", &[F64], ALL, MAP, SUM_AVX2, BETTER_XSUM, 1.0),
    goal("accumulator on AVX2, every cell", &[F64], ALL, MAP, ADD_AVX2, BETTER_XSUM, 1.0),
    goal("one-shot, portable, every cell", &[F64], ALL, MAP, SUM_PORTABLE, BETTER_XSUM, 1.0),
    goal("accumulator, portable, every cell", &[F64], ALL, MAP, ADD_PORTABLE, BETTER_XSUM, 1.0),
    goal("one-shot, friendly, 4000 values and more", &[F64], FROM_4000, FRIENDLY, TALLY, NAIVE, 1.0),
    goal("accumulator, friendly, 20,000 values and more", &[F64], FROM_20000, FRIENDLY, TALLY_ADD, NAIVE, 0.9),
    goal("one-shot, friendly, 8 values", &[F64], &[8], FRIENDLY, TALLY, Nanoseconds, 15.0),
    goal("one-shot, friendly, 1000 values", &[F64], &[1000], FRIENDLY, TALLY, NAIVE, 0.6),
    goal("stream in Rust, long, any data", &[STREAM], &[1000, 10_000], MAP, TALLY_LOCAL, PerValue, 1.5),
    goal("stream in Rust, 10 values, any data", &[STREAM], &[10], MAP, TALLY_LOCAL, Nanoseconds, 30.0),
    goal("state: value_f64", &[STATE_VALUE], HELD, MAP, TALLY, Nanoseconds, 12.0),
    goal("state: merge", &[STATE_MERGE], HELD, MAP, TALLY, Nanoseconds, 30.0),
    goal("state: add of up to 16 values", &[STATE_ADD_0, STATE_ADD_1, STATE_ADD_16], HELD, MAP, TALLY, Nanoseconds, 25.0),
    goal("state: add_one", &[STATE_ADD_ONE], HELD, MAP, TALLY, Nanoseconds, 4.0),
    goal("small state: add_one", &[STATE_ADD_ONE], HELD, GROUPED, TALLY_SMALL, Nanoseconds, 4.0),
    goal("groups of 10 small states, 100,000 of them", &[GROUPS], &[1_000_000], GROUPED, TALLY_SMALL, PerValue, 8.0),
    goal("mean of 8", &[MEAN], &[8], FRIENDLY, TALLY, Nanoseconds, 40.0),
    goal("variance of 8", &[VARIANCE], &[8], FRIENDLY, TALLY, Nanoseconds, 90.0),
    goal("variance of 1000", &[VARIANCE], &[1000], FRIENDLY, TALLY, NAIVE, 0.5),
    goal("covariance and correlation, friendly", &[COVARIANCE, CORRELATION], FROM_20000, FRIENDLY, TALLY, NAIVE, 0.5),
    goal("covariance and correlation, 100 binades", &[COVARIANCE, CORRELATION], FROM_20000, &[BINADES_100], TALLY, NAIVE, 0.2),
    goal("moments, friendly, in cache", &[VARIANCE], CACHE, FRIENDLY, TALLY_ADD, PerValue, 0.2),
    goal("one-shot, cond 1e30, second-level cache", &[F64], SECOND, &[CANCELLING], TALLY, NAIVE, 0.6),
    goal("one-shot on AVX2, friendly, 4000 values and more", &[F64], FROM_4000, FRIENDLY, SUM_AVX2, AsFastAs(&[C_AVX2]), 1.0),
    goal("i32, 1000 values", &[I32], &[1000], &[UNIFORM], TALLY, AsFastAs(&[C_WRAPS]), 0.9),
    goal("i32, 100,000 values and more", &[I32], &[100_000, 1_000_000, 4_000_000], &[UNIFORM], TALLY, AsFastAs(&[C_WRAPS]), 0.97),
    goal("f32, friendly, 100,000 values", &[F32], &[100_000], FRIENDLY, TALLY, NAIVE, 0.6),
    goal("f32, friendly, memory", &[F32], MEMORY, FRIENDLY, TALLY, NAIVE, 0.95),
    goal("dot product, friendly, 1000 pairs", &[DOT], &[1000], FRIENDLY, TALLY, NAIVE, 0.2),
    goal("dot product, friendly, 100,000 pairs", &[DOT], &[100_000], FRIENDLY, TALLY, NAIVE, 0.6),
    goal("dot product, friendly, memory", &[DOT], MEMORY, FRIENDLY, TALLY, NAIVE, 0.95),
    goal("column with gaps, or apart, against a dense one", COLUMNS, &[1000, 10_000, 100_000, 1_000_000], &[UNIFORM], TALLY, AsFastAs(&[TALLY_DENSE]), 0.5),
    goal("column with gaps, against closing them by hand", &[COLUMN_BITS, COLUMN_BYTES], &[1000, 10_000, 100_000, 1_000_000], &[UNIFORM], TALLY, AsFastAs(&[BY_HAND]), 1.0),
    goal("column of u8, against a loop", &[COLUMN_U8], &[1000, 10_000, 100_000, 1_000_000], &[UNIFORM], TALLY, AsFastAs(&[RUST_LOOP]), 1.0),
    goal("columns of 1000 rows, against a loop", &[COLUMNS_OF_A_SQUARE, FLOATS_OF_A_SQUARE], &[1_000_000], &[UNIFORM], TALLY, AsFastAs(&[RUST_LOOP]), 0.5),
    goal("columns of 4 rows, 4 columns and rows of 4, against a loop", SHAPES_OF_4, &[4_000_000], &[UNIFORM], TALLY, AsFastAs(&[RUST_LOOP]), 0.5),
    goal("rows of 3, against a loop", &[ROWS_OF_3, ROWS_OF_3_FLOATS], &[3_000_000], &[UNIFORM], TALLY, AsFastAs(&[RUST_LOOP]), 0.5),
    goal("sums of up to 1000 groups, against a loop", &[SUMS_OF_10, SUMS_OF_1000], &[1_000_000], &[UNIFORM], TALLY, AsFastAs(&[RUST_LOOP]), 0.33),
    goal("sums of 100,000 groups and more, against a loop", &[SUMS_OF_100_000, SUMS_OF_1_000_000], &[1_000_000], &[UNIFORM], TALLY, AsFastAs(&[RUST_LOOP]), 0.166),
    goal("variances of groups, against two loops", VARIANCES_OF_GROUPS, &[1_000_000], &[UNIFORM], TALLY, AsFastAs(&[RUST_LOOP]), 0.166),
    goal("100,000 groups and more, against pandas", MANY_GROUPS, &[1_000_000], &[UNIFORM], TALLY, AsFastAs(&[PANDAS]), 1.0),
    goal("100,000 groups and more, against Polars", MANY_GROUPS, &[1_000_000], &[UNIFORM], TALLY, AsFastAs(&[POLARS]), 1.0),
    goal("text, 16 and 17 digits", &[TEXT], &[100_000], &[UNIFORM, BINADES_300], TALLY, AsFastAs(&[FAST_FLOAT]), 1.0),
    goal("text, money", &[TEXT], &[100_000], &[MONEY], TALLY, AsFastAs(&[FAST_FLOAT]), 1.0),
    goal("f64 on two threads, in cache", &[PARALLEL_F64], &[1_000_000], &[UNIFORM], TALLY_TWO, AsFastAs(&[TALLY]), 1.5),
    goal("f64 on two threads, memory", &[PARALLEL_F64], LONGEST, &[UNIFORM], TALLY_TWO, AsFastAs(&[TALLY]), 1.1),
];

/// The goals that no run on this machine can measure.
const UNMEASURED: &str = "\
instructions for each value on aarch64 are counted under emulation, not here";

/// What became of a goal.
pub(crate) struct Outcome {
    /// What it is about.
    pub(crate) what: String,
    /// What is to be reached.
    pub(crate) bound: String,
    /// The worst case, the best, and where the worst was: `None` if this run
    /// measured no case.
    pub(crate) reached: Option<(f64, f64, String)>,
    /// Whoever was missing where no case was measured although some were run.
    pub(crate) absent: Option<&'static str>,
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
            self.operations.contains(&row.operation)
                && self.sizes.contains(&row.values)
                && self.data.iter().any(|data| data.name == row.data)
        };
        let cases = || rows.iter().filter(is_case);
        let mut figures: Vec<_> = cases()
            .filter_map(|row| Some((self.figure(row)?, row)))
            .collect();
        figures.sort_by(|a, b| a.0.total_cmp(&b.0));
        if !matches!(self.measure, AsFastAs(_)) {
            figures.reverse();
        }
        let reached = figures.first().zip(figures.last()).map(|(worst, best)| {
            let row = worst.1;
            let operation = match self.operations {
                [_] => String::new(),
                _ => format!("{}, ", row.operation),
            };
            let place = format!("{operation}{} {}", row.values, row.data);
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
            absent: cases().find_map(|row| self.absent(row)),
            reached,
            cases: (
                figures.len(),
                self.operations.len() * self.sizes.len() * self.data.len(),
            ),
            met,
        }
    }

    fn figure(&self, row: &Row) -> Option<f64> {
        match self.measure {
            AsFastAs(others) => row.ratio_to_best(self.ours, others),
            Nanoseconds => row.nanoseconds(self.ours),
            PerValue => Some(row.nanoseconds(self.ours)? / row.values as f64),
        }
    }

    /// Whoever was not timed in a row.
    fn absent(&self, row: &Row) -> Option<&'static str> {
        let others: &[&str] = match self.measure {
            AsFastAs(others) => others,
            Nanoseconds | PerValue => &[],
        };
        let mut all = std::iter::once(&self.ours).chain(others);
        all.find(|name| row.nanoseconds(name).is_none()).copied()
    }

    fn bound(&self) -> String {
        match self.measure {
            AsFastAs(others) => format!(">= {} x {}", self.bound, others.join(", ")),
            Nanoseconds => format!("<= {} ns", self.bound),
            PerValue => format!("<= {} ns per value", self.bound),
        }
    }
}

/// Prints them.
pub(crate) fn print(outcomes: &[Outcome]) {
    println!("\ngoals: the worst and the best of all cells");
    for line in lines(outcomes) {
        println!("{line}");
    }
    println!("{UNMEASURED}");
    let met = |outcome: &&Outcome| outcome.met && outcome.is_complete();
    let met = outcomes.iter().filter(met).count();
    let complete = outcomes.iter().filter(|outcome| outcome.is_complete());
    let (complete, all) = (complete.count(), outcomes.len());
    println!("{met} goals met, of {complete} measured in full and {all} in total");
}

fn lines(outcomes: &[Outcome]) -> Vec<String> {
    let head = ["met", "goal", "bound", "worst", "best", "cases", "worst at"];
    let mut entries = vec![head.map(str::to_string).to_vec()];
    for outcome in outcomes {
        let (worst, best, place) = match &outcome.reached {
            Some((worst, best, place)) => (number(*worst), number(*best), place.clone()),
            None => {
                let why = outcome.absent.map(|name| format!(": no {name}"));
                let why = format!("not measured{}", why.unwrap_or_default());
                ("-".to_string(), "-".to_string(), why)
            }
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
    align(&entries, 1)
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
            data: data.name,
            timings: vec![timing(TALLY, ours), timing(C_NAIVE, theirs)],
        }
    }

    #[test]
    fn a_goal_is_met_if_its_worst_case_is() {
        let goal = goal("it", &[F64], &[8, 9], FRIENDLY, TALLY, NAIVE, 0.9);
        let good = row(8, NORMAL, 1.0, 2.0);
        let enough = row(9, MONEY, 10.0, 9.0);
        let other = row(7, MONEY, 100.0, 1.0);
        let met = goal.outcome(&[good, enough, other]);
        assert!(met.met);
        assert_eq!(met.cases, (2, 6));
        assert_eq!(met.reached, Some((0.9, 2.0, "9 money".to_string())));

        let bad = row(8, UNIFORM, 10.0, 8.9);
        let good = row(8, NORMAL, 1.0, 2.0);
        assert!(!goal.outcome(&[bad, good]).met);
    }

    #[test]
    fn a_limit_is_kept_if_the_slowest_case_keeps_it() {
        let goal = goal("it", &[F64], &[8], FRIENDLY, TALLY, Nanoseconds, 25.0);
        let rows = |slow| [row(8, NORMAL, 20.0, 1.0), row(8, MONEY, slow, 1.0)];
        assert!(goal.outcome(&rows(25.0)).met);
        assert!(!goal.outcome(&rows(25.1)).met);
    }

    #[test]
    fn a_goal_that_nothing_measured_is_not_met() {
        assert!(outcomes(&[]).iter().all(|outcome| !outcome.met));
    }
}
