//! Queries, ephemeral resources and actions.

use expect_test::expect;

use super::widget::{MODEL, SHAPES, lines, show};
use crate::definition::compile::{Model, Problems, Source, calls, facts, files};

/// Compiles a file of queries with the settings of structures.
fn compile_queries(file: &str) -> String {
    compile_calls("queries.toml", file)
}

/// Compiles a file of calls with the settings of structures.
fn compile_calls(name: &str, file: &str) -> String {
    let source = |file: &str, text: &str| Source { file: file.to_owned(), text: text.to_owned() };
    let sources = [source(name, file), source("shapes.toml", SHAPES)];
    let mut problems = Problems::default();
    let model = Model::read(MODEL).unwrap();
    let facts = facts(&model, &sources, &mut problems);
    let calls::Calls { queries, ephemerals, actions } = calls::all(&model, &facts, &sources, &mut problems);
    if !problems.is_empty() {
        return lines(&problems);
    }
    let mut shown = String::new();
    for call in queries.iter().chain(&ephemerals).chain(actions.iter().map(|action| &action.call)) {
        shown += &format!("{} calls {}\n", call.type_name, call.operation.name);
        call.attributes.iter().for_each(|attribute| show(attribute, 1, &mut shown));
    }
    for completion in actions.iter().filter_map(|action| action.completion.as_ref()) {
        shown += &format!("  {} shows {:?}\n", completion.read.name, completion.wait.done);
    }
    shown
}

const STOP_WIDGET: &str = r#"
[action.stop_widget]
operation = "StopWidget"
description = "Stops a widget."
descriptions = { WidgetName = "Name." }

[action.stop_widget.completion]
read = "DescribeWidget"
field = "Status"
pending = ["Creating"]
done = ["Ready"]
by_default = true
timeout = "90m"
"#;

#[test]
fn an_action_has_the_input_of_its_operation_and_a_wait() {
    expect![[r#"
        sagemaker_stop_widget calls StopWidget
          region Optional STRING --- Replace
          timeout Optional STRING --- SendOnly
          wait Optional BOOLEAN --- SendOnly
          widget_name Required Name c-- Replace
          DescribeWidget shows ["Ready"]
    "#]]
    .assert_eq(&compile_calls("actions.toml", STOP_WIDGET));
}

#[test]
fn problems_of_actions_are_reported_with_action_and_key() {
    let file = STOP_WIDGET
        .replace("[\"Ready\"]", "[\"Steady\", \"Creating\"]")
        .replace("\"DescribeWidget\"", "\"DescribeWidget\"\ninputs = { Colour = \"WidgetName\" }");
    let file = format!(
        "{file}\n{}",
        STOP_WIDGET
            .replace("stop_widget", "hold_widget")
            .replace("\"Status\"", "\"WidgetName\"")
            .replace("by_default = true", "element = \"Parts\"")
    );
    expect![[r#"
        schemas/actions.toml: action.hold_widget: `completion` lacks `by_default`
        schemas/actions.toml: stop_widget: completion: `Creating` is listed twice
        schemas/actions.toml: stop_widget: completion: `Steady` is not a state of `Status`; there are `Creating`, `Ready`, `Failed`, `Deleting`
        schemas/actions.toml: stop_widget: completion.inputs: the read operation has no input `Colour`
    "#]].assert_eq(&compile_calls("actions.toml", &file));
}

#[test]
fn rules_of_a_call_are_about_its_arguments() {
    let rule = |lines: &str| format!("[[action.stop_widget.rule]]\n{lines}\n");
    let rules = [
        "check = \"at_most_one\"\nnames = [\"widget_name\", \"colour\"]",
        "check = \"required\"\nnames = [\"widget_name\"]",
        "check = \"required\"\nnames = [\"widget_name\"]\nwhen = { name = \"region\" }\non_create = true",
    ];
    let file = format!("{STOP_WIDGET}\n{}", rules.map(rule).concat());
    expect![[r#"
        schemas/actions.toml: stop_widget: rule[0]: there is no attribute `colour`; there are `region`, `timeout`, `wait`, `widget_name`
        schemas/actions.toml: stop_widget: rule[1]: needs a `when`; what is always required has `usage = "required"`
        schemas/actions.toml: stop_widget: rule[2]: `on_create` has no effect, since no call is imported
    "#]].assert_eq(&compile_calls("actions.toml", &file));
}

#[test]
fn a_description_of_a_member_that_no_call_has_is_reported() {
    let file = r#"
[members]
Colours = "Colours."
Widgets = "Widgets."

[query.widgets]
operation = "ListWidgets"
description = "Lists widgets."
"#;
    expect![[r#"
        schemas/queries.toml: members.Colours: has no effect, since no call has such a member
    "#]]
    .assert_eq(&compile_queries(file));
}

#[test]
fn calls_are_named_in_proper_words() {
    let named = |name: &str| files::words(name);
    assert_eq!(named("presigned_mlflow_app_url"), "presigned MLflow app URL");
    assert_eq!(named("stop_auto_ml_job"), "stop AutoML job");
    assert_eq!(named("stop_hyper_parameter_tuning_job"), "stop hyperparameter tuning job");
    assert_eq!(named("aircraft"), "aircraft", "only whole words");
}

#[test]
fn what_identifies_several_objects_is_checked() {
    let of_widgets = STOP_WIDGET.replace(
        "done = [\"Ready\"]",
        "done = [\"Ready\"]\nelement = \"Parts\"\nflags = [\"Whole\"]\neach = { Colour = \"WidgetName\", PartName = \"Stopped.Name\" }",
    );
    let until_gone = STOP_WIDGET.replace("stop_widget", "end_widget").replace("done = [\"Ready\"]", "done = []");
    expect![[r#"
        schemas/actions.toml: end_widget: completion.done: lists no state, which only a wait for `each` of several may
        schemas/actions.toml: stop_widget: completion.each: the action has no `Stopped.Name`
        schemas/actions.toml: stop_widget: completion.each: the elements have no member `Colour`
        schemas/actions.toml: stop_widget: completion.field: `Status` is no enumeration of the read output; it has `PartName`, `Weight`, `PartId`
        schemas/actions.toml: stop_widget: completion.flags: the read operation has no input `Whole`
    "#]].assert_eq(&compile_calls("actions.toml", &format!("{of_widgets}{until_gone}")));
}

#[test]
fn the_results_of_an_ephemeral_resource_are_sensitive() {
    let file = r#"
[members]
Widget = "The widget."
WidgetName = "Name."

[ephemeral.held_widget]
operation = "HoldWidget"
description = "A widget."
attributes = { Widget = { json = true } }
"#;
    expect![[r#"
        sagemaker_held_widget calls HoldWidget
          region OptionalComputed STRING --- Replace
          widget Computed DOCUMENT --r Volatile sensitive
          widget_name Required Name c-- Replace
    "#]]
    .assert_eq(&compile_calls("ephemeral.toml", file));
}

#[test]
fn a_query_has_the_input_and_the_output_of_its_operation() {
    let file = r#"
[query.widgets]
operation = "ListWidgets"
description = "Widgets."
descriptions = { Widgets = "Widgets." }

[query.held_widget]
operation = "HoldWidget"
description = "A widget."
attributes = { Widget = { json = true, description = "The widget." } }
descriptions = { WidgetName = "Name." }
"#;
    expect![[r#"
        sagemaker_held_widget calls HoldWidget
          region OptionalComputed STRING --- Replace
          widget Computed DOCUMENT --r Volatile
          widget_name Required Name c-- Replace
        sagemaker_widgets calls ListWidgets
          region OptionalComputed STRING --- Replace
          widgets Computed Texts --r Volatile
    "#]]
    .assert_eq(&compile_queries(file));
}

#[test]
fn a_rule_of_a_query_is_not_about_its_results() {
    let file = r#"
[query.held_widget]
operation = "HoldWidget"
description = "A widget."
attributes = { Widget = { json = true, description = "The widget." } }
descriptions = { WidgetName = "Name." }

[[query.held_widget.rule]]
check = "at_most_one"
names = ["widget_name", "widget"]

[[query.held_widget.rule]]
check = "forbidden"
names = ["widget_name"]
when = { name = "widget" }
"#;
    expect![[r#"
        schemas/queries.toml: held_widget: rule[0]: `widget` is no argument of the call
        schemas/queries.toml: held_widget: rule[1]: when: `widget` is no argument of the call
    "#]]
    .assert_eq(&compile_queries(file));
}

#[test]
fn problems_of_queries_are_reported_with_query_and_key() {
    let file = r#"
[members]
Widgets = "Widgets."

[query.held_widget]
operation = "HoldWidget"
description = "A widget."
attributes = { Widget = { ignore = "a test" }, WidgetName = { json = true, description = "Name." } }

[query.nothing]
operation = "ListWidget"
description = "Nothing."

[query.region]
operation = "ListWidgets"
description = "Widgets."
more = 1
"#;
    expect![[r#"
        schemas/queries.toml: members.Widgets: has no effect, since no call has such a member
        schemas/queries.toml: query.region: has no key `more`; the closest are `rule`, `attributes`, `operation`
        schemas/queries.toml: held_widget: attributes.WidgetName.json: is only for members that the service alone sets
        schemas/queries.toml: nothing: operation: `ListWidget` is not an operation of the API; the closest are `ListWidgets`, `HoldWidget`, `StopWidget`
    "#]].assert_eq(&compile_queries(file));
}
