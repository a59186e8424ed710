//! Every thing, from its creation to its end, with the least and with the most that the model allows to be said of it.
//!
//! What is said is made up from the model, except for what only the service knows; this is listed here.

use regex_lite::Regex;

use super::{bench::Bench, description};
use crate::local::{
    catalog::{self, CATALOG},
    conditions::{self, Check, Test},
    json,
    kind::{Action, Kind},
    members::lookup,
    outcome::Outcome,
    validate,
};
use crate::{
    definition::service::{self, Member, Shape, ShapeKind},
    value::{Map, Number, Value},
};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Least,
    Most,
}

/// What to say where the model does not say enough: operation, member (dots lead inwards), JSON.
const SAID: &[(&str, &str, &str)] = &[
    ("CreateEndpointConfig", "ShadowProductionVariants", "null"),
    (
        "CreateEndpointConfig",
        "ProductionVariants",
        r#"[{"VariantName":"v","ModelName":"abc","InstanceType":"ml.m5.large","InitialInstanceCount":1}]"#,
    ),
    (
        "CreateCluster",
        "InstanceGroups",
        r#"[{"InstanceGroupName":"g","InstanceType":"ml.g5.xlarge","InstanceCount":1,"ExecutionRole":
        "arn:aws:iam::123456789012:role/r"}]"#,
    ),
    ("StartPipelineExecution", "PipelineVersionId", "null"),
    ("StartPipelineExecution", "PipelineVersionAlias", "null"),
    ("CreateModel", "Containers", "null"),
    ("CreateModel", "InferenceExecutionConfig", "null"),
    ("CreateModel", "PrimaryContainer", r#"{"Image":"r/i"}"#),
    ("CreateModelPackage", "ModelPackageName", "null"),
    ("CreateModelPackage", "ModelPackageGroupName", r#""abc""#),
    ("CreateTrainingJob", "ServerlessJobConfig", "null"),
    ("CreateTrainingJob", "ModelPackageConfig", "null"),
    ("CreateModelPackage", "Tags", "null"),
    ("CreatePipeline", "PipelineDefinition", r#""{\"Version\":\"1\",\"Steps\":[]}""#),
    ("CreatePipeline", "PipelineDefinitionS3Location", "null"),
    ("UpdatePipeline", "PipelineDefinition", r#""{\"Version\":\"2\",\"Steps\":[]}""#),
    ("UpdatePipeline", "PipelineDefinitionS3Location", "null"),
    ("CreateApp", "SpaceName", "null"),
    ("DescribeApp", "SpaceName", "null"),
    ("DeleteApp", "SpaceName", "null"),
    ("CreateMonitoringSchedule", "MonitoringScheduleConfig.MonitoringJobDefinition", "null"),
    ("CreateMonitoringSchedule", "MonitoringScheduleConfig.MonitoringJobDefinitionName", r#""d""#),
    ("UpdateMonitoringSchedule", "MonitoringScheduleConfig.MonitoringJobDefinition", "null"),
    ("UpdateMonitoringSchedule", "MonitoringScheduleConfig.MonitoringJobDefinitionName", r#""d""#),
    ("UpdateModelCard", "ModelCardStatus", "null"),
    ("ListModelPackages", "ModelPackageType", r#""Both""#),
    // Those of a job that is over can no longer be changed.
    ("UpdateTrainingJob", "ProfilerConfig", "null"),
    ("UpdateTrainingJob", "ProfilerRuleConfigurations", "null"),
    ("UpdateTrainingJob", "RemoteDebugConfig", "null"),
    ("UpdateModelPackage", "AdditionalInferenceSpecificationsToAdd", "null"),
    ("CreateDomain", "AppNetworkAccessType", r#""PublicInternetOnly""#),
    ("CreateSpace", "OwnershipSettings", "null"),
    ("CreateSpace", "SpaceSharingSettings", "null"),
    ("CreateClusterExtension", "ConfigurationValues", r#""{}""#),
    ("UpdateClusterExtension", "ConfigurationValues", r#""{}""#),
    ("UpdateClusterSchedulerConfig", "TargetVersion", "1"),
    ("UpdateComputeQuota", "TargetVersion", "1"),
    ("UpdateInferenceComponent", "RuntimeConfig", "null"),
    ("CreateModelCardExportJob", "ModelCardVersion", "null"),
    ("UpdateFeatureGroup", "FeatureAdditions", "null"),
    ("UpdateFeatureGroup", "OnlineStoreConfig", "null"),
    ("UpdateFeatureGroup", "ThroughputConfig", r#"{"ThroughputMode":"OnDemand"}"#),
    (
        "CreateFeatureGroup",
        "FeatureDefinitions",
        r#"[{"FeatureName":"a","FeatureType":"String"},{"FeatureName":"b","FeatureType":"String"}]"#,
    ),
    ("CreateFeatureGroup", "RecordIdentifierFeatureName", r#""a""#),
    ("CreateFeatureGroup", "EventTimeFeatureName", r#""b""#),
    ("CreateFeatureGroup", "OnlineStoreConfig", r#"{"EnableOnlineStore":true}"#),
    ("CreateFeatureGroup", "OfflineStoreConfig", "null"),
    ("CreateFeatureGroup", "ThroughputConfig", "null"),
    ("CreateAutoMLJob", "ProblemType", "null"),
    ("CreateAutoMLJob", "AutoMLJobObjective", "null"),
    ("CreateAutoMLJob", "ModelDeployConfig", "null"),
    ("CreateAutoMLJob", "AutoMLJobConfig.DataSplitConfig.ValidationFraction", "0.2"),
    ("CreateAutoMLJobV2", "DataSplitConfig.ValidationFraction", "0.2"),
];

/// What has to exist beyond the parents in the tables: operation, member, the kind of thing that it names.
const NEEDED: &[(&str, &str, &str)] = &[
    ("CreateEndpointConfig", "ProductionVariants.ModelName", "model"),
    ("CreateEndpoint", "EndpointConfigName", "endpoint-config"),
    ("CreateModelPackage", "ModelPackageGroupName", "model-package-group"),
    ("StartPipelineExecution", "PipelineName", "pipeline"),
    ("CreateEdgeDeploymentPlan", "ModelConfigs.EdgePackagingJobName", "edge-packaging-job"),
    ("AddAssociation", "SourceArn", "context"),
    ("AddAssociation", "DestinationArn", "action"),
];

/// Texts that are tried before one is made up from the pattern.
const TEXTS: &[&str] = &["abc", "arn:aws:iam::123456789012:role/r", "s3://bucket/path", "{}"];

fn input(operation: &str, extent: Extent, kind: &Kind, known: &Map) -> Map {
    let names: Vec<&str> = kind.identity().iter().flat_map(|member| member.split('|')).chain([kind.arn]).collect();
    let shape = service::operation(operation).unwrap().input;
    let mut members = Map::new();
    for member in shape.members() {
        // An update may take less than what was given or shown.
        let fitting =
            known.get(member.name).filter(|value| validate::typed(member.shape, (*value).clone(), "").is_ok());
        let value = match fitting {
            Some(value) if member.required || extent == Extent::Most || names.contains(&member.name) => value.clone(),
            _ if member.required || extent == Extent::Most => value(member.shape, extent, 0),
            _ => continue,
        };
        members.insert(member.name.to_owned(), value);
    }
    for (_, path, said) in SAID.iter().filter(|(one, _, _)| *one == operation) {
        say(&mut members, path, &json::read(said.as_bytes()).unwrap());
    }
    comply(operation, members)
}

/// Sets and leaves out what the conditions of the operation demand.
fn comply(operation: &str, members: Map) -> Map {
    let mut input = Value::Map(members);
    for _ in 0..100 {
        let Some(condition) = conditions::broken(operation, &input) else { break };
        for within in condition.within.iter().filter(|within| conditions::shape_at(operation, within).is_some()) {
            let changes = changes(operation, &condition.check, within, &input);
            let Value::Map(members) = &mut input else { continue };
            for (path, value) in changes {
                say(members, path.trim_start_matches('.'), &value);
            }
        }
    }
    input.as_map().unwrap().clone()
}

/// What satisfies a condition: paths and values.
fn changes(operation: &str, check: &Check, within: &str, input: &Value) -> Vec<(String, Value)> {
    let path = |member: &str| match member.strip_prefix('/') {
        Some(member) => member.to_owned(),
        None => format!("{within}.{member}"),
    };
    let sample = |member: &str| {
        let path = path(member);
        let shape = conditions::shape_at(operation, path.trim_start_matches('.')).unwrap();
        (path, value(shape, Extent::Least, 0))
    };
    match check {
        Check::ExactlyOne(members) | Check::AtMostOne(members) | Check::AtLeastOne(members) => {
            let places = conditions::places(input, within);
            let is_set = |member: &&&str| places.iter().any(|place| conditions::is_set(place.get(member)));
            match members.iter().find(is_set) {
                Some(kept) => {
                    members.iter().filter(|one| *one != kept).map(|member| (path(member), Value::Null)).collect()
                }
                None => vec![sample(members[0])],
            }
        }
        Check::Is(member, Test::Set) => vec![sample(member)],
        Check::Is(member, Test::In(values)) => match values[0] {
            "true" => vec![(path(member), true.into())],
            text => vec![(path(member), text.into())],
        },
        Check::Is(member, Test::MultipleOf(number) | Test::AtLeast(number)) => vec![(path(member), (*number).into())],
        Check::Is(member, Test::Json) => vec![(path(member), "{}".into())],
        Check::Is(member, Test::Base64) => vec![(path(member), "YQ==".into())],
        Check::Is(member, _) => vec![(path(member), Value::Null)],
        Check::AllOrNone(..) | Check::Holds(..) => panic!("{operation}: say what {check} in the table above"),
    }
}

fn say(members: &mut Map, path: &str, said: &Value) {
    match path.split_once('.') {
        Some(("*", rest)) => {
            for entry in members.values_mut() {
                let Value::Map(inner) = entry else { continue };
                say(inner, rest, said);
            }
        }
        Some((first, rest)) => match members.get_mut(first) {
            Some(Value::Map(inner)) => say(inner, rest, said),
            Some(Value::List(elements)) => {
                for element in elements {
                    let Value::Map(inner) = element else { continue };
                    say(inner, rest, said);
                }
            }
            _ => {}
        },
        None => {
            members.insert(path.to_owned(), said.clone());
        }
    }
}

/// Makes a text that a pattern takes: of alternatives the first, of classes the first letter.
struct Sampler<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    /// How often that is repeated which may be repeated without end.
    times: usize,
}

impl<'a> Sampler<'a> {
    fn new(regex: &'a str, times: usize) -> Self {
        Self { rest: regex.chars().peekable(), times }
    }

    fn text(mut self) -> String {
        self.alternatives()
    }

    fn alternatives(&mut self) -> String {
        let first = self.sequence();
        while self.rest.next_if_eq(&'|').is_some() {
            self.sequence();
        }
        first
    }

    fn sequence(&mut self) -> String {
        let mut text = String::new();
        while let Some(next) = self.rest.next_if(|next| !"|)".contains(*next)) {
            let one = match next {
                '^' | '$' => String::new(),
                '.' => "a".to_owned(),
                '(' => {
                    if self.rest.next_if_eq(&'?').is_some() {
                        self.rest.next_if_eq(&':');
                    }
                    let inner = self.alternatives();
                    self.rest.next();
                    inner
                }
                '[' => self.class().to_string(),
                '\\' => self.escape().to_string(),
                letter => letter.to_string(),
            };
            text += &one.repeat(self.count());
        }
        text
    }

    fn escape(&mut self) -> char {
        match self.rest.next() {
            Some('d') => '1',
            Some('w' | 'S') => 'a',
            Some('s') => ' ',
            Some(letter) => letter,
            None => 'a',
        }
    }

    fn class(&mut self) -> char {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut first = None;
        while let Some(next) = self.rest.next() {
            let letter = match next {
                ']' => break,
                '\\' => self.escape(),
                letter => letter,
            };
            first.get_or_insert(letter);
        }
        if negated { 'a' } else { first.unwrap_or('a') }
    }

    fn count(&mut self) -> usize {
        match self.rest.peek() {
            Some('?' | '*') => {
                let many = self.rest.next() == Some('*');
                if many { self.times } else { 0 }
            }
            Some('+') => {
                self.rest.next();
                self.times.max(1)
            }
            Some('{') => {
                let bounds: String = self.rest.by_ref().take_while(|letter| *letter != '}').skip(1).collect();
                let (least, most) = bounds.split_once(',').unwrap_or((&bounds, &bounds));
                let least = least.parse().unwrap_or(0);
                self.times.clamp(least, most.parse().unwrap_or(usize::MAX).max(least))
            }
            _ => 1,
        }
    }
}

fn value(shape: &'static Shape, extent: Extent, depth: usize) -> Value {
    match &shape.kind {
        ShapeKind::String { values: [first, ..], .. } => (*first).into(),
        ShapeKind::String { min, max, pattern, .. } => {
            let regex = pattern.map_or("", |pattern| pattern.regex);
            let fits = |text: &String| {
                let length = i64::try_from(text.len()).unwrap();
                min.is_none_or(|min| length >= min)
                    && max.is_none_or(|max| length <= max)
                    && (regex.is_empty() || Regex::new(regex).unwrap().is_match(text))
            };
            let plain = TEXTS.iter().map(|text| (*text).to_owned());
            let length = usize::try_from(min.unwrap_or(0)).unwrap();
            let long = std::iter::once("a".repeat(length));
            let sampled = (0..=length.max(1)).map(|times| Sampler::new(regex, times).text());
            plain.chain(long).chain(sampled).find(fits).unwrap_or_else(|| panic!("no text fits {shape:?}")).into()
        }
        ShapeKind::Integer { min, .. } => min.unwrap_or(1).max(1).into(),
        ShapeKind::Float { min, .. } => Value::Number(Number::from_f64(min.unwrap_or(1.0).max(1.0)).unwrap()),
        ShapeKind::Boolean => true.into(),
        ShapeKind::Timestamp => 1_800_000_000.into(),
        ShapeKind::List { element, min, .. } => {
            let count = if extent == Extent::Least || depth > 5 { min.unwrap_or(0) } else { min.unwrap_or(1).max(1) };
            Value::List((0..count).map(|_| value(element, extent, depth + 1)).collect())
        }
        ShapeKind::Map { key, value: inner, min, .. } => {
            let some = min.unwrap_or(0) > 0 || (extent == Extent::Most && depth <= 5);
            let key = value(key, extent, depth + 1).as_str().unwrap().to_owned();
            let entries = some.then(|| (key, value(inner, extent, depth + 1)));
            Value::Map(entries.into_iter().collect())
        }
        ShapeKind::Structure { members, union } => {
            let wanted = |member: &&Member| member.required || (extent == Extent::Most && depth <= 5);
            let chosen: Vec<&Member> = match union {
                true => members.iter().take(1).collect(),
                false => members.iter().filter(wanted).collect(),
            };
            let member = |member: &&Member| (member.name.to_owned(), value(member.shape, extent, depth + 1));
            Value::Map(chosen.iter().map(member).collect())
        }
    }
}

/// The operation that creates it.
fn creation(kind: &'static Kind) -> Option<&'static str> {
    let special = kind.operations.iter().find(|(_, action)| matches!(action, Action::Create(_)));
    let name = special.map_or("Create", |(name, _)| name);
    catalog::operation_of(kind, name).map(|operation| operation.name)
}

/// Makes a thing: what was said of it, and everything that is known of it, by member.
fn make(bench: &Bench, kind: &'static Kind, extent: Extent) -> (Map, Map) {
    let mut known = Map::new();
    known.insert(kind.name.to_owned(), "abc".into());
    let mut said = Vec::new();
    for parent in kind.parents {
        if said.iter().any(|(member, _)| member == &parent.member) || parent.member == "SpaceName" {
            continue;
        }
        let of_parent = made(bench, parent.kind, extent);
        let names = parent.kind.identity().iter().copied().chain([parent.kind.name]);
        let text = match parent.member.rsplit('.').next().unwrap() {
            member if member.ends_with("Arn") => of_parent[parent.kind.arn].clone(),
            member if of_parent.contains_key(member) => of_parent[member].clone(),
            _ => of_parent[parent.kind.name].clone(),
        };
        for name in names.filter(|name| of_parent.contains_key(*name)) {
            known.insert(name.to_owned(), of_parent[name].clone());
        }
        said.push((parent.member, text));
    }
    known.insert(kind.name.to_owned(), "abc".into());
    let operation = creation(kind).unwrap_or_else(|| panic!("nothing makes a {}", kind.noun));
    let mut input = input(operation, extent, kind, &known);
    for (member, text) in said {
        if !lookup(&input, member).is_null() {
            say(&mut input, member, &text);
        }
    }
    for (_, member, kind) in NEEDED.iter().filter(|(one, _, _)| *one == operation) {
        let other = CATALOG.kind(kind).unwrap();
        let needed = made(bench, other, extent);
        say(&mut input, member, &needed[if member.ends_with("Arn") { other.arn } else { other.name }]);
    }
    let reply = bench.ok(operation, &json::write(&Value::Map(input.clone())));
    input.retain(|_, value| !value.is_null());
    known.extend(input.clone());
    known.extend(reply.as_map().cloned().unwrap_or_default());
    known.retain(|_, value| !value.is_null());
    if operation == "CreateModelPackage" {
        // Versions have no other name.
        known.insert(kind.name.to_owned(), known[kind.arn].clone());
    }
    (input, known)
}

/// As [`make`], and then settled; what is there already stays.
fn made(bench: &Bench, kind: &'static Kind, extent: Extent) -> Map {
    let objects = bench.state.objects();
    let existing = objects.elements().iter().find(|object| object.get("kind").as_str() == Some(kind.id));
    if let Some(Value::Map(members)) = existing.map(|object| object.get("members")) {
        return members.clone();
    }
    let (_, known) = make(bench, kind, extent);
    bench.wait();
    known
}

fn ordinary(verb: &str, kind: &Kind) -> Option<&'static str> {
    service::operation(&format!("{verb}{}", kind.noun)).map(|operation| operation.name)
}

fn ask(operation: &str, extent: Extent, kind: &Kind, known: &Map) -> String {
    json::write(&Value::Map(input(operation, extent, kind, known)))
}

fn lives(kind: &'static Kind, extent: Extent) {
    let bench = Bench::new();
    let (said, mut known) = make(&bench, kind, extent);
    let describe = ordinary("Describe", kind);
    if let Some(describe) = describe {
        bench.ok(describe, &ask(describe, Extent::Least, kind, &known));
        bench.wait();
        let shown = bench.ok(describe, &ask(describe, Extent::Least, kind, &known));
        let inner = if kind.wrapper.is_empty() { &shown } else { shown.get(kind.wrapper) };
        let shape = description(kind);
        for name in said.keys().filter(|name| shape.member(name).is_some()) {
            assert!(!inner.get(name).is_null(), "{describe} does not show {name}: {shown:?}");
        }
        for (name, value) in shown.as_map().unwrap() {
            known.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    bench.wait();
    if let Some(Value::String(arn)) = known.get(kind.arn).filter(|_| known.contains_key("Tags")) {
        let tags = r#"[{"Key":"k","Value":"v"}]"#;
        bench.ok("AddTags", &format!(r#"{{"ResourceArn":"{arn}","Tags":{tags}}}"#));
        bench.ok("ListTags", &format!(r#"{{"ResourceArn":"{arn}"}}"#));
        bench.ok("DeleteTags", &format!(r#"{{"ResourceArn":"{arn}","TagKeys":["k"]}}"#));
    }
    for (operation, (other, action)) in catalog::actions() {
        if std::ptr::eq(other, kind) && matches!(action, Action::List(_)) {
            let reply = bench.ok(operation, &ask(operation, Extent::Least, kind, &known));
            let page = reply.as_map().unwrap().values().next().unwrap();
            assert_eq!(page.elements().len(), 1, "{operation}: {reply:?}");
        }
    }
    if let Some(update) = ordinary("Update", kind).filter(|_| kind.noun != "NotebookInstance") {
        bench.ok(update, &ask(update, extent, kind, &known));
        bench.wait();
        if let Some(describe) = describe {
            bench.ok(describe, &ask(describe, Extent::Least, kind, &known));
        }
    }
    if let Some(delete) = ordinary("Delete", kind).filter(|_| kind.noun != "NotebookInstance") {
        let again = ask(delete, Extent::Least, kind, &known);
        if kind.noun == "InferenceExperiment" {
            let stop = ask("StopInferenceExperiment", Extent::Least, kind, &known);
            bench.ok("StopInferenceExperiment", &stop);
            bench.wait();
        }
        bench.ok(delete, &again);
        let takes_time = kind.lifecycle.as_ref().is_some_and(|lifecycle| !lifecycle.deleting.is_empty());
        if let (true, Some((_, Action::Delete(_)))) = (takes_time, catalog::action(delete)) {
            bench.refused(delete, &again);
            bench.ends(delete, &again, Outcome::Repeatable);
        }
        for _ in 0..30 {
            bench.wait();
        }
        if let Some(describe) = describe {
            bench.refused(describe, &ask(describe, Extent::Least, kind, &known));
        }
    }
}

fn all_live(extent: Extent) {
    let mut failures = Vec::new();
    for kind in CATALOG.kinds().filter(|kind| creation(kind).is_some()) {
        let lifecycle = std::panic::AssertUnwindSafe(|| lives(kind, extent));
        if let Err(problem) = std::panic::catch_unwind(lifecycle) {
            let text = problem.downcast_ref::<String>().cloned();
            let text = text.or_else(|| problem.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            failures.push(format!("{}: {}", kind.noun, text.unwrap_or_default()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_thing_is_kept() {
    let directory = tempfile::tempdir().unwrap();
    for (number, kind) in CATALOG.kinds().filter(|kind| creation(kind).is_some()).enumerate() {
        let file = directory.path().join(number.to_string());
        let bench = Bench::on(&file).unwrap();
        make(&bench, kind, Extent::Most);
        let before = bench.state.objects();
        let bench = bench.restarted(&file);
        assert_eq!(bench.state.objects(), before, "{}", kind.noun);
        bench.wait();
        let later = bench.state.objects();
        assert_eq!(bench.restarted(&file).state.objects(), later, "{} later", kind.noun);
    }
}

#[test]
fn every_thing_lives_with_the_least_that_can_be_said_of_it() {
    all_live(Extent::Least);
}

#[test]
fn every_thing_lives_with_the_most_that_can_be_said_of_it() {
    all_live(Extent::Most);
}
