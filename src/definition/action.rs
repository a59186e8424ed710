//! An action: a call that is an event and no state, and the wait for what it begins.

use serde::Serialize;

use crate::definition::{call::Call, resource::Wait, shape::Operation};

/// The definition of one action.
#[derive(Debug, Serialize)]
pub struct Action {
    /// The call; it has no results.
    pub call: Call,
    /// The wait for what the call begins; `None` if the call is all.
    pub completion: Option<Completion>,
}

/// The wait for what an action begins; in a definition file, with the name of the operation.
#[derive(Debug, Serialize)]
pub struct Completion<O = &'static Operation> {
    /// The operation that shows the state.
    pub read: O,
    /// Pairs of input member of the read operation, and the member of the action's input, or else of its reply, whose
    /// value it takes. Members of the same name need no pair.
    pub inputs: &'static [(&'static str, &'static str)],
    /// Boolean input members of the read operation that are true.
    pub flags: &'static [&'static str],
    /// The list in the read output that holds the object, which is the element with the members of the action's input;
    /// `None` if the output itself is the object.
    pub element: Option<&'static str>,
    /// If the action concerns several objects, which elements they are: pairs of member of the element, and path in the
    /// action's reply, or else its input, whose dots lead into structures and lists. The values of a path that leads
    /// through a list identify one object each; the value of any other path is common to all of them. Empty: one object.
    pub each: &'static [(&'static str, &'static str)],
    /// The states, and the default timeout. Without a done state, the wait ends when the objects no longer exist.
    pub wait: Wait,
    /// Whether the action waits unless the user decides.
    pub by_default: bool,
    /// Nothing is called if the object is in a pending or a done state already: what is to be reached is under way or is
    /// reached.
    pub unless_done: bool,
}
