//! What is write-only reaches the service and nothing else: no plan, no state, no log, no message.

use std::fs;

use serde_json::json;

use crate::{
    fixtures::MODEL,
    harness::{Backend, Workspace},
};

const TOKEN: &str = "hf-4d1f0c9b7e-token";
const CLIENT: &str = "oidc-77ab31c0-secret";

const CONFIGURATION: &str = r#"
variable "token" {
  type      = string
  ephemeral = true
}

variable "client_secret" {
  type      = string
  ephemeral = true
}

variable "round" {
  type = number
}

resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/test"

  primary_container {
    image                  = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
    environment            = { STAGE = "test" }
    environment_wo         = { HF_TOKEN = var.token }
    environment_wo_version = var.round
  }
}

resource "sagemaker_workforce" "test" {
  workforce_name = var.name

  oidc_config {
    client_id                = "tests"
    client_secret_wo         = var.client_secret
    client_secret_wo_version = var.round
    issuer                   = "https://login.example.com"
    authorization_endpoint   = "https://login.example.com/authorize"
    token_endpoint           = "https://login.example.com/token"
    user_info_endpoint       = "https://login.example.com/userinfo"
    logout_endpoint          = "https://login.example.com/logout"
    jwks_uri                 = "https://login.example.com/keys"
  }
}
"#;

fn workspace(backend: &Backend) -> Workspace {
    let mut workspace = Workspace::new(backend);
    let log = workspace.root().join("trace.log").display().to_string();
    workspace.set("TF_LOG", "trace").set("TF_LOG_PATH", &log);
    workspace.set("TF_VAR_token", TOKEN).set("TF_VAR_client_secret", CLIENT).set("TF_VAR_round", "1");
    workspace.configure(CONFIGURATION);
    workspace
}

/// Demands that no file of the workspace holds a secret: states, plans and logs.
#[track_caller]
fn expect_no_secret_in_files(workspace: &Workspace, secrets: &[&str]) {
    let files = fs::read_dir(workspace.root()).expect("a workspace has files");
    for file in files.map(|entry| entry.expect("a readable entry").path()).filter(|path| path.is_file()) {
        let bytes = fs::read(&file).expect("a readable file");
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{} holds {secret}", file.display());
        }
    }
}

#[test]
fn what_is_write_only_reaches_the_service_and_no_plan_state_or_log() {
    let backend = Backend::local();
    let mut workspace = workspace(&backend);
    let model = json!({ "ModelName": workspace.name });
    workspace.plan();
    let run = workspace.apply_plan();
    assert!(!format!("{run}").contains(TOKEN));
    let environment =
        |backend: &Backend| backend.must("DescribeModel", &model)["PrimaryContainer"]["Environment"].clone();
    assert_eq!(environment(&backend), json!({ "STAGE": "test", "HF_TOKEN": TOKEN }));
    workspace.expect_no_changes();
    let shown = workspace.state().resource("sagemaker_model.test")["primary_container"][0]["environment"].clone();
    assert_eq!(shown, json!({ "STAGE": "test" }));
    expect_no_secret_in_files(&workspace, &[TOKEN, CLIENT]);

    // A new secret is recognized by its version, and an old one in the place of a new one is not sent.
    let other = "hf-92e6a7d1c4-token";
    workspace.set("TF_VAR_token", other);
    workspace.plan().expect_empty();
    workspace.set("TF_VAR_round", "2");
    let plan = workspace.plan();
    assert_eq!(plan.action("sagemaker_model.test"), "delete,create");
    assert_eq!(plan.action("sagemaker_workforce.test"), "update");
    workspace.apply_plan();
    assert_eq!(environment(&backend), json!({ "STAGE": "test", "HF_TOKEN": other }));
    workspace.expect_no_changes();
    expect_no_secret_in_files(&workspace, &[TOKEN, CLIENT, other]);
}

#[test]
fn a_write_only_secret_that_the_service_repeats_is_hidden() {
    let backend = Backend::local();
    let workspace = workspace(&backend);
    let message = format!("Value '{CLIENT}' at 'oidcConfig.clientSecret' failed to satisfy constraint");
    backend.refuse("CreateWorkforce", "ValidationException", &message);
    let run = workspace.try_apply(&[]);
    run.expect_failure(&["CreateWorkforce", "(sensitive value)"]);
    assert!(!format!("{run}").contains(CLIENT), "{run}");
    expect_no_secret_in_files(&workspace, &[TOKEN, CLIENT]);
}

#[test]
fn a_write_only_argument_needs_its_version() {
    let workspace = Workspace::offline();
    let text = CONFIGURATION.replace("    environment_wo_version = var.round\n", "");
    let mut workspace = workspace;
    workspace.set("TF_VAR_token", TOKEN).set("TF_VAR_client_secret", CLIENT).set("TF_VAR_round", "1");
    workspace.configure(&text).validate().expect_failure(&["environment_wo", "needs `environment_wo_version`"]);
}

#[test]
fn a_plan_shows_an_environment_and_no_message_repeats_it() {
    let backend = Backend::local();
    let workspace = Workspace::new(&backend);
    let environment = format!("environment = {{ HF_TOKEN = {TOKEN:?} }}\n    image");
    workspace.configure(&MODEL.replacen("image", &environment, 1));
    let plan = workspace.plan();
    let change = plan.change("sagemaker_model.test");
    assert_eq!(change["after"]["primary_container"][0]["environment"]["HF_TOKEN"], TOKEN);
    assert_eq!(change["after_sensitive"]["primary_container"][0]["environment"], json!({}));
    let message = format!("Value '{TOKEN}' at 'primaryContainer.environment' failed to satisfy constraint");
    backend.refuse("CreateModel", "ValidationException", &message);
    let run = workspace.try_apply(&[]);
    run.expect_failure(&["CreateModel", "Value '(sensitive value)' at 'primaryContainer.environment'"]);
    assert!(!run.stderr.contains(TOKEN), "{run}");
}
