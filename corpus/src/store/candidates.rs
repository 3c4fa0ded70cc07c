//! What mining proposes, kept beside what a person has set, which it never changes.
//!
//! A concept is known by its Chinese designation: renderings in English gather under it. How sure a candidate is grows
//! with every bitext that speaks for it. Triggers note which terms are to be weighed anew, however what spoke for them
//! came or went, so that settling takes as long as what has changed is large, not as the termbase is.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::documents::as_i64;
use super::termbase::fold;
use super::{Error, Store};
use crate::document::Language;
use crate::term::{EvidenceKind, Sighting, TermPair};

/// Only a person can be surer than this.
const SUREST_CANDIDATE: f64 = 0.99;

/// So many places of a pair are kept for each bitext; how many there are is counted.
const KEPT_PLACES: usize = 30;

/// What was mined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The bitext of that number.
    Bitext(i64),
    /// The document of that number, by itself: its glosses and definitions.
    Document(i64),
}

impl Store {
    /// Puts what mining found in place of what it found there before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_mined_terms(&mut self, origin: Origin, pairs: &[TermPair]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        replace_mined(&transaction, origin, pairs)?;
        Ok(transaction.commit()?)
    }

    /// Weighs every candidate of which something has changed by all that speaks for it, and lets go of those that
    /// nothing speaks for any more. To be called once after any number of bitexts were mined or taken back.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn settle_candidates(&mut self) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        drop_unseen_candidates(&transaction)?;
        weigh_candidates(&transaction)?;
        transaction.execute("DELETE FROM unsettled", [])?;
        Ok(transaction.commit()?)
    }
}

/// Puts what mining found in place of what it found there before; nothing where what was mined is gone.
pub(super) fn replace_mined(transaction: &Transaction<'_>, origin: Origin, pairs: &[TermPair]) -> Result<(), Error> {
    let (bitext, document) = match origin {
        Origin::Bitext(id) => (Some(id), None),
        Origin::Document(id) => (None, Some(id)),
    };
    let there: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM bitext WHERE id = ?1) OR EXISTS (SELECT 1 FROM document WHERE id = ?2)",
        [bitext, document],
        |row| row.get(0),
    )?;
    if !there {
        return Ok(());
    }
    transaction.prepare_cached("DELETE FROM seen_pair WHERE bitext = ?1")?.execute([bitext])?;
    // What a document gives by itself is mined again with its bitext.
    let mut alone = transaction.prepare_cached(
        "DELETE FROM seen_pair
         WHERE document IN (SELECT ?2 UNION SELECT zh FROM bitext WHERE id = ?1 UNION SELECT en FROM bitext WHERE id = ?1)",
    )?;
    alone.execute([bitext, document])?;
    for pair in pairs {
        put_pair(transaction, bitext, document, pair)?;
    }
    transaction.prepare_cached("UPDATE document SET mined = 1 WHERE id = ?1")?.execute([document])?;
    Ok(())
}

fn put_pair(
    transaction: &Transaction<'_>,
    bitext: Option<i64>,
    document: Option<i64>,
    pair: &TermPair,
) -> Result<(), Error> {
    let concept = concept_of(transaction, &pair.zh)?;
    if let Some(definition) = &pair.definition {
        // Where a person has reviewed a term, that there is no definition may be on purpose.
        transaction
            .prepare_cached(
                "UPDATE concept SET definition = ?2 WHERE id = ?1 AND definition IS NULL
                 AND NOT EXISTS (SELECT 1 FROM term WHERE concept = ?1 AND status <> 'candidate')",
            )?
            .execute(params![concept, definition])?;
    }
    let zh = term_of(transaction, concept, Language::Zh, &pair.zh)?;
    let en = term_of(transaction, concept, Language::En, &pair.en)?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO seen_pair (zh_term, en_term, bitext, document, confidence, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let id = insert.insert(params![zh, en, bitext, document, pair.confidence, as_i64(pair.sightings.len())])?;
    let mut sightings: Vec<&Sighting> = pair.sightings.iter().collect();
    sightings.sort_by_key(|sighting| sighting.kind == EvidenceKind::Bead);
    let mut insert = transaction.prepare_cached(
        "INSERT INTO sighting (pair, ord, kind, zh_sentence, en_sentence) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (ord, sighting) in sightings.into_iter().take(KEPT_PLACES).enumerate() {
        let (zh, en) = (sighting.zh_sentence.map(as_i64), sighting.en_sentence.map(as_i64));
        insert.execute(params![id, as_i64(ord), sighting.kind.name(), zh, en])?;
    }
    Ok(())
}

fn concept_of(transaction: &Transaction<'_>, zh: &str) -> Result<i64, Error> {
    let mut statement = transaction
        .prepare_cached("SELECT concept FROM term WHERE folded = ?1 AND language = 'zh' ORDER BY concept")?;
    if let Some(id) = statement.query_row([fold(zh)], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    Ok(transaction.prepare_cached("INSERT INTO concept (definition) VALUES (NULL)")?.insert([])?)
}

fn term_of(transaction: &Transaction<'_>, concept: i64, language: Language, text: &str) -> Result<i64, Error> {
    let folded = fold(text);
    let mut known =
        transaction.prepare_cached("SELECT id FROM term WHERE concept = ?1 AND language = ?2 AND folded = ?3")?;
    if let Some(id) = known.query_row(params![concept, language.code(), folded], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let mut insert = transaction.prepare_cached(
        "INSERT INTO term (concept, language, text, folded, status, confidence) VALUES (?1, ?2, ?3, ?4, 'candidate', 0)",
    )?;
    Ok(insert.insert(params![concept, language.code(), text, folded])?)
}

/// How sure each candidate is by all that speaks for it: what was mined apart speaks independently, so that a pair is
/// wrong only if all of it is (noisy or).
fn weigh_candidates(transaction: &Transaction<'_>) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "SELECT term, max(confidence), sum(count) FROM (
             SELECT term, confidence, count, bitext, document FROM unsettled JOIN seen_pair ON zh_term = term
             UNION ALL
             SELECT term, confidence, count, bitext, document FROM unsettled JOIN seen_pair ON en_term = term
         ) GROUP BY term, bitext, document",
    )?;
    let mut weighed: BTreeMap<i64, (f64, i64)> = BTreeMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (term, confidence, count): (i64, f64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (doubt, seen) = weighed.entry(term).or_insert((1.0, 0));
        *doubt *= 1.0 - confidence.clamp(0.0, 1.0);
        *seen = seen.saturating_add(count);
    }
    let mut update = transaction.prepare_cached(
        "UPDATE term SET seen = ?2, confidence = iif(status = 'candidate', ?3, confidence) WHERE id = ?1",
    )?;
    for (term, (doubt, seen)) in &weighed {
        update.execute(params![term, seen, (1.0 - doubt).min(SUREST_CANDIDATE)])?;
    }
    transaction.execute(
        "UPDATE term SET seen = 0 WHERE id IN (SELECT term FROM unsettled)
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE zh_term = term.id)
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE en_term = term.id)",
        [],
    )?;
    Ok(())
}

/// A candidate that nothing speaks for any more goes. What a person has reviewed stays, and so does the last designation
/// in its language of such a concept: without it the reviewed one would be a rendering of nothing.
fn drop_unseen_candidates(transaction: &Transaction<'_>) -> Result<(), Error> {
    let mut delete = transaction.prepare_cached(
        "DELETE FROM term WHERE id IN (SELECT term FROM unsettled) AND status = 'candidate'
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE zh_term = term.id)
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE en_term = term.id)
             AND NOT (EXISTS (SELECT 1 FROM term other WHERE other.concept = term.concept AND other.status <> 'candidate')
                      AND NOT EXISTS (SELECT 1 FROM term other WHERE other.concept = term.concept
                                      AND other.language = term.language AND other.id <> term.id))
         RETURNING concept",
    )?;
    let concepts: BTreeSet<i64> = delete.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut delete = transaction
        .prepare_cached("DELETE FROM concept WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM term WHERE concept = ?1)")?;
    for concept in concepts {
        delete.execute([concept])?;
    }
    Ok(())
}
