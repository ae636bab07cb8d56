//! Timings of libtally against plain loops and other exact sums.
//!
//! | module | what it holds |
//! |---|---|
//! | `races` | who runs against whom |
//! | `library`, `engines`, `peers`, `c_loops`, `python` | the contestants |
//! | `data`, `array` | the numbers that they add |
//! | `plan`, `progress` | what is run, and in how much time |
//! | `measure`, `results` | timing them in turn, and the results |
//! | `names` | what everyone is called |
//! | `tables`, `report`, `machine` | what is printed |
//! | `goals` | what was aimed at |
//! | `chart`, `map_chart`, `json` | what is written to files |

mod array;
mod c_loops;
mod chart;
mod data;
mod engines;
mod goals;
mod json;
mod library;
mod machine;
mod map_chart;
mod measure;
mod names;
mod peers;
mod plan;
mod progress;
mod python;
mod races;
mod report;
mod results;
mod tables;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use measure::Effort;
use plan::{FULL, Plan, QUICK};
use python::Python;
use results::Row;

const USAGE: &str = "\
usage: bench [--quick] [--only TEXT] [--out FOLDER] | --check
  (none)        the whole map and everything else, in ten minutes at most
  --quick       three sizes, in two minutes at most
  --only TEXT   the steps whose label contains TEXT: \"map\", \"sums\", \"statistics\",
                \"streams\", \"states\", \"groups\", \"short\", \"floats\", \"integers\",
                \"columns\", \"by row\", \"axes\", \"by group\", \"texts\", \"threads\",
                or a size and a kind of data, such as \" 8 values, money\"
  --out FOLDER  also writes bench.json, map.svg and throughput.svg there
  --check       fails unless tally_sum_f64 is right and at least as fast as the
                exact sum of the crate accurate";

/// The array of `--check`.
const CHECK_SIZE: usize = 100_000;
const CHECK_EFFORT: Effort = Effort {
    rounds: 41,
    time: Duration::from_secs(60),
};

/// The command line.
struct Options {
    plan: &'static Plan,
    only: String,
    folder: Option<String>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let core = machine::pin();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--check"] => return check(),
        ["--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    match options(arguments) {
        Some(options) => run(&options, core),
        None => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// `None` if there is an argument too many, or one is missing.
fn options(arguments: Vec<String>) -> Option<Options> {
    let mut options = Options {
        plan: &FULL,
        only: String::new(),
        folder: None,
    };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => options.plan = &QUICK,
            "--only" => options.only = arguments.next()?,
            "--out" => options.folder = Some(arguments.next()?),
            _ => return None,
        }
    }
    Some(options)
}

fn run(options: &Options, core: Option<usize>) -> ExitCode {
    let python = Python::start(1);
    let facts = machine::describe(core, python.as_ref());
    for (name, text) in &facts {
        println!("{name:<8} {text}");
    }
    println!("\n\"x NAME\": how many times as fast as NAME, in the same run.");

    let rows = options.plan.measure(&options.only, python.as_ref());
    tables::print_maps(&rows);
    for table in tables::TABLES {
        table.print(&rows);
    }
    let outcomes = goals::outcomes(&rows);
    goals::print(&outcomes);
    for line in report::wrong(&rows) {
        println!("{line}");
    }

    if let Some(folder) = &options.folder {
        let cpu = machine::cpu();
        let files = [
            (
                "bench.json",
                Some(json::text(&facts, options.plan.rounds, &rows, &outcomes)),
            ),
            ("map.svg", Some(map_chart::draw(&rows, &cpu))),
            (
                "throughput.svg",
                chart::draw(&rows, &cpu, &machine::caches()),
            ),
        ];
        for (name, text) in files {
            let path = Path::new(folder).join(name);
            if let Some(Err(error)) = text.map(|text| std::fs::write(&path, text)) {
                eprintln!("{}: {error}", path.display());
                return ExitCode::FAILURE;
            }
        }
    }
    if rows.iter().any(ours_disagree) {
        println!("FAILED: two functions of the library gave different answers");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
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
    let [ours, theirs] = races::f64_duel(data::UNIFORM, CHECK_SIZE, CHECK_EFFORT);
    let per_value = |nanoseconds: f64| nanoseconds / CHECK_SIZE as f64;
    println!(
        "{CHECK_SIZE} uniform doubles, median of {} rounds: \
         tally_sum_f64 {:.3} ns per value, {} {:.3} ns per value",
        CHECK_EFFORT.rounds,
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
