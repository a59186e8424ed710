//! Problems with what a definition says of the resource as a whole: operations, identity, waits, retries, rules.

use expect_test::expect;

use super::widget::{SHAPES, WIDGET, check_all_problems, check_problems};

#[test]
fn operations_and_identity_have_to_fit_the_model() {
    let widget = WIDGET
        .replace("read = \"DescribeWidget\"", "read = \"DescribeTree\"\nstop = \"StopWidgets\"")
        .replace("description = \"A widget.\"", "description = \" \"");
    check_all_problems(
        &widget,
        SHAPES,
        expect![[r#"
            schemas/widget.toml: description: is empty
            schemas/widget.toml: operations.stop: `StopWidgets` is not an operation of the API; the closest are `StopWidget`, `ListWidgets`, `HoldWidget`
        "#]],
    );
    let widget = WIDGET.replace(
        "members = [\"WidgetName\"]\narn = \"WidgetArn\"\nabsent = [{ code = \"ResourceNotFound\" }]",
        r#"
members = ["WidgetId"]
arn = "CreationTime"
inputs = { WidgetId = "WidgetName", ClearColour = "Weight" }
absent = [{ code = "ValidationException" }, { code = "" }]
absent_states = ["Deleting"]
naming = { member = "Parts", prefix = "terraform-of-widgets-", max = 40 }
"#,
    );
    check_all_problems(
        &widget,
        SHAPES,
        expect![[r#"
            schemas/widget.toml: descriptions.ClearColour: has no effect, since the provider uses the member itself, or one around it is ignored
            schemas/widget.toml: identity.absent: `ValidationException` stands for many errors, so it needs a part of the `message`
            schemas/widget.toml: identity.absent: `code` is empty
            schemas/widget.toml: identity.absent_states: has no effect without `wait.create.field` or `wait.delete.field`, which shows the state
            schemas/widget.toml: identity.arn: `CreationTime` is not a string
            schemas/widget.toml: identity.inputs.ClearColour: there is no attribute for `Weight`; there are attributes for `Aliases`, `Batches`, `ClearProperties`, `Colour`, `CreationTime`, `Enabled`, `FailureReason`, `Gauges`, `Labels`, `LastModifiedTime`, `MoreParts`, `Notes`, `Paint`, `Parts`, `Password`, `Reason`, `Status`, `WidgetArn`, `WidgetName`
            schemas/widget.toml: identity.inputs.WidgetId: is not an input member of any operation that addresses the object
            schemas/widget.toml: identity.members: there is no attribute for `WidgetId`; there are attributes for `Aliases`, `Batches`, `ClearProperties`, `Colour`, `CreationTime`, `Enabled`, `FailureReason`, `Gauges`, `Labels`, `LastModifiedTime`, `MoreParts`, `Notes`, `Paint`, `Parts`, `Password`, `Reason`, `Status`, `WidgetArn`, `WidgetName`
            schemas/widget.toml: identity.naming: `Parts` is not a string
            schemas/widget.toml: identity.naming: `max` has to be at most 5, the longest value of `Parts` in the model
            schemas/widget.toml: identity.naming: `prefix` leaves no room for the 26 characters that make a name unique
            schemas/widget.toml: operations.delete: needs `WidgetName`, which is neither in `identity.members` nor in `identity.inputs`
            schemas/widget.toml: operations.read: needs `WidgetName`, which is neither in `identity.members` nor in `identity.inputs`
        "#]],
    );
    let widget = WIDGET.replace("members = [\"WidgetName\"]", "members = []\nnaming = { member = \"WidgetName\", prefix = \"t-\", max = 64 }\ninputs = { WidgetName = \"WidgetName\" }");
    check_all_problems(
        &widget,
        SHAPES,
        expect![[r#"
        schemas/widget.toml: identity.members: names no member, so the object cannot be found again
        schemas/widget.toml: identity.naming: `max` has to be at most 63, the longest value of `WidgetName` in the model
    "#]],
    );
    let widget = WIDGET.replace("WidgetName\"]", "WidgetName\"]\nnaming = { member = \"Nickname\", prefix = \"t-\", max = 63 }\ninputs = { WidgetName = \"WidgetName\" }");
    check_all_problems(
        &widget,
        SHAPES,
        expect![[r#"
            schemas/widget.toml: identity.inputs.WidgetName: is not needed, since the identity has a member of that name
            schemas/widget.toml: identity.naming: the create input has no `Nickname`; it has `WidgetName`, `Colour`, `Parts`, `Paint`, `Gauges`, `Batches`, `Labels`, `Aliases`, `Password`, `Enabled`, `Tags`, `ClientToken`
            schemas/widget.toml: identity.naming: there is no attribute for `Nickname`; there are attributes for `Aliases`, `Batches`, `ClearColour`, `ClearProperties`, `Colour`, `CreationTime`, `Enabled`, `FailureReason`, `Gauges`, `Labels`, `LastModifiedTime`, `MoreParts`, `Notes`, `Paint`, `Parts`, `Password`, `Reason`, `Status`, `WidgetArn`, `WidgetName`
        "#]],
    );
}

#[test]
fn keys_that_need_an_operation_are_refused_without_it() {
    let widget = WIDGET
        .replace("update = \"UpdateWidget\"\ndelete = \"DeleteWidget\"\n", "")
        .replace("noun =", "update_sends = \"all\"\nnoun =")
        .replace("arn = \"WidgetArn\"\n", "");
    let widget = [
        "ClearColour = \"Whether to clear the colour.\"\n",
        "ClearProperties = \"What to clear.\"\n",
        "MoreParts = \"Further parts.\"\n",
        "Reason = \"Why it is changed.\"\n",
    ]
    .iter()
    .fold(widget, |widget, line| widget.replace(line, ""));
    let more = r#"
[[update_needs]]
name = "paints"
of = ["widget_name", "paint.shade", "paint.gloss"]

[tags]
unless = "paints"

[attributes]
Parts = { additions = "MoreParts", key = "part_name" }

[wait.update]
field = "Status"
done = ["Ready"]
timeout = "1m"

[wait.stop]
field = "Status"
done = ["Ready"]
timeout = "1m"

[wait.delete]
timeout = "1m"
"#;
    check_all_problems(
        &format!("{widget}{more}"),
        SHAPES,
        expect![[r#"
            schemas/widget.toml: attributes.Parts.additions: has no effect without `operations.update`
            schemas/widget.toml: tags: needs `identity.arn`, since tags are read and changed by ARN
            schemas/widget.toml: tags.unless: there is no attribute `paints`; there are `aliases`, `batches`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `notes`, `paint`, `parts`, `password`, `region`, `status`, `tags`, `tags_all`, `timeouts`, `widget_arn`, `widget_name`
            schemas/widget.toml: update_needs: has no effect without `operations.update`
            schemas/widget.toml: update_needs[0]: `widget_name` is not updated in any state
            schemas/widget.toml: update_needs[0]: there is no attribute `gloss`; there are `colour`, `layers`
            schemas/widget.toml: update_needs[0]: there is no attribute `paints`; there are `aliases`, `batches`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `notes`, `paint`, `parts`, `password`, `region`, `status`, `tags`, `tags_all`, `timeouts`, `widget_arn`, `widget_name`
            schemas/widget.toml: update_needs[0]: there is no attribute `shade`; there are `colour`, `layers`
            schemas/widget.toml: update_sends: has no effect without `operations.update`
            schemas/widget.toml: wait.delete: has no effect without `operations.delete`
            schemas/widget.toml: wait.stop: has no effect without `operations.stop`
            schemas/widget.toml: wait.update: has no effect without `operations.update`
        "#]],
    );
}

#[test]
fn tags_that_replace_have_to_be_in_the_create_input() {
    let tree = r#"
noun = "tree"
description = "A tree."
[operations]
create = "CreateTree"
read = "DescribeTree"
update = "DeleteWidget"
[identity]
members = ["Name"]
arn = "Name"
absent = []
inputs = { WidgetName = "Name" }
[tags]
replace = true
[descriptions]
Name = "Name."
[attributes]
Root = { ignore = "x" }
Groups = { ignore = "x" }
count = { ignore = "x" }
"#;
    check_all_problems(
        tree,
        "",
        expect![[r#"
        schemas/widget.toml: operations.update: changes nothing: its input has no member that is an attribute
        schemas/widget.toml: tags.replace: leaves no way to set tags, since the create input has no `Tags`
    "#]],
    );
}

#[test]
fn a_delete_wait_lists_every_pending_and_failed_state() {
    let more = r#"
[wait.create]
field = "Status"
pending = ["Creating"]
done = ["Ready"]
failed = ["Failed"]
timeout = "1m"

[wait.update]
field = "Status"
done = ["Ready"]
restores = ["Creating"]
timeout = "1m"

[wait.delete]
field = "Status"
pending = ["Ready"]
timeout = "1m"
"#;
    check_problems(
        more,
        expect![[r#"
        schemas/widget.toml: wait.delete.failed: lacks `Failed`
        schemas/widget.toml: wait.delete.pending: `Ready` is a state in which the object stays
        schemas/widget.toml: wait.delete.pending: lacks `Deleting`
        schemas/widget.toml: wait.update.restores: `Creating` is not a state that an update ends in
    "#]],
    );
}

#[test]
fn waits_have_to_fit_the_read_output() {
    let more = r#"
[wait.create]
field = "Status"
pending = ["Creating", "Waiting", "Ready"]
done = ["Ready"]
reasons = ["Reasons", "CreationTime", "Notes.Text"]
confirmed = ["Password", "Status"]
timeout = "1m"

[wait.update]
field = "FailureReason"
pending = ["Creating"]
timeout = "m"

[wait.delete]
field = "Notes.Text"
pending = ["Deleting"]
timeout = "90"

[wait.completion]
pending = ["Creating"]
timeout = "0s"
"#;
    check_problems(
        more,
        expect![[r#"
            schemas/widget.toml: wait.completion: `timeout` is `0s`, which is no duration; write it like `90s`, `60m` or `1h30m`
            schemas/widget.toml: wait.create: `Ready` is listed twice
            schemas/widget.toml: wait.create: `Waiting` is not a state of `Status`; there are `Creating`, `Ready`, `Failed`, `Deleting`
            schemas/widget.toml: wait.create.confirmed: `Password` is not an attribute that users set and the read output shows
            schemas/widget.toml: wait.create.confirmed: `Status` is not an attribute that users set and the read output shows
            schemas/widget.toml: wait.create.reasons: `CreationTime` is not a string
            schemas/widget.toml: wait.create.reasons: the read output has no `Reasons`; there are `WidgetName`, `WidgetArn`, `Colour`, `Parts`, `Paint`, `Gauges`, `Labels`, `Enabled`, `Status`, `Notes`, `FailureReason`, `CreationTime`, `LastModifiedTime`, `NextToken`
            schemas/widget.toml: wait.delete: `timeout` is `90`, which is no duration; write it like `90s`, `60m` or `1h30m`
            schemas/widget.toml: wait.update: `timeout` is `m`, which is no duration; write it like `90s`, `60m` or `1h30m`
        "#]],
    );
    let more = r#"
[wait.create]
field = "Status"
timeout = "1m"

[wait.delete]
pending = ["Deleting"]
timeout = "1m"

[wait.completion]
field = "FailureReason"
done = ["Ready"]
timeout = "1m"

[wait.update]
field = "Notes.Text"
done = ["Ready"]
timeout = "1m"
"#;
    check_problems(
        more,
        expect![[r#"
            schemas/widget.toml: wait.completion.field: `FailureReason` is not an enumeration, so it cannot show a state
            schemas/widget.toml: wait.create.done: is missing; only `wait.delete` can wait until the object is gone
            schemas/widget.toml: wait.create.field: has no effect without states in `pending`, `done` or `failed`
            schemas/widget.toml: wait.delete: has states but no `field` that shows them
            schemas/widget.toml: wait.update.field: `Notes.Text` leads through something that is not a structure
        "#]],
    );
}

#[test]
fn retries_rules_and_switches_have_to_fit_the_resource() {
    let more = r#"
[[retry]]
operation = "ListWidgets"
code = "ValidationException"
timeout = "1m"

[[retry]]
operation = "CreateWidget"
timeout = "1m"

[[rule]]
check = "exactly_one"
names = ["colour", "colors"]

[[rule]]
check = "at_most_one"
within = "parts.paint"
names = ["colour", "colour"]

[[rule]]
check = "at_least_one"
within = "parts.pant"
names = ["colour"]

[[rule]]
check = "one"
names = ["colour"]

[[rule]]
check = "one_of"
names = ["colour"]

[[rule]]
check = "one_of"
names = ["paint.colour"]
values = ["MAUVE"]
when = { name = "enabled", is = ["yes"] }

[[rule]]
check = "required"
names = ["parts.part_name"]
when = { name = "color" }

[[rule]]
check = "forbidden"
names = ["colour"]
when = { name = "enabled", is = ["true"], is_not = ["false"] }

[[rule]]
check = "at_most_one"
names = ["colour", "paint.colour"]

[switches]
allow_loss = { type = "bool" }
force = { type = "text" }
"#;
    check_problems(
        more,
        expect![[r#"
            schemas/widget.toml: descriptions.allow_loss: is missing; describe what the switch does
            schemas/widget.toml: retry[0]: `ValidationException` stands for many errors, so it needs a part of the `message`
            schemas/widget.toml: retry[0]: the resource does not use `ListWidgets`; it uses `CreateWidget`, `DescribeWidget`, `UpdateWidget`, `DeleteWidget`
            schemas/widget.toml: retry[1]: lacks `code`
            schemas/widget.toml: rule[0]: there is no attribute `colors`; there are `aliases`, `allow_loss`, `batches`, `clear_colour`, `clear_properties`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `more_parts`, `notes`, `paint`, `parts`, `password`, `reason`, `region`, `status`, `widget_arn`, `widget_name`
            schemas/widget.toml: rule[1]: `names` has to have at least 2 names, each once
            schemas/widget.toml: rule[2]: `within` leads nowhere: there is no `pant`; there are `paint`, `part_id`, `part_name`, `weight`
            schemas/widget.toml: rule[3]: `check` is `one`, which is none of `exactly_one`, `at_least_one`, `at_most_one`, `requires`, `required`, `forbidden`, `one_of`, `ascending`, `between`, `requires_outside`
            schemas/widget.toml: rule[3]: `colour` cannot be `MAUVE`; it can be `Red`, `Green`
            schemas/widget.toml: rule[3]: when: `enabled` cannot be `yes`; it can be `true`, `false`
            schemas/widget.toml: rule[4]: `parts` is no block of at most one element, so that `parts.part_name` is ambiguous
            schemas/widget.toml: rule[4]: lacks `values`
            schemas/widget.toml: rule[4]: when: there is no attribute `color`; there are `aliases`, `allow_loss`, `batches`, `clear_colour`, `clear_properties`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `more_parts`, `notes`, `paint`, `parts`, `password`, `reason`, `region`, `status`, `widget_arn`, `widget_name`
            schemas/widget.toml: rule[5]: `paint.colour` leads into a block, but `check` needs names of one level
            schemas/widget.toml: rule[7]: `when` has both `is` and `is_not`
            schemas/widget.toml: switches.force: `type` is `text`, but has to be `bool`
        "#]],
    );
}

#[test]
fn a_replacement_has_to_be_declared_if_something_is_never_cleared() {
    let definition = |line: &str| format!("{WIDGET}# on_update is not what this is about\n").replacen("noun", line, 1);
    check_all_problems(
        &definition("# replacement\nnoun"),
        SHAPES,
        expect![[r#"
        schemas/widget.toml: attributes.Paint.on_update: is missing: set `"merged"` if an update keeps the members that it omits, or else `"replaced"`
        schemas/widget.toml: replacement: is missing: no update clears `clear_colour`, so declare what is lost if the object is replaced, `{ loses = "…" }`, or why nothing is, `{ harmless = "…" }`
    "#]],
    );
    check_all_problems(
        &definition("replacement = { harmless = \" \" }\nnoun"),
        SHAPES,
        expect![[r#"
        schemas/widget.toml: attributes.Paint.on_update: is missing: set `"merged"` if an update keeps the members that it omits, or else `"replaced"`
        schemas/widget.toml: replacement: is empty
    "#]],
    );
}

#[test]
fn further_calls_name_operations_phases_and_arguments() {
    let calls = |text: &str| format!("{WIDGET}\n[[further_calls]]\n{text}");
    check_all_problems(
        &calls("phase = \"delete\"\noperations = [\"StopWidgets\"]\nonly_if = \"forced\""),
        SHAPES,
        expect![[r#"
            schemas/widget.toml: further_calls: `StopWidgets` is not an operation of the API; the closest are `StopWidget`, `ListWidgets`, `HoldWidget`
            schemas/widget.toml: further_calls: there is no attribute `forced`; there are `aliases`, `batches`, `clear_colour`, `clear_properties`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `more_parts`, `notes`, `paint`, `parts`, `password`, `reason`, `region`, `status`, `widget_arn`, `widget_name`
        "#]],
    );
    check_all_problems(
        &calls("phase = \"list\"\noperations = []"),
        SHAPES,
        expect![[r#"
        schemas/widget.toml: further_calls[0]: `phase` is `list`, which is none of `create`, `read`, `update`, `delete`, `import`
    "#]],
    );
}
