//! Terraform names for discovered objects: made from their own, unique, and the same in each run.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The names of the objects of one type, which are given by their display name and what identifies them. Objects of the
/// same name have a digest of their identity in it, so that none is renamed because another one appears.
pub(super) fn unique(objects: &[(&str, &str)]) -> Vec<String> {
    let plain: Vec<String> = objects.iter().map(|(name, _)| identifier(name)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    plain.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    let named = plain.iter().zip(objects).map(|(name, (_, id))| match counts[name.as_str()] {
        1 => name.clone(),
        _ => format!("{name}_{}", digest(id)),
    });
    named.collect()
}

/// Lower-case letters, digits and underscores, not starting with a digit.
fn identifier(name: &str) -> String {
    let letters =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' });
    let mut identifier: String = letters.collect();
    while identifier.contains("__") {
        identifier = identifier.replace("__", "_");
    }
    let identifier = identifier.trim_matches('_');
    match identifier.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => identifier.to_owned(),
        Some(_) => format!("_{identifier}"),
        None => "object".to_owned(),
    }
}

fn digest(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers() {
        let named = |name| unique(&[(name, "x")]).swap_remove(0);
        assert_eq!(named("Churn-Model.v2"), "churn_model_v2");
        assert_eq!(named("dom (d-1)"), "dom_d_1");
        assert_eq!(named("2026-11"), "_2026_11");
        assert_eq!(named("日本"), "object");
    }

    #[test]
    fn equal_names_differ_and_do_not_depend_on_each_other() {
        let two = unique(&[("a-b", "1"), ("a.b", "2"), ("c", "3")]);
        let three = unique(&[("a_b", "0"), ("a-b", "1"), ("a.b", "2")]);
        assert_eq!(two[2], "c");
        assert_ne!(two[0], two[1]);
        assert_eq!(two[..2], three[1..]);
    }
}
