//! Files that come into a folder in every way that files do.

use std::fs;
use std::io::Write as _;

use tempfile::TempDir;

use super::*;

/// A watched folder, and the time as the test has it.
struct Story {
    place: TempDir,
    folder: WatchedFolder,
    now: Instant,
}

impl Story {
    fn new() -> Self {
        let place = TempDir::new().unwrap();
        fs::create_dir(place.path().join("data")).unwrap();
        let folder = WatchedFolder::new(place.path(), &place.path().join("data")).unwrap();
        Self { place, folder, now: Instant::now() }
    }

    fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.place.path().join(name), content).unwrap();
    }

    fn append(&self, name: &str, content: &[u8]) {
        let mut file = fs::File::options().append(true).open(self.place.path().join(name)).unwrap();
        file.write_all(content).unwrap();
    }

    /// What is finished after so many seconds more.
    #[track_caller]
    fn check(&mut self, seconds: u64, expected: &[&str]) {
        self.now += Duration::from_secs(seconds);
        let ready = self.folder.finished(self.now);
        let names: Vec<String> =
            ready.iter().map(|path| path.strip_prefix(self.place.path()).unwrap().display().to_string()).collect();
        assert_eq!(names, expected);
        self.folder.took(&ready);
    }
}

#[test]
fn a_file_is_taken_once_when_it_has_come_to_rest() {
    let mut story = Story::new();
    story.write("tides.pdf", b"%PDF-1.4 ... %%EOF\n");
    story.check(0, &[]);
    story.check(1, &[]);
    story.check(1, &["tides.pdf"]);
    story.check(60, &[]);
    assert!(!story.folder.settling.is_waiting());
}

#[test]
fn a_file_that_grows_is_waited_for() {
    let mut story = Story::new();
    story.write("tides.pdf", b"%PDF-1.4 ...");
    story.check(0, &[]);
    story.append("tides.pdf", b" ... ");
    story.check(3, &[]);
    // It rests, but its end is not there: the copy stalls.
    story.check(3, &[]);
    story.append("tides.pdf", b"%%EOF");
    story.check(1, &[]);
    story.check(2, &["tides.pdf"]);
}

#[test]
fn a_file_without_its_end_is_taken_after_a_while_as_it_is() {
    let mut story = Story::new();
    story.write("torn.pdf", b"%PDF-1.4 ...");
    story.write("torn.docx", b"PK\x03\x04");
    story.write("empty.txt", b"");
    story.check(0, &[]);
    story.check(29, &[]);
    story.check(1, &["empty.txt", "torn.docx", "torn.pdf"]);
    story.check(60, &[]);
}

#[test]
fn a_file_that_changed_is_taken_again() {
    let mut story = Story::new();
    story.write("note.txt", "潮汐。".as_bytes());
    story.check(0, &[]);
    story.check(2, &["note.txt"]);
    story.append("note.txt", "渔港。".as_bytes());
    story.check(1, &[]);
    story.check(2, &["note.txt"]);
    fs::remove_file(story.place.path().join("note.txt")).unwrap();
    story.check(1, &[]);
}

#[test]
fn only_documents_are_taken_and_none_of_our_own() {
    let mut story = Story::new();
    fs::create_dir(story.place.path().join("below")).unwrap();
    for name in ["below/one.html", ".two.pdf.swp", ".three.txt", "four.pdf.part", "five.png", "data/six.txt"] {
        story.write(name, b"%PDF %%EOF");
    }
    story.check(0, &[]);
    story.check(5, &["below/one.html"]);
}

#[test]
fn what_was_not_taken_is_offered_again() {
    let mut story = Story::new();
    story.write("note.txt", b"tide");
    story.check(0, &[]);
    let later = story.now + Duration::from_secs(2);
    assert_eq!(story.folder.finished(later).len(), 1);
    assert_eq!(story.folder.finished(later).len(), 1);
    story.check(2, &["note.txt"]);
}

#[test]
fn a_file_that_is_moved_into_place_or_over_another_is_taken() {
    let mut story = Story::new();
    story.write("tides.pdf.part", b"%PDF-1.4 one %%EOF");
    story.check(0, &[]);
    story.check(5, &[]);
    let path = |name: &str| story.place.path().join(name);
    fs::rename(path("tides.pdf.part"), path("tides.pdf")).unwrap();
    story.check(0, &[]);
    story.check(2, &["tides.pdf"]);
    // Another of the same size and time.
    let path = |name: &str| story.place.path().join(name);
    let time = fs::metadata(path("tides.pdf")).unwrap().modified().unwrap();
    fs::write(path("other"), b"%PDF-1.4 two %%EOF").unwrap();
    fs::File::options().write(true).open(path("other")).unwrap().set_modified(time).unwrap();
    fs::rename(path("other"), path("tides.pdf")).unwrap();
    story.check(0, &[]);
    story.check(2, &["tides.pdf"]);
    story.check(60, &[]);
}

#[test]
fn a_file_that_goes_before_it_is_taken_is_forgotten() {
    let mut story = Story::new();
    story.write("note.txt", b"tide");
    story.check(0, &[]);
    fs::remove_file(story.place.path().join("note.txt")).unwrap();
    story.check(5, &[]);
    assert!(!story.folder.settling.is_waiting());
    story.write("note.txt", b"tide");
    story.check(0, &[]);
    story.check(2, &["note.txt"]);
}

#[test]
fn folders_that_are_made_later_are_looked_into() {
    let mut story = Story::new();
    story.check(0, &[]);
    fs::create_dir_all(story.place.path().join("below/deep")).unwrap();
    story.write("below/deep/note.txt", b"tide");
    story.check(0, &[]);
    story.check(2, &["below/deep/note.txt"]);
    fs::remove_dir_all(story.place.path().join("below")).unwrap();
    story.check(5, &[]);
}

#[test]
fn names_of_every_kind_are_taken() {
    let mut story = Story::new();
    let names = ["line\nbreak.txt", "\u{202e}txt.fdp.txt", "渔港 通知.txt", "-dash.txt", "a'b\"c.txt"];
    names.iter().for_each(|name| story.write(name, b"tide"));
    story.check(0, &[]);
    let mut sorted = names;
    sorted.sort_unstable();
    story.check(2, &sorted);
}

/// What is no file, or cannot be read, holds up nothing.
#[cfg(unix)]
#[test]
fn links_are_followed_to_files_only_and_pipes_are_left_alone() {
    use std::os::unix::fs::symlink;

    let mut story = Story::new();
    let path = |name: &str| story.place.path().join(name);
    let elsewhere = TempDir::new().unwrap();
    fs::write(elsewhere.path().join("real.txt"), b"tide").unwrap();
    symlink(elsewhere.path().join("real.txt"), path("link.txt")).unwrap();
    symlink(story.place.path(), path("round.pdf")).unwrap();
    symlink(path("self.txt"), path("self.txt")).unwrap();
    symlink(path("nothing.txt"), path("dangling.txt")).unwrap();
    symlink(path("data"), path("own.txt")).unwrap();
    fs::create_dir(path("folder.pdf")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(path("pipe.pdf")).status();
    assert!(pipe.unwrap().success());
    story.check(0, &[]);
    story.check(60, &["link.txt"]);
    let path = |name: &str| story.place.path().join(name);
    // What a link leads to may come later, and change.
    fs::write(path("nothing.txt"), b"tide").unwrap();
    story.check(0, &[]);
    story.check(2, &["dangling.txt", "nothing.txt"]);
    fs::write(elsewhere.path().join("real.txt"), b"another tide").unwrap();
    story.check(1, &[]);
    story.check(2, &["link.txt"]);
}

#[test]
fn thousands_of_files_are_taken_in_stretches_each_once_and_again_after_a_restart() {
    let mut story = Story::new();
    let all = 2 * MOST + 50;
    for number in 0..all {
        story.write(&format!("{number}.txt"), b"tide");
    }
    for _ in 0..2 {
        // Whoever starts again knows nothing of before; what was ingested is known by its bytes.
        story.folder = WatchedFolder::new(story.place.path(), &story.place.path().join("data")).unwrap();
        let mut taken = std::collections::BTreeSet::new();
        let mut stretches = Vec::new();
        story.check(0, &[]);
        for _ in 0..4 {
            story.now += Duration::from_secs(2);
            let ready = story.folder.finished(story.now);
            story.folder.took(&ready);
            stretches.push(ready.len());
            taken.extend(ready);
        }
        assert_eq!((stretches, taken.len()), (vec![MOST, MOST, 50, 0], all));
    }
}

#[test]
fn a_change_is_told() {
    let mut story = Story::new();
    if !story.folder.is_told() {
        return;
    }
    let start = Instant::now();
    let path = story.place.path().join("note.txt");
    let writing = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        fs::write(path, "tide").unwrap();
    });
    story.folder.wait();
    assert!(start.elapsed() < LATER);
    writing.join().unwrap();
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let place = TempDir::new().unwrap();
    assert!(WatchedFolder::new(&place.path().join("nothing"), place.path()).is_err());
}
