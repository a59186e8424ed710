//! Policy tools find in our resources what they find in those of hashicorp/aws: `policies.py` compares.

use std::{process::Command, time::Duration};

use crate::harness::{Backend, Workspace, process::run, python, workspace::repository};

/// Installing the tools is part of it.
const LIMIT: Duration = Duration::from_secs(600);

#[test]
fn policy_tools_find_what_they_find_in_resources_of_hashicorp_aws() {
    let python = python::python_of_policies();
    let backend = Backend::local();
    let workspace = Workspace::on_copy_of("acceptance-tests/policies", ".", &backend);
    workspace.get_modules();
    workspace.plan();
    workspace.write("plan.json", &workspace.plan_as_json());
    let schemas = workspace.run(&["providers", "schema", "-json"]);
    workspace.write("schemas.json", &schemas.expect_success().stdout);
    let mut command = Command::new(python);
    command.arg(repository().join("acceptance-tests/policies.py"));
    command.arg("--configuration").arg(repository().join("acceptance-tests/policies"));
    for (option, file) in [("--plan", "plan.json"), ("--schemas", "schemas.json")] {
        command.arg(option).arg(workspace.root().join(file));
    }
    let compared = run(&mut command, LIMIT);
    assert_eq!(compared.code, Some(0), "{}{}", compared.stdout, compared.stderr);
    assert!(compared.stdout.contains("no difference"), "{}", compared.stdout);
}
