//! Messages about the arguments of a configuration. Takes facts, returns diagnostics.

use super::diagnostic::Diagnostic;
use crate::{
    text::{enumerated, list},
    value::{Number, Path, Value},
};

/// A value that is not allowed. `value`: `None` if it is sensitive. `requirement`: what is allowed, continuing "it", such
/// as `it must be an integer`.
pub fn invalid(path: &Path, value: Option<&Value>, requirement: &str) -> Diagnostic {
    let value = value.map_or_else(|| "sensitive and not shown".to_owned(), Value::to_string);
    Diagnostic::error(format!("Invalid `{path}`"), format!("The value is {value}: {requirement}.")).at(path)
}

/// A value that the model does not list, and that the service may nevertheless accept.
pub fn doubtful(path: &Path, value: Option<&Value>, requirement: &str) -> Diagnostic {
    let Diagnostic { detail, .. } = invalid(path, value, requirement);
    let detail = format!(
        "{detail} It is sent to the service as it is. Set `strict_enums = true` in the provider to make this an error."
    );
    Diagnostic::warning(format!("Unknown `{path}`"), detail).at(path)
}

/// A list or a map with too few or too many elements. `of`: their plural.
pub fn wrong_number(path: &Path, of: &str, allowed: &str, count: usize) -> Diagnostic {
    let detail = format!("There must be {allowed}, but the configuration has {count}.");
    Diagnostic::error(format!("Wrong number of {of} in `{path}`"), detail).at(path)
}

/// A required argument that is null.
pub fn null(path: &Path, name: &str) -> Diagnostic {
    let detail = format!("`{name}` is required, and null leaves it unset. Set a value.");
    Diagnostic::error(format!("Missing `{path}`"), detail).at(path)
}

/// A list in which two elements have the same key. `name`: `None` if it is sensitive.
pub fn repeated(path: &Path, key: &str, name: Option<&str>) -> Diagnostic {
    let name = name.map(|name| format!(" `{name}`")).unwrap_or_default();
    let detail = format!(
        "`{key}` identifies an element, and more than one has the `{key}`{name}. Remove all but one, or give each its own."
    );
    Diagnostic::error(format!("Repeated `{key}` in `{path}`"), detail).at(path)
}

/// A key that is set in a map and in its write-only form, of which only one can count. `saved`: the map that is saved.
pub fn in_both(path: &Path, name: &str, saved: &str, key: &str) -> Diagnostic {
    let detail = format!(
        "The key `{key}` is in `{name}` and in `{saved}`, which is saved in the state. Set it in one of them only."
    );
    Diagnostic::error(format!("`{key}` is set twice"), detail).at(&path.key(key))
}

/// A number outside of the bounds that the service documents: `1 to 100`. `when`: the condition under which they hold.
pub fn not_between(path: &Path, number: &Number, bounds: &str, when: Option<&str>) -> Diagnostic {
    let when = when.map(|when| format!(" while {when}")).unwrap_or_default();
    let detail = format!("The value is {number}, but the service accepts {bounds}{when}.");
    Diagnostic::error(format!("Invalid `{path}`"), detail).at(path)
}

/// None of the arguments in the block is set, of which exactly one has to be.
pub fn none_of(block: &Path, names: &[&str]) -> Diagnostic {
    missing(block, &format!("One of {} must be set", list(names)))
}

/// None of the arguments in the block is set, of which at least one has to be.
pub fn too_few_of(block: &Path, names: &[&str]) -> Diagnostic {
    missing(block, &format!("At least one of {} must be set", list(names)))
}

/// More than one of the arguments in the block is set, of which at most one may be.
pub fn too_many_of(block: &Path, names: &[&str], set: &[&str]) -> Diagnostic {
    let detail = format!("Only one of {} can be set, not {}.", list(names), list(set));
    Diagnostic::error("Conflicting arguments", detail).at(&block.then(set[1]))
}

/// The first argument requires the missing ones. `set`: those of the rule that are set, the first one included. `when`: the
/// condition of the rule as a clause, such as "`strategy` is `Hyperband`"; None if there is none.
pub fn requires(path: &Path, set: &[&str], missing: &[&str], when: Option<&str>) -> Diagnostic {
    let detail = format!("`{}` requires {} to be set too{}.", set[0], list(missing), clause(when));
    let summary = if set.len() > 1 { "Conflicting arguments" } else { "Missing arguments" };
    Diagnostic::error(summary, detail).at(path)
}

/// Arguments that are required under the condition `when` are unset.
pub fn required_while(block: &Path, names: &[&str], when: &str) -> Diagnostic {
    missing(block, &format!("{} must be set{}", list(names), clause(Some(when))))
}

/// An argument that must not be set.
pub fn forbidden(path: &Path, when: Option<&str>) -> Diagnostic {
    let detail = format!("`{path}` must not be set{}.", clause(when));
    Diagnostic::error("Conflicting arguments", detail).at(path)
}

/// A value that is none of those that are allowed.
pub fn none_of_values(path: &Path, value: &Value, values: &[&str], when: Option<&str>) -> Diagnostic {
    invalid(path, Some(value), &format!("it must be {}{}", enumerated(values, "or"), clause(when)))
}

/// A number that is less than that of another argument, `least`.
pub fn less_than(path: &Path, number: &Number, other: &Path, least: &Number) -> Diagnostic {
    let detail = format!("The value is {number}: it must not be less than `{other}`, which is {least}.");
    Diagnostic::error(format!("Invalid `{path}`"), detail).at(path)
}

fn clause(when: Option<&str>) -> String {
    when.map(|when| format!(" while {when}")).unwrap_or_default()
}

/// Arguments that only a create requires are unset.
pub fn required_to_create(block: &Path, names: &[&str]) -> Diagnostic {
    missing(block, &format!("{} must be set to create the object", list(names)))
}

/// Arguments of the resource that are required while `name` is unset in the block.
pub fn required_without(name: &str, block: &Path, names: &[&str]) -> Diagnostic {
    missing(&Path::root(), &format!("Without `{name}` in `{block}`, {} must be set", list(names)))
}

fn missing(block: &Path, problem: &str) -> Diagnostic {
    let place = if block.steps().is_empty() { String::new() } else { format!(" in `{block}`") };
    Diagnostic::error("Missing arguments", format!("{problem}{place}.")).at(block)
}

/// A write-only argument, whose value an older Terraform would save. `saved`: the argument that is saved by intent.
pub fn not_kept_secret(path: &Path, name: &str, saved: &str) -> Diagnostic {
    let detail = format!(
        "Write-only arguments need Terraform 1.11 or later: this version would save `{name}`. Use a later one, or set \
         `{saved}`, which is saved in the state."
    );
    Diagnostic::error(format!("`{path}` cannot be kept secret"), detail).at(path)
}

/// A write-only argument without its version.
pub fn without_version(path: &Path, name: &str, version: &str) -> Diagnostic {
    let detail = format!(
        "A write-only argument is not saved, so only a change of `{version}` shows that it has changed. Set it to 1, and \
         to the next number with each new value of `{name}`."
    );
    Diagnostic::error(format!("`{path}` needs `{version}`"), detail).at(path)
}

/// A data source that does not name one object. `selectors`: the names that together select one, and the alternatives
/// for the last of them.
pub fn unclear_selector(noun: &str, selectors: &[(Vec<&str>, Vec<&str>)]) -> Diagnostic {
    let selector = |(all, any): &(Vec<&str>, Vec<&str>)| {
        let any = (!any.is_empty()).then(|| enumerated(any, "or"));
        all.iter().map(|name| format!("`{name}`")).chain(any).collect::<Vec<_>>().join(" together with ")
    };
    let selectors: Vec<String> = selectors.iter().map(selector).collect();
    Diagnostic::error(
        format!("It is not clear which {noun} to read"),
        format!("Name it in exactly one selector: by {}.", selectors.join(", or by ")),
    )
}
