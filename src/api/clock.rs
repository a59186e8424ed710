//! The machine's clock, and its skew against the service's, derived from the service's replies.
//!
//! A reply states its time in seconds (`Date`), so one reply gives an interval, and several narrow it down.

use std::{
    sync::LazyLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::time::Instant;

/// A moment on this machine's clock, relative to the first call: setting the clock later, or pausing it in tests, does
/// not shift earlier measurements.
pub(super) fn system_time(moment: Instant) -> SystemTime {
    static START: LazyLock<(Instant, SystemTime)> = LazyLock::new(|| (Instant::now(), SystemTime::now()));
    let (start, time) = *START;
    let later = time.checked_add(moment.saturating_duration_since(start));
    later.and_then(|later| later.checked_sub(start.saturating_duration_since(moment))).unwrap_or(time)
}

/// The bounds of the difference between the clocks, in seconds: the service's minus ours.
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
    /// Updates the bounds from a reply: its `Date`, and when its request was sent and its reply received.
    pub(super) fn learn(&mut self, date: SystemTime, sent: SystemTime, received: SystemTime) {
        let [date, sent, received] = [date, sent, received].map(seconds);
        let shown = Self { low: date - received, high: date + 1.0 - sent };
        let both = Self { low: self.low.max(shown.low), high: self.high.min(shown.high) };
        // Disjoint intervals: one of the clocks was set in between.
        *self = if both.low <= both.high { both } else { shown };
    }

    /// Converts a moment of this machine's clock to the service's. Without a proven difference the clocks are taken as
    /// equal; otherwise the result is the earliest possible moment.
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

    /// The moment 1,000 s on the service's clock, after replies of (`Date`, sent, received).
    fn moved(replies: &[(f64, f64, f64)]) -> f64 {
        let mut skew = Skew::default();
        for (date, sent, received) in replies {
            skew.learn(at(*date), at(*sent), at(*received));
        }
        seconds(skew.to_service(at(1_000.0)))
    }

    #[test]
    fn clocks_without_a_proven_difference_are_taken_as_equal() {
        assert_eq!(moved(&[]), 1_000.0);
        assert_eq!(moved(&[(500.0, 500.5, 500.75)]), 1_000.0);
    }

    #[test]
    fn skew_is_detected_and_narrowed_down_by_further_replies() {
        assert_eq!(moved(&[(560.0, 500.5, 500.75)]), 1_059.25);
        assert_eq!(moved(&[(440.0, 500.5, 500.75)]), 939.25);
        assert_eq!(moved(&[(560.0, 500.5, 500.75), (561.0, 501.0, 501.25)]), 1_059.75);
    }

    #[test]
    fn skew_is_learned_again_after_a_clock_was_set() {
        assert_eq!(moved(&[(560.0, 500.5, 500.75), (600.0, 600.5, 600.75)]), 1_000.0);
    }
}
