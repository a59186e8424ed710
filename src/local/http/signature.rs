//! The format of a signed request. The signature itself is not verified: any credentials are accepted.

use hyper::header::{AUTHORIZATION, HeaderMap};

use crate::local::error::ServiceError;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The region that the request is signed for, if it is signed for that service and the header has all its parts.
pub(super) fn region(headers: &HeaderMap, service: &str) -> Result<String, ServiceError> {
    let Some(header) = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()) else {
        return Err(
            ServiceError::new("MissingAuthenticationTokenException", "Missing Authentication Token").with_status(403)
        );
    };
    let Some(parameters) = header.strip_prefix(ALGORITHM) else {
        return Err(incomplete(format!("Authorization header requires '{ALGORITHM}'. Authorization={header}")));
    };
    let parameter = |name: &str| {
        let found = parameters.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
        found.filter(|value| !value.is_empty()).ok_or_else(|| {
            incomplete(format!("Authorization header requires '{name}' parameter. Authorization={header}"))
        })
    };
    let scope = parameter("Credential")?;
    let (_signed, signature) = (parameter("SignedHeaders")?, parameter("Signature")?);
    if signature.len() != 64 || !signature.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(invalid("The request signature we calculated does not match the signature you provided."));
    }
    // An access key may contain slashes, so the parts are taken from the end.
    let parts: Vec<&str> = scope.rsplitn(5, '/').collect();
    let ["aws4_request", named, region, date, _key] = parts[..] else {
        return Err(incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. \
             keyid/date/region/service/term, got '{scope}'"
        )));
    };
    if named != service {
        return Err(invalid(&format!("Credential should be scoped to correct service: '{service}'.")));
    }
    check_date(headers, date)?;
    Ok(region.to_owned())
}

fn check_date(headers: &HeaderMap, date: &str) -> Result<(), ServiceError> {
    match headers.get("x-amz-date").and_then(|value| value.to_str().ok()) {
        None => Err(incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.".to_owned(),
        )),
        Some(time) if time.starts_with(date) && date.len() == 8 => Ok(()),
        Some(time) => Err(invalid(&format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != \
             '{time}'."
        ))),
    }
}

fn incomplete(message: String) -> ServiceError {
    ServiceError::new("IncompleteSignatureException", message)
}

fn invalid(message: &str) -> ServiceError {
    ServiceError::new("InvalidSignatureException", message).with_status(403)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(authorization: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-amz-date", "20261121T080000Z".parse().unwrap());
        if !authorization.is_empty() {
            headers.insert(AUTHORIZATION, authorization.parse().unwrap());
        }
        headers
    }

    fn signed(scope: &str) -> String {
        format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature={}", "0f".repeat(32))
    }

    #[test]
    fn the_region_comes_from_the_scope_of_the_credential() {
        let headers = headers(&signed("AKID/with/slash/20261121/eu-central-1/sagemaker/aws4_request"));
        assert_eq!(region(&headers, "sagemaker").unwrap(), "eu-central-1");
    }

    #[test]
    fn an_unsigned_or_wrongly_signed_request_is_refused() {
        for (authorization, code, status) in [
            (String::new(), "MissingAuthenticationTokenException", 403),
            ("Basic abc".into(), "IncompleteSignatureException", 400),
            (signed("AKID/20261121/eu-central-1/sagemaker"), "IncompleteSignatureException", 400),
            (signed("AKID/20261121/eu-central-1/s3/aws4_request"), "InvalidSignatureException", 403),
            (signed("AKID/20261120/eu-central-1/sagemaker/aws4_request"), "InvalidSignatureException", 403),
            (signed("AKID/20261121/r/sagemaker/aws4_request").replace("0f", "xx"), "InvalidSignatureException", 403),
            ("AWS4-HMAC-SHA256 Credential=a/b/c/d/e".into(), "IncompleteSignatureException", 400),
        ] {
            let error = region(&headers(&authorization), "sagemaker").unwrap_err();
            assert_eq!((&*error.code, error.status), (code, status), "{authorization}");
        }
    }
}
