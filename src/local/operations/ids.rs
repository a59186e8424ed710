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

/// The repository of an image. A tag contains no slash, unlike what follows the port of a registry.
pub(in crate::local) fn repository_of(image: &str) -> &str {
    let untagged = image.split('@').next().unwrap_or_default();
    match untagged.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => untagged,
    }
}

/// The reference of an image by its digest.
pub(in crate::local) fn resolved_image(image: &str) -> String {
    format!("{}@{}", repository_of(image), image_digest(image))
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

    #[test]
    fn a_tag_and_a_digest_are_no_part_of_the_repository_and_a_port_is() {
        for image in ["host:5000/r/i", "host:5000/r/i:1", "host:5000/r/i@sha256:0", "host:5000/r/i:1@sha256:0"] {
            assert_eq!(repository_of(image), "host:5000/r/i");
        }
        assert_eq!(resolved_image("i:1@sha256:0"), "i@sha256:0");
    }
}
