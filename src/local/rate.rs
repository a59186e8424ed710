//! The rate limit of each operation in a region, in requests per second: token buckets, which refill over time.
//!
//! The service does not publish its limits, so the user sets the rate.

use std::{collections::HashMap, num::NonZeroU32};

use super::moment::Moment;

/// The tokens that one request takes from a bucket. At this scale, an allowed rate of one request per second is an
/// integer refill of one token per millisecond.
const REQUEST: i64 = 1_000;

/// The buckets of all operations that were called.
#[derive(Debug, Default)]
pub(super) struct Buckets(HashMap<(String, &'static str), Bucket>);

#[derive(Debug)]
struct Bucket {
    level: i64,
    filled: Moment,
}

impl Buckets {
    /// Takes the tokens of one request. False if there are too few: the request is throttled. A bucket holds the refill
    /// of one second.
    pub(super) fn take(&mut self, region: &str, operation: &'static str, limit: NonZeroU32, now: Moment) -> bool {
        let full = REQUEST * i64::from(limit.get());
        let key = (region.to_owned(), operation);
        let bucket = self.0.entry(key).or_insert(Bucket { level: full, filled: now });
        let elapsed = (now.0 - bucket.filled.0).max(0);
        bucket.level = elapsed.saturating_mul(i64::from(limit.get())).saturating_add(bucket.level).min(full);
        bucket.filled = now;
        let enough = bucket.level >= REQUEST;
        if enough {
            bucket.level -= REQUEST;
        }
        enough
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_serves_so_many_requests_a_second() {
        let mut buckets = Buckets::default();
        let limit = NonZeroU32::new(10).unwrap();
        let mut answered =
            |region, operation, now| (0..100).filter(|_| buckets.take(region, operation, limit, now)).count();
        let at = |milliseconds: i64| Moment(1_800_000_000_000 + milliseconds);
        assert_eq!(answered("us-east-1", "ListTags", at(0)), 10);
        assert_eq!(answered("us-east-1", "ListTags", at(0)), 0);
        assert_eq!(answered("us-east-1", "DescribeModel", at(0)), 10);
        assert_eq!(answered("eu-west-1", "ListTags", at(0)), 10);
        assert_eq!(answered("us-east-1", "ListTags", at(99)), 0);
        assert_eq!(answered("us-east-1", "ListTags", at(200)), 2);
        assert_eq!(answered("us-east-1", "ListTags", at(60_000)), 10);
    }
}
