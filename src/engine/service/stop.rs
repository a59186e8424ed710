//! Interrupts: `StopProvider`, which Terraform calls when the user presses Ctrl-C.

use std::time::Duration;

use tokio::sync::watch;

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
