//! Acceptance tests: the real binary under a real Terraform, against services that behave like SageMaker.

mod harness;
mod selftest;
