//! `docs/*.md` as pages of the HTML manual. A paragraph that is a link to a file
//! of examples/guide shows that file instead, so that an example in the guide is
//! the program that the tests run.

use std::path::Path;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::header::Header;
use crate::html::{self, Titles};
use crate::prose;

const GUIDE: &str = "guide.md";
/// What the reference is made from.
const HEADER: &str = "../include/tally.h";
const EXAMPLES: &str = "../examples/guide/";

/// The pages by their names. The guide is the manual's first page.
pub(crate) fn pages(root: &Path, header: &Header) -> Result<Titles, String> {
    let docs = root.join("docs");
    let (mut titles, mut bodies) = (Titles::new(), Vec::new());
    for file in names(&docs, ".md")? {
        let text = crate::read(&docs.join(&file))?;
        let (title, body) =
            document(&docs, &text, header).map_err(|problem| format!("docs/{file}: {problem}"))?;
        let guide = file == GUIDE;
        titles.insert(
            if guide { 0 } else { titles.len() },
            (page_of(&file), title),
        );
        bodies.insert(if guide { 0 } else { bodies.len() }, body);
    }
    all_shown(&docs)?;
    let mut pages = html::reference(header, &titles)?;
    for ((file, title), body) in titles.iter().zip(bodies) {
        pages.push((file.clone(), html::frame(title, &body, header, &titles)));
    }
    Ok(pages)
}

fn names(folder: &Path, ending: &str) -> Result<Vec<String>, String> {
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

/// Every example is shown somewhere in the guide.
fn all_shown(docs: &Path) -> Result<(), String> {
    let guide = crate::read(&docs.join(GUIDE))?;
    for file in names(&docs.join(EXAMPLES), "")? {
        if !guide.contains(&format!("({EXAMPLES}{file})")) {
            return Err(format!("docs/guide.md does not show examples/guide/{file}"));
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
    while at < events.len() {
        if let Some((file, length)) = example(&events[at..]) {
            let code = crate::read(&docs.join(&file))?;
            let name = file.rsplit('/').next().unwrap_or_default();
            out.push(raw(format!(
                "<figure><pre>{}</pre>\n<figcaption>examples/guide/{name}</figcaption></figure>\n",
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
            Event::Start(Tag::Link { dest_url, .. }) => out.push(raw(opening(dest_url))),
            Event::End(TagEnd::Link) => out.push(raw("</a>".to_owned())),
            event => out.push(event.clone()),
        }
        at += 1;
    }
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, out.into_iter());
    Ok((title, body))
}

fn raw(html: String) -> Event<'static> {
    Event::InlineHtml(CowStr::from(html))
}

/// The file of a paragraph that is a link to an example, and its events' number.
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
    (alone && dest_url.starts_with(EXAMPLES)).then(|| (dest_url.to_string(), end + 2))
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
    if is_word && prose::is_ours(name) && !header.names.contains(name) {
        return Err(format!("{name} is declared nowhere"));
    }
    Ok(if is_word {
        html::link(name, header) + &code[name.len()..]
    } else {
        format!("<code>{}</code>", html::escaped(code))
    })
}

/// The opening tag of a link: to another document's page, to the outside, or,
/// for a file that the manual has not, none.
fn opening(target: &str) -> String {
    let (file, place) = match target.split_once('#') {
        Some((file, place)) => (file, format!("#{place}")),
        None => (target, String::new()),
    };
    if target.starts_with("http") || file.is_empty() || file.ends_with(".html") {
        format!("<a href=\"{target}\">")
    } else if file.ends_with(".md") && !file.contains('/') {
        format!("<a href=\"{}{place}\">", page_of(file))
    } else if file == HEADER {
        "<a href=\"reference.html\">".to_owned()
    } else {
        "<a>".to_owned()
    }
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
        let text =
            "# The title\n\n[x](../examples/guide/x.c)\n\nA [y](../examples/guide/y.c) in text.\n";
        let folder = std::env::temp_dir().join(format!("manual-test-{}", std::process::id()));
        let file = folder.join("examples/guide/x.c");
        crate::write(&file, "int a < b;\n").unwrap();
        let docs = folder.join("docs");
        std::fs::create_dir_all(&docs).unwrap();
        let (title, body) = document(&docs, text, &header()).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(title, "The title");
        assert!(body.contains("<h1 id=\"the-title\">"), "{body}");
        assert!(body.contains("<pre>int a &lt; b;</pre>"), "{body}");
        assert!(body.contains("A <a>y</a> in text."), "{body}");
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
        assert_eq!(
            opening("saved-format.md#x"),
            "<a href=\"saved-format.html#x\">"
        );
        assert_eq!(opening("guide.md"), "<a href=\"index.html\">");
        assert_eq!(opening(HEADER), "<a href=\"reference.html\">");
        assert_eq!(opening("../README.md"), "<a>");
    }
}
