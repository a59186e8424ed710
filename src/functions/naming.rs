//! Names that are unique by a seed.

use sha2::{Digest, Sha256};

use super::texts::{FunctionError, parameter, refuse, text};
use crate::{
    schema::{Function, Type},
    value::Value,
};

/// Hexadecimal digits of the seed's hash in a name.
const DIGITS: usize = 8;

/// The longest name of any SageMaker object.
const LONGEST: usize = 256;

pub(super) fn schema() -> Function {
    Function {
        summary: "Derives a unique name from a prefix and a seed.",
        description: "Derives a name from a prefix and the hash of a seed. The same arguments return the same name. Other \
                      characters than letters, digits and hyphens become hyphens, and a long prefix is cut.",
        parameters: vec![
            parameter("prefix", Type::String, "The beginning of the name. Starts with a letter or a digit."),
            parameter("seed", Type::String, "Any text; another seed returns another name."),
            parameter("max", Type::Number, "The longest length that is allowed, from 10 to 256; often 63."),
        ],
        variadic: None,
        returns: Type::String,
    }
}

pub(super) fn unique(arguments: &[Value]) -> Result<Value, FunctionError> {
    let (prefix, seed) = (text(arguments, 0), text(arguments, 1));
    if !prefix.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return refuse(0, format!("The prefix {prefix:?} does not start with a letter or a digit, as names must."));
    }
    let max = arguments.get(2).unwrap_or(&Value::Null);
    let length = max.as_number().and_then(|number| number.as_i64()).and_then(|number| usize::try_from(number).ok());
    match length.filter(|length| (DIGITS + 2..=LONGEST).contains(length)) {
        Some(length) => Ok(format!("{}-{}", beginning(prefix, length - DIGITS - 1), hash(seed)).into()),
        None => refuse(2, format!("{max} is no length of a name. Allowed are whole numbers from 10 to 256.")),
    }
}

fn beginning(prefix: &str, length: usize) -> String {
    let mut name = String::new();
    for character in prefix.chars().map(|one| if one.is_ascii_alphanumeric() { one } else { '-' }).take(length) {
        if !(character == '-' && name.ends_with('-')) {
            name.push(character);
        }
    }
    name.trim_end_matches('-').to_owned()
}

fn hash(seed: &str) -> String {
    let digest = Sha256::digest(seed.as_bytes());
    digest.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}
