//! Terraform, as far as it decides how a provider is called: refresh, plan, apply, import and destroy of a configuration,
//! with the checks that Terraform's core makes of every plan and result (`laws::oracle`). What core would call a bug of
//! the provider panics.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    case::NAME,
    configuration::{Configuration, Scope},
    schemas::SCHEMAS,
    service::{Service, Signal},
};
use crate::{
    api::in_process::InProcess,
    diag::{Diagnostics, Severity},
    engine::{Engine, ImportTarget, Outcome, Provider},
    laws::oracle::{compatible, identity_kept, plan_valid, still_holds},
    schema::Block,
    special::SPECIALS,
    value::Value,
};

/// The provider block.
const SETTINGS: &str = r#"
region     = "us-east-1"
access_key = "AKIDEXAMPLE"
secret_key = "secret"
"#;

/// A directory with a configuration and a state, and the provider that it uses.
pub(crate) struct Workspace {
    service: Arc<Service>,
    signals: UnboundedReceiver<Signal>,
    provider: Engine,
    /// Arguments of the provider block.
    settings: String,
    pub(crate) state: BTreeMap<String, Instance>,
}

/// An object in the state.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub(crate) type_name: String,
    pub(crate) value: Value,
    pub(crate) private: Vec<u8>,
    pub(crate) identity: Value,
    pub(crate) tainted: bool,
    /// The addresses of the resources that it refers to.
    dependencies: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    NoOp,
    Create,
    Update,
    Replace,
    Delete,
}

/// What is planned for one object.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) address: String,
    pub(crate) action: Action,
    pub(crate) planned: Value,
    private: Vec<u8>,
}

/// The changes, in the order of references, and what the user reads.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) changes: Vec<Change>,
    /// Objects that a refresh has found changed or deleted.
    pub(crate) drift: Vec<String>,
    pub(crate) messages: Messages,
}

/// What the user reads, errors and warnings apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Messages {
    pub(crate) errors: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

/// How an apply has ended.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) messages: Messages,
    /// The provider was killed, and with it Terraform.
    pub(crate) killed: bool,
    /// The user has interrupted it.
    interrupted: bool,
    /// What has failed, or was not tried after a failure.
    undone: BTreeSet<String>,
}

impl Workspace {
    /// An empty workspace. `settings` are further arguments of the provider block.
    pub(crate) async fn new(service: Arc<Service>, signals: UnboundedReceiver<Signal>, settings: &str) -> Self {
        let provider = engine(&service);
        let mut workspace = Self { service, signals, provider, settings: settings.to_owned(), state: BTreeMap::new() };
        workspace.start_provider().await;
        workspace
    }

    /// Starts a new process of the provider, as each command of Terraform does.
    async fn start_provider(&mut self) {
        self.provider = engine(&self.service);
        let text = format!("{SETTINGS}{}", self.settings);
        let config = Configuration::block(&text, &SCHEMAS.provider.block);
        let mut messages = Messages::default();
        messages.add(&self.provider.validate_provider(&config));
        messages.add(&self.provider.configure(&config, "1.11.4").await);
        assert!(messages.errors.is_empty(), "{messages:?}");
    }

    /// The provider of the last command.
    pub(crate) fn provider(&self) -> &Engine {
        &self.provider
    }

    /// Changes the arguments of the provider block.
    pub(crate) async fn set(&mut self, settings: &str) {
        settings.clone_into(&mut self.settings);
        self.start_provider().await;
    }

    /// Plans and applies; nothing may fail. Gives the plan.
    pub(crate) async fn must_apply(&mut self, configuration: &Configuration) -> Plan {
        let plan = self.plan(configuration).await;
        assert_eq!(plan.messages.errors, Vec::<String>::new(), "the plan fails");
        let applied = self.apply(configuration, &plan).await;
        assert_eq!(applied.messages.errors, Vec::<String>::new(), "the apply fails");
        assert!(!applied.killed && applied.undone.is_empty(), "{:?} is not done", applied.undone);
        plan
    }

    /// Refreshes the state and plans. After an error, the plan is not complete.
    pub(crate) async fn plan(&mut self, configuration: &Configuration) -> Plan {
        self.start_provider().await;
        let mut plan = Plan::default();
        self.refresh(&mut plan).await;
        let mut scope = scope();
        if plan.messages.errors.is_empty() {
            for resource in configuration.resources() {
                for instance in resource.instances(&scope) {
                    let config = resource.config(&instance, &scope, block(&resource.type_name));
                    if let Some(known) = self.state.get_mut(&instance.address) {
                        known.dependencies.extend(resource.references.clone());
                    }
                    let change = self.plan_one(&resource.type_name, &instance.address, &config, &mut plan.messages);
                    scope.values.insert(instance.address, change.planned.clone());
                    plan.changes.push(change);
                }
            }
            let known: BTreeSet<&String> = plan.changes.iter().map(|change| &change.address).collect();
            let gone: Vec<String> = self.state.keys().filter(|address| !known.contains(address)).cloned().collect();
            self.plan_deletions(&gone, &mut plan);
        }
        plan
    }

    /// Applies what was planned for this configuration.
    pub(crate) async fn apply(&mut self, configuration: &Configuration, plan: &Plan) -> Applied {
        let mut applied = Applied::default();
        self.delete_planned(plan, &mut applied).await;
        let mut scope = scope();
        for resource in configuration.resources() {
            for instance in resource.instances(&scope) {
                let change = plan.changes.iter().find(|change| change.address == instance.address);
                let change = change.expect("what is configured is planned");
                let blocked = resource.references.iter().any(|other| applied.lacks(other));
                if blocked || applied.ends() || applied.undone.contains(&change.address) {
                    applied.undone.insert(change.address.clone());
                } else if change.action != Action::NoOp {
                    let config = resource.config(&instance, &scope, block(&resource.type_name));
                    let dependencies = resource.references.clone();
                    self.apply_one(&resource.type_name, change, &config, dependencies, &mut applied).await;
                }
                if let Some(instance) = self.state.get(&change.address) {
                    scope.values.insert(change.address.clone(), instance.value.clone());
                }
            }
        }
        applied
    }

    /// Destroys everything.
    pub(crate) async fn destroy(&mut self) -> Applied {
        self.start_provider().await;
        let mut plan = Plan::default();
        self.refresh(&mut plan).await;
        let all: Vec<String> = self.state.keys().cloned().collect();
        self.plan_deletions(&all, &mut plan);
        let mut applied = Applied { messages: plan.messages.clone(), ..Applied::default() };
        if applied.messages.errors.is_empty() {
            self.delete_planned(&plan, &mut applied).await;
        }
        applied
    }

    /// Imports an object into the state.
    pub(crate) async fn import(&mut self, address: &str, id: &str) -> Messages {
        let mut messages = Messages::default();
        let type_name = address.split('.').next().unwrap_or_default();
        let found = self.provider.import(type_name, ImportTarget::Id(id)).await;
        messages.add(&found.diagnostics);
        if messages.errors.is_empty() {
            let read = self.provider.read(type_name, &found.state, &found.private).await;
            messages.add(&read.diagnostics);
            if read.state.is_null() {
                messages.errors.push(format!("Cannot import non-existent remote object {id}"));
            } else if messages.errors.is_empty() {
                let instance = Instance::new(type_name, read.state, read.private, BTreeSet::new());
                self.state.insert(address.to_owned(), instance);
            }
        }
        messages
    }

    /// Refreshes the object at an address, which the service records as the cause of the calls.
    pub(crate) async fn read(&self, address: &str) {
        let instance = &self.state[address];
        self.service.work_on(address);
        self.provider.read(&instance.type_name, &instance.value, &instance.private).await;
        self.service.work_on("");
    }

    /// Takes the mark of a failed create from an object in the state.
    pub(crate) fn untaint(&mut self, address: &str) {
        if let Some(instance) = self.state.get_mut(address) {
            instance.tainted = false;
        }
    }

    async fn refresh(&mut self, plan: &mut Plan) {
        for (address, instance) in self.state.clone() {
            let read = self.provider.read(&instance.type_name, &instance.value, &instance.private).await;
            plan.messages.add(&read.diagnostics);
            let block = block(&instance.type_name);
            assert!(block.object_type().admits(&read.state), "{address}: a read gives {}", read.state);
            assert!(read.state.is_wholly_known(), "{address}: a read gives {}", read.state);
            if read.state != instance.value {
                plan.drift.push(address.clone());
            }
            if read.state.is_null() {
                self.state.remove(&address);
            } else {
                let problems = identity_kept(&instance.identity, &read.identity);
                assert!(problems.is_empty(), "{address}: a refresh\n{}", problems.join("\n"));
                let Outcome { state: value, private, identity, .. } = read;
                self.state.insert(address, Instance { value, private, identity, ..instance });
            }
        }
    }

    fn plan_one(&self, type_name: &str, address: &str, config: &Value, messages: &mut Messages) -> Change {
        messages.add(&self.provider.validate_resource(type_name, config, true));
        let known = self.state.get(address);
        let (prior, private) = match known {
            Some(known) if !known.tainted => (&known.value, known.private.as_slice()),
            _ => (&Value::Null, &[] as &[u8]),
        };
        let mut plan = self.planned(type_name, address, (prior, config, private), messages);
        let replaces = known.is_some_and(|known| known.tainted) || !plan.requires_replace.is_empty();
        if !plan.requires_replace.is_empty() {
            plan = self.planned(type_name, address, (&Value::Null, config, &[]), messages);
        }
        let action = match prior {
            _ if replaces => Action::Replace,
            Value::Null => Action::Create,
            prior if *prior == plan.planned => Action::NoOp,
            _ => Action::Update,
        };
        Change { address: address.to_owned(), action, planned: plan.planned, private: plan.private }
    }

    /// A plan that Terraform accepts.
    fn planned(
        &self,
        type_name: &str,
        address: &str,
        (prior, config, private): (&Value, &Value, &[u8]),
        messages: &mut Messages,
    ) -> crate::engine::Plan {
        let plan = self.provider.plan(type_name, prior, config, private);
        messages.add(&plan.diagnostics);
        if !plan.diagnostics.has_error() {
            let problems = plan_valid(block(type_name), prior, config, &plan.planned);
            assert!(problems.is_empty(), "{address}: invalid plan\n{}", problems.join("\n"));
        }
        plan
    }

    fn plan_deletions(&self, addresses: &[String], plan: &mut Plan) {
        for address in addresses {
            let instance = &self.state[address];
            let planned = self.provider.plan(&instance.type_name, &instance.value, &Value::Null, &instance.private);
            plan.messages.add(&planned.diagnostics);
            assert!(planned.planned.is_null(), "{address}: a destroy that is planned as {}", planned.planned);
            let change = Change {
                address: address.clone(),
                action: Action::Delete,
                planned: Value::Null,
                private: planned.private,
            };
            plan.changes.push(change);
        }
    }

    /// Deletes what is to be deleted or replaced, each after what refers to it.
    async fn delete_planned(&mut self, plan: &Plan, applied: &mut Applied) {
        let mut left: Vec<&Change> = plan.changes.iter().filter(|change| change.deletes()).collect();
        while !left.is_empty() {
            let is_free = |change: &&Change| {
                let refers = |other: &&Change| {
                    self.state
                        .get(&other.address)
                        .is_some_and(|other| other.dependencies.contains(base(&change.address)))
                };
                !left.iter().any(refers)
            };
            let change = left.remove(left.iter().rposition(is_free).expect("references make no circle"));
            let is_held = self.state.iter().any(|(address, instance)| {
                applied.undone.contains(address) && instance.dependencies.contains(base(&change.address))
            });
            if is_held || applied.ends() {
                applied.undone.insert(change.address.clone());
            } else {
                self.delete_one(change, applied).await;
            }
        }
    }

    async fn delete_one(&mut self, change: &Change, applied: &mut Applied) {
        let Some(instance) = self.state.get(&change.address).cloned() else { return };
        let values = (&instance.value, &Value::Null, &Value::Null);
        // That of a replacement comes from the plan of the new object (seen with Terraform 1.11).
        let private = &change.private;
        let Some(outcome) = self.attended(&instance.type_name, &change.address, values, private, applied).await else {
            self.state.insert(change.address.clone(), Instance { private: Vec::new(), ..instance });
            return;
        };
        if outcome.diagnostics.has_error() {
            applied.undone.insert(change.address.clone());
        } else {
            assert!(outcome.state.is_null(), "{}: deleted, and yet {}", change.address, outcome.state);
        }
        if outcome.state.is_null() {
            self.state.remove(&change.address);
        } else {
            let instance = Instance { value: outcome.state, private: outcome.private, ..instance };
            self.state.insert(change.address.clone(), instance);
        }
    }

    /// Creates or updates. As core does, plans once more, now that more is known.
    async fn apply_one(
        &mut self,
        type_name: &str,
        change: &Change,
        config: &Value,
        dependencies: BTreeSet<String>,
        applied: &mut Applied,
    ) {
        let address = &change.address;
        let prior = self.state.get(address).cloned();
        let (value, private) =
            prior.as_ref().map_or((Value::Null, Vec::new()), |prior| (prior.value.clone(), prior.private.clone()));
        let plan = self.planned(type_name, address, (&value, config, &private), &mut applied.messages);
        if plan.diagnostics.has_error() {
            applied.undone.insert(address.clone());
            return;
        }
        let block = block(type_name);
        let problems = still_holds(block, &change.planned, &plan.planned);
        assert!(problems.is_empty(), "{address}: inconsistent final plan\n{}", problems.join("\n"));
        let values = (&value, &plan.planned, config);
        let Some(outcome) = self.attended(type_name, address, values, &plan.private, applied).await else {
            if let Some(prior) = prior {
                self.state.insert(address.clone(), Instance { private: Vec::new(), ..prior });
            }
            return;
        };
        let failed = outcome.diagnostics.has_error();
        if failed {
            applied.undone.insert(address.clone());
            assert!(block.object_type().admits(&outcome.state), "{address}: {}", outcome.state);
            assert!(outcome.state.is_wholly_known(), "{address}: unknown after a failure: {}", outcome.state);
        } else {
            let problems = compatible(block, &plan.planned, &outcome.state);
            assert!(problems.is_empty(), "{address}: inconsistent result\n{}", problems.join("\n"));
            assert!(!outcome.identity.is_null(), "{address}: applied without an identity");
        }
        if let Some(prior) = prior.as_ref().filter(|_| !outcome.state.is_null()) {
            let problems = identity_kept(&prior.identity, &outcome.identity);
            assert!(problems.is_empty(), "{address}: an update\n{}", problems.join("\n"));
        }
        match (outcome.state, prior) {
            (Value::Null, Some(prior)) => self.state.insert(address.clone(), prior),
            (Value::Null, None) => None,
            (state, prior) => {
                let tainted = failed && prior.is_none_or(|prior| prior.tainted);
                let instance = Instance {
                    identity: outcome.identity,
                    ..Instance::new(type_name, state, outcome.private, dependencies)
                };
                self.state.insert(address.clone(), Instance { tainted, ..instance })
            }
        };
    }

    /// Applies one change, and does to the provider what the service signals. None: the provider was killed.
    async fn attended(
        &mut self,
        type_name: &str,
        address: &str,
        (prior, planned, config): (&Value, &Value, &Value),
        private: &[u8],
        applied: &mut Applied,
    ) -> Option<Outcome> {
        self.service.work_on(address);
        let mut apply = self.provider.apply(type_name, prior, planned, config, private);
        let outcome = loop {
            tokio::select! {
                biased;
                outcome = &mut apply => break Some(outcome),
                signal = self.signals.recv() => match signal {
                    Some(Signal::Interrupt) => {
                        applied.interrupted = true;
                        self.provider.stop();
                    }
                    Some(Signal::Kill) | None => break None,
                },
            }
        };
        drop(apply);
        self.service.work_on("");
        match &outcome {
            Some(outcome) => applied.messages.add(&outcome.diagnostics),
            None => {
                applied.killed = true;
                applied.undone.insert(address.to_owned());
            }
        }
        outcome
    }
}

impl Instance {
    fn new(type_name: &str, value: Value, private: Vec<u8>, dependencies: BTreeSet<String>) -> Self {
        Self { type_name: type_name.to_owned(), value, private, identity: Value::Null, tainted: false, dependencies }
    }
}

impl Change {
    fn deletes(&self) -> bool {
        matches!(self.action, Action::Delete | Action::Replace)
    }
}

impl Plan {
    pub(crate) fn action(&self, address: &str) -> Action {
        let change = self.changes.iter().find(|change| change.address == address);
        change.map_or(Action::NoOp, |change| change.action)
    }

    /// What is to be done, one change a line; empty if nothing.
    pub(crate) fn actions(&self) -> Vec<String> {
        let changes = self.changes.iter().filter(|change| change.action != Action::NoOp);
        changes.map(|change| format!("{:?} {}", change.action, change.address)).collect()
    }
}

impl Applied {
    /// Nothing more is begun.
    fn ends(&self) -> bool {
        self.killed || self.interrupted
    }

    /// True if an object of the resource is not as it should be.
    fn lacks(&self, resource: &str) -> bool {
        self.undone.iter().any(|address| base(address) == resource)
    }

    /// True if all was done.
    pub(crate) fn is_complete(&self) -> bool {
        self.undone.is_empty() && self.messages.errors.is_empty() && !self.killed
    }
}

impl Messages {
    fn add(&mut self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.iter() {
            let text = format!("{}\n{}", diagnostic.summary, diagnostic.detail);
            match diagnostic.severity {
                Severity::Error => self.errors.push(text),
                Severity::Warning => self.warnings.push(text),
            }
        }
    }
}

fn engine(service: &Arc<Service>) -> Engine {
    Engine::new(SPECIALS, Box::new(InProcess(Arc::clone(service))))
}

fn scope() -> Scope {
    Scope { variables: [("name".to_owned(), NAME.to_owned())].into(), ..Scope::default() }
}

pub(crate) fn block(type_name: &str) -> &'static Block {
    &SCHEMAS.resources[type_name].block
}

/// The address of the resource that the object belongs to.
fn base(address: &str) -> &str {
    address.split('[').next().unwrap_or(address)
}
