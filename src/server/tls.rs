//! Mutual TLS with certificates that live as long as the two processes: the host's comes with the environment, ours
//! goes with the handshake, and each side accepts exactly the other's.

use std::sync::Arc;

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, ServerConfig, SignatureScheme,
    client::danger::HandshakeSignatureValid,
    crypto::{WebPkiSupportedAlgorithms, aws_lc_rs, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime, pem, pem::PemObject},
    server::danger::{ClientCertVerified, ClientCertVerifier},
};
use time::{Duration, OffsetDateTime};

/// Why there is no encryption to be had.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The host has given a certificate that is none.
    #[error("the host's certificate in PLUGIN_CLIENT_CERT is not readable")]
    ClientCertificate(#[from] pem::Error),
    /// The certificate of this process could not be created.
    #[error("no certificate could be made")]
    ServerCertificate(#[from] rcgen::Error),
    /// The library of TLS refuses the configuration.
    #[error("TLS could not be set up")]
    Setup(#[from] Error),
}

/// Our side of the encryption.
pub(super) struct Identity {
    pub(super) config: Arc<ServerConfig>,
    pub(super) certificate: CertificateDer<'static>,
}

impl Identity {
    /// Makes a new key and certificate, for the client with that certificate in PEM only.
    pub(super) fn for_client(pem: &str) -> Result<Self, TlsError> {
        let client = CertificateDer::from_pem_slice(pem.as_bytes())?;
        let key = KeyPair::generate()?;
        let certificate = certificate_parameters()?.self_signed(&key)?.der().clone();
        // Not `ring`, the other choice: hosts use keys on the curve P-521, which it does not know.
        let provider = Arc::new(aws_lc_rs::default_provider());
        let algorithms = provider.signature_verification_algorithms;
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_client_cert_verifier(Arc::new(PinnedClient { certificate: client, algorithms }))
            .with_single_cert(
                vec![certificate.clone()],
                PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der())),
            )?;
        config.alpn_protocols = vec![b"h2".to_vec()];
        Ok(Self { config: Arc::new(config), certificate })
    }
}

/// What hosts check: the name `localhost`, the purpose and the time.
fn certificate_parameters() -> Result<CertificateParams, rcgen::Error> {
    let mut parameters = CertificateParams::new(["localhost".to_owned()])?;
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    let now = OffsetDateTime::now_utc();
    parameters.not_before = now - Duration::minutes(1);
    parameters.not_after = now + Duration::days(365);
    Ok(parameters)
}

/// Accepts one client certificate and no other. Chains and names do not matter; the usual verification would even
/// refuse what hosts send, since they mark it as a certificate authority.
#[derive(Debug)]
struct PinnedClient {
    certificate: CertificateDer<'static>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ClientCertVerifier for PinnedClient {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if *end_entity == self.certificate {
            Ok(ClientCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
