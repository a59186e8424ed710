//! What a step expects of a case: of the plan, of the state, and of the object.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::member::Member;
use crate::harness::{Backend, plan::Plan, state::State};

/// The object as the service shows it, or why not.
pub(super) fn find(backend: &Backend, member: &Member, state: &State) -> Result<Json, String> {
    let read = &member.case.read;
    let found = backend.call(&read.operation, &member.input(read, state)?);
    let found = found.map_err(|refusal| format!("there is no {}: {}", member.address(), refusal.body))?;
    if member.case.is_gone(&found) { Err(format!("{} is deleted: {found}", member.address())) } else { Ok(found) }
}

pub(super) fn expect_nothing_planned(member: &Member, plan: &Plan) -> Result<(), String> {
    let is_planned = plan.actions().keys().any(|address| address.starts_with(&member.prefix()));
    if is_planned { Err(format!("the plan is not empty\n{}", plan.diff(&member.prefix()))) } else { Ok(()) }
}

pub(super) fn expect_action(member: &Member, plan: &Plan, expected: &[&str]) -> Result<(), String> {
    match plan.action_at(&member.address()) {
        Some(action) if expected.contains(&action.as_str()) => Ok(()),
        action => {
            let action = action.unwrap_or_default();
            Err(format!("the plan should be {expected:?}, not `{action}`\n{}", plan.diff(&member.prefix())))
        }
    }
}

pub(super) fn expect_pure_move(member: &Member, plan: &Plan, unknown: &BTreeSet<String>) -> Result<(), String> {
    if plan.moved_from(&member.address()).is_none() {
        return Err(format!("{} is not moved\n{}", member.address(), plan.diff(&member.prefix())));
    }
    let impure = plan.actions().into_iter().filter(|(address, action)| {
        let ignored =
            **address == member.address() && action == "update" && plan.changed_attributes(address).is_subset(unknown);
        address.starts_with(&member.prefix()) && !ignored
    });
    if impure.count() == 0 {
        Ok(())
    } else {
        Err(format!("the move changes something\n{}", plan.diff(&member.prefix())))
    }
}

pub(super) fn expect_pure_import(member: &Member, plan: &Plan, exported: &State) -> Result<(), String> {
    for own in member.resources(exported).keys() {
        let address = member.within(own);
        let action = plan.action_at(&address).unwrap_or_default();
        let ignored = || plan.changed_attributes(&address).is_subset(&member.case.unknown_to_imports(own));
        if !plan.imports(&address) || !(action == "no-op" || (action == "update" && ignored())) {
            return Err(format!("{address} is not just imported\n{}", plan.diff(&address)));
        }
    }
    Ok(())
}

/// The imported state is like the one that was exported.
pub(super) fn expect_same_state(member: &Member, exported: &State, imported: &State) -> Result<(), String> {
    let (exported, imported) = (member.resources(exported), member.resources(imported));
    for (own, values) in exported.iter().filter(|(own, _)| !member.case.touches.contains(*own)) {
        let unknown = member.case.unknown_to_imports(own);
        let (before, after) = (known(values, &unknown), known(imported.get(own).unwrap_or(&&Json::Null), &unknown));
        let differing = before.iter().filter(|(name, value)| after.get(*name) != Some(*value));
        let differing: Vec<String> = differing
            .map(|(name, value)| format!("{name}: {value} → {}", after.get(name).unwrap_or(&Json::Null)))
            .collect();
        if !differing.is_empty() {
            return Err(format!("{own} is imported with other values\n{}", differing.join("\n")));
        }
    }
    Ok(())
}

/// A data source shows of the object what the resource shows.
pub(super) fn expect_same_when_looked_up(member: &Member, imported: &State) -> Result<(), String> {
    let resource = member.values(imported)?;
    let prefix = member.within("data.");
    let lookups: Vec<_> = imported.data.iter().filter(|(address, _)| address.starts_with(&prefix)).collect();
    if lookups.is_empty() {
        return Err("nothing was looked up".to_owned());
    }
    for (address, shown) in lookups {
        for (name, value) in shown.as_object().into_iter().flatten() {
            let expected = without_write_only(if name == "tags" { &resource["tags_all"] } else { &resource[name] });
            if !member.case.import.ignore.contains(name) && *value != expected {
                return Err(format!("{address}.{name} is {value}, but the resource has {expected}"));
            }
        }
    }
    Ok(())
}

/// The value without the write-only arguments inside, which no data source has.
fn without_write_only(value: &Json) -> Json {
    match value {
        Json::Array(elements) => elements.iter().map(without_write_only).collect(),
        Json::Object(members) => {
            let shown = members.iter().filter(|(name, _)| !name.ends_with("_wo") && !name.ends_with("_wo_version"));
            shown.map(|(name, value)| (name.clone(), without_write_only(value))).collect()
        }
        value => value.clone(),
    }
}

/// Data sources that look the object up by its id and by its ARN.
pub(super) fn lookups(member: &Member, exported: &State) -> String {
    let resource_type = member.case.resource_type();
    let lookup = |key: &str| {
        let value = member.text(exported, key).ok()?;
        Some(format!("data \"{resource_type}\" \"by_{key}\" {{\n  {key} = {value:?}\n}}\n"))
    };
    ["id", "arn"].into_iter().filter_map(lookup).collect()
}

/// The address that a resource with generated configuration gets.
pub(super) fn generated(member: &Member) -> String {
    format!("{}.{}", member.case.resource_type(), member.case.name)
}

/// The values that an import can know. It shows zeros that the service returns, where an apply leaves them unset.
fn known(values: &Json, unknown: &BTreeSet<String>) -> BTreeMap<String, Json> {
    let all = values.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), without_zeros(value)));
    all.filter(|(name, _)| !unknown.contains(name)).collect()
}

/// The value without what is null, false, zero or empty.
fn without_zeros(value: &Json) -> Json {
    let is_zero = |value: &Json| {
        let zeros = [json!(null), json!(false), json!(0), json!(0.0), json!(""), json!([]), json!({})];
        zeros.contains(value)
    };
    match value {
        Json::Array(elements) => elements.iter().map(without_zeros).collect(),
        Json::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), without_zeros(value)));
            members.filter(|(_, value)| !is_zero(value)).collect()
        }
        zero if is_zero(zero) => Json::Null,
        other => other.clone(),
    }
}
