//! Commands on the corpus as a whole: list its documents, derive anew.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use corpus::document::OcrState;
use corpus::store::Pending;
use index::Size;

use super::{DataFolder, ListFormat, ingest, output, remine};
use crate::data::Data;
use crate::derive;
use crate::reading::other_side;

#[derive(Debug, Args)]
pub(super) struct DocumentsArgs {
    #[command(flatten)]
    data: DataFolder,
    /// Only the document that this one is paired with
    #[arg(long, value_name = "ID")]
    counterpart_of: Option<i64>,
    /// Only documents with pages that wait for an OCR engine
    #[arg(long)]
    needs_ocr: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

pub(super) fn documents(args: &DocumentsArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let mut documents = data.with_store(|store| match args.counterpart_of {
        None => Ok(store.documents()?),
        Some(id) => match store.bitext_of(id)? {
            Some(bitext) => Ok(store.document(other_side(&bitext, id))?.into_iter().collect()),
            None => Ok(Vec::new()),
        },
    })?;
    if args.needs_ocr {
        documents.retain(|document| document.ocr.waiting > 0);
    }
    if args.format == ListFormat::Json {
        output::json(&documents)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = documents.iter().map(|document| {
        [
            document.id.to_string(),
            document.language.code().to_owned(),
            document.state.name().to_owned(),
            document.page_count.to_string(),
            ocr(&document.ocr),
            document.name.clone(),
            document.display_title().to_owned(),
        ]
    });
    output::data(&output::table(["document", "language", "state", "pages", "OCR", "file", "title"], rows))?;
    Ok(ExitCode::SUCCESS)
}

/// "6 read, 87 %, 2 wait".
fn ocr(state: &OcrState) -> String {
    let mut parts = Vec::new();
    if state.read > 0 {
        parts.push(format!("{} read", state.read));
    }
    parts.extend(state.confidence.map(|confidence| format!("{:.0} %", confidence * 100.0)));
    if state.waiting > 0 {
        parts.push(format!("{} wait", state.waiting));
    }
    parts.join(", ")
}

#[derive(Debug, Args)]
pub(super) struct ReindexArgs {
    #[command(flatten)]
    data: DataFolder,
    /// Build nothing: compare every file of the index with its checksum, and say how large the index is
    #[arg(long)]
    check: bool,
}

/// Exit status 1: the index was checked, and is damaged.
pub(super) fn reindex(args: &ReindexArgs) -> anyhow::Result<ExitCode> {
    let folder = &args.data.data;
    if args.check {
        let data = Data::open(folder)?;
        data.index.verify()?;
        output::message(&format!("the index is whole: {}", size(&data)?));
        return Ok(ExitCode::SUCCESS);
    }
    let start = Instant::now();
    let (data, count) = derive::rebuild_index(folder)?;
    output::message(&format!("{count} documents indexed in {}: {}", ingest::seconds_since(start), size(&data)?));
    Ok(ExitCode::SUCCESS)
}

/// "24 documents, 1 segments".
fn size(data: &Data) -> anyhow::Result<String> {
    let Size { documents, deleted_rows, segments, .. } = data.index.size()?;
    let mut text = format!("{documents} documents, {segments} segments");
    if deleted_rows > 0 {
        text.push_str(&format!(", {deleted_rows} earlier readings that wait to be merged away"));
    }
    Ok(text)
}

/// Pairs anew, and then aligns and mines all pairs anew as `remine` does.
pub(super) fn realign(folder: &Path) -> anyhow::Result<ExitCode> {
    let data = Data::open(folder)?;
    let _lock = data.lock_for_writing()?;
    data.with_store(|store| {
        store.mark_all_pending(Pending::Pairing)?;
        Ok(store.begin_remining(&crate::now())?)
    })?;
    let derived = ingest::finish(&data, None)?;
    output::message(&format!("{} bitexts, {} term pairs", derived.bitexts, derived.terms));
    if let Some(remining) = data.with_store(|store| Ok(store.last_remining()?))? {
        output::message(&remine::summary(&remining));
    }
    Ok(ExitCode::SUCCESS)
}
