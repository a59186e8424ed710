//! The policies that allow all uses: statements merged by their resources, and split where a policy becomes too long.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    arn,
    arn_scope::ANY,
    input::Found,
    object::PassedRole,
    statement::{Condition, Document, Policies, Statement},
    uses::Use,
};
use crate::{
    definition::{self, PASS_ROLE, PASSED_TO, covers},
    permissions::{dependent, is_of_another_service},
    text::list,
};

/// The most characters of a managed policy without white space (IAM User Guide, quotas).
pub(super) const LONGEST: usize = 6144;

/// The policies with which all uses are possible.
pub(super) fn policies(found: &Found) -> Policies {
    let statements = statements(found);
    Policies { documents: split(statements), notes: found.uses.iter().flat_map(notes).collect() }
}

/// One statement for all actions with the same resources, sorted by the resources; that about roles at the end.
fn statements(found: &Found) -> Vec<Statement> {
    let mut by_action: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut roles = BTreeSet::new();
    for one in &found.uses {
        for action in &one.actions {
            by_action.entry(action).or_default().extend(arn::resources(action, &one.object, &found.scope));
        }
        roles.extend(one.roles.iter().map(|role| match role {
            PassedRole::Known(role) => role.clone(),
            PassedRole::Unknown(_) => found.scope.any_role(),
        }));
    }
    let mut by_resources: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (action, resources) in by_action {
        by_resources.entry(fewest(&resources)).or_default().push(format!("sagemaker:{action}"));
    }
    let own = by_resources.into_iter().map(|(resources, actions)| Statement::new(actions, resources, None));
    let passed = Statement::new(vec![PASS_ROLE.to_owned()], fewest(&roles), Some(condition()));
    own.chain((!roles.is_empty()).then_some(passed)).collect()
}

fn condition() -> Condition {
    [("StringEquals", [("iam:PassedToService", PASSED_TO)].into())].into()
}

/// The resources without those that another one covers.
fn fewest(resources: &BTreeSet<String>) -> Vec<String> {
    let is_covered = |one: &&String| resources.iter().any(|other| other != *one && covers(other, one));
    resources.iter().filter(|one| !is_covered(one)).cloned().collect()
}

/// Documents of at most [`LONGEST`] characters, filled in order.
fn split(statements: Vec<Statement>) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for statement in statements.into_iter().flat_map(short) {
        let longer =
            documents.last().map(|last| Document::new([last.statement.clone(), vec![statement.clone()]].concat()));
        if let Some(longer) = longer.filter(|longer| longer.length() <= LONGEST) {
            documents.pop();
            documents.push(longer);
        } else {
            documents.push(Document::new(vec![statement]));
        }
    }
    documents
}

/// Statements that fit into a document each, and together allow the same.
fn short(statement: Statement) -> Vec<Statement> {
    let Statement { action, resource, condition, .. } = &statement;
    let fits = Document::new(vec![statement.clone()]).length() <= LONGEST;
    let halves = |list: &[String]| [list[..list.len() / 2].to_vec(), list[list.len() / 2..].to_vec()];
    if fits || action.len() + resource.len() <= 2 {
        vec![statement]
    } else if resource.len() > 1 {
        let parts = halves(resource).map(|part| Statement::new(action.clone(), part, condition.clone()));
        parts.into_iter().flat_map(short).collect()
    } else {
        let parts = halves(action).map(|part| Statement::new(part, resource.clone(), condition.clone()));
        parts.into_iter().flat_map(short).collect()
    }
}

/// What a reader has to know about a use beyond its statements.
fn notes(one: &Use) -> Vec<String> {
    let type_name = one.type_name;
    let mut notes = Vec::new();
    let unknown: BTreeSet<&str> = one.roles.iter().filter_map(unknown).collect();
    if !unknown.is_empty() {
        let paths = list(unknown);
        notes.push(format!(
            "the value of {paths} of {type_name} is not known, so the policy allows to pass any role to {PASSED_TO}. Name \
             the role in its place."
        ));
    }
    let newer = one.actions.iter().copied().filter(|action| definition::permission(action).is_none());
    let newer: Vec<String> = newer.map(|action| format!("sagemaker:{action}")).collect();
    if !newer.is_empty() {
        notes.push(format!(
            "the actions {} of {type_name} are newer than the provider's facts about IAM: their names are assumed, and \
             their resource is {ANY}.",
            list(&newer)
        ));
    }
    let others = one.actions.iter().flat_map(|action| dependent(action)).copied();
    let others: BTreeSet<&str> = others.filter(|action| is_of_another_service(action)).collect();
    if !others.is_empty() {
        notes.push(format!(
            "depending on its arguments, {type_name} also needs {}, which the policy does not allow.",
            list(others)
        ));
    }
    notes
}

fn unknown(role: &PassedRole) -> Option<&str> {
    match role {
        PassedRole::Unknown(path) => Some(path),
        PassedRole::Known(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::iam_policy::{
        arn_scope::ArnScope,
        hcl, json,
        options::{Options, Purpose},
        plan, types,
    };

    fn of_types(types: &[&str]) -> Policies {
        let types: Vec<String> = types.iter().map(|name| (*name).to_owned()).collect();
        let uses = types::uses(&types, Purpose::Apply).unwrap();
        policies(&Found { uses, scope: ArnScope::new(&Options::default(), None, None) })
    }

    #[test]
    fn a_plan_becomes_a_policy() {
        let plan = serde_json::json!({
            "format_version": "1.2",
            "resource_changes": [
                { "mode": "managed", "type": "sagemaker_model", "change": {
                    "actions": ["create"],
                    "after": { "name": "churn", "execution_role_arn": "arn:aws:iam::123456789012:role/models", "region": "eu-west-1" },
                    "after_unknown": { "arn": true },
                } },
                { "mode": "managed", "type": "sagemaker_endpoint", "change": {
                    "actions": ["no-op"],
                    "before": { "name": "live", "arn": "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/live" },
                    "after": { "name": "live" },
                } },
            ],
        });
        let planned = plan::planned(std::path::PathBuf::new(), &plan.to_string(), Purpose::Apply).unwrap();
        let scope = ArnScope::new(&Options::default(), planned.region, planned.account);
        let policies = policies(&Found { uses: planned.uses, scope });
        expect![[r#"
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "sagemaker:DescribeEndpoint"
                  ],
                  "Resource": [
                    "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/live"
                  ]
                },
                {
                  "Effect": "Allow",
                  "Action": [
                    "sagemaker:ListTags"
                  ],
                  "Resource": [
                    "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/live",
                    "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"
                  ]
                },
                {
                  "Effect": "Allow",
                  "Action": [
                    "sagemaker:CreateModel",
                    "sagemaker:DescribeModel"
                  ],
                  "Resource": [
                    "arn:aws:sagemaker:eu-west-1:123456789012:model/churn"
                  ]
                },
                {
                  "Effect": "Allow",
                  "Action": [
                    "iam:PassRole"
                  ],
                  "Resource": [
                    "arn:aws:iam::123456789012:role/models"
                  ],
                  "Condition": {
                    "StringEquals": {
                      "iam:PassedToService": "sagemaker.amazonaws.com"
                    }
                  }
                }
              ]
            }
        "#]]
        .assert_eq(&json::write(&policies));
        expect![[r#"
            data "aws_iam_policy_document" "sagemaker" {
              statement {
                actions = [
                  "sagemaker:DescribeEndpoint",
                ]

                resources = [
                  "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/live",
                ]
              }

              statement {
                actions = [
                  "sagemaker:ListTags",
                ]

                resources = [
                  "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/live",
                  "arn:aws:sagemaker:eu-west-1:123456789012:model/churn",
                ]
              }

              statement {
                actions = [
                  "sagemaker:CreateModel",
                  "sagemaker:DescribeModel",
                ]

                resources = [
                  "arn:aws:sagemaker:eu-west-1:123456789012:model/churn",
                ]
              }

              statement {
                actions = [
                  "iam:PassRole",
                ]

                resources = [
                  "arn:aws:iam::123456789012:role/models",
                ]

                condition {
                  test     = "StringEquals"
                  variable = "iam:PassedToService"
                  values   = ["sagemaker.amazonaws.com"]
                }
              }
            }
        "#]]
        .assert_eq(&hcl::write(&policies));
    }

    #[test]
    fn what_is_not_known_is_noted() {
        expect![[r#"
            depending on its arguments, sagemaker_cluster also needs `ec2:DescribeImages`, `ec2:DescribeSnapshots`, `ec2:ModifyImageAttribute`, `ec2:ModifySnapshotAttribute`, `eks:AssociateAccessPolicy`, `eks:CreateAccessEntry`, `eks:DeleteAccessEntry`, `eks:DescribeAccessEntry`, `eks:DescribeCluster`, `iam:CreateServiceLinkedRole`, which the policy does not allow.
            the actions `sagemaker:CreateJob`, `sagemaker:DeleteJob`, `sagemaker:DescribeJob`, `sagemaker:StopJob` of sagemaker_job are newer than the provider's facts about IAM: their names are assumed, and their resource is *.
            the value of `cluster_role`, `instance_groups.execution_role`, `restricted_instance_groups.execution_role` of sagemaker_cluster is not known, so the policy allows to pass any role to sagemaker.amazonaws.com. Name the role in its place.
            the value of `role_arn` of sagemaker_job is not known, so the policy allows to pass any role to sagemaker.amazonaws.com. Name the role in its place."#]].assert_eq(
            &of_types(&["sagemaker_cluster", "sagemaker_job"]).notes.into_iter().collect::<Vec<_>>().join("\n"),
        );
    }

    #[test]
    fn a_long_policy_is_split_and_allows_the_same() {
        let all: Vec<&str> = definition::RESOURCES.iter().map(|resource| resource.type_name).collect();
        let policies = of_types(&all);
        assert!(policies.documents.len() > 1);
        assert!(policies.documents.iter().all(|document| document.length() <= LONGEST));
        let actions = policies.documents.iter().flat_map(|document| &document.statement);
        let actions: BTreeSet<&String> = actions.flat_map(|statement| &statement.action).collect();
        let needed =
            definition::RESOURCES.iter().flat_map(|resource| crate::permissions::of_resource(resource.type_name));
        let lists = definition::Phase::List;
        let mut needed = needed.filter(|(phase, _)| *phase != lists).flat_map(|(_, actions)| actions);
        assert!(needed.all(|action| actions.contains(&format!("sagemaker:{action}"))));
    }

    #[test]
    fn a_statement_that_is_too_long_is_divided() {
        let roles: BTreeSet<String> =
            (0..400).map(|number| format!("arn:aws:iam::123456789012:role/{number}")).collect();
        let statement = Statement::new(vec![PASS_ROLE.to_owned()], roles.iter().cloned().collect(), None);
        let documents = split(vec![statement]);
        assert!(documents.len() > 1 && documents.iter().all(|document| document.length() <= LONGEST));
        let kept = documents.iter().flat_map(|document| &document.statement).flat_map(|statement| &statement.resource);
        assert_eq!(kept.cloned().collect::<BTreeSet<_>>(), roles);
    }
}
