//! Whether an input satisfies a condition.

use super::condition::{Condition, Member, Predicate, Requirement};
use crate::{local::json, value::Value};

impl Condition {
    /// The structures of an input that violate the condition.
    pub(super) fn broken_in(&self, input: &Value, before: &Value) -> Option<&'static str> {
        for within in self.within {
            for place in places(input, within) {
                let operands = Operands { input, place, before };
                let applies = self.when.iter().all(|(member, predicate)| operands.holds_for(member, *predicate));
                if applies && !operands.holds(&self.check) {
                    return Some(within);
                }
            }
        }
        None
    }

    /// The message for an input that violates the condition there.
    pub(super) fn message(&self, within: &str) -> String {
        match (self.message, within) {
            ("", "") => format!("{self}."),
            ("", within) => format!("{self} (in {within})."),
            (message, _) => message.to_owned(),
        }
    }
}

/// The structures at the end of a path.
pub(in crate::local) fn places<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let inside = |value: &'a Value| match value {
        Value::List(elements) => elements.iter().collect(),
        value => vec![value],
    };
    let mut places = vec![value];
    for step in path.split('.').filter(|step| !step.is_empty()) {
        places = match step {
            "*" => places.iter().filter_map(|place| place.as_map()).flat_map(|entries| entries.values()).collect(),
            step => places.iter().flat_map(|place| inside(place.get(step))).collect(),
        };
    }
    places.into_iter().filter(|place| matches!(place, Value::Map(_))).collect()
}

/// The operands of a condition.
struct Operands<'a> {
    input: &'a Value,
    place: &'a Value,
    before: &'a Value,
}

impl<'a> Operands<'a> {
    fn get(&self, member: &str) -> &'a Value {
        match member.strip_prefix('/') {
            Some(member) => walk(self.input, member),
            None => walk(self.place, member),
        }
    }

    fn holds(&self, check: &Requirement) -> bool {
        let count = |members: &[Member]| members.iter().filter(|member| is_set(self.get(member))).count();
        match check {
            Requirement::ExactlyOne(members) => count(members) == 1,
            // An empty list is something: an update clears with it.
            Requirement::AtLeastOne(members) => members.iter().any(|member| !self.get(member).is_null()),
            Requirement::AtMostOne(members) => count(members) < 2,
            Requirement::Is(member, predicate) => self.holds_for(member, *predicate),
            Requirement::AllOrNone(list, member) => {
                let elements = self.get(list).elements();
                let set = elements.iter().filter(|element| is_set(element.get(member))).count();
                set == 0 || set == elements.len()
            }
            Requirement::Holds(holds, _) => holds(self.place),
        }
    }

    fn holds_for(&self, member: Member, predicate: Predicate) -> bool {
        let (value, before) = (self.get(member), walk(self.before, member));
        match predicate {
            Predicate::Set => return is_set(value),
            Predicate::In(values) => return is_one_of(value, values),
            Predicate::WasSet => return is_set(before),
            Predicate::WasIn(values) => return is_one_of(before, values),
            _ if value.is_null() => return true,
            _ => {}
        }
        match predicate {
            Predicate::Unset => !is_set(value),
            Predicate::Among(values) => is_one_of(value, values),
            Predicate::NotIn(values) => !is_one_of(value, values),
            Predicate::AsBefore => before.is_null() || value == before,
            Predicate::NotBelowBefore => in_order(before, value),
            Predicate::MultipleOf(step) => value.as_i64().is_none_or(|n| n % step == 0),
            Predicate::AtLeast(least) => in_order(&least.into(), value),
            Predicate::AtMost(most) => in_order(value, &most.into()),
            Predicate::OneOf(numbers) => numbers.iter().any(|number| *value == (*number).into()),
            Predicate::NotAbove(other) => in_order(value, self.get(other)),
            Predicate::NotBelow(other) => in_order(self.get(other), value),
            Predicate::Json => value.as_str().is_some_and(|text| json::read(text.as_bytes()).is_ok()),
            Predicate::Base64 => value.as_str().is_some_and(is_base64),
            Predicate::NotEndingWith(ending) => value.as_str().is_some_and(|text| !text.ends_with(ending)),
            Predicate::Set | Predicate::In(_) | Predicate::WasSet | Predicate::WasIn(_) => true,
        }
    }
}

fn walk<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, step| value.get(step))
}

pub(in crate::local) fn is_set(value: &Value) -> bool {
    !value.is_null() && *value != Value::List(Vec::new())
}

fn is_one_of(value: &Value, values: &[&str]) -> bool {
    match value {
        Value::Bool(value) => values.contains(&if *value { "true" } else { "false" }),
        value => value.as_str().is_some_and(|text| values.contains(&text)),
    }
}

/// False if both are numbers and the first is greater.
fn in_order(one: &Value, two: &Value) -> bool {
    one.as_number().zip(two.as_number()).is_none_or(|(one, two)| one <= two)
}

/// With or without line breaks, as shells write it.
fn is_base64(text: &str) -> bool {
    let text = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let (mut length, mut padding) = (0_usize, 0_usize);
    for byte in text {
        match byte {
            b'=' => padding += 1,
            b'+' | b'/' if padding == 0 => {}
            byte if byte.is_ascii_alphanumeric() && padding == 0 => {}
            _ => return false,
        }
        length += 1;
    }
    length % 4 == 0 && padding < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_through_lists_and_maps() {
        let input = json::read(br#"{"A":[{"B":{"x":{"C":1},"y":{"C":2}}},{}],"D":{"C":3}}"#).unwrap();
        assert_eq!(places(&input, "A.B.*").len(), 2);
        assert_eq!(places(&input, "A").len(), 2);
        assert_eq!(places(&input, "").len(), 1);
        assert_eq!(places(&input, "D.C"), Vec::<&Value>::new());
    }

    #[test]
    fn only_complete_base64_is_base64() {
        assert!(is_base64("") && is_base64("YQ==") && is_base64("YWJj\nYWI=\n"));
        assert!(!is_base64("YQ=") && !is_base64("#!/bin/sh") && !is_base64("Y=Qa"));
    }
}
