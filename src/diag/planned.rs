//! Messages about what a plan would lose, or cannot do. Takes facts, returns diagnostics.

use super::diagnostic::{Diagnostic, Severity};
use crate::value::Path;

/// A plan replaces an object and loses data that no configuration restores.
pub fn replacement_loses(noun: &str, id: &str, loses: &str, more: &str) -> Diagnostic {
    let detail = [
        format!("The plan deletes the {noun} and creates another. This loses {loses}."),
        more.to_owned(),
        "Copy what is needed before you apply, or set `deletion_protection = true` to refuse such plans.".to_owned(),
    ];
    let detail: Vec<&str> = detail.iter().map(String::as_str).filter(|sentence| !sentence.is_empty()).collect();
    Diagnostic::warning(format!("Replacing SageMaker {noun} `{id}` loses data"), detail.join(" "))
}

/// A plan replaces an object under the same name, so that the old one has to be deleted first, which may be refused.
pub fn may_be_in_use(noun: &str, id: &str, in_use: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("Replacing SageMaker {noun} `{id}` under the same name may fail halfway"),
        format!(
            "The old {noun} has to be deleted before a new one can have its name, and SageMaker refuses that {in_use}. {}",
            create_before_destroy(noun)
        ),
    )
}

/// How to replace an object without deleting it first.
pub(super) fn create_before_destroy(noun: &str) -> String {
    format!(
        "A replacement needs a name that changes every time and `lifecycle {{ create_before_destroy = true }}`: then what \
         refers to the {noun} moves to the new one before the old one is deleted."
    )
}

/// A removed argument that no update clears, on an object whose replacement would lose data. The apply refuses the
/// update; the plan warns, since an error would also prevent the replacement and the destroy of the object.
pub fn never_cleared(severity: Severity, noun: &str, loses: &str, path: &Path) -> Diagnostic {
    let refused = match severity {
        Severity::Error => "so the update was not carried out",
        Severity::Warning => "so the apply will refuse this update",
    };
    let detail = format!(
        "An update that leaves the argument out changes nothing, and the service has no value that unsets it, {refused}. \
         Keep the argument as it is in the state, or set another value. Only a new {noun} can omit it: replace this one with \
         `-replace` if you can do without {loses}."
    );
    let summary = format!("`{path}` cannot be removed from a SageMaker {noun}");
    Diagnostic { severity, ..Diagnostic::error(summary, detail) }.at(path)
}

/// A required part of a structure that an update sends as a whole, and that neither the configuration nor the state has.
pub fn not_sent(noun: &str, path: &Path) -> Diagnostic {
    Diagnostic::error(
        format!("`{path}` is needed to update the SageMaker {noun}"),
        "An update sends the whole structure, and this required part of it is unknown: the service does not return it, so \
         that only the configuration can have it. Set it there, or its write-only form where there is one; or leave the \
         structure unchanged.",
    )
    .at(path)
}

/// An object that has more tags than the service takes, with the default tags of the provider block.
pub fn too_many_tags(count: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "Too many tags",
        format!(
            "The object has {count} tags with the `default_tags` of the provider block, and the service takes at most {most}. \
             Remove some of either."
        ),
    )
    .at(&Path::attribute("tags"))
}

/// A tag that is configured for an object and ignored by the provider block.
pub fn ignored_tag(key: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The tag `{key}` is ignored"),
        "It is in `tags`, but `ignore_tags` of the provider block covers its key, so it is never sent. Remove it from one of \
         them.",
    )
    .at(&Path::attribute("tags").key(key))
}

/// A value of an imported object that no read shows is saved as configured.
pub fn taken_from_configuration(noun: &str, path: &Path) -> Diagnostic {
    Diagnostic::warning(
        format!("`{path}` is taken from the configuration"),
        format!(
            "The service never returns `{path}`, so the import could not read it: the apply saves the configured value in the state \
             and does not change the {noun}. Make sure that the {noun} has this value, since a later change of it forces \
             replacement."
        ),
    )
    .at(path)
}

/// Terraform shows an update, although the service is not called.
pub fn calls_nothing(path: &Path) -> Diagnostic {
    Diagnostic::warning(
        "This update makes no call",
        format!(
            "`{path}` needs no call of its own: the apply saves the new value in the state and does not change the object. What \
             the service accepts only with other changes is sent with the next update."
        ),
    )
    .at(path)
}
