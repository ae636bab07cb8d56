//! What `tally --help` says; the tool's page of section 1 and a part of the HTML manual,
//! made from it.

use crate::{html, man};

/// The help text, read.
pub(crate) struct Help {
    /// What follows "Usage: tally".
    pub(crate) usage: String,
    /// What stands below, in its order.
    pub(crate) parts: Vec<Part>,
}

/// A part of the help text.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// The title of what follows.
    Title(String),
    /// Text to be filled.
    Paragraph(String),
    /// An option.
    Choice(Choice),
    /// A short word and what it means.
    Tagged(String, String),
    /// Lines to be left as they are.
    Code(String),
}

/// An option, or several that share their explanation.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Choice {
    /// Its spellings, hyphens included.
    pub(crate) spellings: Vec<String>,
    /// The word that it takes.
    pub(crate) argument: Option<String>,
    /// What it does.
    pub(crate) text: String,
}

impl Help {
    /// The options, in their order.
    pub(crate) fn choices(&self) -> impl Iterator<Item = &Choice> {
        self.parts.iter().filter_map(|part| match part {
            Part::Choice(choice) => Some(choice),
            _ => None,
        })
    }
}

/// Reads the help text: paragraphs at the margin, options and words that are
/// explained two columns in, their continuations further in.
pub(crate) fn parse(text: &str) -> Result<Help, String> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let usage = first
        .strip_prefix("Usage: tally")
        .ok_or_else(|| format!("the help does not begin with its usage: {first}"))?;
    let mut parts: Vec<Part> = Vec::new();
    let mut open = false;
    for line in rest.lines() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let words = line.trim();
        match (indent, parts.last_mut()) {
            (0, Some(Part::Paragraph(text))) if open => push(text, words),
            (0, _) => {
                let (title, rest) = titled(words);
                parts.extend(title.map(|title| Part::Title(title.to_owned())));
                if !rest.is_empty() {
                    parts.push(Part::Paragraph(rest));
                }
            }
            (3.., Some(Part::Choice(Choice { text, .. }) | Part::Tagged(_, text))) => {
                push(text, words);
            }
            _ => parts.push(indented(words)),
        }
        open = true;
    }
    let help = Help {
        usage: usage.trim().to_owned(),
        parts,
    };
    if help.choices().next().is_none() {
        return Err("the help names no option".to_owned());
    }
    Ok(help)
}

fn push(text: &mut String, words: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(words);
}

/// "Exit status: 0 is good" has a title; "Note that x: y" has none.
fn titled(words: &str) -> (Option<&str>, String) {
    match words.split_once(':') {
        Some((title, rest))
            if title.split(' ').count() <= 2 && (rest.is_empty() || rest.starts_with(' ')) =>
        {
            let mut letters = rest.trim_start().chars();
            let first = letters.next().map(|c| c.to_ascii_uppercase());
            (Some(title), first.into_iter().chain(letters).collect())
        }
        _ => (None, words.to_owned()),
    }
}

fn indented(words: &str) -> Part {
    let (tag, text) = words.split_once("  ").unwrap_or((words, ""));
    let text = text.trim_start().to_owned();
    if !words.starts_with('-') {
        return if text.is_empty() {
            Part::Code(words.to_owned())
        } else {
            Part::Tagged(tag.to_owned(), text)
        };
    }
    let mut argument = None;
    let mut spellings = Vec::new();
    for spelling in tag.split(", ") {
        let (option, word) = match spelling.split_once([' ', '=']) {
            Some((option, word)) => (option, Some(word.to_owned())),
            None => (spelling, None),
        };
        spellings.push(option.to_owned());
        argument = word.or(argument);
    }
    Part::Choice(Choice {
        spellings,
        argument,
        text,
    })
}

/// The page.
pub(crate) fn page(help: &Help, version: &str, date: &str) -> String {
    let mut out = man::title("tally", 1, date, version);
    out.push_str(".SH NAME\ntally \\- exact totals of columns of numbers\n");
    out.push_str(&format!(
        ".SH SYNOPSIS\n.B tally\n{}\n.SH DESCRIPTION\n",
        man::text(&help.usage)
    ));
    let mut before: Option<&Part> = None;
    let mut section = String::from("DESCRIPTION");
    for part in &help.parts {
        let wanted = match part {
            Part::Title(title) => title.to_uppercase(),
            Part::Choice(_) => "OPTIONS".to_owned(),
            Part::Code(_) => "EXAMPLES".to_owned(),
            _ => section.clone(),
        };
        if wanted != section {
            out.push_str(&format!(".SH {}\n", man::text(&wanted)));
            section = wanted;
            before = None;
        }
        match part {
            Part::Title(_) => {}
            Part::Paragraph(text) => {
                if before.is_some() {
                    out.push_str(".PP\n");
                }
                out.push_str(&man::lines(&man::words(text)));
            }
            Part::Choice(choice) => {
                let mut spellings: Vec<String> = choice
                    .spellings
                    .iter()
                    .map(|spelling| format!("\\fB{}\\fR", man::text(spelling)))
                    .collect();
                if let (Some(last), Some(word)) = (spellings.last_mut(), &choice.argument) {
                    last.push_str(&format!(" \\fI{}\\fR", man::text(word)));
                }
                out.push_str(&format!(".TP\n{}\n", spellings.join(", ")));
                out.push_str(&man::lines(&man::words(&choice.text)));
            }
            Part::Tagged(tag, text) => {
                out.push_str(&format!(".TP\n.B {}\n", man::text(tag)));
                out.push_str(&man::lines(&man::words(text)));
            }
            Part::Code(line) => {
                if before.is_some() {
                    out.push_str(".PP\n");
                }
                out.push_str(&format!(".nf\n{}\n.fi\n", man::text(line)));
            }
        }
        before = Some(part).filter(|part| !matches!(part, Part::Title(_)));
    }
    // Those of other projects, by their names alone: they may not be installed.
    out.push_str(
        ".SH SEE ALSO\n.BR tally (3),\n.BR awk ,\n.BR datamash ,\n.BR iconv ,\n.BR numfmt ,\n.BR sort\n",
    );
    out
}

/// The same as sections of a page of the HTML manual.
pub(crate) fn sections(help: &Help) -> String {
    let mut out = format!(
        "<h2 id=\"help-options\">Options</h2>\n<pre>tally {}</pre>\n",
        html::escaped(&help.usage)
    );
    // What is open, and is to be closed: a list, or lines of code.
    let mut open = "";
    for part in &help.parts {
        let wanted = match part {
            Part::Choice(_) | Part::Tagged(..) => "dl",
            Part::Code(_) => "pre",
            Part::Title(_) | Part::Paragraph(_) => "",
        };
        if wanted != open {
            if !open.is_empty() {
                out.push_str(&format!("</{open}>\n"));
            }
            if !wanted.is_empty() {
                out.push_str(&format!("<{wanted}>"));
            }
            open = wanted;
        }
        out.push_str(&match part {
            Part::Title(title) => format!(
                "<h2 id=\"help-{}\">{}</h2>\n",
                html::slug(title),
                html::escaped(title)
            ),
            Part::Paragraph(text) => format!("<p>{}</p>\n", html::escaped(text)),
            Part::Choice(choice) => entry(
                &choice.spellings.join(", "),
                choice.argument.as_deref(),
                &choice.text,
            ),
            Part::Tagged(tag, text) => entry(tag, None, text),
            Part::Code(line) => format!("{}\n", html::escaped(line)),
        });
    }
    if !open.is_empty() {
        out.push_str(&format!("</{open}>\n"));
    }
    out
}

fn entry(tag: &str, argument: Option<&str>, text: &str) -> String {
    let argument = argument.map_or(String::new(), |word| {
        format!(" <var>{}</var>", html::escaped(word))
    });
    format!(
        "<dt><code>{}</code>{argument}</dt><dd>{}</dd>\n",
        html::escaped(tag),
        html::escaped(text)
    )
}

#[cfg(test)]
pub(crate) const EXAMPLE: &str = "Usage: tally [OPTION]... [FILE]...\nPrints\ntotals.\n\n  \
     -c, --column COLUMN   one column;\n                        or more\n  \
     --all                 all\n  --help, --version     print this: or that\n\n\
     Exit status:\n  0  good\n     luck\n\nNumbers: all.\n\n  seq 10 | tally\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_is_read_as_it_is_laid_out() {
        let help = parse(EXAMPLE).unwrap();
        assert_eq!(help.usage, "[OPTION]... [FILE]...");
        let choices: Vec<&Choice> = help.choices().collect();
        assert_eq!(choices.len(), 3);
        assert_eq!(choices[0].spellings, ["-c", "--column"]);
        assert_eq!(choices[0].argument.as_deref(), Some("COLUMN"));
        assert_eq!(choices[0].text, "one column; or more");
        assert_eq!(choices[2].spellings, ["--help", "--version"]);
        assert_eq!(help.parts[0], Part::Paragraph("Prints totals.".to_owned()));
        let tagged = Part::Tagged("0".to_owned(), "good luck".to_owned());
        assert!(help.parts.contains(&tagged), "{:?}", help.parts);
        assert!(help.parts.contains(&Part::Title("Numbers".to_owned())));
        assert!(
            help.parts
                .contains(&Part::Code("seq 10 | tally".to_owned()))
        );
    }

    #[test]
    fn every_part_has_its_section() {
        let page = page(&parse(EXAMPLE).unwrap(), "1.2.3", "2000-01-01");
        for section in [
            "NAME",
            "SYNOPSIS",
            "OPTIONS",
            "EXIT STATUS",
            "NUMBERS",
            "EXAMPLES",
        ] {
            assert!(
                page.contains(&format!(".SH {section}\n")),
                "{section}: {page}"
            );
        }
    }

    #[test]
    fn the_html_manual_has_every_option() {
        let text = sections(&parse(EXAMPLE).unwrap());
        for part in [
            "<pre>tally [OPTION]... [FILE]...</pre>",
            "<dl><dt><code>-c, --column</code> <var>COLUMN</var></dt><dd>one column; or more</dd>",
            "<h2 id=\"help-exit-status\">Exit status</h2>\n<dl><dt><code>0</code></dt>",
            "<p>All.</p>\n<pre>seq 10 | tally\n</pre>",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn what_is_no_help_is_refused() {
        assert!(parse("tally: no such option").is_err());
        assert!(parse("Usage: tally\nNo options.\n").is_err());
    }
}
