//! Documents without a counterpart, searched for designations of known concepts.
//!
//! Concepts and documents come in any order. A new document is searched for all that is known; when something becomes
//! known, or is known no more, the documents that may hold it are searched anew, which the search index names. Each
//! document is searched for everything at once and what was found in it before is replaced, so that the outcome depends
//! only on what is known in the end.

use std::collections::{BTreeMap, BTreeSet};

use corpus::document::Language;
use corpus::store::{Origin, Pending, Seeking, Store};
use corpus::term::{KnownPair, TermPair};
use index::query::Query;
use index::{SearchRequest, Sort};
use ingest::align::Dictionary;
use ingest::terms::{Mentions, spellings};

use crate::Error;
use crate::data::Data;
use crate::parallel::on_all_cores;

/// With more new pairs than this all documents are searched: asking the index for each would take longer.
const MOST_PAIRS: usize = 2_000;
/// So many texts are asked for at a time.
const AT_ONCE: usize = 64;
/// So many documents the index names at a time; if there are more, all are searched.
const MOST_DOCUMENTS: usize = 5_000;

/// Searches what waits; how many pairs of designations were found, each counted in every document.
pub(super) fn search_pending(data: &Data) -> Result<usize, Error> {
    seek_anew(data)?;
    let pending = data.with_store(|store| Ok(store.pending(Pending::Mentions)?))?;
    if pending.is_empty() {
        return Ok(0);
    }
    let known = data.with_store(|store| Ok(store.sought_pairs()?))?;
    if known.is_empty() {
        data.with_store(|store| forget_mentions(store, &pending))?;
        return Ok(0);
    }
    let mentions = Mentions::new(known, Dictionary::shared());
    let found = put_in_order(data, &mentions, &pending)?;
    data.with_store(|store| Ok(store.settle_candidates()?))?;
    Ok(found)
}

/// Searches documents on all cores and keeps what is found in their order, since the first document gives a new
/// designation its number.
fn put_in_order(data: &Data, mentions: &Mentions, documents: &[i64]) -> Result<usize, Error> {
    let (mut found, mut done) = (0, 0);
    let mut early: BTreeMap<usize, Vec<TermPair>> = BTreeMap::new();
    on_all_cores(
        documents,
        |id| mentions_in(data, mentions, *id),
        |index, pairs| {
            early.insert(index, pairs?);
            while let (Some(pairs), Some(id)) = (early.remove(&done), documents.get(done)) {
                data.with_store(|store| Ok(store.put_mined_terms(Origin::Mentions(*id), &pairs)?))?;
                found += pairs.len();
                done += 1;
            }
            Ok(())
        },
    )?;
    Ok(found)
}

/// Lets the documents wait that may hold what has become known, or held what is known no more.
fn seek_anew(data: &Data) -> Result<(), Error> {
    let (seeking, searched) =
        data.with_store(|store| Ok((store.designations_to_seek()?, store.searched_documents()?)))?;
    let changed = changed_pairs(&seeking);
    let documents = match changed.len() {
        _ if searched == 0 => Some(Vec::new()),
        0 => Some(Vec::new()),
        many if many > MOST_PAIRS => None,
        _ => documents_with(data, &changed)?,
    };
    let everywhere = documents.is_none();
    data.with_store(|store| Ok(store.note_sought(&seeking, &documents.unwrap_or_default(), everywhere)?))
}

/// What is known of now and was not before, or the other way round.
fn changed_pairs(seeking: &Seeking) -> Vec<KnownPair> {
    let mut changed = BTreeSet::new();
    for concept in &seeking.concepts {
        let (before, now): (BTreeSet<&KnownPair>, BTreeSet<&KnownPair>) =
            (concept.before.iter().collect(), concept.now.iter().collect());
        changed.extend(before.symmetric_difference(&now).map(|pair| (*pair).clone()));
    }
    changed.into_iter().collect()
}

/// The documents that may hold designations; `None` where they are too many to be named.
fn documents_with(data: &Data, pairs: &[KnownPair]) -> Result<Option<Vec<i64>>, Error> {
    let mut texts = spellings(pairs, Dictionary::shared());
    texts.extend(pairs.iter().map(|pair| pair.zh.clone()));
    let mut documents = BTreeSet::new();
    for texts in texts.chunks(AT_ONCE) {
        let query = Query::Or(texts.iter().cloned().map(Query::Text).collect());
        let request = SearchRequest {
            query: Some(&query),
            limit: MOST_DOCUMENTS,
            sort: Sort::Newest,
            ..SearchRequest::default()
        };
        let answer = data.index.rank(&request)?;
        if answer.total_documents > answer.hits.len() {
            return Ok(None);
        }
        documents.extend(answer.hits.into_iter().map(|hit| hit.document));
    }
    Ok(Some(documents.into_iter().collect()))
}

/// What a document mentions; nothing where it belongs to a bitext.
fn mentions_in(data: &Data, mentions: &Mentions, id: i64) -> Result<Vec<TermPair>, Error> {
    let Some((language, sentences, blocks)) = data.with_store(|store| {
        let Some(language) = store.language_alone(id)? else { return Ok(None) };
        Ok(Some((language, store.sentences(id)?, store.blocks(id)?)))
    })?
    else {
        return Ok(Vec::new());
    };
    let running = sentences.iter().map(|sentence| {
        let is_running = blocks.get(sentence.block).is_none_or(|block| block.kind.is_running_text());
        if is_running { sentence.text.as_str() } else { "" }
    });
    let texts: Vec<&str> = running.collect();
    let found = match language {
        Language::En => mentions.in_english(&texts),
        Language::Zh => mentions.in_chinese(&texts),
        _ => Vec::new(),
    };
    Ok(found.into_iter().map(|mention| mention.pair).collect())
}

/// Nothing is known, so nothing is mentioned.
fn forget_mentions(store: &mut Store, documents: &[i64]) -> Result<(), Error> {
    for id in documents {
        store.put_mined_terms(Origin::Mentions(*id), &[])?;
    }
    Ok(store.settle_candidates()?)
}

#[cfg(test)]
mod tests;
