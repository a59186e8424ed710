//! Carries out what was planned: create, update, delete; and reads what is there.
//!
//! An object that the service has accepted is never lost: whatever fails afterwards, its identity is in the state that
//! goes back, and the error with it.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::{
    adoption::Claims,
    describe::describe,
    equality::{plain_form, same},
    failure::Failure,
    flight::Flights,
    hook::{Site, Special},
    import, names, plan,
    private::{Private, state_before},
    refusal::{is_about_a_new_role, is_absent},
    reply::{from_service, observe},
    request, seen,
    settle::{known_object, settle},
    tags,
    timeouts::{self, Action},
    wait::{
        CHANGE_SEEN_WITHIN, LOOKS_WITHIN, Patience, Stop, VISIBLE_WITHIN, Waiter, interval, is_passing, is_stopping,
        state,
    },
};
use crate::{
    api::{Api, ApiError},
    definition::{
        Attribute, Kind, Origin, Resource, Wait,
        service::{Operation, ShapeKind},
    },
    diag::{Diagnostic, Diagnostics, Doing, Subject},
    value::{Map, Value},
};

/// How long after the first attempt an object that failed because of a new role is created once more (hashicorp/aws:
/// endpoints).
const RECREATED_WITHIN: Duration = Duration::from_secs(4 * 60);

/// One object of one resource type, and all that is needed to work on it.
pub(crate) struct Work<'a> {
    pub(crate) resource: &'static Resource,
    pub(crate) special: Option<&'static dyn Special>,
    pub(crate) api: &'a dyn Api,
    pub(crate) default_tags: &'a Value,
    pub(crate) ignored_tags: &'a tags::Ignored,
    pub(crate) flights: &'a Flights,
    /// How old an object may be that a create takes over, if it is exactly what was to be made; None: it takes over none.
    pub(crate) adopted_within: Option<Duration>,
    /// What was kept with the state before.
    pub(crate) private: Private,
    pub(crate) claims: &'a Claims,
    pub(crate) stop: Stop,
    /// When the operation began: the user's timeouts count from here.
    pub(crate) begun: Instant,
}

/// What an operation leaves: the state, and what the user should read.
pub(crate) struct Done {
    pub(crate) state: Value,
    /// What is to be kept with the state.
    pub(crate) private: Private,
    pub(crate) diagnostics: Diagnostics,
}

impl Done {
    /// An operation that leaves nothing to do.
    fn well(state: Value) -> Self {
        Self { state, private: Private::default(), diagnostics: Diagnostics::new() }
    }
}

impl Work<'_> {
    /// Reads the object again. A null state means that it does not exist.
    pub(crate) async fn read(&self, prior: &Value) -> Done {
        let described = async { self.describe(prior).await.map_err(Some).and_then(|reply| reply.ok_or(None)) };
        let tags = async { Ok(self.tags_of_known_arn(prior).await) };
        // Nobody waits for the tags of an object that does not exist.
        match tokio::try_join!(described, tags) {
            Ok((reply, tags)) => match self.state_with(&reply, prior, tags).await {
                Ok(state) => Done { private: self.private.after_read(self.resource, &reply), ..Done::well(state) },
                Err(failure) => self.failed(Doing::Reading, prior, prior.clone(), &failure),
            },
            Err(None) => Done::well(Value::Null),
            Err(Some(error)) => self.failed(Doing::Reading, prior, prior.clone(), &error.into()),
        }
    }

    /// Creates the object that is planned.
    pub(crate) async fn create(&self, planned: &Value) -> Done {
        let desired = made_up_names(self.resource, planned);
        let begun = Instant::now();
        loop {
            let reply = match self.call_create(&desired).await {
                Ok(reply) => reply,
                Err(failure) => return self.failed(Doing::Creating, &desired, Value::Null, &failure),
            };
            let identified = self.identified(&desired, &reply);
            let failure = match self.complete(&identified).await {
                Ok(state) => return Done::well(state),
                Err(failure) => failure,
            };
            // What cannot be deleted stays, and the failure that is worth telling is still the one that led here.
            let again = self.passes(&failure, begun.elapsed())
                && self.stop.sleep(interval(begun.elapsed())).await
                && self.carry_out_delete(&identified).await.is_ok();
            if !again {
                let state = self.best_known(&identified).await;
                return self.failed(Doing::Creating, &identified, state, &failure);
            }
        }
    }

    /// True if an object that failed so is worth another attempt: a role that is not visible yet fails the object instead of
    /// the call where the service looks at it later.
    fn passes(&self, failure: &Failure, elapsed: Duration) -> bool {
        let Failure::EndedIn { reason, .. } = failure else { return false };
        let deletable = self.resource.operations.delete.is_some();
        let passes = deletable && is_about_a_new_role(reason) && elapsed < RECREATED_WITHIN;
        if passes {
            tracing::info!(resource = self.resource.type_name, reason, "a failure that passes; creating it once more");
        }
        passes
    }

    /// Waits for a fresh object and sets what the create call had no place for.
    async fn complete(&self, identified: &Value) -> Result<Value, Failure> {
        let wait = self.resource.create_wait.as_ref();
        let later = self.resource.attributes.iter().filter(|attribute| request::comes_later(attribute));
        if later.map(|attribute| identified.get(attribute.name)).all(|value| value.is_zero() || value.is_unknown()) {
            return self.finish_when_seen(&self.unseen(identified), identified, Action::Create, wait).await;
        }
        let created = request::without_later_members(self.resource, identified);
        match wait {
            Some(wait) => self.wait(wait, Action::Create, identified, identified).await?,
            None => self.describe_when_visible(identified, VISIBLE_WITHIN).await?,
        };
        self.update_when_settled(&created, identified).await?;
        let wait = self.resource.update_wait.as_ref();
        self.finish_when_seen(&self.unseen(identified), identified, Action::Create, wait).await
    }

    /// A fresh object as it is before anything is known of what the read call does not tell: other calls, which some
    /// specials make, may tell it later.
    fn unseen(&self, planned: &Value) -> Value {
        let mut unseen = planned.clone();
        for attribute in self.resource.attributes.iter().filter(|attribute| !attribute.observed) {
            unseen.insert(attribute.name, Value::Null);
        }
        unseen
    }

    /// Makes the object what is planned.
    pub(crate) async fn update(&self, prior: &Value, planned: &Value) -> Done {
        let differences = plan::differences(self.resource.attributes, prior, planned);
        let call = differences.iter().any(plan::Difference::needs_a_call);
        let retag = prior.get("tags_all") != planned.get("tags_all");
        let mut restore = self.private.restore.clone();
        if !call && !retag && restore.is_none() {
            return Done::well(known_object(self.resource.attributes, planned));
        }
        match self.carry_out(prior, planned, call, &mut restore).await {
            Ok(state) => Done::well(state),
            Err(failure) => {
                let state = self.best_known(prior).await;
                let private = Private::to_restore(restore.as_deref());
                Done { private, ..self.failed(Doing::Updating, prior, state, &failure) }
            }
        }
    }

    /// `restore` says what is left to do if this fails.
    async fn carry_out(
        &self,
        prior: &Value,
        planned: &Value,
        call: bool,
        restore: &mut Option<String>,
    ) -> Result<Value, Failure> {
        if call {
            *restore = restore.take().or(self.state_to_restore(prior).await?);
            if let Err(failure) = self.update_when_settled(prior, planned).await {
                self.restore_after_refusal(&failure, planned, restore).await;
                return Err(failure);
            }
        }
        if tags::are_kept(self.resource, planned) {
            tags::update(self.api, self.region(prior), self.arn(prior), prior, planned).await?;
        }
        if let Some(state) = restore {
            self.restore(planned, state).await?;
        }
        let wait = if call || restore.is_some() { self.resource.update_wait.as_ref() } else { None };
        self.finish_when_seen(prior, planned, Action::Update, wait).await
    }

    /// [`Work::finish`], once nothing that was to change is shown as it was in `prior`. What still is after the time in which
    /// reads may be late has not been updated, whatever the reply of the update call said.
    async fn finish_when_seen(
        &self,
        prior: &Value,
        planned: &Value,
        action: Action,
        wait: Option<&Wait>,
    ) -> Result<Value, Failure> {
        let begun = Instant::now();
        loop {
            let (state, shown) = self.finish(planned, action, wait).await?;
            let unchanged = seen::unchanged(self.resource.attributes, prior, planned, &shown);
            if unchanged.is_empty() {
                return Ok(state);
            }
            if begun.elapsed() >= CHANGE_SEEN_WITHIN {
                return Err(Failure::Unchanged { attributes: unchanged, after: CHANGE_SEEN_WITHIN });
            }
            if !self.stop.sleep(interval(begun.elapsed())).await {
                return Err(Failure::Interrupted { state: "as it was before".to_owned() });
            }
        }
    }

    /// The attributes that get another value, if it is known which.
    pub(super) fn changes(&self, prior: &Value, planned: &Value) -> impl Iterator<Item = &'static Attribute> {
        self.resource.attributes.iter().filter(move |attribute| {
            let [prior, planned] = [prior, planned].map(|values| values.get(attribute.name));
            planned.is_wholly_known() && !same(attribute, prior, planned)
        })
    }

    /// Deletes the object, or ends it where the service keeps it for ever.
    pub(crate) async fn delete(&self, prior: &Value) -> Done {
        match self.carry_out_delete(prior).await {
            Ok(diagnostics) => Done { diagnostics, ..Done::well(Value::Null) },
            Err(failure) => {
                let restore = self.private.restore.as_deref().or(state_before(self.resource, prior));
                let private = Private::to_restore(restore);
                Done { private, ..self.failed(Doing::Deleting, prior, prior.clone(), &failure) }
            }
        }
    }

    async fn carry_out_delete(&self, prior: &Value) -> Result<Diagnostics, Failure> {
        self.claims.release(self.claim(prior));
        if let Some(special) = self.special {
            special.before_delete(self.site(prior), prior).await?;
        }
        let stopped = match self.resource.operations.stop {
            Some(stop) => self.end_job(stop, prior).await?,
            None => false,
        };
        let Some(delete) = self.resource.operations.delete else {
            return Ok(self.kept_by_the_service(prior, stopped).into());
        };
        let input = match self.resource.operations.update {
            // The service has no way to delete it but to take away all that was given to it.
            Some(update) if update.name == delete.name => request::emptying(self.resource, update, prior),
            _ => request::delete(self.resource, delete, prior),
        };
        let begun = self.delete_when_settled(delete, prior, input).await?;
        if let Some(wait) = self.resource.delete_wait.as_ref().filter(|_| begun) {
            self.wait(wait, Action::Delete, prior, prior).await?;
        }
        Ok(Diagnostics::new())
    }

    /// Stops a job that still runs, and waits until it has ended. False: it had ended before.
    async fn end_job(&self, stop: &'static Operation, prior: &Value) -> Result<bool, Failure> {
        let ends = self.resource.completion.as_ref().or(self.resource.stop_wait.as_ref());
        let Some(completion) = ends else { return Ok(false) };
        let Some(reply) = self.describe(prior).await? else { return Ok(false) };
        let runs = |reply: &Value| completion.pending.contains(&state(completion, reply));
        let is_stopping = |reply: &Value| is_stopping(state(completion, reply));
        if !runs(&reply) {
            return Ok(false);
        }
        let input = request::address(self.resource, stop, prior);
        if !is_stopping(&reply)
            && let Err(failure) = self.call_with_retries(Action::Delete, prior, stop, &input).await
        {
            match self.describe(prior).await? {
                // The reply was lost, or somebody else stops it.
                Some(reply) if is_stopping(&reply) => {}
                Some(reply) if runs(&reply) => return Err(failure),
                // It has ended in between, and what has ended cannot be stopped.
                _ => return Ok(false),
            }
        }
        let Some(wait) = &self.resource.stop_wait else { return Ok(true) };
        match self.wait(wait, Action::Delete, prior, prior).await {
            Ok(_) | Err(Failure::Vanished) => Ok(true),
            Err(failure) => Err(failure),
        }
    }

    fn kept_by_the_service(&self, prior: &Value, stopped: bool) -> Diagnostic {
        let (noun, id) = (self.resource.noun, self.id(prior));
        let end = match (&self.resource.completion, stopped) {
            (None, _) => "It stays as it is.",
            (Some(_), true) => {
                "It was stopped, and it stays visible in the account; its name cannot be used again there."
            }
            (Some(_), false) => {
                "It had ended before, and it stays visible in the account; its name cannot be used again there."
            }
        };
        Diagnostic::warning(
            format!("SageMaker {noun} `{id}` is no longer managed"),
            format!("The service has no way to delete it. {end} Terraform forgets it."),
        )
    }

    /// Waits for what was asked, reads the object and gives the state to save, and beside it what the service shows.
    pub(super) async fn finish(
        &self,
        planned: &Value,
        action: Action,
        wait: Option<&Wait>,
    ) -> Result<(Value, Value), Failure> {
        let mut reply = match wait {
            Some(wait) => self.wait(wait, action, planned, planned).await?,
            None => self.describe_when_visible(planned, VISIBLE_WITHIN).await?,
        };
        let to_the_end = action == Action::Create && planned.get("wait_for_completion").as_bool() == Some(true);
        if let Some(completion) = self.resource.completion.as_ref().filter(|_| to_the_end) {
            reply = self.wait(completion, action, planned, planned).await?;
        }
        let before = known_object(self.resource.attributes, planned);
        let mut observed = self.observed(&reply, &before).await?;
        // Tags are saved as they were planned, so nothing is gained by asking for those of a fresh object.
        if action != Action::Create || !planned.get(tags::ALL).is_wholly_known() {
            self.observe_tags(&reply, &before, &mut observed).await?;
        }
        Ok((settle(self.resource.attributes, planned, &observed), observed))
    }

    async fn wait(&self, wait: &Wait, action: Action, state: &Value, planned: &Value) -> Result<Value, Failure> {
        let (timeout, since) = match timeouts::timeout(planned, action) {
            Some(allowed) => (allowed, self.begun),
            None => {
                let extra = self.special.map(|special| special.extra_time(planned)).unwrap_or_default();
                (Duration::from_secs(wait.timeout) + extra, Instant::now())
            }
        };
        let waiter = Waiter {
            resource: self.resource,
            api: self.api,
            region: self.region(state),
            address: request::address(self.resource, self.resource.operations.read, state),
            marks: request::marks(self.resource, self.resource.operations.read, state),
            stop: &self.stop,
        };
        waiter.wait(&Patience { wait, timeout, since, argument: action.argument(), planned }).await
    }

    /// The reply of the read call; `None` if there is no such object.
    pub(super) async fn describe(&self, state: &Value) -> Result<Option<Value>, ApiError> {
        let read = self.resource.operations.read;
        let address = request::address(self.resource, read, state);
        let marks = request::marks(self.resource, read, state);
        match describe(self.api, self.region(state), self.resource, &address, &marks).await {
            Ok(reply) if reply.is_null() || self.is_gone(&reply) => Ok(None),
            Ok(reply) => Ok(Some(reply)),
            Err(error) if is_absent(self.resource, &address, &error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn is_gone(&self, reply: &Value) -> bool {
        let wait = self.resource.create_wait.as_ref().or(self.resource.delete_wait.as_ref());
        wait.is_some_and(|wait| self.resource.identity.absent_states.contains(&state(wait, reply)))
    }

    pub(super) async fn describe_when_visible(&self, state: &Value, within: Duration) -> Result<Value, Failure> {
        let begun = Instant::now();
        loop {
            match self.describe(state).await {
                Ok(Some(reply)) => return Ok(reply),
                Ok(None) if begun.elapsed() >= within => return Err(Failure::Vanished),
                Err(error) if begun.elapsed() >= within || !is_passing(&error) => return Err(error.into()),
                Ok(None) | Err(_) => {}
            }
            if !self.stop.sleep(interval(begun.elapsed())).await {
                return Err(Failure::Interrupted { state: "not visible yet".to_owned() });
            }
        }
    }

    /// The whole state behind a reply of the read call.
    async fn state_of(&self, reply: &Value, prior: &Value) -> Result<Value, Failure> {
        self.state_with(reply, prior, None).await
    }

    /// The same, where the tags of what has the ARN of `prior` are known.
    async fn state_with(&self, reply: &Value, prior: &Value, tags: Option<Map>) -> Result<Value, Failure> {
        let mut state = self.observed(reply, prior).await?;
        match tags.filter(|_| self.arn(&state) == self.arn(prior) && tags::are_kept(self.resource, &state)) {
            Some(tags) => tags::observe(&tags, self.default_tags, self.ignored_tags, prior, &mut state),
            None => self.observe_tags(reply, prior, &mut state).await?,
        }
        Ok(state)
    }

    /// The tags of an object whose ARN is known before it is described; None if they have to be asked for afterwards.
    async fn tags_of_known_arn(&self, prior: &Value) -> Option<Map> {
        let arn = self.arn(prior);
        let asks = tags::are_kept(self.resource, prior) && !self.ignored_tags.are_all() && !self.tells_tags();
        if !asks || arn.is_empty() {
            return None;
        }
        tags::list(self.api, self.region(prior), arn).await.ok()
    }

    /// True if the read call tells the tags too.
    fn tells_tags(&self) -> bool {
        let operations = &self.resource.operations;
        operations.object.is_empty() && operations.read.output.member("Tags").is_some()
    }

    /// The state behind a reply of the read call, but for the tags.
    pub(super) async fn observed(&self, reply: &Value, prior: &Value) -> Result<Value, Failure> {
        let mut state = observe(self.resource.attributes, reply, import::prior(self.resource, prior));
        let region = Value::from(self.region(prior));
        state.insert("region", region);
        if let Some(special) = self.special {
            special.observe(reply, &mut state);
        }
        self.set_id(&mut state);
        if let Some(special) = self.special {
            special.after_read(self.site(prior), prior, &mut state).await?;
        }
        Ok(state)
    }

    async fn observe_tags(&self, reply: &Value, prior: &Value, state: &mut Value) -> Result<(), Failure> {
        if tags::are_kept(self.resource, state) {
            let tags = match self.tags_of(reply, state).await {
                // hashicorp/aws#27265: an app that has failed is described, but its tags are not.
                Err(Failure::Call(error)) if error.code == "ResourceNotFound" => {
                    prior.get(tags::ALL).as_map().cloned().unwrap_or_default()
                }
                told => told?,
            };
            tags::observe(&tags, self.default_tags, self.ignored_tags, prior, state);
        } else if self.resource.tags.is_some() {
            state.insert(tags::ALL, Value::object());
        }
        Ok(())
    }

    /// The tags of the object, unless all are ignored.
    async fn tags_of(&self, reply: &Value, state: &Value) -> Result<Map, Failure> {
        if self.ignored_tags.are_all() { Ok(Map::new()) } else { self.all_tags(reply, state).await }
    }

    /// The tags of the object: from the reply if it tells them, which saves a call.
    pub(super) async fn all_tags(&self, reply: &Value, state: &Value) -> Result<Map, Failure> {
        if self.tells_tags() {
            return Ok(tags::by_key(reply.get("Tags")));
        }
        match self.arn(state) {
            "" => Err(Failure::Bug(format!("{} told no ARN.", self.resource.operations.read.name))),
            arn => Ok(self.list_tags(state, arn).await?),
        }
    }

    /// The tags of an object that is there, though they may be known a little later than the object itself.
    async fn list_tags(&self, state: &Value, arn: &str) -> Result<Map, ApiError> {
        let begun = Instant::now();
        loop {
            match tags::list(self.api, self.region(state), arn).await {
                Err(error)
                    if matches!(error.code.as_str(), "ResourceNotFound" | "ValidationException")
                        && begun.elapsed() < CHANGE_SEEN_WITHIN
                        && self.stop.sleep(interval(begun.elapsed())).await => {}
                found => return found,
            }
        }
    }

    /// After a failure: what the service says now, or what was known before.
    async fn best_known(&self, known: &Value) -> Value {
        let before = known_object(self.resource.attributes, known);
        let now = async { self.state_of(&self.describe(&before).await.ok()??, &before).await.ok() };
        timeout(LOOKS_WITHIN, now).await.ok().flatten().unwrap_or(before)
    }

    pub(super) async fn call_update(&self, prior: &Value, planned: &Value) -> Result<(), Failure> {
        let Some(operation) = self.resource.operations.update else {
            return Err(Failure::Bug(format!("A SageMaker {} cannot be updated.", self.resource.noun)));
        };
        let mut input = request::update(self.resource, operation, prior, planned);
        if let Some(special) = self.special {
            special.before_update(self.site(prior), prior, planned, &mut input).await?;
        }
        let address = request::address(self.resource, operation, prior);
        // What only Terraform knows of has changed: there is nothing to tell the service.
        if input == address {
            return Ok(());
        }
        if let Some(special) = self.special
            && special.update(self.site(prior), prior, planned, &input).await?
        {
            return Ok(());
        }
        for (place, body) in request::split(self.resource, &address, input).into_iter().enumerate() {
            if let Some(wait) = self.resource.update_wait.as_ref().filter(|_| place > 0) {
                self.wait(wait, Action::Update, planned, planned).await?;
            }
            self.call_with_retries(Action::Update, planned, operation, &self.with_tokens(operation, body)).await?;
        }
        Ok(())
    }

    /// Calls, and calls again while the service answers with an error that passes.
    /// `values` tell the region, and the timeout of the action.
    pub(super) async fn call_with_retries(
        &self,
        action: Action,
        values: &Value,
        operation: &Operation,
        input: &Value,
    ) -> Result<Value, Failure> {
        let allowed =
            timeouts::timeout(values, action).map_or(Duration::MAX, |all| all.saturating_sub(self.begun.elapsed()));
        Ok(self.site(values).call_within(allowed, operation.name, input).await?)
    }

    pub(super) fn with_tokens(&self, operation: &Operation, mut input: Value) -> Value {
        for member in operation.input.members().iter().filter(|member| member.idempotency_token) {
            input.insert(member.name, names::token());
        }
        input
    }

    /// `desired` with what the reply of the create call tells: the ARN, and with it the id.
    pub(super) fn identified(&self, desired: &Value, reply: &Value) -> Value {
        let mut identified = desired.clone();
        for attribute in self.resource.attributes.iter().filter(|attribute| desired.get(attribute.name).is_unknown()) {
            // A description in the place of the reply says more, which may be over when the create is.
            let told = |member| self.resource.operations.create.output.member(member).is_some();
            if let (Origin::Member(member), Kind::Plain { shape, set }) = (attribute.origin, &attribute.kind)
                && told(member)
            {
                let value = plain_form(attribute, from_service(shape, *set, reply.get(member)));
                if !value.is_null() {
                    identified.insert(attribute.name, value);
                }
            }
        }
        self.take_from_arn(&mut identified);
        self.set_id(&mut identified);
        identified
    }

    /// What addresses the object and only the ARN tells: the version of `…:image-version/name/3`.
    fn take_from_arn(&self, identified: &mut Value) {
        let arn = self.arn(identified).to_owned();
        for (member, part) in self.resource.identity.members.iter().zip(arn.split('/').skip(1)) {
            let Some(attribute) = self.attribute_of(member) else { continue };
            if let (Kind::Plain { shape, set }, true) = (&attribute.kind, identified.get(attribute.name).is_unknown()) {
                identified.insert(attribute.name, from_service(shape, *set, &part.into()));
            }
        }
    }

    pub(super) fn set_id(&self, state: &mut Value) {
        let identity = &self.resource.identity;
        let members = if identity.id.is_empty() { identity.members } else { &[identity.id] };
        let parts: Option<Vec<String>> = members
            .iter()
            .map(|member| {
                let attribute = self.attribute_of(member)?;
                match state.get(attribute.name) {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                }
            })
            .collect();
        let id = match parts {
            // The only one of its kind in a region.
            Some(parts) if parts.is_empty() => self.region(state).into(),
            Some(parts) => parts.join(self.resource.identity.separator).into(),
            None => return,
        };
        state.insert("id", id);
    }

    pub(super) fn attribute_of(&self, member: &str) -> Option<&'static Attribute> {
        request::attribute_of(self.resource, member)
    }

    fn arn<'s>(&self, state: &'s Value) -> &'s str {
        self.attribute_of(self.resource.identity.arn).and_then(|arn| state.get(arn.name).as_str()).unwrap_or_default()
    }

    pub(super) fn site<'s>(&'s self, state: &'s Value) -> Site<'s> {
        Site {
            api: self.api,
            region: self.region(state),
            resource: self.resource,
            flights: self.flights,
            stop: &self.stop,
            begun: self.begun,
        }
    }

    pub(super) fn region<'s>(&'s self, state: &'s Value) -> &'s str {
        state.get("region").as_str().unwrap_or_else(|| self.api.region())
    }

    pub(super) fn id<'s>(&self, state: &'s Value) -> &'s str {
        let name = self.resource.identity.members.first().and_then(|member| self.attribute_of(member));
        let name = name.and_then(|name| state.get(name.name).as_str());
        state.get("id").as_str().or(name).unwrap_or_default()
    }

    fn failed(&self, doing: Doing, of: &Value, state: Value, failure: &Failure) -> Done {
        let id = self.id(of);
        let subject = Subject {
            type_name: self.resource.type_name,
            import_id: &self.import_id(of, failure),
            log_group: &self.resource.log_group.replace("{id}", id),
            unnamed: !request::is_named_by_users(self.resource),
            list: self.resource.operations.list.map_or("", |list| list.name),
            kept: self.resource.operations.delete.is_none(),
            force_destroy: of.get("force_destroy").as_bool() == Some(false),
            in_use: self.resource.in_use,
            ..Subject::new(doing, self.resource.noun, id)
        };
        let diagnostics = failure.diagnostic(&subject, self.resource.attributes).into();
        Done { state, private: self.private.clone(), diagnostics }
    }

    /// What an import would find the object by that the service speaks of; empty if that is not known.
    fn import_id(&self, of: &Value, failure: &Failure) -> String {
        let Failure::Call(error) = failure else { return String::new() };
        let id = self.importable(of);
        let name = id.split('@').next().unwrap_or_default();
        let last = name.rsplit(['/', ':', ',']).next().unwrap_or_default();
        if error.message.contains(last) { id } else { String::new() }
    }

    /// What an import finds an object by; empty if its names are not known.
    pub(super) fn importable(&self, of: &Value) -> String {
        let mut named = of.clone();
        self.set_id(&mut named);
        let (id, region) = (named.get("id").as_str().unwrap_or_default(), self.region(of));
        if id.is_empty() || region == self.api.region() { id.to_owned() } else { format!("{id}@{region}") }
    }
}

/// Fills in the names that the provider makes up: that of the object, and those of its parts that the service wants but
/// the user left out.
pub(crate) fn made_up_names(resource: &Resource, planned: &Value) -> Value {
    let mut desired = name_parts(resource.attributes, planned);
    let Some(naming) = &resource.identity.naming else { return desired };
    let name = resource.attributes.iter().find(|attribute| attribute.member() == naming.member);
    let prefix = resource.attributes.iter().find(|attribute| attribute.origin == Origin::NamePrefix);
    if let Some(name) = name.filter(|name| desired.get(name.name).is_unknown()) {
        let given = prefix.and_then(|prefix| desired.get(prefix.name).as_str());
        let start = given.unwrap_or(naming.prefix).to_owned();
        desired.insert(name.name, names::unique(&start, naming.max).into());
        if let Some(prefix) = prefix {
            desired.insert(prefix.name, start.into());
        }
    }
    desired
}

/// Names for the parts of an object that the service wants named and the user left to the provider.
fn name_parts(attributes: &[Attribute], planned: &Value) -> Value {
    let members = attributes.iter().map(|attribute| {
        let value = planned.get(attribute.name);
        let value = match (&attribute.kind, value) {
            (Kind::Block { attributes, .. }, Value::List(elements)) => {
                Value::List(elements.iter().map(|element| named(attributes, element)).collect())
            }
            _ => value.clone(),
        };
        (attribute.name.to_owned(), value)
    });
    Value::Map(members.collect())
}

fn named(attributes: &[Attribute], element: &Value) -> Value {
    let mut element = name_parts(attributes, element);
    for attribute in attributes.iter().filter(|attribute| attribute.made_up) {
        if let (Kind::Plain { shape, .. }, true) = (&attribute.kind, element.get(attribute.name).is_unknown()) {
            let max = match shape.kind {
                ShapeKind::String { max: Some(max), .. } => usize::try_from(max).unwrap_or(usize::MAX),
                _ => usize::MAX,
            };
            element.insert(attribute.name, names::unique("terraform-", max).into());
        }
    }
    element
}
