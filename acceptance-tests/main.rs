//! Acceptance tests: the real binary, started as hosts and users start it.

mod process;
