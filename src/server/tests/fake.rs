//! A scripted provider.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use tokio::sync::{Semaphore, mpsc::Sender};

use crate::{
    diag::{Diagnostic, Diagnostics},
    engine::{FunctionError, ImportTarget, ListOptions, Listed, Outcome, Plan, Provider, Schemas, StoredState},
    schema::{
        Attribute, Block, Function, IdentityAttribute, IdentitySchema, NestedBlock, Nesting, Parameter, Schema, Type,
        Usage,
    },
    value::{Path, Value},
};

/// A provider of one resource type. The attribute `name` of the resource determines its behaviour.
pub(super) struct Fake {
    pub(super) schemas: Schemas,
    pub(super) stopped: Semaphore,
    /// One permit for each completed slow apply.
    pub(super) applied_slowly: Semaphore,
    /// One permit for each apply that waits for the stop.
    pub(super) waiting: Semaphore,
}

fn attribute(name: &'static str, r#type: Type, usage: Usage) -> Attribute {
    Attribute { name, r#type, description: "", usage, sensitive: false, write_only: false, deprecated: None }
}

pub(super) fn fake_block() -> Block {
    let variant = Block { attributes: vec![attribute("weight", Type::Number, Usage::Optional)], ..Block::default() };
    Block {
        attributes: vec![
            attribute("id", Type::String, Usage::Computed),
            attribute("name", Type::String, Usage::Required),
            attribute("tags", Type::Map(Box::new(Type::String)), Usage::Optional),
        ],
        blocks: vec![NestedBlock {
            name: "variant",
            nesting: Nesting::List,
            block: variant,
            min_items: 0,
            max_items: 0,
        }],
        ..Block::default()
    }
}

impl Fake {
    pub(super) fn new() -> Arc<Self> {
        let provider = Schema {
            version: 0,
            block: Block { attributes: vec![attribute("region", Type::String, Usage::Optional)], ..Block::default() },
        };
        let look_up = Block {
            attributes: vec![
                attribute("name", Type::String, Usage::Required),
                attribute("found", Type::Bool, Usage::Computed),
            ],
            ..Block::default()
        };
        let filter = Block { attributes: vec![attribute("name", Type::String, Usage::Optional)], ..Block::default() };
        let of_name = IdentityAttribute { name: "name", r#type: Type::String, description: "", required: true };
        let schemas = Schemas {
            provider,
            resources: BTreeMap::from([("fake_resource", Schema { version: 2, block: fake_block() })]),
            data_sources: BTreeMap::from([("fake_look_up", Schema { version: 0, block: look_up })]),
            identities: BTreeMap::from([("fake_resource", IdentitySchema { version: 0, attributes: vec![of_name] })]),
            lists: BTreeMap::from([("fake_resource", Schema { version: 0, block: filter.clone() })]),
            actions: BTreeMap::from([("fake_action", Schema { version: 0, block: filter.clone() })]),
            ephemerals: BTreeMap::from([("fake_secret", Schema { version: 0, block: filter })]),
            functions: BTreeMap::from([
                ("fake_join", fake_join()),
                ("fake_word", Function { variadic: None, ..fake_join() }),
            ]),
        };
        Arc::new(Self {
            schemas,
            stopped: Semaphore::new(0),
            applied_slowly: Semaphore::new(0),
            waiting: Semaphore::new(0),
        })
    }
}

fn fake_join() -> Function {
    let parameter = |name| Parameter { name, r#type: Type::String, description: "A word." };
    Function {
        summary: "Joins words.",
        description: "Joins words with `-`.",
        parameters: vec![parameter("first")],
        variadic: Some(parameter("others")),
        returns: Type::String,
    }
}

pub(super) fn identity(name: &str) -> Value {
    Value::from([("name", name.into())])
}

pub(super) fn name(value: &Value) -> &str {
    value.get("name").as_str().unwrap_or_default()
}

#[async_trait]
impl Provider for Fake {
    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    fn validate_provider(&self, config: &Value) -> Diagnostics {
        match config.get("region").as_str() {
            Some("nowhere") => {
                Diagnostic::warning("Odd region", "Nobody lives there.").at(&Path::attribute("region")).into()
            }
            _ => Diagnostics::new(),
        }
    }

    async fn configure(&self, config: &Value, terraform_version: &str) -> Diagnostics {
        Diagnostic::warning("Configured", format!("{} {terraform_version}", config.get("region"))).into()
    }

    fn validate_resource(&self, _: &str, config: &Value, _: bool) -> Diagnostics {
        match name(config) {
            "panic" => panic!("as configured"),
            "" => Diagnostic::error("No name", "A fake resource needs one.").at(&Path::attribute("name")).into(),
            _ => Diagnostics::new(),
        }
    }

    fn upgrade(&self, _: &str, stored: StoredState) -> Outcome {
        let mut state = stored.state;
        if stored.version == 1 {
            let name = state.get("title").clone();
            state = Value::from([
                ("id", Value::Null),
                ("name", name),
                ("tags", Value::Null),
                ("variant", Value::List(vec![])),
            ]);
        }
        Outcome { state, ..Outcome::default() }
    }

    async fn read(&self, _: &str, prior: &Value, private: &[u8]) -> Outcome {
        match name(prior) {
            "gone" => Outcome::default(),
            "panic" => panic!("as configured"),
            _ => Outcome { state: prior.clone(), private: private.to_vec(), ..Outcome::default() },
        }
    }

    fn plan(&self, _: &str, prior: &Value, config: &Value, private: &[u8]) -> Plan {
        let mut planned = config.clone();
        if !planned.is_null() {
            planned.insert("id", if prior.is_null() { Value::unknown() } else { prior.get("id").clone() });
        }
        if name(config) == "misplanned" {
            planned.insert("id", true.into());
        }
        Plan {
            planned,
            requires_replace: vec![Path::attribute("variant").index(0).then("weight")],
            private: [private, b"+planned"].concat(),
            diagnostics: Diagnostics::new(),
        }
    }

    async fn apply(&self, _: &str, prior: &Value, planned: &Value, _: &Value, private: &[u8]) -> Outcome {
        if planned.is_null() {
            return Outcome::default();
        }
        let mut state = planned.clone();
        state.insert("id", "id-1".into());
        let mut diagnostics = Diagnostics::new();
        match name(planned) {
            "panic" => panic!("as configured"),
            "mistyped" => state.insert("tags", true.into()),
            "slow" => {
                self.waiting.add_permits(1);
                self.stopped.acquire().await.expect("it is never closed").forget();
                diagnostics.push(Diagnostic::error("Stopped", "The host sent Stop."));
                self.applied_slowly.add_permits(1);
            }
            "endless" => {
                self.waiting.add_permits(1);
                std::future::pending::<()>().await;
            }
            _ => {}
        }
        assert!(prior.is_null() || prior.get("id") == &Value::from("id-1"), "the prior state comes through");
        let identity = if state.is_null() { Value::Null } else { identity(name(&state)) };
        Outcome { state, private: [private, b"+applied"].concat(), identity, diagnostics }
    }

    async fn import(&self, _: &str, target: ImportTarget<'_>) -> Outcome {
        let id = match target {
            ImportTarget::Id(id) => id,
            ImportTarget::Identity(identity) => name(identity),
        };
        let state = Value::from([
            ("id", id.into()),
            ("name", Value::Null),
            ("tags", Value::Null),
            ("variant", Value::List(vec![])),
        ]);
        Outcome { state, private: b"imported".to_vec(), identity: identity(id), ..Outcome::default() }
    }

    fn generate_config(&self, _: &str, state: &Value) -> Outcome {
        let mut state = state.clone();
        state.insert("id", Value::Null);
        Outcome { state, ..Outcome::default() }
    }

    fn validate_action(&self, _: &str, config: &Value) -> Diagnostics {
        self.validate_list("", config)
    }

    async fn invoke_action(&self, _: &str, config: &Value, progress: Sender<String>) -> Diagnostics {
        assert!(name(config) != "panic", "the action fails");
        let _ = progress.send(format!("{} begins", name(config))).await;
        let _ = progress.send(format!("{} ends", name(config))).await;
        Diagnostic::warning("Done", "It was a test.").into()
    }

    fn validate_ephemeral(&self, _: &str, config: &Value) -> Diagnostics {
        self.validate_list("", config)
    }

    async fn open_ephemeral(&self, _: &str, config: &Value) -> Outcome {
        Outcome { state: config.clone(), ..Outcome::default() }
    }

    fn call_function(&self, _: &str, arguments: &[Value]) -> Result<Value, FunctionError> {
        let words: Vec<&str> = arguments.iter().filter_map(Value::as_str).collect();
        assert_ne!(words, ["panic"], "as requested");
        match words.iter().position(|word| word.is_empty()) {
            Some(argument) => Err(FunctionError { argument: Some(argument), text: "The word is empty.".to_owned() }),
            None => Ok(words.join("-").into()),
        }
    }

    fn validate_list(&self, _: &str, config: &Value) -> Diagnostics {
        match name(config) {
            "nothing" => Diagnostic::error("Nothing", "There is none.").into(),
            _ => Diagnostics::new(),
        }
    }

    /// Lists objects without end, for a host that has to stop.
    async fn list(&self, _: &str, config: &Value, options: ListOptions, objects: Sender<Listed>) {
        assert!(name(config) != "panic", "listing fails");
        for number in 0.. {
            let id = format!("{}{number}", name(config));
            let object = if options.with_objects { with_id(fake_object(&id)) } else { Value::Null };
            let listed = Listed { identity: identity(&id), display_name: id, object, ..Listed::default() };
            if objects.send(listed).await.is_err() {
                self.stopped.add_permits(1);
                return;
            }
        }
    }

    fn move_state(&self, source_type: &str, source: StoredState, _: &str) -> Outcome {
        let name = Value::String(format!("{source_type} v{} {}", source.version, source.state.get("n")));
        let state = Value::from([
            ("id", source.state.get("id").clone()),
            ("name", name),
            ("tags", Value::Null),
            ("variant", Value::List(vec![])),
        ]);
        Outcome { state, private: b"moved".to_vec(), ..Outcome::default() }
    }

    fn validate_data_source(&self, _: &str, config: &Value) -> Diagnostics {
        self.validate_resource("", config, true)
    }

    async fn read_data_source(&self, _: &str, config: &Value) -> Outcome {
        let mut state = config.clone();
        state.insert("found", true.into());
        Outcome { state, ..Outcome::default() }
    }

    fn stop(&self) {
        self.stopped.add_permits(1);
    }
}

pub(super) fn fake_object(name: &str) -> Value {
    let variant = Value::from([("weight", Value::Number("12345678901234567890.5".parse().expect("a number")))]);
    Value::from([
        ("id", Value::Null),
        ("name", name.into()),
        ("tags", Value::Null),
        ("variant", Value::List(vec![variant])),
    ])
}

pub(super) fn with_id(mut object: Value) -> Value {
    object.insert("id", "id-1".into());
    object
}
