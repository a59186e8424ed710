//! Validates region names, and suggests the nearest known ones.

use regex_lite::Regex;
use strsim::levenshtein;

/// The regions of all partitions (AWS General Reference, Amazon SageMaker endpoints, and the partitions of the SDKs).
const KNOWN: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "cn-north-1",
    "cn-northwest-1",
    "eusc-de-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "eu-isoe-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
];

/// The maximum number of suggestions.
const NEAREST: usize = 3;

/// The region patterns of each partition, from the SDKs' list of partitions (botocore 1.44.5).
const PARTITIONS: &[(&str, &str)] = &[
    ("aws", r"^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$"),
    ("aws-cn", r"^cn-\w+-\d+$"),
    ("aws-eusc", r"^eusc-(de)-\w+-\d+$"),
    ("aws-iso", r"^us-iso-\w+-\d+$"),
    ("aws-iso-b", r"^us-isob-\w+-\d+$"),
    ("aws-iso-e", r"^eu-isoe-\w+-\d+$"),
    ("aws-iso-f", r"^us-isof-\w+-\d+$"),
    ("aws-us-gov", r"^us-gov-\w+-\d+$"),
];

/// True if a partition may have a region of this name. New regions of a known partition are accepted.
pub(super) fn is_plausible(region: &str) -> bool {
    PARTITIONS.iter().any(|(_, pattern)| Regex::new(pattern).expect("the patterns are fixed").is_match(region))
}

/// The known regions with the names nearest to an unknown one; empty if the region is known.
pub(crate) fn nearest(region: &str) -> Vec<&'static str> {
    if KNOWN.contains(&region) {
        return Vec::new();
    }
    let mut near: Vec<&str> = KNOWN.to_vec();
    near.sort_by_key(|known| levenshtein(region, known));
    near.truncate(NEAREST);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_all_partitions_are_accepted_and_typos_are_not() {
        for region in [
            "us-east-1",
            "eu-central-2",
            "mx-central-1",
            "il-central-1",
            "us-north-9",
            "cn-north-1",
            "eusc-de-east-1",
            "us-iso-east-1",
            "us-isob-west-1",
            "eu-isoe-west-1",
            "us-isof-south-1",
            "us-gov-west-1",
        ] {
            assert!(is_plausible(region), "{region}");
        }
        for region in ["", "us-east", "us_east_1", "US-EAST-1", "us-east-1a", "us-east-1 ", "moon-base-1", "local"] {
            assert!(!is_plausible(region), "{region}");
        }
    }

    #[test]
    fn the_nearest_regions_are_suggested() {
        assert_eq!(nearest("eu-centrl-1")[0], "eu-central-1");
        assert_eq!(nearest("us-east1")[0], "us-east-1");
        assert!(nearest("eu-central-9").contains(&"eu-central-1"));
        assert!(nearest("eu-west-1").is_empty());
        assert!(KNOWN.iter().all(|region| is_plausible(region)));
    }
}
