//! Global inference gateways and the in-cluster gateways that are their members.

use crate::{
    local::{
        error::{IN_USE, ServiceError},
        kind::{Behavior, Call, Draft, GeneratedId, Kind, List, NEWEST_FIRST, ORDINARY, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{HEXADECIMAL, LOWERCASE, generate},
            list,
            members::{elements, known, lookup, put},
            ordinary,
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "GlobalInferenceGateway",
    id: "global-inference-gateway",
    name: "Name",
    arn: "Arn",
    identity: &["Identifier"],
    generated_id: Some(GeneratedId { prefix: "", alphabet: LOWERCASE, length: 12, member: Some("Id"), unique: true }),
    operations: &[
        ("CreateGlobalInferenceGateway", Behavior::Create(fill_gateway)),
        ("DescribeGlobalInferenceGateway", Behavior::Describe(hide_reason)),
        ("DeleteGlobalInferenceGateway", Behavior::Other(delete)),
        (
            "ListGlobalInferenceGateways",
            Behavior::List(List { others: &["Filters"], keep: passes_filters, ..NEWEST_FIRST }),
        ),
        ("AddInferenceGateway", Behavior::Other(add)),
        ("RemoveInferenceGateway", Behavior::Other(remove)),
        ("ListInferenceGateways", Behavior::Other(list_members)),
    ],
    defaults: &[
        // Assumed.
        ("Routing", r#"{"Weights":{}}"#),
        ("Routing.Weights.KVHeadroom", "0.25"),
        ("Routing.Weights.QueueDepth", "0.25"),
        ("Routing.Weights.RegionProximity", "0.25"),
        ("Routing.Weights.ErrorRate", "0.25"),
    ],
    lifecycle: Some(Lifecycle {
        creating: &["CREATING"],
        created: Some("ACTIVE"),
        failed: Some("FAILED"),
        updating: Some("UPDATING"),
        deleting: Some("DELETING"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// The members with their states, in the order in which they were added.
const MEMBERS: &str = "Gateways";

/// As many as a create takes; that no more can be added later is assumed.
const MOST: usize = 10;

const IDENTITY: [&str; 3] = ["ClusterArn", "Namespace", "Name"];

fn fill_gateway(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let given = call.input.get(MEMBERS).elements();
    given.iter().try_for_each(|member| refuse_taken(call, member))?;
    let members = |status: &str| Value::List(given.iter().map(|one| in_state(one, status)).collect());
    put(&mut draft.members, MEMBERS, members("ADDING"));
    put(&mut draft.results, MEMBERS, members("ACTIVE"));
    let region = &call.scope.region;
    put(&mut draft.results, "EndpointUrl", format!("https://{}.001.sm-gateway.{region}.on.aws", draft.key));
    let service = generate(&draft.key, HEXADECIMAL, 17);
    put(&mut draft.results, "VpcEndpointServiceName", format!("com.amazonaws.vpce.{region}.vpce-svc-{service}"));
    Ok(())
}

/// The reason is shown of a failed gateway alone (API reference).
fn hide_reason(_: &Call<'_>, _: &Object, view: &mut Map) -> Result<(), ServiceError> {
    if lookup(view, "Status").as_str() != Some("FAILED") {
        view.remove("FailureReason");
    }
    Ok(())
}

/// A delete of what is not there succeeds, and its reply has what follows from the identifier (API reference).
fn delete(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    if call.named(&KIND).is_ok() {
        return ordinary::delete(&KIND, call, ordinary::if_stable);
    }
    let text = call.text("Identifier");
    let id = text.rsplit('/').next().unwrap_or_default();
    let is_id = id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let echo = match (text.starts_with("arn:"), is_id) {
        (true, _) => known([("Arn", text.into()), ("Id", id.into())]),
        (false, true) => known([("Arn", call.scope.arn(KIND.id, id).into()), ("Id", id.into())]),
        (false, false) => known([("Name", text.into())]),
    };
    Ok(call.reply(echo))
}

/// All filters have to match (API reference).
fn passes_filters(call: &Call<'_>, view: &Map) -> bool {
    let mut filters = call.input.get("Filters").elements().iter();
    filters.all(|filter| lookup(view, filter.get("Name").as_str().unwrap_or_default()) == filter.get("Value"))
}

/// Adding a member again succeeds, and returns its state (API reference).
fn add(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    if let Some(member) = member_of(call)? {
        let status = member.get("Status").clone();
        return reply(call, status);
    }
    refuse_taken(call, &call.input)?;
    refuse_busy(call)?;
    if elements(&call.named(&KIND)?.members, MEMBERS).len() >= MOST {
        let message = format!("A global inference gateway must have at most {MOST} inference gateways.");
        return Err(ServiceError::new("ResourceLimitExceeded", message));
    }
    ordinary::update(&KIND, call, |call, revision| {
        let before = elements(&revision.members, MEMBERS).to_vec();
        let with = |status: &str| {
            let added = std::iter::once(in_state(&call.input, status));
            Value::List(before.iter().cloned().chain(added).collect())
        };
        revise(revision, with("ADDING"), with("ACTIVE"), with("FAILED"));
        Ok(())
    })?;
    reply(call, "ADDING".into())
}

/// Removing what is no member succeeds without a state in the reply, and the last member stays (API reference; the
/// wording is assumed).
fn remove(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    if member_of(call)?.is_none() {
        return reply(call, Value::Null);
    }
    if elements(&call.named(&KIND)?.view(call.now), MEMBERS).len() == 1 {
        let message = "A global inference gateway must have at least one inference gateway.";
        return Err(ServiceError::validation(message));
    }
    refuse_busy(call)?;
    ordinary::update(&KIND, call, |call, revision| {
        let before = elements(&revision.members, MEMBERS).to_vec();
        let is_other = |one: &&Value| !is_same(one, &call.input);
        let with = |status: &str| {
            let shown = |one: &Value| if is_same(one, &call.input) { in_state(one, status) } else { one.clone() };
            Value::List(before.iter().map(shown).collect())
        };
        let left = Value::List(before.iter().filter(is_other).cloned().collect());
        revise(revision, with("REMOVING"), left, with("FAILED"));
        Ok(())
    })?;
    reply(call, "REMOVING".into())
}

fn list_members(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let view = call.named(&KIND)?.view(call.now);
    let shown = |one: &Value| {
        let mut member = one.as_map().cloned().unwrap_or_default();
        if lookup(&member, "Status").as_str() == Some("FAILED") {
            put(&mut member, "FailureReason", lookup(&view, "FailureReason").clone());
        }
        member
    };
    let all = elements(&view, MEMBERS).iter().map(shown);
    let found = all.filter(|member| passes_filters(call, member)).map(Value::Map).collect();
    list::page_of(call, "InferenceGatewaySummaries", found)
}

/// The members during the change, after it, and if it fails. That the gateway itself shows the change is assumed.
fn revise(revision: &mut Revision, meanwhile: Value, after: Value, failed: Value) {
    let stage = known([("Status", "UPDATING".into()), (MEMBERS, meanwhile)]);
    revision.stages = vec![stage];
    put(&mut revision.members, MEMBERS, after);
    revision.failed = known([("Status", "ACTIVE".into()), (MEMBERS, failed)]);
}

/// The member that the input names, if the gateway has it.
fn member_of(call: &Call<'_>) -> Result<Option<Value>, ServiceError> {
    let view = call.named(&KIND)?.view(call.now);
    Ok(elements(&view, MEMBERS).iter().find(|one| is_same(one, &call.input)).cloned())
}

/// The reply to an addition or a removal.
fn reply(call: &Call<'_>, status: Value) -> Result<Value, ServiceError> {
    let gateway = call.named(&KIND)?;
    let member = Value::from(IDENTITY.map(|name| (name, call.input.get(name).clone())));
    let id = lookup(&gateway.members, "Id").clone();
    let members = [("Arn", gateway.arn.as_str().into()), ("Id", id), ("Name", gateway.name.as_str().into())];
    Ok(call.reply(known(members.into_iter().chain([("Gateway", member), ("Status", status)]))))
}

/// Members change one at a time, and never those of a gateway whose creation failed (API reference).
fn refuse_busy(call: &Call<'_>) -> Result<(), ServiceError> {
    let gateway = call.named(&KIND)?;
    let failed = lookup(&gateway.members, "Status").as_str() == Some("FAILED");
    if gateway.change.is_some() || failed { Err(call.busy(&KIND, gateway)) } else { Ok(()) }
}

/// A member belongs to one gateway (API reference; the wording is assumed).
fn refuse_taken(call: &Call<'_>, member: &Value) -> Result<(), ServiceError> {
    let has = |gateway: &&Object| {
        let view = gateway.view(call.now);
        elements(&view, MEMBERS).iter().any(|one| is_same(one, member))
    };
    match call.region.of_kind(KIND.id).find(has) {
        None => Ok(()),
        Some(other) => {
            let name = member.get("Name").as_str().unwrap_or_default();
            let message = format!("Inference gateway {name} already belongs to {}.", other.arn);
            Err(ServiceError::new(IN_USE, message))
        }
    }
}

fn in_state(member: &Value, status: &str) -> Value {
    let identity = IDENTITY.map(|name| (name, member.get(name).clone()));
    Value::Map(known(identity.into_iter().chain([("Status", status.into())])))
}

fn is_same(one: &Value, other: &Value) -> bool {
    IDENTITY.iter().all(|name| one.get(name) == other.get(name))
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, names, text};

    const ONE: &str = r#"{"Identifier":"world"}"#;

    fn member(name: &str) -> String {
        let cluster = "arn:aws:sagemaker:us-east-1:123456789012:cluster/abcdef123456";
        format!(r#""ClusterArn":"{cluster}","Namespace":"models","Name":"{name}""#)
    }

    fn of_world(name: &str) -> String {
        format!(r#"{{"Identifier":"world",{}}}"#, member(name))
    }

    fn create(name: &str, first: &str) -> String {
        let role = "arn:aws:iam::123456789012:role/r";
        format!(r#"{{"Name":"{name}","ExecutionRoleArn":"{role}","Gateways":[{{{}}}]}}"#, member(first))
    }

    fn with_gateway() -> Bench {
        let bench = Bench::new();
        bench.ok("CreateGlobalInferenceGateway", &create("world", "a"));
        bench.wait();
        bench
    }

    fn members(bench: &Bench, input: &str) -> Vec<String> {
        names(&bench.ok("ListInferenceGateways", input), "InferenceGatewaySummaries", "Name")
    }

    #[test]
    fn members_are_added_and_removed_one_at_a_time() {
        let bench = with_gateway();
        assert_eq!(text(&bench.ok("AddInferenceGateway", &of_world("b")), "Status"), "ADDING");
        assert_eq!(text(&bench.ok("AddInferenceGateway", &of_world("b")), "Status"), "ADDING");
        assert!(bench.refused("AddInferenceGateway", &of_world("c")).starts_with("ConflictException: "));
        bench.wait();
        assert_eq!(members(&bench, ONE), ["a", "b"]);
        assert_eq!(text(&bench.ok("RemoveInferenceGateway", &of_world("a")), "Status"), "REMOVING");
        let removing = r#"{"Identifier":"world","Filters":[{"Name":"Status","Value":"REMOVING"}]}"#;
        assert_eq!(members(&bench, removing), ["a"]);
        bench.wait();
        assert_eq!(members(&bench, ONE), ["b"]);
        assert!(bench.ok("RemoveInferenceGateway", &of_world("a")).get("Status").is_null());
        assert!(bench.refused("RemoveInferenceGateway", &of_world("b")).starts_with("ValidationException: "));
    }

    #[test]
    fn there_is_room_for_ten_members() {
        let bench = with_gateway();
        for name in ["b", "c", "d", "e", "f", "g", "h", "i", "j"] {
            bench.ok("AddInferenceGateway", &of_world(name));
            bench.wait();
        }
        assert!(bench.refused("AddInferenceGateway", &of_world("k")).starts_with("ResourceLimitExceeded: "));
        assert_eq!(members(&bench, ONE).len(), 10);
    }

    #[test]
    fn a_member_belongs_to_one_gateway() {
        let bench = with_gateway();
        assert!(bench.refused("CreateGlobalInferenceGateway", &create("other", "a")).starts_with("ResourceInUse: "));
        bench.ok("CreateGlobalInferenceGateway", &create("other", "b"));
        bench.wait();
        assert!(bench.refused("AddInferenceGateway", &of_world("b")).starts_with("ResourceInUse: "));
    }

    #[test]
    fn a_gateway_is_found_by_name_id_and_arn_and_deleted_repeatedly() {
        let bench = with_gateway();
        let shown = bench.ok("DescribeGlobalInferenceGateway", ONE);
        assert_eq!(text(&shown, "Status"), "ACTIVE");
        for member in ["Id", "Arn"] {
            let one = format!(r#"{{"Identifier":"{}"}}"#, text(&shown, member));
            assert_eq!(bench.ok("DescribeGlobalInferenceGateway", &one), shown);
        }
        bench.ok("DeleteGlobalInferenceGateway", ONE);
        bench.wait();
        assert!(bench.refused("DescribeGlobalInferenceGateway", ONE).starts_with("ResourceNotFound: "));
        assert_eq!(text(&bench.ok("DeleteGlobalInferenceGateway", ONE), "Name"), "world");
        let gone = format!(r#"{{"Identifier":"{}"}}"#, text(&shown, "Id"));
        assert_eq!(text(&bench.ok("DeleteGlobalInferenceGateway", &gone), "Arn"), text(&shown, "Arn"));
    }

    #[test]
    fn another_routing_keeps_the_members() {
        let bench = with_gateway();
        let weights = r#"{"Identifier":"world","Routing":{"Weights":
            {"KVHeadroom":0,"QueueDepth":1,"RegionProximity":0,"ErrorRate":0}}}"#;
        assert_eq!(text(&bench.ok("UpdateGlobalInferenceGateway", weights), "Name"), "world");
        bench.wait();
        let shown = bench.ok("DescribeGlobalInferenceGateway", ONE);
        assert_eq!(shown.get("Routing").get("Weights").get("QueueDepth"), &1.into());
        assert_eq!(members(&bench, ONE), ["a"]);
    }

    #[test]
    fn the_weights_are_all_set_and_sum_to_one() {
        let bench = with_gateway();
        for weights in
            [r#"{"QueueDepth":1}"#, r#"{"KVHeadroom":0.5,"QueueDepth":0.5,"RegionProximity":0.5,"ErrorRate":0}"#]
        {
            let update = format!(r#"{{"Identifier":"world","Routing":{{"Weights":{weights}}}}}"#);
            assert!(bench.refused("UpdateGlobalInferenceGateway", &update).starts_with("ValidationException: "));
        }
    }
}
