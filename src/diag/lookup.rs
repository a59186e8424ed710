//! Messages about types, objects and images that do not exist. Takes facts, returns diagnostics.

use super::diagnostic::Diagnostic;
use crate::{
    text::{list, nearest},
    value::Path,
};

/// A type that the provider does not have. `kind`: `resource type`.
pub fn unknown_type(kind: &str, type_name: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Unknown {kind} `{type_name}`"),
        "This version of the provider does not have it. Upgrade the provider, or correct the type.",
    )
}

/// A resource type that no operation lists.
pub fn not_listable(type_name: &str, noun: &str) -> Diagnostic {
    Diagnostic::error(
        format!("`{type_name}` cannot be listed"),
        format!(
            "The API of the service has no operation that lists this kind of object, the {noun}. Import it by its id."
        ),
    )
}

/// An ARN of another account, for an operation that takes names alone.
pub fn of_another_account(noun: &str, arn: &str, (account, own): (&str, &str)) -> Diagnostic {
    let detail = format!(
        "It is an ARN of the account `{account}`, but the provider's credentials belong to `{own}`, and the service reads this \
         kind of object by its name alone. Read it with a provider configuration for `{account}`, or correct the ARN."
    );
    Diagnostic::error(format!("Cannot read SageMaker {noun} `{arn}`"), detail)
}

/// The object of a data source does not exist.
pub fn absent(noun: &str, id: &str, region: &str) -> Diagnostic {
    Diagnostic::error(
        format!("No SageMaker {noun} `{id}`"),
        format!(
            "There is none in {region}. If the same configuration creates it, refer to the resource in place of the data \
             source; otherwise correct what names it, or its `region`."
        ),
    )
}

/// Why an object is listed without its state, or not at all if the filters may not admit it.
pub fn listed_incompletely(name: &str, is_admitted: bool, reason: Diagnostic) -> Diagnostic {
    let fate = if is_admitted { "is listed incompletely" } else { "is left out, since too little of it is known" };
    Diagnostic { summary: format!("`{name}` {fate}: {}", reason.summary), ..reason }.as_warning()
}

/// An object whose ID or ARN names another region than the argument `region`. `regions`: that of the object, and the argument.
pub fn of_another_region(noun: &str, id: &str, (named, given): (&str, &str)) -> Diagnostic {
    let detail = format!(
        "The SageMaker {noun} `{id}` is in {named}, and `region` is \"{given}\". Leave `region` out, or name an object there."
    );
    Diagnostic::error("Invalid `region`", detail).at(&Path::attribute("region"))
}

/// A repository that is not in the table of prebuilt images. `known`: those that are.
pub fn unknown_repository(repository: &str, known: &[&'static str]) -> Diagnostic {
    let detail = format!(
        "This version of the provider knows of no prebuilt image `{repository}`. Nearest are {}. An image of another \
         repository can be written as its whole path.",
        list(nearest(known.iter().copied(), repository))
    );
    Diagnostic::error("Unknown repository of prebuilt images", detail).at(&Path::attribute("repository_name"))
}

/// A prebuilt image that is in other regions only.
pub fn no_prebuilt_image(repository: &str, region: &str, regions: &[&str]) -> Diagnostic {
    Diagnostic::error(
        format!("No prebuilt image `{repository}` in {region}"),
        format!("It is known to be in {}. Choose one of these as the `region`.", list(regions)),
    )
}
