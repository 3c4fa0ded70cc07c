//! Whether the files of an index are what was written.
//!
//! Every file of a segment ends in a checksum and is never changed. So it is read through once, when it is first met,
//! and noted with its length and time; later openings look only whether these are still the same.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::UNIX_EPOCH;

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use super::META_FILE;

/// The file that lists the files that were found whole.
const NOTED_FILE: &str = "checked";
/// A list of files can change while it is gone through, when another process merges: then it is gone through again.
const MOST_ATTEMPTS: usize = 5;

/// The length and time of files by their names.
type Noted = BTreeMap<String, String>;

/// Compares the files with their checksums that are not noted as whole, and notes them; what is wrong, if anything.
pub(super) fn check_changed(folder: &Path, engine: &tantivy::Index) -> Result<(), String> {
    check(folder, engine, &read_noted(folder))
}

/// Compares all files with their checksums, and notes them; what is wrong, if anything.
pub(super) fn check_all(folder: &Path) -> Result<(), String> {
    // Opened anew, since an engine that has a file open sees what that was, not what stands under its name now.
    let opened = tantivy::Index::open_in_dir(folder).map_err(|error| said(&error));
    let outcome = opened.and_then(|engine| check(folder, &engine, &Noted::new()));
    if outcome.is_err() {
        // The next opening looks at everything again.
        let _ = fs::remove_file(folder.join(NOTED_FILE));
    }
    outcome
}

fn check(folder: &Path, engine: &tantivy::Index, noted: &Noted) -> Result<(), String> {
    let list = || fs::read(folder.join(META_FILE)).unwrap_or_default();
    let mut before = list();
    for _ in 1..MOST_ATTEMPTS {
        let outcome = check_once(folder, engine, noted);
        let now = list();
        if outcome.is_ok() || now == before {
            return outcome;
        }
        before = now;
    }
    check_once(folder, engine, noted)
}

fn check_once(folder: &Path, engine: &tantivy::Index, noted: &Noted) -> Result<(), String> {
    let metas = engine.load_metas().map_err(|error| said(&error))?;
    let mut whole = Noted::new();
    for path in metas.list_segment_files() {
        let name = path.to_string_lossy().into_owned();
        // The list has names of files that a segment need not have; the engine says which of them it misses.
        let Some(stamp) = stamp(&folder.join(&path)) else { continue };
        if noted.get(&name) != Some(&stamp) {
            match engine.directory().validate_checksum(&path) {
                Ok(true) => {}
                Ok(false) => return Err(format!("{name} is not what was written")),
                Err(error) => return Err(said(&error.into())),
            }
        }
        whole.insert(name, stamp);
    }
    if whole != *noted {
        let lines: String = whole.iter().map(|(name, stamp)| format!("{name} {stamp}\n")).collect();
        // Where it cannot be written, the next opening does the same work again.
        let _ = write_at_once(&folder.join(NOTED_FILE), lines.as_bytes());
    }
    Ok(())
}

fn read_noted(folder: &Path) -> Noted {
    let text = fs::read_to_string(folder.join(NOTED_FILE)).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.map(|(name, stamp)| (name.to_owned(), stamp.to_owned())).collect()
}

/// The length of a file and when it was written; `None` when it is not there.
fn stamp(path: &Path) -> Option<String> {
    let data = fs::metadata(path).ok()?;
    let written = data.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Some(format!("{} {}", data.len(), written.as_nanos()))
}

/// Writes a file such that it is there whole or as it was before.
pub(super) fn write_at_once(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // Several processes may write the same at once.
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::File::create(&draft)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

/// Whether an error may come from files that are not what was written.
pub(super) fn may_be_damage(error: &TantivyError) -> bool {
    matches!(
        error,
        TantivyError::IoError(_)
            | TantivyError::DataCorruption(_)
            | TantivyError::OpenReadError(_)
            | TantivyError::InternalError(_)
            | TantivyError::SchemaError(_)
            | TantivyError::DeserializeError(_)
    )
}

/// What is wrong, in a line for a person.
pub(super) fn said(error: &TantivyError) -> String {
    let of_file = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => format!("{} is missing", of_file(path)),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            format!("{} is not what was written: {io_error}", of_file(filepath))
        }
        TantivyError::IoError(error) => error.to_string(),
        other => other.to_string(),
    }
    .replace('\n', " ")
}
