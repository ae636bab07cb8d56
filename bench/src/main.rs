//! Timings of libtally against plain loops and other exact sums.
//!
//! | module | what it holds |
//! |---|---|
//! | `races` | who runs against whom |
//! | `library`, `engines`, `peers`, `c_loops`, `python` | the contestants |
//! | `data`, `array` | the numbers that they add |
//! | `measure`, `results` | timing them in turn; what came of it |
//! | `names` | what everyone is called |
//! | `tables`, `report`, `progress`, `machine` | what is printed |
//! | `goals` | what was aimed at |
//! | `chart`, `json` | what is written to files |

mod array;
mod c_loops;
mod chart;
mod data;
mod engines;
mod goals;
mod json;
mod library;
mod machine;
mod measure;
mod names;
mod peers;
mod progress;
mod python;
mod races;
mod report;
mod results;
mod tables;

use std::path::Path;
use std::process::ExitCode;

use data::Data;
use progress::Progress;
use python::Python;
use results::Row;

const USAGE: &str = "\
usage: bench [--quick] [--out FOLDER] | --check
  (nothing)     all sizes, in a few minutes
  --quick       three sizes, in about 20 seconds
  --out FOLDER  writes bench.json and throughput.svg there too
  --check       fails unless tally_sum_f64 is right and at least as fast as the
                exact sum of crate accurate";

/// What is measured, and how thoroughly.
struct Plan {
    sizes: &'static [usize],
    short: &'static [usize],
    /// Long enough for two threads.
    shared: &'static [usize],
    rounds: usize,
}

const FULL: Plan = Plan {
    sizes: &[
        8, 16, 64, 256, 1000, 4096, 20_000, 100_000, 1_000_000, 10_000_000,
    ],
    short: &[1, 2, 3, 4, 6, 8, 12, 16, 17, 24, 32, 48, 64],
    shared: &[1_000_000, 10_000_000],
    rounds: 11,
};

const QUICK: Plan = Plan {
    sizes: &[8, 1000, 100_000],
    short: &[1, 16, 64],
    shared: &[1_000_000],
    rounds: 7,
};

/// What the short arrays hold: one kind that is easy to add and one that is not.
const SHORT_DATA: [Data; 2] = [Data::Uniform, Data::Wide];

/// What `--check` measures, and how thoroughly.
const CHECK_SIZE: usize = 100_000;
const CHECK_ROUNDS: usize = 41;

/// How many numbers are in the texts.
const TEXT_SIZES: [usize; 2] = [1, 100_000];

/// How many values are in the states that are merged, saved and so on.
const STATE_SIZE: usize = 1000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let core = machine::pin();
    match arguments[..] {
        [] => run(&FULL, core, None),
        ["--quick"] => run(&QUICK, core, None),
        ["--out", folder] => run(&FULL, core, Some(folder)),
        ["--quick", "--out", folder] | ["--out", folder, "--quick"] => {
            run(&QUICK, core, Some(folder))
        }
        ["--check"] => check(),
        ["--help"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn run(plan: &Plan, core: Option<usize>, folder: Option<&str>) -> ExitCode {
    let python = Python::start();
    let versions = python.as_ref().map(|python| python.versions.as_str());
    let facts = machine::describe(core, versions);
    for (name, text) in &facts {
        println!("{name:<8} {text}");
    }
    println!("\n\"x NAME\": how many times as fast as NAME, in the same run.");

    let rows = measure(plan, python.as_ref());
    for table in &tables::TABLES {
        table.print(&rows);
    }
    let outcomes = goals::outcomes(&rows);
    goals::print(&outcomes);

    if let Some(folder) = folder {
        let chart = chart::draw(&rows, &machine::cpu(), &machine::caches());
        let json = json::text(&facts, plan.rounds, &rows, &outcomes);
        let files = [("bench.json", Some(json)), ("throughput.svg", chart)];
        for (name, text) in files {
            let path = Path::new(folder).join(name);
            if let Some(Err(error)) = text.map(|text| std::fs::write(&path, text)) {
                eprintln!("{}: {error}", path.display());
                return ExitCode::FAILURE;
            }
        }
    }
    if rows.iter().any(ours_disagree) {
        println!("FAILED: two ways of the library's gave two answers");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Everything that is measured, in the order of the tables.
fn measure(plan: &Plan, python: Option<&Python>) -> Vec<Row> {
    let (sizes, rounds) = (plan.sizes, plan.rounds);
    let steps = sizes.len() * (Data::ALL.len() + Data::FRIENDLY.len() + 1)
        + sizes.len() * (Data::ALL.len() + 1)
        + TEXT_SIZES.len()
        + plan.short.len() * SHORT_DATA.len()
        + plan.shared.len()
        + Data::ALL.len();
    let mut progress = Progress::new(steps);
    let mut rows = Vec::new();
    for &size in sizes {
        for data in Data::ALL {
            progress.step(&format!("doubles: {size} values, {}", data.name()));
            rows.push(races::f64_sums(data, size, python, rounds));
        }
    }
    for data in SHORT_DATA {
        for &size in plan.short {
            progress.step(&format!("short arrays: {size} values, {}", data.name()));
            rows.push(races::short_f64_sums(data, size, python, rounds));
        }
    }
    for &size in sizes {
        for data in Data::FRIENDLY {
            progress.step(&format!("floats: {size} values, {}", data.name()));
            rows.push(races::f32_sums(data, size, rounds));
        }
    }
    for &size in sizes {
        progress.step(&format!("integers: {size} values"));
        rows.extend(races::integer_sums(size, rounds));
    }
    for &size in sizes {
        for data in Data::ALL {
            progress.step(&format!("dot products: {size} pairs, {}", data.name()));
            rows.push(races::dot_products(data, size, rounds));
        }
        progress.step(&format!("statistics: {size} values"));
        rows.extend(races::statistics(Data::Normal, size, rounds));
    }
    for size in TEXT_SIZES {
        progress.step(&format!("text: {size} values"));
        rows.extend(races::texts(size, rounds));
    }
    for &size in plan.shared {
        progress.step(&format!("two threads: {size} values"));
        rows.extend(races::parallel_sums(size, rounds));
    }
    for data in Data::ALL {
        progress.step(&format!("accumulators: {}", data.name()));
        rows.extend(races::states(data, STATE_SIZE, rounds));
    }
    progress.clear();
    rows
}

/// Whether one of the library's own contestants is among the wrong.
fn ours_disagree(row: &Row) -> bool {
    let ours = |name: &str| {
        [names::TALLY, names::SUM, names::ADD]
            .iter()
            .any(|start| name.starts_with(start))
    };
    row.wrong().any(ours)
}

fn check() -> ExitCode {
    let [ours, theirs] = races::f64_duel(Data::Uniform, CHECK_SIZE, CHECK_ROUNDS);
    let per_value = |nanoseconds: f64| nanoseconds / CHECK_SIZE as f64;
    println!(
        "{CHECK_SIZE} uniform doubles, median of {CHECK_ROUNDS} rounds: \
         tally_sum_f64 {:.3} ns per value, {} {:.3} ns per value",
        per_value(ours.nanoseconds),
        theirs.name,
        per_value(theirs.nanoseconds)
    );
    if theirs.wrong {
        println!("FAILED: the two totals differ");
    } else if ours.nanoseconds > theirs.nanoseconds {
        println!("FAILED: tally_sum_f64 is slower than {}", theirs.name);
    } else {
        println!("passed");
        return ExitCode::SUCCESS;
    }
    ExitCode::FAILURE
}
