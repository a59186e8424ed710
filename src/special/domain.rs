//! Why data is not enough: the service wants to be told VPC and subnets once more when apps move into the VPC. And
//! whether users sign in through IAM Identity Center decides on what else may be asked for.

use async_trait::async_trait;

use crate::{
    diag::{Diagnostic, Diagnostics},
    engine::{Failure, Site, Special},
    value::{Path, Value},
};

pub(super) struct Domain;

#[async_trait]
impl Special for Domain {
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let propagation = config.get("domain_settings").at(0).get("trusted_identity_propagation_settings").at(0);
        let wanted = propagation.get("status").as_str() == Some("ENABLED");
        if wanted && config.get("auth_mode").as_str().is_some_and(|mode| mode != "SSO") {
            let path = Path::attribute("domain_settings").index(0).then("trusted_identity_propagation_settings");
            diagnostics.push(
                Diagnostic::error(
                    "Identities are known only with IAM Identity Center",
                    "Trusted identity propagation passes on who signed in through IAM Identity Center. Set `auth_mode` to \
                     `SSO`, or leave the settings out.",
                )
                .at(&path.index(0).then("status")),
            );
        }
    }

    // hashicorp/aws#45528.
    async fn before_update(
        &self,
        _site: Site<'_>,
        _prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        if input.get("AppNetworkAccessType").as_str() == Some("VpcOnly") {
            for (member, attribute) in [("VpcId", "vpc_id"), ("SubnetIds", "subnet_ids")] {
                let value = planned.get(attribute);
                if !value.is_zero() {
                    input.insert(member, value.clone());
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_propagated_only_with_iam_identity_center() {
        let refused = |mode: Value, status: &str| {
            let block = |name: &'static str, value: Value| Value::List(vec![Value::from([(name, value)])]);
            let settings = block("trusted_identity_propagation_settings", block("status", status.into()));
            let config = Value::from([("auth_mode", mode), ("domain_settings", settings)]);
            let mut diagnostics = Diagnostics::new();
            Domain.validate(&config, &mut diagnostics);
            diagnostics.has_error()
        };
        assert!(refused("IAM".into(), "ENABLED"));
        assert!(!refused("SSO".into(), "ENABLED") && !refused("IAM".into(), "DISABLED"));
        assert!(!refused(Value::unknown(), "ENABLED"), "not known yet");
    }
}
