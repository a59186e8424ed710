//! The section of the rules between the arguments of a resource or a call.

use super::markdown::listed;
use crate::{
    definition::{Check, Rule},
    text::{capitalized, enumerated},
};

/// The section; empty without rules.
pub(super) fn section(rules: &[Rule]) -> String {
    listed("Rules", &rules.iter().map(sentence).collect::<Vec<_>>())
}

fn sentence(rule: &Rule) -> String {
    let (names, first) = (rule.names, rule.names[0]);
    let all = enumerated(names, "and");
    let within = rule.within.map(|path| format!("In `{path}`: ")).unwrap_or_default();
    let sentence = match rule.check {
        Check::ExactlyOne => format!("exactly one of {} must be set", enumerated(names, "or")),
        Check::AtLeastOne => format!("at least one of {} must be set", enumerated(names, "or")),
        Check::AtMostOne => format!("at most one of {} can be set", enumerated(names, "or")),
        Check::Requires => format!("`{first}` requires {}", enumerated(&names[1..], "and")),
        Check::Required => format!("{all} must be set"),
        Check::Forbidden => format!("{} must not be set", enumerated(names, "or")),
        Check::OneOf(values) => format!("{all} must be {}", enumerated(values, "or")),
        Check::Ascending => format!("`{first}` must not be greater than {}", enumerated(&names[1..], "and")),
        Check::Between(bounds) => format!("{all} must be {}", bounds.text().unwrap_or_default()),
        Check::RequiresOutside => {
            format!("without `{first}`, the resource must set {}", enumerated(&names[1..], "and"))
        }
    };
    let when = rule.when.map(|when| format!(" while {when}")).unwrap_or_default();
    let on_create = if rule.on_create { " Checked when the object is created." } else { "" };
    capitalized(&format!("{within}{sentence}{when}.{on_create}"))
}
