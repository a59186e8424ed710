//! Deletes what stands in the way of deleting something: apps in a domain, versions of an image, contents of a hub.
//!
//! Only where the user has said `force_destroy`, since none of it need be Terraform's.

use crate::{
    api::{ApiError, ErrorKind},
    engine::{Failure, Pauses, Site},
    value::Value,
};

/// One kind of things inside another thing.
pub(super) struct Contents {
    pub(super) list: &'static str,
    /// The member of the list's reply that holds them.
    pub(super) found: &'static str,
    pub(super) status: &'static str,
    pub(super) delete: &'static str,
    /// Members of the delete input, taken from an entry of the list where it has them, else from what was listed for.
    pub(super) address: &'static [&'static str],
}

/// Deletes all things of a kind, and waits until they are gone. `within` says what is emptied, as the list takes it.
pub(super) async fn empty(
    site: Site<'_>,
    pauses: &Pauses<'_>,
    contents: &Contents,
    within: &Value,
    around: &Value,
) -> Result<(), Failure> {
    let mut refused: Vec<(Value, ApiError)> = Vec::new();
    loop {
        let left = listed(site, contents, within).await?;
        let Some(first) = left.first() else { return Ok(()) };
        let staying = left.iter().filter(|thing| !is_going(status(contents, thing)));
        let inputs: Vec<Value> = staying.map(|thing| address(contents, thing, around)).collect();
        // What a call that failed has deleted all the same is not among them any more.
        if let Some((_, error)) = refused.into_iter().find(|(input, _)| inputs.contains(input)) {
            return Err(error.into());
        }
        refused = Vec::new();
        for input in inputs {
            match site.api.call(site.region, contents.delete, &input).await {
                Err(error) if !passes(&error) => refused.push((input, error)),
                _ => {}
            }
        }
        pauses.pause(status(contents, first)).await?;
    }
}

/// What is there, apart from what is only still shown.
async fn listed(site: Site<'_>, contents: &Contents, within: &Value) -> Result<Vec<Value>, ApiError> {
    let mut all = site.list(contents.list, within, contents.found).await?;
    all.retain(|thing| status(contents, thing) != "Deleted");
    Ok(all)
}

fn status<'a>(contents: &Contents, thing: &'a Value) -> &'a str {
    thing.get(contents.status).as_str().unwrap_or_default()
}

fn is_going(status: &str) -> bool {
    matches!(status, "Deleting" | "DELETING" | "PendingDelete")
}

fn address(contents: &Contents, thing: &Value, around: &Value) -> Value {
    let mut input = Value::object();
    for member in contents.address {
        let own = thing.get(member);
        let value = if own.is_null() { around.get(member) } else { own };
        if !value.is_null() {
            input.insert(*member, value.clone());
        }
    }
    input
}

/// True if the thing has gone meanwhile, or cannot go just now.
fn passes(error: &ApiError) -> bool {
    let known = matches!(error.code.as_str(), "ResourceNotFound" | "ResourceInUse");
    // hashicorp/aws: said of apps.
    error.kind == ErrorKind::Service && (known || error.message.contains("has already been deleted"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_entry_does_not_say_is_what_was_listed_for() {
        let versions =
            Contents { list: "", found: "", status: "", delete: "", address: &["ImageName", "Version", "Alias"] };
        let input =
            address(&versions, &Value::from([("Version", 3.into())]), &Value::from([("ImageName", "a".into())]));
        assert_eq!(input.to_string(), r#"{ImageName = "a", Version = 3}"#);
    }
}
