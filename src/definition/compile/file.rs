//! The definition files as they are written: the keys of docs/definition-keys.md and no others.
//!
//! Only the form is read here. What a key means for the resource, and whether it can, is for `join` and `check`.

use std::{collections::BTreeMap, mem};

use serde::{Deserialize, de::DeserializeOwned};
use toml::{Table, Value};

use super::{name::listed, problem::Problems};

/// The name of the file of facts that hold for a structure wherever it occurs.
pub(crate) const SHAPES: &str = "shapes.toml";

/// The name of the file of queries.
pub(crate) const QUERIES: &str = "queries.toml";

/// A definition file and its text.
#[derive(Debug)]
pub(crate) struct Source {
    /// As it is called inside `schemas/`: `model.toml`.
    pub(crate) file: String,
    pub(crate) text: String,
}

/// The file of one resource.
#[derive(Debug)]
pub(super) struct ResourceFile {
    /// `model.toml`.
    pub(super) file: String,
    pub(super) noun: String,
    pub(super) description: String,
    pub(super) schema_version: i64,
    pub(super) log_group: String,
    pub(super) update_sends: UpdateSends,
    pub(super) update_needs: String,
    pub(super) replacement: Option<Replacement>,
    pub(super) in_use: String,
    pub(super) operations: Operations,
    pub(super) identity: Identity,
    pub(super) tags: Option<Tags>,
    pub(super) wait: Waits,
    pub(super) retries: Vec<Retry>,
    pub(super) rules: Vec<Rule>,
    pub(super) descriptions: BTreeMap<String, String>,
    pub(super) switches: BTreeMap<String, Switch>,
    /// By API path.
    pub(super) attributes: BTreeMap<String, Settings>,
    pub(super) shapes: Shapes,
}

/// The file of queries.
#[derive(Debug, Default)]
pub(super) struct Queries {
    /// What members are wherever a query has them and nothing else is said of them there.
    pub(super) members: BTreeMap<String, String>,
    /// By name, without the `sagemaker_`.
    pub(super) queries: BTreeMap<String, Query>,
}

/// A question to the service that a data source asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Query {
    pub(super) operation: String,
    pub(super) description: String,
    #[serde(default)]
    pub(super) descriptions: BTreeMap<String, String>,
    /// By API path.
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, Settings>,
}

/// By structure and member.
pub(super) type Shapes = BTreeMap<String, BTreeMap<String, Settings>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Operations {
    pub(super) create: String,
    pub(super) read: String,
    /// The member of the read output that holds the object; empty if the output itself does.
    #[serde(default)]
    pub(super) object: String,
    pub(super) update: Option<String>,
    pub(super) delete: Option<String>,
    pub(super) stop: Option<String>,
    pub(super) list: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Identity {
    pub(super) members: Vec<String>,
    #[serde(default)]
    pub(super) id: String,
    #[serde(default = "slash")]
    pub(super) separator: String,
    #[serde(default)]
    pub(super) arn: String,
    #[serde(default)]
    pub(super) inputs: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) constants: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) absent: Vec<ErrorMatch>,
    #[serde(default)]
    pub(super) absent_states: Vec<String>,
    pub(super) naming: Option<Naming>,
}

fn slash() -> String {
    "/".to_owned()
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ErrorMatch {
    pub(super) code: String,
    #[serde(default)]
    pub(super) message: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Naming {
    pub(super) member: String,
    pub(super) prefix: String,
    #[serde(default)]
    pub(super) name_prefix: bool,
    pub(super) max: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tags {
    #[serde(default)]
    pub(super) replace: bool,
    #[serde(default)]
    pub(super) unless: String,
}

#[derive(Debug, Default)]
pub(super) struct Waits {
    pub(super) create: Option<Wait>,
    pub(super) update: Option<Wait>,
    pub(super) stop: Option<Wait>,
    pub(super) delete: Option<Wait>,
    pub(super) completion: Option<Wait>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wait {
    #[serde(default)]
    pub(super) field: String,
    #[serde(default)]
    pub(super) pending: Vec<String>,
    #[serde(default)]
    pub(super) done: Vec<String>,
    #[serde(default)]
    pub(super) failed: Vec<String>,
    #[serde(default)]
    pub(super) reasons: Vec<String>,
    #[serde(default)]
    pub(super) wanted: Vec<String>,
    #[serde(default)]
    pub(super) restores: Vec<String>,
    pub(super) timeout: Seconds,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Retry {
    pub(super) operation: String,
    pub(super) code: String,
    #[serde(default)]
    pub(super) message: String,
    pub(super) timeout: Seconds,
}

/// A duration, written like `90s`, `60m` or `1h30m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Seconds(pub(super) u64);

impl TryFrom<String> for Seconds {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut seconds = 0;
        let mut number = String::new();
        for character in text.chars() {
            let unit = match character {
                '0'..='9' => None,
                's' => Some(1),
                'm' => Some(60),
                'h' => Some(3600),
                _ => return Err(Self::fault(&text)),
            };
            match unit {
                None => number.push(character),
                Some(unit) => {
                    let count: u64 = mem::take(&mut number).parse().map_err(|_| Self::fault(&text))?;
                    seconds += count * unit;
                }
            }
        }
        if seconds > 0 && number.is_empty() { Ok(Self(seconds)) } else { Err(Self::fault(&text)) }
    }
}

impl Seconds {
    fn fault(text: &str) -> String {
        format!("`{text}` is no duration; write it like `90s`, `60m` or `1h30m`")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) check: Check,
    #[serde(default)]
    pub(super) within: String,
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) on_create: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum UpdateSends {
    #[default]
    Changed,
    All,
    One,
}

/// What it costs to replace an object.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Replacement {
    /// What is lost with the object.
    Loses(String),
    /// Why nothing is.
    Harmless(String),
}

impl Replacement {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Loses(text) | Self::Harmless(text) => text,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Check {
    ExactlyOne,
    AtLeastOne,
    AtMostOne,
    Requires,
    Required,
    Positive,
    RequiresOutside,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Switch {
    pub(super) r#type: SwitchType,
    pub(super) default: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SwitchType {
    Bool,
}

/// The keys of an attribute: the one list of them, and what is done key by key.
macro_rules! settings {
    ($($key:ident: $type:ty,)*) => {
        /// What is written of one attribute.
        #[derive(Debug, Clone, Default, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Settings {
            $(pub(super) $key: Option<$type>,)*
        }

        impl Settings {
            /// These settings, and those of `lower` where these say nothing.
            pub(super) fn over(self, lower: &Self) -> Self {
                Self { $($key: self.$key.or_else(|| lower.$key.clone()),)* }
            }

            /// The keys that are written.
            pub(super) fn keys(&self) -> Vec<&'static str> {
                [$(self.$key.as_ref().map(|_| stringify!($key)),)*].into_iter().flatten().collect()
            }

            /// The keys that say what `lower` says anyway.
            pub(super) fn repeats(&self, lower: &Self) -> Vec<&'static str> {
                [$((self.$key.is_some() && self.$key == lower.$key).then_some(stringify!($key)),)*]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        }
    };
}

settings! {
    name: String,
    in_update: String,
    in_read: String,
    only: String,
    description: String,
    ignore: String,
    computed: bool,
    filled_in: bool,
    default: Value,
    usage: Usage,
    set: bool,
    block: bool,
    key: String,
    additions: String,
    min_items: i64,
    max_items: i64,
    change: Change,
    observed: bool,
    equality: Equality,
    closed: String,
    concealed: bool,
    secret: bool,
    deprecated: String,
    clearing: Clearing,
    on_update: OnUpdate,
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Usage {
    Required,
    Optional,
    Computed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Change {
    Replace,
    InPlace,
    Quiet,
    Stable,
    Volatile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Equality {
    Json,
    Policy,
    IgnoreCase,
    NameOrArn,
    Float,
    VersionPrefix,
    UnversionedArn,
}

/// What an update does with a structure that it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OnUpdate {
    /// Members that are left out stay.
    Merged,
    /// Members that are left out are cleared.
    Replaced,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Clearing {
    Never,
    /// Never written: it follows from `on_update`.
    #[serde(skip)]
    Members,
    /// Never written: it follows from `default`.
    #[serde(skip)]
    Default,
    Empty,
    /// `{}`, which clears a structure only where a source says so.
    EmptyStructure,
    Value(String),
    Property(String),
    Keys(String),
    Flag(String),
}

impl ResourceFile {
    /// The Terraform type: `sagemaker_model`.
    pub(super) fn type_name(&self) -> String {
        format!("sagemaker_{}", self.file.trim_end_matches(".toml"))
    }

    /// What is lost with an object that is replaced; empty if nothing is.
    pub(super) fn loses(&self) -> &str {
        match &self.replacement {
            Some(Replacement::Loses(what)) => what,
            Some(Replacement::Harmless(_)) | None => "",
        }
    }
}

impl Change {
    /// True for what is said of values that only the service sets.
    pub(super) fn is_of_service(self) -> bool {
        matches!(self, Self::Stable | Self::Volatile)
    }
}

impl Settings {
    /// The member of the update input that stands for no attribute but serves this one.
    pub(super) fn update_member(&self) -> Option<&str> {
        self.additions.as_deref().or_else(|| self.clearing.as_ref()?.member())
    }
}

impl Clearing {
    /// The member of the update input that says what is cleared.
    pub(super) fn member(&self) -> Option<&str> {
        match self {
            Self::Never | Self::Members | Self::Default | Self::Empty | Self::EmptyStructure | Self::Value(_) => None,
            Self::Property(member) | Self::Keys(member) | Self::Flag(member) => Some(member),
        }
    }
}

impl Query {
    /// The query as if it were a resource, so that both are joined by the same rules: what it asks is the create input,
    /// what it is told is the read output.
    pub(super) fn into_resource(self, name: &str) -> ResourceFile {
        ResourceFile {
            file: format!("{QUERIES}: {name}"),
            noun: name.replace('_', " "),
            description: self.description,
            schema_version: 0,
            log_group: String::new(),
            update_sends: UpdateSends::default(),
            update_needs: String::new(),
            replacement: None,
            in_use: String::new(),
            operations: Operations {
                create: self.operation.clone(),
                read: self.operation,
                object: String::new(),
                update: None,
                delete: None,
                stop: None,
                list: None,
            },
            identity: Identity::default(),
            tags: None,
            wait: Waits::default(),
            retries: Vec::new(),
            rules: Vec::new(),
            descriptions: self.descriptions,
            switches: BTreeMap::new(),
            attributes: self.attributes,
            shapes: Shapes::new(),
        }
    }
}

/// Reads the file of a resource. None if there is too little in it to go on with.
pub(super) fn read_resource(source: &Source, problems: &mut Problems) -> Option<ResourceFile> {
    let mut reader = Reader::open(source, problems)?;
    let noun = reader.required("noun");
    let description = reader.required("description");
    let schema_version = reader.optional("schema_version");
    let log_group = reader.optional("log_group");
    let update_sends = reader.optional("update_sends");
    let update_needs = reader.optional("update_needs");
    let replacement = reader.optional("replacement");
    let in_use = reader.optional("in_use");
    let operations = reader.required("operations");
    let identity = reader.required("identity");
    let tags = reader.optional("tags");
    let wait = reader.waits();
    let retries = reader.list("retry");
    let rules = reader.list("rule");
    let descriptions = reader.entries("descriptions");
    let switches = reader.entries("switches");
    let attributes = reader.entries("attributes");
    let shapes = reader.optional("shapes").map(|tables| reader.shapes("shapes", tables));
    reader.refuse_the_rest();
    // Only now, when all problems of the file are told, is a file with a part missing given up.
    Some(ResourceFile {
        file: source.file.clone(),
        noun: noun?,
        description: description?,
        schema_version: schema_version.unwrap_or_default(),
        log_group: log_group.unwrap_or_default(),
        update_sends: update_sends.unwrap_or_default(),
        update_needs: update_needs.unwrap_or_default(),
        replacement,
        in_use: in_use.unwrap_or_default(),
        operations: operations?,
        identity: identity?,
        tags,
        wait,
        retries,
        rules,
        descriptions,
        switches,
        attributes,
        shapes: shapes.unwrap_or_default(),
    })
}

/// Reads a file that has one form as a whole.
pub(super) fn read_whole<T: DeserializeOwned>(source: &Source, problems: &mut Problems) -> Option<T> {
    let mut reader = Reader::open(source, problems)?;
    let table = mem::take(&mut reader.table);
    reader.decode("", Value::Table(table))
}

/// Reads the file of queries.
pub(super) fn read_queries(source: &Source, problems: &mut Problems) -> Queries {
    let Some(mut reader) = Reader::open(source, problems) else { return Queries::default() };
    let queries = Queries { members: reader.entries("members"), queries: reader.entries("query") };
    reader.refuse_the_rest();
    queries
}

/// Reads the file of facts about structures.
pub(super) fn read_shapes(source: &Source, problems: &mut Problems) -> Shapes {
    let Some(mut reader) = Reader::open(source, problems) else { return Shapes::new() };
    let tables = mem::take(&mut reader.table);
    reader.shapes("", tables)
}

/// The key of an entry as it is written in a file.
pub(super) fn key_of(table: &str, entry: &str) -> String {
    let quote = if entry.contains('.') { "\"" } else { "" };
    let dot = if table.is_empty() { "" } else { "." };
    format!("{table}{dot}{quote}{entry}{quote}")
}

/// Takes a file apart key by key, so that a fault in one leaves the others to be read.
struct Reader<'a> {
    file: &'a str,
    /// What has not been read yet.
    table: Table,
    known: Vec<&'static str>,
    problems: &'a mut Problems,
}

impl<'a> Reader<'a> {
    fn open(source: &'a Source, problems: &'a mut Problems) -> Option<Self> {
        match source.text.parse() {
            Ok(table) => Some(Self { file: &source.file, table, known: Vec::new(), problems }),
            Err(error) => {
                let before = error.span().map_or("", |span| &source.text[..span.start]);
                let line = before.lines().count().max(1);
                problems.add(&source.file, "", format!("line {line}: {}", one_line(&error)));
                None
            }
        }
    }

    fn required<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        if !self.table.contains_key(key) {
            self.problems.add(self.file, key, "is missing");
        }
        self.optional(key)
    }

    fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        self.known.push(key);
        let value = self.table.remove(key)?;
        self.decode(key, value)
    }

    /// A table whose entries are all of one kind.
    fn entries<T: DeserializeOwned>(&mut self, key: &'static str) -> BTreeMap<String, T> {
        let table: Table = self.optional(key).unwrap_or_default();
        let decode = |(name, value): (String, Value)| {
            let decoded = self.decode(&key_of(key, &name), value)?;
            Some((name, decoded))
        };
        table.into_iter().filter_map(decode).collect()
    }

    fn list<T: DeserializeOwned>(&mut self, key: &'static str) -> Vec<T> {
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
                    Value::String(text) => Settings { description: Some(text), ..Settings::default() },
                    value => self.decode(&key_of(&key, &member), value)?,
                };
                Some((member, settings))
            };
            shapes.insert(structure, members.into_iter().filter_map(settings).collect());
        }
        shapes
    }

    fn decode<T: DeserializeOwned>(&mut self, key: &str, value: Value) -> Option<T> {
        value.try_into().map_err(|error| self.problems.add(self.file, key, one_line(&error))).ok()
    }

    fn refuse_the_rest(self) {
        for key in self.table.keys() {
            self.problems.add(self.file, key, format!("is no key; there are {}", listed(&self.known)));
        }
    }
}

fn one_line(error: &toml::de::Error) -> String {
    error.message().lines().collect::<Vec<_>>().join(" ")
}
