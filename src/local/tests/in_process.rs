//! The service in the process of a test: it serves requests without sockets, and its time is that of tokio, which a
//! test can pause.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::{Request, Response, header::DATE};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use tokio::time::Instant;

use crate::{
    local::{
        http::server,
        moment::{Clock, Moment},
        options::Options,
        outcome::Outcome,
        state::State,
    },
    value::Value,
};

/// When every service of this kind starts, in milliseconds since 1970, so that each run generates the same identifiers.
const START: i64 = 1_800_000_000_000;

/// A service of its own.
pub(crate) struct InProcess {
    state: State,
    clock: Clock,
    region: &'static str,
}

impl InProcess {
    /// A service in which every change takes this long. `region` is that of calls that no client sends.
    pub(crate) fn new(latency: Duration, region: &'static str) -> Self {
        let started = Instant::now();
        let clock: Clock = Arc::new(move || Moment(START).after(started.elapsed()));
        let state = State::new(Options { latency, ..Options::default() }, Arc::clone(&clock));
        Self { state, clock, region }
    }

    /// The reply to a request; None if the connection is closed without one.
    pub(crate) async fn answer(&self, request: Request<Bytes>) -> Option<Response<Bytes>> {
        let (parts, body) = request.into_parts();
        let (mut head, body) = server::reply(&self.state, &parts, &body).await.ok()?.into_parts();
        head.headers.insert(DATE, self.date().parse().expect("a date is text"));
        let body = body.collect().await.expect("the whole body is there").to_bytes();
        Some(Response::from_parts(head, body))
    }

    /// Carries out one operation that no client calls; the error is the service's code and message.
    pub(crate) fn call(&self, operation: &str, input: Value) -> Result<Value, String> {
        let answer = self.state.handle(self.region, operation, input, Outcome::Success);
        answer.map_err(|error| format!("{}: {}", error.code, error.message))
    }

    /// Adds these faults; the error says which of them is invalid, and why.
    pub(crate) fn inject_faults(&self, faults: &[Value]) -> Result<(), String> {
        self.state.inject_faults(faults)
    }

    /// Everything that exists, with its kind, name, ARN, tags and members.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.state.objects().elements().to_vec()
    }

    fn date(&self) -> String {
        let now = (self.clock)().seconds();
        let now = OffsetDateTime::from_unix_timestamp(now).expect("a time that has a date");
        now.format(&Rfc2822).expect("a date").replace("+0000", "GMT")
    }
}
