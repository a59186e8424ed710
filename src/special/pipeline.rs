//! Why data is not enough: the service tells the definition wherever it came from, and an alias belongs to one version
//! of a pipeline: an update takes aliases only with a new definition, and only those that no other version has.

use async_trait::async_trait;

use crate::{
    api::ApiError,
    engine::{Draft, Failure, Site, Special},
    value::{Map, Value},
};

pub(super) struct Pipeline;

/// The member that says which aliases the version of a new definition has.
const ALIASES: &str = "PipelineVersionAliases";

/// The member with the number of a version.
const VERSION: &str = "PipelineVersionId";

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

    /// The aliases move when the service has taken the new definition: one that it refuses leaves them where they are.
    async fn update(&self, site: Site<'_>, prior: &Value, planned: &Value, input: &Value) -> Result<bool, Failure> {
        let (before, after) = (prior.get("pipeline_version_aliases"), planned.get("pipeline_version_aliases"));
        if before.elements().is_empty() && after.elements().is_empty() {
            return Ok(false);
        }
        let name = prior.get("pipeline_name");
        let arn = prior.get("arn");
        let old = newest_version(site, name).await?;
        let others: Map =
            input.as_map().into_iter().flatten().filter(|(member, _)| *member != ALIASES).map(pair).collect();
        if others.len() > 1 {
            site.call("UpdatePipeline", &Value::Map(others)).await?;
        }
        let new = newest_version(site, name).await?;
        if new.get(VERSION) == old.get(VERSION) {
            move_aliases(site, arn, &new, before, after).await?;
        } else {
            move_aliases(site, arn, &old, before, &Value::Null).await?;
            move_aliases(site, arn, &new, &Value::Null, after).await?;
        }
        Ok(true)
    }
}

fn pair((member, value): (&String, &Value)) -> (String, Value) {
    (member.clone(), value.clone())
}

/// Takes from a version what it has of `before` and not of `after`, and gives it the rest of `after`.
async fn move_aliases(
    site: Site<'_>,
    pipeline: &Value,
    version: &Value,
    before: &Value,
    after: &Value,
) -> Result<(), ApiError> {
    let without = |all: &Value, others: &Value| -> Vec<Value> {
        all.elements().iter().filter(|alias| !others.elements().contains(alias)).cloned().collect()
    };
    let has = version.get(ALIASES);
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
        ("PipelineArn", pipeline.clone()),
        (VERSION, version.get(VERSION).clone()),
        ("PipelineVersionAliasOperations", operations),
    ]);
    site.api.call(site.region, "UpdatePipelineVersion", &input).await.map(|_| ())
}

async fn newest_version(site: Site<'_>, name: &Value) -> Result<Value, ApiError> {
    let newest = [("PipelineName", name.clone()), ("SortOrder", "Descending".into()), ("MaxResults", 1.into())];
    let page = site.api.call(site.region, "ListPipelineVersions", &Value::from(newest)).await?;
    Ok(page.get("PipelineVersionSummaries").at(0).clone())
}
