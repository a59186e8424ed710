//! The life cycle of the same small stack under each version of Terraform that can be had, and under OpenTofu; and the table of the
//! README, which says what each of them can use.

use std::fs;

use expect_test::expect_file;
use serde_json::Value as Json;

use crate::{
    fixtures::{MODEL, serving},
    harness::{Backend, Workspace, cli::TERRAFORMS, workspace::repository},
};

/// True if a host can use something, by a workspace of it and the schemas that it is offered.
type Can = fn(&Workspace, &Json) -> bool;

/// What a version can use, by the heading of the column.
const FEATURES: &[(&str, Can)] = &[
    ("`moved` from other providers", |workspace, _| moves(workspace)),
    ("functions", |_, schemas| has(schemas, "functions")),
    ("ephemeral resources", |_, schemas| has(schemas, "ephemeral_resource_schemas")),
    ("write-only arguments", |_, schemas| mentions(schemas, "write_only")),
    ("import by identity", |_, schemas| has(schemas, "resource_identity_schemas")),
    ("`terraform query`", |_, schemas| has(schemas, "list_resource_schemas")),
    ("actions", |_, schemas| has(schemas, "action_schemas")),
];

#[test]
fn every_host_manages_the_same_stack_and_the_readme_says_what_else_it_can_use() {
    let mut table = "| host |".to_owned() + &FEATURES.iter().map(|(name, _)| format!(" {name} |")).collect::<String>();
    table += &format!("\n|{}\n", " --- |".repeat(FEATURES.len() + 1));
    let terraform = |(version, package): &(&str, &'static str)| {
        (
            format!("Terraform {version}"),
            Box::new(|backend: &Backend| Workspace::with_terraform(package, backend)) as Host,
        )
    };
    let tofu = ("OpenTofu 1.6.2".to_owned(), Box::new(Workspace::with_tofu) as Host);
    for (name, host) in TERRAFORMS.iter().map(terraform).chain([tofu]) {
        expect_life(&host);
        let backend = Backend::local();
        let workspace = host(&backend);
        let schemas = workspace.schemas();
        let cells = FEATURES.iter().map(|(_, can)| if can(&workspace, &schemas) { " yes |" } else { " |" });
        table += &format!("| {name} |{}\n", cells.collect::<String>());
    }
    let readme = repository().join("README.md");
    let text = fs::read_to_string(&readme).expect("there is a README");
    let (before, rest) = text.split_once("<!-- hosts -->\n").expect("the README says where the table is");
    let (_, after) = rest.split_once("<!-- end of hosts -->").expect("the README says where the table ends");
    let expected = format!("{before}<!-- hosts -->\n{table}<!-- end of hosts -->{after}");
    expect_file![readme].assert_eq(&expected);
}

type Host = Box<dyn Fn(&Backend) -> Workspace>;

/// Created, changed, forgotten, imported and destroyed, with nothing to do in between.
fn expect_life(host: &Host) {
    let backend = Backend::local();
    let mut workspace = host(&backend);
    workspace.configure(&serving()).apply();
    workspace.expect_no_changes();
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    assert_eq!(workspace.plan().action("sagemaker_endpoint.test"), "update");
    workspace.apply_plan();
    workspace.expect_no_changes();
    workspace.run(&["state", "rm", "sagemaker_model.test"]).expect_success();
    let name = &workspace.name;
    workspace.write("import.tf", &format!("import {{\n  to = sagemaker_model.test\n  id = {name:?}\n}}\n"));
    assert!(workspace.plan().imports("sagemaker_model.test"));
    workspace.apply_plan();
    workspace.expect_no_changes();
    workspace.destroy();
    assert!(workspace.state().resources.is_empty());
}

/// True if the state of a model of hashicorp/aws moves. The state is as Terraform's own; nothing of it is applied.
fn moves(workspace: &Workspace) -> bool {
    workspace.configure(MODEL).apply();
    let file = workspace.root().join("terraform.tfstate");
    let state = fs::read_to_string(&file).expect("there is a state");
    let (mut state, address): (Json, _) = (serde_json::from_str(&state).expect("a state is JSON"), "hashicorp/aws");
    let registry =
        state["resources"][0]["provider"].as_str().expect("an address").replace("sagemaker-rs/sagemaker", address);
    state["resources"][0]["type"] = "aws_sagemaker_model".into();
    state["resources"][0]["provider"] = registry.into();
    fs::write(&file, state.to_string()).expect("the state can be written");
    let moved = "moved {\n  from = aws_sagemaker_model.test\n  to   = sagemaker_model.test\n}\n";
    workspace.beside_others().write("moved.tf", moved);
    match workspace.try_plan_with(&[]) {
        Ok(plan) => {
            plan.expect_empty();
            true
        }
        Err(run) => {
            run.expect_failure(&["type"]);
            false
        }
    }
}

fn has(schemas: &Json, kind: &str) -> bool {
    schemas[kind].as_object().is_some_and(|schemas| !schemas.is_empty())
}

fn mentions(json: &Json, name: &str) -> bool {
    match json {
        Json::Object(members) => members.iter().any(|(member, value)| member == name || mentions(value, name)),
        Json::Array(elements) => elements.iter().any(|element| mentions(element, name)),
        _ => false,
    }
}
