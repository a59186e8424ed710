//! What the provider keeps beside a state: the private data that Terraform stores with an object and hands back with each
//! call.
//!
//! It holds what no attribute can tell: what an apply that was cut short has still to do. Beside a state it never holds anything
//! that the user configured, so nothing is lost with it but that.

use serde::{Deserialize, Serialize};

use crate::{
    definition::{Resource, Wait},
    engine::service::wait::state,
    value::Value,
};

/// The version of the form below. Other versions, and what anybody else has written, are ignored.
const VERSION: u32 = 1;

/// The private data of an object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Private {
    version: u32,
    /// The state that an update or a delete took the object out of, and into which the next apply has to bring it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) restore: Option<String>,
    /// Only in a plan: what it puts in the place of an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) successor: Option<Successor>,
}

/// What a plan creates. Where it replaces an object, `-replace` and tainted ones included, Terraform plans the creation by
/// itself and hands what was kept with that plan to the delete of the old object (seen with Terraform 1.11): the only
/// sign by which a delete can be told from one that is half of a replacement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Successor {
    /// Its names; those that are not known yet are left out.
    pub(crate) names: Vec<String>,
    /// The switches that allow a loss, as far as they are not known yet.
    pub(crate) undecided: Vec<String>,
}

impl Private {
    /// What was kept; nothing if that cannot be read.
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

    /// What was kept with `prior`.
    ///
    /// Whatever ends well keeps something. Nothing at all means that the provider was killed while it changed the object:
    /// Terraform then saves the state as it was, without the private data (seen with Terraform 1.11).
    pub(crate) fn kept_with(resource: &Resource, prior: &Value, bytes: &[u8]) -> Self {
        if bytes.is_empty() { Self::to_restore(state_before(resource, prior)) } else { Self::read(bytes) }
    }

    /// Beside an object that has to be brought back into a state; into none if there is none.
    pub(crate) fn to_restore(state: Option<&str>) -> Self {
        Self { version: VERSION, restore: state.map(str::to_owned), successor: None }
    }

    /// The same beside a plan that creates an object.
    pub(crate) fn followed_by(self, successor: Successor) -> Self {
        Self { successor: Some(successor), ..self }
    }

    /// The same without what only a plan needs.
    pub(crate) fn alone(&self) -> Self {
        Self { successor: None, ..self.clone() }
    }

    /// What is left to do once the object was seen as in `reply`.
    pub(crate) fn after_read(&self, resource: &Resource, reply: &Value) -> Self {
        let now = resource.update_wait.as_ref().map(|wait| state(wait, reply));
        Self::to_restore(self.restore.as_deref().filter(|wanted| now != Some(*wanted)))
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&Self { version: VERSION, ..self.clone() }).unwrap_or_default()
    }
}

/// The state that the object was in by what Terraform knows, if it is one that has to be restored after an update.
pub(crate) fn state_before<'a>(resource: &Resource, prior: &'a Value) -> Option<&'a str> {
    let wait = resource.update_wait.as_ref()?;
    let attribute = resource.attributes.iter().find(|attribute| attribute.read_member() == wait.field)?;
    restored(wait, prior.get(attribute.name).as_str()?)
}

/// The state, if it is one that has to be restored after an update.
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
    fn what_is_kept_is_read_again() {
        for private in [Private::to_restore(None), Private::to_restore(Some("InService"))] {
            assert_eq!(Private::read(&private.to_bytes()), private);
        }
        assert_eq!(Private::default().to_bytes(), br#"{"version":1}"#);
        assert_eq!(Private::to_restore(Some("InService")).to_bytes(), br#"{"version":1,"restore":"InService"}"#);
    }

    #[test]
    fn what_cannot_be_read_asks_for_nothing() {
        let (definition, running) = notebook("InService");
        for bytes in
            ["null", "{", "{}", r#"{"version":2,"restore":"InService"}"#, r#"{"version":1,"restore":7}"#, "\u{0}"]
        {
            assert_eq!(Private::read(bytes.as_bytes()).restore, None, "{bytes}");
            assert_eq!(Private::kept_with(definition, &running, bytes.as_bytes()).restore, None, "{bytes}");
        }
    }

    #[test]
    fn nothing_kept_with_an_object_that_ran_means_that_it_has_to_run() {
        for (status, restore) in [("InService", Some("InService")), ("Stopped", None), ("Failed", None)] {
            let (definition, state) = notebook(status);
            assert_eq!(Private::kept_with(definition, &state, b"").restore.as_deref(), restore, "{status}");
        }
        let (definition, state) = notebook("InService");
        assert_eq!(Private::kept_with(definition, &state, &Private::default().to_bytes()).restore, None);
    }

    #[test]
    fn what_is_seen_to_be_done_is_not_left_to_do() {
        let (definition, _) = notebook("");
        let seen = |status: &str| {
            let reply = Value::from([("NotebookInstanceStatus", status.into())]);
            Private::to_restore(Some("InService")).after_read(definition, &reply).restore
        };
        assert_eq!(seen("InService"), None);
        assert_eq!(seen("Stopped").as_deref(), Some("InService"));
    }
}
