//! IAM as far as `--policy` has it: each call is allowed by the policy, or refused in AWS's words.
//!
//! Checked are the action of the operation, `sagemaker:AddTags` where a create call has tags, and `iam:PassRole` for each
//! role in the input. `policy` reads and evaluates the policy, `target` has the ARNs that a call is about.

mod policy;
mod target;

use super::{dispatch::Handler, error::ServiceError, kind::Call};
use crate::{
    definition::{
        self, PASS_ROLE, PASSED_TO, is_passed_role,
        service::{Shape, ShapeKind},
    },
    value::Value,
};

pub use policy::{Policy, PolicyError};
use policy::{Request, Verdict};

/// Refuses a call that the policy does not allow.
pub(super) fn check(policy: &Policy, handler: &Handler, call: &Call<'_>) -> Result<(), ServiceError> {
    let name = call.operation.name;
    let targets = target::of(handler, call);
    let permission = definition::permission(name);
    let tags = permission.is_none_or(|permission| permission.dependent.contains(&"sagemaker:AddTags"));
    let is_tagged = name != "AddTags" && tags && !call.input.get("Tags").elements().is_empty();
    let actions = [Some(name), is_tagged.then_some("AddTags")];
    for action in actions.into_iter().flatten() {
        let action = format!("sagemaker:{action}");
        for target in &targets {
            expect(policy, &Request { action: &action, resource: target.as_deref(), passed_to: None }, call)?;
        }
    }
    for role in roles(call.operation.input, &call.input) {
        expect(policy, &Request { action: PASS_ROLE, resource: Some(role), passed_to: Some(PASSED_TO) }, call)?;
    }
    Ok(())
}

fn expect(policy: &Policy, request: &Request<'_>, call: &Call<'_>) -> Result<(), ServiceError> {
    let action = request.action;
    let reason = match policy.verdict(request) {
        Verdict::Allowed => return Ok(()),
        Verdict::NotAllowed => format!("because no identity-based policy allows the {action} action"),
        Verdict::Denied => "with an explicit deny in an identity-based policy".to_owned(),
    };
    let (partition, account) = (call.scope.partition(), &call.scope.account);
    let resource = request.resource.unwrap_or("*");
    Err(ServiceError::new(
        "AccessDeniedException",
        format!(
            "User: arn:{partition}:iam::{account}:user/local is not authorized to perform: {action} on resource: \
             {resource} {reason}"
        ),
    ))
}

/// The roles that an input passes, at any depth.
fn roles<'a>(shape: &Shape, input: &'a Value) -> Vec<&'a str> {
    let mut found = Vec::new();
    collect("", shape, input, &mut found);
    found
}

fn collect<'a>(member: &str, shape: &Shape, value: &'a Value, found: &mut Vec<&'a str>) {
    match (&shape.kind, value) {
        (ShapeKind::Structure { members, .. }, Value::Map(values)) => {
            for member in *members {
                if let Some(value) = values.get(member.name) {
                    collect(member.name, member.shape, value, found);
                }
            }
        }
        (ShapeKind::List { element, .. }, _) => {
            value.elements().iter().for_each(|value| collect(member, element, value, found));
        }
        (ShapeKind::Map { value: inner, .. }, Value::Map(values)) => {
            values.values().for_each(|value| collect(member, inner, value, found));
        }
        (_, Value::String(role)) if is_passed_role(member, shape) => found.push(role),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::local::{authorization::Policy, tests::bench::Bench};

    const ROLE: &str = "arn:aws:iam::123456789012:role/models";
    const NOWHERE: &str = "arn:aws:sagemaker:eu-central-1:123456789012";

    fn bench(statements: &str) -> Bench {
        let policy = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        Bench::under(Policy::read(&policy).unwrap())
    }

    fn allowed(actions: &str, resource: &str) -> String {
        format!(r#"{{"Effect":"Allow","Action":[{actions}],"Resource":"{resource}"}}"#)
    }

    fn model(more: &str) -> String {
        format!(r#"{{"ModelName":"M","PrimaryContainer":{{"Image":"i"}}{more}}}"#)
    }

    #[test]
    fn what_no_statement_allows_is_refused_in_the_words_of_aws() {
        let bench = bench(&allowed(r#""sagemaker:Describe*""#, "*"));
        let user = "User: arn:aws:iam::123456789012:user/local is not authorized to perform: sagemaker:CreateModel";
        let why = "because no identity-based policy allows the sagemaker:CreateModel action";
        let expected = format!("AccessDeniedException: {user} on resource: {NOWHERE}:model/m {why}");
        assert_eq!(bench.refused("CreateModel", &model("")), expected);
        assert!(bench.refused("DescribeModel", r#"{"ModelName":"m"}"#).contains("Could not find model"));
    }

    #[test]
    fn resources_tags_and_roles_are_checked() {
        let create = allowed(r#""sagemaker:CreateModel""#, &format!("{NOWHERE}:model/m"));
        let tags = allowed(r#""sagemaker:AddTags""#, "*");
        let pass = format!(
            r#"{{"Effect":"Allow","Action":"iam:PassRole","Resource":"{ROLE}","Condition":{{"StringEquals":{{"iam:PassedToService":"sagemaker.amazonaws.com"}}}}}}"#
        );
        let tagged = model(r#","Tags":[{"Key":"a","Value":"b"}]"#);
        let with_role = model(&format!(r#","ExecutionRoleArn":"{ROLE}""#));
        bench(&create).ok("CreateModel", &model(""));
        let other = model("").replace(r#""M""#, r#""n""#);
        assert!(bench(&create).refused("CreateModel", &other).contains("model/n because no"));
        assert!(bench(&create).refused("CreateModel", &tagged).contains("perform: sagemaker:AddTags on resource"));
        bench(&format!("{create},{tags}")).ok("CreateModel", &tagged);
        let refused = bench(&create).refused("CreateModel", &with_role);
        assert!(refused.contains(&format!("perform: iam:PassRole on resource: {ROLE} because no")), "{refused}");
        bench(&format!("{create},{pass}")).ok("CreateModel", &with_role);
    }

    #[test]
    fn a_call_needs_all_resources_that_it_names() {
        let endpoint = allowed(r#""sagemaker:CreateEndpoint""#, &format!("{NOWHERE}:endpoint/*"));
        let refused = bench(&endpoint).refused("CreateEndpoint", r#"{"EndpointName":"e","EndpointConfigName":"c"}"#);
        assert!(refused.contains(&format!("on resource: {NOWHERE}:endpoint-config/c")), "{refused}");
    }

    #[test]
    fn a_deny_wins() {
        let denied = r#"{"Effect":"Deny","Action":"sagemaker:createmodel","Resource":"*"}"#;
        let bench = bench(&format!("{},{denied}", allowed(r#""*""#, "*")));
        let refused = bench.refused("CreateModel", &model(""));
        assert!(refused.ends_with("with an explicit deny in an identity-based policy"), "{refused}");
        bench.ok("ListModels", "{}");
    }
}
