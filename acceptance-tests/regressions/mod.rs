//! What users of other providers have reported, in their words; the numbers are those of their reports. Each of these
//! tests fails on the reported behaviour. Others of that kind stand where they belong by their subject: docs/development/regressions.md
//! lists all of them.

mod endpoints;
mod features;
mod general;
mod jobs;
mod machines;
mod people;
mod pipelines;
mod plans;
mod removals;
mod studio;
mod teams;

use serde_json::{Value as Json, json};

use crate::harness::Workspace;

fn named(workspace: &Workspace, member: &str) -> Json {
    json!({ member: workspace.name })
}

/// Plans, demands that this and nothing else is to be done, applies that plan, and demands that nothing is left to do.
#[track_caller]
fn change(workspace: &Workspace, configuration: &str, address: &str, action: &str) {
    workspace.configure(configuration);
    let plan = workspace.plan();
    assert_eq!(plan.actions(), [(address, action.to_owned())].into(), "{plan}");
    workspace.apply_plan();
    workspace.expect_no_changes();
}
