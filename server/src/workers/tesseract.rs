//! Tesseract, run as a child of the worker: it shares the worker's limits, and dies with it.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ingest::ocr::tesseract::{arguments, merged, pgm, second_language, words};
use ingest::ocr::{Picture, Seen};

/// The longest that reading one picture may take, which may be done twice; the worker's CPU limit holds for it too.
const WALL: Duration = Duration::from_secs(140);
/// More words than this are not on a page: a TSV line has about 70 bytes.
const LONGEST_ANSWER: u64 = 32 << 20;

/// Reads a picture with the program at `path` in one language, and where that helps in a second of those that are
/// `installed`.
///
/// # Errors
/// A message when the program cannot be run, takes too long or fails.
pub(super) fn read(path: &Path, language: &str, installed: &str, picture: &Picture) -> Result<Vec<Seen>, String> {
    let seen = read_in(path, language, picture)?;
    match second_language(installed, language, &seen) {
        Some(second) => Ok(merged(seen, &read_in(path, &second, picture)?)),
        None => Ok(seen),
    }
}

/// Reads a picture in one language.
///
/// # Errors
/// As [`read`].
pub(super) fn read_in(path: &Path, language: &str, picture: &Picture) -> Result<Vec<Seen>, String> {
    let mut child = Command::new(path)
        .args(arguments(picture, language))
        // A thread a page and a page a core is faster than all threads on one page.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("tesseract cannot be started: {error}; install it anew"))?;
    let answer = converse(&mut child, &pgm(picture));
    // Nothing of it may outlive its page, whatever it is doing.
    let _ = child.kill();
    let _ = child.wait();
    Ok(words(&answer?))
}

fn converse(child: &mut Child, picture: &[u8]) -> Result<String, String> {
    let pipes = child.stdin.take().zip(child.stdout.take());
    let (mut input, output) = pipes.ok_or("tesseract cannot be spoken to")?;
    std::thread::scope(|scope| {
        // Both pipes move at once, or a long answer would block a long picture.
        scope.spawn(move || {
            // Where the program goes away before it has read all, its exit status says why.
            let _ = input.write_all(picture);
        });
        let answer = scope.spawn(move || {
            let mut answer = Vec::new();
            output.take(LONGEST_ANSWER).read_to_end(&mut answer).map(|_| answer)
        });
        let ended = wait(child);
        // Its death closes the pipes, so that both threads end.
        let _ = child.kill();
        let answer = answer.join().map_err(|_| "tesseract's answer could not be read".to_owned())?;
        ended?;
        let answer = answer.map_err(|error| format!("tesseract's answer could not be read: {error}"))?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    })
}

fn wait(child: &mut Child) -> Result<(), String> {
    let start = Instant::now();
    let parent = parent();
    let mut pause = Duration::from_millis(1);
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("tesseract failed ({status})")),
            Ok(None) => {}
            Err(error) => return Err(format!("tesseract was lost: {error}")),
        }
        if start.elapsed() > WALL {
            return Err(format!("tesseract took more than {} s and was given up", WALL.as_secs()));
        }
        if parent != self::parent() {
            return Err("the program that wanted the page has gone".to_owned());
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// The process that waits for the page; another once it has died.
#[cfg(unix)]
fn parent() -> Option<rustix::process::Pid> {
    rustix::process::getppid()
}

#[cfg(not(unix))]
fn parent() {}
