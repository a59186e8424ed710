//! Which rooms of `src/` may name which others, and which crates: the tables, and the tests that enforce them.
//! No file may name, directly or indirectly, a file that names it, here and in the acceptance tests.

mod cases;
mod imports;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use self::imports::{Arrow, Code, Sources, Target, arrows};

/// Each room with the rooms that it may name. Only `main.rs` may name all of them.
const ROOMS: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("arn", &[]),
    ("hcl", &[]),
    ("text", &[]),
    ("regions", &["text"]),
    ("diag", &["value", "text"]),
    ("arguments", &["text"]),
    ("schema", &["value"]),
    ("definition", &["arn", "value", "text", "schema"]),
    ("functions", &["arn", "value", "text", "regions", "schema", "definition"]),
    ("wire", &["value", "schema"]),
    ("api", &["value", "regions"]),
    ("engine", &["arn", "value", "text", "regions", "diag", "schema", "definition", "functions", "api"]),
    ("special", &["value", "text", "diag", "definition", "api", "engine"]),
    ("server", &["value", "diag", "schema", "wire", "engine"]),
    ("local", &["arn", "value", "text", "regions", "arguments", "definition"]),
    ("permissions", &["definition"]),
    ("iam_policy", &["arn", "text", "regions", "hcl", "arguments", "definition", "permissions"]),
    ("demo", &["hcl", "arguments", "local"]),
    ("discover", &["arn", "value", "hcl", "diag", "arguments", "schema", "definition", "engine"]),
    // Tests only.
    ("layers", &[]),
    ("subcommands", &["arguments", "local", "iam_policy", "demo", "discover"]),
    ("laws", &["value", "diag", "schema", "definition", "api", "engine", "special"]),
    ("pages", &["text", "schema", "definition", "functions", "permissions", "engine", "special"]),
    (
        "simulation",
        &["value", "diag", "schema", "definition", "wire", "api", "engine", "special", "local", "permissions", "laws"],
    ),
];

/// Crates that only certain rooms may name, by prefix.
const CRATES: &[(&str, &[&str])] =
    &[("aws_", &["api"]), ("tonic", &["server", "build"]), ("prost", &["server", "build"]), ("rmp", &["wire"])];

/// Who may write a message for users: `diag`, `special` about a single resource, and the faults of the protocol.
const AUTHORS: &[&str] = &["diag/", "special/", "server/fault.rs"];

/// The roots of the crates in `src/`, one of which is that of the acceptance tests too.
const ROOTS: &[&str] = &["lib.rs", "main.rs", "build.rs"];

/// The arrows of the crate's own sources.
static ARROWS: LazyLock<BTreeSet<Arrow>> = LazyLock::new(|| arrows_of(&sources("src")));

#[test]
fn rooms_name_only_what_they_may() {
    assert_none(&offences(&ARROWS));
}

#[test]
fn rooms_use_all_their_permissions() {
    let used: BTreeSet<(&str, &str)> = ARROWS
        .iter()
        .filter_map(|arrow| match &arrow.target {
            Target::Code(code) => Some((room(&arrow.from.file), room(&code.file))),
            Target::Outside(_) => None,
        })
        .collect();
    let allowed = ROOMS.iter().flat_map(|(room, others)| others.iter().map(move |other| (*room, *other)));
    let idle: Vec<String> = allowed.filter(|pair| !used.contains(pair)).map(|pair| format!("{pair:?}")).collect();
    assert_none(&idle);
}

#[test]
fn no_file_names_itself_indirectly() {
    assert_none(&circles(&ARROWS));
}

#[test]
fn no_file_of_the_acceptance_tests_names_itself_indirectly() {
    let arrows = arrows_of(&sources("acceptance-tests"));
    let names_another = |arrow: &Arrow| matches!(arrow.target, Target::Code(_));
    assert!(arrows.iter().any(names_another), "imports are found");
    assert_none(&circles(&arrows));
}

#[test]
fn every_room_is_listed_and_every_file_is_read() {
    let sources = sources("src");
    let found: BTreeSet<&str> = sources.keys().map(|file| room(file)).collect();
    let listed = ROOMS.iter().map(|(room, _)| *room).chain(ROOTS.iter().map(|root| room(root)));
    assert_eq!(found, listed.collect());
    let read: BTreeSet<String> = ROOTS.iter().flat_map(|root| arrows(&sources, root).1).collect();
    assert_eq!(sources.keys().collect::<Vec<_>>(), read.iter().collect::<Vec<_>>());
}

/// Test code stands at the end of a file, or in a file of its own.
#[test]
fn messages_are_written_in_one_place() {
    let sources = sources("src");
    let others = sources.iter().filter(|(file, _)| {
        let is_author = AUTHORS.iter().any(|author| file.starts_with(author));
        !is_author && !file.contains("tests")
    });
    let production = |text: &str| text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    let calls = ["error", "warning"].map(|severity| format!("Diagnostic::{severity}("));
    let writes = |text: &str| calls.iter().any(|call| text.contains(call));
    let offences: Vec<String> =
        others.filter(|(_, text)| writes(&production(text))).map(|(file, _)| file.clone()).collect();
    assert_none(&offences);
}

fn assert_none(offences: &[String]) {
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

/// The sources in a directory of the repository.
fn sources(directory: &str) -> Sources {
    let mut sources = Sources::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    read(&root, &root, &mut sources);
    sources
}

fn read(root: &Path, directory: &Path, sources: &mut Sources) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            read(root, &path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let below: Vec<_> = path.strip_prefix(root).expect("below the root").iter().collect();
            let name = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            sources.insert(name, fs::read_to_string(&path).expect("a UTF-8 source file"));
        }
    }
}

fn arrows_of(sources: &Sources) -> BTreeSet<Arrow> {
    let roots = ROOTS.iter().filter(|root| sources.contains_key(**root));
    roots.flat_map(|root| arrows(sources, root).0).collect()
}

/// The room of a file; a file outside the rooms is its own room.
fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

/// The imports that violate the tables.
fn offences(arrows: &BTreeSet<Arrow>) -> Vec<String> {
    let forbidden = |arrow: &&Arrow| {
        let room = room(&arrow.from.file);
        match &arrow.target {
            Target::Code(code) => !may_name(room, self::room(&code.file)),
            Target::Outside(name) => {
                CRATES.iter().any(|(krate, rooms)| name.starts_with(krate) && !rooms.contains(&room))
            }
        }
    };
    let offences = arrows.iter().filter(forbidden);
    offences
        .map(|arrow| format!("{} names `{}`, which `{}` may not", arrow.from, arrow.path, room(&arrow.from.file)))
        .collect()
}

fn may_name(room: &str, other: &str) -> bool {
    let listed = ROOMS.iter().find(|(listed, _)| *listed == room);
    room == other || room == "build" || listed.is_some_and(|(_, others)| others.contains(&other))
}

/// The circles between files, each with its imports. The test code of a file is apart from its production code, which it
/// may name, even through other files.
fn circles(arrows: &BTreeSet<Arrow>) -> Vec<String> {
    let mut named: BTreeMap<&Code, BTreeSet<&Code>> = BTreeMap::new();
    for arrow in arrows {
        if let Target::Code(code) = &arrow.target {
            named.entry(&arrow.from).or_default().insert(code);
        }
    }
    let reached: BTreeMap<&Code, BTreeSet<&Code>> = named.keys().map(|code| (*code, reached(code, &named))).collect();
    let tied = |arrow: &&Arrow| match &arrow.target {
        Target::Code(code) => reached.get(code).is_some_and(|reached| reached.contains(&arrow.from)),
        Target::Outside(_) => false,
    };
    let mut ties: BTreeMap<(&Code, &Target), Vec<&str>> = BTreeMap::new();
    for arrow in arrows.iter().filter(tied) {
        ties.entry((&arrow.from, &arrow.target)).or_default().push(&arrow.path);
    }
    ties.into_iter().map(|((from, to), paths)| format!("{from} → {to}: {}", paths.join(", "))).collect()
}

/// All code that some code names, directly or indirectly.
fn reached<'a>(from: &'a Code, named: &BTreeMap<&'a Code, BTreeSet<&'a Code>>) -> BTreeSet<&'a Code> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(code) = open.pop() {
        open.extend(named.get(code).into_iter().flatten().copied().filter(|code| reached.insert(*code)));
    }
    reached
}
