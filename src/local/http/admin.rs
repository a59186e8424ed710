//! The admin requests for tests: inject faults, change objects out of band, list everything.
//!
//! `docs/guides/local.md` has the requests.

use hyper::Method;

use crate::{
    local::{
        json,
        state::{OutOfBand, State},
    },
    value::Value,
};

/// The reply to a request for `/admin/…`, or the error in the request.
pub(super) fn answer(state: &State, method: &Method, path: &str, body: &[u8]) -> Result<Value, String> {
    match (method, path) {
        (&Method::POST, "/admin/faults") => {
            let Value::List(faults) = read(body)? else { return Err("a list of faults is expected".into()) };
            state.inject_faults(&faults).map(|()| Value::object())
        }
        (&Method::POST, "/admin/objects") => {
            let body = read(body)?;
            let arn = body.get("arn").as_str().ok_or("`arn` is missing")?;
            let is = |member: &str| body.get(member).as_bool() == Some(true);
            let change = match (body.get("members"), is("removed"), is("ended")) {
                (Value::Map(members), false, false) => OutOfBand::Members(members.clone()),
                (Value::Null, true, false) => OutOfBand::Removal,
                (Value::Null, false, true) => OutOfBand::End,
                _ => return Err("one of `members` (an object), `removed` and `ended` (true) is expected".into()),
            };
            if state.change_out_of_band(arn, change) {
                Ok(Value::object())
            } else {
                Err(format!("there is no `{arn}`"))
            }
        }
        (&Method::GET, "/admin/objects") => Ok(state.objects()),
        (&Method::GET, "/admin/calls") => Ok(state.calls()),
        (&Method::POST, "/admin/reset") => {
            state.reset();
            Ok(Value::object())
        }
        _ => Err(format!("there is no {method} {path}")),
    }
}

fn read(body: &[u8]) -> Result<Value, String> {
    json::read(body).map_err(|error| format!("the body is no JSON: {error}"))
}
