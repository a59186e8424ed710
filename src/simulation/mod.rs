//! The life cycle of resources without sockets, processes and waiting: the real engine over the real AWS client, the local
//! service in the same process, and as much of Terraform as decides how the engine is called. For tests only.
//!
//! `configuration` evaluates HCL, `schemas` are the provider's, `workspace` plans and applies as Terraform does, `service`
//! answers, records and fails on request, `case` reads `acceptance-tests/cases`. `life_cycle`, `removal`, `faults`, `listing`
//! and `permissions` are the tests. Time is tokio's paused clock, so that
//! an hour of waiting takes no time.

mod case;
mod configuration;
mod faults;
mod life_cycle;
mod listing;
mod permissions;
mod removal;
mod schemas;
mod service;
mod workspace;

use std::{
    any::Any,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use tokio::runtime::Builder;

/// Runs a test in virtual time.
pub(crate) fn run<F: Future>(test: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime needs nothing").block_on(test)
}

/// Does the same with each item, on all cores, and fails with all failures together.
pub(crate) fn for_each<T: Sync>(items: &[T], name: impl Fn(&T) -> String + Sync, test: impl Fn(&T) + Sync) {
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| test(item))) {
                let failure = format!("{}: {}", name(item), message(&*panic));
                failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(failures.is_empty(), "{} failed\n\n{}", failures.len(), failures.join("\n\n"));
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panicked".to_owned())
}
