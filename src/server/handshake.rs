//! The go-plugin handshake: the host's environment variables, and the first output line of the plugin.

use std::{ops::RangeInclusive, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

use super::listener::Listener;

/// Not a secret; distinguishes a start by a host from a manual start.
const COOKIE: (&str, &str) =
    ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2");

/// The version of go-plugin's core protocol. There has never been another.
const CORE_PROTOCOL: u8 = 1;

/// The only supported version of the plugin protocol. It is announced to every host, even if `PLUGIN_PROTOCOL_VERSIONS`
/// does not list it: the host reports a mismatch better than the plugin could.
pub(super) const PROTOCOL: u8 = 5;

/// The default port range of go-plugin.
const PORTS: RangeInclusive<u16> = 10_000..=25_000;

/// The host's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Host {
    /// The host's certificate in PEM. None: the user has disabled encryption.
    pub(super) certificate: Option<String>,
    /// The preferred directory of the socket.
    pub(super) socket_directory: Option<PathBuf>,
    pub(super) ports: RangeInclusive<u16>,
    /// The host queries support for multiplexing.
    pub(super) queries_multiplexing: bool,
}

impl Host {
    /// None if the process was not started by a host.
    pub(super) fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let port = |name| set(name).and_then(|value| value.parse().ok());
        (set(COOKIE.0)? == COOKIE.1).then(|| Self {
            certificate: set("PLUGIN_CLIENT_CERT"),
            socket_directory: set("PLUGIN_UNIX_SOCKET_DIR").map(PathBuf::from),
            ports: port("PLUGIN_MIN_PORT").unwrap_or(*PORTS.start())..=port("PLUGIN_MAX_PORT").unwrap_or(*PORTS.end()),
            queries_multiplexing: set("PLUGIN_MULTIPLEX_GRPC").is_some(),
        })
    }

    /// The handshake line with address and protocol. The certificate is empty without encryption.
    pub(super) fn line(&self, listener: &Listener, certificate: &[u8]) -> String {
        let Listener { network, address, .. } = listener;
        let certificate = STANDARD_NO_PAD.encode(certificate);
        // Old hosts count the fields, so the last one is only for hosts that query it.
        let multiplexing = if self.queries_multiplexing { "|false" } else { "" };
        format!("{CORE_PROTOCOL}|{PROTOCOL}|{network}|{address}|grpc|{certificate}{multiplexing}\n")
    }
}

/// The line that a user sets in another terminal, so that Terraform uses the process that printed it.
pub(super) fn reattach_line(provider: &str, process: u32, listener: &Listener) -> String {
    let attached = serde_json::json!({
        provider: {
            "Protocol": "grpc",
            "ProtocolVersion": PROTOCOL,
            "Pid": process,
            // Prevents the host from ending the process after its first command.
            "Test": true,
            "Addr": { "Network": listener.network, "String": listener.address },
        }
    });
    format!("TF_REATTACH_PROVIDERS='{attached}'\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(variables: &[(&str, &str)]) -> Option<Host> {
        Host::from_environment(|name| {
            variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn without_the_cookie_there_is_no_host() {
        assert_eq!(host(&[]), None);
        assert_eq!(host(&[(COOKIE.0, "wrong")]), None);
        let received = host(&[COOKIE]).expect("a host");
        assert_eq!((received.certificate, received.ports, received.queries_multiplexing), (None, PORTS, false));
    }

    #[test]
    fn the_hosts_settings_are_read() {
        let received = host(&[
            COOKIE,
            ("PLUGIN_CLIENT_CERT", "pem"),
            ("PLUGIN_MIN_PORT", "1000"),
            ("PLUGIN_MAX_PORT", "1001"),
            ("PLUGIN_UNIX_SOCKET_DIR", "/sockets"),
            ("PLUGIN_MULTIPLEX_GRPC", "true"),
        ]);
        let expected = Host {
            certificate: Some("pem".to_owned()),
            socket_directory: Some("/sockets".into()),
            ports: 1000..=1001,
            queries_multiplexing: true,
        };
        assert_eq!(received, Some(expected));
    }

    #[tokio::test]
    async fn the_line_has_six_fields_and_a_seventh_for_multiplexing() {
        let listener = Listener::tcp(PORTS).expect("a port");
        let mut received = host(&[COOKIE]).expect("a host");
        assert_eq!(received.line(&listener, b""), format!("1|5|tcp|{}|grpc|\n", listener.address));
        assert_eq!(received.line(&listener, &[0xff]), format!("1|5|tcp|{}|grpc|/w\n", listener.address));
        received.queries_multiplexing = true;
        assert_eq!(received.line(&listener, b""), format!("1|5|tcp|{}|grpc||false\n", listener.address));
    }

    #[tokio::test]
    async fn the_reattach_line_can_be_pasted_into_a_shell() {
        let listener = Listener::tcp(PORTS).expect("a port");
        let line = reattach_line("registry.terraform.io/a/b", 42, &listener);
        let json = line.strip_prefix("TF_REATTACH_PROVIDERS='").and_then(|rest| rest.strip_suffix("'\n"));
        let json: serde_json::Value = serde_json::from_str(json.expect("quoted")).expect("JSON");
        let expected = serde_json::json!({"registry.terraform.io/a/b": {
            "Protocol": "grpc", "ProtocolVersion": 5, "Pid": 42, "Test": true,
            "Addr": {"Network": "tcp", "String": listener.address}
        }});
        assert_eq!(json, expected);
    }
}
