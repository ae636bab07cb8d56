//! The modules of a crate, and what each one names of the others.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item, UseTree};

use crate::circles::Graph;

/// A path within the crate: the root's is empty.
type ModulePath = Vec<String>;

/// What the code of a module says of others.
pub(crate) struct Module {
    /// Names that it makes available here, and the paths that they stand for.
    imports: BTreeMap<String, ModulePath>,
    /// Modules declared in it.
    children: BTreeSet<String>,
    /// Paths that its code names, as they are written.
    named: Vec<ModulePath>,
}

/// All modules of the crate in a folder, by their paths.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<ModulePath, Module>, String> {
    let mut modules = BTreeMap::new();
    let root = [folder.join("src/lib.rs"), folder.join("lib.rs")];
    let root = root
        .iter()
        .find(|path| path.exists())
        .ok_or_else(|| format!("{}: no lib.rs", folder.display()))?;
    read_file(root, Vec::new(), &mut modules)?;
    Ok(modules)
}

fn read_file(
    file: &Path,
    path: ModulePath,
    modules: &mut BTreeMap<ModulePath, Module>,
) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let parsed = syn::parse_file(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    let folder = if file.ends_with("lib.rs") || file.ends_with("mod.rs") {
        file.parent().map(Path::to_path_buf)
    } else {
        Some(file.with_extension(""))
    };
    read_items(&parsed.items, &folder.unwrap_or_default(), path, modules)
}

fn read_items(
    items: &[Item],
    folder: &Path,
    path: ModulePath,
    modules: &mut BTreeMap<ModulePath, Module>,
) -> Result<(), String> {
    let mut module = Module {
        imports: BTreeMap::new(),
        children: BTreeSet::new(),
        named: Vec::new(),
    };
    for item in items {
        match item {
            Item::Mod(inner) if is_for_tests(&inner.attrs) => {}
            Item::Mod(inner) => {
                let name = inner.ident.to_string();
                let mut child = path.clone();
                child.push(name.clone());
                module.children.insert(name.clone());
                match &inner.content {
                    Some((_, items)) => read_items(items, &folder.join(&name), child, modules)?,
                    None => {
                        for file in files_of(folder, &name, &inner.attrs)? {
                            read_file(&file, child.clone(), modules)?;
                        }
                    }
                }
            }
            Item::Use(import) => {
                let exported = !matches!(import.vis, syn::Visibility::Inherited);
                let mut paths = Vec::new();
                flatten(&import.tree, &mut Vec::new(), &mut paths);
                for (name, full) in paths {
                    // To re-export is not to depend.
                    if !exported {
                        module.named.push(full.clone());
                    }
                    module.imports.insert(name, full);
                }
            }
            other => {
                if !is_for_tests(attributes(other)) {
                    paths_in(other.to_token_stream(), &mut module.named);
                }
            }
        }
    }
    // One module may have several files, of which a target chooses.
    match modules.entry(path) {
        Entry::Vacant(place) => {
            place.insert(module);
        }
        Entry::Occupied(mut place) => {
            let other = place.get_mut();
            other.imports.extend(module.imports);
            other.children.extend(module.children);
            other.named.extend(module.named);
        }
    }
    Ok(())
}

/// The file of a module; several if attributes choose one of them.
fn files_of(folder: &Path, name: &str, attributes: &[Attribute]) -> Result<Vec<PathBuf>, String> {
    let chosen = attributes.iter().filter_map(|attribute| {
        let text = attribute.meta.to_token_stream().to_string();
        let (_, after) = text.split_once("path = \"")?;
        let (file, _) = after.split_once('"')?;
        Some(folder.join(file))
    });
    let mut files: Vec<PathBuf> = chosen.collect();
    if files.is_empty() {
        let usual = [
            folder.join(format!("{name}.rs")),
            folder.join(name).join("mod.rs"),
        ];
        files.extend(usual.into_iter().find(|file| file.exists()));
    }
    if files.is_empty() {
        return Err(format!("{}: no file for module {name}", folder.display()));
    }
    Ok(files)
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .meta
                .to_token_stream()
                .to_string()
                .contains("test")
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

/// Each name that a `use` declaration brings in, with its path.
fn flatten(tree: &UseTree, before: &mut ModulePath, out: &mut Vec<(String, ModulePath)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, out);
            before.pop();
        }
        UseTree::Name(name) => {
            let ident = name.ident.to_string();
            let mut full = before.clone();
            if ident == "self" {
                let last = full.last().cloned().unwrap_or_default();
                out.push((last, full));
            } else {
                full.push(ident.clone());
                out.push((ident, full));
            }
        }
        UseTree::Rename(rename) => {
            let mut full = before.clone();
            full.push(rename.ident.to_string());
            out.push((rename.rename.to_string(), full));
        }
        // All names of a module: the module itself is what is named.
        UseTree::Glob(_) => out.push((format!("*{}", before.join("::")), before.clone())),
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, before, out);
            }
        }
    }
}

/// All paths of two and more names in the tokens, those in macros included.
fn paths_in(tokens: TokenStream, out: &mut Vec<ModulePath>) {
    let mut path: ModulePath = Vec::new();
    let mut colons = 0;
    let mut keep = |path: &mut ModulePath| {
        if path.len() > 1 {
            out.push(path.clone());
        }
        path.clear();
    };
    let mut groups = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if colons != 2 {
                    keep(&mut path);
                }
                path.push(ident.to_string());
                colons = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                keep(&mut path);
                groups.push(group.stream());
                colons = 0;
            }
            _ => {
                keep(&mut path);
                colons = 0;
            }
        }
    }
    keep(&mut path);
    for group in groups {
        paths_in(group, out);
    }
}

/// Which modules depend on which.
pub(crate) fn dependencies(modules: &BTreeMap<ModulePath, Module>) -> Graph {
    let mut graph = Graph::new();
    for (path, module) in modules {
        let edges = graph.entry(shown(path)).or_default();
        for named in &module.named {
            if let Some(target) = resolve(modules, path, named, 0)
                && target != *path
            {
                edges.insert(shown(&target));
            }
        }
    }
    graph
}

fn shown(path: &ModulePath) -> String {
    if path.is_empty() {
        "(root)".to_owned()
    } else {
        path.join("::")
    }
}

/// The module that defines what a path names, as seen from a module.
fn resolve(
    modules: &BTreeMap<ModulePath, Module>,
    from: &ModulePath,
    named: &[String],
    depth: usize,
) -> Option<ModulePath> {
    // Two modules could re-export from each other.
    if depth > 16 {
        return None;
    }
    let (first, rest) = named.split_first()?;
    let (mut at, mut rest) = match first.as_str() {
        "crate" => (Vec::new(), rest),
        "self" => (from.clone(), rest),
        "super" => (from[..from.len().checked_sub(1)?].to_vec(), rest),
        name => {
            let module = modules.get(from)?;
            if module.children.contains(name) {
                (from.clone(), named)
            } else {
                // Only what an import names is a module or type of this crate.
                let import = module.imports.get(name)?;
                let whole = [import, rest].concat();
                if import.first() == Some(first) && import.len() == 1 {
                    return None;
                }
                return resolve(modules, from, &whole, depth + 1);
            }
        }
    };
    while let Some((name, after)) = rest.split_first() {
        if name == "super" {
            at.pop()?;
            rest = after;
            continue;
        }
        let module = modules.get(&at)?;
        if module.children.contains(name) {
            at.push(name.clone());
            rest = after;
            continue;
        }
        if let Some(exported) = module.imports.get(name)
            && exported != named
        {
            return resolve(modules, &at, exported, depth + 1);
        }
        break;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crate of these modules: name and code.
    fn modules(code: &[(&str, &str)]) -> BTreeMap<ModulePath, Module> {
        let mut text = String::new();
        for (name, code) in code {
            if name.is_empty() {
                text.push_str(code);
            } else {
                text.push_str(&format!("mod {name} {{ {code} }}\n"));
            }
        }
        let file = syn::parse_file(&text).expect("Rust");
        let mut modules = BTreeMap::new();
        read_items(&file.items, Path::new(""), Vec::new(), &mut modules).expect("no files");
        modules
    }

    fn edges(code: &[(&str, &str)]) -> Vec<String> {
        let graph = dependencies(&modules(code));
        let edge = |(from, to): (&String, &BTreeSet<String>)| {
            let to: Vec<&str> = to.iter().map(String::as_str).collect();
            format!("{from}: {}", to.join(" "))
        };
        let used = graph.iter().filter(|(_, to)| !to.is_empty());
        used.map(edge).collect()
    }

    #[test]
    fn imports_and_paths_in_code_are_dependencies() {
        let code = [
            (
                "a",
                "use crate::b::T; fn f() { super::c::g(); h!(crate::d::X) }",
            ),
            ("b", "pub struct T;"),
            ("c", "pub fn g() {}"),
            ("d", ""),
        ];
        assert_eq!(edges(&code), ["a: b c d"]);
    }

    #[test]
    fn a_reexported_name_is_that_of_the_module_that_defines_it() {
        let code = [
            ("", "pub use b::T;"),
            ("a", "use crate::T;"),
            ("b", "pub struct T;"),
        ];
        assert_eq!(edges(&code), ["a: b"]);
    }

    #[test]
    fn tests_are_left_out() {
        let code = [
            ("a", "#[cfg(test)] mod tests { use crate::b::T; }"),
            ("b", "use crate::a; fn f() { a::g() }"),
        ];
        assert_eq!(edges(&code), ["b: a"]);
    }

    #[test]
    fn a_parent_that_uses_its_child_and_is_used_by_it_is_a_circle() {
        let code = [("a", "mod b { fn f() { super::g() } } fn g() { b::f() }")];
        assert_eq!(edges(&code), ["a: a::b", "a::b: a"]);
    }
}
