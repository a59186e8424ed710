//! A running provider: its special files, and the result of the provider block.

use std::sync::{Arc, OnceLock, RwLock};

use tokio::time::Instant;

use crate::{
    api::{Api, Connect},
    definition::Resource,
    diag::{self, Diagnostic, Diagnostics},
    engine::{
        common::secrecy::hide_secrets,
        configuration::Configured,
        provider::Schemas,
        resource::{
            claims::Claims,
            private::Private,
            special::{Special, Specials},
            work::Work,
        },
        service::stop::Stopper,
    },
    value::Value,
};

/// The provider: its special files, and the connection to the service.
pub struct Engine {
    pub(super) specials: Specials,
    pub(super) connect: Box<dyn Connect>,
    pub(super) schemas: OnceLock<Schemas>,
    pub(super) configured: RwLock<Option<Arc<Configured>>>,
    pub(super) stopper: Stopper,
    pub(super) claims: Claims,
}

impl Engine {
    /// A provider that is not configured yet.
    pub fn new(specials: Specials, connect: Box<dyn Connect>) -> Self {
        Self {
            specials,
            connect,
            schemas: OnceLock::new(),
            configured: RwLock::new(None),
            stopper: Stopper::new(),
            claims: Claims::default(),
        }
    }

    pub(super) fn special(&self, resource: &Resource) -> Option<&'static dyn Special> {
        self.specials.iter().find(|(type_name, _)| *type_name == resource.type_name).map(|(_, special)| *special)
    }

    pub(super) fn configured(&self) -> Option<Arc<Configured>> {
        self.configured.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// True if values that an enumeration of the model does not list are errors.
    pub(super) fn strict_enums(&self) -> bool {
        self.configured().is_some_and(|configured| configured.strict_enums)
    }

    /// The connection to the service; or the diagnostic of why there is none.
    pub(super) fn api(&self) -> Result<Arc<dyn Api>, Diagnostic> {
        let configured = self.configured().ok_or_else(diag::configuration::missing)?;
        configured.api.clone().ok_or_else(diag::configuration::not_known_yet)
    }

    /// The diagnostic of a provider block of which a part is unknown, so that nothing can be called yet. A provider without
    /// any configuration is not refused: hosts validate with one.
    pub(super) fn require_known_connection(&self) -> Result<(), Diagnostic> {
        let is_unknown = self.configured().is_some_and(|configured| configured.api.is_none());
        if is_unknown { Err(diag::configuration::not_known_yet()) } else { Ok(()) }
    }

    /// The region of a configuration with an argument `region`; that of the provider if it names none.
    pub(super) fn region_of<'a>(config: &'a Value, api: &'a dyn Api) -> &'a str {
        config.get("region").as_str().filter(|region| !region.is_empty()).unwrap_or(api.region())
    }

    /// The region of the provider; empty if it is not known.
    pub(super) fn region(&self) -> String {
        self.api().map(|api| api.region().to_owned()).unwrap_or_default()
    }

    /// The error for an argument `region` that names no region; none while the connection is not known.
    pub(super) fn refused_region(&self, values: &Value) -> Option<Diagnostic> {
        let region = values.get("region").as_str().filter(|region| !region.is_empty())?;
        let refusal = self.api().ok()?.check_region(region).err()?;
        Some(diag::configuration::no_region(&refusal.to_string()))
    }

    /// The diagnostics of a configuration, with those of its argument `region`.
    pub(super) fn with_region(&self, config: &Value, mut diagnostics: Diagnostics) -> Diagnostics {
        diagnostics.extend(self.refused_region(config));
        diagnostics
    }

    pub(super) fn work<'a>(
        &'a self,
        resource: &'static Resource,
        configured: &'a Configured,
        api: &'a dyn Api,
        private: Private,
    ) -> Work<'a> {
        Work {
            resource,
            special: self.special(resource),
            api,
            default_tags: &configured.default_tags,
            ignored_tags: &configured.ignored_tags,
            flights: &configured.flights,
            adopted_within: configured.adopted_within,
            private,
            claims: &self.claims,
            stop: self.stopper.listener(),
            started: Instant::now(),
        }
    }

    /// Removes the secrets of the provider block from the messages. Every message for the host passes through here: those of
    /// replies in `dispatch`, those of listed objects where they are sent.
    pub(super) fn without_secrets(&self, diagnostics: Diagnostics) -> Diagnostics {
        let configured = self.configured();
        hide_secrets(&[], &[], configured.as_ref().map_or(&[], |configured| &configured.secrets), diagnostics)
    }
}
