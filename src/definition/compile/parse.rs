//! Parses the definition files: the keys of docs/definition-keys.md and no others.
//!
//! Only the form is checked here. `join` and `check` decide whether a key is meaningful.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{
    name::listed,
    problem::Problems,
    settings::Settings,
    written::{Fields, Seconds, Written, choice},
};
use crate::definition::{
    images::Registry,
    resource::{
        Check, ErrorMatch, Identity, Listing, Naming, Operations, Replacement, Retry, Rule, Tags, UpdateSends, Wait,
    },
};

/// The name of the file of settings for structures at all their places.
pub(crate) const SHAPES: &str = "shapes.toml";

/// The name of the file of queries.
pub(crate) const QUERIES: &str = "queries.toml";

/// The name of the file of actions.
pub(crate) const ACTIONS: &str = "actions.toml";

/// The name of the file of ephemeral resources.
pub(crate) const EPHEMERALS: &str = "ephemeral.toml";

/// The name of the file of prebuilt images.
pub(crate) const IMAGES: &str = "prebuilt_images.toml";

/// A definition file and its text.
#[derive(Debug)]
pub(crate) struct Source {
    /// The name inside `schemas/`: `model.toml`.
    pub(crate) file: String,
    pub(crate) text: String,
}

/// The file of one resource.
#[derive(Debug)]
pub(super) struct ResourceFile {
    /// The name of the file: `model.toml`.
    pub(super) file: String,
    pub(super) noun: &'static str,
    pub(super) description: &'static str,
    pub(super) schema_version: i64,
    pub(super) moved_from: &'static [&'static str],
    pub(super) log_group: Option<&'static str>,
    pub(super) update_sends: UpdateSends,
    pub(super) update_needs: Option<&'static str>,
    pub(super) replacement: Option<Replacement>,
    pub(super) in_use: Option<&'static str>,
    pub(super) operations: Operations<&'static str>,
    pub(super) identity: Identity,
    pub(super) listing: Listing,
    pub(super) tags: Option<Tags>,
    pub(super) waits: Waits,
    pub(super) retries: Vec<Retry>,
    pub(super) rules: Vec<Rule>,
    pub(super) descriptions: BTreeMap<String, &'static str>,
    pub(super) switches: BTreeMap<String, Switch>,
    /// By API path.
    pub(super) attributes: BTreeMap<String, Settings>,
    pub(super) shapes: Shapes,
}

/// The waits of a resource, by operation.
#[derive(Debug, Default)]
pub(super) struct Waits {
    pub(super) create: Option<Wait>,
    pub(super) update: Option<Wait>,
    pub(super) stop: Option<Wait>,
    pub(super) delete: Option<Wait>,
    pub(super) completion: Option<Wait>,
}

/// A file of calls: queries, ephemeral resources or actions.
#[derive(Debug)]
pub(super) struct CallFile<E> {
    /// The default descriptions of members.
    pub(super) members: BTreeMap<String, &'static str>,
    /// By name without `sagemaker_`.
    pub(super) entries: BTreeMap<String, E>,
}

/// The entry of one call.
#[derive(Debug)]
pub(super) struct CallEntry {
    pub(super) operation: &'static str,
    pub(super) description: &'static str,
    pub(super) descriptions: BTreeMap<String, &'static str>,
    /// By API path.
    pub(super) attributes: BTreeMap<String, Settings>,
}

/// The entry of one action.
#[derive(Debug)]
pub(super) struct ActionEntry {
    pub(super) call: CallEntry,
    pub(super) completion: Option<CompletionEntry>,
}

/// The wait of an action, with the name of the read operation.
#[derive(Debug)]
pub(super) struct CompletionEntry {
    pub(super) read: &'static str,
    pub(super) inputs: &'static [(&'static str, &'static str)],
    pub(super) element: Option<&'static str>,
    pub(super) wait: Wait,
    pub(super) by_default: bool,
    pub(super) unless_done: bool,
}

/// The file of prebuilt images.
#[derive(Debug, Default)]
pub(super) struct ImageFile {
    /// Pairs of region prefix and DNS suffix.
    pub(super) suffixes: &'static [(&'static str, &'static str)],
    pub(super) registries: Vec<Registry>,
}

/// By structure and member.
pub(super) type Shapes = BTreeMap<String, BTreeMap<String, Settings>>;

/// A boolean argument that only a special file reads.
#[derive(Debug)]
pub(super) struct Switch {
    pub(super) default: Option<bool>,
}

impl Written for Operations<&'static str> {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let operations = Self {
            create: fields.required("create")?,
            read: fields.required("read")?,
            object: fields.optional("object")?,
            update: fields.optional("update")?,
            delete: fields.optional("delete")?,
            stop: fields.optional("stop")?,
            list: fields.optional("list")?,
        };
        fields.end()?;
        Ok(operations)
    }
}

impl Written for Identity {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let identity = Self {
            members: fields.required("members")?,
            id: fields.optional("id")?,
            separator: fields.optional("separator")?.unwrap_or("/"),
            arn: fields.optional("arn")?,
            inputs: fields.or_default("inputs")?,
            constants: fields.or_default("constants")?,
            absent: fields.or_default("absent")?,
            absent_states: fields.or_default("absent_states")?,
            naming: fields.optional("naming")?,
        };
        fields.end()?;
        Ok(identity)
    }
}

impl Written for Listing {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let listing = Self {
            members: fields.or_default("members")?,
            defaults: fields.or_default("defaults")?,
            excluded: fields.or_default("excluded")?,
            mixed: fields.or_default("mixed")?,
        };
        fields.end()?;
        Ok(listing)
    }
}

impl Written for ErrorMatch {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let error = Self { code: fields.required("code")?, message: fields.optional("message")? };
        fields.end()?;
        Ok(error)
    }
}

impl Written for Naming {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let naming = Self {
            member: fields.required("member")?,
            prefix: fields.required("prefix")?,
            name_prefix: fields.or_default("name_prefix")?,
            max: usize::try_from(fields.required::<i64>("max")?).map_err(|_| "`max` has to be positive".to_owned())?,
        };
        fields.end()?;
        Ok(naming)
    }
}

impl Written for Tags {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let tags = Self { replace: fields.or_default("replace")?, unless: fields.optional("unless")? };
        fields.end()?;
        Ok(tags)
    }
}

impl Written for Wait {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let wait = Self {
            field: fields.optional("field")?,
            pending: fields.or_default("pending")?,
            done: fields.or_default("done")?,
            failed: fields.or_default("failed")?,
            reasons: fields.or_default("reasons")?,
            wanted: fields.or_default("wanted")?,
            restores: fields.or_default("restores")?,
            timeout: fields.required::<Seconds>("timeout")?.0,
        };
        fields.end()?;
        Ok(wait)
    }
}

impl Written for Retry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let retry = Self {
            operation: fields.required("operation")?,
            error: ErrorMatch { code: fields.required("code")?, message: fields.optional("message")? },
            timeout: fields.required::<Seconds>("timeout")?.0,
        };
        fields.end()?;
        Ok(retry)
    }
}

impl Written for Rule {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let rule = Self {
            check: fields.required("check")?,
            within: fields.optional("within")?,
            names: fields.required("names")?,
            on_create: fields.or_default("on_create")?,
        };
        fields.end()?;
        Ok(rule)
    }
}

impl Written for Check {
    fn read(value: Value) -> Result<Self, String> {
        let choices = [
            ("exactly_one", Self::ExactlyOne),
            ("at_least_one", Self::AtLeastOne),
            ("at_most_one", Self::AtMostOne),
            ("requires", Self::Requires),
            ("required", Self::Required),
            ("positive", Self::Positive),
            ("requires_outside", Self::RequiresOutside),
        ];
        choice(value, &choices)
    }
}

impl Written for UpdateSends {
    fn read(value: Value) -> Result<Self, String> {
        choice(value, &[("changed", Self::Changed), ("all", Self::All), ("one", Self::One)])
    }
}

impl Written for Replacement {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let (loses, harmless) = (fields.optional("loses")?, fields.optional("harmless")?);
        fields.end()?;
        match (loses, harmless) {
            (Some(what), None) => Ok(Self::Loses(what)),
            (None, Some(why)) => Ok(Self::Harmless(why)),
            _ => Err("has to have either `loses` or `harmless`".to_owned()),
        }
    }
}

impl Written for Switch {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let kind: &str = fields.required("type")?;
        let switch = Self { default: fields.optional("default")? };
        fields.end()?;
        if kind == "bool" { Ok(switch) } else { Err(format!("`type` is `{kind}`, but has to be `bool`")) }
    }
}

impl CallEntry {
    fn of(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            operation: fields.required("operation")?,
            description: fields.required("description")?,
            descriptions: fields.or_default("descriptions")?,
            attributes: fields.or_default("attributes")?,
        })
    }
}

impl Written for CallEntry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let call = Self::of(&mut fields)?;
        fields.end()?;
        Ok(call)
    }
}

impl Written for ActionEntry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let action = Self { call: CallEntry::of(&mut fields)?, completion: fields.optional("completion")? };
        fields.end()?;
        Ok(action)
    }
}

impl Written for CompletionEntry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let completion = Self {
            read: fields.required("read")?,
            inputs: fields.or_default("inputs")?,
            element: fields.optional("element")?,
            wait: Wait {
                field: Some(fields.required("field")?),
                pending: fields.or_default("pending")?,
                done: fields.required("done")?,
                failed: fields.or_default("failed")?,
                reasons: fields.or_default("reasons")?,
                wanted: &[],
                restores: &[],
                timeout: fields.required::<Seconds>("timeout")?.0,
            },
            by_default: fields.required("by_default")?,
            unless_done: fields.or_default("unless_done")?,
        };
        fields.end()?;
        Ok(completion)
    }
}

impl Written for Registry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let registry = Self { repositories: fields.required("repositories")?, accounts: fields.required("accounts")? };
        fields.end()?;
        Ok(registry)
    }
}

impl ResourceFile {
    /// The Terraform type: `sagemaker_model`.
    pub(super) fn type_name(&self) -> String {
        format!("sagemaker_{}", self.file.trim_end_matches(".toml"))
    }
}

impl CallEntry {
    /// The call as a resource, so that both are joined by the same rules: its input is the create input, its output is
    /// the read output.
    pub(super) fn into_resource(self, file: &str, name: &str) -> ResourceFile {
        ResourceFile {
            file: format!("{file}: {name}"),
            noun: super::written::leak(name.replace('_', " ")),
            description: self.description,
            schema_version: 0,
            moved_from: &[],
            log_group: None,
            update_sends: UpdateSends::Changed,
            update_needs: None,
            replacement: None,
            in_use: None,
            operations: Operations {
                create: self.operation,
                read: self.operation,
                object: None,
                update: None,
                delete: None,
                stop: None,
                list: None,
            },
            identity: Identity {
                members: &[],
                id: None,
                separator: "/",
                arn: None,
                inputs: &[],
                constants: &[],
                absent: &[],
                absent_states: &[],
                naming: None,
            },
            listing: Listing::default(),
            tags: None,
            waits: Waits::default(),
            retries: Vec::new(),
            rules: Vec::new(),
            descriptions: self.descriptions,
            switches: BTreeMap::new(),
            attributes: self.attributes,
            shapes: Shapes::new(),
        }
    }
}

/// Reads the file of a resource. `None` if required parts are missing.
pub(super) fn resource(source: &Source, problems: &mut Problems) -> Option<ResourceFile> {
    let mut reader = Reader::open(source, problems)?;
    let noun = reader.required("noun");
    let description = reader.required("description");
    let schema_version = reader.optional("schema_version");
    let moved_from = reader.optional("moved_from");
    let log_group = reader.optional("log_group");
    let update_sends = reader.optional("update_sends");
    let update_needs = reader.optional("update_needs");
    let replacement = reader.optional("replacement");
    let in_use = reader.optional("in_use");
    let operations = reader.required("operations");
    let identity = reader.required("identity");
    let listing = reader.optional("list");
    let tags = reader.optional("tags");
    let waits = reader.waits();
    let retries = reader.list("retry");
    let rules = reader.list("rule");
    let descriptions = reader.entries("descriptions");
    let switches = reader.entries("switches");
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
        identity: identity?,
        listing: listing.unwrap_or_default(),
        tags,
        waits,
        retries,
        rules,
        descriptions,
        switches,
        attributes,
        shapes: shapes.unwrap_or_default(),
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

/// The key of an entry as it is written in a file.
pub(super) fn key_of(table: &str, entry: &str) -> String {
    let quote = if entry.contains('.') { "\"" } else { "" };
    let dot = if table.is_empty() { "" } else { "." };
    format!("{table}{dot}{quote}{entry}{quote}")
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
            let reason = "is no wait; there are `create`, `update`, `stop`, `delete` and `completion`";
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
            self.problems.add(self.file, key, format!("is no key; there are {}", listed(&self.known)));
        }
    }
}
