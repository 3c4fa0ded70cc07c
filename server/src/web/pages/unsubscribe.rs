//! The link in mails by which their reader has no more of them: it asks, and mail programs answer with one click
//! (RFC 8058). The link's token is all that is needed to use it.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

use crate::Error;
use crate::data::Data;
use crate::deliver::unsubscribe::is_token;
use crate::web::App;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use corpus::watch::{ChannelKind, Watch};

#[derive(Template)]
#[template(path = "unsubscribe.html")]
struct UnsubscribePage {
    shell: Shell,
    /// What the watch is called.
    name: String,
    address: String,
    done: bool,
}

/// A channel of mails, with its watch.
struct Found {
    watch: Watch,
    address: String,
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/unsubscribe/{channel}/{token}", get(ask).post(stop))
}

async fn ask(
    State(app): State<App>,
    Path((channel, token)): Path<(String, String)>,
    shell: Shell,
) -> Result<Response, Problem> {
    let channel = Thing::Page.number(&channel)?;
    let found = app.run(move |data| find(data, channel, &token)).await?;
    show(shell, found, false)
}

async fn stop(
    State(app): State<App>,
    Path((channel, token)): Path<(String, String)>,
    shell: Shell,
) -> Result<Response, Problem> {
    let channel = Thing::Page.number(&channel)?;
    let found = app.run(move |data| {
        let found = find(data, channel, &token)?;
        if let Some(found) = &found {
            remove(data, found)?;
        }
        Ok(found)
    });
    let found = found.await?;
    show(shell, found, true)
}

fn show(shell: Shell, found: Option<Found>, done: bool) -> Result<Response, Problem> {
    let Some(Found { watch, address }) = found else { return Err(Problem::Missing(Thing::Page)) };
    super::page(&UnsubscribePage { shell, name: watch.title(), address, done })
}

/// The channel of that number, if the token is its own.
fn find(data: &Data, channel: i64, token: &str) -> Result<Option<Found>, Error> {
    data.with_store(|store| {
        if !is_token(&store.identity()?, channel, token) {
            return Ok(None);
        }
        let of_channel = |watch: Watch| {
            let address = watch.channels.iter().find_map(|own| match &own.kind {
                ChannelKind::Mail { address } if own.id == channel => Some(address.clone()),
                _ => None,
            })?;
            Some(Found { watch, address })
        };
        Ok(store.watches()?.into_iter().find_map(of_channel))
    })
}

/// Takes the address away from the watch, which goes on.
fn remove(data: &Data, found: &Found) -> Result<(), Error> {
    let mut settings = found.watch.settings();
    settings.channels.retain(|kind| !matches!(kind, ChannelKind::Mail { address } if *address == found.address));
    data.with_store(|store| Ok(store.edit_watch(found.watch.id, &settings, &crate::now())?))?;
    Ok(())
}
