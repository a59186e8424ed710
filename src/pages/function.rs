//! The page of a function: its examples, its signature and its parameters.

use super::{
    examples,
    markdown::{WIDTH, head, listed, section},
};
use crate::{
    functions::arn_forms,
    schema::{Function, Parameter, Type},
};

const HOSTS: &str = "Terraform 1.8 or later and OpenTofu 1.7 or later can call it, without a `provider` block and without credentials. The comments \
                     in the example show the results.";

/// The page.
pub(super) fn page(name: &str, function: &Function) -> String {
    let title = format!("{name} function - sagemaker");
    let description = format!("{}\n\n{}", function.summary, function.description);
    let mut text = head(&title, &format!("{name} (Function)"), "", &description);
    text += &format!("\n{HOSTS}\n");
    text += &examples::section_of(&format!("functions/{name}"), ".tf");
    text += &section("Signature", &format!("```text\n{}\n```", signature(name, function)));
    let line = |(place, parameter): (usize, &Parameter)| {
        format!("{}. `{}` ({}) {}\n", place + 1, parameter.name, brief(&parameter.r#type), parameter.description)
    };
    text += &section("Arguments", &function.parameters.iter().enumerate().map(line).collect::<String>());
    let further: Vec<String> = function
        .variadic
        .iter()
        .map(|one| format!("`{}` ({}) {}", one.name, brief(&one.r#type), one.description))
        .collect();
    text += &listed("Further Arguments", &further);
    if name.starts_with("arn_") {
        let rows = arn_forms().map(|(kind, pattern)| format!("| `{kind}` | `{pattern}` |\n")).collect::<String>();
        text += &section("Resource Types", &format!("| resource type | the ARN ends with |\n| --- | --- |\n{rows}"));
    }
    text
}

/// `f(a string, b number, c string…) list(string)`; what is wider than a page has a line for each parameter and member.
fn signature(name: &str, function: &Function) -> String {
    let line = signature_at(None, name, function);
    if line.len() <= WIDTH { line } else { signature_at(Some(0), name, function) }
}

/// The signature in one line, or below so many spaces.
fn signature_at(indent: Option<usize>, name: &str, function: &Function) -> String {
    let inner = indent.map(|indent| indent + 2);
    let parameter = |parameter: &Parameter| format!("{} {}", parameter.name, written(&parameter.r#type, inner));
    let fixed = function.parameters.iter().map(parameter);
    let variadic = function.variadic.iter().map(|variadic| format!("{}…", parameter(variadic)));
    let parameters: Vec<String> = fixed.chain(variadic).collect();
    let parameters = match indent {
        None => parameters.join(", "),
        Some(indent) => lines(&parameters, ",", indent),
    };
    format!("{name}({parameters}) {}", written(&function.returns, indent))
}

/// The type as Terraform's language writes it, in one line, or below so many spaces.
fn written(r#type: &Type, indent: Option<usize>) -> String {
    match r#type {
        Type::String => "string".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::List(element) => format!("list({})", written(element, indent)),
        Type::Set(element) => format!("set({})", written(element, indent)),
        Type::Map(element) => format!("map({})", written(element, indent)),
        Type::Object(members) => {
            let inner = indent.map(|indent| indent + 2);
            let member = |(name, member): (&String, &Type)| format!("{name} = {}", written(member, inner));
            let members: Vec<String> = members.iter().map(member).collect();
            match indent {
                None => format!("object({{ {} }})", members.join(", ")),
                Some(indent) => format!("object({{{}}})", lines(&members, "", indent)),
            }
        }
    }
}

/// Items between brackets that stand below so many spaces, each in a line of its own.
fn lines(items: &[String], separator: &str, indent: usize) -> String {
    let start = format!("\n{:width$}", "", width = indent + 2);
    format!("{start}{}\n{:indent$}", items.join(&format!("{separator}{start}")), "")
}

/// The type without the members of its objects, which the signature shows.
fn brief(r#type: &Type) -> String {
    match r#type {
        Type::List(element) => format!("list({})", brief(element)),
        Type::Set(element) => format!("set({})", brief(element)),
        Type::Map(element) => format!("map({})", brief(element)),
        Type::Object(_) => "object".to_owned(),
        Type::String | Type::Number | Type::Bool => written(r#type, None),
    }
}
