//! An independent implementation of Signature Version 4 from its public description, so that the SDK's signatures are
//! not verified by the SDK itself.

use rustls::crypto::aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256;

use super::server::Request;

/// True if `secret_key` signed the request.
pub(super) fn is_signed_by(secret_key: &str, request: &Request) -> bool {
    let authorization = request.header("authorization");
    let Some(fields) = authorization.strip_prefix("AWS4-HMAC-SHA256 ") else { return false };
    let field = |name: &str| {
        fields
            .split(", ")
            .find_map(|field| field.strip_prefix(name))
            .expect("the field is there")
            .trim_start_matches('=')
    };
    let (_, scope) = field("Credential").split_once('/').expect("a scope after the access key");
    let signed_headers = field("SignedHeaders");

    let mut canonical = "POST\n/\n\n".to_owned();
    for name in signed_headers.split(';') {
        canonical.push_str(&format!("{name}:{}\n", request.header(name)));
    }
    canonical.push_str(&format!("\n{signed_headers}\n{}", hex(&sha256(request.body.as_bytes()))));

    let to_sign =
        format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", request.header("x-amz-date"), hex(&sha256(canonical.as_bytes())));
    let key = scope
        .split('/')
        .fold(format!("AWS4{secret_key}").into_bytes(), |key, part| hmac(&key, part.as_bytes()).to_vec());
    hex(&hmac(&key, to_sign.as_bytes())) == field("Signature")
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    let suite = TLS13_AES_128_GCM_SHA256.tls13().expect("a suite of TLS 1.3");
    suite.common.hash_provider.hash(bytes).as_ref().to_vec()
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { sha256(key) } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |byte: u8| block.iter().map(move |key| key ^ byte);
    let inner = sha256(&pad(0x36).chain(message.iter().copied()).collect::<Vec<_>>());
    sha256(&pad(0x5c).chain(inner).collect::<Vec<_>>())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn hmac_is_that_of_rfc_4231() {
    assert_eq!(
        hex(&hmac(b"Jefe", b"what do ya want for nothing?")),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}
