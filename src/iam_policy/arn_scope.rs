//! The scope of ARNs: their partition, region and account, as far as these are known.

use super::options::Options;
use crate::{arn::Arn, regions::partition_of};

/// Stands for what is not known.
pub(super) const ANY: &str = "*";

/// Where objects are, unless they say it themselves. `*` stands for what is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArnScope {
    /// Given by the user; None: that of the region.
    partition: Option<String>,
    region: String,
    account: String,
}

impl ArnScope {
    /// What the options say, and otherwise what was found.
    pub(super) fn new(options: &Options, region: Option<String>, account: Option<String>) -> Self {
        let known =
            |given: &Option<String>, found: Option<String>| given.clone().or(found).unwrap_or_else(|| ANY.to_owned());
        Self {
            partition: options.partition.clone(),
            region: known(&options.region, region),
            account: known(&options.account, account),
        }
    }

    /// The same in another region.
    pub(super) fn in_region(&self, region: Option<&str>) -> Self {
        let region = region.map_or_else(|| self.region.clone(), str::to_owned);
        Self { region, ..self.clone() }
    }

    /// An ARN of SageMaker; `path` is what follows the account.
    pub(super) fn arn(&self, path: &str) -> String {
        let (region, account) = (&self.region, &self.account);
        Arn { partition: self.partition(), service: "sagemaker", region, account, resource: path }.to_string()
    }

    /// An ARN that any role of the account has.
    pub(super) fn any_role(&self) -> String {
        let partition = self.partition();
        Arn { partition, service: "iam", region: "", account: &self.account, resource: "role/*" }.to_string()
    }

    fn partition(&self) -> &str {
        match &self.partition {
            Some(partition) => partition,
            None => partition_of(&self.region),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_a_star() {
        let nowhere = ArnScope::new(&Options::default(), None, None);
        assert_eq!(nowhere.arn("model/m"), "arn:aws:sagemaker:*:*:model/m");
        assert_eq!(nowhere.in_region(Some("cn-north-1")).arn("model/m"), "arn:aws-cn:sagemaker:cn-north-1:*:model/m");
        let options = Options { region: Some("us-east-1".to_owned()), ..Options::default() };
        let found = ArnScope::new(&options, Some("eu-west-1".to_owned()), Some("123456789012".to_owned()));
        assert_eq!(found.arn("model/m"), "arn:aws:sagemaker:us-east-1:123456789012:model/m");
        assert_eq!(found.any_role(), "arn:aws:iam::123456789012:role/*");
    }
}
