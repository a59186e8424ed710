//! The connection settings of the provider block.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    api::{AssumeRole, Endpoints, Secret, Settings, WebIdentity},
    definition::duration,
    value::Value,
};

/// The texts of the provider block, and of the environment variables that replace them, that no message may show.
pub(super) fn secrets(config: &Value) -> Vec<String> {
    let web_identity = config.get("assume_role_with_web_identity").at(0).get("web_identity_token");
    let written = [config.get("secret_key"), config.get("token"), web_identity];
    let variables = ["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN"];
    let written = written.into_iter().filter_map(string);
    written.chain(variables.into_iter().filter_map(|name| std::env::var(name).ok())).collect()
}

pub(super) fn settings(config: &Value) -> Settings {
    let endpoints = config.get("endpoints").at(0);
    let flag = |name: &str| config.get(name).as_bool();
    Settings {
        region: string(config.get("region")),
        profile: string(config.get("profile")),
        access_key: string(config.get("access_key")),
        secret_key: secret(config.get("secret_key")),
        token: secret(config.get("token")),
        shared_config_files: strings(config.get("shared_config_files")),
        shared_credentials_files: strings(config.get("shared_credentials_files")),
        assume_role: config.get("assume_role").elements().iter().map(assume_role).collect(),
        assume_role_with_web_identity: config.get("assume_role_with_web_identity").elements().first().map(web_identity),
        endpoints: Endpoints { sagemaker: string(endpoints.get("sagemaker")), sts: string(endpoints.get("sts")) },
        max_retries: config.get("max_retries").as_i64().and_then(|number| u32::try_from(number).ok()),
        retry_mode: string(config.get("retry_mode")),
        allowed_account_ids: strings(config.get("allowed_account_ids")),
        forbidden_account_ids: strings(config.get("forbidden_account_ids")),
        http_proxy: secret(config.get("http_proxy")),
        // An empty value disables the proxy of the environment.
        https_proxy: config.get("https_proxy").as_str().map(Secret::from),
        no_proxy: string(config.get("no_proxy")),
        custom_ca_bundle: string(config.get("custom_ca_bundle")),
        insecure: flag("insecure").unwrap_or_default(),
        use_fips_endpoint: flag("use_fips_endpoint"),
        use_dualstack_endpoint: flag("use_dualstack_endpoint"),
        sts_region: string(config.get("sts_region")),
        skip_region_validation: flag("skip_region_validation").unwrap_or_default(),
        skip_requesting_account_id: flag("skip_requesting_account_id").unwrap_or_default(),
        skip_metadata_api_check: config.get("skip_metadata_api_check").as_str().and_then(|text| text.parse().ok()),
        ec2_metadata_service_endpoint: string(config.get("ec2_metadata_service_endpoint")),
        ec2_metadata_service_endpoint_mode: string(config.get("ec2_metadata_service_endpoint_mode")),
        user_agent: strings(config.get("user_agent")),
    }
}

fn assume_role(block: &Value) -> AssumeRole {
    AssumeRole {
        role_arn: string(block.get("role_arn")).unwrap_or_default(),
        duration: duration(block),
        external_id: string(block.get("external_id")),
        policy: string(block.get("policy")),
        policy_arns: strings(block.get("policy_arns")),
        session_name: string(block.get("session_name")),
        source_identity: string(block.get("source_identity")),
        tags: string_map(block.get("tags")),
        transitive_tag_keys: strings(block.get("transitive_tag_keys")),
    }
}

fn web_identity(block: &Value) -> WebIdentity {
    WebIdentity {
        role_arn: string(block.get("role_arn")).unwrap_or_default(),
        duration: duration(block),
        policy: string(block.get("policy")),
        policy_arns: strings(block.get("policy_arns")),
        session_name: string(block.get("session_name")),
        web_identity_token: secret(block.get("web_identity_token")),
        web_identity_token_file: string(block.get("web_identity_token_file")),
    }
}

fn duration(block: &Value) -> Option<Duration> {
    block.get("duration").as_str().and_then(duration::parse)
}

/// An argument set to the empty text counts as unset, since variables without a value are often empty.
pub(super) fn string(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn secret(value: &Value) -> Option<Secret> {
    string(value).map(Secret::from)
}

fn strings(value: &Value) -> Vec<String> {
    value.elements().iter().filter_map(string).collect()
}

fn string_map(value: &Value) -> BTreeMap<String, String> {
    let members = value.as_map().into_iter().flatten();
    members.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}
