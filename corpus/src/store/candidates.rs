//! What mining proposes, kept beside what a person has set, which it never changes.
//!
//! A concept is known by its Chinese designation: renderings in English gather under it. How sure a candidate is grows
//! with every bitext that speaks for it. Triggers note which terms are to be weighed anew, however what spoke for them
//! came or went, so that settling takes as long as what has changed is large, not as the termbase is.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::documents::as_i64;
use super::routing::{self, Placed};
use super::{Error, Store};
use crate::document::Language;
use crate::term::{EvidenceKind, Sighting, TermPair, Tier};

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
    /// The document of that number, by itself: what it uses of designations that are known from elsewhere.
    Mentions(i64),
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
        settle(&transaction, "SELECT term FROM unsettled")?;
        Ok(transaction.commit()?)
    }
}

/// Settles the candidates of some concepts only; the others go on waiting.
pub(super) fn settle_concepts(transaction: &Transaction<'_>, concepts: &BTreeSet<i64>) -> Result<(), Error> {
    let concepts = serde_json::to_string(concepts)?;
    let waiting =
        "SELECT term.id FROM json_each(?1) JOIN term ON term.concept = value JOIN unsettled ON term = term.id";
    begin_settling(transaction)?;
    transaction.prepare_cached(&format!("INSERT INTO settling (term) {waiting}"))?.execute([concepts])?;
    finish_settling(transaction)
}

fn settle(transaction: &Transaction<'_>, waiting: &str) -> Result<(), Error> {
    begin_settling(transaction)?;
    transaction.prepare_cached(&format!("INSERT INTO settling (term) {waiting}"))?.execute([])?;
    finish_settling(transaction)
}

fn begin_settling(transaction: &Transaction<'_>) -> Result<(), Error> {
    transaction.execute("CREATE TEMP TABLE IF NOT EXISTS settling (term INTEGER PRIMARY KEY)", [])?;
    transaction.prepare_cached("DELETE FROM settling")?.execute([])?;
    Ok(())
}

fn finish_settling(transaction: &Transaction<'_>) -> Result<(), Error> {
    let mut changed = drop_unseen_candidates(transaction)?;
    changed.extend(weigh_candidates(transaction)?);
    transaction.prepare_cached("DELETE FROM unsettled WHERE term IN (SELECT term FROM settling)")?.execute([])?;
    note_changed(transaction, &changed)
}

/// Raises the termbase's version, as the one that changed these concepts; those that are gone as well.
pub(super) fn note_changed(transaction: &Transaction<'_>, concepts: &BTreeSet<i64>) -> Result<(), Error> {
    if concepts.is_empty() {
        return Ok(());
    }
    let version: i64 = transaction
        .prepare_cached("UPDATE termbase SET version = version + 1 RETURNING version")?
        .query_row([], |row| row.get(0))?;
    let mut note =
        transaction.prepare_cached("INSERT OR REPLACE INTO concept_change (concept, version) VALUES (?1, ?2)")?;
    for concept in concepts {
        note.execute([*concept, version])?;
    }
    Ok(())
}

/// Puts what mining found in place of what it found there before; nothing where what was mined is gone.
pub(super) fn replace_mined(transaction: &Transaction<'_>, origin: Origin, pairs: &[TermPair]) -> Result<(), Error> {
    let (bitext, document) = match origin {
        Origin::Bitext(id) => (Some(id), None),
        Origin::Document(id) | Origin::Mentions(id) => (None, Some(id)),
    };
    let mentions = matches!(origin, Origin::Mentions(_));
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
         WHERE document IN (SELECT zh FROM bitext WHERE id = ?1 UNION SELECT en FROM bitext WHERE id = ?1)
             OR document = ?2 AND (mention IS NOT NULL) = ?3",
    )?;
    alone.execute(params![bitext, document, mentions])?;
    for pair in pairs {
        put_pair(transaction, bitext, document, pair)?;
    }
    let done = if mentions { "mentioned" } else { "mined" };
    transaction.prepare_cached(&format!("UPDATE document SET {done} = 1 WHERE id = ?1"))?.execute([document])?;
    Ok(())
}

fn put_pair(
    transaction: &Transaction<'_>,
    bitext: Option<i64>,
    document: Option<i64>,
    pair: &TermPair,
) -> Result<(), Error> {
    let Placed { concept, zh, en } = routing::place(transaction, &pair.zh, &pair.en)?;
    if let Some(definition) = &pair.definition {
        // Where a person has changed a concept or reviewed a term, that there is no definition may be on purpose.
        transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO definition (concept, language, text, source) SELECT id, ?2, ?3, ?4 FROM concept
                 WHERE id = ?1 AND changed IS NULL
                     AND NOT EXISTS (SELECT 1 FROM term WHERE concept = ?1 AND status <> 'candidate')",
            )?
            .execute(params![concept, written_in(definition).code(), definition, pair.definition_source])?;
    }
    let mut insert = transaction.prepare_cached(
        "INSERT INTO seen_pair (zh_term, en_term, bitext, document, confidence, count, given, mined_zh, mined_en, mention)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let id = insert.insert(params![
        zh.term,
        en.term,
        bitext,
        document,
        pair.confidence,
        as_i64(pair.sightings.len()),
        pair.tier() == Tier::Given,
        zh.kept(&pair.zh),
        en.kept(&pair.en),
        mentioned_side(pair).map(Language::code)
    ])?;
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

/// The side that was seen of a pair that is only mentioned.
fn mentioned_side(pair: &TermPair) -> Option<Language> {
    let mention = pair.sightings.first().filter(|sighting| sighting.kind == EvidenceKind::Mention)?;
    Some(if mention.zh_sentence.is_some() { Language::Zh } else { Language::En })
}

/// A definition with an ideograph in it is Chinese: English ones name no term of the other language.
fn written_in(definition: &str) -> Language {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if definition.contains(is_han) { Language::Zh } else { Language::En }
}

/// How sure each candidate is by all that speaks for it: what was mined apart speaks independently, so that a pair is
/// wrong only if all of it is (noisy or). Mentions do not: they rest on the same supposition, and say nothing of the side
/// that was not seen. What a rejected designation was seen with is counted and speaks for nothing. A candidate that a
/// person or a file put there is at least as sure as they were. The concepts that changed.
fn weigh_candidates(transaction: &Transaction<'_>) -> Result<BTreeSet<i64>, Error> {
    // A cross join is read from the left: in time that grows with what is settled.
    let mut statement = transaction.prepare_cached(
        "SELECT term, max(confidence), sum(count), max(given), max(mention IS NOT NULL) FROM (
             SELECT term, iif(en_term IN (SELECT id FROM term WHERE status = 'rejected'), 0, confidence) AS confidence,
                    iif(mention = 'en', 0, count) AS count, given, mention, bitext,
                    iif(mention IS NULL, document, NULL) AS document
             FROM settling CROSS JOIN seen_pair ON zh_term = term
             UNION ALL
             SELECT term, iif(zh_term IN (SELECT id FROM term WHERE status = 'rejected'), 0, confidence),
                    iif(mention = 'zh', 0, count), given, mention, bitext, iif(mention IS NULL, document, NULL)
             FROM settling CROSS JOIN seen_pair ON en_term = term
         ) GROUP BY term, bitext, document, mention IS NULL",
    )?;
    let mut weighed: BTreeMap<i64, Weight> = BTreeMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (term, confidence, count, given): (i64, f64, i64, bool) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let weight = weighed.entry(term).or_insert(Weight { doubt: 1.0, mentioned: 0.0, seen: 0, given: false });
        if row.get(4)? {
            weight.mentioned = confidence;
        } else {
            weight.doubt *= 1.0 - confidence.clamp(0.0, 1.0);
        }
        weight.seen = weight.seen.saturating_add(count);
        weight.given |= given;
    }
    let mut update = transaction.prepare_cached(
        "UPDATE term SET seen = ?2, given = ?4,
             confidence = iif(status = 'candidate', max(?3, coalesce(stated, 0)), confidence)
         WHERE id = ?1 AND (seen <> ?2 OR given <> ?4
             OR status = 'candidate' AND abs(confidence - max(?3, coalesce(stated, 0))) > 1e-9)
         RETURNING concept",
    )?;
    let mut changed = BTreeSet::new();
    for (term, Weight { doubt, mentioned, seen, given }) in &weighed {
        let confidence = (1.0 - doubt).max(*mentioned).min(SUREST_CANDIDATE);
        changed
            .extend(update.query_row(params![term, seen, confidence, given], |row| row.get::<_, i64>(0)).optional()?);
    }
    let mut unseen = transaction.prepare_cached(
        "UPDATE term SET seen = 0, given = 0, confidence = iif(status = 'candidate', coalesce(stated, confidence), confidence)
         WHERE id IN (SELECT term FROM settling)
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE zh_term = term.id)
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE en_term = term.id)
         RETURNING concept",
    )?;
    for concept in unseen.query_map([], |row| row.get(0))? {
        changed.insert(concept?);
    }
    Ok(changed)
}

/// What speaks for a designation.
struct Weight {
    doubt: f64,
    /// How sure the surest mention is.
    mentioned: f64,
    seen: i64,
    given: bool,
}

/// A candidate that nothing speaks for any more goes, with the concepts that it leaves empty; those concepts.
///
/// What a person has reviewed, said something of or put there stays, and so does the last designation in its language of
/// a concept that a person has touched: without it the others would be renderings of nothing.
fn drop_unseen_candidates(transaction: &Transaction<'_>) -> Result<BTreeSet<i64>, Error> {
    let mut delete = transaction.prepare_cached(
        "DELETE FROM term WHERE id IN (SELECT term FROM settling) AND status = 'candidate' AND stated IS NULL
             AND part_of_speech IS NULL AND note IS NULL AND region IS NULL AND source IS NULL
             AND variants = '[]' AND other = '[]'
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE zh_term = term.id)
             AND NOT EXISTS (SELECT 1 FROM seen_pair WHERE en_term = term.id)
             AND NOT ((EXISTS (SELECT 1 FROM term other WHERE other.concept = term.concept AND other.status <> 'candidate')
                       OR EXISTS (SELECT 1 FROM concept WHERE id = term.concept AND changed IS NOT NULL))
                      AND NOT EXISTS (SELECT 1 FROM term other WHERE other.concept = term.concept
                                      AND other.language = term.language AND other.id <> term.id
                                      AND (other.id < term.id OR other.status <> 'candidate' OR other.stated IS NOT NULL
                                           OR EXISTS (SELECT 1 FROM seen_pair WHERE zh_term = other.id)
                                           OR EXISTS (SELECT 1 FROM seen_pair WHERE en_term = other.id))))
         RETURNING concept",
    )?;
    let concepts: BTreeSet<i64> = delete.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut delete = transaction
        .prepare_cached("DELETE FROM concept WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM term WHERE concept = ?1)")?;
    for concept in &concepts {
        delete.execute([concept])?;
    }
    Ok(concepts)
}
