//! Inputs generated from the model: the least and the most that an operation takes, as far as its conditions allow.

use regex_lite::Regex;

use crate::{
    definition::{
        Bounds,
        service::{self, Member, Shape, ShapeKind},
    },
    local::{
        conditions::{self, Predicate, Requirement},
        json,
        kind::Kind,
        validate,
    },
    value::{Map, Number, Value},
};

/// How much an input has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Least,
    Most,
}

/// What inputs need that the model does not know: operation, member (dots lead inwards), JSON.
const GIVEN: &[(&str, &str, &str)] = &[
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
    ("CreateInferenceComponent", "Specification.BaseInferenceComponentName", "null"),
    ("UpdateInferenceComponent", "Specification.BaseInferenceComponentName", "null"),
    (
        "CreateInferenceRecommendationsJob",
        "StoppingConditions.ModelLatencyThresholds",
        r#"[{"Percentile":"P95","ValueInMilliseconds":100}]"#,
    ),
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
    ("CreateGlobalInferenceGateway", "Routing", WEIGHTS),
    ("UpdateGlobalInferenceGateway", "Routing", WEIGHTS),
];

const WEIGHTS: &str = r#"{"Weights":{"KVHeadroom":1,"QueueDepth":0,"RegionProximity":0,"ErrorRate":0}}"#;

/// Texts that are tried before one is generated from the pattern.
const TEXTS: &[&str] = &["abc", "arn:aws:iam::123456789012:role/r", "s3://bucket/path", "{}"];

/// The input of an operation on an object of that kind of which these members are known.
pub(super) fn input(operation: &str, extent: Extent, kind: &Kind, known: &Map) -> Map {
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
    for (_, path, given) in GIVEN.iter().filter(|(one, _, _)| *one == operation) {
        set(&mut members, path, &json::read(given.as_bytes()).unwrap());
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
                set(members, path.trim_start_matches('.'), &value);
            }
        }
    }
    input.as_map().unwrap().clone()
}

/// What satisfies a condition: paths and values.
fn changes(operation: &str, check: &Requirement, within: &str, input: &Value) -> Vec<(String, Value)> {
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
        Requirement::ExactlyOne(members) | Requirement::AtMostOne(members) | Requirement::AtLeastOne(members) => {
            let places = conditions::places(input, within);
            let is_set = |member: &&&str| places.iter().any(|place| conditions::is_set(place.get(member)));
            match members.iter().find(is_set) {
                Some(kept) => {
                    members.iter().filter(|one| *one != kept).map(|member| (path(member), Value::Null)).collect()
                }
                None => vec![sample(members[0])],
            }
        }
        Requirement::Is(member, Predicate::Set) => vec![sample(member)],
        Requirement::Is(member, Predicate::In(values)) => match values[0] {
            "true" => vec![(path(member), true.into())],
            text => vec![(path(member), text.into())],
        },
        Requirement::Is(member, Predicate::MultipleOf(number) | Predicate::AtLeast(number)) => {
            vec![(path(member), (*number).into())]
        }
        Requirement::Is(member, Predicate::Json) => vec![(path(member), "{}".into())],
        Requirement::Is(member, Predicate::Base64) => vec![(path(member), "YQ==".into())],
        Requirement::Is(member, _) => vec![(path(member), Value::Null)],
        Requirement::AllOrNone(..) | Requirement::Holds(..) => {
            panic!("{operation}: add what satisfies {check} to the table above")
        }
    }
}

/// Sets a member; dots lead inwards, `*` into each member.
pub(super) fn set(members: &mut Map, path: &str, given: &Value) {
    match path.split_once('.') {
        Some(("*", rest)) => {
            for entry in members.values_mut() {
                let Value::Map(inner) = entry else { continue };
                set(inner, rest, given);
            }
        }
        Some((first, rest)) => match members.get_mut(first) {
            Some(Value::Map(inner)) => set(inner, rest, given),
            Some(Value::List(elements)) => {
                for element in elements {
                    let Value::Map(inner) = element else { continue };
                    set(inner, rest, given);
                }
            }
            _ => {}
        },
        None => {
            members.insert(path.to_owned(), given.clone());
        }
    }
}

/// Generates a text that matches a pattern: of alternatives the first, of classes the first letter.
struct Sampler<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    /// How often parts are repeated that may be repeated without end.
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
        ShapeKind::String { bounds, pattern, .. } => {
            let regex = pattern.and_then(|pattern| pattern.regex).unwrap_or_default();
            let fits = |text: &String| {
                let length = i64::try_from(text.len()).unwrap();
                bounds.admit(length) && (regex.is_empty() || Regex::new(regex).unwrap().is_match(text))
            };
            let plain = TEXTS.iter().map(|text| (*text).to_owned());
            let length = usize::try_from(bounds.min.unwrap_or(0)).unwrap();
            let long = std::iter::once("a".repeat(length));
            let sampled = (0..=length.max(1)).map(|times| Sampler::new(regex, times).text());
            plain.chain(long).chain(sampled).find(fits).unwrap_or_else(|| panic!("no text fits {shape:?}")).into()
        }
        ShapeKind::Integer { bounds, .. } => bounds.min.unwrap_or(1).max(1).into(),
        ShapeKind::Float { bounds, .. } => Value::Number(Number::from_f64(bounds.min.unwrap_or(1.0).max(1.0)).unwrap()),
        ShapeKind::Boolean => true.into(),
        ShapeKind::Timestamp => 1_800_000_000.into(),
        ShapeKind::List { element, bounds: Bounds { min, .. } } => {
            let count = if extent == Extent::Least || depth > 5 { min.unwrap_or(0) } else { min.unwrap_or(1).max(1) };
            Value::List((0..count).map(|_| value(element, extent, depth + 1)).collect())
        }
        ShapeKind::Map { key, value: inner, bounds } => {
            let some = bounds.min.unwrap_or(0) > 0 || (extent == Extent::Most && depth <= 5);
            let key = value(key, extent, depth + 1).as_str().unwrap().to_owned();
            let entries = some.then(|| (key, value(inner, extent, depth + 1)));
            Value::Map(entries.into_iter().collect())
        }
        ShapeKind::Structure { members, union } => {
            let included = |member: &&Member| member.required || (extent == Extent::Most && depth <= 5);
            let chosen: Vec<&Member> = match union {
                true => members.iter().take(1).collect(),
                false => members.iter().filter(included).collect(),
            };
            let member = |member: &&Member| (member.name.to_owned(), value(member.shape, extent, depth + 1));
            Value::Map(chosen.iter().map(member).collect())
        }
    }
}
