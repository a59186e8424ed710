//! The imports between files: the modules that the sources of a crate declare, and the targets of their paths.
//!
//! Only names are resolved, not types. An arrow ends at the file that declares the last name of a path: for a
//! re-export, at the file with the re-export. This file does not know the rules for arrows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use syn::{
    Attribute, Item, ItemExternCrate, ItemMod, ItemUse, Macro, Meta, Path, UseTree, Visibility,
    buffer::{Cursor, TokenBuffer},
    visit::{self, Visit},
};

/// The sources: the texts by their paths below `src/`, such as `api/aws/mod.rs`.
pub(super) type Sources = BTreeMap<String, String>;

/// The production code of a file, or its test code, which is compiled under `cfg(test)` only.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Code {
    pub(super) file: String,
    pub(super) test: bool,
}

/// Code that names something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    pub(super) from: Code,
    pub(super) target: Target,
    /// As in the source, without groups: `super::error::ApiError`.
    pub(super) path: String,
}

/// The target of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A module of the same crate.
    Code(Code),
    /// Anything else: mostly another crate, or a name that this file itself defines.
    Outside(String),
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        formatter.write_str(if self.test { " (test code)" } else { "" })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => code.fmt(formatter),
            Self::Outside(name) => formatter.write_str(name),
        }
    }
}

/// All arrows of the crate with this root file, and the files that belong to it.
pub(super) fn arrows(sources: &Sources, root: &str) -> (BTreeSet<Arrow>, BTreeSet<String>) {
    let mut modules = Modules::default();
    modules.read(sources, Segments::new(), root, false);
    let arrows = modules.0.iter().flat_map(|(place, module)| {
        module.named.iter().filter_map(|(path, test)| {
            let target = modules.resolve(place, path, &mut BTreeSet::new());
            let itself = matches!(&target, Target::Code(code) if code.file == module.code.file);
            let from = Code { file: module.code.file.clone(), test: *test };
            (!itself).then(|| Arrow { from, target, path: written(path) })
        })
    });
    (arrows.collect(), modules.0.values().map(|module| module.code.file.clone()).collect())
}

/// The names of a path. An empty first name denotes the path of a crate: `::time::Duration`.
type Segments = Vec<String>;

/// The modules of a crate by their paths from its root.
#[derive(Default)]
struct Modules(BTreeMap<Segments, Module>);

/// The content of a module; an inline module is separate from that of its file.
#[derive(Default)]
struct Module {
    code: Code,
    /// The names that `use` declares, with their targets.
    aliases: BTreeMap<String, Segments>,
    /// The modules that are imported by glob: `use super::*`.
    globs: Vec<Segments>,
    /// Every path with more than one name, and whether it is in test code.
    named: Vec<(Segments, bool)>,
}

impl Modules {
    fn read(&mut self, sources: &Sources, place: Segments, file: &str, test: bool) {
        let syntax = syn::parse_file(&sources[file]).unwrap_or_else(|error| panic!("{file}: {error}"));
        let code = Code { file: file.to_owned(), test };
        self.0.insert(place.clone(), Module { code, ..Module::default() });
        let mut reader = Reader { modules: self, place, file, inline: Vec::new(), test, children: Vec::new() };
        reader.visit_file(&syntax);
        for (place, candidates, test) in reader.children {
            let found = candidates.iter().find(|candidate| sources.contains_key(*candidate));
            let child = found.unwrap_or_else(|| panic!("{file} declares a module without a file: {candidates:?}"));
            self.read(sources, place, child, test);
        }
    }

    /// `seen` are the names that were already looked up, since aliases may be circular.
    fn resolve(&self, place: &Segments, path: &[String], seen: &mut BTreeSet<(Segments, String)>) -> Target {
        let Some((first, rest)) = path.split_first() else { return self.walk(place, path) };
        match first.as_str() {
            "" => return Target::Outside(rest.concat()),
            "crate" => return self.walk(&Segments::new(), rest),
            "self" | "super" => return self.walk(place, path),
            _ => {}
        }
        if self.0.contains_key(&child(place, first)) {
            return self.walk(place, path);
        }
        if !seen.insert((place.clone(), first.clone())) {
            return Target::Outside(first.clone());
        }
        let Module { aliases, globs, .. } = &self.0[place];
        if let Some(alias) = aliases.get(first) {
            return self.resolve(place, &[alias, rest].concat(), seen);
        }
        let through_globs = globs.iter().filter_map(|glob| self.module(place, glob));
        through_globs
            .map(|module| self.resolve(&module, path, seen))
            .find(|target| matches!(target, Target::Code(_)))
            .unwrap_or_else(|| Target::Outside(first.clone()))
    }

    /// Follows the names from a module as long as they are modules.
    fn walk(&self, place: &Segments, path: &[String]) -> Target {
        Target::Code(self.0[&self.descend(place, path).0].code.clone())
    }

    fn descend<'a>(&self, place: &Segments, path: &'a [String]) -> (Segments, &'a [String]) {
        let mut place = place.clone();
        for (index, name) in path.iter().enumerate() {
            match name.as_str() {
                "self" => {}
                "super" => drop(place.pop()),
                name if self.0.contains_key(&child(&place, name)) => place.push(name.to_owned()),
                _ => return (place, &path[index..]),
            }
        }
        (place, &[])
    }

    /// The module of this crate that a path names, if any.
    fn module(&self, place: &Segments, path: &[String]) -> Option<Segments> {
        let (place, rest) = match path.split_first() {
            Some((first, rest)) if first == "crate" => self.descend(&Segments::new(), rest),
            _ => self.descend(place, path),
        };
        rest.is_empty().then_some(place)
    }
}

/// The path as in the source; without a trailing `self`, which only marks a single name.
fn written(path: &[String]) -> String {
    path.strip_suffix(&["self".to_owned()]).unwrap_or(path).join("::")
}

fn child(place: &[String], name: &str) -> Segments {
    [place, &[name.to_owned()]].concat()
}

/// Collects the content of one file.
struct Reader<'a> {
    modules: &'a mut Modules,
    /// The module that is being read.
    place: Segments,
    file: &'a str,
    /// The modules within the file, from the outermost to the one that is being read.
    inline: Segments,
    /// Whether test code is being read.
    test: bool,
    /// The modules in separate files: their paths, their possible files, and whether they are test code.
    children: Vec<(Segments, Vec<String>, bool)>,
}

impl Reader<'_> {
    fn module(&mut self) -> &mut Module {
        self.modules.0.entry(self.place.clone()).or_default()
    }

    fn name(&mut self, path: Segments) {
        let test = self.test;
        if path.len() > 1 {
            self.module().named.push((path, test));
        }
    }

    fn scan(&mut self, tokens: TokenBuffer) {
        let mut paths = Vec::new();
        scan(tokens.begin(), &[], &mut paths);
        paths.into_iter().for_each(|path| self.name(path));
    }

    fn import(&mut self, tree: &UseTree, prefix: &[String]) {
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &child(prefix, &text(&path.ident))),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, prefix)),
            UseTree::Name(name) => self.alias(prefix, &text(&name.ident), None),
            UseTree::Rename(rename) => self.alias(prefix, &text(&rename.ident), Some(text(&rename.rename))),
            UseTree::Glob(_) => {
                self.name(child(prefix, "*"));
                self.module().globs.push(prefix.to_vec());
            }
        }
    }

    fn alias(&mut self, prefix: &[String], name: &str, alias: Option<String>) {
        let path = if name == "self" { prefix.to_vec() } else { child(prefix, name) };
        let alias = alias.or_else(|| path.last().cloned()).unwrap_or_default();
        self.module().aliases.insert(alias, path.clone());
        // Also `use aws_types;`, which has one name only.
        self.name(child(&path, "self"));
    }

    /// The possible files of a module that is declared here.
    fn files(&self, module: &ItemMod) -> Vec<String> {
        let directory = self.file.rsplit_once('/').map_or("", |(directory, _)| directory);
        if let Some(path) = module.attrs.iter().find_map(path_attribute) {
            return vec![joined(&[directory, &path])];
        }
        let stem = self.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        let own = if matches!(stem, "mod" | "lib" | "main" | "build") { "" } else { stem };
        let inline = self.inline.join("/");
        let base = joined(&[directory, own, &inline, &text(&module.ident)]);
        vec![format!("{base}.rs"), format!("{base}/mod.rs")]
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let before = self.test;
        self.test |= attributes(item).iter().any(only_for_tests);
        visit::visit_item(self, item);
        self.test = before;
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        let name = text(&module.ident);
        let place = child(&self.place, &name);
        if module.content.is_none() {
            let files = self.files(module);
            self.children.push((place, files, self.test));
            return;
        }
        self.place = place;
        self.inline.push(name);
        self.module().code = Code { file: self.file.to_owned(), test: self.test };
        visit::visit_item_mod(self, module);
        self.inline.pop();
        self.place.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let prefix = if item.leading_colon.is_some() { Segments::from([String::new()]) } else { Segments::new() };
        self.import(&item.tree, &prefix);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast ItemExternCrate) {
        let alias = item.rename.as_ref().map(|(_, rename)| text(rename));
        self.alias(&[String::new()], &text(&item.ident), alias);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let leading = path.leading_colon.as_ref().map(|_| String::new());
        self.name(leading.into_iter().chain(path.segments.iter().map(|segment| text(&segment.ident))).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        visit::visit_macro(self, call);
        self.scan(TokenBuffer::new2(call.tokens.clone()));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        visit::visit_attribute(self, attribute);
        if let Meta::List(list) = &attribute.meta {
            self.scan(TokenBuffer::new2(list.tokens.clone()));
        }
    }

    /// `pub(super)` is not an import.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

/// Collects the paths in the tokens of a macro; `prefix` is the path before a group.
fn scan(mut cursor: Cursor<'_>, prefix: &[String], paths: &mut Vec<Segments>) {
    while !cursor.eof() {
        let Some((name, mut next)) = cursor.ident() else {
            if let Some((inside, _, _, after)) = cursor.any_group() {
                scan(inside, &[], paths);
                cursor = after;
            } else {
                cursor = cursor.token_tree().map_or(Cursor::empty(), |(_, after)| after);
            }
            continue;
        };
        let mut path = child(prefix, &text(&name));
        while let Some(after) = separator(next) {
            if let Some((name, after)) = after.ident() {
                path.push(text(&name));
                next = after;
            } else {
                if let Some((inside, _, _, after)) = after.any_group() {
                    scan(inside, &path, paths);
                    next = after;
                }
                break;
            }
        }
        paths.push(path);
        cursor = next;
    }
}

/// The cursor after `::`.
fn separator(mut cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    for _ in 0.."::".len() {
        let (punct, after) = cursor.punct()?;
        if punct.as_char() != ':' {
            return None;
        }
        cursor = after;
    }
    Some(cursor)
}

fn text(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/")
}

/// The value of `#[path = "…"]`.
fn path_attribute(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) if pair.path.is_ident("path") => {
            Some(path.value())
        }
        _ => None,
    }
}

/// True for `#[cfg(test)]`. Code with further conditions counts as production code.
fn only_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<Path>().is_ok_and(|condition| condition.is_ident("test"))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
