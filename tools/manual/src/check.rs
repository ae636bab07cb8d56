//! Reads an installation as a stranger would: every link leads to something that is
//! installed, every page is well formed, and none speaks of Rust or of the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::header::is_word;
use crate::{html, markup, words};

/// What a file may say that others may not: the page that helps to read a core dump
/// names the sources that go with it.
const EXCEPTIONS: [(&str, &str); 1] = [("handles.html", "src/boundary/slots is not installed")];

/// Looks at all files in the folders. The error counts what is wrong; what it is has
/// been printed then.
pub(crate) fn run(folders: &[&str]) -> Result<(), String> {
    let mut files = BTreeMap::new();
    for folder in folders {
        collect(Path::new(folder), &mut files)?;
    }
    let mut problems: Vec<String> = Vec::new();
    for (path, file) in &files {
        let mut found = file.problems.clone();
        found.retain(|problem| {
            !EXCEPTIONS
                .iter()
                .any(|(name, start)| path.ends_with(name) && problem.starts_with(start))
        });
        found.extend(
            file.links
                .iter()
                .filter_map(|link| dead(path, link, &files)),
        );
        found.extend(
            file.pages
                .iter()
                .filter(|page| !is_page(page, &files))
                .map(|page| format!("there is no page {page}")),
        );
        problems.extend(
            found
                .iter()
                .map(|problem| format!("{}: {problem}", path.display())),
        );
    }
    problems.extend(untitled(&files));
    problems.extend(unreachable(&files));
    for problem in &problems {
        println!("{problem}");
    }
    match (files.is_empty(), problems.len()) {
        (true, _) => Err("nothing is installed there".to_owned()),
        (false, 0) => Ok(()),
        (false, count) => Err(format!("{count} problems")),
    }
}

/// What was found in a file.
#[derive(Default)]
struct File {
    title: Option<String>,
    ids: BTreeSet<String>,
    links: Vec<String>,
    /// Man pages that it names, as `name.3`.
    pages: BTreeSet<String>,
    problems: Vec<String>,
}

type Files = BTreeMap<PathBuf, File>;

fn collect(folder: &Path, files: &mut Files) -> Result<(), String> {
    let fail = |e| format!("{}: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            let file = match path.extension().and_then(|ending| ending.to_str()) {
                Some("html") => page(&crate::read(&path)?),
                Some("md") => document(&crate::read(&path)?),
                Some("1" | "3") => man(&crate::read(&path)?),
                Some("h") => File {
                    problems: words::problems(&crate::read(&path)?),
                    ..File::default()
                },
                _ => File::default(),
            };
            files.insert(path, file);
        }
    }
    Ok(())
}

fn page(text: &str) -> File {
    let page = markup::read(text);
    let mut problems = page.problems;
    problems.extend(words::problems(&page.text));
    File {
        title: Some(page.title),
        ids: page.ids,
        links: page.links,
        pages: BTreeSet::new(),
        problems,
    }
}

/// Markdown: its links only. What is installed of it is the history of changes.
fn document(text: &str) -> File {
    let mut file = File::default();
    let mut heading = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                file.links.push(dest_url.to_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                file.ids
                    .extend(heading.take().map(|words| html::slug(&words)));
            }
            _ => {}
        }
    }
    file
}

/// A man page: what is read of it, and the pages that it names, as `name(3)`.
fn man(text: &str) -> File {
    let mut plain = text.replace("\\-", "-").replace("\\&", "");
    for font in ["\\fB", "\\fI", "\\fR", ".BR ", ".B "] {
        plain = plain.replace(font, "");
    }
    let mut pages = BTreeSet::new();
    for section in ["1", "3"] {
        for reference in [format!("({section})"), format!(" ({section})")] {
            for (at, _) in plain.match_indices(&reference) {
                let before = &plain[..at];
                let start = before.rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
                if start < at {
                    pages.insert(format!("{}.{section}", &before[start..]));
                }
            }
        }
    }
    // The first line is a comment, which nobody reads.
    let read = plain.split_once('\n').map_or("", |(_, rest)| rest);
    File {
        pages,
        problems: words::problems(read),
        ..File::default()
    }
}

fn is_page(name: &str, files: &Files) -> bool {
    files
        .keys()
        .any(|path| path.file_name().is_some_and(|file| file == name))
}

/// What is wrong with a link in the file at `path`, if anything is.
fn dead(path: &Path, link: &str, files: &Files) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, place) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() {
        path.to_owned()
    } else {
        plain(&path.parent()?.join(file))
    };
    match files.get(&target) {
        None => Some(format!("the link {link} leads nowhere")),
        Some(found) if !place.is_empty() && !found.ids.contains(place) => {
            Some(format!("the link {link} leads to no place on its page"))
        }
        Some(_) => None,
    }
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// Pages that share a title.
fn untitled(files: &Files) -> Vec<String> {
    let mut titles = BTreeSet::new();
    files
        .iter()
        .filter_map(|(path, file)| {
            let title = file.title.as_ref()?;
            (!titles.insert(title))
                .then(|| format!("{}: another page is called {title}", path.display()))
        })
        .collect()
}

/// Pages to which the first page of their folder has no link.
fn unreachable(files: &Files) -> Vec<String> {
    files
        .iter()
        .filter_map(|(path, file)| {
            file.title.as_ref()?;
            let index = files.get(&path.with_file_name("index.html"))?;
            let name = path.file_name()?.to_string_lossy();
            (!index.links.iter().any(|link| *link == name))
                .then(|| format!("{}: index.html does not link to it", path.display()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_followed_from_where_it_stands() {
        let mut files = Files::new();
        let mut good = File::default();
        good.ids.insert("x".to_owned());
        files.insert("/d/html/a.html".into(), good);
        files.insert("/d/b.c".into(), File::default());
        let from = Path::new("/d/html/a.html");
        for link in [
            "../b.c",
            "a.html#x",
            "#x",
            "./a.html",
            "https://example.org/",
        ] {
            assert_eq!(dead(from, link, &files), None, "{link}");
        }
        for link in ["b.c", "../b.c#x", "#y", "../html/c.html", "../../b.c"] {
            assert!(dead(from, link, &files).is_some(), "{link}");
        }
    }

    #[test]
    fn a_man_page_names_other_pages() {
        let file =
            man(".\\\" Rust\n.BR tally_sum (3),\n.BR tally (1)\nsee \\fBc_free\\fR(3) and f(3x)\n");
        let pages: Vec<&str> = file.pages.iter().map(String::as_str).collect();
        assert_eq!(pages, ["c_free.3", "tally.1", "tally_sum.3"]);
        assert_eq!(file.problems, Vec::<String>::new());
    }

    #[test]
    fn a_document_has_links_and_places() {
        let file = document("# A *b*\n\n[x](y.md), ![z](z.svg)\n");
        assert_eq!(file.links, ["y.md", "z.svg"]);
        assert!(file.ids.contains("a-b"));
    }
}
