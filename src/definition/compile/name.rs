//! Terraform names of API members.

use super::problem::listed;
use crate::definition::camel_case::joined;

/// Words of the API whose capitals do not mark the beginning of a word, with a spelling that does.
const WORDS: &[(&str, &str)] = &[
    ("ETag", "Etag"),
    ("FSx", "Fsx"),
    ("GiB", "Gib"),
    ("MLflow", "Mlflow"),
    ("OAuth", "Oauth"),
    ("SageMaker", "Sagemaker"),
    ("SubDomain", "Subdomain"),
    ("VCpu", "Vcpu"),
];

/// Names that Terraform reserves at the top level of a resource.
const RESERVED: &[&str] = &["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];

/// An API name in snake_case: `VolumeSizeInGB` becomes `volume_size_in_gb`.
pub(super) fn terraform_name(member: &str) -> String {
    let member = WORDS.iter().fold(member.to_owned(), |member, (word, respelled)| member.replace(word, respelled));
    joined(&member, "_")
}

/// Why Terraform would refuse the name of an attribute; `None` if it would not.
pub(super) fn fault(name: &str, at_top: bool) -> Option<String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    let all_good = name.chars().all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '_');
    if !starts_well || !all_good {
        return Some(format!(
            "`{name}` is no Terraform name; it has to be small letters, digits and underscores, a letter first"
        ));
    }
    let reserved = at_top && RESERVED.contains(&name);
    reserved.then(|| format!("`{name}` is reserved by Terraform, as are {}; give it another `name`", listed(RESERVED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_aws_provider() {
        for (member, name) in [
            ("ARN", "arn"),
            ("AutoMLJobName", "auto_ml_job_name"),
            ("AutoMountHomeEFS", "auto_mount_home_efs"),
            ("ContentSha256", "content_sha256"),
            ("EFSFileSystemConfig", "efs_file_system_config"),
            ("EnableSSMAccess", "enable_ssm_access"),
            ("EnableSageMakerMetricsTimeSeries", "enable_sagemaker_metrics_time_series"),
            ("ExecutionRoleARN", "execution_role_arn"),
            ("FSxLustreFileSystem", "fsx_lustre_file_system"),
            ("IdentityProviderOAuthSettings", "identity_provider_oauth_settings"),
            ("KmsKeyId", "kms_key_id"),
            ("MLFramework", "ml_framework"),
            ("MLflowConfig", "mlflow_config"),
            ("MemorySizeInMB", "memory_size_in_mb"),
            ("MlflowVersion", "mlflow_version"),
            ("ModelDataETag", "model_data_etag"),
            ("PrivateDnsHostname", "private_dns_hostname"),
            ("RStudioServerProDomainSettings", "r_studio_server_pro_domain_settings"),
            ("S3DataSource", "s3_data_source"),
            ("S3Uri", "s3_uri"),
            ("SageMakerImageArn", "sagemaker_image_arn"),
            ("SubDomain", "subdomain"),
            ("SupportedResponseMIMETypes", "supported_response_mime_types"),
            ("TenthFractionsOfACent", "tenth_fractions_of_a_cent"),
            ("VCpu", "vcpu"),
            ("VolumeSizeInGB", "volume_size_in_gb"),
        ] {
            assert_eq!(terraform_name(member), name);
        }
    }

    #[test]
    fn reserved_names_are_refused_only_at_the_top() {
        assert!(fault("count", true).is_some());
        assert_eq!(fault("count", false), None);
    }

    #[test]
    fn what_terraform_cannot_parse_is_refused() {
        for name in ["Name", "1st", "a-b", "", "_x"] {
            assert!(fault(name, false).is_some(), "{name}");
        }
        assert_eq!(fault("a_1", true), None);
    }
}
