//! The programs in `docs/guide.md`: below each link to a file of `examples/guide`
//! that is a paragraph of its own stands that file, as a block of code. They are
//! written by `manual guide`; the manual is not made of a guide that has others.

use std::path::Path;

use crate::guide::EXAMPLES;

const FENCE: &str = "```";

/// The guide with the programs as they are now.
pub(crate) fn renewed(docs: &Path, guide: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = guide;
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        out.push_str(line);
        out.push('\n');
        let Some(file) = example(line) else {
            continue;
        };
        let code = crate::read(&docs.join(file))?;
        if code.contains(FENCE) {
            return Err(format!("{file} has {FENCE} in it"));
        }
        let language = file.rsplit('.').next().unwrap_or_default();
        out.push_str(&format!(
            "\n{FENCE}{language}\n{}\n{FENCE}\n",
            code.trim_end()
        ));
        rest = without_block(rest);
    }
    Ok(out + rest)
}

/// What follows the block of code that a text begins with, if it does.
fn without_block(text: &str) -> &str {
    let end = format!("\n{FENCE}\n");
    match text.trim_start_matches('\n').strip_prefix(FENCE) {
        Some(block) => block.split_once(&end).map_or("", |(_, after)| after),
        None => text,
    }
}

/// The file that a line is a link to, and nothing else.
fn example(line: &str) -> Option<&str> {
    let (_, file) = line
        .strip_prefix('[')?
        .strip_suffix(')')?
        .split_once("](")?;
    file.starts_with(EXAMPLES).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_stands_below_the_link_to_it() {
        let folder = std::env::temp_dir().join(format!("manual-inline-{}", std::process::id()));
        let docs = folder.join("docs");
        let file = folder.join("examples/guide/x.c");
        let link = "[x](../examples/guide/x.c)\n";
        let guide = format!("# A\n\n{link}\nText, and\na [y](../examples/guide/y.c).\n");
        std::fs::create_dir_all(&docs).unwrap();
        crate::write(&file, "int a;\n").unwrap();
        let first = renewed(&docs, &guide).unwrap();
        let again = renewed(&docs, &first).unwrap();
        crate::write(&file, "int b;\n\nint c;\n").unwrap();
        let changed = renewed(&docs, &first).unwrap();
        let fenced = crate::write(&file, "/*\n```\n*/\n").and_then(|()| renewed(&docs, &guide));
        std::fs::remove_dir_all(&folder).unwrap();
        let shown = |code: &str| guide.replace(link, &format!("{link}\n```c\n{code}\n```\n"));
        assert_eq!(first, shown("int a;"));
        assert_eq!(again, first);
        assert_eq!(changed, shown("int b;\n\nint c;"));
        assert!(fenced.is_err());
    }
}
