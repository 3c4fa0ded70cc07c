//! `policyglot watch`, `policyglot alerts` and `policyglot deliveries`.

mod given;
mod told;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use self::given::Given;
use self::told::{DeliveryTold, WatchTold};
use super::{DataFolder, output};
use crate::Error;
use crate::data::Data;
use crate::derive::{AddedWatch, Tried};
use corpus::watch::DeliveryState;

#[derive(Debug, Subcommand)]
pub(super) enum WatchCommand {
    /// Track a topic: new documents that match make one alert each
    Add {
        #[command(flatten)]
        given: Given,
        #[command(flatten)]
        data: DataFolder,
    },
    /// Tell what a watch would have found, without adding it
    Test {
        #[command(flatten)]
        given: Given,
        /// Also count the documents since this year [default: the year before last]
        #[arg(long, value_name = "YEAR")]
        since: Option<i32>,
        #[command(flatten)]
        data: DataFolder,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the watches
    List {
        #[command(flatten)]
        data: DataFolder,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Have a watch rest: what comes meanwhile makes no alerts, then or later
    Pause {
        /// The number of the watch
        id: i64,
        #[command(flatten)]
        data: DataFolder,
    },
    /// Have a watch go on
    Resume {
        /// The number of the watch
        id: i64,
        #[command(flatten)]
        data: DataFolder,
    },
    /// Remove a watch with its alerts and deliveries
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
    /// Only those of this watch
    #[arg(long, value_name = "N")]
    watch: Option<i64>,
    /// How many
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DeliveriesArgs {
    #[command(flatten)]
    data: DataFolder,
    /// Only those that were given up
    #[arg(long)]
    dead: bool,
    /// Have a delivery that was given up, or waits, sent again from the start
    #[arg(long, value_name = "ID", conflicts_with = "dead")]
    resend: Option<String>,
    /// How many
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &WatchCommand) -> anyhow::Result<ExitCode> {
    match command {
        WatchCommand::Add { given, data } => add(data, given),
        WatchCommand::Test { given, since, data, json } => test(data, given, *since, *json),
        WatchCommand::List { data, json } => list(data, *json),
        WatchCommand::Pause { id, data } => pause(data, *id, true),
        WatchCommand::Resume { id, data } => pause(data, *id, false),
        WatchCommand::Remove { id, data } => {
            let removed = Data::open(&data.data)?.with_store(|store| Ok(store.remove_watch(*id)?))?;
            there_is(removed, *id)
        }
    }
}

fn there_is(found: bool, id: i64) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(found, "there is no watch {id}; `policyglot watch list` names them");
    Ok(ExitCode::SUCCESS)
}

fn add(folder: &DataFolder, given: &Given) -> anyhow::Result<ExitCode> {
    let data = Data::open(&folder.data)?;
    let AddedWatch { watch, also, designations, secrets, common } = crate::derive::add_watch(&data, given.settings()?)?;
    output::message(&format!("watch {}: {}", watch.id, watch.title()));
    told::widening(&also, &designations);
    if let Some(common) = common {
        output::message(&format!("warning: {common}"));
    }
    for (url, secret) in secrets {
        output::message(&format!("messages to {url} are signed with this secret, which is not shown again:"));
        output::data(&format!("{secret}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn test(folder: &DataFolder, given: &Given, since: Option<i32>, json: bool) -> anyhow::Result<ExitCode> {
    let data = Data::open(&folder.data)?;
    let since = since.unwrap_or_else(crate::derive::usual_since);
    let tried = crate::derive::try_watch(&data, given.settings()?, since)?;
    if json {
        output::json(&tried)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Tried { total, since, since_year, first, also, designations, common } = tried;
    let documents = |count: usize| if count == 1 { "1 document".to_owned() } else { format!("{count} documents") };
    output::message(&format!("would have found {}, {since} since {since_year}", documents(total)));
    told::widening(&also, &designations);
    if let Some(common) = common {
        output::message(&format!("warning: {common}"));
    }
    let rows = first.into_iter().map(|one| [one.document.to_string(), one.date.unwrap_or_default(), one.title]);
    output::data(&output::table(["document", "date", "title"], rows))?;
    Ok(ExitCode::SUCCESS)
}

fn list(folder: &DataFolder, json: bool) -> anyhow::Result<ExitCode> {
    let (watches, counts) =
        Data::open(&folder.data)?.with_store(|store| Ok((store.watches()?, store.alert_counts()?)))?;
    let alerts = |id: i64| counts.iter().find(|(watch, ..)| *watch == id).map_or(0, |(_, count, _)| *count);
    if json {
        let told: Vec<WatchTold> = watches.iter().map(|watch| WatchTold::of(watch, alerts(watch.id))).collect();
        output::json(&told)?;
    } else {
        let heads = ["watch", "name", "tracks", "told", "to", "alerts", "since"];
        let rows = watches.iter().map(|watch| WatchTold::of(watch, alerts(watch.id)).row());
        output::data(&output::table(heads, rows))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn pause(folder: &DataFolder, id: i64, paused: bool) -> anyhow::Result<ExitCode> {
    let data = Data::open(&folder.data)?;
    there_is(data.with_store(|store| Ok(store.pause_watch(id, paused, &crate::now())?))?, id)
}

pub(super) fn alerts(args: &AlertsArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let alerts = data.with_store(|store| {
        let alerts = match args.watch {
            Some(watch) => store.alerts_of_watch(watch, args.limit),
            None => store.alerts(args.limit),
        };
        alerts.map_err(Error::from)
    })?;
    if args.json {
        output::json(&alerts)?;
    } else {
        let rows = alerts.iter().map(|alert| {
            let mark = if alert.ocr { " (OCR)" } else { "" };
            let place = format!("{}, page {}{mark}", alert.title, alert.page);
            let occasion = alert.occasion.name().replace('_', " ");
            [alert.created.clone(), alert.watch_name.clone(), occasion, place, alert.sentence.clone()]
        });
        output::data(&output::table(["when", "watch", "why", "document", "sentence"], rows))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn deliveries(args: &DeliveriesArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    if let Some(id) = &args.resend {
        let again = data.with_store(|store| Ok(store.resend(id, &crate::now())?))?;
        anyhow::ensure!(again, "no delivery {id} waits or was given up; `policyglot deliveries` lists them");
        output::message("it is sent by `policyglot serve`, or `policyglot deliver`");
        return Ok(ExitCode::SUCCESS);
    }
    let state = args.dead.then_some(DeliveryState::Dead);
    let deliveries = data.with_store(|store| Ok(store.deliveries(state, args.limit)?))?;
    let told: Vec<DeliveryTold<'_>> = deliveries.iter().map(DeliveryTold::of).collect();
    if args.json {
        output::json(&told)?;
    } else {
        let heads = ["delivery", "watch", "to", "alerts", "state", "attempts", "next or last", "error"];
        output::data(&output::table(heads, told.iter().map(DeliveryTold::row)))?;
    }
    Ok(ExitCode::SUCCESS)
}
