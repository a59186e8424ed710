//! The replies of calls: descriptions in the shape of the operation's output, and errors.

use super::members::{lookup, project};
use crate::{
    definition::service::Shape,
    local::{
        error::{CONFLICT, ErrorText, IN_USE, NOT_FOUND, ServiceError, VALIDATION},
        kind::{Call, Kind},
        storage::store::Object,
    },
    value::{Map, Value},
};

impl Call<'_> {
    /// The reply with the members that the operation's output has.
    pub(in crate::local) fn reply(&self, members: Map) -> Value {
        project(self.operation.output, members)
    }

    /// The reply with the members of a description that the operation's output has.
    pub(in crate::local) fn shown(&self, kind: &Kind, mut view: Map) -> Value {
        repeat(kind, self.operation.output, &mut view);
        if let Some(inner) = kind.wrapper.and_then(|wrapper| self.operation.output.member(wrapper)) {
            repeat(kind, inner.shape, &mut view);
            view.insert(inner.name.to_owned(), Value::Map(view.clone()));
        }
        self.reply(view)
    }

    /// The error that the object of this key does not exist.
    pub(in crate::local) fn not_found(&self, kind: &Kind, key: &str, name: &str) -> ServiceError {
        self.refusal(kind, &kind.not_found, &[NOT_FOUND], &self.scope.arn(kind.resource_type(), key), name)
    }

    /// The error that an object of that name already exists.
    pub(in crate::local) fn exists(&self, kind: &Kind, arn: &str, name: &str) -> ServiceError {
        self.refusal(kind, &kind.exists, &[IN_USE, CONFLICT], arn, name)
    }

    /// The error that another change of the object is in progress.
    pub(in crate::local) fn busy(&self, kind: &Kind, object: &Object) -> ServiceError {
        self.in_status(kind, &kind.busy, object)
    }

    /// An error that names the status of the object.
    pub(in crate::local) fn in_status(&self, kind: &Kind, text: &ErrorText, object: &Object) -> ServiceError {
        let view = object.view(self.now);
        let status = kind.lifecycle.as_ref().map_or("", |lifecycle| lifecycle.status_in(&view));
        let error = self.refusal(kind, text, &[CONFLICT, IN_USE], &object.arn, &object.name);
        ServiceError::new(error.code, error.message.replace("{status}", status))
    }

    /// The error of that text; if it has no code, the first of these that the operation knows.
    pub(in crate::local) fn refusal(
        &self,
        kind: &Kind,
        text: &ErrorText,
        codes: &[&'static str],
        arn: &str,
        name: &str,
    ) -> ServiceError {
        let known = codes.iter().copied().find(|code| self.operation.errors.contains(code)).unwrap_or(VALIDATION);
        let error = text.of(arn, name);
        let code = if text.code.is_empty() { known } else { text.code };
        ServiceError::new(code, error.message.replace("{noun}", kind.noun))
    }
}

/// Sets the members of the shape that repeat others under another name.
pub(in crate::local) fn repeat(kind: &Kind, shape: &Shape, view: &mut Map) {
    for (member, of) in kind.repeated {
        if shape.member(member).is_some() {
            let value = lookup(view, of).clone();
            if !value.is_null() {
                view.insert((*member).to_owned(), value);
            }
        }
    }
}
