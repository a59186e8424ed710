//! The one operation of STS that is served: GetCallerIdentity. In the query protocol: the request is a form, the reply
//! XML.

use crate::local::{error::ServiceError, scope::Scope};

const VERSION: &str = "2011-06-15";
const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The body of the reply to a form.
pub(super) fn reply(form: &str, scope: &Scope, request_id: &str) -> Result<String, ServiceError> {
    let field = |name: &str| form.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    match (field("Action"), field("Version")) {
        (Some("GetCallerIdentity"), Some(VERSION)) => Ok(caller_identity(scope, request_id)),
        (action, version) => Err(ServiceError::new(
            "InvalidAction",
            format!(
                "Could not find operation {} for version {}",
                action.unwrap_or_default(),
                version.unwrap_or("NO_VERSION_SPECIFIED")
            ),
        )),
    }
}

/// The body of an error.
pub(super) fn error(error: &ServiceError, request_id: &str) -> String {
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type><Code>{}</Code><Message>{}</Message></Error>\
         <RequestId>{request_id}</RequestId></ErrorResponse>",
        escape(&error.code),
        escape(&error.message)
    )
}

fn caller_identity(scope: &Scope, request_id: &str) -> String {
    let (partition, account) = (scope.partition(), &scope.account);
    format!(
        "<GetCallerIdentityResponse xmlns=\"{NAMESPACE}\"><GetCallerIdentityResult>\
         <Arn>arn:{partition}:iam::{account}:user/local</Arn><UserId>AIDALOCALLOCALLOCAL00</UserId>\
         <Account>{account}</Account></GetCallerIdentityResult>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_caller_identity_is_served() {
        let scope = Scope { region: "cn-north-1".into(), account: "123456789012".into() };
        let reply = reply("Action=GetCallerIdentity&Version=2011-06-15", &scope, "id").unwrap();
        assert!(reply.contains("<Arn>arn:aws-cn:iam::123456789012:user/local</Arn>"), "{reply}");
        assert!(reply.contains("<Account>123456789012</Account>"), "{reply}");
        let refused = super::reply("Action=<Assume>&Version=2011-06-15", &scope, "id").unwrap_err();
        assert_eq!(refused.code, "InvalidAction");
        assert!(error(&refused, "id").contains("&lt;Assume&gt;"));
    }
}
