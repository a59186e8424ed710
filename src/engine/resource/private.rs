//! The private data of an object, which Terraform stores with its state and passes to each call.
//!
//! It holds what no attribute can show: the remaining work of an interrupted apply, what is not known of an imported object,
//! and, in a plan, what the delete of a replaced object has to know. With a state it never holds
//! anything that the user configured, so nothing else is lost with it.

use serde::{Deserialize, Serialize};

use crate::{
    definition::{Resource, Wait},
    engine::service::wait::{state, state_in},
    value::Value,
};

/// The version of the format below. Other versions, and data of others, are ignored.
const VERSION: u32 = 1;

/// The private data of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Private {
    version: u32,
    /// The state that an update or a delete took the object out of, and that the next apply has to restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) restore: Option<String>,
    /// The object was imported and not changed since, or its private data was lost: its state may lack what no read shows.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) imported: bool,
    /// The object was never in use: its creation ended in a failed state, which it has not left.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) creation_failed: bool,
    /// Only in a plan that compares an object with its configuration: that object, for the plan of the creation that may
    /// replace it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) compared: Option<Compared>,
    /// Only in a plan: the object that it creates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) successor: Option<Successor>,
}

/// An object that a plan compares with its configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Compared {
    pub(crate) id: String,
    /// It is protected against deletion.
    pub(crate) protected: bool,
}

/// The object that a plan creates. For a replacement, including `-replace` and tainted objects, Terraform plans the
/// creation separately and passes the private data of that plan to the delete of the old object (seen with Terraform
/// 1.11): the only difference between an ordinary delete and the one of a replacement. Unless the old object is tainted,
/// that plan of the creation receives the private data of the plan that compared both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Successor {
    /// Its names; unknown ones are omitted.
    pub(crate) names: Vec<String>,
    /// The arguments that allow a loss and are not known yet.
    pub(crate) undecided: Vec<String>,
    /// The plan has received the private data of the object that it replaces. If not, there is none, or it is tainted.
    #[serde(default)]
    pub(crate) has_predecessor: bool,
}

impl Default for Private {
    fn default() -> Self {
        Self {
            version: VERSION,
            restore: None,
            imported: false,
            creation_failed: false,
            compared: None,
            successor: None,
        }
    }
}

impl Private {
    /// Reads private data; empty if it cannot be read.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        match serde_json::from_slice(bytes) {
            Ok(private @ Self { version: VERSION, .. }) => private,
            _ if bytes.is_empty() => Self::default(),
            _ => {
                tracing::warn!("the private data of this object is not of this provider, or damaged; it is ignored");
                Self::default()
            }
        }
    }

    /// The private data of `prior`.
    ///
    /// An operation that succeeds always stores some. None at all means that the provider was killed during a change:
    /// Terraform then saves the prior state without its private data (seen with Terraform 1.11).
    pub(crate) fn kept_with(resource: &Resource, prior: &Value, bytes: &[u8]) -> Self {
        if !bytes.is_empty() {
            return Self::read(bytes);
        }
        // Whether the object was imported is lost with the rest.
        Self { imported: true, ..Self::to_restore(state_before(resource, prior)) }
    }

    /// The private data of an object whose state has to be restored; `None`: nothing to restore.
    pub(crate) fn to_restore(state: Option<&str>) -> Self {
        Self { restore: state.map(str::to_owned), ..Self::default() }
    }

    /// The same, with the state that has to be restored.
    pub(crate) fn restoring(&self, state: Option<&str>) -> Self {
        Self { restore: state.map(str::to_owned), ..self.clone() }
    }

    /// The private data of an object that was just imported.
    pub(crate) fn of_import() -> Self {
        Self { imported: true, ..Self::default() }
    }

    /// The private data of an object that a failed create, or the failed delete of a tainted one, leaves in this state.
    pub(crate) fn after_failure(&self, resource: &Resource, state: &Value) -> Self {
        Self { creation_failed: self.creation_failed || has_failed_to_be_created(resource, state), ..self.clone() }
    }

    /// The private data of a plan that compares an object with its configuration.
    pub(crate) fn comparing(&self, compared: Compared) -> Self {
        Self { compared: Some(compared), ..self.without_plan_data() }
    }

    /// The private data of a plan that creates an object. What it replaces keeps its own.
    pub(crate) fn followed_by(&self, successor: Successor) -> Self {
        Self { successor: Some(successor), ..self.without_plan_data() }
    }

    /// The private data without what only a plan needs.
    pub(crate) fn without_plan_data(&self) -> Self {
        Self { compared: None, successor: None, ..self.clone() }
    }

    /// The private data after the object was read as `reply`.
    pub(crate) fn after_read(&self, resource: &Resource, reply: &Value) -> Self {
        let now = resource.update_wait.as_ref().map(|wait| state(wait, reply));
        let shown = resource.create_wait.as_ref().map(|wait| state(wait, reply));
        let failed = shown.is_some_and(|shown| is_failed_creation(resource, shown));
        let kept = Self { creation_failed: self.creation_failed && failed, ..self.without_plan_data() };
        kept.restoring(self.restore.as_deref().filter(|expected| now != Some(*expected)))
    }

    /// The private data that stays with an object which a refused apply leaves as it is. `planned`: that of the plan, in which
    /// that of a tainted object is lost.
    pub(crate) fn after_refusal(planned: &[u8]) -> Vec<u8> {
        let private = Self::read(planned);
        let is_lost = private.successor.as_ref().is_some_and(|successor| !successor.has_predecessor);
        if planned.is_empty() || is_lost { Vec::new() } else { private.without_plan_data().to_bytes() }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// `serde` passes a reference.
#[expect(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// True if the object is in a state that a failed creation leaves behind, so that it was never in use.
pub(crate) fn has_failed_to_be_created(resource: &Resource, object: &Value) -> bool {
    let shown = resource.create_wait.as_ref().and_then(|wait| state_in(resource.attributes, wait, object));
    shown.is_some_and(|shown| is_failed_creation(resource, shown))
}

/// True if only a failed creation leads to the state, as far as the waits and its name show.
fn is_failed_creation(resource: &Resource, shown: &str) -> bool {
    let follows_a_success = |wait: &Wait| wait.pending.contains(&shown) || wait.done.contains(&shown);
    resource.create_wait.as_ref().is_some_and(|wait| wait.failed.contains(&shown))
        && !resource.update_wait.as_ref().is_some_and(follows_a_success)
        && !["Update", "Delet", "DELET"].iter().any(|verb| shown.starts_with(verb))
}

/// The object's last known state, if an update has to restore it.
pub(crate) fn state_before<'a>(resource: &Resource, prior: &'a Value) -> Option<&'a str> {
    let wait = resource.update_wait.as_ref()?;
    restored(wait, state_in(resource.attributes, wait, prior)?)
}

/// The state, if an update has to restore it.
pub(crate) fn restored<'a>(wait: &Wait, state: &'a str) -> Option<&'a str> {
    wait.restores.contains(&state).then_some(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::resource;

    fn notebook(status: &str) -> (&'static Resource, Value) {
        let state = Value::from([("notebook_instance_status", status.into())]);
        (resource("sagemaker_notebook_instance").expect("a resource of ours"), state)
    }

    #[test]
    fn private_data_round_trips() {
        for private in [Private::to_restore(None), Private::to_restore(Some("InService"))] {
            assert_eq!(Private::read(&private.to_bytes()), private);
        }
        assert_eq!(Private::default().to_bytes(), br#"{"version":1}"#);
        assert_eq!(Private::to_restore(Some("InService")).to_bytes(), br#"{"version":1,"restore":"InService"}"#);
    }

    #[test]
    fn unreadable_private_data_restores_nothing() {
        let (definition, running) = notebook("InService");
        for bytes in
            ["null", "{", "{}", r#"{"version":2,"restore":"InService"}"#, r#"{"version":1,"restore":7}"#, "\u{0}"]
        {
            assert_eq!(Private::read(bytes.as_bytes()).restore, None, "{bytes}");
            assert_eq!(Private::kept_with(definition, &running, bytes.as_bytes()).restore, None, "{bytes}");
        }
    }

    #[test]
    fn a_running_object_without_private_data_has_to_be_restored() {
        for (status, restore) in [("InService", Some("InService")), ("Stopped", None), ("Failed", None)] {
            let (definition, state) = notebook(status);
            assert_eq!(Private::kept_with(definition, &state, b"").restore.as_deref(), restore, "{status}");
        }
        let (definition, state) = notebook("InService");
        assert_eq!(Private::kept_with(definition, &state, &Private::default().to_bytes()).restore, None);
    }

    #[test]
    fn only_a_failed_creation_leaves_an_object_that_was_never_in_use() {
        let failed = |type_name: &str, attribute: &'static str, status: &str| {
            let state = Value::from([(attribute, status.into())]);
            has_failed_to_be_created(resource(type_name).expect("a resource of ours"), &state)
        };
        assert!(failed("sagemaker_endpoint", "endpoint_status", "Failed"));
        assert!(!failed("sagemaker_endpoint", "endpoint_status", "InService"));
        assert!(failed("sagemaker_notebook_instance", "notebook_instance_status", "Failed"));
        // A stopped notebook instance has been in use, and so has a domain whose update failed.
        assert!(!failed("sagemaker_notebook_instance", "notebook_instance_status", "Stopped"));
        assert!(!failed("sagemaker_domain", "status", "Update_Failed"));
    }

    #[test]
    fn a_refused_apply_keeps_the_private_data_of_the_object_alone() {
        let imported = Private::of_import();
        let compared = imported.comparing(Compared { id: "m".to_owned(), protected: true });
        // Terraform passes the data of the plan that compares an object to that of the creation which replaces it.
        let successor = compared.followed_by(Successor { has_predecessor: true, ..Successor::default() });
        for planned in [compared, successor] {
            assert_eq!(Private::read(&Private::after_refusal(&planned.to_bytes())), imported);
        }
        let of_tainted = Private::default().followed_by(Successor::default());
        assert_eq!(Private::after_refusal(&of_tainted.to_bytes()), b"");
    }

    #[test]
    fn a_restored_state_is_not_restored_again() {
        let (definition, _) = notebook("");
        let seen = |status: &str| {
            let reply = Value::from([("NotebookInstanceStatus", status.into())]);
            Private::to_restore(Some("InService")).after_read(definition, &reply).restore
        };
        assert_eq!(seen("InService"), None);
        assert_eq!(seen("Stopped").as_deref(), Some("InService"));
    }
}
