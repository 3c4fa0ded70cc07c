//! Work on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use crate::Error;

/// Does the work on every item, as many at a time as there are cores; `done` is told of each result on this thread,
/// with the index of its item, as it comes: not in order.
///
/// # Errors
/// When `done` fails: then no more items are begun.
pub(crate) fn on_all_cores<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(usize, R) -> Result<(), Error>,
) -> Result<(), Error> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(items.len());
    let next = AtomicUsize::new(0);
    // Results that nobody has taken yet hold the workers up, so that they do not fill the memory.
    let (sender, receiver) = sync_channel(threads * 2);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    if sender.send((index, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        receiver.into_iter().try_for_each(|(index, result)| done(index, result))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once() {
        let items: Vec<usize> = (0..100).collect();
        let mut found = vec![0; items.len()];
        let done = |index: usize, square: usize| {
            found[index] += square;
            Ok(())
        };
        on_all_cores(&items, |item| item * item, done).expect("nothing fails");
        assert!(found.iter().enumerate().all(|(index, square)| *square == index * index));
        on_all_cores(&[], |item: &usize| *item, |_, _| Ok(())).expect("nothing is to be done");
    }

    #[test]
    fn a_failure_ends_it() {
        let items: Vec<usize> = (0..10_000).collect();
        let mut seen = 0;
        let ended = on_all_cores(
            &items,
            |item| *item,
            |_, _| {
                seen += 1;
                if seen == 3 { Err(Error::Input("enough".to_owned())) } else { Ok(()) }
            },
        );
        assert!(ended.is_err());
        assert_eq!(seen, 3);
    }
}
