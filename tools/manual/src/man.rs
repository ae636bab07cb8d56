//! The pages of section 3: one for the library, one for each function and type.

use crate::header::{Header, Item, Kind, Section};
use crate::narrow::{WIDTH, narrow};
use crate::prose::{self, Block, Span};

/// The names and texts of all pages.
pub(crate) fn pages(header: &Header, date: &str) -> Result<Vec<(String, String)>, String> {
    let mut pages = vec![("tally".to_owned(), overview(header, date)?)];
    for section in &header.sections {
        for item in section
            .items
            .iter()
            .filter(|item| item.kind != Kind::Constant)
        {
            let page = page(header, section, item, date)
                .map_err(|problem| format!("{}: {problem}", item.name))?;
            pages.push((item.name.clone(), page));
        }
    }
    Ok(pages)
}

/// The first lines of a page. Names are not hyphenated, so lines are ragged.
pub(crate) fn title(name: &str, section: u32, date: &str, version: &str) -> String {
    let name = name.to_uppercase();
    format!(
        ".\\\" Made from the sources of Tally; do not edit.\n\
         .TH {name} {section} {date} \"Tally {version}\" Tally\n.nh\n.ad l\n"
    )
}

/// The library's page: its promises, and each section as the header has it.
fn overview(header: &Header, date: &str) -> Result<String, String> {
    let mut out = title("tally", 3, date, &header.version);
    out.push_str(".SH NAME\ntally \\- arithmetic over arrays that cannot silently go wrong\n");
    out.push_str(".SH SYNOPSIS\n.nf\n.B #include <tally.h>\n.PP\n");
    out.push_str(".RI \"cc \" program.c \" $(pkg\\-config \\-\\-cflags \\-\\-libs tally)\"\n.fi\n");
    out.push_str(".SH DESCRIPTION\n");
    let page = Page {
        header,
        name: "tally",
    };
    page.body(&mut out, &header.preamble)?;
    for section in &header.sections {
        out.push_str(&format!(".SS {}\n", text(&section.title)));
        page.body(&mut out, &section.introduction)?;
        let items = section.items.iter();
        let named: Vec<&str> = items
            .filter(|item| item.kind != Kind::Constant)
            .map(|item| item.name.as_str())
            .collect();
        if !named.is_empty() {
            out.push_str(".PP\n");
            see(&mut out, named.into_iter());
        }
    }
    out.push_str(".SH SEE ALSO\n.BR tally (1)\n");
    Ok(out)
}

fn page(header: &Header, section: &Section, item: &Item, date: &str) -> Result<String, String> {
    let page = Page {
        header,
        name: &item.name,
    };
    let mut out = title(&item.name, 3, date, &header.version);
    let summary = prose::summary(&item.comment).ok_or("no comment")?;
    let name = format!("{} \\- {}", item.name, page.plain(short(&summary))?);
    out.push_str(&format!(
        ".SH NAME\n{}.SH SYNOPSIS\n.nf\n.B #include <tally.h>\n.PP\n",
        lines(&name)
    ));
    let synopsis = item.synopsis_of(&narrow(&item.declaration));
    for line in synopsis.lines() {
        out.push_str(&format!("\\fB{}\\fR\n", text(line)));
    }
    out.push_str(".fi\n.SH DESCRIPTION\n");
    let (description, returned) = parts(item)?;
    page.body(&mut out, &description)?;
    if let Some(returned) = returned {
        out.push_str(".SH RETURN VALUE\n");
        page.body(&mut out, &[returned])?;
    }
    if !section.introduction.is_empty() {
        out.push_str(&format!(".SH NOTES\n.SS {}\n", text(&section.title)));
        page.body(&mut out, &section.introduction)?;
    }
    for other in section
        .items
        .iter()
        .filter(|other| other.kind == Kind::Constant)
    {
        out.push_str(&format!(
            ".SS {}\n.nf\n{}\n.fi\n.PP\n",
            other.name,
            text(&narrow(&other.declaration))
        ));
        page.body(&mut out, &other.comment)?;
    }
    out.push_str(".SH SEE ALSO\n");
    let others = section
        .items
        .iter()
        .filter(|other| other.kind != Kind::Constant && other.name != item.name);
    let names: Vec<&str> = others.map(|other| other.name.as_str()).collect();
    let twin = twin(header, item).filter(|twin| !names.contains(twin));
    see(
        &mut out,
        ["tally"].into_iter().chain(twin).chain(names.clone()),
    );
    Ok(out)
}

/// The function that does the same by several threads, or by one.
fn twin<'a>(header: &'a Header, item: &Item) -> Option<&'a str> {
    const PARALLEL: &str = "_parallel";
    let name = match item.name.strip_suffix(PARALLEL) {
        Some(name) => name.to_owned(),
        None => item.name.clone() + PARALLEL,
    };
    header.find(&name).map(|(_, twin)| twin.name.as_str())
}

/// A summary that is one line of the list that apropos(1) prints.
fn short(summary: &str) -> &str {
    const LINE: usize = 70;
    match summary.split_once(": ") {
        Some((first, _)) if summary.len() > LINE => first,
        _ => summary,
    }
}

/// What the description says and what is returned. Every function that is not
/// void says that.
fn parts(item: &Item) -> Result<(Vec<Block>, Option<Block>), String> {
    let mut description = item.comment.clone();
    if item.kind != Kind::Function || item.is_void() {
        return Ok((description, None));
    }
    if item.declaration.starts_with("tally_status ")
        && prose::returned(&description).is_none_or(|(_, own)| !own)
    {
        return Ok((description, Some(Block::Paragraph(STATUS.to_owned()))));
    }
    let (at, own) = prose::returned(&description).ok_or("nothing says what it returns")?;
    let returned = if own {
        description.remove(at)
    } else {
        first_sentence(&description[at])
    };
    Ok((description, Some(returned)))
}

fn first_sentence(block: &Block) -> Block {
    match block {
        Block::Paragraph(text) => {
            let end = text.find(". ").map_or(text.len(), |at| at + 1);
            Block::Paragraph(text[..end].to_owned())
        }
        other => other.clone(),
    }
}

const STATUS: &str = "TALLY_OK on success. Otherwise the status of the failure, which is negative; \
                      tally_last_message() has the details.";

/// References to pages of section 3.
fn see<'a>(out: &mut String, names: impl Iterator<Item = &'a str>) {
    let lines: Vec<String> = names.map(|name| format!(".BR {name} (3)")).collect();
    out.push_str(&lines.join(",\n"));
    if !lines.is_empty() {
        out.push('\n');
    }
}

/// The page that a text is for.
struct Page<'a> {
    header: &'a Header,
    name: &'a str,
}

impl Page<'_> {
    fn body(&self, out: &mut String, blocks: &[Block]) -> Result<(), String> {
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(words) => {
                    if index > 0 {
                        out.push_str(".PP\n");
                    }
                    out.push_str(&lines(&self.inline(words)?));
                }
                Block::Item(words) => {
                    out.push_str(".IP \\(bu 2\n");
                    out.push_str(&lines(&self.inline(words)?));
                }
                Block::Code(lines) => {
                    if index > 0 {
                        out.push_str(".PP\n");
                    }
                    // What is too wide for an indentation of 4 has none.
                    let fits = lines.lines().all(|line| line.len() <= WIDTH - 4);
                    out.push_str(&format!(".RS {}\n.nf\n", if fits { 4 } else { 0 }));
                    for line in lines.lines() {
                        out.push_str(&guarded(&text(line)));
                        out.push('\n');
                    }
                    out.push_str(".fi\n.RE\n");
                }
            }
        }
        Ok(())
    }

    fn inline(&self, paragraph: &str) -> Result<String, String> {
        let mut out = String::new();
        for span in prose::spans(paragraph, self.header)? {
            match span {
                Span::Text(plain) => out.push_str(&words(plain)),
                Span::Argument(argument) => out.push_str(&format!("\\fI{}\\fR", text(argument))),
                Span::Function(name) if self.header.find(name).is_some() => {
                    out.push_str(&format!("\\fB{name}\\fR(3)"));
                }
                Span::Function(name) => out.push_str(&format!("\\fB{name}\\fR()")),
                Span::Name(name) => out.push_str(&format!("\\fB{name}\\fR")),
                Span::Section(title) => {
                    out.push_str(&format!("\\fI{}\\fR", words(title)));
                    if self.name != "tally" {
                        out.push_str(" in \\fBtally\\fR(3)");
                    }
                }
            }
        }
        Ok(out)
    }

    /// A paragraph with no fonts, for the NAME section.
    fn plain(&self, paragraph: &str) -> Result<String, String> {
        let mut out = String::new();
        for span in prose::spans(paragraph, self.header)? {
            match span {
                Span::Function(name) => out.push_str(&format!("{name}()")),
                Span::Text(plain) | Span::Section(plain) => out.push_str(&words(plain)),
                Span::Argument(name) | Span::Name(name) => out.push_str(&text(name)),
            }
        }
        Ok(out)
    }
}

/// The lines of a paragraph that is in the formatter's language already.
pub(crate) fn lines(words: &str) -> String {
    let mut out = String::new();
    for line in wrap(words) {
        out.push_str(&guarded(&line));
        out.push('\n');
    }
    out
}

fn wrap(words: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let ends = word.ends_with(['.', '?']) || word.ends_with(".)");
        let initial = ends && is_initial(word.trim_start_matches('('));
        // Wherever an initial comes to stand, no sentence ends there.
        let word = if initial {
            format!("{word}\\&")
        } else {
            word.to_owned()
        };
        let last = lines.last_mut().filter(|line| line.len() + word.len() < 78);
        match last {
            Some(line) if line.is_empty() => line.push_str(&word),
            Some(line) => {
                line.push(' ');
                line.push_str(&word);
            }
            None => lines.push(word),
        }
        // The formatter ends a sentence only at the end of a line.
        if ends && !initial {
            lines.push(String::new());
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// A capital letter with its stop, as before a surname.
fn is_initial(word: &str) -> bool {
    word.len() == 2 && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A line that begins like a request is not one.
fn guarded(line: &str) -> String {
    if line.starts_with(['.', '\'']) {
        format!("\\&{line}")
    } else {
        line.to_owned()
    }
}

/// Characters that the formatter would take for its own.
pub(crate) fn text(line: &str) -> String {
    line.replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq")
        .replace('^', "\\(ha")
        .replace('~', "\\(ti")
        .replace('`', "\\(ga")
}

/// The same for words of a sentence, where a hyphen is a hyphen.
pub(crate) fn words(line: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in line.chars() {
        let letter = before.is_ascii_alphabetic();
        match c {
            '-' if letter => out.push('-'),
            c => out.push_str(&text(&c.to_string())),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_formatter_would_read_is_written_out() {
        assert_eq!(text("a\\n -1 '"), "a\\en \\-1 \\(aq");
        assert_eq!(words("well-known -0.0"), "well-known \\-0.0");
        assert_eq!(guarded(".so x"), "\\&.so x");
        assert_eq!(wrap("It is 0. Two three."), ["It is 0.", "Two three."]);
        assert_eq!(wrap("(D. E. Knuth.)"), ["(D.\\& E.\\& Knuth.)"]);
        assert!(wrap(&"word ".repeat(40)).iter().all(|line| line.len() < 80));
    }
}
