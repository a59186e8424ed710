//! Lists: filters, order and pages. The meaning of most filters and sort keys follows from their names.

use std::cmp::Ordering;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    members::{lookup, project},
    references::check_parents,
    replies::repeat,
};
use crate::{
    definition::service::{Operation, ShapeKind},
    local::{
        error::ServiceError,
        json,
        kind::{Call, Kind, List},
        moment::Moment,
        scope::name_in,
        storage::store::Object,
    },
    value::{Map, Value},
};

/// The default length of a page ("defaults to 10": API reference, ListEndpoints; assumed for others).
const PAGE: usize = 10;

/// A page of the objects of a kind.
pub(in crate::local) fn page(kind: &'static Kind, call: &Call<'_>, list: &List) -> Result<Value, ServiceError> {
    check_parents(kind, call)?;
    let filters = filters(kind, call, list);
    let sort_by = call.input.get("SortBy").as_str().unwrap_or(list.sort_by);
    let mut found: Vec<(Value, &Object, Map)> = call
        .region
        .of_kind(kind.id)
        .map(|object| (object, object.view(call.now)))
        .filter(|(object, view)| filters.iter().all(|filter| filter.passes(object, view)) && (list.keep)(call, view))
        .map(|(object, view)| (sort_value(kind, list, sort_by, object, &view), object, view))
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
    let member = member(call.operation, list);
    let summaries = page.into_iter().map(|(_, _, view)| summary(kind, call, member, view)).collect();
    let mut reply = Map::from([(member.to_owned(), Value::List(summaries))]);
    if let Some(token) = token {
        reply.insert("NextToken".into(), token.into());
    }
    Ok(Value::Map(reply))
}

/// A page of objects that were found otherwise, in the order of the reply.
pub(in crate::local) fn page_of(call: &Call<'_>, member: &str, found: Vec<Value>) -> Result<Value, ServiceError> {
    let (_, skipped) = call.input.get("NextToken").as_str().map(position).transpose()?.unwrap_or_default();
    let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
    let next = skipped.saturating_add(length(call));
    let mut reply = Map::new();
    if found.len() > next {
        reply.insert("NextToken".into(), encode(&Value::Null, next as u64).into());
    }
    let page = found.into_iter().skip(skipped).take(length(call)).collect();
    reply.insert(member.to_owned(), Value::List(page));
    Ok(call.reply(reply))
}

/// The member of the reply that holds the page.
pub(in crate::local) fn member(operation: &Operation, list: &List) -> &'static str {
    let is_list = |shape: &ShapeKind| matches!(shape, ShapeKind::List { .. });
    let first = || operation.output.members().iter().find(|member| is_list(&member.shape.kind));
    list.member.or(operation.pages).or_else(|| Some(first()?.name)).unwrap_or_default()
}

/// A filter of the input.
struct Filter<'a> {
    test: Test,
    /// Of the description; dots lead inwards.
    member: &'a str,
    requested: &'a Value,
}

#[derive(Clone, Copy)]
enum Test {
    /// The name contains this substring.
    NameContains,
    Created(Side),
    Modified(Side),
    Contains,
    Begins,
    Is,
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    /// "Greater than or equal to the specified time" (API reference, ListEndpoints).
    After,
}

/// The members of inputs that are no filters.
const NO_FILTERS: &[&str] = &["NextToken", "MaxResults", "SortBy", "SortOrder"];

fn filters<'a>(kind: &'a Kind, call: &'a Call<'_>, list: &'a List) -> Vec<Filter<'a>> {
    let given = call.input.as_map().into_iter().flatten();
    let given = given.filter(|(name, _)| !NO_FILTERS.contains(&name.as_str()));
    given.filter_map(|(name, requested)| filter(kind, list, name, requested)).collect()
}

fn filter<'a>(kind: &'a Kind, list: &'a List, name: &'a str, requested: &'a Value) -> Option<Filter<'a>> {
    let listed = list.fields.iter().find(|(filter, _)| *filter == name).map(|(_, member)| *member);
    if list.others.contains(&name) {
        return None;
    }
    let (test, member) = match name {
        "NameContains" => (Test::NameContains, ""),
        "CreationTimeBefore" | "CreatedBefore" => (Test::Created(Side::Before), ""),
        "CreationTimeAfter" | "CreatedAfter" => (Test::Created(Side::After), ""),
        "LastModifiedTimeBefore" | "ModifiedTimeBefore" => (Test::Modified(Side::Before), ""),
        "LastModifiedTimeAfter" | "ModifiedTimeAfter" => (Test::Modified(Side::After), ""),
        "StatusEquals" | "Status" => (Test::Is, kind.status()),
        name => match (name.strip_suffix("Contains"), name.strip_suffix("Prefix"), name.strip_suffix("Equals")) {
            (Some(member), _, _) => (Test::Contains, member),
            (_, Some(member), _) => (Test::Begins, member),
            (_, _, Some(member)) => (Test::Is, member),
            _ => (Test::Is, name),
        },
    };
    Some(Filter { test, member: listed.unwrap_or(member), requested })
}

impl Filter<'_> {
    fn passes(&self, object: &Object, view: &Map) -> bool {
        let text = || self.requested.as_str().unwrap_or_default();
        let shown = || lookup(view, self.member).as_str().unwrap_or_default();
        match self.test {
            Test::NameContains => object.name.contains(text()),
            Test::Created(side) => side.holds(object.created, self.requested),
            Test::Modified(side) => side.holds(object.modified, self.requested),
            Test::Contains => shown().contains(text()),
            Test::Begins => shown().starts_with(text()),
            // An object can be named by its ARN, too.
            Test::Is => {
                self.requested == lookup(view, self.member) || (!text().is_empty() && name_in(text()) == shown())
            }
        }
    }
}

impl Side {
    fn holds(self, moment: Moment, requested: &Value) -> bool {
        Moment::from_value(requested).is_none_or(|limit| match self {
            Self::Before => moment < limit,
            Self::After => moment >= limit,
        })
    }
}

fn sort_value(kind: &Kind, list: &List, sort_by: &str, object: &Object, view: &Map) -> Value {
    let plain = |text: &str| text.replace('_', "").to_lowercase();
    match plain(sort_by).as_str() {
        "name" => object.name.as_str().into(),
        key if key == plain(kind.name) => object.name.as_str().into(),
        "creationtime" | "createddate" | "createdate" => object.created.to_value(),
        "lastmodifiedtime" => object.modified.to_value(),
        key => {
            let listed = list.fields.iter().find(|(field, _)| *field == sort_by).map(|(_, member)| *member);
            let member = match key {
                "status" => Some(kind.status()),
                key => view.keys().map(String::as_str).find(|member| plain(member) == key),
            };
            listed.or(member).map(|member| lookup(view, member).clone()).unwrap_or_default()
        }
    }
}

fn descending(call: &Call<'_>, list: &List) -> bool {
    let order = call.input.get("SortOrder").as_str();
    order.map_or(list.descending, |order| order.eq_ignore_ascii_case("Descending"))
}

fn length(call: &Call<'_>) -> usize {
    let most = call.input.get("MaxResults").as_number().and_then(|number| number.as_i64());
    most.and_then(|most| usize::try_from(most).ok()).unwrap_or(PAGE)
}

/// The members of a description that the list's summary shape has.
fn summary(kind: &Kind, call: &Call<'_>, member: &str, mut view: Map) -> Value {
    match call.operation.output.member(member).map(|member| &member.shape.kind) {
        Some(ShapeKind::List { element, .. }) => {
            repeat(kind, element, &mut view);
            project(element, view)
        }
        _ => Value::Map(view),
    }
}

/// The end of a page. Stays valid if the list changes between two pages.
fn token(value: &Value, object: &Object) -> String {
    encode(value, object.serial)
}

fn encode(value: &Value, number: u64) -> String {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    STANDARD.encode(json::write(&Value::List(vec![value.clone(), number.into()])))
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
    use super::*;
    use crate::{
        definition::service::{self, Shape},
        local::{
            catalog,
            kind::Behavior,
            tests::{
                bench::{Bench, names, text},
                description,
            },
        },
    };

    fn with_models(names: &[&str]) -> Bench {
        let bench = Bench::new();
        for name in names {
            bench.ok("CreateModel", &format!(r#"{{"ModelName":"{name}","PrimaryContainer":{{"Image":"i"}}}}"#));
            bench.wait_half();
        }
        bench
    }

    fn models(bench: &Bench, input: &str) -> Vec<String> {
        names(&bench.ok("ListModels", input), "Models", "ModelName")
    }

    #[test]
    fn the_newest_come_first_by_default() {
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
    fn pages_continue_where_the_last_ended_even_if_its_last_object_was_deleted() {
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

    #[test]
    fn every_filter_and_sort_key_of_a_list_means_something() {
        let mut unknown = Vec::new();
        for (name, (kind, behavior)) in catalog::behaviors() {
            let Behavior::List(list) = behavior else { continue };
            let operation = service::operation(name).unwrap();
            assert_ne!(member(operation, list), "", "{name}");
            let fields = unknown_fields(kind, operation, list, description(kind));
            unknown.extend(fields.into_iter().map(|field| format!("{name}.{field}")));
        }
        unknown.sort_unstable();
        assert_eq!(unknown, [""; 0]);
    }

    /// The filters and sort keys of an operation that have no meaning here.
    fn unknown_fields(kind: &Kind, operation: &Operation, list: &List, describe: &Shape) -> Vec<String> {
        if describe.members().is_empty() {
            // Edges are listed, but never described.
            return Vec::new();
        }
        let known = |path: &str| {
            let mut shape = describe;
            path.split('.').all(|step| match shape.member(step) {
                Some(member) => {
                    shape = member.shape;
                    true
                }
                None => false,
            })
        };
        let requested = Value::Null;
        let filters = operation.input.members().iter().filter(|member| !NO_FILTERS.contains(&member.name));
        let filters = filters.filter(|member| {
            filter(kind, list, member.name, &requested)
                .is_some_and(|filter| !filter.member.is_empty() && !known(filter.member))
        });
        let mut unknown: Vec<String> = filters.map(|member| member.name.to_owned()).collect();
        let all: Map = describe.members().iter().map(|member| (member.name.to_owned(), member.name.into())).collect();
        let keys = operation.input.member("SortBy").map_or(&[] as &[&str], |member| member.shape.values());
        for key in keys.iter().copied().chain([list.sort_by]) {
            let plain = key.replace('_', "").to_lowercase();
            let fixed = ["name", "creationtime", "createdate", "lastmodifiedtime"].contains(&plain.as_str());
            let listed = list.fields.iter().any(|(field, member)| *field == key && known(member));
            let status = plain == "status" && !kind.status().is_empty();
            let shown = all.keys().any(|member| member.to_lowercase() == plain);
            if !(fixed || listed || status || shown || plain == kind.name.to_lowercase()) {
                unknown.push(format!("SortBy {key}"));
            }
        }
        unknown
    }
}
