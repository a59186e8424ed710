//! Read-only calls that concurrent operations share: one operation makes the call for all.
//!
//! A reply is valid for every operation that joined before the call was sent, so that none receives a reply older than
//! its own request.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use tokio::{sync::Mutex, time::Instant};

use crate::{api::ApiError, value::Value};

/// The last reply to a request or its failure, and when the request was sent.
type Reply = Arc<Mutex<Option<(Instant, Result<Value, ApiError>)>>>;

/// The shared requests by key.
#[derive(Default)]
pub(crate) struct Flights(std::sync::Mutex<BTreeMap<String, Reply>>);

impl Flights {
    /// The reply to a request or its failure: that of `call`, or that of another operation which sent the request after
    /// this function was called.
    pub(crate) async fn join(
        &self,
        key: &str,
        call: impl Future<Output = Result<Value, ApiError>>,
    ) -> Result<Value, ApiError> {
        let arrived = Instant::now();
        let reply = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key.to_owned()).or_default().clone();
        let mut last = reply.lock().await;
        if let Some((_, reply)) = last.as_ref().filter(|(sent, _)| *sent > arrived) {
            return reply.clone();
        }
        let sent = Instant::now();
        let reply = call.await;
        *last = Some((sent, reply.clone()));
        reply
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicI64, Ordering},
        time::Duration,
    };

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn concurrent_requests_take_at_most_two_calls_and_no_stale_reply() {
        let (flights, count) = (Flights::default(), AtomicI64::new(0));
        let call = || async {
            let number = count.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok(number.into())
        };
        let later = |milliseconds| {
            let sent = flights.join("endpoints", call());
            async move {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                sent.await
            }
        };
        let replies = tokio::join!(later(0), later(10), later(20), later(30));
        let replies: Vec<Value> =
            [replies.0, replies.1, replies.2, replies.3].into_iter().map(Result::unwrap).collect();
        assert_eq!(replies, [0, 1, 1, 1].map(Value::from));
        // An earlier reply does not answer a later request.
        assert_eq!(flights.join("endpoints", call()).await, Ok(2.into()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_shared_like_a_reply() {
        let (flights, count) = (Flights::default(), AtomicI64::new(0));
        let call = || async {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
            Err(ApiError::interrupted("ListEndpoints"))
        };
        let later = |milliseconds| {
            let sent = flights.join("endpoints", call());
            async move {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                sent.await
            }
        };
        let replies = tokio::join!(later(0), later(10), later(20), later(30));
        assert!([replies.0, replies.1, replies.2, replies.3].into_iter().all(|reply| reply.is_err()));
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }
}
