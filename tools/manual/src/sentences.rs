//! The sentences of a document: of a page in Markdown, of the introductions of the header,
//! or of the comments of what one section of it declares.

use std::path::Path;

use crate::header;
use crate::prose::Block;

/// The sentences of a document: those of a header are of its introductions. A row of a table
/// is one, too.
pub(crate) fn of_file(root: &Path, document: &str) -> Result<Vec<String>, String> {
    let path = root.join(document);
    if !document.ends_with(".h") {
        return Ok(of_markdown(&crate::read(&path)?));
    }
    let header = header::read(&path)?;
    let introductions = header
        .sections
        .iter()
        .flat_map(|section| &section.introduction);
    Ok(header
        .preamble
        .iter()
        .chain(introductions)
        .flat_map(of_block)
        .collect())
}

/// What a section declares: each name with the sentences of its comment, and of those of the
/// members of an enum or a struct.
pub(crate) fn of_declarations(section: &header::Section) -> Vec<(&str, Vec<String>)> {
    let units = |item: &header::Item| {
        let members = item.parts().flat_map(|(_, comment)| sentences(&comment));
        item.comment
            .iter()
            .flat_map(of_block)
            .chain(members)
            .collect()
    };
    section
        .items
        .iter()
        .map(|item| (item.name.as_str(), units(item)))
        .collect()
}

fn of_block(block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph(text) | Block::Item(text) => sentences(text),
        _ => Vec::new(),
    }
}

/// The sentences of a text in Markdown, without headings, code and images, with the words
/// of a link in its place.
pub(crate) fn of_markdown(text: &str) -> Vec<String> {
    let mut units = Vec::new();
    let mut paragraph = String::new();
    let mut code = false;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for (number, line) in lines.iter().enumerate() {
        let fence = line.starts_with("```");
        let row = line.starts_with('|');
        let next = lines.get(number + 1).copied().unwrap_or_default();
        let item = line.strip_prefix("- ").or_else(|| {
            let (digits, rest) = line.split_once(". ")?;
            digits.parse::<u32>().ok().map(|_| rest)
        });
        let heading = line.starts_with('#');
        if fence || row || heading || item.is_some() || line.is_empty() {
            units.extend(sentences(&without_links(&std::mem::take(&mut paragraph))));
        }
        if fence {
            code = !code;
        } else if code || heading || line.starts_with("![") {
        } else if row {
            if !line.starts_with("|--") && !next.starts_with("|--") {
                units.push(without_links(line));
            }
        } else {
            paragraph.push_str(item.unwrap_or(line));
            paragraph.push(' ');
        }
    }
    units.extend(sentences(&without_links(&paragraph)));
    units
}

/// The text with the words of each link in place of the link.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once("](") {
            Some((words, target)) if !words.contains(']') => {
                out.push_str(words);
                rest = target.split_once(')').map_or("", |(_, rest)| rest);
            }
            _ => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

/// A paragraph's sentences.
fn sentences(paragraph: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut sentence = String::new();
    let mut words = paragraph.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        let bare = word
            .trim_start_matches('(')
            .trim_end_matches([')', '*', '"', '\'', '`']);
        let initial = bare.len() == 2 && bare.starts_with(|c: char| c.is_uppercase());
        let begins = |next: &&str| {
            let first = next.trim_start_matches(['(', '*', '"', '\'', '`', '-']);
            first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || first.starts_with("tally_")
                || next.starts_with(['`', '\''])
        };
        // A title, as "**Errors.**", belongs to the sentence that follows.
        let title = sentence.starts_with("**") && word.ends_with(".**") && !out_of(&sentence);
        if bare.ends_with(['.', '?', '!']) && !initial && !title && words.peek().is_none_or(begins)
        {
            out.push(std::mem::take(&mut sentence));
        }
    }
    out.extend(Some(sentence).filter(|sentence| !sentence.is_empty()));
    out
}

/// Whether a sentence goes on after its bold beginning.
fn out_of(sentence: &str) -> bool {
    sentence.matches("**").count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A title\n\n**Errors.** A call\nfails. Or *not*, see [the page](x.md#y).\n\n\
        ```\nint x.\n```\n\n| a | b |\n|---|---|\n| one | `two` |\n\n- An item: e.g. this.\n- Another\n  one.\n";

    #[test]
    fn a_document_is_its_sentences() {
        assert_eq!(
            of_markdown(TEXT),
            [
                "**Errors.** A call fails.",
                "Or *not*, see the page.",
                "| one | `two` |",
                "An item: e.g. this.",
                "Another one.",
            ]
        );
    }
}
