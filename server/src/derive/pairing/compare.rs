//! A document against the few that share rare features with it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use corpus::bitext::PairRule;
use corpus::document::Language;
use corpus::store::SaidOfPair;
use ingest::align::{Dictionary, Fingerprint, PairScore, fingerprint, pair, promise, sketch, try_alignment};

use super::identity;
use super::settle::{Edge, Strength};
use crate::Error;
use crate::data::Data;
use crate::parallel::on_all_cores;

/// So many documents that share most with a document have their fingerprints compared with its own.
const COMPARED: usize = 50;
/// So many of those that look best are aligned on trial, first those that share most: where sections have moved,
/// features are shared that are not in the same order.
const TRIED: usize = 5;
const NEAREST: usize = 2;
/// What looks less promising, as log-odds, is not tried.
const LEAST_PROMISE: f32 = -6.0;

/// Comparisons of one run: none is made twice.
pub(super) struct Comparing<'a> {
    data: &'a Data,
    forbidden: BTreeSet<(i64, i64)>,
    scores: Mutex<HashMap<(i64, i64), PairScore>>,
    edges: HashMap<i64, Vec<Edge>>,
}

impl<'a> Comparing<'a> {
    /// Makes fingerprints of the documents that are new, and compares these.
    pub(super) fn of(data: &'a Data, pending: &[i64], said: &[SaidOfPair]) -> Result<Self, Error> {
        let forbidden = said.iter().filter(|said| said.rule == PairRule::Forbid).map(|said| (said.zh, said.en));
        let mut comparing =
            Self { data, forbidden: forbidden.collect(), scores: Mutex::default(), edges: HashMap::new() };
        on_all_cores(pending, |id| print_anew(data, *id), |_, result| result.map(drop))?;
        // Chinese documents first: English ones then find most of their pairs compared.
        let mut order = Vec::with_capacity(pending.len());
        for id in pending {
            order.extend(identity(data, *id)?.map(|(language, _)| (language, *id)));
        }
        order.sort_unstable();
        let mut found = HashMap::new();
        on_all_cores(
            &order,
            |(_, id)| comparing.compare(*id),
            |at, edges| {
                if let Some((_, id)) = order.get(at) {
                    found.insert(*id, edges?);
                }
                Ok(())
            },
        )?;
        comparing.edges = found;
        Ok(comparing)
    }

    /// The pairs that a document may be in.
    pub(super) fn edges_of(&self, document: i64) -> Result<Vec<Edge>, Error> {
        match self.edges.get(&document) {
            Some(edges) => Ok(edges.clone()),
            None => self.compare(document),
        }
    }

    fn compare(&self, id: i64) -> Result<Vec<Edge>, Error> {
        let Some((language, _)) = identity(self.data, id)? else { return Ok(Vec::new()) };
        let (Some(other), Some(own)) = (language.counterpart(), print_of(self.data, id)?) else {
            return Ok(Vec::new());
        };
        let near = self.data.with_store(|store| Ok(store.documents_sharing(other, &sketch(&own), COMPARED)?))?;
        let mut promising = Vec::new();
        for (rank, candidate) in near.into_iter().enumerate() {
            let (zh, en) = ordered(language, id, candidate);
            let Some(print) = print_of(self.data, candidate)?.filter(|_| !self.forbidden.contains(&(zh, en))) else {
                continue;
            };
            let promise = if language == Language::Zh { promise(&own, &print) } else { promise(&print, &own) };
            if promise >= LEAST_PROMISE {
                promising.push((rank >= NEAREST, promise, zh, en));
            }
        }
        promising.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        let tried = promising.into_iter().take(TRIED).map(|(_, _, zh, en)| self.edge(zh, en));
        tried.filter_map(Result::transpose).collect()
    }

    fn edge(&self, zh: i64, en: i64) -> Result<Option<Edge>, Error> {
        let known = self.scores.lock().unwrap_or_else(PoisonError::into_inner).get(&(zh, en)).cloned();
        let score = match known {
            Some(score) => score,
            None => explain(self.data, zh, en)?,
        };
        self.scores.lock().unwrap_or_else(PoisonError::into_inner).insert((zh, en), score.clone());
        let (true, Some((_, zh_hash)), Some((_, en_hash))) =
            (score.is_pair(), identity(self.data, zh)?, identity(self.data, en)?)
        else {
            return Ok(None);
        };
        let strength = Strength::of_score(score.score, (zh_hash, en_hash));
        Ok(Some(Edge { zh, en, strength, reasons: score.reasons, paired_by: score.paired_by }))
    }
}

/// Compares two documents with a trial alignment.
pub(super) fn explain(data: &Data, zh: i64, en: i64) -> Result<PairScore, Error> {
    let gone = |id: i64| Error::Input(format!("there is no document {id} any more; run `policyglot realign`"));
    let read = |id: i64| data.with_store(|store| store.read_document(id)?.ok_or_else(|| gone(id)));
    let print = |id: i64| print_of(data, id)?.ok_or_else(|| gone(id));
    let trial = try_alignment(&read(zh)?, &read(en)?, Dictionary::shared());
    Ok(pair(&print(zh)?, &print(en)?, &trial))
}

fn ordered(language: Language, own: i64, other: i64) -> (i64, i64) {
    if language == Language::Zh { (own, other) } else { (other, own) }
}

/// The fingerprint of a document; one that is missing or of another version is made.
fn print_of(data: &Data, id: i64) -> Result<Option<Fingerprint>, Error> {
    let kept = data.with_store(|store| Ok(store.fingerprint(id)?))?;
    match kept.and_then(|json| Fingerprint::from_json(&json)) {
        Some(print) => Ok(Some(print)),
        None => print_anew(data, id),
    }
}

fn print_anew(data: &Data, id: i64) -> Result<Option<Fingerprint>, Error> {
    let Some(read) = data.with_store(|store| Ok(store.read_document(id)?))? else { return Ok(None) };
    if read.language.counterpart().is_none() {
        return Ok(None);
    }
    let print = fingerprint(&read, Dictionary::shared());
    let json = serde_json::to_string(&print).map_err(corpus::store::Error::from)?;
    data.with_store(|store| Ok(store.put_fingerprint(id, read.language, &json, &sketch(&print))?))?;
    Ok(Some(print))
}
