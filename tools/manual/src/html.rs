//! The HTML manual's reference: a page for each section of the header, an index
//! of all names, and the frame that all pages share.

use std::collections::BTreeSet;

use crate::cpp;
use crate::header::{Header, Item, Section};
use crate::prose::{self, Block, Span};

/// Names of pages, with their titles or their texts.
pub(crate) type Titles = Vec<(String, String)>;

const NAMES: &str = "names.html";

/// The pages by their names: the reference, one a section, the style.
pub(crate) fn reference(
    header: &Header,
    cpp: &[cpp::Name],
    documents: &Titles,
) -> Result<Titles, String> {
    let mut pages = vec![
        ("style.css".to_owned(), include_str!("style.css").to_owned()),
        ("reference.html".to_owned(), overview(header, documents)?),
        (NAMES.to_owned(), names(header, cpp, documents)?),
    ];
    for section in &header.sections {
        let mut body = format!("<h1>{}</h1>\n", escaped(&section.title));
        body.push_str(&blocks(&section.introduction, header)?);
        body.push_str(&contents(section, header)?);
        for item in &section.items {
            body.push_str(&format!(
                "<section id=\"{0}\">\n<h2><a href=\"#{0}\">{0}</a></h2>\n\
                 <pre class=\"declaration\">{1}</pre>\n",
                item.name,
                declaration(item, header)
            ));
            body.push_str(&blocks(&item.comment, header)?);
            body.push_str("</section>\n");
        }
        pages.push((
            file_of(&section.title),
            frame(
                &file_of(&section.title),
                &format!("{} (reference)", section.title),
                &body,
                header,
                documents,
            ),
        ));
    }
    Ok(pages)
}

fn overview(header: &Header, documents: &Titles) -> Result<String, String> {
    let mut body = "<h1>Reference</h1>\n".to_owned();
    body.push_str(&blocks(&header.preamble, header)?);
    for section in &header.sections {
        body.push_str(&format!(
            "<h2><a href=\"{}\">{}</a></h2>\n",
            file_of(&section.title),
            escaped(&section.title)
        ));
        body.push_str(&contents(section, header)?);
    }
    Ok(frame(
        "reference.html",
        "Reference",
        &body,
        header,
        documents,
    ))
}

/// Every name from A to Z, with its first sentence: what a reader searches who has
/// a name.
fn names(header: &Header, cpp: &[cpp::Name], documents: &Titles) -> Result<String, String> {
    let mut entries = Vec::new();
    for item in header.sections.iter().flat_map(|section| &section.items) {
        entries.push((item.name.as_str(), entry(item, header)?));
        for (name, comment) in item.members() {
            let comment = inline(&comment, header)?;
            entries.push((
                name,
                format!("<dt>{}</dt><dd>{comment}</dd>\n", link(name, header)),
            ));
        }
    }
    entries.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    let list: String = entries.into_iter().map(|(_, entry)| entry).collect();
    let body = format!(
        "<h1>Names from A to Z</h1>\n\
         <p>The functions, types and constants of <code>tally.h</code>, with a line about \
         each; those of <code>tally.hpp</code> are <a href=\"#cpp\">below</a>.</p>\n\
         <dl class=\"contents\">\n{list}</dl>\n\
         <h2 id=\"cpp\">C++</h2>\n\
         <p>The classes and functions of <code>tally.hpp</code>. What throws has a twin, whose \
         name begins with <code>try_</code>.</p>\n<dl class=\"contents\">\n{}</dl>\n",
        of_cpp(header, cpp)?
    );
    Ok(frame(NAMES, "Names from A to Z", &body, header, documents))
}

fn of_cpp(header: &Header, names: &[cpp::Name]) -> Result<String, String> {
    let entry = |of: &cpp::Name| {
        Ok(format!(
            "<dt><code><a href=\"cpp.html#{}\">tally::{}</a></code></dt><dd>{}</dd>\n",
            of.place,
            of.name,
            inline(&of.summary, header)?
        ))
    };
    names.iter().map(entry).collect()
}

/// Each item of a section with its first sentence.
fn contents(section: &Section, header: &Header) -> Result<String, String> {
    let entries: Result<String, String> = section
        .items
        .iter()
        .map(|item| entry(item, header))
        .collect();
    Ok(format!("<dl class=\"contents\">\n{}</dl>\n", entries?))
}

fn entry(item: &Item, header: &Header) -> Result<String, String> {
    let summary =
        prose::summary(&item.comment).ok_or_else(|| format!("{} has no comment", item.name))?;
    Ok(format!(
        "<dt>{}</dt><dd>{}</dd>\n",
        link(&item.name, header),
        inline(&summary, header)?
    ))
}

/// A page: its file, what it is called, what stands in it, and the way to all
/// others. A title of a document in quotes becomes a link to it.
pub(crate) fn frame(
    file: &str,
    title: &str,
    body: &str,
    header: &Header,
    documents: &Titles,
) -> String {
    let entry = |target: &str, title: &str| {
        let here = if target == file {
            " class=\"here\""
        } else {
            ""
        };
        format!(
            "<li><a href=\"{target}\"{here}>{}</a></li>\n",
            escaped(title)
        )
    };
    let sections: String = header
        .sections
        .iter()
        .map(|section| entry(&file_of(&section.title), &section.title))
        .collect();
    let mut pages = String::new();
    let mut body = body.to_owned();
    for (target, title) in documents {
        pages.push_str(&entry(target, title));
        let quoted = format!("&quot;{}&quot;", escaped(title));
        let link = format!("<a href=\"{target}\">{}</a>", escaped(title));
        body = body.replace(&quoted, &link);
    }
    pages.push_str(&entry(NAMES, "Names from A to Z"));
    pages.push_str(&entry("reference.html", "Reference"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <title>{title} - Tally {version}</title>\n\
         <link rel=\"stylesheet\" href=\"style.css\" />\n</head>\n<body>\n\
         <header><a href=\"index.html\">Tally {version}</a> <a href=\"#pages\">All pages</a></header>\n\
         <main>\n{body}</main>\n<nav id=\"pages\">\n<ul>\n{pages}</ul>\n<ul>\n{sections}</ul>\n\
         </nav>\n</body>\n</html>\n",
        title = escaped(title),
        version = header.version,
    )
}

fn blocks(blocks: &[Block], header: &Header) -> Result<String, String> {
    let mut out = String::new();
    let mut list = false;
    for block in blocks {
        if list != matches!(block, Block::Item(_)) {
            out.push_str(if list { "</ul>\n" } else { "<ul>\n" });
            list = !list;
        }
        match block {
            Block::Paragraph(text) => {
                out.push_str(&format!("<p>{}</p>\n", inline(text, header)?));
            }
            Block::Item(text) => out.push_str(&format!("<li>{}</li>\n", inline(text, header)?)),
            Block::Code(text) => out.push_str(&format!("<pre>{}</pre>\n", linked(text, header))),
        }
    }
    if list {
        out.push_str("</ul>\n");
    }
    Ok(out)
}

fn inline(text: &str, header: &Header) -> Result<String, String> {
    let mut out = String::new();
    for span in prose::spans(text, header)? {
        out.push_str(&match span {
            Span::Text(text) => escaped(text),
            Span::Argument(text) => format!("<var>{}</var>", escaped(text)),
            Span::Function(name) => format!("{}()", link(name, header)),
            Span::Name(name) => link(name, header),
            Span::Section(title) => {
                format!("<a href=\"{}\">{}</a>", file_of(title), escaped(title))
            }
        });
    }
    Ok(out)
}

/// Code, with the names in it as links.
pub(crate) fn linked(code: &str, header: &Header) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let word_end = rest
            .find(|c| !crate::header::is_word(c))
            .unwrap_or(rest.len());
        let length = word_end.max(c.len_utf8());
        let (part, after) = rest.split_at(length);
        match header.home(part) {
            Some((section, item)) => out.push_str(&anchor(part, section, item)),
            None => out.push_str(&escaped(part)),
        }
        rest = after;
    }
    out
}

fn declaration(item: &Item, header: &Header) -> String {
    let linked = linked(&item.synopsis(), header);
    // It need not point to itself.
    match header.find(&item.name) {
        Some((section, _)) => linked.replace(
            &anchor(&item.name, section, item),
            &format!("<strong>{}</strong>", item.name),
        ),
        None => linked,
    }
}

/// A name as code, and as a link if it has an entry.
pub(crate) fn link(name: &str, header: &Header) -> String {
    match header.home(name) {
        Some((section, item)) => format!("<code>{}</code>", anchor(name, section, item)),
        None => format!("<code>{}</code>", escaped(name)),
    }
}

fn anchor(name: &str, section: &Section, item: &Item) -> String {
    format!(
        "<a href=\"{}#{}\">{name}</a>",
        file_of(&section.title),
        item.name
    )
}

fn file_of(title: &str) -> String {
    format!("reference-{}.html", slug(title))
}

/// A title as it stands in an address.
pub(crate) fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Refuses a link that leads nowhere within the manual or among `others`, the
/// files that are installed beside it, and two pages of one name.
pub(crate) fn check_links(pages: &[(String, String)], others: &[String]) -> Result<(), String> {
    let mut places = BTreeSet::new();
    for (name, text) in pages {
        if !places.insert(name.clone()) {
            return Err(format!("two pages are called {name}"));
        }
        for id in attribute(text, " id=\"") {
            places.insert(format!("{name}#{id}"));
        }
    }
    for (name, text) in pages {
        for target in attribute(text, " href=\"") {
            let whole = match target.strip_prefix('#') {
                Some(_) => format!("{name}{target}"),
                None => target.to_owned(),
            };
            let outside = target.starts_with("http") || others.contains(&whole);
            if !outside && !places.contains(&whole) {
                return Err(format!("{name}: the link {target} leads nowhere"));
            }
        }
    }
    Ok(())
}

fn attribute<'a>(text: &'a str, opening: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(opening)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn a_link_that_leads_nowhere_is_refused() {
        let good = [
            page("a.html", "<a href=\"b.html#x\"><a href=\"#y\"><p id=\"y\">"),
            page("b.html", "<p id=\"x\"><a href=\"https://example.org/\">"),
        ];
        assert_eq!(check_links(&good, &[]), Ok(()));
        assert!(check_links(&good[..1], &[]).is_err());
        assert!(check_links(&[page("a.html", "<a href=\"#y\">")], &[]).is_err());
        assert!(check_links(&[page("a.html", ""), page("a.html", "")], &[]).is_err());
        let beside = [page("a.html", "<a href=\"../x.c\">")];
        assert_eq!(check_links(&beside, &["../x.c".to_owned()]), Ok(()));
        assert!(check_links(&beside, &[]).is_err());
    }

    #[test]
    fn a_title_becomes_an_address() {
        assert_eq!(
            file_of("The value of an accumulator"),
            "reference-the-value-of-an-accumulator.html"
        );
        assert_eq!(
            escaped("a < b && \"c\""),
            "a &lt; b &amp;&amp; &quot;c&quot;"
        );
    }
}
