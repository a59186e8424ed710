//! Updates an object and its tags to the planned state, and waits until the service shows it.

use crate::{
    definition::{Attribute, Origin},
    diag::Doing,
    engine::{
        common::timeouts::PlannedAction,
        convert::{address, equality::same, request, tags},
        resource::{
            differences::{Difference, of_object},
            plan,
            unknowns::known_object,
            work::{Done, Work},
        },
        service::{failure::Failure, tagging},
    },
    value::Value,
};

impl Work<'_> {
    /// Updates the object to the planned state.
    pub(crate) async fn update(&self, prior: &Value, planned: &Value) -> Done {
        let differences = of_object(self.resource, prior, planned, self.private.imported);
        let call = differences.iter().any(Difference::needs_a_call);
        let retag = prior.get(tags::ALL) != planned.get(tags::ALL);
        let mut restore = self.private.restore.clone();
        if !call && !retag && restore.is_none() {
            return Done::succeeded(known_object(self.resource.attributes, planned));
        }
        if let Some(refusal) = plan::refusal(self.resource, &differences) {
            return self.failed(Doing::Updating, prior, prior.clone(), &Failure::Refused(Box::new(refusal)));
        }
        match self.carry_out(prior, planned, call, &mut restore).await {
            Ok(state) => Done::succeeded(state),
            Err(failure) => {
                let state = self.best_known(prior).await;
                let private = self.private.restoring(restore.as_deref());
                Done { private, ..self.failed(Doing::Updating, prior, state, &failure) }
            }
        }
    }

    /// `restore` is the state that remains to be restored if this fails.
    pub(super) async fn carry_out(
        &self,
        prior: &Value,
        planned: &Value,
        call: bool,
        restore: &mut Option<String>,
    ) -> Result<Value, Failure> {
        if call {
            *restore = restore.take().or(self.state_to_restore(prior).await?);
            if let Err(failure) = self.update_when_idle(prior, planned).await {
                self.restore_after_refusal(&failure, planned, restore).await;
                return Err(failure);
            }
        }
        if tags::are_kept(self.resource, planned) {
            tagging::update(self.api, self.region(prior), self.arn(prior), prior, planned).await?;
        }
        if let Some(state) = restore {
            self.restore(planned, state).await?;
        }
        let wait = if call || restore.is_some() { self.resource.update_wait.as_ref() } else { None };
        self.finish_when_seen(prior, planned, PlannedAction::Update, wait).await
    }

    /// The attributes whose values change, as far as that is known.
    pub(crate) fn changes(&self, prior: &Value, planned: &Value) -> impl Iterator<Item = &'static Attribute> {
        self.resource.attributes.iter().filter(move |attribute| {
            let [prior, planned] = [prior, planned].map(|values| values.get(attribute.name));
            planned.is_wholly_known() && !same(attribute, prior, planned)
        })
    }

    pub(crate) async fn call_update(&self, prior: &Value, planned: &Value) -> Result<(), Failure> {
        let Some(operation) = self.resource.operations.update else {
            return Err(Failure::Bug(format!("A SageMaker {} cannot be updated.", self.resource.noun)));
        };
        let mut input = request::update(self.resource, operation, prior, planned);
        if let Some(special) = self.special {
            special.before_update(self.context(prior), prior, planned, &mut input).await?;
        }
        let address = address::address(self.resource, operation, prior);
        // Only provider-defined arguments have changed: there is nothing to send.
        if input == address {
            return Ok(());
        }
        if let Some(special) = self.special
            && special.update(self.context(prior), prior, planned, &input).await?
        {
            return Ok(());
        }
        let (mut sent, mut shown) = (Value::object(), prior.clone());
        for body in request::split(self.resource, operation, &address, input) {
            if !sent.is_zero() {
                shown = self.wait_until_shown(prior, &shown, planned, &sent).await?;
            }
            for (member, value) in body.as_map().into_iter().flatten() {
                // A list of new elements may take several calls.
                let value = match (sent.get(member), value) {
                    (Value::List(before), Value::List(more)) => Value::List([&before[..], more].concat()),
                    _ => value.clone(),
                };
                sent.insert(member.as_str(), value);
            }
            self.call_with_retries(PlannedAction::Update, planned, operation, &self.with_tokens(operation, body))
                .await?;
        }
        Ok(())
    }

    /// Waits until the object shows what the calls of an update have sent so far, since the service refuses the next one
    /// while it still changes. `shown`: what it showed before the last call. Returns what it shows now.
    async fn wait_until_shown(
        &self,
        prior: &Value,
        shown: &Value,
        planned: &Value,
        sent: &Value,
    ) -> Result<Value, Failure> {
        let is_sent = |member: Option<&str>| member.is_some_and(|member| !sent.get(member).is_null());
        let mut so_far = prior.clone();
        for attribute in self.resource.attributes {
            let [before, after] = [prior, planned].map(|values| values.get(attribute.name));
            if let Some(member) = attribute.additions.filter(|member| is_sent(Some(member))) {
                let added = request::additions(attribute, before, after).into_iter();
                let added: Vec<Value> = added.take(sent.get(member).elements().len()).collect();
                so_far.insert(attribute.name, Value::List([before.elements(), &added[..]].concat()));
            } else if is_sent(attribute.update_member()) || attribute.origin == Origin::Timeouts {
                so_far.insert(attribute.name, after.clone());
            }
        }
        self.finish_when_seen(shown, &so_far, PlannedAction::Update, self.resource.update_wait.as_ref()).await?;
        Ok(so_far)
    }
}
