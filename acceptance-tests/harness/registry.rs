//! A registry on a loopback port that offers releases: discovery, versions, packages and signing keys.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::{
    cli::REGISTRIES,
    https::{Server, Site},
    release::{Release, releases},
    workspace::Workspace,
};

/// The protocol of registries, as discovery names it.
const SERVICE: &str = "providers.v1";

/// Where the protocol of registries begins.
const ROOT: &str = "/v1/providers/";

/// What a registry says about a release, and serves of it.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    source: String,
    version: String,
    pub(crate) protocols: Json,
    /// In ASCII armor.
    pub(crate) signing_key: String,
    /// What is in `SHA256SUMS`.
    pub(crate) checksums: Bytes,
    signature: Bytes,
    /// By platform, such as `linux_amd64`.
    pub(crate) packages: BTreeMap<String, Package>,
}

/// The zip of a platform.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    name: String,
    pub(crate) content: Bytes,
    /// In hexadecimal digits.
    pub(crate) checksum: String,
}

/// A running registry.
#[derive(Debug)]
pub(crate) struct Registry {
    server: Server,
}

impl Offer {
    /// What an honest registry says about a release of this run.
    pub(crate) fn of(release: &Release) -> Self {
        let manifest: Json = serde_json::from_slice(release.file("manifest.json")).expect("a manifest is JSON");
        let package = |platform: &str| {
            let end = format!("{platform}.zip");
            let content = release.file(&end).clone();
            (platform.to_owned(), Package { name: release.name(&end), checksum: checksum(&content), content })
        };
        Self {
            source: release.source.to_owned(),
            version: release.version.to_owned(),
            protocols: manifest["metadata"]["protocol_versions"].clone(),
            signing_key: releases().signer.public.clone(),
            checksums: release.file("SHA256SUMS").clone(),
            signature: release.file("SHA256SUMS.sig").clone(),
            packages: release.platforms().map(package).collect(),
        }
    }

    fn documents(&self) -> Site {
        let Self { source, version, .. } = self;
        let platforms: Vec<Json> = self.packages.keys().map(|platform| platform_of(platform)).collect();
        let version_entry = json!({ "version": version, "protocols": self.protocols, "platforms": platforms });
        let mut site = Site::from([
            (format!("{ROOT}{source}/versions"), body(&json!({ "versions": [version_entry] }))),
            (self.file("SHA256SUMS"), self.checksums.clone()),
            (self.file("SHA256SUMS.sig"), self.signature.clone()),
        ]);
        for (platform, package) in &self.packages {
            let path = format!("{ROOT}{source}/{version}/download/{}", platform.replace('_', "/"));
            site.insert(path, body(&self.download(platform, package)));
            site.insert(self.file(&package.name), package.content.clone());
        }
        site
    }

    fn download(&self, platform: &str, package: &Package) -> Json {
        let mut download = platform_of(platform);
        download["protocols"] = self.protocols.clone();
        download["filename"] = package.name.as_str().into();
        download["download_url"] = self.file(&package.name).into();
        download["shasum"] = package.checksum.as_str().into();
        download["shasums_url"] = self.file("SHA256SUMS").into();
        download["shasums_signature_url"] = self.file("SHA256SUMS.sig").into();
        download["signing_keys"] = json!({ "gpg_public_keys": [{ "ascii_armor": self.signing_key }] });
        download
    }

    /// The path of a file.
    fn file(&self, name: &str) -> String {
        format!("/files/{}/{}/{name}", self.source, self.version)
    }
}

impl Package {
    /// Changes a byte in the middle.
    pub(crate) fn change_out_of_band(&mut self) {
        let mut content = self.content.to_vec();
        let middle = content.len() / 2;
        content[middle] ^= 1;
        self.content = content.into();
    }
}

impl Registry {
    pub(crate) fn start(offers: &[Offer]) -> Self {
        Self::beside(Site::new(), offers)
    }

    /// The same, on a server that serves other documents too.
    pub(crate) fn beside(mut site: Site, offers: &[Offer]) -> Self {
        let discovery = body(&json!({ SERVICE: ROOT }));
        site.insert("/.well-known/terraform.json".to_owned(), discovery);
        offers.iter().for_each(|offer| site.extend(offer.documents()));
        Self { server: Server::start(site) }
    }

    /// `https://localhost:PORT`.
    pub(crate) fn url(&self) -> &str {
        &self.server.url
    }

    /// Takes the place of the public registries for a CLI with these settings.
    pub(crate) fn serve(&self, workspace: &mut Workspace, settings: &str) {
        workspace.configure_cli(&(settings.to_owned() + &self.hosts()));
        workspace.set("SSL_CERT_FILE", &self.server.certificate().display().to_string());
    }

    fn hosts(&self) -> String {
        let host =
            |host| format!("host {host:?} {{\n  services = {{ {SERVICE:?} = \"{}{ROOT}\" }}\n}}\n", self.server.url);
        REGISTRIES.map(host).concat()
    }
}

/// In hexadecimal digits, as in `SHA256SUMS`.
pub(crate) fn checksum(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn platform_of(platform: &str) -> Json {
    let (os, arch) = platform.split_once('_').expect("an operating system and an architecture");
    json!({ "os": os, "arch": arch })
}

fn body(json: &Json) -> Bytes {
    json.to_string().into()
}
