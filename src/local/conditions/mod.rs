//! What operations refuse beyond what the service model says: conditions as data, and how they are checked.
//!
//! The conditions themselves are in `table`. Knows nothing of kinds of objects; `docs/conditions.md` is made from the
//! table.

mod table;

use std::fmt;

use super::{
    call::Call,
    error::ServiceError,
    json,
    thing::{Action, Thing},
};
#[cfg(test)]
use crate::definition::service::{self, Shape, ShapeKind};
use crate::value::Value;

pub use self::table::{CONDITIONS, ONLY_AWS};

/// Something that the service documents, or was seen to demand, of the input of operations.
#[derive(Debug)]
pub struct Condition {
    pub operations: &'static [&'static str],
    /// The structures of the input that this is about: members with dots, which lead through each element of lists and
    /// each value of maps too. An empty text is the input itself.
    pub within: &'static [&'static str],
    /// It is asked only where all of these hold.
    pub when: &'static [(Member, Test)],
    pub check: Check,
    /// What the service answers; empty: nobody knows, and the condition is told in words of our own.
    pub message: &'static str,
    /// Where it is documented or seen.
    pub source: &'static str,
}

/// A member of the structure, with dots to lead inwards; with a slash before it, of the input.
type Member = &'static str;

/// What is demanded.
#[derive(Debug)]
pub enum Check {
    ExactlyOne(&'static [Member]),
    AtLeastOne(&'static [Member]),
    AtMostOne(&'static [Member]),
    Is(Member, Test),
    /// Every element of the list has the member, or none has it.
    AllOrNone(Member, Member),
    /// In Rust, with the same in words.
    Holds(fn(&Value) -> bool, &'static str),
}

/// What can be asked of a member. What is not set passes, where nothing else is said.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// Present, and no empty list.
    Set,
    Unset,
    /// Set, and one of these; `true` and `false` for booleans.
    In(&'static [&'static str]),
    NotIn(&'static [&'static str]),
    /// The object, as it is before the operation, has one of these.
    WasIn(&'static [&'static str]),
    /// The object has another value neither before nor after the operation.
    AsBefore,
    NotBelowBefore,
    MultipleOf(i64),
    AtLeast(i64),
    NotAbove(Member),
    NotBelow(Member),
    Json,
    Base64,
    NotEndingWith(&'static str),
}

/// Refuses the call if it breaks a condition.
pub(super) fn check(thing: &'static Thing, action: &Action, call: &Call<'_>) -> Result<(), ServiceError> {
    let mut conditions = of(call.operation.name).peekable();
    if conditions.peek().is_none() {
        return Ok(());
    }
    let before = match action {
        Action::Create(_) => Value::Null,
        _ => call.named(thing).map(|object| Value::Map(object.view(call.now))).unwrap_or_default(),
    };
    conditions.try_for_each(|condition| match condition.broken_in(&call.input, &before) {
        Some(within) => Err(ServiceError::validation(condition.answer(within))),
        None => Ok(()),
    })
}

/// The first condition that such an input breaks.
#[cfg(test)]
pub(super) fn broken(operation: &str, input: &Value) -> Option<&'static Condition> {
    of(operation).find(|condition| condition.broken_in(input, &Value::Null).is_some())
}

fn of(operation: &str) -> impl Iterator<Item = &'static Condition> {
    CONDITIONS.iter().filter(move |condition| condition.operations.contains(&operation))
}

impl Condition {
    /// Where an input breaks it.
    fn broken_in(&self, input: &Value, before: &Value) -> Option<&'static str> {
        for within in self.within {
            for place in places(input, within) {
                let scope = Scope { input, place, before };
                let asked = self.when.iter().all(|(member, test)| scope.passes(member, *test));
                if asked && !scope.holds(&self.check) {
                    return Some(within);
                }
            }
        }
        None
    }

    fn answer(&self, within: &str) -> String {
        match (self.message, within) {
            ("", "") => format!("{self}."),
            ("", within) => format!("{self} (in {within})."),
            (message, _) => message.to_owned(),
        }
    }
}

/// The structures at the end of a path.
pub(super) fn places<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let inside = |value: &'a Value| match value {
        Value::List(elements) => elements.iter().collect(),
        value => vec![value],
    };
    let mut places = vec![value];
    for step in path.split('.').filter(|step| !step.is_empty()) {
        places = match step {
            "*" => places.iter().filter_map(|place| place.as_map()).flat_map(|entries| entries.values()).collect(),
            step => places.iter().flat_map(|place| inside(place.get(step))).collect(),
        };
    }
    places.into_iter().filter(|place| matches!(place, Value::Map(_))).collect()
}

/// What a condition is asked of.
struct Scope<'a> {
    input: &'a Value,
    place: &'a Value,
    before: &'a Value,
}

impl<'a> Scope<'a> {
    fn get(&self, member: &str) -> &'a Value {
        match member.strip_prefix('/') {
            Some(member) => walk(self.input, member),
            None => walk(self.place, member),
        }
    }

    fn holds(&self, check: &Check) -> bool {
        let count = |members: &[Member]| members.iter().filter(|member| is_set(self.get(member))).count();
        match check {
            Check::ExactlyOne(members) => count(members) == 1,
            Check::AtLeastOne(members) => count(members) > 0,
            Check::AtMostOne(members) => count(members) < 2,
            Check::Is(member, test) => self.passes(member, *test),
            Check::AllOrNone(list, member) => {
                let elements = self.get(list).elements();
                let set = elements.iter().filter(|element| is_set(element.get(member))).count();
                set == 0 || set == elements.len()
            }
            Check::Holds(holds, _) => holds(self.place),
        }
    }

    fn passes(&self, member: Member, test: Test) -> bool {
        let (value, before) = (self.get(member), walk(self.before, member));
        match test {
            Test::Set => return is_set(value),
            Test::In(values) => return is_one_of(value, values),
            Test::WasIn(values) => return is_one_of(before, values),
            _ if value.is_null() => return true,
            _ => {}
        }
        match test {
            Test::Unset => !is_set(value),
            Test::NotIn(values) => !is_one_of(value, values),
            Test::AsBefore => before.is_null() || value == before,
            Test::NotBelowBefore => in_order(before, value),
            Test::MultipleOf(step) => {
                value.as_number().and_then(|number| number.as_i64()).is_none_or(|n| n % step == 0)
            }
            Test::AtLeast(least) => in_order(&least.into(), value),
            Test::NotAbove(other) => in_order(value, self.get(other)),
            Test::NotBelow(other) => in_order(self.get(other), value),
            Test::Json => value.as_str().is_some_and(|text| json::read(text.as_bytes()).is_ok()),
            Test::Base64 => value.as_str().is_some_and(is_base64),
            Test::NotEndingWith(ending) => value.as_str().is_some_and(|text| !text.ends_with(ending)),
            Test::Set | Test::In(_) | Test::WasIn(_) => true,
        }
    }
}

fn walk<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, step| value.get(step))
}

pub(super) fn is_set(value: &Value) -> bool {
    !value.is_null() && *value != Value::List(Vec::new())
}

fn is_one_of(value: &Value, values: &[&str]) -> bool {
    match value {
        Value::Bool(value) => values.contains(&if *value { "true" } else { "false" }),
        value => value.as_str().is_some_and(|text| values.contains(&text)),
    }
}

/// Whether neither is missing and the first is greater.
fn in_order(one: &Value, two: &Value) -> bool {
    one.as_number().zip(two.as_number()).is_none_or(|(one, two)| one <= two)
}

/// With or without line breaks, as shells write it.
fn is_base64(text: &str) -> bool {
    let text = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let (mut length, mut padding) = (0_usize, 0_usize);
    for byte in text {
        match byte {
            b'=' => padding += 1,
            b'+' | b'/' if padding == 0 => {}
            byte if byte.is_ascii_alphanumeric() && padding == 0 => {}
            _ => return false,
        }
        length += 1;
    }
    length % 4 == 0 && padding < 3
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.check)?;
        for (place, (member, test)) in self.when.iter().enumerate() {
            let joint = if place == 0 { " if " } else { " and " };
            write!(formatter, "{joint}{} {}", member.trim_start_matches('/'), test.state())?;
        }
        Ok(())
    }
}

impl fmt::Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExactlyOne(members) => write!(formatter, "Exactly one of {} must be set", members.join(", ")),
            Self::AtLeastOne(members) => write!(formatter, "At least one of {} must be set", members.join(", ")),
            Self::AtMostOne(members) => write!(formatter, "At most one of {} may be set", members.join(", ")),
            Self::Is(member, test) => write!(formatter, "{} {}", member.trim_start_matches('/'), test.demand()),
            Self::AllOrNone(list, member) => write!(formatter, "{member} must be set in all of {list} or in none"),
            Self::Holds(_, words) => formatter.write_str(words),
        }
    }
}

impl Test {
    fn demand(self) -> String {
        match self {
            Self::Set => "must be set".to_owned(),
            Self::Unset => "must not be set".to_owned(),
            Self::In(values) => format!("must be {}", values.join(" or ")),
            Self::NotIn(values) => format!("must not be {}", values.join(" or ")),
            Self::WasIn(values) => format!("must have been {}", values.join(" or ")),
            Self::AsBefore => "cannot be changed".to_owned(),
            Self::NotBelowBefore => "cannot be decreased".to_owned(),
            Self::MultipleOf(step) => format!("must be a multiple of {step}"),
            Self::AtLeast(least) => format!("must be at least {least}"),
            Self::NotAbove(other) => format!("must not be greater than {other}"),
            Self::NotBelow(other) => format!("must not be less than {other}"),
            Self::Json => "must be a JSON document".to_owned(),
            Self::Base64 => "must be encoded in Base64".to_owned(),
            Self::NotEndingWith(ending) => format!("must not end with {ending}"),
        }
    }

    fn state(self) -> String {
        match self {
            Self::Set => "is set".to_owned(),
            Self::Unset => "is not set".to_owned(),
            Self::WasIn(values) => format!("was {}", values.join(" or ")),
            other => other.demand().replacen("must be", "is", 1).replacen("must not be", "is not", 1),
        }
    }
}

/// The shape at the end of a path that leads through lists; None if there is none.
#[cfg(test)]
pub(super) fn shape_at(operation: &str, path: &str) -> Option<&'static Shape> {
    let mut shape = service::operation(operation)?.input;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        while let ShapeKind::List { element, .. } = &shape.kind {
            shape = element;
        }
        shape = match &shape.kind {
            ShapeKind::Map { value, .. } if step == "*" => value,
            _ => shape.member(step)?.shape,
        };
    }
    Some(shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::bench::{Bench, text};

    fn members(condition: &'static Condition) -> Vec<Member> {
        let of_test = |test: &Test| match test {
            Test::NotAbove(member) | Test::NotBelow(member) => Some(*member),
            _ => None,
        };
        let mut members: Vec<Member> = match &condition.check {
            Check::ExactlyOne(members) | Check::AtLeastOne(members) | Check::AtMostOne(members) => members.to_vec(),
            Check::Is(member, test) => [*member].into_iter().chain(of_test(test)).collect(),
            Check::AllOrNone(list, _) => vec![list],
            Check::Holds(..) => Vec::new(),
        };
        let was = |test: &Test| matches!(test, Test::WasIn(_));
        members.extend(condition.when.iter().filter(|(_, test)| !was(test)).map(|(member, _)| *member));
        members
    }

    #[test]
    fn every_condition_is_about_members_of_the_model() {
        for condition in CONDITIONS {
            assert!(!condition.source.is_empty(), "{condition}");
            for operation in condition.operations {
                let found: Vec<_> =
                    condition.within.iter().filter(|path| shape_at(operation, path).is_some()).collect();
                assert!(!found.is_empty(), "{operation} has none of {:?}: {condition}", condition.within);
                for (path, member) in
                    found.iter().flat_map(|path| members(condition).into_iter().map(move |m| (path, m)))
                {
                    let whole = match member.strip_prefix('/') {
                        Some(member) => member.to_owned(),
                        None => format!("{path}.{member}"),
                    };
                    assert!(
                        shape_at(operation, whole.trim_start_matches('.')).is_some(),
                        "{operation} has no {whole}: {condition}"
                    );
                }
            }
        }
    }

    #[test]
    fn paths_lead_through_lists_and_maps() {
        let input = json::read(br#"{"A":[{"B":{"x":{"C":1},"y":{"C":2}}},{}],"D":{"C":3}}"#).unwrap();
        assert_eq!(places(&input, "A.B.*").len(), 2);
        assert_eq!(places(&input, "A").len(), 2);
        assert_eq!(places(&input, "").len(), 1);
        assert_eq!(places(&input, "D.C"), Vec::<&Value>::new());
    }

    /// Operation, what has to be there before, an input that is refused, a part of the answer.
    const REFUSED: &[(&str, &str, &str)] = &[
        (
            "CreateNotebookInstance",
            r#"{"NotebookInstanceName":"n","InstanceType":"ml.t3.medium","RoleArn":"arn:aws:iam::123456789012:role/r",
            "DirectInternetAccess":"Disabled"}"#,
            "SubnetId must be set if DirectInternetAccess is Disabled",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m",
            "ServerlessConfig":{"MemorySizeInMB":1500,"MaxConcurrency":1}}]}"#,
            "MemorySizeInMB must be a multiple of 1024",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m",
            "ServerlessConfig":{"MemorySizeInMB":2048,"MaxConcurrency":1,"ProvisionedConcurrency":2}}]}"#,
            "ProvisionedConcurrency must not be greater than MaxConcurrency",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","InstanceType":"ml.m5.large",
            "InitialInstanceCount":1}]}"#,
            "ExecutionRoleArn must be set if ModelName is not set",
        ),
        (
            "CreateEndpointConfig",
            r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m",
            "InstanceType":"ml.m5.large","InitialInstanceCount":1,"ManagedInstanceScaling":{"Status":"ENABLED"}}]}"#,
            "ModelName must not be set if ManagedInstanceScaling is set",
        ),
        (
            "CreateInferenceComponent",
            r#"{"InferenceComponentName":"i","EndpointName":"e","Specification":{},"RuntimeConfig":{"CopyCount":0}}"#,
            "CopyCount must be at least 1",
        ),
        (
            "CreateCluster",
            r#"{"ClusterName":"c","Orchestrator":{"Eks":{"ClusterArn":"arn:aws:eks:eu-central-1:123456789012:cluster/c"},
            "Slurm":{}}}"#,
            "Exactly one of Eks, Slurm must be set (in Orchestrator)",
        ),
        (
            "CreateDomain",
            r#"{"DomainName":"d","AuthMode":"IAM","DefaultUserSettings":{},"VpcId":"vpc-1","SubnetIds":["subnet-1"],
            "AppNetworkAccessType":"VpcOnly","DomainSettings":{"RStudioServerProDomainSettings":
            {"DomainExecutionRoleArn":"arn:aws:iam::123456789012:role/r"}}}"#,
            "AppSecurityGroupManagement must be set",
        ),
        (
            "CreateModel",
            r#"{"ModelName":"m","PrimaryContainer":{}}"#,
            "At least one of Image, ModelPackageName must be set",
        ),
        (
            "CreateTransformJob",
            r#"{"TransformJobName":"t","ModelName":"m","MaxConcurrentTransforms":2,"MaxPayloadInMB":60,"TransformInput":
            {"DataSource":{"S3DataSource":{"S3DataType":"S3Prefix","S3Uri":"s3://b/p"}}},"TransformOutput":
            {"S3OutputPath":"s3://b/p"},"TransformResources":{"InstanceType":"ml.m5.large","InstanceCount":1}}"#,
            "MaxConcurrentTransforms times MaxPayloadInMB must be at most 100",
        ),
        (
            "CreateStudioLifecycleConfig",
            r##"{"StudioLifecycleConfigName":"l","StudioLifecycleConfigAppType":"JupyterLab",
            "StudioLifecycleConfigContent":"#!/bin/sh"}"##,
            "StudioLifecycleConfigContent must be encoded in Base64",
        ),
    ];

    #[test]
    fn what_breaks_a_condition_is_refused() {
        let bench = Bench::new();
        for (operation, input, answer) in REFUSED {
            let refused = bench.refused(operation, input);
            assert!(refused.starts_with("ValidationException: ") && refused.contains(answer), "{operation}: {refused}");
        }
    }

    #[test]
    fn what_an_object_was_before_counts_too() {
        let bench = Bench::new();
        let role = r#""RoleArn":"arn:aws:iam::123456789012:role/r""#;
        let notebook = r#"{"NotebookInstanceName":"n","InstanceType":"ml.t3.medium","VolumeSizeInGB":20,"#;
        bench.ok("CreateNotebookInstance", &format!("{notebook}{role}}}"));
        bench.settle();
        bench.ok("StopNotebookInstance", r#"{"NotebookInstanceName":"n"}"#);
        bench.settle();
        let update = |change: &str| format!(r#"{{"NotebookInstanceName":"n",{change}}}"#);
        let refused = bench.refused("UpdateNotebookInstance", &update(r#""VolumeSizeInGB":10"#));
        assert!(refused.contains("VolumeSizeInGB cannot be decreased"), "{refused}");
        // What is referred to has to exist in an update as in a create.
        let refused = bench.refused("UpdateNotebookInstance", &update(r#""LifecycleConfigName":"none""#));
        assert!(refused.contains("does not exist"), "{refused}");
        bench.ok("UpdateNotebookInstance", &update(r#""VolumeSizeInGB":30"#));

        let domain = r#"{"DomainName":"d","AuthMode":"IAM","DefaultUserSettings":{"ExecutionRole":
            "arn:aws:iam::123456789012:role/r"},"HomeEfsFileSystemCreation":"Disabled"}"#;
        let id = text(&bench.ok("CreateDomain", domain), "DomainId").to_owned();
        bench.settle();
        let switch = |to: &str| format!(r#"{{"DomainId":"{id}","HomeEfsFileSystemCreation":"{to}"}}"#);
        let file_system = || {
            let shown = bench.ok("DescribeDomain", &format!(r#"{{"DomainId":"{id}"}}"#));
            text(&shown, "HomeEfsFileSystemId").to_owned()
        };
        assert_eq!(file_system(), "");
        bench.ok("UpdateDomain", &switch("Enabled"));
        bench.settle();
        assert!(file_system().starts_with("fs-"));
        let refused = bench.refused("UpdateDomain", &switch("Disabled"));
        assert!(refused.contains("HomeEfsFileSystemCreation must not be Disabled"), "{refused}");
    }

    #[test]
    fn only_whole_base64_is_base64() {
        assert!(is_base64("") && is_base64("YQ==") && is_base64("YWJj\nYWI=\n"));
        assert!(!is_base64("YQ=") && !is_base64("#!/bin/sh") && !is_base64("Y=Qa"));
    }
}
