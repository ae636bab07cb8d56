//! One section of the header.

use std::io::Write;

use crate::source::Source;
use crate::{comment, warnings};

const OPEN: &str = "#ifdef __cplusplus\nextern \"C\" {\n#endif // __cplusplus\n";
const CLOSE: &str = "\n#ifdef __cplusplus\n}  // extern \"C\"\n#endif  // __cplusplus\n";

/// The section of one source file. `declared` are the types of the sections
/// above it, which it may name.
pub(crate) fn write(
    source: &Source,
    config: &cbindgen::Config,
    declared: &[String],
) -> Result<String, String> {
    let fail = |problem: String| format!("{}: {problem}", source.path.display());
    let Some((title, introduction)) = source.introduction.split_first() else {
        return Err(fail(
            "no documentation to make a section's title of".to_owned(),
        ));
    };
    let (types, functions) = declarations(source, config, declared).map_err(fail)?;
    let mut out = banner(title);
    if introduction.iter().any(|line| !line.trim().is_empty()) {
        let lines: Vec<&str> = introduction.iter().map(String::as_str).collect();
        let lines = if lines[0].is_empty() {
            &lines[1..]
        } else {
            &lines[..]
        };
        push(&mut out, &comment::block(lines, 0).map_err(fail)?);
    }
    push(&mut out, &comment::tidy(&types).map_err(fail)?);
    push(
        &mut out,
        &comment::tidy(&source.before_functions.join("\n")).map_err(fail)?,
    );
    push(&mut out, &comment::tidy(&functions).map_err(fail)?);
    push(
        &mut out,
        &comment::tidy(&source.after_functions.join("\n")).map_err(fail)?,
    );
    out.push('\n');
    Ok(out)
}

fn push(out: &mut String, part: &str) {
    let part = part.trim_matches('\n');
    if !part.is_empty() {
        out.push('\n');
        out.push_str(part);
        out.push('\n');
    }
}

fn banner(title: &str) -> String {
    let rule = "=".repeat(comment::WIDTH - 6);
    format!("/* {rule} */\n/* {title:^74} */\n/* {rule} */\n")
}

/// What cbindgen makes of the source: constants and types, then functions.
fn declarations(
    source: &Source,
    config: &cbindgen::Config,
    declared: &[String],
) -> Result<(String, String), String> {
    let mut file = tempfile::NamedTempFile::new().map_err(|e| e.to_string())?;
    file.write_all(source.items.as_bytes())
        .map_err(|e| e.to_string())?;
    let mut config = config.clone();
    config.export.include.extend(source.types.iter().cloned());
    let by_hand = source.structs.iter();
    config
        .export
        .rename
        .extend(by_hand.map(|name| (name.clone(), format!("struct {name}"))));
    let declared = &[declared, &source.structs].concat();
    let (bindings, warnings) = warnings::during(|| {
        cbindgen::Builder::new()
            .with_config(config)
            .with_src(file.path())
            .generate()
    });
    let bindings = bindings.map_err(|e| e.to_string())?;
    if let Some(warning) = warnings.iter().find(|warning| !expected(warning, declared)) {
        return Err(format!("cbindgen warns: {warning}"));
    }
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).map_err(|e| e.to_string())?;
    let (types, functions) = match text.split_once(OPEN) {
        None => (text, String::new()),
        Some((types, rest)) => {
            let functions = rest
                .strip_suffix(CLOSE)
                .ok_or("cbindgen closed its extern block in another way than expected")?;
            (types.to_owned(), functions.to_owned())
        }
    };
    Ok((in_c_style(&types), in_c_style(&functions)))
}

/// A type of a section above, or one declared by hand, is the only thing that cbindgen may
/// miss: it is named, and declared already.
fn expected(warning: &str, declared: &[String]) -> bool {
    warning
        .strip_prefix("Can't find ")
        .and_then(|rest| rest.split_once(". "))
        .is_some_and(|(name, _)| declared.iter().any(|known| known == name))
}

/// Drops C++ comments and the word `struct` where a typedef's name will do, and
/// fills the parameters of long declarations.
fn in_c_style(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let mut line = match line.split_once(" //") {
            Some((directive, _)) if line.starts_with("#endif") => directive.trim_end().to_owned(),
            _ => line.to_owned(),
        };
        let declaration = line.starts_with(|c: char| c.is_ascii_alphabetic()) && line.contains('(');
        while declaration && !line.ends_with(';') {
            let Some(next) = lines.next() else { break };
            line.push(' ');
            line.push_str(next.trim_start());
        }
        if !line.starts_with("typedef struct ") {
            line = line.replace("struct tally_", "tally_");
        }
        out.push_str(&if declaration {
            fill_parameters(&line)
        } else {
            line
        });
        out.push('\n');
    }
    out
}

/// Breaks a declaration's parameters over lines where it is too long.
fn fill_parameters(line: &str) -> String {
    let (Some(open), true) = (line.rfind('('), line.len() > comment::WIDTH) else {
        return line.to_owned();
    };
    let (mut out, parameters) = (line[..=open].to_owned(), &line[open + 1..]);
    let widest = parameters.split(", ").map(|parameter| parameter.len() + 1);
    let under_the_first = open + 1 + widest.max().unwrap_or(0) <= comment::WIDTH;
    let indent = if under_the_first { open + 1 } else { 4 };
    let mut width = out.len();
    for (index, parameter) in parameters.split_inclusive(", ").enumerate() {
        let needed = parameter.trim_end().len();
        let first = index == 0;
        if (first && !under_the_first) || (!first && width + needed > comment::WIDTH) {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            width = indent;
        }
        out.push_str(parameter);
        width += parameter.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_declarations_are_filled_under_their_first_parameter() {
        let text = "typedef int (*f)(int a, int b);";
        assert_eq!(in_c_style(text), format!("{text}\n"));
        let name = "f".repeat(60);
        let broken = in_c_style(&format!(
            "A\nint {name}(int a,\n   int b,\n  struct tally_x *c);"
        ));
        let lines: Vec<&str> = broken.lines().collect();
        assert_eq!(lines[..2], ["A", &format!("int {name}(int a, int b,")]);
        assert_eq!(lines[2], format!("{}tally_x *c);", " ".repeat(65)));
        let name = "f".repeat(70);
        let broken = in_c_style(&format!("int {name}(int a, int long_one);"));
        assert_eq!(broken, format!("int {name}(\n    int a, int long_one);\n"));
    }

    #[test]
    fn only_a_type_declared_above_may_be_missing() {
        let declared = ["tally_status".to_owned()];
        let missing = |name| format!("Can't find {name}. This usually means that it is missing.");
        assert!(expected(&missing("tally_status"), &declared));
        assert!(!expected(&missing("tally_stat"), &declared));
        assert!(!expected("Skipping x::f - (not `extern \"C\"`)", &declared));
    }

    #[test]
    fn a_banner_is_as_wide_as_the_page() {
        assert!(
            banner("Errors")
                .lines()
                .all(|line| line.len() == comment::WIDTH)
        );
    }
}
