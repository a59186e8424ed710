//! Data sources that are not objects: a query calls an operation, page by page, and returns its reply.

use crate::{
    api::{Api, ApiError},
    definition::{Attribute, AttributeKind, Call, Origin},
    engine::{
        convert::{
            absence::without_empty,
            body,
            reply::{Prior, observe},
        },
        service::describe::{page_size, pages},
    },
    value::Value,
};

/// Runs the query. The result holds the arguments and the reply.
pub(crate) async fn run(api: &dyn Api, query: &Call, config: &Value, region: &str) -> Result<Value, ApiError> {
    let limit = limit(query, config);
    let mut input = body::structure_on_create(query.attributes, &without_empty(query.attributes, config));
    if let Some(size) = limit.and_then(|limit| page_size(query.operation, limit)) {
        input.insert("MaxResults", size.into());
    }
    let mut reply = pages(api, region, query.operation, &input, limit).await?;
    if let (Some(limit), Some(results)) = (limit, query.operation.pages) {
        cut(&mut reply, results, limit);
    }
    let mut state = observe(query.attributes, &reply, Prior::Address(config));
    for attribute in query.attributes {
        let written = config.get(attribute.name);
        match attribute.origin {
            Origin::Region => state.insert(attribute.name, region.into()),
            _ if !is_omitted(attribute, written) => state.insert(attribute.name, written.clone()),
            _ => {}
        }
    }
    Ok(state)
}

fn is_omitted(attribute: &Attribute, written: &Value) -> bool {
    written.is_null() || matches!(attribute.kind, AttributeKind::Block { .. }) && written.elements().is_empty()
}

fn limit(query: &Call, config: &Value) -> Option<usize> {
    let bound = query.attributes.iter().find(|attribute| attribute.origin == Origin::MaxResults)?;
    usize::try_from(config.get(bound.name).as_i64()?).ok()
}

/// Drops results beyond `limit`, since the last page may contain more.
fn cut(reply: &mut Value, results: &str, limit: usize) {
    if let Value::List(elements) = reply.get(results) {
        let kept = elements.iter().take(limit).cloned().collect();
        reply.insert(results, Value::List(kept));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::fake::{FakeApi, REGION},
        definition::{QUERIES, query},
    };

    fn page(names: &[&str], token: Value) -> Result<Value, ApiError> {
        let models = names.iter().map(|name| Value::from([("ModelName", (*name).into())])).collect();
        Ok(Value::from([("Models", Value::List(models)), ("NextToken", token)]))
    }

    fn models(config: &[(&str, Value)]) -> Value {
        let mut values = Value::object();
        for (name, value) in config {
            values.insert(*name, value.clone());
        }
        values
    }

    fn names(state: &Value) -> Vec<&str> {
        state.get("models").elements().iter().filter_map(|model| model.get("model_name").as_str()).collect()
    }

    #[tokio::test]
    async fn all_pages_are_requested_with_the_arguments() {
        let api = FakeApi::scripted([
            ("ListModels", page(&["a", "b"], "more".into())),
            ("ListModels", page(&["c"], Value::Null)),
        ]);
        let config = models(&[("name_contains", "x".into())]);
        let query = query("sagemaker_models").expect("a query of ours");
        let state = run(&api, query, &config, REGION).await.expect("it is answered");
        assert_eq!(names(&state), ["a", "b", "c"]);
        assert_eq!(state.get("name_contains"), &"x".into());
        assert_eq!(state.get("region"), &REGION.into());
        assert!(api.calls().starts_with("ListModels {NameContains = \"x\"}\n"), "{}", api.calls());
        api.assert_finished();
    }

    #[tokio::test]
    async fn no_more_results_are_requested_than_the_limit() {
        let api = FakeApi::scripted([("ListModels", page(&["a", "b"], "more".into()))]);
        let query = query("sagemaker_models").expect("a query of ours");
        let state = run(&api, query, &models(&[("max_results", 1.into())]), REGION).await.expect("it is answered");
        assert_eq!(names(&state), ["a"]);
        assert_eq!(api.calls(), "ListModels {MaxResults = 1}");
    }

    #[tokio::test]
    async fn pages_are_no_larger_than_the_service_allows() {
        let api = FakeApi::scripted([
            ("ListModels", page(&["a", "b"], "more".into())),
            ("ListModels", page(&["c"], Value::Null)),
        ]);
        let query = query("sagemaker_models").expect("a query of ours");
        let state = run(&api, query, &models(&[("max_results", 1_000.into())]), REGION).await.expect("it is answered");
        assert_eq!(names(&state), ["a", "b", "c"]);
        assert!(api.calls().starts_with("ListModels {MaxResults = 100}"), "{}", api.calls());
    }

    #[test]
    fn queries_with_a_limit_have_countable_results() {
        let bounded =
            QUERIES.iter().filter(|query| query.attributes.iter().any(|one| one.origin == Origin::MaxResults));
        let uncounted: Vec<_> = bounded.filter(|query| query.operation.pages.is_none()).collect();
        assert!(uncounted.is_empty(), "{uncounted:?}");
    }

    #[tokio::test]
    async fn structures_without_a_schema_are_returned_as_documents() {
        let record = Value::from([("Endpoint", Value::from([("EndpointName", "e".into())]))]);
        let reply = Value::from([("Results", Value::List(vec![record]))]);
        let api = FakeApi::scripted([("Search", Ok(reply))]);
        let query = query("sagemaker_search").expect("a query of ours");
        let state =
            run(&api, query, &models(&[("resource", "Endpoint".into())]), REGION).await.expect("it is answered");
        assert_eq!(state.get("results").at(0), &r#"{"Endpoint":{"EndpointName":"e"}}"#.into());
    }

    #[tokio::test]
    async fn tags_are_returned_as_a_map() {
        let tag = Value::from([("Key", "team".into()), ("Value", "ml".into())]);
        let api = FakeApi::scripted([("ListTags", Ok(Value::from([("Tags", Value::List(vec![tag]))])))]);
        let query = query("sagemaker_tags").expect("a query of ours");
        let config = models(&[("resource_arn", "arn:aws:…".into())]);
        let state = run(&api, query, &config, REGION).await.expect("it is answered");
        assert_eq!(state.get("tags"), &Value::from([("team", "ml".into())]));
    }
}
