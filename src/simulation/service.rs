//! The service of a test: it answers as `local` does, remembers all calls, and fails at the request that the test
//! names.

use std::{
    future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use hyper::{Request, Response};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::yield_now,
};

use crate::{api::in_process::Answer, local::tests::in_process::InProcess, value::Value};

/// Where everything happens.
const REGION: &str = "us-east-1";

/// What can go wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// The service refuses it.
    Refused,
    /// The service asks to slow down.
    Throttled,
    /// The service fails before it has done anything.
    FailedBefore,
    /// The service fails after it has done all.
    FailedAfter,
    /// The connection breaks after the service has done all.
    LostReply,
    /// The reply ends in the middle.
    HalfReply,
    /// No reply ever comes, and nothing was done.
    Hung,
    /// The provider is killed before the request arrives.
    KilledBefore,
    /// The provider is killed after the service has done all.
    KilledAfter,
    /// The user interrupts Terraform while the request is on its way.
    Interrupted,
}

/// What a fault does to the provider's process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    Kill,
    Interrupt,
}

/// One request: which resource was worked on, and the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) address: String,
    pub(crate) operation: String,
}

/// The service.
pub(crate) struct Service {
    local: InProcess,
    memory: Mutex<Memory>,
    signals: UnboundedSender<Signal>,
}

#[derive(Default)]
struct Memory {
    /// The resource that is worked on; empty during a refresh.
    address: String,
    calls: Vec<Call>,
    injection: Option<Injection>,
}

/// A fault that is still to come.
struct Injection {
    address: String,
    /// How many requests for this address pass before.
    after: usize,
    fault: Fault,
}

impl Service {
    /// A service in which changes take this long, and the signals that it sends.
    pub(crate) fn new(latency: Duration) -> (Arc<Self>, UnboundedReceiver<Signal>) {
        let (signals, received) = unbounded_channel();
        let service = Self { local: InProcess::new(latency, REGION), memory: Mutex::default(), signals };
        (Arc::new(service), received)
    }

    /// Carries out an operation behind Terraform's back, which has to succeed.
    pub(crate) fn must(&self, operation: &str, input: Value) -> Value {
        self.local.call(operation, input).unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// Has the next calls of these operations meet what `local` can do to them.
    pub(crate) fn inject_faults(&self, faults: &[Value]) {
        self.local.inject_faults(faults).unwrap_or_else(|error| panic!("{faults:?}: {error}"));
    }

    /// Everything that exists, with its kind, name, ARN, tags and members.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.local.objects()
    }

    /// What follows is done for this resource.
    pub(crate) fn work_on(&self, address: &str) {
        address.clone_into(&mut self.memory().address);
    }

    /// Has the request for `address` fail that comes after so many others for it.
    pub(crate) fn inject(&self, address: &str, after: usize, fault: Fault) {
        self.memory().injection = Some(Injection { address: address.to_owned(), after, fault });
    }

    /// All requests since the last call of this.
    pub(crate) fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.memory().calls)
    }

    /// Whether a fault is still to come.
    pub(crate) fn is_armed(&self) -> bool {
        self.memory().injection.is_some()
    }

    /// Remembers the request, and says what is to go wrong with it.
    fn meet(&self, request: &Request<Bytes>) -> Option<Fault> {
        // AWS STS, which needs no permission and meets no fault, has none.
        let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok())?;
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let mut memory = self.memory();
        let address = memory.address.clone();
        memory.calls.push(Call { address: address.clone(), operation });
        let injection = memory.injection.as_mut().filter(|injection| injection.address == address)?;
        match injection.after.checked_sub(1) {
            Some(left) => {
                injection.after = left;
                None
            }
            None => memory.injection.take().map(|injection| injection.fault),
        }
    }

    fn signal(&self, signal: Signal) {
        self.signals.send(signal).expect("the workspace listens as long as it works");
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Answer for Service {
    async fn answer(&self, request: Request<Bytes>) -> Option<Response<Bytes>> {
        match self.meet(&request) {
            None => self.local.answer(request).await,
            Some(Fault::Refused) => Some(error(400, "AccessDeniedException", "Not authorized to perform this.")),
            Some(Fault::Throttled) => Some(error(400, "ThrottlingException", "Rate exceeded")),
            Some(Fault::FailedBefore) => Some(error(500, "InternalFailure", "")),
            Some(Fault::FailedAfter) => {
                self.local.answer(request).await;
                Some(error(500, "InternalFailure", ""))
            }
            Some(Fault::LostReply) => {
                self.local.answer(request).await;
                None
            }
            Some(Fault::HalfReply) => Some(self.local.answer(request).await?.map(|body| body.slice(..body.len() / 2))),
            Some(Fault::Hung) => future::pending().await,
            Some(Fault::KilledBefore) => {
                self.signal(Signal::Kill);
                future::pending().await
            }
            Some(Fault::KilledAfter) => {
                self.local.answer(request).await;
                self.signal(Signal::Kill);
                future::pending().await
            }
            Some(Fault::Interrupted) => {
                self.signal(Signal::Interrupt);
                yield_now().await;
                self.local.answer(request).await
            }
        }
    }
}

fn error(status: u16, code: &str, message: &str) -> Response<Bytes> {
    let body = serde_json::json!({ "__type": code, "message": message }).to_string();
    Response::builder().status(status).body(body.into()).expect("a status and a body")
}
