//! Documents into instruments: versions, drafts, annexes, translations and reports of one policy.

use std::collections::{BTreeMap, HashMap};

use corpus::instrument::{Relation, Tie};
use corpus::store::{Pending, Store, StoredLink};
use ingest::instruments::{Link, Linked, Profile, group, link, profile};

use crate::Error;
use crate::data::Data;

/// Names and numbers tie alone; of an English title two pairs of words, of commitments three have to be shared.
const LEAST_SHARED: [(&str, usize); 4] = [("n", 1), ("z", 1), ("e", 2), ("t", 3)];

/// Groups what has not been grouped yet; how many instruments have more than one document.
pub(super) fn group_pending(data: &Data) -> Result<usize, Error> {
    let pending = data.with_store(|store| Ok(store.pending(Pending::Instruments)?))?;
    if pending.is_empty() {
        return Ok(0);
    }
    for id in &pending {
        data.with_store(|store| keep_profile(store, *id))?;
    }
    for id in &pending {
        data.with_store(|store| keep_links(store, *id))?;
    }
    data.with_store(|store| regroup(store, &pending))
}

fn keep_profile(store: &mut Store, id: i64) -> Result<(), Error> {
    let Some(document) = store.read_document(id)? else { return Ok(()) };
    let profile = profile(&document);
    let json = serde_json::to_string(&profile).map_err(corpus::store::Error::from)?;
    Ok(store.put_profile(id, &json, &profile.keys())?)
}

/// A profile of an earlier version that cannot be read any more is none: its document is grouped by its bitext only.
fn profile_of(store: &Store, id: i64) -> Result<Option<Profile>, Error> {
    Ok(store.profile(id)?.and_then(|json| serde_json::from_str(&json).ok()))
}

fn keep_links(store: &mut Store, id: i64) -> Result<(), Error> {
    let Some(own) = profile_of(store, id)? else { return Ok(()) };
    let mut links = Vec::new();
    for (other, shared) in store.documents_sharing_keys(id)? {
        if !shares_enough(&shared) {
            continue;
        }
        if let Some(Link { tie, score }) = profile_of(store, other)?.and_then(|other| link(&own, &other)) {
            links.push(StoredLink { a: id.min(other), b: id.max(other), tie, score });
        }
    }
    Ok(store.put_links(id, &links)?)
}

fn shares_enough(shared: &HashMap<String, usize>) -> bool {
    LEAST_SHARED.iter().any(|(kind, least)| shared.get(*kind).is_some_and(|count| count >= least))
}

fn regroup(store: &mut Store, pending: &[i64]) -> Result<usize, Error> {
    let (documents, links) = store.tied(pending)?;
    let mut profiles = BTreeMap::new();
    let mut without = Vec::new();
    for id in documents {
        match profile_of(store, id)? {
            Some(profile) => {
                profiles.insert(id, profile);
            }
            None => without.push(id),
        }
    }
    let links: Vec<Linked> = links.iter().map(linked).collect();
    let grouped = group(&profiles, &links);
    let several = grouped.iter().filter(|group| group.len() > 1).count();
    let own = without.into_iter().map(|id| vec![(id, Relation::Original, None)]);
    let groups: Vec<Vec<(i64, Relation, Option<Tie>)>> = grouped
        .into_iter()
        .map(|group| group.into_iter().map(|member| (member.document, member.relation, member.tie)).collect())
        .chain(own)
        .collect();
    store.put_instruments(&groups)?;
    Ok(several)
}

fn linked(link: &StoredLink) -> Linked {
    Linked { a: link.a, b: link.b, link: Link { tie: link.tie, score: link.score } }
}
