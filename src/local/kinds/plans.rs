//! Training plans, and sessions of training.

use crate::{
    local::{
        error::{ErrorText, NOT_FOUND, ServiceError},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Transition},
        lifecycle::{LIFECYCLE, Lifecycle},
        moment::Moment,
        operations::{
            ids::{LOWERCASE, generate},
            list,
            members::{elements, put},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&PLAN, &SESSION];

static PLAN: Kind = Kind {
    noun: "TrainingPlan",
    id: "training-plan",
    name: "TrainingPlanName",
    arn: "TrainingPlanArn",
    operations: &[
        ("CreateTrainingPlan", Behavior::Create(fill_plan)),
        ("ListTrainingPlans", Behavior::List(List { others: &["Filters"], keep: passes, ..NEWEST_FIRST })),
        ("SearchTrainingPlanOfferings", Behavior::Other(offer)),
        ("ExtendTrainingPlan", Behavior::Other(extend)),
        ("DescribeTrainingPlanExtensionHistory", Behavior::Other(history)),
        ("DescribeReservedCapacity", Behavior::Other(describe_capacity)),
        ("ListUltraServersByReservedCapacity", Behavior::Other(list_servers)),
    ],
    lifecycle: Some(Lifecycle {
        creating: &["Pending"],
        created: Some("Active"),
        failed: Some("Failed"),
        reason: Some("StatusMessage"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static SESSION: Kind = Kind {
    noun: "TrainingSession",
    id: "training-session",
    name: "TrainingSessionName",
    arn: "TrainingSessionArn",
    operations: &[(
        "StopTrainingSession",
        Behavior::Transition(Transition {
            from: &["Created", "Running", "Scheduled", "Blocked"],
            through: "Stopping",
            to: "Stopped",
            // Assumed wording.
            refused: ErrorText { code: "", message: "Training session {name} is in {status} status." },
        }),
    )],
    wrapper: Some("TrainingSessionDetail"),
    lifecycle: Some(Lifecycle {
        status: "TrainingSessionStatus",
        creating: &["Created"],
        created: Some("Running"),
        failed: Some("Failed"),
        deleting: Some("Deleting"),
        reason: Some("ErrorDetails"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// What every offering offers: one instance for a day.
const INSTANCE: &str = "ml.p5.48xlarge";
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// How the identifiers of extensions begin; then follows the plan.
const EXTENSION: &str = "tpeo-";
/// Not shown by describing a plan, but by its history of extensions.
const EXTENSIONS: &str = "Extensions";

fn tomorrow(now: Moment) -> Value {
    Moment(now.0.saturating_add(DAY)).to_value()
}

fn offer(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let plan = call.text("TrainingPlanArn");
    let extensions = match plan {
        "" => Value::Null,
        plan => {
            let key = call.find(&PLAN, plan)?.key.clone();
            let extension = Value::from([
                ("TrainingPlanExtensionOfferingId", format!("{EXTENSION}{key}").into()),
                ("DurationHours", 24.into()),
                ("UpfrontFee", "100.00".into()),
                ("CurrencyCode", "USD".into()),
            ]);
            Value::List(vec![extension])
        }
    };
    let kind = call.input.get("InstanceType").as_str().unwrap_or(INSTANCE);
    let count = match call.input.get("InstanceCount") {
        Value::Null => 1.into(),
        count => count.clone(),
    };
    let capacity = Value::from([("InstanceType", kind.into()), ("InstanceCount", count), ("DurationHours", 24.into())]);
    let offering = Value::from([
        ("TrainingPlanOfferingId", format!("tpo-{}", generate(kind, LOWERCASE, 12)).into()),
        ("TargetResources", call.input.get("TargetResources").clone()),
        ("DurationHours", 24.into()),
        ("UpfrontFee", "100.00".into()),
        ("CurrencyCode", "USD".into()),
        ("ReservedCapacityOfferings", Value::List(vec![capacity])),
    ]);
    let mut offering = offering.as_map().cloned().unwrap_or_default();
    if offering.get("TargetResources").is_none_or(Value::is_null) {
        put(&mut offering, "TargetResources", Value::List(vec!["training-job".into()]));
    }
    Ok(call.reply(Map::from([
        ("TrainingPlanOfferings".to_owned(), Value::List(vec![Value::Map(offering)])),
        ("TrainingPlanExtensionOfferings".to_owned(), extensions),
    ])))
}

fn fill_plan(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let id = generate(&format!("{}{}", draft.name, call.now.0), LOWERCASE, 12);
    let capacity = Value::from([
        ("ReservedCapacityArn", call.scope.arn("reserved-capacity", &id).into()),
        ("ReservedCapacityType", "Instance".into()),
        ("InstanceType", INSTANCE.into()),
        ("TotalInstanceCount", 1.into()),
        ("Status", "Active".into()),
        ("DurationHours", 24.into()),
        ("StartTime", call.now.to_value()),
        ("EndTime", tomorrow(call.now)),
    ]);
    let members = &mut draft.members;
    put(members, "DurationHours", 24);
    put(members, "StartTime", call.now.to_value());
    put(members, "EndTime", tomorrow(call.now));
    put(members, "UpfrontFee", "100.00");
    put(members, "CurrencyCode", "USD");
    put(members, "TotalInstanceCount", 1);
    put(members, "AvailableInstanceCount", 1);
    put(members, "InUseInstanceCount", 0);
    put(members, "TargetResources", Value::List(vec!["training-job".into()]));
    put(members, "ReservedCapacitySummaries", Value::List(vec![capacity]));
    Ok(())
}

fn passes(call: &Call<'_>, view: &Map) -> bool {
    let named = |filter: &Value| view.get(filter.get("Name").as_str().unwrap_or_default());
    call.input.get("Filters").elements().iter().all(|filter| named(filter) == Some(filter.get("Value")))
}

/// The id of an extension holds the key of its plan.
fn extend(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let id = call.text("TrainingPlanExtensionOfferingId").to_owned();
    // Assumed wording.
    let unknown = || ServiceError::new(NOT_FOUND, format!("There is no extension offering {id}."));
    let key = id.strip_prefix(EXTENSION).ok_or_else(unknown)?;
    let plan = call.region.get(PLAN.id, key).ok_or_else(unknown)?;
    let mut all = elements(&plan.members, EXTENSIONS).to_vec();
    all.push(Value::from([
        ("TrainingPlanExtensionOfferingId", id.as_str().into()),
        ("ExtendedAt", call.now.to_value()),
        ("Status", "Active".into()),
        ("PaymentStatus", "Success".into()),
        ("DurationHours", 24.into()),
        ("UpfrontFee", "100.00".into()),
        ("CurrencyCode", "USD".into()),
    ]));
    let reply = call.reply(Map::from([("TrainingPlanExtensions".to_owned(), Value::List(all.clone()))]));
    if let Some(plan) = call.region.get_mut(PLAN.id, key) {
        plan.patch(&Map::new(), &Map::from([(EXTENSIONS.to_owned(), Value::List(all))]));
    }
    Ok(reply)
}

fn history(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let plan = call.find(&PLAN, call.text("TrainingPlanArn"))?;
    let all = elements(&plan.members, EXTENSIONS).to_vec();
    list::page_of(call, "TrainingPlanExtensions", all)
}

fn capacity(call: &Call<'_>) -> Result<Value, ServiceError> {
    let arn = call.input.get("ReservedCapacityArn");
    let capacities = |plan: &Object| plan.members.get("ReservedCapacitySummaries").cloned().unwrap_or_default();
    let mut all = call.region.of_kind(PLAN.id).flat_map(|plan| capacities(plan).elements().to_vec());
    let found = all.find(|one| one.get("ReservedCapacityArn") == arn);
    let arn = arn.as_str().unwrap_or_default();
    found.ok_or_else(|| ServiceError::new(NOT_FOUND, format!("Reserved capacity {arn} does not exist."))) // Assumed.
}

fn describe_capacity(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let view = capacity(call)?.as_map().cloned().unwrap_or_default();
    Ok(call.reply(view))
}

/// Only instances are offered here, no servers.
fn list_servers(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    capacity(call)?;
    list::page_of(call, "UltraServers", Vec::new())
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    #[test]
    fn an_offering_becomes_a_plan_that_can_be_extended() {
        let bench = Bench::new();
        let offers = bench.ok("SearchTrainingPlanOfferings", r#"{"InstanceType":"ml.p5.48xlarge","InstanceCount":1,"DurationHours":24,"TargetResources":["training-job"]}"#);
        let id = text(offers.get("TrainingPlanOfferings").at(0), "TrainingPlanOfferingId").to_owned();
        let create = format!(r#"{{"TrainingPlanName":"day","TrainingPlanOfferingId":"{id}"}}"#);
        let arn = text(&bench.ok("CreateTrainingPlan", &create), "TrainingPlanArn").to_owned();
        bench.wait();
        let shown = bench.ok("DescribeTrainingPlan", r#"{"TrainingPlanName":"day"}"#);
        assert_eq!(text(&shown, "Status"), "Active");
        let capacity = text(shown.get("ReservedCapacitySummaries").at(0), "ReservedCapacityArn").to_owned();
        bench.ok("DescribeReservedCapacity", &format!(r#"{{"ReservedCapacityArn":"{capacity}"}}"#));
        let one = format!(r#"{{"TrainingPlanArn":"{arn}"}}"#);
        let offers = bench.ok("SearchTrainingPlanOfferings", &one);
        let id = text(offers.get("TrainingPlanExtensionOfferings").at(0), "TrainingPlanExtensionOfferingId").to_owned();
        bench.ok("ExtendTrainingPlan", &format!(r#"{{"TrainingPlanExtensionOfferingId":"{id}"}}"#));
        let history = bench.ok("DescribeTrainingPlanExtensionHistory", &one);
        assert_eq!(history.get("TrainingPlanExtensions").elements().len(), 1);
    }
}
