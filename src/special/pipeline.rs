//! Why data is not enough: the service tells the definition wherever it came from, and an alias belongs to one version
//! of a pipeline: an update takes aliases only with a new definition, and only those that no other version has.

use async_trait::async_trait;

use crate::{
    api::ApiError,
    engine::{Draft, Failure, Site, Special},
    value::Value,
};

pub(super) struct Pipeline;

/// The member that says which aliases the version of a new definition has.
const ALIASES: &str = "PipelineVersionAliases";

#[async_trait]
impl Special for Pipeline {
    /// What lies at another place in S3 is another definition.
    fn plan(&self, draft: &mut Draft<'_>) {
        let location = "pipeline_definition_s3_location";
        let moved = draft.prior.get(location) != draft.planned.get(location);
        if moved && draft.config.get("pipeline_definition").is_null() {
            draft.planned.insert("pipeline_definition", Value::unknown());
        }
    }

    async fn before_update(
        &self,
        site: Site<'_>,
        prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        let (before, after) = (prior.get("pipeline_version_aliases"), planned.get("pipeline_version_aliases"));
        let others = input.as_map().into_iter().flatten().filter(|(member, _)| *member != ALIASES);
        *input = Value::Map(others.map(|(member, value)| (member.clone(), value.clone())).collect());
        let is_new = !input.get("PipelineDefinition").is_null() || !input.get("PipelineDefinitionS3Location").is_null();
        if is_new {
            move_aliases(site, prior, before, &Value::Null).await?;
            if !after.elements().is_empty() {
                input.insert(ALIASES, after.clone());
            }
        } else if before != after {
            move_aliases(site, prior, before, after).await?;
        }
        Ok(())
    }
}

/// Takes from the newest version what it has of `before` and not of `after`, and gives it the rest of `after`.
async fn move_aliases(site: Site<'_>, pipeline: &Value, before: &Value, after: &Value) -> Result<(), ApiError> {
    if before.elements().is_empty() && after.elements().is_empty() {
        return Ok(());
    }
    let without = |all: &Value, others: &Value| -> Vec<Value> {
        all.elements().iter().filter(|alias| !others.elements().contains(alias)).cloned().collect()
    };
    let newest = newest_version(site, pipeline.get("pipeline_name")).await?;
    let has = newest.get(ALIASES);
    // Somebody may have moved an alias meanwhile.
    let gone: Vec<Value> = without(before, after).into_iter().filter(|alias| has.elements().contains(alias)).collect();
    let mut operations = Value::object();
    for (name, aliases) in [("Add", without(after, has)), ("Remove", gone)] {
        if !aliases.is_empty() {
            operations.insert(name, Value::List(aliases));
        }
    }
    if operations.is_zero() {
        return Ok(());
    }
    let input = Value::from([
        ("PipelineArn", pipeline.get("arn").clone()),
        ("PipelineVersionId", newest.get("PipelineVersionId").clone()),
        ("PipelineVersionAliasOperations", operations),
    ]);
    site.api.call(site.region, "UpdatePipelineVersion", &input).await.map(|_| ())
}

async fn newest_version(site: Site<'_>, name: &Value) -> Result<Value, ApiError> {
    let newest = [("PipelineName", name.clone()), ("SortOrder", "Descending".into()), ("MaxResults", 1.into())];
    let page = site.api.call(site.region, "ListPipelineVersions", &Value::from(newest)).await?;
    Ok(page.get("PipelineVersionSummaries").at(0).clone())
}
