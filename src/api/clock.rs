//! The clocks: this machine's, and how far the service's is ahead of it, as its replies tell.
//!
//! A reply names its time in whole seconds (`Date`), so one reply gives an interval, and several narrow it down.

use std::{
    sync::LazyLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::time::Instant;

/// A moment on this machine's clock, as it was when first asked for: a clock that is set later, or that tests hold, moves
/// nothing that was measured before.
pub(super) fn system_time(moment: Instant) -> SystemTime {
    static START: LazyLock<(Instant, SystemTime)> = LazyLock::new(|| (Instant::now(), SystemTime::now()));
    let (start, time) = *START;
    let later = time.checked_add(moment.saturating_duration_since(start));
    later.and_then(|later| later.checked_sub(start.saturating_duration_since(moment))).unwrap_or(time)
}

/// What is known of the difference between two clocks, in seconds: the service's minus ours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Skew {
    low: f64,
    high: f64,
}

impl Default for Skew {
    fn default() -> Self {
        Self { low: f64::NEG_INFINITY, high: f64::INFINITY }
    }
}

impl Skew {
    /// Learns from a reply: its `Date`, when its request was sent, and when it arrived.
    pub(super) fn learn(&mut self, date: SystemTime, sent: SystemTime, received: SystemTime) {
        let [date, sent, received] = [date, sent, received].map(seconds);
        let told = Self { low: date - received, high: date + 1.0 - sent };
        let both = Self { low: self.low.max(told.low), high: self.high.min(told.high) };
        // Intervals that do not meet: one of the clocks was set meanwhile.
        *self = if both.low <= both.high { both } else { told };
    }

    /// A moment of this machine's clock on the service's. No difference is assumed where none is shown; otherwise it is
    /// the earliest moment that it can be.
    pub(super) fn to_service(self, moment: SystemTime) -> SystemTime {
        if self.low <= 0.0 && self.high >= 0.0 {
            return moment;
        }
        let distance = Duration::try_from_secs_f64(self.low.abs()).unwrap_or_default();
        let moved = if self.low < 0.0 { moment.checked_sub(distance) } else { moment.checked_add(distance) };
        moved.unwrap_or(moment)
    }
}

fn seconds(moment: SystemTime) -> f64 {
    moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs_f64(seconds)
    }

    /// Where the moment 1,000 s is on the service's clock, after replies of (`Date`, sent, received).
    fn moved(replies: &[(f64, f64, f64)]) -> f64 {
        let mut skew = Skew::default();
        for (date, sent, received) in replies {
            skew.learn(at(*date), at(*sent), at(*received));
        }
        seconds(skew.to_service(at(1_000.0)))
    }

    #[test]
    fn clocks_that_may_agree_are_taken_to_agree() {
        assert_eq!(moved(&[]), 1_000.0);
        assert_eq!(moved(&[(500.0, 500.5, 500.75)]), 1_000.0);
    }

    #[test]
    fn a_clock_that_is_ahead_or_behind_is_seen_and_further_replies_narrow_it_down() {
        assert_eq!(moved(&[(560.0, 500.5, 500.75)]), 1_059.25);
        assert_eq!(moved(&[(440.0, 500.5, 500.75)]), 939.25);
        assert_eq!(moved(&[(560.0, 500.5, 500.75), (561.0, 501.0, 501.25)]), 1_059.75);
    }

    #[test]
    fn a_clock_that_was_set_meanwhile_is_learned_again() {
        assert_eq!(moved(&[(560.0, 500.5, 500.75), (600.0, 600.5, 600.75)]), 1_000.0);
    }
}
