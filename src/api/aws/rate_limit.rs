//! The adaptive rate limit of an operation, in requests per second, learned from the requests that the service
//! throttles.
//!
//! A single throttled request only costs its own back-off. When another call of the same operation is throttled soon
//! after, requests are spaced at the rate that the service accepted; from then on the rate grows slowly until the next
//! request is throttled. This file knows instants and numbers only; it neither waits nor calls.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Calls that are throttled within this time of each other are throttled for the same reason.
const REPEATED_WITHIN: Duration = Duration::from_secs(10);

/// The window in which accepted requests are counted, and in which a rate is reduced only once: requests in flight were
/// sent at the previous rate.
const SPAN: Duration = Duration::from_secs(1);

/// The minimum rate, in requests per second, however much the service throttles.
const LEAST: f64 = 1.0;

/// The factor applied to the rate when a request is throttled.
const REDUCED: f64 = 0.85;

/// The growth of a rate per second: below the last throttled rate, beyond it, and after a while without throttling.
const GROWTH_BELOW: f64 = 1.5;
const GROWTH_BEYOND: f64 = 1.015;
const GROWTH_WHEN_CALM: f64 = 1.1;

/// The limits of the operations in a region. The service limits each operation separately: a throttled one does not
/// slow down the others.
#[derive(Debug, Default)]
pub(super) struct RateLimits(Mutex<HashMap<String, Arc<RateLimit>>>);

impl RateLimits {
    pub(super) fn of(&self, operation: &str) -> Arc<RateLimit> {
        let mut limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        limits.entry(operation.to_owned()).or_insert_with(|| Arc::new(RateLimit::new(Instant::now()))).clone()
    }
}

/// The limit of one operation in one region.
#[derive(Debug)]
pub(super) struct RateLimit(Mutex<State>);

#[derive(Debug)]
struct State {
    /// Requests per second; None: unlimited.
    rate: Option<f64>,
    /// The rate at which a request was last throttled, as far as known.
    ceiling: f64,
    /// When the next request may be sent.
    next: Instant,
    /// When the rate last changed.
    changed: Instant,
    /// When a request that counts against the rate was last throttled.
    throttled: Option<Instant>,
    /// When requests were accepted, within [`SPAN`].
    accepted: VecDeque<Instant>,
}

impl RateLimit {
    fn new(now: Instant) -> Self {
        Self(Mutex::new(State {
            rate: None,
            ceiling: f64::INFINITY,
            next: now,
            changed: now,
            throttled: None,
            accepted: VecDeque::new(),
        }))
    }

    /// Reserves the next slot and returns the delay until then.
    pub(super) fn turn(&self, now: Instant) -> Duration {
        let mut state = self.state();
        let Some(rate) = state.rate else { return Duration::ZERO };
        let turn = state.next.max(now);
        state.next = turn + Duration::from_secs_f64(1.0 / rate);
        turn - now
    }

    /// Records a request that was answered, with or without an error, and not throttled.
    pub(super) fn accepted(&self, now: Instant) {
        let mut state = self.state();
        state.accepted.push_back(now);
        state.forget(now);
        let Some(rate) = state.rate else { return };
        let calm = state.throttled.is_none_or(|throttled| now - throttled >= REPEATED_WITHIN);
        let growth = match (rate < state.ceiling * REDUCED, calm) {
            (true, _) => GROWTH_BELOW,
            (false, true) => GROWTH_WHEN_CALM,
            (false, false) => GROWTH_BEYOND,
        };
        state.rate = Some(rate * growth.powf((now - state.changed).as_secs_f64().min(1.0)));
        state.changed = now;
    }

    /// Records a throttled request; `first` if it was the first of its call. Repeated throttling of one call counts
    /// only once.
    pub(super) fn throttled(&self, first: bool, now: Instant) {
        let mut state = self.state();
        state.forget(now);
        let since = state.throttled.map(|throttled| now - throttled);
        match state.rate {
            Some(_) if since.is_some_and(|since| since < SPAN) => {}
            Some(rate) => state.limit(rate.max(LEAST), rate * REDUCED, now),
            None if !first => {}
            None if since.is_some_and(|since| since < REPEATED_WITHIN) => {
                // When few requests were sent, the accepted rate says little about the real limit.
                let accepted = state.accepted.len() as f64 / SPAN.as_secs_f64();
                state.limit(f64::INFINITY, accepted * REDUCED, now);
            }
            None => state.throttled = Some(now),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn limit(&mut self, throttled_at: f64, rate: f64, now: Instant) {
        (self.ceiling, self.rate) = (throttled_at, Some(rate.max(LEAST)));
        (self.changed, self.throttled) = (now, Some(now));
        self.next = self.next.max(now);
    }

    fn forget(&mut self, now: Instant) {
        while self.accepted.front().is_some_and(|accepted| now - *accepted > SPAN) {
            self.accepted.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, seconds: f64) -> Instant {
        start + Duration::from_secs_f64(seconds)
    }

    #[test]
    fn one_call_that_is_throttled_slows_down_no_other_however_often_it_is() {
        let start = Instant::now();
        let limit = RateLimit::new(start);
        for (attempt, seconds) in [0.0, 0.9, 2.5, 5.0].into_iter().enumerate() {
            limit.throttled(attempt == 0, after(start, seconds));
            assert_eq!(limit.turn(after(start, seconds)), Duration::ZERO);
        }
        // Long after the first.
        limit.throttled(true, after(start, 30.0));
        assert_eq!(limit.turn(after(start, 30.0)), Duration::ZERO);
    }

    #[test]
    fn repeated_throttling_spaces_requests_at_the_accepted_rate() {
        let start = Instant::now();
        let limit = RateLimit::new(start);
        (0..20).for_each(|request| limit.accepted(after(start, f64::from(request) * 0.05)));
        limit.throttled(true, after(start, 0.95));
        limit.throttled(true, after(start, 0.96));
        let now = after(start, 1.0);
        let turns: Vec<f64> = (0..19).map(|_| limit.turn(now).as_secs_f64()).collect();
        // 20 per second were accepted, so 17 are sent.
        assert!((0.95..1.15).contains(&turns[18]), "{turns:?}");
    }

    /// The numbers of requests that a service accepts and throttles within a minute of load. The service accepts
    /// `allowed` requests per second without bursts; each client sends whenever its limit permits.
    fn simulated_minute(allowed: f64, clients: u32) -> (u32, u32) {
        let (start, mut clock, mut credit) = (Instant::now(), 0.0, 1.0);
        let limit = RateLimit::new(start);
        let (mut accepted, mut throttled, mut last) = (0, 0, 0.0);
        while clock < 60.0 {
            let turn = limit.turn(after(start, clock)).as_secs_f64();
            let wait = if turn > 0.0 { turn } else { 0.1 / f64::from(clients) };
            clock += wait;
            credit = f64::min(credit + (clock - last) * allowed, allowed);
            last = clock;
            if credit >= 1.0 {
                credit -= 1.0;
                accepted += 1;
                limit.accepted(after(start, clock));
            } else {
                throttled += 1;
                limit.throttled(true, after(start, clock));
            }
        }
        (accepted, throttled)
    }

    #[test]
    fn the_allowed_rate_is_used_and_seldom_exceeded() {
        for allowed in [2.0, 10.0, 40.0] {
            let (accepted, throttled) = simulated_minute(allowed, 10);
            assert!(f64::from(accepted) > 60.0 * allowed * 0.8, "{allowed}: {accepted} and {throttled}");
            assert!(f64::from(throttled) < f64::from(accepted) * 0.1 + 8.0, "{allowed}: {accepted} and {throttled}");
        }
    }

    #[test]
    fn the_rate_grows_once_throttling_has_ended() {
        let start = Instant::now();
        let limit = RateLimit::new(start);
        limit.throttled(true, start);
        limit.throttled(true, start);
        let mut clock = 0.0;
        for _ in 0..2_000 {
            clock += limit.turn(after(start, clock)).as_secs_f64().max(0.01);
            limit.accepted(after(start, clock));
        }
        assert!(clock < 70.0, "{clock}");
    }
}
