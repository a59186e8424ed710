//! The subject of a failure: the operation, and its object.

use std::fmt;

use super::diagnostic::Diagnostic;

/// The operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// The create of a resource.
    Creating,
    /// A refresh, or the read of a data source.
    Reading,
    /// The update of a resource.
    Updating,
    /// The destroy of a resource, or the delete in its replacement.
    Deleting,
    /// An import.
    Importing,
    /// A listing of objects.
    Listing,
    /// The invocation of an action.
    Invoking,
    /// The opening of an ephemeral resource.
    Opening,
}

/// An operation and its object.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The operation.
    pub doing: Doing,
    /// `endpoint configuration`.
    pub noun: &'a str,
    /// `sagemaker_endpoint_configuration`.
    pub type_name: &'a str,
    /// The id or name; `None` if there is none yet.
    pub id: Option<&'a str>,
    /// The import id; `None` if unknown.
    pub import_id: Option<&'a str>,
    /// The CloudWatch log group of the object; `None` if unknown.
    pub log_group: Option<&'a str>,
    /// `adopt_identical_within` is not set and would adopt an existing object.
    pub adoptable: bool,
    /// The service generates the identifier, so a second create call creates a second object.
    pub unnamed: bool,
    /// The list operation of this resource kind; `None` if there is none.
    pub list: Option<&'a str>,
    /// The service cannot delete it.
    pub kept: bool,
    /// The resource has the argument `force_destroy`, and it is not set.
    pub can_force_destroy: bool,
    /// When the service refuses to delete it: `while an endpoint runs on it`; `None` if unknown.
    pub in_use: Option<&'a str>,
    /// The AWS CLI command that shows the object; `None` if unknown.
    pub read_command: Option<&'a str>,
}

impl fmt::Display for Doing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Creating => "Creating",
            Self::Reading => "Reading",
            Self::Updating => "Updating",
            Self::Deleting => "Deleting",
            Self::Importing => "Importing",
            Self::Listing => "Listing",
            Self::Invoking => "Invoking",
            Self::Opening => "Opening",
        })
    }
}

impl<'a> Subject<'a> {
    /// A subject with the minimal facts.
    pub const fn new(doing: Doing, type_name: &'a str, noun: &'a str) -> Self {
        Self {
            doing,
            noun,
            type_name,
            id: None,
            import_id: None,
            log_group: None,
            adoptable: false,
            unnamed: false,
            list: None,
            kept: false,
            can_force_destroy: false,
            in_use: None,
            read_command: None,
        }
    }

    /// An error of these paragraphs; empty ones are omitted.
    pub(super) fn failed(&self, paragraphs: &[&str]) -> Diagnostic {
        let id = self.id.map(|id| format!(" `{id}`")).unwrap_or_default();
        let detail: Vec<&str> = paragraphs.iter().copied().filter(|paragraph| !paragraph.is_empty()).collect();
        let summary = match self.doing {
            Doing::Invoking => format!("The action `{}` failed", self.type_name),
            doing => format!("{doing} SageMaker {}{id} failed", self.noun),
        };
        Diagnostic::error(summary, detail.join("\n\n"))
    }

    /// A hint at the object's logs; empty if unknown.
    pub(super) fn logs(&self) -> String {
        let Some(group) = self.log_group else { return String::new() };
        let where_in = match self.id {
            Some(id) if !group.contains(id) => format!(", in the streams whose names begin with `{id}/`"),
            _ => String::new(),
        };
        format!("The logs of the object, if it wrote any, are in the CloudWatch log group `{group}`{where_in}.")
    }
}
