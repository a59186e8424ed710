//! The companions of a secret, which the provider defines beside it.

use crate::{
    definition::{
        attribute::{Attribute, AttributeKind, Origin},
        compile::{provided::plain, written::leak},
        shape::{COUNT, STRING},
    },
    schema::usage::Usage,
};

/// The companions of a secret: an argument that is not stored, and one that signals a change.
pub(super) fn beside_secret(secret: &Attribute) -> Vec<Attribute> {
    if !matches!(secret.usage, Usage::Required | Usage::Optional) {
        return Vec::new();
    }
    let AttributeKind::Plain { shape, set } = &secret.kind else { return Vec::new() };
    let name = secret.name;
    let write_only = Attribute {
        kind: AttributeKind::Plain { shape, set: *set },
        sensitive: true,
        concealed: true,
        ..plain(
            leak(format!("{name}_wo")),
            leak(format!(
                "The same as `{name}`, but not saved in plan and state. Needs Terraform 1.11 and `{name}_wo_version`."
            )),
            Origin::WriteOnly,
            &STRING,
        )
    };
    let version = Attribute {
        change: secret.change,
        ..plain(
            leak(format!("{name}_wo_version")),
            leak(format!("A number to change whenever `{name}_wo` changes.")),
            Origin::WriteOnlyVersion,
            &COUNT,
        )
    };
    vec![write_only, version]
}
