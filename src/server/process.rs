//! The life cycle of the process: which events end it.

use std::{io, sync::Arc, time::Duration};

use tokio::{sync::watch, time};

/// The grace period after a shutdown request of the host: long enough to send the response.
const AT_ONCE: Duration = Duration::from_millis(250);

/// The grace period after a signal. The calls have been stopped, and only their responses inform the host of the
/// objects that they created.
const AFTER_SIGNAL: Duration = Duration::from_secs(5);

/// The interval of checks for the parent. The host allows a plugin two seconds to exit, and an orphaned process exits as
/// quickly.
#[cfg(unix)]
const PARENT_CHECK: Duration = Duration::from_secs(1);

/// The shutdown of the process, to request and to wait for.
#[derive(Debug, Clone)]
pub(super) struct Shutdown(Arc<watch::Sender<Option<Duration>>>);

impl Shutdown {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }

    /// Requests the shutdown without waiting for running calls.
    pub(super) fn begin_at_once(&self) {
        self.begin(AT_ONCE);
    }

    /// Requests the shutdown with a grace period for running calls.
    pub(super) fn begin_after_signal(&self) {
        self.begin(AFTER_SIGNAL);
    }

    fn begin(&self, grace: Duration) {
        self.0.send_replace(Some(grace));
    }

    /// Returns when the shutdown has been requested.
    pub(super) async fn started(&self) {
        self.grace().await;
    }

    /// Returns when the shutdown has been requested and the grace period is over.
    pub(super) async fn overdue(&self) {
        let grace = self.grace().await;
        time::sleep(grace).await;
    }

    async fn grace(&self) -> Duration {
        let mut receiver = self.0.subscribe();
        let grace = receiver.wait_for(Option::is_some).await;
        grace.ok().and_then(|grace| *grace).unwrap_or(AT_ONCE)
    }
}

/// Whether an interrupt from the terminal ends the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interrupt {
    /// It does not: the terminal sends it to the host as well, which then calls Stop and continues to use the provider.
    Ignored,
    /// It does: nothing else would end the process.
    Ends,
}

/// Installs signal handlers. A termination signal requests the shutdown and calls `stop`.
#[cfg(unix)]
pub(super) fn handle_signals(
    interrupt: Interrupt,
    shutdown: &Shutdown,
    stop: impl Fn() + Send + 'static,
) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminations = signal(SignalKind::terminate())?;
    let mut interrupts = signal(SignalKind::interrupt())?;
    let shutdown = shutdown.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminations.recv() => break,
                _ = interrupts.recv() => match interrupt {
                    Interrupt::Ignored => tracing::debug!("ignored an interrupt; the host decides whether to stop"),
                    Interrupt::Ends => break,
                },
            }
        }
        shutdown.begin_after_signal();
        stop();
    });
    Ok(())
}

/// Installs signal handlers. A termination signal requests the shutdown and calls `stop`.
#[cfg(not(unix))]
pub(super) fn handle_signals(
    interrupt: Interrupt,
    shutdown: &Shutdown,
    stop: impl Fn() + Send + 'static,
) -> io::Result<()> {
    let shutdown = shutdown.clone();
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if interrupt == Interrupt::Ends {
                shutdown.begin_after_signal();
                return stop();
            }
        }
    });
    Ok(())
}

/// Requests the shutdown when the parent process has exited, which no signal reports.
#[cfg(unix)]
pub(super) fn follow_parent(shutdown: &Shutdown) {
    use std::os::unix::process::parent_id;
    let shutdown = shutdown.clone();
    // Read here and not in the task: the host may exit before the task first runs.
    let host = parent_id();
    tokio::spawn(async move {
        changed(host, parent_id).await;
        tracing::warn!("the host process has exited");
        shutdown.begin_at_once();
    });
}

/// Requests the shutdown when the parent process has exited. Not implemented on this platform.
#[cfg(not(unix))]
pub(super) fn follow_parent(_: &Shutdown) {}

/// Returns when `parent` no longer returns `first`.
#[cfg(unix)]
async fn changed(first: u32, parent: impl Fn() -> u32) {
    while parent() == first {
        time::sleep(PARENT_CHECK).await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn shutdown_reaches_current_and_later_waiters() {
        let shutdown = Shutdown::new();
        let waiting = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { shutdown.started().await }
        });
        shutdown.begin_at_once();
        waiting.await.expect("it ends");
        shutdown.started().await;
        let start = time::Instant::now();
        shutdown.overdue().await;
        assert_eq!(start.elapsed(), AT_ONCE);
    }

    #[cfg(unix)]
    #[tokio::test(start_paused = true)]
    async fn a_new_parent_is_noticed_within_two_seconds() {
        let start = time::Instant::now();
        let polled = Cell::new(0);
        changed(77, || {
            polled.set(polled.get() + 1);
            if start.elapsed() > Duration::from_millis(3_500) { 1 } else { 77 }
        })
        .await;
        assert!(start.elapsed() < Duration::from_millis(5_500), "{:?}", start.elapsed());
        assert!(polled.get() > 3);
    }
}
