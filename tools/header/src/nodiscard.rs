//! Marks each function whose result must not be thrown away: every one that
//! returns anything, so that a new function cannot be forgotten.

use crate::comment::WIDTH;

const MARK: &str = "TALLY_NODISCARD";

/// The functions whose results may be ignored.
const MAY_BE_IGNORED: [&str; 3] = [
    // They only release, and leave any failure in the error record.
    "tally_unref",
    "tally_array_release_view",
    // Writes to the caller's buffer and returns a length, as snprintf() does.
    "tally_last_error_copy",
];

/// Marks the functions of a header.
pub(crate) fn mark(header: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut unused: Vec<&str> = MAY_BE_IGNORED.to_vec();
    for line in header.lines() {
        if let Some(name) = function(line) {
            unused.retain(|ignored| *ignored != name);
            let ignored = MAY_BE_IGNORED.contains(&name);
            if !ignored && !returns_nothing(line) {
                let whole = line.ends_with(';') && MARK.len() + 1 + line.len() <= WIDTH;
                out.push_str(MARK);
                out.push(if whole { ' ' } else { '\n' });
            }
        } else if line.starts_with(MARK) {
            return Err(format!("{MARK} is written by rule, not by hand: {line}"));
        }
        out.push_str(line);
        out.push('\n');
    }
    match unused.first() {
        None => Ok(out),
        Some(name) => Err(format!("{name} may be ignored, but is not declared")),
    }
}

/// The name of the function whose declaration this line begins.
fn function(line: &str) -> Option<&str> {
    let begins = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !begins || line.starts_with("typedef ") || line.starts_with(MARK) {
        return None;
    }
    // An attribute has parentheses of its own.
    let rest = match line.split_once("))") {
        Some((attribute, rest)) if attribute.contains("__attribute__") => rest,
        _ => line,
    };
    let before = rest.split_once('(')?.0;
    let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_')? + 1;
    Some(&before[start..])
}

fn returns_nothing(line: &str) -> bool {
    line.strip_prefix("void ")
        .is_some_and(|rest| !rest.trim_start().starts_with('*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The declarations of what may be ignored, which every header must have.
    fn ignored() -> String {
        MAY_BE_IGNORED
            .map(|name| format!("tally_status {name}(void *x);\n"))
            .concat()
    }

    fn marked(text: &str) -> String {
        let marked = mark(&(ignored() + text)).unwrap();
        marked.strip_prefix(&ignored()).unwrap().to_owned()
    }

    #[test]
    fn what_returns_anything_is_marked() {
        assert_eq!(
            marked("tally_status tally_new(int x);\nvoid *tally_make(void);\n"),
            "TALLY_NODISCARD tally_status tally_new(int x);\n\
             TALLY_NODISCARD void *tally_make(void);\n"
        );
        assert_eq!(
            marked("int __attribute__((ms_abi)) f(int x);\n"),
            "TALLY_NODISCARD int __attribute__((ms_abi)) f(int x);\n"
        );
        for line in [
            "tally_status f(int x,",
            &format!("int f(int {});", "x".repeat(60)),
        ] {
            assert_eq!(marked(line), format!("TALLY_NODISCARD\n{line}\n"));
        }
    }

    #[test]
    fn what_returns_nothing_or_is_no_function_is_not_marked() {
        for line in [
            "void tally_clear(void);",
            "typedef int (*f)(int x);",
            "#define F(x) x",
            " * f(x);",
            "    int f(int x);",
            "extern \"C\" {",
        ] {
            assert_eq!(marked(line), format!("{line}\n"));
        }
    }

    #[test]
    fn a_name_that_may_be_ignored_is_whole_and_declared() {
        assert!(marked("tally_status tally_unref_all(void);").starts_with(MARK));
        assert!(mark("").unwrap_err().contains("is not declared"));
        assert!(mark("TALLY_NODISCARD\nint f(void);").is_err());
    }
}
