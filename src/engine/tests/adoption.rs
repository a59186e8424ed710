//! The behaviour of a create whose reply is lost, for every resource kind, against a service that holds objects of one
//! kind.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use async_trait::async_trait;
use fastrand::Rng;
use tokio::time::Instant;

use crate::{
    api::{
        Api, ApiError, ErrorKind,
        fake::{ACCOUNT, REGION, refusal},
    },
    definition::{AttributeKind, RESOURCES, Resource, service::ShapeKind},
    diag::{Candidate, Doubt},
    engine::{
        convert::{
            address,
            tags::{self, Ignored},
        },
        resource::{claims::Claims, generated_names::generate_names, plan::plan, private::Private, work::Work},
        service::{condition::Condition, failure::Failure, flight::Flights, required::check, stop::Stopper},
        tests::random::{configuration, context, echo},
    },
    regions::NoRegion,
    value::Value,
};

/// The service's clock at the start of a test, in seconds since 1970.
const START: u64 = 1_800_000_000;
const YEARS: i64 = 9 * 365 * 86_400;

/// The fault of each create call.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Before,
    After,
    /// The first reply is lost, later ones are not.
    AfterOnce,
    /// A proxy returns an empty success, and the service is not called.
    Empty,
    /// The same, but the service is called.
    EmptyAfter,
}

const FAULTS: [Fault; 5] = [Fault::Before, Fault::After, Fault::AfterOnce, Fault::Empty, Fault::EmptyAfter];

/// An object as the service stores it.
#[derive(Debug, Clone)]
struct Object {
    description: Value,
    tags: Value,
    token: Value,
}

/// A service that holds objects of one kind.
struct Service {
    resource: &'static Resource,
    /// The description of the desired object.
    template: Value,
    fault: Fault,
    started: Instant,
    objects: Mutex<Vec<Object>>,
    creates: Mutex<u32>,
}

impl Service {
    fn objects(&self) -> Vec<Object> {
        self.objects.lock().expect("no test panics while it holds this").clone()
    }

    /// Stores an object that was created `age` seconds before the start of the test.
    fn put(&self, age: i64, tags: Value, token: Value) -> Value {
        let mut objects = self.objects.lock().expect("no test panics while it holds this");
        let mut description = self.template.clone();
        let resource = self.resource;
        let number = objects.len() + 1;
        for member in resource.identity.members.iter().chain(&resource.identity.arn) {
            let attribute = resource.attribute_of(member);
            if let Some(attribute) = attribute.filter(|attribute| !attribute.usage.is_settable()) {
                let value = match &attribute.kind {
                    AttributeKind::Plain { shape, .. } if matches!(shape.kind, ShapeKind::Integer { .. }) => {
                        i64::try_from(number).expect("there are few objects").into()
                    }
                    _ => format!("arn:aws:sagemaker:{REGION}:{ACCOUNT}:kind/object/{number}").into(),
                };
                description.insert(attribute.read_member().unwrap_or_default(), value);
            }
        }
        if let Some(member) = resource.creation_time() {
            let now = i64::try_from(START + self.started.elapsed().as_secs()).expect("a time of today");
            description.insert(member.name, (now - age).into());
        }
        if let Some(field) = resource.delete_wait.as_ref().and_then(|wait| wait.field)
            && Condition::of(resource, &description) == Condition::Deleting
        {
            description.insert(field, "Active".into());
        }
        objects.push(Object { description: description.clone(), tags, token });
        description
    }

    fn create(&self, input: &Value) -> Result<Value, ApiError> {
        let operation = self.resource.operations.create;
        let mut creates = self.creates.lock().expect("no test panics while it holds this");
        *creates += 1;
        let reaches = !matches!(self.fault, Fault::Before | Fault::Empty);
        let is_lost = self.fault != Fault::AfterOnce || *creates == 1;
        let token = operation.input.members().iter().find(|member| member.idempotency_token);
        let token = token.map_or(Value::Null, |member| input.get(member.name).clone());
        let known = self.objects().into_iter().find(|object| !token.is_null() && object.token == token);
        let reply = match known {
            Some(object) => Ok(object.description),
            None if reaches && self.resource.is_named_by_users() && !self.objects().is_empty() => {
                Err(refusal(operation.name, "ValidationException", "It already exists."))
            }
            None if reaches => Ok(self.put(0, input.get("Tags").clone(), token)),
            None => Ok(Value::object()),
        };
        match self.fault {
            Fault::Empty | Fault::EmptyAfter => Ok(Value::object()),
            _ if is_lost => Err(lost(operation.name)),
            _ => reply,
        }
    }

    fn read(&self, operation: &str, input: &Value) -> Result<Value, ApiError> {
        let resource = self.resource;
        let is_addressed = |object: &&Object| {
            let state = resource.identity.members.iter().filter_map(|member| {
                let attribute = resource.attribute_of(member)?;
                let known = !attribute.usage.is_settable();
                known.then(|| {
                    (
                        attribute.name.to_owned(),
                        object.description.get(attribute.read_member().unwrap_or_default()).clone(),
                    )
                })
            });
            let address = address::address(resource, resource.operations.read, &Value::Map(state.collect()));
            address.as_map().into_iter().flatten().all(|(name, value)| {
                resource.identity.constants.iter().any(|(constant, _)| constant == name) || input.get(name) == value
            })
        };
        let objects = self.objects();
        let found = objects.iter().find(is_addressed).map(|object| object.description.clone());
        match (found, resource.operations.object) {
            (Some(description), None) => Ok(description),
            (Some(description), Some(object)) => Ok(Value::from([(object, description)])),
            (None, _) => Err(refusal(operation, "ResourceNotFound", "It does not exist.")),
        }
    }
}

fn lost(operation: &str) -> ApiError {
    ApiError {
        kind: ErrorKind::Connection,
        status: None,
        in_doubt: true,
        ..refusal(operation, "", "the connection broke")
    }
}

#[async_trait]
impl Api for Service {
    async fn call(&self, _: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        // Concurrent creates take turns at each call, as over a network.
        tokio::task::yield_now().await;
        let operations = &self.resource.operations;
        if operation == operations.create.name {
            return self.create(input);
        }
        check(operation, input)?;
        let list = operations.list.filter(|list| list.name == operation && operation != operations.read.name);
        if let Some(list) = list {
            let summaries = self.objects().into_iter().map(|object| object.description).collect();
            return Ok(Value::from([(list.pages.unwrap_or_default(), Value::List(summaries))]));
        }
        match operation {
            "ListTags" => Ok(Value::from([("Tags", self.objects().last().map_or(Value::Null, |it| it.tags.clone()))])),
            _ => self.read(operation, input),
        }
    }

    async fn call_once(&self, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
        self.call(region, operation, input).await
    }

    fn service_time(&self, _: &str, moment: Instant) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(START) + moment.duration_since(self.started)
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

/// A resource, the desired object, and the service.
struct Bench {
    desired: Value,
    service: Arc<Service>,
    stopper: Stopper,
    claims: Claims,
    adopted_within: Option<Duration>,
}

impl Bench {
    fn new(resource: &'static Resource, fault: Fault) -> Self {
        let rng = &mut Rng::with_seed(11);
        let mut config = configuration(resource.attributes, rng, 0);
        for member in resource.identity.members {
            let attribute = resource.attribute_of(member).filter(|it| it.usage.is_settable());
            if let Some(attribute) = attribute.filter(|it| config.get(it.name).as_str().is_some()) {
                config.insert(attribute.name, "object".into());
            }
        }
        config.insert("region", REGION.into());
        if resource.tags.is_some() {
            config.insert("tags", Value::from([("team", "ml".into())]));
        }
        let planned = plan(resource, None, &context(), &Value::Null, &config).planned;
        let desired = generate_names(resource, &planned);
        let mut template = echo(resource, &desired, rng);
        let wait = resource.create_wait.as_ref().or(resource.delete_wait.as_ref());
        if let Some((wait, state)) = wait.and_then(|wait| Some((wait, wait.done.first().or(wait.pending.first())?))) {
            template.insert(wait.field.unwrap_or_default(), (*state).into());
        }
        // Tags in the description are those of the object.
        if resource.operations.object.is_none() && resource.operations.read.output.member("Tags").is_some() {
            template.insert("Tags", tags::for_create(&desired));
        }
        let service = Service {
            resource,
            template,
            fault,
            started: Instant::now(),
            objects: Mutex::default(),
            creates: Mutex::default(),
        };
        Self {
            desired,
            service: Arc::new(service),
            stopper: Stopper::new(),
            claims: Claims::default(),
            adopted_within: None,
        }
    }

    async fn create(&self) -> Result<Value, Failure> {
        static NO_TAGS: Value = Value::Null;
        let (ignored_tags, flights) = (Ignored::default(), Flights::default());
        let work = Work {
            resource: self.service.resource,
            special: None,
            api: &*self.service,
            default_tags: &NO_TAGS,
            ignored_tags: &ignored_tags,
            flights: &flights,
            adopted_within: self.adopted_within,
            private: Private::default(),
            claims: &self.claims,
            stop: self.stopper.listener(),
            started: Instant::now(),
        };
        work.call_create(&self.desired).await
    }

    /// The tags that a create sends.
    fn sent(&self) -> Value {
        let resource = self.service.resource;
        let sends =
            tags::are_kept(resource, &self.desired) && resource.operations.create.input.member("Tags").is_some();
        if sends { tags::for_create(&self.desired) } else { Value::Null }
    }

    /// Why the existing objects are not adopted.
    async fn doubts(&self) -> Vec<Doubt> {
        let (noun, fault) = (self.service.resource.noun, self.service.fault);
        self.doubts_or_none().await.unwrap_or_else(|| panic!("{noun} with {fault:?} is created"))
    }

    /// The same; `None` if the create succeeds.
    async fn doubts_or_none(&self) -> Option<Vec<Doubt>> {
        let noun = self.service.resource.noun;
        match self.create().await {
            Ok(_) => None,
            Err(Failure::NotProven { candidates, .. }) => {
                let doubt = |candidate: Candidate| candidate.doubt.expect("none is proven");
                Some(candidates.into_iter().map(doubt).collect())
            }
            Err(Failure::Call(error)) if error.in_doubt => Some(Vec::new()),
            other => panic!("{noun} with {:?}: {other:?}", self.service.fault),
        }
    }
}

/// All creatable resources but the device: a special file plans its name.
fn creatable() -> impl Iterator<Item = &'static Resource> {
    RESOURCES.iter().filter(|resource| resource.creates_an_object() && resource.type_name != "sagemaker_device")
}

/// True if an empty reply of the create call can be distinguished from a complete one.
fn promises_something(resource: &'static Resource) -> bool {
    let output = resource.operations.create.output.members();
    output.iter().any(|member| member.required) || !resource.is_named_by_users()
}

fn is_possible(resource: &'static Resource, fault: Fault) -> bool {
    !matches!(fault, Fault::Empty | Fault::EmptyAfter) || promises_something(resource)
}

#[tokio::test(start_paused = true)]
async fn an_object_of_a_lost_create_is_found_and_not_created_twice() {
    for resource in creatable() {
        for fault in [Fault::After, Fault::AfterOnce, Fault::EmptyAfter] {
            if !is_possible(resource, fault) {
                continue;
            }
            let bench = Bench::new(resource, fault);
            let created = bench.create().await;
            let name = resource.type_name;
            assert_eq!(bench.service.objects().len(), 1, "{name} with {fault:?}");
            let has_proof = resource.creation_time().is_some() || address::has_token(resource.operations.create);
            assert_eq!(created.is_ok(), has_proof, "{name} with {fault:?}: {created:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_object_that_was_not_created_is_not_found_and_not_created_again() {
    for resource in creatable() {
        for fault in [Fault::Before, Fault::Empty] {
            if is_possible(resource, fault) {
                let bench = Bench::new(resource, fault);
                assert_eq!(bench.doubts().await, [], "{}", resource.type_name);
                let creates = *bench.service.creates.lock().expect("nothing has panicked");
                let may_repeat = address::has_token(resource.operations.create);
                assert!(creates == 1 || may_repeat, "{} was created {creates} times", resource.type_name);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_older_identical_object_is_not_adopted() {
    for resource in creatable().filter(|resource| resource.is_named_by_users()) {
        for (fault, age) in FAULTS.into_iter().flat_map(|fault| [(fault, YEARS), (fault, 2)]) {
            if !is_possible(resource, fault) {
                continue;
            }
            let bench = Bench::new(resource, fault);
            bench.service.put(age, bench.sent(), Value::Null);
            // An immediate refusal leaves no doubt.
            if fault == Fault::AfterOnce && address::has_token(resource.operations.create) {
                continue;
            }
            let expected = if resource.creation_time().is_some() { Doubt::Older } else { Doubt::Undated };
            assert_eq!(bench.doubts().await, [expected], "{} with {fault:?}", resource.type_name);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn older_objects_named_by_the_service_are_not_adopted() {
    for resource in creatable().filter(|resource| !resource.is_named_by_users()) {
        for age in [YEARS, 2] {
            let bench = Bench::new(resource, Fault::Before);
            bench.service.put(age, bench.sent(), Value::Null);
            assert_eq!(bench.doubts().await, [], "{}", resource.type_name);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_young_object_with_other_tags_is_not_adopted() {
    let tag = |key: &str, value: &str| Value::from([("Key", key.into()), ("Value", value.into())]);
    for resource in creatable().filter(|resource| resource.creation_time().is_some()) {
        let bench = Bench::new(resource, Fault::Before);
        let returns_tags = resource.operations.read.output.member("Tags").is_some();
        if bench.sent().is_null() || returns_tags {
            continue;
        }
        let mut foreign = bench.sent().elements().to_vec();
        foreign.push(tag("owner", "payments-team"));
        bench.service.put(0, Value::List(foreign), Value::Null);
        assert_eq!(bench.doubts().await, [Doubt::OtherTags], "{}", resource.type_name);

        let bench = Bench::new(resource, Fault::Before);
        let mut own = bench.sent().elements().to_vec();
        own.push(tag("aws:createdBy", "someone"));
        bench.service.put(0, Value::List(own), Value::Null);
        assert!(bench.create().await.is_ok(), "{}", resource.type_name);
    }
}

#[tokio::test(start_paused = true)]
async fn an_object_of_another_resource_is_not_adopted() {
    for resource in creatable().filter(|resource| resource.creation_time().is_some()) {
        let bench = Bench::new(resource, Fault::Before);
        // In the future, so that it is young enough for both creates.
        bench.service.put(-60, bench.sent(), Value::Null);
        assert!(bench.create().await.is_ok(), "{}", resource.type_name);
        assert_eq!(bench.doubts().await, [Doubt::Taken], "{}", resource.type_name);
    }
}

/// Both examine the object before either adopts it.
#[tokio::test(start_paused = true)]
async fn of_two_concurrent_creates_one_adopts_an_object() {
    for resource in creatable().filter(|resource| resource.creation_time().is_some()) {
        let bench = Bench::new(resource, Fault::Before);
        bench.service.put(-60, bench.sent(), Value::Null);
        let (one, two) = tokio::join!(bench.create(), bench.doubts_or_none());
        let adopted = usize::from(one.is_ok()) + usize::from(two.is_none());
        assert_eq!(adopted, 1, "{}: {one:?}, {two:?}", resource.type_name);
        if let Some(doubts) = two {
            assert_eq!(doubts, [Doubt::Taken], "{}", resource.type_name);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn of_two_equal_candidates_none_is_adopted() {
    for resource in creatable().filter(|resource| !resource.is_named_by_users()) {
        let bench = Bench::new(resource, Fault::Before);
        bench.service.put(0, bench.sent(), Value::Null);
        bench.service.put(0, bench.sent(), Value::Null);
        assert_eq!(bench.doubts().await, [Doubt::OneOfSeveral, Doubt::OneOfSeveral], "{}", resource.type_name);
    }
}

#[tokio::test(start_paused = true)]
async fn adopt_identical_within_adopts_young_objects_with_the_same_tags() {
    for resource in creatable().filter(|it| it.is_named_by_users() && it.creation_time().is_some()) {
        let mut bench = Bench::new(resource, Fault::Before);
        bench.adopted_within = Some(Duration::from_secs(600));
        bench.service.put(60, bench.sent(), Value::Null);
        assert!(bench.create().await.is_ok(), "{}", resource.type_name);
        let mut bench = Bench::new(resource, Fault::Before);
        bench.adopted_within = Some(Duration::from_secs(600));
        bench.service.put(3_600, bench.sent(), Value::Null);
        assert_eq!(bench.doubts().await, [Doubt::Older], "{}", resource.type_name);
    }
}

#[test]
fn every_object_that_the_service_names_can_be_searched_for() {
    for resource in creatable().filter(|resource| !resource.is_named_by_users()) {
        let name = resource.type_name;
        let list = resource.operations.list.unwrap_or_else(|| panic!("{name} has no list operation"));
        let summary = list.pages.and_then(|pages| list.output.member(pages)).map(|pages| &pages.shape.kind);
        let Some(ShapeKind::List { element, .. }) = summary else { panic!("{name} is listed without pages") };
        let created = resource.creation_time().unwrap_or_else(|| panic!("{name} returns no creation time"));
        assert!(element.member(created.name).is_some(), "{name}: lists return no creation time");
        let members = resource.operations.create.output.members().iter();
        let returned = members.filter(|member| {
            resource.identity.members.contains(&member.name) || Some(member.name) == resource.identity.arn
        });
        assert!(returned.into_iter().any(|member| element.member(member.name).is_some()), "{name}: lists return no id");
        for member in list.input.members().iter().filter(|member| member.required) {
            let filter = resource.attribute_of(member.name);
            assert!(filter.is_some_and(|it| it.on_create && !it.on_update), "{name}: {} is not known", member.name);
        }
    }
}

#[test]
fn a_property_of_another_object_is_set_again_by_a_repeated_call() {
    let others = RESOURCES.iter().filter(|resource| !resource.creates_an_object());
    let others: Vec<&str> = others.map(|resource| resource.operations.create.name).collect();
    assert_eq!(
        others,
        [
            "AddAssociation",
            "PutEndpointPolicy",
            "UpdateEndpointWeightsAndCapacities",
            "UpdateFeatureMetadata",
            "PutModelPackageGroupPolicy",
            "UpdateMonitoringAlert",
            "GetSagemakerServicecatalogPortfolioStatus",
            "AddTags",
            "AssociateTrialComponent",
        ]
    );
}
