//! The `User-Agent` headers of requests.

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{Intercept, context::BeforeTransmitInterceptorContextMut, dyn_dispatch_hint},
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::config_bag::ConfigBag;

const HEADER: &str = "user-agent";

/// The products before and after those of the SDK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UserAgent {
    before: String,
    after: String,
}

impl UserAgent {
    /// `appended` holds the user's additions, unchanged and in this order.
    pub(super) fn new(provider_version: &str, terraform_version: &str, appended: &[String]) -> Self {
        let terraform =
            if terraform_version.is_empty() { String::new() } else { format!("Terraform/{terraform_version} ") };
        let appended: Vec<String> =
            appended.iter().map(|text| printable(text)).filter(|text| !text.is_empty()).collect();
        Self {
            before: printable(&format!("{terraform}terraform-provider-sagemaker/{provider_version}")),
            after: appended.join(" "),
        }
    }
}

/// Removes everything but printable ASCII, which is all that a header may hold.
fn printable(text: &str) -> String {
    text.chars().filter(|character| matches!(character, ' '..='~')).collect::<String>().trim().to_owned()
}

// Registered after the SDK's own interceptor, which writes the header in the same phase. The header is not signed, so
// the order does not matter for the signature.
#[dyn_dispatch_hint]
impl Intercept for UserAgent {
    fn name(&self) -> &'static str {
        "products of the user agent"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        let products = [&self.before, headers.get(HEADER).unwrap_or_default(), &self.after];
        let products: Vec<&str> = products.into_iter().filter(|product| !product.is_empty()).collect();
        let agent = products.join(" ");
        headers.try_insert(HEADER, agent)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_have_a_fixed_order_and_only_printable_characters() {
        let agent = UserAgent::new("1.2.3", "1.14.0", &["ci/7\r\nx-evil: 1".into(), " ".into(), "team/ü".into()]);
        assert_eq!(agent.before, "Terraform/1.14.0 terraform-provider-sagemaker/1.2.3");
        assert_eq!(agent.after, "ci/7x-evil: 1 team/");
        assert_eq!(UserAgent::new("1", "", &[]).before, "terraform-provider-sagemaker/1");
    }
}
