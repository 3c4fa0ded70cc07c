//! `policyglot instruments`: which documents are versions, drafts, annexes, translations or reports of one policy.

use std::process::ExitCode;

use clap::Args;
use corpus::instrument::{Instrument, Tie};

use super::{DataFolder, ListFormat, output};
use crate::data::Data;

#[derive(Debug, Args)]
pub(super) struct InstrumentsArgs {
    #[command(flatten)]
    data: DataFolder,
    /// Also those of which only one document is there
    #[arg(long)]
    all: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

pub(super) fn instruments(args: &InstrumentsArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let instruments = data.with_store(|store| Ok(store.instruments(args.all)?))?;
    match args.format {
        ListFormat::Json => output::json(&instruments)?,
        ListFormat::Table => output::data(&table(&instruments))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn table(instruments: &[Instrument]) -> String {
    let rows = instruments.iter().flat_map(|instrument| {
        instrument.members.iter().map(|member| {
            [
                instrument.id.to_string(),
                member.relation.name().replace('_', " "),
                member.document.to_string(),
                member.language.code().to_owned(),
                member.title.clone(),
                member.tie.map_or("", evidence).to_owned(),
            ]
        })
    });
    output::table(["instrument", "relation", "document", "language", "title", "known by"], rows)
}

fn evidence(tie: Tie) -> &'static str {
    match tie {
        Tie::Bitext => "the sides of a bitext",
        Tie::Number => "the same document number",
        Tie::Title => "the same title",
        Tie::Draft => "the same title, one as a draft",
        Tie::Annex => "listed as an annex",
        Tie::Report => "named in a report",
        Tie::Targets => "the same commitments",
    }
}
