//! Documents of both languages into bitexts.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use corpus::bitext::{Bitext, PairedBy};
use corpus::document::{Document, DocumentHash, Language};
use corpus::store::Pending;
use ingest::align::{Dictionary, Fingerprint, fingerprint, pair};
use serde::Deserialize;

use super::aligning::{make_bitext, mine_alone};
use crate::Error;
use crate::data::Data;

/// A file of a manifest: files that name one instrument are its language versions.
#[derive(Debug, Deserialize)]
struct ManifestEntry {
    sha256: String,
    instrument: String,
}

/// A pair that may be made.
pub(super) struct Candidate {
    pub(super) zh: i64,
    pub(super) en: i64,
    pub(super) score: f32,
    pub(super) paired_by: PairedBy,
}

/// Pairs what has not been compared yet; how many bitexts were made and how many term pairs they gave.
pub(super) fn pair_pending(data: &Data, manifest: Option<&Path>) -> Result<(usize, usize), Error> {
    let pending = data.with_store(|store| Ok(store.pending(Pending::Pairing)?))?;
    let mut candidates = match manifest {
        Some(path) => from_manifest(data, path)?,
        None => Vec::new(),
    };
    if !pending.is_empty() {
        candidates.extend(from_content(data, &pending)?);
    }
    let standing = standing(data, &pending, &mut candidates)?;
    let chosen = choose(&standing, candidates);
    // One that is chosen again is replaced in one transaction, so that what a person paired is never lost in between.
    let chosen_again = |bitext: &Bitext| chosen.iter().any(|pair| (pair.zh, pair.en) == (bitext.zh, bitext.en));
    for bitext in standing.in_question.iter().filter(|bitext| !chosen_again(bitext)) {
        data.with_store(|store| Ok(store.remove_bitext(bitext.id)?))?;
    }
    let mut terms = 0;
    for candidate in &chosen {
        terms += make_bitext(data, candidate)?;
    }
    for id in &pending {
        terms += mine_alone(data, *id)?;
    }
    data.with_store(|store| {
        store.settle_candidates()?;
        Ok(store.mark_done(Pending::Pairing, &pending)?)
    })?;
    Ok((chosen.len(), terms))
}

/// Pairs two documents because a person says so; how many term pairs they gave.
///
/// # Errors
/// When either is missing or in the wrong language, or the store fails.
pub fn pair_by_hand(data: &Data, zh: i64, en: i64) -> Result<usize, Error> {
    for (id, language) in [(zh, Language::Zh), (en, Language::En)] {
        let document = data.with_store(|store| Ok(store.document(id)?))?;
        let Some(document) = document else {
            return Err(Error::Input(format!("there is no document {id}; `policyglot documents` lists them")));
        };
        if document.language != language {
            let code = language.code();
            return Err(Error::Input(format!(
                "document {id} is not in the language {code}; give the Chinese one first"
            )));
        }
    }
    let terms = make_bitext(data, &Candidate { zh, en, score: 1.0, paired_by: PairedBy::Manifest })?;
    data.with_store(|store| Ok(store.settle_candidates()?))?;
    super::grouping::group_pending(data)?;
    Ok(terms)
}

fn from_manifest(data: &Data, path: &Path) -> Result<Vec<Candidate>, Error> {
    let failed = |source| Error::Io { action: "open the manifest", path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let manifest: Vec<ManifestEntry> = serde_json::from_str(&text)
        .map_err(|error| Error::Input(format!("{}: not a manifest: {error}", path.display())))?;
    let mut instruments: BTreeMap<&str, (Option<i64>, Option<i64>)> = BTreeMap::new();
    for entry in &manifest {
        let hash = DocumentHash(entry.sha256.to_ascii_lowercase());
        let document = data.with_store(|store| match store.document_by_hash(&hash)? {
            Some(id) => Ok(store.document(id)?),
            None => Ok(None),
        })?;
        let versions = instruments.entry(entry.instrument.as_str()).or_default();
        match document.map(|document| (document.id, document.language)) {
            Some((id, Language::Zh)) => versions.0 = Some(id),
            Some((id, Language::En)) => versions.1 = Some(id),
            _ => {}
        }
    }
    let pairs = instruments.into_values().filter_map(|(zh, en)| zh.zip(en));
    Ok(pairs.map(|(zh, en)| Candidate { zh, en, score: 1.0, paired_by: PairedBy::Manifest }).collect())
}

/// The pairs that contents allow, of which at least one side is new.
fn from_content(data: &Data, pending: &[i64]) -> Result<Vec<Candidate>, Error> {
    let new = data.with_store(|store| {
        let documents = pending.iter().map(|id| Ok(store.document(*id)?));
        documents.filter_map(Result::transpose).collect::<Result<Vec<Document>, Error>>()
    })?;
    let new: Vec<&Document> = new.iter().filter(|document| document.language.counterpart().is_some()).collect();
    for document in &new {
        data.with_store(|store| {
            let Some(read) = store.read_document(document.id)? else { return Ok(()) };
            let fingerprint = fingerprint(&read, Dictionary::shared());
            let json = serde_json::to_string(&fingerprint).map_err(corpus::store::Error::from)?;
            Ok(store.set_fingerprint(document.id, &json)?)
        })?;
    }
    let zh = fingerprints(data, Language::Zh)?;
    let en = fingerprints(data, Language::En)?;
    let is_new = |id: &i64| new.binary_search_by_key(id, |document| document.id).is_ok();
    let mut candidates = Vec::new();
    for (zh_id, zh) in &zh {
        let zh_new = is_new(zh_id);
        for (en_id, en) in en.iter().filter(|(en_id, _)| zh_new || is_new(en_id)) {
            if let Some(found) = pair(zh, en) {
                candidates.push(Candidate { zh: *zh_id, en: *en_id, score: found.score, paired_by: found.paired_by });
            }
        }
    }
    Ok(candidates)
}

fn fingerprints(data: &Data, language: Language) -> Result<Vec<(i64, Fingerprint)>, Error> {
    let rows = data.with_store(|store| Ok(store.fingerprints(language)?))?;
    // A fingerprint of an earlier version that cannot be read any more is left out: `realign` makes it anew.
    Ok(rows.into_iter().filter_map(|(id, json)| Some((id, serde_json::from_str(&json).ok()?))).collect())
}

/// The bitexts that are there.
struct Standing {
    /// How strong the pair of each document is that is not in question.
    paired: HashMap<i64, (u8, f32)>,
    /// Bitexts of documents that are paired anew: they are made again or go.
    in_question: Vec<Bitext>,
}

/// What stands while the pending documents are paired. A bitext of theirs is in question, since it may have been left
/// half made; what a person paired stays a candidate.
fn standing(data: &Data, pending: &[i64], candidates: &mut Vec<Candidate>) -> Result<Standing, Error> {
    let mut standing = Standing { paired: HashMap::new(), in_question: Vec::new() };
    let is_pending = |id: &i64| pending.binary_search(id).is_ok();
    for bitext in data.with_store(|store| Ok(store.bitexts()?))? {
        let (zh, en, score, paired_by) = (bitext.zh, bitext.en, bitext.score, bitext.paired_by);
        if !is_pending(&zh) && !is_pending(&en) {
            standing.paired.insert(zh, (by_hand(paired_by), score));
            standing.paired.insert(en, (by_hand(paired_by), score));
            continue;
        }
        standing.in_question.push(bitext);
        if paired_by == PairedBy::Manifest {
            candidates.push(Candidate { zh, en, score, paired_by });
        }
    }
    Ok(standing)
}

fn by_hand(paired_by: PairedBy) -> u8 {
    u8::from(paired_by == PairedBy::Manifest)
}

/// The best pairs, each document in one at most: what a person said first, then by score. A pair that stands gives way
/// only to a better one.
fn choose(standing: &Standing, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| {
        let order = by_hand(b.paired_by).cmp(&by_hand(a.paired_by)).then(b.score.total_cmp(&a.score));
        order.then((a.zh, a.en).cmp(&(b.zh, b.en)))
    });
    let mut paired = standing.paired.clone();
    let mut chosen = Vec::new();
    for candidate in candidates {
        let strength = (by_hand(candidate.paired_by), candidate.score);
        let stronger = |id: &i64| paired.get(id).is_none_or(|there| strength > *there);
        if stronger(&candidate.zh) && stronger(&candidate.en) {
            paired.insert(candidate.zh, strength);
            paired.insert(candidate.en, strength);
            chosen.push(candidate);
        }
    }
    chosen
}
