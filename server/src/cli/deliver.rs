//! `policyglot deliver`: one pass over what is due, for those who run no server.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;

use super::{DataFolder, ingest, output};
use crate::config::Config;
use crate::data::Data;
use crate::deliver::{Settings, deliver_due};

#[derive(Debug, Args)]
pub(super) struct DeliverArgs {
    #[command(flatten)]
    data: DataFolder,
    /// As if it were that time, RFC 3339
    #[arg(long, value_name = "TIME", hide = true)]
    at: Option<Timestamp>,
}

/// Sends what is due. What receivers do not take is no failure of the command: it is tried again.
pub(super) fn deliver(args: &DeliverArgs, config: &Config) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(config)?;
    let data = Arc::new(Data::open(&args.data.data)?);
    let tally = deliver_due(&data, &settings, args.at.unwrap_or_else(Timestamp::now))?;
    let mut parts = vec![format!("{} delivered", tally.delivered)];
    ingest::count(&mut parts, tally.failed, "failed and are tried again");
    ingest::count(&mut parts, tally.dead, "given up (`policyglot deliveries --dead` says why)");
    output::message(&parts.join(", "));
    Ok(ExitCode::SUCCESS)
}
