//! The provider block and its result: the connection, default tags and switches that the rest of the engine uses.
//!
//! Names and meanings are those of hashicorp/aws, so that a provider block can be reused unchanged.

mod block;
mod check;
pub(crate) mod context;
mod settings;

pub(crate) use block::block;
pub(crate) use check::validate;

use std::{sync::Arc, time::Duration};

use crate::{
    api::{Api, Connect, ConnectError, Settings},
    definition::duration,
    diag::{self, Diagnostic, Diagnostics},
    engine::{
        common::secrecy::hide_secrets,
        configuration::{
            block::ADOPTION,
            context::{Context, DELETION_PROTECTION},
            settings::{secrets, settings},
        },
        convert::tags::Ignored,
        service::{flight::Flights, required::Complete},
    },
    value::{Map, Path, Value},
};

/// The prefix of environment variables that add default tags; the rest of the name is the key.
const DEFAULT_TAG_PREFIX: &str = "TF_AWS_DEFAULT_TAGS_";

/// The configuration of the provider for the rest of the engine.
pub(crate) struct Configured {
    /// `None` while a part of the provider block that the connection needs is unknown.
    pub(crate) api: Option<Arc<dyn Api>>,
    pub(crate) default_tags: Value,
    pub(crate) ignored_tags: Ignored,
    pub(crate) flights: Flights,
    /// The texts that no message may show.
    pub(crate) secrets: Vec<String>,
    pub(crate) strict_enums: bool,
    pub(crate) deletion_protection: bool,
    /// The greatest age of an existing object that a create adopts if it is exactly the planned one; `None`: it adopts
    /// none.
    pub(crate) adopted_within: Option<Duration>,
}

impl Configured {
    pub(crate) fn context(&self) -> Context {
        let region = self.api.as_ref().map_or_else(Value::unknown, |api| api.region().into());
        Context {
            region,
            default_tags: self.default_tags.clone(),
            ignored_tags: self.ignored_tags.clone(),
            deletion_protection: self.deletion_protection,
            imported: false,
        }
    }
}

/// Evaluates the provider block. Unknown values are not an error: Terraform plans with them while the objects that they
/// come from do not exist yet.
pub(crate) async fn configure(
    config: &Value,
    terraform_version: &str,
    connect: &dyn Connect,
) -> (Option<Configured>, Diagnostics) {
    let mut configured = Configured {
        api: None,
        default_tags: default_tags(config),
        ignored_tags: ignored_tags(config),
        flights: Flights::default(),
        secrets: secrets(config),
        strict_enums: config.get("strict_enums").as_bool().unwrap_or_default(),
        deletion_protection: is_protecting(config.get(DELETION_PROTECTION)),
        adopted_within: config.get(ADOPTION).as_str().and_then(duration::parse),
    };
    if connection_is_known(config) {
        match connected(connect, settings(config), terraform_version).await {
            Ok(api) => configured.api = Some(api),
            Err(refusal) => {
                return (None, hide_secrets(&[], &[config], &configured.secrets, refusal.into()));
            }
        }
    }
    (Some(configured), Diagnostics::new())
}

/// Terraform configures a provider only if something of it is to be planned, read or applied: what lacks credentials then
/// is reported once and before the first call.
async fn connected(
    connect: &dyn Connect,
    settings: Settings,
    terraform_version: &str,
) -> Result<Arc<dyn Api>, Diagnostic> {
    let api = connect.connect(settings, terraform_version).await.map_err(|error| refused(&error))?;
    match api.missing_credentials().await {
        Some(reason) => Err(diag::configuration::no_credentials(&reason)),
        None => Ok(Arc::new(Complete(api))),
    }
}

/// While the value is unknown, everything is protected.
fn is_protecting(argument: &Value) -> bool {
    argument.is_unknown() || argument.as_bool() == Some(true)
}

fn refused(error: &ConnectError) -> Diagnostic {
    let mut names = error.argument().split('.');
    let first = Path::attribute(names.next().unwrap_or_default());
    let at = names.fold(first, |block, name| block.index(0).then(name));
    diag::configuration::refused(&at, &error.to_string())
}

/// True if all values that a connection needs are known.
fn connection_is_known(config: &Value) -> bool {
    let offline = ["default_tags", "ignore_tags", "strict_enums", DELETION_PROTECTION, ADOPTION];
    let members = config.as_map().into_iter().flatten();
    members.filter(|(name, _)| !offline.contains(&name.as_str())).all(|(_, value)| value.is_wholly_known())
}

fn default_tags(config: &Value) -> Value {
    let block = config.get("default_tags");
    let tags = if block.is_unknown() { block } else { block.at(0).get("tags") };
    if !tags.is_wholly_known() {
        return Value::unknown();
    }
    // Environment variables may contain invalid UTF-8, on which `vars` would panic.
    let from_environment = std::env::vars_os().filter_map(|(name, value)| {
        Some((name.to_str()?.strip_prefix(DEFAULT_TAG_PREFIX)?.to_owned(), Value::String(value.into_string().ok()?)))
    });
    let written = tags.as_map().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
    Value::Map(from_environment.chain(written).collect::<Map>())
}

fn ignored_tags(config: &Value) -> Ignored {
    let unknown = !config.get("ignore_tags").is_wholly_known();
    let block = config.get("ignore_tags").at(0);
    let all = |name: &str, variable: &str| {
        let from_environment = std::env::var(variable).unwrap_or_default();
        let from_environment = from_environment.split(',').map(str::trim).filter(|key| !key.is_empty());
        // Not filtered, unlike those of the environment: an empty prefix matches all keys.
        let written = block.get(name).elements().iter().filter_map(Value::as_str);
        written.chain(from_environment).map(str::to_owned).collect()
    };
    Ignored {
        keys: all("keys", "TF_AWS_IGNORE_TAGS_KEYS"),
        prefixes: all("key_prefixes", "TF_AWS_IGNORE_TAGS_KEY_PREFIXES"),
        unknown,
    }
}
