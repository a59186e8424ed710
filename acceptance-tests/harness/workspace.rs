//! A directory with a configuration, a state and the environment of a user who runs Terraform in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write as _},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use serde_json::Value as Json;
use tempfile::TempDir;

use super::{
    backend::{Backend, PROVIDER},
    cli::Cli,
    process::{self, Finished, Running},
};

/// What is enough for a command even on a machine that is busy with others.
const LIMIT: Duration = Duration::from_secs(300);

/// Every module can use the provider.
const REQUIREMENT: &str = r#"
terraform {
  required_providers {
    sagemaker = {
      source = "sagemaker-rs/sagemaker"
    }
  }
}
"#;

/// Every configuration has a name of its own for its objects: `var.name`.
const VARIABLE: &str = r#"
variable "name" {
  type = string
}
"#;

/// Plans and applies without asking.
pub(crate) const APPLY: &[&str] = &["apply", "-input=false", "-no-color", "-auto-approve"];

/// Destroys without asking.
pub(crate) const DESTROY: &[&str] = &["destroy", "-input=false", "-no-color", "-auto-approve"];

/// Tells the CLI where the provider is.
const SETTINGS: &str = "settings.tfrc";

/// A place to run Terraform in.
#[derive(Debug)]
pub(crate) struct Workspace {
    home: TempDir,
    root: PathBuf,
    cli: &'static Cli,
    environment: BTreeMap<String, String>,
    /// No command takes longer.
    limit: Duration,
    /// The value of `var.name`, unique in this run.
    pub(crate) name: String,
}

/// A command that has ended, with all that is needed to understand it.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    command: String,
    configuration: String,
}

/// A plan, as `show -json` tells it.
#[derive(Debug)]
pub(crate) struct Plan {
    json: Json,
    /// As the user reads it.
    text: String,
}

/// A state, as `show -json` tells it: the values of each managed resource, by address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) resources: BTreeMap<String, Json>,
    /// The values of each data source, by address.
    pub(crate) data: BTreeMap<String, Json>,
    pub(crate) outputs: BTreeMap<String, Json>,
    /// The addresses of those that a failed create has left behind.
    pub(crate) tainted: BTreeSet<String>,
}

impl Workspace {
    /// An empty workspace whose provider talks to `backend`.
    pub(crate) fn new(backend: &Backend) -> Self {
        Self::under(Cli::usual(), backend.url())
    }

    /// The same, under OpenTofu.
    pub(crate) fn with_tofu(backend: &Backend) -> Self {
        Self::under(Cli::tofu(), backend.url())
    }

    /// A workspace without a service: for what Terraform can do without calling it.
    pub(crate) fn offline() -> Self {
        // The discard port of loopback: nobody listens there.
        Self::under(Cli::usual(), "http://127.0.0.1:9")
    }

    /// A workspace in which a directory of this repository is what the user wrote.
    pub(crate) fn on_copy_of(directory: &str, root: &str, backend: &Backend) -> Self {
        let mut workspace = Self::new(backend);
        copy(&repository().join(directory), &workspace.home.path().join("copy"));
        workspace.root = workspace.home.path().join("copy").join(root);
        workspace
    }

    /// Makes a directory of this repository a module that the configuration can call by its path.
    pub(crate) fn add_module(&self, directory: &str) -> &Self {
        let module = self.root.join(directory);
        fs::create_dir_all(module.parent().expect("a module is below the root"))
            .expect("the workspace can be written to");
        copy(&repository().join(directory), &module);
        self.write(&format!("{directory}/preamble.tf"), REQUIREMENT)
    }

    /// Lets the CLI believe that hashicorp/aws is installed, as it wants while a state names it.
    pub(crate) fn beside_aws(&self) -> &Self {
        let directory = self.home.path().join("aws");
        fs::create_dir(&directory).expect("a new directory is empty");
        std::os::unix::fs::symlink(PROVIDER, directory.join("terraform-provider-aws")).expect("a new name");
        let ours = Path::new(PROVIDER).parent().expect("a program is in a directory");
        self.override_providers(&[("hashicorp/aws", &directory), ("sagemaker-rs/sagemaker", ours)])
    }

    fn override_providers(&self, providers: &[(&str, &Path)]) -> &Self {
        let line =
            |(name, directory): &(&str, &Path)| format!("    {name:?} = {:?}\n", directory.display().to_string());
        let lines: String = providers.iter().map(line).collect();
        let text = format!("provider_installation {{\n  dev_overrides {{\n{lines}  }}\n  direct {{}}\n}}\n");
        fs::write(self.home.path().join(SETTINGS), text).expect("the workspace is there");
        self
    }

    fn under(cli: &'static Cli, url: &str) -> Self {
        static COUNTER: AtomicU32 = AtomicU32::new(1);
        let home = tempfile::tempdir().expect("a temporary directory can be made");
        let root = home.path().join("root");
        let temporary = home.path().join("tmp");
        let settings = home.path().join(SETTINGS);
        fs::create_dir(&root).and_then(|()| fs::create_dir(&temporary)).expect("a new directory is empty");
        let binaries = Path::new(PROVIDER).parent().expect("a program is in a directory");
        let path = |path: &Path| path.display().to_string();
        let name = format!("acc-{}", COUNTER.fetch_add(1, Ordering::Relaxed));
        let environment = [
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE".to_owned()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("AWS_ENDPOINT_URL_SAGEMAKER", url.to_owned()),
            ("AWS_ENDPOINT_URL_STS", url.to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned()),
            ("CHECKPOINT_DISABLE", "1".to_owned()),
            ("HOME", path(home.path())),
            ("NO_COLOR", "1".to_owned()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("TF_CLI_CONFIG_FILE", path(&settings)),
            ("TF_IN_AUTOMATION", "1".to_owned()),
            ("TF_VAR_name", name.clone()),
            ("TMPDIR", path(&temporary)),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value)).into();
        let workspace = Self { home, root, cli, environment, limit: LIMIT, name };
        workspace
            .override_providers(&[("sagemaker-rs/sagemaker", binaries)])
            .write("preamble.tf", &format!("{REQUIREMENT}{VARIABLE}"));
        workspace
    }

    /// The directory of the root module.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where programs of this workspace put their temporary files.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.home.path().join("tmp")
    }

    /// Sets an environment variable for all commands to come.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Takes an environment variable away.
    pub(crate) fn unset(&mut self, name: &str) -> &mut Self {
        self.environment.remove(name);
        self
    }

    /// Lets commands take longer than usual.
    pub(crate) fn allow(&mut self, limit: Duration) -> &mut Self {
        self.limit = limit;
        self
    }

    /// Writes a file of the root module, or replaces it.
    pub(crate) fn write(&self, file: &str, text: &str) -> &Self {
        fs::write(self.root.join(file), text).unwrap_or_else(|error| panic!("{file}: {error}"));
        self
    }

    /// Writes the configuration of the root module, `main.tf`.
    pub(crate) fn configure(&self, text: &str) -> &Self {
        self.write("main.tf", text)
    }

    /// Runs a command, whatever comes of it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.report(arguments, process::run(&mut self.command(arguments), self.limit))
    }

    /// Starts a command; [`Workspace::report`] makes the report of its end.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        Running::start(&mut self.command(arguments), self.limit)
    }

    pub(crate) fn report(&self, arguments: &[&str], finished: Finished) -> Run {
        let Finished { code, stdout, stderr } = finished;
        let command = format!("{} {}", self.cli.program.display(), arguments.join(" "));
        Run { code, stdout, stderr, command, configuration: self.configuration() }
    }

    /// Fetches the modules that the configuration calls. Providers need no installation here.
    #[track_caller]
    pub(crate) fn get_modules(&self) {
        self.run(&["get", "-no-color"]).expect_success();
    }

    #[track_caller]
    pub(crate) fn validate(&self) -> Run {
        self.run(&["validate", "-no-color"])
    }

    /// The diagnostics of `validate -json`.
    #[track_caller]
    pub(crate) fn diagnostics(&self) -> Vec<Json> {
        let run = self.run(&["validate", "-json"]);
        let mut report: Json =
            serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("validate -json: {error}\n{run}"));
        match report["diagnostics"].take() {
            Json::Array(diagnostics) => diagnostics,
            _ => panic!("validate -json tells of no diagnostics\n{run}"),
        }
    }

    /// Plans with a refresh.
    #[track_caller]
    pub(crate) fn plan(&self) -> Plan {
        self.plan_with(&[])
    }

    #[track_caller]
    pub(crate) fn plan_with(&self, options: &[&str]) -> Plan {
        let run = self.try_plan(options);
        run.expect_success();
        let shown = self.run(&["show", "-json", "plan.bin"]);
        shown.expect_success();
        let json = serde_json::from_str(&shown.stdout).unwrap_or_else(|error| panic!("show -json: {error}\n{shown}"));
        Plan { json, text: run.to_string() }
    }

    pub(crate) fn try_plan(&self, options: &[&str]) -> Run {
        self.run(&[&["plan", "-input=false", "-no-color", "-out=plan.bin"], options].concat())
    }

    /// Applies the last plan.
    #[track_caller]
    pub(crate) fn apply_plan(&self) -> Run {
        let run = self.run(&["apply", "-input=false", "-no-color", "plan.bin"]);
        run.expect_success();
        run
    }

    /// Plans and applies.
    #[track_caller]
    pub(crate) fn apply(&self) -> Run {
        let run = self.try_apply(&[]);
        run.expect_success();
        run
    }

    pub(crate) fn try_apply(&self, options: &[&str]) -> Run {
        self.run(&[APPLY, options].concat())
    }

    #[track_caller]
    pub(crate) fn destroy(&self) -> Run {
        let run = self.try_destroy();
        run.expect_success();
        run
    }

    pub(crate) fn try_destroy(&self) -> Run {
        self.run(DESTROY)
    }

    /// Demands that there is nothing left to do: neither by the state alone nor after a look at the service, which
    /// must not have changed anything in the state either.
    #[track_caller]
    pub(crate) fn expect_settled(&self) {
        self.expect_settled_but_for(&BTreeSet::new());
    }

    /// The same, where these objects may show that something has happened to them.
    #[track_caller]
    pub(crate) fn expect_settled_but_for(&self, touched: &BTreeSet<String>) {
        self.plan_with(&["-refresh=false"]).expect_empty();
        let refreshed = self.plan();
        refreshed.expect_empty();
        let drift: Vec<&str> = refreshed.drift().into_iter().filter(|address| !touched.contains(*address)).collect();
        assert!(drift.is_empty(), "a refresh finds changes that nobody made: {drift:?}\n{refreshed}");
    }

    /// Of each data source of the provider, the attributes that cannot be set, but are told.
    #[track_caller]
    pub(crate) fn told_attributes(&self) -> BTreeMap<String, BTreeSet<String>> {
        let shown = self.run(&["providers", "schema", "-json"]);
        shown.expect_success();
        let json: Json = serde_json::from_str(&shown.stdout).unwrap_or_else(|error| panic!("schema: {error}\n{shown}"));
        let providers = json["provider_schemas"].as_object().into_iter().flatten();
        let data_sources = providers.flat_map(|(_, schemas)| schemas["data_source_schemas"].as_object().cloned());
        let told = |schema: &Json| {
            let all = schema["block"]["attributes"].as_object().into_iter().flatten();
            let told = all.filter(|(_, attribute)| attribute["required"] != true && attribute["optional"] != true);
            told.map(|(name, _)| name.clone()).collect()
        };
        data_sources.flatten().map(|(name, schema)| (name, told(&schema))).collect()
    }

    #[track_caller]
    pub(crate) fn state(&self) -> State {
        let shown = self.run(&["show", "-json"]);
        shown.expect_success();
        let json = serde_json::from_str(&shown.stdout).unwrap_or_else(|error| panic!("show -json: {error}\n{shown}"));
        State::from(&json)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.cli.program);
        command.args(arguments).current_dir(&self.root).env_clear().envs(&self.environment);
        command
    }

    /// All files of the root module with numbered lines, to be read beside a failure.
    fn configuration(&self) -> String {
        let mut files: Vec<PathBuf> = fs::read_dir(&self.root)
            .expect("the workspace is there")
            .map(|entry| entry.expect("a readable entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "tf"))
            .filter(|path| !path.ends_with("preamble.tf"))
            .collect();
        files.sort();
        let mut text = String::new();
        for file in files {
            let _ = writeln!(text, "── {}", file.file_name().unwrap_or_default().display());
            for (index, line) in fs::read_to_string(&file).unwrap_or_default().lines().enumerate() {
                let _ = writeln!(text, "{:4} {line}", index + 1);
            }
        }
        text
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn expect_success(&self) -> &Self {
        assert!(self.code == Some(0), "failed unexpectedly\n{self}");
        self
    }

    /// Demands a failure whose message has all these parts, however its lines are wrapped.
    #[track_caller]
    pub(crate) fn expect_failure(&self, parts: &[&str]) -> &Self {
        assert!(self.code == Some(1), "should have failed\n{self}");
        self.expect_text(parts)
    }

    /// Demands that all these parts were said, however the lines are wrapped.
    #[track_caller]
    pub(crate) fn expect_text(&self, parts: &[&str]) -> &Self {
        let said = self.said();
        for part in parts {
            assert!(said.contains(part), "does not say `{part}`\n{self}");
        }
        self
    }

    /// All output as one line, without the frames that Terraform draws around messages.
    pub(crate) fn said(&self) -> String {
        let text = format!("{}\n{}", self.stdout, self.stderr).replace(['│', '╷', '╵'], " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, stdout, stderr, command, configuration } = self;
        let code = code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
        write!(formatter, "{configuration}── {command}: {code}\n{stdout}\n── stderr\n{stderr}")
    }
}

impl Plan {
    /// What happens to a resource: `create`, `update`, `delete,create`, `create,delete`, `delete`, `no-op`.
    #[track_caller]
    pub(crate) fn action(&self, address: &str) -> String {
        actions(self.change(address))
    }

    /// The actions of all managed resources that are not left alone, by address.
    pub(crate) fn actions(&self) -> BTreeMap<&str, String> {
        let all =
            self.changes().map(|change| (change["address"].as_str().unwrap_or_default(), actions(&change["change"])));
        all.filter(|(_, action)| action != "no-op").collect()
    }

    /// `before`, `after`, `after_unknown` and so on of a resource.
    #[track_caller]
    pub(crate) fn change(&self, address: &str) -> &Json {
        let found = self.changes().find(|change| change["address"] == address);
        &found.unwrap_or_else(|| panic!("{address} is not in the plan\n{self}"))["change"]
    }

    /// The address that a resource had before this plan, if it had another one.
    pub(crate) fn moved_from(&self, address: &str) -> Option<&str> {
        self.changes().find(|change| change["address"] == address)?["previous_address"].as_str()
    }

    /// The top-level attributes of a resource that get another value, or may.
    #[track_caller]
    pub(crate) fn changed_attributes(&self, address: &str) -> BTreeSet<String> {
        let change = self.change(address);
        let names = |key: &str| change[key].as_object().into_iter().flat_map(|object| object.keys().cloned());
        let all: BTreeSet<String> = names("before").chain(names("after")).chain(names("after_unknown")).collect();
        let differs = |name: &String| {
            change["before"][name] != change["after"][name] || holds_true(&change["after_unknown"][name])
        };
        all.into_iter().filter(differs).collect()
    }

    /// The addresses of the resources that the refresh found changed or gone.
    pub(crate) fn drift(&self) -> Vec<&str> {
        let drifted = self.json["resource_drift"].as_array().into_iter().flatten();
        drifted.filter_map(|change| change["address"].as_str()).collect()
    }

    /// Demands that nothing is to be done.
    #[track_caller]
    pub(crate) fn expect_empty(&self) {
        assert!(self.actions().is_empty(), "the plan is not empty: {:?}\n{self}", self.actions());
        let outputs = self.json["output_changes"].as_object().into_iter().flatten();
        let changed: Vec<&String> =
            outputs.filter(|(_, change)| actions(change) != "no-op").map(|(name, _)| name).collect();
        assert!(changed.is_empty(), "outputs change: {changed:?}\n{self}");
    }

    fn changes(&self) -> impl Iterator<Item = &Json> {
        let changes = self.json["resource_changes"].as_array().into_iter().flatten();
        changes.filter(|change| change["mode"] == "managed")
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl State {
    /// The values of a resource.
    #[track_caller]
    pub(crate) fn resource(&self, address: &str) -> &Json {
        self.resources
            .get(address)
            .unwrap_or_else(|| panic!("{address} is not in the state: {:?}", self.resources.keys()))
    }

    /// The text of an attribute.
    #[track_caller]
    pub(crate) fn text(&self, address: &str, attribute: &str) -> &str {
        let value = &self.resource(address)[attribute];
        value.as_str().unwrap_or_else(|| panic!("{address}.{attribute} is {value}, not a text"))
    }

    fn collect(&mut self, module: &Json) {
        for resource in module["resources"].as_array().into_iter().flatten() {
            let address = resource["address"].as_str().unwrap_or_default();
            if resource["mode"] == "data" {
                self.data.insert(address.to_owned(), resource["values"].clone());
            } else {
                self.resources.insert(address.to_owned(), resource["values"].clone());
                if resource["tainted"] == true {
                    self.tainted.insert(address.to_owned());
                }
            }
        }
        for child in module["child_modules"].as_array().into_iter().flatten() {
            self.collect(child);
        }
    }
}

impl From<&Json> for State {
    fn from(json: &Json) -> Self {
        let mut state = Self::default();
        state.collect(&json["values"]["root_module"]);
        for (name, output) in json["values"]["outputs"].as_object().into_iter().flatten() {
            state.outputs.insert(name.clone(), output["value"].clone());
        }
        state
    }
}

/// The directory of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn actions(change: &Json) -> String {
    let actions = change["actions"].as_array().into_iter().flatten().filter_map(Json::as_str);
    actions.collect::<Vec<_>>().join(",")
}

fn holds_true(value: &Json) -> bool {
    match value {
        Json::Bool(value) => *value,
        Json::Array(elements) => elements.iter().any(holds_true),
        Json::Object(members) => members.values().any(holds_true),
        _ => false,
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap_or_else(|error| panic!("{}: {error}", to.display()));
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let path = entry.expect("a readable entry").path();
        let copied = to.join(path.file_name().expect("an entry has a name"));
        // What a user's own runs in the repository have left behind is not part of what is tested.
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(&path, &copied).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}
