//! Values of a TOML file in the types of the definitions. Texts and lists are leaked: the build ends soon.
//!
//! Only the form is known here, no key of any file.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::problem::{listed, nearest};
use crate::definition::duration;

/// A type that is read from a value of a file. The error is the end of a sentence about the key.
pub(super) trait Written: Sized {
    fn read(value: Value) -> Result<Self, String>;
}

/// A table with certain keys and no others.
pub(super) trait FromFields: Sized {
    fn from_fields(fields: &mut Fields) -> Result<Self, String>;
}

impl<T: FromFields> Written for T {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let entry = T::from_fields(&mut fields)?;
        fields.end()?;
        Ok(entry)
    }
}

/// Leaks a text, so that the tables can hold it.
pub(super) fn leak(text: impl Into<String>) -> &'static str {
    text.into().leak()
}

/// Leaks a list, so that the tables can hold it.
pub(super) fn leak_all<T>(list: Vec<T>) -> &'static [T] {
    list.leak()
}

fn found(value: &Value, expected: &str) -> String {
    format!("has to be {expected}, but is of type {}", value.type_str())
}

impl Written for &'static str {
    fn read(value: Value) -> Result<Self, String> {
        match value {
            Value::String(text) => Ok(leak(text)),
            other => Err(found(&other, "a string")),
        }
    }
}

impl Written for bool {
    fn read(value: Value) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| found(&value, "`true` or `false`"))
    }
}

impl Written for i64 {
    fn read(value: Value) -> Result<Self, String> {
        value.as_integer().ok_or_else(|| found(&value, "an integer"))
    }
}

impl Written for Value {
    fn read(value: Value) -> Result<Self, String> {
        Ok(value)
    }
}

impl Written for Table {
    fn read(value: Value) -> Result<Self, String> {
        match value {
            Value::Table(table) => Ok(table),
            other => Err(found(&other, "a table")),
        }
    }
}

impl<T: Written> Written for Vec<T> {
    fn read(value: Value) -> Result<Self, String> {
        match value {
            Value::Array(values) => values.into_iter().map(T::read).collect(),
            other => Err(found(&other, "a list")),
        }
    }
}

impl<T: Written> Written for &'static [T] {
    fn read(value: Value) -> Result<Self, String> {
        Vec::read(value).map(leak_all)
    }
}

impl<T: Written> Written for BTreeMap<String, T> {
    fn read(value: Value) -> Result<Self, String> {
        let entry = |(name, value)| match T::read(value) {
            Ok(value) => Ok((name, value)),
            Err(fault) => Err(format!("`{name}` {fault}")),
        };
        Table::read(value)?.into_iter().map(entry).collect()
    }
}

/// A table of texts as pairs sorted by key.
impl Written for &'static [(&'static str, &'static str)] {
    fn read(value: Value) -> Result<Self, String> {
        let entries: BTreeMap<String, &'static str> = Written::read(value)?;
        Ok(leak_all(entries.into_iter().map(|(key, text)| (leak(key), text)).collect()))
    }
}

/// A duration in the form `90s`, `60m` or `1h30m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seconds(pub(super) u64);

impl Written for Seconds {
    fn read(value: Value) -> Result<Self, String> {
        let text = <&str>::read(value)?;
        let fault = || format!("is `{text}`, which is no duration; write it like `90s`, `60m` or `1h30m`");
        let duration = duration::parse(text).filter(|duration| duration.subsec_nanos() == 0 && !duration.is_zero());
        duration.map(|duration| Self(duration.as_secs())).ok_or_else(fault)
    }
}

/// One of several values; or an error that lists them.
pub(super) fn choice<T: Copy>(value: Value, choices: &[(&str, T)]) -> Result<T, String> {
    let words = || choices.iter().map(|(word, _)| *word);
    let Some(text) = value.as_str() else { return Err(found(&value, &format!("one of {}", listed(words())))) };
    let chosen = choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
    chosen.ok_or_else(|| format!("is `{text}`, which is none of {}", listed(words())))
}

/// The keys of a table, each read once; the remaining ones are unknown.
pub(super) struct Fields {
    table: Table,
    known: Vec<&'static str>,
}

impl Fields {
    pub(super) fn of(value: Value) -> Result<Self, String> {
        Ok(Self { table: Table::read(value)?, known: Vec::new() })
    }

    pub(super) fn optional<T: Written>(&mut self, key: &'static str) -> Result<Option<T>, String> {
        self.known.push(key);
        let Some(value) = self.table.remove(key) else { return Ok(None) };
        T::read(value).map(Some).map_err(|fault| format!("`{key}` {fault}"))
    }

    pub(super) fn required<T: Written>(&mut self, key: &'static str) -> Result<T, String> {
        self.optional(key)?.ok_or_else(|| format!("lacks `{key}`"))
    }

    pub(super) fn or_default<T: Written + Default>(&mut self, key: &'static str) -> Result<T, String> {
        Ok(self.optional(key)?.unwrap_or_default())
    }

    /// Refuses remaining keys.
    pub(super) fn end(self) -> Result<(), String> {
        self.table.keys().next().map_or(Ok(()), |key| Err(unknown(key, &self.known)))
    }
}

/// The error for a key that is not one of `known`.
pub(super) fn unknown(key: &str, known: &[&'static str]) -> String {
    // `Paint.Colour = { … }` without quotes is the key `Colour` of the settings of `Paint`.
    if key.starts_with(|first: char| first.is_ascii_uppercase()) {
        return format!("has no key `{key}`; quote a path that leads to a member inside: `\"….{key}\" = {{ … }}`");
    }
    format!("has no key `{key}`; the closest are {}", nearest(key, known.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_hours_minutes_and_seconds() {
        let read = |text: &str| Seconds::read(Value::String(text.to_owned())).map(|seconds| seconds.0);
        assert_eq!((read("90s"), read("60m"), read("1h30m")), (Ok(90), Ok(3600), Ok(5400)));
        for text in ["", "90", "0s", "m", "1d", "1.5s", "-1s", "1h30"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
