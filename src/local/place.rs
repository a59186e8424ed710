//! Where a call goes: partition, region and account, and the ARNs there.

use super::{error::ServiceError, thing::Thing};

/// A region of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) region: String,
    /// Twelve digits.
    pub(super) account: String,
}

impl Place {
    /// `aws`, or the name of a partition that stands apart.
    pub(super) fn partition(&self) -> &'static str {
        match &self.region {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            region if region.starts_with("us-iso-") => "aws-iso",
            region if region.starts_with("us-isob-") => "aws-iso-b",
            _ => "aws",
        }
    }

    pub(super) fn arn(&self, kind: &str, key: &str) -> String {
        format!("arn:{}:sagemaker:{}:{}:{kind}/{key}", self.partition(), self.region, self.account)
    }

    /// Whether it is the ARN of something in another place, of which nothing is known here.
    pub(super) fn is_foreign(&self, text: &str) -> bool {
        let own = format!(":sagemaker:{}:{}:", self.region, self.account);
        text.starts_with("arn:") && !text.contains(&own)
    }

    /// What comes after the kind in an ARN of that kind of thing in this place.
    pub(super) fn key_of(&self, arn: &str, thing: &Thing) -> Result<String, ServiceError> {
        let (kind, key) = self.split(arn)?;
        if kind == thing.arn_kind() {
            Ok(key)
        } else {
            // Assumed wording.
            Err(ServiceError::validation(format!("Invalid ARN: {arn} is not the ARN of a {}", thing.arn_kind())))
        }
    }

    /// Kind and key of an ARN in this place.
    pub(super) fn split(&self, arn: &str) -> Result<(String, String), ServiceError> {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, _, "sagemaker", region, account, resource] = parts[..] else {
            return Err(ServiceError::validation(format!("Invalid ARN: {arn}")));
        };
        if region != self.region {
            // Seen as the answer of DescribeAlgorithm.
            return Err(ServiceError::validation(format!("ARN should be scoped to correct region: {}", self.region)));
        }
        if account != self.account {
            // By analogy.
            return Err(ServiceError::validation(format!("ARN should be scoped to correct account: {}", self.account)));
        }
        match resource.split_once('/') {
            Some((kind, key)) => Ok((kind.to_owned(), key.to_lowercase())),
            None => Err(ServiceError::validation(format!("Invalid ARN: {arn}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(region: &str) -> Place {
        Place { region: region.into(), account: "123456789012".into() }
    }

    #[test]
    fn the_partition_follows_from_the_region() {
        assert_eq!(place("cn-north-1").arn("model", "m"), "arn:aws-cn:sagemaker:cn-north-1:123456789012:model/m");
        assert_eq!(place("us-gov-west-1").partition(), "aws-us-gov");
        assert_eq!(place("eu-central-1").partition(), "aws");
    }

    #[test]
    fn an_arn_of_another_region_is_refused() {
        let answer = place("us-west-2").split("arn:aws:sagemaker:us-east-1:123456789012:model/m");
        assert_eq!(answer.unwrap_err().message, "ARN should be scoped to correct region: us-west-2");
        let answer = place("us-west-2").split("arn:aws:sagemaker:us-west-2:123456789012:model-package/G/7");
        assert_eq!(answer.unwrap(), ("model-package".into(), "g/7".into()));
    }
}
