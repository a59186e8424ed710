//! Creates an object, and determines the effect of a create call whose reply is not known.
//!
//! An object is adopted only with proof: the repeated call with the same client token, or an object that was created no
//! earlier than our first request and has exactly the input and the tags that we sent. An object without proof (no
//! creation time, tags that cannot be listed) is named in the error, for the user to decide.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::{
    api::{ApiError, ErrorKind},
    definition::service::Operation,
    diag::{Candidate, Created, Doubt},
    engine::{
        common::timeouts::PlannedAction,
        convert::{
            address,
            equality::same,
            reply::{self, Prior, observe},
            request,
            scalar::from_service,
            tags,
        },
        resource::{
            claims::{Claim, Claimed},
            unknowns::{fill_unknowns, known_object},
            work::Work,
        },
        service::{
            condition::Condition,
            describe::all_pages,
            failure::{Failure, already_exists},
            wait::{CHANGE_SEEN_WITHIN, is_transient},
        },
    },
    value::{Map, Value},
};

/// How long to look for an object of a known name that a create call may have created.
const FOUND_WITHIN: Duration = Duration::from_secs(5);

/// One create call: the desired object, the input, and the time of the first request.
struct Attempt<'a> {
    desired: &'a Value,
    input: &'a Value,
    since: Instant,
}

/// A candidate for the object that the call created.
struct Found {
    reply: Value,
    claim: Claim,
    candidate: Candidate,
}

impl Work<'_> {
    /// Creates the object. Returns the reply of the create call, or the description of the object that it created.
    pub(crate) async fn call_create(&self, desired: &Value) -> Result<Value, Failure> {
        let operation = self.resource.operations.create;
        let input = self.create_input(operation, desired).await?;
        let attempt = Attempt { desired, input: &input, since: Instant::now() };
        match self.send_create(&attempt).await {
            Err(Failure::Call(error)) if error.in_doubt => self.resolve(&attempt, error).await,
            Err(Failure::Call(error)) if self.may_be_left(desired, &error) => self.find_by_name(&attempt, error).await,
            other => other,
        }
        .inspect(|reply| {
            // What the service says that we have created is ours, and an adopted object is claimed already.
            self.claims.note_created(self.claim(&self.identified(desired, reply)));
        })
    }

    async fn create_input(&self, operation: &'static Operation, desired: &Value) -> Result<Value, Failure> {
        let mut input = request::create(self.resource, desired);
        if self.sends_tags(desired) {
            let tags = tags::for_create(desired);
            if !tags.is_null() {
                input.insert("Tags", tags);
            }
        }
        if let Some(special) = self.special {
            special.before_create(self.context(desired), desired, &mut input).await?;
        }
        Ok(self.with_tokens(operation, input))
    }

    fn sends_tags(&self, desired: &Value) -> bool {
        tags::are_kept(self.resource, desired) && self.resource.operations.create.input.member("Tags").is_some()
    }

    async fn send_create(&self, attempt: &Attempt<'_>) -> Result<Value, Failure> {
        let operation = self.resource.operations.create;
        let reply = self.call_with_retries(PlannedAction::Create, attempt.desired, operation, attempt.input).await?;
        if self.identifies(attempt.desired, &reply) { Ok(reply) } else { Err(without_identity(operation).into()) }
    }

    /// True if the reply of the create call contains what the model promises and what addresses the object. The empty
    /// success of a proxy does not, and does not show whether the service has created anything.
    fn identifies(&self, desired: &Value, reply: &Value) -> bool {
        let promised = self.resource.operations.create.output.members().iter().filter(|member| member.required);
        let is_complete = promised.into_iter().all(|member| !reply.get(member.name).is_null());
        is_complete && address::is_addressed(self.resource, &self.identified(desired, reply))
    }

    pub(crate) fn claim(&self, state: &Value) -> Claim {
        let id = self.complete_id(state).unwrap_or_default();
        (self.resource.type_name, self.region(state).to_owned(), id)
    }

    /// True if the existing object may be the result of an earlier apply that was killed.
    fn may_be_left(&self, desired: &Value, error: &ApiError) -> bool {
        self.adopted_within.is_some() && already_exists(error) && address::is_addressed(self.resource, desired)
    }

    /// Determines the effect of a create call that may have had one.
    async fn resolve(&self, attempt: &Attempt<'_>, error: ApiError) -> Result<Value, Failure> {
        let error = match self.repeat(attempt, error).await {
            Ok(reply) => return Ok(reply),
            Err(Failure::Call(error)) => error,
            Err(other) => return Err(other),
        };
        if !self.resource.creates_an_object() {
            self.confirm(attempt, error).await
        } else if address::is_addressed(self.resource, attempt.desired) {
            self.find_by_name(attempt, error).await
        } else {
            self.search(attempt, error).await
        }
    }

    /// Repeats a call that has a client token: the repetition has no second effect and returns the object that the
    /// first call created (API reference: "guarantees that the call to this API is idempotent").
    async fn repeat(&self, attempt: &Attempt<'_>, mut error: ApiError) -> Result<Value, Failure> {
        let started = Instant::now();
        while address::has_token(self.resource.operations.create)
            && started.elapsed() < CHANGE_SEEN_WITHIN
            && self.stop.pause(started).await
        {
            match self.send_create(attempt).await {
                Err(Failure::Call(again)) if again.in_doubt => error = again,
                // The refusal of a repeated call does not show whether the first one had an effect.
                Err(Failure::Call(again)) => return Err(ApiError { in_doubt: true, ..again }.into()),
                other => return other,
            }
        }
        Err(error.into())
    }

    /// Confirms a call that sets a property of another object (a policy, a tag, an association). It adopts nothing,
    /// since repeating it sets the same again; it has had its effect if the service shows the desired values.
    async fn confirm(&self, attempt: &Attempt<'_>, error: ApiError) -> Result<Value, Failure> {
        match self.describe_when_visible(attempt.desired, FOUND_WITHIN).await {
            Ok(reply) if self.differing(attempt.desired, &reply, true).is_empty() => Ok(reply),
            _ => Err(error.into()),
        }
    }

    /// Reads the object of the name to be created.
    async fn find_by_name(&self, attempt: &Attempt<'_>, error: ApiError) -> Result<Value, Failure> {
        let Ok(reply) = self.describe_when_visible(attempt.desired, FOUND_WITHIN).await else {
            return Err(error.into());
        };
        let requested = error.in_doubt.then_some(attempt.since);
        let earliest = self.earliest(attempt.desired, requested, self.adopted_within);
        let found = self.examine(attempt.desired, reply, earliest, error.in_doubt).await;
        self.decide(vec![found], error)
    }

    /// Searches for an object that the service has named, among those created since the first request.
    async fn search(&self, attempt: &Attempt<'_>, error: ApiError) -> Result<Value, Failure> {
        let started = Instant::now();
        loop {
            let found = match self.created_since(attempt).await {
                Ok(found) => found,
                Err(error) if is_transient(&error) && started.elapsed() < CHANGE_SEEN_WITHIN => Vec::new(),
                Err(_) => return Err(error.into()),
            };
            let is_proven = found.iter().any(|found| found.candidate.doubt.is_none());
            let continues = !is_proven && started.elapsed() < CHANGE_SEEN_WITHIN;
            if !continues || !self.stop.pause(started).await {
                return self.decide(found, error);
            }
        }
    }

    async fn created_since(&self, attempt: &Attempt<'_>) -> Result<Vec<Found>, ApiError> {
        let earliest = self.earliest(attempt.desired, Some(attempt.since), None);
        let Some(list) = self.resource.operations.list else { return Ok(Vec::new()) };
        let input = address::listing(self.resource, list, attempt.desired, earliest);
        let listed = all_pages(self.api, self.region(attempt.desired), list.name, &input).await?;
        let mut found = Vec::new();
        for summary in list.pages.map_or(&[][..], |pages| listed.get(pages).elements()) {
            if self.created(summary).is_some_and(|created| created < earliest) {
                continue;
            }
            let named = self.identified(attempt.desired, summary);
            if let Some(reply) = self.describe(&named).await? {
                found.push(self.examine(attempt.desired, reply, earliest, true).await);
            }
        }
        Ok(found)
    }

    /// The only object that is proven to be ours; or the failure.
    fn decide(&self, mut found: Vec<Found>, error: ApiError) -> Result<Value, Failure> {
        let proven: Vec<usize> = (0..found.len()).filter(|index| found[*index].candidate.doubt.is_none()).collect();
        match proven[..] {
            [only] if self.claims.adopt(found[only].claim.clone()) => {
                let Found { reply, candidate, .. } = found.swap_remove(only);
                tracing::warn!(
                    resource = self.resource.type_name,
                    id = candidate.id,
                    "created by a call that broke off, or by an apply that was killed"
                );
                return Ok(reply);
            }
            // Another resource has adopted it since it was examined.
            [only] => found[only].candidate.doubt = Some(Doubt::Taken),
            _ => proven.into_iter().for_each(|index| found[index].candidate.doubt = Some(Doubt::OneOfSeveral)),
        }
        let candidates = found.into_iter().map(|found| found.candidate).collect();
        Err(Failure::NotProven { error: Box::new(error), candidates })
    }

    /// The earliest possible creation time of our object, in milliseconds of the service's clock: that of the request, if it
    /// may have had an effect, or that of an earlier apply, which was killed `within` this time.
    fn earliest(&self, desired: &Value, requested: Option<Instant>, within: Option<Duration>) -> i64 {
        let region = self.region(desired);
        let requested = requested.map(|since| self.api.service_time(region, since));
        let young = within.and_then(|within| {
            let now = self.api.service_time(region, Instant::now());
            now.checked_sub(within)
        });
        requested.into_iter().chain(young).map(milliseconds).min().unwrap_or(i64::MAX)
    }

    /// The creation time in a description or in an entry of a list, in milliseconds.
    fn created(&self, reply: &Value) -> Option<i64> {
        let seconds = reply.get(self.resource.creation_time()?.name).as_number()?.to_f64();
        Some((seconds * 1_000.0).round() as i64)
    }

    /// Collects the evidence for and against an object.
    async fn examine(&self, desired: &Value, reply: Value, earliest: i64, in_doubt: bool) -> Found {
        let identified = self.with_arn(self.identified(desired, &reply), &reply);
        let kept = tags::are_kept(self.resource, &identified);
        let tags = if kept { self.all_tags(&reply, &identified).await.ok() } else { Some(Map::new()) };
        let differing = self.differing(desired, &reply, in_doubt);
        let claim = self.claim(&identified);
        let is_being_deleted = Condition::of(self.resource, &reply) == Condition::Deleting
            || self.claims.of(&claim) == Some(Claimed::Deleting);
        let doubt = match (self.created(&reply), &tags) {
            _ if matches!(self.claims.of(&claim), Some(Claimed::Created | Claimed::Adopted)) => Some(Doubt::Taken),
            _ if is_being_deleted => Some(Doubt::Deleting),
            (None, _) => Some(Doubt::Undated),
            (Some(created), _) if created < earliest => Some(Doubt::Older),
            _ if !differing.is_empty() => Some(Doubt::Unlike(differing)),
            (_, None) => Some(Doubt::TagsUnknown),
            (_, Some(tags)) if !self.are_sent(desired, tags) => Some(Doubt::OtherTags),
            _ => None,
        };
        let candidate = Candidate {
            id: self.importable(&identified),
            created: self.creation_and_age(&identified, &reply),
            tags: tags.unwrap_or_default().into_iter().map(|(key, value)| (key, value.to_text())).collect(),
            delete: self.delete_command(&identified),
            doubt,
        };
        Found { reply, claim, candidate }
    }

    /// Adds the ARN of the description, which the replies of some create calls lack.
    fn with_arn(&self, mut identified: Value, reply: &Value) -> Value {
        if let Some(attribute) = self.resource.arn() {
            identified.insert(attribute.name, reply::member_of(attribute, reply).clone());
        }
        identified
    }

    /// True if these are the tags that the create call has sent. Tags of AWS itself (`aws:`) are ignored: no caller can
    /// set them (API reference, Tag), and AWS adds some to what it creates, `aws:createdBy` among them.
    fn are_sent(&self, desired: &Value, found: &Map) -> bool {
        let sent = if self.sends_tags(desired) { tags::by_key(&tags::for_create(desired)) } else { Map::new() };
        found.iter().filter(|(key, _)| !tags::is_reserved(key)).eq(&sent)
    }

    /// The arguments in which an object differs from the desired one. `is_new`: it may be the result of this request; then the
    /// service may have added something to a job.
    fn differing(&self, desired: &Value, reply: &Value, is_new: bool) -> Vec<&'static str> {
        let known = known_object(self.resource.attributes, desired);
        let prior = if is_new { Prior::of_state(self.resource, &known) } else { Prior::State(&known) };
        let mut observed = observe(self.resource.attributes, reply, prior);
        if let Some(special) = self.special {
            special.observe(reply, &mut observed);
        }
        // Values that the service fills in cannot differ.
        let expected = fill_unknowns(self.resource.attributes, desired, &observed);
        let compared = self.resource.attributes.iter().filter(|attribute| attribute.on_create);
        let differs = compared.filter(|attribute| {
            let (expected, found) = (expected.get(attribute.name), observed.get(attribute.name));
            !(same(attribute, expected, found) || expected.is_zero() && found.is_zero())
        });
        differs.map(|attribute| attribute.name).collect()
    }

    fn creation_and_age(&self, desired: &Value, reply: &Value) -> Option<Created> {
        let created = self.created(reply)?;
        let member = self.resource.creation_time()?;
        let time = from_service(member.shape, false, reply.get(member.name));
        let now = milliseconds(self.api.service_time(self.region(desired), Instant::now()));
        Some(Created { time: time.to_text(), age: u64::try_from(now - created).unwrap_or_default() / 1_000 })
    }

    /// The AWS CLI command that deletes an object; `None` if it cannot be deleted.
    fn delete_command(&self, state: &Value) -> Option<String> {
        let delete = self.resource.operations.delete?;
        Some(address::command(delete, &address::address(self.resource, delete, state), self.region(state)))
    }
}

/// The error for a successful reply that does not identify the object.
fn without_identity(operation: &Operation) -> ApiError {
    let reason = "the reply does not identify the object that was created";
    ApiError { attempts: 1, in_doubt: true, ..ApiError::unsent(operation.name, ErrorKind::Reply, reason) }
}

fn milliseconds(moment: SystemTime) -> i64 {
    i64::try_from(moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}
