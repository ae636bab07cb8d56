//! Words that a reader of a C manual cannot be expected to know, and names of what
//! is in the sources but not in an installation.

use crate::header::is_word;

/// Words of Rust. Those that are English or C too are not among them.
const RUST: [&str; 43] = [
    "Rust",
    "rustc",
    "rustfmt",
    "clippy",
    "Cargo",
    "cargo",
    "cbindgen",
    "crate",
    "crates",
    "fn",
    "impl",
    "mut",
    "dyn",
    "trait",
    "traits",
    "slice",
    "slices",
    "usize",
    "isize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "f32",
    "f64",
    "Arc",
    "Vec",
    "Box",
    "Option",
    "RefCell",
    "unwrap",
    "unwind",
    "unwinds",
    "unwinding",
    "panic",
    "panics",
    "panicked",
];

/// Folders of the sources.
const FOLDERS: [&str; 9] = [
    "src/",
    "tests/",
    "c_tests/",
    "bench/",
    "tools/",
    "docs/",
    "packaging/",
    "examples/",
    "include/tally",
];

/// What `make` makes in the sources.
const TARGETS: [&str; 7] = [
    "check", "demo", "bench", "docs", "install", "release", "deb",
];

/// What a text says that it should not.
pub(crate) fn problems(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        for word in line.split(|c| !is_word(c)) {
            if RUST.contains(&word) {
                found.push(format!("{word} is Rust, not C: {}", line.trim()));
            }
        }
        let words: Vec<&str> = line
            .split(|c: char| c.is_whitespace() || "\"'()[]<>,;".contains(c))
            .filter(|word| !word.is_empty())
            .collect();
        for word in &words {
            if FOLDERS.iter().any(|folder| word.starts_with(folder)) {
                found.push(format!("{word} is not installed: {}", line.trim()));
            }
        }
        for pair in words.windows(2) {
            let made = |target: &&str| pair[1].starts_with(*target);
            if pair[0] == "make" && TARGETS.iter().any(made) {
                found.push(format!("there is no {} {} here", pair[0], pair[1]));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_rust_are_found_where_they_stand_alone() {
        for text in ["a slice.", "takes &mut x", "Vec<u>", "as f64,", "an i128"] {
            assert_eq!(problems(text).len(), 1, "{text}");
        }
        for text in [
            "tally_sum_f64()",
            "rust_function",
            "boxed",
            "TALLY_PANIC",
            "an option",
        ] {
            assert_eq!(problems(text), Vec::<String>::new());
        }
    }

    #[test]
    fn paths_and_targets_of_the_sources_are_found() {
        for text in [
            "see docs/x.md",
            "(src/lib)",
            "make check-x",
            "'make demo' prints",
        ] {
            assert_eq!(problems(text).len(), 1, "{text}");
        }
        for text in [
            "reads/writes",
            "/usr/src/x",
            "they make it",
            "#include <tally.h>",
        ] {
            assert_eq!(problems(text), Vec::<String>::new());
        }
    }
}
