//! The regions and partitions of AWS: which names are accepted as those of regions, and which known ones are near.
//!
//! Knows nothing of connections, settings and arguments.

use std::fmt;

use regex_lite::Regex;

use crate::text;

/// The regions of all partitions (AWS General Reference, Amazon SageMaker endpoints, and the partitions of the SDKs).
pub const KNOWN: &[&str] = &[
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

/// The patterns of the names of regions, one for each partition, from the SDKs' list of partitions (botocore 1.44.5).
const PATTERNS: &[&str] = &[
    r"^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$",
    r"^cn-\w+-\d+$",
    r"^eusc-(de)-\w+-\d+$",
    r"^us-iso-\w+-\d+$",
    r"^us-isob-\w+-\d+$",
    r"^eu-isoe-\w+-\d+$",
    r"^us-isof-\w+-\d+$",
    r"^us-gov-\w+-\d+$",
];

/// The partitions by the beginning of their regions; all other regions are in `aws`.
pub const PARTITIONS: &[(&str, &str)] = &[
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-", "aws-eusc"),
];

/// Which names of regions are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// Those that this version knows.
    Known,
    /// Those that a partition may have: new regions are among them.
    Possible,
    /// All.
    Any,
}

/// Why a name is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRegion {
    name: String,
    /// A partition may have a region of this name.
    is_possible: bool,
}

impl Accepted {
    /// Checks a name.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn check(self, name: &str) -> Result<(), NoRegion> {
        let is_possible = is_possible(name);
        let is_accepted = match self {
            Self::Known => KNOWN.contains(&name),
            Self::Possible => is_possible,
            Self::Any => true,
        };
        if is_accepted { Ok(()) } else { Err(NoRegion { name: name.to_owned(), is_possible }) }
    }
}

/// Continues a sentence whose subject is where the name was written: "`us-east1`, which is not …".
impl fmt::Display for NoRegion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = if self.is_possible {
            "a region that this version of the provider does not know"
        } else {
            "which is not the name of a region"
        };
        write!(formatter, "`{}`, {fault}; the nearest are {}", self.name, text::list(nearest(&self.name)))
    }
}

/// The partition that a region is in.
pub fn partition_of(region: &str) -> &'static str {
    PARTITIONS.iter().find(|(beginning, _)| region.starts_with(beginning)).map_or("aws", |(_, partition)| partition)
}

/// True if a partition may have a region of this name.
fn is_possible(name: &str) -> bool {
    PATTERNS.iter().any(|pattern| Regex::new(pattern).expect("the patterns are fixed").is_match(name))
}

/// The known regions with the names nearest to another, the nearest first.
pub fn nearest(name: &str) -> Vec<&'static str> {
    text::nearest(KNOWN.iter().copied(), &name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_all_partitions_are_possible_and_typos_are_not() {
        for region in ["us-north-9", "eusc-de-west-1", "us-isob-north-1", "cn-south-1"] {
            assert_eq!(Accepted::Possible.check(region), Ok(()), "{region}");
            assert!(Accepted::Known.check(region).is_err(), "{region}");
        }
        for region in ["", "us-east", "us_east_1", "US-EAST-1", "us-east-1a", "us-east-1 ", "moon-base-1", "local"] {
            assert!(Accepted::Possible.check(region).is_err(), "{region}");
            assert_eq!(Accepted::Any.check(region), Ok(()), "{region}");
        }
        assert!(KNOWN.iter().all(|region| Accepted::Known.check(region).is_ok() && is_possible(region)));
    }

    #[test]
    fn a_refusal_names_the_nearest_regions() {
        let refusals = ["eu-west-11", "us-east1", "EU-West-1", "eu-centrl-1"]
            .map(|name| Accepted::Known.check(name).expect_err("not a region").to_string() + "\n");
        expect_test::expect![[r#"
            `eu-west-11`, a region that this version of the provider does not know; the nearest are `eu-west-1`, `eu-west-2`, `eu-west-3`
            `us-east1`, which is not the name of a region; the nearest are `us-east-1`, `us-east-2`, `ap-east-1`
            `EU-West-1`, which is not the name of a region; the nearest are `eu-west-1`, `eu-west-2`, `eu-west-3`
            `eu-centrl-1`, a region that this version of the provider does not know; the nearest are `eu-central-1`, `eu-central-2`, `ca-central-1`
        "#]]
        .assert_eq(&refusals.concat());
    }

    #[test]
    fn a_region_of_any_length_is_compared_in_time() {
        assert_eq!(nearest(&"é".repeat(1_000_000)).len(), 3);
    }

    #[test]
    fn every_partition_has_a_known_region() {
        for (_, partition) in PARTITIONS {
            assert!(KNOWN.iter().any(|region| partition_of(region) == *partition), "{partition}");
        }
        assert_eq!(["us-isob-east-1", "us-east-1"].map(partition_of), ["aws-iso-b", "aws"]);
    }
}
