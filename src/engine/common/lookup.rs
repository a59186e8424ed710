//! Definitions by the type name of a request.

use crate::{
    definition::{self, Resource},
    diag::{self, Diagnostic},
};

/// The definition of a resource type.
pub(crate) fn resource_of(type_name: &str) -> Result<&'static Resource, Diagnostic> {
    definition::resource(type_name).ok_or_else(|| diag::lookup::unknown_type("resource type", type_name))
}
