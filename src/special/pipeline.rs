//! Why data is not enough: the service returns the definition regardless of its source, and an alias belongs to one
//! version of a pipeline: an update accepts aliases only with a new definition, and only those that no other version
//! has.

use async_trait::async_trait;

use super::elements::{both, without};
use crate::{
    api::ApiError,
    definition::names::pipeline as names,
    engine::{CallContext, Draft, Failure, Special},
    value::{Map, Value},
};

pub(super) struct Pipeline;

/// The argument with the S3 location of the definition.
const LOCATION: &str = names::PIPELINE_DEFINITION_S3_LOCATION;

/// The member with the aliases of the version of a new definition.
const ALIASES: &str = "PipelineVersionAliases";

/// The member with the number of a version.
const VERSION: &str = "PipelineVersionId";

#[async_trait]
impl Special for Pipeline {
    /// Another S3 location means another definition.
    fn plan(&self, draft: &mut Draft<'_>) {
        let unknown = draft.planned.get(LOCATION).is_unknown();
        let moved = unknown || location(draft.prior) != location(&draft.planned);
        if moved && draft.config.get(names::PIPELINE_DEFINITION).is_null() {
            draft.planned.insert(names::PIPELINE_DEFINITION, Value::unknown());
        }
    }

    /// Moves the aliases after the service has accepted the new definition: a rejected definition leaves them in place.
    /// They are moved from any version that has them, which need not be the last one if an earlier update was
    /// interrupted.
    async fn update(
        &self,
        context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &Value,
    ) -> Result<bool, Failure> {
        let (before, after) =
            (prior.get(names::PIPELINE_VERSION_ALIASES), planned.get(names::PIPELINE_VERSION_ALIASES));
        if before.elements().is_empty() && after.elements().is_empty() {
            return Ok(false);
        }
        let others: Map =
            input.as_map().into_iter().flatten().filter(|(member, _)| *member != ALIASES).map(pair).collect();
        if others.len() > 1 {
            context.call("UpdatePipeline", &Value::Map(others)).await?;
        }
        let newest_first =
            [("PipelineName", prior.get(names::PIPELINE_NAME).clone()), ("SortOrder", "Descending".into())];
        let versions = context.list("ListPipelineVersions", &newest_first.into(), "PipelineVersionSummaries").await?;
        let Some((newest, older)) = versions.split_first() else { return Ok(true) };
        for version in older {
            let moved = [before, after].map(|aliases| both(version.get(ALIASES), aliases)).concat();
            change_aliases(context, prior.get(names::ARN), version, &[], &moved).await?;
        }
        let has = newest.get(ALIASES);
        let removed = both(&Value::List(without(before, after)), has);
        change_aliases(context, prior.get(names::ARN), newest, &without(after, has), &removed).await?;
        Ok(true)
    }
}

/// The S3 location without empty values, which are equivalent to unset ones.
fn location(state: &Value) -> Vec<(&String, &Value)> {
    state.get(LOCATION).at(0).as_map().into_iter().flatten().filter(|(_, value)| !value.is_zero()).collect()
}

fn pair((member, value): (&String, &Value)) -> (String, Value) {
    (member.clone(), value.clone())
}

async fn change_aliases(
    context: CallContext<'_>,
    pipeline: &Value,
    version: &Value,
    added: &[Value],
    removed: &[Value],
) -> Result<(), ApiError> {
    let mut operations = Value::object();
    for (name, aliases) in [("Add", added), ("Remove", removed)] {
        if !aliases.is_empty() {
            operations.insert(name, Value::set(aliases.to_vec()));
        }
    }
    if operations.is_zero() {
        return Ok(());
    }
    let input = Value::from([
        ("PipelineArn", pipeline.clone()),
        (VERSION, version.get(VERSION).clone()),
        ("PipelineVersionAliasOperations", operations),
    ]);
    context.call("UpdatePipelineVersion", &input).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bucket: Value, version: Value) -> Value {
        let location = Value::from([(names::BUCKET, bucket), (names::VERSION_ID, version)]);
        Value::from([(LOCATION, Value::List(vec![location]))])
    }

    #[test]
    fn an_empty_version_is_the_same_location() {
        assert_eq!(location(&at("b".into(), Value::Null)), location(&at("b".into(), "".into())));
        assert_ne!(location(&at("b".into(), Value::Null)), location(&at("b".into(), Value::unknown())));
        assert_ne!(location(&at("b".into(), "1".into())), location(&at("b".into(), "2".into())));
    }
}
