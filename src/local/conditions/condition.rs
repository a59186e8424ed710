//! A condition as data: what it is about, what it demands, and both in words.

use std::fmt;

use crate::value::Value;

/// Something that the service documents, or was seen to demand, of the input of operations.
#[derive(Debug)]
pub struct Condition {
    pub operations: &'static [&'static str],
    /// The structures of the input that this is about: members with dots, which lead through each element of lists and
    /// each value of maps too. An empty text is the input itself.
    pub within: &'static [&'static str],
    /// It applies only where all of these hold.
    pub when: &'static [(Member, Test)],
    pub check: Check,
    /// The service's message; empty: it is not known, and the condition is described in words of our own.
    pub message: &'static str,
    /// Where it is documented or seen.
    pub source: &'static str,
}

/// A member of the structure, with dots to lead inwards; with a slash before it, of the input.
pub(super) type Member = &'static str;

/// What is demanded.
#[derive(Debug)]
pub enum Check {
    ExactlyOne(&'static [Member]),
    AtLeastOne(&'static [Member]),
    AtMostOne(&'static [Member]),
    Is(Member, Test),
    /// Every element of the list has the member, or none has it.
    AllOrNone(Member, Member),
    /// In Rust, with the same in words.
    Holds(fn(&Value) -> bool, &'static str),
}

/// A test of a member. A member that is not set passes, unless said otherwise.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// Present, and no empty list.
    Set,
    Unset,
    /// Set, and one of these; `true` and `false` for booleans.
    In(&'static [&'static str]),
    NotIn(&'static [&'static str]),
    /// The object, as it is before the operation, has one of these.
    WasIn(&'static [&'static str]),
    /// The object has another value neither before nor after the operation.
    AsBefore,
    NotBelowBefore,
    MultipleOf(i64),
    AtLeast(i64),
    NotAbove(Member),
    NotBelow(Member),
    Json,
    Base64,
    NotEndingWith(&'static str),
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.check)?;
        for (place, (member, test)) in self.when.iter().enumerate() {
            let joint = if place == 0 { " if " } else { " and " };
            write!(formatter, "{joint}{} {}", member.trim_start_matches('/'), test.state())?;
        }
        Ok(())
    }
}

impl fmt::Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExactlyOne(members) => write!(formatter, "Exactly one of {} must be set", members.join(", ")),
            Self::AtLeastOne(members) => write!(formatter, "At least one of {} must be set", members.join(", ")),
            Self::AtMostOne(members) => write!(formatter, "At most one of {} may be set", members.join(", ")),
            Self::Is(member, test) => write!(formatter, "{} {}", member.trim_start_matches('/'), test.demand()),
            Self::AllOrNone(list, member) => write!(formatter, "{member} must be set in all of {list} or in none"),
            Self::Holds(_, words) => formatter.write_str(words),
        }
    }
}

impl Test {
    fn demand(self) -> String {
        match self {
            Self::Set => "must be set".to_owned(),
            Self::Unset => "must not be set".to_owned(),
            Self::In(values) => format!("must be {}", values.join(" or ")),
            Self::NotIn(values) => format!("must not be {}", values.join(" or ")),
            Self::WasIn(values) => format!("must have been {}", values.join(" or ")),
            Self::AsBefore => "cannot be changed".to_owned(),
            Self::NotBelowBefore => "cannot be decreased".to_owned(),
            Self::MultipleOf(step) => format!("must be a multiple of {step}"),
            Self::AtLeast(least) => format!("must be at least {least}"),
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
            Self::WasIn(values) => format!("was {}", values.join(" or ")),
            other => other.demand().replacen("must be", "is", 1).replacen("must not be", "is not", 1),
        }
    }
}
