//! Acceptance tests: the real binary, as hosts, users and a real Terraform start it, against services that behave like
//! SageMaker.

mod boto3;
mod contents;
mod cycles;
mod demo;
mod drift;
mod examples;
mod failures;
mod fixtures;
mod harness;
mod host;
mod interruption;
mod language;
mod pains;
mod peer;
mod process;
mod selftest;
mod stored_state;
mod validation;
