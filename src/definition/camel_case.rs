//! The words of the names of the API: `AutoMLJobName` consists of `Auto`, `ML`, `Job` and `Name`.
//!
//! The build of the definitions includes this file too, so it names nothing else of the crate.

/// The words of a name. A word begins with a capital after a lower-case letter or digit, or with the last of several
/// capitals before a lower-case letter; botocore has the same rule for the names of its commands.
pub(crate) fn words(name: &str) -> Vec<&str> {
    let characters: Vec<(usize, char)> = name.char_indices().collect();
    let begins = |place: usize| {
        let is_capital = |place: usize| characters.get(place).is_some_and(|(_, one)| one.is_ascii_uppercase());
        let leads_small = characters.get(place + 1).is_some_and(|(_, next)| next.is_ascii_lowercase());
        place > 0 && is_capital(place) && (!is_capital(place - 1) || leads_small)
    };
    let mut words = Vec::new();
    let mut start = 0;
    for (place, (offset, _)) in characters.iter().enumerate() {
        if begins(place) {
            words.push(&name[start..*offset]);
            start = *offset;
        }
    }
    words.push(&name[start..]);
    words
}

/// The words in lower case, joined: `auto_ml_job_name` with `_`.
pub(crate) fn joined(name: &str, separator: &str) -> String {
    words(name).join(separator).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_and_digits_are_words_or_their_ends() {
        for (name, expected) in [
            ("DescribeAutoMLJobV2", "describe-auto-ml-job-v2"),
            ("DescribeAIBenchmarkJob", "describe-ai-benchmark-job"),
            ("VolumeSizeInGB", "volume-size-in-gb"),
            ("S3Uri", "s3-uri"),
            ("HubContentArn", "hub-content-arn"),
            ("KmsKeyId", "kms-key-id"),
            ("id", "id"),
            ("", ""),
        ] {
            assert_eq!(joined(name, "-"), expected);
        }
    }
}
