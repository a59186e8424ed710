//! Compiles the facts about IAM, `schemas/iam.json`, into their static tables.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    literal::Literals,
    written::{leak, leak_all},
};
use crate::definition::iam::{ArnForm, Permission};

/// The source of `iam.rs`. The error describes the problem in one line.
pub(crate) fn iam(text: &str) -> Result<String, String> {
    let File { newer, arns, actions } = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let unknown = |entry: &Entry| entry.resources.iter().find(|name| !arns.contains_key(*name)).cloned();
    if let Some((action, name)) = actions.iter().find_map(|(action, entry)| Some((action, unknown(entry)?))) {
        return Err(format!("`{action}` names the resource type `{name}`, which has no ARN"));
    }
    let permissions: Vec<Permission> = actions.into_iter().map(permission).collect();
    let arns: Vec<ArnForm> =
        arns.into_iter().map(|(name, form)| ArnForm { resource_type: leak(name), form: leak(form) }).collect();
    let mut literals = Literals::new("IAM");
    let [permissions, arns] = [literals.write(&permissions), literals.write(&arns)];
    let newer = literals.write(&newer);
    Ok(format!(
        "{}/// What IAM checks of each operation, sorted by operation.\n\
         pub static PERMISSIONS: &[Permission] = {permissions};\n\
         /// The ARNs of all resource types, sorted by type.\npub static ARN_FORMS: &[ArnForm] = {arns};\n\
         /// The operations that are newer than the facts about IAM.\npub static NEWER: &[&str] = {newer};\n",
        literals.statics(),
    ))
}

fn permission((operation, entry): (String, Entry)) -> Permission {
    let texts = |texts: Vec<String>| leak_all(texts.into_iter().map(leak).collect());
    Permission { operation: leak(operation), resources: texts(entry.resources), dependent: texts(entry.dependent) }
}

#[derive(Deserialize)]
struct File {
    newer: Vec<String>,
    arns: BTreeMap<String, String>,
    actions: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    resources: Vec<String>,
    #[serde(default)]
    dependent: Vec<String>,
}
