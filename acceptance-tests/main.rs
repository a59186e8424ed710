//! Acceptance tests: the real binary under a real Terraform, against services that behave like SageMaker.

mod cycles;
mod drift;
mod examples;
mod failures;
mod fixtures;
mod harness;
mod host;
mod interruption;
mod language;
mod selftest;
mod stored_state;
mod validation;
