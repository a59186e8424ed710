//! How settings, environment and profile are resolved, and when they are rejected.

use aws_types::os_shim_internal::Env;
use expect_test::expect;

use super::{super::configuration, connected_in, pace};
use crate::api::{Api as _, AssumeRole, Endpoints, Settings, WebIdentity};

fn somewhere() -> Settings {
    Settings { region: Some("eu-west-1".into()), ..Default::default() }
}

/// A directory with a `config` file of this content.
fn files(config: &str) -> (tempfile::TempDir, String) {
    let files = tempfile::tempdir().expect("a directory");
    let path = files.path().join("config");
    std::fs::write(&path, config).expect("a file");
    (files, path.display().to_string())
}

#[tokio::test]
async fn the_region_comes_from_the_argument_the_environment_or_the_profile() {
    let (_files, path) = files("[default]\nregion = eu-west-3\n[profile other]\nregion = eu-south-2\n");
    let both = [("AWS_REGION", "eu-west-1"), ("AWS_DEFAULT_REGION", "eu-west-2")];
    for (argument, profile, env, expected) in [
        (Some("us-east-1"), None, &both[..], "us-east-1"),
        (None, None, &both, "eu-west-1"),
        (None, None, &both[1..], "eu-west-2"),
        (None, None, &[], "eu-west-3"),
        (None, None, &[("AWS_PROFILE", "other")], "eu-south-2"),
        (None, None, &[("AWS_DEFAULT_PROFILE", "other")], "eu-south-2"),
        (None, Some("other"), &[("AWS_PROFILE", "default")], "eu-south-2"),
        (None, None, &[("AWS_REGION", "")], "eu-west-3"),
    ] {
        let settings = Settings {
            region: argument.map(str::to_owned),
            profile: profile.map(str::to_owned),
            shared_config_files: vec![path.clone()],
            ..Default::default()
        };
        let api = connected_in(&settings, env).await.expect("it connects");
        assert_eq!(api.region, expected, "{argument:?} {profile:?} {env:?}");
    }
}

#[tokio::test]
async fn shared_files_are_found_by_argument_variable_and_home_directory() {
    let home = tempfile::tempdir().expect("a directory");
    std::fs::create_dir(home.path().join(".aws")).expect("a directory");
    std::fs::write(home.path().join(".aws/config"), "[default]\nregion = eu-west-1\n").expect("a file");
    std::fs::write(home.path().join("elsewhere"), "[default]\nregion = eu-west-2\n").expect("a file");
    let at_home = home.path().display().to_string();
    let elsewhere = home.path().join("elsewhere").display().to_string();
    for (argument, env, expected) in [
        (None, &[("HOME", at_home.as_str())][..], "eu-west-1"),
        (None, &[("HOME", &at_home), ("AWS_CONFIG_FILE", &elsewhere)], "eu-west-2"),
        (Some("~/elsewhere"), &[("HOME", &at_home)], "eu-west-2"),
    ] {
        let settings =
            Settings { shared_config_files: argument.map(str::to_owned).into_iter().collect(), ..Default::default() };
        assert_eq!(connected_in(&settings, env).await.expect("it connects").region, expected, "{argument:?} {env:?}");
    }
}

#[tokio::test]
async fn retries_come_from_the_argument_the_environment_the_profile_or_the_default() {
    let (_files, path) = files("[default]\nmax_attempts = 7\nretry_mode = standard\n[profile bare]\n");
    let bare = ("AWS_PROFILE", "bare");
    for (argument, env, adaptive, attempts) in [
        ((Some(3), Some("standard")), &[("AWS_MAX_ATTEMPTS", "5")][..], false, 3),
        ((None, None), &[("AWS_MAX_ATTEMPTS", "5"), ("AWS_RETRY_MODE", "adaptive")], true, 5),
        ((None, None), &[], false, 7),
        ((None, None), &[bare], true, 25),
        ((Some(0), None), &[bare], true, 1),
    ] {
        let settings = Settings {
            max_retries: argument.0,
            retry_mode: argument.1.map(str::to_owned),
            shared_config_files: vec![path.clone()],
            ..somewhere()
        };
        let common = connected_in(&settings, env).await.expect("it connects").common;
        assert_eq!((common.adaptive, common.retries.max_attempts()), (adaptive, attempts), "{argument:?} {env:?}");
    }
}

#[tokio::test]
async fn proxies_come_from_arguments_and_environment_as_in_the_aws_provider() {
    let env = [("HTTP_PROXY", "http://e:1"), ("https_proxy", "http://e:2"), ("NO_PROXY", "x.test")];
    for (http, https, none, env, expected) in [
        (None, None, None, &[][..], ["", "", ""]),
        (None, None, None, &env, ["http://e:1", "http://e:2", "x.test"]),
        (Some("http://a:1"), None, None, &env, ["http://a:1", "http://e:2", "x.test"]),
        (Some("http://a:1"), None, Some("y.test"), &[], ["http://a:1", "http://a:1", "y.test"]),
        (Some("http://a:1"), Some(""), None, &[], ["http://a:1", "", ""]),
        (Some("http://a:1"), Some(""), None, &env, ["http://a:1", "", "x.test"]),
        (None, Some("a:2"), None, &[], ["", "a:2", ""]),
        // The variable for HTTP does not apply to HTTPS.
        (None, None, None, &env[..1], ["http://e:1", "", ""]),
    ] {
        let settings = Settings {
            http_proxy: http.map(Into::into),
            https_proxy: https.map(Into::into),
            no_proxy: none.map(str::to_owned),
            ..somewhere()
        };
        let resolved = configuration::resolve(&settings, &Env::from_slice(env), &pace()).await;
        let proxies = resolved.unwrap_or_else(|error| panic!("{error}")).proxies;
        assert_eq!([proxies.http.as_str(), &proxies.https, &proxies.none], expected, "{http:?} {https:?} {env:?}");
    }
}

#[tokio::test]
async fn invalid_settings_are_rejected_with_their_source_and_argument() {
    let (files, path) = files(
        "[default]\nuse_fips_endpoint = maybe\n[profile slow]\nretry_mode = legacy\n[profile far]\nregion = us-moon-1\n",
    );
    let no_certificate = files.path().join("bundle.pem");
    std::fs::write(&no_certificate, "nothing here").expect("a file");
    let here = |settings: Settings| Settings { shared_config_files: vec![path.clone()], ..settings };
    let web = |role: WebIdentity| Settings { assume_role_with_web_identity: Some(role), ..somewhere() };
    let cases: Vec<(Settings, &[(&str, &str)])> = vec![
        (Settings::default(), &[]),
        (Settings { profile: Some("p".into()), ..somewhere() }, &[]),
        (somewhere(), &[("AWS_PROFILE", "p")]),
        (Settings { region: Some("us-east1".into()), ..Default::default() }, &[]),
        (Settings::default(), &[("AWS_REGION", "eu-west-11")]),
        (here(Settings::default()), &[("AWS_PROFILE", "far")]),
        (Settings { sts_region: Some("EU-West-1".into()), ..somewhere() }, &[]),
        (Settings { shared_config_files: vec!["/no/such/file".into()], ..somewhere() }, &[]),
        (Settings { access_key: Some("a".into()), ..somewhere() }, &[]),
        (Settings { secret_key: Some("hush".into()), ..somewhere() }, &[]),
        (Settings { token: Some("hush".into()), ..somewhere() }, &[]),
        (Settings { assume_role: vec![AssumeRole::default()], ..somewhere() }, &[]),
        (web(WebIdentity::default()), &[]),
        (web(WebIdentity { role_arn: "r".into(), ..Default::default() }), &[]),
        (here(somewhere()), &[]),
        (here(somewhere()), &[("AWS_USE_FIPS_ENDPOINT", "no")]),
        (here(Settings { use_fips_endpoint: Some(false), ..somewhere() }), &[("AWS_PROFILE", "slow")]),
        (Settings { retry_mode: Some("patient".into()), ..somewhere() }, &[]),
        (somewhere(), &[("AWS_MAX_ATTEMPTS", "many")]),
        (Settings { endpoints: Endpoints { sagemaker: Some("localhost:80".into()), sts: None }, ..somewhere() }, &[]),
        (somewhere(), &[("AWS_ENDPOINT_URL_STS", "ftp://sts")]),
        (Settings { http_proxy: Some("socks5://me:hush@h".into()), ..somewhere() }, &[]),
        (somewhere(), &[("HTTPS_PROXY", "http://me:hush@")]),
        (Settings { custom_ca_bundle: Some("/no/such/file".into()), ..somewhere() }, &[]),
        (Settings { ec2_metadata_service_endpoint: Some("not an address".into()), ..somewhere() }, &[]),
        (Settings { ec2_metadata_service_endpoint_mode: Some("IPv5".into()), ..somewhere() }, &[]),
    ];
    let mut refusals = String::new();
    for (settings, env) in cases {
        let error = connected_in(&settings, env).await.map(drop).expect_err("it cannot work");
        refusals.push_str(&format!("{}: {error}\n", error.argument()));
    }
    assert!(!refusals.contains("hush"), "{refusals}");
    expect![[r#"
        region: no region is set: name one in the provider argument `region`, in the environment variable `AWS_REGION` or `AWS_DEFAULT_REGION`, or as `region` of the profile `default`
        profile: the shared configuration and credentials files hold no profile `p`
        profile: the shared configuration and credentials files hold no profile `p`
        region: the provider argument `region` is `us-east1`, which is not the name of a region; the nearest are `us-east-1`, `us-east-2`, `ap-east-1`. If the region exists, set `skip_region_validation = true` in the provider block
        region: the environment variable `AWS_REGION` is `eu-west-11`, a region that this version of the provider does not know; the nearest are `eu-west-1`, `eu-west-2`, `eu-west-3`. If the region exists, set `skip_region_validation = true` in the provider block
        region: `region` of the profile `far` is `us-moon-1`, a region that this version of the provider does not know; the nearest are `us-east-1`, `us-west-1`, `us-east-2`. If the region exists, set `skip_region_validation = true` in the provider block
        sts_region: the provider argument `sts_region` is `EU-West-1`, which is not the name of a region; the nearest are `eu-west-1`, `eu-west-2`, `eu-west-3`. If the region exists, set `skip_region_validation = true` in the provider block
        shared_config_files: the shared configuration files cannot be read: could not read file `/no/such/file`: No such file or directory (os error 2)
        access_key: `access_key` needs `secret_key`, which is not set
        secret_key: `secret_key` needs `access_key`, which is not set
        token: `token` needs `access_key`, which is not set
        assume_role: `assume_role` needs `role_arn`, which is not set
        assume_role_with_web_identity: `assume_role_with_web_identity` needs `role_arn`, which is not set
        assume_role_with_web_identity: `assume_role_with_web_identity` needs `web_identity_token`, which is not set
        use_fips_endpoint: `use_fips_endpoint` of the profile `default` is `maybe`; expected `true` or `false`
        use_fips_endpoint: the environment variable `AWS_USE_FIPS_ENDPOINT` is `no`; expected `true` or `false`
        retry_mode: `retry_mode` of the profile `slow` is `legacy`; expected `standard` or `adaptive`
        retry_mode: the provider argument `retry_mode` is `patient`; expected `standard` or `adaptive`
        max_retries: the environment variable `AWS_MAX_ATTEMPTS` is `many`; expected an integer of at least 0
        endpoints: the provider argument `endpoints.sagemaker` is `localhost:80`; expected an address like `https://host`
        endpoints: the environment variable `AWS_ENDPOINT_URL_STS` is `ftp://sts`; expected an address like `https://host`
        http_proxy: the provider argument `http_proxy` is not the address of a proxy; expected one like `http://host:3128`
        https_proxy: the environment variable `HTTPS_PROXY` is not the address of a proxy; expected one like `http://host:3128`
        custom_ca_bundle: the certificates in `/no/such/file` cannot be used: No such file or directory (os error 2)
        ec2_metadata_service_endpoint: the provider argument `ec2_metadata_service_endpoint` is `not an address`; expected an address like `http://host`
        ec2_metadata_service_endpoint_mode: the provider argument `ec2_metadata_service_endpoint_mode` is `IPv5`; expected `IPv4` or `IPv6`
    "#]].assert_eq(&refusals.replace(&path, "CONFIG"));

    let settings = Settings { custom_ca_bundle: Some(no_certificate.display().to_string()), ..somewhere() };
    let error = connected_in(&settings, &[]).await.map(drop).expect_err("no certificate");
    assert!(error.to_string().ends_with("cannot be used: it holds no certificate"), "{error}");
}

#[tokio::test]
async fn any_possible_region_is_accepted_at_a_custom_endpoint() {
    let endpoints = || Endpoints { sagemaker: Some("http://127.0.0.1:9".into()), sts: None };
    let settings =
        |region: &str| Settings { region: Some(region.into()), endpoints: endpoints(), ..Default::default() };
    let api = connected_in(&settings("eu-west-11"), &[]).await.expect("it connects");
    assert_eq!(api.check_region("us-north-7"), Ok(()));
    assert!(api.check_region("us-north7").is_err());
    connected_in(&settings("eu-west11"), &[]).await.map(drop).expect_err("no partition has such a region");
    let at_aws = connected_in(&somewhere(), &[]).await.expect("it connects");
    assert!(at_aws.check_region("us-north-7").is_err() && at_aws.check_region("us-west-2").is_ok());
}

#[tokio::test]
async fn unknown_regions_are_accepted_if_validation_is_skipped() {
    let settings = Settings { region: Some("moon-base-1".into()), skip_region_validation: true, ..Default::default() };
    assert_eq!(connected_in(&settings, &[]).await.expect("it connects").region, "moon-base-1");
}
