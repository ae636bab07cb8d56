//! Finds circles among the modules of a crate: `layers CRATE_FOLDER...`
//!
//! A module depends on another if its code names something that is defined there. A
//! name that is only re-exported on the way counts as that of the module that defines
//! it, and neither declaring a module nor re-exporting from it is a dependency. Tests
//! are left out. Each circle is printed with a reason for each step, and the exit
//! status is 1 if there is one.

mod circles;
mod modules;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut found = 0;
    for folder in std::env::args().skip(1) {
        let crate_modules = match modules::read(Path::new(&folder)) {
            Ok(modules) => modules,
            Err(problem) => {
                eprintln!("layers: {problem}");
                return ExitCode::FAILURE;
            }
        };
        let dependencies = modules::dependencies(&crate_modules);
        let circles = circles::find(&dependencies);
        println!(
            "{folder}: {} modules, {} circles",
            crate_modules.len(),
            circles.len()
        );
        for circle in &circles {
            println!("  {}", circle.join(" -> "));
        }
        found += circles.len();
    }
    if found == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
