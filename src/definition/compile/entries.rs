//! The form of each entry of a definition file, with the keys of docs/development/definition-keys.md and no others.
//!
//! Knows nothing of the file around an entry.

use toml::Value;

use super::{
    files::{ActionEntry, CallEntry, MemberSettings, Shapes, Switch},
    written::{Fields, FromFields, Seconds, Written, choice},
};
use crate::definition::{
    action::Completion,
    bounds::Bounds,
    images::Registry,
    resource::{
        ErrorMatch, FurtherCalls, Identity, Listing, Naming, Operations, Phase, Replacement, Retry, Tags, UpdateNeeds,
        UpdateSends, Wait,
    },
    rule::{Check, Rule, Test, When},
};

impl FromFields for Operations<&'static str> {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            create: fields.required("create")?,
            read: fields.required("read")?,
            object: fields.optional("object")?,
            update: fields.optional("update")?,
            delete: fields.optional("delete")?,
            stop: fields.optional("stop")?,
            list: fields.optional("list")?,
        })
    }
}

impl FromFields for FurtherCalls<&'static str> {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            phase: fields.required("phase")?,
            operations: fields.required("operations")?,
            only_if: fields.optional("only_if")?,
        })
    }
}

impl Written for Phase {
    fn read(value: Value) -> Result<Self, String> {
        let choices = [
            ("create", Self::Create),
            ("read", Self::Read),
            ("update", Self::Update),
            ("delete", Self::Delete),
            ("import", Self::Import),
        ];
        choice(value, &choices)
    }
}

impl FromFields for Identity {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            members: fields.required("members")?,
            id: fields.optional("id")?,
            separator: fields.optional("separator")?.unwrap_or("/"),
            arn: fields.optional("arn")?,
            inputs: fields.or_default("inputs")?,
            constants: fields.or_default("constants")?,
            absent: fields.or_default("absent")?,
            absent_states: fields.or_default("absent_states")?,
            naming: fields.optional("naming")?,
        })
    }
}

impl FromFields for Listing {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            members: fields.or_default("members")?,
            defaults: fields.or_default("defaults")?,
            excluded: fields.or_default("excluded")?,
            mixed: fields.or_default("mixed")?,
        })
    }
}

impl FromFields for ErrorMatch {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self { code: fields.required("code")?, message: fields.optional("message")? })
    }
}

impl FromFields for Naming {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            member: fields.required("member")?,
            prefix: fields.required("prefix")?,
            name_prefix: fields.or_default("name_prefix")?,
            max: usize::try_from(fields.required::<i64>("max")?).map_err(|_| "`max` has to be positive".to_owned())?,
        })
    }
}

impl FromFields for Tags {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self { replace: fields.or_default("replace")?, unless: fields.optional("unless")? })
    }
}

impl FromFields for Wait {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            field: fields.optional("field")?,
            pending: fields.or_default("pending")?,
            done: fields.or_default("done")?,
            failed: fields.or_default("failed")?,
            reasons: fields.or_default("reasons")?,
            confirmed: fields.or_default("confirmed")?,
            restores: fields.or_default("restores")?,
            timeout: fields.required::<Seconds>("timeout")?.0,
        })
    }
}

impl FromFields for Retry {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            operation: fields.required("operation")?,
            error: ErrorMatch { code: fields.required("code")?, message: fields.optional("message")? },
            timeout: fields.required::<Seconds>("timeout")?.0,
        })
    }
}

impl FromFields for Rule {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        let mut rule = Self {
            check: fields.required("check")?,
            within: fields.optional("within")?,
            names: fields.required("names")?,
            when: fields.optional("when")?,
            on_create: fields.or_default("on_create")?,
        };
        match &mut rule.check {
            Check::OneOf(values) => *values = fields.required("values")?,
            Check::Between(bounds) => {
                *bounds = Bounds { min: fields.optional("min")?, max: fields.optional("max")? };
                if bounds.min.is_none() && bounds.max.is_none() {
                    return Err("needs a `min` or a `max`".to_owned());
                }
            }
            _ => {}
        }
        Ok(rule)
    }
}

/// The values of `one_of` and the bounds of `between` are keys of the rule.
impl Written for Check {
    fn read(value: Value) -> Result<Self, String> {
        let choices = [
            ("exactly_one", Self::ExactlyOne),
            ("at_least_one", Self::AtLeastOne),
            ("at_most_one", Self::AtMostOne),
            ("requires", Self::Requires),
            ("required", Self::Required),
            ("forbidden", Self::Forbidden),
            ("one_of", Self::OneOf(&[])),
            ("ascending", Self::Ascending),
            ("between", Self::Between(Bounds::NONE)),
            ("requires_outside", Self::RequiresOutside),
        ];
        choice(value, &choices)
    }
}

impl FromFields for When {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        let name = fields.required("name")?;
        let (is, is_not) = (fields.optional("is")?, fields.optional("is_not")?);
        let test = match (is, is_not) {
            (None, None) => Test::Set,
            (Some(values), None) => Test::Is(values),
            (None, Some(values)) => Test::IsNot(values),
            (Some(_), Some(_)) => return Err("has both `is` and `is_not`".to_owned()),
        };
        Ok(Self { name, test })
    }
}

impl FromFields for UpdateNeeds {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        let of = fields.optional("of")?.unwrap_or_default();
        Ok(Self { when: When::from_fields(fields)?, of })
    }
}

impl Written for UpdateSends {
    fn read(value: Value) -> Result<Self, String> {
        choice(value, &[("changed", Self::Changed), ("all", Self::All), ("one", Self::One)])
    }
}

impl FromFields for Replacement {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        let (loses, harmless) = (fields.optional("loses")?, fields.optional("harmless")?);
        match (loses, harmless) {
            (Some(what), None) => Ok(Self::Loses(what)),
            (None, Some(why)) => Ok(Self::Harmless(why)),
            _ => Err("has to have either `loses` or `harmless`".to_owned()),
        }
    }
}

impl FromFields for Switch {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        let kind: &str = fields.required("type")?;
        if kind != "bool" {
            return Err(format!("`type` is `{kind}`, but has to be `bool`"));
        }
        Ok(Self { description: "", default: fields.optional("default")? })
    }
}

impl FromFields for CallEntry {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            operation: fields.required("operation")?,
            description: fields.required("description")?,
            rules: fields.or_default("rule")?,
            members: MemberSettings {
                descriptions: fields.or_default("descriptions")?,
                attributes: fields.or_default("attributes")?,
                shapes: Shapes::new(),
            },
        })
    }
}

impl FromFields for ActionEntry {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self { call: CallEntry::from_fields(fields)?, completion: fields.optional("completion")? })
    }
}

impl FromFields for Completion<&'static str> {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            read: fields.required("read")?,
            inputs: fields.or_default("inputs")?,
            flags: fields.or_default("flags")?,
            element: fields.optional("element")?,
            each: fields.or_default("each")?,
            wait: Wait {
                field: Some(fields.required("field")?),
                pending: fields.or_default("pending")?,
                done: fields.required("done")?,
                failed: fields.or_default("failed")?,
                reasons: fields.or_default("reasons")?,
                confirmed: &[],
                restores: &[],
                timeout: fields.required::<Seconds>("timeout")?.0,
            },
            by_default: fields.required("by_default")?,
            unless_done: fields.or_default("unless_done")?,
        })
    }
}

impl FromFields for Registry {
    fn from_fields(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self { repositories: fields.required("repositories")?, accounts: fields.required("accounts")? })
    }
}
