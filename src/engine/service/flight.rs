//! Questions to the service that several operations ask at the same time, and that one of them asks for all.
//!
//! An answer counts for whoever asked before the question was sent, so that nobody gets one that is older than its own
//! question.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use tokio::{sync::Mutex, time::Instant};

use crate::{api::ApiError, value::Value};

/// The last answer to a question, and when it was asked.
type Answer = Arc<Mutex<Option<(Instant, Value)>>>;

/// The questions that are on their way.
#[derive(Default)]
pub(crate) struct Flights(std::sync::Mutex<BTreeMap<String, Answer>>);

impl Flights {
    /// The answer to a question: what `ask` tells, or what it told somebody else who asked later than this was called.
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
    async fn those_who_ask_at_the_same_time_ask_twice_at_most_and_nobody_gets_an_older_answer() {
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
        // What was asked before is no answer to who asks now.
        assert_eq!(flights.join("endpoints", ask()).await, Ok(2.into()));
    }
}
