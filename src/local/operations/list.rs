//! Lists: filters, order and pages. The meaning of most filters and sort keys follows from their names.

use std::cmp::Ordering;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    members::{lookup, project},
    references::check_parents,
    replies::repeat,
};
use crate::{
    definition::service::{Operation, Shape, ShapeKind},
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

/// How what is of no kind is listed.
pub(in crate::local) struct Listing<'a> {
    /// As in `List`.
    pub(in crate::local) fields: &'a [(&'a str, &'a str)],
    /// The order of what was found, and the one if the input requests none.
    pub(in crate::local) descending: bool,
}

/// A page of objects that were found otherwise: of those that the filters of the input admit, in the order that it
/// requests, else in that of `found`. Input members that are about no member of the objects are for the caller to apply.
pub(in crate::local) fn page_of(call: &Call<'_>, member: &str, found: Vec<Value>) -> Result<Value, ServiceError> {
    page_in(call, member, &Listing { fields: &[], descending: false }, found)
}

/// The same with fields and an order of their own.
pub(in crate::local) fn page_in(
    call: &Call<'_>,
    member: &str,
    listing: &Listing<'_>,
    found: Vec<Value>,
) -> Result<Value, ServiceError> {
    let found = match call.operation.output.member(member).map(|member| &member.shape.kind) {
        Some(ShapeKind::List { element, .. }) => Elements { shape: element, listing }.requested(call, found),
        _ => found,
    };
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
    comparison: Comparison,
    /// Of the description; dots lead inwards.
    member: &'a str,
    requested: &'a Value,
}

#[derive(Clone, Copy)]
enum Comparison {
    /// The name contains this substring.
    NameContains,
    Created(Side),
    Modified(Side),
    /// Another time is on that side.
    Time(Side),
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

/// The members of the input that may be filters.
fn given<'a>(call: &'a Call<'_>) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let given = call.input.as_map().into_iter().flatten().map(|(name, requested)| (name.as_str(), requested));
    given.filter(|(name, _)| !NO_FILTERS.contains(name))
}

fn filters<'a>(kind: &'a Kind, call: &'a Call<'_>, list: &'a List) -> Vec<Filter<'a>> {
    given(call).filter_map(|(name, requested)| filter(kind, list, name, requested)).collect()
}

/// What the name of a filter says: the comparison, and the member that it is about, if the name has it.
fn meaning(name: &str) -> (Comparison, &str) {
    match name {
        "NameContains" => (Comparison::NameContains, ""),
        "CreationTimeBefore" | "CreatedBefore" => (Comparison::Created(Side::Before), "CreationTime"),
        "CreationTimeAfter" | "CreatedAfter" => (Comparison::Created(Side::After), "CreationTime"),
        "LastModifiedTimeBefore" | "ModifiedTimeBefore" => (Comparison::Modified(Side::Before), "LastModifiedTime"),
        "LastModifiedTimeAfter" | "ModifiedTimeAfter" => (Comparison::Modified(Side::After), "LastModifiedTime"),
        "StatusEquals" => (Comparison::Is, STATUS),
        name => {
            let mut endings = ENDINGS.iter();
            let found = endings.find_map(|(ending, comparison)| Some((*comparison, name.strip_suffix(ending)?)));
            found.unwrap_or((Comparison::Is, name))
        }
    }
}

/// The endings of filters about the member whose name is before them.
const ENDINGS: &[(&str, Comparison)] = &[
    ("Contains", Comparison::Contains),
    ("Prefix", Comparison::Begins),
    ("Equals", Comparison::Is),
    ("Before", Comparison::Time(Side::Before)),
    ("After", Comparison::Time(Side::After)),
];

/// The filter on the status, whatever the member is called.
const STATUS: &str = "Status";

fn filter<'a>(kind: &'a Kind, list: &'a List, name: &'a str, requested: &'a Value) -> Option<Filter<'a>> {
    let listed = list.fields.iter().find(|(filter, _)| *filter == name).map(|(_, member)| *member);
    if list.others.contains(&name) {
        return None;
    }
    let (comparison, member) = match meaning(name) {
        (Comparison::Is, STATUS) => (Comparison::Is, kind.status()),
        // The objects themselves know these.
        (comparison @ (Comparison::NameContains | Comparison::Created(_) | Comparison::Modified(_)), _) => {
            (comparison, "")
        }
        meaning => meaning,
    };
    Some(Filter { comparison, member: listed.unwrap_or(member), requested })
}

impl Filter<'_> {
    fn passes(&self, object: &Object, view: &Map) -> bool {
        match self.comparison {
            Comparison::NameContains => object.name.contains(self.requested.as_str().unwrap_or_default()),
            Comparison::Created(side) => side.holds(object.created, self.requested),
            Comparison::Modified(side) => side.holds(object.modified, self.requested),
            comparison => comparison.admits(lookup(view, self.member), self.requested),
        }
    }
}

/// The elements of a reply that are no objects of a kind.
struct Elements<'a> {
    shape: &'a Shape,
    listing: &'a Listing<'a>,
}

impl<'a> Elements<'a> {
    /// What the filters of the input admit, in its order. What the operation requires is no filter: it says of what the
    /// elements are.
    fn requested(&self, call: &'a Call<'_>, mut found: Vec<Value>) -> Vec<Value> {
        let required = |name: &str| call.operation.input.member(name).is_some_and(|member| member.required);
        let given = given(call).filter(|(name, _)| !required(name));
        let filters: Vec<_> = given.filter_map(|(name, requested)| Some((self.filter(name)?, requested))).collect();
        found.retain(|one| filters.iter().all(|((comparison, path), wanted)| comparison.admits(at(one, path), wanted)));
        let [sort_by, order] = ["SortBy", "SortOrder"].map(|member| call.input.get(member).as_str());
        let sort_by = sort_by.or(order.map(|_| "CreationTime"));
        if let Some(path) = sort_by.and_then(|sort_by| self.sort_path(sort_by)) {
            // What is equal is in ascending order too, before all of it is turned round.
            if self.listing.descending {
                found.reverse();
            }
            found.sort_by_cached_key(|one| at(one, path).clone());
            if order.map_or(self.listing.descending, |order| order == "Descending") {
                found.reverse();
            }
        }
        found
    }

    /// The comparison of a filter, and the path that it is about; None if it is about no member of the elements.
    fn filter(&self, name: &'a str) -> Option<(Comparison, &'a str)> {
        let (comparison, member) = meaning(name);
        let listed = self.listing.fields.iter().find(|(field, _)| *field == name).map(|(_, path)| *path);
        let path = listed.or_else(|| match comparison {
            Comparison::NameContains => self.ending("Name"),
            Comparison::Is if member == STATUS => self.ending(STATUS),
            _ => self.shape.member(member).map(|member| member.name),
        });
        Some((comparison, path?))
    }

    fn sort_path(&self, sort_by: &str) -> Option<&'a str> {
        let plain = |text: &str| text.replace('_', "").to_lowercase();
        let listed = self.listing.fields.iter().find(|(field, _)| *field == sort_by).map(|(_, path)| *path);
        let members = self.shape.members().iter().map(|member| member.name);
        let mut same = members.filter(|member| plain(member) == plain(sort_by));
        listed.or_else(|| same.next()).or_else(|| self.ending(sort_by))
    }

    /// The only member whose name ends so.
    fn ending(&self, ending: &str) -> Option<&'a str> {
        let mut names = self.shape.members().iter().map(|member| member.name).filter(|name| name.ends_with(ending));
        names.next().filter(|_| names.next().is_none())
    }
}

/// The value at a path whose dots lead inwards.
fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, step| value.get(step))
}

impl Comparison {
    /// True if a filter admits what an element shows.
    fn admits(self, shown: &Value, requested: &Value) -> bool {
        let (text, shown_text) = (requested.as_str().unwrap_or_default(), shown.as_str().unwrap_or_default());
        match self {
            Self::Created(side) | Self::Modified(side) => {
                Moment::from_value(shown).is_none_or(|moment| side.holds(moment, requested))
            }
            Self::Time(side) => Moment::from_value(shown).is_some_and(|moment| side.holds(moment, requested)),
            Self::NameContains | Self::Contains => shown_text.contains(text),
            Self::Begins => shown_text.starts_with(text),
            // An object can be named by its ARN, too.
            Self::Is => requested == shown || (!text.is_empty() && name_in(text) == shown_text),
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
    let most = call.input.get("MaxResults").as_i64();
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
    let serial = position.at(1).as_i64().ok_or_else(invalid)?;
    Ok((position.at(0).clone(), u64::try_from(serial).map_err(|_| invalid())?))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::{
        definition::service,
        local::{
            catalog,
            kind::{Behavior, NEWEST_FIRST},
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

    /// The function of the list has to apply them, with `Listing::fields` or otherwise, unless its list is always empty.
    #[test]
    fn the_filters_that_are_of_no_member_by_their_names_are_known() {
        let mut others = Vec::new();
        let lists = service::OPERATIONS.iter().filter(|operation| operation.name.starts_with("List"));
        let of_kinds = |name: &str| matches!(catalog::behavior(name), Some((_, Behavior::List(_))));
        for operation in lists.filter(|operation| !of_kinds(operation.name)) {
            let page = member(operation, &NEWEST_FIRST);
            let Some(ShapeKind::List { element, .. }) = operation.output.member(page).map(|member| &member.shape.kind)
            else {
                continue;
            };
            let listing = Listing { fields: &[], descending: false };
            let elements = Elements { shape: element, listing: &listing };
            let filters = operation.input.members().iter().filter(|member| !member.required);
            let filters = filters.map(|member| member.name).filter(|name| !NO_FILTERS.contains(name));
            let unknown = filters.filter(|name| elements.filter(name).is_none());
            others.extend(unknown.map(|name| format!("{}.{name}", operation.name)));
        }
        others.sort_unstable();
        expect![[r#"
            ListAliases.Alias
            ListAliases.Version
            ListCandidatesForAutoMLJob.StatusEquals
            ListClusterEvents.NodeId
            ListClusterNodes.CreationTimeAfter
            ListClusterNodes.CreationTimeBefore
            ListClusterNodes.IncludeNodeLogicalIds
            ListInferenceGateways.Filters
            ListModelMetadata.SearchExpression
            ListPipelineExecutionSteps.PipelineExecutionArn
            ListStageDevices.ExcludeDevicesDeployedInOtherStage
            ListTrainingJobsForHyperParameterTuningJob.StatusEquals"#]]
        .assert_eq(&others.join("\n"));
    }

    #[test]
    fn what_is_no_object_is_filtered_and_sorted_by_its_members() {
        let bench = Bench::new();
        let pipeline = |version: u8| {
            let definition = format!(r#"{{\"Version\":\"{version}\",\"Steps\":[]}}"#);
            format!(r#"{{"PipelineName":"p","PipelineDefinition":"{definition}""#)
        };
        let more = format!(r#","ClientRequestToken":"{:032}","RoleArn":"arn:aws:iam::123456789012:role/r"}}"#, 1);
        bench.ok("CreatePipeline", &(pipeline(1) + &more));
        bench.wait();
        bench.ok("UpdatePipeline", &(pipeline(2) + "}"));
        let versions = |more: &str| {
            let reply = bench.ok("ListPipelineVersions", &format!(r#"{{"PipelineName":"p"{more}}}"#));
            let versions = reply.get("PipelineVersionSummaries").elements().to_vec();
            versions.iter().map(|one| one.get("PipelineVersionId").to_text()).collect::<Vec<_>>()
        };
        assert_eq!(versions(""), ["2", "1"]);
        assert_eq!(versions(r#","SortOrder":"Ascending""#), ["1", "2"]);
        assert_eq!(versions(r#","SortOrder":"Descending""#), ["2", "1"]);
        assert_eq!(versions(r#","CreatedAfter":32503680000"#), [""; 0]);
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
