//! What a configuration uses of the provider, and the actions and roles of each use.

use std::collections::BTreeSet;

use super::object::{Object, PassedRole};
use crate::{
    definition::{Action, Call, Phase, Resource},
    permissions,
};

/// An object or a call of a configuration.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) type_name: &'static str,
    pub(super) object: Object,
    /// The actions, without `sagemaker:`.
    pub(super) actions: BTreeSet<&'static str>,
    pub(super) roles: Vec<PassedRole>,
}

impl Use {
    /// A resource in these phases.
    pub(super) fn of_resource(resource: &'static Resource, object: Object, phases: &[Phase]) -> Self {
        let needs = phases.iter().flat_map(|phase| permissions::needs(resource, *phase));
        let applies = |argument: Option<&'static str>| argument.is_none_or(|argument| object.is_set(argument));
        let mut actions: BTreeSet<&str> =
            needs.filter(|need| applies(need.only_if)).map(|need| need.operation).collect();
        if phases.contains(&Phase::Create) && resource.tags.is_some() && object.is_tagged() {
            actions.insert("AddTags");
        }
        let roles = [(Phase::Create, false), (Phase::Update, true)];
        let roles = roles.into_iter().filter(|(phase, _)| phases.contains(phase));
        let roles = roles.flat_map(|(_, updates)| object.roles(updates)).collect();
        Self::with_dependent(resource.type_name, object, actions, roles)
    }

    /// A query or an ephemeral resource.
    pub(super) fn of_call(call: &'static Call, object: Object) -> Self {
        let actions = permissions::of_call(call).into_iter().collect();
        let roles = object.roles(false);
        Self::with_dependent(call.type_name, object, actions, roles)
    }

    /// A Terraform action.
    pub(super) fn of_action(action: &'static Action, object: Object) -> Self {
        let actions = permissions::of_action(action).into_iter().collect();
        let roles = object.roles(false);
        Self::with_dependent(action.call.type_name, object, actions, roles)
    }

    /// The same where nothing is called.
    pub(super) fn without_calls(self) -> Self {
        Self { actions: BTreeSet::new(), roles: Vec::new(), ..self }
    }

    /// Adds the actions of SageMaker that IAM checks along with others. Those of tags depend on the tags.
    fn with_dependent(
        type_name: &'static str,
        object: Object,
        mut actions: BTreeSet<&'static str>,
        roles: Vec<PassedRole>,
    ) -> Self {
        let dependent = actions.iter().flat_map(|action| permissions::dependent(action));
        let own =
            dependent.filter_map(|action| action.strip_prefix("sagemaker:")).filter(|action| *action != "AddTags");
        actions.extend(own.collect::<Vec<_>>());
        Self { type_name, object, actions, roles }
    }
}
