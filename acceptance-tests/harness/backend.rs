//! The services that the provider is tested against: our own local SageMaker, and moto as a second opinion.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, OnceLock},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::{
    http::{self, Reply},
    process::Server,
    python::python,
};

/// The provider's binary, which is the local SageMaker too.
pub(crate) const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-sagemaker");

/// Its version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A service to test against.
#[derive(Debug)]
pub(crate) struct Backend {
    server: Arc<Started>,
    moto: bool,
}

/// A refusal of the service.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) body: String,
}

#[derive(Debug)]
struct Started {
    server: Server,
    /// Keeps the log file for as long as the server writes it.
    _logs: TempDir,
}

impl Backend {
    /// A local SageMaker of its own, in which everything that takes hours takes 0.2 seconds.
    pub(crate) fn local() -> Self {
        Self::local_with_latency(Duration::from_millis(200))
    }

    /// A local SageMaker of its own, in which everything that takes hours takes this long.
    pub(crate) fn local_with_latency(latency: Duration) -> Self {
        Self::local_with(&["--latency", &latency.as_millis().to_string()])
    }

    /// A local SageMaker of its own that belongs to this account.
    pub(crate) fn local_of(account: &str) -> Self {
        Self::local_with(&["--latency", "200", "--account", account])
    }

    /// A local SageMaker of its own, each of whose operations answers so many requests a second.
    pub(crate) fn local_with_rate(rate: u32) -> Self {
        Self::local_with(&["--latency", "200", "--rate", &rate.to_string()])
    }

    fn local_with(options: &[&str]) -> Self {
        let mut command = Command::new(PROVIDER);
        command.args(["local", "--listen", "127.0.0.1:0"]).args(options);
        Self { server: Arc::new(start(&command)), moto: false }
    }

    /// A local SageMaker that keeps everything in the file. It ends as if it were struck by lightning.
    pub(crate) fn local_on(file: &Path) -> Self {
        let mut command = Command::new(PROVIDER);
        command.args(["local", "--listen", "127.0.0.1:0", "--data"]).arg(file);
        Self { server: Arc::new(start(&command)), moto: false }
    }

    /// The same, whose callers may do no more than the policy in a file allows.
    pub(crate) fn local_under(policy: &Path, file: &Path) -> Self {
        let mut command = Command::new(PROVIDER);
        command.args(["local", "--listen", "127.0.0.1:0", "--policy"]).arg(policy).arg("--data").arg(file);
        Self { server: Arc::new(start(&command)), moto: false }
    }

    /// The moto server that all tests of this run share: names have to be unique.
    pub(crate) fn moto() -> Self {
        static MOTO: OnceLock<Arc<Started>> = OnceLock::new();
        let server = MOTO.get_or_init(|| {
            let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("acceptance-tests/serve_moto.py");
            let mut command = Command::new(python());
            command.arg(script);
            Arc::new(start(&command))
        });
        Self { server: Arc::clone(server), moto: true }
    }

    /// True of moto.
    pub(crate) fn is_moto(&self) -> bool {
        self.moto
    }

    /// Where the service listens: `http://127.0.0.1:4566`.
    pub(crate) fn url(&self) -> &str {
        &self.server.server.url
    }

    /// Calls an operation of the API, behind Terraform's back.
    pub(crate) fn call(&self, operation: &str, input: &Json) -> Result<Json, Refusal> {
        call(self.url(), operation, input).unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    /// Calls an operation that has to succeed.
    #[track_caller]
    pub(crate) fn must(&self, operation: &str, input: &Json) -> Json {
        match self.call(operation, input) {
            Ok(output) => output,
            Err(refusal) => panic!("{operation} {input}: {} {}", refusal.status, refusal.body),
        }
    }

    /// Waits until `condition` holds, and panics if it does not come to hold within a minute.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, condition: impl FnMut(&Self) -> bool) {
        assert!(self.wait_for(condition), "{what}: not within a minute");
    }

    /// Waits until `condition` holds, but no longer than a minute; false if it does not.
    pub(crate) fn wait_for(&self, mut condition: impl FnMut(&Self) -> bool) -> bool {
        let give_up = Instant::now() + Duration::from_secs(60);
        while !condition(self) {
            if Instant::now() > give_up {
                return false;
            }
            thread::sleep(Duration::from_millis(20));
        }
        true
    }
}

/// What only the local SageMaker can do; `docs/guides/local.md` describes it.
impl Backend {
    /// Lets the next calls that a fault fits go wrong.
    #[track_caller]
    pub(crate) fn fault(&self, fault: &Json) {
        self.administer("POST", "/admin/faults", &json!([fault]));
    }

    /// Lets the service refuse the next call of an operation.
    #[track_caller]
    pub(crate) fn refuse(&self, operation: &str, code: &str, message: &str) {
        self.fault(&json!({ "operation": operation, "kind": "error", "code": code, "message": message }));
    }

    /// All objects that the service holds.
    #[track_caller]
    pub(crate) fn objects(&self) -> Json {
        self.administer("GET", "/admin/objects", &Json::Null)
    }

    /// How many objects of each kind the service holds.
    #[track_caller]
    pub(crate) fn count_by_kind(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for object in self.objects().as_array().expect("a list") {
            *counts.entry(object["kind"].as_str().expect("a text").to_owned()).or_default() += 1;
        }
        counts
    }

    /// Changes what an object shows, in ways that the API may not offer.
    #[track_caller]
    pub(crate) fn change_out_of_band(&self, arn: &str, members: &Json) {
        self.administer("POST", "/admin/objects", &json!({ "arn": arn, "members": members }));
    }

    /// Ends what an object is going through, also if it hangs.
    #[track_caller]
    pub(crate) fn end(&self, arn: &str) {
        self.administer("POST", "/admin/objects", &json!({ "arn": arn, "ended": true }));
    }

    /// Removes an object, also in the midst of what it is going through.
    #[track_caller]
    pub(crate) fn remove(&self, arn: &str) {
        self.administer("POST", "/admin/objects", &json!({ "arn": arn, "removed": true }));
    }

    /// How often an operation was called.
    #[track_caller]
    pub(crate) fn calls(&self, operation: &str) -> u64 {
        self.all_calls().get(operation).copied().unwrap_or(0)
    }

    /// How often each operation was called.
    #[track_caller]
    pub(crate) fn all_calls(&self) -> BTreeMap<String, u64> {
        serde_json::from_value(self.administer("GET", "/admin/calls", &Json::Null)).expect("numbers by operation")
    }

    #[track_caller]
    fn administer(&self, method: &str, path: &str, body: &Json) -> Json {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let Reply { status, body } =
            http::send(self.url(), method, path, &[("Content-Type", "application/json")], &body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {body}");
        if body.is_empty() { json!({}) } else { serde_json::from_str(&body).expect("the administration speaks JSON") }
    }
}

/// Calls an operation of the API of the service at that URL; the error is that there was no answer.
pub(crate) fn call(url: &str, operation: &str, input: &Json) -> io::Result<Result<Json, Refusal>> {
    // Neither service computes the signature, but both take the region from it.
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sagemaker/aws4_request, \
     SignedHeaders=host;x-amz-date, Signature={}",
        "0".repeat(64)
    );
    let headers = [
        ("Authorization", authorization.as_str()),
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Date", "20260101T000000Z"),
        ("X-Amz-Target", &format!("SageMaker.{operation}")),
    ];
    let reply = http::try_to_send(url, "POST", "/", &headers, &input.to_string())?;
    if reply.status == 200 {
        let body = if reply.body.is_empty() { "{}" } else { &reply.body };
        Ok(Ok(serde_json::from_str(body)?))
    } else {
        Ok(Err(Refusal { status: reply.status, body: reply.body }))
    }
}

fn start(command: &Command) -> Started {
    let logs = tempfile::tempdir().expect("a temporary directory can be created");
    let server = Server::start(command, &logs.path().join("server.log"));
    Started { server, _logs: logs }
}
