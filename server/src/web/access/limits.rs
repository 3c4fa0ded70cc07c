//! How often one may ask: by token, by address, and by address to sign in (the generic cell rate algorithm, by governor).

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

/// So many tokens or addresses are told apart at a time, some megabytes; the others share one allowance.
const MOST_KEYS: usize = 50_000;
/// Those that have not asked for long are forgotten each so many requests.
const SWEEP: usize = 4_096;

type Limiter<K> = RateLimiter<
    Option<K>,
    HashMapStateStore<Option<K>>,
    MonotonicClock,
    NoOpMiddleware<<MonotonicClock as governor::clock::Clock>::Instant>,
>;

/// A limit for each key.
pub(super) struct Limit<K: Hash + Eq + Clone> {
    limiter: Option<Limiter<K>>,
    checks: AtomicUsize,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    /// So many a minute, as many at once; any number where it is 0.
    pub(super) fn per_minute(most: u32) -> Self {
        Self::of(NonZeroU32::new(most).map(Quota::per_minute))
    }

    /// So many an hour, as many at once; any number where it is 0.
    pub(super) fn per_hour(most: u32) -> Self {
        Self::of(NonZeroU32::new(most).map(Quota::per_hour))
    }

    fn of(quota: Option<Quota>) -> Self {
        let limiter = |quota| RateLimiter::hashmap_with_clock(quota, MonotonicClock);
        Self { limiter: quota.map(limiter), checks: AtomicUsize::new(0) }
    }

    /// Counts a request; how long to wait, if it is one too many.
    pub(super) fn check(&self, key: K) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        let key = (limiter.len() < MOST_KEYS).then_some(key);
        limiter.check_key(&key).map_err(|until| until.wait_time_from(limiter.clock().now()))
    }
}

/// What an address is counted under: who has one of IPv6 has the /64 that it is in.
pub(super) fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_own_allowance() {
        let limit = Limit::per_hour(3);
        for _ in 0..3 {
            limit.check("light").unwrap();
        }
        let wait = limit.check("light").unwrap_err();
        assert!(wait > Duration::from_secs(1000) && wait <= Duration::from_secs(1200), "{wait:?}");
        limit.check("harbour").unwrap();
        let none = Limit::per_minute(0);
        assert!((0..10_000).all(|_| none.check("light").is_ok()));
    }

    #[test]
    fn memory_is_bounded_however_many_ask() {
        let limit = Limit::per_hour(10);
        for key in 0..MOST_KEYS + 2_000 {
            let _ = limit.check(key);
        }
        assert!(limit.limiter.as_ref().unwrap().len() <= MOST_KEYS + 1);
        assert!(limit.check(7_000_000).is_err(), "the others share one allowance");
    }

    #[track_caller]
    fn check_block(address: &str, block_of: &str) {
        assert_eq!(block(address.parse().unwrap()), block_of.parse::<IpAddr>().unwrap(), "{address}");
    }

    #[test]
    fn addresses_of_one_network_of_ipv6_count_together() {
        check_block("192.0.2.7", "192.0.2.7");
        check_block("::ffff:192.0.2.7", "192.0.2.7");
        check_block("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
    }
}
