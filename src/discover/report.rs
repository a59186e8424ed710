//! What a run has found: objects that no state manages, and objects of states that are gone.

use std::collections::BTreeSet;

use super::{
    found::{Found, Object, index},
    names,
    options::Options,
    state_file::Managed,
    texts::texts,
};
use crate::{
    diag::Severity,
    engine::{ImportTarget, Provider},
};

/// How a run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Everything was walked, and no difference to the given states was found.
    Same,
    /// The account and the given states differ.
    Different,
    /// Something could not be walked.
    Incomplete,
}

/// The result of a run.
#[derive(Debug)]
pub(super) struct Report {
    /// What no given state manages, each with its Terraform name.
    pub(super) unmanaged: Vec<(String, Object)>,
    /// What a state has, and the account does not.
    pub(super) gone: Vec<Managed>,
    pub(super) failures: Vec<String>,
    compares: bool,
}

impl Report {
    pub(super) fn new(options: &Options, found: Found, managed: &BTreeSet<Managed>) -> Self {
        let is_managed = |object: &Object| managed.iter().any(|managed| is_same(managed, object));
        let known = index(&found.objects);
        let walked = |managed: &Managed| {
            let in_region = |(region, type_name): &(String, String)| {
                *type_name == managed.type_name
                    && (managed.region.is_empty() || region.is_empty() || *region == managed.region)
            };
            found.walked.iter().any(in_region)
        };
        let is_there = |managed: &Managed| {
            let same_id = known.get(&(managed.type_name.as_str(), managed.id.as_str()));
            same_id.is_some_and(|objects| objects.iter().any(|object| is_same(managed, object)))
        };
        // Objects with other tags than those that were requested are not gone.
        let comparable = options.tags.is_empty();
        let gone =
            managed.iter().filter(|managed| comparable && walked(managed) && !is_there(managed)).cloned().collect();
        let objects: Vec<Object> = found.objects.iter().filter(|object| !is_managed(object)).cloned().collect();
        Self { unmanaged: named(objects), gone, failures: found.failures, compares: !options.states.is_empty() }
    }

    /// Reads what seems to be gone, since a list need not show all of it: that of hub contents shows only the latest
    /// version of each.
    pub(super) async fn confirm(&mut self, provider: &dyn Provider) {
        for managed in std::mem::take(&mut self.gone) {
            match is_gone(provider, &managed).await {
                Ok(true) => self.gone.push(managed),
                Ok(false) => {}
                Err(failure) => self.failures.push(format!("{}: {failure}", managed.address)),
            }
        }
    }

    pub(super) fn ended(&self) -> Ended {
        match (self.failures.is_empty(), self.compares && !(self.unmanaged.is_empty() && self.gone.is_empty())) {
            (false, _) => Ended::Incomplete,
            (true, true) => Ended::Different,
            (true, false) => Ended::Same,
        }
    }
}

/// True if a read does not find the object; or why it cannot be read.
async fn is_gone(provider: &dyn Provider, managed: &Managed) -> Result<bool, String> {
    let Managed { type_name, id, region, .. } = managed;
    let id = if region.is_empty() { id.clone() } else { format!("{id}@{region}") };
    let imported = provider.import(type_name, ImportTarget::Id(&id)).await;
    let errors = texts(&imported.diagnostics, Severity::Error);
    if !errors.is_empty() {
        return Err(errors.join("\n"));
    }
    let read = provider.read(type_name, &imported.state, &imported.private).await;
    let errors = texts(&read.diagnostics, Severity::Error);
    if errors.is_empty() { Ok(read.state.is_null()) } else { Err(errors.join("\n")) }
}

fn is_same(managed: &Managed, object: &Object) -> bool {
    managed.type_name == object.type_name
        && managed.id == object.id
        && (managed.region.is_empty() || managed.region == object.region)
}

/// The objects with Terraform names that are unique for each type.
fn named(objects: Vec<Object>) -> Vec<(String, Object)> {
    let types: BTreeSet<String> = objects.iter().map(|object| object.type_name.clone()).collect();
    let mut named = Vec::new();
    for type_name in types {
        let of_type: Vec<&Object> = objects.iter().filter(|object| object.type_name == type_name).collect();
        let ids: Vec<String> = of_type.iter().map(|object| format!("{}@{}", object.id, object.region)).collect();
        let pairs: Vec<(&str, &str)> =
            of_type.iter().zip(&ids).map(|(object, id)| (object.display_name.as_str(), id.as_str())).collect();
        named.extend(names::unique(&pairs).into_iter().zip(of_type.into_iter().cloned()));
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn object(id: &str, region: &str) -> Object {
        Object {
            region: region.to_owned(),
            type_name: "sagemaker_model".to_owned(),
            id: id.to_owned(),
            display_name: id.to_owned(),
            state: Value::Null,
        }
    }

    fn managed(id: &str, region: &str) -> Managed {
        let address = format!("sagemaker_model.{id}");
        Managed { type_name: "sagemaker_model".to_owned(), id: id.to_owned(), region: region.to_owned(), address }
    }

    fn report(objects: Vec<Object>, states: &[Managed], failures: &[&str]) -> Report {
        let walked = BTreeSet::from([("eu-west-1".to_owned(), "sagemaker_model".to_owned())]);
        let failures = failures.iter().map(|failure| (*failure).to_owned()).collect();
        let options = Options { states: vec!["s".to_owned()], ..Options::default() };
        Report::new(&options, Found { objects, walked, failures }, &states.iter().cloned().collect())
    }

    #[test]
    fn drift_is_found_in_both_directions() {
        let objects = vec![object("a", "eu-west-1"), object("b", "eu-west-1")];
        let report =
            report(objects, &[managed("b", "eu-west-1"), managed("c", "eu-west-1"), managed("d", "us-east-1")], &[]);
        assert_eq!(report.unmanaged.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a"]);
        // What was not walked is not gone.
        assert_eq!(report.gone.iter().map(|gone| gone.id.as_str()).collect::<Vec<_>>(), ["c"]);
        assert_eq!(report.ended(), Ended::Different);
    }

    #[test]
    fn a_run_ends_as_what_it_has_found() {
        let same = report(vec![object("a", "eu-west-1")], &[managed("a", "")], &[]);
        assert_eq!(same.ended(), Ended::Same);
        assert_eq!(report(Vec::new(), &[], &["denied"]).ended(), Ended::Incomplete);
    }
}
