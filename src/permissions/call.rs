//! What queries, ephemeral resources and Terraform's actions call.

use crate::definition::{Action, Call};

/// The actions of a query or an ephemeral resource, sorted.
pub fn of_call(call: &'static Call) -> Vec<&'static str> {
    vec![call.operation.name]
}

/// The actions of a Terraform action: its call, and the read that shows the state. Sorted.
pub fn of_action(action: &'static Action) -> Vec<&'static str> {
    let mut actions = of_call(&action.call);
    actions.extend(action.completion.as_ref().map(|completion| completion.read.name));
    actions.sort_unstable();
    actions
}
