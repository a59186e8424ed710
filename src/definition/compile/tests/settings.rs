//! Problems with the settings of attributes.

use expect_test::expect;

use super::widget::{SHAPES, WIDGET, check_all_problems, check_attributes, check_problems, compile};
use crate::definition::attribute::InPlaceOnly;

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
