//! Points in time, and the clock.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::value::{Number, Value};

/// Milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) i64);

/// Returns the current time. Tests use their own clock, so that none of them has to wait.
pub(super) type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

impl Moment {
    /// By the clock of the machine.
    pub(super) fn now() -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
    }

    pub(super) fn after(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The value of a wire timestamp; None if it is no number.
    pub(super) fn from_value(value: &Value) -> Option<Self> {
        value.as_number().map(|seconds| Self((seconds.to_f64() * 1_000.0).round() as i64))
    }

    /// As awsJson1.1 has it: seconds, with the milliseconds as fraction.
    pub(super) fn to_value(self) -> Value {
        let text = format!("{}.{:03}", self.0.div_euclid(1_000), self.0.rem_euclid(1_000));
        Value::Number(text.parse::<Number>().expect("digits with a point are a number"))
    }

    pub(super) fn seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_sent_in_seconds_and_keeps_its_milliseconds() {
        let moment = Moment(1_795_224_866_760);
        assert_eq!(moment.to_value().to_string(), "1795224866.76");
        assert_eq!(Moment::from_value(&moment.to_value()), Some(moment));
    }
}
