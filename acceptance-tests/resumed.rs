//! A change of several calls that is cut short anywhere is finished by the next apply, what ran before included.
//!
//! In this process and in virtual time: the real engine, a notebook instance that takes a minute for each of its changes, and
//! as much of Terraform as keeps a state and its private data.

use std::{
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use async_trait::async_trait;
use sagemaker_provider::{
    api::{Api, ApiError, Connect, ConnectError, ErrorKind, Settings},
    definition::{AttributeKind, resource},
    diag::Diagnostics,
    engine::{Engine, Outcome, Provider},
    regions::NoRegion,
    schema::Nesting,
    special::SPECIALS,
    value::Value,
};
use tokio::time::{Instant, timeout};

const TYPE: &str = "sagemaker_notebook_instance";
const REGION: &str = "us-east-1";

/// How long a notebook instance takes from one state to the next.
const TRANSITION: Duration = Duration::from_secs(60);

/// The beginning of the service's time.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// How a call that changes something can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The service refuses it.
    Refused,
    /// The connection breaks before the call has an effect.
    Before,
    /// The connection breaks after the call had its effect.
    After,
    /// The reply is lost, and the repeated call meets the effect of the first.
    Repeated,
}

const FAULTS: [Fault; 4] = [Fault::Refused, Fault::Before, Fault::After, Fault::Repeated];

/// A notebook instance, and the service around it.
#[derive(Clone, Default)]
struct Service(Arc<Mutex<Instance>>);

#[derive(Default)]
struct Instance {
    status: &'static str,
    /// What it is on its way to, and when it gets there; empty: nothing. It is gone when it gets to `gone`.
    next: &'static str,
    arrives: Option<Instant>,
    instance_type: String,
    /// Calls that change something.
    changes: usize,
    /// Which of them goes wrong, and how.
    fault: Option<(usize, Fault)>,
}

impl Service {
    fn instance(&self) -> MutexGuard<'_, Instance> {
        let mut instance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        instance.arrive();
        instance
    }

    fn fail(&self, change: usize, fault: Fault) {
        let mut instance = self.instance();
        instance.changes = 0;
        instance.fault = Some((change, fault));
    }

    fn expect(&self, status: &str, instance_type: &str, context: &str) {
        let instance = self.instance();
        assert_eq!((instance.status, &*instance.instance_type), (status, instance_type), "{context}");
    }
}

impl Instance {
    fn arrive(&mut self) {
        if self.arrives.is_some_and(|arrives| arrives <= Instant::now()) {
            (self.status, self.next, self.arrives) = (self.next, "", None);
        }
    }

    fn leave(
        &mut self,
        operation: &str,
        from: &[&str],
        through: &'static str,
        to: &'static str,
    ) -> Result<(), ApiError> {
        if !from.contains(&self.status) {
            let message = format!("Status ({}) not in ({from:?}). Unable to transition to ({through})", self.status);
            return Err(error(operation, "ValidationException", &message));
        }
        (self.status, self.next, self.arrives) = (through, to, Some(Instant::now() + TRANSITION));
        Ok(())
    }

    fn change(&mut self, operation: &str, input: &Value) -> Result<Value, ApiError> {
        match operation {
            "CreateNotebookInstance" => {
                self.leave(operation, &["", "gone"], "Pending", "InService")?;
                self.instance_type = input.get("InstanceType").as_str().unwrap_or_default().to_owned();
            }
            "UpdateNotebookInstance" => {
                self.leave(operation, &["Stopped", "Failed"], "Updating", "Stopped")?;
                self.instance_type = input.get("InstanceType").as_str().unwrap_or_default().to_owned();
            }
            "StopNotebookInstance" => self.leave(operation, &["InService"], "Stopping", "Stopped")?,
            "StartNotebookInstance" => self.leave(operation, &["Stopped", "Failed"], "Pending", "InService")?,
            "DeleteNotebookInstance" => self.leave(operation, &["Stopped", "Failed"], "Deleting", "gone")?,
            other => panic!("{other} has no part in this"),
        }
        Ok(Value::from([("NotebookInstanceArn", ARN.into())]))
    }

    fn describe(&self, operation: &str) -> Result<Value, ApiError> {
        if matches!(self.status, "" | "gone") {
            return Err(error(operation, "ValidationException", "RecordNotFound"));
        }
        Ok(Value::from([
            ("NotebookInstanceName", "lab".into()),
            ("NotebookInstanceArn", ARN.into()),
            ("NotebookInstanceStatus", self.status.into()),
            ("InstanceType", (*self.instance_type).into()),
            ("RoleArn", ROLE.into()),
            ("DirectInternetAccess", "Enabled".into()),
            ("RootAccess", "Enabled".into()),
            ("VolumeSizeInGB", 5.into()),
            ("PlatformIdentifier", "notebook-al2023-v1".into()),
            ("IpAddressType", "ipv4".into()),
            (
                "InstanceMetadataServiceConfiguration",
                Value::from([("MinimumInstanceMetadataServiceVersion", "1".into())]),
            ),
        ]))
    }
}

const ARN: &str = "arn:aws:sagemaker:us-east-1:123456789012:notebook-instance/lab";
const ROLE: &str = "arn:aws:iam::123456789012:role/notebook";

fn error(operation: &str, code: &str, message: &str) -> ApiError {
    ApiError {
        operation: operation.to_owned(),
        kind: ErrorKind::Service,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: String::new(),
        status: Some(400),
        attempts: 1,
        in_doubt: false,
    }
}

fn broken(operation: &str) -> ApiError {
    ApiError {
        kind: ErrorKind::Connection,
        status: None,
        in_doubt: true,
        ..error(operation, "", "the connection broke")
    }
}

#[async_trait]
impl Api for Service {
    async fn call(&self, _: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut instance = self.instance();
        match operation {
            "DescribeNotebookInstance" => return instance.describe(operation),
            "ListTags" => return Ok(Value::from([("Tags", Value::List(Vec::new()))])),
            _ => {}
        }
        let fault = instance.fault.filter(|(change, _)| *change == instance.changes).map(|(_, fault)| fault);
        instance.changes += 1;
        match fault {
            None => instance.change(operation, input),
            Some(Fault::Refused) => Err(error(operation, "ValidationException", "One of the values is not allowed.")),
            Some(Fault::Before) => Err(broken(operation)),
            Some(Fault::After) => {
                instance.change(operation, input)?;
                Err(broken(operation))
            }
            Some(Fault::Repeated) => {
                instance.change(operation, input)?;
                instance.change(operation, input).map_err(|error| ApiError { in_doubt: true, ..error })
            }
        }
    }

    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call(region, operation, input).await
    }

    fn service_time(&self, _: &str, moment: Instant) -> SystemTime {
        UNIX_EPOCH + moment.saturating_duration_since(*START)
    }

    fn region(&self) -> &str {
        REGION
    }

    fn check_region(&self, _: &str) -> Result<(), NoRegion> {
        Ok(())
    }

    async fn missing_credentials(&self) -> Option<String> {
        None
    }

    async fn account(&self) -> Option<String> {
        None
    }

    fn stop(&self) {}
}

#[async_trait]
impl Connect for Service {
    async fn connect(&self, _: Settings, _: &str) -> Result<Arc<dyn Api>, ConnectError> {
        Ok(Arc::new(self.clone()))
    }
}

/// As much of Terraform as this takes.
struct Terraform {
    engine: Engine,
    state: Value,
    private: Vec<u8>,
}

impl Terraform {
    async fn on(service: &Service) -> Self {
        let engine = Engine::new(SPECIALS, Box::new(service.clone()));
        assert!(!engine.configure(&Value::object(), "1.11.4").await.has_error());
        Self { engine, state: Value::Null, private: Vec::new() }
    }

    /// With a notebook instance that runs.
    async fn with_running_instance(service: &Service) -> Self {
        let mut terraform = Self::on(service).await;
        terraform.apply(&config("ml.t3.medium", None)).await.expect("it is created");
        service.expect("InService", "ml.t3.medium", "created");
        terraform
    }

    async fn refresh(&mut self) {
        if !self.state.is_null() {
            let read = self.engine.read(TYPE, &self.state, &self.private).await;
            assert!(!read.diagnostics.has_error(), "{:?}", read.diagnostics);
            (self.state, self.private) = (read.state, read.private);
        }
    }

    /// Refreshes, plans and applies. True if there was nothing to do.
    async fn apply(&mut self, config: &Value) -> Result<bool, Diagnostics> {
        self.refresh().await;
        let plan = self.engine.plan(TYPE, &self.state, config, &self.private);
        assert!(!plan.diagnostics.has_error() && plan.requires_replace.is_empty(), "{:?}", plan.diagnostics);
        if plan.planned == self.state {
            return Ok(true);
        }
        let Outcome { state, private, diagnostics, .. } =
            self.engine.apply(TYPE, &self.state, &plan.planned, config, &plan.private).await;
        (self.state, self.private) = (state, private);
        if diagnostics.has_error() { Err(diagnostics) } else { Ok(false) }
    }

    async fn destroy(&mut self) -> Result<(), Diagnostics> {
        self.refresh().await;
        if self.state.is_null() {
            return Ok(());
        }
        let plan = self.engine.plan(TYPE, &self.state, &Value::Null, &self.private);
        let done = self.engine.apply(TYPE, &self.state, &Value::Null, &Value::Null, &plan.private).await;
        (self.state, self.private) = (done.state, done.private);
        if done.diagnostics.has_error() { Err(done.diagnostics) } else { Ok(()) }
    }

    /// Applies in a run in which the provider is killed after a while. Terraform then keeps the state, and no private data.
    async fn apply_killed_after(&mut self, seconds: u64, config: &Value) {
        if timeout(Duration::from_secs(seconds), self.apply(config)).await.is_err() {
            self.private = Vec::new();
        }
    }

    /// Applies until there is nothing left to do.
    async fn apply_until_unchanged(&mut self, config: &Value, context: &str) {
        for _ in 0..3 {
            match self.apply(config).await {
                Ok(true) => return,
                Ok(false) => {}
                Err(diagnostics) => panic!("{context}: {diagnostics:?}"),
            }
        }
        panic!("{context}: every plan has something to do");
    }
}

fn config(instance_type: &str, update_timeout: Option<&str>) -> Value {
    let attributes = resource(TYPE).expect("a resource of ours").attributes;
    let unset = attributes.iter().map(|attribute| {
        let value = match attribute.kind {
            AttributeKind::Block { nesting: Nesting::List | Nesting::Set, .. } => Value::List(Vec::new()),
            _ => Value::Null,
        };
        (attribute.name.to_owned(), value)
    });
    let mut config = Value::Map(unset.collect());
    for (name, value) in [("name", "lab"), ("instance_type", instance_type), ("role_arn", ROLE)] {
        config.insert(name, value.into());
    }
    if let Some(update) = update_timeout {
        let timeouts = [("create", Value::Null), ("update", update.into()), ("delete", Value::Null)];
        config.insert("timeouts", Value::from(timeouts));
    }
    config
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_ran_runs_again_whichever_call_of_an_update_goes_wrong() {
    for fault in FAULTS {
        for change in 0..3 {
            let context = format!("{fault:?} at change {change}");
            let service = Service::default();
            let mut terraform = Terraform::with_running_instance(&service).await;
            service.fail(change, fault);
            let expected = config("ml.t3.large", None);
            let first = terraform.apply(&expected).await;
            assert_eq!(first.is_err(), matches!(fault, Fault::Refused | Fault::Before), "{context}: {first:?}");
            terraform.apply_until_unchanged(&expected, &context).await;
            service.expect("InService", "ml.t3.large", &context);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_ran_runs_again_whenever_an_update_is_killed() {
    for seconds in (1..190).step_by(9) {
        let context = format!("killed after {seconds} s");
        let service = Service::default();
        let mut terraform = Terraform::with_running_instance(&service).await;
        let expected = config("ml.t3.large", None);
        terraform.apply_killed_after(seconds, &expected).await;
        terraform.apply_until_unchanged(&expected, &context).await;
        service.expect("InService", "ml.t3.large", &context);
    }
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_ran_runs_again_whenever_an_update_is_interrupted() {
    for seconds in (1..190).step_by(9) {
        let context = format!("interrupted after {seconds} s");
        let service = Service::default();
        let mut terraform = Terraform::with_running_instance(&service).await;
        let expected = config("ml.t3.large", None);
        terraform.refresh().await;
        let plan = terraform.engine.plan(TYPE, &terraform.state, &expected, &terraform.private);
        let apply = terraform.engine.apply(TYPE, &terraform.state, &plan.planned, &expected, &plan.private);
        let interruption = async {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            terraform.engine.stop();
        };
        let (outcome, ()) = tokio::join!(apply, interruption);
        (terraform.state, terraform.private) = (outcome.state, outcome.private);
        terraform.apply_until_unchanged(&expected, &context).await;
        service.expect("InService", "ml.t3.large", &context);
    }
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_ran_runs_again_after_an_update_that_took_too_long() {
    for allowed in ["30s", "90s", "150s"] {
        let service = Service::default();
        let mut terraform = Terraform::with_running_instance(&service).await;
        terraform.apply(&config("ml.t3.large", Some(allowed))).await.expect_err(allowed);
        terraform.apply_until_unchanged(&config("ml.t3.large", None), allowed).await;
        service.expect("InService", "ml.t3.large", allowed);
    }
}

#[tokio::test(start_paused = true)]
async fn who_takes_a_change_back_after_it_was_cut_short_gets_a_running_instance_too() {
    let service = Service::default();
    let mut terraform = Terraform::with_running_instance(&service).await;
    service.fail(1, Fault::Before);
    terraform.apply(&config("ml.t3.large", None)).await.expect_err("the update is lost");
    service.expect("Stopped", "ml.t3.medium", "cut short");
    let before = config("ml.t3.medium", None);
    terraform.refresh().await;
    let plan = terraform.engine.plan(TYPE, &terraform.state, &before, &terraform.private);
    assert!(plan.diagnostics.iter().any(|one| one.summary.contains("will be returned to state `InService`")));
    terraform.apply_until_unchanged(&before, "taken back").await;
    service.expect("InService", "ml.t3.medium", "taken back");
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_somebody_has_stopped_stays_so() {
    let service = Service::default();
    let mut terraform = Terraform::with_running_instance(&service).await;
    service.call(REGION, "StopNotebookInstance", &Value::Null).await.expect("it runs");
    tokio::time::sleep(TRANSITION).await;
    assert_eq!(terraform.apply(&config("ml.t3.medium", None)).await, Ok(true), "nothing is to be changed");
    terraform.apply_until_unchanged(&config("ml.t3.large", None), "updated").await;
    service.expect("Stopped", "ml.t3.large", "updated");
}

#[tokio::test(start_paused = true)]
async fn a_destroy_is_carried_out_whichever_call_goes_wrong() {
    for fault in FAULTS {
        for change in 0..2 {
            let context = format!("{fault:?} at change {change}");
            let service = Service::default();
            let mut terraform = Terraform::with_running_instance(&service).await;
            service.fail(change, fault);
            let first = terraform.destroy().await;
            assert_eq!(first.is_err(), matches!(fault, Fault::Refused | Fault::Before), "{context}: {first:?}");
            terraform.destroy().await.unwrap_or_else(|diagnostics| panic!("{context}: {diagnostics:?}"));
            assert!(terraform.state.is_null(), "{context}");
            service.expect("gone", "ml.t3.medium", &context);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn who_takes_a_destroy_back_after_it_was_cut_short_gets_a_running_instance() {
    let service = Service::default();
    let mut terraform = Terraform::with_running_instance(&service).await;
    service.fail(1, Fault::Before);
    terraform.destroy().await.expect_err("the delete is lost");
    service.expect("Stopped", "ml.t3.medium", "cut short");
    terraform.apply_until_unchanged(&config("ml.t3.medium", None), "taken back").await;
    service.expect("InService", "ml.t3.medium", "taken back");
}

#[tokio::test(start_paused = true)]
async fn what_is_being_deleted_already_is_destroyed() {
    let service = Service::default();
    let mut terraform = Terraform::with_running_instance(&service).await;
    for operation in ["StopNotebookInstance", "DeleteNotebookInstance"] {
        service.call(REGION, operation, &Value::Null).await.expect("it is ready");
        if operation == "StopNotebookInstance" {
            tokio::time::sleep(TRANSITION).await;
        }
    }
    terraform.destroy().await.expect("it is on its way");
    service.expect("gone", "ml.t3.medium", "destroyed");
}
