//! Whether a file ends as its kind does, so that it is not one that is still being written.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

/// A PDF's end mark is looked for in so many of the last bytes: some programs write something behind it.
const PDF_END: u64 = 4096;
/// A zip archive's last record is followed by a comment of at most 65,535 bytes.
const ZIP_END: u64 = 22 + 65_535;

/// Whether a file has the end that files of its kind have. Text has none, and an empty file is not finished.
pub(super) fn has_whole_end(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let is_there = match ending.as_deref() {
        Some("pdf") => holds(path, PDF_END, b"%%EOF"),
        Some("docx") => holds(path, ZIP_END, b"PK\x05\x06"),
        _ => std::fs::metadata(path).map(|metadata| metadata.len() > 0),
    };
    is_there.unwrap_or(false)
}

/// Whether the last bytes of a file, so many, hold a mark.
fn holds(path: &Path, last: u64, mark: &[u8]) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(last)))?;
    let mut end = Vec::new();
    file.take(last).read_to_end(&mut end)?;
    Ok(end.windows(mark.len()).any(|window| window == mark))
}
