//! Messages about import IDs, identities and stored states. Takes facts, returns diagnostics.

use super::diagnostic::Diagnostic;
use crate::{text::enumerated, value::Path};

/// The ID of an import or a data source that does not have the form. `form`: `None` if only the ARN identifies the object.
/// `has_arn`: the ARN of the object is accepted too.
pub fn invalid_id(noun: &str, id: &str, form: Option<&str>, has_arn: bool) -> Diagnostic {
    let must = match (form, has_arn) {
        (Some(form), true) => format!("have the form `{form}`, or be the ARN of the object"),
        (Some(form), false) => format!("have the form `{form}`"),
        (None, _) => "be the ARN of the object".to_owned(),
    };
    Diagnostic::error(
        format!("`{id}` is not the ID of a SageMaker {noun}"),
        format!(
            "The ID must {must}. If the object is in another region than that of the provider, append `@<region>`."
        ),
    )
}

/// What makes an ARN that of another object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignArn<'a> {
    /// It is of another service.
    Service(&'a str),
    /// It is of another resource type of IAM.
    Kind(&'a str),
    /// It is of the first region, and the object is looked for in the second.
    Region(&'a str, &'a str),
    /// The region is not in this partition.
    Partition(&'a str, &'a str),
    /// The object of this name has this one.
    Other(&'a str),
}

/// An import or a lookup by an ARN of another object.
pub fn foreign_arn(noun: &str, arn: &str, foreign: ForeignArn<'_>) -> Diagnostic {
    let why = match foreign {
        ForeignArn::Service(service) => format!("It is an ARN of the service `{service}`, not of SageMaker."),
        ForeignArn::Kind(kind) => format!("It is the ARN of another kind of object: `{kind}`."),
        ForeignArn::Region(of_arn, other) => format!("It is an ARN of the region `{of_arn}`, not of `{other}`."),
        ForeignArn::Partition(partition, region) => {
            format!("The region `{region}` is not in the partition `{partition}`.")
        }
        ForeignArn::Other(found) => format!("The {noun} of this name has the ARN `{found}`."),
    };
    let detail = format!("{why} Use the ARN of the {noun}, or its name.");
    Diagnostic::error(format!("`{arn}` is not the ARN of the SageMaker {noun}"), detail)
}

/// An ARN of another account than that of the credentials.
pub fn arn_of_another_account(noun: &str, arn: &str, (account, own): (&str, &str)) -> Diagnostic {
    let detail = format!(
        "It is an ARN of the account `{account}`, but the provider's credentials belong to `{own}`. Import it with a provider \
         configuration for `{account}`, or correct the ARN."
    );
    Diagnostic::error(format!("Cannot import SageMaker {noun} `{arn}`"), detail)
}

/// An empty import ID of a resource that exists once in each region.
pub fn no_import_region(noun: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Cannot import SageMaker {noun} without an import ID"),
        "It is imported by the name of its region.",
    )
}

/// The parts of an identity.
#[derive(Debug, Clone, Copy)]
pub struct IdentityForm<'a> {
    /// The resource type.
    pub type_name: &'a str,
    /// `endpoint configuration`.
    pub noun: &'a str,
    /// The attributes, each with true if it is required.
    pub attributes: &'a [(&'static str, bool)],
}

impl IdentityForm<'_> {
    /// A required part of the identity is unset.
    pub fn lacks(&self, name: &str) -> Diagnostic {
        self.incomplete(&format!("The identity has no `{name}`. Set it in the `identity` of the `import` block."))
    }

    /// None or several of the parts are set, of which exactly one has to be.
    pub fn needs_one_of(&self, names: &[&str]) -> Diagnostic {
        self.incomplete(&format!("Set exactly one of {}.", enumerated(names, "and")))
    }

    fn incomplete(&self, problem: &str) -> Diagnostic {
        let parts = self.attributes.iter().map(|(name, required)| {
            let optional = if *required { "" } else { " (optional)" };
            format!("`{name}`{optional}")
        });
        let parts: Vec<String> = parts.collect();
        Diagnostic::error(
            format!("Incomplete identity of the {}", self.noun),
            format!("{problem} An identity of `{}` consists of {}.", self.type_name, parts.join(", ")),
        )
    }
}

/// The account of an identity and that of an ARN in it differ; both are given as attribute and account.
pub fn two_accounts(noun: &str, (argument, account): (&str, &str), (name, of_arn): (&str, &str)) -> Diagnostic {
    Diagnostic::error(
        format!("Two accounts in the identity of the {noun}"),
        format!(
            "`{argument}` is `{account}`, but `{name}` is an ARN of the account `{of_arn}`. Correct one of them, or remove \
             `{argument}`."
        ),
    )
    .at(&Path::attribute(argument))
}

/// The account of an imported identity, given as attribute and account, is not that of the credentials.
pub fn foreign_account(noun: &str, (argument, account): (&str, &str), own: &str) -> Diagnostic {
    let detail = format!(
        "The identity has the account `{account}`, but the provider's credentials belong to `{own}`. Import it with a \
         provider configuration for `{account}` (`provider` in the `import` block), or correct `{argument}`.",
    );
    Diagnostic::error(format!("The {noun} belongs to another account"), detail).at(&Path::attribute(argument))
}

/// A state that lacks the names that identify its object. `list`: the operation that lists such objects.
pub fn unaddressed(noun: &str, type_name: &str, list: Option<&str>) -> Diagnostic {
    let look = list.map(|list| format!(" `{list}` shows which ones exist.")).unwrap_or_default();
    Diagnostic::error(
        format!("The state of a SageMaker {noun} does not identify its object"),
        format!(
            "The state has no id, so it can be neither read nor changed nor deleted: most likely a proxy or another server between here \
             and SageMaker answered the call that created it. Run `terraform state rm ADDRESS` with the address of this `{type_name}`. If \
             it exists, import it afterwards with `terraform import ADDRESS ID`, or delete it.{look}"
        ),
    )
}

/// A state that a newer version of the provider has written.
pub fn newer_state(type_name: &str, written: i64, known: i64) -> Diagnostic {
    Diagnostic::error(
        format!("State of a newer `{type_name}`"),
        format!(
            "The state was written with schema version {written}, and this version of the provider knows versions up to \
             {known}. Use the version of the provider that wrote it, or a newer one."
        ),
    )
}

/// A state that does not fit the schema. `reason`: why, as a sentence without a full stop.
pub fn unreadable_state(type_name: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(
        format!("The state of this `{type_name}` cannot be read"),
        format!(
            "{reason}. Was the state file edited by hand? Restore it, or remove the object from the state and import it \
             again."
        ),
    )
}

/// A move from a resource type whose state is not taken over. `others`: the types beside those of hashicorp/aws and
/// hashicorp/awscc from which it is.
pub fn not_moved(source_type: &str, target_type: &str, others: &[&str]) -> Diagnostic {
    let others: Vec<String> = others.iter().map(|other| format!(", `{other}`")).collect();
    Diagnostic::error(
        format!("Cannot move `{source_type}` to `{target_type}`"),
        format!(
            "A `{target_type}` takes over the state of `aws_{target_type}` or `awscc_{target_type}`{} only.",
            others.concat()
        ),
    )
}

/// A state of another provider without the attribute `missing`, which identifies the object.
pub fn unidentified(provider: &str, noun: &str, missing: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Cannot move the {noun} of {provider}"),
        format!(
            "Its state has no `{missing}`, and no id or ARN that contains it. Refresh the state with the provider that wrote it, or \
             import the object: `removed` for the old address and `import` for the new one."
        ),
    )
}
