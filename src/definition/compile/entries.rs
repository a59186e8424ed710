//! The form of each entry of a definition file, with the keys of docs/development/definition-keys.md and no others.
//!
//! Knows nothing of the file around an entry.

use toml::Value;

use super::{
    files::{ActionEntry, CallEntry, CompletionEntry, Switch},
    written::{Fields, Seconds, Written, choice},
};
use crate::definition::{
    images::Registry,
    resource::{
        ErrorMatch, FurtherCalls, Identity, Listing, Naming, Operations, Phase, Replacement, Retry, Tags, UpdateSends,
        Wait,
    },
    rule::{Check, Rule, Test, When},
};

impl Written for Operations<&'static str> {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let operations = Self {
            create: fields.required("create")?,
            read: fields.required("read")?,
            object: fields.optional("object")?,
            update: fields.optional("update")?,
            delete: fields.optional("delete")?,
            stop: fields.optional("stop")?,
            list: fields.optional("list")?,
        };
        fields.end()?;
        Ok(operations)
    }
}

impl Written for FurtherCalls<&'static str> {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let calls = Self {
            phase: fields.required("phase")?,
            operations: fields.required("operations")?,
            only_if: fields.optional("only_if")?,
        };
        fields.end()?;
        Ok(calls)
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

impl Written for Identity {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let identity = Self {
            members: fields.required("members")?,
            id: fields.optional("id")?,
            separator: fields.optional("separator")?.unwrap_or("/"),
            arn: fields.optional("arn")?,
            inputs: fields.or_default("inputs")?,
            constants: fields.or_default("constants")?,
            absent: fields.or_default("absent")?,
            absent_states: fields.or_default("absent_states")?,
            naming: fields.optional("naming")?,
        };
        fields.end()?;
        Ok(identity)
    }
}

impl Written for Listing {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let listing = Self {
            members: fields.or_default("members")?,
            defaults: fields.or_default("defaults")?,
            excluded: fields.or_default("excluded")?,
            mixed: fields.or_default("mixed")?,
        };
        fields.end()?;
        Ok(listing)
    }
}

impl Written for ErrorMatch {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let error = Self { code: fields.required("code")?, message: fields.optional("message")? };
        fields.end()?;
        Ok(error)
    }
}

impl Written for Naming {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let naming = Self {
            member: fields.required("member")?,
            prefix: fields.required("prefix")?,
            name_prefix: fields.or_default("name_prefix")?,
            max: usize::try_from(fields.required::<i64>("max")?).map_err(|_| "`max` has to be positive".to_owned())?,
        };
        fields.end()?;
        Ok(naming)
    }
}

impl Written for Tags {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let tags = Self { replace: fields.or_default("replace")?, unless: fields.optional("unless")? };
        fields.end()?;
        Ok(tags)
    }
}

impl Written for Wait {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let wait = Self {
            field: fields.optional("field")?,
            pending: fields.or_default("pending")?,
            done: fields.or_default("done")?,
            failed: fields.or_default("failed")?,
            reasons: fields.or_default("reasons")?,
            confirmed: fields.or_default("confirmed")?,
            restores: fields.or_default("restores")?,
            timeout: fields.required::<Seconds>("timeout")?.0,
        };
        fields.end()?;
        Ok(wait)
    }
}

impl Written for Retry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let retry = Self {
            operation: fields.required("operation")?,
            error: ErrorMatch { code: fields.required("code")?, message: fields.optional("message")? },
            timeout: fields.required::<Seconds>("timeout")?.0,
        };
        fields.end()?;
        Ok(retry)
    }
}

impl Written for Rule {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let mut rule = Self {
            check: fields.required("check")?,
            within: fields.optional("within")?,
            names: fields.required("names")?,
            when: fields.optional("when")?,
            on_create: fields.or_default("on_create")?,
        };
        if let Check::OneOf(values) = &mut rule.check {
            *values = fields.required("values")?;
        }
        fields.end()?;
        Ok(rule)
    }
}

/// The values of `one_of` are a key of the rule.
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
            ("positive", Self::Positive),
            ("requires_outside", Self::RequiresOutside),
        ];
        choice(value, &choices)
    }
}

impl Written for When {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let name = fields.required("name")?;
        let (is, is_not) = (fields.optional("is")?, fields.optional("is_not")?);
        fields.end()?;
        let test = match (is, is_not) {
            (None, None) => Test::Set,
            (Some(values), None) => Test::Is(values),
            (None, Some(values)) => Test::IsNot(values),
            (Some(_), Some(_)) => return Err("has both `is` and `is_not`".to_owned()),
        };
        Ok(Self { name, test })
    }
}

impl Written for UpdateSends {
    fn read(value: Value) -> Result<Self, String> {
        choice(value, &[("changed", Self::Changed), ("all", Self::All), ("one", Self::One)])
    }
}

impl Written for Replacement {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let (loses, harmless) = (fields.optional("loses")?, fields.optional("harmless")?);
        fields.end()?;
        match (loses, harmless) {
            (Some(what), None) => Ok(Self::Loses(what)),
            (None, Some(why)) => Ok(Self::Harmless(why)),
            _ => Err("has to have either `loses` or `harmless`".to_owned()),
        }
    }
}

impl Written for Switch {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let kind: &str = fields.required("type")?;
        let switch = Self { default: fields.optional("default")? };
        fields.end()?;
        if kind == "bool" { Ok(switch) } else { Err(format!("`type` is `{kind}`, but has to be `bool`")) }
    }
}

impl CallEntry {
    fn of(fields: &mut Fields) -> Result<Self, String> {
        Ok(Self {
            operation: fields.required("operation")?,
            description: fields.required("description")?,
            descriptions: fields.or_default("descriptions")?,
            attributes: fields.or_default("attributes")?,
        })
    }
}

impl Written for CallEntry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let call = Self::of(&mut fields)?;
        fields.end()?;
        Ok(call)
    }
}

impl Written for ActionEntry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let action = Self { call: CallEntry::of(&mut fields)?, completion: fields.optional("completion")? };
        fields.end()?;
        Ok(action)
    }
}

impl Written for CompletionEntry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let completion = Self {
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
        };
        fields.end()?;
        Ok(completion)
    }
}

impl Written for Registry {
    fn read(value: Value) -> Result<Self, String> {
        let mut fields = Fields::of(value)?;
        let registry = Self { repositories: fields.required("repositories")?, accounts: fields.required("accounts")? };
        fields.end()?;
        Ok(registry)
    }
}
