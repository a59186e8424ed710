//! The page of a function: its examples, its signature and its parameters.

use super::markdown::{example, head, listed, section};
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
    text += &example(&format!("functions/{name}"), ".tf");
    text += &section("Signature", &format!("```text\n{}\n```", signature(name, function)));
    let line = |(place, parameter): (usize, &Parameter)| {
        format!("{}. `{}` ({}) {}\n", place + 1, parameter.name, written(&parameter.r#type), parameter.description)
    };
    text += &section("Arguments", &function.parameters.iter().enumerate().map(line).collect::<String>());
    let further: Vec<String> = function
        .variadic
        .iter()
        .map(|one| format!("`{}` ({}) {}", one.name, written(&one.r#type), one.description))
        .collect();
    text += &listed("Further Arguments", &further);
    if name.starts_with("arn_") {
        let rows = arn_forms().map(|(kind, pattern)| format!("| `{kind}` | `{pattern}` |\n")).collect::<String>();
        text += &section("Resource Types", &format!("| resource type | the ARN ends with |\n| --- | --- |\n{rows}"));
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
