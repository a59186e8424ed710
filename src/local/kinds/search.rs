//! Search, and other operations on many objects at once.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::model_package;
use crate::{
    local::{
        error::{NOT_FOUND, ServiceError},
        kind::{Call, Kind, Operations},
        operations::{
            ids::{LOWERCASE, generate},
            list,
            members::{lookup, put},
            replies::repeat,
            tags,
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) const OPERATIONS: Operations = &[
    ("Search", search),
    ("GetSearchSuggestions", suggest),
    ("BatchDescribeModelPackage", describe_packages),
    ("ListModelMetadata", |call| list::page_of(call, "ModelMetadataSummaries", Vec::new())),
    ("ListResourceCatalogs", |call| list::page_of(call, "ResourceCatalogs", Vec::new())),
    ("StartSession", start_session),
];

/// The resources that can be searched, each with the id of its kind and the member of the record that holds it.
const SEARCHED: &[(&str, &str, &str)] = &[
    ("TrainingJob", "training-job", "TrainingJob"),
    ("Experiment", "experiment", "Experiment"),
    ("ExperimentTrial", "experiment-trial", "Trial"),
    ("ExperimentTrialComponent", "experiment-trial-component", "TrialComponent"),
    ("Endpoint", "endpoint", "Endpoint"),
    ("Model", "model", "Model"),
    ("ModelPackage", "model-package", "ModelPackage"),
    ("ModelPackageGroup", "model-package-group", "ModelPackageGroup"),
    ("Pipeline", "pipeline", "Pipeline"),
    ("PipelineExecution", "pipeline-execution", "PipelineExecution"),
    ("FeatureGroup", "feature-group", "FeatureGroup"),
    ("Project", "project", "Project"),
    ("HyperParameterTuningJob", "hyper-parameter-tuning-job", "HyperParameterTuningJob"),
    ("ModelCard", "model-card", "ModelCard"),
    ("Job", "job", "Job"),
    ("HubContent", "hub-content", "HubContent"),
];

/// The conditions that are compared are those of the API; of texts, "greater" is by letters.
fn search(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let requested = call.text("Resource");
    let searched = SEARCHED.iter().find(|(resource, _, _)| *resource == requested);
    let Some((kind, member)) = searched.and_then(|(_, id, member)| Some((call.catalog.kind(id)?, *member))) else {
        // Images, and what is part of something else, are not searched here.
        return list::page_of(call, "Results", Vec::new());
    };
    let mut found: Vec<(Value, Value)> = call
        .region
        .of_kind(kind.id)
        .map(|object| record(kind, call, object))
        .filter(|record| matches(call.input.get("SearchExpression"), record))
        .map(|record| {
            let by = call.input.get("SortBy").as_str().unwrap_or("LastModifiedTime");
            (lookup(&record, by).clone(), inside(member, record))
        })
        .collect();
    found.sort_by(|(one, _), (two, _)| one.cmp(two));
    if call.text("SortOrder") != "Ascending" {
        found.reverse();
    }
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let reply = list::page_of(call, "Results", found.into_iter().map(|(_, record)| record).collect())?;
    let mut reply = reply.as_map().cloned().unwrap_or_default();
    let hits = [("Value", total.into()), ("Relation", "EqualTo".into())];
    put(&mut reply, "TotalHits", Value::from(hits));
    Ok(call.reply(reply))
}

fn record(kind: &Kind, call: &Call<'_>, object: &Object) -> Map {
    let mut view = object.view(call.now);
    put(&mut view, "Tags", tags::write(object.tags.iter()));
    repeat(kind, call.operation.output, &mut view);
    view
}

/// A model is part of what the dashboard shows of it.
fn inside(member: &str, record: Map) -> Value {
    let record = Value::Map(record);
    let record = if member == "Model" { Value::from([("Model", record)]) } else { record };
    Value::Map(Map::from([(member.to_owned(), record)]))
}

/// Whether a record satisfies an expression; an empty one is satisfied by all.
fn matches(expression: &Value, record: &Map) -> bool {
    let mut conditions = expression
        .get("Filters")
        .elements()
        .iter()
        .map(|filter| passes(filter, &lookup_all(record, name_of(filter, "Name"))))
        .chain(expression.get("NestedFilters").elements().iter().map(|nested| matches_nested(nested, record)))
        .chain(expression.get("SubExpressions").elements().iter().map(|inner| matches(inner, record)))
        .peekable();
    match expression.get("Operator").as_str() {
        Some("Or") => conditions.peek().is_none() || conditions.any(|holds| holds),
        _ => conditions.all(|holds| holds),
    }
}

fn name_of<'a>(filter: &'a Value, member: &str) -> &'a str {
    filter.get(member).as_str().unwrap_or_default()
}

/// Some element of the nested list passes all filters. Their names begin with that of the list.
fn matches_nested(nested: &Value, record: &Map) -> bool {
    let list = name_of(nested, "NestedPropertyName");
    lookup(record, list).elements().iter().filter_map(Value::as_map).any(|element| {
        nested.get("Filters").elements().iter().all(|filter| {
            let name = name_of(filter, "Name");
            let inner = name.strip_prefix(list).map_or(name, |rest| rest.trim_start_matches('.'));
            passes(filter, &lookup_all(element, inner))
        })
    })
}

/// The values of a property; `Tags.KEY` is the value of a tag.
fn lookup_all(record: &Map, name: &str) -> Vec<Value> {
    if let Some(key) = name.strip_prefix("Tags.") {
        let tags = lookup(record, "Tags").elements().iter();
        return tags.filter(|tag| name_of(tag, "Key") == key).map(|tag| tag.get("Value").clone()).collect();
    }
    match lookup(record, name) {
        Value::Null => Vec::new(),
        Value::List(elements) => elements.clone(),
        value => vec![value.clone()],
    }
}

fn passes(filter: &Value, values: &[Value]) -> bool {
    let requested = name_of(filter, "Value");
    // The members have seconds where a filter has a time.
    let seconds = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok().map(|time| time.unix_timestamp() as f64);
    let number = |text: &str| text.parse::<f64>().ok().or_else(|| seconds(text));
    let order = |value: &Value| match (number(&value.to_text()), number(requested)) {
        (Some(value), Some(requested)) => value.partial_cmp(&requested),
        _ => Some(value.to_text().as_str().cmp(requested)),
    };
    match filter.get("Operator").as_str().unwrap_or("Equals") {
        "Exists" => !values.is_empty(),
        "NotExists" => values.is_empty(),
        "NotEquals" => values.iter().all(|value| value.to_text() != requested),
        "Contains" => values.iter().any(|value| value.to_text().contains(requested)),
        "In" => values.iter().any(|value| requested.split(',').any(|one| one.trim() == value.to_text())),
        "GreaterThan" => values.iter().any(|value| order(value).is_some_and(|order| order.is_gt())),
        "GreaterThanOrEqualTo" => values.iter().any(|value| order(value).is_some_and(|order| order.is_ge())),
        "LessThan" => values.iter().any(|value| order(value).is_some_and(|order| order.is_lt())),
        "LessThanOrEqualTo" => values.iter().any(|value| order(value).is_some_and(|order| order.is_le())),
        _ => values.iter().any(|value| value.to_text() == requested),
    }
}

/// The names of members with the prefix of the input.
fn suggest(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let requested = call.text("Resource");
    let id = SEARCHED.iter().find(|(resource, _, _)| *resource == requested).map(|(_, id, _)| *id);
    let hint = call.input.get("SuggestionQuery").get("PropertyNameQuery").get("PropertyNameHint");
    let hint = hint.as_str().unwrap_or_default();
    let objects = id.and_then(|id| call.catalog.kind(id)).into_iter().flat_map(|kind| call.region.of_kind(kind.id));
    let mut names: Vec<String> = objects.flat_map(|object| object.members.keys().cloned()).collect();
    names.sort_unstable();
    names.dedup();
    let begins = names.into_iter().filter(|name| name.starts_with(hint));
    let suggestions = begins.map(|name| Value::from([("PropertyName", name.into())])).collect();
    Ok(Value::from([("PropertyNameSuggestions", Value::List(suggestions))]))
}

fn describe_packages(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let (mut found, mut missing) = (Map::new(), Map::new());
    for arn in call.input.get("ModelPackageArnList").elements() {
        let text = arn.as_str().unwrap_or_default();
        match call.find(&model_package::KIND, text) {
            Ok(package) => {
                found.insert(text.to_owned(), Value::Map(package.view(call.now)));
            }
            Err(error) => {
                let answer = [("ErrorCode", error.code.into_owned().into()), ("ErrorResponse", error.message.into())];
                missing.insert(text.to_owned(), Value::from(answer));
            }
        }
    }
    Ok(call.reply(Map::from([
        ("ModelPackageSummaries".to_owned(), Value::Map(found)),
        ("BatchDescribeModelPackageErrorMap".to_owned(), Value::Map(missing)),
    ])))
}

/// Nothing listens at the URL.
fn start_session(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let arn = call.text("ResourceIdentifier");
    if call.of_arn(arn)?.is_none() {
        return Err(ServiceError::new(NOT_FOUND, format!("{arn} does not exist."))); // Assumed wording.
    }
    let id = generate(&format!("{arn}{}", call.now.0), LOWERCASE, 16);
    let url = format!("wss://ssmmessages.{}.amazonaws.com/v1/data-channel/{id}", call.scope.region);
    Ok(Value::from([
        ("SessionId", id.as_str().into()),
        ("StreamUrl", url.into()),
        ("TokenValue", generate(&id, LOWERCASE, 40).into()),
    ]))
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    fn with_models() -> Bench {
        let bench = Bench::new();
        for (name, team) in [("alpha", "red"), ("beta", "blue")] {
            bench.ok(
                "CreateModel",
                &format!(
                    r#"{{"ModelName":"{name}","PrimaryContainer":{{"Image":"i"}},"Tags":[{{"Key":"team","Value":"{team}"}}]}}"#
                ),
            );
            bench.wait_half();
        }
        bench
    }

    fn found(bench: &Bench, expression: &str) -> Vec<String> {
        let reply = bench.ok("Search", &format!(r#"{{"Resource":"Model","SearchExpression":{expression}}}"#));
        let name = |record: &crate::value::Value| text(record.get("Model").get("Model"), "ModelName").to_owned();
        reply.get("Results").elements().iter().map(name).collect()
    }

    #[test]
    fn expressions_combine_filters() {
        let bench = with_models();
        let by = |name: &str, operator: &str, value: &str| {
            format!(r#"{{"Name":"{name}","Operator":"{operator}","Value":"{value}"}}"#)
        };
        let red = by("Tags.team", "Equals", "red");
        let beta = by("ModelName", "Contains", "et");
        assert_eq!(found(&bench, &format!(r#"{{"Filters":[{red}]}}"#)), ["alpha"]);
        assert_eq!(found(&bench, &format!(r#"{{"Filters":[{red},{beta}]}}"#)), [""; 0]);
        assert_eq!(found(&bench, &format!(r#"{{"Filters":[{red},{beta}],"Operator":"Or"}}"#)), ["beta", "alpha"]);
        assert_eq!(found(&bench, &format!(r#"{{"SubExpressions":[{{"Filters":[{beta}]}}]}}"#)), ["beta"]);
    }

    #[test]
    fn packages_are_described_many_at_once() {
        let bench = Bench::new();
        bench.ok("CreateModelPackageGroup", r#"{"ModelPackageGroupName":"g"}"#);
        let inference = r#"{"Containers":[{"Image":"r/i"}],"SupportedContentTypes":["a/b"],
            "SupportedResponseMIMETypes":["a/b"]}"#;
        let package = format!(r#"{{"ModelPackageGroupName":"g","InferenceSpecification":{inference}}}"#);
        let arn = text(&bench.ok("CreateModelPackage", &package), "ModelPackageArn").to_owned();
        let other = arn.replace("g/1", "g/2");
        let reply = bench.ok("BatchDescribeModelPackage", &format!(r#"{{"ModelPackageArnList":["{arn}","{other}"]}}"#));
        assert_eq!(text(reply.get("ModelPackageSummaries").get(&arn), "ModelPackageGroupName"), "g");
        let error = reply.get("BatchDescribeModelPackageErrorMap").get(&other);
        assert_eq!(text(error, "ErrorCode"), "ValidationException");
    }
}
