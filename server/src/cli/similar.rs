//! `policyglot similar`: the passages of other documents most like one of a document's.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::{DataFolder, ListFormat, output};
use crate::data::Data;
use crate::search::{ComparedBy, Part, SimilarPage, similar as find};

#[derive(Debug, Args)]
pub(super) struct SimilarArgs {
    /// The number of the document
    document: i64,
    /// The number of the block in it, from 0, as `search --format json` gives it
    block: usize,
    #[command(flatten)]
    data: DataFolder,
    /// How many documents of each language
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

/// Exit status 0: found; 1: nothing is like it.
pub(super) fn similar(args: &SimilarArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let found = find(&data, args.document, args.block, args.limit)?;
    let page = found.ok_or_else(|| {
        anyhow::anyhow!("document {} has no block {}; see `policyglot documents`", args.document, args.block)
    })?;
    match args.format {
        ListFormat::Json => output::json(&page)?,
        ListFormat::Table => output::data(&legible(&page))?,
    }
    let is_empty = page.languages.iter().all(|similar| similar.passages.is_empty());
    Ok(if is_empty { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn legible(page: &SimilarPage) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{} (page {})\n{}", page.title, page.page, page.text);
    for similar in &page.languages {
        let by = match similar.by {
            ComparedBy::Text => "by its text",
            ComparedBy::Translation => "by what it is aligned with",
            ComparedBy::Terms => "by the renderings of its terms",
            ComparedBy::Nothing => "not compared: no counterpart, too few terms with renderings",
        };
        let _ = writeln!(text, "\n[{}] {by}: {}", similar.language.code(), similar.passages.len());
        for one in &similar.passages {
            let same = if one.is_same { ", same text" } else { "" };
            let likeness = (one.likeness * 100.0).round();
            let _ = writeln!(text, "\n{likeness} %{same}: {} (document {})", one.hit.title, one.hit.document);
            for passage in &one.hit.passages {
                let _ = writeln!(text, "  page {}, block {}: {}", passage.page, passage.block, marked(&passage.parts));
            }
        }
    }
    text
}

fn marked(parts: &[Part]) -> String {
    parts.iter().map(|part| if part.marked { format!("[{}]", part.text) } else { part.text.clone() }).collect()
}
