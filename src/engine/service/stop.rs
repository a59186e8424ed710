//! Interrupts: `StopProvider`, which Terraform calls when the user presses Ctrl-C.

use std::time::Duration;

use tokio::sync::watch;

/// Tells running operations that the user interrupted Terraform.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<u64>);

/// The other end of [`Stop`].
#[derive(Debug)]
pub(crate) struct Stopper(watch::Sender<u64>);

impl Stopper {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// For an operation that begins now: stops before do not reach it.
    pub(crate) fn listener(&self) -> Stop {
        Stop(self.0.subscribe())
    }

    pub(crate) fn stop(&self) {
        self.0.send_modify(|count| *count += 1);
    }
}

impl Stop {
    /// Sleeps; false if it was cut short by an interruption.
    pub(crate) async fn sleep(&self, duration: Duration) -> bool {
        let mut stopped = self.0.clone();
        tokio::select! {
            biased;
            changed = stopped.changed() => changed.is_err(),
            () = tokio::time::sleep(duration) => true,
        }
    }
}
