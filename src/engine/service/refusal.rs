//! The meaning of a refusal where its code is ambiguous: the object does not exist, a role is not visible yet, or the
//! call succeeds later.
//!
//! Most refusals are a `ValidationException`, so the message has to be read. This file knows errors and definitions,
//! and makes no calls.

use std::{collections::BTreeSet, sync::LazyLock, time::Duration};

use crate::{
    api::{ApiError, ErrorKind},
    arn::Arn,
    definition::{ErrorMatch, RESOURCES, Resource, camel_case},
    value::Value,
};

/// How long a new role may stay invisible to the service (hashicorp/aws: the same for IAM propagation).
const ROLE_VISIBLE_WITHIN: Duration = Duration::from_secs(2 * 60);

/// How long another change of the same object may take (assumed).
const CONFLICT_OVER_WITHIN: Duration = Duration::from_secs(2 * 60);

/// Codes that mean that something is wrong with the request, so that the message decides.
const REQUEST_CODES: &[&str] =
    &["", "ValidationException", "ValidationError", "BadRequestException", "InvalidRequestException"];

/// Phrases in which the service reports that an object does not exist. Seen: `Could not find model …`, `Cannot find
/// CodeRepository …`, `can't find an AutoML job called …`, `… does not exist`, `RecordNotFound`, `Requested resource
/// not found`; the others are variants of them (assumed).
const ABSENCE: &[&str] = &[
    "does not exist",
    "doesn't exist",
    "do not exist",
    "no longer exists",
    "could not find",
    "couldn't find",
    "could not be found",
    "cannot find",
    "can't find",
    "can not find",
    "cannot be found",
    "can't be found",
    "unable to find",
    "unable to locate",
    "was not found",
    "not found",
    "recordnotfound",
    "has already been deleted",
    "has been deleted",
    "is already deleted",
    "no such",
];

/// Words that a sentence about absence may contain without naming an object: then it is about the requested object.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "was",
    "is",
    "requested",
    "specified",
    "given",
    "resource",
    "record",
    "entity",
    "object",
    "it",
    "amazon",
    "sagemaker",
];

/// Nouns for what a request may refer to besides SageMaker objects.
const OTHER_NOUNS: &[&str] = &[
    "role",
    "iam role",
    "execution role",
    "bucket",
    "key",
    "kms key",
    "subnet",
    "security group",
    "vpc",
    "secret",
    "repository",
    "ecr image",
    "topic",
    "queue",
    "certificate",
    "file system",
    "principal",
    "function",
    "log group",
];

/// True if the error of a call that addresses the object with `address` means that the object does not exist: the
/// message reports that the requested object or its parent is absent. That another object is absent, such as the role,
/// does not mean that the requested one is.
pub(crate) fn is_absent(resource: &Resource, address: &Value, error: &ApiError) -> bool {
    // The only object of its kind in a region always exists.
    if error.kind != ErrorKind::Service || resource.identity.members.is_empty() {
        return false;
    }
    let known = resource.identity.absent.iter().any(|absent| matches(absent, error));
    let requested = Requested::of(resource, address);
    let mut statements = sentences(&error.message).filter_map(|sentence| requested.statement(sentence));
    known
        || if error.is_not_found() {
            statements.all(|statement| statement != Statement::Another)
        } else {
            REQUEST_CODES.contains(&error.code.as_str()) && statements.next() == Some(Statement::Requested)
        }
}

/// True if `ListTags` does not know the type of object, which may have been created with tags nevertheless. Seen with
/// workforces (hashicorp/aws#20065): `Invalid resource type: workforce`.
pub(crate) fn lists_no_tags(error: &ApiError) -> bool {
    error.kind == ErrorKind::Service && error.message.contains("Invalid resource type")
}

/// How long to retry a call after this error; `None`: retrying does not help.
pub(crate) fn retry_window(resource: &Resource, operation: &str, error: &ApiError) -> Option<Duration> {
    if error.kind != ErrorKind::Service {
        return None;
    }
    let (create, update) = (resource.operations.create, resource.operations.update);
    let updates = update.is_some_and(|update| update.name == operation);
    let changes = updates || create.name == operation;
    let is_about_a_role = is_about_a_new_role(&error.message) || is_about_new_permissions(&error.message);
    let is_young = changes && REQUEST_CODES.contains(&error.code.as_str()) && is_about_a_role;
    // hashicorp/aws: seen when versions of an image are deleted one after the other.
    let conflicts = error.message.to_lowercase().contains("modified concurrently");
    // What passes after a create also passes after an update: a new reference is equally young then.
    let applies = |of: &str| of == operation || (updates && of == create.name);
    let known = resource.retries.iter().filter(|retry| applies(retry.operation) && matches(&retry.error, error));
    let windows = known.map(|retry| Duration::from_secs(retry.timeout));
    windows.chain(is_young.then_some(ROLE_VISIBLE_WITHIN)).chain(conflicts.then_some(CONFLICT_OVER_WITHIN)).max()
}

/// True if the message of a refusal, or the reason of a failure, says that the service cannot use a role, as happens
/// until a new role is visible everywhere. Seen: `Could not assume role …`, `… unable to perform: sts:AssumeRole …`,
/// `The execution role ARN is invalid`, `The execution role ARN "…" is invalid. Please ensure that the role exists and
/// that its trust relationship policy allows the action "sts:AssumeRole" …`.
pub(crate) fn is_about_a_new_role(words: &str) -> bool {
    // Names may contain any words.
    let words = words.to_lowercase();
    let words: Vec<&str> = words.split_whitespace().filter(|word| !word.contains("arn:")).collect();
    let words = words.join(" ");
    let contains = |any: &[&str]| any.iter().any(|part| words.contains(part));
    let unusable = ["assume", "trust relationship", "trust policy", "role exists", "is invalid", "is not valid"];
    contains(&["sts:assumerole"]) || (contains(&["role"]) && (contains(&unusable) || contains(ABSENCE)))
}

/// True if the message of a refused request says that a role may not do something, as happens until its new policy is in
/// effect everywhere. Seen with training and tuning jobs (hashicorp/aws): `Unauthorized to List objects under S3 URL`,
/// `Access denied to OutputDataConfig S3 bucket`, `no identity-based policy allows the s3:ListBucket action`; the others
/// are variants (assumed). That the caller may not pass the role does not change by itself.
fn is_about_new_permissions(words: &str) -> bool {
    let words = words.to_lowercase();
    let denied = [
        "access denied",
        "accessdenied",
        "unauthorized to",
        "not authorized to",
        "no identity-based policy allows",
        "not have permission",
        "not have the permission",
        "not have sufficient permission",
        "insufficient permission",
    ];
    !words.contains("iam:passrole") && denied.iter().any(|part| words.contains(part))
}

/// True if the error has the expected code and message.
pub(crate) fn matches(expected: &ErrorMatch, error: &ApiError) -> bool {
    let ErrorMatch { code, message } = expected;
    let contains = |part: &str| error.message.contains(part);
    error.kind == ErrorKind::Service && error.code == *code && message.is_none_or(contains)
}

/// The object that a sentence reports as absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Statement {
    Requested,
    Another,
    /// An object of an unknown kind.
    Unknown,
}

/// The requested object, by the terms that messages may use.
struct Requested {
    /// The names, ids and ARNs in the address of the call, in lower case, the longest first.
    values: Vec<String>,
    /// The nouns for the object and its parents.
    nouns: BTreeSet<String>,
}

impl Requested {
    fn of(resource: &Resource, address: &Value) -> Self {
        let mut values = BTreeSet::new();
        let mut nouns = nouns(resource);
        nouns.extend(resource.identity.members.iter().flat_map(|member| endings(&without_kind_of_key(member))));
        for text in address.as_map().into_iter().flatten().filter_map(|(_, value)| value.as_str()) {
            values.insert(text.to_lowercase());
            if let Some((kind, names)) = parts_of_arn(text) {
                nouns.extend(endings(kind));
                values.extend(names.split('/').filter(|name| !name.is_empty()).map(str::to_lowercase));
            }
        }
        let mut values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self { values, nouns }
    }

    /// `None`: the sentence does not report that anything is absent.
    fn statement(&self, sentence: &str) -> Option<Statement> {
        let sentence = sentence.replace('’', "'").replace(['\r', '\n', '\t'], " ");
        let (named, rest) = self.without_values(&sentence);
        let lower = rest.to_lowercase();
        let words = words(&rest);
        let absence = ABSENCE.iter().find(|phrase| lower.contains(*phrase));
        if absence.is_none() && !self.follows_no(&words) {
            return None;
        }
        let found = mentioned(&words);
        let names_another = found.iter().any(|noun| !self.nouns.contains(noun));
        let names_requested = named || found.iter().any(|noun| self.nouns.contains(noun));
        let left = absence.map_or_else(String::new, |phrase| lower.replace(phrase, " "));
        let names_nothing = self::words(&left).iter().all(|word| FILLERS.contains(&word.as_str()));
        Some(match (names_another, names_requested || names_nothing) {
            (true, _) => Statement::Another,
            (false, true) => Statement::Requested,
            (false, false) => Statement::Unknown,
        })
    }

    /// Whether the sentence names the object, and the sentence without these names, which may contain any words.
    fn without_values(&self, sentence: &str) -> (bool, String) {
        let (mut rest, mut named) = (sentence.to_owned(), false);
        for value in &self.values {
            let is_of_a_name = |character: char| character.is_alphanumeric() || "-_".contains(character);
            // A plain word may be a noun instead of the name, unless it is marked as a name.
            let plain = value.chars().all(char::is_alphabetic);
            let marks = ['"', '\'', '`', '/', ':'];
            let lower = rest.to_ascii_lowercase();
            let place = lower.match_indices(value.as_str()).map(|(place, _)| place).find(|&place| {
                let (before, after) = (lower[..place].trim_end(), &lower[place + value.len()..]);
                let alone = !lower[..place].ends_with(is_of_a_name) && !after.starts_with(is_of_a_name);
                alone
                    && (!plain
                        || before.ends_with(marks)
                        || ["name", "named", "called"].iter().any(|word| before.ends_with(word)))
            });
            if let Some(place) = place {
                rest.replace_range(place..place + value.len(), " ");
                named = true;
            }
        }
        (named, rest)
    }

    /// `No workforce found …`, `No device with name: …`.
    fn follows_no(&self, words: &[String]) -> bool {
        let mut rest = words.iter().position(|word| word == "no").map_or(&[][..], |place| &words[place + 1..]);
        while let [first, after @ ..] = rest
            && FILLERS.contains(&first.as_str())
        {
            rest = after;
        }
        (1..=rest.len().min(LONGEST)).any(|length| self.nouns.contains(&rest[..length].concat()))
    }
}

/// The number of words of the longest noun.
const LONGEST: usize = 6;

/// All nouns that a message may contain.
static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let others = OTHER_NOUNS.iter().map(|noun| noun.replace(' ', ""));
    RESOURCES.iter().flat_map(nouns).chain(others).collect()
});

/// The nouns in a text; of overlapping ones the longest.
fn mentioned(words: &[String]) -> Vec<String> {
    let (mut found, mut place) = (Vec::new(), 0);
    while place < words.len() {
        let longest = LONGEST.min(words.len() - place);
        let noun = (1..=longest).rev().map(|length| (length, words[place..place + length].concat()));
        match noun.into_iter().find(|(_, noun)| KNOWN.contains(noun)) {
            Some((length, noun)) => {
                found.push(noun);
                place += length;
            }
            None => place += 1,
        }
    }
    found
}

/// The nouns for an object: complete, and by their last words.
fn nouns(resource: &Resource) -> BTreeSet<String> {
    let read = resource.operations.read.name;
    let read = ["Describe", "Get", "List"].iter().find_map(|verb| read.strip_prefix(verb)).unwrap_or(read);
    let of_type = resource.type_name.trim_start_matches("sagemaker_");
    [resource.noun, read, of_type].into_iter().flat_map(endings).collect()
}

/// `DeviceFleetName` → `DeviceFleet`.
fn without_kind_of_key(member: &str) -> String {
    let key = ["Name", "Id", "Arn"].iter().find_map(|kind| member.strip_suffix(kind));
    key.unwrap_or(member).to_owned()
}

/// `HyperPod cluster` → `hyperpodcluster`, `cluster`.
fn endings(name: &str) -> Vec<String> {
    let words = words(name);
    (0..words.len()).map(|start| words[start..].concat()).collect()
}

/// The words of a text in lower case; `CodeRepository` is two words. Of an ARN only the kind of object counts, without
/// a prefix that some kinds have: `experiment-trial` is a trial.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for token in text.split_whitespace() {
        let start = token.find("arn:");
        match start.and_then(|start| parts_of_arn(&token[start..])) {
            Some((kind, _)) => match endings(kind).into_iter().find(|ending| KNOWN.contains(ending)) {
                Some(known) => words.push(known),
                None => words.extend(split(kind)),
            },
            None => words.extend(split(token)),
        }
    }
    words
}

fn split(token: &str) -> impl Iterator<Item = String> {
    let parts = token.split(|character: char| !character.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.flat_map(camel_case::words).map(str::to_lowercase)
}

/// The kind of object and its name in `arn:partition:service:region:account:kind/name`. The kinds of other services may
/// share names with SageMaker's, so all of them are replaced by one that SageMaker does not have.
fn parts_of_arn(text: &str) -> Option<(&str, &str)> {
    let Arn { service, resource, .. } = Arn::parse(text)?;
    let (kind, name) = resource.split_once(['/', ':']).unwrap_or((resource, ""));
    Some(if service == "sagemaker" { (kind, name) } else { ("role", name) })
}

/// The sentences of a message. Dots inside names do not end a sentence.
fn sentences(message: &str) -> impl Iterator<Item = &str> {
    message.split(". ").flat_map(|part| part.split("; "))
}

#[cfg(test)]
mod tests;
