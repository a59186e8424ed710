//! The schema of the provider block as a table.

use crate::{
    engine::configuration::context::DELETION_PROTECTION,
    schema::{Attribute, Block, NestedBlock, Nesting, Type, Usage},
};

/// The argument for adopting an object that a killed apply has created, and the greatest age of that object.
pub(super) const ADOPTION: &str = "adopt_identical_within";

/// An argument of the provider block: name, type, description.
type Argument = (&'static str, fn() -> Type, &'static str);

const ARGUMENTS: &[Argument] = &[
    (
        "access_key",
        text,
        "Access key ID. Default: `AWS_ACCESS_KEY_ID`, then the shared files, then the role of the container or instance.",
    ),
    (
        ADOPTION,
        text,
        "Adopt an existing object of the same name instead of failing to create it, if it is younger than this duration (such \
         as `2h`) and everything that the service returns, tags included, is as planned: it is what a killed apply has left \
         behind. Default: never, so that the object has to be imported.",
    ),
    (
        "allowed_account_ids",
        texts,
        "AWS account IDs that may be used. Any other account is refused before anything is called in it.",
    ),
    (
        "custom_ca_bundle",
        text,
        "File with the certificates to trust, in PEM form, instead of those of the operating system. Default: `AWS_CA_BUNDLE`.",
    ),
    (
        DELETION_PROTECTION,
        boolean,
        "Whether plans that would delete an object are refused, unless the resource sets its own `deletion_protection`. Default: `false`.",
    ),
    (
        "ec2_metadata_service_endpoint",
        text,
        "Address of the EC2 metadata service. Default: `AWS_EC2_METADATA_SERVICE_ENDPOINT`.",
    ),
    (
        "ec2_metadata_service_endpoint_mode",
        text,
        "`IPv4` or `IPv6`. Default: `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`.",
    ),
    ("forbidden_account_ids", texts, "AWS account IDs that are refused before anything is called in them."),
    ("http_proxy", text, "Proxy for plain HTTP. Default: `HTTP_PROXY`."),
    ("https_proxy", text, "Proxy for HTTPS. Default: `HTTPS_PROXY`."),
    ("insecure", boolean, "Whether to accept any TLS certificate. Default: `false`."),
    (
        "max_retries",
        number,
        "Maximum number of attempts of a call. Default: `AWS_MAX_ATTEMPTS`, then 25, and 15 minutes of attempts while the call is throttled.",
    ),
    ("no_proxy", text, "Hosts that are reached without a proxy, separated by commas. Default: `NO_PROXY`."),
    ("profile", text, "Profile of the shared files. Default: `AWS_PROFILE`."),
    (
        "region",
        text,
        "Region of all resources that do not set their own. Default: `AWS_REGION`, `AWS_DEFAULT_REGION`, then the profile.",
    ),
    (
        "retry_mode",
        text,
        "`standard` or `adaptive`, which slows down an operation that the service throttles. Default: `AWS_RETRY_MODE`, then `adaptive`.",
    ),
    ("secret_key", text, "Secret access key. Default: `AWS_SECRET_ACCESS_KEY`."),
    ("shared_config_files", text_list, "Shared configuration files. Default: `AWS_CONFIG_FILE`, then `~/.aws/config`."),
    (
        "shared_credentials_files",
        text_list,
        "Shared credentials files. Default: `AWS_SHARED_CREDENTIALS_FILE`, then `~/.aws/credentials`.",
    ),
    (
        "skip_credentials_validation",
        boolean,
        "Accepted for compatibility with existing configurations: credentials are never checked ahead of the first call.",
    ),
    (
        "skip_metadata_api_check",
        text,
        "`true` or `false`: whether to skip the EC2 metadata service in the search for credentials.",
    ),
    (
        "skip_region_validation",
        boolean,
        "Whether to accept any region: one that is newer than this version of the provider, or that is none of AWS.",
    ),
    ("skip_requesting_account_id", boolean, "Whether to never call STS for the account ID."),
    (
        "strict_enums",
        boolean,
        "Whether values of enumerations that this version does not know, such as new instance types, are errors instead of warnings. Default: `false`.",
    ),
    ("sts_region", text, "Region of STS. Default: the region of the provider."),
    ("token", text, "Session token. Default: `AWS_SESSION_TOKEN`."),
    (
        "use_dualstack_endpoint",
        boolean,
        "Whether to use dual-stack endpoints (IPv4 and IPv6). Default: `AWS_USE_DUALSTACK_ENDPOINT`.",
    ),
    ("use_fips_endpoint", boolean, "Whether to use FIPS endpoints. Default: `AWS_USE_FIPS_ENDPOINT`."),
    ("user_agent", text_list, "Products to add to the user agent, each as `name/version (comment)`."),
];

const ASSUME_ROLE: &[Argument] = &[
    ("duration", text, "Duration of the session, from `15m` to `12h`."),
    ("external_id", text, "External ID that the trust policy of the role requires."),
    ("policy", text, "IAM policy in JSON that restricts the session further."),
    ("policy_arns", texts, "ARNs of managed policies that restrict the session further."),
    ("role_arn", text, "ARN of the role."),
    ("session_name", text, "Name of the session in audit logs."),
    ("source_identity", text, "Identity behind the session in audit logs."),
    ("tags", text_map, "Tags of the session."),
    ("transitive_tag_keys", texts, "Keys of the session tags that roles assumed from this session inherit."),
];

const WEB_IDENTITY: &[Argument] = &[
    ("duration", text, "Duration of the session, from `15m` to `12h`."),
    ("policy", text, "IAM policy in JSON that restricts the session further."),
    ("policy_arns", texts, "ARNs of managed policies that restrict the session further."),
    ("role_arn", text, "ARN of the role. Default: `AWS_ROLE_ARN`."),
    ("session_name", text, "Name of the session in audit logs. Default: `AWS_ROLE_SESSION_NAME`."),
    ("web_identity_token", text, "Token from the identity provider."),
    ("web_identity_token_file", text, "File with the token. Default: `AWS_WEB_IDENTITY_TOKEN_FILE`."),
];

const DEFAULT_TAGS: &[Argument] = &[(
    "tags",
    text_map,
    "Tags of every resource. A tag with the same key on a resource takes precedence. `TF_AWS_DEFAULT_TAGS_<key>` adds more.",
)];

const IGNORE_TAGS: &[Argument] = &[
    (
        "key_prefixes",
        texts,
        "Prefixes of the keys of tags that are managed elsewhere. An empty prefix matches all tags, which are not read then. \
         `TF_AWS_IGNORE_TAGS_KEY_PREFIXES` adds more.",
    ),
    ("keys", texts, "Keys of tags that are managed elsewhere. `TF_AWS_IGNORE_TAGS_KEYS` adds more."),
];

const ENDPOINTS: &[Argument] = &[
    (
        "sagemaker",
        text,
        "Address of SageMaker. Default: `AWS_ENDPOINT_URL_SAGEMAKER`, `AWS_ENDPOINT_URL`, then the public one.",
    ),
    ("sts", text, "Address of STS. Default: `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL`, then the public one."),
];

/// The nested blocks: name, greatest number, arguments, description.
const BLOCKS: &[(&str, i64, &[Argument], &str)] = &[
    ("assume_role", 0, ASSUME_ROLE, "A role to assume. Several are assumed one after the other."),
    ("assume_role_with_web_identity", 1, WEB_IDENTITY, "A role to assume with the token of an identity provider."),
    ("default_tags", 1, DEFAULT_TAGS, "Tags of every resource."),
    ("endpoints", 1, ENDPOINTS, "Addresses to use instead of the public ones."),
    (
        "ignore_tags",
        1,
        IGNORE_TAGS,
        "Tags that are managed elsewhere: neither shown nor changed, nor sent if `tags` of a resource has them.",
    ),
];

const SENSITIVE: &[&str] = &["secret_key", "token", "web_identity_token"];

fn text() -> Type {
    Type::String
}

fn boolean() -> Type {
    Type::Bool
}

fn number() -> Type {
    Type::Number
}

fn texts() -> Type {
    Type::Set(Box::new(Type::String))
}

fn text_list() -> Type {
    Type::List(Box::new(Type::String))
}

fn text_map() -> Type {
    Type::Map(Box::new(Type::String))
}

/// The schema of the provider block.
pub(crate) fn block() -> Block {
    let blocks = BLOCKS.iter().map(|(name, max_items, arguments, description)| NestedBlock {
        name,
        nesting: Nesting::List,
        block: Block { attributes: attributes(arguments), description, ..Block::default() },
        min_items: 0,
        max_items: *max_items,
    });
    Block {
        attributes: attributes(ARGUMENTS),
        blocks: blocks.collect(),
        description: "Manages Amazon SageMaker AI.",
        ..Block::default()
    }
}

fn attributes(arguments: &[Argument]) -> Vec<Attribute> {
    let attribute = |(name, r#type, description): &Argument| Attribute {
        name,
        r#type: r#type(),
        description,
        usage: Usage::Optional,
        sensitive: SENSITIVE.contains(name),
        write_only: false,
        deprecated: None,
    };
    arguments.iter().map(attribute).collect()
}
