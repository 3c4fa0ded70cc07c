//! `policyglot terms concordance`.

use std::fmt::Write as _;
use std::ops::Range;
use std::process::ExitCode;

use clap::ValueEnum;
use corpus::facts::DocumentKind;

use crate::cli::{DataFolder, output};
use crate::concordance::{Concordance, ConcordanceRequest, Order, PairSide, concordance, write_csv, write_tmx};
use crate::data::Data;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A phrase in either language
    phrase: String,
    #[command(flatten)]
    data: DataFolder,
    /// Only documents issued by this agency (its id in the agencies table, such as MIIT)
    #[arg(long, value_name = "ID")]
    issuer: Option<String>,
    /// Only documents of this kind, such as opinion or plan
    #[arg(long, value_parser = kind)]
    kind: Option<DocumentKind>,
    /// Only documents from this year on
    #[arg(long, value_name = "YEAR")]
    from: Option<i32>,
    /// Only documents up to this year
    #[arg(long, value_name = "YEAR")]
    to: Option<i32>,
    /// Only pairs that render the phrase so
    #[arg(long, value_name = "TEXT")]
    rendering: Option<String>,
    /// In what order
    #[arg(long, value_enum, default_value = "newest")]
    sort: Order,
    /// How many pairs
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a person: the phrase and its counterpart in brackets
    Table,
    Json,
    /// A row for each pair
    Csv,
    /// A translation memory (TMX 1.4b)
    Tmx,
}

fn kind(name: &str) -> Result<DocumentKind, String> {
    let known = DocumentKind::ALL.map(DocumentKind::name).join(", ");
    let found = DocumentKind::ALL.into_iter().find(|kind| kind.name() == name);
    found.ok_or_else(|| format!("there is no such kind of document; take one of {known}"))
}

/// Exit status 0: found; 1: nothing found.
pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let found = concordance(
        &data,
        &ConcordanceRequest {
            phrase: args.phrase.clone(),
            issuer: args.issuer.clone(),
            kind: args.kind,
            year_from: args.from,
            year_to: args.to,
            rendering: args.rendering.clone(),
            thorough: true,
            order: args.sort,
            limit: args.limit,
            offset: 0,
        },
    )?;
    match args.format {
        Form::Table => output::data(&legible(&found))?,
        Form::Json => output::json(&found)?,
        Form::Csv => {
            let mut bytes = Vec::new();
            write_csv(&found, false, &mut bytes)?;
            output::data(&String::from_utf8_lossy(&bytes))?;
        }
        Form::Tmx => output::data(&write_tmx(&found)?)?,
    }
    if found.pairs.is_empty() {
        output::message(&format!(
            "no aligned sentence holds '{}'; try a shorter phrase, or search for it",
            args.phrase
        ));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

fn legible(found: &Concordance) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let more = if found.capped { ", the first of more" } else { "" };
    let _ = writeln!(text, "{} pairs{more}", found.total);
    for rendering in &found.renderings {
        let _ = writeln!(text, "{:>6} {}", rendering.count, rendering.value);
    }
    for pair in &found.pairs {
        let doubt = if pair.doubtful { ", doubtful" } else { "" };
        let date = pair.date.as_deref().unwrap_or("undated");
        let _ = writeln!(text, "\n{} ({date}, page {}{doubt})", pair.own.title, pair.own.page);
        let _ = writeln!(text, "  {}\n  {}", bracketed(&pair.own), bracketed(&pair.other));
    }
    text
}

fn bracketed(side: &PairSide) -> String {
    let mut shown = side.text.clone();
    for Range { start, end } in side.marks.iter().rev() {
        if shown.is_char_boundary(*start) && shown.is_char_boundary(*end) {
            shown.insert(*end, ']');
            shown.insert(*start, '[');
        }
    }
    shown
}
