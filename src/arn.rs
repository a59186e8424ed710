//! Amazon Resource Names, read and written. Knows no service and no resource type.

use std::fmt;

/// The parts of `arn:<partition>:<service>:<region>:<account>:<resource>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`.
    pub partition: &'a str,
    /// `sagemaker`.
    pub service: &'a str,
    /// Empty for global services.
    pub region: &'a str,
    /// Empty where the owner is not named, as in the ARN of a bucket.
    pub account: &'a str,
    /// `endpoint/churn`; may contain colons.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// `None` if the text is not an ARN.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next();
        let (start, partition, service, region, account, resource) =
            (next()?, next()?, next()?, next()?, next()?, next()?);
        (start == "arn").then_some(Self { partition, service, region, account, resource })
    }

    /// The region in a text; `None` if the text is not an ARN, or one without a region.
    pub fn region_of(text: &'a str) -> Option<&'a str> {
        Self::parse(text).map(|arn| arn.region).filter(|region| !region.is_empty())
    }

    /// The account in a text; `None` if the text is not an ARN, or one without an account.
    pub fn account_of(text: &'a str) -> Option<&'a str> {
        Self::parse(text).map(|arn| arn.account).filter(|account| !account.is_empty())
    }
}

impl fmt::Display for Arn<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(formatter, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_has_six_parts_of_which_the_last_may_contain_colons() {
        let text = "arn:aws-cn:sagemaker:cn-north-1:123456789012:image:a/b";
        let arn = Arn::parse(text).expect("an ARN");
        assert_eq!(arn.to_string(), text);
        assert_eq!((arn.partition, arn.service, arn.resource), ("aws-cn", "sagemaker", "image:a/b"));
        assert_eq!((arn.region, arn.account), ("cn-north-1", "123456789012"));
        for text in ["", "arn:aws", "arn:aws:s3:::", "model/churn", "urn:aws:s3:::bucket:x"] {
            assert_eq!(Arn::parse(text).map(|arn| arn.resource), (text == "arn:aws:s3:::").then_some(""), "{text}");
        }
    }

    #[test]
    fn a_part_that_is_empty_is_none() {
        assert_eq!((Arn::region_of("arn:aws:s3:::bucket"), Arn::account_of("arn:aws:s3:::bucket")), (None, None));
        assert_eq!(Arn::account_of("arn:aws:iam::123456789012:role/r"), Some("123456789012"));
    }
}
