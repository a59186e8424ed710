//! SageMaker's endpoints: in every partition, and custom ones.

use std::fmt::Write;

use expect_test::expect;

use super::{
    super::{configuration::Endpoints, plugins::endpoint},
    connected_in, describe,
    server::{Server, answer},
    settings,
};
use crate::api::Settings;

#[tokio::test]
async fn every_partition_has_its_endpoints() {
    let mut table = String::new();
    for region in [
        "us-east-1",
        "eu-central-1",
        "us-north-7",
        "us-gov-west-1",
        "cn-northwest-1",
        "eusc-de-east-1",
        "us-iso-east-1",
        "us-isob-east-1",
        "eu-isoe-west-1",
        "us-isof-south-1",
    ] {
        for (fips, dualstack, kind) in
            [(false, false, "plain"), (true, false, "fips"), (false, true, "dual"), (true, true, "both")]
        {
            let endpoints = Endpoints { fips, dualstack, ..Default::default() };
            let resolved = endpoint(region, &endpoints).await;
            let url = resolved.as_ref().map_or_else(
                |error| error.to_string(),
                |endpoint| {
                    assert!(endpoint.properties().is_empty() && endpoint.headers().next().is_none());
                    endpoint.url().to_owned()
                },
            );
            writeln!(table, "{region:14} {kind:5} {url}").expect("text can be written");
        }
    }
    expect![[r#"
        us-east-1      plain https://api.sagemaker.us-east-1.amazonaws.com
        us-east-1      fips  https://api-fips.sagemaker.us-east-1.amazonaws.com
        us-east-1      dual  https://api.sagemaker.us-east-1.api.aws
        us-east-1      both  https://api.sagemaker-fips.us-east-1.api.aws
        eu-central-1   plain https://api.sagemaker.eu-central-1.amazonaws.com
        eu-central-1   fips  https://api-fips.sagemaker.eu-central-1.amazonaws.com
        eu-central-1   dual  https://api.sagemaker.eu-central-1.api.aws
        eu-central-1   both  https://api.sagemaker-fips.eu-central-1.api.aws
        us-north-7     plain https://api.sagemaker.us-north-7.amazonaws.com
        us-north-7     fips  https://api-fips.sagemaker.us-north-7.amazonaws.com
        us-north-7     dual  https://api.sagemaker.us-north-7.api.aws
        us-north-7     both  https://api.sagemaker-fips.us-north-7.api.aws
        us-gov-west-1  plain https://api.sagemaker.us-gov-west-1.amazonaws.com
        us-gov-west-1  fips  https://api-fips.sagemaker.us-gov-west-1.amazonaws.com
        us-gov-west-1  dual  https://api.sagemaker.us-gov-west-1.api.aws
        us-gov-west-1  both  https://api.sagemaker-fips.us-gov-west-1.api.aws
        cn-northwest-1 plain https://api.sagemaker.cn-northwest-1.amazonaws.com.cn
        cn-northwest-1 fips  https://api.sagemaker-fips.cn-northwest-1.amazonaws.com.cn
        cn-northwest-1 dual  https://api.sagemaker.cn-northwest-1.api.amazonwebservices.com.cn
        cn-northwest-1 both  https://api.sagemaker-fips.cn-northwest-1.api.amazonwebservices.com.cn
        eusc-de-east-1 plain https://api.sagemaker.eusc-de-east-1.amazonaws.eu
        eusc-de-east-1 fips  https://api.sagemaker-fips.eusc-de-east-1.amazonaws.eu
        eusc-de-east-1 dual  https://api.sagemaker.eusc-de-east-1.api.amazonwebservices.eu
        eusc-de-east-1 both  https://api.sagemaker-fips.eusc-de-east-1.api.amazonwebservices.eu
        us-iso-east-1  plain https://api.sagemaker.us-iso-east-1.c2s.ic.gov
        us-iso-east-1  fips  https://api.sagemaker-fips.us-iso-east-1.c2s.ic.gov
        us-iso-east-1  dual  https://api.sagemaker.us-iso-east-1.api.aws.ic.gov
        us-iso-east-1  both  https://api.sagemaker-fips.us-iso-east-1.api.aws.ic.gov
        us-isob-east-1 plain https://api.sagemaker.us-isob-east-1.sc2s.sgov.gov
        us-isob-east-1 fips  https://api.sagemaker-fips.us-isob-east-1.sc2s.sgov.gov
        us-isob-east-1 dual  https://api.sagemaker.us-isob-east-1.api.aws.scloud
        us-isob-east-1 both  https://api.sagemaker-fips.us-isob-east-1.api.aws.scloud
        eu-isoe-west-1 plain https://api.sagemaker.eu-isoe-west-1.cloud.adc-e.uk
        eu-isoe-west-1 fips  https://api.sagemaker-fips.eu-isoe-west-1.cloud.adc-e.uk
        eu-isoe-west-1 dual  https://api.sagemaker.eu-isoe-west-1.api.cloud-aws.adc-e.uk
        eu-isoe-west-1 both  https://api.sagemaker-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk
        us-isof-south-1 plain https://api.sagemaker.us-isof-south-1.csp.hci.ic.gov
        us-isof-south-1 fips  https://api.sagemaker-fips.us-isof-south-1.csp.hci.ic.gov
        us-isof-south-1 dual  https://api.sagemaker.us-isof-south-1.api.aws.hci.ic.gov
        us-isof-south-1 both  https://api.sagemaker-fips.us-isof-south-1.api.aws.hci.ic.gov
    "#]]
    .assert_eq(&table);
}

#[tokio::test]
async fn a_region_that_is_no_host_label_is_rejected_before_sending() {
    let settings = Settings {
        region: Some("us-east-1/../evil".into()),
        skip_region_validation: true,
        access_key: Some("a".into()),
        secret_key: Some("b".into()),
        ..Default::default()
    };
    let api = connected_in(&settings, &[]).await.expect("it connects");
    let error = describe(&api).await.expect_err("no address");
    assert_eq!((error.kind, error.attempts), (crate::api::ErrorKind::Settings, 0));
}

#[tokio::test]
async fn the_most_specific_custom_endpoint_is_used() {
    let files = tempfile::tempdir().expect("a directory");
    let config = files.path().join("config");
    std::fs::write(
        &config,
        "[default]\nservices = mine\nendpoint_url = http://127.0.0.1:1/profile\n\
         [services mine]\nsagemaker =\n  endpoint_url = http://127.0.0.1:1/services\n\
         [profile plain]\nendpoint_url = http://127.0.0.1:1/profile\n\
         [profile bare]\nuse_fips_endpoint = true\n",
    )
    .expect("a file");
    let own = ("AWS_ENDPOINT_URL_SAGEMAKER", "http://127.0.0.1:1/own");
    let all = ("AWS_ENDPOINT_URL", "http://127.0.0.1:1/all");
    let plain = ("AWS_PROFILE", "plain");
    let bare = ("AWS_PROFILE", "bare");
    let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let empty = ("AWS_ENDPOINT_URL", "");
    for (argument, env, expected) in [
        ("http://127.0.0.1:1/argument", &[own, all, plain][..], "http://127.0.0.1:1/argument"),
        ("http://127.0.0.1:1/argument", &[ignore], "http://127.0.0.1:1/argument"),
        ("", &[own, all, plain], "http://127.0.0.1:1/own"),
        ("", &[all, plain], "http://127.0.0.1:1/all"),
        ("", &[], "http://127.0.0.1:1/services"),
        ("", &[plain], "http://127.0.0.1:1/profile"),
        ("", &[bare], "https://api-fips.sagemaker.eu-west-1.amazonaws.com"),
        ("", &[bare, ("AWS_USE_FIPS_ENDPOINT", "false")], "https://api.sagemaker.eu-west-1.amazonaws.com"),
        ("", &[bare, ("AWS_USE_DUALSTACK_ENDPOINT", "TRUE")], "https://api.sagemaker-fips.eu-west-1.api.aws"),
        ("", &[own, all, bare, ignore], "https://api-fips.sagemaker.eu-west-1.amazonaws.com"),
        ("", &[bare, empty], "https://api-fips.sagemaker.eu-west-1.amazonaws.com"),
    ] {
        let mut settings = Settings { region: Some("eu-west-1".into()), ..Default::default() };
        settings.shared_config_files = vec![config.display().to_string()];
        settings.endpoints.sagemaker = Some(argument.to_owned());
        let api = connected_in(&settings, env).await.expect("it connects");
        let regional = api.regional("eu-west-1").await.expect("an address");
        assert_eq!(regional.url, expected, "{argument} {env:?}");
    }
}

#[tokio::test]
async fn a_custom_endpoint_keeps_its_path_and_overrides_fips() {
    let server = Server::start([answer(200, "{}")]).await;
    let mut settings = settings(&server);
    settings.endpoints.sagemaker = Some(format!("{}/service/", server.url()));
    settings.use_fips_endpoint = Some(true);
    describe(&connected_in(&settings, &[]).await.expect("it connects")).await.expect("a reply");
    assert_eq!(server.requests()[0].line, "POST /service/ HTTP/1.1");
}
