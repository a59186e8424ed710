//! Tests of the complete connection against servers on this machine.

mod accounts;
mod calls;
mod configured;
mod endpoints;
mod identities;
mod logs;
mod networks;
mod server;
mod signature;

use std::time::Duration;

use aws_types::os_shim_internal::Env;

use self::server::Server;
use super::{AwsApi, connect, retry::Pace};
use crate::{
    api::{Api, ApiError, ConnectError, Settings},
    value::Value,
};

const ACCESS_KEY: &str = "AKIDEXAMPLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Negligible pauses.
fn pace() -> Pace {
    Pace {
        connect: Duration::from_secs(20),
        attempt: Duration::from_secs(20),
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(2),
        throttled: Duration::from_secs(3_600),
    }
}

/// Static keys, a region, and `server` as SageMaker's endpoint.
fn settings(server: &Server) -> Settings {
    let mut settings = Settings {
        region: Some("us-east-1".into()),
        access_key: Some(ACCESS_KEY.into()),
        secret_key: Some(SECRET_KEY.into()),
        skip_metadata_api_check: Some(true),
        ..Default::default()
    };
    settings.endpoints.sagemaker = Some(server.url());
    settings.endpoints.sts = Some(server.url());
    settings
}

/// A connection with these settings only: without environment and home directory.
async fn connected(settings: &Settings) -> AwsApi {
    connected_in(settings, &[]).await.expect("it connects")
}

async fn connected_in(settings: &Settings, env: &[(&str, &str)]) -> Result<AwsApi, ConnectError> {
    connect(settings, "1.2.3", "1.14.0", &Env::from_slice(env), &pace()).await
}

async fn describe(api: &AwsApi) -> Result<Value, ApiError> {
    api.call(api.region(), "DescribeModel", &Value::from([("ModelName", "m".into())])).await
}

/// An error on one line.
fn error_line(error: &ApiError) -> String {
    format!(
        "{:?} [{}] {} (request {:?}, status {:?}, attempts {})",
        error.kind, error.code, error.message, error.request_id, error.status, error.attempts
    )
}
