//! What a failure is about: what was being done, and to what.

use std::fmt;

use super::diagnostic::Diagnostic;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// The create of a resource.
    Creating,
    /// A refresh, or the read of a data source.
    Reading,
    /// The update of a resource.
    Updating,
    /// The destroy of a resource, or the first half of its replacement.
    Deleting,
    /// An import.
    Importing,
}

/// What was being done to what.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What was being done.
    pub doing: Doing,
    /// `endpoint configuration`.
    pub noun: &'a str,
    /// The id, or the name; empty if there is none yet.
    pub id: &'a str,
    /// `sagemaker_endpoint_configuration`; empty if it is no resource.
    pub type_name: &'a str,
    /// What an import would find it by; empty if that is not known.
    pub import_id: &'a str,
    /// Where the service writes what the object does; empty if unknown.
    pub log_group: &'a str,
    /// The service makes up what tells it from others, so that a second create makes a second one.
    pub unnamed: bool,
    /// The list call that shows objects of this kind; empty if there is none.
    pub list: &'a str,
    /// The service has no way to delete it.
    pub kept: bool,
    /// The resource has the argument `force_destroy`, and it is not set.
    pub force_destroy: bool,
    /// When the service refuses to delete it: `while an endpoint runs on it`; empty if nothing is known of that.
    pub in_use: &'a str,
}

impl fmt::Display for Doing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Creating => "Creating",
            Self::Reading => "Reading",
            Self::Updating => "Updating",
            Self::Deleting => "Deleting",
            Self::Importing => "Importing",
        })
    }
}

impl<'a> Subject<'a> {
    /// What is known of anything.
    pub fn new(doing: Doing, noun: &'a str, id: &'a str) -> Self {
        Self {
            doing,
            noun,
            id,
            type_name: "",
            import_id: "",
            log_group: "",
            unnamed: false,
            list: "",
            kept: false,
            force_destroy: false,
            in_use: "",
        }
    }

    /// The diagnostic of these paragraphs, of which some may be empty.
    pub(super) fn failed(&self, paragraphs: &[&str]) -> Diagnostic {
        let id = if self.id.is_empty() { String::new() } else { format!(" `{}`", self.id) };
        let detail: Vec<&str> = paragraphs.iter().copied().filter(|paragraph| !paragraph.is_empty()).collect();
        Diagnostic::error(format!("{} SageMaker {}{id} failed", self.doing, self.noun), detail.join("\n\n"))
    }

    /// Where to read what the object wrote; empty if unknown.
    pub(super) fn logs(&self) -> String {
        let Self { id, log_group, .. } = self;
        match log_group {
            &"" => String::new(),
            group if group.contains(id) => {
                format!("The logs of the object, if it wrote any, are in the CloudWatch log group `{group}`.")
            }
            group => format!(
                "The logs of the object, if it wrote any, are in the CloudWatch log group `{group}`, in the streams \
                 whose names begin with `{id}/`."
            ),
        }
    }
}
