//! A condition on the input of operations as data, and its text.

use std::fmt;

use crate::value::Value;

/// A condition on the input of operations that the service documents or was seen to enforce.
#[derive(Debug)]
pub struct Condition {
    /// The names of the operations: `CreateModel`.
    pub operations: &'static [&'static str],
    /// The structures of the input that are checked: dotted member paths, which traverse every element of lists and
    /// every value of maps. The empty string is the input itself.
    pub within: &'static [&'static str],
    /// The condition applies only if all of these hold.
    pub when: &'static [(Member, Predicate)],
    /// The requirement.
    pub check: Requirement,
    /// The service's message; empty: unknown, and the message is generated from the condition.
    pub message: &'static str,
    /// Where the condition is documented or was observed.
    pub source: &'static str,
}

/// A dotted member path in the structure, or in the input if prefixed with a slash.
pub(super) type Member = &'static str;

/// A requirement.
#[derive(Debug)]
pub enum Requirement {
    /// Exactly one of the members is set.
    ExactlyOne(&'static [Member]),
    /// At least one of the members is set.
    AtLeastOne(&'static [Member]),
    /// At most one of the members is set.
    AtMostOne(&'static [Member]),
    /// The predicate holds for the member.
    Is(Member, Predicate),
    /// Every element of the list has the member, or none has it.
    AllOrNone(Member, Member),
    /// A function in Rust, with its description.
    Holds(fn(&Value) -> bool, &'static str),
}

/// What can be said of a member. It holds for an unset one, unless stated otherwise.
#[derive(Debug, Clone, Copy)]
pub enum Predicate {
    /// Present, and not an empty list.
    Set,
    /// Absent, or an empty list.
    Unset,
    /// Set, and one of these; `true` and `false` for booleans.
    In(&'static [&'static str]),
    /// One of these, if it is set.
    Among(&'static [&'static str]),
    /// None of these.
    NotIn(&'static [&'static str]),
    /// Set before the operation.
    WasSet,
    /// Before the operation, the object has one of these values.
    WasIn(&'static [&'static str]),
    /// The operation does not change the value of the object.
    AsBefore,
    /// A number that is not less than the value before the operation.
    NotBelowBefore,
    /// A multiple of this number.
    MultipleOf(i64),
    /// At least this number.
    AtLeast(i64),
    /// At most this number.
    AtMost(i64),
    /// One of these numbers.
    OneOf(&'static [i64]),
    /// Not greater than the other member.
    NotAbove(Member),
    /// Not less than the other member.
    NotBelow(Member),
    /// A JSON document.
    Json,
    /// Base64-encoded data.
    Base64,
    /// A string without this suffix.
    NotEndingWith(&'static str),
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.check)?;
        for (place, (member, predicate)) in self.when.iter().enumerate() {
            let joint = if place == 0 { " if " } else { " and " };
            write!(formatter, "{joint}{} {}", member.trim_start_matches('/'), predicate.state())?;
        }
        Ok(())
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExactlyOne(members) => write!(formatter, "Exactly one of {} must be set", members.join(", ")),
            Self::AtLeastOne(members) => write!(formatter, "At least one of {} must be set", members.join(", ")),
            Self::AtMostOne(members) => write!(formatter, "At most one of {} may be set", members.join(", ")),
            Self::Is(member, predicate) => {
                write!(formatter, "{} {}", member.trim_start_matches('/'), predicate.demand())
            }
            Self::AllOrNone(list, member) => write!(formatter, "{member} must be set in all of {list} or in none"),
            Self::Holds(_, words) => formatter.write_str(words),
        }
    }
}

impl Predicate {
    fn demand(self) -> String {
        match self {
            Self::Set => "must be set".to_owned(),
            Self::Unset => "must not be set".to_owned(),
            Self::In(values) | Self::Among(values) => format!("must be {}", values.join(" or ")),
            Self::NotIn(values) => format!("must not be {}", values.join(" or ")),
            Self::WasSet => "must have been set".to_owned(),
            Self::WasIn(values) => format!("must have been {}", values.join(" or ")),
            Self::AsBefore => "cannot be changed".to_owned(),
            Self::NotBelowBefore => "cannot be decreased".to_owned(),
            Self::MultipleOf(step) => format!("must be a multiple of {step}"),
            Self::AtLeast(least) => format!("must be at least {least}"),
            Self::AtMost(most) => format!("must be at most {most}"),
            Self::OneOf(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                format!("must be {}", numbers.join(" or "))
            }
            Self::NotAbove(other) => format!("must not be greater than {other}"),
            Self::NotBelow(other) => format!("must not be less than {other}"),
            Self::Json => "must be a JSON document".to_owned(),
            Self::Base64 => "must be encoded in Base64".to_owned(),
            Self::NotEndingWith(ending) => format!("must not end with {ending}"),
        }
    }

    fn state(self) -> String {
        match self {
            Self::Set => "is set".to_owned(),
            Self::Unset => "is not set".to_owned(),
            Self::WasSet => "was set".to_owned(),
            Self::WasIn(values) => format!("was {}", values.join(" or ")),
            other => other.demand().replacen("must be", "is", 1).replacen("must not be", "is not", 1),
        }
    }
}
