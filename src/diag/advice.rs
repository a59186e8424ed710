//! Advice on failures for users. The caller, who knows the facts, selects the advice; this file holds its text.

use super::{
    planned::create_before_destroy,
    subject::{Doing, Subject},
};

/// What a user can do about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice<'a> {
    /// There is no known remedy.
    None,
    /// The service throttles the caller.
    SlowDown,
    /// No reply was received.
    CheckNetwork,
    /// The host name does not resolve.
    CheckHostName,
    /// The reply is not the service's, but that of a proxy or another server.
    NotTheService,
    /// The service reports an internal failure.
    ServiceTrouble,
    /// There are no credentials.
    SetCredentials,
    /// The credentials have expired.
    RenewCredentials,
    /// The service does not recognize the credentials.
    CorrectCredentials,
    /// The provider block, or the region of a resource, makes the call impossible.
    CorrectSettings,
    /// A bug in the provider.
    ReportBug,
    /// No policy allows this action (`sagemaker:CreateModel`); `None` if the service does not name one.
    Allow(Option<&'a str>),
    /// A policy explicitly denies the action.
    ExplicitDeny,
    /// A quota of the account is exhausted.
    RaiseQuota,
    /// The caller may not assume the role of the provider block or the profile.
    TrustTheCaller,
    /// The service cannot assume the role.
    TrustTheService,
    /// An object of this name already exists.
    AlreadyExists,
    /// The object is not empty, or in use.
    Empty,
    /// An earlier attempt may be deleting the object.
    DeletedAlready,
    /// Another operation on the object is in progress.
    WaitForOthers,
    /// The container does not respond to health checks.
    AnswerPings,
    /// No instances are available.
    TryOtherInstances,
}

/// What to do without credentials.
pub(super) const SET_CREDENTIALS: &str = "Set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or name a profile that has \
                                          credentials or logs in, in `AWS_PROFILE` or as `profile` of the provider block.";

/// What to do about a bug in the provider.
pub(super) const REPORT_BUG: &str = "This is a bug in the provider; please report it.";

impl Advice<'_> {
    /// The text for the user; empty for [`Advice::None`].
    pub(super) fn text(&self, subject: &Subject<'_>) -> String {
        let text = match self {
            Self::None => "",
            Self::AlreadyExists => return already_exists(subject),
            Self::Empty => return empty(subject),
            Self::Allow(None) => {
                "The caller lacks a permission, or an organization policy requires more, such as a KMS key, a \
                 VPC or tags."
            }
            Self::Allow(Some(action)) => {
                return format!(
                    "An IAM policy of this caller has to allow the action `{action}`, and no other policy may deny it."
                );
            }
            Self::ExplicitDeny => {
                "A policy denies it explicitly, so that no other policy can allow it. Organization policies (SCPs) often \
                 do unless a KMS key, a VPC, network isolation or certain tags are given."
            }
            Self::SlowDown => {
                "The service throttles this operation for the account. Apply again, lower Terraform's `-parallelism`, or raise \
                 the provider's `max_retries`."
            }
            Self::CheckNetwork => "Check the network, the proxy settings, and the region and endpoint of the provider.",
            Self::CheckHostName => {
                "The host name did not resolve, although the lookup was repeated in case the network was still coming up. \
                 Check the DNS of this machine and the proxy settings, and the region and endpoint of the provider: a region \
                 that does not exist, or in which SageMaker is not offered, has no such host."
            }
            Self::NotTheService => {
                "The reply is not one of the service: a proxy, or another server between here and the service, may have sent it."
            }
            Self::ServiceTrouble => {
                "The service has an internal problem. Apply again; if the problem persists, contact AWS Support with the request id."
            }
            Self::SetCredentials => SET_CREDENTIALS,
            Self::RenewCredentials => "Renew the credentials, with `aws sso login` for instance, and apply again.",
            Self::CorrectCredentials => {
                "The service does not accept the credentials: the access key is wrong, inactive or deleted, the secret \
                 key does not belong to it, the session token is missing, or the region is not enabled in the account. \
                 `aws sts get-caller-identity` with the same credentials shows whether they work at all."
            }
            Self::CorrectSettings => "Correct the provider's configuration, or the `region` of the resource.",
            Self::ReportBug => REPORT_BUG,
            Self::RaiseQuota => {
                "Request a higher quota in the Service Quotas console, in the region of the resource, or use less."
            }
            Self::TrustTheCaller => {
                "Two policies have to allow it: the trust policy of the role has to name the caller for the action \
                 `sts:AssumeRole` (`sts:AssumeRoleWithWebIdentity` for a token of an identity provider), with the external id \
                 and the session tags that it requires; and unless the caller is known by a token, an IAM policy of the \
                 caller has to allow `sts:AssumeRole` on the role. `aws sts get-caller-identity` with the same credentials \
                 shows the caller."
            }
            Self::TrustTheService => {
                "The role has to exist, and its trust policy has to allow `sts:AssumeRole` to the service \
                 `sagemaker.amazonaws.com`. A recent change of a role takes a while to take effect everywhere; \
                 after that, apply again."
            }
            Self::DeletedAlready => {
                "Its deletion may already be in progress. Check its status, and destroy again when that has changed."
            }
            Self::WaitForOthers => "Another operation on it is in progress. Apply again when that has ended.",
            Self::AnswerPings => {
                "The container has to answer `GET /ping` on port 8080 with HTTP status 200 once its model is loaded. Most \
                 often it crashed at its start, listens at another port, or needs more time than \
                 `container_startup_health_check_timeout_in_seconds` of the production variant allows; its log shows which."
            }
            Self::TryOtherInstances => {
                "AWS had no such instances free. Apply again later, or use fewer of them, another instance type or \
                 another region."
            }
        };
        text.to_owned()
    }
}

fn already_exists(subject: &Subject<'_>) -> String {
    let Subject { type_name, import_id, .. } = *subject;
    let id = import_id.unwrap_or("<id>");
    let adoption = if subject.adoptable {
        "; the provider argument `adopt_identical_within` adopts recent objects that are identical to the planned one"
    } else {
        ""
    };
    format!(
        "If an interrupted apply created it, or if this configuration is to manage it, import it with `terraform import \
         {type_name}.<name> {id}` or an `import` block{adoption}. Otherwise it belongs to somebody else: choose another name."
    )
}

fn empty(subject: &Subject<'_>) -> String {
    if let Some(in_use) = subject.in_use.filter(|_| !subject.can_force_destroy) {
        return format!(
            "SageMaker refuses that {in_use}, possibly because of an object that Terraform did not create. Delete or move that object, or end its \
             link to this one, and then destroy again. {}",
            create_before_destroy(subject.noun)
        );
    }
    let first = "It still contains or is used by another object, possibly one that Terraform did not create. Delete that object, or \
                 its reference to this one, first";
    if subject.can_force_destroy {
        format!(
            "{first}. With `force_destroy = true`, applied before the destroy, the provider deletes everything inside, including \
             what Terraform did not create."
        )
    } else {
        format!("{first}, and then destroy again.")
    }
}

/// What remains unknown after a call that may have taken effect.
pub(super) fn doubt(subject: &Subject<'_>) -> &'static str {
    match subject.doing {
        Doing::Creating if subject.unnamed => {
            "It may have been created nevertheless, and another apply would create a second one. Check first whether it exists; \
             if it does, import it or delete it."
        }
        Doing::Creating => {
            "It may have been created nevertheless. If the next apply reports that it already exists, it was, and can be \
             imported."
        }
        Doing::Updating | Doing::Deleting => {
            "It may have taken effect nevertheless; the next plan shows whether it did."
        }
        Doing::Invoking => {
            "It may have taken effect nevertheless. Check the object before you invoke the action again."
        }
        Doing::Reading | Doing::Importing | Doing::Listing | Doing::Opening => "",
    }
}

/// What Terraform does next with an object that has failed or is not ready.
pub(super) fn next_step(subject: &Subject<'_>) -> &'static str {
    match subject.doing {
        Doing::Creating if subject.kept => {
            "The service keeps it, and its name with it: fix the cause and apply again with another name."
        }
        Doing::Creating => {
            "It is in the Terraform state, marked as tainted: fix the cause and apply again, which replaces it."
        }
        Doing::Updating => {
            "The Terraform state now has the values that the service returns. Fix the cause and apply again."
        }
        Doing::Deleting => "It is still in the Terraform state. Fix the cause and destroy it again.",
        Doing::Reading | Doing::Importing | Doing::Listing | Doing::Invoking | Doing::Opening => "",
    }
}
