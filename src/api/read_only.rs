//! A connection that changes nothing: it refuses every operation that does more than read, whoever calls it.

use std::{sync::Arc, time::SystemTime};

use async_trait::async_trait;
use tokio::time::Instant;

use super::{
    error::{ApiError, ConnectError, ErrorKind},
    service::{Api, Connect},
    settings::Settings,
};
use crate::{regions::NoRegion, value::Value};

/// The verbs of operations that only read.
const READING: &[&str] = &["BatchDescribe", "Describe", "Get", "List"];

/// Connects for reading only.
pub struct ReadOnly<C>(pub C);

#[async_trait]
impl<C: Connect> Connect for ReadOnly<C> {
    async fn connect(&self, settings: Settings, terraform_version: &str) -> Result<Arc<dyn Api>, ConnectError> {
        Ok(Arc::new(Reading(self.0.connect(settings, terraform_version).await?)))
    }
}

struct Reading(Arc<dyn Api>);

#[async_trait]
impl Api for Reading {
    async fn call(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        if READING.iter().any(|verb| operation.starts_with(verb)) {
            self.0.call(region, operation, input).await
        } else {
            Err(refused(operation))
        }
    }

    /// No operation that only reads is unsafe to repeat.
    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call(region, operation, input).await
    }

    fn service_time(&self, region: &str, moment: Instant) -> SystemTime {
        self.0.service_time(region, moment)
    }

    fn region(&self) -> &str {
        self.0.region()
    }

    async fn account(&self) -> Option<String> {
        self.0.account().await
    }

    fn check_region(&self, region: &str) -> Result<(), NoRegion> {
        self.0.check_region(region)
    }

    async fn missing_credentials(&self) -> Option<String> {
        self.0.missing_credentials().await
    }

    fn stop(&self) {
        self.0.stop();
    }
}

fn refused(operation: &str) -> ApiError {
    ApiError::unsent(operation, ErrorKind::Request, "the call was not sent, since this connection only reads")
}
