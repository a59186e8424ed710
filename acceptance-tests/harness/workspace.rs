//! A directory with a configuration, a state and the environment of a user who runs Terraform in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs::{self, File, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value as Json;
use tempfile::TempDir;

use super::{
    backend::{Backend, PROVIDER, VERSION},
    cli::{Cli, PLATFORM, REGISTRIES},
    plan::Plan,
    process::{self, Finished, Running},
    run::Run,
    stand_in,
    state::State,
};

/// What is enough for a command even on a machine that is busy with others.
const LIMIT: Duration = Duration::from_secs(300);

/// Every module can use the provider.
pub(crate) const REQUIREMENT: &str = r#"
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

/// The discard port of loopback: nobody listens there.
const NOBODY: &str = "http://127.0.0.1:9";

/// Plans and applies without a prompt.
pub(crate) const APPLY: &[&str] = &["apply", "-input=false", "-no-color", "-auto-approve"];

/// Destroys without a prompt.
pub(crate) const DESTROY: &[&str] = &["destroy", "-input=false", "-no-color", "-auto-approve"];

/// Says to the CLI where the provider is.
const SETTINGS: &str = "settings.tfrc";

/// Sets the environment of the commands, for whoever looks at what a failure has left.
const ENVIRONMENT: &str = "environment.sh";

/// The file of the last plan.
const PLAN: &str = "plan.bin";

/// A place to run Terraform in. If the test fails, it stays, and is named with the commands that were run in it.
#[derive(Debug)]
pub(crate) struct Workspace {
    home: TempDir,
    root: PathBuf,
    cli: Cli,
    environment: BTreeMap<String, String>,
    /// No command takes longer.
    limit: Duration,
    /// The commands so far, each with its exit code and how long it took.
    history: Mutex<Vec<String>>,
    /// To stay, whatever comes of the test.
    kept: AtomicBool,
    /// The value of `var.name`, unique in this run.
    pub(crate) name: String,
}

impl Workspace {
    /// An empty workspace whose provider talks to `backend`.
    pub(crate) fn new(backend: &Backend) -> Self {
        Self::under(Cli::usual(), backend.url())
    }

    /// One in which this configuration is applied.
    #[track_caller]
    pub(crate) fn applied(backend: &Backend, configuration: &str) -> Self {
        let workspace = Self::new(backend);
        workspace.configure(configuration).apply();
        workspace
    }

    /// An empty workspace under OpenTofu.
    pub(crate) fn with_tofu(backend: &Backend) -> Self {
        Self::under(Cli::tofu(), backend.url())
    }

    /// The same, under the newest Terraform.
    pub(crate) fn with_newest(backend: &Backend) -> Self {
        Self::under(Cli::newest(), backend.url())
    }

    /// The same, under a Terraform of the given version of its package, see [`super::cli::TERRAFORMS`].
    pub(crate) fn with_terraform(package_version: &str, backend: &Backend) -> Self {
        Self::under(&Cli::terraform(package_version), backend.url())
    }

    /// A workspace without a service: for what Terraform can do without calling it.
    pub(crate) fn offline() -> Self {
        Self::under(Cli::usual(), NOBODY)
    }

    /// The same, under the newest Terraform.
    pub(crate) fn offline_with_newest() -> Self {
        Self::under(Cli::newest(), NOBODY)
    }

    /// The same, under OpenTofu.
    pub(crate) fn offline_with_tofu() -> Self {
        Self::under(Cli::tofu(), NOBODY)
    }

    /// A workspace in which a directory of this repository is what the user wrote.
    pub(crate) fn on_copy_of(directory: &str, root: &str, backend: &Backend) -> Self {
        Self::new(backend).moved_to_copy_of(directory, root)
    }

    /// The same, under the newest Terraform.
    pub(crate) fn on_copy_with_newest(directory: &str, root: &str, backend: &Backend) -> Self {
        Self::with_newest(backend).moved_to_copy_of(directory, root)
    }

    fn moved_to_copy_of(mut self, directory: &str, root: &str) -> Self {
        copy(&repository().join(directory), &self.home.path().join("copy"));
        self.root = self.home.path().join("copy").join(root);
        self
    }

    /// Writes a module that the configuration can call by its name, and that has `var.name`.
    pub(crate) fn write_module(&self, name: &str, files: &BTreeMap<&'static str, String>) {
        fs::create_dir_all(self.root.join(name)).expect("the workspace can be written to");
        self.write(&format!("{name}/preamble.tf"), &format!("{REQUIREMENT}{VARIABLE}"));
        for (file, text) in files {
            self.write(&format!("{name}/{file}"), text);
        }
    }

    /// Makes a directory of this repository a module that the configuration can call by its path.
    pub(crate) fn add_module(&self, directory: &str) -> &Self {
        let module = self.root.join(directory);
        fs::create_dir_all(module.parent().expect("a module is below the root"))
            .expect("the workspace can be written to");
        copy(&repository().join(directory), &module);
        self.write(&format!("{directory}/preamble.tf"), REQUIREMENT)
    }

    /// Makes the CLI believe that hashicorp/aws and hashicorp/awscc are installed, as it requires while a state names them.
    pub(crate) fn beside_others(&self) -> &Self {
        let stand_in = |name: &str| {
            let directory = self.home.path().join(name);
            fs::create_dir(&directory).expect("a new directory is empty");
            link(Path::new(PROVIDER), &directory.join(format!("terraform-provider-{name}")));
            directory
        };
        self.beside(&stand_in("aws"), &stand_in("awscc"))
    }

    fn beside(&self, aws: &Path, awscc: &Path) -> &Self {
        let ours = Path::new(PROVIDER).parent().expect("a program is in a directory");
        let others = [("hashicorp/aws", aws), ("hashicorp/awscc", awscc), ("sagemaker-rs/sagemaker", ours)];
        self.override_providers(&others)
    }

    /// Installs stand-ins for hashicorp/aws and hashicorp/awscc that manage their resource types.
    pub(crate) fn beside_stand_ins(&self) -> &Self {
        let stand_in = |name: &str| {
            let directory = self.home.path().join(name);
            fs::create_dir(&directory).expect("a new directory is empty");
            let program = directory.join(format!("terraform-provider-{name}"));
            fs::write(&program, stand_in::script(name)).expect("a new name");
            fs::set_permissions(&program, Permissions::from_mode(0o755)).expect("our own file");
            directory
        };
        self.beside(&stand_in("aws"), &stand_in("awscc"))
    }

    fn override_providers(&self, providers: &[(&str, &Path)]) -> &Self {
        let line =
            |(name, directory): &(&str, &Path)| format!("    {name:?} = {:?}\n", directory.display().to_string());
        let lines: String = providers.iter().map(line).collect();
        self.configure_cli(&format!("provider_installation {{\n  dev_overrides {{\n{lines}  }}\n  direct {{}}\n}}\n"))
    }

    /// Writes the settings of the CLI, or replaces them.
    pub(crate) fn configure_cli(&self, text: &str) -> &Self {
        fs::write(self.home.path().join(SETTINGS), text).expect("the workspace is there");
        self
    }

    /// Has `init` install the provider from a file-system mirror, without overrides.
    pub(crate) fn install_from_mirror(&self) -> &Self {
        let mirror = self.home.path().join("mirror");
        for host in REGISTRIES {
            let package = mirror.join(host).join("sagemaker-rs/sagemaker").join(VERSION).join(PLATFORM);
            fs::create_dir_all(&package).expect("the workspace can be written to");
            link(Path::new(PROVIDER), &package.join(format!("terraform-provider-sagemaker_v{VERSION}")));
        }
        self.configure_cli(&format!(
            "provider_installation {{\n  filesystem_mirror {{\n    path = {mirror:?}\n  }}\n}}\n"
        ))
    }

    /// A name for objects that nothing else in this run has.
    pub(crate) fn unique_name() -> String {
        static COUNTER: AtomicU32 = AtomicU32::new(1);
        format!("acc-{}", COUNTER.fetch_add(1, Ordering::Relaxed))
    }

    fn under(cli: &Cli, url: &str) -> Self {
        let cli = cli.clone();
        let home = tempfile::tempdir().expect("a temporary directory can be created");
        let root = home.path().join("root");
        let temporary = home.path().join("tmp");
        let settings = home.path().join(SETTINGS);
        fs::create_dir(&root).and_then(|()| fs::create_dir(&temporary)).expect("a new directory is empty");
        let binaries = Path::new(PROVIDER).parent().expect("a program is in a directory");
        let path = |path: &Path| path.display().to_string();
        let name = Self::unique_name();
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
        let (history, kept) = (Mutex::default(), AtomicBool::new(false));
        let workspace = Self { home, root, cli, environment, limit: LIMIT, history, kept, name };
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
        let started = Instant::now();
        let finished = process::run(&mut self.command(arguments), self.limit);
        self.note(arguments, finished.code, started.elapsed());
        self.report(arguments, finished)
    }

    /// Evaluates an expression in the console.
    pub(crate) fn console(&self, expression: &str) -> Run {
        const ARGUMENTS: &[&str] = &["console", "-no-color"];
        let input = self.home.path().join("expression");
        fs::write(&input, format!("{expression}\n")).expect("the workspace can be written to");
        let input = File::open(input).expect("it was just written");
        let running = Running::start_reading(input.into(), &mut self.command(ARGUMENTS), self.limit);
        self.report(ARGUMENTS, running.finish())
    }

    /// Installs the providers.
    pub(crate) fn init(&self) -> Run {
        self.run(&["init", "-input=false", "-no-color"])
    }

    /// Runs lines that a user types into a shell, who answers every question with yes. `terraform` is the CLI of this
    /// workspace, and the provider's binary is on the `PATH`. The last program in the background ends with the shell.
    pub(crate) fn shell(&self, lines: &str) -> Run {
        let programs = self.home.path().join("bin");
        fs::create_dir_all(&programs).expect("the workspace can be written to");
        for (program, name) in
            [(&*self.cli.program, "terraform"), (Path::new(PROVIDER), "terraform-provider-sagemaker")]
        {
            let there = programs.join(name);
            if !there.exists() {
                link(program, &there);
            }
        }
        let path = format!("{}:{}", programs.display(), self.environment["PATH"]);
        let answer = self.home.path().join("answer");
        fs::write(&answer, "yes\n").expect("the workspace can be written to");
        let answer = File::open(answer).expect("it was just written");
        let mut command = Command::new("sh");
        command.args(["-c", &format!("trap 'kill $! 2>/dev/null || true' EXIT\n{lines}")]);
        command.current_dir(&self.root).env_clear().envs(&self.environment).env("PATH", path);
        let finished = Running::start_reading(answer.into(), &mut command, self.limit).finish();
        self.report(&["(a shell)", lines], finished)
    }

    /// The same, to the first line that fails.
    pub(crate) fn script(&self, lines: &str) -> Run {
        self.shell(&format!("set -e\n{lines}"))
    }

    /// Runs a subcommand of the provider's binary in the root module, with the environment of Terraform.
    pub(crate) fn run_provider(&self, arguments: &[&str]) -> Finished {
        let mut command = Command::new(PROVIDER);
        command.args(arguments).current_dir(&self.root).env_clear().envs(&self.environment);
        process::run(&mut command, self.limit)
    }

    fn note(&self, arguments: &[&str], code: Option<i32>, time: Duration) {
        let code = code.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
        let line = format!("{} → {code}, {:.1} s", arguments.join(" "), time.as_secs_f32());
        self.history.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// Keeps the directory, to be looked at by a person.
    pub(crate) fn keep(&self) {
        self.kept.store(true, Ordering::Relaxed);
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
            _ => panic!("validate -json prints no diagnostics\n{run}"),
        }
    }

    /// Plans with a refresh.
    #[track_caller]
    pub(crate) fn plan(&self) -> Plan {
        self.plan_with(&[])
    }

    #[track_caller]
    pub(crate) fn plan_with(&self, options: &[&str]) -> Plan {
        self.try_plan_with(options).unwrap_or_else(|run| panic!("failed unexpectedly\n{run}"))
    }

    /// The plan, or the run that failed.
    #[track_caller]
    pub(crate) fn try_plan_with(&self, options: &[&str]) -> Result<Plan, Run> {
        let run = self.try_plan(options);
        if run.code != Some(0) {
            return Err(run);
        }
        let shown = self.plan_as_json();
        let json = serde_json::from_str(&shown).unwrap_or_else(|error| panic!("show -json: {error}\n{shown}"));
        Ok(Plan::new(json, run.to_string()))
    }

    /// The last plan, as `show -json` prints it.
    #[track_caller]
    pub(crate) fn plan_as_json(&self) -> String {
        let shown = self.run(&["show", "-json", PLAN]);
        shown.expect_success();
        shown.stdout
    }

    pub(crate) fn try_plan(&self, options: &[&str]) -> Run {
        self.run(&[&["plan", "-input=false", "-no-color", "-out", PLAN], options].concat())
    }

    /// Applies the last plan.
    #[track_caller]
    pub(crate) fn apply_plan(&self) -> Run {
        let run = self.try_apply_plan();
        run.expect_success();
        run
    }

    pub(crate) fn try_apply_plan(&self) -> Run {
        self.run(&["apply", "-input=false", "-no-color", PLAN])
    }

    /// True if there is a plan that can be applied.
    pub(crate) fn has_plan(&self) -> bool {
        self.root.join(PLAN).exists()
    }

    /// Forgets the last plan.
    pub(crate) fn drop_plan(&self) {
        // Fails if there is none.
        let _ = fs::remove_file(self.root.join(PLAN));
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
    pub(crate) fn expect_no_changes(&self) {
        self.expect_empty_plan(&["-refresh=false"]);
        self.expect_empty_plan(&[]);
    }

    /// One command where [`Workspace::plan_with`] takes two; a plan in words is printed only if something is wrong.
    #[track_caller]
    fn expect_empty_plan(&self, options: &[&str]) {
        let run = self.run(&[&["plan", "-input=false", "-json", "-detailed-exitcode"], options].concat());
        let messages = run.stdout.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
        let drifts = messages.filter(|message| message["type"] == "resource_drift").count();
        if run.code == Some(0) && drifts == 0 {
            return;
        }
        let plan = self.plan_with(options);
        plan.expect_empty();
        assert!(plan.drift().is_empty(), "a refresh finds changes that nobody made: {:?}\n{plan}", plan.drift());
        panic!("the plan is not empty, but another one after it was\n{run}");
    }

    /// The schemas of the provider, as `providers schema -json` prints them.
    #[track_caller]
    pub(crate) fn schemas(&self) -> Json {
        let shown = self.run(&["providers", "schema", "-json"]);
        shown.expect_success();
        let mut json: Json =
            serde_json::from_str(&shown.stdout).unwrap_or_else(|error| panic!("schema: {error}\n{shown}"));
        let providers = json["provider_schemas"].as_object_mut().expect("schemas by provider");
        let address = providers.keys().find(|address| address.ends_with("/sagemaker-rs/sagemaker")).cloned();
        providers.remove(&address.expect("the provider is among them")).expect("it was found there")
    }

    /// Of each data source of the provider, the attributes that cannot be set.
    #[track_caller]
    pub(crate) fn computed_attributes(&self) -> BTreeMap<String, BTreeSet<String>> {
        let computed = |schema: &Json| {
            let all = schema["block"]["attributes"].as_object().into_iter().flatten();
            let computed = all.filter(|(_, attribute)| attribute["required"] != true && attribute["optional"] != true);
            computed.map(|(name, _)| name.clone()).collect()
        };
        let schemas = self.schemas();
        let data_sources = schemas["data_source_schemas"].as_object().into_iter().flatten();
        data_sources.map(|(name, schema)| (name.clone(), computed(schema))).collect()
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

impl Drop for Workspace {
    /// Shows where to look after a failure, and what was done there.
    fn drop(&mut self) {
        if !thread::panicking() && !self.kept.load(Ordering::Relaxed) {
            return;
        }
        let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
        let lines = self.environment.iter().map(|(name, value)| format!("export {name}={}\n", quoted(value)));
        let home = self.home.path().to_owned();
        // A test that fails already is not to fail once more.
        let _ = fs::write(home.join(ENVIRONMENT), lines.collect::<String>());
        self.home.disable_cleanup(true);
        let history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        eprintln!(
            "── the workspace is kept; to run Terraform in it: cd {} && . {}\n── what {} was run with:\n{}",
            self.root.display(),
            home.join(ENVIRONMENT).display(),
            self.cli.program.display(),
            history.join("\n")
        );
    }
}

/// The directory of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A text of this repository.
pub(crate) fn text_of(file: &str) -> String {
    fs::read_to_string(repository().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Makes `link` lead to a program.
fn link(program: &Path, link: &Path) {
    std::os::unix::fs::symlink(program, link).unwrap_or_else(|error| panic!("{}: {error}", link.display()));
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
