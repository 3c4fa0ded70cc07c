//! When a delivery that failed is tried again.

use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// How long to wait after each failed attempt, in seconds: the schedule that the Standard Webhooks specification
/// recommends ("Deliverability and reliability"), ten attempts over three days.
const DELAYS: [u64; 9] = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/// A receiver may ask for a pause, within reason.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 3600);

/// When a delivery is tried again that has just failed, `attempts` times in all; `None` when it was tried enough.
///
/// A tenth more or less is added by chance, so that what failed together is not tried together. Chance is drawn from
/// the delivery's id, so the same delivery always gets the same times. `asked` is the pause that the receiver asked for.
pub(super) fn next_attempt(id: &str, attempts: usize, now: Timestamp, asked: Option<Duration>) -> Option<Timestamp> {
    let delay = DELAYS.get(attempts.checked_sub(1)?)?;
    // Of a second, so that even short delays differ.
    let millis = delay * 1000;
    let jittered = millis - millis / 10 + chance(id, attempts) % (millis / 5 + 1);
    let wait = Duration::from_millis(jittered).max(asked.unwrap_or_default().min(LONGEST_PAUSE));
    now.checked_add(wait).ok()
}

/// A number that looks random and depends on nothing but the delivery and the attempt.
fn chance(id: &str, attempts: usize) -> u64 {
    let hash = Sha256::new().chain_update(id).chain_update(attempts.to_string()).finalize();
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-23T08:00:00Z";

    #[track_caller]
    fn check(attempts: usize, seconds: Option<u64>) {
        let now: Timestamp = NOW.parse().unwrap();
        for id in ["msg_a", "msg_b", "msg_c", "msg_d"] {
            let waited = next_attempt(id, attempts, now, None).map(|next| next.duration_since(now).as_secs_f64());
            match (waited, seconds) {
                (Some(waited), Some(seconds)) => {
                    let expected = seconds as f64;
                    assert!((waited - expected).abs() <= expected / 10.0, "{waited} of {expected}");
                }
                (waited, seconds) => assert_eq!(waited.is_some(), seconds.is_some(), "attempt {attempts}"),
            }
        }
    }

    #[test]
    fn a_delivery_is_tried_ten_times_over_three_days() {
        check(1, Some(5));
        check(2, Some(300));
        check(5, Some(18_000));
        check(9, Some(86_400));
        check(10, None);
        check(0, None);
        let whole: u64 = DELAYS.iter().sum();
        assert_eq!(whole / 3600, 75);
    }

    #[test]
    fn what_failed_together_is_not_tried_together_but_always_at_the_same_time() {
        let now: Timestamp = NOW.parse().unwrap();
        let times = |id: &str| (1..10).map(|attempts| next_attempt(id, attempts, now, None)).collect::<Vec<_>>();
        assert_eq!(times("msg_a"), times("msg_a"));
        assert!(times("msg_a").iter().zip(times("msg_b")).all(|(one, other)| *one != other));
    }

    #[test]
    fn a_receiver_may_ask_for_a_longer_pause() {
        let now: Timestamp = NOW.parse().unwrap();
        let hour = Duration::from_secs(3600);
        assert_eq!(next_attempt("msg_a", 1, now, Some(hour)), now.checked_add(hour).ok());
        let forever = Some(Duration::from_secs(u64::MAX));
        assert_eq!(next_attempt("msg_a", 1, now, forever), now.checked_add(LONGEST_PAUSE).ok());
        assert_eq!(next_attempt("msg_a", 10, now, Some(hour)), None);
    }
}
