//! `policyglot bitext`: the pairs of documents, their aligned sentences, and these as a translation memory.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use corpus::bitext::{Bead, Bitext};
use corpus::document::{Document, Sentence};
use serde::Serialize;

use super::{DataFolder, ListFormat, output};
use crate::data::Data;
use crate::tmx::{Beads, bitext_tmx};

#[derive(Debug, Subcommand)]
pub(super) enum BitextCommand {
    /// List the pairs of documents
    List {
        #[command(flatten)]
        data: DataFolder,
        /// The form of the output
        #[arg(long, value_enum, default_value = "table")]
        format: ListFormat,
    },
    /// Print the beads of a pair: sentence numbers of both sides, score, what is wrong with it, maker, both texts; TSV
    Show {
        /// The number of the bitext
        id: i64,
        #[command(flatten)]
        data: DataFolder,
    },
    /// Write a pair as a translation memory (TMX 1.4b)
    Tmx {
        /// The number of the bitext
        id: i64,
        #[command(flatten)]
        data: DataFolder,
        /// The file to write; by default standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Doubtful beads too, marked as such
        #[arg(long)]
        doubtful: bool,
    },
}

pub(super) fn run(command: &BitextCommand) -> anyhow::Result<ExitCode> {
    match command {
        BitextCommand::List { data, format } => list(&Data::open(&data.data)?, *format),
        BitextCommand::Show { id, data } => show(&Data::open(&data.data)?, *id),
        BitextCommand::Tmx { id, data, output, doubtful } => {
            let beads = if *doubtful { Beads::All } else { Beads::Sure };
            tmx(&Data::open(&data.data)?, *id, beads, output.as_deref())
        }
    }
}

/// A bitext as it is listed.
#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    bitext: Bitext,
    beads: usize,
    doubtful: usize,
    one_sided: usize,
    by_readers: usize,
    zh_title: String,
    en_title: String,
}

fn list(data: &Data, format: ListFormat) -> anyhow::Result<ExitCode> {
    let listed = data.with_store(|store| {
        let mut listed = Vec::new();
        for bitext in store.bitexts()? {
            let title = |found: Option<Document>| found.map_or(String::new(), |found| found.display_title().to_owned());
            let (zh_title, en_title) = (title(store.document(bitext.zh)?), title(store.document(bitext.en)?));
            let counts = store.bead_counts(bitext.id, Bead::DOUBTFUL)?;
            let (beads, doubtful) = (counts.all, counts.doubtful);
            let (one_sided, by_readers) = (counts.one_sided, counts.by_reader);
            listed.push(Listed { bitext, beads, doubtful, one_sided, by_readers, zh_title, en_title });
        }
        Ok(listed)
    })?;
    if format == ListFormat::Json {
        output::json(&listed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = listed.into_iter().map(|listed| {
        [
            listed.bitext.id.to_string(),
            listed.bitext.zh.to_string(),
            listed.bitext.en.to_string(),
            listed.bitext.paired_by.name().to_owned(),
            format!("{:.2}", listed.bitext.score),
            listed.beads.to_string(),
            listed.doubtful.to_string(),
            listed.one_sided.to_string(),
            listed.zh_title,
            listed.en_title,
        ]
    });
    let heads = [
        "bitext",
        "zh",
        "en",
        "paired by",
        "score",
        "beads",
        "doubtful",
        "one-sided",
        "Chinese title",
        "English title",
    ];
    output::data(&output::table(heads, rows))?;
    Ok(ExitCode::SUCCESS)
}

fn show(data: &Data, id: i64) -> anyhow::Result<ExitCode> {
    let found = data.with_store(|store| {
        let Some(bitext) = store.bitext(id)? else { return Ok(None) };
        Ok(Some((store.beads(id)?, store.sentences(bitext.zh)?, store.sentences(bitext.en)?)))
    })?;
    let Some((beads, zh, en)) = found else { return Err(missing(id)) };
    let mut table = String::new();
    for bead in &beads {
        let mark = match bead {
            bead if bead.is_one_sided() => "one-sided",
            bead if bead.is_doubtful() => "doubtful",
            _ => "",
        };
        let (zh_text, en_text) = (joined(&zh, &bead.zh, ""), joined(&en, &bead.en, " "));
        let (zh, en, maker) = (numbers(&bead.zh), numbers(&bead.en), bead.made_by.name());
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{zh}\t{en}\t{:.3}\t{mark}\t{maker}\t{zh_text}\t{en_text}", bead.score);
    }
    output::data(&table)?;
    Ok(ExitCode::SUCCESS)
}

fn tmx(data: &Data, id: i64, beads: Beads, file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let Some(text) = bitext_tmx(data, id, beads)? else { return Err(missing(id)) };
    match file {
        None => output::data(&text)?,
        Some(path) => std::fs::write(path, text).map_err(|source| crate::Error::Io {
            action: "write",
            path: path.to_owned(),
            source,
        })?,
    }
    Ok(ExitCode::SUCCESS)
}

fn missing(id: i64) -> anyhow::Error {
    anyhow::anyhow!("there is no bitext {id}; `policyglot bitext list` names them")
}

/// Sentence numbers from 1.
fn numbers(indexes: &[usize]) -> String {
    indexes.iter().map(|index| (index + 1).to_string()).collect::<Vec<_>>().join(",")
}

fn joined(sentences: &[Sentence], indexes: &[usize], between: &str) -> String {
    let texts: Vec<&str> = indexes.iter().filter_map(|index| Some(sentences.get(*index)?.text.as_str())).collect();
    texts.join(between).replace(['\t', '\n', '\r'], " ")
}
