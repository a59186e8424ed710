//! The scope of a call: its region and account, from which the partition and its ARNs follow.

use super::error::ServiceError;
use crate::{arn::Arn, regions::partition_of};

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
        partition_of(&self.region)
    }

    /// An ARN in this scope; `key` is the resource id in it.
    pub(super) fn arn(&self, resource_type: &str, key: &str) -> String {
        let (region, account) = (&self.region, &self.account);
        let resource = &format!("{resource_type}/{key}");
        Arn { partition: self.partition(), service: "sagemaker", region, account, resource }.to_string()
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
        let Some(Arn { service: "sagemaker", region, account, resource, .. }) = Arn::parse(arn) else {
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
    use crate::regions::KNOWN;

    fn scope(region: &str) -> Scope {
        Scope { region: region.into(), account: "123456789012".into() }
    }

    #[test]
    fn every_region_has_the_arns_of_its_partition() {
        for region in KNOWN {
            let arn = scope(region).arn("model", "m");
            let partition = partition_of(region);
            assert_eq!(arn, format!("arn:{partition}:sagemaker:{region}:123456789012:model/m"));
            assert_eq!(scope(region).split(&arn), Ok(("model".to_owned(), "m".to_owned())));
        }
        let regions = ["eu-isoe-west-1", "us-isof-south-1", "eusc-de-east-1", "cn-north-1", "eu-central-1"];
        let partitions = regions.map(|region| scope(region).partition());
        assert_eq!(partitions, ["aws-iso-e", "aws-iso-f", "aws-eusc", "aws-cn", "aws"]);
    }

    #[test]
    fn an_arn_of_another_region_is_refused() {
        let refused = scope("us-west-2").split("arn:aws:sagemaker:us-east-1:123456789012:model/m");
        assert_eq!(refused.unwrap_err().message, "ARN should be scoped to correct region: us-west-2");
        let refused = scope("us-west-2").split("arn:aws:sagemaker:us-west-2:123456789012:model-package/G/7");
        assert_eq!(refused.unwrap(), ("model-package".into(), "g/7".into()));
    }
}
