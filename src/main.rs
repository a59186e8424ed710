//! The executable: connects the rooms and runs the subcommand of the arguments.

use std::{
    env,
    io::{self, Write},
    num::NonZero,
    process::ExitCode,
    sync::Arc,
    thread,
};

use anyhow::{Context as _, anyhow};
use sagemaker_provider::{
    api::{Aws, ReadOnly},
    demo,
    discover::{self, Ended},
    engine::Engine,
    iam_policy, local,
    server::{self, Options, ServeError},
    special::SPECIALS,
};
use tokio::runtime::{self, Runtime};

/// The address of the provider in the registries of Terraform and OpenTofu.
const ADDRESS: &str = "registry.terraform.io/sagemaker-rs/sagemaker";

const OPTIONS: Options = Options { address: ADDRESS, name: "sagemaker", version: env!("CARGO_PKG_VERSION") };

/// More threads would be idle: nearly all of the work is waiting for the service.
const MOST_WORKERS: usize = 4;

fn main() -> ExitCode {
    // Lossy, since a path that is not UTF-8 would otherwise end the process without a useful message.
    let arguments: Vec<String> = env::args_os().skip(1).map(|argument| argument.to_string_lossy().into()).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => serve(false),
        ["-debug" | "--debug"] => serve(true),
        ["demo", ..] => demonstrate(arguments.into_iter().skip(1)),
        ["discover", ..] => return discover(arguments.into_iter().skip(1)),
        ["iam-policy", ..] => iam_policy::run(arguments.into_iter().skip(1)).map_err(Into::into),
        ["local", ..] => serve_locally(arguments.into_iter().skip(1)),
        ["-v" | "-version" | "--version"] => say(&version()),
        ["-h" | "-help" | "--help"] => say(&help()),
        unknown => Err(anyhow!("Unknown arguments: {}\n\n{}", unknown.join(" "), help())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn demonstrate(arguments: impl Iterator<Item = String>) -> anyhow::Result<()> {
    Ok(runtime()?.block_on(demo::run(arguments))?)
}

fn serve_locally(arguments: impl Iterator<Item = String>) -> anyhow::Result<()> {
    Ok(runtime()?.block_on(local::run(arguments))?)
}

/// Discovers what an account has. The exit codes are those of `discover -help`.
fn discover(arguments: impl Iterator<Item = String>) -> ExitCode {
    let aws = Aws { provider_version: OPTIONS.version };
    let provider = Arc::new(Engine::new(SPECIALS, Box::new(ReadOnly(aws))));
    let ended = runtime().and_then(|runtime| Ok(runtime.block_on(discover::run(arguments, provider))?));
    match ended {
        Ok(Ended::Same) => ExitCode::SUCCESS,
        Ok(Ended::Different) => ExitCode::from(2),
        Ok(Ended::Incomplete) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    // If this cannot be written either, the exit code still reports the failure.
    let _ = writeln!(io::stderr(), "{error:#}");
    ExitCode::FAILURE
}

fn serve(debugging: bool) -> anyhow::Result<()> {
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        let provider = Arc::new(Engine::new(SPECIALS, Box::new(Aws { provider_version: OPTIONS.version })));
        if debugging {
            server::serve_for_debugging(provider, OPTIONS).await
        } else {
            server::serve(provider, OPTIONS).await
        }
    });
    // A call that is still running must not delay the exit of the process.
    runtime.shutdown_background();
    match result {
        Err(ServeError::NoHost) => Err(anyhow!(help())),
        result => result.context("The provider could not serve"),
    }
}

fn runtime() -> anyhow::Result<Runtime> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_WORKERS);
    let runtime = runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    runtime.context("No threads could be started")
}

fn version() -> String {
    format!("{} {}\n", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
}

fn help() -> String {
    format!(
        "This is the Terraform provider for Amazon SageMaker, version {}.

Terraform and OpenTofu start it by themselves; it is not meant to be run by hand. To use it, write

    terraform {{
      required_providers {{
        sagemaker = {{
          source = \"{}\"
        }}
      }}
    }}

and run `terraform init`.

Arguments:
    demo         Play a SageMaker stack from plan to destroy, without an AWS account; see `demo -help`
    discover     Write `import` blocks for what an account has; see `discover -help`
    iam-policy   Write the least IAM policy for a plan or a configuration; see `iam-policy -help`
    local        Serve a local SageMaker for tests; see `local -help`
    -debug       Serve until interrupted, and print the variable by which Terraform finds this process
    -version     Print the version
    -help        Print this text
",
        env!("CARGO_PKG_VERSION"),
        ADDRESS.trim_start_matches("registry.terraform.io/"),
    )
}

fn say(text: &str) -> anyhow::Result<()> {
    io::stdout().write_all(text.as_bytes()).context("Nothing can be written to the standard output")
}
