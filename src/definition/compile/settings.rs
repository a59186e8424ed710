//! The settings of one attribute: the keys of docs/development/definition-keys.md, and how settings of several places combine.

use toml::Value;

use super::written::{Fields, Written, choice};
use crate::{
    definition::attribute::{Change, Clearing, Equality, InPlaceOnly},
    schema::usage::Usage,
};

/// Lists the keys of an attribute once, and implements what applies to each of them.
macro_rules! settings {
    ($($key:ident: $type:ty,)*) => {
        /// The settings of one attribute.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub(super) struct Settings {
            $(pub(super) $key: Option<$type>,)*
        }

        impl Written for Settings {
            fn read(value: Value) -> Result<Self, String> {
                let mut fields = Fields::of(value)?;
                let settings = Self { $($key: fields.optional(stringify!($key))?,)* };
                fields.end()?;
                Ok(settings)
            }
        }

        impl Settings {
            /// These settings, completed by those of `lower`.
            pub(super) fn over(self, lower: &Self) -> Self {
                Self { $($key: self.$key.or_else(|| lower.$key.clone()),)* }
            }

            /// The keys that are set.
            pub(super) fn keys(&self) -> Vec<&'static str> {
                [$(self.$key.as_ref().map(|_| stringify!($key)),)*].into_iter().flatten().collect()
            }

            /// The keys that repeat the value of `lower`.
            pub(super) fn repeats(&self, lower: &Self) -> Vec<&'static str> {
                [$((self.$key.is_some() && self.$key == lower.$key).then_some(stringify!($key)),)*]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        }
    };
}

settings! {
    name: &'static str,
    in_update: &'static str,
    in_read: &'static str,
    only: &'static str,
    description: &'static str,
    ignore: &'static str,
    computed: bool,
    filled_in: bool,
    default: Value,
    usage: Usage,
    set: bool,
    block: bool,
    key: &'static str,
    additions: &'static str,
    min_items: i64,
    max_items: i64,
    change: Change,
    in_place_only: InPlaceOnly,
    observed: bool,
    equality: Equality,
    closed: &'static str,
    concealed: bool,
    secret: bool,
    deprecated: &'static str,
    clearing: Clearing,
    on_update: OnUpdate,
    json: bool,
}

/// What an update does with a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnUpdate {
    /// Keeps members that are omitted.
    Merged,
    /// Clears members that are omitted.
    Replaced,
}

impl Written for OnUpdate {
    fn read(value: Value) -> Result<Self, String> {
        choice(value, &[("merged", Self::Merged), ("replaced", Self::Replaced)])
    }
}

impl Written for Usage {
    fn read(value: Value) -> Result<Self, String> {
        // Optional and computed is written as `computed = true`.
        let choices = [("required", Self::Required), ("optional", Self::Optional), ("computed", Self::Computed)];
        choice(value, &choices)
    }
}

impl Written for Change {
    fn read(value: Value) -> Result<Self, String> {
        let choices = [
            ("replace", Self::Replace),
            ("in_place", Self::InPlace),
            ("send_only", Self::SendOnly),
            ("stable", Self::Stable),
            ("volatile", Self::Volatile),
        ];
        choice(value, &choices)
    }
}

impl Written for InPlaceOnly {
    fn read(value: Value) -> Result<Self, String> {
        if value.is_table() {
            return Written::read(value).map(Self::Between);
        }
        choice(value, &[("increase", Self::Increase), ("from_unset", Self::FromUnset)])
    }
}

impl Written for Equality {
    fn read(value: Value) -> Result<Self, String> {
        let choices = [
            ("json", Self::Json),
            ("maybe_json", Self::MaybeJson),
            ("policy", Self::Policy),
            ("ignore_case", Self::IgnoreCase),
            ("name_or_arn", Self::NameOrArn),
            ("float", Self::Float),
            ("version_prefix", Self::VersionPrefix),
            ("unversioned_arn", Self::UnversionedArn),
        ];
        choice(value, &choices)
    }
}

impl Written for Clearing {
    fn read(value: Value) -> Result<Self, String> {
        if value.is_str() {
            let words = [
                ("never", Self::Never),
                ("omitted", Self::Omit),
                ("empty", Self::Empty),
                ("empty_structure", Self::EmptyStructure),
            ];
            return choice(value, &words);
        }
        let mut fields = Fields::of(value)?;
        let written = [
            fields.optional("value")?.map(Self::Value),
            fields.optional("property")?.map(Self::Property),
            fields.optional("keys")?.map(Self::Keys),
            fields.optional("flag")?.map(Self::Flag),
        ];
        fields.end()?;
        let mut written = written.into_iter().flatten();
        match (written.next(), written.next()) {
            (Some(clearing), None) => Ok(clearing),
            _ => Err("has to have one of `value`, `property`, `keys` and `flag`".to_owned()),
        }
    }
}

impl Settings {
    /// The member of the update input that has no attribute of its own and serves this one.
    pub(super) fn update_member(&self) -> Option<&'static str> {
        self.additions.or_else(|| member_that_clears(self.clearing?))
    }
}

/// True for the changes of values that only the service sets.
pub(super) fn is_of_service(change: Change) -> bool {
    matches!(change, Change::Stable | Change::Volatile)
}

/// The member of the update input that lists what is cleared; `None` if there is none.
pub(super) fn member_that_clears(clearing: Clearing) -> Option<&'static str> {
    match clearing {
        Clearing::Property(member) | Clearing::Keys(member) | Clearing::Flag(member) => Some(member),
        _ => None,
    }
}
