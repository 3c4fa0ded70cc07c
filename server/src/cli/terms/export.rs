//! `policyglot terms export`.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpus::term::Status;

use crate::Error;
use crate::cli::{DataFolder, output};
use crate::data::Data;
use crate::terms::exchange::Format;
use crate::terms::exchange::export::{Choice, Export, export};
use crate::terms::exchange::filter::day;
use crate::terms::exchange::omegat::Direction;
use crate::terms::exchange::table::columns::Column;

/// Without a choice of designations: what people have reviewed, and candidates that are at least 0.5 sure. Glossaries for
/// OmegaT and TMX, which cannot warn of a designation, hold preferred and admitted ones only, unless others are asked for.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The form of the file
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Format,
    /// Where to write it; standard output unless given
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only designations with one of these statuses: preferred, admitted, candidate, superseded, deprecated, rejected
    #[arg(long, value_delimiter = ',', value_name = "STATUS", value_parser = status, conflicts_with_all = ["reviewed", "candidates"])]
    status: Vec<Status>,
    /// Only what people have reviewed: no candidates
    #[arg(long, conflicts_with = "candidates")]
    reviewed: bool,
    /// Candidates too, where the format leaves them out
    #[arg(long)]
    candidates: bool,
    /// How sure a candidate must be, from 0 to 1; 0.5 unless given
    #[arg(long, value_name = "N", value_parser = share)]
    min_confidence: Option<f32>,
    /// Only concepts of this subject field: a topic, with those below it, or your own words
    #[arg(long, value_name = "TOPIC")]
    subject: Option<String>,
    /// Only concepts that were seen in documents of this issuer: its short name, or a part of its name
    #[arg(long, value_name = "NAME")]
    issuer: Option<String>,
    /// Only concepts that a person has changed on this day or later
    #[arg(long, value_name = "DATE")]
    changed_since: Option<String>,
    /// Only concepts that were seen in documents of this day or later
    #[arg(long, value_name = "DATE")]
    seen_since: Option<String>,
    /// OmegaT: which language is the source
    #[arg(long, value_enum, default_value = "zh-en")]
    direction: Direction,
    /// CSV and TSV: only these columns, a row for each pair of designations, as in zh,en or en,zh,status,definition_zh
    #[arg(long, value_delimiter = ',', value_name = "COLUMN", value_parser = column)]
    columns: Vec<Column>,
    /// CSV and TSV for Excel and its like: a byte order mark first, and nothing that would be taken for a formula
    #[arg(long)]
    spreadsheet: bool,
    /// JSON Lines: with the places where designations were seen
    #[arg(long)]
    evidence: bool,
    #[command(flatten)]
    data: DataFolder,
}

pub(super) fn status(text: &str) -> Result<Status, String> {
    Status::from_name(text)
        .ok_or_else(|| format!("no such status; give one of: {}", Status::ALL.map(Status::name).join(", ")))
}

fn column(text: &str) -> Result<Column, String> {
    Column::from_name(text)
        .ok_or_else(|| format!("no such column; give one of: {}", Column::ALL.map(Column::name).join(", ")))
}

fn share(text: &str) -> Result<f32, String> {
    let share = text.parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "give a number from 0 to 1".to_owned())
}

impl Args {
    fn asked(&self) -> Result<Export, Error> {
        let choice = Choice {
            statuses: self.status.clone(),
            reviewed: self.reviewed,
            candidates: self.candidates,
            least_confidence: self.min_confidence,
        };
        let mut asked = Export::new(self.format).with(&choice);
        asked.filter.subject.clone_from(&self.subject);
        asked.filter.issuer.clone_from(&self.issuer);
        asked.filter.changed_since = self.changed_since.as_deref().map(day).transpose()?;
        asked.filter.seen_since = self.seen_since.as_deref().map(day).transpose()?;
        (asked.direction, asked.spreadsheet, asked.evidence) = (self.direction, self.spreadsheet, self.evidence);
        asked.columns.clone_from(&self.columns);
        Ok(asked)
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let asked = args.asked()?;
    let data = Data::open(&args.data.data)?;
    let written = match &args.output {
        Some(path) => to_file(&data, &asked, path),
        None if asked.format == Format::Xlsx && std::io::stdout().is_terminal() => {
            anyhow::bail!("a workbook is not for a terminal; give --output terms.xlsx")
        }
        None => export(&data, &asked, &crate::now(), BufWriter::new(std::io::stdout().lock())),
    };
    match written {
        Ok(0) => output::message("no concept is as asked; the export is empty"),
        Ok(concepts) => output::message(&format!("{concepts} concepts")),
        // A reader that has gone away (`| head`) is no failure.
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => return Err(error.into()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file and puts it in its place when it is whole: a failed export leaves the old one.
fn to_file(data: &Data, asked: &Export, path: &Path) -> Result<usize, Error> {
    let failed = |source| Error::Io { action: "write", path: path.to_owned(), source };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut out = BufWriter::new(File::create(&beside).map_err(failed)?);
    let written = export(data, asked, &crate::now(), &mut out).and_then(|count| {
        out.flush().map_err(failed)?;
        std::fs::rename(&beside, path).map_err(failed)?;
        Ok(count)
    });
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
