//! Timings of libtally against plain loops and other exact sums.
//!
//! | module | what it holds |
//! |---|---|
//! | `races` | who runs against whom |
//! | `library`, `peers`, `c_loops` | the contestants |
//! | `data` | the numbers that they add |
//! | `measure` | timing them in turn |
//! | `machine`, `report` | what is printed |

mod c_loops;
mod data;
mod library;
mod machine;
mod measure;
mod peers;
mod races;
mod report;

use std::process::ExitCode;

use data::Data;
use report::{Progress, Row};

const USAGE: &str = "\
usage: bench [--quick | --check]
  (nothing)  all sizes, in under two minutes
  --quick    two sizes, in under 20 seconds
  --check    fail unless tally_sum_f64 is right and at least as fast as the
             exact sum of crate accurate";

const SIZES: [usize; 4] = [8, 1000, 100_000, 10_000_000];
const QUICK_SIZES: [usize; 2] = [1000, 100_000];
const ROUNDS: usize = 9;

/// What `--check` measures, and how thoroughly.
const CHECK_SIZE: usize = 100_000;
const CHECK_ROUNDS: usize = 41;

/// How many values are in the states that are merged, saved and so on.
const STATE_SIZE: usize = 1000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => run(&SIZES),
        ["--quick"] => run(&QUICK_SIZES),
        ["--check"] => return check(),
        ["--help"] => println!("{USAGE}"),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn run(sizes: &[usize]) {
    print!("{}", machine::describe());
    println!("\n\"x NAME\": how many times as fast as NAME, in the same run.");
    let steps = sizes.len() * (Data::ALL.len() + 2) + Data::ALL.len();
    let mut progress = Progress::new(steps);

    let mut rows = Vec::new();
    for &size in sizes {
        for data in Data::ALL {
            progress.step(&format!("doubles: {size} values, {}", data.name()));
            rows.push(Row {
                labels: [size.to_string(), data.name().to_string()],
                timings: races::f64_sums(&data.make(size), ROUNDS),
            });
        }
    }
    progress.clear();
    for table in races::F64_TABLES {
        table.print(&rows);
    }

    rows.clear();
    for &size in sizes {
        progress.step(&format!("floats: {size} values"));
        rows.push(races::f32_sums(size, ROUNDS));
    }
    progress.clear();
    races::F32_TABLE.print(&rows);

    rows.clear();
    for &size in sizes {
        progress.step(&format!("integers: {size} values"));
        rows.extend(races::integer_sums(size, ROUNDS));
    }
    progress.clear();
    races::INTEGER_TABLE.print(&rows);

    rows.clear();
    for data in Data::ALL {
        progress.step(&format!("accumulators: {}", data.name()));
        rows.extend(races::states(data, STATE_SIZE, ROUNDS));
    }
    progress.clear();
    // The rows of one call together.
    rows.sort_by_key(|row| STATE_ORDER.iter().position(|call| *call == row.labels[0]));
    races::STATE_TABLE.print(&rows);
}

const STATE_ORDER: [&str; 4] = ["merge", "value", "save", "load"];

fn check() -> ExitCode {
    let [ours, theirs] = races::f64_duel(&Data::Uniform.make(CHECK_SIZE), CHECK_ROUNDS);
    println!(
        "{CHECK_SIZE} uniform doubles, median of {CHECK_ROUNDS} rounds: \
         tally_sum_f64 {:.3} ns per value, {} {:.3} ns per value",
        ours.nanoseconds, theirs.name, theirs.nanoseconds
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
