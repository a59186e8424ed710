//! A small fictional API with a definition of one resource, and the compilers and reports that the tests use.

use expect_test::Expect;

use crate::definition::{
    attribute::{Attribute, AttributeKind, Clearing, Equality},
    compile::{Model, Problems, Source, facts, resources},
    resource::Resource,
};

/// An API with one of each form that the join distinguishes.
pub(super) const MODEL: &str = r#"{
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
pub(super) const WIDGET: &str = r#"
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

pub(super) const SHAPES: &str = r#"
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
pub(super) fn compile(widget: &str, shapes: &str) -> Result<Vec<Resource>, Problems> {
    let source = |file: &str, text: &str| Source { file: file.to_owned(), text: text.to_owned() };
    let sources = [source("widget.toml", &with_facts_of_updates(widget)), source("shapes.toml", shapes)];
    let mut problems = Problems::default();
    let model = Model::read(MODEL).unwrap();
    let facts = facts(&model, &sources, &mut problems);
    let found = resources(&model, &facts, &sources, &mut problems);
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// The widget with the settings that every updatable resource needs, unless it has them.
pub(super) fn with_facts_of_updates(widget: &str) -> String {
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
pub(super) fn widget(more: &str) -> Resource {
    match compile(&format!("{WIDGET}{more}"), SHAPES) {
        Ok(mut found) => found.remove(0),
        Err(problems) => panic!("{}", lines(&problems)),
    }
}

/// Checks the attributes with these names and everything inside them.
pub(super) fn check(more: &str, names: &[&str], expected: Expect) {
    check_attributes(&format!("{WIDGET}{more}"), SHAPES, names, expected);
}

pub(super) fn check_attributes(widget: &str, shapes: &str, names: &[&str], expected: Expect) {
    let found = compile(widget, shapes).unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let mut shown = String::new();
    for attribute in found[0].attributes.iter().filter(|attribute| names.contains(&attribute.name)) {
        show(attribute, 0, &mut shown);
    }
    expected.assert_eq(&shown);
}

/// Checks the problems of the widget with further lines.
pub(super) fn check_problems(more: &str, expected: Expect) {
    check_all_problems(&format!("{WIDGET}{more}"), SHAPES, expected);
}

pub(super) fn check_all_problems(widget: &str, shapes: &str, expected: Expect) {
    let problems = compile(widget, shapes).expect_err("a fault is found");
    expected.assert_eq(&lines(&problems));
}

pub(super) fn lines(problems: &Problems) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// One line for each attribute: name, usage, form, sides of the API (create, update, read), change, and other
/// properties that are set.
pub(super) fn show(attribute: &Attribute, depth: usize, shown: &mut String) {
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

pub(super) fn form(kind: &AttributeKind) -> String {
    let marks =
        |set: bool, single: bool| format!("{}{}", if set { " set" } else { "" }, if single { " single" } else { "" });
    match kind {
        AttributeKind::Plain { shape, set } => format!("{}{}", shape.name, marks(*set, false)),
        AttributeKind::Block { shape, nesting, single, min_items, max_items, .. } => {
            format!("{nesting:?}-block {}{} {min_items}..{max_items}", shape.name, marks(false, *single))
        }
        AttributeKind::Objects { shape, set, single, max_items, .. } => {
            format!("objects {}{} 0..{max_items}", shape.name, marks(*set, *single))
        }
    }
}
