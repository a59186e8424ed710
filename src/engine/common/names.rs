//! Names and tokens that the provider generates.

use time::OffsetDateTime;

use crate::{definition::Naming, value::Value};

/// `prefix` and 26 unique characters: the time to a ten-thousandth of a second, and random hexadecimal digits.
///
/// The format is that of hashicorp/aws, so that names sort by age in both.
pub(crate) fn unique(prefix: &str, max: usize) -> String {
    let now = OffsetDateTime::now_utc();
    let (year, month, day) = now.to_calendar_date();
    let (hour, minute, second) = now.to_hms();
    let fraction = now.nanosecond() / 100_000;
    let month = u8::from(month);
    let random = fastrand::u32(..);
    let suffix = format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}{fraction:04}{random:08x}");
    let room = max.saturating_sub(Naming::SUFFIX);
    let prefix: String = prefix.chars().take(room).collect();
    format!("{prefix}{suffix}")
}

/// The prefix of a name that [`unique`] may have generated.
pub(crate) fn prefix_of(name: &str) -> Option<&str> {
    let (prefix, suffix) = name.split_at_checked(name.len().checked_sub(Naming::SUFFIX)?)?;
    let (time, random) = suffix.split_at_checked(Naming::SUFFIX - 8)?;
    let is_generated =
        time.bytes().all(|byte| byte.is_ascii_digit()) && random.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_generated && !prefix.is_empty()).then_some(prefix)
}

/// A client token, by which the service recognises a repeated call: a random UUID.
pub(crate) fn token() -> Value {
    let bits = fastrand::u128(..);
    let version_4 = (bits & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{version_4:032x}");
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_names_fit_and_differ() {
        let one = unique("terraform-", 63);
        assert_eq!(one.len(), 36);
        assert!(one.starts_with("terraform-20"), "{one}");
        assert_ne!(one, unique("terraform-", 63));
        assert_eq!(unique(&"p".repeat(80), 63).len(), 63);
    }

    #[test]
    fn the_prefix_of_a_generated_name_is_found() {
        assert_eq!(prefix_of(&unique("cats-", 63)), Some("cats-"));
        for name in ["cats", "cats-2026", &unique("", 63), "cats-with-a-name-of-more-than-26-characters"] {
            assert_eq!(prefix_of(name), None, "{name}");
        }
    }

    #[test]
    fn tokens_are_random_uuids() {
        let Value::String(token) = token() else { panic!("a token is text") };
        let pattern = regex_lite::Regex::new("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        assert!(pattern.expect("a valid pattern").is_match(&token), "{token}");
    }
}
