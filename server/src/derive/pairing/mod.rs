//! Documents of both languages into bitexts.
//!
//! Each new document is compared with those few that share rare features with it ([`compare`]). Of all pairs that are
//! likely enough a document gets the best that does not have a better one itself ([`settle`]), which is the same
//! whatever order the documents come in. What a person or a manifest said goes before all.

mod compare;
mod rules;
mod settle;

#[cfg(test)]
mod decoys;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use corpus::bitext::{PairRule, PairedBy};
use corpus::document::{DocumentHash, Language};
use corpus::store::{Pending, SaidBy, SaidOfPair, StandingPair};
use serde::Serialize;

use self::compare::Comparing;
use self::settle::{Edge, Settling, Strength};
use super::aligning::mine_pending;
use crate::Error;
use crate::data::Data;

/// Pairs what has not been compared yet; how many bitexts were made. They wait to be aligned and mined.
pub(super) fn pair_pending(data: &Data, manifest: Option<&Path>) -> Result<usize, Error> {
    if let Some(path) = manifest {
        rules::take_manifest(data, path)?;
    }
    let pending = data.with_store(|store| Ok(store.pending(Pending::Pairing)?))?;
    if pending.is_empty() {
        return Ok(0);
    }
    let said = data.with_store(|store| Ok(store.pair_rules()?))?;
    let standing = data.with_store(|store| Ok(store.standing_pairs()?))?;
    let comparing = Comparing::of(data, &pending, &said)?;
    let mut settling = settling(data, &standing, &pending, &said)?;
    settling.settle(|document| comparing.edges_of(document))?;
    let made = keep(data, &standing, &pending, &settling.pairs())?;
    data.with_store(|store| Ok(store.mark_done(Pending::Pairing, &pending)?))?;
    Ok(made)
}

/// Begins with the pairs that stand and those that were set. A bitext of a pending document is in question: both its
/// documents are free.
fn settling(data: &Data, standing: &[StandingPair], pending: &[i64], said: &[SaidOfPair]) -> Result<Settling, Error> {
    let is_pending = |id: i64| pending.binary_search(&id).is_ok();
    let is_set =
        |zh: i64, en: i64| said.iter().any(|said| said.rule == PairRule::Set && (said.zh, said.en) == (zh, en));
    let mut settling = Settling::default();
    for pair in standing {
        if is_pending(pair.zh) || is_pending(pair.en) {
            settling.free([pair.zh, pair.en]);
        } else if !is_set(pair.zh, pair.en) {
            let strength = Strength::of_score(pair.score, pair.hashes.clone());
            settling.pair(Edge {
                zh: pair.zh,
                en: pair.en,
                strength,
                reasons: Vec::new(),
                paired_by: PairedBy::Content,
            });
        }
    }
    settling.free(pending.iter().copied());
    for set in said.iter().filter(|said| said.rule == PairRule::Set) {
        if rules::are_languages_right(data, set.zh, set.en)? {
            settling.pair(set_edge(set));
        }
    }
    Ok(settling)
}

fn set_edge(said: &SaidOfPair) -> Edge {
    let by = match said.said_by {
        SaidBy::Person => "set by a person",
        SaidBy::Manifest => "set by a manifest",
    };
    let reasons = vec![by.to_owned()];
    Edge { zh: said.zh, en: said.en, strength: Strength::set(), reasons, paired_by: PairedBy::Manifest }
}

/// Puts the pairs that were settled in place of those that stood; how many were made or made again.
fn keep(
    data: &Data,
    standing: &[StandingPair],
    pending: &[i64],
    settled: &BTreeMap<(i64, i64), Edge>,
) -> Result<usize, Error> {
    let known: BTreeSet<(i64, i64)> = standing.iter().map(|pair| (pair.zh, pair.en)).collect();
    for pair in standing.iter().filter(|pair| !settled.contains_key(&(pair.zh, pair.en))) {
        data.with_store(|store| Ok(store.remove_bitext(pair.bitext)?))?;
    }
    let is_pending = |id: i64| pending.binary_search(&id).is_ok();
    let mut made = 0;
    for ((zh, en), edge) in settled {
        if !known.contains(&(*zh, *en)) || is_pending(*zh) || is_pending(*en) {
            let (by, score) = (edge.paired_by, edge.strength.score);
            data.with_store(|store| Ok(store.put_bitext(*zh, *en, by, score, &edge.reasons)?))?;
            made += 1;
        }
    }
    Ok(made)
}

/// Says of two documents that they are translations of each other, or that they are not; how many term pairs came of
/// pairing anew what that changes.
///
/// # Errors
/// When either is missing or in the wrong language, or the store fails.
pub fn say_of_pair(data: &Data, zh: i64, en: i64, rule: PairRule) -> Result<usize, Error> {
    rules::check_documents(data, zh, en)?;
    data.with_store(|store| Ok(store.say_of_pair(SaidOfPair { zh, en, rule, said_by: SaidBy::Person })?))?;
    pair_and_mine(data)
}

/// Takes back what was said of two documents; how many term pairs came of pairing anew what that changes.
///
/// # Errors
/// When nothing was said of the two, or the store fails.
pub fn forget_pair(data: &Data, zh: i64, en: i64) -> Result<usize, Error> {
    if !data.with_store(|store| Ok(store.forget_pair_rule(zh, en)?))? {
        return Err(Error::Input(format!(
            "nothing was said of the documents {zh} and {en}; see `policyglot pair --list`"
        )));
    }
    pair_and_mine(data)
}

fn pair_and_mine(data: &Data) -> Result<usize, Error> {
    pair_pending(data, None)?;
    let mined = mine_pending(data, &|_, _| ())?;
    super::grouping::group_pending(data)?;
    Ok(mined.terms)
}

/// Why two documents are paired, or are not.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "PairExplained")]
pub struct Explained {
    /// The Chinese document.
    pub zh: i64,
    /// The English document.
    pub en: i64,
    /// Whether they are a bitext.
    pub paired: bool,
    /// What was said of them, and by whom.
    pub said: Option<(PairRule, SaidBy)>,
    /// How likely they are translations of each other by their contents, from 0 to 1; a pair needs 0.5.
    pub score: f32,
    /// What speaks for it and against it, with how much each weighs as log-odds.
    pub reasons: Vec<String>,
    /// The documents that either is paired with instead.
    pub instead: Vec<i64>,
}

/// Compares two documents, whether they are paired or not.
///
/// # Errors
/// When either is missing or in the wrong language, or the store fails.
pub fn explain_pair(data: &Data, zh: i64, en: i64) -> Result<Explained, Error> {
    rules::check_documents(data, zh, en)?;
    let said = data.with_store(|store| Ok(store.pair_rules()?))?;
    let said = said.iter().find(|said| (said.zh, said.en) == (zh, en)).map(|said| (said.rule, said.said_by));
    let found = compare::explain(data, zh, en)?;
    let bitexts = data.with_store(|store| Ok([store.bitext_of(zh)?, store.bitext_of(en)?]))?;
    let bitexts: Vec<_> = bitexts.into_iter().flatten().collect();
    let paired = bitexts.iter().any(|bitext| (bitext.zh, bitext.en) == (zh, en));
    let others = bitexts.iter().flat_map(|bitext| [bitext.zh, bitext.en]).filter(|id| ![zh, en].contains(id));
    Ok(Explained { zh, en, paired, said, score: found.score, reasons: found.reasons, instead: others.collect() })
}

/// The number, language and hash of a document.
fn identity(data: &Data, id: i64) -> Result<Option<(Language, DocumentHash)>, Error> {
    data.with_store(|store| Ok(store.document(id)?.map(|document| (document.language, document.hash))))
}
