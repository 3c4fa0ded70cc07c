//! `policyglot watch` and `policyglot alerts`.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{DataFolder, output};
use crate::Error;
use crate::data::Data;

#[derive(Debug, Subcommand)]
pub(super) enum WatchCommand {
    /// Track a topic: new documents that match the query make one alert each
    Add {
        /// A query of the search language; its renderings in the other language are watched too
        query: String,
        #[command(flatten)]
        data: DataFolder,
    },
    /// List the watches
    List {
        #[command(flatten)]
        data: DataFolder,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a watch and its alerts
    Remove {
        /// The number of the watch
        id: i64,
        #[command(flatten)]
        data: DataFolder,
    },
}

#[derive(Debug, Args)]
pub(super) struct AlertsArgs {
    #[command(flatten)]
    data: DataFolder,
    /// How many
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &WatchCommand) -> anyhow::Result<ExitCode> {
    match command {
        WatchCommand::Add { query, data } => add(data, query),
        WatchCommand::List { data, json } => list(data, *json),
        WatchCommand::Remove { id, data } => {
            let removed = Data::open(&data.data)?.with_store(|store| Ok(store.remove_watch(*id)?))?;
            anyhow::ensure!(removed, "there is no watch {id}; `policyglot watch list` names them");
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn add(folder: &DataFolder, query: &str) -> anyhow::Result<ExitCode> {
    let data = Data::open(&folder.data)?;
    let added = crate::derive::add_watch(&data, query)?;
    output::message(&format!("watch {}: {}", added.watch.id, added.watch.query));
    for also in &added.also {
        let texts: Vec<&str> = also.renderings.iter().map(|rendering| rendering.text.as_str()).collect();
        output::message(&format!("also watched: {}", texts.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

fn list(folder: &DataFolder, json: bool) -> anyhow::Result<ExitCode> {
    let watches = Data::open(&folder.data)?.with_store(|store| Ok(store.watches()?))?;
    if json {
        output::json(&watches)?;
    } else {
        let rows = watches.iter().map(|watch| [watch.id.to_string(), watch.query.clone(), watch.created.clone()]);
        output::data(&output::table(["watch", "query", "since"], rows))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn alerts(args: &AlertsArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let alerts = data.with_store(|store| store.alerts(args.limit).map_err(Error::from))?;
    if args.json {
        output::json(&alerts)?;
    } else {
        let rows = alerts.iter().map(|alert| {
            let mark = if alert.ocr { " (OCR)" } else { "" };
            let place = format!("{}, page {}{mark}", alert.title, alert.page);
            [alert.created.clone(), alert.query.clone(), place, alert.sentence.clone()]
        });
        output::data(&output::table(["when", "watch", "document", "sentence"], rows))?;
    }
    Ok(ExitCode::SUCCESS)
}
