//! Checks how the objects of a resource are listed: every part of an identity has to come from somewhere.

use crate::definition::compile::{
    files::{ResourceFile, key_of},
    problem::{Problems, listed},
};
use crate::definition::{
    resource::{Listing, Resource},
    shape::{Operation, Shape},
};

pub(crate) fn check(file: &ResourceFile, resource: &Resource, problems: &mut Problems) {
    let Some((list, element)) = resource.operations.list.and_then(|list| Some((list, list.element()?))) else {
        return without_list(file, problems);
    };
    let Listing { members, defaults, excluded, .. } = resource.listing;
    for (member, _) in members.iter().filter(|(member, _)| !resource.identity.members.contains(member)) {
        let reason = format!("is no member of the identity; it has {}", listed(resource.identity.members));
        problems.add(&file.file, key_of("list.members", member), reason);
    }
    let of_element = members.iter().map(|(member, name)| ("list.members", *member, *name));
    let of_element = of_element.chain(excluded.iter().map(|(name, _)| ("list.excluded", *name, *name)));
    for (table, key, name) in of_element.filter(|(_, _, name)| element.member(name).is_none()) {
        let has = listed(element.members().iter().map(|member| member.name));
        problems.add(&file.file, key_of(table, key), format!("a listed element has no `{name}`; it has {has}"));
    }
    for (name, _) in defaults.iter().filter(|(name, _)| list.input.member(name).is_none()) {
        let has = listed(list.input.members().iter().map(|member| member.name));
        problems.add(
            &file.file,
            key_of("list.defaults", name),
            format!("the list input has no such member; it has {has}"),
        );
    }
    let shows_arn = resource.identity.arn.is_some_and(|arn| element.member(arn).is_some());
    for member in resource.identity.members.iter().filter(|_| !shows_arn) {
        if !is_shown(resource, list, element, member) {
            let reason = format!(
                "needs `{member}`, which is neither in the list input nor in a listed element; it has {}",
                listed(element.members().iter().map(|member| member.name))
            );
            problems.add(&file.file, "list.members", reason);
        }
    }
}

/// True if a listing shows the member of the identity: in the element, or in the input that selects it. An owner that
/// is one of several, such as the profile or the space of an app, may be missing in an element.
fn is_shown(resource: &Resource, list: &Operation, element: &Shape, member: &str) -> bool {
    let renamed = resource.listing.members.iter().any(|(of_identity, _)| *of_identity == member);
    renamed || element.member(member).is_some() || list.input.member(member).is_some()
}

fn without_list(file: &ResourceFile, problems: &mut Problems) {
    let Listing { members, defaults, excluded, mixed } = file.listing;
    if mixed || !members.is_empty() || !defaults.is_empty() || !excluded.is_empty() {
        problems.add(&file.file, "list", "has no effect without a paged `operations.list`");
    }
}
