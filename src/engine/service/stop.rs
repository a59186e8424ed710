//! Pauses between calls, and what interrupts them: `StopProvider`, which Terraform calls when the user presses Ctrl-C.

use std::time::Duration;

use tokio::{sync::watch, time::Instant};

/// Notifies running operations that the user interrupted Terraform.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<u64>);

/// The sender for [`Stop`].
#[derive(Debug)]
pub(crate) struct Stopper(watch::Sender<u64>);

impl Stopper {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// The receiver for a new operation: earlier stops do not affect it.
    pub(crate) fn listener(&self) -> Stop {
        Stop(self.0.subscribe())
    }

    pub(crate) fn stop(&self) {
        self.0.send_modify(|count| *count += 1);
    }
}

impl Stop {
    /// Pauses between two reads of a wait that began at `started`; false if an interrupt ended the pause early.
    pub(crate) async fn pause(&self, started: Instant) -> bool {
        self.sleep(interval(started.elapsed())).await
    }

    /// True if the user has interrupted Terraform since the operation began.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.0.has_changed().unwrap_or(false)
    }

    /// Sleeps; false if an interrupt ended the sleep early.
    pub(crate) async fn sleep(&self, duration: Duration) -> bool {
        let mut stopped = self.0.clone();
        tokio::select! {
            biased;
            changed = stopped.changed() => changed.is_err(),
            () = tokio::time::sleep(duration) => true,
        }
    }
}

/// A fifth of the time already waited, so that an object that takes half a second is seen at once and one that takes an
/// hour is read four times a minute.
pub(crate) fn interval(elapsed: Duration) -> Duration {
    (elapsed / 5).clamp(Duration::from_millis(200), Duration::from_secs(15))
}
