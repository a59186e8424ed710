//! Lists: filters, order and pages.

use std::cmp::Ordering;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    call::{Call, project},
    error::ServiceError,
    json,
    moment::Moment,
    store::Object,
    thing::{List, Thing},
};
use crate::{
    definition::service::ShapeKind,
    value::{Map, Value},
};

/// The length of a page if the caller does not say ("defaults to 10": API reference, ListEndpoints; assumed for others).
const PAGE: usize = 10;

/// A page of the objects of that kind.
pub(super) fn page(thing: &'static Thing, call: &Call<'_>, list: &List) -> Result<Value, ServiceError> {
    let mut found: Vec<(Value, &Object, Map)> = call
        .region
        .of_kind(thing.kind)
        .map(|object| (object, object.view(call.now)))
        .filter(|(object, view)| passes(call, list, object, view) && (list.keep)(call, view))
        .map(|(object, view)| (sort_value(call, list, object, &view), object, view))
        .collect();
    found.sort_by(|(one, first, _), (two, second, _)| (one, first.serial).cmp(&(two, second.serial)));
    if descending(call, list) {
        found.reverse();
    }
    let after = call.input.get("NextToken").as_str().map(position).transpose()?;
    let mut rest = found.into_iter().filter(|(value, object, _)| {
        after.as_ref().is_none_or(|(last, serial)| {
            let order = (value, &object.serial).cmp(&(last, serial));
            order == if descending(call, list) { Ordering::Less } else { Ordering::Greater }
        })
    });
    let page: Vec<(Value, &Object, Map)> = rest.by_ref().take(length(call)).collect();
    let token = rest.next().and(page.last()).map(|(value, object, _)| token(value, object));
    let summaries = page.into_iter().map(|(_, _, view)| summary(call, list, view)).collect();
    let mut reply = Map::from([(list.member.to_owned(), Value::List(summaries))]);
    if let Some(token) = token {
        reply.insert("NextToken".into(), token.into());
    }
    Ok(Value::Map(reply))
}

fn passes(call: &Call<'_>, list: &List, object: &Object, view: &Map) -> bool {
    let given = |member: &str| call.input.get(member);
    let time = |member: &str| Moment::from_value(given(member));
    // "created before"; "greater than or equal to the specified time" (API reference, ListEndpoints).
    given("NameContains").as_str().is_none_or(|part| object.name.contains(part))
        && time("CreationTimeBefore").is_none_or(|time| object.created < time)
        && time("CreationTimeAfter").is_none_or(|time| object.created >= time)
        && time("LastModifiedTimeBefore").is_none_or(|time| object.modified < time)
        && time("LastModifiedTimeAfter").is_none_or(|time| object.modified >= time)
        && list.fields.iter().all(|(filter, member)| match given(filter) {
            Value::Null => true,
            wanted => wanted == lookup(view, member),
        })
}

fn sort_value(call: &Call<'_>, list: &List, object: &Object, view: &Map) -> Value {
    match call.input.get("SortBy").as_str().unwrap_or(list.sort_by) {
        "Name" => object.name.as_str().into(),
        "CreationTime" => object.created.to_value(),
        other => {
            let field = list.fields.iter().find(|(key, _)| *key == other);
            field.map(|(_, member)| lookup(view, member).clone()).unwrap_or_default()
        }
    }
}

fn descending(call: &Call<'_>, list: &List) -> bool {
    call.input.get("SortOrder").as_str().map_or(list.descending, |order| order == "Descending")
}

fn length(call: &Call<'_>) -> usize {
    let most = call.input.get("MaxResults").as_number().and_then(|number| number.as_i64());
    most.and_then(|most| usize::try_from(most).ok()).unwrap_or(PAGE)
}

/// What the summary shape of the list has of a description.
fn summary(call: &Call<'_>, list: &List, view: Map) -> Value {
    match call.operation.output.member(list.member).map(|member| &member.shape.kind) {
        Some(ShapeKind::List { element, .. }) => project(element, view),
        _ => Value::Map(view),
    }
}

fn lookup<'a>(view: &'a Map, member: &str) -> &'a Value {
    let mut steps = member.split('.');
    let first = steps.next().and_then(|step| view.get(step)).unwrap_or(&Value::Null);
    steps.fold(first, |value, step| value.get(step))
}

/// Where a page ended. It holds for a list that changes between two pages, too.
fn token(value: &Value, object: &Object) -> String {
    let serial = i64::try_from(object.serial).unwrap_or(i64::MAX);
    let text = json::write(&Value::List(vec![value.clone(), serial.into()]));
    STANDARD.encode(text)
}

fn position(token: &str) -> Result<(Value, u64), ServiceError> {
    let invalid = || ServiceError::validation("Invalid NextToken"); // Assumed wording.
    let text = STANDARD.decode(token).map_err(|_| invalid())?;
    let position = json::read(&text).map_err(|_| invalid())?;
    let serial = position.at(1).as_number().and_then(|number| number.as_i64()).ok_or_else(invalid)?;
    Ok((position.at(0).clone(), u64::try_from(serial).map_err(|_| invalid())?))
}

#[cfg(test)]
mod tests {
    use crate::local::bench::{Bench, names, text};

    fn with_models(names: &[&str]) -> Bench {
        let bench = Bench::new();
        for name in names {
            bench.ok("CreateModel", &format!(r#"{{"ModelName":"{name}","PrimaryContainer":{{"Image":"i"}}}}"#));
            bench.half();
        }
        bench
    }

    fn models(bench: &Bench, input: &str) -> Vec<String> {
        names(&bench.ok("ListModels", input), "Models", "ModelName")
    }

    #[test]
    fn the_newest_come_first_unless_asked_otherwise() {
        let bench = with_models(&["b", "a", "c"]);
        assert_eq!(models(&bench, "{}"), ["c", "a", "b"]);
        assert_eq!(models(&bench, r#"{"SortOrder":"Ascending"}"#), ["b", "a", "c"]);
        assert_eq!(models(&bench, r#"{"SortBy":"Name","SortOrder":"Ascending"}"#), ["a", "b", "c"]);
    }

    #[test]
    fn filters_narrow_the_list() {
        let bench = with_models(&["old-a", "old-b", "new-a"]);
        assert_eq!(models(&bench, r#"{"NameContains":"old"}"#), ["old-b", "old-a"]);
        assert_eq!(models(&bench, r#"{"CreationTimeAfter":1800000000.2}"#), ["new-a", "old-b"]);
        assert_eq!(models(&bench, r#"{"CreationTimeBefore":1800000000.2}"#), ["old-a"]);
    }

    #[test]
    fn pages_go_on_where_the_last_ended_even_if_its_last_is_gone() {
        let all: Vec<String> = (10..22).map(|number| format!("m{number}")).collect();
        let bench = with_models(&all.iter().map(String::as_str).collect::<Vec<_>>());
        let first = bench.ok("ListModels", r#"{"SortOrder":"Ascending"}"#);
        assert_eq!(names(&first, "Models", "ModelName"), all[..10]);
        bench.ok("DeleteModel", r#"{"ModelName":"m19"}"#);
        bench.ok("DeleteModel", r#"{"ModelName":"m20"}"#);
        let next = format!(r#"{{"SortOrder":"Ascending","NextToken":"{}"}}"#, text(&first, "NextToken"));
        let second = bench.ok("ListModels", &next);
        assert_eq!(names(&second, "Models", "ModelName"), ["m21"]);
        assert!(second.get("NextToken").is_null());
    }

    #[test]
    fn a_full_last_page_has_no_token() {
        let bench = with_models(&["a", "b"]);
        assert!(bench.ok("ListModels", r#"{"MaxResults":2}"#).get("NextToken").is_null());
        assert!(!bench.ok("ListModels", r#"{"MaxResults":1}"#).get("NextToken").is_null());
    }

    #[test]
    fn a_token_that_nobody_gave_is_refused() {
        let refused = Bench::new().refused("ListModels", r#"{"NextToken":"x"}"#);
        assert_eq!(refused, "ValidationException: Invalid NextToken");
    }
}
