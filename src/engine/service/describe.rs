//! The read call of a resource, and paged replies.

use crate::{
    api::{Api, ApiError},
    definition::{
        Resource,
        service::{Operation, ShapeKind},
    },
    value::Value,
};

/// The largest page to request where the model has no maximum.
const LARGEST_PAGE: i64 = 100;

/// The object in the reply of the read call; null if the reply does not contain it. Paged lists of the reply (the
/// features of a feature group) are merged. In a list of objects, the object is the one with the members of `marks`.
pub(crate) async fn describe(
    api: &dyn Api,
    region: &str,
    resource: &Resource,
    address: &Value,
    marks: &Value,
) -> Result<Value, ApiError> {
    let whole = pages(api, region, resource.operations.read, address, None).await?;
    let Some(object) = resource.operations.object else { return Ok(whole) };
    Ok(match whole.get(object) {
        Value::List(objects) => objects.iter().find(|object| has(object, marks)).cloned().unwrap_or(Value::Null),
        held => held.clone(),
    })
}

fn has(object: &Value, marks: &Value) -> bool {
    marks.as_map().into_iter().flatten().all(|(name, value)| object.get(name) == value)
}

/// The page size to request for this many results, within the bounds of the model; `None` if the operation takes none.
pub(crate) fn page_size(operation: &Operation, results: usize) -> Option<i64> {
    let ShapeKind::Integer { bounds, .. } = operation.input.member("MaxResults")?.shape.kind else { return None };
    let results = i64::try_from(results).unwrap_or(i64::MAX);
    Some(results.min(bounds.max.unwrap_or(LARGEST_PAGE)).max(bounds.min.unwrap_or(1)))
}

/// All pages of a reply merged, or as many as are needed for `limit` results.
pub(crate) async fn pages(
    api: &dyn Api,
    region: &str,
    operation: &Operation,
    input: &Value,
    limit: Option<usize>,
) -> Result<Value, ApiError> {
    let is_paged = operation.input.member("NextToken").is_some();
    let results = |whole: &Value| operation.pages.map_or(0, |pages| whole.get(pages).elements().len());
    let enough = |whole: &Value| !is_paged || limit.is_some_and(|limit| results(whole) >= limit);
    pages_until(api, region, operation.name, input, enough).await
}

/// All pages of the reply of an operation that is known to be paged.
pub(crate) async fn all_pages(api: &dyn Api, region: &str, operation: &str, input: &Value) -> Result<Value, ApiError> {
    pages_until(api, region, operation, input, |_| false).await
}

async fn pages_until(
    api: &dyn Api,
    region: &str,
    operation: &str,
    input: &Value,
    enough: impl Fn(&Value) -> bool + Send,
) -> Result<Value, ApiError> {
    let mut whole = api.call(region, operation, input).await?;
    while let Some(token) = whole.get("NextToken").as_str().filter(|token| !token.is_empty()).map(str::to_owned)
        && !enough(&whole)
    {
        let mut input = input.clone();
        input.insert("NextToken", token.into());
        let page = api.call(region, operation, &input).await?;
        append(&mut whole, page);
    }
    Ok(whole)
}

/// Adds the lists of a further page. A list that every page repeats is no part of the pages: the models of an edge deployment
/// plan, beside its stages (API reference, DescribeEdgeDeploymentPlan: the only reply of this kind).
fn append(whole: &mut Value, page: Value) {
    whole.insert("NextToken", page.get("NextToken").clone());
    for (name, value) in page.as_map().into_iter().flatten() {
        if let Value::List(more) = value
            && whole.get(name) != value
        {
            let all = [whole.get(name).elements(), more].concat();
            whole.insert(name.as_str(), Value::List(all));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::fake::{FakeApi, REGION},
        definition::resource,
        engine::convert::address::{address, marks},
    };

    #[tokio::test]
    async fn pages_of_a_reply_are_merged() {
        let page = |names: &[&str], token: Value| {
            let features = names.iter().map(|name| Value::from([("FeatureName", (*name).into())])).collect();
            Ok(Value::from([("FeatureDefinitions", Value::List(features)), ("NextToken", token)]))
        };
        let api = FakeApi::scripted([
            ("DescribeFeatureGroup", page(&["a", "b"], "more".into())),
            ("DescribeFeatureGroup", page(&["c"], Value::Null)),
        ]);
        let group = resource("sagemaker_feature_group").expect("a resource of ours");
        let address = Value::from([("FeatureGroupName", "g".into())]);
        let reply = describe(&api, REGION, group, &address, &Value::Null).await.expect("both pages are answered");
        assert_eq!(reply.get("FeatureDefinitions").elements().len(), 3);
        assert!(api.calls().ends_with("{FeatureGroupName = \"g\", NextToken = \"more\"}"), "{}", api.calls());
        api.assert_finished();
    }

    #[tokio::test]
    async fn what_every_page_repeats_is_there_once() {
        let page = |stage: &str, token: Value| {
            let [models, stages] = [("ModelHandle", "m"), ("StageName", stage)]
                .map(|(member, value)| Value::List(vec![Value::from([(member, value.into())])]));
            Ok(Value::from([("ModelConfigs", models), ("Stages", stages), ("NextToken", token)]))
        };
        let api = FakeApi::scripted(
            [("one", "2".into()), ("two", "3".into()), ("three", Value::Null)]
                .map(|(stage, token)| ("DescribeEdgeDeploymentPlan", page(stage, token))),
        );
        let plan = resource("sagemaker_edge_deployment_plan").expect("a resource of ours");
        let address = Value::from([("EdgeDeploymentPlanName", "p".into())]);
        let reply = describe(&api, REGION, plan, &address, &Value::Null).await.expect("all pages are answered");
        assert_eq!([reply.get("ModelConfigs"), reply.get("Stages")].map(|list| list.elements().len()), [1, 3]);
    }

    #[tokio::test]
    async fn a_list_of_one_object_returns_it_or_none() {
        let page = |summaries: Vec<Value>| Ok(Value::from([("AssociationSummaries", Value::List(summaries))]));
        let found = Value::from([("SourceArn", "arn:a".into()), ("AssociationType", "Produced".into())]);
        let api = FakeApi::scripted([
            ("ListAssociations", page(vec![found.clone()])),
            ("ListAssociations", page(Vec::new())),
        ]);
        let association = resource("sagemaker_association").expect("a resource of ours");
        let address = Value::from([("SourceArn", "arn:a".into()), ("DestinationArn", "arn:b".into())]);
        for expected in [found, Value::Null] {
            let reply = describe(&api, REGION, association, &address, &Value::Null).await.expect("it is answered");
            assert_eq!(reply, expected);
        }
    }

    #[tokio::test]
    async fn an_object_in_a_list_is_found_by_name() {
        let alert = |name: &str| Value::from([("MonitoringAlertName", name.into())]);
        let page = Value::from([("MonitoringAlertSummaries", Value::List(vec![alert("a"), alert("b")]))]);
        let definition = resource("sagemaker_monitoring_alert").expect("a resource of ours");
        let state = Value::from([("monitoring_schedule_name", "hourly".into()), ("monitoring_alert_name", "b".into())]);
        let (address, marks) = (
            address(definition, definition.operations.read, &state),
            marks(definition, definition.operations.read, &state),
        );
        let api = FakeApi::scripted([("ListMonitoringAlerts", Ok(page))]);
        let reply = describe(&api, REGION, definition, &address, &marks).await.expect("it is answered");
        assert_eq!(reply, alert("b"));
    }
}
