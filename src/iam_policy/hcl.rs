//! Policies as data sources of hashicorp/aws.

use super::statement::{Condition, Document, Policies, Statement};
use crate::hcl::quoted;

/// The text, as `terraform fmt` writes it. Notes are comments.
pub(super) fn write(policies: &Policies) -> String {
    let notes: String = policies.notes.iter().map(|note| format!("# Note: {note}\n")).collect();
    let single = policies.documents.len() == 1;
    let documents = policies.documents.iter().enumerate().map(|(place, document)| {
        let name = if single { "sagemaker".to_owned() } else { format!("sagemaker_{}", place + 1) };
        data_source(&name, document)
    });
    notes + &documents.collect::<Vec<_>>().join("\n")
}

fn data_source(name: &str, document: &Document) -> String {
    let statements: Vec<String> = document.statement.iter().map(statement).collect();
    format!("data \"aws_iam_policy_document\" \"{name}\" {{\n{}}}\n", statements.join("\n"))
}

fn statement(Statement { action, resource, condition, .. }: &Statement) -> String {
    let condition: String = condition.iter().map(conditions).collect();
    format!("  statement {{\n{}\n{}{condition}  }}\n", list("actions", action), list("resources", resource))
}

fn list(name: &str, texts: &[String]) -> String {
    let lines: String = texts.iter().map(|text| format!("      {},\n", quoted(text))).collect();
    format!("    {name} = [\n{lines}    ]\n")
}

fn conditions(condition: &Condition) -> String {
    let keys = condition.iter().flat_map(|(test, keys)| keys.iter().map(move |(key, value)| (test, key, value)));
    let block = |(test, key, value): (&&str, &&str, &&str)| {
        format!(
            "\n    condition {{\n      test     = {}\n      variable = {}\n      values   = [{}]\n    }}\n",
            quoted(test),
            quoted(key),
            quoted(value)
        )
    };
    keys.map(block).collect()
}
