//! One invocation of an action: the call, and the wait for what it begins.

use std::time::Duration;

use tokio::{
    sync::mpsc::Sender,
    time::{Instant, timeout},
};

use crate::{
    api::{Api, ApiError},
    definition::{ACTIONS, Action, Completion, duration, service::ShapeKind},
    engine::{
        action::targets::Targets,
        common::names::token,
        convert::{
            absence::without_empty,
            address::{command, has_token},
            body,
        },
        service::{
            describe::pages,
            failure::Failure,
            limit::Limit,
            progress::Progress,
            stop::Stop,
            wait::{CHANGE_SEEN_WITHIN, READ_WITHIN, VISIBLE_WITHIN, is_transient},
        },
    },
    value::Value,
};

/// One invocation.
pub(crate) struct Invocation<'a> {
    pub(crate) action: &'static Action,
    pub(crate) api: &'a dyn Api,
    pub(crate) config: &'a Value,
    pub(crate) region: &'a str,
    pub(crate) stop: Stop,
    /// When it began, from which the timeout counts.
    pub(crate) started: Instant,
    /// Receives messages about the progress.
    pub(crate) progress: &'a Sender<String>,
}

/// An invocation that has failed.
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    /// The AWS CLI command that shows what the action has begun; `None` if it has begun nothing.
    pub(crate) read_command: Option<String>,
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { failure, read_command: None }
    }
}

/// A wait that has begun.
struct Begun<'a> {
    completion: &'static Completion,
    address: Value,
    targets: Targets,
    /// The state before the call; empty if it is not known.
    before: &'a str,
}

impl Invocation<'_> {
    pub(crate) async fn run(&self) -> Result<(), Failed> {
        let input = self.input();
        let before = self.state_after_others(&input).await?;
        let reply = match (&self.action.completion, before.as_str()) {
            (Some(completion), state) if completion.unless_done && completion.wait.done.contains(&state) => {
                self.report(format!("Nothing was called: the state is {state} already")).await;
                return Ok(());
            }
            (Some(completion), state) if completion.unless_done && completion.wait.pending.contains(&state) => {
                self.report(format!("Nothing was called: the state is {state}")).await;
                Value::object()
            }
            _ => self.call(&input).await?,
        };
        self.wait(&input, &reply, &before).await
    }

    fn input(&self) -> Value {
        let attributes = self.action.call.attributes;
        let mut input = body::structure_on_create(attributes, &without_empty(attributes, self.config));
        for member in self.action.call.operation.input.members().iter().filter(|member| member.idempotency_token) {
            input.insert(member.name, token());
        }
        input
    }

    /// Only a call that the service recognises by its token may be repeated while its effect is in doubt.
    async fn call(&self, input: &Value) -> Result<Value, Failure> {
        let operation = self.action.call.operation;
        // The connection ends only the calls that are running when the user interrupts Terraform.
        if self.stop.is_interrupted() {
            return Err(ApiError::interrupted(operation.name).into());
        }
        let reply = if has_token(operation) {
            self.api.call(self.region, operation.name, input).await?
        } else {
            self.api.call_once(self.region, operation.name, input).await?
        };
        let failures = partial_failures(self.action, &reply);
        if !failures.is_empty() {
            return Err(Failure::Partly { operation: operation.name, failures });
        }
        let named = reply.as_map().into_iter().flatten().filter_map(|(name, value)| {
            let identifies = name.ends_with("Arn") || name.ends_with("Id");
            value.as_str().filter(|_| identifies).map(|value| format!("{name} {value}"))
        });
        let named: Vec<String> = named.collect();
        let names = if named.is_empty() { String::new() } else { format!(": {}", named.join(", ")) };
        self.report(format!("{} was accepted{names}", operation.name)).await;
        Ok(reply)
    }

    /// The state before the call, once no other action leads the object elsewhere: a monitoring schedule shows the same
    /// state while it is started and while it is stopped.
    async fn state_after_others(&self, input: &Value) -> Result<String, Failure> {
        let mut state = self.state_before(input).await;
        let Some(completion) = self.action.completion.as_ref().filter(|completion| completion.unless_done) else {
            return Ok(state);
        };
        if !is_shared(completion, &state) {
            return Ok(state);
        }
        self.report(format!("Another change may be in progress: the state is {state}")).await;
        let (limit, mut progress) = (self.limit(completion), Progress::start());
        while completion.wait.pending.contains(&state.as_str()) {
            progress.note(&state, None);
            progress.pause(&self.stop, &limit).await?;
            state = self.state_before(input).await;
        }
        Ok(state)
    }

    /// The limit of all waits.
    fn limit(&self, completion: &'static Completion) -> Limit {
        let allowed = self.config.get("timeout").as_str().and_then(duration::parse);
        let timeout = allowed.unwrap_or(Duration::from_secs(completion.wait.timeout));
        Limit { timeout, since: self.started, argument: "timeout", awaited: completion.wait.done }
    }

    /// The state before the call; empty if there is none, or it cannot be read. The call then says why.
    async fn state_before(&self, input: &Value) -> String {
        // Only the reply says which the several objects are.
        let one = self.action.completion.as_ref().filter(|completion| completion.each.is_empty());
        let Some(completion) = one else { return String::new() };
        let Some(address) = address(completion, input, &Value::Null) else { return String::new() };
        let output = self.read(completion, &address).await.unwrap_or_default();
        Targets::of(completion, input, &Value::Null).seen_in(output, &completion.wait).state()
    }

    async fn read(&self, completion: &Completion, address: &Value) -> Result<Value, ApiError> {
        pages(self.api, self.region, completion.read, address, None).await
    }

    async fn wait(&self, input: &Value, reply: &Value, before: &str) -> Result<(), Failed> {
        let Some(completion) = &self.action.completion else { return Ok(()) };
        if !self.config.get("wait").as_bool().unwrap_or(completion.by_default) {
            return Ok(());
        }
        let Some(address) = address(completion, input, reply) else {
            let reason = format!("{} returned no address.", self.action.call.operation.name);
            return Err(Failure::Bug(reason).into());
        };
        let read_command = command(completion.read, &address, self.region);
        let targets = Targets::of(completion, input, reply);
        if targets.are_none(completion) {
            return Ok(());
        }
        let waited = self.poll(&Begun { completion, address, targets, before }).await;
        waited.map_err(|failure| Failed { failure, read_command: Some(read_command) })
    }

    async fn poll(&self, begun: &Begun<'_>) -> Result<(), Failure> {
        let wait = &begun.completion.wait;
        let limit = self.limit(begun.completion);
        let mut progress = Progress::start();
        loop {
            if let Some(output) = self.read_while_waiting(begun, &limit).await? {
                let objects = begun.targets.seen_in(output, wait);
                let now = objects.state();
                if !now.is_empty() {
                    progress.note(&now, objects.reason(wait));
                    if progress.is_due() {
                        self.report(format!("The state is {now} after {} s", progress.elapsed().as_secs())).await;
                    }
                }
                // A read may lag behind the accepted call.
                let may_be_old = now == begun.before && !now.is_empty() && progress.elapsed() < CHANGE_SEEN_WITHIN;
                if objects.are_done(wait) && !may_be_old {
                    return Ok(());
                }
                if let Some((state, reason)) = objects.failed(wait).filter(|_| !may_be_old) {
                    return Err(Failure::EndedIn { state, reason });
                }
            }
            progress.pause(&self.stop, &limit).await?;
        }
    }

    /// One read of the wait; `None` if the service was too busy to answer, for which the limit of the wait is the limit.
    async fn read_while_waiting(&self, begun: &Begun<'_>, limit: &Limit) -> Result<Option<Value>, Failure> {
        match timeout(limit.left().max(READ_WITHIN), self.read(begun.completion, &begun.address)).await {
            Ok(Ok(output)) => Ok(Some(output)),
            Ok(Err(error)) if !is_transient(&error) && !may_be_late(&error, begun, limit.since.elapsed()) => {
                Err(error.into())
            }
            Ok(Err(_)) | Err(_) => Ok(None),
        }
    }

    async fn report(&self, message: String) {
        // Ignored: the host no longer reads. What has begun is still waited for.
        let _ = self.progress.send(message).await;
    }
}

/// True for a pending state in which another action may be leading the object to another end.
fn is_shared(completion: &Completion, state: &str) -> bool {
    let ends_elsewhere = |other: &&Completion| {
        let is_of_object = other.read.name == completion.read.name && other.wait.field == completion.wait.field;
        is_of_object
            && other.wait.pending.contains(&state)
            && !other.wait.done.iter().any(|done| completion.wait.done.contains(done))
    };
    completion.wait.pending.contains(&state)
        && ACTIONS.iter().filter_map(|action| action.completion.as_ref()).any(|other| ends_elsewhere(&other))
}

/// True for an object that the call has created, and that reads do not show yet.
fn may_be_late(error: &ApiError, begun: &Begun<'_>, elapsed: Duration) -> bool {
    error.is_not_found() && begun.before.is_empty() && elapsed < VISIBLE_WITHIN
}

/// The input of the read operation; `None` if the reply has to name the object first.
fn address(completion: &Completion, input: &Value, reply: &Value) -> Option<Value> {
    let mut address = Value::object();
    for flag in completion.flags {
        address.insert(*flag, true.into());
    }
    for member in completion.read.input.members() {
        let renamed = completion.inputs.iter().find(|(name, _)| *name == member.name).map(|(_, source)| *source);
        if !member.required && renamed.is_none() {
            continue;
        }
        let source = renamed.unwrap_or(member.name);
        let value = [input.get(source), reply.get(source)].into_iter().find(|value| !value.is_null());
        address.insert(member.name, value.cloned()?);
    }
    Some(address)
}

/// What the reply of a batch says has failed: the members of each element, as a text.
fn partial_failures(action: &Action, reply: &Value) -> Vec<String> {
    let output = action.call.operation.output.members().iter();
    let failed = output.filter(|member| member.name.starts_with("Failed"));
    let lists = failed.filter(|member| matches!(member.shape.kind, ShapeKind::List { .. }));
    let elements = lists.flat_map(|member| reply.get(member.name).elements());
    let described = elements.map(|element| {
        let members = element.as_map().into_iter().flatten().map(|(name, value)| format!("{name} {}", value.to_text()));
        members.collect::<Vec<_>>().join(", ")
    });
    described.collect()
}
