//! Generated identifiers, tokens and digests. They look random, but follow from their seed alone: the same calls get
//! the same ones in every run and on every platform, so that tests can rely on them.

use sha2::{Digest as _, Sha256};

use crate::local::moment::Moment;

pub(in crate::local) const LOWERCASE: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
pub(in crate::local) const UPPERCASE: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
pub(in crate::local) const HEXADECIMAL: &str = "0123456789abcdef";

/// So many letters of an alphabet.
pub(in crate::local) fn generate(seed: &str, alphabet: &str, length: usize) -> String {
    let alphabet = alphabet.as_bytes();
    let letter = |byte: u8| char::from(alphabet[usize::from(byte) % alphabet.len()]);
    (0_u32..).flat_map(|block| Sha256::digest(format!("{block} {seed}"))).take(length).map(letter).collect()
}

/// The token in a presigned URL for an object.
pub(in crate::local) fn token(arn: &str, now: Moment) -> String {
    generate(&format!("{arn}{}", now.0), LOWERCASE, 32)
}

/// The digest of an image: the one in its reference, or else one generated from the reference.
pub(in crate::local) fn image_digest(image: &str) -> String {
    match image.split_once('@') {
        Some((_, digest)) => digest.to_owned(),
        None => format!("sha256:{}", generate(image, HEXADECIMAL, 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_the_same_on_every_platform_and_toolchain() {
        assert_eq!(generate("domain/d/1800000000000/1", LOWERCASE, 12), "kfm3hwlq3vtg");
        assert_eq!(generate("domain/d/1800000000000/2", LOWERCASE, 12), "3m10dgkdwio9");
        assert_eq!(generate("", UPPERCASE, 40), "HUWKK2F5VIBP1XD8725PNGARNRGUWZ83FHMEQPCO");
        assert_eq!(token("arn", Moment(1)), "harjgkdzgh05oq0lqw75ks4ykvq89hx0");
        assert_eq!(image_digest("r/i:1"), "sha256:01240a9ad2a8573f9e0a5e58e9fa4ee5bd51f3ee86222a9b67ad6fa7dafe2452");
        assert_eq!(image_digest("r/i@sha256:0"), "sha256:0");
    }
}
