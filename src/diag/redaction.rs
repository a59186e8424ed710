//! Redacts every message and log line: credentials that a service or a proxy echoes, and control characters, which
//! could manipulate a terminal.
//!
//! Values that a configuration marks as sensitive are not known here; the engine hides those.

use std::sync::LazyLock;

use regex_lite::Regex;

/// The placeholder for a secret, as Terraform shows it in plans.
pub const VEIL: &str = "(sensitive value)";

/// The patterns of credentials, each with the part of the match that is kept.
static CREDENTIALS: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
    let patterns = [
        // Headers whose complete value is a credential.
        (r#"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie)("?\s*[:=]\s*"?)[^\r\n"}]+"#, "$1$2"),
        // Headers, members and parameters with a single credential.
        (
            r#"(?i)\b(x-amz-(?:security-token|signature|credential)|(?:aws_?)?(?:session|security)_?token|(?:aws_?)?secret_?(?:access_?)?key|web_?identity_?token|(?:client|api)_?(?:secret|key)|(?:access|refresh|id)_?token|signature|credential)(\\?"?\s*[:=]\s*\\?"?)[^\s"'`&,;<>\\})]+"#,
            "$1$2",
        ),
        (r#"(?i)\b(password|passwd|pwd)(=|\\?"\s*:\s*\\?"?)[^\s"'`&,;<>\\})]+"#, "$1$2"),
        (r"(?i)(<(?:session|security|webidentity)token>|<secretaccesskey>)[^<]+", "$1"),
        (r"(?i)\b(bearer|basic)(\s+)[A-Za-z0-9._~+/=-]{8,}", "$1$2"),
        // Web identity tokens (RFC 7519).
        (r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?", ""),
        // Session tokens of AWS, by their prefixes.
        (r"\b(?:IQoJb3JpZ2lu|F[Qw]oGZXIvYXdz|AQoDYXdz)[A-Za-z0-9+/=%_-]{16,}", ""),
    ];
    // The user info of a URL: `https://user:password@host/` and `user:password@host:3128`.
    let users = [
        (r#"([A-Za-z][A-Za-z0-9+.-]*://)[^\s/?#"'`<>]+@"#, "$1", "@"),
        (r#"\b[^\s/:@"'`]+:[^\s/:@"'`]+@([A-Za-z0-9.-]+:\d{1,5}\b)"#, "", "@$1"),
    ];
    let credentials = patterns.into_iter().map(|(pattern, before)| (pattern, before, ""));
    let compiled = |(pattern, before, after)| {
        (Regex::new(pattern).expect("the patterns are fixed"), format!("{before}{VEIL}{after}"))
    };
    credentials.chain(users).map(compiled).collect()
});

/// The text without control characters; line breaks and tabs are kept.
pub fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().map(|character| if is_hostile(character) { '\u{fffd}' } else { character }).collect()
}

/// The printable text without credentials.
pub fn redacted(text: &str) -> String {
    CREDENTIALS.iter().fold(printable(text), |text, (pattern, kept)| {
        if pattern.is_match(&text) { pattern.replace_all(&text, kept.as_str()).into_owned() } else { text }
    })
}

/// Control characters, and those that reorder the text around them.
fn is_hostile(character: char) -> bool {
    let reorders = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && !matches!(character, '\n' | '\t')) || reorders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_hidden_however_they_are_echoed() {
        let token = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJ";
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvOm9yZy9yZXBvIn0.c2lnbmF0dXJl";
        for text in [
            format!("x-amz-security-token: {token}"),
            "x-amz-security-token:hush123\nx-amz-date:20260101T000000Z".to_owned(),
            "{\"X-Amz-Security-Token\": \"hush123\"}".to_owned(),
            "{\\\"x-amz-security-token\\\":\\\"hush123\\\"}".to_owned(),
            "https://host/?X-Amz-Credential=hush123%2F20260101&X-Amz-Signature=hush123".to_owned(),
            "authorization: AWS4-HMAC-SHA256 Credential=hush123/x, SignedHeaders=host, Signature=hush123".to_owned(),
            "Proxy-Authorization: Basic aHVzaDEyMw==hush123".to_owned(),
            "Bearer hush123.hush123".to_owned(),
            format!("The ID token {jwt} is not valid"),
            format!("The token {token} has expired"),
            "<WebIdentityToken>hush123</WebIdentityToken>".to_owned(),
            "SecretAccessKey=hush123".to_owned(),
            "aws_session_token = hush123".to_owned(),
            "https://me:hush123@proxy.test:3128/path".to_owned(),
            "https://me:hush123@hush123@proxy.test/".to_owned(),
            "https://hush123@host.test/".to_owned(),
            "proxy me:hush123@proxy.test:3128 refused".to_owned(),
            "\"password\": \"hush123\"".to_owned(),
        ] {
            let shown = redacted(&text);
            assert!(!shown.contains("hush123") && !shown.contains(token) && !shown.contains(jwt), "{shown}");
            assert!(shown.contains(VEIL), "{shown}");
        }
    }

    #[test]
    fn text_without_credentials_is_unchanged() {
        for text in [
            "Could not assume role arn:aws:iam::123456789012:role/ci.",
            "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token",
            "The security token included in the request is invalid.",
            "Value 'x' at 'oidcConfig.clientSecret' failed to satisfy constraint",
            "https://host.test/repository@v1 and user@host.test",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1@sha256:9f86d081884c7d659a2feaa0c55ad015",
            "The client_secret has to be set; password must have 8 characters.",
            "`sagemaker_tag.this` needs `key` and `value`:\n\t- first line",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn control_characters_never_reach_a_terminal() {
        assert_eq!(
            redacted("a\u{1b}[31mb\u{7}\r\n\u{9b}c\u{202e}d\te"),
            "a\u{fffd}[31mb\u{fffd}\n\u{fffd}c\u{fffd}d\te"
        );
    }
}
