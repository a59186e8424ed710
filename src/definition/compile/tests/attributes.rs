//! The attributes that follow from the model and from the settings.

use expect_test::expect;

use super::widget::{SHAPES, WIDGET, check, check_all_problems, check_attributes, check_problems, compile, widget};

#[test]
fn usage_change_and_sides_follow_from_the_inputs_and_the_output() {
    let names =
        ["aliases", "colour", "creation_time", "enabled", "last_modified_time", "reason", "widget_arn", "widget_name"];
    check(
        "",
        &names,
        expect![[r#"
            aliases Optional Texts c-- Replace
            colour Optional Colour cur InPlace clearing=Never
            creation_time Computed Time --r Stable
            enabled Optional Flag c-r Replace
            last_modified_time Computed Time --r Volatile
            reason Optional Text -u- InPlace clearing=Never
            widget_arn Computed Text --r Stable
            widget_name Required Name c-r Replace
        "#]],
    );
}

#[test]
fn structures_are_blocks_and_are_updated_member_by_member() {
    check(
        "",
        &["paint", "parts"],
        expect![[r#"
            paint Optional List-block Paint single 0..1 cur InPlace clearing=Members
              colour Required Colour cur InPlace clearing=Never
              layers Optional Count c-r Replace
            parts Required List-block Parts 1..5 c-r Replace
              paint Optional List-block Paint single 0..1 c-- Replace
                colour Required Colour c-- Replace
                layers Optional Count c-- Replace
              part_id Computed Text --r Stable
              part_name Required Name c-r Replace
              weight Optional Ratio c-r Replace equality=Float
        "#]],
    );
}

#[test]
fn maps_of_structures_are_blocks_with_a_key() {
    check(
        "",
        &["batches", "gauges"],
        expect![[r#"
        batches Optional List-block Batches 0..0 c-- Replace key=key
          key Required Text c-- Replace
          value Required List-block Parts 1..5 c-- Replace
            paint Optional List-block Paint single 0..1 c-- Replace
              colour Required Colour c-- Replace
              layers Optional Count c-- Replace
            part_name Required Name c-- Replace
            weight Optional Ratio c-- Replace equality=Float
        gauges Optional List-block Gauges 0..0 c-r Replace key=key
          key Required Name c-r Replace
          limit Required Count c-r Replace
          unit Optional Text c-r Replace
    "#]],
    );
}

#[test]
fn structures_only_in_the_output_are_lists_of_objects() {
    check(
        "",
        &["notes"],
        expect![[r#"
        notes Computed objects Notes 0..0 --r Volatile
          text Computed Text --r Volatile
    "#]],
    );
}

#[test]
fn a_member_of_another_form_on_the_other_side_is_not_that_member() {
    // The read output has a text where the inputs have a map; the update input has a text where the create input has a
    // list.
    check(
        "",
        &["labels", "parts"],
        expect![[r#"
            labels Optional TextMap cu- InPlace clearing=Never
            parts Required List-block Parts 1..5 c-r Replace
              paint Optional List-block Paint single 0..1 c-- Replace
                colour Required Colour c-- Replace
                layers Optional Count c-- Replace
              part_id Computed Text --r Stable
              part_name Required Name c-r Replace
              weight Optional Ratio c-r Replace equality=Float
        "#]],
    );
}

#[test]
fn a_member_may_have_another_name_on_another_side() {
    let more = "
[attributes]
Parts = { in_update = \"MoreParts\" }
Reason = { in_read = \"FailureReason\" }
";
    let definition = format!("{WIDGET}{more}")
        .replace("MoreParts = \"Further parts.\"\n", "")
        .replace("FailureReason = \"Why it failed.\"\n", "");
    let names = ["failure_reason", "more_parts", "parts", "reason"];
    check_attributes(
        &definition,
        SHAPES,
        &names,
        expect![[r#"
            parts Required List-block Parts 1..5 cur InPlace clearing=Empty in_update=MoreParts
              paint Optional List-block Paint single 0..1 cu- InPlace
                colour Required Colour cu- InPlace
                layers Optional Count cu- InPlace
              part_id Computed Text --r Stable
              part_name Required Name cur InPlace
              weight Optional Ratio cur InPlace equality=Float
            reason Optional Text -ur InPlace clearing=Never in_read=FailureReason
        "#]],
    );
}

#[test]
fn names_on_other_sides_have_to_exist() {
    check_problems(
        "[attributes]\nParts = { in_update = \"Stuff\" }\nLabels = { in_read = \"Notes\" }\nColour = { in_read = \"Colour\" }\n\
         [shapes.Paint]\nColour = { in_read = \"Tint\" }\n",
        expect![[r#"
            schemas/widget.toml: attributes.Colour.in_read: is the name of the member anyway
            schemas/widget.toml: attributes.Labels.in_read: `Notes` of the read output has another form
            schemas/widget.toml: attributes.Parts.in_update: the update input has no `Stuff` there; it has `WidgetName`, `Colour`, `Paint`, `Labels`, `Reason`, `Parts`, `MoreParts`, `ClearProperties`, `ClearColour`
            schemas/widget.toml: descriptions.Notes: has no effect, since the provider uses the member itself, or one around it is ignored
            schemas/widget.toml: shapes.Paint.Colour.in_read: names a member at one place, so it has to stand in `[attributes]` of a resource
        "#]],
    );
}

#[test]
fn the_object_may_be_inside_the_read_output() {
    let held = |more: &str| WIDGET.replace("read = \"DescribeWidget\"", &format!("read = \"HoldWidget\"\n{more}"));
    let names = ["colour", "status"];
    check_attributes(
        &held("object = \"Widget\""),
        SHAPES,
        &names,
        expect![[r#"
            colour Optional Colour cur InPlace clearing=Never
            status Computed State --r Volatile
        "#]],
    );
    check_all_problems(
        &held("object = \"Gadget\""),
        SHAPES,
        expect![[r#"
        schemas/widget.toml: operations.object: the read output has no structure `Gadget`; it has `Widget`
    "#]],
    );
}

#[test]
fn tokens_page_tokens_and_tags_are_no_attributes() {
    let names: Vec<&str> = widget("").attributes.iter().map(|attribute| attribute.name).collect();
    expect!["aliases batches clear_colour clear_properties colour creation_time deletion_protection enabled failure_reason gauges id labels last_modified_time more_parts notes paint parts password reason region status widget_arn widget_name"].assert_eq(&names.join(" "));
}

#[test]
fn settings_override_derived_properties() {
    let more = r#"
[attributes]
Aliases = { name = "alias", set = true, concealed = true, deprecated = "use labels" }
Colour = { default = "Red", closed = "three colours are all there are", clearing = { flag = "ClearColour" } }
Enabled = { computed = true, observed = false }
Labels = { clearing = { keys = "ClearProperties" } }
Reason = { change = "send_only", equality = "json" }
Status = { change = "stable" }
"#;
    let definition = format!("{WIDGET}{more}")
        .replace("ClearColour = \"Whether to clear the colour.\"\n", "")
        .replace("ClearProperties = \"What to clear.\"\n", "");
    let names = ["alias", "clear_colour", "clear_properties", "colour", "enabled", "labels", "reason", "status"];
    check_attributes(
        &definition,
        SHAPES,
        &names,
        expect![[r#"
            alias Optional Texts set c-- Replace concealed deprecated=use labels
            colour OptionalComputed Colour cur InPlace default=String("Red") clearing=Flag("ClearColour") closed
            enabled OptionalComputed Flag c-- Replace
            labels Optional TextMap cu- InPlace clearing=Keys("ClearProperties")
            reason Optional Text -u- SendOnly equality=Json
            status Computed State --r Stable
        "#]],
    );
}

#[test]
fn settings_of_a_place_override_those_of_a_structure_and_these_override_shapes() {
    let shapes = SHAPES.replace("Weight = \"Weight.\"", "Weight = { description = \"Weight.\", default = 0.5 }");
    let more = r#"
[shapes.Part]
Weight = { default = 0.25 }

[attributes]
"Batches.Weight" = { default = 1 }
"#;
    check_attributes(
        &format!("{WIDGET}{more}"),
        &shapes,
        &["batches", "parts"],
        expect![[r#"
        batches Optional List-block Batches 0..0 c-- Replace key=key
          key Required Text c-- Replace
          value Required List-block Parts 1..5 c-- Replace
            paint Optional List-block Paint single 0..1 c-- Replace
              colour Required Colour c-- Replace
              layers Optional Count c-- Replace
            part_name Required Name c-- Replace
            weight OptionalComputed Ratio c-- Replace default=Integer(1) equality=Float
        parts Required List-block Parts 1..5 c-r Replace
          paint Optional List-block Paint single 0..1 c-- Replace
            colour Required Colour c-- Replace
            layers Optional Count c-- Replace
          part_id Computed Text --r Stable
          part_name Required Name c-r Replace
          weight OptionalComputed Ratio c-r Replace default=Decimal("0.25") equality=Float
    "#]],
    );
}

#[test]
fn a_structure_filled_in_by_the_service_is_an_attribute_of_objects() {
    let shapes = SHAPES
        .replace("Layers = \"Layers.\"", "Layers = { description = \"Layers.\", default = 1 }")
        .replace("Limit = \"Limit.\"", "Limit = { description = \"Limit.\", computed = true }");
    let more = "[attributes]\nPaint = { computed = true }\nGauges = { block = false, max_items = 3 }\n";
    check_attributes(
        &format!("{WIDGET}{more}"),
        &shapes,
        &["gauges", "paint"],
        expect![[r#"
            gauges Optional objects Gauges 0..3 c-r Replace key=key
              key Required Name c-r Replace
              limit OptionalComputed Count c-r Replace
              unit Optional Text c-r Replace
            paint OptionalComputed objects Paint single 0..1 cur Replace
              colour Required Colour cur InPlace
              layers Optional Count c-r Replace
        "#]],
    );
}

#[test]
fn a_change_applies_to_inner_members_unless_overridden() {
    let more = "[attributes]\nPaint = { change = \"send_only\" }\n\"Paint.Layers\" = { change = \"replace\" }\n";
    check(
        more,
        &["paint"],
        expect![[r#"
            paint Optional List-block Paint single 0..1 cur SendOnly
              colour Required Colour cur SendOnly
              layers Optional Count c-r Replace
        "#]],
    );
}

#[test]
fn read_only_structures_are_computed_with_all_members() {
    check(
        "[attributes]\nPaint = { usage = \"computed\" }\n",
        &["paint"],
        expect![[r#"
        paint Computed objects Paint single 0..1 --r Volatile
          colour Computed Colour --r Volatile
          layers Computed Count --r Volatile
    "#]],
    );
}

#[test]
fn a_required_name_inside_a_filled_in_structure_is_generated() {
    let more = "[attributes]\n\"Parts.PartName\" = { computed = true }\n";
    check(
        more,
        &["parts"],
        expect![[r#"
        parts Required List-block Parts 1..5 c-r Replace
          paint Optional List-block Paint single 0..1 c-- Replace
            colour Required Colour c-- Replace
            layers Optional Count c-- Replace
          part_id Computed Text --r Stable
          part_name OptionalComputed Name c-r Replace generated
          weight Optional Ratio c-r Replace equality=Float
    "#]],
    );
}

#[test]
fn lists_that_only_grow_name_the_member_that_takes_new_elements() {
    let more = "[attributes]\nParts = { key = \"part_name\", additions = \"MoreParts\" }\n";
    let definition = format!("{WIDGET}{more}").replace("MoreParts = \"Further parts.\"\n", "");
    check_attributes(
        &definition,
        SHAPES,
        &["parts", "more_parts"],
        expect![[r#"
        parts Required List-block Parts 1..5 c-r Replace key=part_name additions=MoreParts
          paint Optional List-block Paint single 0..1 c-- Replace
            colour Required Colour c-- Replace
            layers Optional Count c-- Replace
          part_id Computed Text --r Stable
          part_name Required Name c-r Replace
          weight Optional Ratio c-r Replace equality=Float
    "#]],
    );
}

#[test]
fn the_provider_adds_its_own_arguments_where_they_apply() {
    let more = r#"
allow_loss = "Whether parts may be lost."

[tags]

[switches]
allow_loss = { type = "bool", default = false }

[wait.create]
field = "Status"
pending = ["Creating"]
done = ["Ready"]
failed = ["Failed"]
reasons = ["FailureReason", "Notes.Text"]
confirmed = ["Colour"]
timeout = "1h30m"

[wait.delete]
timeout = "90s"
"#;
    let definition = format!("{WIDGET}{more}").replace(
        "[descriptions]",
        "naming = { member = \"WidgetName\", prefix = \"terraform-\", name_prefix = true, max = 63 }\n[descriptions]",
    );
    let names = ["allow_loss", "id", "name_prefix", "region", "tags", "tags_all", "timeouts", "widget_name"];
    check_attributes(
        &definition,
        SHAPES,
        &names,
        expect![[r#"
            allow_loss OptionalComputed BOOLEAN --- SendOnly default=Bool(false)
            id Computed STRING --- Stable
            name_prefix OptionalComputed STRING --- Replace
            region OptionalComputed STRING --- Replace
            tags Optional TAG_MAP --- InPlace
            tags_all Computed TAG_MAP --- Volatile
            timeouts Optional Single-block NOTHING 0..0 --- SendOnly
              create Optional STRING --- SendOnly
              delete Optional STRING --- SendOnly
            widget_name OptionalComputed Name c-r Replace
        "#]],
    );
    let widget = compile(&definition, SHAPES).unwrap_or_default().remove(0);
    expect![[r#"
        [
            Rule {
                check: AtMostOne,
                within: None,
                names: [
                    "widget_name",
                    "name_prefix",
                ],
                when: None,
                on_create: true,
            },
        ]
    "#]]
    .assert_debug_eq(&widget.rules);
    assert_eq!(widget.create_wait.map(|wait| wait.timeout), Some(5400));
}

#[test]
fn jobs_have_an_optional_wait_and_their_stop_is_their_delete() {
    let more = r#"
[wait.completion]
field = "Status"
pending = ["Creating"]
done = ["Ready"]
timeout = "24h"

[wait.stop]
field = "Status"
pending = ["Creating"]
done = ["Ready", "Failed"]
timeout = "30m"
"#;
    let definition = format!("{WIDGET}{more}").replace("[identity]", "stop = \"StopWidget\"\n[identity]");
    check_attributes(
        &definition,
        SHAPES,
        &["timeouts", "wait_for_completion"],
        expect![[r#"
            timeouts Optional Single-block NOTHING 0..0 --- SendOnly
              create Optional STRING --- SendOnly
              delete Optional STRING --- SendOnly
            wait_for_completion OptionalComputed BOOLEAN --- SendOnly default=Bool(false)
        "#]],
    );
}
