//! Writes `include/tally.h` from the Rust sources.
//!
//! `header --write` writes it, `header --check` says whether the committed one
//! is what the sources give, `header --print` shows it. Run from anywhere: the
//! repository is found from this crate's own place, or given with `--root`.
//!
//! | module | what it does |
//! |---|---|
//! | [`source`] | finds the header's sections and what each one declares |
//! | [`rows`] | reads the tables of exported functions |
//! | [`section`] | one section: banner, introduction, cbindgen's declarations |
//! | [`nodiscard`] | marks each function whose result must not be thrown away |
//! | [`comment`] | documentation as C comments, free of Rust's words |
//! | [`preamble`] | what stands above and below the sections |
//! | [`warnings`] | makes any warning of cbindgen's an error |

mod comment;
mod nodiscard;
mod preamble;
mod rows;
mod section;
mod source;
mod warnings;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("header: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut action = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--root" => root = PathBuf::from(arguments.next().ok_or("--root needs a folder")?),
            "--write" | "--check" | "--print" => action = Some(argument),
            _ => {
                return Err(format!(
                    "unknown argument {argument}; see --write, --check, --print"
                ));
            }
        }
    }
    let action = action.ok_or("say what to do: --write, --check or --print")?;
    let text = header(&root)?;
    let path = root.join("include/tally.h");
    match action.as_str() {
        "--print" => print!("{text}"),
        "--write" => {
            std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        _ => compare(&read(&path)?, &text)?,
    }
    Ok(())
}

/// The whole header.
fn header(root: &Path) -> Result<String, String> {
    let template = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/preamble.h.in"))?;
    let manifest = read(&root.join("Cargo.toml"))?;
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml"))?;
    let preamble = preamble::fill(&template, &manifest)?;
    let (mut sections, mut classic) = (String::new(), String::new());
    let mut declared = Vec::new();
    for source in source::all(root)? {
        let section = section::write(&source, &config, &declared)?;
        let part = if source.classic {
            &mut classic
        } else {
            &mut sections
        };
        part.push_str(&section);
        declared.extend(source.types);
    }
    let text = nodiscard::mark(&preamble.around(&sections, &classic))?;
    comment::check(&text)?;
    Ok(text)
}

/// Names the first line where the committed header differs.
fn compare(committed: &str, made: &str) -> Result<(), String> {
    if committed == made {
        return Ok(());
    }
    let differs = committed
        .lines()
        .zip(made.lines())
        .position(|(old, new)| old != new)
        .unwrap_or_else(|| committed.lines().count().min(made.lines().count()));
    let line = |text: &str| text.lines().nth(differs).unwrap_or("(the end)").to_owned();
    Err(format!(
        "include/tally.h is not what the sources give; `make header` writes it.\n\
         line {}:\n  committed: {}\n  sources:   {}",
        differs + 1,
        line(committed),
        line(made)
    ))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_is_named_by_its_first_line() {
        assert_eq!(compare("a\nb\n", "a\nb\n"), Ok(()));
        let problem = compare("a\nb\n", "a\nc\n").unwrap_err();
        assert!(
            problem.contains("line 2:\n  committed: b\n  sources:   c"),
            "{problem}"
        );
        let problem = compare("a\n", "a\nb\n").unwrap_err();
        assert!(
            problem.contains("committed: (the end)\n  sources:   b"),
            "{problem}"
        );
    }
}
