//! The pages of section 3: one for the library, one for each function and type.

use crate::header::{Header, Item, Kind, Section};
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

/// The first line of a page.
pub(crate) fn title(name: &str, section: u32, date: &str, version: &str) -> String {
    let name = name.to_uppercase();
    format!(
        ".\\\" Made from the sources of Tally; do not edit.\n\
         .TH {name} {section} {date} \"Tally {version}\" Tally\n"
    )
}

fn overview(header: &Header, date: &str) -> Result<String, String> {
    let mut out = title("tally", 3, date, &header.version);
    out.push_str(".SH NAME\ntally \\- arithmetic over arrays that cannot silently go wrong\n");
    out.push_str(".SH SYNOPSIS\n.nf\n.B #include <tally.h>\n.PP\n");
    out.push_str(".RI \"cc \" program.c \" $(pkg\\-config \\-\\-cflags \\-\\-libs tally)\"\n.fi\n");
    out.push_str(".SH DESCRIPTION\n");
    body(&mut out, &header.preamble, header)?;
    for section in &header.sections {
        out.push_str(&format!(".SS {}\n", text(&section.title)));
        out.push_str(".nh\n.ad l\n");
        let items = section.items.iter();
        let named = items.filter(|item| item.kind != Kind::Constant);
        see(&mut out, named.map(|item| item.name.as_str()));
        out.push_str(".ad\n.hy\n");
    }
    out.push_str(".SH SEE ALSO\n.BR tally (1)\n");
    Ok(out)
}

fn page(header: &Header, section: &Section, item: &Item, date: &str) -> Result<String, String> {
    let summary = prose::summary(&item.comment).ok_or("no comment")?;
    let mut out = title(&item.name, 3, date, &header.version);
    let name = format!("{} \\- {}", item.name, plain(&summary, header)?);
    out.push_str(&format!(
        ".SH NAME\n{}.SH SYNOPSIS\n.nf\n.B #include <tally.h>\n.PP\n",
        lines(&name)
    ));
    for line in item.declaration.lines() {
        out.push_str(&format!("\\fB{}\\fR\n", text(line)));
    }
    out.push_str(".fi\n.SH DESCRIPTION\n");
    body(&mut out, &item.comment, header)?;
    if item.declaration.starts_with("tally_status ") {
        out.push_str(
            ".SH RETURN VALUE\n.B TALLY_OK\non success. Otherwise the status of the failure, which is below 0;\n\
             .BR tally_last_message (3)\nsays more.\n",
        );
    }
    if !section.introduction.is_empty() {
        out.push_str(&format!(".SH NOTES\n.SS {}\n", text(&section.title)));
        body(&mut out, &section.introduction, header)?;
    }
    for other in section
        .items
        .iter()
        .filter(|other| other.kind == Kind::Constant)
    {
        out.push_str(&format!(
            ".SS {}\n.nf\n{}\n.fi\n.PP\n",
            other.name,
            text(&other.declaration)
        ));
        body(&mut out, &other.comment, header)?;
    }
    out.push_str(".SH SEE ALSO\n.nh\n.ad l\n");
    let others = section
        .items
        .iter()
        .filter(|other| other.kind != Kind::Constant && other.name != item.name);
    let names = others.map(|other| other.name.as_str());
    see(&mut out, ["tally"].into_iter().chain(names));
    Ok(out)
}

/// References to pages of section 3.
fn see<'a>(out: &mut String, names: impl Iterator<Item = &'a str>) {
    let lines: Vec<String> = names.map(|name| format!(".BR {name} (3)")).collect();
    out.push_str(&lines.join(",\n"));
    if !lines.is_empty() {
        out.push('\n');
    }
}

fn body(out: &mut String, blocks: &[Block], header: &Header) -> Result<(), String> {
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph(words) => {
                if index > 0 {
                    out.push_str(".PP\n");
                }
                out.push_str(&filled(words, header)?);
            }
            Block::Item(words) => {
                out.push_str(".IP \\(bu 2\n");
                out.push_str(&filled(words, header)?);
            }
            Block::Code(lines) => {
                if index > 0 {
                    out.push_str(".PP\n");
                }
                out.push_str(".RS 4\n.nf\n");
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

/// A paragraph, each of its sentences on lines of its own, as pages are written.
fn filled(words: &str, header: &Header) -> Result<String, String> {
    Ok(lines(&inline(words, header)?))
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
        let last = lines.last_mut().filter(|line| line.len() + word.len() < 78);
        match last {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
        // The formatter ends a sentence only at the end of a line.
        if word.ends_with('.') {
            lines.push(String::new());
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
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

fn inline(paragraph: &str, header: &Header) -> Result<String, String> {
    let mut out = String::new();
    for span in prose::spans(paragraph, header)? {
        match span {
            Span::Text(plain) => out.push_str(&words(plain)),
            Span::Argument(argument) => out.push_str(&format!("\\fI{}\\fR", text(argument))),
            Span::Function(name) if header.find(name).is_some() => {
                out.push_str(&format!("\\fB{name}\\fR(3)"));
            }
            Span::Function(name) => out.push_str(&format!("\\fB{name}\\fR()")),
            Span::Name(name) => out.push_str(&format!("\\fB{name}\\fR")),
        }
    }
    Ok(out)
}

/// A paragraph with no fonts, for the NAME section.
fn plain(paragraph: &str, header: &Header) -> Result<String, String> {
    let mut out = String::new();
    for span in prose::spans(paragraph, header)? {
        match span {
            Span::Function(name) => out.push_str(&format!("{name}()")),
            Span::Text(plain) => out.push_str(&words(plain)),
            Span::Argument(name) | Span::Name(name) => out.push_str(&text(name)),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_formatter_would_read_is_written_out() {
        assert_eq!(text("a\\n -1 '"), "a\\en \\-1 \\(aq");
        assert_eq!(words("well-known -0.0"), "well-known \\-0.0");
        assert_eq!(guarded(".so x"), "\\&.so x");
        assert_eq!(wrap("One. Two three."), ["One.", "Two three."]);
        assert!(wrap(&"word ".repeat(40)).iter().all(|line| line.len() < 80));
    }
}
