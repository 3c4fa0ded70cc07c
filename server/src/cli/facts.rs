//! `policyglot facts export`: facts over the whole corpus as CSV.

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{DataFolder, output};
use crate::Error;
use crate::data::Data;
use crate::export::{FactTable, export};

#[derive(Debug, Subcommand)]
pub(super) enum FactsCommand {
    /// Write one kind of fact of all documents as CSV to standard output
    Export(ExportArgs),
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    table: Table,
    /// For Excel and its like: a byte order mark first, and nothing that would be taken for a formula
    #[arg(long)]
    spreadsheet: bool,
    #[command(flatten)]
    data: DataFolder,
}

/// One of them.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Table {
    /// Commitments with a number: year, comparator, bounds, unit, what, sentence, page
    #[arg(long)]
    targets: bool,
    /// Standards that documents are, name, replace and adopt
    #[arg(long)]
    standards: bool,
    /// Agencies that issued documents or are named in them
    #[arg(long)]
    agencies: bool,
    /// Terms that documents define
    #[arg(long)]
    definitions: bool,
    /// Dates with what they are of
    #[arg(long)]
    dates: bool,
}

impl Table {
    fn chosen(&self) -> FactTable {
        match self {
            Self { targets: true, .. } => FactTable::Targets,
            Self { standards: true, .. } => FactTable::Standards,
            Self { agencies: true, .. } => FactTable::Agencies,
            Self { definitions: true, .. } => FactTable::Definitions,
            _ => FactTable::Dates,
        }
    }
}

pub(super) fn run(command: &FactsCommand) -> anyhow::Result<ExitCode> {
    let FactsCommand::Export(args) = command;
    let data = Data::open(&args.data.data)?;
    match export(&data, args.table.chosen(), args.spreadsheet, std::io::stdout().lock()) {
        Ok(rows) => output::message(&format!("{rows} rows")),
        // A reader that has gone away (`| head`) is no failure.
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => return Err(error.into()),
    }
    Ok(ExitCode::SUCCESS)
}
