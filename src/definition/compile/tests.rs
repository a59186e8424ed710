//! The compiler's output and its problem reports, for a small fictional API.

use expect_test::{Expect, expect};

use super::{Model, Problems, Source, calls, definitions, facts, files, iam, resources, service};
use crate::definition::{
    attribute::{Attribute, Clearing, Equality, InPlaceOnly, Kind},
    resource::Resource,
};

/// An API with one of each form that the join distinguishes.
const MODEL: &str = r#"{
"operations":{
"CreateTree":{"input":"CreateTreeInput"},
"CreateWidget":{"input":"CreateWidgetInput","output":"CreateWidgetOutput"},
"DeleteWidget":{"input":"WidgetAddress"},
"DescribeTree":{"input":"TreeAddress","output":"CreateTreeInput"},
"DescribeWidget":{"input":"WidgetAddress","output":"DescribeWidgetOutput","errors":["ResourceNotFound"]},
"HoldWidget":{"input":"WidgetAddress","output":"HoldWidgetOutput"},
"ListWidgets":{"input":"ListWidgetsInput","output":"ListWidgetsOutput","pages":"Widgets"},
"StopWidget":{"input":"WidgetAddress"},
"UpdateWidget":{"input":"UpdateWidgetInput"}
},
"shapes":{
"Colour":{"type":"string","enum":["Red","Green"]},
"Count":{"type":"integer","min":1,"max":10},
"CreateTreeInput":{"type":"structure","members":{"Name":"Name","Root":"Node","Groups":"Groups","count":"Count"},"required":["Name"]},
"CreateWidgetInput":{"type":"structure","members":{"WidgetName":"Name","Colour":"Colour","Parts":"Parts","Paint":"Paint","Gauges":"Gauges","Batches":"Batches","Labels":"TextMap","Aliases":"Texts","Password":"Secret","Enabled":"Flag","Tags":"TagList","ClientToken":"Text"},"required":["WidgetName","Parts"],"tokens":["ClientToken"]},
"CreateWidgetOutput":{"type":"structure","members":{"WidgetArn":"Text"}},
"Batches":{"type":"map","key":"Text","value":"Parts"},
"DescribeWidgetOutput":{"type":"structure","members":{"WidgetName":"Name","WidgetArn":"Text","Colour":"Colour","Parts":"PartSummaries","Paint":"Paint","Gauges":"Gauges","Labels":"Text","Enabled":"Flag","Status":"State","Notes":"Notes","FailureReason":"Text","CreationTime":"Time","LastModifiedTime":"Time","NextToken":"Text"}},
"Flag":{"type":"boolean"},
"HoldWidgetOutput":{"type":"structure","members":{"Widget":"DescribeWidgetOutput"}},
"Gauge":{"type":"structure","members":{"Limit":"Count","Unit":"Text"},"required":["Limit"]},
"Gauges":{"type":"map","key":"Name","value":"Gauge"},
"Groups":{"type":"list","member":"Parts"},
"ListWidgetsInput":{"type":"structure","members":{"NextToken":"Text"}},
"ListWidgetsOutput":{"type":"structure","members":{"Widgets":"Texts","NextToken":"Text"}},
"Name":{"type":"string","min":1,"max":63,"pattern":"[a-z]+"},
"Node":{"type":"structure","members":{"Label":"Text","Child":"Node"}},
"Note":{"type":"structure","members":{"Text":"Text"}},
"Notes":{"type":"list","member":"Note"},
"Paint":{"type":"structure","members":{"Colour":"Colour","Layers":"Count"},"required":["Colour"]},
"PaintChange":{"type":"structure","members":{"Colour":"Colour"}},
"Part":{"type":"structure","members":{"PartName":"Name","Weight":"Ratio","Paint":"Paint"},"required":["PartName"]},
"PartSummaries":{"type":"list","member":"PartSummary"},
"PartSummary":{"type":"structure","members":{"PartName":"Name","Weight":"Ratio","PartId":"Text"}},
"Parts":{"type":"list","member":"Part","max":5},
"Ratio":{"type":"float","min":0,"max":1},
"Secret":{"type":"string","sensitive":true},
"State":{"type":"string","enum":["Creating","Ready","Failed","Deleting"]},
"Tag":{"type":"structure","members":{"Key":"TagKey","Value":"TagValue"}},
"TagKey":{"type":"string","min":1,"max":128},
"TagList":{"type":"list","member":"Tag","max":50},
"TagValue":{"type":"string","max":256},
"Text":{"type":"string"},
"TextMap":{"type":"map","key":"Text","value":"Text"},
"Texts":{"type":"list","member":"Text"},
"Time":{"type":"timestamp"},
"TreeAddress":{"type":"structure","members":{"Name":"Name"},"required":["Name"]},
"UpdateWidgetInput":{"type":"structure","members":{"WidgetName":"Name","Colour":"Colour","Paint":"PaintChange","Labels":"TextMap","Reason":"Text","Parts":"Text","MoreParts":"Parts","ClearProperties":"Texts","ClearColour":"Flag"},"required":["WidgetName"]},
"WidgetAddress":{"type":"structure","members":{"WidgetName":"Name"},"required":["WidgetName"]}
}}"#;

/// A minimal definition without problems. Tests append to it.
const WIDGET: &str = r#"
noun = "widget"
description = "A widget."

[operations]
create = "CreateWidget"
read = "DescribeWidget"
update = "UpdateWidget"
delete = "DeleteWidget"

[identity]
members = ["WidgetName"]
arn = "WidgetArn"
absent = [{ code = "ResourceNotFound" }]

[descriptions]
Aliases = "Other names."
Batches = "Parts by batch."
Colour = "Colour."
CreationTime = "When it was made."
Enabled = "Whether it works."
FailureReason = "Why it failed."
Gauges = "Gauges by name."
Labels = "Labels."
LastModifiedTime = "When it was changed."
MoreParts = "Further parts."
Notes = "Notes."
Paint = "Paint."
Parts = "Parts."
Password = "Password."
Reason = "Why it is changed."
ClearColour = "Whether to clear the colour."
ClearProperties = "What to clear."
Status = "State."
WidgetArn = "ARN."
WidgetName = "Name."
"#;

const SHAPES: &str = r#"
[Gauge]
Limit = "Limit."
Unit = "Unit."

[Note]
Text = "Text."

[Paint]
Colour = "Colour."
Layers = "Layers."

[Part]
PartName = "Name."
Weight = "Weight."
Paint = "Paint."

[PartSummary]
PartId = "Id."
"#;

/// Compiles the widget with further lines of definition and further settings of structures.
fn compile(widget: &str, shapes: &str) -> Result<Vec<Resource>, Problems> {
    let source = |file: &str, text: &str| Source { file: file.to_owned(), text: text.to_owned() };
    let sources = [source("widget.toml", &with_facts_of_updates(widget)), source("shapes.toml", shapes)];
    let mut problems = Problems::default();
    let model = Model::read(MODEL).unwrap();
    let facts = facts(&model, &sources, &mut problems);
    let found = resources(&model, &facts, &sources, &mut problems);
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// The widget with the settings that every updatable resource needs, unless it has them.
fn with_facts_of_updates(widget: &str) -> String {
    if !widget.contains("update = \"UpdateWidget\"") {
        return widget.to_owned();
    }
    let merged = "on_update = \"merged\"";
    let widget = match widget {
        said if said.contains("on_update") || said.contains("Paint = { ignore") => said.to_owned(),
        painted if painted.contains("\nPaint = {") => {
            painted.replacen("\nPaint = {", &format!("\nPaint = {{ {merged},"), 1)
        }
        other => match other.split_once("[attributes]\n") {
            Some((before, after)) => format!("{before}[attributes]\nPaint = {{ {merged} }}\n{after}"),
            None => format!("{other}\n[attributes]\nPaint = {{ {merged} }}\n"),
        },
    };
    if widget.contains("replacement") {
        widget
    } else {
        format!("replacement = {{ harmless = \"in tests\" }}\n{widget}")
    }
}

/// The compiled widget with further lines.
fn widget(more: &str) -> Resource {
    match compile(&format!("{WIDGET}{more}"), SHAPES) {
        Ok(mut found) => found.remove(0),
        Err(problems) => panic!("{}", lines(&problems)),
    }
}

/// Checks the attributes with these names and everything inside them.
fn check(more: &str, names: &[&str], expected: Expect) {
    check_attributes(&format!("{WIDGET}{more}"), SHAPES, names, expected);
}

fn check_attributes(widget: &str, shapes: &str, names: &[&str], expected: Expect) {
    let found = compile(widget, shapes).unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let mut shown = String::new();
    for attribute in found[0].attributes.iter().filter(|attribute| names.contains(&attribute.name)) {
        show(attribute, 0, &mut shown);
    }
    expected.assert_eq(&shown);
}

/// Checks the problems of the widget with further lines.
fn check_problems(more: &str, expected: Expect) {
    check_all_problems(&format!("{WIDGET}{more}"), SHAPES, expected);
}

fn check_all_problems(widget: &str, shapes: &str, expected: Expect) {
    let problems = compile(widget, shapes).expect_err("a fault is found");
    expected.assert_eq(&lines(&problems));
}

fn lines(problems: &Problems) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// One line for each attribute: name, usage, form, sides of the API (create, update, read), change, and other
/// properties that are set.
fn show(attribute: &Attribute, depth: usize, shown: &mut String) {
    let side = |letter: &'static str, on: bool| if on { letter } else { "-" };
    let sides =
        [side("c", attribute.on_create), side("u", attribute.on_update), side("r", attribute.observed)].concat();
    let mut words = vec![
        format!("{}{}", "  ".repeat(depth), attribute.name),
        format!("{:?}", attribute.usage),
        form(&attribute.kind),
        sides,
        format!("{:?}", attribute.change),
    ];
    words.extend(attribute.default.as_ref().map(|default| format!("default={default:?}")));
    let Attribute { equality, clearing, .. } = attribute;
    words.extend((*equality != Equality::Exact).then(|| format!("equality={equality:?}")));
    words.extend((*clearing != Clearing::Omit).then(|| format!("clearing={clearing:?}")));
    for (word, said) in [
        ("sensitive", attribute.sensitive),
        ("concealed", attribute.concealed && !attribute.sensitive),
        ("closed", attribute.closed),
        ("generated", attribute.generated),
    ] {
        words.extend(said.then(|| word.to_owned()));
    }
    for (word, said) in [
        ("key", attribute.key),
        ("additions", attribute.additions),
        ("deprecated", attribute.deprecated),
        ("in_update", attribute.in_update),
        ("in_read", attribute.in_read),
    ] {
        words.extend(said.map(|said| format!("{word}={said}")));
    }
    *shown += &words.join(" ");
    *shown += "\n";
    for inner in attribute.attributes() {
        show(inner, depth + 1, shown);
    }
}

fn form(kind: &Kind) -> String {
    let marks =
        |set: bool, single: bool| format!("{}{}", if set { " set" } else { "" }, if single { " single" } else { "" });
    match kind {
        Kind::Plain { shape, set } => format!("{}{}", shape.name, marks(*set, false)),
        Kind::Block { shape, nesting, single, min_items, max_items, .. } => {
            format!("{nesting:?}-block {}{} {min_items}..{max_items}", shape.name, marks(false, *single))
        }
        Kind::Objects { shape, set, single, max_items, .. } => {
            format!("objects {}{} 0..{max_items}", shape.name, marks(*set, *single))
        }
    }
}

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

#[test]
fn all_problems_of_all_files_are_reported_together() {
    let widget = r#"
noun = ""
colour = "red"

[operations]
create = "CreateWidgte"
read = "DescribeWidget"

[identity]
members = ["WidgetName"]
absent = []

[wait.creation]
timeout = "soon"

[attributes]
Colour = { colour = "red" }
"#;
    let shapes = "[Pant]\nColour = \"Colour.\"\n[Paint]\nColor = \"Colour.\"\n[Text]\n";
    check_all_problems(
        widget,
        shapes,
        expect![[r#"
            schemas/shapes.toml: Paint.Color: the structure has no such member; it has `Colour`, `Layers`
            schemas/shapes.toml: Pant: is not a structure of the API; the closest are `Paint`, `Part`, `Tag`
            schemas/shapes.toml: Text: is not a structure of the API; the closest are `Part`, `Tag`, `Node`
            schemas/widget.toml: attributes.Colour: has no key `colour`; the closest are `block`, `closed`, `change`
            schemas/widget.toml: colour: is not a key; there are `noun`, `description`, `schema_version`, `moved_from`, `log_group`, `update_sends`, `update_needs`, `replacement`, `in_use`, `operations`, `further_calls`, `identity`, `list`, `tags`, `wait`, `retry`, `rule`, `descriptions`, `switches`, `attributes`, `shapes`
            schemas/widget.toml: description: is missing
            schemas/widget.toml: wait.creation: `timeout` is `soon`, which is no duration; write it like `90s`, `60m` or `1h30m`
        "#]],
    );
}

#[test]
fn a_path_without_quotes_is_recognised() {
    check_problems(
        "\n[attributes]\nParts.Weight = { closed = \"x\" }\n",
        expect![[r#"
            schemas/widget.toml: attributes.Parts: has no key `Weight`; quote a path that leads to a member inside: `"….Weight" = { … }`
        "#]],
    );
}

#[test]
fn invalid_toml_is_reported_with_its_line() {
    check_all_problems(
        "noun = \"widget\"\n[operations\n",
        "Part = 1\n",
        expect![[r#"
            schemas/shapes.toml: Part: has to be a table, but is of type integer
            schemas/widget.toml: line 2: unclosed table, expected `]`
        "#]],
    );
}

#[test]
fn missing_parts_are_reported() {
    check_all_problems(
        "[operations]\ncreate = \"CreateWidget\"\n",
        "",
        expect![[r#"
            schemas/widget.toml: description: is missing
            schemas/widget.toml: identity: is missing
            schemas/widget.toml: noun: is missing
            schemas/widget.toml: operations: lacks `read`
        "#]],
    );
}

#[test]
fn keys_without_effect_are_refused_everywhere() {
    let shapes = SHAPES.replace(
        "PartName = \"Name.\"",
        r#"PartName = { description = "Name.", set = true, key = "x", block = false, min_items = 1, closed = " ", equality = "float" }"#,
    );
    let shapes = shapes.replace(
        "Paint = \"Paint.\"",
        r#"Paint = { description = " ", name = "paint", concealed = true, equality = "json", default = 1, max_items = 2, clearing = { flag = "ClearColour" }, additions = "MoreParts" }"#,
    );
    let shapes = shapes.replace(
        "Weight = \"Weight.\"",
        r#"Weight = { description = "Weight.", equality = "float", computed = false, observed = true, default = 1.5 }"#,
    );
    let shapes = shapes.replace(
        "Unit = \"Unit.\"",
        r#"Unit = { description = "Unit.", ignore = "not needed", computed = true, default = "m", usage = "optional" }"#,
    );
    check_all_problems(
        WIDGET,
        &shapes,
        expect![[r#"
            schemas/shapes.toml: Gauge.Unit.computed: has no effect on a member that is ignored
            schemas/shapes.toml: Gauge.Unit.default: has no effect beside `computed`; one of them has to go
            schemas/shapes.toml: Gauge.Unit.default: has no effect on a member that is ignored
            schemas/shapes.toml: Gauge.Unit.description: has no effect on a member that is ignored
            schemas/shapes.toml: Gauge.Unit.usage: has no effect beside `default` or `computed`
            schemas/shapes.toml: Gauge.Unit.usage: has no effect on a member that is ignored
            schemas/shapes.toml: Part.Paint.additions: names a member at one place, so it has to stand in `[attributes]` of a resource
            schemas/shapes.toml: Part.Paint.clearing: names a member at one place, so it has to stand in `[attributes]` of a resource
            schemas/shapes.toml: Part.Paint.concealed: is only for single values; set it on the members
            schemas/shapes.toml: Part.Paint.default: is only for texts, numbers and booleans
            schemas/shapes.toml: Part.Paint.description: is empty
            schemas/shapes.toml: Part.Paint.equality: is only for texts, apart from `float`
            schemas/shapes.toml: Part.Paint.max_items: is only for lists of structures
            schemas/shapes.toml: Part.Paint.name: is the derived name already
            schemas/shapes.toml: Part.PartName.block: is only for structures and collections of them
            schemas/shapes.toml: Part.PartName.closed: is empty
            schemas/shapes.toml: Part.PartName.closed: is only for enumerations
            schemas/shapes.toml: Part.PartName.equality: `float` is only for fractional numbers
            schemas/shapes.toml: Part.PartName.key: has no effect on a set, which has no order
            schemas/shapes.toml: Part.PartName.key: is only for lists of structures
            schemas/shapes.toml: Part.PartName.min_items: is only for lists of structures
            schemas/shapes.toml: Part.PartName.set: is only for lists
            schemas/shapes.toml: Part.Weight.computed: repeats what holds without it; leave it out
            schemas/shapes.toml: Part.Weight.default: has to be at most 1
            schemas/shapes.toml: Part.Weight.equality: is derived already
            schemas/shapes.toml: Part.Weight.observed: repeats what holds without it; leave it out
        "#]],
    );
}

#[test]
fn keys_without_effect_at_their_place_are_refused() {
    let more = r#"
[attributes]
Aliases = { clearing = "empty", change = "stable", min_items = 1, observed = false }
Batches = { key = "x" }
Colour = { usage = "optional", change = "in_place", clearing = { property = "ClearColour" } }
CreationTime = { computed = true, default = "now", closed = "x", change = "replace" }
Enabled = { clearing = { flag = "ClearColour" } }
Labels = { clearing = { keys = "Reason" } }
LastModifiedTime = { observed = false }
Notes = { block = false, key = "label" }
Paint = { computed = true, additions = "MoreParts", min_items = 1, clearing = { flag = "ClearProperties" } }
"Paint.Layers" = { default = 2, computed = true, change = "send_only" }
Parts = { min_items = 1, max_items = 5, additions = "ExtraParts" }
Gauges = { min_items = 3, max_items = 2 }
Password = { concealed = true, ignore = "" }
Reason = { clearing = { keys = "ClearProperties" } }
Tags = { name = "labels" }
"Parts.Colour" = { name = "paint" }
WidgetName = { usage = "required", equality = "float" }

[shapes.Gauge]
Unit = { description = "Unit." }

[shapes.Tag]
Key = { name = "tag_key" }
"#;
    check_problems(
        more,
        expect![[r#"
        schemas/widget.toml: attributes."Paint.Layers".change: has no effect inside an attribute of objects, which changes as a whole
        schemas/widget.toml: attributes."Paint.Layers".computed: has no effect inside an attribute of objects, which changes as a whole
        schemas/widget.toml: attributes."Paint.Layers".default: has no effect beside `computed`; one of them has to go
        schemas/widget.toml: attributes."Paint.Layers".default: has no effect inside an attribute of objects, which changes as a whole
        schemas/widget.toml: attributes."Parts.Colour": the API has no `Colour` there; it has `Paint`, `PartId`, `PartName`, `Weight`
        schemas/widget.toml: attributes.Aliases.change: `stable` and `volatile` are for what only the service sets
        schemas/widget.toml: attributes.Aliases.clearing: has no effect, since the update input does not have the member
        schemas/widget.toml: attributes.Aliases.min_items: is only for lists of structures
        schemas/widget.toml: attributes.Aliases.observed: has no effect, since the read output does not have it in this form
        schemas/widget.toml: attributes.Batches.key: is only for lists of structures
        schemas/widget.toml: attributes.Colour.change: is derived already
        schemas/widget.toml: attributes.Colour.clearing: `ClearColour` is no list
        schemas/widget.toml: attributes.Colour.usage: is derived already
        schemas/widget.toml: attributes.CreationTime.change: is `stable` or `volatile` for what only the service sets
        schemas/widget.toml: attributes.CreationTime.closed: has no effect on what only the service sets
        schemas/widget.toml: attributes.CreationTime.closed: is only for enumerations
        schemas/widget.toml: attributes.CreationTime.computed: has no effect on what only the service sets
        schemas/widget.toml: attributes.CreationTime.default: has no effect beside `computed`; one of them has to go
        schemas/widget.toml: attributes.CreationTime.default: has no effect on what only the service sets
        schemas/widget.toml: attributes.CreationTime.default: is only for texts, numbers and booleans
        schemas/widget.toml: attributes.Enabled.clearing: has no effect, since the update input does not have the member
        schemas/widget.toml: attributes.Gauges.min_items: 3 exceeds the maximum of 2
        schemas/widget.toml: attributes.Labels.clearing: `Reason` is no list
        schemas/widget.toml: attributes.LastModifiedTime.observed: leaves nothing of what only the read output has; `ignore` it
        schemas/widget.toml: attributes.Notes.block: has no effect on what only the service sets
        schemas/widget.toml: attributes.Notes.key: an element has no attribute `label`; it has `text`
        schemas/widget.toml: attributes.Paint.additions: has no effect, since the update input takes the whole list
        schemas/widget.toml: attributes.Paint.clearing: `ClearProperties` is no boolean
        schemas/widget.toml: attributes.Paint.min_items: is only for lists of structures
        schemas/widget.toml: attributes.Parts.additions: the update input has no member `ExtraParts`; it has `WidgetName`, `Colour`, `Paint`, `Labels`, `Reason`, `Parts`, `MoreParts`, `ClearProperties`, `ClearColour`
        schemas/widget.toml: attributes.Parts.max_items: is derived already
        schemas/widget.toml: attributes.Parts.min_items: is derived already
        schemas/widget.toml: attributes.Reason: has no effect, since the provider uses the member itself, or one around it is ignored
        schemas/widget.toml: attributes.Tags: has no effect, since the provider uses the member itself, or one around it is ignored
        schemas/widget.toml: attributes.WidgetName.equality: `float` is only for fractional numbers
        schemas/widget.toml: attributes.WidgetName.usage: is derived already
        schemas/widget.toml: descriptions.ClearColour: has no effect, since the provider uses the member itself, or one around it is ignored
        schemas/widget.toml: descriptions.ClearProperties: has no effect, since the provider uses the member itself, or one around it is ignored
        schemas/widget.toml: descriptions.MoreParts: has no effect, since the provider uses the member itself, or one around it is ignored
        schemas/widget.toml: descriptions.Password: has no effect, since the member is ignored
        schemas/widget.toml: descriptions.Reason: has no effect, since the provider uses the member itself, or one around it is ignored
        schemas/widget.toml: shapes.Gauge.Unit.description: repeats what holds without it; leave it out
        schemas/widget.toml: shapes.Tag: is not a structure inside this resource
    "#]],
    );
}

#[test]
fn names_that_terraform_refuses_or_that_collide_are_reported() {
    let more = r#"
[attributes]
Aliases = { name = "colour" }
Colour = { name = "Colour" }
Enabled = { name = "count" }
Labels = { name = "region" }
Reason = { name = "colour" }
"Parts.PartId" = { name = "count" }
"Gauges.Unit" = { name = "key" }
"#;
    check_problems(
        more,
        expect![[r#"
        schemas/widget.toml: attributes: `Aliases` and `Reason` are both named `colour`; give one of them another `name`
        schemas/widget.toml: attributes: `Colour`: `Colour` is no Terraform name; it has to be small letters, digits and underscores, a letter first
        schemas/widget.toml: attributes: `Enabled`: `count` is reserved by Terraform, as are `connection`, `count`, `depends_on`, `for_each`, `lifecycle`, `provider`, `provisioner`; give it another `name`
        schemas/widget.toml: attributes: `Labels` and an argument that the provider defines are both named `region`; give one of them another `name`
        schemas/widget.toml: attributes.Gauges: `Unit` and the key of an entry are both named `key`; give one of them another `name`
    "#]],
    );
}

#[test]
fn missing_descriptions_are_reported_at_their_place() {
    let widget = WIDGET.replace("Colour = \"Colour.\"\n", "");
    check_all_problems(
        &widget,
        &SHAPES.replace("Layers = \"Layers.\"", ""),
        expect![[r#"
        schemas/shapes.toml: Paint.Layers: has no description; describe it in your own words
        schemas/widget.toml: descriptions.Colour: has no description; describe it in your own words
    "#]],
    );
}

#[test]
fn constants_have_to_fit_their_shape() {
    let more = r#"
[attributes]
Aliases = { default = "x" }
Colour = { default = "Blue" }
Enabled = { default = "yes" }
Password = { default = true }
"Paint.Layers" = { default = 11 }
"Gauges.Limit" = { default = 1.5 }
"Parts.PartName" = { default = "" }
"Parts.Weight" = { default = "heavy" }
"#;
    check_problems(
        more,
        expect![[r#"
            schemas/widget.toml: attributes."Gauges.Limit".default: has to be an integer
            schemas/widget.toml: attributes."Paint.Layers".default: has to be at most 10
            schemas/widget.toml: attributes."Parts.PartName".default: its length has to be at least 1
            schemas/widget.toml: attributes."Parts.Weight".default: has to be a number
            schemas/widget.toml: attributes.Aliases.default: is only for texts, numbers and booleans
            schemas/widget.toml: attributes.Colour.default: is none of the values of the enumeration: `Red`, `Green`
            schemas/widget.toml: attributes.Enabled.default: has to be `true` or `false`
            schemas/widget.toml: attributes.Password.default: has to be a text
        "#]],
    );
}

#[test]
fn recursive_and_unsupported_structures_have_to_be_ignored() {
    let tree = r#"
noun = "tree"
description = "A tree."
[operations]
create = "CreateTree"
read = "DescribeTree"
[identity]
members = ["Name"]
absent = []
[descriptions]
Name = "Name."
Root = "Root."
Groups = "Groups."
count = "Count."
"#;
    check_all_problems(
        tree,
        "[Node]\nLabel = \"Label.\"\nChild = \"Child.\"\n",
        expect![[r#"
        schemas/widget.toml: attributes: `count`: `count` is reserved by Terraform, as are `connection`, `count`, `depends_on`, `for_each`, `lifecycle`, `provider`, `provisioner`; give it another `name`
        schemas/widget.toml: attributes."Root.Child": leads back to the structure `Node` that contains it; `ignore` it, with the reason
        schemas/widget.toml: attributes.Groups: is a list of collections of structures, which Terraform cannot show; `ignore` it
    "#]],
    );
    let ignoring = tree.replace("Groups = \"Groups.\"\n", "")
        + "[attributes]\nGroups = { ignore = \"x\" }\n\"Root.Child\" = { ignore = \"x\" }\ncount = { name = \"size\" }\n";
    check_attributes(
        &ignoring,
        "[Node]\nLabel = \"Label.\"\n",
        &["root", "groups", "size"],
        expect![[r#"
        root Optional List-block Node single 0..1 c-r Replace
          label Optional Text c-r Replace
        size Optional Count c-r Replace
    "#]],
    );
}

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
        .replace("noun =", "update_sends = \"all\"\nupdate_needs = \"paints\"\nnoun =")
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
            schemas/widget.toml: update_needs: there is no attribute `paints`; there are `aliases`, `batches`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `notes`, `paint`, `parts`, `password`, `region`, `status`, `tags`, `tags_all`, `timeouts`, `widget_arn`, `widget_name`
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
            schemas/widget.toml: rule[0]: there is no attribute `colors` there; there are `aliases`, `allow_loss`, `batches`, `clear_colour`, `clear_properties`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `more_parts`, `notes`, `paint`, `parts`, `password`, `reason`, `region`, `status`, `widget_arn`, `widget_name`
            schemas/widget.toml: rule[1]: `names` has to have at least 2 names, each once
            schemas/widget.toml: rule[2]: `within` leads nowhere: there is no `pant`; there are `paint`, `part_id`, `part_name`, `weight`
            schemas/widget.toml: rule[3]: `check` is `one`, which is none of `exactly_one`, `at_least_one`, `at_most_one`, `requires`, `required`, `forbidden`, `one_of`, `ascending`, `positive`, `requires_outside`
            schemas/widget.toml: rule[3]: `colour` cannot be `MAUVE`; it can be `Red`, `Green`
            schemas/widget.toml: rule[3]: when: `enabled` cannot be `yes`; it can be `true`, `false`
            schemas/widget.toml: rule[4]: `parts` is no block of at most one element, so that `parts.part_name` is ambiguous
            schemas/widget.toml: rule[4]: lacks `values`
            schemas/widget.toml: rule[4]: when: there is no attribute `color` there; there are `aliases`, `allow_loss`, `batches`, `clear_colour`, `clear_properties`, `colour`, `creation_time`, `deletion_protection`, `enabled`, `failure_reason`, `gauges`, `id`, `labels`, `last_modified_time`, `more_parts`, `notes`, `paint`, `parts`, `password`, `reason`, `region`, `status`, `widget_arn`, `widget_name`
            schemas/widget.toml: rule[5]: `paint.colour` leads into a block, but `check` needs names of one level
            schemas/widget.toml: rule[7]: `when` has both `is` and `is_not`
            schemas/widget.toml: switches.force: `type` is `text`, but has to be `bool`
        "#]],
    );
}

#[test]
fn a_clearing_that_is_derived_is_reported() {
    check_problems(
        "[attributes]\nColour = { clearing = \"never\" }\n",
        expect![[r#"
        schemas/widget.toml: attributes.Colour.clearing: is derived already
    "#]],
    );
}

#[test]
fn changes_that_are_in_place_only_sometimes_need_an_update_that_sends_the_value() {
    let of = |setting: &str| format!("[attributes]\n{setting}\n");
    check_problems(
        &of("CreationTime = { in_place_only = \"increase\" }"),
        expect![[r#"
        schemas/widget.toml: attributes.CreationTime.in_place_only: has no effect, since no update sends the value
    "#]],
    );
    check_problems(
        &of("Colour = { in_place_only = \"decrease\" }"),
        expect![[r#"
        schemas/widget.toml: attributes.Colour: `in_place_only` is `decrease`, which is none of `increase`, `from_unset`
    "#]],
    );
    let definition = format!("{WIDGET}{}", of("Colour = { in_place_only = { RED = \"BLUE\" } }"));
    let widget = compile(&definition, SHAPES).unwrap_or_default().remove(0);
    let colour = widget.attribute_of("Colour").and_then(|colour| colour.in_place_only);
    assert_eq!(colour, Some(InPlaceOnly::Between(&[("RED", "BLUE")])));
}

#[test]
fn file_names_have_to_be_terraform_types() {
    let source = Source { file: "my-widget.toml".to_owned(), text: with_facts_of_updates(WIDGET) };
    let shapes = Source { file: "shapes.toml".to_owned(), text: SHAPES.to_owned() };
    let problems = definitions(&Model::read(MODEL).unwrap(), &[source, shapes]).unwrap_err();
    expect![[r#"
        schemas/my-widget.toml: `sagemaker_my-widget` is no Terraform name; it has to be small letters, digits and underscores, a letter first; the type is named by the file
    "#]].assert_eq(&lines(&problems));
}

#[test]
fn equal_lists_of_attributes_are_written_once() {
    let sources = [("widget.toml", &*with_facts_of_updates(WIDGET)), ("shapes.toml", SHAPES)]
        .map(|(file, text)| Source { file: file.to_owned(), text: text.to_owned() });
    let model = Model::read(MODEL).unwrap();
    let source = definitions(&model, &sources).unwrap();
    // There are four kinds of paint, but that of parts and that of batches have the same settings.
    assert_eq!(source.matches("name: \"layers\"").count(), 3);
    assert_eq!(source.matches("pub static").count(), 6);
    assert!(source.contains("origin: Origin::Member(\"Colour\")"));
    assert!(service(&model).contains("pub static TAG_MAP"));
}

#[test]
fn no_definitions_compile_to_empty_tables() {
    let source = definitions(&Model::read(MODEL).unwrap(), &[]).unwrap();
    assert_eq!(
        source,
        "/// All resources, sorted by type name.\npub static RESOURCES: &[Resource] = &[];\n\
         /// All queries, sorted by type name.\npub static QUERIES: &[Call] = &[];\n\
         /// All ephemeral resources, sorted by type name.\npub static EPHEMERALS: &[Call] = &[];\n\
         /// All actions, sorted by type name.\npub static ACTIONS: &[Action] = &[];\n\
         /// The registries of prebuilt images.\npub static REGISTRIES: &[Registry] = &[];\n\
         /// Pairs of region prefix and DNS suffix, for regions outside of `amazonaws.com`.\n\
         pub static SUFFIXES: &[(&str, &str)] = &[];\npub(crate) mod names {\n}\n"
    );
}

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
        .replace("\"Ready\"", "\"Steady\"")
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
        schemas/actions.toml: stop_widget: completion: `Steady` is not a state of `Status`; there are `Creating`, `Ready`, `Failed`, `Deleting`
        schemas/actions.toml: stop_widget: completion.inputs: the read operation has no input `Colour`
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
[members]
Aliases = "Aliases."
Parts = "Parts."
PartName = "Not used, since the structure says more."

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
        schemas/queries.toml: members.Aliases: has no effect, since no call has such a member
        schemas/queries.toml: members.PartName: has no effect, since no call has such a member
        schemas/queries.toml: members.Parts: has no effect, since no call has such a member
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
        schemas/queries.toml: query.region: has no key `more`; the closest are `attributes`, `operation`, `description`
        schemas/queries.toml: held_widget: attributes.WidgetName.json: is only for members that the service alone sets
        schemas/queries.toml: nothing: operation: is not an operation of the API; the closest are `ListWidgets`, `HoldWidget`, `StopWidget`
    "#]].assert_eq(&compile_queries(file));
}

#[test]
fn on_update_determines_how_members_are_cleared() {
    let definition = |on_update: &str| format!("{WIDGET}[attributes]\nPaint = {{ on_update = \"{on_update}\" }}\n");
    check_attributes(
        &definition("merged"),
        SHAPES,
        &["paint"],
        expect![[r#"
            paint Optional List-block Paint single 0..1 cur InPlace clearing=Members
              colour Required Colour cur InPlace clearing=Never
              layers Optional Count c-r Replace
        "#]],
    );
    check_attributes(
        &definition("replaced"),
        SHAPES,
        &["paint"],
        expect![[r#"
            paint Optional List-block Paint single 0..1 cur InPlace clearing=Never
              colour Required Colour cur InPlace
              layers Optional Count c-r Replace
        "#]],
    );
}

#[test]
fn on_update_has_to_be_set_for_structures() {
    check_all_problems(
        &format!("{WIDGET}# nothing is said about on_update\n"),
        SHAPES,
        expect![[r#"
            schemas/widget.toml: attributes.Paint.on_update: is missing: set `"merged"` if an update keeps the members that it omits, or else `"replaced"`
        "#]],
    );
    check_problems(
        "[attributes]\nPaint = { on_update = \"merged\", clearing = \"empty\" }\nLabels = { on_update = \"merged\", clearing = \"empty_structure\" }\n",
        expect![[r#"
            schemas/widget.toml: attributes.Labels.clearing: `empty_structure` is only for structures
            schemas/widget.toml: attributes.Labels.on_update: is only for structures; a list is replaced with all that is in it
            schemas/widget.toml: attributes.Paint.clearing: is not for structures, which an update merges member by member, so that `{}` clears nothing; leave it out, or write `"empty_structure"` with a source that says that `{}` clears this one
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
fn a_resource_type_of_iam_without_an_arn_is_refused() {
    let facts =
        |arns: &str| format!(r#"{{"newer":[],"arns":{arns},"actions":{{"CreateTree":{{"resources":["tree"]}}}}}}"#);
    let refused = iam(&facts("{}")).unwrap_err();
    assert_eq!(refused, "`CreateTree` names the resource type `tree`, which has no ARN");
    assert!(iam(&facts(r#"{"tree":"tree/${TreeName}"}"#)).unwrap().contains("tree/${TreeName}"));
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
