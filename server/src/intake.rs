//! A file's way in: found, hashed, read by a worker, committed.
//!
//! One bad file never stops the rest: it becomes a line of the report. What is committed here is whole; what follows
//! from it ([`crate::derive`]) can be done again at any time.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

use corpus::document::{DocumentHash, ReadDocument};
use corpus::store::Added;
use ingest::read::JsonRecord;

use crate::Error;
use crate::data::Data;
use crate::ocr::Engine;
use crate::parallel::on_all_cores;
use crate::workers::{Failure, FailureKind, OcrPages, Output, Pool, Request, Want};

/// Files larger than this are not read: no document of text is.
const LARGEST_FILE: u64 = 1 << 30;

/// Endings of the files that are taken from a folder; a file that is named outright is read whatever its ending.
const ENDINGS: [&str; 9] = ["pdf", "docx", "txt", "md", "markdown", "html", "htm", "xhtml", "shtml"];

/// What an ingest did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents that are new, in the order in which they were given.
    pub new: Vec<i64>,
    /// Documents that were known by their bytes.
    pub known: Vec<i64>,
    /// How many files of a folder were passed over for their endings.
    pub passed_over: usize,
    /// Files that could not be read, with why.
    pub failed: Vec<(String, Failure)>,
}

/// What an ingest tells of its progress.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// How many files are done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
    /// The file that was done last.
    pub name: &'a str,
}

/// The files below some paths, in a stable order.
#[derive(Debug, Default)]
pub struct Found {
    /// Files to read.
    pub files: Vec<PathBuf>,
    /// How many were passed over for their endings.
    pub passed_over: usize,
    /// Paths that are not there or cannot be opened.
    pub failed: Vec<(String, Failure)>,
}

/// Finds the files to read: a file as named, and of a folder what has the ending of a document, at any depth.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(data) if data.is_dir() => find_below(path, &mut found),
            Ok(_) => found.files.push(path.clone()),
            Err(error) => fail(&mut found, path, &error),
        }
    }
    found.files.dedup();
    found
}

fn find_below(folder: &Path, found: &mut Found) {
    let mut entries: Vec<PathBuf> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => return fail(found, folder, &error),
    };
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A link to a folder may lead back here; what it links to can be named outright.
        let Ok(data) = std::fs::symlink_metadata(&path) else { continue };
        if hidden {
            continue;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        if data.is_dir() {
            find_below(&path, found);
        } else if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            found.files.push(path);
        } else {
            found.passed_over += 1;
        }
    }
}

fn fail(found: &mut Found, path: &Path, error: &std::io::Error) {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
        _ => format!("cannot be opened: {error}"),
    };
    found.failed.push((path.display().to_string(), Failure::unreadable(message)));
}

/// Reads files and commits them, in the order in which they are given, as many at a time as there are cores.
///
/// Pages that need OCR are left waiting; `engine` only tells what the glyphs of fonts without a usable map are.
///
/// # Errors
/// When the store or a worker fails: never for what is wrong with a file.
pub fn ingest_files(
    data: &Data,
    pool: &Pool,
    found: Found,
    engine: Option<&Engine>,
    quiet: bool,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Report, Error> {
    let Found { files, passed_over, failed } = found;
    let mut report = Report { passed_over, failed, ..Report::default() };
    // Committed in the order given, whichever is read first, so that the same files give the same numbers.
    let mut waiting = BTreeMap::new();
    let mut done = 0;
    on_all_cores(
        &files,
        |path| read_one(data, pool, engine, path),
        |index, result| {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&done) {
                let name = files.get(done).map(|path| path.display().to_string()).unwrap_or_default();
                commit(data, vec![(name.clone(), result?)], quiet, &mut report)?;
                done += 1;
                progress(Progress { done, total: files.len(), name: &name });
            }
            Ok(())
        },
    )?;
    Ok(report)
}

/// What became of one file before the commit.
enum Read {
    Known(i64),
    Document(Box<ReadDocument>),
    Failed(Failure),
}

fn read_one(data: &Data, pool: &Pool, engine: Option<&Engine>, path: &Path) -> Result<Read, Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    read_named(data, pool, engine, path, name, path.display().to_string())
}

/// Ingests one file that has another name, and comes from elsewhere, than its path says; as [`ingest_files`] does.
///
/// # Errors
/// When the store or a worker fails: never for what is wrong with the file.
pub(crate) fn ingest_upload(
    data: &Data,
    pool: &Pool,
    engine: Option<&Engine>,
    path: &Path,
    name: &str,
    quiet: bool,
) -> Result<Report, Error> {
    let mut report = Report::default();
    let read = read_named(data, pool, engine, path, name.to_owned(), format!("upload: {name}"))?;
    commit(data, vec![(name.to_owned(), read)], quiet, &mut report)?;
    Ok(report)
}

/// Reads a file in a worker; `name` is what people know it by, `source` where it came from.
fn read_named(
    data: &Data,
    pool: &Pool,
    engine: Option<&Engine>,
    path: &Path,
    name: String,
    source: String,
) -> Result<Read, Error> {
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(failure) => return Ok(Read::Failed(failure)),
    };
    let hash = DocumentHash::of(&bytes);
    if let Some(id) = data.with_store(|store| Ok(store.document_by_hash(&hash)?))? {
        return Ok(Read::Known(id));
    }
    // The worker reads the copy that is kept, so that what is read is what the hash names.
    let kept = data.with_store(|store| {
        store.keep_file(&hash, &bytes)?;
        Ok(store.file_path(&hash))
    })?;
    drop(bytes);
    let want = Want::Document(OcrPages::default());
    let request = Request { path: kept, name, source, want, password: None, engine: engine.cloned() };
    match pool.read(&request)? {
        Output::Document(document) => Ok(Read::Document(document)),
        Output::Failed(failure) => {
            data.with_store(|store| Ok(store.drop_file(&hash)?))?;
            Ok(Read::Failed(failure))
        }
        _ => Ok(Read::Failed(Failure::other_question())),
    }
}

/// The bytes of a file, or why it is not read.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::unreadable("there is no such file; check the path"),
        _ => Failure::unreadable(format!("cannot be opened: {error}")),
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(Failure::unreadable("this is a folder; name a file, or give the folder to `policyglot ingest`"));
    }
    if !metadata.is_file() {
        return Err(Failure::unreadable("this is not a regular file; copy its content to one"));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(Failure::unreadable("the file is larger than 1 GiB; split it"));
    }
    if metadata.len() == 0 {
        return Err(Failure::unreadable("the file is empty; download or copy it again"));
    }
    std::fs::read(path).map_err(failed)
}

/// Commits what was read, all in one transaction, and adds it to the report.
fn commit(data: &Data, reads: Vec<(String, Read)>, quiet: bool, report: &mut Report) -> Result<(), Error> {
    let mut documents = Vec::new();
    for (name, read) in reads {
        match read {
            Read::Known(id) => report.known.push(id),
            Read::Failed(failure) => report.failed.push((name, failure)),
            Read::Document(document) => documents.push(*document),
        }
    }
    if documents.is_empty() {
        return Ok(());
    }
    let added = data.with_store(|store| Ok(store.add_documents(&documents, quiet, &crate::now())?))?;
    for added in added {
        match added {
            Added::Known(id) => report.known.push(id),
            Added::New(id) => report.new.push(id),
        }
    }
    Ok(())
}

/// Records committed together: a record is small, and a commit waits for the disk.
const RECORDS: usize = 200;

/// Longer lines are no records of documents.
const LONGEST_LINE: u64 = 256 << 20;

/// Reads the JSONL door: a record a line, each a document; `-` is standard input.
///
/// # Errors
/// When the file cannot be read or the store fails; a line that is no record becomes a line of the report.
pub fn ingest_records(data: &Data, path: &Path, quiet: bool, progress: &dyn Fn(Progress<'_>)) -> Result<Report, Error> {
    let failed = |action, source| Error::Io { action, path: path.to_owned(), source };
    let is_standard = path == Path::new("-");
    let mut input: Box<dyn BufRead + Send> = if is_standard {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(std::fs::File::open(path).map_err(|error| failed("open", error))?))
    };
    let name = if is_standard { "standard input".to_owned() } else { path.display().to_string() };
    let mut report = Report::default();
    // The next records are read while the last ones are committed.
    let (sender, receiver) = sync_channel(1);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut first = 1;
            loop {
                let lines = lines_of(&mut input);
                let is_last = !matches!(&lines, Ok(lines) if lines.len() == RECORDS);
                let reads = lines.map(|lines| read_records(&name, first, &lines));
                if sender.send(reads).is_err() || is_last {
                    return;
                }
                first += RECORDS;
            }
        });
        let mut done = 0;
        for reads in receiver {
            let reads = reads.map_err(|error| failed("read", error))?;
            done += reads.len();
            if let Some((name, _)) = reads.last() {
                progress(Progress { done, total: 0, name });
            }
            commit(data, reads, quiet, &mut report)?;
        }
        Ok(report)
    })
}

/// The next lines of a file, as many as are committed together; fewer are the last.
fn lines_of(input: &mut dyn BufRead) -> std::io::Result<Vec<Vec<u8>>> {
    let mut lines = Vec::with_capacity(RECORDS);
    while lines.len() < RECORDS {
        let mut line = Vec::new();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        lines.push(line);
    }
    Ok(lines)
}

/// Reads records on all cores. They are named by their lines, `first` being the number of the first.
fn read_records(name: &str, first: usize, lines: &[Vec<u8>]) -> Vec<(String, Read)> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = lines.len().div_ceil(cores).max(1);
    let read = |at: usize, lines: &[Vec<u8>]| -> Vec<(String, Read)> {
        let records = lines
            .iter()
            .enumerate()
            .filter_map(|(line, bytes)| Some((format!("{name}:{}", first + at * share + line), read_record(bytes)?)));
        records.collect()
    };
    std::thread::scope(|scope| {
        let parts = lines.chunks(share).enumerate();
        let parts: Vec<_> = parts.map(|(at, lines)| scope.spawn(move || read(at, lines))).collect();
        let lost = || {
            let message = "some records could not be read for an unforeseen reason; please report it with the file";
            vec![(name.to_owned(), Read::Failed(Failure::unreadable(message)))]
        };
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|_| lost())).collect()
    })
}

/// One line of the JSONL door; `None` for an empty one.
fn read_record(line: &[u8]) -> Option<Read> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return None;
    }
    Some(match serde_json::from_slice::<JsonRecord>(line) {
        Ok(record) => match ingest::read::read_record(&record) {
            Ok(document) => Read::Document(Box::new(document)),
            Err(error) => Read::Failed(Failure { kind: FailureKind::NoText, message: error.to_string() }),
        },
        Err(_) if std::str::from_utf8(line).is_err() => {
            Read::Failed(Failure::unreadable("this line is not UTF-8; save the file as UTF-8"))
        }
        Err(error) => Read::Failed(Failure::unreadable(format!(
            "this line is not a record: {error}; it needs \"id\" and \"text\""
        ))),
    })
}

impl Failure {
    /// The exit status of a command on one file that failed so.
    pub fn exit_status(&self) -> u8 {
        match self.kind {
            FailureKind::Unreadable => 4,
            FailureKind::Password => 5,
            FailureKind::NoText => 3,
        }
    }
}
