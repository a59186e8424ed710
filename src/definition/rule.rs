//! A rule between the arguments of a resource or a call, and its condition.

use std::fmt;

use serde::Serialize;

use crate::{definition::bounds::Bounds, text::enumerated};

/// A rule between attributes, checked before planning. Paths are Terraform names with dots; a rule on paths inside a
/// block is checked in each of its elements.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rule {
    /// What the rule requires.
    pub check: Check,
    /// The path of the block that contains the names; `None` for the resource or the call itself.
    pub within: Option<&'static str>,
    /// Names of attributes, in the order that `check` gives a meaning to. Those of checks of single values may lead
    /// with dots into blocks of at most one element.
    pub names: &'static [&'static str],
    /// The rule applies only while this holds; `None` for always.
    pub when: Option<When>,
    /// Checked only when an object is created, since the state of an import may break it.
    pub on_create: bool,
}

/// What a rule requires of its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Check {
    /// Exactly one is set.
    ExactlyOne,
    /// At least one is set.
    AtLeastOne,
    /// At most one is set.
    AtMostOne,
    /// If the first is set, all others must be set.
    Requires,
    /// All must be set.
    Required,
    /// None may be set.
    Forbidden,
    /// Each has one of these values if it is set; `true` and `false` for booleans.
    OneOf(&'static [&'static str]),
    /// Numbers of which none is greater than a later one.
    Ascending,
    /// Numbers that must be within the bounds, at least one of which is set.
    Between(Bounds),
    /// If the first is unset, the resource itself must set all others.
    RequiresOutside,
}

/// The condition under which a rule applies.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct When {
    /// The attribute that decides, as in the names of a rule.
    pub name: &'static str,
    /// What holds for its value.
    pub test: Test,
}

/// What a condition says of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Test {
    /// It is set.
    Set,
    /// It is one of these; `true` and `false` for booleans.
    Is(&'static [&'static str]),
    /// It is unset, or none of these.
    IsNot(&'static [&'static str]),
}

/// The condition as a clause: "`strategy` is `Hyperband`".
impl fmt::Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.test {
            Test::Set => write!(formatter, "`{}` is set", self.name),
            Test::Is(values) => write!(formatter, "`{}` is {}", self.name, enumerated(values, "or")),
            Test::IsNot(values) => write!(formatter, "`{}` is not {}", self.name, enumerated(values, "or")),
        }
    }
}
