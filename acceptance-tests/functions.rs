//! Functions under Terraform: the results of all examples, the messages of bad arguments, and where functions can be
//! called.

use std::{collections::BTreeSet, fmt::Write as _, fs};

use expect_test::expect_file;
use regex_lite::Regex;
use sagemaker_provider::functions::{call, schemas};
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
    expect_file![repository().join("acceptance-tests/functions/refused.txt")].assert_eq(&text);
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
#[test]
fn results_are_arguments_of_resources() {
    let backend = Backend::local();
    let job = "examples/resources/sagemaker_auto_ml_job/resource.tf";
    let job = fs::read_to_string(repository().join(job)).expect("there is an example");
    Workspace::new(&backend).configure(&job).apply();
    let workspace = Workspace::applied(&backend, &combined());
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

/// The configuration of the guide, which passes results of functions to resources.
fn combined() -> String {
    let guide = fs::read_to_string(repository().join("docs/guides/functions.md")).expect("there is a guide");
    let block = guide.split("```terraform\n").nth(1).and_then(|rest| rest.split("```").next());
    block.expect("a configuration").to_owned()
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
