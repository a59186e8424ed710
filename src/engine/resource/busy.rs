//! Distinguishes a failed change from one in progress, and continues the latter.
//!
//! The service refuses to update or delete an object that is still changing: by a call whose reply was lost, by an
//! interrupted apply, or by another client. Whether it is changing is read from its state, never from the message of
//! the refusal.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    api::{ApiError, ErrorKind},
    definition::{Attribute, Resource, service::Operation},
    engine::{
        common::timeouts::PlannedAction,
        convert::{clearing::means_none, equality::same},
        resource::{private::restored, work::Work},
        service::{
            condition::Condition,
            failure::Failure,
            pauses::Pauses,
            refusal::is_absent,
            wait::{CHANGE_SEEN_WITHIN, reason, state, state_in},
        },
    },
    value::Value,
};

/// How long to look for the effect of a call that broke off, since descriptions lag behind accepted calls.
const EFFECT_SEEN_WITHIN: Duration = Duration::from_secs(5);

/// The error codes for an object that is still changing. The service model lists the last two for the operations that
/// return them; the first is what endpoints, domains and notebook instances return (hashicorp/aws).
const REFUSALS: &[&str] = &["ValidationException", "ResourceInUse", "ConflictException"];

/// The attributes that an update changes.
struct Changes(Vec<&'static Attribute>);

impl Changes {
    /// How many attributes are not shown as planned.
    fn left(&self, planned: &Value, shown: &Value) -> usize {
        let is_done = |attribute: &&&Attribute| {
            let (planned, shown) = (planned.get(attribute.name), shown.get(attribute.name));
            let is_cleared = means_none(attribute, planned) && means_none(attribute, shown);
            attribute.observed && (is_cleared || same(attribute, planned, shown))
        };
        self.0.len() - self.0.iter().filter(is_done).count()
    }
}

impl Work<'_> {
    /// Updates the object. If it was changing at its last read, or if the update fails because it is changing or after
    /// a partial effect, waits until the object is stable and then sends the rest of the update.
    pub(crate) async fn update_when_idle(&self, prior: &Value, planned: &Value) -> Result<(), Failure> {
        let pauses = self.pauses(PlannedAction::Update, planned);
        let changes = Changes(self.changes(prior, planned).filter(|attribute| is_sent(attribute)).collect());
        let mut from = prior.clone();
        if self.was_changing(prior) {
            let reply = self.context(prior).when_stable(prior, &pauses).await?.ok_or(Failure::Vanished)?;
            from = self.observed(&reply, prior).await?;
            if !changes.0.is_empty() && changes.left(planned, &from) == 0 {
                return Ok(());
            }
        }
        loop {
            let Err(failure) = self.call_update(&from, planned).await else { return Ok(()) };
            let left = changes.left(planned, &from);
            let Some(shown) =
                self.shown_after(&failure, prior, &pauses, |shown| changes.left(planned, shown) < left).await?
            else {
                return Err(failure);
            };
            if left > 0 && changes.left(planned, &shown) == 0 {
                tracing::warn!(resource = self.resource.type_name, "updated by a call that broke off");
                return Ok(());
            }
            from = shown;
        }
    }

    /// True if the object was in a state that it leaves by itself.
    fn was_changing(&self, prior: &Value) -> bool {
        let mut waits = [&self.resource.create_wait, &self.resource.update_wait].into_iter().flatten();
        waits.any(|wait| {
            state_in(self.resource.attributes, wait, prior).is_some_and(|state| wait.pending.contains(&state))
        })
    }

    /// The object after a failed update, once it is stable. `None`: the update had no effect, and its failure stands.
    async fn shown_after(
        &self,
        failure: &Failure,
        prior: &Value,
        pauses: &Pauses<'_>,
        is_nearer: impl Fn(&Value) -> bool,
    ) -> Result<Option<Value>, Failure> {
        let Failure::Call(error) = failure else { return Ok(None) };
        if !may_be_under_way(error) {
            return Ok(None);
        }
        let started = Instant::now();
        loop {
            let Ok(Some(reply)) = self.describe(prior).await else { return Ok(None) };
            if let Condition::Changing(_) = Condition::of(self.resource, &reply) {
                let Some(reply) = self.context(prior).when_stable(prior, pauses).await? else { return Ok(None) };
                self.refuse_failed_state(&reply, error.in_doubt)?;
                return Ok(Some(self.observed(&reply, prior).await?));
            }
            if !error.in_doubt {
                return Ok(None);
            }
            let shown = self.observed(&reply, prior).await?;
            if is_nearer(&shown) {
                return Ok(Some(shown));
            }
            let late = started.elapsed() < EFFECT_SEEN_WITHIN;
            if !late || !self.stop.pause(started).await {
                return Ok(None);
            }
        }
    }

    /// An update that put the object into a failed state is over.
    fn refuse_failed_state(&self, reply: &Value, ours: bool) -> Result<(), Failure> {
        match &self.resource.update_wait {
            Some(wait) if ours && wait.failed.contains(&state(wait, reply)) => {
                Err(Failure::EndedIn { state: state(wait, reply).to_owned(), reason: reason(wait, reply) })
            }
            _ => Ok(()),
        }
    }

    /// Deletes the object, once it is stable. False: there is nothing to wait for.
    pub(crate) async fn delete_when_idle(
        &self,
        delete: &'static Operation,
        prior: &Value,
        input: Value,
    ) -> Result<bool, Failure> {
        let pauses = self.pauses(PlannedAction::Delete, prior);
        let input = self.with_tokens(delete, input);
        loop {
            let failure = match self.call_with_retries(PlannedAction::Delete, prior, delete, &input).await {
                Ok(_) => return Ok(true),
                Err(failure) => failure,
            };
            let Failure::Call(error) = &failure else { return Err(failure) };
            // The service may mean another object that this one needs, or that it is being deleted.
            let within = match is_absent(self.resource, &input, error) {
                true => CHANGE_SEEN_WITHIN,
                false if error.in_doubt => EFFECT_SEEN_WITHIN,
                false if may_be_under_way(error) => Duration::ZERO,
                false => return Err(failure),
            };
            match self.condition_within(within, prior).await {
                Some(Condition::Absent) => return Ok(false),
                Some(Condition::Deleting) => return Ok(true),
                Some(Condition::Changing(state)) => pauses.pause(&state).await?,
                Some(Condition::Stable) | None => return Err(failure),
            }
        }
    }

    /// The object after a failed delete, whose effect may be visible a little later; `None` if it cannot be read.
    async fn condition_within(&self, within: Duration, prior: &Value) -> Option<Condition> {
        let started = Instant::now();
        loop {
            let condition = match self.describe(prior).await {
                Ok(None) => Some(Condition::Absent),
                Ok(Some(reply)) => Some(Condition::of(self.resource, &reply)),
                Err(_) => None,
            };
            let late = started.elapsed() < within;
            match condition {
                Some(Condition::Stable) | None if late && self.stop.pause(started).await => {}
                condition => return condition,
            }
        }
    }

    /// The state that an update takes the object out of, and that has to be restored afterwards.
    pub(crate) async fn state_to_restore(&self, prior: &Value) -> Result<Option<String>, Failure> {
        let Some(wait) = self.resource.update_wait.as_ref().filter(|wait| !wait.restores.is_empty()) else {
            return Ok(None);
        };
        let pauses = self.pauses(PlannedAction::Update, prior);
        let reply = self.context(prior).when_stable(prior, &pauses).await?.unwrap_or_default();
        Ok(restored(wait, state(wait, &reply)).map(str::to_owned))
    }

    /// Restores the state that an update has taken the object out of.
    pub(crate) async fn restore(&self, planned: &Value, expected: &str) -> Result<(), Failure> {
        let Some(wait) = &self.resource.update_wait else { return Ok(()) };
        let pauses = self.pauses(PlannedAction::Update, planned);
        let reply = self.context(planned).when_stable(planned, &pauses).await?.ok_or(Failure::Vanished)?;
        match self.special {
            Some(special) if state(wait, &reply) != expected => special.restore(self.context(planned), planned).await,
            _ => Ok(()),
        }
    }

    /// After an update that the service has refused, only the state has to be restored.
    pub(crate) async fn restore_after_refusal(&self, failure: &Failure, planned: &Value, restore: &mut Option<String>) {
        let refused = matches!(failure, Failure::Call(error) if error.kind == ErrorKind::Service && !error.in_doubt);
        if let (Some(state), true) = (&*restore, refused)
            && self.restore(planned, state).await.is_ok()
        {
            *restore = None;
        }
    }

    /// The pauses for the longest time that another change of the object may take, unless the user sets a timeout.
    fn pauses<'a>(&'a self, action: PlannedAction, values: &'a Value) -> Pauses<'a> {
        let Resource { create_wait, update_wait, delete_wait, .. } = self.resource;
        let longest = [create_wait, update_wait, delete_wait].into_iter().flatten().map(|wait| wait.timeout).max();
        self.context(values).pauses(action, values, Duration::from_secs(longest.unwrap_or_default()))
    }
}

/// True if an update call sends the attribute.
fn is_sent(attribute: &Attribute) -> bool {
    attribute.on_update || attribute.additions.is_some()
}

/// True for a failure that an object may cause while it changes, or after which it may be changing.
fn may_be_under_way(error: &ApiError) -> bool {
    error.in_doubt || (error.kind == ErrorKind::Service && REFUSALS.contains(&error.code.as_str()))
}
