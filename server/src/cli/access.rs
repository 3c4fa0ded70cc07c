//! `policyglot token` and `policyglot audit`.

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use corpus::access::{AuditEntry, Outcome, Role, Token};

use super::{DataFolder, output};
use crate::access;
use crate::data::Data;

/// So many tokens are listed.
const MOST_TOKENS: usize = 10_000;

#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token and print it, this once
    Add {
        /// Who or what it is for; the history of edits names them so
        name: String,
        /// What it is good for
        #[arg(long, value_enum, default_value = "read")]
        role: RoleName,
        /// How long it is good: 36h, 90d, 12w, or a date [default: until it is revoked]
        #[arg(long, value_name = "TIME")]
        expires: Option<String>,
        #[command(flatten)]
        data: DataFolder,
    },
    /// List the tokens, without their secrets
    List {
        #[command(flatten)]
        data: DataFolder,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// End a token, and the sessions of browsers that signed in with it
    Revoke {
        /// The number of the token
        id: i64,
        #[command(flatten)]
        data: DataFolder,
    },
}

/// The roles as the command line names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RoleName {
    /// Search, read, look up, follow the feeds
    Read,
    /// Change terms, beads, watches and documents as well
    Edit,
    /// Give and revoke tokens as well, and read the audit log
    Admin,
}

impl RoleName {
    fn role(self) -> Role {
        match self {
            Self::Read => Role::Read,
            Self::Edit => Role::Edit,
            Self::Admin => Role::Admin,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    #[command(flatten)]
    data: DataFolder,
    /// How many lines
    #[arg(long, default_value_t = 100)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn token(command: &TokenCommand) -> anyhow::Result<ExitCode> {
    match command {
        TokenCommand::Add { name, role, expires, data } => {
            add(&Data::open(&data.data)?, name, role.role(), expires.as_deref().unwrap_or_default())
        }
        TokenCommand::List { data, json } => list(&Data::open(&data.data)?, *json),
        TokenCommand::Revoke { id, data } => revoke(&Data::open(&data.data)?, *id),
    }
}

fn add(data: &Data, name: &str, role: Role, expires: &str) -> anyhow::Result<ExitCode> {
    let given = access::give(data, name, role, expires)?;
    let Token { id, name, expires, .. } = given.token;
    access::note_command(data, format!("token add {id} ({}, {name})", role.name()), Outcome::Done)?;
    let until = expires.map_or("until it is revoked".to_owned(), |expires| format!("until {expires}"));
    output::message(&format!("token {id} for {name}, role {}, good {until}; it is not shown again:", role.name()));
    output::data(&format!("{}\n", given.secret))?;
    Ok(ExitCode::SUCCESS)
}

fn list(data: &Data, json: bool) -> anyhow::Result<ExitCode> {
    let tokens = data.with_store(|store| Ok(store.tokens(MOST_TOKENS)?))?;
    if json {
        output::json(&tokens)?;
        return Ok(ExitCode::SUCCESS);
    }
    let now = crate::now();
    let rows = tokens.into_iter().map(|token| {
        let state = match (&token.revoked, token.is_live(&now)) {
            (Some(revoked), _) => format!("revoked {revoked}"),
            (None, false) => "expired".to_owned(),
            (None, true) => "good".to_owned(),
        };
        let expires = token.expires.unwrap_or_default();
        let last_used = token.last_used.unwrap_or_default();
        [token.id.to_string(), token.name, token.role.name().to_owned(), state, token.created, expires, last_used]
    });
    let heads = ["token", "name", "role", "state", "made", "expires", "last used"];
    output::data(&output::table(heads, rows))?;
    Ok(ExitCode::SUCCESS)
}

fn revoke(data: &Data, id: i64) -> anyhow::Result<ExitCode> {
    let revoked = access::revoke(data, id)?;
    anyhow::ensure!(revoked, "there is no token {id} that is not revoked; `policyglot token list` names them");
    access::note_command(data, format!("token revoke {id}"), Outcome::Done)?;
    output::message(&format!("token {id} is revoked"));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn audit(args: &AuditArgs) -> anyhow::Result<ExitCode> {
    let entries = Data::open(&args.data.data)?.with_store(|store| Ok(store.audit(None, args.limit)?))?;
    if args.json {
        output::json(&entries)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = entries.into_iter().map(|AuditEntry { deed, .. }| {
        let address = deed.address.unwrap_or_default();
        let how = if deed.method == "command" { "policyglot" } else { &deed.method };
        let what = format!("{how} {}", deed.what);
        [deed.at, deed.who, deed.role.name().to_owned(), address, what, deed.outcome.name().to_owned()]
    });
    output::data(&output::table(["when", "who", "role", "from", "what", "outcome"], rows))?;
    Ok(ExitCode::SUCCESS)
}
