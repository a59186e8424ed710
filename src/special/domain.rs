//! Why data is not enough: apps, spaces and user profiles prevent the delete of a domain. The service requires VPC and
//! subnets again when apps move into the VPC, and refuses that with RStudio. Whether users sign in through IAM Identity
//! Center determines which other arguments are valid.

use std::time::Duration;

use async_trait::async_trait;

use super::emptying::{Contents, empty};
use crate::{
    definition::names::domain as names,
    diag::{Diagnostic, Diagnostics},
    engine::{CallContext, Draft, Failure, Special},
    value::{Path, Value},
};

/// The delete of an app alone may take 20 minutes.
const EMPTY_WITHIN: Duration = Duration::from_secs(40 * 60);

/// The contents of a domain, in the order in which they can be deleted.
const CONTENTS: &[Contents] = &[
    Contents {
        list: "ListApps",
        found: "Apps",
        status: "Status",
        delete: "DeleteApp",
        address: &["DomainId", "UserProfileName", "SpaceName", "AppType", "AppName"],
    },
    Contents {
        list: "ListSpaces",
        found: "Spaces",
        status: "Status",
        delete: "DeleteSpace",
        address: &["DomainId", "SpaceName"],
    },
    Contents {
        list: "ListUserProfiles",
        found: "UserProfiles",
        status: "Status",
        delete: "DeleteUserProfile",
        address: &["DomainId", "UserProfileName"],
    },
];

pub(super) struct Domain;

#[async_trait]
impl Special for Domain {
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let propagation =
            config.get(names::DOMAIN_SETTINGS).at(0).get(names::TRUSTED_IDENTITY_PROPAGATION_SETTINGS).at(0);
        let is_enabled = propagation.get(names::STATUS).as_str() == Some("ENABLED");
        if is_enabled && config.get(names::AUTH_MODE).as_str().is_some_and(|mode| mode != "SSO") {
            let path =
                Path::attribute(names::DOMAIN_SETTINGS).index(0).then(names::TRUSTED_IDENTITY_PROPAGATION_SETTINGS);
            diagnostics.push(
                Diagnostic::error(
                    "Trusted identity propagation requires IAM Identity Center",
                    "Trusted identity propagation passes on who signed in through IAM Identity Center. Set `auth_mode` to \
                     `SSO`, or leave the settings out.",
                )
                .at(&path.index(0).then(names::STATUS)),
            );
        }
    }

    // API reference, UpdateDomain.
    fn modify_plan(&self, draft: &mut Draft<'_>) {
        let [prior, planned] = [draft.prior, &draft.planned].map(|values| values.get(names::APP_NETWORK_ACCESS_TYPE));
        let changes = !prior.is_null() && !planned.is_unknown() && prior != planned;
        if changes && draft.requires_replace.is_empty() && (has_rstudio(draft.prior) || has_rstudio(&draft.planned)) {
            draft.diagnostics.push(
                Diagnostic::error(
                    "The network access of a domain with RStudio cannot be changed",
                    format!(
                        "`app_network_access_type` is {prior}, and the service refuses to change it once \
                         `r_studio_server_pro_domain_settings` has a `domain_execution_role_arn`, or together with it. Keep the \
                         value. Without RStudio yet, change the access in an apply of its own first."
                    ),
                )
                .at(&Path::attribute(names::APP_NETWORK_ACCESS_TYPE)),
            );
        }
    }

    // hashicorp/aws#20986: the service creates the file system, so all that users have saved depends on a domain that
    // Terraform is about to replace.
    fn loss(&self, prior: &Value) -> String {
        let file_system = prior.get(names::HOME_EFS_FILE_SYSTEM_ID).as_str().unwrap_or_default();
        let fate = if is_kept(prior) {
            "It is kept, with the security groups for NFS, but the new domain gets a file system of its own, which is empty."
        } else {
            "It is deleted with the domain, and everything on it."
        };
        match file_system {
            "" => String::new(),
            _ => format!("The home directories of all users are on the file system `{file_system}`. {fate}"),
        }
    }

    // hashicorp/aws#20986. They are in EC2 and EFS, which this provider does not manage.
    fn validate_destroy(&self, prior: &Value, diagnostics: &mut Diagnostics) {
        let file_system = prior.get(names::HOME_EFS_FILE_SYSTEM_ID).as_str().unwrap_or_default();
        let id = prior.get(names::DOMAIN_ID).as_str().unwrap_or_default();
        if file_system.is_empty() {
            return;
        }
        let fate = if is_kept(prior) { "is kept, and so are its mount targets and" } else { "is deleted, but not" };
        diagnostics.push(Diagnostic::warning(
            format!("Destroying domain `{id}` leaves resources behind"),
            format!(
                "The file system `{file_system}` with the home directories {fate} the security groups that the service created \
                 for it, `security-group-for-inbound-nfs-{id}` and `security-group-for-outbound-nfs-{id}`. The VPC cannot be \
                 deleted before they are."
            ),
        ));
    }

    // hashicorp/aws#45528.
    async fn before_update(
        &self,
        _context: CallContext<'_>,
        _prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        if input.get("AppNetworkAccessType").as_str() == Some("VpcOnly") {
            for (member, attribute) in [("VpcId", names::VPC_ID), ("SubnetIds", names::SUBNET_IDS)] {
                let value = planned.get(attribute);
                if !value.is_zero() {
                    input.insert(member, value.clone());
                }
            }
        }
        Ok(())
    }

    async fn before_delete(&self, context: CallContext<'_>, state: &Value) -> Result<(), Failure> {
        if state.get(names::FORCE_DESTROY).as_bool() != Some(true) {
            return Ok(());
        }
        let id = state.get(names::DOMAIN_ID);
        let pauses = context.pauses_of_delete(state, EMPTY_WITHIN);
        for contents in CONTENTS {
            let within = Value::from([("DomainIdEquals", id.clone())]);
            empty(context, &pauses, contents, &within, &Value::from([("DomainId", id.clone())])).await?;
        }
        Ok(())
    }
}

/// True if RStudio is set up, or may be.
fn has_rstudio(values: &Value) -> bool {
    let settings = values.get(names::DOMAIN_SETTINGS).at(0).get(names::R_STUDIO_SERVER_PRO_DOMAIN_SETTINGS).at(0);
    !settings.get(names::DOMAIN_EXECUTION_ROLE_ARN).is_zero()
}

/// True if the file system with the home directories outlives the domain.
fn is_kept(state: &Value) -> bool {
    state.get(names::RETENTION_POLICY).at(0).get(names::HOME_EFS_FILE_SYSTEM).as_str() != Some("Delete")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_propagated_only_with_iam_identity_center() {
        let refused = |mode: Value, status: &str| {
            let block = |name: &'static str, value: Value| Value::List(vec![Value::from([(name, value)])]);
            let settings = block(names::TRUSTED_IDENTITY_PROPAGATION_SETTINGS, block(names::STATUS, status.into()));
            let config = Value::from([(names::AUTH_MODE, mode), (names::DOMAIN_SETTINGS, settings)]);
            let mut diagnostics = Diagnostics::new();
            Domain.validate(&config, &mut diagnostics);
            diagnostics.has_error()
        };
        assert!(refused("IAM".into(), "ENABLED"));
        assert!(!refused("SSO".into(), "ENABLED") && !refused("IAM".into(), "DISABLED"));
        assert!(!refused(Value::unknown(), "ENABLED"), "not known yet");
    }

    #[test]
    fn the_network_access_is_not_changed_with_rstudio() {
        let domain = |access: &str, role: Value| {
            let block = |name: &'static str, value: Value| Value::List(vec![Value::from([(name, value)])]);
            let settings =
                block(names::R_STUDIO_SERVER_PRO_DOMAIN_SETTINGS, block(names::DOMAIN_EXECUTION_ROLE_ARN, role));
            Value::from([(names::APP_NETWORK_ACCESS_TYPE, access.into()), (names::DOMAIN_SETTINGS, settings)])
        };
        let refused = |prior: &Value, planned: Value| {
            let mut draft = Draft {
                prior,
                config: &planned.clone(),
                planned,
                requires_replace: Vec::new(),
                diagnostics: Diagnostics::new(),
            };
            Domain.modify_plan(&mut draft);
            draft.diagnostics.has_error()
        };
        let (public, role) = (domain("PublicInternetOnly", Value::Null), || Value::from("arn"));
        assert!(!refused(&public, domain("VpcOnly", Value::Null)));
        assert!(refused(&public, domain("VpcOnly", role())), "both in one plan");
        assert!(refused(&domain("PublicInternetOnly", role()), domain("VpcOnly", role())));
        assert!(!refused(&domain("VpcOnly", role()), domain("VpcOnly", role())));
        assert!(!refused(&Value::Null, domain("VpcOnly", role())), "it is created");
    }
}
