//! Why data is not enough: the contents of a hub prevent its delete.

use std::time::Duration;

use async_trait::async_trait;

use super::emptying::{Contents, empty};
use crate::{
    definition::names::hub as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

/// The timeout of a hub content in hashicorp/aws.
const EMPTY_WITHIN: Duration = Duration::from_secs(15 * 60);

const CONTENTS: Contents = Contents {
    list: "ListHubContents",
    found: "HubContentSummaries",
    status: "HubContentStatus",
    delete: "DeleteHubContent",
    address: &["HubName", "HubContentType", "HubContentName", "HubContentVersion"],
};

const REFERENCES: Contents = Contents {
    delete: "DeleteHubContentReference",
    address: &["HubName", "HubContentType", "HubContentName"],
    ..CONTENTS
};

/// The types of contents, each of which is listed separately.
const KINDS: &[(&str, &Contents)] = &[
    ("Model", &CONTENTS),
    ("Notebook", &CONTENTS),
    ("DataSet", &CONTENTS),
    ("JsonDoc", &CONTENTS),
    ("ModelReference", &REFERENCES),
];

pub(super) struct Hub;

#[async_trait]
impl Special for Hub {
    async fn before_delete(&self, context: CallContext<'_>, state: &Value) -> Result<(), Failure> {
        if state.get(names::FORCE_DESTROY).as_bool() != Some(true) {
            return Ok(());
        }
        let pauses = context.pauses_of_delete(state, EMPTY_WITHIN);
        for (kind, contents) in KINDS {
            let within =
                Value::from([("HubName", state.get(names::HUB_NAME).clone()), ("HubContentType", (*kind).into())]);
            match empty(context, &pauses, contents, &within, &within).await {
                // The hub no longer exists; the delete call handles that.
                Err(Failure::Call(error)) if error.is_not_found() => return Ok(()),
                other => other?,
            }
        }
        Ok(())
    }
}
