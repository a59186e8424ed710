//! Listings and identities over a scripted service: which calls are made, and what is left out.

use std::sync::Arc;

use tokio::sync::mpsc::channel;

use crate::{
    api::{
        ApiError, Connect, ReadOnly, Settings,
        fake::{ACCOUNT, FakeApi, REGION, refusal},
    },
    definition::service::OPERATIONS,
    diag::{Diagnostics, Severity},
    engine::{
        Engine, ImportTarget, ListOptions, Listed, Provider,
        tests::connected::{Connected, engine},
    },
    value::Value,
};

fn arn(kind: &str, name: &str) -> Value {
    format!("arn:aws:sagemaker:{REGION}:{ACCOUNT}:{kind}/{name}").into()
}

/// A page of ListModels.
fn models(names: &[&str], token: &str) -> Result<Value, ApiError> {
    let model = |name: &&str| Value::from([("ModelName", (*name).into()), ("ModelArn", arn("model", name))]);
    let models = names.iter().map(model).collect();
    Ok(Value::from([("Models", Value::List(models)), ("NextToken", token.into())]))
}

fn config(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

async fn list(engine: &Engine, type_name: &str, config: &Value, with_objects: bool, limit: usize) -> Vec<Listed> {
    let (sender, mut receiver) = channel(1_000);
    engine.list(type_name, config, ListOptions { with_objects, with_import_ids: false, limit }, sender).await;
    let mut listed = Vec::new();
    while let Some(object) = receiver.recv().await {
        listed.push(object);
    }
    listed
}

fn names(listed: &[Listed]) -> Vec<&str> {
    listed.iter().map(|listed| listed.display_name.as_str()).collect()
}

#[tokio::test]
async fn no_further_page_is_read_than_the_limit_needs() {
    let (engine, api) =
        engine(FakeApi::scripted([("ListModels", models(&["a", "b"], "2")), ("ListModels", models(&["c", "d"], "3"))]))
            .await;
    let filtered = config(&[("name_contains", "x".into()), ("region", "eu-west-1".into())]);
    let listed = list(&engine, "sagemaker_model", &filtered, false, 3).await;
    assert_eq!(names(&listed), ["a", "b", "c"]);
    assert_eq!(
        listed[0].identity,
        Value::from([("name", "a".into()), ("account_id", ACCOUNT.into()), ("region", "eu-west-1".into())])
    );
    assert_eq!(listed[0].object, Value::Null);
    api.assert_finished();
    assert_eq!(
        api.calls(),
        "eu-west-1 ListModels {MaxResults = 3, NameContains = \"x\"}\n\
         eu-west-1 ListModels {MaxResults = 1, NameContains = \"x\", NextToken = \"2\"}"
    );
}

#[tokio::test]
async fn objects_that_cannot_be_read_do_not_hide_the_others() {
    let (engine, _) = engine(FakeApi::answering(|operation, input| match operation {
        "ListModels" => models(&["a", "b", "gone", "c"], ""),
        "DescribeModel" if input.get("ModelName").as_str() == Some("b") => {
            Err(refusal(operation, "AccessDeniedException", "not authorized"))
        }
        "DescribeModel" if input.get("ModelName").as_str() == Some("gone") => {
            Err(refusal(operation, "ValidationException", "Could not find model \"gone\"."))
        }
        "DescribeModel" => Ok(Value::from([
            ("ModelName", input.get("ModelName").clone()),
            ("ModelArn", arn("model", input.get("ModelName").as_str().unwrap_or_default())),
        ])),
        _ => Ok(Value::object()),
    }))
    .await;
    let listed = list(&engine, "sagemaker_model", &Value::object(), true, 100).await;
    assert_eq!(names(&listed), ["a", "b", "c"]);
    assert_eq!(listed[2].object.get("id"), &"c".into());
    let denied: Vec<_> = listed[1].diagnostics.iter().collect();
    assert_eq!((denied.len(), denied[0].severity), (1, Severity::Warning));
    assert!(denied[0].summary.starts_with("`b` is listed incompletely: "), "{}", denied[0].summary);
    // Terraform panics if it generates the configuration of an object without a state.
    assert_eq!((listed[1].object.get("name"), listed[1].is_incomplete), (&"b".into(), true));
    assert!(!listed[1].identity.is_null() && !listed[0].is_incomplete);
}

#[tokio::test]
async fn an_object_whose_tags_cannot_be_read_is_not_listed_by_a_filter_on_tags() {
    let (engine, _) = engine(FakeApi::answering(|operation, input| match operation {
        "ListModels" => models(&["a", "b"], ""),
        "ListTags" if input.get("ResourceArn") == &arn("model", "a") => {
            Err(refusal(operation, "AccessDeniedException", "not authorized"))
        }
        _ => Ok(Value::object()),
    }))
    .await;
    let filter = config(&[("tags", Value::from([("team", "ml".into())]))]);
    let listed = list(&engine, "sagemaker_model", &filter, true, 100).await;
    assert_eq!(listed.len(), 1);
    let warnings: Vec<_> = listed[0].diagnostics.iter().collect();
    assert_eq!((warnings.len(), warnings[0].severity), (1, Severity::Warning));
    assert!(
        warnings[0].summary.starts_with("`a` is left out, since too little of it is known"),
        "{}",
        warnings[0].summary
    );
    assert!(listed[0].identity.is_null() && listed[0].object.is_null());
}

#[tokio::test]
async fn tags_are_read_only_for_a_filter() {
    let (engine, api) = engine(FakeApi::answering(|operation, input| match operation {
        "ListModels" => models(&["a", "b", "c"], ""),
        "ListTags" => {
            let value = if input.get("ResourceArn") == &arn("model", "b") { "ml" } else { "ops" };
            let tag = Value::from([("Key", "team".into()), ("Value", value.into())]);
            Ok(Value::from([("Tags", Value::List(vec![tag]))]))
        }
        _ => Err(refusal(operation, "UnexpectedCall", "")),
    }))
    .await;
    let of = |team: &str| config(&[("tags", Value::from([("team", team.into())]))]);
    assert_eq!(names(&list(&engine, "sagemaker_model", &of("ml"), false, 100).await), ["b"]);
    let keys = |key: &str| config(&[("tag_keys", Value::List(vec![key.into()]))]);
    assert_eq!(names(&list(&engine, "sagemaker_model", &keys("team"), false, 2).await), ["a", "b"]);
    assert_eq!(names(&list(&engine, "sagemaker_model", &keys("owner"), false, 2).await), Vec::<&str>::new());
    assert!(!api.calls().contains("DescribeModel"), "{}", api.calls());
    // Few objects of a page may have the tags, so that a small limit does not make small pages.
    let calls = api.calls();
    let mut pages = calls.lines().filter(|call| call.starts_with("ListModels"));
    assert!(pages.all(|call| call == "ListModels {MaxResults = 100}"), "{calls}");
}

#[tokio::test]
async fn an_object_that_a_filter_leaves_out_is_not_read() {
    let (engine, api) = engine(FakeApi::answering(|operation, input| match operation {
        "ListModels" => models(&["a", "b", "c"], ""),
        "ListTags" if input.get("ResourceArn") == &arn("model", "b") => {
            let tag = Value::from([("Key", "team".into()), ("Value", "ml".into())]);
            Ok(Value::from([("Tags", Value::List(vec![tag]))]))
        }
        "DescribeModel" => Ok(Value::from([("ModelName", "b".into()), ("ModelArn", arn("model", "b"))])),
        _ => Ok(Value::object()),
    }))
    .await;
    let keys = config(&[("tag_keys", Value::List(vec!["team".into()]))]);
    assert_eq!(names(&list(&engine, "sagemaker_model", &keys, true, 100).await), ["b"]);
    let calls = api.calls();
    let read: Vec<&str> = calls.lines().filter(|call| call.starts_with("DescribeModel")).collect();
    assert_eq!(read, ["DescribeModel {ModelName = \"b\"}"]);
}

/// The service refuses pages that are smaller than the model says.
#[tokio::test]
async fn a_small_limit_makes_no_page_smaller_than_the_service_allows() {
    let tags = |count: u8| {
        let tag = |key: u8| Value::from([("Key", key.to_string().into()), ("Value", "v".into())]);
        Ok(Value::from([("Tags", Value::List((0..count).map(tag).collect()))]))
    };
    let (engine, api) = engine(FakeApi::answering(move |_, _| tags(20))).await;
    let of_model = config(&[("resource_arn", arn("model", "m"))]);
    assert_eq!(list(&engine, "sagemaker_tag", &of_model, false, 10).await.len(), 10);
    let mut query = of_model.clone();
    query.insert("max_results", 10.into());
    let outcome = engine.read_data_source("sagemaker_tags", &query).await;
    assert_eq!(outcome.state.get("tags").as_map().map(|tags| tags.len()), Some(10), "{:?}", outcome.diagnostics);
    let calls = api.calls();
    assert!(calls.lines().count() == 2 && calls.lines().all(|call| call.contains("MaxResults = 50")), "{calls}");
}

#[tokio::test]
async fn what_is_being_deleted_is_left_out() {
    let page = |status: &str| {
        let endpoint = Value::from([
            ("EndpointName", "e".into()),
            ("EndpointArn", arn("endpoint", "e")),
            ("EndpointStatus", status.into()),
        ]);
        Ok(Value::from([("Endpoints", Value::List(vec![endpoint]))]))
    };
    for (status, expected) in [("Deleting", 0), ("InService", 1), ("Failed", 1)] {
        let (engine, _) = engine(FakeApi::scripted([("ListEndpoints", page(status))])).await;
        assert_eq!(list(&engine, "sagemaker_endpoint", &Value::object(), false, 9).await.len(), expected, "{status}");
    }
}

#[tokio::test]
async fn tags_of_aws_itself_and_jobs_of_another_type_are_left_out() {
    let tag = |key: &str| Value::from([("Key", key.into()), ("Value", "v".into())]);
    let tags = Value::from([("Tags", Value::List(vec![tag("aws:cloudformation:stack-id"), tag("team")]))]);
    let (first, _) = engine(FakeApi::scripted([("ListTags", Ok(tags))])).await;
    let of_model = config(&[("resource_arn", arn("model", "m"))]);
    let listed = list(&first, "sagemaker_tag", &of_model, false, 9).await;
    assert_eq!(listed.iter().map(|one| one.identity.get("key")).collect::<Vec<_>>(), [&Value::from("team")]);

    let (second, _) = engine(FakeApi::answering(|operation, input| match operation {
        "ListAutoMLJobs" => {
            let job =
                |name: &str| Value::from([("AutoMLJobName", name.into()), ("AutoMLJobArn", arn("automl-job", name))]);
            Ok(Value::from([("AutoMLJobSummaries", Value::List(vec![job("first"), job("second")]))]))
        }
        "DescribeAutoMLJob" if input.get("AutoMLJobName").as_str() == Some("second") => {
            Err(refusal(operation, "ResourceNotFound", "can't find an AutoML job called second"))
        }
        "DescribeAutoMLJob" => {
            Ok(Value::from([("AutoMLJobName", "first".into()), ("AutoMLJobArn", arn("automl-job", "first"))]))
        }
        _ => Ok(Value::object()),
    }))
    .await;
    assert_eq!(names(&list(&second, "sagemaker_auto_ml_job", &Value::object(), false, 9).await), ["first"]);
}

#[tokio::test]
async fn a_refused_listing_ends_with_the_words_of_the_service() {
    let refused = Err(refusal("ListModels", "AccessDeniedException", "not authorized to perform sagemaker:ListModels"));
    let (engine, _) = engine(FakeApi::scripted([("ListModels", models(&["a"], "2")), ("ListModels", refused)])).await;
    let listed = list(&engine, "sagemaker_model", &Value::object(), false, 9).await;
    assert_eq!(names(&listed), ["a", ""]);
    let text = format!("{:?}", listed[1].diagnostics);
    assert!(listed[1].diagnostics.has_error() && text.contains("not authorized to perform"), "{text}");
}

#[tokio::test]
async fn a_connection_for_reading_calls_no_operation_that_changes_anything() {
    let api = Arc::new(FakeApi::answering(|_, _| Ok(Value::object())));
    let connected = ReadOnly(Connected(Arc::clone(&api))).connect(Settings::default(), "").await;
    let reading = connected.unwrap_or_else(|error| panic!("{error}"));
    for operation in OPERATIONS {
        let called = reading.call(REGION, operation.name, &Value::object()).await.is_ok();
        let once = reading.call_once(REGION, operation.name, &Value::object()).await.is_ok();
        let reads = ["Describe", "List", "Get", "BatchDescribe"].iter().any(|verb| operation.name.starts_with(verb));
        assert_eq!((called, once), (reads, reads), "{}", operation.name);
    }
    let changing =
        |call: &&str| !["Describe", "List", "Get", "BatchDescribe"].iter().any(|verb| call.starts_with(verb));
    assert_eq!(api.calls().lines().find(changing), None);
}

#[tokio::test]
async fn every_resource_that_the_api_lists_has_a_listing() {
    let (engine, _) = engine(FakeApi::scripted([])).await;
    let schemas = engine.schemas();
    let without: Vec<&str> =
        schemas.identities.keys().copied().filter(|name| !schemas.lists.contains_key(name)).collect();
    assert_eq!(
        without,
        [
            "sagemaker_endpoint_policy",
            "sagemaker_endpoint_weights_and_capacities",
            "sagemaker_feature_metadata",
            "sagemaker_model_package_group_policy",
            "sagemaker_servicecatalog_portfolio_status",
        ]
    );
    assert!(list(&engine, "sagemaker_endpoint_policy", &Value::object(), false, 9).await[0].diagnostics.has_error());
}

async fn imported(type_name: &str, identity: &[(&str, Value)]) -> Result<Value, Diagnostics> {
    let (engine, _) = engine(FakeApi::scripted([])).await;
    let schema = &engine.schemas().identities[type_name];
    let mut whole = Value::object();
    for attribute in &schema.attributes {
        let given = identity.iter().find(|(name, _)| *name == attribute.name);
        whole.insert(attribute.name, given.map(|(_, value)| value.clone()).unwrap_or_default());
    }
    let outcome = engine.import(type_name, ImportTarget::Identity(&whole)).await;
    if outcome.diagnostics.has_error() { Err(outcome.diagnostics) } else { Ok(outcome.state) }
}

async fn refused(type_name: &str, identity: &[(&str, Value)]) -> String {
    let diagnostics = imported(type_name, identity).await.expect_err("it is refused");
    diagnostics.iter().map(|diagnostic| format!("{}. {}", diagnostic.summary, diagnostic.detail)).collect()
}

#[tokio::test]
async fn an_identity_is_imported_with_the_region_and_account_that_it_has() {
    let state = imported("sagemaker_model", &[("name", "m".into())]).await.expect("it is imported");
    assert_eq!((state.get("id"), state.get("region")), (&"m".into(), &REGION.into()));
    let elsewhere = [("name", "m".into()), ("region", "eu-west-1".into()), ("account_id", ACCOUNT.into())];
    let state = imported("sagemaker_model", &elsewhere).await.expect("it is imported");
    assert_eq!(state.get("region"), &"eu-west-1".into());
    let profile = [("domain_id", "d-1".into()), ("user_profile_name", "ann".into())];
    let state = imported("sagemaker_user_profile", &profile).await.expect("it is imported");
    assert_eq!((state.get("domain_id"), state.get("user_profile_name")), (&"d-1".into(), &"ann".into()));
}

#[tokio::test]
async fn an_incomplete_or_foreign_identity_is_refused() {
    let text = refused("sagemaker_user_profile", &[("domain_id", "d-1".into())]).await;
    assert!(text.contains("The identity has no `user_profile_name`"), "{text}");
    assert!(text.contains("consists of `domain_id`, `user_profile_name`, `account_id` (optional), `region`"), "{text}");
    let text = refused("sagemaker_model", &[("name", "m".into()), ("account_id", "999999999999".into())]).await;
    assert!(text.contains("the account `999999999999`, but the provider's credentials belong to"), "{text}");
    let of_another = [("arn", arn("mlflow-app", "a")), ("account_id", "999999999999".into())];
    let text = refused("sagemaker_mlflow_app", &of_another).await;
    assert!(text.contains("`arn` is an ARN of the account `111122223333`"), "{text}");
    let app = [("domain_id", "d".into()), ("app_type", "JupyterLab".into()), ("app_name", "a".into())];
    let text = refused("sagemaker_app", &app).await;
    assert!(text.contains("Set exactly one of `user_profile_name` and `space_name`"), "{text}");
}
