//! The scope of a call: its region and account, from which the partition and its ARNs follow.

use super::error::ServiceError;

/// A region of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) region: String,
    /// Twelve digits.
    pub(super) account: String,
}

impl Scope {
    /// `aws`, or the name of another partition.
    pub(super) fn partition(&self) -> &'static str {
        match &self.region {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            region if region.starts_with("us-iso-") => "aws-iso",
            region if region.starts_with("us-isob-") => "aws-iso-b",
            _ => "aws",
        }
    }

    /// An ARN in this scope; `key` is the resource id in it.
    pub(super) fn arn(&self, resource_type: &str, key: &str) -> String {
        format!("arn:{}:sagemaker:{}:{}:{resource_type}/{key}", self.partition(), self.region, self.account)
    }

    /// A location in the bucket that SageMaker uses where the caller names none.
    pub(super) fn default_bucket(&self, name: &str) -> String {
        format!("s3://sagemaker-{}-{}/{name}", self.region, self.account)
    }

    /// Whether it is the ARN of an object in another scope, which is unknown in this one.
    pub(super) fn is_foreign(&self, text: &str) -> bool {
        let own = format!(":sagemaker:{}:{}:", self.region, self.account);
        text.starts_with("arn:") && !text.contains(&own)
    }

    /// The key in an ARN of that resource type in this scope.
    pub(super) fn key_of(&self, arn: &str, resource_type: &str) -> Result<String, ServiceError> {
        let (found, key) = self.split(arn)?;
        if found == resource_type {
            Ok(key)
        } else {
            // Assumed wording.
            Err(ServiceError::validation(format!("Invalid ARN: {arn} is not the ARN of a {resource_type}")))
        }
    }

    /// Resource type and key of an ARN in this scope. Keys are in lower case.
    pub(super) fn split(&self, arn: &str) -> Result<(String, String), ServiceError> {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, _, "sagemaker", region, account, resource] = parts[..] else {
            return Err(ServiceError::validation(format!("Invalid ARN: {arn}")));
        };
        if region != self.region {
            // Seen with DescribeAlgorithm.
            return Err(ServiceError::validation(format!("ARN should be scoped to correct region: {}", self.region)));
        }
        if account != self.account {
            // By analogy.
            return Err(ServiceError::validation(format!("ARN should be scoped to correct account: {}", self.account)));
        }
        match resource.split_once('/') {
            Some((resource_type, key)) => Ok((resource_type.to_owned(), key.to_lowercase())),
            None => Err(ServiceError::validation(format!("Invalid ARN: {arn}"))),
        }
    }
}

/// The part after the resource type in an ARN; any other text unchanged.
pub(super) fn name_in(text: &str) -> &str {
    match text.strip_prefix("arn:") {
        Some(arn) => arn.split_once('/').map_or(text, |(_, name)| name),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(region: &str) -> Scope {
        Scope { region: region.into(), account: "123456789012".into() }
    }

    #[test]
    fn the_partition_follows_from_the_region() {
        assert_eq!(scope("cn-north-1").arn("model", "m"), "arn:aws-cn:sagemaker:cn-north-1:123456789012:model/m");
        assert_eq!(scope("us-gov-west-1").partition(), "aws-us-gov");
        assert_eq!(scope("eu-central-1").partition(), "aws");
    }

    #[test]
    fn an_arn_of_another_region_is_refused() {
        let refused = scope("us-west-2").split("arn:aws:sagemaker:us-east-1:123456789012:model/m");
        assert_eq!(refused.unwrap_err().message, "ARN should be scoped to correct region: us-west-2");
        let refused = scope("us-west-2").split("arn:aws:sagemaker:us-west-2:123456789012:model-package/G/7");
        assert_eq!(refused.unwrap(), ("model-package".into(), "g/7".into()));
    }
}
