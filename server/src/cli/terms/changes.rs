//! `policyglot terms changes`.

use std::process::ExitCode;

use crate::cli::{DataFolder, output};
use crate::data::Data;
use crate::derive::date_of_dates;

/// A watch for `rendering:TERM`, or for `rendering:*`, alerts on each change as it is noticed.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    data: DataFolder,
    /// Only those of this concept
    #[arg(long, value_name = "NUMBER")]
    concept: Option<i64>,
    /// How many
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let changes = data.with_store(|store| Ok(store.rendering_changes(args.concept, args.limit, 0)?))?;
    if args.json {
        output::json(&changes)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = changes.iter().map(|change| {
        let date = date_of_dates(&change.dates).unwrap_or_default();
        [
            change.concept.to_string(),
            change.zh.clone(),
            change.en_before.clone(),
            change.en.clone(),
            date,
            change.title.clone(),
        ]
    });
    output::data(&output::table(["concept", "term", "before", "now", "date", "first in"], rows))?;
    Ok(ExitCode::SUCCESS)
}
