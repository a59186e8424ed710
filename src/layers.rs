//! Which room of `src/` may use which: the one list of it, and the test that holds the code to it.

use std::{fs, path::Path};

/// Each room with the rooms it may name. `main.rs` alone knows all of them.
const ROOMS: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("diag", &["value"]),
    ("schema", &["value"]),
    ("definition", &["value", "diag", "schema"]),
    ("wire", &["value", "diag", "schema"]),
    ("api", &["value"]),
    ("engine", &["value", "diag", "schema", "definition", "api"]),
    ("special", &["value", "diag", "api", "engine"]),
    ("server", &["value", "diag", "schema", "definition", "wire", "engine"]),
    ("local", &["value", "definition"]),
    ("demo", &["local"]),
    // Tests only.
    ("simulation", &["value", "diag", "schema", "definition", "wire", "api", "engine", "special", "local"]),
];

#[test]
fn rooms_name_only_the_rooms_they_may() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut offences = Vec::new();
    for (room, allowed) in ROOMS {
        visit(&source.join(room), &mut |file, text| {
            for (other, _) in ROOMS {
                let named = text.contains(&format!("crate::{other}::")) || text.contains(&format!("crate::{other};"));
                if named && other != room && !allowed.contains(other) {
                    offences.push(format!("{} names `{other}`, which `{room}` may not", file.display()));
                }
            }
            if text.contains("aws_") && text.contains("use aws_") && *room != "api" {
                offences.push(format!("{} uses an AWS crate, which only `api` may", file.display()));
            }
        });
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn every_room_is_listed() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: Vec<String> = fs::read_dir(source)
        .expect("src is there")
        .map(|entry| entry.expect("a readable entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a UTF-8 name"))
        .collect();
    found.sort();
    let mut listed: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    listed.sort_unstable();
    assert_eq!(found, listed);
}

fn visit(directory: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(directory).expect("a room is a directory") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            visit(&path, look);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            look(&path, &fs::read_to_string(&path).expect("a UTF-8 source file"));
        }
    }
}
