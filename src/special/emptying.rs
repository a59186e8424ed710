//! Deletes the objects that prevent the delete of their container: apps in a domain, versions of an image, contents of
//! a hub.
//!
//! Only if the user sets `force_destroy`, since Terraform need not manage any of them.

use crate::{
    api::{ApiError, ErrorKind},
    engine::{CallContext, Failure, Pauses},
    value::Value,
};

/// One kind of objects inside a container.
pub(super) struct Contents {
    pub(super) list: &'static str,
    /// The member of the list reply that contains them.
    pub(super) found: &'static str,
    pub(super) status: &'static str,
    pub(super) delete: &'static str,
    /// Members of the delete input, taken from the list entry if it has them, otherwise from `container`.
    pub(super) address: &'static [&'static str],
}

/// Deletes all objects of a kind, and waits until they no longer exist. `within`: the input of the list, which selects the
/// container. `container`: the members that identify the container in the input of a delete.
pub(super) async fn empty(
    context: CallContext<'_>,
    pauses: &Pauses<'_>,
    contents: &Contents,
    within: &Value,
    container: &Value,
) -> Result<(), Failure> {
    let mut refused: Vec<(Value, ApiError)> = Vec::new();
    loop {
        let left = remaining(context, contents, within).await?;
        let Some(first) = left.first() else { return Ok(()) };
        let staying = left.iter().filter(|object| !is_being_deleted(status(contents, object)));
        let inputs: Vec<Value> = staying.map(|object| address(contents, object, container)).collect();
        // An object that a failed call has deleted nevertheless is not listed any more.
        if let Some((_, error)) = refused.into_iter().find(|(input, _)| inputs.contains(input)) {
            return Err(error.into());
        }
        refused = Vec::new();
        for input in inputs {
            match context.call(contents.delete, &input).await {
                Err(error) if !is_transient(&error) => refused.push((input, error)),
                _ => {}
            }
        }
        pauses.pause(status(contents, first)).await?;
    }
}

/// The existing objects, without those that are listed but already deleted.
pub(super) async fn remaining(
    context: CallContext<'_>,
    contents: &Contents,
    within: &Value,
) -> Result<Vec<Value>, ApiError> {
    let mut all = context.list(contents.list, within, contents.found).await?;
    all.retain(|object| status(contents, object) != "Deleted");
    Ok(all)
}

fn status<'a>(contents: &Contents, object: &'a Value) -> &'a str {
    object.get(contents.status).as_str().unwrap_or_default()
}

fn is_being_deleted(status: &str) -> bool {
    matches!(status, "Deleting" | "DELETING" | "PendingDelete")
}

fn address(contents: &Contents, object: &Value, container: &Value) -> Value {
    let mut input = Value::object();
    for member in contents.address {
        let own = object.get(member);
        let value = if own.is_null() { container.get(member) } else { own };
        if !value.is_null() {
            input.insert(*member, value.clone());
        }
    }
    input
}

/// True if the object no longer exists, or cannot be deleted at the moment.
fn is_transient(error: &ApiError) -> bool {
    let known = error.is_not_found() || error.code == "ResourceInUse";
    // hashicorp/aws: the message for apps.
    error.kind == ErrorKind::Service && (known || error.message.contains("has already been deleted"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_missing_in_an_entry_come_from_the_container() {
        let versions =
            Contents { list: "", found: "", status: "", delete: "", address: &["ImageName", "Version", "Alias"] };
        let input =
            address(&versions, &Value::from([("Version", 3.into())]), &Value::from([("ImageName", "a".into())]));
        assert_eq!(input.to_string(), r#"{ImageName = "a", Version = 3}"#);
    }
}
