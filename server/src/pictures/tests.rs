use corpus::document::DocumentHash;

use super::kept::Kept;
use super::width;

fn hash(name: &str) -> DocumentHash {
    DocumentHash::of(name.as_bytes())
}

fn put(kept: &Kept, document: &str, name: &str, length: usize) {
    let part = kept.part().unwrap();
    std::fs::write(part.path(), vec![7; length]).unwrap();
    kept.put(part, &hash(document), name).unwrap();
    // Files are told apart by the time at which they were made.
    std::thread::sleep(std::time::Duration::from_millis(15));
}

#[test]
fn widths_are_those_that_are_kept() {
    for (wish, wanted) in [(None, 1200), (Some(0), 800), (Some(801), 1200), (Some(1600), 1600), (Some(u32::MAX), 1600)]
    {
        assert_eq!(width(wish), wanted);
    }
}

#[test]
fn the_oldest_go_when_there_is_no_room() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path().join("pictures"), 1_000);
    for (document, name) in [("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")] {
        put(&kept, document, name, 240);
    }
    assert!(kept.read(&hash("a"), "1").is_some(), "there is room for four");
    put(&kept, "c", "1", 240);
    let there = |document: &str, name: &str| kept.read(&hash(document), name).is_some();
    assert!(!there("a", "1") && !there("a", "2") && there("b", "1") && there("b", "2") && there("c", "1"));
    assert!(!folder.path().join("pictures").join(hash("a").0).exists(), "an empty folder goes as well");
    // What was there before the program began is counted.
    let again = Kept::new(folder.path().join("pictures"), 1_000);
    put(&again, "d", "1", 900);
    assert!(again.read(&hash("d"), "1").is_none() && again.read(&hash("c"), "1").is_none());
}

#[test]
fn a_part_that_is_given_up_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path().to_owned(), 1_000);
    let part = kept.part().unwrap();
    std::fs::write(part.path(), b"half").unwrap();
    let path = part.path().to_owned();
    drop(part);
    assert!(!path.exists());
    assert!(kept.read(&hash("a"), "1").is_none());
}

#[test]
fn many_threads_put_and_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path().to_owned(), 5_000);
    std::thread::scope(|scope| {
        for thread in 0..4_u8 {
            let kept = &kept;
            scope.spawn(move || {
                for number in 0..40_u8 {
                    let part = kept.part().unwrap();
                    std::fs::write(part.path(), vec![thread; 400]).unwrap();
                    kept.put(part, &hash(&format!("{}", number % 3)), &format!("{thread}-{number}")).unwrap();
                    if let Some(found) = kept.read(&hash("1"), &format!("{thread}-{number}")) {
                        assert_eq!(found, vec![thread; 400]);
                    }
                }
            });
        }
    });
    let held: u64 = walk(folder.path());
    assert!(held <= 5_000, "{held}");
}

fn walk(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { entry.metadata().unwrap().len() }).sum()
}
