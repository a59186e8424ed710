//! The provider block: its schema, its checks, and what it turns into.
//!
//! Names and meaning are those of hashicorp/aws, so that a provider block can be taken over as it is.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use super::{
    flight::Flights, plan::Context, protection, required::Complete, secrecy::hide_secrets, tags::Ignored, timeouts,
};
use crate::{
    api::{Api, AssumeRole, Connect, ConnectError, Endpoints, Secret, Settings, WebIdentity, nearest_regions},
    diag::{Diagnostic, Diagnostics},
    schema::{Attribute, Block, NestedBlock, Nesting, Type, Usage},
    value::{Map, Path, Value},
};

/// Environment variables that add default tags: the rest of the name is the key.
const DEFAULT_TAG_PREFIX: &str = "TF_AWS_DEFAULT_TAGS_";

/// Whether and for how long what a killed apply has left is taken over.
const ADOPTION: &str = "adopt_identical_within";

/// What the rest of the engine needs of the provider block.
pub(crate) struct Configured {
    /// None while a part of the provider block that the connection needs is not known.
    pub(crate) api: Option<Arc<dyn Api>>,
    pub(crate) default_tags: Value,
    pub(crate) ignored_tags: Ignored,
    pub(crate) flights: Flights,
    /// What no message may show.
    pub(crate) secrets: Vec<String>,
    pub(crate) strict_enums: bool,
    pub(crate) deletion_protection: bool,
    /// How old an object may be that a create takes over, if it is exactly what was to be made; None: it takes over none.
    pub(crate) adopted_within: Option<Duration>,
}

impl Configured {
    pub(crate) fn context(&self) -> Context {
        let region = self.api.as_ref().map_or_else(Value::unknown, |api| api.region().into());
        Context {
            region,
            default_tags: self.default_tags.clone(),
            ignored_tags: self.ignored_tags.clone(),
            deletion_protection: self.deletion_protection,
        }
    }
}

/// An argument of the provider block: name, type, description.
type Argument = (&'static str, fn() -> Type, &'static str);

const ARGUMENTS: &[Argument] = &[
    (
        "access_key",
        text,
        "Access key id. Default: `AWS_ACCESS_KEY_ID`, then the shared files, then the machine's role.",
    ),
    (
        ADOPTION,
        text,
        "Take over an object that stands in the way of a create, if it was made no longer ago than this (such as `2h`) and is \
         what was to be made as far as the service tells, tags included: an apply that was killed has left it. Default: \
         never, so that it has to be imported.",
    ),
    ("allowed_account_ids", texts, "Accounts that may be touched; any other is refused before anything is done."),
    (
        "custom_ca_bundle",
        text,
        "File with the certificates to trust, in PEM form, in the place of the machine's own. Default: `AWS_CA_BUNDLE`.",
    ),
    (
        protection::ARGUMENT,
        boolean,
        "Whether plans that would delete an object are refused, where the resource says nothing of it itself. Default: `false`.",
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
    ("forbidden_account_ids", texts, "Accounts that are refused before anything is done."),
    ("http_proxy", text, "Proxy for plain HTTP. Default: `HTTP_PROXY`."),
    ("https_proxy", text, "Proxy for HTTPS. Default: `HTTPS_PROXY`."),
    ("insecure", boolean, "Accept any TLS certificate. Default: `false`."),
    (
        "max_retries",
        number,
        "How often a call is sent at most before its failure counts. Default: `AWS_MAX_ATTEMPTS`, then 25, and while it is throttled 15 minutes.",
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
        "Taken for the sake of existing configurations: credentials are never checked ahead of the first call.",
    ),
    (
        "skip_metadata_api_check",
        text,
        "`true` or `false`: whether to leave the EC2 metadata service alone when looking for credentials.",
    ),
    ("skip_region_validation", boolean, "Accept a region that is not known to follow the naming of regions."),
    ("skip_requesting_account_id", boolean, "Never ask STS for the account id."),
    (
        "strict_enums",
        boolean,
        "Refuse instance types and other values that this version does not know, instead of warning. Default: `false`.",
    ),
    ("sts_region", text, "Region of STS. Default: the region of the provider."),
    ("token", text, "Session token. Default: `AWS_SESSION_TOKEN`."),
    (
        "use_dualstack_endpoint",
        boolean,
        "Use endpoints that answer on IPv4 and IPv6. Default: `AWS_USE_DUALSTACK_ENDPOINT`.",
    ),
    ("use_fips_endpoint", boolean, "Use endpoints with validated cryptography. Default: `AWS_USE_FIPS_ENDPOINT`."),
    ("user_agent", text_list, "Products to name in the user agent, each as `name/version (comment)`."),
];

const ASSUME_ROLE: &[Argument] = &[
    ("duration", text, "How long the session lasts: `15m` to `12h`."),
    ("external_id", text, "External id that the role's trust policy asks for."),
    ("policy", text, "IAM policy, as JSON, that narrows the session further."),
    ("policy_arns", texts, "Managed policies that narrow the session further."),
    ("role_arn", text, "ARN of the role."),
    ("session_name", text, "Name of the session in audit logs."),
    ("source_identity", text, "Identity behind the session in audit logs."),
    ("tags", text_map, "Tags of the session."),
    ("transitive_tag_keys", texts, "Keys of the session's tags that go on to roles assumed from it."),
];

const WEB_IDENTITY: &[Argument] = &[
    ("duration", text, "How long the session lasts: `15m` to `12h`."),
    ("policy", text, "IAM policy, as JSON, that narrows the session further."),
    ("policy_arns", texts, "Managed policies that narrow the session further."),
    ("role_arn", text, "ARN of the role. Default: `AWS_ROLE_ARN`."),
    ("session_name", text, "Name of the session in audit logs. Default: `AWS_ROLE_SESSION_NAME`."),
    ("web_identity_token", text, "Token of the identity provider."),
    ("web_identity_token_file", text, "File with the token. Default: `AWS_WEB_IDENTITY_TOKEN_FILE`."),
];

const DEFAULT_TAGS: &[Argument] = &[(
    "tags",
    text_map,
    "Tags of every resource; a tag of the same key on a resource wins. `TF_AWS_DEFAULT_TAGS_<key>` adds more.",
)];

const IGNORE_TAGS: &[Argument] = &[
    (
        "key_prefixes",
        texts,
        "Beginnings of keys of tags that others look after. An empty one means all tags, which are then not asked for. \
         `TF_AWS_IGNORE_TAGS_KEY_PREFIXES` adds more.",
    ),
    ("keys", texts, "Keys of tags that others look after. `TF_AWS_IGNORE_TAGS_KEYS` adds more."),
];

const ENDPOINTS: &[Argument] = &[
    (
        "sagemaker",
        text,
        "Address of SageMaker. Default: `AWS_ENDPOINT_URL_SAGEMAKER`, `AWS_ENDPOINT_URL`, then the public one.",
    ),
    ("sts", text, "Address of STS. Default: `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL`, then the public one."),
];

/// The blocks of the provider block: name, most of them, arguments, description.
const BLOCKS: &[(&str, i64, &[Argument], &str)] = &[
    ("assume_role", 0, ASSUME_ROLE, "A role to assume. Several are assumed one after the other."),
    ("assume_role_with_web_identity", 1, WEB_IDENTITY, "A role to assume with the token of an identity provider."),
    ("default_tags", 1, DEFAULT_TAGS, "Tags of every resource."),
    ("endpoints", 1, ENDPOINTS, "Addresses to use instead of the public ones."),
    ("ignore_tags", 1, IGNORE_TAGS, "Tags that others look after: neither shown nor changed."),
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
        description: "Manages Amazon SageMaker.",
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
        deprecated: "",
    };
    arguments.iter().map(attribute).collect()
}

/// Checks what can be checked without asking anybody.
pub(crate) fn validate(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut refuse = |path: Path, reason: &str| {
        diagnostics.push(Diagnostic::error(format!("Invalid provider argument `{path}`"), reason).at(&path));
    };
    if config.get("retry_mode").as_str().is_some_and(|mode| !["standard", "adaptive"].contains(&mode)) {
        refuse(Path::attribute("retry_mode"), "Allowed are `standard` and `adaptive`.");
    }
    if config.get(ADOPTION).as_str().is_some_and(|text| timeouts::parse(text).is_none()) {
        refuse(Path::attribute(ADOPTION), "A duration such as `30m` or `2h` is allowed.");
    }
    if config
        .get("max_retries")
        .as_number()
        .is_some_and(|number| number.as_i64().is_none_or(|number| !(0..=1_000).contains(&number)))
    {
        refuse(Path::attribute("max_retries"), "A whole number from 0 to 1000 is allowed.");
    }
    if config.get("ec2_metadata_service_endpoint_mode").as_str().is_some_and(|mode| !["IPv4", "IPv6"].contains(&mode)) {
        refuse(Path::attribute("ec2_metadata_service_endpoint_mode"), "Allowed are `IPv4` and `IPv6`.");
    }
    if config.get("skip_metadata_api_check").as_str().is_some_and(|text| !["true", "false", ""].contains(&text)) {
        refuse(Path::attribute("skip_metadata_api_check"), "Allowed are `true` and `false`.");
    }
    let lists_accounts = |name: &str| config.get(name).is_wholly_known() && !config.get(name).is_zero();
    if lists_accounts("allowed_account_ids") && lists_accounts("forbidden_account_ids") {
        refuse(
            Path::attribute("forbidden_account_ids"),
            "Set either `allowed_account_ids` or `forbidden_account_ids`, not both.",
        );
    }
    for name in ["assume_role", "assume_role_with_web_identity"] {
        for (place, role) in config.get(name).elements().iter().enumerate() {
            if role.get("duration").as_str().is_some_and(|text| timeouts::parse(text).is_none()) {
                refuse(
                    Path::attribute(name).index(place).then("duration"),
                    "A duration is written as `15m` or `1h30m`.",
                );
            }
        }
    }
    hide_secrets(&[], &[config], &secrets(config), diagnostics)
}

/// Turns the provider block into what the engine needs. Unknown parts are no failure: Terraform plans with them while
/// what they come from does not exist yet.
pub(crate) async fn configure(
    config: &Value,
    terraform_version: &str,
    connect: &dyn Connect,
) -> (Option<Configured>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut configured = Configured {
        api: None,
        default_tags: default_tags(config),
        ignored_tags: ignored_tags(config),
        flights: Flights::default(),
        secrets: secrets(config),
        strict_enums: config.get("strict_enums").as_bool().unwrap_or_default(),
        deletion_protection: is_protecting(config.get(protection::ARGUMENT)),
        adopted_within: config.get(ADOPTION).as_str().and_then(timeouts::parse),
    };
    if connection_is_known(config) {
        match connect.connect(settings(config), terraform_version).await {
            Ok(api) => {
                diagnostics.extend(doubts(&*api));
                if api.lacks_credentials().await {
                    diagnostics.push(without_credentials());
                }
                configured.api = Some(Arc::new(Complete(api)));
            }
            Err(error) => {
                diagnostics.push(refused(&error));
                return (None, hide_secrets(&[], &[config], &configured.secrets, diagnostics));
            }
        }
    }
    (Some(configured), diagnostics)
}

/// As long as it is not known, everything is protected.
fn is_protecting(argument: &Value) -> bool {
    argument.is_unknown() || argument.as_bool() == Some(true)
}

fn without_credentials() -> Diagnostic {
    Diagnostic::warning(
        "No AWS credentials were found",
        "Neither the provider block nor the environment nor the profile says where they come from, and this machine has none \
         of its own. What needs no call can be planned without, but nothing can be read or applied. Set `AWS_ACCESS_KEY_ID` \
         and `AWS_SECRET_ACCESS_KEY`, or name a profile in `AWS_PROFILE` or as `profile` of the provider block.",
    )
}

/// What may be wrong with a connection: a region that is too new to be known, or one that does not exist.
fn doubts(api: &dyn Api) -> Diagnostics {
    let near: Vec<String> = nearest_regions(api.region()).iter().map(|near| format!("`{near}`")).collect();
    if near.is_empty() {
        return Diagnostics::new();
    }
    let detail = format!(
        "This version of the provider does not know it. If it is not a new one, the service cannot be reached there; near \
         are {}.",
        near.join(", ")
    );
    Diagnostic::warning(format!("The region `{}` may not exist", api.region()), detail)
        .at(&Path::attribute("region"))
        .into()
}

/// What no message may show of the provider block and of what stands in for it in the environment.
fn secrets(config: &Value) -> Vec<String> {
    let web_identity = config.get("assume_role_with_web_identity").at(0).get("web_identity_token");
    let written = [config.get("secret_key"), config.get("token"), web_identity];
    let variables = ["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN"];
    let written = written.into_iter().filter_map(string);
    written.chain(variables.into_iter().filter_map(|name| std::env::var(name).ok())).collect()
}

fn refused(error: &ConnectError) -> Diagnostic {
    let mut names = error.argument().split('.');
    let first = Path::attribute(names.next().unwrap_or_default());
    let at = names.fold(first, |block, name| block.index(0).then(name));
    Diagnostic::error("The provider cannot be configured", format!("{error}.")).at(&at)
}

/// True if nothing is unknown that a connection needs.
fn connection_is_known(config: &Value) -> bool {
    let offline = ["default_tags", "ignore_tags", "strict_enums", protection::ARGUMENT, ADOPTION];
    let members = config.as_map().into_iter().flatten();
    members.filter(|(name, _)| !offline.contains(&name.as_str())).all(|(_, value)| value.is_wholly_known())
}

fn default_tags(config: &Value) -> Value {
    let block = config.get("default_tags");
    let tags = if block.is_unknown() { block } else { block.at(0).get("tags") };
    if !tags.is_wholly_known() {
        return Value::unknown();
    }
    // Any variable may be other than UTF-8, and `vars` would end the process for it.
    let from_environment = std::env::vars_os().filter_map(|(name, value)| {
        Some((name.to_str()?.strip_prefix(DEFAULT_TAG_PREFIX)?.to_owned(), Value::String(value.into_string().ok()?)))
    });
    let written = tags.as_map().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
    Value::Map(from_environment.chain(written).collect::<Map>())
}

fn ignored_tags(config: &Value) -> Ignored {
    let block = config.get("ignore_tags").at(0);
    let all = |name: &str, variable: &str| {
        let from_environment = std::env::var(variable).unwrap_or_default();
        let from_environment = from_environment.split(',').map(str::trim).filter(|key| !key.is_empty());
        // An empty prefix is that of all keys.
        let written = block.get(name).elements().iter().filter_map(Value::as_str);
        written.chain(from_environment).map(str::to_owned).collect()
    };
    Ignored {
        keys: all("keys", "TF_AWS_IGNORE_TAGS_KEYS"),
        prefixes: all("key_prefixes", "TF_AWS_IGNORE_TAGS_KEY_PREFIXES"),
    }
}

fn settings(config: &Value) -> Settings {
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
        max_retries: config.get("max_retries").as_number().and_then(|number| u32::try_from(number.as_i64()?).ok()),
        retry_mode: string(config.get("retry_mode")),
        allowed_account_ids: strings(config.get("allowed_account_ids")),
        forbidden_account_ids: strings(config.get("forbidden_account_ids")),
        http_proxy: secret(config.get("http_proxy")),
        // Set but empty says: no proxy, whatever the environment says.
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
    block.get("duration").as_str().and_then(timeouts::parse)
}

/// An argument that is set to the empty text counts as unset, as variables without a value often are.
fn string(value: &Value) -> Option<String> {
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

/// An apply or a read before any configuration.
pub(crate) fn missing() -> Diagnostic {
    Diagnostic::error("The provider is not configured", "Its configuration failed, or has not been sent.")
}

/// An apply while a part of the provider block is unknown.
pub(crate) fn not_known_yet() -> Diagnostic {
    Diagnostic::error(
        "The provider's configuration is not known",
        "A part of the provider block depends on something that does not exist yet. Apply that first, with `-target`.",
    )
}

/// A read while a part of the provider block is unknown.
pub(crate) fn not_refreshed() -> Diagnostic {
    Diagnostic::warning(
        "The state was not refreshed",
        "A part of the provider block is not known yet, so the service could not be asked; the plan goes by the last \
         known state.",
    )
}
