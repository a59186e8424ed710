//! Messages about objects that must not be destroyed or replaced. Takes facts, returns diagnostics.

use super::diagnostic::Diagnostic;
use crate::{
    text::{a, list},
    value::Path,
};

/// Where `deletion_protection` is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectedBy {
    /// The resource sets it.
    Resource,
    /// The provider block sets it, to `true` or to a value that is not known yet, and the resource does not.
    Provider,
}

/// A plan would destroy a protected object.
pub fn protected_from_destroy(noun: &str, id: &str, by: ProtectedBy) -> Diagnostic {
    let when = "apply that, and then apply this. An object that Terraform calls deposed has no configuration: delete it by \
                other means, and the next plan drops it";
    protected((noun, id), by, "The plan would destroy it.", when)
}

/// A plan would replace a protected object because of these attributes.
pub fn protected_from_replacement(noun: &str, id: &str, by: ProtectedBy, because: &[Path]) -> Diagnostic {
    let what = format!("The plan would replace it because of {}.", list(because));
    protected((noun, id), by, &what, AFTERWARDS)
}

/// Terraform would replace a protected object although nothing differs.
pub fn protected_from_forced_replacement(noun: &str, id: &str, by: ProtectedBy) -> Diagnostic {
    let what = "Terraform would replace it because of `-replace` or `replace_triggered_by`, or because it is tainted \
                (`terraform untaint` undoes that).";
    protected((noun, id), by, what, AFTERWARDS)
}

const AFTERWARDS: &str = "apply that, and then apply this";

fn protected((noun, id): (&str, &str), by: ProtectedBy, what: &str, when: &str) -> Diagnostic {
    let why = match by {
        ProtectedBy::Resource => "`deletion_protection` of the resource forbids that.",
        ProtectedBy::Provider => {
            "`deletion_protection` of the provider block forbids that; a value that is not known yet counts as `true`."
        }
    };
    Diagnostic::error(
        format!("SageMaker {noun} `{id}` is protected"),
        format!(
            "{what} {why} To allow it, set `deletion_protection = false` on the \
             resource, {when}."
        ),
    )
}

/// A replacement that needs the argument `undecided`, which was unknown in the plan.
pub fn may_be_protected(noun: &str, id: &str, undecided: &str) -> Diagnostic {
    let detail = format!(
        "Replacing it needs `{undecided}`, whose value was not known when this was planned and is known only after the old \
         one is deleted. Nothing was changed. Write a value that is known, or apply first what it depends on."
    );
    Diagnostic::error(format!("SageMaker {noun} `{id}` cannot be replaced yet"), detail)
}

/// A plan would replace an object that the service keeps forever, with its name. `names`: the arguments that name it.
pub fn name_stays_taken(noun: &str, id: &str, because: &[Path], names: &[&str]) -> Diagnostic {
    let detail = format!(
        "The plan would replace it because of {}, but SageMaker never deletes {}, and its name cannot be used again: \
         the new one could not be created, and the old one would no longer be managed. Change {} as well, or undo the \
         change.",
        list(because),
        a(noun),
        list(names)
    );
    Diagnostic::error(replaced_under_its_name(noun, id), detail)
}

/// An apply would remove an object that the service keeps from the state, for one that cannot have the same name.
pub fn name_stays_taken_in_apply(noun: &str, id: &str, names: &[&str]) -> Diagnostic {
    let detail = format!(
        "SageMaker never deletes {}, and its name cannot be used again: the new one could not be created, and the \
         old one would no longer be managed. Nothing was changed. To create another one, change {}; to keep this one, \
         run `terraform untaint` on its address if it is tainted, and leave out `-replace`.",
        a(noun),
        list(names)
    );
    Diagnostic::error(replaced_under_its_name(noun, id), detail)
}

fn replaced_under_its_name(noun: &str, id: &str) -> String {
    format!("SageMaker {noun} `{id}` cannot be replaced under its own name")
}

/// An object that was not deleted, since a create of the same run has adopted it.
pub fn adopted_by_another(noun: &str, id: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("SageMaker {noun} `{id}` was not deleted"),
        "A create of this apply has adopted it, which `adopt_identical_within` allows, and it is managed at that address from \
         now on. A `moved` block makes a renamed address explicit; a replacement needs another name.",
    )
}

/// What a destroy does to an object that the service keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It stays as it is.
    Unchanged,
    /// The destroy has stopped it.
    Stopped,
    /// It had ended before.
    Ended,
}

/// A destroyed object that the service keeps.
pub fn no_longer_managed(noun: &str, id: &str, kept: Kept) -> Diagnostic {
    let end = match kept {
        Kept::Unchanged => "The object stays unchanged.",
        Kept::Stopped => "It was stopped, and it stays visible in the account; its name cannot be used again there.",
        Kept::Ended => "It had ended before, and it stays visible in the account; its name cannot be used again there.",
    };
    Diagnostic::warning(
        format!("SageMaker {noun} `{id}` is no longer managed"),
        format!("SageMaker has no operation that deletes it. {end} It is removed from the Terraform state."),
    )
}
