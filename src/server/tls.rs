//! Mutual TLS with certificates for the lifetime of the two processes: the host passes its certificate in the
//! environment, ours is sent in the handshake, and each side accepts exactly the other's.

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

/// Why encryption could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The host's certificate is invalid.
    #[error("the host's certificate in PLUGIN_CLIENT_CERT is not readable")]
    ClientCertificate(#[from] pem::Error),
    /// The certificate of this process could not be created.
    #[error("no certificate could be generated")]
    ServerCertificate(#[from] rcgen::Error),
    /// The TLS library rejects the configuration.
    #[error("TLS could not be set up")]
    Setup(#[from] Error),
}

/// The server's TLS identity.
pub(super) struct Identity {
    pub(super) config: Arc<ServerConfig>,
    pub(super) certificate: CertificateDer<'static>,
}

impl Identity {
    /// Generates a key and a certificate; accepts only the client with this certificate in PEM.
    pub(super) fn for_client(pem: &str) -> Result<Self, TlsError> {
        let client = CertificateDer::from_pem_slice(pem.as_bytes())?;
        let key = KeyPair::generate()?;
        let certificate = certificate_parameters()?.self_signed(&key)?.der().clone();
        // Not `ring`: hosts use keys on the curve P-521, which it does not support.
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

/// The parameters that hosts verify: the name `localhost`, the key usage and the validity.
fn certificate_parameters() -> Result<CertificateParams, rcgen::Error> {
    let mut parameters = CertificateParams::new(["localhost".to_owned()])?;
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    let now = OffsetDateTime::now_utc();
    parameters.not_before = now - Duration::minutes(1);
    parameters.not_after = now + Duration::days(365);
    Ok(parameters)
}

/// Accepts exactly one client certificate. Chains and names are ignored; the default verification would even reject the
/// hosts' certificates, since they are marked as certificate authorities.
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
