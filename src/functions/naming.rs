//! Names that are unique by a seed.

use sha2::{Digest, Sha256};

use super::texts::{FunctionError, integer, parameter, refuse, text};
use crate::{
    schema::{Function, Type},
    value::Value,
};

/// Hexadecimal digits of the seed's hash in a name.
const DIGITS: usize = 8;

/// The longest name of any SageMaker object.
const LONGEST: usize = 256;

/// The shortest maximum: a letter or a digit of the prefix, a hyphen and the digits.
const SHORTEST: usize = DIGITS + 2;

pub(super) fn schema() -> Function {
    Function {
        summary: "Derives a unique and valid name from a prefix and a seed.",
        description: "Derives a name from a prefix and a seed: the prefix, a hyphen and 8 digits of the SHA-256 hash of the \
                      seed. The same arguments always return the same name, and another seed returns another one: with \
                      what forces the replacement of an object as its seed, the object can be created before the old one \
                      is deleted. Every character of the prefix that is not a letter, a digit or a hyphen becomes a \
                      hyphen, hyphens in a row become one, and a long prefix is cut, so that names of SageMaker objects \
                      accept the result.",
        parameters: vec![
            parameter("prefix", Type::String, "The beginning of the name, which starts with a letter or a digit."),
            parameter(
                "seed",
                Type::String,
                "Any text, such as `jsonencode` of the arguments that force a replacement.",
            ),
            parameter("max", Type::Number, "The maximum length of the name, from 10 to 256. Most objects allow 63."),
        ],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn unique(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (prefix, seed) = (text(arguments, 0), text(arguments, 1));
    if !prefix.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return refuse(
            0,
            format!("{prefix:?} cannot begin a name. Pass a prefix that starts with a letter or a digit."),
        );
    }
    let max = integer(arguments, 2).and_then(|max| usize::try_from(max).ok());
    match max.filter(|max| (SHORTEST..=LONGEST).contains(max)) {
        Some(max) => Ok(format!("{}-{}", beginning(prefix, max - DIGITS - 1), hash(seed)).into()),
        None => {
            let max = arguments.get(2).unwrap_or(&Value::Null);
            refuse(2, format!("{max} is not a maximum length. Pass an integer from {SHORTEST} to {LONGEST}."))
        }
    }
}

/// At most `length` valid characters for the prefix, without a hyphen at the end.
fn beginning(prefix: &str, length: usize) -> String {
    let mut name = String::new();
    for character in prefix.chars().map(|one| if one.is_ascii_alphanumeric() { one } else { '-' }) {
        if name.len() < length && !(character == '-' && name.ends_with('-')) {
            name.push(character);
        }
    }
    name.trim_end_matches('-').to_owned()
}

fn hash(seed: &str) -> String {
    let digest = Sha256::digest(seed.as_bytes());
    digest.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}
