//! The process itself, as hosts and users start and end it.

#![cfg(unix)]

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use hyper_util::rt::TokioIo;
use sagemaker_provider::server::protocol::{
    plugin::{Empty, grpc_controller_client::GrpcControllerClient},
    tfplugin5::{get_metadata, provider_client::ProviderClient},
};
use tokio::net::UnixStream;
use tonic::transport::{Channel, Endpoint};

const BINARY: &str = env!("CARGO_BIN_EXE_terraform-provider-sagemaker");

const COOKIE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// Far longer than anything here takes.
const LIMIT: Duration = Duration::from_secs(20);

/// The binary with none of the variables that a host, or a user with logging on, might have left in ours.
fn binary() -> Command {
    clean(Command::new(BINARY))
}

fn clean(mut command: Command) -> Command {
    let ours = |name: &str| name.starts_with("PLUGIN_") || name.starts_with("TF_");
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command
}

fn started_by_hand(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = binary().args(arguments).output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// A process that serves, and what it has announced.
pub(crate) struct Served {
    child: Child,
    output: BufReader<ChildStdout>,
    line: String,
}

impl Served {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("readable");
        Self { child, output, line }
    }

    pub(crate) fn by_host(variables: &[(&str, &str)]) -> Self {
        let mut command = binary();
        command.env("TF_PLUGIN_MAGIC_COOKIE", COOKIE).env("PLUGIN_PROTOCOL_VERSIONS", "5,6");
        command.envs(variables.iter().copied()).stderr(Stdio::piped());
        Self::start(command)
    }

    /// Ends it as a host does that has waited long enough, and gives what it has written to its log: little, as nobody has
    /// read it until now.
    pub(crate) fn end_with_log(mut self) -> String {
        let mut errors = self.child.stderr.take().expect("it is piped");
        send("-TERM", self.child.id());
        self.end();
        let mut log = String::new();
        errors.read_to_string(&mut log).expect("readable");
        log
    }

    fn fields(&self) -> Vec<&str> {
        self.line.trim_end_matches('\n').split('|').collect()
    }

    pub(crate) async fn channel(&self) -> Channel {
        let address = self.fields()[3].to_owned();
        let connect = tower::service_fn(move |_| {
            let address = address.clone();
            async move { UnixStream::connect(address).await.map(TokioIo::new) }
        });
        Endpoint::from_static("http://localhost").connect_with_connector(connect).await.expect("a connection")
    }

    /// Waits for the end; nothing more may have been written to standard output.
    fn end(mut self) -> ExitStatus {
        assert_eq!(rest(self.output), "");
        self.child.wait().expect("it was started")
    }
}

/// Everything until the last process that holds the other end is gone.
fn rest(mut output: BufReader<ChildStdout>) -> String {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut rest = String::new();
        output.read_to_string(&mut rest).expect("readable");
        sender.send(rest)
    });
    receiver.recv_timeout(LIMIT).expect("the process ends")
}

fn send(signal: &str, process: u32) {
    let status = Command::new("kill").args([signal, &process.to_string()]).status().expect("kill is there");
    assert!(status.success());
}

fn certificate() -> String {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate").cert.pem()
}

#[test]
fn started_by_hand_it_explains_itself_and_fails() {
    let (code, output, errors) = started_by_hand(&[]);
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.contains("it is not meant to be run by hand"), "{errors}");
    let (code, output, errors) = started_by_hand(&["serve"]);
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.starts_with("Unknown arguments: serve\n"), "{errors}");
}

#[test]
fn it_prints_its_version() {
    let expected = format!("terraform-provider-sagemaker {}\n", env!("CARGO_PKG_VERSION"));
    for argument in ["-v", "--version"] {
        assert_eq!(started_by_hand(&[argument]), (Some(0), expected.clone(), String::new()));
    }
}

#[test]
fn a_host_without_encryption_gets_a_socket_which_is_gone_at_the_end() {
    let served = Served::by_host(&[]);
    let fields = served.fields();
    assert_eq!((fields.len(), &fields[..3], fields[4], fields[5]), (6, &["1", "5", "unix"][..], "grpc", ""));
    let socket = Path::new(fields[3]).to_owned();
    assert!(socket.exists());
    send("-TERM", served.child.id());
    assert_eq!(served.end().code(), Some(0));
    assert!(!socket.exists() && !socket.parent().expect("its own directory").exists());
}

#[test]
fn a_host_with_a_certificate_gets_one() {
    let served = Served::by_host(&[("PLUGIN_CLIENT_CERT", &certificate())]);
    let fields = served.fields();
    assert_eq!((fields.len(), &fields[..3]), (6, &["1", "5", "unix"][..]));
    let der = STANDARD_NO_PAD.decode(fields[5]).expect("base64 without padding");
    assert_eq!(der[0], 0x30, "a DER sequence");
    send("-TERM", served.child.id());
    assert_eq!(served.end().code(), Some(0));
}

#[test]
fn an_invalid_certificate_ends_it_with_a_message() {
    let mut command = binary();
    command.env("TF_PLUGIN_MAGIC_COOKIE", COOKIE).env("PLUGIN_CLIENT_CERT", "x");
    let Output { status, stdout, stderr } = command.output().expect("it starts");
    assert_eq!((status.code(), stdout), (Some(1), Vec::new()));
    let errors = String::from_utf8(stderr).expect("UTF-8");
    assert!(errors.contains("PLUGIN_CLIENT_CERT"), "{errors}");
}

#[test]
fn where_no_socket_can_be_a_port_is_offered_but_only_with_encryption() {
    let nowhere = ("PLUGIN_UNIX_SOCKET_DIR", "/does/not/exist");
    let served = Served::by_host(&[nowhere, ("PLUGIN_CLIENT_CERT", &certificate())]);
    assert_eq!(served.fields()[2], "tcp");
    assert!(served.fields()[3].starts_with("127.0.0.1:"));
    send("-TERM", served.child.id());
    assert_eq!(served.end().code(), Some(0));

    let served = Served::by_host(&[nowhere]);
    assert_eq!(served.line, "");
    assert_eq!(served.end().code(), Some(1));
}

#[tokio::test]
async fn an_interrupt_does_not_end_it_but_the_host_does() {
    let served = Served::by_host(&[]);
    let channel = served.channel().await;
    send("-INT", served.child.id());
    let metadata = ProviderClient::new(channel.clone()).get_metadata(get_metadata::Request {}).await;
    assert!(metadata.is_ok());
    GrpcControllerClient::new(channel).shutdown(Empty {}).await.expect("answered");
    assert_eq!(served.end().code(), Some(0));
}

#[test]
fn it_does_not_outlive_its_host() {
    let mut host = clean(Command::new("sh"));
    host.args(["-c", "\"$0\" & wait", BINARY]).env("TF_PLUGIN_MAGIC_COOKIE", COOKIE);
    let mut served = Served::start(host);
    let socket = Path::new(served.fields()[3]).to_owned();
    assert!(socket.exists());
    served.child.kill().expect("it runs");
    assert_eq!(rest(served.output), "");
    assert!(!socket.exists());
    served.child.wait().expect("it was started");
}

#[test]
fn with_debug_it_prints_the_reattach_configuration_and_serves_until_an_interrupt() {
    let mut command = binary();
    command.arg("-debug");
    let served = Served::start(command);
    let json = served.line.strip_prefix("TF_REATTACH_PROVIDERS='").and_then(|rest| rest.strip_suffix("'\n"));
    let json: serde_json::Value = serde_json::from_str(json.expect("a line for the shell")).expect("JSON");
    let settings = &json["registry.terraform.io/sagemaker-rs/sagemaker"];
    assert_eq!(settings["Pid"], served.child.id());
    assert!(Path::new(settings["Addr"]["String"].as_str().expect("a path")).exists());
    send("-INT", served.child.id());
    assert_eq!(served.end().code(), Some(0));
}

#[test]
fn the_log_is_written_on_request() {
    let log = |variables: &[(&str, &str)]| Served::by_host(variables).end_with_log();
    assert_eq!(log(&[]), "");
    assert_eq!(log(&[("TF_LOG", "TRACE"), ("TF_LOG_PROVIDER_SAGEMAKER", "OFF")]), "");
    let log = log(&[("TF_LOG", "info")]);
    let entry: serde_json::Value = serde_json::from_str(log.lines().next().expect("a line")).expect("JSON");
    assert_eq!(entry["@message"], "starting the provider");
}

/// A local SageMaker with these options, and where it listens.
fn local(options: &[&str]) -> (Served, String) {
    let mut command = binary();
    command.args(["local", "--listen", "127.0.0.1:0"]).args(options);
    let served = Served::start(command);
    let address = served.line.trim_end().strip_prefix("listening on http://").expect("it prints where").to_owned();
    (served, address)
}

#[test]
fn a_local_service_ends_well_on_either_signal() {
    for signal in ["-INT", "-TERM"] {
        let (served, _) = local(&[]);
        send(signal, served.child.id());
        assert_eq!(served.end().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_local_service_that_cannot_start_says_why() {
    let directory = tempfile::tempdir().expect("a temporary directory can be created");
    let file = directory.path().join("objects");
    let file = file.to_str().expect("UTF-8");
    let (served, address) = local(&["--data", file]);
    let (code, output, errors) = started_by_hand(&["local", "--listen", &address]);
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.starts_with(&format!("cannot listen on {address}: ")), "{errors}");
    let (code, output, errors) = started_by_hand(&["local", "--data", file]);
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.ends_with("objects` is in use by another `local`\n"), "{errors}");
    let (code, output, errors) = started_by_hand(&["local", "--port", "4566"]);
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(errors.starts_with("`--port` is not an option of `local`; the nearest is `--"), "{errors}");
    send("-TERM", served.child.id());
    assert_eq!(served.end().code(), Some(0));
}
