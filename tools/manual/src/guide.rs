//! `docs/*.md` as pages of the HTML manual, and the conventions of `README.md` as
//! another. A paragraph that is a link to a file of examples/guide, and the block of
//! code below it, become that file as it is: the program that the tests run.
//! Sections that speak of the library's sources are left out.

use std::path::Path;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::header::{Header, Kind};
use crate::html::{self, Titles};
use crate::inline;
use crate::prose;
use crate::tool::{self, Help};

const GUIDE: &str = "guide.md";
/// The page that what `tally --help` says is a part of.
const TOOL: &str = "tool.md";
const CONVENTIONS: &str = "conventions.html";
/// What the reference is made from.
const HEADER: &str = "../include/tally.h";
pub(crate) const EXAMPLES: &str = "../examples/guide/";
/// Where these are installed, seen from the manual.
const INSTALLED: &str = "../examples/";
/// The section of a document that is for those who have the sources.
const SOURCES: &str = "What shows it";
/// The documents that are for them as a whole.
const OF_SOURCES: [&str; 2] = ["classic.md", "sql.md"];

/// The pages by their names. The guide is the manual's first page.
pub(crate) fn pages(root: &Path, header: &Header, help: &Help) -> Result<Titles, String> {
    let docs = root.join("docs");
    let (mut titles, mut bodies) = (Titles::new(), Vec::new());
    let (title, body) = document(&docs, &conventions(root)?, header)
        .map_err(|problem| format!("README.md: {problem}"))?;
    titles.push((CONVENTIONS.to_owned(), title));
    bodies.push(body);
    for file in names(&docs, ".md")? {
        if OF_SOURCES.contains(&file.as_str()) {
            continue;
        }
        let text = crate::read(&docs.join(&file))?;
        if inline::renewed(&docs, &text)? != text {
            return Err(format!(
                "docs/{file} does not have its programs as they are; `make guide` writes them"
            ));
        }
        let (title, mut body) =
            document(&docs, &text, header).map_err(|problem| format!("docs/{file}: {problem}"))?;
        if file == TOOL {
            body.push_str(&tool::sections(help));
        }
        let guide = file == GUIDE;
        titles.insert(
            if guide { 0 } else { titles.len() },
            (page_of(&file), title),
        );
        bodies.insert(if guide { 0 } else { bodies.len() }, body);
    }
    all_shown(&docs, header)?;
    let mut pages = html::reference(header, &crate::cpp::names(root)?, &titles)?;
    for ((file, title), body) in titles.iter().zip(bodies) {
        pages.push((
            file.clone(),
            html::frame(file, title, &body, header, &titles),
        ));
    }
    Ok(pages)
}

/// The files that are installed beside the manual, as its links name them.
pub(crate) fn beside(root: &Path) -> Result<Vec<String>, String> {
    let examples = root.join("examples");
    let mut files = names(&examples.join("guide"), "")?;
    files.push("disasters.c".to_owned());
    let mut links: Vec<String> = files
        .iter()
        .map(|file| format!("{INSTALLED}{file}"))
        .collect();
    for file in names(&root.join("docs"), ".py")? {
        links.push(format!("../{file}"));
    }
    Ok(links)
}

/// The conventions that `README.md` has, as a document.
fn conventions(root: &Path) -> Result<String, String> {
    const TITLE: &str = "\n## Conventions\n";
    let text = crate::read(&root.join("README.md"))?;
    let (_, rest) = text
        .split_once(TITLE)
        .ok_or("README.md has no section Conventions")?;
    let section = rest.split("\n## ").next().unwrap_or_default();
    Ok(format!("# Conventions\n{section}\n"))
}

/// The files of a folder whose names have this ending.
pub(crate) fn names(folder: &Path, ending: &str) -> Result<Vec<String>, String> {
    let fail = |e| format!("{}: {e}", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let name = entry
            .map_err(fail)?
            .file_name()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(ending) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn page_of(file: &str) -> String {
    match file {
        GUIDE => "index.html".to_owned(),
        _ => format!("{}.html", file.trim_end_matches(".md")),
    }
}

/// Every example is shown somewhere in the guide, and every section of the header
/// that has functions is the subject of one.
fn all_shown(docs: &Path, header: &Header) -> Result<(), String> {
    let guide = crate::read(&docs.join(GUIDE))?;
    let mut programs = String::new();
    for file in names(&docs.join(EXAMPLES), "")? {
        if !guide.contains(&format!("({EXAMPLES}{file})")) {
            return Err(format!("docs/guide.md does not show examples/guide/{file}"));
        }
        if !file.ends_with(".cpp") {
            programs.push_str(&crate::read(&docs.join(EXAMPLES).join(file))?);
        }
    }
    for section in &header.sections {
        let mut functions = section
            .items
            .iter()
            .filter(|item| item.kind == Kind::Function)
            .peekable();
        if functions.peek().is_some()
            && !functions.any(|item| programs.contains(&format!("{}(", item.name)))
        {
            return Err(format!(
                "no program of examples/guide calls a function of {}",
                section.title
            ));
        }
    }
    Ok(())
}

/// The title and the body of a document.
fn document(docs: &Path, text: &str, header: &Header) -> Result<(String, String), String> {
    let mut out: Vec<Event<'_>> = Vec::new();
    let mut title = String::new();
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let mut at = 0;
    let mut link = false;
    while at < events.len() {
        if let Some(length) = of_the_sources(&events[at..]) {
            at += length;
            continue;
        }
        if let Some((file, length)) = example(&events[at..]) {
            let code = crate::read(&docs.join(&file))?;
            let name = file.rsplit('/').next().unwrap_or_default();
            out.push(raw(format!(
                "<figure><pre>{}</pre>\n\
                 <figcaption><a href=\"{INSTALLED}{name}\">{name}</a></figcaption></figure>\n",
                html::linked(code.trim_end(), header)
            )));
            at += length;
            continue;
        }
        match &events[at] {
            Event::Start(Tag::Heading { level, .. }) => {
                let words = text_until_end(&events[at + 1..]);
                if title.is_empty() {
                    title.clone_from(&words);
                }
                out.push(raw(format!("<{level} id=\"{}\">", html::slug(&words))));
            }
            Event::Code(code) => out.push(raw(linked_code(code, header)?)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let opening = opening(dest_url);
                link = opening.is_some();
                out.extend(opening.map(raw));
            }
            Event::End(TagEnd::Link) if link => out.push(raw("</a>".to_owned())),
            Event::End(TagEnd::Link) => {}
            event => out.push(event.clone()),
        }
        at += 1;
    }
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, out.into_iter());
    Ok((title, body))
}

/// The number of the events of a section that is left out, if they begin one.
fn of_the_sources(events: &[Event<'_>]) -> Option<usize> {
    let heading = |event: &Event<'_>| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level),
        _ => None,
    };
    let level = heading(events.first()?)?;
    if !text_until_end(&events[1..]).ends_with(SOURCES) {
        return None;
    }
    let next = events[1..]
        .iter()
        .position(|event| heading(event).is_some_and(|other| other <= level));
    Some(next.map_or(events.len(), |at| at + 1))
}

fn raw(html: String) -> Event<'static> {
    Event::InlineHtml(CowStr::from(html))
}

/// The file of a paragraph that is a link to an example, and the number of its events
/// and of those of the code below it.
fn example(events: &[Event<'_>]) -> Option<(String, usize)> {
    let [
        Event::Start(Tag::Paragraph),
        Event::Start(Tag::Link { dest_url, .. }),
        ..,
    ] = events
    else {
        return None;
    };
    let end = events
        .iter()
        .position(|event| *event == Event::End(TagEnd::Link))?;
    let alone = events.get(end + 1) == Some(&Event::End(TagEnd::Paragraph));
    let code = match events.get(end + 2) {
        Some(Event::Start(Tag::CodeBlock(_))) => events[end + 2..]
            .iter()
            .position(|event| *event == Event::End(TagEnd::CodeBlock))?
            .saturating_add(1),
        _ => 0,
    };
    (alone && dest_url.starts_with(EXAMPLES)).then(|| (dest_url.to_string(), end + 2 + code))
}

fn text_until_end(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    words
}

/// A name of ours in code is a link; one that is declared nowhere is an error.
fn linked_code(code: &str, header: &Header) -> Result<String, String> {
    let name = code.trim_end_matches("()");
    let is_word = name.chars().all(crate::header::is_word);
    let prefix = name.ends_with('_');
    if is_word && !prefix && prose::is_ours(name) && !header.names.contains(name) {
        return Err(format!("{name} is declared nowhere"));
    }
    Ok(if is_word {
        html::link(name, header) + &code[name.len()..]
    } else {
        format!("<code>{}</code>", html::escaped(code))
    })
}

/// The opening tag of a link: to another document's page, to the outside, to a file
/// that is installed beside the manual, or none for any other.
fn opening(target: &str) -> Option<String> {
    let (file, place) = match target.split_once('#') {
        Some((file, place)) => (file, format!("#{place}")),
        None => (target, String::new()),
    };
    // From README.md, whose conventions are a document too.
    let file = file.strip_prefix("docs/").unwrap_or(file);
    let address = if target.starts_with("http") || file.is_empty() || file.ends_with(".html") {
        target.to_owned()
    } else if file.ends_with(".md") && !file.contains('/') {
        page_of(file) + &place
    } else if file == HEADER {
        "reference.html".to_owned()
    } else if target == "../README.md#conventions" {
        CONVENTIONS.to_owned()
    } else if let Some(name) = file.strip_prefix(EXAMPLES).or(file.strip_prefix(INSTALLED)) {
        format!("{INSTALLED}{name}")
    } else if file.ends_with(".py") && !file.contains('/') {
        format!("../{file}")
    } else {
        return None;
    };
    Some(format!("<a href=\"{address}\">"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            version: String::new(),
            preamble: Vec::new(),
            sections: Vec::new(),
            names: ["tally_x".to_owned()].into(),
        }
    }

    #[test]
    fn an_example_is_shown_by_reference() {
        let text = "# The title\n\n[x](../examples/guide/x.c)\n\n```c\nint a < b;\n```\n\nA [y](../src/y.rs) in text.\n\n\
             ## 3. What shows it\n\nLeft out.\n\n### More\n\n## Last\n";
        let folder = std::env::temp_dir().join(format!("manual-test-{}", std::process::id()));
        let file = folder.join("examples/guide/x.c");
        crate::write(&file, "int a < b;\n").unwrap();
        let docs = folder.join("docs");
        std::fs::create_dir_all(&docs).unwrap();
        let (title, body) = document(&docs, text, &header()).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(title, "The title");
        assert!(body.contains("<h1 id=\"the-title\">"), "{body}");
        assert_eq!(body.matches("int a &lt; b;").count(), 1, "{body}");
        assert!(body.contains("<pre>int a &lt; b;</pre>"), "{body}");
        assert!(body.contains("href=\"../examples/x.c\""), "{body}");
        assert!(body.contains("A y in text."), "{body}");
        assert!(
            !body.contains("Left out") && !body.contains("More"),
            "{body}"
        );
        assert!(body.contains("id=\"last\""), "{body}");
    }

    #[test]
    fn a_name_that_is_declared_nowhere_is_an_error() {
        assert!(linked_code("tally_y", &header()).is_err());
        assert_eq!(
            linked_code("tally_x()", &header()).unwrap(),
            "<code>tally_x</code>()"
        );
        assert_eq!(
            linked_code("a < b", &header()).unwrap(),
            "<code>a &lt; b</code>"
        );
    }

    #[test]
    fn documents_link_to_each_others_pages() {
        for (target, address) in [
            ("saved-format.md#x", "saved-format.html#x"),
            ("guide.md", "index.html"),
            ("docs/guide.md#x", "index.html#x"),
            (HEADER, "reference.html"),
            ("../README.md#conventions", "conventions.html"),
            ("../examples/disasters.c", "../examples/disasters.c"),
            ("saved_format.py", "../saved_format.py"),
        ] {
            assert_eq!(opening(target), Some(format!("<a href=\"{address}\">")));
        }
        assert_eq!(opening("../README.md"), None);
    }
}
