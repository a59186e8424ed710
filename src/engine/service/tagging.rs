//! The calls that read and change the tags of an object.

use crate::{
    api::{Api, ApiError},
    engine::{
        convert::tags::{ALL, as_list, by_key},
        service::describe::all_pages,
    },
    value::{Map, Value},
};

/// All tags of an object.
pub(crate) async fn list(api: &dyn Api, region: &str, arn: &str) -> Result<Map, ApiError> {
    let input = Value::from([("ResourceArn", arn.into())]);
    Ok(by_key(all_pages(api, region, "ListTags", &input).await?.get("Tags")))
}

/// Changes the tags of an object to the planned ones.
pub(crate) async fn update(
    api: &dyn Api,
    region: &str,
    arn: &str,
    prior: &Value,
    planned: &Value,
) -> Result<(), ApiError> {
    let empty = Map::new();
    let before = prior.get(ALL).as_map().unwrap_or(&empty);
    let after = planned.get(ALL).as_map().unwrap_or(&empty);
    let gone: Vec<Value> =
        before.keys().filter(|key| !after.contains_key(*key)).map(|key| key.as_str().into()).collect();
    if !gone.is_empty() {
        let input = Value::from([("ResourceArn", arn.into()), ("TagKeys", Value::List(gone))]);
        api.call(region, "DeleteTags", &input).await?;
    }
    let set = as_list(after.iter().filter(|(key, value)| before.get(*key) != Some(value)));
    if !set.elements().is_empty() {
        api.call(region, "AddTags", &Value::from([("ResourceArn", arn.into()), ("Tags", set)])).await?;
    }
    Ok(())
}
