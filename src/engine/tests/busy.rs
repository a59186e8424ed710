//! Deletes and updates of changing objects, for each resource as its definition declares.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use crate::{
    api::{
        ApiError,
        fake::{FakeApi, REGION, refusal},
    },
    definition::{AttributeKind, RESOURCES, Resource, Wait, service::ShapeKind},
    engine::{
        convert::{
            address,
            reply::{Prior, observe},
            tags::Ignored,
        },
        resource::{
            claims::Claims,
            private::Private,
            stored::blank,
            work::{Done, Work},
        },
        service::{flight::Flights, stop::Stopper, wait::state_in},
    },
    value::Value,
};

/// The resources whose deletion takes time and shows it in a state.
fn deletions() -> impl Iterator<Item = (&'static Resource, &'static Wait)> {
    let waits = RESOURCES.iter().filter_map(|resource| Some((resource, resource.delete_wait.as_ref()?)));
    waits.filter(|(_, wait)| !wait.pending.is_empty())
}

fn is_not_stopped_first(resource: &Resource) -> bool {
    resource.operations.stop.is_none()
}

/// A state that addresses an object.
fn state_of(resource: &Resource) -> Value {
    let mut state = blank(resource);
    state.insert("region", REGION.into());
    for attribute in resource
        .attributes
        .iter()
        .filter(|attribute| attribute.member().is_some_and(|member| resource.identity.members.contains(&member)))
    {
        let is_number = matches!(&attribute.kind, AttributeKind::Plain { shape, .. } if matches!(shape.kind, ShapeKind::Integer { .. }));
        state.insert(attribute.name, if is_number { 1.into() } else { "x".into() });
    }
    state
}

/// The reply of the read call for an object in a state.
fn reply(resource: &Resource, wait: &Wait, state: &str) -> Value {
    let field = wait.field.unwrap_or_default();
    let mut described = field.rsplit('.').fold(Value::from(state), |inner, name| Value::from([(name, inner)]));
    let read = resource.operations.read;
    for (name, value) in address::marks(resource, read, &state_of(resource)).as_map().into_iter().flatten() {
        described.insert(name.as_str(), value.clone());
    }
    let Some(object) = resource.operations.object else { return described };
    match read.output.member(object).map(|member| &member.shape.kind) {
        None => described,
        Some(ShapeKind::List { .. }) => Value::from([(object, Value::List(vec![described]))]),
        Some(_) => Value::from([(object, described)]),
    }
}

fn no_such_object(operation: &str) -> ApiError {
    refusal(operation, "ResourceNotFound", "")
}

/// Deletes an object; the delete call returns `deleted`, and the read calls return the elements of `seen` in turn.
async fn delete(
    resource: &'static Resource,
    deleted: impl Fn(&str) -> Result<Value, ApiError> + Send + Sync + 'static,
    seen: Vec<Result<Value, ApiError>>,
) -> (Done, Duration) {
    let looks = AtomicUsize::new(0);
    let api = FakeApi::answering(move |operation, _| match operation {
        _ if operation == resource.operations.read.name => {
            seen[looks.fetch_add(1, Ordering::Relaxed).min(seen.len() - 1)].clone()
        }
        _ => deleted(operation),
    });
    delete_over(resource, &api, &Claims::default()).await
}

/// The same, in a run that has these claims.
async fn delete_over(resource: &'static Resource, api: &FakeApi, claims: &Claims) -> (Done, Duration) {
    static NO_TAGS: Value = Value::Null;
    let (stopper, ignored_tags, flights) = (Stopper::new(), Ignored::default(), Flights::default());
    let started = tokio::time::Instant::now();
    let work = Work {
        resource,
        special: None,
        api,
        default_tags: &NO_TAGS,
        ignored_tags: &ignored_tags,
        flights: &flights,
        adopted_within: None,
        private: Private::default(),
        claims,
        stop: stopper.listener(),
        started,
    };
    (work.delete(&state_of(resource)).await, started.elapsed())
}

/// With `create_before_destroy`, the successor of what is set on another object has set the same again.
#[tokio::test(start_paused = true)]
async fn no_delete_undoes_what_the_same_run_has_set_on_another_object() {
    let settings = RESOURCES.iter().filter(|resource| !resource.creates_an_object());
    let mut undone = 0;
    for resource in settings.filter(|resource| resource.operations.delete.is_some()) {
        let api = || FakeApi::answering(|operation, _| Err(no_such_object(operation)));
        let id = address::id(resource, &state_of(resource), REGION).unwrap_or_default();
        let (claims, claimed) = (Claims::default(), api());
        claims.note_created((resource.type_name, REGION.to_owned(), id));
        let done = delete_over(resource, &claimed, &claims).await.0;
        assert!(
            done.state.is_null() && !done.diagnostics.has_error(),
            "{}: {:?}",
            resource.type_name,
            done.diagnostics
        );
        assert_eq!(claimed.calls(), "", "{}", resource.type_name);

        let unclaimed = api();
        delete_over(resource, &unclaimed, &Claims::default()).await;
        undone += usize::from(!unclaimed.calls().is_empty());
    }
    assert!(undone > 5, "{undone} deletes call the service otherwise");
}

#[tokio::test(start_paused = true)]
async fn a_deletion_that_reaches_another_state_fails_at_once() {
    for (resource, wait) in deletions() {
        for failed in wait.failed {
            let seen = [wait.pending[0], failed].map(|state| Ok(reply(resource, wait, state)));
            let (done, took) = delete(resource, |_| Ok(Value::object()), seen.to_vec()).await;
            let context = format!("{} in {failed}: {:?}", resource.type_name, done.diagnostics);
            assert!(done.diagnostics.iter().any(|one| one.detail.contains(&format!("state `{failed}`"))), "{context}");
            assert!(took < Duration::from_secs(5), "{context}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_object_that_stays_unchanged_was_not_deleted() {
    for (resource, wait) in deletions().filter(|(resource, _)| is_not_stopped_first(resource)) {
        let rests = [&resource.create_wait, &resource.update_wait]
            .into_iter()
            .flatten()
            .filter(|other| other.field == wait.field);
        for rest in rests.flat_map(|wait| wait.done) {
            let seen = vec![Ok(reply(resource, wait, rest))];
            let (done, took) = delete(resource, |_| Ok(Value::object()), seen).await;
            let context = format!("{} in {rest}: {:?}", resource.type_name, done.diagnostics);
            assert!(done.diagnostics.iter().any(|one| one.detail.contains(&format!("state `{rest}`"))), "{context}");
            // Reads may lag behind a delete for this long.
            assert!((15..30).contains(&took.as_secs()), "{context}");
        }
    }
}

/// An update waits for what is still changing, which it finds in the state, at any depth.
#[test]
fn the_state_that_a_wait_reads_is_found_in_what_is_stored() {
    let (mut nested, mut not_shown) = (Vec::new(), Vec::new());
    for resource in RESOURCES {
        for wait in [&resource.create_wait, &resource.update_wait].into_iter().flatten() {
            let (Some(field), Some(pending)) = (wait.field, wait.pending.first()) else { continue };
            let described = field.rsplit('.').fold(Value::from(*pending), |inner, name| Value::from([(name, inner)]));
            let stored = observe(resource.attributes, &described, Prior::State(&Value::Null));
            match state_in(resource.attributes, wait, &stored) {
                None => not_shown.push(resource.type_name),
                found => assert_eq!(found, Some(*pending), "{}", resource.type_name),
            }
            if field.contains('.') {
                nested.push(resource.type_name);
            }
        }
    }
    nested.dedup();
    assert_eq!(nested, ["sagemaker_feature_group"]);
    // The state of the endpoint is that of another resource.
    assert_eq!(not_shown, ["sagemaker_endpoint_weights_and_capacities"; 2]);
}

#[tokio::test(start_paused = true)]
async fn a_deletion_in_progress_is_waited_for() {
    for (resource, wait) in deletions() {
        for pending in wait.pending {
            let gone = Err(no_such_object(resource.operations.read.name));
            let seen = vec![Ok(reply(resource, wait, pending)), Ok(reply(resource, wait, pending)), gone];
            let refused = |operation: &str| Err(refusal(operation, "ValidationException", "It is in another status."));
            let (done, _) = delete(resource, refused, seen).await;
            let context = format!("{} in {pending}: {:?}", resource.type_name, done.diagnostics);
            assert!(done.state.is_null() && !done.diagnostics.has_error(), "{context}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_changing_object_is_deleted_once_it_is_stable() {
    for (resource, wait) in deletions().filter(|(resource, _)| is_not_stopped_first(resource)) {
        let Some(create) = resource.create_wait.as_ref().filter(|create| create.field == wait.field) else { continue };
        let changing = || Ok(reply(resource, wait, create.pending[0]));
        let gone = Err(no_such_object(resource.operations.read.name));
        let calls = AtomicUsize::new(0);
        let refused_once = move |operation: &str| match calls.fetch_add(1, Ordering::Relaxed) {
            0 => Err(refusal(operation, "ConflictException", "It is being changed.")),
            _ => Ok(Value::object()),
        };
        let (done, _) = delete(resource, refused_once, vec![changing(), changing(), gone]).await;
        assert!(
            done.state.is_null() && !done.diagnostics.has_error(),
            "{}: {:?}",
            resource.type_name,
            done.diagnostics
        );
    }
}
