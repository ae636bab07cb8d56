//! The text of a comment: its paragraphs, lists and code, and the names in it.

use crate::header::{Header, is_word};

/// A part of a comment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Block {
    /// Text to be filled.
    Paragraph(String),
    /// One item of a list.
    Item(String),
    /// Lines to be left as they are.
    Code(String),
}

/// A part of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Span<'a> {
    /// Words.
    Text(&'a str),
    /// A parameter or an expression, which the header puts in single quotes.
    Argument(&'a str),
    /// A function, which the header writes with parentheses.
    Function(&'a str),
    /// Another name of ours.
    Name(&'a str),
    /// A section of the header, which follows "see".
    Section(&'a str),
}

/// The blocks of a comment's lines.
pub(crate) fn blocks(lines: &[String]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut open = false;
    let mut blank = 0;
    for line in lines {
        if line.trim().is_empty() {
            open = false;
            blank += 1;
            continue;
        }
        match (out.last_mut(), line.strip_prefix("    ")) {
            (Some(Block::Code(text)), Some(code)) => {
                text.push_str(&"\n".repeat(blank + 1));
                text.push_str(code);
                open = false;
            }
            (_, Some(code)) => {
                out.push(Block::Code(code.to_owned()));
                open = false;
            }
            (Some(Block::Paragraph(text) | Block::Item(text)), None)
                if open && !line.starts_with("- ") =>
            {
                text.push(' ');
                text.push_str(line.trim());
            }
            (_, None) => {
                out.push(match line.strip_prefix("- ") {
                    Some(item) => Block::Item(item.to_owned()),
                    None => Block::Paragraph(line.trim().to_owned()),
                });
                open = true;
            }
        }
        blank = 0;
    }
    out
}

/// The spans of a paragraph. A name of ours that the header does not have is an
/// error: the documentation of something that is not there.
pub(crate) fn spans<'a>(text: &'a str, header: &Header) -> Result<Vec<Span<'a>>, String> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut from = 0;
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        let after_word = rest[..at].ends_with(is_word);
        let (span, length) = if c == '\'' && !after_word {
            match quoted(&rest[at..]) {
                // A character, such as '\n', is C as it stands.
                Some(quoted) if is_character(quoted) => (None, quoted.len() + 2),
                Some(quoted) => (Some(Span::Argument(quoted)), quoted.len() + 2),
                None => (None, 1),
            }
        } else if c == '"' {
            // What a program prints; it may look like a name.
            let length = rest[at + 1..].find('"').map_or(1, |end| end + 2);
            (None, length)
        } else if let Some(title) = section(&rest[..at], &rest[at..], header)? {
            (Some(Span::Section(title)), title.len())
        } else if is_word(c) && !after_word {
            let word = rest[at..].split(|c| !is_word(c)).next().unwrap_or_default();
            let called = rest[at + word.len()..].starts_with("()");
            check(word, called, &rest[at + word.len()..], header)?;
            if called {
                (Some(Span::Function(word)), word.len() + 2)
            } else if header.names.contains(word) && is_ours(word) {
                (Some(Span::Name(word)), word.len())
            } else {
                (None, word.len())
            }
        } else {
            (None, c.len_utf8())
        };
        at += length;
        if let Some(span) = span {
            if at - length > from {
                out.push(Span::Text(&rest[from..at - length]));
            }
            out.push(span);
            from = at;
        }
    }
    rest = &rest[from..];
    if !rest.is_empty() {
        out.push(Span::Text(rest));
    }
    Ok(out)
}

/// The section that a text goes on with, if what is before it is "see". One that
/// the header does not have is an error.
fn section<'a>(before: &str, rest: &'a str, header: &Header) -> Result<Option<&'a str>, String> {
    if !(before.ends_with("see ") || before.ends_with("See ")) {
        return Ok(None);
    }
    let titles = header.sections.iter().map(|section| section.title.as_str());
    let found = titles
        .filter(|title| {
            rest.strip_prefix(title)
                .is_some_and(|after| !after.starts_with(is_word))
        })
        .max_by_key(|title| title.len());
    let word = rest.split(|c| !is_word(c)).next().unwrap_or_default();
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.ends_with(|c: char| c.is_ascii_lowercase());
    match found {
        Some(title) => Ok(Some(&rest[..title.len()])),
        None if capital => Err(format!("no section is called {word}")),
        None => Ok(None),
    }
}

/// Whether a word begins as only our names do.
pub(crate) fn is_ours(word: &str) -> bool {
    word.starts_with("tally_") || word.starts_with("TALLY_")
}

fn check(word: &str, called: bool, rest: &str, header: &Header) -> Result<(), String> {
    let pattern = word.ends_with('_') && rest.starts_with('*');
    // As one sets it: NAME=1.
    let variable = rest.starts_with('=');
    if is_ours(word) && !pattern && !variable && !header.names.contains(word) {
        return Err(format!("{word} is declared nowhere"));
    }
    if called && is_ours(word) && header.find(word).is_none() {
        return Err(format!("{word}() is no function"));
    }
    Ok(())
}

/// Whether what is quoted is no expression but a character.
fn is_character(quoted: &str) -> bool {
    quoted.starts_with('\\') || (quoted.chars().count() == 1 && !quoted.starts_with(is_word))
}

/// What stands between two single quotes, if the second closes.
fn quoted(text: &str) -> Option<&str> {
    let inner = &text[1..];
    let end = inner.find('\'')?;
    let closes = !inner[end + 1..].starts_with(is_word);
    (end > 0 && closes).then(|| &inner[..end])
}

/// The first sentence of a comment, as a man page's NAME has it: without its
/// stop, and not beginning with a capital letter.
pub(crate) fn summary(blocks: &[Block]) -> Option<String> {
    let Block::Paragraph(text) = blocks.first()? else {
        return None;
    };
    let sentence = text
        .split_once(". ")
        .map_or(text.as_str(), |(first, _)| first);
    let sentence = sentence.trim_end_matches('.').trim_end_matches(':');
    let mut letters = sentence.chars();
    let first = letters.next()?;
    Some(
        if letters
            .as_str()
            .starts_with(|c: char| c.is_ascii_lowercase() || c == ' ')
        {
            first.to_ascii_lowercase().to_string() + letters.as_str()
        } else {
            sentence.to_owned()
        },
    )
}

/// Where a comment says what its function returns: a paragraph of its own, which
/// begins with "Returns" and is the second value; else a first paragraph that
/// names the result or says "returns".
pub(crate) fn returned(blocks: &[Block]) -> Option<(usize, bool)> {
    let paragraph = |block: &Block, test: &dyn Fn(&str) -> bool| match block {
        Block::Paragraph(text) => test(text),
        _ => false,
    };
    let own = blocks
        .iter()
        .position(|block| paragraph(block, &|text| text.starts_with("Returns ")));
    if let Some(at) = own {
        return Some((at, true));
    }
    let says = |text: &str| {
        ["The ", "Twice "]
            .iter()
            .any(|start| text.starts_with(start))
            || text.contains(" returns ")
    };
    paragraph(blocks.first()?, &says).then_some((0, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::Section;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn header() -> Header {
        Header {
            version: String::new(),
            preamble: Vec::new(),
            sections: vec![Section {
                title: "Two words".to_owned(),
                introduction: Vec::new(),
                items: Vec::new(),
            }],
            names: ["tally_x", "TALLY_OK"].map(str::to_owned).into(),
        }
    }

    #[test]
    fn paragraphs_lists_and_code_are_told_apart() {
        let found = blocks(&lines(
            "One\ntwo.\n\n- a\n  b\n- c\n\n    code;\n\n    more;\nlast",
        ));
        assert_eq!(
            found,
            [
                Block::Paragraph("One two.".to_owned()),
                Block::Item("a b".to_owned()),
                Block::Item("c".to_owned()),
                Block::Code("code;\n\nmore;".to_owned()),
                Block::Paragraph("last".to_owned()),
            ]
        );
    }

    #[test]
    fn names_are_found_and_apostrophes_are_none() {
        assert_eq!(
            spans("the caller's '*x + 1', strtol() or tally_x.", &header()).unwrap(),
            [
                Span::Text("the caller's "),
                Span::Argument("*x + 1"),
                Span::Text(", "),
                Span::Function("strtol"),
                Span::Text(" or "),
                Span::Name("tally_x"),
                Span::Text("."),
            ]
        );
    }

    #[test]
    fn a_character_keeps_its_quotes() {
        for text in ["with ' ' or ',' between", "a '\\t'"] {
            assert_eq!(spans(text, &header()).unwrap(), [Span::Text(text)]);
        }
        assert_eq!(spans("'x'", &header()).unwrap(), [Span::Argument("x")]);
    }

    #[test]
    fn a_reference_names_a_section() {
        assert_eq!(
            spans("see Two words for it", &header()).unwrap(),
            [
                Span::Text("see "),
                Span::Section("Two words"),
                Span::Text(" for it"),
            ]
        );
        assert!(spans("See Three words.", &header()).is_err());
        assert!(spans("see strtol() and the rest; see ISO 8601", &header()).is_ok());
    }

    #[test]
    fn a_name_that_is_declared_nowhere_is_an_error() {
        for text in ["see tally_y", "TALLY_KO", "tally_x()", "tally_y()"] {
            assert!(spans(text, &header()).is_err(), "{text}");
        }
        for text in ["tally_sum_* and TALLY_OK", "prints \"TALLY_KO\""] {
            assert!(spans(text, &header()).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_result_is_found_where_it_is_described() {
        let of = |text: &str| returned(&blocks(&lines(text)));
        assert_eq!(of("Makes it.\n\nMore.\n\nReturns it."), Some((2, true)));
        assert_eq!(of("The length.\n\nMore."), Some((0, false)));
        assert_eq!(of("Calls it and returns what it gave."), Some((0, false)));
        assert_eq!(of("Makes it.\n\nThe caller owns it."), None);
    }

    #[test]
    fn a_summary_is_the_first_sentence() {
        let of = |text: &str| summary(&blocks(&lines(text))).unwrap();
        assert_eq!(of("Adds a: the sum.\n\nMore."), "adds a: the sum");
        assert_eq!(of("NULL is fine. More."), "NULL is fine");
    }
}
