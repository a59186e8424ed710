//! Converts objects to durable records and back.
//!
//! A record holds the new state of an object, not the operation, so that applying it twice is harmless. The passing of
//! time is not recorded: a change in progress continues by the clock.

use std::collections::BTreeMap;

use super::store::{Change, Key, Object, Region, Then, Touched};
use crate::{
    local::{kind::Catalog, moment::Moment},
    value::{Map, Number, Value},
};

/// The current state of all touched objects in a region; None if there are none.
pub(in crate::local) fn change(name: &str, region: &Region, touched: &Touched) -> Option<Value> {
    if touched.objects.is_empty() && !touched.settings {
        return None;
    }
    let keys = touched.objects.keys();
    let (there, gone): (Vec<&Key>, Vec<&Key>) = keys.partition(|(kind, key)| region.get(kind, key).is_some());
    let objects = there.into_iter().filter_map(|(kind, key)| region.get(kind, key));
    let mut change = header(name, region);
    change.insert("objects", Value::List(objects.map(write).collect()));
    change.insert("gone", Value::List(gone.into_iter().map(write_key).collect()));
    if touched.settings {
        change.insert("settings", Value::Map(region.settings().clone()));
    }
    Some(change)
}

/// The complete state as changes to an empty one, in small parts.
pub(in crate::local) fn all(regions: &BTreeMap<String, Region>) -> Vec<Value> {
    let mut all = Vec::new();
    for (name, region) in regions {
        let mut first = header(name, region);
        first.insert("settings", Value::Map(region.settings().clone()));
        all.push(first);
        all.extend(region.all().map(|object| {
            let mut change = header(name, region);
            change.insert("objects", Value::List(vec![write(object)]));
            change
        }));
    }
    all
}

/// Applies a recorded change; the error describes what is wrong with it.
pub(in crate::local) fn apply(
    regions: &mut BTreeMap<String, Region>,
    change: &Value,
    catalog: &Catalog,
) -> Result<(), String> {
    let region = regions.entry(text(change, "region")?).or_default();
    let objects =
        change.get("objects").elements().iter().map(|object| read(object, catalog)).collect::<Result<_, _>>()?;
    let settings = match change.get("settings") {
        Value::Map(settings) => settings.clone(),
        _ => region.settings().clone(),
    };
    let serial = u64::try_from(integer(change, "serial")?).map_err(|_| "`serial` is negative")?;
    region.restore(serial, settings, objects);
    for key in change.get("gone").elements() {
        region.forget(&(kind(key, catalog)?, text(key, "key")?));
    }
    Ok(())
}

fn header(name: &str, region: &Region) -> Value {
    Value::from([("region", name.into()), ("serial", Value::Number(Number::from(region.count())))])
}

fn write_key((kind, key): &Key) -> Value {
    Value::from([("kind", (*kind).into()), ("key", key.as_str().into())])
}

fn write(object: &Object) -> Value {
    let tags = object.tags.iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect();
    Value::from([
        ("kind", object.kind.into()),
        ("key", object.key.as_str().into()),
        ("name", object.name.as_str().into()),
        ("arn", object.arn.as_str().into()),
        ("serial", Value::Number(Number::from(object.serial))),
        ("created", object.created.0.into()),
        ("modified", object.modified.0.into()),
        ("members", Value::Map(object.members.clone())),
        ("tags", Value::Map(tags)),
        ("token", object.token.as_str().into()),
        ("parts", object.parts.into()),
        ("held", object.held.into()),
        ("change", object.change.as_ref().map_or(Value::Null, write_change)),
    ])
}

fn write_change(change: &Change) -> Value {
    let (then, members) = match &change.then {
        Then::Become(members) => ("become", members.clone()),
        Then::Linger(members) => ("linger", members.clone()),
        Then::Vanish => ("vanish", Map::new()),
    };
    Value::from([
        ("began", change.began.0.into()),
        ("ends", change.ends.0.into()),
        ("stages", Value::List(change.stages.iter().cloned().map(Value::Map).collect())),
        ("then", then.into()),
        ("members", Value::Map(members)),
    ])
}

fn read(object: &Value, catalog: &Catalog) -> Result<Object, String> {
    let kind = kind(object, catalog)?;
    let tags = map(object, "tags")?;
    let tags = tags.into_iter().map(|(key, value)| (key, value.as_str().unwrap_or_default().to_owned())).collect();
    Ok(Object {
        kind,
        key: text(object, "key")?,
        name: text(object, "name")?,
        arn: text(object, "arn")?,
        serial: u64::try_from(integer(object, "serial")?).map_err(|_| "`serial` is negative")?,
        created: Moment(integer(object, "created")?),
        modified: Moment(integer(object, "modified")?),
        members: map(object, "members")?,
        tags,
        token: text(object, "token")?,
        parts: integer(object, "parts")?,
        held: object.get("held").as_bool().ok_or("`held` is missing")?,
        change: match object.get("change") {
            Value::Null => None,
            change => Some(read_change(change)?),
        },
    })
}

fn read_change(change: &Value) -> Result<Change, String> {
    let members = map(change, "members")?;
    let stages = change.get("stages").elements().iter().map(|stage| stage.as_map().cloned().unwrap_or_default());
    Ok(Change {
        began: Moment(integer(change, "began")?),
        ends: Moment(integer(change, "ends")?),
        stages: stages.collect(),
        then: match text(change, "then")?.as_str() {
            "become" => Then::Become(members),
            "linger" => Then::Linger(members),
            "vanish" => Then::Vanish,
            other => return Err(format!("`then` is `{other}`, and must be `become`, `linger` or `vanish`")),
        },
    })
}

fn kind(value: &Value, catalog: &Catalog) -> Result<&'static str, String> {
    let id = text(value, "kind")?;
    catalog.kind(&id).map(|kind| kind.id).ok_or_else(|| format!("`{id}` is not a resource kind"))
}

fn text(value: &Value, member: &str) -> Result<String, String> {
    value.get(member).as_str().map(str::to_owned).ok_or_else(|| format!("`{member}` is missing"))
}

fn integer(value: &Value, member: &str) -> Result<i64, String> {
    let number = value.get(member).as_i64();
    number.ok_or_else(|| format!("`{member}` is missing"))
}

fn map(value: &Value, member: &str) -> Result<Map, String> {
    value.get(member).as_map().cloned().ok_or_else(|| format!("`{member}` is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::{catalog::CATALOG, json, operations::members::known};

    fn object(then: Option<Then>) -> Object {
        let stages = vec![known([("State", "Creating".into())]), Map::new()];
        Object {
            kind: "endpoint",
            key: "a".into(),
            name: "A".into(),
            arn: "arn:a".into(),
            serial: 3,
            created: Moment(1_800_000_000_001),
            modified: Moment(1_800_000_000_002),
            members: known([("Time", Moment(1_800_000_000_120).to_value()), ("Text", "\u{2028}\n\"".into())]),
            tags: [("k".to_owned(), String::new())].into(),
            token: "CreateEndpoint t".into(),
            parts: 4,
            held: then.is_some(),
            change: then.map(|then| Change { began: Moment(5), ends: Moment(6), stages, then }),
        }
    }

    #[test]
    fn an_object_is_read_as_it_was_written() {
        let members = known([("State", "Failed".into())]);
        for then in [None, Some(Then::Vanish), Some(Then::Become(members.clone())), Some(Then::Linger(members))] {
            let object = object(then);
            let text = json::write(&write(&object));
            let back = read(&json::read(text.as_bytes()).unwrap(), &CATALOG).unwrap();
            assert_eq!(format!("{back:?}"), format!("{object:?}"));
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let mut regions = BTreeMap::new();
        for (change, problem) in [
            ("{}", "`region` is missing"),
            (r#"{"region":"r"}"#, "`serial` is missing"),
            (r#"{"region":"r","serial":-1}"#, "`serial` is negative"),
            (r#"{"region":"r","serial":1,"objects":[{"kind":"dragon"}]}"#, "`dragon` is not a resource kind"),
            (r#"{"region":"r","serial":1,"objects":[{"kind":"model","key":"k"}]}"#, "`tags` is missing"),
        ] {
            let change = json::read(change.as_bytes()).unwrap();
            assert_eq!(apply(&mut regions, &change, &CATALOG), Err(problem.to_owned()));
        }
    }
}
