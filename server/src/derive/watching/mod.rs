//! Watches: checked, tried, kept ready, and held against new documents.

mod asked;
mod check;
mod editions;
mod fault;
mod kept;
mod matching;
mod standards;
#[cfg(test)]
mod tests;
mod trying;

use corpus::watch::{ChannelKind, Watch, WatchSettings};

use self::asked::asked;
use crate::Error;
use crate::data::Data;
use crate::search::AlsoSearched;
use crate::terms::cached::{Termbase, termbase};

pub(crate) use check::check_watch;
pub(crate) use fault::{WatchFault, WatchField};
pub(crate) use kept::Cache;
pub(super) use matching::match_pending;
pub(crate) use trying::commonness;
pub use trying::{Commonness, Tried, TriedDocument, try_watch, usual_since};

/// A watch that was added or changed, with what its owner should know of it.
#[derive(Debug)]
pub struct AddedWatch {
    /// The watch.
    pub watch: Watch,
    /// For a query the renderings that meet it as well, as of now.
    pub also: Vec<AlsoSearched>,
    /// For a concept all designations that meet it, as of now.
    pub designations: Vec<String>,
    /// Webhooks that are new, each with the secret that its messages are signed with. It is never shown again.
    pub secrets: Vec<(String, String)>,
    /// That it is met by many documents, where it is.
    pub common: Option<Commonness>,
}

/// Adds a watch; settings that a watch has already give that one. What is empty of a webhook's secret is made up.
///
/// # Errors
/// When the settings cannot be used, with what to do, or the store fails.
pub fn add_watch(data: &Data, settings: WatchSettings) -> Result<AddedWatch, Error> {
    let settings = check::checked(data, settings)?;
    let given = settings.clone();
    let watch = data.with_store(|store| Ok(store.add_watch(settings, &crate::now())?))?;
    added(data, watch, &given)
}

/// Changes a watch; `None` when there is none of that number. Documents that are there make no alerts by it.
///
/// # Errors
/// As [`add_watch`].
pub fn edit_watch(data: &Data, id: i64, settings: WatchSettings) -> Result<Option<AddedWatch>, Error> {
    let settings = check::checked(data, settings)?;
    let edited = data.with_store(|store| Ok(store.edit_watch(id, &settings, &crate::now())?))?;
    edited.map(|watch| added(data, watch, &settings)).transpose()
}

fn added(data: &Data, watch: Watch, given: &WatchSettings) -> Result<AddedWatch, Error> {
    let (also, designations) = widening(&*termbase(data)?, &watch);
    let is_new = |channel: &ChannelKind| match channel {
        ChannelKind::Webhook { url, secret } => given.channels.contains(channel).then(|| (url.clone(), secret.clone())),
        ChannelKind::Mail { .. } => None,
    };
    let secrets = watch.channels.iter().filter_map(|channel| is_new(&channel.kind)).collect();
    let common = commonness(data, &watch.settings())?;
    Ok(AddedWatch { watch, also, designations, secrets, common })
}

/// What meets a watch besides what it says, as the termbase has it: renderings of a query's terms, or what a concept is
/// called.
pub(crate) fn widening(base: &Termbase, watch: &Watch) -> (Vec<AlsoSearched>, Vec<String>) {
    match asked(base, &watch.subject) {
        Some(asked) if asked.also.is_empty() => (Vec::new(), asked.renderings),
        Some(asked) => (asked.also, Vec::new()),
        None => (Vec::new(), Vec::new()),
    }
}
