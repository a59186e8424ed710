//! The retry policy of a call, and the observations made while it is sent.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU16, AtomicU32, Ordering},
    },
    time::{Duration, SystemTime},
};

use aws_smithy_runtime::client::retries::{
    RetryPartition, TokenBucket, classifiers::run_classifiers_on_ctx, strategy::StandardRetryStrategy,
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{
                BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef, Error,
                FinalizerInterceptorContextRef, InterceptorContext,
            },
            dyn_dispatch_hint,
        },
        orchestrator::{HttpResponse, OrchestratorError},
        retries::{RequestAttempts, RetryStrategy, ShouldAttempt, classifiers::RetryAction},
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{
    DateTime,
    config_bag::{ConfigBag, Storable, StoreReplace},
    date_time::Format,
    retry::RetryConfig,
    timeout::TimeoutConfig,
};

use tokio::{sync::watch, time::Instant};

use super::{causes::find, network::NoConnection, protocol::request_id, rate_limit::RateLimit};
use crate::api::clock::{Skew, system_time};

/// The default number of attempts; as in hashicorp/aws.
pub(super) const DEFAULT_ATTEMPTS: u32 = 25;

/// The number of attempts for an unreachable host; as in hashicorp/aws. A host that is down for a minute is more likely
/// a wrong address than a transient failure.
const ATTEMPTS_WITHOUT_CONNECTION: u32 = 10;

/// Timeouts and pauses. Only tests use other values than the default.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    /// The connect timeout, TLS and proxies included.
    pub(super) connect: Duration,
    /// The timeout of one attempt. The slowest calls of the control plane answer within half a minute.
    pub(super) attempt: Duration,
    /// The maximum first pause; each further one is up to twice as long.
    pub(super) first_pause: Duration,
    pub(super) longest_pause: Duration,
    /// How long a throttled call is retried before it fails, unless the user sets the number of attempts.
    pub(super) throttled: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            attempt: Duration::from_secs(60),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(20),
            throttled: Duration::from_secs(15 * 60),
        }
    }
}

impl Pace {
    pub(super) fn timeouts(&self) -> TimeoutConfig {
        TimeoutConfig::builder().connect_timeout(self.connect).operation_attempt_timeout(self.attempt).build()
    }

    pub(super) fn retries(&self, attempts: u32) -> RetryConfig {
        RetryConfig::standard()
            // Zero retries still mean one attempt.
            .with_max_attempts(attempts.max(1))
            .with_initial_backoff(self.first_pause)
            .with_max_backoff(self.longest_pause)
    }
}

/// Disables the SDK's retry quota: a large state under throttling would exhaust it, and every further throttled call
/// would fail at once.
pub(super) fn without_quota() -> RetryPartition {
    RetryPartition::custom("sagemaker").token_bucket(TokenBucket::unlimited()).build()
}

/// The start of a call, and the limit that it shares with the other calls of its operation. Part of the configuration
/// of each call.
#[derive(Debug)]
pub(super) struct Paced {
    started: Instant,
    /// None: the operation is not rate-limited.
    limit: Option<Arc<RateLimit>>,
}

impl Paced {
    /// Waits for the call's slot, and then starts the call.
    pub(super) async fn begin(limit: Option<Arc<RateLimit>>) -> Self {
        let started = Instant::now();
        if let Some(limit) = &limit {
            tokio::time::sleep(limit.turn(started)).await;
        }
        Self { started, limit }
    }

    /// Records the outcome of an attempt; returns the minimum delay before the next one.
    fn learn(&self, throttled: bool, attempts: u32) -> Duration {
        let (Some(limit), now) = (&self.limit, Instant::now()) else { return Duration::ZERO };
        if !throttled {
            limit.accepted(now);
            return Duration::ZERO;
        }
        limit.throttled(attempts <= 1, now);
        limit.turn(now)
    }
}

impl Storable for Paced {
    type Storer = StoreReplace<Self>;
}

/// The SDK's retry strategy with fewer attempts for an unreachable host and more time for throttling.
#[derive(Debug)]
pub(super) struct RetryPolicy {
    strategy: StandardRetryStrategy,
    /// How long a throttled call is retried, regardless of the attempts; None: the number of attempts decides.
    throttled: Option<Duration>,
    pause: Duration,
}

impl RetryPolicy {
    pub(super) fn new(throttled: Option<Duration>, pause: Duration) -> Self {
        Self { strategy: StandardRetryStrategy::new(), throttled, pause }
    }

    /// True for a throttled call that has time left.
    fn may_continue(&self, paced: Option<&Paced>) -> bool {
        let elapsed = paced.map_or(Duration::MAX, |paced| paced.started.elapsed());
        self.throttled.is_some_and(|allowed| elapsed < allowed)
    }
}

impl RetryStrategy for RetryPolicy {
    fn should_attempt_initial_request(
        &self,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        self.strategy.should_attempt_initial_request(components, config)
    }

    fn should_attempt_retry(
        &self,
        context: &InterceptorContext,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        let attempts = config.load::<RequestAttempts>().map_or(0, RequestAttempts::attempts);
        let unreachable = context.output_or_error().is_some_and(|result| is_unreachable(result.err()));
        let throttled =
            run_classifiers_on_ctx(components.retry_classifiers(), context) == RetryAction::throttling_error();
        let paced = config.load::<Paced>();
        let turn = paced.map_or(Duration::ZERO, |paced| paced.learn(throttled, attempts));
        let done = config.load::<Watch>().is_some_and(|watch| watch.non_repeatable && watch.in_doubt());
        if done || (unreachable && attempts >= ATTEMPTS_WITHOUT_CONNECTION) {
            return Ok(ShouldAttempt::No);
        }
        match self.strategy.should_attempt_retry(context, components, config)? {
            ShouldAttempt::YesAfterDelay(pause) => Ok(ShouldAttempt::YesAfterDelay(pause.max(turn))),
            ShouldAttempt::No if throttled && self.may_continue(paced) => {
                // Jitter: calls that were throttled together are not retried together.
                Ok(ShouldAttempt::YesAfterDelay(self.pause.mul_f64(0.5 + 0.5 * fastrand::f64()).max(turn)))
            }
            decision => Ok(decision),
        }
    }
}

/// Observes one call: the number of requests, the status of the last reply, whether a request may have taken effect,
/// and the service's clock.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch {
    seen: Arc<Seen>,
    clock: Arc<Mutex<Skew>>,
    /// The call must not be repeated once it may have taken effect.
    non_repeatable: bool,
}

impl Storable for Watch {
    type Storer = StoreReplace<Self>;
}

#[derive(Debug, Default)]
struct Seen {
    requests: AtomicU32,
    status: AtomicU16,
    /// A request was not refused: it was lost, or the service failed with an internal error.
    in_doubt: AtomicBool,
    /// A request is in flight.
    sending: watch::Sender<bool>,
    /// When the last request was sent.
    sent: Mutex<Option<SystemTime>>,
}

/// True if the error means that there was no connection at all.
fn is_unreachable(error: Option<&OrchestratorError<Error>>) -> bool {
    error.and_then(OrchestratorError::as_connector_error).and_then(|error| find::<NoConnection>(error)).is_some()
}

impl Watch {
    pub(super) fn new(clock: Arc<Mutex<Skew>>, non_repeatable: bool) -> Self {
        Self { seen: Arc::default(), clock, non_repeatable }
    }

    /// Reads the clock from the service's own replies only: a proxy has its own clock, and sends no request ids.
    fn learn_clock(&self, reply: &HttpResponse) {
        let date = reply.headers().get("date").and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
        let date = date.filter(|_| request_id(reply.headers()).is_some());
        let sent = *self.seen.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(Ok(date)), Some(sent)) = (date.map(SystemTime::try_from), sent) {
            self.clock.lock().unwrap_or_else(PoisonError::into_inner).learn(date, sent, system_time(Instant::now()));
        }
    }

    pub(super) fn requests(&self) -> u32 {
        self.seen.requests.load(Ordering::Relaxed)
    }

    pub(super) fn in_doubt(&self) -> bool {
        self.seen.in_doubt.load(Ordering::Relaxed)
    }

    /// Returns when no request is in flight.
    pub(super) async fn idle(&self) {
        // Fails only without a sender, which lives as long as `self`.
        let _ = self.seen.sending.subscribe().wait_for(|sending| !sending).await;
    }

    /// 0 if no reply was received.
    pub(super) fn status(&self) -> u16 {
        self.seen.status.load(Ordering::Relaxed)
    }
}

#[dyn_dispatch_hint]
impl Intercept for Watch {
    fn name(&self) -> &'static str {
        "watch"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.seen.requests.fetch_add(1, Ordering::Relaxed);
        self.seen.status.store(0, Ordering::Relaxed);
        *self.seen.sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(system_time(Instant::now()));
        self.seen.sending.send_replace(true);
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let unreachable = context.output_or_error().is_some_and(|result| is_unreachable(result.err()));
        if self.seen.sending.send_replace(false) && !unreachable && !(400..500).contains(&self.status()) {
            self.seen.in_doubt.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.seen.status.store(context.response().status().as_u16(), Ordering::Relaxed);
        self.learn_clock(context.response());
        Ok(())
    }
}
