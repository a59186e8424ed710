//! Encryption, and whom the server accepts.

use std::sync::Arc;

use hyper_util::rt::TokioIo;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P521_SHA512, SignatureAlgorithm};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName},
    sign::{CertifiedKey, SingleCertAndKey},
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tonic::transport::{Channel, Endpoint};

use super::client::{Running, life_cycle, start};
use crate::server::{
    listener::Listener,
    protocol::tfplugin5::{self as proto, provider_client::ProviderClient},
    tls::Identity,
};

/// A certificate like those of hosts: self-signed, for `localhost`, and marked as a certificate authority.
struct ClientCertificate {
    certificate: CertificateDer<'static>,
    pem: String,
    key: KeyPair,
}

impl ClientCertificate {
    fn new(algorithm: &'static SignatureAlgorithm) -> Self {
        let key = KeyPair::generate_for(algorithm).expect("a key");
        let mut parameters = CertificateParams::new(["localhost".to_owned()]).expect("a name");
        parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let certificate = parameters.self_signed(&key).expect("signed");
        Self { pem: certificate.pem(), certificate: certificate.der().clone(), key }
    }
}

struct Encrypted {
    running: Running,
    server_certificate: CertificateDer<'static>,
}

fn start_encrypted(client: &ClientCertificate) -> Encrypted {
    let identity = Identity::for_client(&client.pem).expect("an identity");
    let listener = Listener::tcp(10_000..=25_000).expect("a port");
    Encrypted { running: start(listener, Some(identity.config)), server_certificate: identity.certificate }
}

impl Encrypted {
    /// A connection that trusts only the server's certificate, and presents `client`'s.
    async fn connect(&self, client: Option<&ClientCertificate>) -> Result<Channel, tonic::transport::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(self.server_certificate.clone()).expect("a certificate");
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("good defaults")
            .with_root_certificates(roots);
        let mut config = match client {
            None => builder.with_no_client_auth(),
            Some(client) => {
                let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(client.key.serialize_der()));
                let key = aws_lc_rs::default_provider().key_provider.load_private_key(key).expect("a key");
                // Bypasses the usual constructor, which would detect that a stolen certificate and another key do not
                // match.
                let pair = CertifiedKey::new(vec![client.certificate.clone()], key);
                builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(pair)))
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        let connector = TlsConnector::from(Arc::new(config));
        let address = self.running.address.clone();
        let connect = tower::service_fn(move |_| {
            let (connector, address) = (connector.clone(), address.clone());
            async move {
                let stream = TcpStream::connect(address).await?;
                let name = ServerName::try_from("localhost").expect("a name");
                connector.connect(name, stream).await.map(TokioIo::new)
            }
        });
        Endpoint::from_static("http://localhost").connect_with_connector(connect).await
    }

    async fn is_refused(&self, client: Option<&ClientCertificate>) -> bool {
        match self.connect(client).await {
            Err(_) => true,
            Ok(channel) => ProviderClient::new(channel).get_metadata(proto::get_metadata::Request {}).await.is_err(),
        }
    }
}

#[tokio::test]
async fn a_resource_life_cycle_works_over_an_encrypted_port() {
    let client = ClientCertificate::new(&PKCS_ECDSA_P521_SHA512);
    let server = start_encrypted(&client);
    life_cycle(ProviderClient::new(server.connect(Some(&client)).await.expect("a connection"))).await;
}

#[tokio::test]
async fn only_the_holder_of_the_hosts_certificate_is_served() {
    let client = ClientCertificate::new(&PKCS_ECDSA_P256_SHA256);
    let server = start_encrypted(&client);
    assert!(server.is_refused(None).await, "no certificate");
    assert!(server.is_refused(Some(&ClientCertificate::new(&PKCS_ECDSA_P256_SHA256))).await, "another's certificate");
    let mut stolen = ClientCertificate::new(&PKCS_ECDSA_P256_SHA256);
    stolen.certificate = client.certificate.clone();
    assert!(server.is_refused(Some(&stolen)).await, "the certificate without its key");
    assert!(!server.is_refused(Some(&client)).await, "and after all that the host itself is served");
}

#[test]
fn an_unreadable_host_certificate_is_reported() {
    let error = Identity::for_client("no certificate").err().expect("refused").to_string();
    assert!(error.starts_with("the host's certificate in PLUGIN_CLIENT_CERT is not readable"), "{error}");
}
