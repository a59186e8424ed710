//! Reads an object: its description, its tags, and the resulting state.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    api::ApiError,
    diag::{self, Doing, LastRead, identity::ForeignArn},
    engine::{
        convert::{reply::observe, tags},
        resource::{
            import,
            work::{Done, Work},
        },
        service::{
            failure::Failure,
            refusal::lists_no_tags,
            tagging,
            wait::{CHANGE_SEEN_WITHIN, is_transient},
        },
    },
    value::{Map, Value},
};

impl Work<'_> {
    /// Refreshes the object. A null state means that it does not exist.
    pub(crate) async fn read(&self, prior: &Value) -> Done {
        let described = async { self.describe(prior).await.map_err(Some).and_then(|reply| reply.ok_or(None)) };
        let tags = async { Ok(self.tags_of_known_arn(prior).await) };
        // The tags of an object that does not exist are not awaited.
        match tokio::try_join!(described, tags) {
            Ok((reply, tags)) => match self.state_with(&reply, prior, tags).await {
                Ok(state) => self.refusal_of_arn(prior, &state).unwrap_or_else(|| Done {
                    private: self.private.after_read(self.resource, &reply),
                    ..Done::succeeded(state)
                }),
                Err(failure) => self.failed(Doing::Reading, prior, prior.clone(), &failure),
            },
            Err(None) => Done::succeeded(Value::Null),
            Err(Some(error)) => self.failed(Doing::Reading, prior, prior.clone(), &error.into()),
        }
    }

    /// The refusal of an import or a lookup by the ARN of another object; `None` if it is that of the object.
    fn refusal_of_arn(&self, prior: &Value, state: &Value) -> Option<Done> {
        let (given, found) = import::other_arn(self.resource, prior, state)?;
        let refusal = diag::identity::foreign_arn(self.resource.noun, given, ForeignArn::Other(found));
        Some(Done { state: prior.clone(), private: self.private.clone(), diagnostics: refusal.into() })
    }

    /// The reply of the read call; `None` if the object does not exist.
    pub(crate) async fn describe(&self, state: &Value) -> Result<Option<Value>, ApiError> {
        self.context(state).describe(state).await
    }

    pub(crate) async fn describe_when_visible(&self, state: &Value, within: Duration) -> Result<Value, Failure> {
        let started = Instant::now();
        loop {
            match self.describe(state).await {
                Ok(Some(reply)) => return Ok(reply),
                Ok(None) if started.elapsed() >= within => return Err(Failure::Vanished),
                Err(error) if started.elapsed() >= within || !is_transient(&error) => return Err(error.into()),
                Ok(None) | Err(_) => {}
            }
            if !self.stop.pause(started).await {
                return Err(Failure::Interrupted(LastRead::Nothing));
            }
        }
    }

    /// The complete state for a reply of the read call.
    pub(super) async fn state_of(&self, reply: &Value, prior: &Value) -> Result<Value, Failure> {
        self.state_with(reply, prior, None).await
    }

    /// The same, if the tags of the object with the ARN of `prior` are known.
    pub(super) async fn state_with(&self, reply: &Value, prior: &Value, tags: Option<Map>) -> Result<Value, Failure> {
        let mut state = self.observed(reply, prior).await?;
        match tags.filter(|_| self.arn(&state) == self.arn(prior) && tags::are_kept(self.resource, &state)) {
            Some(tags) => tags::observe(&tags, self.default_tags, self.ignored_tags, prior, &mut state),
            None => self.observe_tags(reply, prior, &mut state).await?,
        }
        Ok(state)
    }

    /// The state for a reply of the read call, without tags.
    pub(crate) async fn observed(&self, reply: &Value, prior: &Value) -> Result<Value, Failure> {
        let mut state = observe(self.resource.attributes, reply, import::prior(self.resource, prior));
        let region = Value::from(self.region(prior));
        state.insert("region", region);
        if let Some(special) = self.special {
            special.observe(reply, &mut state);
        }
        self.set_id(&mut state);
        if let Some(special) = self.special {
            special.after_read(self.context(prior), prior, &mut state).await?;
        }
        Ok(state)
    }

    /// The tags of an object whose ARN is known before the read call; `None` if they have to be listed afterwards.
    pub(super) async fn tags_of_known_arn(&self, prior: &Value) -> Option<Map> {
        let arn = self.arn(prior);
        let listed =
            tags::are_kept(self.resource, prior) && !self.ignored_tags.are_all() && !self.resource.read_returns_tags();
        if !listed || arn.is_empty() {
            return None;
        }
        tagging::list(self.api, self.region(prior), arn).await.ok()
    }

    pub(super) async fn observe_tags(&self, reply: &Value, prior: &Value, state: &mut Value) -> Result<(), Failure> {
        if tags::are_kept(self.resource, state) {
            let tags = match self.tags_of(reply, state).await {
                // hashicorp/aws#27265: a failed app can be described, but its tags cannot be listed.
                Err(Failure::Call(error)) if error.is_not_found() || lists_no_tags(&error) => {
                    prior.get(tags::ALL).as_map().cloned().unwrap_or_default()
                }
                found => found?,
            };
            tags::observe(&tags, self.default_tags, self.ignored_tags, prior, state);
        } else if self.resource.tags.is_some() {
            state.insert(tags::ALL, Value::object());
        }
        Ok(())
    }

    /// The tags of the object, unless all are ignored.
    pub(super) async fn tags_of(&self, reply: &Value, state: &Value) -> Result<Map, Failure> {
        if self.ignored_tags.are_all() { Ok(Map::new()) } else { self.all_tags(reply, state).await }
    }

    /// The tags of the object: from the reply if it contains them, which saves a call.
    pub(crate) async fn all_tags(&self, reply: &Value, state: &Value) -> Result<Map, Failure> {
        if self.resource.read_returns_tags() {
            return Ok(tags::by_key(reply.get("Tags")));
        }
        match self.arn(state) {
            "" => Err(Failure::Bug(format!("{} returned no ARN.", self.resource.operations.read.name))),
            arn => Ok(self.list_tags(state, arn).await?),
        }
    }

    /// The tags of an existing object, which may become visible a little later than the object itself.
    pub(super) async fn list_tags(&self, state: &Value, arn: &str) -> Result<Map, ApiError> {
        let started = Instant::now();
        loop {
            match tagging::list(self.api, self.region(state), arn).await {
                Err(error)
                    if (error.is_not_found() || error.code == "ValidationException")
                        && !lists_no_tags(&error)
                        && started.elapsed() < CHANGE_SEEN_WITHIN
                        && self.stop.pause(started).await => {}
                found => return found,
            }
        }
    }
}
