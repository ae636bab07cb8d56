//! Coverage-guided tests: one program, whose harness is chosen by the variable
//! TALLY_FUZZ. README.md says how to run it.

#![no_main]

// The oracles are those of the library's own tests.
#[allow(dead_code)]
#[path = "../../core/tests/columns/cells.rs"]
mod cells;
#[allow(dead_code)]
#[path = "../../core/tests/columns/facts.rs"]
mod facts;
#[allow(dead_code)]
#[path = "../../core/tests/states/hostile.rs"]
mod hostile;
#[allow(dead_code)]
#[path = "../../core/tests/states/small_words.rs"]
mod small_words;
#[path = "../../core/tests/support/mod.rs"]
mod support;

mod answers;
mod array_decimals;
mod array_pairs;
mod arrow_damage;
mod arrow_path;
mod arrow_sums;
mod arrow_tree;
mod batches;
mod callbacks;
mod given;
mod handle_arrays;
mod input;
mod kinds;
mod layout;
mod meaning;
mod model;
mod passing;
mod place;
mod saved;
mod scattered;
mod tables;
mod written;

#[path = "../targets/arrays.rs"]
mod arrays;
#[path = "../targets/arrow.rs"]
mod arrow;
#[path = "../targets/calls.rs"]
mod calls;
#[path = "../targets/columns.rs"]
mod columns;
#[path = "../targets/load.rs"]
mod load;
#[path = "../targets/long.rs"]
mod long;
#[path = "../targets/state.rs"]
mod state;
#[path = "../targets/text.rs"]
mod text;
#[path = "../targets/tool.rs"]
mod tool;

use std::sync::LazyLock;

type Harness = fn(&[u8]);

/// Every harness, by name: a row here, a file in `targets`, a folder in `corpus`.
const HARNESSES: [(&str, Harness); 9] = [
    ("arrays", arrays::run),
    ("arrow", arrow::run),
    ("calls", calls::run),
    ("columns", columns::run),
    ("load", load::run),
    ("long", long::run),
    ("state", state::run),
    ("text", text::run),
    ("tool", tool::run),
];

static CHOSEN: LazyLock<Harness> = LazyLock::new(|| {
    let name = std::env::var("TALLY_FUZZ").unwrap_or_default();
    let found = HARNESSES.iter().find(|row| row.0 == name);
    let names = HARNESSES.map(|row| row.0).join(", ");
    found
        .unwrap_or_else(|| panic!("TALLY_FUZZ={name}: it is one of {names}"))
        .1
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| CHOSEN(data));
