//! The executable: puts the rooms together and starts what the arguments ask for.

use std::{
    env,
    io::{self, Write},
    num::NonZero,
    process::ExitCode,
    sync::Arc,
    thread,
};

use sagemaker_provider::{
    api::Aws,
    definition::RESOURCES,
    engine::Engine,
    local,
    server::{self, Options, ServeError},
    special::SPECIALS,
};

/// Where users find the provider, in the registries of Terraform and OpenTofu alike.
const ADDRESS: &str = "registry.terraform.io/sagemaker-rs/sagemaker";

const OPTIONS: Options = Options { address: ADDRESS, name: "sagemaker", version: env!("CARGO_PKG_VERSION") };

/// More would be idle: nearly all of the work is waiting for the service.
const MOST_WORKERS: usize = 4;

fn main() -> ExitCode {
    // Without the loss, a path that is not UTF-8 would end the process before it can say what is wrong.
    let arguments: Vec<String> = env::args_os().skip(1).map(|argument| argument.to_string_lossy().into()).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => serve(false),
        ["-debug" | "--debug"] => serve(true),
        ["local", ..] => serve_locally(arguments.into_iter().skip(1)),
        ["-v" | "-version" | "--version"] => say(&version()),
        ["-h" | "-help" | "--help"] => say(&help()),
        unknown => fail(&format!("Unknown arguments: {}\n\n{}", unknown.join(" "), help())),
    }
}

fn serve_locally(arguments: impl Iterator<Item = String>) -> ExitCode {
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("The local SageMaker could not start its threads: {error}\n")),
    };
    match runtime.block_on(local::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{error:#}\n")),
    }
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_WORKERS);
    tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build()
}

fn serve(debugging: bool) -> ExitCode {
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("The provider could not start its threads: {error}\n")),
    };
    let result = runtime.block_on(async {
        let provider = Arc::new(Engine::new(RESOURCES, SPECIALS, Box::new(Aws { provider_version: OPTIONS.version })));
        if debugging {
            server::serve_for_debugging(provider, OPTIONS).await
        } else {
            server::serve(provider, OPTIONS).await
        }
    });
    // A call that is still running must not hold up the end of the process.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(ServeError::NoHost) => fail(&help()),
        Err(error) => fail(&format!("The provider could not serve: {error}\n")),
    }
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
    local        Serve a local SageMaker for tests; `local -help` tells more
    -debug       Serve until interrupted, and print the variable by which Terraform finds this process
    -version     Print the version
    -help        Print this text
",
        env!("CARGO_PKG_VERSION"),
        ADDRESS.trim_start_matches("registry.terraform.io/"),
    )
}

fn say(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn fail(text: &str) -> ExitCode {
    // If even this cannot be written, the exit code still tells.
    let _ = io::stderr().write_all(text.as_bytes());
    ExitCode::FAILURE
}
