//! The life of the process: what ends it and what does not.

use std::{io, sync::Arc, time::Duration};

use tokio::{sync::watch, time};

/// How long calls may go on after the host has asked to shut down: long enough for the answer to go out.
const AT_ONCE: Duration = Duration::from_millis(250);

/// How long calls may go on after a signal. They have been told to stop, and what they return is all that the host
/// will ever know of the objects they made.
const AFTER_SIGNAL: Duration = Duration::from_secs(5);

/// How often to look for the parent. The host gives a plugin two seconds to go, so an orphan lives no longer.
#[cfg(unix)]
const PARENT_CHECK: Duration = Duration::from_secs(1);

/// The end of the process, to be brought about and waited for.
#[derive(Debug, Clone)]
pub(super) struct Shutdown(Arc<watch::Sender<Option<Duration>>>);

impl Shutdown {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }

    /// Asks for the end without waiting for running calls.
    pub(super) fn begin_at_once(&self) {
        self.begin(AT_ONCE);
    }

    /// Asks for the end, leaving running calls a moment to return.
    pub(super) fn begin_after_signal(&self) {
        self.begin(AFTER_SIGNAL);
    }

    fn begin(&self, grace: Duration) {
        self.0.send_replace(Some(grace));
    }

    /// Returns when the end has been asked for.
    pub(super) async fn begun(&self) {
        self.grace().await;
    }

    /// Returns when the end has been asked for and the time for running calls is over.
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
    /// It does not: the terminal sends it to the host as well, which then calls Stop and goes on using the provider.
    Ignored,
    /// It does: nobody else would end the process.
    Ends,
}

/// Listens to signals from now on. On a signal to end, the shutdown begins and `stop` is called.
#[cfg(unix)]
pub(super) fn heed_signals(
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
                    Interrupt::Ignored => tracing::debug!("ignored an interrupt; the host will say what to do"),
                    Interrupt::Ends => break,
                },
            }
        }
        shutdown.begin_after_signal();
        stop();
    });
    Ok(())
}

/// Listens to signals from now on. On a signal to end, the shutdown begins and `stop` is called.
#[cfg(not(unix))]
pub(super) fn heed_signals(
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

/// Begins the shutdown when the process that started this one has gone, which no file or signal tells.
#[cfg(unix)]
pub(super) fn follow_parent(shutdown: &Shutdown) {
    use std::os::unix::process::parent_id;
    let shutdown = shutdown.clone();
    // Asked here and not in the task: the host may be gone before a task has its first turn.
    let host = parent_id();
    tokio::spawn(async move {
        changed(host, parent_id).await;
        tracing::warn!("the host has gone without a word");
        shutdown.begin_at_once();
    });
}

/// Begins the shutdown when the process that started this one has gone. Not known to be possible here.
#[cfg(not(unix))]
pub(super) fn follow_parent(_: &Shutdown) {}

/// Returns when the answer is no longer `first`.
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
    async fn shutdown_reaches_all_who_wait_and_those_who_come_late() {
        let shutdown = Shutdown::new();
        let waiting = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { shutdown.begun().await }
        });
        shutdown.begin_at_once();
        waiting.await.expect("it ends");
        shutdown.begun().await;
        let start = time::Instant::now();
        shutdown.overdue().await;
        assert_eq!(start.elapsed(), AT_ONCE);
    }

    #[cfg(unix)]
    #[tokio::test(start_paused = true)]
    async fn a_new_parent_is_noticed_within_two_seconds() {
        let start = time::Instant::now();
        let asked = Cell::new(0);
        changed(77, || {
            asked.set(asked.get() + 1);
            if start.elapsed() > Duration::from_millis(3_500) { 1 } else { 77 }
        })
        .await;
        assert!(start.elapsed() < Duration::from_millis(5_500), "{:?}", start.elapsed());
        assert!(asked.get() > 3);
    }
}
