//! Which operation of the API is used by what: the table in `docs/development/coverage.md`, generated from the definitions.
//!
//! An operation that nothing uses has to be argued in `coverage/left_out.toml`, and one that something uses must not be.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use expect_test::expect_file;
use sagemaker_provider::definition::{ACTIONS, EPHEMERALS, QUERIES, RESOURCES, service::OPERATIONS};

use crate::harness::workspace::repository;

/// Operations that every resource with tags uses.
const OF_TAGS: [&str; 3] = ["AddTags", "DeleteTags", "ListTags"];

/// By operation, what uses it.
type Uses = BTreeMap<&'static str, BTreeSet<String>>;

#[test]
fn every_operation_is_used_or_left_out_for_a_reason() {
    let uses = uses();
    let argued = left_out();
    let both: Vec<_> = argued.keys().filter(|name| uses.contains_key(name.as_str())).collect();
    assert!(both.is_empty(), "used, so there is nothing to argue: {both:?}");
    let neither: Vec<_> = OPERATIONS
        .iter()
        .map(|operation| operation.name)
        .filter(|name| !uses.contains_key(name) && !argued.contains_key(*name))
        .collect();
    assert!(neither.is_empty(), "used by nothing, and nobody says why: {neither:?}");
    let unknown: Vec<_> =
        argued.keys().filter(|name| !OPERATIONS.iter().any(|operation| operation.name == name.as_str())).collect();
    assert!(unknown.is_empty(), "no operations of the API: {unknown:?}");
}

#[test]
fn the_documented_table_matches_the_definitions() {
    expect_file![repository().join("docs/development/coverage.md")].assert_eq(&table(&uses(), &left_out()));
}

#[test]
fn every_guarantee_names_an_existing_test() {
    expect_tests("guarantees.md", 30);
}

#[test]
fn every_regression_names_an_existing_test() {
    expect_tests("regressions.md", 80);
}

/// Demands that each entry of a page names a test or gives the reason for having none, that there are so many tests or
/// more, and that all of them exist: as `file::test`, as `room::file::test` below `src`, or as `cases/name`.
#[track_caller]
fn expect_tests(page: &str, at_least: usize) {
    let text = fs::read_to_string(repository().join("docs/development").join(page))
        .unwrap_or_else(|error| panic!("{page}: {error}"));
    let entries = text.split("\n- ").skip(1);
    let untested: Vec<_> =
        entries.filter(|entry| !["Test: `", "Tests: `", "No test: "].iter().any(|it| entry.contains(it))).collect();
    assert!(untested.is_empty(), "{page}: entries without a test or a reason: {untested:#?}");
    let words: BTreeSet<&str> = text.split('`').skip(1).step_by(2).collect();
    let named: Vec<&str> = words.into_iter().filter(|word| word.contains("::") || word.starts_with("cases/")).collect();
    assert!(named.len() >= at_least, "{} tests in {page}", named.len());
    let missing: Vec<_> = named.into_iter().filter(|name| !is_a_test(name)).collect();
    assert!(missing.is_empty(), "{page}: {missing:#?}");
}

fn is_a_test(name: &str) -> bool {
    let Some((module, test)) = name.rsplit_once("::") else {
        return repository().join("acceptance-tests").join(name).join("case.toml").exists();
    };
    let file = module.replace("::", "/");
    let files = ["acceptance-tests", "src"]
        .into_iter()
        .flat_map(|root| [format!("{root}/{file}.rs"), format!("{root}/{file}/mod.rs")]);
    files.into_iter().any(|file| {
        let text = fs::read_to_string(repository().join(file)).unwrap_or_default();
        // A test, a module of tests, or one of those that a macro makes.
        [format!("fn {test}()"), format!("mod {test} {{"), format!("    {test}, ")].iter().any(|it| text.contains(it))
    })
}

fn uses() -> Uses {
    let mut uses = Uses::new();
    let mut note = |operation: &'static str, user: String| {
        uses.entry(operation).or_default().insert(user);
    };
    for resource in RESOURCES {
        let operations = &resource.operations;
        let all =
            [Some(operations.create), Some(operations.read), operations.update, operations.delete, operations.stop];
        for operation in all.into_iter().flatten() {
            note(operation.name, format!("resource `{}`", resource.type_name));
        }
        note(operations.read.name, format!("data source `{}`", resource.type_name));
    }
    for query in QUERIES {
        note(query.operation.name, format!("data source `{}`", query.type_name));
    }
    for call in EPHEMERALS {
        note(call.operation.name, format!("ephemeral resource `{}`", call.type_name));
    }
    for action in ACTIONS {
        let read = action.completion.as_ref().map(|completion| completion.read);
        for operation in [Some(action.call.operation), read].into_iter().flatten() {
            note(operation.name, format!("action `{}`", action.call.type_name));
        }
    }
    for name in OF_TAGS {
        note(name, "every resource with `tags`".to_owned());
    }
    for (file, text) in special_files() {
        for operation in OPERATIONS.iter().filter(|operation| text.contains(&format!("\"{}\"", operation.name))) {
            note(operation.name, format!("special file `{file}`"));
        }
    }
    uses
}

/// The files of `src/special` without their tests.
pub(crate) fn special_files() -> Vec<(String, String)> {
    let directory = repository().join("src/special");
    let files = fs::read_dir(&directory).expect("there are special files");
    files
        .map(|entry| {
            let path = entry.expect("a readable entry").path();
            let text = fs::read_to_string(&path).expect("a special file is text");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), code)
        })
        .collect()
}

/// Operations that nothing uses, with the reason.
fn left_out() -> BTreeMap<String, String> {
    toml::from_str(include_str!("coverage/left_out.toml")).expect("operations with their reasons")
}

/// The operations that AWS's announcements of SageMaker features and its client class references name.
fn founding() -> BTreeSet<&'static str> {
    include_str!("coverage/founding.txt").lines().collect()
}

fn table(uses: &Uses, left_out: &BTreeMap<String, String>) -> String {
    let founding = founding();
    let mut text = format!(
        "# Which operation is used by what\n\n\
         Made from the definitions by `UPDATE_EXPECT=1 cargo test --test acceptance coverage`; not to be edited by hand.\n\n\
         Of the {} operations of the API, {} are used, and {} are left out for the reason that is given. A star marks the {} \
         operations that AWS's announcements of SageMaker features and its client class references name.\n\n\
         | operation | used by |\n| --- | --- |\n",
        OPERATIONS.len(),
        uses.len(),
        left_out.len(),
        founding.len(),
    );
    for operation in OPERATIONS {
        let star = if founding.contains(operation.name) { " ★" } else { "" };
        let used = uses.get(operation.name).map(|users| users.iter().cloned().collect::<Vec<_>>().join(", "));
        let said = used.or_else(|| left_out.get(operation.name).map(|reason| format!("left out: {reason}")));
        text += &format!("| `{}`{star} | {} |\n", operation.name, said.unwrap_or_default());
    }
    text
}
