//! Why data is not enough: the ARN of an app, which is its import id, does not contain whether the app belongs to a
//! user profile or to a space, and has the app type in lower case. Only the list of apps contains both.

use async_trait::async_trait;

use crate::{
    definition::names::app as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

pub(super) struct App;

#[async_trait]
impl Special for App {
    async fn locate(&self, context: CallContext<'_>, id: &str) -> Result<Option<Value>, Failure> {
        let Some(expected) = Parts::of_arn(id) else { return Ok(None) };
        let of_domain = Value::from([("DomainIdEquals", expected.domain.into())]);
        let apps = context.list("ListApps", &of_domain, "Apps").await?;
        Ok(apps.iter().find(|app| expected.fit(app)).map(|app| address(app, id)))
    }
}

/// The parts of an app's ARN: `…:app/domain/owner/type/name`.
struct Parts<'a> {
    domain: &'a str,
    owner: &'a str,
    kind: &'a str,
    name: &'a str,
}

impl<'a> Parts<'a> {
    fn of_arn(arn: &'a str) -> Option<Self> {
        let mut parts = arn.split('/');
        let is_app = parts.next().is_some_and(|start| start.starts_with("arn:") && start.ends_with(":app"));
        let parts: Vec<&str> = parts.collect();
        match parts.as_slice() {
            [domain, owner, kind, name] if is_app => Some(Self { domain, owner, kind, name }),
            _ => None,
        }
    }

    fn fit(&self, app: &Value) -> bool {
        let is =
            |member: &str, part: &str| app.get(member).as_str().is_some_and(|text| text.eq_ignore_ascii_case(part));
        let owned = is("UserProfileName", self.owner) || is("SpaceName", self.owner);
        owned && is("AppType", self.kind) && is("AppName", self.name)
    }
}

fn address(app: &Value, arn: &str) -> Value {
    let of = |member: &str| app.get(member).clone();
    Value::from([
        (names::ID, arn.into()),
        (names::DOMAIN_ID, of("DomainId")),
        (names::USER_PROFILE_NAME, of("UserProfileName")),
        (names::SPACE_NAME, of("SpaceName")),
        (names::APP_TYPE, of("AppType")),
        (names::APP_NAME, of("AppName")),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:sagemaker:eu-west-1:123456789012:app/d-1/ann/kernelgateway/tools";

    fn app(owner: &str, kind: &str) -> Value {
        let kinds = [("AppType", kind.into()), ("AppName", "tools".into())];
        let mut app = Value::from(kinds);
        app.insert(owner, "ann".into());
        app
    }

    #[test]
    fn an_arn_matches_apps_of_profiles_and_spaces() {
        let parts = Parts::of_arn(ARN).expect("an ARN of an app");
        assert_eq!(parts.domain, "d-1");
        assert!(parts.fit(&app("UserProfileName", "KernelGateway")) && parts.fit(&app("SpaceName", "KernelGateway")));
        assert!(!parts.fit(&app("SpaceName", "JupyterLab")));
    }

    #[test]
    fn other_ids_are_left_to_the_definition() {
        for id in ["tools", "arn:aws:sagemaker:eu-west-1:123456789012:space/d-1/ann", "d-1/ann/KernelGateway/tools"] {
            assert!(Parts::of_arn(id).is_none(), "{id}");
        }
    }
}
