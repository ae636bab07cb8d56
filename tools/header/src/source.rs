//! The header's sections: which files they come from, in which order, and what
//! each declares.

use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{Attribute, Item, Meta, Signature};

use crate::rows;

/// A source file, or a section of one, reduced to what C sees of it.
pub(crate) struct Source {
    /// Where it is, for messages.
    pub(crate) path: PathBuf,
    /// Its documentation; the first line is the title.
    pub(crate) introduction: Vec<String>,
    /// Whether the section is of those that TALLY_NO_CLASSIC leaves out.
    pub(crate) classic: bool,
    /// Lines put as they are between the types and the functions.
    pub(crate) before_functions: Vec<String>,
    /// Lines put as they are after the functions.
    pub(crate) after_functions: Vec<String>,
    /// Rust with nothing but the items that cbindgen shall write.
    pub(crate) items: String,
    /// The types among them.
    pub(crate) types: Vec<String>,
    /// Structs without a typedef, which the lines before the functions declare.
    pub(crate) structs: Vec<String>,
}

/// All sections, in the header's order: the statuses, then the modules in the
/// order in which `src/api/mod.rs` declares its public modules. One behind a
/// `cfg` is not part of the header.
pub(crate) fn all(root: &Path) -> Result<Vec<Source>, String> {
    let capi = root.join("src/api");
    let map = parse(&capi.join("mod.rs"))?.1;
    let mut paths = vec![root.join("src/boundary/status.rs")];
    for item in map.items {
        if let Item::Mod(module) = item
            && matches!(module.vis, syn::Visibility::Public(_))
            && module.content.is_none()
            && !has(&module.attrs, "cfg")
        {
            paths.push(capi.join(format!("{}.rs", module.ident)));
        }
    }
    let files: Vec<Vec<Source>> = paths.into_iter().map(load).collect::<Result<_, _>>()?;
    Ok(files.into_iter().flatten().collect())
}

fn load(path: PathBuf) -> Result<Vec<Source>, String> {
    let (text, mut file) = parse(&path)?;
    let mut items = Vec::new();
    for item in file.items {
        match &item {
            Item::Use(import) => items.extend(shown_types(import, &path)?),
            _ => items.push(item),
        }
    }
    file.items = items;
    from_text(&path, &text, file).map_err(|e| format!("{}: {e}", path.display()))
}

/// The types and constants that `pub use super::file::{tally_x, ...};` shows, from that file.
fn shown_types(import: &syn::ItemUse, path: &Path) -> Result<Vec<Item>, String> {
    if !matches!(import.vis, syn::Visibility::Public(_)) {
        return Ok(Vec::new());
    }
    let written = import.tree.to_token_stream().to_string().replace(' ', "");
    let parts = written
        .strip_prefix("super::")
        .and_then(|path| path.split_once("::"));
    let (file, names) = parts.ok_or_else(|| format!("{}: pub use {written}", path.display()))?;
    let names = names.trim_matches(['{', '}']);
    let names: Vec<&str> = names.split(',').filter(|name| !name.is_empty()).collect();
    let source = path.with_file_name(format!("{file}.rs"));
    let items = parse(&source)?.1.items.into_iter();
    let shown: Vec<Item> = items
        .filter(|item| type_name(item).is_some_and(|name| names.iter().any(|n| name == n)))
        .collect();
    if shown.len() == names.len() {
        return Ok(shown);
    }
    Err(format!(
        "{}: pub use {written}: no such types",
        path.display()
    ))
}

/// The name of a type or a constant that an item declares.
fn type_name(item: &Item) -> Option<&syn::Ident> {
    match item {
        Item::Enum(syn::ItemEnum { ident, .. })
        | Item::Struct(syn::ItemStruct { ident, .. })
        | Item::Union(syn::ItemUnion { ident, .. })
        | Item::Type(syn::ItemType { ident, .. })
        | Item::Const(syn::ItemConst { ident, .. }) => Some(ident),
        _ => None,
    }
}

fn parse(path: &Path) -> Result<(String, syn::File), String> {
    let text = crate::read(path)?;
    let file = syn::parse_file(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok((text, file))
}

/// The sections of a file: the first is introduced by the file's documentation,
/// each other one by a `section!` of its own.
fn from_text(path: &Path, text: &str, file: syn::File) -> Result<Vec<Source>, String> {
    let mut parts = vec![(documentation(&file.attrs), Vec::new())];
    for item in file.items {
        match rows::section(&item)? {
            Some(introduction) => parts.push((documentation(&introduction), Vec::new())),
            None => {
                if let Some((_, items)) = parts.last_mut() {
                    items.push(item);
                }
            }
        }
    }
    let texts = split_at_sections(text);
    if texts.len() != parts.len() {
        return Err("section! must stand at the beginning of a line".to_owned());
    }
    let parts = parts.into_iter().zip(&texts);
    parts
        .map(|((introduction, items), text)| section(path, text, introduction, &items))
        .collect()
}

/// The text before the first `section!` of a file, and from each one to the next.
fn split_at_sections(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        if line.starts_with("section! {") {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

fn section(
    path: &Path,
    text: &str,
    introduction: Vec<String>,
    rust: &[Item],
) -> Result<Source, String> {
    let (before_functions, after_functions) = verbatim(text)?;
    let by_hand = [&before_functions[..], &after_functions[..]].concat();
    let mut items = String::new();
    let mut types = Vec::new();
    for item in rust {
        let keep = match item {
            Item::Fn(function) => keep_function(&function.attrs, &function.sig, &by_hand)?,
            Item::Macro(table) => {
                for function in rows::functions(table)? {
                    if keep_function(&function.attrs, &function.sig, &by_hand)? {
                        items.push_str(&function.to_token_stream().to_string());
                        items.push('\n');
                    }
                }
                false
            }
            Item::Const(constant) => {
                let name = constant.ident.to_string();
                let keep = name.starts_with("TALLY_");
                if keep && !matches!(*constant.expr, syn::Expr::Lit(_)) {
                    return Err(format!(
                        "{name} must be a plain number to mean something in C"
                    ));
                }
                keep
            }
            _ => {
                let name = type_name(item).map(ToString::to_string);
                let name = name.filter(|name| name.starts_with("tally_"));
                let keep = name.is_some();
                types.extend(name);
                keep
            }
        };
        if keep {
            items.push_str(&item.to_token_stream().to_string());
            items.push('\n');
        }
    }
    let structs = before_functions.iter().filter_map(|line| {
        let name = line.strip_prefix("struct ")?.strip_suffix(" {")?;
        Some(name.to_owned())
    });
    Ok(Source {
        path: path.to_owned(),
        introduction,
        structs: structs.collect(),
        classic: text.lines().any(|line| line == "// header: classic"),
        before_functions,
        after_functions,
        items,
        types,
    })
}

/// Whether cbindgen shall write this function. One whose calling convention C
/// spells with a compiler's attribute, or that only some targets have, must be
/// declared by hand instead.
fn keep_function(
    attributes: &[Attribute],
    signature: &Signature,
    by_hand: &[String],
) -> Result<bool, String> {
    let exported = attributes.iter().any(|attribute| {
        attribute.path().is_ident("no_mangle")
            || matches!(&attribute.meta, Meta::List(list)
                if list.path.is_ident("unsafe") && list.tokens.to_string().contains("no_mangle"))
    });
    if !exported {
        return Ok(false);
    }
    let name = signature.ident.to_string();
    let convention = match &signature.abi {
        Some(syn::Abi {
            name: Some(convention),
            ..
        }) => convention.value(),
        Some(_) => "C".to_owned(),
        None => return Err(format!("{name} is exported without a calling convention")),
    };
    let plain = convention == "C" || convention == "C-unwind";
    let here = by_hand.iter().any(|line| declares(line, &name));
    if plain && !has(attributes, "cfg") {
        return Ok(!here);
    }
    if here {
        return Ok(false);
    }
    Err(format!(
        "{name} ({convention:?}) must be declared in the file's verbatim lines"
    ))
}

/// Whether a line of C has this name, whole, before an opening parenthesis.
fn declares(line: &str, name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        !line[..at].ends_with(word) && line[at + name.len()..].trim_start().starts_with('(')
    })
}

/// The `// header: verbatim-begin` to `// header: verbatim-end` blocks. Those
/// above the first exported function go before the functions.
fn verbatim(text: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut functions_seen = false;
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        match (inside, trimmed) {
            (false, "// header: verbatim-begin") => {
                inside = true;
                let block = if functions_seen {
                    &mut after
                } else {
                    &mut before
                };
                if !block.is_empty() {
                    block.push(String::new());
                }
            }
            (true, "// header: verbatim-end") => inside = false,
            (true, _) => {
                let content = trimmed
                    .strip_prefix("//")
                    .ok_or_else(|| format!("line {}: verbatim lines begin with //", number + 1))?;
                let content = content.strip_prefix(' ').unwrap_or(content);
                let block = if functions_seen {
                    &mut after
                } else {
                    &mut before
                };
                block.push(content.trim_end().to_owned());
            }
            (false, _) => {
                functions_seen |= trimmed.contains("no_mangle") || trimmed.starts_with("exports!");
            }
        }
    }
    if inside {
        return Err("a verbatim block has no end".to_owned());
    }
    Ok((before, after))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

fn documentation(attributes: &[Attribute]) -> Vec<String> {
    let line = |attribute: &Attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => {
                let text = text.value();
                Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
            }
            _ => None,
        },
        _ => None,
    };
    attributes.iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Result<Source, String> {
        let mut sections = sections(text)?;
        assert_eq!(sections.len(), 1);
        Ok(sections.remove(0))
    }

    fn sections(text: &str) -> Result<Vec<Source>, String> {
        let file = syn::parse_file(text).map_err(|e| e.to_string())?;
        from_text(Path::new("x.rs"), text, file)
    }

    #[test]
    fn a_file_has_as_many_sections_as_it_says() {
        let text = "//! A\n#[unsafe(no_mangle)]\npub extern \"C\" fn f() {}\n\
                    section! {\n    //! B\n    //!\n    //! More.\n}\n\
                    // header: verbatim-begin\n// #define N 1\n// header: verbatim-end\n\
                    exports! {\n    fn g() = h;\n    fn k() = h;\n}\n";
        let sections = sections(text).unwrap();
        let names = |source: &Source| source.items.matches("fn ").count();
        assert_eq!(sections.iter().map(names).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(sections[0].introduction, ["A"]);
        assert_eq!(sections[1].introduction, ["B", "", "More."]);
        assert_eq!(sections[1].before_functions, ["#define N 1"]);
    }

    #[test]
    fn only_what_c_sees_is_kept() {
        let source = source(
            "//! Title\n//! more\nuse a::b;\npub const TALLY_N: usize = 3;\nconst M: u8 = 1;\n\
             pub struct tally_x { pub a: i32 }\npub struct Inner;\nimpl tally_x { fn f() {} }\n\
             fn helper() {}\n#[unsafe(no_mangle)]\npub extern \"C-unwind\" fn tally_f() {}\n",
        )
        .unwrap();
        assert_eq!(source.introduction, ["Title", "more"]);
        assert_eq!(source.types, ["tally_x"]);
        assert_eq!(source.items.lines().count(), 3, "{}", source.items);
    }

    #[test]
    fn types_of_another_file_are_shown_where_it_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rs");
        let data = "pub struct tally_x { pub a: i32 }\npub struct tally_y;\n";
        std::fs::write(folder.path().join("data.rs"), data).unwrap();
        let types = |import: &str| {
            std::fs::write(&path, format!("//! A\n{import}\n")).unwrap();
            load(path.clone()).map(|mut sections| sections.remove(0).types)
        };
        assert_eq!(types("pub use super::data::tally_y;").unwrap(), ["tally_y"]);
        let both = types("pub use super::data::{tally_x, tally_y};").unwrap();
        assert_eq!(both, ["tally_x", "tally_y"]);
        assert_eq!(types("use super::data::tally_x;").unwrap(), [""; 0]);
        assert!(types("pub use super::data::tally_z;").is_err());
        assert!(types("pub use std::mem;").is_err());
    }

    #[test]
    fn an_undeclared_calling_convention_is_refused() {
        let function = "#[unsafe(no_mangle)]\npub extern \"win64\" fn f_win64(x: i32) {}\n";
        assert!(source(function).is_err());
        let block = "// header: verbatim-begin\n// void f_win64(int x);\n// header: verbatim-end\n";
        let source = source(&format!("{function}{block}")).unwrap();
        assert_eq!(source.items, "");
        assert_eq!(source.after_functions, ["void f_win64(int x);"]);
    }

    #[test]
    fn a_constant_that_c_cannot_read_is_refused() {
        assert!(source("pub const TALLY_N: usize = inner::N;").is_err());
    }

    #[test]
    fn verbatim_lines_keep_their_place() {
        let block = |name: &str| {
            format!(
                "// header: verbatim-begin\n// #define {name}\n//   1\n// header: verbatim-end\n"
            )
        };
        let text = format!("{}#[unsafe(no_mangle)]\n{}", block("A"), block("B"));
        let (before, after) = verbatim(&text).unwrap();
        assert_eq!(before, ["#define A", "  1"]);
        assert_eq!(after, ["#define B", "  1"]);
        assert!(verbatim("// header: verbatim-begin\n// a").is_err());
        assert!(verbatim("// header: verbatim-begin\nlet x;\n// header: verbatim-end").is_err());
    }

    #[test]
    fn structs_that_are_declared_by_hand_are_known() {
        let lines = "// struct A {\n//     int x;\n// };\n// struct B;\n";
        let block = format!("// header: verbatim-begin\n{lines}// header: verbatim-end\n");
        assert_eq!(source(&format!("//! T\n{block}")).unwrap().structs, ["A"]);
    }

    #[test]
    fn a_declaration_is_a_whole_name() {
        assert!(declares("int f_win64(int x);", "f_win64"));
        assert!(!declares("int f_win64(int x);", "f_win6"));
        assert!(!declares("int my_f(int x);", "f"));
    }
}
