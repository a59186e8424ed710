//! The guides on migration, followed to the letter: their files are written, their commands are run, and no plan changes
//! anything.

use std::{collections::BTreeMap, fs};

use serde_json::{Value as Json, json};

use super::page::Page;
use crate::harness::{
    Backend, Workspace, aws,
    aws::Dialect,
    awscc,
    cli::TERRAFORMS,
    state::State,
    state_file::{Address, StateFile},
};

const FROM_AWS: &str = "migrating-from-aws";
const FROM_AWSCC: &str = "migrating-from-awscc";

/// Where the objects of the guides are.
const REGION: (&str, &str) = ("eu-west-1", "us-east-1");

/// The files that a guide shows, by the path in their first line.
fn files(guide: &str) -> BTreeMap<String, String> {
    let blocks = Page::guide(guide).blocks_in(&["terraform"]);
    let file = |text: String| {
        let (path, text) = text.strip_prefix("# ")?.split_once('\n')?;
        Some((path.to_owned(), text.replace(REGION.0, REGION.1)))
    };
    blocks.into_iter().filter_map(|block| file(block.text)).collect()
}

/// The command lines of a guide that begin so.
fn commands(guide: &str, start: &str) -> Vec<String> {
    let blocks = Page::guide(guide).blocks_in(&["sh"]);
    let lines = blocks.iter().flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| line.starts_with(start)).collect()
}

/// Writes files of a guide.
fn write(workspace: &Workspace, files: &BTreeMap<String, String>, paths: &[&str]) {
    for path in paths {
        let text = files.get(*path).unwrap_or_else(|| panic!("the guide shows no {path}"));
        fs::create_dir_all(workspace.root().join(path).parent().expect("a file is in a directory")).expect("writable");
        workspace.write(path, text);
    }
}

/// A workspace in which the configuration of a guide is the user's, and the state that of the other provider.
fn before(guide: &str, workspace: Workspace, backend: &Backend) -> Workspace {
    let files = files(guide);
    workspace.beside_stand_ins().write("preamble.tf", "");
    if guide == FROM_AWS {
        write(&workspace, &files, &["main.tf", "registry/main.tf", "versions.tf", "registry/versions.tf"]);
        for command in commands(guide, "sed ") {
            workspace.script(&command).expect_success();
        }
        workspace.get_modules();
    } else {
        write(&workspace, &files, &["main.tf"]);
    }
    workspace.apply();
    hand_over(guide, &workspace, backend);
    workspace
}

/// Makes everything in the state that of the other provider.
fn hand_over(guide: &str, workspace: &Workspace, backend: &Backend) {
    let (mut file, state) = (StateFile::read(workspace), workspace.state());
    for address in state.resources.keys() {
        let parts: Vec<&str> = address.split('.').collect();
        let (module, resource_type, name) = match parts[..] {
            ["module", module, resource_type, name] => (module, resource_type, name),
            [resource_type, name] => ("", resource_type, name),
            _ => panic!("{address} is none of the guide"),
        };
        let address = Address { module, resource_type, name };
        if guide == FROM_AWS {
            let schema = aws::schema_of(resource_type).expect("a type of theirs");
            let attributes = |ours: &Json| aws::attributes(ours, &schema, Dialect::ZeroInBlocks);
            file.hand_over(address, &format!("aws_{resource_type}"), attributes);
        } else {
            let (their_type, properties) = awscc::types_of(resource_type).pop_first().expect("a type of theirs");
            let attributes = |ours: &Json| properties.attributes(&described(backend, resource_type, ours), ours);
            file.hand_over(address, &format!("awscc_{their_type}"), attributes);
        }
    }
    file.write(workspace);
}

fn described(backend: &Backend, resource_type: &str, ours: &Json) -> Json {
    match resource_type {
        "sagemaker_model" => backend.must("DescribeModel", &json!({ "ModelName": ours["name"] })),
        "sagemaker_model_package_group" => {
            let name = &ours["model_package_group_name"];
            backend.must("DescribeModelPackageGroup", &json!({ "ModelPackageGroupName": name }))
        }
        other => panic!("{other} is none of the guide"),
    }
}

/// The addresses that the other provider had.
fn theirs(state: &State, provider: &str) -> BTreeMap<String, String> {
    let all = state
        .resources
        .keys()
        .map(|ours| (ours.clone(), ours.replace("sagemaker_", &format!("{provider}_sagemaker_"))));
    all.collect()
}

/// What follows every way: one more plan finds nothing to do, and the state names the other provider no more.
fn expect_migrated(workspace: &Workspace) {
    workspace.expect_no_changes();
    let state = fs::read_to_string(workspace.root().join("terraform.tfstate")).expect("there is a state");
    assert!(!state.contains("hashicorp/aws"), "{state}");
}

fn expect_moved(guide: &str, provider: &str, paths: &[&str], backend: &Backend) -> Workspace {
    let files = files(guide);
    let workspace = before(guide, Workspace::new(backend), backend);
    let written = workspace.run_provider(&["discover", "--moved", "--state", "terraform.tfstate"]);
    assert_eq!(written.code, Some(0), "{}", written.stderr);
    let shown: Vec<&str> = paths.iter().map(|path| files[*path].as_str()).collect();
    let (of_root, of_modules) = written.stdout.split_once("\n# In module.").unwrap_or((&written.stdout, ""));
    assert_eq!(of_root, shown[0], "the guide shows what is written");
    let uncommented = of_modules.lines().skip(2).map(|line| line.trim_start_matches("# ").to_owned() + "\n");
    assert_eq!(uncommented.collect::<String>(), shown[1..].concat(), "the guide shows what is written");

    write(&workspace, &files, paths);
    let plan = workspace.plan();
    plan.expect_empty();
    workspace.apply_plan();
    let state = workspace.state();
    assert!(state.resources.len() >= 2, "{state:?}");
    for (ours, theirs) in theirs(&state, provider) {
        assert_eq!(plan.moved_from(&ours), Some(theirs.as_str()));
    }
    expect_migrated(&workspace);
    paths.iter().for_each(|path| fs::remove_file(workspace.root().join(path)).expect("the file is there"));
    workspace.expect_no_changes();
    workspace
}

#[test]
fn moved_blocks_take_over_from_aws_and_the_way_back_changes_nothing() {
    let backend = Backend::local();
    let workspace = expect_moved(FROM_AWS, "aws", &["moved.tf", "registry/moved.tf"], &backend);
    write(&workspace, &files(FROM_AWS), &["back.tf"]);
    let main = fs::read_to_string(workspace.root().join("main.tf")).expect("the configuration is there");
    let back = main.replace("\"sagemaker_model\"", "\"aws_sagemaker_model\"");
    workspace.configure(&back.replace("= sagemaker_model.", "= aws_sagemaker_model."));
    let plan = workspace.plan();
    assert_eq!(plan.actions(), [("sagemaker_model.churn", "forget".to_owned())].into(), "{plan}");
    assert!(plan.imports("aws_sagemaker_model.churn"), "{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();
}

#[test]
fn moved_blocks_take_over_from_awscc() {
    expect_moved(FROM_AWSCC, "awscc", &["moved.tf"], &Backend::local());
}

fn expect_imported(guide: &str, provider: &str) {
    let (backend, files) = (Backend::local(), files(guide));
    let workspace = before(guide, Workspace::new(&backend), &backend);
    write(&workspace, &files, &["removed.tf", "import.tf"]);
    let plan = workspace.plan();
    let run = workspace.apply_plan();
    let state = workspace.state();
    let forgotten: BTreeMap<String, String> =
        theirs(&state, provider).into_values().map(|theirs| (theirs, "forget".to_owned())).collect();
    let actions: BTreeMap<String, String> =
        plan.actions().into_iter().map(|(at, action)| (at.to_owned(), action)).collect();
    assert_eq!(actions, forgotten, "{plan}");
    assert!(state.resources.keys().all(|ours| plan.imports(ours)), "{plan}\n{run}");
    expect_migrated(&workspace);
}

#[test]
fn removed_and_import_take_over_from_aws() {
    expect_imported(FROM_AWS, "aws");
}

#[test]
fn removed_and_import_take_over_from_awscc() {
    expect_imported(FROM_AWSCC, "awscc");
}

fn expect_imported_without_removed(guide: &str, host: impl Fn(&Backend) -> Workspace) {
    let (backend, files) = (Backend::local(), files(guide));
    let workspace = before(guide, host(&backend), &backend);
    for command in commands(guide, "terraform state rm ") {
        let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
        workspace.run(&arguments).expect_success();
    }
    write(&workspace, &files, &["import.tf"]);
    let plan = workspace.plan();
    plan.expect_empty();
    workspace.apply_plan();
    assert!(workspace.state().resources.keys().all(|ours| plan.imports(ours)), "{plan}");
    expect_migrated(&workspace);
}

#[test]
fn state_rm_and_import_take_over_under_the_oldest_terraform() {
    expect_imported_without_removed(FROM_AWS, |backend| Workspace::with_terraform(TERRAFORMS[0].1, backend));
}

#[test]
fn state_rm_and_import_take_over_under_opentofu() {
    expect_imported_without_removed(FROM_AWS, Workspace::with_tofu);
    expect_imported_without_removed(FROM_AWSCC, Workspace::with_tofu);
}
