//! The object that an import or a data source names, by an import ID, an ARN or an identity: as a state from which a read can
//! start. Calls the service where the name alone does not identify the object, or its account may be another.

use tokio::time::Instant;

use crate::{
    arn::Arn,
    definition::Resource,
    diag::{self, Diagnostic, Doing, Subject},
    engine::{
        instance::Engine,
        resource::{identity, import},
        service::call_context::CallContext,
    },
    value::Value,
};

/// A state with the identity that `id` stands for, from which a read can start. `region` is the object's region unless
/// `id` contains one. `doing`: importing or reading.
pub(crate) async fn locate(
    engine: &Engine,
    doing: Doing,
    resource: &'static Resource,
    id: &str,
    region: &str,
) -> Result<Value, Diagnostic> {
    let configured = engine.configured();
    let connection = configured.as_ref().and_then(|configured| Some((configured.api.as_ref()?, &configured.flights)));
    let region_of_arn = Arn::region_of(id).unwrap_or(region);
    let (id, region) = import::split_region(id).unwrap_or((id, region_of_arn));
    if let (Some(special), Some((api, flights))) = (engine.special(resource), connection) {
        let stop = engine.stopper.listener();
        let context = CallContext { api: &**api, region, resource, flights, stop: &stop, started: Instant::now() };
        let found = special.locate(context, id).await.map_err(|failure| {
            let subject = Subject { id: Some(id), ..Subject::new(doing, resource.type_name, resource.noun) };
            failure.diagnostic(&subject, resource.attributes)
        })?;
        if let Some(found) = found {
            return Ok(import::located(resource, &found, region));
        }
    }
    import::import(resource, id, region)
}

/// The object of an import ID.
pub(crate) async fn by_import_id(
    engine: &Engine,
    resource: &'static Resource,
    id: &str,
    region: &str,
) -> Result<Value, Diagnostic> {
    let state = locate(engine, Doing::Importing, resource, id, region).await?;
    match foreign_account(engine, resource, id).await {
        Some((account, own)) => Err(diag::identity::arn_of_another_account(resource.noun, id, (&account, &own))),
        None => Ok(state),
    }
}

/// The account of an ARN and that of the credentials, if they differ and the object is addressed by its name, which the
/// service looks up in the caller's account. Where the ARN itself is sent, the service decides.
pub(crate) async fn foreign_account(
    engine: &Engine,
    resource: &'static Resource,
    id: &str,
) -> Option<(String, String)> {
    // Without an ARN of its own, the object is addressed by the ARNs of others, which are sent.
    let is_sent = resource.identity.members.contains(&resource.identity.arn?);
    let account =
        Arn::account_of(id).filter(|account| !is_sent && account.bytes().all(|byte| byte.is_ascii_digit()))?;
    let own = engine.api().ok()?.account().await?;
    (own != account).then(|| (account.to_owned(), own))
}

/// The object of an identity, which may name the account.
pub(crate) async fn by_identity(
    engine: &Engine,
    resource: &'static Resource,
    identity: &Value,
    region: &str,
) -> Result<Value, Diagnostic> {
    let state = identity::import(resource, identity, region)?;
    // The account is requested only if the identity names one.
    if identity::names_account(identity)
        && let Ok(api) = engine.api()
    {
        let own = api.account().await;
        if let Some(refusal) = identity::foreign(resource, identity, own.as_deref()) {
            return Err(refusal);
        }
    }
    Ok(state)
}
