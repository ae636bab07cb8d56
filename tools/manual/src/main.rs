//! Makes the documentation that is installed, of what is written down already:
//! the comments of `include/tally.h`, the help of the tool, `docs/*.md`.
//!
//! `manual man FOLDER DATE` writes a page for each function and type to FOLDER;
//! `manual html HELP FOLDER DATE` writes the HTML manual; `manual tool HELP FOLDER
//! DATE` writes the tool's page and its completions for bash, zsh and fish: both read
//! what `tally --help` says. `manual guide` writes the programs of the guide into
//! `docs/guide.md`. A name that nothing declares is an error. `manual
//! check FOLDER...` reads what is installed in the folders, and says what is wrong
//! with it. `manual promises` compares the quotations in `tests/promises` with their
//! documents and tests, and `manual promises DOCUMENT` lists the sentences of one. Run
//! from anywhere: the repository is found from this crate's own place, or given first,
//! with `--root`.
//!
//! | module | what it does |
//! |---|---|
//! | [`header`] | reads the header: sections, comments, declarations |
//! | [`prose`] | a comment's paragraphs, and the names in them |
//! | [`man`] | pages of section 3 |
//! | [`mod@tool`] | the tool's help, its page of section 1 |
//! | [`complete`] | completions of the tool's options |
//! | [`html`] | the HTML manual's reference |
//! | [`cpp`] | the names of `tally.hpp` |
//! | [`mod@guide`] | `docs/*.md` as pages of the HTML manual, with the examples |
//! | [`inline`] | the programs in `docs/guide.md` |
//! | [`check`] | what is installed: its links, its pages, its words |
//! | [`markup`] | a page of the HTML manual, taken apart |
//! | [`promises`] | the sentences of the documents, and the tests that hold them |
//! | [`mod@sentences`] | the sentences of one |
//! | [`words`] | what a manual for C does not say |

mod check;
mod complete;
mod cpp;
mod guide;
mod header;
mod html;
mod inline;
mod man;
mod markup;
mod narrow;
mod promises;
mod prose;
mod sentences;
mod tool;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if let ["--root", folder, ..] = words[..] {
        root = PathBuf::from(folder);
        words.drain(..2);
    }
    let done = match words[..] {
        ["man", folder, date] => pages(&root, Path::new(folder), date),
        ["tool", help, folder, date] => tool(&root, Path::new(help), Path::new(folder), date),
        ["html", help, folder, _] => website(&root, Path::new(help), Path::new(folder)),
        ["guide"] => guide(&root),
        ["promises"] => promises::check(&root),
        ["promises", document] => promises::list(&root, document),
        ["check", ref folders @ ..] if !folders.is_empty() => check::run(folders),
        _ => Err(
            "usage: manual man FOLDER DATE, manual tool|html HELP FOLDER DATE, manual guide, \
             manual promises [DOCUMENT], or manual check FOLDER..."
                .to_owned(),
        ),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("manual: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn pages(root: &Path, folder: &Path, date: &str) -> Result<(), String> {
    let header = header::read(&root.join("include/tally.h"))?;
    for (name, page) in man::pages(&header, date)? {
        write(&folder.join(format!("{name}.3")), &page)?;
    }
    Ok(())
}

fn tool(root: &Path, help: &Path, folder: &Path, date: &str) -> Result<(), String> {
    let version = header::read(&root.join("include/tally.h"))?.version;
    let help = tool::parse(&read(help)?)?;
    write(
        &folder.join("man/man1/tally.1"),
        &tool::page(&help, &version, date),
    )?;
    write(
        &folder.join("bash-completion/completions/tally"),
        &complete::bash(&help),
    )?;
    write(
        &folder.join("zsh/site-functions/_tally"),
        &complete::zsh(&help),
    )?;
    write(
        &folder.join("fish/vendor_completions.d/tally.fish"),
        &complete::fish(&help),
    )
}

fn website(root: &Path, help: &Path, folder: &Path) -> Result<(), String> {
    let header = header::read(&root.join("include/tally.h"))?;
    let help = tool::parse(&read(help)?)?;
    let pages = guide::pages(root, &header, &help)?;
    html::check_links(&pages, &guide::beside(root)?)?;
    for (name, page) in pages {
        write(&folder.join(name), &page)?;
    }
    Ok(())
}

fn guide(root: &Path) -> Result<(), String> {
    let docs = root.join("docs");
    let file = docs.join("guide.md");
    let text = inline::renewed(&docs, &read(&file)?)?;
    write(&file, &text)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let fail = |e| format!("{}: {e}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    std::fs::write(path, text).map_err(fail)
}
