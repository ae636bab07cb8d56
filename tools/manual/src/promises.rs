//! The promises of a document and the tests that hold them: `tests/promises` quotes each
//! document whole, sentence by sentence, and says of each sentence which tests break if it
//! is false, or why there is none:
//!
//! ```text
//! > A call that succeeds clears the record.
//!
//! - c_tests/c/errors.c: success_clears_it
//! ```
//!
//! A line below a quotation is a file of tests, with the name of a test in it or words that
//! occur there, such as the name that a script gives to a check. A quotation without a test
//! has one of the [`REASONS`]. So a sentence that is new or was changed is noticed, and so
//! is a test that is gone. The tests that `docs/exactness.md` names in its table of
//! obligations must exist, too.

use std::collections::BTreeSet;
use std::path::Path;

use crate::header;
use crate::sentences;

/// Each document, and where it is quoted.
const DOCUMENTS: [(&str, &str); 3] = [
    ("README.md", "tests/promises/readme.md"),
    ("docs/handles.md", "tests/promises/handles.md"),
    ("include/tally.h", "tests/promises/header.md"),
];

/// What each section of the header declares is quoted in a file of its own, here.
const HEADER: &str = "include/tally.h";
const DECLARATIONS: &str = "tests/promises/declarations";

const PROOF: &str = "docs/exactness.md";

/// Why a quotation has no test.
const REASONS: [&str; 4] = [
    "explains", // says how to read or use something, and nothing that could be false
    "asks",     // says what the caller must or must not do
    "measured", // by a benchmark: no test can hold it on any machine
    "untested", // a promise that no test here can break, followed by a colon and the reason
];

/// A part of a document, and what is said of it.
struct Quotation {
    words: Vec<String>,
    notes: Vec<String>,
}

/// Says what is not as it should be: sentences that are not quoted, quotations that are in
/// no document, tests that do not exist.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let mut problems = Vec::new();
    let (mut held, mut untested, mut all) = (0, 0, 0);
    for (table, sentences) in documents(root)? {
        let quotations = quotations(&crate::read(&root.join(&table))?);
        problems.extend(
            differences(&sentences, &quotations)
                .into_iter()
                .map(|problem| format!("{table}: {problem}")),
        );
        for quotation in &quotations {
            let problem = notes(root, quotation);
            problems.extend(problem.map(|problem| format!("{table}: {problem}")));
            held += usize::from(quotation.notes.iter().any(|note| !is_reason(note)));
            untested += usize::from(
                quotation
                    .notes
                    .iter()
                    .any(|note| reason(note) == "untested"),
            );
        }
        all += quotations.len();
    }
    problems.extend(obligations(root)?);
    println!("{all} quotations, {held} with tests, {untested} that no test holds");
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\nmanual: "))
    }
}

/// Where each document is quoted, and its sentences.
fn documents(root: &Path) -> Result<Vec<(String, Vec<String>)>, String> {
    let mut all = Vec::new();
    for (document, table) in DOCUMENTS {
        all.push((table.to_owned(), sentences::of_file(root, document)?));
    }
    let header = header::read(&root.join(HEADER))?;
    for section in &header.sections {
        let words = section.title.split(|c: char| !c.is_alphanumeric());
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        let name = words.join("-").to_lowercase();
        let declared = sentences::of_declarations(section).into_iter();
        let units = declared.flat_map(|(_, units)| units).collect();
        all.push((format!("{DECLARATIONS}/{name}.md"), units));
    }
    Ok(all)
}

/// The tests that the proof of the arithmetic names and that do not exist. Its table says
/// what each would find, and its tests are those of the core and of the programs in C.
fn obligations(root: &Path) -> Result<Vec<String>, String> {
    let text = crate::read(&root.join(PROOF))?;
    let (_, table) = text
        .split_once("| obligation |")
        .ok_or_else(|| format!("{PROOF} has no table of obligations"))?;
    let mut names = BTreeSet::new();
    for folder in ["core", "c_tests"] {
        tests_below(&root.join(folder), &mut names)?;
    }
    let rows = table
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with('|'));
    Ok(rows
        .filter_map(|row| row.split(" | ").last())
        .flat_map(|tests| tests.split('`').skip(1).step_by(2))
        .filter(|name| name.contains('_') && name.chars().all(header::is_word))
        .filter(|name| !names.contains(*name))
        .map(|name| format!("{PROOF}: there is no test '{name}'"))
        .collect())
}

/// Adds the names of the tests in a folder, and in the folders in it.
fn tests_below(folder: &Path, names: &mut BTreeSet<String>) -> Result<(), String> {
    let fail = |e| format!("{}: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.is_dir() {
            tests_below(&path, names)?;
            continue;
        }
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("rs") => names.extend(tests_of(&crate::read(&path)?)),
            Some("c") => names.extend(
                crate::read(&path)?
                    .lines()
                    .filter_map(|line| line.strip_prefix("static void ")?.split('(').next())
                    .map(str::to_owned),
            ),
            _ => {}
        }
    }
    Ok(())
}

/// The sentences of a document, as the quotations that they should be.
pub(crate) fn list(root: &Path, document: &str) -> Result<(), String> {
    let print = |unit: String| println!("> {unit}\n\n- \n");
    let Some((file, title)) = document.split_once('#') else {
        sentences::of_file(root, document)?
            .into_iter()
            .for_each(print);
        return Ok(());
    };
    let header = header::read(&root.join(file))?;
    for section in header.sections.iter().filter(|s| s.title == title) {
        println!("# The sentences of {title}, and the tests that hold them\n");
        for (name, units) in sentences::of_declarations(section) {
            println!("## {name}\n");
            units.into_iter().for_each(print);
        }
    }
    Ok(())
}

/// The quotations of a text, each with the lines below it.
fn quotations(text: &str) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("> ") {
            if !open {
                out.push(Quotation {
                    words: Vec::new(),
                    notes: Vec::new(),
                });
            }
            if let Some(last) = out.last_mut() {
                last.words
                    .extend(words.split_whitespace().map(str::to_owned));
            }
        } else if let (Some(note), Some(last)) = (line.strip_prefix("- "), out.last_mut()) {
            last.notes.push(note.trim().to_owned());
        } else if let (Some(more), Some(last)) = (line.strip_prefix("  "), out.last_mut())
            && let Some(note) = last.notes.last_mut()
        {
            *note = format!("{note} {}", more.trim());
        }
        open = line.starts_with("> ");
    }
    out
}

/// The quotations are the document's sentences, in their order.
fn differences(units: &[String], quotations: &[Quotation]) -> Vec<String> {
    let (of, words): (Vec<usize>, Vec<&str>) = units
        .iter()
        .enumerate()
        .flat_map(|(number, unit)| unit.split_whitespace().map(move |word| (number, word)))
        .unzip();
    let mut problems = Vec::new();
    // The sentences with words that no quotation has.
    let mut missing: BTreeSet<usize> = BTreeSet::new();
    let mut at = 0;
    for Quotation { words: quoted, .. } in quotations {
        let found = words[at..]
            .windows(quoted.len().max(1))
            .position(|part| part == quoted.as_slice());
        match found {
            Some(gap) => {
                missing.extend(&of[at..at + gap]);
                at += gap + quoted.len();
            }
            None => problems.push(format!("not in the document: {}", quoted.join(" "))),
        }
    }
    missing.extend(&of[at..]);
    problems.extend(
        missing
            .iter()
            .map(|&unit| format!("not quoted: {}", units[unit])),
    );
    problems
}

/// What stands before the colon of a line below a quotation.
fn reason(note: &str) -> &str {
    note.split(':').next().unwrap_or_default()
}

fn is_reason(note: &str) -> bool {
    REASONS.contains(&reason(note))
}

/// What is wrong with the tests of a quotation.
fn notes(root: &Path, quotation: &Quotation) -> Option<String> {
    let wrong = |problem: &str| Some(format!("{problem}: {}", quotation.words.join(" ")));
    if quotation.notes.is_empty() {
        return wrong("no test");
    }
    for note in &quotation.notes {
        if let Some(why) = note.strip_prefix("untested") {
            if why.strip_prefix(": ").is_none_or(str::is_empty) {
                return wrong("untested without a reason");
            }
        } else if !is_reason(note) && !exists(root, note) {
            return wrong(&format!("there is no test '{note}'"));
        }
    }
    None
}

/// Whether a test exists: in Rust a function with the attribute; elsewhere the words occur
/// in the file and not in a comment, the name of a function in C also where it is called. A
/// program or a script may be a test as a whole.
fn exists(root: &Path, test: &str) -> bool {
    let (file, name) = test.split_once(": ").unwrap_or((test, ""));
    let Ok(text) = crate::read(&root.join(file)) else {
        return false;
    };
    let ending = file.rsplit('.').next().unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(header::is_word);
    match ending {
        "c" | "cpp" | "h" | "f90" | "sh" | "py" | "mjs" if name.is_empty() => true,
        "rs" if is_name => tests_of(&text).iter().any(|test| test == name),
        "c" | "cpp" if is_name => {
            text.split(|c| !header::is_word(c))
                .filter(|word| *word == name)
                .count()
                > 1
        }
        _ => !name.is_empty() && text.lines().any(|line| code(line).contains(name)),
    }
}

/// A line, unless it is a comment.
fn code(line: &str) -> &str {
    let comment = ["#", "//", "/*", "*"];
    if comment.iter().any(|mark| line.trim().starts_with(mark)) {
        ""
    } else {
        line
    }
}

/// The tests of a text in Rust.
fn tests_of(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_test = |number: usize| {
        lines[..number]
            .iter()
            .rev()
            .take_while(|line| line.starts_with("#["))
            .any(|line| *line == "#[test]")
    };
    lines
        .iter()
        .enumerate()
        .filter(|(number, _)| is_test(*number))
        .filter_map(|(_, line)| line.strip_prefix("fn ")?.split('(').next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A title\n\n**Errors.** A call\nfails. Or *not*, see [the page](x.md#y).\n\n\
        ```\nint x.\n```\n\n| a | b |\n|---|---|\n| one | `two` |\n\n- An item: e.g. this.\n- Another\n  one.\n";

    fn problems(table: &str) -> Vec<String> {
        differences(&sentences::of_markdown(TEXT), &quotations(table))
    }

    #[test]
    fn new_and_changed_sentences_are_found() {
        let whole = "# Errors\n\n> **Errors.** A call\n> fails.\n\n- explains\n\n\
            > Or *not*, see the page.\n\n- a.c: b\n- c.c: d\n  e\n\n> | one | `two` |\n> An item: e.g. this. Another one.\n";
        assert_eq!(problems(whole), [""; 0]);
        assert_eq!(quotations(whole)[1].notes, ["a.c: b", "c.c: d e"]);
        assert_eq!(
            problems(&whole.replace("A call", "The call")),
            [
                "not in the document: **Errors.** The call fails.",
                "not quoted: **Errors.** A call fails."
            ]
        );
        assert_eq!(
            problems(&whole.replace(" Another one.", "")),
            ["not quoted: Another one."]
        );
    }

    #[test]
    fn a_test_is_found_in_its_file() {
        let rust = "    #[test]\n    #[ignore]\n    fn a() {}\n    fn b() {}\n";
        assert_eq!(tests_of(rust), ["a"]);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(exists(root, "src/promises.rs: a_test_is_found_in_its_file"));
        assert!(exists(root, "Cargo.toml: the HTML manual"));
        assert!(!exists(root, "Cargo.toml: no such words"));
        assert!(!exists(root, "src/nothing.rs: a"));
    }

    #[test]
    fn a_quotation_has_a_test_or_a_reason() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (note, right) in [
            ("- explains", true),
            ("- untested: why not", true),
            ("- untested", false),
            (
                "- src/promises.rs: a_quotation_has_a_test_or_a_reason",
                true,
            ),
            ("- Cargo.toml", false),
            ("", false),
        ] {
            let table = quotations(&format!("> A.\n\n{note}\n"));
            assert_eq!(notes(root, &table[0]).is_none(), right, "{note}");
        }
    }
}
