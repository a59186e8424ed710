//! Messages about the provider block, and about what cannot be called because of it. Takes facts, returns diagnostics.

use super::{advice::SET_CREDENTIALS, diagnostic::Diagnostic};
use crate::{text::capitalized, value::Path};

/// Nothing can be called. `reason`: every source with what it reported.
pub fn no_credentials(reason: &str) -> Diagnostic {
    // Some sources end their reports with a full stop.
    let reason = reason.trim_end_matches('.');
    let detail = format!("SageMaker cannot be called: {reason}.\n\n{SET_CREDENTIALS}");
    Diagnostic::error("No AWS credentials were found", detail)
}

/// The argument `region` of anything but the provider block is not accepted. `refusal`: why, continuing "It is".
pub fn no_region(refusal: &str) -> Diagnostic {
    let detail =
        format!("It is {refusal}. If the region exists, set `skip_region_validation = true` in the provider block.");
    Diagnostic::error("Invalid `region`", detail).at(&Path::attribute("region"))
}

/// A region in the provider block is not accepted. `refusal`: why, continuing "It is".
pub fn no_region_of_the_provider(path: &Path, refusal: &str) -> Diagnostic {
    invalid(path, &format!("It is {refusal}. If the region exists, set `skip_region_validation = true`."))
}

/// An argument of the provider block is not accepted. `reason`: what is allowed, as a sentence.
pub fn invalid(path: &Path, reason: &str) -> Diagnostic {
    Diagnostic::error(format!("Invalid provider argument `{path}`"), reason).at(path)
}

/// The provider block cannot be used. `reason`: why, without a full stop.
pub fn refused(path: &Path, reason: &str) -> Diagnostic {
    Diagnostic::error("The provider cannot be configured", capitalized(&format!("{reason}."))).at(path)
}

/// An apply or a read before any configuration.
pub fn missing() -> Diagnostic {
    Diagnostic::error("The provider is not configured", "Its configuration failed, or has not been sent.")
}

/// An apply while a part of the provider block is unknown.
pub fn not_known_yet() -> Diagnostic {
    Diagnostic::error(
        "The provider's configuration is not known",
        "A part of the provider block depends on a resource that does not exist yet. Apply that resource first, with `-target`.",
    )
}

/// A read while a part of the provider block is unknown.
pub fn not_refreshed() -> Diagnostic {
    Diagnostic::warning(
        "The state was not refreshed",
        "A part of the provider block is not known yet, so the service could not be called; the plan uses the last \
         known state.",
    )
}
