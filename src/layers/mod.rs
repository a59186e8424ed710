//! Which rooms of `src/` may name which others, and which crates: the tables, and the tests that enforce them.
//! No file may name, directly or indirectly, a file that names it.

mod cases;
mod imports;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use self::imports::{Arrow, Sources, Target, arrows};

/// Each room with the rooms that it may name. Only `main.rs` may name all of them.
const ROOMS: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("regions", &[]),
    ("hcl", &[]),
    ("diag", &["value"]),
    ("arguments", &["diag"]),
    ("schema", &["value"]),
    ("definition", &["value", "schema"]),
    ("functions", &["value", "regions", "diag", "schema", "definition"]),
    ("wire", &["value", "schema"]),
    ("api", &["value", "regions"]),
    ("engine", &["value", "regions", "diag", "schema", "definition", "functions", "api"]),
    ("special", &["value", "diag", "definition", "api", "engine"]),
    ("server", &["value", "diag", "schema", "wire", "engine"]),
    ("local", &["value", "regions", "arguments", "definition"]),
    ("permissions", &["definition"]),
    ("iam_policy", &["regions", "hcl", "diag", "arguments", "definition", "permissions"]),
    ("demo", &["hcl", "arguments", "local"]),
    ("discover", &["value", "hcl", "diag", "arguments", "schema", "definition", "engine"]),
    // Tests only.
    ("layers", &[]),
    ("subcommands", &["arguments", "local", "iam_policy", "demo", "discover"]),
    ("laws", &["value", "diag", "schema", "definition", "api", "engine", "special"]),
    ("pages", &["schema", "definition", "functions", "permissions", "engine", "special"]),
    (
        "simulation",
        &["value", "diag", "schema", "definition", "wire", "api", "engine", "special", "local", "permissions", "laws"],
    ),
];

/// Crates that only certain rooms may name, by prefix.
const CRATES: &[(&str, &[&str])] =
    &[("aws_", &["api"]), ("tonic", &["server", "build"]), ("prost", &["server", "build"]), ("rmp", &["wire"])];

/// The roots of the crates that `src/` holds.
const ROOTS: &[&str] = &["lib.rs", "main.rs", "build.rs"];

/// The arrows of the crate's own sources.
static ARROWS: LazyLock<BTreeSet<Arrow>> = LazyLock::new(|| arrows_of(&sources()));

#[test]
fn rooms_name_only_what_they_may() {
    assert_none(&offences(&ARROWS));
}

#[test]
fn rooms_use_all_their_permissions() {
    let used: BTreeSet<(&str, &str)> = ARROWS
        .iter()
        .filter_map(|arrow| match &arrow.target {
            Target::File(file) => Some((room(&arrow.file), room(file))),
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
fn every_room_is_listed_and_every_file_is_read() {
    let sources = sources();
    let found: BTreeSet<&str> = sources.keys().map(|file| room(file)).collect();
    let listed = ROOMS.iter().map(|(room, _)| *room).chain(ROOTS.iter().map(|root| room(root)));
    assert_eq!(found, listed.collect());
    let read: BTreeSet<String> = ROOTS.iter().flat_map(|root| arrows(&sources, root).1).collect();
    assert_eq!(sources.keys().collect::<Vec<_>>(), read.iter().collect::<Vec<_>>());
}

fn assert_none(offences: &[String]) {
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

fn sources() -> Sources {
    let mut sources = Sources::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read(&source, &source, &mut sources);
    sources
}

fn read(source: &Path, directory: &Path, sources: &mut Sources) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            read(source, &path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let below: Vec<_> = path.strip_prefix(source).expect("below src").iter().collect();
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
        let room = room(&arrow.file);
        match &arrow.target {
            Target::File(file) => !may_name(room, self::room(file)),
            Target::Outside(name) => {
                CRATES.iter().any(|(krate, rooms)| name.starts_with(krate) && !rooms.contains(&room))
            }
        }
    };
    let offences = arrows.iter().filter(forbidden);
    offences
        .map(|arrow| format!("{} names `{}`, which `{}` may not", arrow.file, arrow.path, room(&arrow.file)))
        .collect()
}

fn may_name(room: &str, other: &str) -> bool {
    let listed = ROOMS.iter().find(|(listed, _)| *listed == room);
    room == other || room == "build" || listed.is_some_and(|(_, others)| others.contains(&other))
}

/// The circles between files, each with its imports. Test code is exempt.
fn circles(arrows: &BTreeSet<Arrow>) -> Vec<String> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for arrow in arrows.iter().filter(|arrow| !arrow.test) {
        if let Target::File(file) = &arrow.target {
            named.entry(&arrow.file).or_default().insert(file);
        }
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = named.keys().map(|file| (*file, reached(file, &named))).collect();
    let leads_to = |from: &str, to: &str| reached.get(from).is_some_and(|files| files.contains(to));
    let tied = |arrow: &&Arrow| match &arrow.target {
        Target::File(file) => !arrow.test && leads_to(file, &arrow.file),
        Target::Outside(_) => false,
    };
    let mut ties: BTreeMap<(&str, &Target), Vec<&str>> = BTreeMap::new();
    for arrow in arrows.iter().filter(tied) {
        ties.entry((&arrow.file, &arrow.target)).or_default().push(&arrow.path);
    }
    ties.into_iter().map(|((from, to), paths)| format!("{from} → {to}: {}", paths.join(", "))).collect()
}

/// All files that a file names, directly or indirectly.
fn reached<'a>(file: &'a str, named: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        open.extend(named.get(file).into_iter().flatten().copied().filter(|file| reached.insert(*file)));
    }
    reached
}
