//! Panics: caught around every call, logged, and fatal only on the main thread.

use std::{
    any::Any,
    backtrace::Backtrace,
    cell::RefCell,
    future::poll_fn,
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    task::Poll,
    thread,
};

use tracing::Instrument;

use super::{fault::Panic, log};

thread_local! {
    /// The location of this thread's last panic, which is available in the hook but not in `catch_unwind`.
    static LOCATION: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work` to completion, even if the caller is dropped: a host that disconnects must not interrupt an apply.
pub(super) async fn guarded<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T, Panic> {
    let mut work = Box::pin(work);
    let caught = poll_fn(move |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(payload) => Poll::Ready(Err(Panic { message: message(&*payload), location: LOCATION.take() })),
    });
    match tokio::spawn(caught.in_current_span()).await {
        Ok(result) => result,
        Err(error) => Err(Panic { message: error.to_string(), location: String::new() }),
    }
}

/// Installs a hook that writes one error line per panic for the host's log. A panic of the main thread ends the
/// process; its text then begins with `panic: `, which makes the host show it to the user.
pub(super) fn install_hook() {
    set_hook(Box::new(|info| {
        let location = info.location().map(ToString::to_string).unwrap_or_default();
        let panic = Panic { message: message(info.payload()), location: location.clone() };
        let fatal = thread::current().name() == Some("main");
        // Ignored: the host no longer reads.
        let _ = std::io::stderr().write_all(report(&panic, fatal).as_bytes());
        LOCATION.set(location);
    }));
}

fn report(panic: &Panic, fatal: bool) -> String {
    if fatal {
        format!("panic: {panic}\n\n{}\n", Backtrace::force_capture())
    } else {
        log::line("error", "provider::panic", &format!("panic caught: {panic}"), &[])
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "a panic without a message".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_an_error_with_its_message() {
        let result = guarded(async { panic!("number {}", 7) }).await;
        assert_eq!(result.map(|(): ()| ()).expect_err("caught").message, "number 7");
        assert_eq!(guarded(async { 7 }).await, Ok(7));
    }

    #[test]
    fn only_a_fatal_panic_looks_like_one_to_the_host() {
        let panic = Panic { message: "out of range".to_owned(), location: "src/x.rs:1:2".to_owned() };
        assert!(report(&panic, true).starts_with("panic: out of range (src/x.rs:1:2)\n"));
        let caught = report(&panic, false);
        assert!(caught.starts_with('{') && caught.contains("panic caught: out of range (src/x.rs:1:2)"), "{caught}");
    }
}
