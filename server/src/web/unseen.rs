//! How many alerts nobody has seen, for the top of every page: asked of the store once a second at most, however many
//! pages are asked for.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::App;

/// How long a count is good enough.
const FRESH: Duration = Duration::from_secs(1);
/// It is counted so far: more are told as this and a plus.
const MOST: usize = 999;

/// The last count.
#[derive(Debug, Default)]
pub(super) struct Unseen(Mutex<Option<Counted>>);

#[derive(Clone, Copy, Debug)]
struct Counted {
    count: usize,
    asked: Instant,
}

impl Unseen {
    fn last(&self) -> MutexGuard<'_, Option<Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The count, if it is fresh. Whoever is told `None` counts; others have the former count meanwhile.
    fn known(&self, now: Instant) -> Option<usize> {
        let mut last = self.last();
        let counted = last.as_mut()?;
        if now.saturating_duration_since(counted.asked) < FRESH {
            return Some(counted.count);
        }
        counted.asked = now;
        None
    }

    fn put(&self, count: usize, now: Instant) {
        *self.last() = Some(Counted { count, asked: now });
    }

    /// Has the next page count again.
    pub(super) fn forget(&self) {
        *self.last() = None;
    }
}

impl App {
    /// How many alerts nobody has seen, counted to one more than is shown; `None` where the store does not say.
    pub(super) async fn unseen(&self) -> Option<usize> {
        let now = Instant::now();
        if let Some(count) = self.unseen.known(now) {
            return Some(count);
        }
        let counted = self.run(|data| data.with_store(|store| Ok(store.count_unseen(MOST + 1)?))).await;
        let count = counted.ok()?;
        self.unseen.put(count, now);
        Some(count)
    }
}

/// A count as it is shown; nothing where there is none.
pub(super) fn shown(count: usize) -> Option<String> {
    match count {
        0 => None,
        _ if count > MOST => Some(format!("{MOST}+")),
        _ => Some(count.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_good_for_a_second_and_one_page_counts_again() {
        let unseen = Unseen::default();
        let now = Instant::now();
        assert_eq!(unseen.known(now), None);
        unseen.put(7, now);
        assert_eq!(unseen.known(now + FRESH / 2), Some(7));
        let later = now + FRESH;
        assert_eq!((unseen.known(later), unseen.known(later)), (None, Some(7)));
        unseen.forget();
        assert_eq!(unseen.known(later), None);
    }

    #[test]
    fn a_count_is_shown_up_to_a_limit() {
        assert_eq!([0, 1, 999, 1000].map(shown), [None, Some("1".into()), Some("999".into()), Some("999+".into())]);
    }
}
