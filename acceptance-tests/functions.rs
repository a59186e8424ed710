//! Functions under Terraform: the results of all examples, the messages of bad arguments, where functions can be called,
//! and the page that describes them.

use std::{collections::BTreeSet, fmt::Write as _, fs};

use expect_test::expect_file;
use regex_lite::Regex;
use sagemaker_provider::{
    functions::{arn_forms, call, schemas},
    schema::{Function, Parameter, Type},
};
use serde_json::{Value as Json, json};

use crate::{
    harness::{Backend, Workspace, workspace::repository},
    stack::{applied, expect_no_warning, modules, names},
};

const EXAMPLES: &str = "examples/functions";

/// Calls whose arguments are refused, for every parameter that refuses any.
const REFUSED: &[&str] = &[
    r#"arn_build("europe", "123456789012", "endpoint", "churn")"#,
    r#"arn_build("eu-west-1", 12345678901, "endpoint", "churn")"#,
    r#"arn_build("eu-west-1", "123456789012", "endpoint-configuration", "churn")"#,
    r#"arn_build("eu-west-1", "123456789012", "app", "d-0a1b2c3d4e5f", "default")"#,
    r#"arn_build("eu-west-1", "123456789012", "space", "d-0a1b2c3d4e5f", "my/notes")"#,
    r#"arn_parse("churn")"#,
    r#"arn_parse("arn:aws:sagemaker:cn-north-1:123456789012:endpoint/churn")"#,
    r#"arn_parse("arn:aws:sagemaker:eu-west-1:123456789012:app/default")"#,
    r#"best_candidate([])"#,
    r#"console_url("arn:aws:sagemaker:eu-west-1:123456789012:space/d-0a1b2c3d4e5f/notes")"#,
    r#"feature_definitions({ age = "number" })"#,
    r#"feature_definitions({ "age!" = "int" })"#,
    r#"inference_response_keys([null], [])"#,
    r#"inference_response_keys([], ["probability"])"#,
    r#"instance_type("m5.large")"#,
    r#"merge_pipeline_parameters({ epochs = "10" }, { epoch = "20" })"#,
    r#"model_package_arn("europe", "123456789012", "churn", 1)"#,
    r#"model_package_arn("eu-west-1", "1234", "churn", 1)"#,
    r#"model_package_arn("eu-west-1", "123456789012", "arn:aws:sagemaker", 1)"#,
    r#"model_package_arn("eu-west-1", "123456789012", "churn", 0)"#,
    r#"prebuilt_image_uri("xgbost", "1", "eu-west-1")"#,
    r#"prebuilt_image_uri("xgboost", "1:7", "eu-west-1")"#,
    r#"prebuilt_image_uri("sagemaker-scikit-learn", "1.2-1", "eu-west-9")"#,
    r#"unique_name("-churn", "", 63)"#,
    r#"unique_name("churn", "", 5)"#,
];

/// Parameters that refuse nothing of their type.
const OPEN: &[&str] = &["merge_pipeline_parameters defaults", "unique_name seed"];

#[test]
fn every_function_has_an_example() {
    let all: BTreeSet<String> = schemas().into_keys().map(str::to_owned).collect();
    assert_eq!(names(EXAMPLES), all);
    for name in all {
        assert!(example(&name).contains(&format!("provider::sagemaker::{name}(")), "{name}");
    }
}

#[test]
fn the_examples_of_functions_have_the_results_that_they_say() {
    check_examples(&Workspace::offline());
}

#[test]
fn the_examples_of_functions_have_the_same_results_under_the_newest_terraform() {
    check_examples(&Workspace::with_newest(&Backend::local()));
}

/// Applies all examples, and demands the results that they show.
fn check_examples(workspace: &Workspace) {
    let examples = names(EXAMPLES);
    let mut outputs = String::new();
    for name in &examples {
        let results: String = results(&example(name))
            .iter()
            .map(|(output, result)| format!("output \"expected_{output}\" {{\n  value = {result}\n}}\n\n"))
            .collect();
        workspace.add_module(&format!("{EXAMPLES}/{name}"));
        workspace.write(&format!("{EXAMPLES}/{name}/expected.tf"), &results);
        let _ = writeln!(outputs, "output \"{name}\" {{\n  value = module.{name}\n}}\n");
    }
    workspace.configure(&(modules(EXAMPLES, examples.iter()) + &outputs)).get_modules();
    expect_no_warning(&workspace.apply());
    for (name, outputs) in workspace.state().outputs {
        for (output, _) in results(&example(&name)) {
            assert_eq!(outputs[&output], outputs[format!("expected_{output}")], "{name}: {output}");
        }
    }
}

#[test]
fn bad_arguments_are_errors_at_the_argument() {
    let workspace = Workspace::offline();
    let output = |(index, call): (usize, &&str)| {
        format!("output \"call_{index:02}\" {{\n  value = provider::sagemaker::{call}\n}}\n\n")
    };
    workspace.configure(&REFUSED.iter().enumerate().map(output).collect::<String>());
    let diagnostics = workspace.diagnostics();
    let mut text = String::new();
    for (index, call) in REFUSED.iter().enumerate() {
        let context = format!("output \"call_{index:02}\"");
        let of_call = diagnostics.iter().filter(|diagnostic| diagnostic["snippet"]["context"] == context.as_str());
        let details: Vec<&str> = of_call.filter_map(|diagnostic| diagnostic["detail"].as_str()).collect();
        let [detail] = details[..] else { panic!("{call}: {details:?} of {diagnostics:#?}") };
        let _ = writeln!(text, "{call}\n    {detail}\n");
    }
    expect_file![repository().join("acceptance-tests/messages/functions.txt")].assert_eq(&text);
    assert_eq!(refused(&text), refusing());
}

/// The function and the parameter of each message.
fn refused(text: &str) -> BTreeSet<String> {
    let message = Regex::new(r#"(?m)^(\w+)\(.*\n    Invalid value for "(\w+)" parameter: "#).expect("a valid pattern");
    message.captures_iter(text).map(|found| format!("{} {}", &found[1], &found[2])).collect()
}

/// The functions and their parameters that refuse anything.
fn refusing() -> BTreeSet<String> {
    let all = schemas().into_iter().flat_map(|(name, function)| {
        let parameters = function.parameters.into_iter().chain(function.variadic);
        parameters.map(move |parameter| format!("{name} {}", parameter.name))
    });
    all.filter(|parameter| !OPEN.contains(&parameter.as_str())).collect()
}

#[test]
fn functions_are_called_in_the_console() {
    let run = Workspace::offline().console(r#"provider::sagemaker::unique_name("churn", "", 63)"#);
    run.expect_success();
    assert_eq!(run.stdout, "\"churn-e3b0c442\"\n", "{run}");
    let run = Workspace::offline().console(r#"provider::sagemaker::unique_name("churn", "", 5)"#);
    run.expect_failure(&["Invalid value for \"max\" parameter: 5 is not a maximum length."]);
}

/// An ARN as a variable with a validation, of which the tests know a good and a bad value.
const VALIDATED: &str = r#"
variable "endpoint_arn" {
  type    = string
  default = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn"

  validation {
    condition     = try(provider::sagemaker::arn_parse(var.endpoint_arn).resource_type == "endpoint", false)
    error_message = "Pass the ARN of an endpoint."
  }
}

output "name" {
  value = provider::sagemaker::arn_parse(var.endpoint_arn).name
}
"#;

const TESTS: &str = r#"
run "the_name_is_in_the_arn" {
  command = plan

  assert {
    condition     = output.name == provider::sagemaker::arn_parse(var.endpoint_arn).name
    error_message = "The name is not that of the ARN."
  }
}

run "another_type_is_refused" {
  command         = plan
  variables {
    endpoint_arn = "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"
  }
  expect_failures = [var.endpoint_arn]
}
"#;

#[test]
fn functions_are_called_in_validations_and_in_tests() {
    let workspace = Workspace::offline();
    workspace.configure(VALIDATED).write("arn.tftest.hcl", TESTS);
    workspace.run(&["test", "-no-color"]).expect_success().expect_text(&["2 passed, 0 failed"]);
    let option = "-var=endpoint_arn=churn";
    workspace.try_plan(&[option]).expect_failure(&["Pass the ARN of an endpoint."]);
}

#[test]
fn arguments_that_are_known_after_apply_defer_the_call() {
    let workspace = Workspace::offline();
    workspace.configure(
        "resource \"terraform_data\" \"seed\" {\n  input = \"a\"\n}\n\n\
         output \"name\" {\n  value = provider::sagemaker::unique_name(\"churn\", terraform_data.seed.output, 63)\n}\n",
    );
    workspace.apply();
    assert_eq!(workspace.state().outputs["name"], "churn-ca978112");
    workspace.plan().expect_empty();
}

/// A model and a feature group whose blocks functions write.
const COMBINED: &str = r#"data "sagemaker_auto_ml_job_candidates" "churn" {
  auto_ml_job_name = "churn"
  status_equals    = "Completed"
}

locals {
  best = provider::sagemaker::best_candidate(data.sagemaker_auto_ml_job_candidates.churn.candidates)
}

# The best candidate, with another name whenever another one is the best.
resource "sagemaker_model" "churn" {
  name               = provider::sagemaker::unique_name("churn", local.best.candidate_name, 63)
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker-hosting"

  dynamic "container" {
    for_each = provider::sagemaker::inference_response_keys(local.best.inference_containers, ["predicted_label"])

    content {
      image          = container.value.image
      model_data_url = container.value.model_data_url
      environment    = container.value.environment
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "sagemaker_feature_group" "customers" {
  feature_group_name             = "customers"
  record_identifier_feature_name = "customer_id"
  event_time_feature_name        = "updated_at"
  role_arn                       = "arn:aws:iam::123456789012:role/sagemaker-feature-store"

  dynamic "feature_definition" {
    for_each = provider::sagemaker::feature_definitions({ customer_id = "string", orders = "int", updated_at = "float" })

    content {
      feature_name = feature_definition.value.feature_name
      feature_type = feature_definition.value.feature_type
    }
  }

  online_store_config {
    enable_online_store = true
  }
}

output "console" {
  value = provider::sagemaker::console_url(sagemaker_model.churn.arn)
}
"#;

#[test]
fn results_are_arguments_of_resources() {
    let backend = Backend::local();
    let job = "examples/resources/sagemaker_auto_ml_job/resource.tf";
    let job = fs::read_to_string(repository().join(job)).expect("there is an example");
    Workspace::new(&backend).configure(&job).apply();
    let workspace = Workspace::new(&backend);
    workspace.configure(COMBINED).apply();
    workspace.expect_no_changes();
    let state = workspace.state();
    let name = state.text("sagemaker_model.churn", "name");
    let shown = state.outputs["console"].as_str().expect("a URL");
    assert!(name.starts_with("churn-") && shown.ends_with(&format!("#/models/{name}")), "{shown}");
    let model = backend.must("DescribeModel", &json!({ "ModelName": name }));
    let last = model["Containers"].as_array().and_then(|containers| containers.last()).expect("containers");
    assert_eq!(last["Environment"]["SAGEMAKER_INFERENCE_OUTPUT"], "predicted_label", "{model}");
}

#[test]
fn every_arn_of_the_stack_is_parsed_and_built_again() {
    let backend = Backend::local();
    let stack = applied(&backend);
    let mut arns = BTreeSet::new();
    for values in stack.state().resources.values() {
        collect_arns(values, &mut arns);
    }
    assert!(arns.len() > 70, "{arns:#?}");
    for arn in arns {
        let parsed = call("arn_parse", &[arn.as_str().into()]).unwrap_or_else(|error| panic!("{arn}: {}", error.text));
        let part = |name: &str| parsed.get(name).as_str().unwrap_or_default().to_owned();
        let start = format!("arn:{}:sagemaker:{}:{}:", part("partition"), part("region"), part("account_id"));
        assert_eq!(start + &part("resource"), arn);
        assert!(
            parsed.get("names").as_map().is_some_and(|names| names.values().all(|name| name.as_str().is_some())),
            "{parsed}"
        );
    }
}

/// The ARNs of SageMaker objects anywhere in a value.
fn collect_arns(json: &Json, arns: &mut BTreeSet<String>) {
    match json {
        // The id of an association is two ARNs with a comma between them.
        Json::String(text) if text.starts_with("arn:") && text.contains(":sagemaker:") && !text.contains(',') => {
            arns.insert(text.clone());
        }
        Json::Array(elements) => elements.iter().for_each(|element| collect_arns(element, arns)),
        Json::Object(members) => members.values().for_each(|member| collect_arns(member, arns)),
        _ => {}
    }
}

fn example(name: &str) -> String {
    let path = repository().join(EXAMPLES).join(name).join("function.tf");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The outputs of an example with their results, which the comment after `=>` at the end of each output shows.
#[track_caller]
fn results(example: &str) -> Vec<(String, String)> {
    let outputs = example.split("output \"").skip(1).map(|output| {
        let (name, body) = output.split_once('"').expect("a name in quotes");
        let (_, comment) = body.split_once("\n  # => ").unwrap_or_else(|| panic!("{name} shows no result"));
        let (comment, _) = comment.split_once("\n}").expect("the end of the output");
        (name.to_owned(), comment.replace("\n  # ", "\n"))
    });
    let outputs: Vec<_> = outputs.collect();
    assert!(!outputs.is_empty(), "no output in {example}");
    outputs
}

#[test]
fn the_page_describes_all_functions() {
    expect_file![repository().join("docs/functions.md")].assert_eq(&page());
}

const INTRODUCTION: &str = "\
# Functions

Terraform 1.8 or later and OpenTofu 1.7 or later can call these functions as `provider::sagemaker::<name>(…)`: in any expression, in the
validation of a variable, in `terraform test` and in `terraform console`. The provider has to be among the `required_providers` of the module,
but needs no `provider` block: functions are pure, use no credentials and call no service. An argument that a function refuses is an error
at that argument, which says what is allowed.

This page is generated from the functions and their examples, by `UPDATE_EXPECT=1 cargo test --test acceptance functions::the_page`. The
comments in the examples show the results, which a test compares.
";

fn page() -> String {
    let mut text = format!("{INTRODUCTION}\n| function | |\n| --- | --- |\n");
    for (name, function) in schemas() {
        let _ = writeln!(text, "| [`{name}`](#{name}) | {} |", function.summary);
    }
    let _ = write!(text, "\nResults in blocks of resources:\n\n```hcl\n{COMBINED}```\n");
    for (name, function) in schemas() {
        let _ = write!(text, "\n## {name}\n\n{}\n\n", function.description);
        let _ = write!(text, "```\n{}\n```\n\n| parameter | |\n| --- | --- |\n", signature(name, &function));
        for Parameter { name, description, .. } in function.parameters.iter().chain(&function.variadic) {
            let _ = writeln!(text, "| `{name}` | {description} |");
        }
        let _ = write!(text, "\n```hcl\n{}```\n", example(name));
    }
    text += "\n## Resource types of ARNs\n\n| resource type | the ARN ends with |\n| --- | --- |\n";
    for (resource_type, pattern) in arn_forms() {
        let _ = writeln!(text, "| `{resource_type}` | `{pattern}` |");
    }
    text
}

/// `f(a string, b number, c string…) list(string)`.
fn signature(name: &str, function: &Function) -> String {
    let parameter = |parameter: &Parameter| format!("{} {}", parameter.name, written(&parameter.r#type));
    let fixed = function.parameters.iter().map(parameter);
    let variadic = function.variadic.iter().map(|variadic| format!("{}…", parameter(variadic)));
    let parameters: Vec<String> = fixed.chain(variadic).collect();
    format!("{name}({}) {}", parameters.join(", "), written(&function.returns))
}

/// The type as Terraform's language writes it.
fn written(r#type: &Type) -> String {
    match r#type {
        Type::String => "string".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::List(element) => format!("list({})", written(element)),
        Type::Set(element) => format!("set({})", written(element)),
        Type::Map(element) => format!("map({})", written(element)),
        Type::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, member)| format!("{name} = {}", written(member))).collect();
            format!("object({{ {} }})", members.join(", "))
        }
    }
}
