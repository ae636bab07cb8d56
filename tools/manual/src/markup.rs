//! Whether a page of the HTML manual is well formed: each element closed where it
//! must be, attributes quoted, one title, one first heading, links that are links.

use std::collections::BTreeSet;

/// Elements that have no end.
const VOID: [&str; 6] = ["meta", "link", "br", "hr", "img", "input"];
/// Elements that end a paragraph, so may not stand in one.
const BLOCKS: [&str; 18] = [
    "p",
    "pre",
    "ul",
    "ol",
    "dl",
    "table",
    "figure",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "nav",
    "main",
    "blockquote",
];
/// What is left in a page that is not finished.
const PLACEHOLDERS: [&str; 5] = ["TODO", "FIXME", "XXX", "TBD", "Lorem"];

/// A page, taken apart.
pub(crate) struct Page {
    /// Its title.
    pub(crate) title: String,
    /// The places in it that links may name.
    pub(crate) ids: BTreeSet<String>,
    /// What it links to: pages, images, styles.
    pub(crate) links: Vec<String>,
    /// What a reader reads, with a line for each of the source's.
    pub(crate) text: String,
    /// What is wrong with it.
    pub(crate) problems: Vec<String>,
}

/// Takes a page apart.
pub(crate) fn read(source: &str) -> Page {
    let mut page = Page {
        title: String::new(),
        ids: BTreeSet::new(),
        links: Vec::new(),
        text: String::new(),
        problems: Vec::new(),
    };
    let mut rest = source;
    match source.strip_prefix("<!DOCTYPE html>\n") {
        Some(after) => rest = after,
        None => page.problems.push("no <!DOCTYPE html>".to_owned()),
    }
    let mut open: Vec<&str> = Vec::new();
    let mut headings = 0;
    let mut viewport = false;
    while let Some((text, after)) = rest.split_once('<') {
        page.words(text, open.last() == Some(&"title"));
        let Some((tag, after)) = after.split_once('>') else {
            page.problems.push("a tag is not closed".to_owned());
            break;
        };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            page.separate(name);
            match open.pop() {
                Some(opened) if opened == name => {}
                opened => page
                    .problems
                    .push(format!("</{name}> closes {}", opened.unwrap_or("nothing"))),
            }
            continue;
        }
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let name = tag.split_whitespace().next().unwrap_or_default();
        if BLOCKS.contains(&name) && open.contains(&"p") {
            page.problems.push(format!("<{name}> in a paragraph"));
        }
        page.separate(name);
        let attributes = page.attributes(tag, name);
        let value = |wanted: &str| {
            let found = attributes.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| *value)
        };
        headings += usize::from(name == "h1");
        viewport |= value("name") == Some("viewport");
        match value("id") {
            Some(id) if !page.ids.insert(id.to_owned()) => {
                page.problems.push(format!("two places are called {id}"));
            }
            _ => {}
        }
        page.links
            .extend(value("href").or(value("src")).map(unescaped));
        if name == "a" && value("href").is_none() {
            page.problems.push("a link has no href".to_owned());
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    page.words(rest, false);
    page.problems
        .extend(open.iter().map(|name| format!("<{name}> is not closed")));
    if page.title.is_empty() {
        page.problems.push("no title".to_owned());
    }
    if headings != 1 {
        page.problems.push(format!("{headings} elements <h1>"));
    }
    if !viewport {
        page.problems
            .push("no viewport for small screens".to_owned());
    }
    page
}

impl Page {
    fn words(&mut self, text: &str, is_title: bool) {
        if is_title {
            self.title.push_str(text);
        }
        for part in text.split('&').skip(1) {
            if !part
                .split_once(';')
                .is_some_and(|(name, _)| is_entity(name))
            {
                self.problems.push("an & that begins no entity".to_owned());
            }
        }
        for word in PLACEHOLDERS {
            if text
                .split(|c: char| !c.is_alphanumeric())
                .any(|w| w == word)
            {
                self.problems.push(format!("a placeholder: {word}"));
            }
        }
        self.text.push_str(&unescaped(text));
    }

    /// What stands in two blocks, or cells, is not one word.
    fn separate(&mut self, name: &str) {
        if BLOCKS.contains(&name) || ["li", "dt", "dd", "td", "th", "br"].contains(&name) {
            self.text.push('\n');
        }
    }

    /// The attributes of a tag.
    fn attributes<'a>(&mut self, tag: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        let mut rest = tag[name.len()..].trim();
        while !rest.is_empty() {
            let parsed = rest.split_once("=\"").and_then(|(attribute, after)| {
                let (value, after) = after.split_once('"')?;
                let good = attribute
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-');
                good.then_some((attribute, value, after))
            });
            let Some((attribute, value, after)) = parsed else {
                self.problems.push(format!("<{name}> with {rest}"));
                break;
            };
            if found.iter().any(|(other, _)| *other == attribute) {
                self.problems.push(format!("<{name}> with two {attribute}"));
            }
            found.push((attribute, value));
            rest = after.trim();
        }
        found
    }
}

fn is_entity(name: &str) -> bool {
    matches!(name, "amp" | "lt" | "gt" | "quot")
        || name
            .strip_prefix('#')
            .is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(body: &str) -> Vec<String> {
        read(&format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta name=\"viewport\" content=\"x\" />\
             <title>T</title></head><body><h1 id=\"a\">T</h1>{body}</body></html>\n"
        ))
        .problems
    }

    #[test]
    fn a_good_page_has_no_problem() {
        for body in [
            "<p>a &lt; b <code>c</code></p><ul><li><a href=\"#a\">a</a></li></ul>",
            "<hr /><pre>int <strong>x</strong>;</pre>",
        ] {
            assert_eq!(problems(body), Vec::<String>::new());
        }
        let page = read("<p id=\"x\"><a href=\"b.html?a&amp;b\">&lt;T&gt;</a></p>");
        assert_eq!(page.links, ["b.html?a&b"]);
        assert_eq!(page.text.trim(), "<T>");
        assert!(page.ids.contains("x"));
    }

    #[test]
    fn what_is_wrong_is_found() {
        for (body, problem) in [
            ("<p>", "</body> closes p"),
            ("<p><pre></pre></p>", "<pre> in a paragraph"),
            ("</p>", "</p> closes body"),
            ("<a>x</a>", "a link has no href"),
            ("<p id=\"a\"></p>", "two places are called a"),
            ("<p class=x></p>", "<p> with class=x"),
            ("<p id=\"b\" id=\"c\"></p>", "<p> with two id"),
            ("a & b", "an & that begins no entity"),
            ("<h1>More</h1>", "2 elements <h1>"),
            ("<p>TODO</p>", "a placeholder: TODO"),
            ("a < b", "</html> closes b</body"),
        ] {
            let found = problems(body);
            assert!(found.iter().any(|p| p == problem), "{body}: {found:?}");
        }
        let found = read("<p></p>").problems;
        for problem in [
            "no <!DOCTYPE html>",
            "no title",
            "no viewport for small screens",
        ] {
            assert!(found.iter().any(|p| p == problem), "{found:?}");
        }
    }
}
