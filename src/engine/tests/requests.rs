//! What holds for every request of a host: over all resources, data sources, lists, actions and ephemeral resources.

use std::{collections::BTreeSet, sync::Arc};

use expect_test::expect;
use tokio::sync::mpsc::channel;

use crate::{
    api::{
        ApiError,
        fake::{ACCOUNT, FakeApi, REGION, refusal},
    },
    definition::{
        self, ACTIONS, Attribute, AttributeKind, Call, Check, EPHEMERALS, QUERIES, RESOURCES, Resource, Rule,
        service::ShapeKind,
    },
    diag::Diagnostics,
    engine::{
        Engine, ImportTarget, ListOptions, Provider,
        convert::address,
        list::arguments::{filters, rules},
        resource::{private::Private, stored::blank},
        tests::{
            connected::Connected,
            least::{least, least_of, set},
        },
    },
    value::Value,
};

/// A part of the provider block that no message may show.
const SECRET: &str = "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY";

/// An engine whose provider block has a secret, over a service that answers as given.
async fn engine(
    answer: impl Fn(&str, &Value) -> Result<Value, ApiError> + Send + Sync + 'static,
) -> (Engine, Arc<FakeApi>) {
    let api = Arc::new(FakeApi::answering(answer));
    let engine = Engine::new(&[], Box::new(Connected(Arc::clone(&api))));
    let block = Value::from([("access_key", "AKIAEXAMPLE".into()), ("secret_key", SECRET.into())]);
    let diagnostics = engine.configure(&block, "1.15.5").await;
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    (engine, api)
}

/// The service repeats the secret, as a proxy does that shows the request which it refuses.
fn refuse(operation: &str) -> Result<Value, ApiError> {
    Err(refusal(operation, "AccessDeniedException", &format!("{SECRET} is not allowed")))
}

/// The names of an object, in the form of a state or a configuration.
fn names(resource: &Resource) -> Vec<(&'static str, Value)> {
    let named = address::names(resource).into_iter().map(|name| {
        let is_number =
            matches!(&name.kind, AttributeKind::Plain { shape, .. } if matches!(shape.kind, ShapeKind::Integer { .. }));
        (name.name, if is_number { 1.into() } else { "a".into() })
    });
    named.collect()
}

fn with_region(mut config: Value, region: &str) -> Value {
    config.insert("region", region.into());
    config
}

async fn list(engine: &Engine, type_name: &str, config: &Value, with_objects: bool) -> Vec<Diagnostics> {
    let (sender, mut receiver) = channel(1_000);
    engine.list(type_name, config, ListOptions { with_objects, with_import_ids: false, limit: 9 }, sender).await;
    let mut diagnostics = Vec::new();
    while let Some(listed) = receiver.recv().await {
        diagnostics.push(listed.diagnostics);
    }
    diagnostics
}

/// The reads of all data sources, and what they diagnose.
async fn read_data_sources(engine: &Engine, region: &str) -> Vec<(&'static str, Diagnostics)> {
    let mut diagnosed = Vec::new();
    for query in QUERIES {
        let config = with_region(least_of(query), region);
        diagnosed.push((query.type_name, engine.read_data_source(query.type_name, &config).await.diagnostics));
    }
    for resource in RESOURCES {
        let names = names(resource).into_iter().map(|(name, value)| (name.to_owned(), value));
        let config = with_region(Value::Map(names.collect()), region);
        diagnosed.push((resource.type_name, engine.read_data_source(resource.type_name, &config).await.diagnostics));
    }
    diagnosed
}

/// The listings, actions and ephemeral resources, and what they diagnose.
async fn run_others(engine: &Engine, region: &str) -> Vec<(&'static str, Diagnostics)> {
    let mut diagnosed = Vec::new();
    for type_name in engine.schemas().lists.keys() {
        let filters = definition::resource(type_name).map(filters).unwrap_or_default();
        let config = with_region(least(&filters), region);
        diagnosed.extend(list(engine, type_name, &config, false).await.into_iter().map(|one| (*type_name, one)));
    }
    for action in ACTIONS {
        let (sender, mut receiver) = channel(1_000);
        let config = with_region(least_of(&action.call), region);
        diagnosed.push((action.call.type_name, engine.invoke_action(action.call.type_name, &config, sender).await));
        while receiver.recv().await.is_some() {}
    }
    for ephemeral in EPHEMERALS {
        let config = with_region(least_of(ephemeral), region);
        diagnosed.push((ephemeral.type_name, engine.open_ephemeral(ephemeral.type_name, &config).await.diagnostics));
    }
    diagnosed
}

/// The requests whose messages have been checked.
#[derive(Default)]
struct Checked {
    /// Those that the service has not refused, since they were refused before.
    not_sent: Vec<String>,
    refused: usize,
}

impl Checked {
    #[track_caller]
    fn check(&mut self, request: &str, type_name: &str, diagnostics: &Diagnostics) {
        let text = format!("{diagnostics:?}");
        assert!(!text.contains(SECRET), "the {request} of {type_name} shows the secret: {text}");
        if text.contains("is not allowed") {
            self.refused += 1;
        } else {
            self.not_sent.push(format!("{request} of {type_name}"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_message_shows_a_secret_of_the_provider_block() {
    let (engine, _) = engine(|operation, _| refuse(operation)).await;
    let private = Private::default().to_bytes();
    let mut checked = Checked::default();
    for resource in RESOURCES {
        let name = resource.type_name;
        let mut config = least(resource.attributes);
        // One of `content` and `content_wo` is required.
        if name == "sagemaker_model_card" {
            config.insert("content", "{}".into());
        }
        let mut state = blank(resource);
        names(resource).into_iter().for_each(|(name, value)| state.insert(name, value));
        checked.check("read", name, &engine.read(name, &state, &private).await.diagnostics);
        let plan = engine.plan(name, &Value::Null, &config, &[]);
        let created = engine.apply(name, &Value::Null, &plan.planned, &config, &plan.private).await;
        checked.check("create", name, &created.diagnostics);
        let deleted = engine.apply(name, &state, &Value::Null, &Value::Null, &private).await;
        if resource.operations.delete.is_some() || resource.operations.stop.is_some() {
            checked.check("delete", name, &deleted.diagnostics);
        }
    }
    for (name, diagnostics) in read_data_sources(&engine, "").await {
        checked.check("data source", name, &diagnostics);
    }
    for (name, diagnostics) in run_others(&engine, "").await {
        checked.check("call", name, &diagnostics);
    }
    let expected = [
        // Its special file completes the input.
        "create of sagemaker_tag",
        // `a` is no ARN, which selects it.
        "data source of sagemaker_cluster_extension",
    ];
    assert_eq!(checked.not_sent, expected);
}

/// A listed object that cannot be read is shown with a warning.
#[tokio::test(start_paused = true)]
async fn no_warning_of_a_listed_object_shows_a_secret_of_the_provider_block() {
    let mut checked = Checked::default();
    for resource in RESOURCES {
        let Some(list_operation) = resource.operations.list.filter(|list| list.element().is_some()) else { continue };
        let Some(shape) = resource.listed_shape() else { continue };
        if list_operation.name == resource.operations.read.name {
            continue;
        }
        let element = shape.members().iter().map(|member| (member.name.to_owned(), "a".into()));
        let element = Value::Map(element.collect());
        let page = Value::from([(list_operation.pages.unwrap_or_default(), Value::List(vec![element]))]);
        let (engine, _) = engine(
            move |operation, _| {
                if operation == list_operation.name { Ok(page.clone()) } else { refuse(operation) }
            },
        )
        .await;
        let config = least(&filters(resource));
        for diagnostics in list(&engine, resource.type_name, &config, true).await {
            if !diagnostics.is_empty() {
                checked.check("listing", resource.type_name, &diagnostics);
            }
        }
    }
    assert_eq!(checked.not_sent, Vec::<String>::new());
    assert!(checked.refused > 50, "only {} objects were listed and not readable", checked.refused);
}

/// Modules pass `""` where they leave the region to the provider.
#[tokio::test(start_paused = true)]
async fn an_empty_region_is_that_of_the_provider() {
    let (engine, api) = engine(|operation, _| refuse(operation)).await;
    for resource in RESOURCES {
        let config = with_region(least(resource.attributes), "");
        let plan = engine.plan(resource.type_name, &Value::Null, &config, &[]);
        engine.apply(resource.type_name, &Value::Null, &plan.planned, &config, &plan.private).await;
        let identity = Value::Map(names(resource).into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
        engine.import(resource.type_name, ImportTarget::Identity(&with_region(identity, ""))).await;
    }
    read_data_sources(&engine, "").await;
    run_others(&engine, "").await;
    let calls = api.calls();
    // Calls in the region of the provider are recorded without it.
    let elsewhere: Vec<&str> = calls.lines().filter(|call| !call.starts_with(char::is_uppercase)).collect();
    assert_eq!(elsewhere, Vec::<&str>::new());
    assert!(calls.lines().count() > RESOURCES.len() + QUERIES.len(), "{calls}");
}

/// Where the service takes an ARN in place of a name, it finds the object of another account, and never one of the same name
/// in the caller's account.
#[tokio::test]
async fn a_data_source_reads_no_object_of_the_callers_account_for_an_arn_of_another() {
    let (mut by_arn, mut refused) = (0, 0);
    for resource in RESOURCES.iter().filter(|resource| resource.identity.arn.is_some()) {
        let [name] = address::names(resource)[..] else { continue };
        let Some(shown) = resource.arn().and_then(|arn| arn.read_member()) else { continue };
        if resource.operations.object.is_some() {
            continue;
        }
        let arn = |account: &str| format!("arn:aws:sagemaker:{REGION}:{account}:{}/same", kind_of(resource));
        let theirs = arn("999999999999");
        let reply = Value::from([(shown, arn(ACCOUNT).into()), (name.read_member().unwrap_or("Name"), "same".into())]);
        let (engine, api) = engine(move |_, _| Ok(reply.clone())).await;
        let config = Value::from([(resource.arn().map_or("arn", |arn| arn.name), theirs.as_str().into())]);
        let outcome = engine.read_data_source(resource.type_name, &config).await;
        let read = resource.operations.read.name;
        if api.calls().lines().any(|call| call.starts_with(read) && call.contains(&theirs)) {
            by_arn += 1;
        } else {
            assert!(outcome.diagnostics.has_error(), "{}: {}", resource.type_name, api.calls());
            refused += 1;
        }
    }
    assert!(by_arn > 3 && refused > 20, "{by_arn} were read by their ARN, and {refused} refused");
}

/// The kind in the ARNs of a resource.
fn kind_of(resource: &Resource) -> &'static str {
    let kinds =
        definition::permission(resource.operations.read.name).map_or(&[][..], |permission| permission.resources);
    kinds.first().copied().unwrap_or("kind")
}

/// The configurations that break the rules of a call: one with nothing that a rule needs, and one with all that exclude
/// each other, with the rule.
fn broken(attributes: &[Attribute], rules: &[Rule]) -> Vec<(Rule, Value)> {
    let with_none = || least(attributes);
    let with_all = |rule: &Rule| {
        let mut config = least(attributes);
        rule.names.iter().for_each(|name| set(attributes, &mut config, name));
        config
    };
    let break_one = |rule: &Rule| match rule.check {
        Check::ExactlyOne => vec![(*rule, with_none()), (*rule, with_all(rule))],
        Check::AtLeastOne => vec![(*rule, with_none())],
        Check::AtMostOne => vec![(*rule, with_all(rule))],
        _ => panic!("this test does not break {rule:?} yet"),
    };
    rules.iter().flat_map(break_one).collect()
}

#[tokio::test]
async fn what_breaks_a_rule_of_a_call_is_refused_before_the_call() {
    let (engine, api) = engine(|operation, _| panic!("{operation} is called")).await;
    let mut checked = BTreeSet::new();
    let mut expect = |rule: Rule, type_name: &'static str, found: Diagnostics| {
        let details: Vec<_> = found.iter().map(|one| one.detail.as_str()).collect();
        let names_all = |detail: &&str| rule.names.iter().all(|name| detail.contains(&format!("`{name}`")));
        assert!(details.iter().any(names_all), "{type_name}: {rule:?}: {details:?}");
        checked.insert(type_name);
    };
    let broken_of = |call: &Call| broken(call.attributes, call.rules);
    for query in QUERIES {
        for (rule, config) in broken_of(query) {
            expect(rule, query.type_name, engine.validate_data_source(query.type_name, &config));
        }
    }
    for call in EPHEMERALS {
        for (rule, config) in broken_of(call) {
            expect(rule, call.type_name, engine.validate_ephemeral(call.type_name, &config));
        }
    }
    for action in ACTIONS {
        let type_name = action.call.type_name;
        for (rule, config) in broken_of(&action.call) {
            expect(rule, type_name, engine.validate_action(type_name, &config));
            let (sender, _receiver) = channel(1_000);
            expect(rule, type_name, engine.invoke_action(type_name, &config, sender).await);
        }
    }
    for resource in RESOURCES {
        let filters = filters(resource);
        for (rule, config) in broken(&filters, &rules(resource, &filters)) {
            expect(rule, resource.type_name, engine.validate_list(resource.type_name, &config));
        }
    }
    expect![[r#"
        sagemaker_app
        sagemaker_apps
        sagemaker_batch_delete_cluster_nodes
        sagemaker_batch_reboot_cluster_nodes
        sagemaker_batch_replace_cluster_nodes
        sagemaker_cluster_node
        sagemaker_move_cluster_nodes
        sagemaker_rendered_ui_template
        sagemaker_scaling_configuration_recommendation
        sagemaker_trial_component
        sagemaker_trial_components"#]]
    .assert_eq(&checked.into_iter().collect::<Vec<_>>().join("\n"));
    api.assert_finished();
}
