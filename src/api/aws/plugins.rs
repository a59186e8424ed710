//! The SDK runtime's plugins for one region: the list that generated clients assemble for themselves.

use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::{
    auth::{SigV4OperationSigningConfig, SigningOptions, sigv4},
    invocation_id::InvocationIdInterceptor,
    request_info::RequestInfoInterceptor,
    retries::classifiers::AwsErrorCodeClassifier,
    service_clock_skew::{ServiceClockSkewClassifier, ServiceClockSkewInterceptor},
    user_agent::{ApiMetadata, UserAgentInterceptor},
};
use aws_sdk_sagemaker::config::endpoint::{DefaultResolver, Params, ResolveEndpoint as _};
use aws_smithy_runtime::client::{
    defaults::{DefaultPluginParams, default_plugins},
    http::connection_poisoning::ConnectionPoisoningInterceptor,
    retries::classifiers::{HttpStatusCodeClassifier, ModeledAsRetryableClassifier, TransientErrorClassifier},
    stalled_stream_protection::StalledStreamProtectionInterceptor,
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        auth::{
            AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
            static_resolver::StaticAuthSchemeOptionResolver,
        },
        endpoint::{EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver},
        http::SharedHttpClient,
        identity::SharedIdentityCache,
        interceptors::SharedInterceptor,
        orchestrator::SensitiveOutput,
        retries::SharedRetryStrategy,
        runtime_components::RuntimeComponentsBuilder,
        runtime_plugin::{RuntimePlugins, StaticRuntimePlugin},
        ser_de::{SharedRequestSerializer, SharedResponseDeserializer},
    },
};
use aws_smithy_types::{config_bag::Layer, endpoint::Endpoint, retry::RetryConfig, timeout::TimeoutConfig};
use aws_types::{
    SigningName,
    region::{Region, SigningRegion},
};

use super::{
    configuration::Endpoints,
    protocol::{Deserializer, Failure, Serializer},
    retry::{RetryPolicy, without_quota},
    user_agent::UserAgent,
};

/// The components that the connections to all regions share.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) endpoints: Endpoints,
    pub(super) retries: RetryConfig,
    /// Whether requests of a throttled operation are rate-limited on the client side.
    pub(super) adaptive: bool,
    /// How long a throttled call is retried; None: the number of attempts in `retries` decides.
    pub(super) throttled: Option<Duration>,
    /// The pause between the later attempts of a throttled call.
    pub(super) pause: Duration,
    pub(super) timeouts: TimeoutConfig,
    pub(super) http: SharedHttpClient,
    pub(super) credentials: SharedCredentialsProvider,
    /// Caches credentials until they expire.
    pub(super) identities: SharedIdentityCache,
    pub(super) user_agent: UserAgent,
}

/// The service's endpoint in `region`, resolved by the SDK's rules.
pub(super) async fn endpoint(region: &str, endpoints: &Endpoints) -> Result<Endpoint, BoxError> {
    // A custom endpoint is used unchanged; the SDK would reject it together with FIPS or dual stack.
    if let Some(url) = &endpoints.sagemaker {
        return Ok(Endpoint::builder().url(url.clone()).build());
    }
    let parameters =
        Params::builder().region(region).use_fips(endpoints.fips).use_dual_stack(endpoints.dualstack).build()?;
    DefaultResolver::new().into_shared_resolver().resolve_endpoint(&EndpointResolverParams::new(parameters)).await
}

/// The plugins for calls to `endpoint` in `region`.
pub(super) fn plugins(common: &Common, region: &str, endpoint: Endpoint) -> RuntimePlugins {
    let defaults = DefaultPluginParams::new()
        .with_retry_partition_name(format!("sagemaker-{region}"))
        .with_behavior_version(BehaviorVersion::latest())
        .with_is_aws_sdk(true);
    RuntimePlugins::new().with_client_plugins(default_plugins(defaults)).with_client_plugin(
        StaticRuntimePlugin::new()
            .with_config(layer(common, region).freeze())
            .with_runtime_components(components(common, endpoint)),
    )
}

fn layer(common: &Common, region: &str) -> Layer {
    let mut layer = Layer::new("sagemaker");
    layer.store_put(SharedRequestSerializer::new(Serializer));
    layer.store_put(SharedResponseDeserializer::new(Deserializer));
    // Keeps the bodies of replies out of the SDK's log.
    layer.store_put(SensitiveOutput);
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    layer.store_put(EndpointResolverParams::new(()));
    layer.store_put(ApiMetadata::new("sagemaker", env!("CARGO_PKG_VERSION")));
    layer.store_put(SigningName::from_static("sagemaker"));
    let region = Region::new(region.to_owned());
    layer.store_put(SigningRegion::from(region.clone()));
    layer.store_put(signing());
    layer.store_put(region);
    layer.store_put(common.retries.clone());
    layer.store_put(without_quota());
    layer.store_put(common.timeouts.clone());
    layer
}

fn signing() -> SigV4OperationSigningConfig {
    let mut options = SigningOptions::default();
    options.double_uri_encode = true;
    options.normalize_uri_path = true;
    options.content_sha256_header = false;
    SigV4OperationSigningConfig { signing_options: options, ..Default::default() }
}

fn components(common: &Common, endpoint: Endpoint) -> RuntimeComponentsBuilder {
    let schemes = StaticAuthSchemeOptionResolver::new(vec![sigv4::SCHEME_ID]);
    let mut components = RuntimeComponentsBuilder::new("sagemaker");
    components.set_http_client(Some(common.http.clone()));
    components.set_endpoint_resolver(Some(SharedEndpointResolver::new(Fixed(endpoint))));
    components.set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)));
    components.push_auth_scheme(SharedAuthScheme::new(sigv4::SigV4AuthScheme::new()));
    components.set_identity_cache(Some(common.identities.clone()));
    components.set_identity_resolver(sigv4::SCHEME_ID, common.credentials.clone());
    components.set_retry_strategy(Some(SharedRetryStrategy::new(RetryPolicy::new(common.throttled, common.pause))));

    // A missing component goes unnoticed until it is needed, so each has a test.
    components.push_retry_classifier(HttpStatusCodeClassifier::default());
    components.push_retry_classifier(TransientErrorClassifier::<Failure>::new());
    components.push_retry_classifier(ModeledAsRetryableClassifier::<Failure>::new());
    components.push_retry_classifier(AwsErrorCodeClassifier::<Failure>::new());
    components.push_retry_classifier(ServiceClockSkewClassifier::<Failure>::new());

    components.push_interceptor(SharedInterceptor::permanent(ConnectionPoisoningInterceptor::new()));
    // It also wraps the signed body in a stream, which keeps its content out of the SDK's request log.
    components.push_interceptor(SharedInterceptor::permanent(StalledStreamProtectionInterceptor::default()));
    components.push_interceptor(ServiceClockSkewInterceptor::new());
    components.push_interceptor(RequestInfoInterceptor::new());
    components.push_interceptor(UserAgentInterceptor::new());
    components.push_interceptor(common.user_agent.clone());
    components.push_interceptor(InvocationIdInterceptor::new());
    components
}

/// Returns an endpoint that was resolved before.
#[derive(Debug)]
struct Fixed(Endpoint);

impl ResolveEndpoint for Fixed {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(self.0.clone()))
    }
}
