//! The names of `tally.hpp`, for the index: its classes and functions, each with
//! the first sentence of its comment and the section of `docs/cpp.md` that has
//! most to say of it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::html::slug;
use crate::prose;

/// A name, what it is, and where it is explained.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Name {
    /// The name, without the namespace.
    pub(crate) name: String,
    /// The first sentence of its comment.
    pub(crate) summary: String,
    /// The section of the page, as it stands in an address.
    pub(crate) place: String,
}

/// The names from A to Z. One that `docs/cpp.md` does not have is an error.
pub(crate) fn names(root: &Path) -> Result<Vec<Name>, String> {
    let page = crate::read(&root.join("docs/cpp.md"))?;
    let folder = root.join("include/tally");
    let mut found = BTreeMap::new();
    for file in crate::guide::names(&folder, ".hpp")? {
        for (name, summary) in declared(&crate::read(&folder.join(&file))?) {
            found.entry(name).or_insert(summary);
        }
    }
    found
        .into_iter()
        .map(|(name, summary)| {
            let place = place(&page, &name)
                .ok_or_else(|| format!("docs/cpp.md does not name tally::{name}"))?;
            Ok(Name {
                name,
                summary,
                place,
            })
        })
        .collect()
}

/// What a part of the header declares at its margin below a comment, with the
/// comment's first sentence. Twins and what is not of the interface are left out.
fn declared(text: &str) -> Vec<(String, String)> {
    let mut names = Vec::new();
    let mut comment: Vec<String> = Vec::new();
    let (mut in_comment, mut internal) = (false, false);
    for line in text.lines() {
        if line.starts_with("/*") || in_comment {
            if !in_comment {
                comment.clear();
            }
            let words = line.trim_end_matches("*/").trim_start_matches("/*");
            comment.push(words.trim_start_matches(" *").trim().to_owned());
            in_comment = !line.ends_with("*/");
        } else if line == "namespace detail {" || line == "} // namespace detail" {
            internal = !line.starts_with('}');
            comment.clear();
        } else if line.is_empty() || line.starts_with('#') {
            comment.clear();
        } else if let (false, Some(name)) = (internal, name_of(line)) {
            if let Some(summary) = prose::summary(&prose::blocks(&comment)) {
                names.push((name.to_owned(), summary));
            }
            comment.clear();
        }
    }
    names
}

/// The name that a line at the margin declares: a class, another name of a type,
/// or a function that is no twin.
fn name_of(line: &str) -> Option<&str> {
    if line.starts_with([' ', '}', '/']) || line.starts_with("static_assert") {
        return None;
    }
    let rest = match line.strip_prefix("template <") {
        Some(rest) => rest.split_once("> ").map_or("", |(_, rest)| rest),
        None => line,
    };
    let word = |text: &'_ str| {
        text.find(|c| !crate::header::is_word(c))
            .unwrap_or(text.len())
    };
    for kind in ["class ", "struct ", "using "] {
        if let Some(rest) = rest.strip_prefix(kind) {
            return Some(&rest[..word(rest)]);
        }
    }
    let before = &rest[..rest.find('(')?];
    let name = &before[before
        .rfind(|c| !crate::header::is_word(c))
        .map_or(0, |at| at + 1)..];
    (!name.is_empty() && !name.starts_with("try_")).then_some(name)
}

/// The section that names it most often; of several, the first.
fn place(page: &str, name: &str) -> Option<String> {
    let whole = format!("tally::{name}");
    let mut best = (0, None);
    for section in page.split("\n## ").skip(1) {
        let count = section
            .match_indices(&whole)
            .filter(|(at, _)| {
                let rest = &section[at + whole.len()..];
                !rest.starts_with(crate::header::is_word)
            })
            .count();
        if count > best.0 {
            best = (count, section.lines().next());
        }
    }
    best.1.map(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_margin_below_a_comment_is_a_name() {
        let text = "/*\n * of the file\n */\n\n/* Hidden. */\nnamespace detail {\n\
             /* Inside. */\nint inside();\n} // namespace detail\n\n\
             /* A sum. It grows. */\nclass sum : public base {\n    /* A member. */\n    \
             int member();\n};\n/* Numbers. */\ntemplate <class T> using numbers = T[];\n\
             /* The\n * total. */\ntemplate <class T>\n[[nodiscard]] T total(const T *x) {\n}\n\
             double total(int);\n/* total() */\nstatus try_total(int);\n";
        let pair = |name: &str, summary: &str| (name.to_owned(), summary.to_owned());
        assert_eq!(
            declared(text),
            [
                pair("sum", "a sum"),
                pair("numbers", "numbers"),
                pair("total", "the total"),
            ]
        );
    }

    #[test]
    fn a_name_is_where_most_is_said_of_it() {
        let page = "# C++\n\n## Sums\n`tally::sum_all` tally::sum\n\n## More of them\n\
             tally::sum tally::sum()\n";
        assert_eq!(place(page, "sum"), Some("more-of-them".to_owned()));
        assert_eq!(place(page, "sum_all"), Some("sums".to_owned()));
        assert_eq!(place(page, "su"), None);
    }
}
