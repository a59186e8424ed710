//! What is joined: the structures of a resource or call, and the settings of their members.

use std::collections::BTreeMap;

use crate::definition::{
    compile::files::{MemberSettings, Shapes},
    resource::UpdateSends,
    shape::Shape,
};

/// The input and output structures of a resource or call.
#[derive(Debug)]
pub(in crate::definition::compile) struct Sides {
    /// The create input.
    pub(in crate::definition::compile) create: &'static Shape,
    /// The update input, if there is an update operation.
    pub(in crate::definition::compile) update: Option<&'static Shape>,
    /// The read output.
    pub(in crate::definition::compile) read: &'static Shape,
    /// The delete input, if there is a delete operation.
    pub(in crate::definition::compile) delete: Option<&'static Shape>,
    /// The input members that identify the object.
    pub(in crate::definition::compile) addressing: Vec<&'static str>,
    /// True if one operation creates and updates.
    pub(in crate::definition::compile) upserts: bool,
    pub(in crate::definition::compile) update_sends: UpdateSends,
}

impl Sides {
    /// A call takes its input once, as a create does.
    pub(in crate::definition::compile) fn of_call(input: &'static Shape, output: &'static Shape) -> Self {
        Self {
            create: input,
            update: None,
            read: output,
            delete: None,
            addressing: Vec::new(),
            upserts: false,
            update_sends: UpdateSends::Changed,
        }
    }
}

/// Where the settings of members are written.
#[derive(Debug, Clone, Copy)]
pub(in crate::definition::compile) struct Overrides<'a> {
    /// The file, and the entry of a file of calls: `model.toml`, `queries.toml: models`.
    pub(in crate::definition::compile) file: &'a str,
    /// What the file says of this resource or call.
    pub(in crate::definition::compile) members: &'a MemberSettings,
    /// For structures at all their places in all resources.
    pub(in crate::definition::compile) structures: &'a Shapes,
    /// The default descriptions of members; only for calls.
    pub(in crate::definition::compile) described: Option<&'a BTreeMap<String, &'static str>>,
}
