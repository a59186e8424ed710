//! The provider as a guest of Terraform: its process, its protocol, its logs.

use std::{
    collections::BTreeSet,
    fs,
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::{Value as Json, json};

use crate::{
    fixtures::{MODEL, case, serving},
    harness::{
        Backend, Workspace,
        backend::PROVIDER,
        process::{self, Running},
        run::Run,
    },
};

/// What Terraform logs about providers that break its rules.
const COMPLAINTS: &[&str] = &[
    "legacy plugin SDK",
    "produced an unexpected new value",
    "produced an invalid plan",
    "invalid new value containing null blocks",
    "changed the config value",
    "Provider produced",
];

/// The ids of the provider's processes that work for a workspace.
fn provider_processes(workspace: &Workspace) -> BTreeSet<String> {
    let marker = format!("TMPDIR={}", workspace.temporary().display());
    let processes = fs::read_dir("/proc").expect("the kernel lists processes").filter_map(Result::ok);
    let ours = processes.filter(|process| {
        let environment = fs::read(process.path().join("environ")).unwrap_or_default();
        let program = fs::read_link(process.path().join("exe")).unwrap_or_default();
        program.ends_with("terraform-provider-sagemaker")
            && environment.split(|byte| *byte == 0).any(|entry| entry == marker.as_bytes())
    });
    ours.map(|process| process.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn terraform_finds_nothing_to_complain_about_in_its_log() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("TF_LOG", "WARN");
    workspace.configure(&serving());
    let mut logs = workspace.apply().stderr;
    workspace.set("TF_VAR_instance_type", "ml.c5.large");
    logs += &workspace.apply().stderr;
    logs += &workspace.destroy().stderr;
    let found: Vec<&&str> = COMPLAINTS.iter().filter(|complaint| logs.contains(**complaint)).collect();
    assert!(found.is_empty(), "{found:?} in\n{logs}");
}

#[test]
fn secrets_are_in_no_log_and_no_message() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("TF_LOG", "TRACE").set("AWS_SECRET_ACCESS_KEY", "a-secret-to-look-for");
    workspace.set("AWS_SESSION_TOKEN", "a-token-to-look-for");
    let run = workspace.configure(MODEL).apply();
    let from_provider: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.contains("a-secret-to-look-for") || line.contains("a-token-to-look-for"))
        .collect();
    assert!(from_provider.is_empty(), "{from_provider:?}");
}

/// What the provider logs of the waits for an endpoint.
fn of_waits<'a>(log: &'a str, workspace: &Workspace) -> Vec<&'a str> {
    let is_of_one = |line: &&str| line.contains("resource=sagemaker_endpoint ") && line.contains("[INFO]");
    let lines: Vec<&str> = log.lines().filter(is_of_one).collect();
    assert!(lines.len() > 1 && lines.iter().all(|line| line.contains(&workspace.name)), "{log}");
    lines
}

#[track_caller]
fn expect_parts(line: &str, parts: &[&str]) {
    assert!(parts.iter().all(|part| line.contains(part)), "{line}");
}

#[test]
fn waits_say_in_the_log_what_they_wait_for() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("TF_LOG_PROVIDER", "INFO");
    let impatient = serving().replace("test.name\n}", "test.name\n  timeouts {\n    create = \"1s\"\n  }\n}");
    backend.fault(&json!({ "operation": "CreateEndpoint", "kind": "hang" }));
    let log = workspace.configure(&impatient).try_apply(&[]).expect_failure(&["did not reach state"]).stderr.clone();
    let lines = of_waits(&log, &workspace);
    expect_parts(lines[0], &["waiting until the call has taken effect", "awaited=InService", "timeout=1s", "create"]);
    expect_parts(lines[1], &["still waiting", "state=Creating", "elapsed=", "left="]);
    assert_eq!(lines.len(), 2, "{log}");

    let mut workspace = Workspace::new(&backend);
    workspace.set("TF_LOG_PROVIDER", "INFO");
    let log = workspace.configure(&serving()).apply().stderr;
    expect_parts(of_waits(&log, &workspace).last().expect("a line"), &["the wait is over", "elapsed="]);
}

#[test]
fn a_secret_that_the_service_echoes_is_redacted() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let workforce = case("workforce");
    let words = "Value 'secret of tests' at 'oidcConfig.clientSecret' failed to satisfy constraint: no 'secret of'";
    let refuse = |operation: &str| backend.refuse(operation, "ValidationException", words);
    let expect_hidden = |run: &Run| {
        run.expect_failure(&["Value '(sensitive value)' at 'oidcConfig.clientSecret' failed", "no 'secret of'"]);
        assert!(![&run.stdout, &run.stderr].iter().any(|said| said.contains("secret of tests")), "{run}");
    };
    refuse("CreateWorkforce");
    expect_hidden(&workspace.configure(&workforce).try_apply(&[]));
    workspace.apply();
    refuse("UpdateWorkforce");
    expect_hidden(&workspace.configure(&workforce.replace("\"tests\"", "\"others\"")).try_apply(&[]));
    refuse("DescribeWorkforce");
    expect_hidden(&workspace.try_plan(&[]));
}

#[test]
fn plugin_tls_can_be_turned_off() {
    let backend = Backend::local();
    let mut workspace = Workspace::new(&backend);
    workspace.set("TF_DISABLE_PLUGIN_TLS", "1").configure(MODEL).apply();
    workspace.expect_no_changes();
}

#[test]
fn run_by_hand_it_says_what_it_is_and_fails() {
    let finished = process::run(Command::new(PROVIDER).env_remove("TF_PLUGIN_MAGIC_COOKIE"), Duration::from_secs(20));
    assert_eq!(finished.code, Some(1));
    assert_eq!(finished.stdout, "", "stdout is for the handshake");
    assert!(finished.stderr.contains("Terraform"), "{}", finished.stderr);
}

#[test]
fn nothing_is_left_in_the_temporary_directory() {
    let backend = Backend::local();
    let workspace = Workspace::applied(&backend, MODEL);
    workspace.destroy();
    let left: Vec<_> = fs::read_dir(workspace.temporary())
        .expect("the directory is there")
        .map(|entry| entry.expect("a readable entry").file_name())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_provider_ends_when_terraform_is_killed() {
    let backend = Backend::local_with_latency(Duration::from_secs(600));
    let workspace = Workspace::new(&backend);
    workspace.configure(&serving());
    let mut running: Running = workspace.start(&["apply", "-input=false", "-auto-approve"]);
    let endpoint = json!({ "EndpointName": workspace.name });
    backend.until("the endpoint is being created", |backend| backend.call("DescribeEndpoint", &endpoint).is_ok());
    assert!(!provider_processes(&workspace).is_empty(), "the provider is at work");
    running.kill_leader();
    backend.until("the provider has ended", |_| provider_processes(&workspace).is_empty());
    running.finish();
}

#[test]
fn the_local_service_needs_no_terraform() {
    let mut command = Command::new(PROVIDER);
    let help = process::run(command.arg("--help").stdin(Stdio::null()), Duration::from_secs(20));
    assert!(help.stderr.contains("local") || help.stdout.contains("local"), "{}{}", help.stdout, help.stderr);
}

#[test]
fn every_schema_follows_terraforms_rules() {
    let schemas = Workspace::offline().schemas();
    let resources = schemas["resource_schemas"].as_object().expect("resources");
    assert!(resources.len() >= 9, "{:?}", resources.keys());
    let mut offences = Vec::new();
    let data_sources = schemas["data_source_schemas"].as_object().expect("data sources");
    assert!(data_sources.len() > resources.len(), "one for each resource, and queries");
    for (name, schema) in resources.iter().chain(data_sources) {
        check_block(name, &schema["block"], &mut offences);
    }
    check_block("provider", &schemas["provider"]["block"], &mut offences);
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

fn check_block(path: &str, block: &Json, offences: &mut Vec<String>) {
    if block["description"].as_str().unwrap_or_default().is_empty() && !path.contains('.') {
        offences.push(format!("{path}: no description"));
    }
    for (name, attribute) in block["attributes"].as_object().into_iter().flatten() {
        let flags = ["required", "optional", "computed"].map(|flag| attribute[flag] == true);
        if !matches!(flags, [true, false, false] | [false, true, _] | [false, false, true]) {
            offences.push(format!("{path}.{name}: required, optional, computed are {flags:?}"));
        }
        if attribute["description"].as_str().unwrap_or_default().is_empty() {
            offences.push(format!("{path}.{name}: no description"));
        }
        // Only at the top: inside blocks Terraform has no arguments of its own.
        let words = ["count", "for_each", "depends_on", "provider", "lifecycle", "connection", "provisioner"];
        if !path.contains('.') && words.contains(&name.as_str()) {
            offences.push(format!("{path}.{name}: a word of Terraform's own"));
        }
        if !name
            .chars()
            .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_')
        {
            offences.push(format!("{path}.{name}: not a name"));
        }
    }
    for (name, nested) in block["block_types"].as_object().into_iter().flatten() {
        if block["attributes"].get(name).is_some() {
            offences.push(format!("{path}.{name}: both attribute and block"));
        }
        let (min, max) = (nested["min_items"].as_u64().unwrap_or(0), nested["max_items"].as_u64().unwrap_or(0));
        if max > 0 && min > max {
            offences.push(format!("{path}.{name}: {min} to {max} items"));
        }
        check_block(&format!("{path}.{name}"), &nested["block"], offences);
    }
}

#[test]
fn opentofu_sees_the_same_schemas() {
    let backend = Backend::local();
    let mut terraform = Workspace::new(&backend).schemas();
    // What this version does not know: write-only arguments, ephemeral resources and functions.
    for unknown in ["write_only", "ephemeral_resource_schemas", "functions"] {
        drop_members(&mut terraform, unknown);
    }
    assert_eq!(Workspace::with_tofu(&backend).schemas(), terraform);
}

fn drop_members(json: &mut Json, name: &str) {
    if let Some(members) = json.as_object_mut() {
        members.remove(name);
        members.values_mut().for_each(|member| drop_members(member, name));
    }
}

#[test]
fn a_host_that_would_save_a_write_only_secret_is_refused_it() {
    let workspace = Workspace::with_tofu(&Backend::local());
    let secret = "primary_container {\n    environment_wo = { TOKEN = \"t\" }\n    environment_wo_version = 1";
    workspace.configure(&MODEL.replace("primary_container {", secret));
    workspace.validate().expect_failure(&["environment_wo", "Terraform 1.11"]);
}

#[test]
fn opentofu_points_at_the_same_lines() {
    let workspace = Workspace::with_tofu(&Backend::local());
    workspace.configure(&MODEL.replace("var.name", "\"under_score\""));
    workspace.validate().expect_failure(&["on main.tf line 3", "under_score"]);
}
