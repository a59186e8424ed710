//! An attribute at its place: who sets it, which sides have it, and the values and counts that its shape allows.

use toml::Value;

use super::{model::bounds, problem::listed, settings::Settings, written::leak};
use crate::{
    definition::{
        attribute::{Change, Literal},
        bounds::Bounds,
        shape::{Shape, ShapeKind},
    },
    schema::usage::Usage,
};

/// The properties of an attribute at its place without any settings.
#[derive(Debug)]
pub(super) struct Placement {
    /// Users can set it, since an input has it.
    pub(super) settable: bool,
    pub(super) usage: Usage,
    pub(super) change: Change,
    /// It is inside an attribute of objects.
    pub(super) in_objects: bool,
    pub(super) on_create: bool,
    pub(super) on_update: bool,
    pub(super) on_delete: bool,
    pub(super) observed: bool,
}

impl Placement {
    /// If no input has a member that users may set, a special file sends it with each update.
    pub(super) fn set_by_special_file(self, settings: &Settings, updated: bool) -> Self {
        match settings.usage {
            Some(Usage::Required | Usage::Optional) if !self.settable && updated => {
                Self { settable: true, change: Change::InPlace, on_update: true, ..self }
            }
            _ => self,
        }
    }
}

/// The constant of `default`; or why it is invalid, with the valid values.
pub(super) fn literal(shape: &Shape, default: &Value) -> Result<Literal, String> {
    let literal = match (&shape.kind, default) {
        (ShapeKind::Boolean, Value::Boolean(value)) => Literal::Bool(*value),
        (ShapeKind::Integer { .. } | ShapeKind::Float { .. }, Value::Integer(value)) => {
            within(shape, *value as f64, "")?;
            Literal::Integer(*value)
        }
        (ShapeKind::Float { .. }, Value::Float(value)) if value.is_finite() => {
            within(shape, *value, "")?;
            Literal::Decimal(leak(format!("{value:?}")))
        }
        (ShapeKind::String { values, .. }, Value::String(text)) => {
            if !values.is_empty() && !values.contains(&text.as_str()) {
                return Err(format!("is none of the values of the enumeration: {}", listed(*values)));
            }
            within(shape, text.chars().count() as f64, "its length ")?;
            Literal::String(leak(text))
        }
        (ShapeKind::Boolean, _) => return Err("has to be `true` or `false`".to_owned()),
        (ShapeKind::Integer { .. }, _) => return Err("has to be an integer".to_owned()),
        (ShapeKind::Float { .. }, _) => return Err("has to be a number".to_owned()),
        (ShapeKind::String { .. }, _) => return Err("has to be a text".to_owned()),
        _ => return Err("is only for texts, numbers and booleans".to_owned()),
    };
    Ok(literal)
}

fn within(shape: &Shape, size: f64, what: &str) -> Result<(), String> {
    match bounds(shape) {
        Bounds { min: Some(min), .. } if size < min => Err(format!("{what}has to be at least {min}")),
        Bounds { max: Some(max), .. } if size > max => Err(format!("{what}has to be at most {max}")),
        _ => Ok(()),
    }
}

/// The least and greatest number of blocks; 0 means unlimited for the latter.
pub(super) fn items(shape: &Shape, required: bool) -> (i64, i64) {
    let least = if required { 1 } else { 0 };
    match shape.kind {
        ShapeKind::List { bounds, .. } | ShapeKind::Map { bounds, .. } => {
            let min = bounds.min.map_or(least, |min| least.max(min));
            // An optional list may be omitted, whatever its least number of elements.
            (if required { min } else { 0 }, bounds.max.unwrap_or_default())
        }
        _ => (least, 1),
    }
}
