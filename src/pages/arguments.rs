//! The schema of a type: its arguments and attributes in three groups, and a part of its own for each block.

use std::fmt::Write as _;

use super::{facts, items::Item};
use crate::{definition::Attribute, schema::Usage};

/// What the arguments of a schema are of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// An object that is managed: a change of them changes it. The provider generates the value of the member, if there
    /// is one.
    Object { generated: Option<&'static str> },
    /// A call.
    Call,
    /// A lookup: they say which object is shown.
    Lookup,
}

/// A group of arguments: its heading, and which arguments are in it.
type Group = (&'static str, fn(Usage) -> bool);

/// In the order of the page.
const GROUPS: [Group; 3] = [
    ("Required", |usage| usage == Usage::Required),
    ("Optional", |usage| matches!(usage, Usage::Optional | Usage::OptionalComputed)),
    ("Read-Only", |usage| usage == Usage::Computed),
];

/// The section of the page.
pub(super) fn section(items: &[Item], role: Role) -> String {
    let mut text = "\n## Schema\n".to_owned();
    write_groups(&mut text, "### ", "", items, |item| sentences(item, role, false), "");
    write_parts(&mut text, items, role, "", false);
    text
}

/// A part for each block, each followed by those of the blocks inside. `said`: the effect of a change is said around.
fn write_parts(text: &mut String, items: &[Item], role: Role, around: &str, said: bool) {
    for item in items.iter().filter(|item| !item.inside.is_empty()) {
        let (path, said) = (path(around, item.name), said || item.is_uniform());
        let _ = write!(text, "\n<a id=\"{}\"></a>\n### Nested Schema for `{path}`\n", anchor(item, &path));
        write_groups(text, "", ":", &item.inside, |inner| sentences(inner, role, said), &path);
        write_parts(text, &item.inside, role, &path, said);
    }
}

fn write_groups(
    text: &mut String,
    before: &str,
    after: &str,
    items: &[Item],
    sentences: impl Fn(&Item) -> Vec<String>,
    around: &str,
) {
    for (group, is_in) in GROUPS {
        let mut lines = items.iter().filter(|item| is_in(item.usage)).peekable();
        if lines.peek().is_some() {
            let _ = write!(text, "\n{before}{group}{after}\n\n");
        }
        for item in lines {
            let below = below(item, around).into_iter();
            let sentences = sentences(item).into_iter().chain(below).collect::<Vec<String>>().join(" ");
            let _ = writeln!(text, "- `{}` ({}) {sentences}", item.name, item.flags);
        }
    }
}

/// What a line says about an argument.
fn sentences(item: &Item, role: Role, said: bool) -> Vec<String> {
    let mut sentences = vec![item.description.to_owned()];
    let definition = item.definition.filter(|_| item.usage != Usage::Computed);
    let generated = |one: &Attribute| {
        matches!(role, Role::Object { generated: Some(member) } if one.member() == Some(member)) || one.generated
    };
    if role != Role::Lookup {
        sentences.extend(definition.into_iter().flat_map(|one| facts::of(one, generated(one))));
    }
    if matches!(role, Role::Object { .. }) {
        let effect = definition.filter(|_| !said && item.is_uniform()).and_then(facts::effect);
        sentences.extend(effect.map(str::to_owned));
        sentences.extend(definition.into_iter().flat_map(facts::notes));
    }
    sentences.extend(item.deprecated.map(|message| format!("**Deprecated:** {message}")));
    sentences
}

fn below(item: &Item, around: &str) -> Option<String> {
    let anchor = (!item.inside.is_empty()).then(|| anchor(item, &path(around, item.name)))?;
    Some(format!("(see [below for nested schema](#{anchor}))"))
}

fn path(around: &str, name: &str) -> String {
    if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") }
}

/// `nestedblock--vpc_config`, as tfplugindocs has it.
fn anchor(item: &Item, path: &str) -> String {
    let kind = if item.is_block { "nestedblock" } else { "nestedatt" };
    format!("{kind}--{}", path.replace('.', "--"))
}
