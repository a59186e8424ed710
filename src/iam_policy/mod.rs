//! The subcommand `iam-policy`: the least IAM policy with which Terraform can plan or apply a configuration.
//!
//! `options` is its command line, and `input` reads what that names: `plan`, `directory` and `types` find what is used,
//! `uses` says what each of it calls, and `object` what is known of its object. `arn` names the objects, in the region and
//! account of an `arn_scope`; `policy` merges and splits the statements, whose form is in `statement`; `json` and `hcl`
//! write them. `error` says why there is no policy. Nothing is called.

mod arn;
mod arn_scope;
mod directory;
mod error;
mod hcl;
mod input;
mod json;
mod object;
mod options;
mod plan;
mod policy;
mod statement;
mod types;
mod uses;

use std::io::{self, Write as _};

use self::{options::Options, statement::Policies};

use crate::{arguments::Request, regions::Accepted};

pub use self::error::PolicyError;
pub(crate) use self::options::SUBCOMMAND;

/// Runs the subcommand with its arguments.
pub fn run(arguments: impl Iterator<Item = String>) -> Result<(), PolicyError> {
    let options = match SUBCOMMAND.parse(arguments)? {
        Request::Help => return print(SUBCOMMAND.help),
        Request::Run(options) => options,
    };
    let found = input::read(&options)?;
    let policies = policy::policies(&found);
    print(&if options.hcl { hcl::write(&policies) } else { json::write(&policies) })?;
    notes(&policies, &options);
    Ok(())
}

fn print(text: &str) -> Result<(), PolicyError> {
    io::stdout().write_all(text.as_bytes()).map_err(PolicyError::Write)
}

/// What the policies alone do not show. In HCL, comments show most of it.
fn notes(policies: &Policies, options: &Options) {
    if policies.documents.len() > 1 {
        warn(&format!(
            "The permissions are longer than one managed policy can be ({} characters), so there are {} policies. A role \
             can have ten by default.",
            policy::LONGEST,
            policies.documents.len()
        ));
    }
    if let Some(Err(refusal)) = options.region.as_deref().map(|region| Accepted::Known.check(region)) {
        warn(&format!("`--region` is {refusal}."));
    }
    if !options.hcl {
        policies.notes.iter().for_each(|note| warn(note));
    }
}

fn warn(text: &str) {
    // Ignored: there is nowhere else to say it.
    let _ = writeln!(io::stderr(), "Note: {text}");
}
