//! One object of one resource type, and everything that create, read, update and delete need to work on it.
//!
//! An object that the service has accepted is never lost: whatever fails afterwards, the returned state holds its
//! identity, beside the error.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::{
    api::Api,
    definition::{self, Attribute, AttributeKind, Change, Origin, Resource, Wait, service::Operation},
    diag::{Diagnostics, Doing, LastRead, Subject},
    engine::{
        common::{names, timeouts::PlannedAction},
        convert::{address, equality::plain_form, scalar::from_service, tags},
        resource::{
            claims::Claims,
            private::Private,
            seen,
            special::Special,
            unknowns::{fill_unknowns, known_object},
        },
        service::{
            call_context::CallContext,
            failure::Failure,
            flight::Flights,
            limit::Limit,
            stop::Stop,
            wait::{CHANGE_SEEN_WITHIN, READ_WITHIN, VISIBLE_WITHIN, WaitOptions, Waiter},
        },
    },
    value::Value,
};

/// One object of one resource type, and everything that is needed to work on it.
pub(crate) struct Work<'a> {
    pub(crate) resource: &'static Resource,
    pub(crate) special: Option<&'static dyn Special>,
    pub(crate) api: &'a dyn Api,
    pub(crate) default_tags: &'a Value,
    pub(crate) ignored_tags: &'a tags::Ignored,
    pub(crate) flights: &'a Flights,
    /// The greatest age of an existing object that a create adopts if it is exactly the planned one; `None`: it adopts
    /// none.
    pub(crate) adopted_within: Option<Duration>,
    /// The private data of the prior state.
    pub(crate) private: Private,
    pub(crate) claims: &'a Claims,
    pub(crate) stop: Stop,
    /// The start of the operation: the user's timeouts count from here.
    pub(crate) started: Instant,
}

/// The result of an operation: the state and the messages for the user.
pub(crate) struct Done {
    pub(crate) state: Value,
    /// The private data to store with the state.
    pub(crate) private: Private,
    pub(crate) diagnostics: Diagnostics,
}

impl Done {
    /// An operation that succeeded and leaves nothing to restore.
    pub(super) fn succeeded(state: Value) -> Self {
        Self { state, private: Private::default(), diagnostics: Diagnostics::new() }
    }
}
impl Work<'_> {
    /// [`Work::finish`], repeated until no changed value is shown as in `prior`. A value that is still unchanged after
    /// the time in which reads may lag was not updated, whatever the reply of the update call.
    pub(super) async fn finish_when_seen(
        &self,
        prior: &Value,
        planned: &Value,
        action: PlannedAction,
        wait: Option<&Wait>,
    ) -> Result<Value, Failure> {
        let started = Instant::now();
        loop {
            let (state, shown) = self.finish(prior, planned, action, wait).await?;
            let unchanged = seen::unchanged(self.resource.attributes, prior, planned, &shown);
            if unchanged.is_empty() {
                return Ok(state);
            }
            if started.elapsed() >= CHANGE_SEEN_WITHIN {
                return Err(Failure::Unchanged { attributes: unchanged, after: CHANGE_SEEN_WITHIN });
            }
            if !self.stop.pause(started).await {
                return Err(Failure::Interrupted(LastRead::OldValues));
            }
        }
    }

    /// Waits for the effect of a call and reads the object. Returns the state to save, and the state that the service
    /// shows.
    pub(crate) async fn finish(
        &self,
        prior: &Value,
        planned: &Value,
        action: PlannedAction,
        wait: Option<&Wait>,
    ) -> Result<(Value, Value), Failure> {
        let mut reply = match wait {
            Some(wait) if action == PlannedAction::Update => self.wait(wait, action, prior, planned).await?,
            Some(wait) => self.wait(wait, action, planned, planned).await?,
            None => self.describe_when_visible(planned, VISIBLE_WITHIN).await?,
        };
        let to_the_end = action == PlannedAction::Create && planned.get("wait_for_completion").as_bool() == Some(true);
        if let Some(completion) = self.resource.completion.as_ref().filter(|_| to_the_end) {
            reply = self.wait(completion, action, planned, planned).await?;
        }
        let before = known_object(self.resource.attributes, planned);
        let mut observed = self.observed(&reply, &before).await?;
        // Tags are saved as planned, so the tags of a new object are not listed.
        if action != PlannedAction::Create || !planned.get(tags::ALL).is_wholly_known() {
            self.observe_tags(&reply, &before, &mut observed).await?;
        }
        Ok((fill_unknowns(self.resource.attributes, planned, &observed), observed))
    }

    pub(super) async fn wait(
        &self,
        wait: &Wait,
        action: PlannedAction,
        state: &Value,
        planned: &Value,
    ) -> Result<Value, Failure> {
        let extra = self.special.map(|special| special.extra_time(planned)).unwrap_or_default();
        let limit = Limit::of(planned, action, Duration::from_secs(wait.timeout) + extra, self.started);
        let limit = Limit { awaited: wait.done, ..limit };
        let waiter = Waiter {
            resource: self.resource,
            api: self.api,
            region: self.region(state),
            address: address::address(self.resource, self.resource.operations.read, state),
            marks: address::marks(self.resource, self.resource.operations.read, state),
            stop: &self.stop,
        };
        waiter.wait(&WaitOptions { wait, action, limit, prior: state, planned }).await
    }

    /// After a failure: the state that the service shows, or the last known one.
    pub(super) async fn best_known(&self, known: &Value) -> Value {
        let before = known_object(self.resource.attributes, known);
        let now = async { self.state_of(&self.describe(&before).await.ok()??, &before).await.ok() };
        timeout(READ_WITHIN, now).await.ok().flatten().unwrap_or(before)
    }

    /// Calls the service, and repeats the call while an error passes. `values` hold the region and the timeout of the
    /// action.
    pub(crate) async fn call_with_retries(
        &self,
        action: PlannedAction,
        values: &Value,
        operation: &Operation,
        input: &Value,
    ) -> Result<Value, Failure> {
        let allowed = action.timeout(values).map_or(Duration::MAX, |all| all.saturating_sub(self.started.elapsed()));
        Ok(self.context(values).call_within(allowed, operation.name, input).await?)
    }

    pub(crate) fn with_tokens(&self, operation: &Operation, mut input: Value) -> Value {
        for member in operation.input.members().iter().filter(|member| member.idempotency_token) {
            input.insert(member.name, names::token());
        }
        input
    }

    /// `desired` with the values of the create call's reply: the ARN, and the id from it.
    pub(crate) fn identified(&self, desired: &Value, reply: &Value) -> Value {
        let mut identified = desired.clone();
        let is_unknown = |attribute: &&Attribute| desired.get(attribute.name).is_unknown();
        for attribute in self.resource.attributes.iter().filter(|one| is_unknown(one) && !self.may_be_outdated(one)) {
            // A description that replaces the reply holds more, which may be outdated when the create ends.
            let returned = |member| self.resource.operations.create.output.member(member).is_some();
            if let (Origin::Member(member), AttributeKind::Plain { shape, set }) = (attribute.origin, &attribute.kind)
                && returned(member)
            {
                let value = plain_form(attribute, from_service(shape, *set, reply.get(member)));
                if !value.is_null() {
                    identified.insert(attribute.name, value);
                }
            }
        }
        self.complete_from_arn(&mut identified);
        self.set_id(&mut identified);
        identified
    }

    /// Whether a value of the create's reply may be outdated when the create ends, such as a status.
    fn may_be_outdated(&self, attribute: &Attribute) -> bool {
        let identity = &self.resource.identity;
        let addresses =
            attribute.member().is_some_and(|member| identity.members.contains(&member) || identity.id == Some(member));
        attribute.change == Change::Volatile && attribute.observed && !addresses
    }

    /// The parts of the address that only the ARN contains: the version of `…:image-version/name/3`.
    pub(super) fn complete_from_arn(&self, identified: &mut Value) {
        let arn = self.arn(identified).to_owned();
        for (member, part) in self.resource.identity.members.iter().zip(arn.split('/').skip(1)) {
            let Some(attribute) = self.resource.attribute_of(member) else { continue };
            if let (AttributeKind::Plain { shape, set }, true) =
                (&attribute.kind, identified.get(attribute.name).is_unknown())
            {
                identified.insert(attribute.name, from_service(shape, *set, &part.into()));
            }
        }
    }

    pub(crate) fn set_id(&self, state: &mut Value) {
        if let Some(id) = self.complete_id(state) {
            state.insert("id", id.into());
        }
    }

    /// The `id` of the object; `None` if a part of it is not known.
    pub(crate) fn complete_id(&self, state: &Value) -> Option<String> {
        address::id(self.resource, state, self.region(state))
    }

    pub(super) fn arn<'s>(&self, state: &'s Value) -> &'s str {
        self.resource.arn().and_then(|arn| state.get(arn.name).as_str()).unwrap_or_default()
    }

    pub(crate) fn context<'s>(&'s self, state: &'s Value) -> CallContext<'s> {
        CallContext {
            api: self.api,
            region: self.region(state),
            resource: self.resource,
            flights: self.flights,
            stop: &self.stop,
            started: self.started,
        }
    }

    pub(crate) fn region<'s>(&'s self, state: &'s Value) -> &'s str {
        state.get("region").as_str().unwrap_or_else(|| self.api.region())
    }

    pub(crate) fn id<'s>(&self, state: &'s Value) -> Option<&'s str> {
        let name = self.resource.identity.members.first().and_then(|member| self.resource.attribute_of(member));
        let name = name.and_then(|name| state.get(name.name).as_str());
        state.get("id").as_str().or(name).filter(|id| !id.is_empty())
    }

    /// An object without a known id or ARN has `*` in its place.
    fn log_group(&self, state: &Value) -> Option<String> {
        let last = self.arn(state).rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or("*");
        let id = self.id(state).unwrap_or("*");
        self.resource.log_group.map(|group| group.replace("{id}", id).replace("{arn_id}", last))
    }

    pub(super) fn failed(&self, doing: Doing, of: &Value, state: Value, failure: &Failure) -> Done {
        let resource = self.resource;
        let (id, import_id, log_group) = (self.complete_id(of), self.import_id(of, failure), self.log_group(of));
        let subject = Subject {
            id: id.as_deref().or(self.id(of)),
            import_id: import_id.as_deref(),
            log_group: log_group.as_deref(),
            adoptable: self.adopted_within.is_none() && resource.is_named_by_users(),
            unnamed: !resource.is_named_by_users(),
            list: resource.operations.list.map(|list| list.name),
            kept: resource.operations.delete.is_none(),
            can_force_destroy: of.get("force_destroy").as_bool() == Some(false),
            in_use: resource.in_use,
            ..Subject::new(doing, resource.type_name, resource.noun)
        };
        let diagnostics = failure.diagnostic(&subject, self.resource.attributes).into();
        Done { state, private: self.private.clone(), diagnostics }
    }

    /// The import id of the object that the failure is about; `None` if it is not known.
    pub(super) fn import_id(&self, of: &Value, failure: &Failure) -> Option<String> {
        let Failure::Call(error) = failure else { return None };
        let id = self.importable(of);
        if id.is_empty() {
            return self.arn_in(&error.message);
        }
        let name = id.split('@').next().unwrap_or_default();
        let last = name.rsplit(['/', ':', ',']).next().unwrap_or_default();
        error.message.contains(last).then_some(id)
    }

    /// The ARN of an object of this resource type that a message names.
    fn arn_in(&self, message: &str) -> Option<String> {
        let own = definition::permission(self.resource.operations.read.name)?.resources;
        let words =
            message.split(|character: char| !(character.is_ascii_alphanumeric() || "-_:/.".contains(character)));
        let mut arns = words.map(|word| word.trim_end_matches('.'));
        arns.find(|word| definition::arn_type(word).is_some_and(|of_type| own.contains(&of_type))).map(str::to_owned)
    }

    /// The import id of the object; empty if its names are not known.
    pub(crate) fn importable(&self, of: &Value) -> String {
        let (id, region) = (self.complete_id(of).unwrap_or_default(), self.region(of));
        if id.is_empty() || region == self.api.region() { id } else { format!("{id}@{region}") }
    }
}
