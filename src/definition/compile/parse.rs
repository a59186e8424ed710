//! Parses the definition files key by key, so that one fault hides no other.
//!
//! `entries` has the form of each entry. Only the form is checked here. `join` and `check` decide whether a key is meaningful.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{
    files::{CallFile, ImageFile, MemberSettings, ResourceFile, Shapes, Source, Switch, Waits, key_of},
    problem::{Problems, listed},
    settings::Settings,
    written::Written,
};
use crate::definition::resource::UpdateSends;

/// Reads the file of a resource. `None` if required parts are missing.
pub(super) fn resource(source: &Source, problems: &mut Problems) -> Option<ResourceFile> {
    let mut reader = Reader::open(source, problems)?;
    let noun = reader.required("noun");
    let description = reader.required("description");
    let schema_version = reader.optional("schema_version");
    let moved_from = reader.optional("moved_from");
    let log_group = reader.optional("log_group");
    let update_sends = reader.optional("update_sends");
    let update_needs = reader.list("update_needs");
    let replacement = reader.optional("replacement");
    let in_use = reader.optional("in_use");
    let operations = reader.required("operations");
    let further_calls = reader.list("further_calls");
    let identity = reader.required("identity");
    let listing = reader.optional("list");
    let tags = reader.optional("tags");
    let waits = reader.waits();
    let retries = reader.list("retry");
    let rules = reader.list("rule");
    let mut descriptions = reader.entries("descriptions");
    let mut switches: BTreeMap<String, Switch> = reader.entries("switches");
    for (name, switch) in &mut switches {
        switch.description = descriptions.remove(name).unwrap_or_default();
    }
    let attributes = reader.entries("attributes");
    let shapes = reader.optional("shapes").map(|tables| reader.shapes("shapes", tables));
    reader.end();
    // A file with a missing part is abandoned only now that all its problems are reported.
    Some(ResourceFile {
        file: source.file.clone(),
        noun: noun?,
        description: description?,
        schema_version: schema_version.unwrap_or_default(),
        moved_from: moved_from.unwrap_or_default(),
        log_group,
        update_sends: update_sends.unwrap_or(UpdateSends::Changed),
        update_needs,
        replacement,
        in_use,
        operations: operations?,
        further_calls,
        identity: identity?,
        listing: listing.unwrap_or_default(),
        tags,
        waits,
        retries,
        rules,
        switches,
        members: MemberSettings { descriptions, attributes, shapes: shapes.unwrap_or_default() },
    })
}

/// Reads a file of calls, whose entries are in the table `key`; empty if there is no such file.
pub(super) fn calls<E: Written>(
    sources: &[Source],
    file: &str,
    key: &'static str,
    problems: &mut Problems,
) -> CallFile<E> {
    let source = sources.iter().find(|source| source.file == file);
    let Some(mut reader) = source.and_then(|source| Reader::open(source, problems)) else {
        return CallFile { members: BTreeMap::new(), entries: BTreeMap::new() };
    };
    let calls = CallFile { members: reader.entries("members"), entries: reader.entries(key) };
    reader.end();
    calls
}

/// Reads the file of prebuilt images.
pub(super) fn images(source: &Source, problems: &mut Problems) -> ImageFile {
    let Some(mut reader) = Reader::open(source, problems) else { return ImageFile::default() };
    let suffixes = reader.required("suffixes").unwrap_or_default();
    let file = ImageFile { suffixes, registries: reader.list("registry") };
    reader.end();
    file
}

/// Reads the file of settings for structures.
pub(super) fn shapes(source: &Source, problems: &mut Problems) -> Shapes {
    let Some(mut reader) = Reader::open(source, problems) else { return Shapes::new() };
    let tables = std::mem::take(&mut reader.table);
    reader.shapes("", tables)
}

/// Reads a file key by key, so that an error in one key does not hide the others.
struct Reader<'a> {
    file: &'a str,
    /// The keys that are not read yet.
    table: Table,
    known: Vec<&'static str>,
    problems: &'a mut Problems,
}

impl<'a> Reader<'a> {
    fn open(source: &'a Source, problems: &'a mut Problems) -> Option<Self> {
        match source.text.parse() {
            Ok(table) => Some(Self { file: &source.file, table, known: Vec::new(), problems }),
            Err(error) => {
                let error: toml::de::Error = error;
                let before = error.span().map_or("", |span| &source.text[..span.start]);
                let line = before.lines().count().max(1);
                let message = error.message().lines().collect::<Vec<_>>().join(" ");
                problems.add(&source.file, "", format!("line {line}: {message}"));
                None
            }
        }
    }

    fn required<T: Written>(&mut self, key: &'static str) -> Option<T> {
        if !self.table.contains_key(key) {
            self.problems.add(self.file, key, "is missing");
        }
        self.optional(key)
    }

    fn optional<T: Written>(&mut self, key: &'static str) -> Option<T> {
        self.known.push(key);
        let value = self.table.remove(key)?;
        self.decode(key, value)
    }

    /// A table with entries of one type.
    fn entries<T: Written>(&mut self, key: &'static str) -> BTreeMap<String, T> {
        let table: Table = self.optional(key).unwrap_or_default();
        let decode = |(name, value): (String, Value)| {
            let decoded = self.decode(&key_of(key, &name), value)?;
            Some((name, decoded))
        };
        table.into_iter().filter_map(decode).collect()
    }

    fn list<T: Written>(&mut self, key: &'static str) -> Vec<T> {
        let values: Vec<Value> = self.optional(key).unwrap_or_default();
        let decode = |(index, value)| self.decode(&format!("{key}[{index}]"), value);
        values.into_iter().enumerate().filter_map(decode).collect()
    }

    fn waits(&mut self) -> Waits {
        let mut waits = self.entries("wait");
        let known = Waits {
            create: waits.remove("create"),
            update: waits.remove("update"),
            stop: waits.remove("stop"),
            delete: waits.remove("delete"),
            completion: waits.remove("completion"),
        };
        for name in waits.keys() {
            let reason = "is not a wait; there are `create`, `update`, `stop`, `delete` and `completion`";
            self.problems.add(self.file, key_of("wait", name), reason);
        }
        known
    }

    /// Tables by structure, with an entry for each member: its settings, or only its description.
    fn shapes(&mut self, key: &str, tables: Table) -> Shapes {
        let mut shapes = Shapes::new();
        for (structure, table) in tables {
            let key = key_of(key, &structure);
            let members: Table = self.decode(&key, table).unwrap_or_default();
            let settings = |(member, value): (String, Value)| {
                let settings = match value {
                    Value::String(_) => Settings { description: Written::read(value).ok(), ..Settings::default() },
                    value => self.decode(&key_of(&key, &member), value)?,
                };
                Some((member, settings))
            };
            shapes.insert(structure, members.into_iter().filter_map(settings).collect());
        }
        shapes
    }

    fn decode<T: Written>(&mut self, key: &str, value: Value) -> Option<T> {
        T::read(value).map_err(|fault| self.problems.add(self.file, key, fault)).ok()
    }

    fn end(self) {
        for key in self.table.keys() {
            self.problems.add(self.file, key, format!("is not a key; there are {}", listed(&self.known)));
        }
    }
}
