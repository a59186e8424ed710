//! Which names can be regions.

use regex_lite::Regex;

/// The regions of each partition, as the SDKs' list of partitions describes them (botocore 1.44.5).
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

/// True if a partition may have a region of that name. Newer regions of a known partition pass.
pub(super) fn is_plausible(region: &str) -> bool {
    PARTITIONS.iter().any(|(_, pattern)| Regex::new(pattern).expect("the patterns are fixed").is_match(region))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_all_partitions_pass_and_slips_of_the_pen_do_not() {
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
}
