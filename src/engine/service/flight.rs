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

/// The last reply to a request, and when the request was sent.
type Answer = Arc<Mutex<Option<(Instant, Value)>>>;

/// The shared requests by key.
#[derive(Default)]
pub(crate) struct Flights(std::sync::Mutex<BTreeMap<String, Answer>>);

impl Flights {
    /// The reply to a request: that of `ask`, or that of another operation which sent the request after this function
    /// was called.
    pub(crate) async fn join(
        &self,
        question: &str,
        ask: impl Future<Output = Result<Value, ApiError>>,
    ) -> Result<Value, ApiError> {
        let arrived = Instant::now();
        let answer =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(question.to_owned()).or_default().clone();
        let mut last = answer.lock().await;
        if let Some((_, value)) = last.as_ref().filter(|(asked, _)| *asked > arrived) {
            return Ok(value.clone());
        }
        let asked = Instant::now();
        let value = ask.await?;
        *last = Some((asked, value.clone()));
        Ok(value)
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
        let ask = || async {
            let number = count.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok(number.into())
        };
        let later = |milliseconds| {
            let asked = flights.join("endpoints", ask());
            async move {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                asked.await
            }
        };
        let answers = tokio::join!(later(0), later(10), later(20), later(30));
        let answers: Vec<Value> =
            [answers.0, answers.1, answers.2, answers.3].into_iter().map(Result::unwrap).collect();
        assert_eq!(answers, [0, 1, 1, 1].map(Value::from));
        // An earlier reply does not answer a later request.
        assert_eq!(flights.join("endpoints", ask()).await, Ok(2.into()));
    }
}
