//! The uses of types of which no values are known.

use super::{error::PolicyError, object::Object, options::Purpose, uses::Use};
use crate::{
    definition::{self, ACTIONS, EPHEMERALS, Phase, QUERIES, RESOURCES},
    text::{list, nearest},
};

/// What every type of the provider begins with.
pub(super) const PREFIX: &str = "sagemaker_";

/// The kind of a block of a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Block {
    Resource,
    Data,
    Ephemeral,
    Action,
    List,
}

impl Block {
    /// The blocks that use types of providers, by keyword.
    pub(super) const ALL: [(&str, Self); 5] = [
        ("resource", Self::Resource),
        ("data", Self::Data),
        ("ephemeral", Self::Ephemeral),
        ("action", Self::Action),
        ("list", Self::List),
    ];
}

/// The uses of types, whatever they are.
pub(super) fn uses(types: &[String], purpose: Purpose) -> Result<Vec<Use>, PolicyError> {
    let blocks = Block::ALL.map(|(_, block)| block);
    // A data source and a list resource have the type of their resource.
    let first = |name: &String| blocks.into_iter().find_map(|block| of_block(block, name, purpose));
    known(types.iter().map(|name| first(name).ok_or(name)).collect())
}

/// The uses of blocks of a configuration.
pub(super) fn of_blocks(
    blocks: impl Iterator<Item = (Block, String)>,
    purpose: Purpose,
) -> Result<Vec<Use>, PolicyError> {
    known(blocks.map(|(block, name)| of_block(block, &name, purpose).ok_or(name)).collect())
}

/// All uses; or the error that names those that are unknown.
fn known<N: AsRef<str>>(uses: Vec<Result<Use, N>>) -> Result<Vec<Use>, PolicyError> {
    let unknown: Vec<&str> = uses.iter().filter_map(|found| found.as_ref().err()).map(AsRef::as_ref).collect();
    if unknown.is_empty() {
        Ok(uses.into_iter().filter_map(Result::ok).collect())
    } else {
        Err(unknown_types(&unknown))
    }
}

fn of_block(block: Block, name: &str, purpose: Purpose) -> Option<Use> {
    let of_resource = |phases: &[Phase]| {
        let resource = definition::resource(name)?;
        Some(Use::of_resource(resource, Object::of_type(resource.attributes, Some(resource)), phases))
    };
    match block {
        Block::Resource => of_resource(phases(purpose)),
        Block::List => of_resource(&[Phase::List]),
        Block::Data => match definition::query(name) {
            Some(query) => Some(Use::of_call(query, Object::of_type(query.attributes, None))),
            None => of_resource(&[Phase::Import]),
        },
        Block::Ephemeral => {
            definition::ephemeral(name).map(|call| Use::of_call(call, Object::of_type(call.attributes, None)))
        }
        Block::Action => {
            let action = definition::action(name)?;
            let invoked = Use::of_action(action, Object::of_type(action.call.attributes, None));
            // A plan invokes nothing.
            Some(if purpose == Purpose::Plan { invoked.without_calls() } else { invoked })
        }
    }
}

fn phases(purpose: Purpose) -> &'static [Phase] {
    match purpose {
        Purpose::Plan => &[Phase::Read, Phase::Import],
        Purpose::Apply => &[Phase::Create, Phase::Read, Phase::Update, Phase::Delete, Phase::Tags, Phase::Import],
    }
}

/// The error for types that the provider does not have.
pub(super) fn unknown_types(types: &[&str]) -> PolicyError {
    let near = types.first().map(|name| nearest(all(), name)).unwrap_or_default();
    PolicyError::Unknown { unknown: list(types), nearest: list(&near) }
}

/// Every type of the provider.
fn all() -> Vec<&'static str> {
    let calls = [QUERIES, EPHEMERALS].into_iter().flatten().map(|call| call.type_name);
    let actions = ACTIONS.iter().map(|action| action.call.type_name);
    RESOURCES.iter().map(|resource| resource.type_name).chain(calls).chain(actions).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions(name: &str, purpose: Purpose) -> Vec<&'static str> {
        let found = uses(&[name.to_owned()], purpose).unwrap();
        found.into_iter().flat_map(|one| one.actions).collect()
    }

    #[test]
    fn a_plan_only_reads() {
        assert_eq!(actions("sagemaker_model", Purpose::Plan), ["DescribeModel", "ListTags"]);
        let all = ["AddTags", "CreateModel", "DeleteModel", "DeleteTags", "DescribeModel", "ListTags"];
        assert_eq!(actions("sagemaker_model", Purpose::Apply), all);
        assert_eq!(actions("sagemaker_models", Purpose::Plan), ["ListModels"]);
        let action = ACTIONS[0].call.type_name;
        assert!(actions(action, Purpose::Plan).is_empty() && !actions(action, Purpose::Apply).is_empty());
    }

    #[test]
    fn an_unknown_type_is_refused_with_the_nearest() {
        let refused = uses(&["sagemaker_modle".to_owned()], Purpose::Apply).unwrap_err().to_string();
        assert!(refused.starts_with("The provider has no type `sagemaker_modle`. The nearest are `"), "{refused}");
        assert!(refused.contains("`sagemaker_model`"), "{refused}");
    }
}
