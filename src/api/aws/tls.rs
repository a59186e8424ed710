//! Which servers to trust: by the machine's certificates, by the user's bundle, or (if requested) all of them.

use std::{
    io,
    sync::{Arc, OnceLock},
};

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};

/// The shared TLS configuration. The machine's certificates are read when the first TLS connection is opened, so that a
/// run without one does not pay for them.
#[derive(Debug)]
pub(super) struct Tls {
    trust: Trust,
    config: OnceLock<Result<Arc<ClientConfig>, NoTrust>>,
}

/// Which certificates are accepted.
#[derive(Debug, Clone)]
pub(super) enum Trust {
    /// Those trusted by the machine.
    Machine,
    /// Only these: the bundle replaces the machine's certificates, as in the AWS CLI.
    Only(Vec<CertificateDer<'static>>),
    /// Any certificate.
    Anyone,
}

/// The machine has no root certificate to verify a server with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this machine has no list of trusted certificates; `custom_ca_bundle` can name one")]
pub(super) struct NoTrust;

/// The certificates in the content of a PEM file.
pub(super) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates: Vec<_> =
        CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    if certificates.is_empty() {
        return Err("it holds no certificate".to_owned());
    }
    for certificate in &certificates {
        RootCertStore::empty().add(certificate.clone()).map_err(|error| error.to_string())?;
    }
    Ok(certificates)
}

impl Tls {
    pub(super) fn new(trust: Trust) -> Self {
        Self { trust, config: OnceLock::new() }
    }

    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, NoTrust> {
        self.config.get_or_init(|| self.trust.config().map(Arc::new)).clone()
    }
}

impl Trust {
    fn config(&self) -> Result<ClientConfig, NoTrust> {
        let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(crypto.clone())
            .with_safe_default_protocol_versions()
            .expect("the provider supports the default versions");
        let builder = match self {
            Self::Anyone => builder.dangerous().with_custom_certificate_verifier(Arc::new(AcceptAny(crypto))),
            Self::Only(certificates) => builder.with_root_certificates(roots(certificates.clone())?),
            Self::Machine => builder.with_root_certificates(roots(rustls_native_certs::load_native_certs().certs)?),
        };
        let mut config = builder.with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn roots(certificates: Vec<CertificateDer<'static>>) -> Result<RootCertStore, NoTrust> {
    let mut roots = RootCertStore::empty();
    // Certificate stores may contain certificates that the verifier cannot parse; they are skipped.
    match roots.add_parsable_certificates(certificates) {
        (0, _) => Err(NoTrust),
        _ => Ok(roots),
    }
}

impl From<NoTrust> for io::Error {
    fn from(error: NoTrust) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

/// Accepts every certificate, but still verifies that the server holds its private key.
#[derive(Debug)]
struct AcceptAny(Arc<CryptoProvider>);

impl ServerCertVerifier for AcceptAny {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_without_a_usable_certificate_is_rejected() {
        assert_eq!(certificates(b"").expect_err("empty"), "it holds no certificate");
        assert!(certificates(b"-----BEGIN CERTIFICATE-----\nnonsense").is_err());
        assert!(certificates(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err());
    }

    #[test]
    fn a_bundle_may_hold_several_certificates() {
        let one = rcgen::generate_simple_self_signed(vec!["one.test".into()]).expect("a certificate").cert.pem();
        let two = rcgen::generate_simple_self_signed(vec!["two.test".into()]).expect("a certificate").cert.pem();
        assert_eq!(certificates(format!("{one}{two}").as_bytes()).expect("two certificates").len(), 2);
    }
}
