//! Documentation as plain C comments: at most 80 columns, no markup, and none
//! of the words that only a Rust programmer would know.

/// The width of the header.
pub(crate) const WIDTH: usize = 80;

/// Words that have no place in a C manual.
const RUST_WORDS: [&str; 21] = [
    "slice", "slices", "trait", "unwrap", "usize", "isize", "i8", "i16", "i32", "i64", "u8", "u16",
    "u32", "u64", "f32", "f64", "crate", "impl", "mut", "rustdoc", "Vec",
];

/// Marks that have no place in a C manual.
const RUST_MARKS: [&str; 11] = [
    "&str", "Option<", "Result<", "Some(", "Ok(", "Err(", "::", "# ", "[`", "](", "`",
];

/// Rewrites the `/** ... */` blocks that cbindgen made from documentation.
pub(crate) fn tidy(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        if line.trim() != "/**" {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let body: Vec<&str> = lines
            .by_ref()
            .map(str::trim_start)
            .take_while(|line| *line != "*/")
            .map(|line| line.strip_prefix('*').unwrap_or(line))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        out.push_str(&block(&body, indent)?);
    }
    Ok(out)
}

/// One comment, wrapped. A member's comment is a single line where it fits.
pub(crate) fn block(body: &[&str], indent: usize) -> Result<String, String> {
    let margin = " ".repeat(indent);
    let lines = wrap(body, WIDTH - indent - 3)?;
    if indent > 0
        && let [line] = &lines[..]
        && indent + line.len() + 6 <= WIDTH
    {
        return Ok(format!("{margin}/* {line} */\n"));
    }
    let mut out = format!("{margin}/*\n");
    for line in &lines {
        out.push_str(format!("{margin} * {line}").trim_end());
        out.push('\n');
    }
    out.push_str(&format!("{margin} */\n"));
    Ok(out)
}

/// Fills paragraphs and list items to `width`; fenced code keeps its lines,
/// indented by four. A Safety section is left out: it is last, tells Rust what
/// C's prototypes imply, and the text above it says what C must know.
fn wrap(body: &[&str], width: usize) -> Result<Vec<String>, String> {
    let mut out: Vec<String> = Vec::new();
    let mut paragraph: Option<(usize, String)> = None;
    let mut code = false;
    for &line in body {
        if line == "# Safety" && !code {
            break;
        }
        if line.contains("*/") || line.contains("/*") {
            return Err(format!("a comment cannot hold this line: {line}"));
        }
        if line.trim_start().starts_with("```") {
            flush(&mut paragraph, width, &mut out);
            code = !code;
        } else if code {
            let line = format!("    {line}").trim_end().to_owned();
            if line.len() > width {
                return Err(format!(
                    "a line of code is longer than {width} columns: {line}"
                ));
            }
            out.push(line);
        } else if line.trim().is_empty() {
            flush(&mut paragraph, width, &mut out);
            out.push(String::new());
        } else if line.starts_with('#') || line.starts_with('|') {
            return Err(format!(
                "headings and tables have no form in a C comment: {line}"
            ));
        } else {
            let text = line.trim().replace('`', "'");
            let bullet = line.trim_start().starts_with("- ");
            match &mut paragraph {
                // Markdown would make a list of it, as would the manual.
                Some((0, _)) if bullet => {
                    return Err(format!("a list follows no blank line: {line}"));
                }
                Some((_, open)) if !bullet => {
                    open.push(' ');
                    open.push_str(&text);
                }
                _ => {
                    flush(&mut paragraph, width, &mut out);
                    paragraph = Some((if bullet { 2 } else { 0 }, text));
                }
            }
        }
    }
    if code {
        return Err("a fenced block has no end".to_owned());
    }
    flush(&mut paragraph, width, &mut out);
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    Ok(out)
}

fn flush(paragraph: &mut Option<(usize, String)>, width: usize, out: &mut Vec<String>) {
    let Some((hang, text)) = paragraph.take() else {
        return;
    };
    let mut line = String::new();
    // At the beginning of a line a lone hyphen would be a list's.
    let text = text.replace(" - ", "\u{1}- ");
    for word in text.split_whitespace() {
        if !line.trim().is_empty() && line.len() + 1 + word.len() > width {
            out.push(std::mem::replace(&mut line, " ".repeat(hang)));
        }
        if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(&word.replace('\u{1}', " "));
    }
    out.push(line);
}

/// Refuses a header whose comments speak Rust, or that has a line too long.
pub(crate) fn check(header: &str) -> Result<(), String> {
    let mut inside = false;
    for (number, line) in header.lines().enumerate() {
        let number = number + 1;
        if line.chars().count() > WIDTH {
            return Err(format!(
                "line {number} is longer than {WIDTH} columns: {line}"
            ));
        }
        let mut rest = line;
        while !rest.is_empty() {
            let mark = if inside { "*/" } else { "/*" };
            let (part, after) = rest.split_once(mark).unwrap_or((rest, ""));
            if inside && let Some(word) = rust_word(part) {
                return Err(format!("line {number}: {word:?} says nothing in C: {line}"));
            }
            inside ^= part.len() < rest.len();
            rest = after;
        }
    }
    Ok(())
}

fn rust_word(comment: &str) -> Option<&'static str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mark = RUST_MARKS.into_iter().find(|mark| comment.contains(mark));
    mark.or_else(|| {
        comment
            .split(|c| !is_word(c))
            .find_map(|word| RUST_WORDS.into_iter().find(|rust| *rust == word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paragraphs_are_filled_and_lists_hang() {
        let words = ["word"; 40].join(" ");
        let body = ["First `x`", "second.", "", &format!("- {words}"), "- last"];
        let text = block(&body, 0).unwrap();
        assert!(
            text.starts_with("/*\n * First 'x' second.\n *\n * - word word"),
            "{text}"
        );
        assert!(text.contains("\n *   word"), "{text}");
        assert!(text.ends_with("\n * - last\n */\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
    }

    #[test]
    fn no_line_begins_like_a_list_that_is_none() {
        let text = block(&[&format!("{} - 1", "x".repeat(77))], 0).unwrap();
        assert!(!text.contains("* - "), "{text}");
    }

    #[test]
    fn a_list_within_a_paragraph_is_refused() {
        assert!(block(&["The range is 2^127", "- 1."], 0).is_err());
        assert!(block(&["Two:", "", "- one", "- two"], 0).is_ok());
    }

    #[test]
    fn a_short_member_comment_is_one_line() {
        assert_eq!(block(&["The end."], 4).unwrap(), "    /* The end. */\n");
    }

    #[test]
    fn code_keeps_its_lines() {
        let text = block(&["Use:", "```c", "a;", "  b;", "```"], 0).unwrap();
        assert_eq!(text, "/*\n * Use:\n *     a;\n *       b;\n */\n");
    }

    #[test]
    fn what_a_c_comment_cannot_hold_is_refused() {
        for line in ["ends */ here", "# Errors", "| a | b |", "```c"] {
            assert!(block(&[line], 0).is_err(), "{line}");
        }
    }

    #[test]
    fn the_safety_section_is_not_for_c() {
        let text = block(&["Adds.", "", "# Safety", "`x` is valid."], 0).unwrap();
        assert_eq!(text, "/*\n * Adds.\n */\n");
    }

    #[test]
    fn rust_words_are_refused_in_comments_only() {
        for comment in [
            "a slice of",
            "an Option<T>",
            "see [x](y)",
            "returns usize",
            "a::b",
        ] {
            let text = format!("int x;\n/*\n * {comment}\n */\n");
            assert!(check(&text).unwrap_err().contains("line 3"), "{comment}");
        }
        check("/* sliced options, tally_sum_i32 */\nenum slice { mut };\n").unwrap();
        check(&format!("/* {} */\n", "x".repeat(80))).unwrap_err();
    }
}
