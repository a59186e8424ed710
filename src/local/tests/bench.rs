//! What tests drive the service with: a clock that the test advances, and replies that are all checked against the
//! model.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use crate::{
    definition::service,
    local::{
        authorization::Policy,
        error::ServiceError,
        json,
        moment::Moment,
        options::Options,
        outcome::Outcome,
        state::{OutOfBand, State},
        storage::data::DataError,
        validate,
    },
    value::Value,
};

/// Where the service itself is known to leave out what its model requires. Each is explained where it is left out.
const KNOWN: &[(&str, &str)] = &[
    // The pattern has the ARN begin as those of IAM do; those of fleets begin as all do.
    ("DescribeDeviceFleet", "Value 'arn:aws:sagemaker:eu-central-1:123456789012:device-fleet/"),
    ("GetDeviceFleetReport", "Value 'arn:aws:sagemaker:eu-central-1:123456789012:device-fleet/"),
    ("ListDeviceFleets", "Value 'arn:aws:sagemaker:eu-central-1:123456789012:device-fleet/"),
    // It is unknown what the service shows for a job that monitors no endpoint.
    ("ListDataQualityJobDefinitions", "Value '' at 'jobDefinitionSummaries.1.member.endpointName'"),
    ("ListModelBiasJobDefinitions", "Value '' at 'jobDefinitionSummaries.1.member.endpointName'"),
    ("ListModelExplainabilityJobDefinitions", "Value '' at 'jobDefinitionSummaries.1.member.endpointName'"),
    ("ListModelQualityJobDefinitions", "Value '' at 'jobDefinitionSummaries.1.member.endpointName'"),
    ("DescribeEndpoint", "Value null at 'dataCaptureConfig.kmsKeyId'"),
    ("DescribeFeatureGroup", "Value null at 'nextToken'"),
    ("DescribeModelPackage", "Value null at 'modelPackageName'"),
];

const START: i64 = 1_800_000_000_000;
const LATENCY: i64 = 400;

/// A service of its own.
pub(in crate::local) struct Bench {
    pub(in crate::local) state: State,
    now: Arc<AtomicI64>,
}

impl Bench {
    pub(in crate::local) fn new() -> Self {
        let now = Arc::new(AtomicI64::new(START));
        Self { state: state(&now), now }
    }

    /// A service whose callers may do what the policy allows.
    pub(in crate::local) fn under(policy: Policy) -> Self {
        let now = Arc::new(AtomicI64::new(START));
        let clock = Arc::clone(&now);
        let options = Options { policy: Some(policy), ..Options::default() };
        Self { state: State::new(options, Arc::new(move || Moment(clock.load(Ordering::Relaxed)))), now }
    }

    /// A service that continues from the file.
    pub(in crate::local) fn on(file: &Path) -> Result<Self, DataError> {
        let now = Arc::new(AtomicI64::new(START));
        Ok(Self { state: state(&now).with_data(file)?, now })
    }

    /// Ends, and starts again at the same moment.
    pub(in crate::local) fn restarted(self, file: &Path) -> Self {
        let Self { state: ended, now } = self;
        drop(ended);
        Self { state: state(&now).with_data(file).expect("a file that can be read"), now }
    }

    /// Calls an operation that has to succeed.
    pub(in crate::local) fn ok(&self, operation: &str, input: &str) -> Value {
        self.ends(operation, input, Outcome::Success)
    }

    /// Calls an operation that has to succeed, and whose change is to end so.
    pub(in crate::local) fn ends(&self, operation: &str, input: &str, outcome: Outcome) -> Value {
        let reply = self.call(operation, input, outcome).unwrap_or_else(|error| panic!("{operation}: {error:?}"));
        let shape = service::operation(operation).unwrap().output;
        assert_eq!(validate::typed(shape, reply.clone(), ""), Ok(reply.clone()), "{operation}");
        let mut problems = validate::problems(shape, &reply);
        problems
            .retain(|problem| !KNOWN.iter().any(|(known, start)| *known == operation && problem.starts_with(start)));
        assert!(problems.is_empty(), "{operation}: {}\n{}", problems.join("\n"), json::write(&reply));
        reply
    }

    /// Calls an operation that has to be refused; code and message.
    pub(in crate::local) fn refused(&self, operation: &str, input: &str) -> String {
        let error = self.call(operation, input, Outcome::Success).expect_err(operation);
        format!("{}: {}", error.code, error.message)
    }

    /// Lets as much time pass as a change takes.
    pub(in crate::local) fn wait(&self) {
        self.pass(LATENCY);
    }

    /// Lets half as much time pass.
    pub(in crate::local) fn wait_half(&self) {
        self.pass(LATENCY / 2);
    }

    pub(in crate::local) fn change_out_of_band(&self, arn: &str, members: &str) -> bool {
        let members = json::read(members.as_bytes()).unwrap().as_map().unwrap().clone();
        self.state.change_out_of_band(arn, OutOfBand::Members(members))
    }

    fn pass(&self, milliseconds: i64) {
        self.now.fetch_add(milliseconds, Ordering::Relaxed);
    }

    fn call(&self, operation: &str, input: &str, outcome: Outcome) -> Result<Value, ServiceError> {
        let input = json::read(input.as_bytes()).expect("the input of a test is JSON");
        self.state.handle("eu-central-1", operation, input, outcome)
    }
}

fn state(now: &Arc<AtomicI64>) -> State {
    let clock = Arc::clone(now);
    let latency = Duration::from_millis(LATENCY.unsigned_abs());
    State::new(Options { latency, ..Options::default() }, Arc::new(move || Moment(clock.load(Ordering::Relaxed))))
}

/// The names in a list of summaries.
pub(in crate::local) fn names(reply: &Value, list: &str, name: &str) -> Vec<String> {
    reply.get(list).elements().iter().map(|one| one.get(name).as_str().unwrap_or_default().to_owned()).collect()
}

/// The text of a member.
pub(in crate::local) fn text<'a>(reply: &'a Value, member: &str) -> &'a str {
    reply.get(member).as_str().unwrap_or_default()
}
