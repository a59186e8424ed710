//! Files as a whole: how their problems are reported, and what is written for them.

use expect_test::expect;

use super::widget::{MODEL, SHAPES, WIDGET, check_all_problems, check_problems, lines, with_facts_of_updates};
use crate::definition::compile::{Model, Source, definitions, iam, service};

#[test]
fn what_all_files_share_is_sorted() {
    let shapes = include_str!("../../../../schemas/shapes.toml").lines();
    let headings = shapes.filter(|line| line.starts_with('['));
    let structures: Vec<&str> = headings.map(|line| line[1..].strip_suffix(']').expect("a plain heading")).collect();
    assert!(structures.len() > 100 && structures.is_sorted(), "{structures:?}");
    let queries = include_str!("../../../../schemas/queries.toml");
    let members =
        queries.lines().skip_while(|line| *line != "[members]").skip(1).take_while(|line| !line.starts_with('['));
    let names: Vec<&str> = members.filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    assert!(names.len() > 100 && names.is_sorted(), "{names:?}");
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

#[test]
fn a_resource_type_of_iam_without_an_arn_is_refused() {
    let facts =
        |arns: &str| format!(r#"{{"newer":[],"arns":{arns},"actions":{{"CreateTree":{{"resources":["tree"]}}}}}}"#);
    let refused = iam(&facts("{}")).unwrap_err();
    assert_eq!(refused, "`CreateTree` names the resource type `tree`, which has no ARN");
    assert!(iam(&facts(r#"{"tree":"tree/${TreeName}"}"#)).unwrap().contains("tree/${TreeName}"));
}
