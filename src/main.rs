//! The executable: puts the rooms together and starts what the arguments ask for.

use std::{env, io::Write as _, process::ExitCode};

use sagemaker_provider::local;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    match arguments.next().as_deref() {
        Some("local") => serve_locally(arguments),
        _ => fail("Usage: terraform-provider-sagemaker local [--help]"),
    }
}

fn serve_locally(arguments: impl Iterator<Item = String>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("No threads could be started: {error}")),
    };
    let result = runtime.block_on(local::run(arguments));
    // A call that is still running must not hold up the end of the process.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) -> ExitCode {
    // Nothing can be done if even this cannot be written.
    writeln!(std::io::stderr(), "{message}").ok();
    ExitCode::FAILURE
}
