//! Acceptance tests: the real binary, as hosts, users and a real Terraform start it, against services that behave like
//! SageMaker.

mod boto3;
mod contents;
mod coverage;
mod crowd;
mod cycles;
mod demo;
mod drift;
mod estate;
mod examples;
mod failures;
mod fixtures;
mod harness;
mod host;
mod interruption;
mod kept;
mod language;
mod odd_values;
mod pains;
mod peer;
mod process;
mod protection;
mod selftest;
mod stored_state;
mod validation;
