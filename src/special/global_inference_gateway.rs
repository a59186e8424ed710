//! Why data is not enough: the in-cluster gateways of a global inference gateway are listed apart from it, and added and
//! removed one at a time, while nothing else changes. Names in the form of an ID are refused, and so are weights that do
//! not sum to 1.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    definition::names::global_inference_gateway as names,
    diag::{Diagnostic, Diagnostics},
    engine::{CHANGE_SEEN_WITHIN, CallContext, Failure, Pauses, Special},
    value::{Path, Value},
};

/// Assumed, for all in-cluster gateways together.
const CHANGED_WITHIN: Duration = Duration::from_secs(30 * 60);

/// The most members that a global inference gateway can have (API reference).
const MOST: usize = 10;

const WEIGHTS: [&str; 4] = [names::KV_HEADROOM, names::QUEUE_DEPTH, names::REGION_PROXIMITY, names::ERROR_RATE];

/// The member of a list with the in-cluster gateways.
const LISTED: &str = "InferenceGatewaySummaries";

/// How far the weights may sum to less or more than 1 (API reference), with what binary fractions add to it.
const TOLERANCE: f64 = 0.001_000_1;

/// The members that identify an in-cluster gateway, with their attributes.
const IDENTITY: [(&str, &str); 3] =
    [("ClusterArn", names::CLUSTER_ARN), ("Namespace", names::NAMESPACE), ("Name", names::NAME)];

pub(super) struct GlobalInferenceGateway;

#[async_trait]
impl Special for GlobalInferenceGateway {
    // API reference, CreateGlobalInferenceGateway and GlobalInferenceGatewayRoutingWeight.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        if let Some(name) = config.get(names::NAME).as_str().filter(|name| is_like_an_id(name)) {
            diagnostics.push(name_like_an_id(name));
        }
        let path = Path::attribute(names::ROUTING).index(0).then(names::WEIGHTS);
        if let Some(sum) = sum(config.lookup(&path.index(0))).filter(|sum| (sum - 1.0).abs() > TOLERANCE) {
            diagnostics.push(weights_off_one(sum).at(&path));
        }
    }

    /// Shows the in-cluster gateways that serve or are about to. A failed one is missing, so that the next apply adds it
    /// again.
    async fn after_read(&self, context: CallContext<'_>, _prior: &Value, state: &mut Value) -> Result<(), Failure> {
        let listed =
            context.list_of_visible("ListInferenceGateways", &identifier(state.get(names::NAME)), LISTED).await?;
        let serving = listed.iter().filter(|one| matches!(status(one), "ADDING" | "ACTIVE"));
        let members = serving.map(|one| Value::from(IDENTITY.map(|(api, name)| (name, one.get(api).clone()))));
        state.insert(names::GATEWAYS, Value::set(members.collect()));
        Ok(())
    }

    async fn before_update(
        &self,
        context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        _input: &mut Value,
    ) -> Result<(), Failure> {
        if prior.get(names::GATEWAYS) == planned.get(names::GATEWAYS) {
            return Ok(());
        }
        let pauses = context.pauses_of_update(planned, CHANGED_WITHIN);
        let gateway = Gateway { context, values: prior, pauses };
        gateway.set_members(&planned.get(names::GATEWAYS).elements().iter().map(identity).collect::<Vec<_>>()).await
    }
}

/// A global inference gateway whose in-cluster gateways change.
struct Gateway<'a> {
    context: CallContext<'a>,
    /// The attributes that identify it.
    values: &'a Value,
    pauses: Pauses<'a>,
}

impl Gateway<'_> {
    /// Adds before it removes, since the service keeps at least one, unless there is no room for another one. One that
    /// failed is added again.
    async fn set_members(&self, desired: &[Value]) -> Result<(), Failure> {
        self.until_idle().await?;
        let listed = self.listed().await?;
        let is_desired = |one: &&Value| desired.iter().any(|other| is_same(one, other));
        let mut surplus: Vec<&Value> = listed.iter().filter(|one| !is_desired(one)).collect();
        let mut count = listed.len();
        for member in desired.iter().filter(|one| !listed.iter().any(|other| is_same(one, other))) {
            if count == MOST
                && let Some(one) = surplus.pop()
            {
                self.remove(one).await?;
                count -= 1;
            }
            self.add(member).await?;
            count += 1;
        }
        for one in surplus {
            self.remove(one).await?;
        }
        for failed in listed.iter().filter(|one| status(one) == "FAILED").filter(is_desired) {
            self.remove(failed).await?;
            self.add(failed).await?;
        }
        Ok(())
    }

    /// Adds an in-cluster gateway and waits until it is active.
    async fn add(&self, member: &Value) -> Result<(), Failure> {
        self.call_when_idle("AddInferenceGateway", member).await?;
        loop {
            match self.shown(member).await? {
                Some(shown) if status(&shown) == "ACTIVE" => return Ok(()),
                Some(shown) => self.pause_unless_failed(&shown).await?,
                None => self.pauses.pause("ADDING").await?,
            }
        }
    }

    /// Removes an in-cluster gateway, as it was listed, and waits until it is not listed any more.
    async fn remove(&self, member: &Value) -> Result<(), Failure> {
        self.call_when_idle("RemoveInferenceGateway", member).await?;
        let called = Instant::now();
        while let Some(shown) = self.shown(member).await? {
            // A read may lag behind the call, and shows the failure that is the reason for the removal.
            let may_be_old = status(&shown) == status(member) && called.elapsed() < CHANGE_SEEN_WITHIN;
            if may_be_old {
                self.pauses.pause(status(&shown)).await?;
            } else {
                self.pause_unless_failed(&shown).await?;
            }
        }
        Ok(())
    }

    /// Both operations are refused while the gateway changes (API reference), and have no effect if they are repeated.
    async fn call_when_idle(&self, operation: &str, member: &Value) -> Result<(), Failure> {
        self.until_idle().await?;
        let mut input = self.identifier();
        for (api, _) in IDENTITY {
            input.insert(api, member.get(api).clone());
        }
        self.context.call(operation, &input).await?;
        Ok(())
    }

    async fn listed(&self) -> Result<Vec<Value>, Failure> {
        Ok(self.context.list("ListInferenceGateways", &self.identifier(), LISTED).await?)
    }

    fn identifier(&self) -> Value {
        identifier(self.values.get(names::NAME))
    }

    async fn until_idle(&self) -> Result<(), Failure> {
        self.context.when_stable(self.values, &self.pauses).await?;
        Ok(())
    }

    async fn shown(&self, member: &Value) -> Result<Option<Value>, Failure> {
        let listed = self.listed().await?;
        Ok(listed.into_iter().find(|one| is_same(one, member)))
    }

    async fn pause_unless_failed(&self, shown: &Value) -> Result<(), Failure> {
        let state = status(shown).to_owned();
        if state == "FAILED" {
            let reason = shown.get("FailureReason").as_str().map(str::to_owned);
            return Err(Failure::EndedIn { state, reason });
        }
        self.pauses.pause(&state).await
    }
}

fn name_like_an_id(name: &str) -> Diagnostic {
    let detail = format!(
        "`{name}` is 12 lowercase letters or digits, as the IDs of global inference gateways are, so the service refuses \
         it. Choose a name of another length, or with a hyphen or an uppercase letter."
    );
    Diagnostic::error("The name has the form of an ID", detail).at(&Path::attribute(names::NAME))
}

fn weights_off_one(sum: f64) -> Diagnostic {
    let detail = format!(
        "The four weights sum to {}, and the service takes those that sum to 1. A weight of 0 leaves a signal out.",
        (sum * 1e6).round() / 1e6
    );
    Diagnostic::error("The weights do not sum to 1", detail)
}

/// The sum of the weights; `None` unless all are known numbers.
fn sum(weights: &Value) -> Option<f64> {
    WEIGHTS.iter().map(|name| weights.get(name).as_number().map(|number| number.to_f64())).sum()
}

fn is_like_an_id(name: &str) -> bool {
    name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn identifier(name: &Value) -> Value {
    Value::from([("Identifier", name.clone())])
}

/// An in-cluster gateway of the state, with the members of the API.
fn identity(block: &Value) -> Value {
    Value::from(IDENTITY.map(|(api, name)| (api, block.get(name).clone())))
}

fn is_same(one: &Value, other: &Value) -> bool {
    IDENTITY.iter().all(|(api, _)| one.get(api) == other.get(api))
}

fn status(member: &Value) -> &str {
    member.get("Status").as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::{
        api::fake::FakeApi,
        definition,
        engine::{
            Provider,
            tests::{connected::engine_with, steps::blank},
        },
    };

    const TYPE: &str = "sagemaker_global_inference_gateway";
    const CLUSTER: &str = "arn:aws:sagemaker:us-east-1:111122223333:cluster/abcdefghijkl";

    /// A list right after the removal may still show the failure that is its reason.
    #[tokio::test(start_paused = true)]
    async fn a_failed_gateway_is_removed_and_added_again_although_a_read_is_late() {
        let listed = |failed: Option<&str>| {
            let member = |name: &str, status: &str| {
                let values = [("ClusterArn", CLUSTER), ("Namespace", "serving"), ("Name", name), ("Status", status)];
                Value::from(values.map(|(member, value)| (member, value.into())))
            };
            let failed = failed.map(|status| member("failed", status));
            Value::from([(LISTED, Value::List(failed.into_iter().chain([member("serving", "ACTIVE")]).collect()))])
        };
        let (removed, added) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let api = FakeApi::answering(move |operation, _| match operation {
            "RemoveInferenceGateway" => {
                removed.store(1, Ordering::Relaxed);
                Ok(Value::object())
            }
            "AddInferenceGateway" => {
                added.store(1, Ordering::Relaxed);
                Ok(Value::object())
            }
            "ListInferenceGateways" => Ok(match (removed.load(Ordering::Relaxed), added.load(Ordering::Relaxed)) {
                (_, 1) => listed(Some("ACTIVE")),
                (0, _) => listed(Some("FAILED")),
                // The first list after the removal is late.
                (1, _) => {
                    removed.store(2, Ordering::Relaxed);
                    listed(Some("FAILED"))
                }
                _ => listed(None),
            }),

            "DescribeGlobalInferenceGateway" => {
                let arn = "arn:aws:sagemaker:us-east-1:111122223333:global-inference-gateway/all";
                Ok(Value::from([("Name", "all".into()), ("Arn", arn.into()), ("Status", "ACTIVE".into())]))
            }

            _ => Ok(Value::object()),
        });
        let (engine, api) = engine_with(&[(TYPE, &GlobalInferenceGateway)], api).await;
        let gateway = |name: &str| {
            let values = [(names::CLUSTER_ARN, CLUSTER), (names::NAMESPACE, "serving"), (names::NAME, name)];
            Value::from(values.map(|(attribute, value)| (attribute, value.into())))
        };
        let mut config = blank(definition::resource(TYPE).unwrap());
        config.insert(names::NAME, "all".into());
        config.insert(names::GATEWAYS, Value::set(vec![gateway("serving")]));
        let mut prior = config.clone();
        prior.insert("id", "all".into());
        prior.insert("region", "us-east-1".into());
        config.insert(names::GATEWAYS, Value::set(vec![gateway("failed"), gateway("serving")]));
        let plan = engine.plan(TYPE, &prior, &config, &[]);
        let applied = engine.apply(TYPE, &prior, &plan.planned, &config, &plan.private).await;
        assert!(!applied.diagnostics.has_error(), "{:?}\n{}", applied.diagnostics, api.calls());
        assert_eq!(applied.state.get(names::GATEWAYS), config.get(names::GATEWAYS));
    }

    #[test]
    fn a_name_in_the_form_of_an_id_is_refused() {
        let refused = |name: Value| {
            let mut diagnostics = Diagnostics::new();
            GlobalInferenceGateway.validate(&Value::from([(names::NAME, name)]), &mut diagnostics);
            diagnostics.has_error()
        };
        assert!(refused("abcdef123456".into()));
        for name in ["abcdef12345", "Abcdef123456", "abcdef-12345", "abcdef1234567"] {
            assert!(!refused(name.into()), "{name}");
        }
        assert!(!refused(Value::unknown()), "not known yet");
    }

    #[test]
    fn weights_that_do_not_sum_to_one_are_refused() {
        let refused = |last: Value| {
            let number = |text: &str| Value::Number(text.parse().unwrap());
            let given = [number("0.25"), number("0.25"), number("0.249"), last];
            let weights = WEIGHTS.into_iter().zip(given).fold(Value::object(), |mut weights, (name, weight)| {
                weights.insert(name, weight);
                weights
            });
            let routing = Value::List(vec![Value::from([(names::WEIGHTS, Value::List(vec![weights]))])]);
            let mut diagnostics = Diagnostics::new();
            GlobalInferenceGateway.validate(&Value::from([(names::ROUTING, routing)]), &mut diagnostics);
            diagnostics.has_error()
        };
        let number = |text: &str| Value::Number(text.parse().unwrap());
        assert!(refused(number("0.2")));
        assert!(refused(number("0.2489")));
        for weight in ["0.25", "0.251", "0.252"] {
            assert!(!refused(number(weight)), "{weight}");
        }
        assert!(!refused(Value::unknown()), "not known yet");
    }
}
