//! Reads `include/tally.h`. It is made by a program, so its form is known: a
//! preamble; banners of three lines; comments; a blank line after each
//! declaration. What does not have this form is an error.

use std::collections::BTreeSet;
use std::path::Path;

use crate::prose::{self, Block};

/// The header as a manual.
pub(crate) struct Header {
    /// The library's version.
    pub(crate) version: String,
    /// The comment at the head; its first line is left out.
    pub(crate) preamble: Vec<Block>,
    /// The sections, in their order.
    pub(crate) sections: Vec<Section>,
    /// Every name that the header declares or defines.
    pub(crate) names: BTreeSet<String>,
}

/// What stands between two banners.
pub(crate) struct Section {
    /// What the banner says.
    pub(crate) title: String,
    /// The comment below the banner.
    pub(crate) introduction: Vec<Block>,
    /// What is declared, in its order.
    pub(crate) items: Vec<Item>,
}

/// A declaration with its comment.
pub(crate) struct Item {
    /// The name of the function, type or constant.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its comment.
    pub(crate) comment: Vec<Block>,
    /// The lines of the declaration, without the preprocessor's conditions.
    pub(crate) declaration: String,
    /// The preprocessor's conditions around it, such as `#ifdef X`.
    pub(crate) conditions: Vec<String>,
}

impl Item {
    /// Whether it is a function that returns nothing.
    pub(crate) fn is_void(&self) -> bool {
        self.kind == Kind::Function
            && self.declaration.starts_with("void ")
            && !self.declaration.starts_with("void *")
    }

    /// The numbers of an enum, with the comments above them.
    pub(crate) fn members(&self) -> Vec<(&str, String)> {
        match self.declaration.starts_with("enum ") {
            true => self.parts().collect(),
            false => Vec::new(),
        }
    }

    /// The members of an enum or a struct that have comments above them.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, String)> {
        let mut comment = String::new();
        let mut is_open = false;
        self.declaration.lines().filter_map(move |line| {
            let mut text = line.trim();
            if let Some(begun) = text.strip_prefix("/*") {
                (comment, is_open, text) = (String::new(), true, begun);
            }
            if is_open {
                let rest = text.strip_suffix("*/");
                is_open = rest.is_none();
                comment.push(' ');
                comment.push_str(rest.unwrap_or(text).trim_start_matches("* ").trim());
                return None;
            }
            if comment.is_empty() {
                return None;
            }
            let name = text.split(" = ").next()?.trim_end_matches([';', ',']);
            let name = name.rsplit([' ', '*']).next()?;
            let comment = std::mem::take(&mut comment);
            Some((name, comment.trim().to_owned()))
        })
    }

    /// The declaration between its conditions.
    pub(crate) fn synopsis(&self) -> String {
        self.synopsis_of(&self.declaration)
    }

    /// The same of the declaration in another form.
    pub(crate) fn synopsis_of(&self, declaration: &str) -> String {
        let mut lines = self.conditions.clone();
        lines.push(declaration.to_owned());
        lines.extend(self.conditions.iter().map(|_| "#endif".to_owned()));
        lines.join("\n")
    }
}

/// What an item declares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A function.
    Function,
    /// A struct, an enum or a typedef.
    Type,
    /// A macro.
    Constant,
}

impl Header {
    /// The section and the item of this name.
    pub(crate) fn find(&self, name: &str) -> Option<(&Section, &Item)> {
        self.sections.iter().find_map(|section| {
            let item = section.items.iter().find(|item| item.name == name)?;
            Some((section, item))
        })
    }

    /// Where a name is explained: its own item, or the type that it is part of.
    pub(crate) fn home(&self, name: &str) -> Option<(&Section, &Item)> {
        let part_of = |item: &&Item| {
            item.kind == Kind::Type
                && name.starts_with("TALLY_")
                && item
                    .declaration
                    .split(|c| !is_word(c))
                    .any(|word| word == name)
        };
        self.find(name).or_else(|| {
            self.sections.iter().find_map(|section| {
                let item = section.items.iter().find(part_of)?;
                Some((section, item))
            })
        })
    }
}

/// Reads the header from its file.
pub(crate) fn read(path: &Path) -> Result<Header, String> {
    parse(&crate::read(path)?).map_err(|problem| format!("{}: {problem}", path.display()))
}

fn parse(text: &str) -> Result<Header, String> {
    let version = text
        .lines()
        .find_map(|line| line.strip_prefix("#define TALLY_VERSION \""))
        .ok_or("no TALLY_VERSION")?
        .trim_end_matches('"')
        .to_owned();
    let mut header = Header {
        version,
        preamble: Vec::new(),
        sections: Vec::new(),
        names: words(text),
    };
    let mut lines = text.lines().peekable();
    let mut conditions: Vec<String> = Vec::new();
    while let Some(line) = lines.next() {
        if !header.sections.is_empty() {
            condition(line, &mut conditions);
        }
        if is_rule(line) {
            let title = lines.next().and_then(|line| {
                let title = line.strip_prefix("/*")?.strip_suffix("*/")?;
                Some(title.trim().to_owned())
            });
            lines.next().filter(|line| is_rule(line));
            header.sections.push(Section {
                title: title.ok_or("a banner has no title")?,
                introduction: Vec::new(),
                items: Vec::new(),
            });
            continue;
        }
        if line != "/*" {
            continue;
        }
        let mut comment = Vec::new();
        for line in lines.by_ref() {
            if line == " */" {
                break;
            }
            let line = line.strip_prefix(" *").ok_or("a comment is not closed")?;
            comment.push(line.strip_prefix(' ').unwrap_or(line).to_owned());
        }
        let mut declaration = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.is_empty()) {
            declaration.push(line);
        }
        match (header.sections.last_mut(), declaration.is_empty()) {
            (None, _) => header.preamble = prose::blocks(comment.get(1..).unwrap_or_default()),
            (Some(section), true) => section.introduction.extend(prose::blocks(&comment)),
            (Some(section), false) => {
                let mut item = item(prose::blocks(&comment), &declaration)?;
                item.conditions
                    .extend(conditions.iter().filter(|line| !is_guard(line)).cloned());
                section.items.push(item);
                for line in declaration {
                    condition(line, &mut conditions);
                }
            }
        }
    }
    Ok(header)
}

/// Follows the preprocessor into and out of a condition.
fn condition(line: &str, open: &mut Vec<String>) {
    if line.starts_with("#if") {
        open.push(line.to_owned());
    } else if line.starts_with("#endif") {
        open.pop();
    }
}

/// Whether a condition is one against including the header twice.
fn is_guard(line: &str) -> bool {
    line.starts_with("#ifndef ") && line.ends_with("_H")
}

fn is_rule(line: &str) -> bool {
    line.starts_with("/* ====")
}

/// An item of the lines that follow its comment. Where the preprocessor chooses
/// among several declarations, the last is the plain one.
fn item(comment: Vec<Block>, lines: &[&str]) -> Result<Item, String> {
    if let Some(rest) = lines[0].strip_prefix("#define ") {
        let name: String = rest.chars().take_while(|c| is_word(*c)).collect();
        return Ok(Item {
            name,
            kind: Kind::Constant,
            comment,
            declaration: lines.join("\n"),
            conditions: Vec::new(),
        });
    }
    // A macro that the preprocessor chooses.
    let is_part = |line: &&str| line.starts_with('#') || line.starts_with("    ");
    if lines.iter().all(is_part)
        && let Some(last) = lines.iter().rposition(|line| line.starts_with("#define "))
    {
        let end = lines.len() - usize::from(lines.ends_with(&["#endif"]));
        return item(comment, &lines[last..end]);
    }
    let mut declarations = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    // The type below an enum is for C++ and C23 only; its comment says it.
    let skipped = |line: &&&str| line.starts_with('#') || line.trim_start().starts_with(": ");
    for line in lines.iter().filter(|line| !skipped(line)) {
        match open.last_mut() {
            Some(last) if *line == " {" => last.push_str(line),
            _ => open.push((*line).to_owned()),
        }
        depth = (depth + line.matches('{').count())
            .checked_sub(line.matches('}').count())
            .ok_or_else(|| format!("a brace too many: {line}"))?;
        // Comments may end in a semicolon too, but not at the left margin.
        if depth == 0 && line.ends_with(';') {
            declarations.push(open.join("\n"));
            open.clear();
        }
    }
    let type_first = declarations
        .iter()
        .find(|text| text.starts_with("enum ") || text.starts_with("typedef "));
    let plain = declarations
        .last()
        .ok_or_else(|| format!("no declaration in {lines:?}"))?;
    let mut declaration = type_first
        .unwrap_or(plain)
        .trim_start_matches("TALLY_NODISCARD")
        .trim_start()
        .to_owned();
    // The numbers of an enum, and the type that holds them.
    if declaration.starts_with("enum ") && plain.starts_with("typedef ") {
        declaration = format!("{declaration}\n{plain}");
    }
    let kind = if type_first.is_some() {
        Kind::Type
    } else {
        Kind::Function
    };
    Ok(Item {
        name: declared(&declaration, kind)
            .ok_or_else(|| format!("no name in the declaration {declaration}"))?,
        kind,
        comment,
        declaration,
        conditions: Vec::new(),
    })
}

/// The name that a declaration declares.
fn declared(declaration: &str, kind: Kind) -> Option<String> {
    let last = |text: &str| {
        let text = text.trim_end();
        let start = text.rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
        Some(text[start..].to_owned()).filter(|name| !name.is_empty())
    };
    if kind == Kind::Function {
        // Attributes have parentheses of their own.
        let rest = match declaration.split_once("))") {
            Some((attribute, rest)) if attribute.contains("__attribute__") => rest,
            _ => declaration,
        };
        return last(rest.split_once('(')?.0);
    }
    if let Some(rest) = declaration.strip_prefix("enum ") {
        return rest.split_whitespace().next().map(str::to_owned);
    }
    match declaration.split_once("(*") {
        Some((_, rest)) if !declaration.contains('{') => last(rest.split_once(')')?.0),
        _ => last(declaration.trim_end_matches(';')),
    }
}

/// Every word of the header's code that is one of ours.
fn words(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in text.lines() {
        let mut code = line;
        if inside || line.trim_start().starts_with("/*") {
            inside = !line.contains("*/");
            code = line.split_once("*/").map_or("", |(_, rest)| rest);
        }
        for word in code.split(|c| !is_word(c)) {
            if !word.is_empty() {
                names.insert(word.to_owned());
            }
        }
    }
    names
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "/*\n * x.h - what it is\n *\n * Promises.\n */\n\n#define TALLY_VERSION \"1.2.3\"\n\n\
        /* ==== */\n/*   Sums   */\n/* ==== */\n\n/*\n * About 'sums'.\n */\n\n\
        /*\n * A state.\n */\ntypedef struct tally_x {\n    /* Yes; it is. */\n    int a;\n} tally_x;\n\n\
        /*\n * Calls.\n */\ntypedef int (*tally_f)(const void *data);\n\n\
        /*\n * Outcomes.\n */\nenum tally_e\n#if X\n  : int32_t\n#endif\n {\n    /* None. */\n    TALLY_A = 0,\n};\n\
        #if X\ntypedef enum tally_e tally_e;\n#else\ntypedef int32_t tally_e;\n#endif\n\n\
        /*\n * Most.\n */\n#define TALLY_MOST 3\n\n#if defined(__x86_64__)\n\
        /*\n * Adds.\n */\nTALLY_NODISCARD\ntally_status tally_sum(int a,\n    int b);\n\n\
        /*\n * Odd.\n */\n#if defined(_WIN32)\nint __attribute__((stdcall)) odd(int x);\n#else\nint odd(int x);\n#endif\n\n\
        /*\n * Odder.\n */\nint __attribute__((ms_abi)) odder(int x);\n#endif\n";

    #[test]
    fn each_declaration_has_its_comment_and_its_name() {
        let header = parse(TEXT).unwrap();
        assert_eq!(header.version, "1.2.3");
        assert_eq!(header.preamble.len(), 1);
        let section = &header.sections[0];
        assert_eq!(section.title, "Sums");
        assert_eq!(section.introduction.len(), 1);
        let found: Vec<_> = section
            .items
            .iter()
            .map(|item| (item.name.as_str(), item.kind))
            .collect();
        assert_eq!(
            found,
            [
                ("tally_x", Kind::Type),
                ("tally_f", Kind::Type),
                ("tally_e", Kind::Type),
                ("TALLY_MOST", Kind::Constant),
                ("tally_sum", Kind::Function),
                ("odd", Kind::Function),
                ("odder", Kind::Function),
            ]
        );
        assert_eq!(
            section.items[2].synopsis(),
            "enum tally_e {\n    /* None. */\n    TALLY_A = 0,\n};\ntypedef int32_t tally_e;"
        );
        assert_eq!(
            section.items[2].members(),
            [("TALLY_A", String::from("None."))]
        );
        assert_eq!(
            section.items[4].synopsis(),
            "#if defined(__x86_64__)\ntally_status tally_sum(int a,\n    int b);\n#endif"
        );
        assert_eq!(section.items[5].declaration, "int odd(int x);");
        assert_eq!(section.items[6].conditions.len(), 1);
        assert!(header.find("odd").is_some() && header.find("even").is_none());
        assert!(header.names.contains("TALLY_MOST") && !header.names.contains("Promises"));
    }

    #[test]
    fn what_is_not_a_declaration_is_refused() {
        for wrong in ["int x", "};", "#if 1\n#endif"] {
            assert!(
                item(Vec::new(), &wrong.lines().collect::<Vec<_>>()).is_err(),
                "{wrong}"
            );
        }
    }
}
