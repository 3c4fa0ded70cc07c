//! Concepts, their terms, and the evidence for them.
//!
//! A concept is known by its Chinese designation: renderings in English gather under it with their counts. Mining adds
//! and recounts; it never changes what a person has set. How sure a candidate is grows with every bitext that speaks
//! for it.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::documents::as_i64;
use super::{Error, Store};
use crate::document::Language;
use crate::term::{Concept, Evidence, EvidenceKind, Place, Status, Term, TermPair};
use crate::text::normalise::normalise;

/// A candidate that is less sure than this is kept, since another bitext may speak for it, and not shown.
const SHOWN_CONFIDENCE: f32 = 0.3;

/// A candidate seen so many times less often than the best rendering is mostly a slip of mining.
const RARELY: i64 = 10;

/// Only a person can be surer than this.
const SUREST_CANDIDATE: f64 = 0.99;

/// What was mined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The bitext of that number.
    Bitext(i64),
    /// The document of that number, by itself: its glosses and definitions.
    Document(i64),
}

/// How a look-up matches a designation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The whole designation.
    Exact,
    /// Anywhere in it; exact matches first, then those that begin so.
    Substring,
}

impl Store {
    /// Puts what mining found in place of what it found there before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_mined_terms(&mut self, origin: Origin, pairs: &[TermPair]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let Some(documents) = documents_of(&transaction, origin)? else { return Ok(()) };
        // What a document gives by itself is mined again with its bitext.
        transaction.execute(
            "DELETE FROM evidence WHERE bitext = ?1
             OR bitext IS NULL AND kind IN ('gloss', 'definition') AND (zh_document IN (?2, ?3) OR en_document IN (?2, ?3))",
            params![documents.bitext, documents.zh, documents.en],
        )?;
        for pair in pairs {
            put_pair(&transaction, &documents, pair)?;
        }
        Ok(transaction.commit()?)
    }

    /// Weighs every candidate by all that speaks for it, and lets go of those that nothing speaks for any more. To be
    /// called once after any number of [`Self::put_mined_terms`].
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn settle_candidates(&mut self) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        drop_unseen_candidates(&transaction)?;
        weigh_candidates(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// Concepts with a designation that matches, best first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn lookup(&self, text: &str, how: Lookup, limit: usize) -> Result<Vec<Concept>, Error> {
        let folded = fold(text);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        let condition = match how {
            Lookup::Exact => "folded = ?1",
            Lookup::Substring => "instr(folded, ?1) > 0",
        };
        // A rank by kind of match, then by how often the concept was seen, then by length: stable and easy to explain.
        let sql = format!(
            "SELECT concept FROM term WHERE {condition} AND (status <> 'candidate' OR confidence >= ?3) GROUP BY concept
             ORDER BY min(CASE WHEN folded = ?1 THEN 0 WHEN substr(folded, 1, length(?1)) = ?1 THEN 1 ELSE 2 END),
                      (SELECT count(*) FROM evidence JOIN term t ON t.id = evidence.zh_term WHERE t.concept = term.concept) DESC,
                      min(length(folded)), concept
             LIMIT ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let ids = statement.query_map(params![folded, as_i64(limit), SHOWN_CONFIDENCE], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        ids.into_iter().filter_map(|id| self.concept(id).transpose()).collect()
    }

    /// The concept of that number, its terms best first: by status, then by how often each was seen.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concept(&self, id: i64) -> Result<Option<Concept>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT definition FROM concept WHERE id = ?1")?;
        let Some(definition) = statement.query_row([id], |row| row.get(0)).optional()? else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(
            "SELECT id, text, language, status, confidence,
                    (SELECT count(*) FROM evidence WHERE zh_term = term.id OR en_term = term.id) AS seen
             FROM term WHERE concept = ?1 AND (status <> 'candidate' OR confidence >= ?2)
             ORDER BY CASE status WHEN 'preferred' THEN 0 WHEN 'admitted' THEN 1 WHEN 'candidate' THEN 2 ELSE 3 END,
                      seen DESC, confidence DESC, id",
        )?;
        let terms = statement.query_map(params![id, SHOWN_CONFIDENCE], |row| {
            Ok(Term {
                id: row.get(0)?,
                text: row.get(1)?,
                language: Language::from_code(&row.get::<_, String>(2)?),
                status: Status::from_name(&row.get::<_, String>(3)?).unwrap_or(Status::Candidate),
                confidence: row.get(4)?,
                count: row.get(5)?,
            })
        })?;
        Ok(Some(Concept { id, definition, terms: terms.collect::<Result<_, _>>()? }))
    }

    /// The concepts that were seen most often, for browsing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concepts(&self, limit: usize, offset: usize) -> Result<Vec<Concept>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT term.concept FROM term LEFT JOIN evidence ON evidence.zh_term = term.id WHERE term.language = 'zh'
             AND (term.status <> 'candidate' OR term.confidence >= ?3)
             GROUP BY term.concept ORDER BY count(evidence.id) DESC, term.concept LIMIT ?1 OFFSET ?2",
        )?;
        let ids = statement.query_map(params![as_i64(limit), as_i64(offset), SHOWN_CONFIDENCE], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        ids.into_iter().filter_map(|id| self.concept(id).transpose()).collect()
    }

    /// How many concepts there are to be seen.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concept_count(&self) -> Result<usize, Error> {
        let count = self.connection.query_row(
            "SELECT count(DISTINCT concept) FROM term WHERE status <> 'candidate' OR confidence >= ?1",
            [SHOWN_CONFIDENCE],
            |row| row.get(0),
        )?;
        Ok(super::documents::as_usize(count))
    }

    /// The designations in the other language of concepts with exactly this designation, those seen most often first.
    ///
    /// Deprecated and superseded ones are found too: a search must not miss the documents that used them. A candidate
    /// counts from `least_confidence` on, and when it was seen a tenth as often as the one seen most.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn renderings(&self, text: &str, least_confidence: f32) -> Result<Vec<String>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT other.text, other.status = 'candidate',
                    (SELECT count(*) FROM evidence WHERE zh_term IN (term.id, other.id) AND en_term IN (term.id, other.id)) AS seen
             FROM term JOIN term other ON other.concept = term.concept AND other.language <> term.language
             WHERE term.folded = ?1 AND (other.status <> 'candidate' OR min(other.confidence, term.confidence) >= ?2)
             ORDER BY seen DESC, other.confidence DESC, other.id",
        )?;
        let rows = statement.query_map(params![fold(text), least_confidence], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?, row.get::<_, i64>(2)?))
        })?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let most = rows.first().map_or(0, |(_, _, seen)| *seen);
        let mut renderings: Vec<String> = Vec::new();
        for (text, is_candidate, seen) in rows {
            if (!is_candidate || seen * RARELY >= most) && !renderings.contains(&text) {
                renderings.push(text);
            }
        }
        Ok(renderings)
    }

    /// Where the terms of a concept were seen: definitions and glosses first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence(&self, concept: i64, limit: usize) -> Result<Vec<Evidence>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT evidence.kind, zh.text, en.text, zh_document, zh_sentence, en_document, en_sentence
             FROM evidence JOIN term zh ON zh.id = evidence.zh_term JOIN term en ON en.id = evidence.en_term
             WHERE zh.concept = ?1
             ORDER BY CASE evidence.kind WHEN 'definition' THEN 0 WHEN 'gloss' THEN 1 ELSE 2 END, evidence.id
             LIMIT ?2",
        )?;
        let rows = statement.query_map([concept, as_i64(limit)], |row| {
            let kind = EvidenceKind::from_name(&row.get::<_, String>(0)?).unwrap_or(EvidenceKind::Bead);
            let sides: [(Option<i64>, Option<i64>); 2] = [(row.get(3)?, row.get(4)?), (row.get(5)?, row.get(6)?)];
            Ok((kind, row.get(1)?, row.get(2)?, sides))
        })?;
        rows.map(|row| {
            let (kind, zh, en, [zh_side, en_side]) = row?;
            Ok(Evidence { kind, zh, en, zh_place: self.place(zh_side)?, en_place: self.place(en_side)? })
        })
        .collect()
    }

    fn place(&self, side: (Option<i64>, Option<i64>)) -> Result<Option<Place>, Error> {
        let (Some(document), Some(sentence)) = side else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(document.facts ->> '$.title', document.name), sentence.page, sentence.text,
                    EXISTS (SELECT 1 FROM page
                            WHERE page.document = document.id AND page.number = sentence.page AND kind = 'ocr')
             FROM sentence JOIN document ON document.id = sentence.document
             WHERE sentence.document = ?1 AND sentence.ord = ?2",
        )?;
        let place = statement.query_row([document, sentence], |row| {
            Ok(Place {
                document,
                title: row.get(0)?,
                sentence: super::documents::as_usize(sentence),
                page: row.get(1)?,
                text: row.get(2)?,
                ocr: row.get(3)?,
            })
        });
        Ok(place.optional()?)
    }
}

/// The documents that sightings speak of.
struct Documents {
    bitext: Option<i64>,
    zh: i64,
    en: i64,
}

/// `None` when what was mined is gone by now.
fn documents_of(transaction: &Transaction<'_>, origin: Origin) -> Result<Option<Documents>, Error> {
    let documents = match origin {
        Origin::Bitext(id) => transaction.query_row("SELECT id, zh, en FROM bitext WHERE id = ?1", [id], |row| {
            Ok(Documents { bitext: row.get(0)?, zh: row.get(1)?, en: row.get(2)? })
        }),
        Origin::Document(id) => transaction.query_row("SELECT id FROM document WHERE id = ?1", [id], |row| {
            Ok(Documents { bitext: None, zh: row.get(0)?, en: row.get(0)? })
        }),
    };
    Ok(documents.optional()?)
}

fn put_pair(transaction: &Transaction<'_>, documents: &Documents, pair: &TermPair) -> Result<(), Error> {
    let concept = concept_of(transaction, &pair.zh)?;
    if let Some(definition) = &pair.definition {
        transaction
            .prepare_cached("UPDATE concept SET definition = ?2 WHERE id = ?1 AND definition IS NULL")?
            .execute(params![concept, definition])?;
    }
    let zh = term_of(transaction, concept, Language::Zh, &pair.zh)?;
    let en = term_of(transaction, concept, Language::En, &pair.en)?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO evidence (zh_term, en_term, kind, bitext, zh_document, zh_sentence, en_document, en_sentence, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for sighting in &pair.sightings {
        insert.execute(params![
            zh,
            en,
            sighting.kind.name(),
            documents.bitext,
            sighting.zh_sentence.map(|_| documents.zh),
            sighting.zh_sentence.map(as_i64),
            sighting.en_sentence.map(|_| documents.en),
            sighting.en_sentence.map(as_i64),
            pair.confidence,
        ])?;
    }
    Ok(())
}

fn concept_of(transaction: &Transaction<'_>, zh: &str) -> Result<i64, Error> {
    let mut statement = transaction
        .prepare_cached("SELECT concept FROM term WHERE folded = ?1 AND language = 'zh' ORDER BY concept")?;
    if let Some(id) = statement.query_row([fold(zh)], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    transaction.execute("INSERT INTO concept (definition) VALUES (NULL)", [])?;
    Ok(transaction.last_insert_rowid())
}

fn term_of(transaction: &Transaction<'_>, concept: i64, language: Language, text: &str) -> Result<i64, Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO term (concept, language, text, folded, status, confidence) VALUES (?1, ?2, ?3, ?4, 'candidate', 0)
         ON CONFLICT (concept, language, folded) DO UPDATE SET folded = folded
         RETURNING id",
    )?;
    Ok(statement.query_row(params![concept, language.code(), text, fold(text)], |row| row.get(0))?)
}

/// How sure each candidate is by all that speaks for it: what was mined apart speaks independently, so that a pair is
/// wrong only if all of it is (noisy or).
fn weigh_candidates(transaction: &Transaction<'_>) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "SELECT term.id, max(evidence.confidence) FROM term
         JOIN evidence ON evidence.zh_term = term.id OR evidence.en_term = term.id
         WHERE term.status = 'candidate'
         GROUP BY term.id, coalesce(evidence.bitext, -coalesce(evidence.zh_document, evidence.en_document))",
    )?;
    let mut doubt: BTreeMap<i64, f64> = BTreeMap::new();
    for row in statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, f64>(1)?)))? {
        let (term, confidence) = row?;
        *doubt.entry(term).or_insert(1.0) *= 1.0 - confidence.clamp(0.0, 1.0);
    }
    let mut update =
        transaction.prepare_cached("UPDATE term SET confidence = ?2 WHERE id = ?1 AND confidence <> ?2")?;
    for (term, doubt) in doubt {
        update.execute(params![term, (1.0 - doubt).min(SUREST_CANDIDATE)])?;
    }
    Ok(())
}

/// A candidate that nothing speaks for any more goes; what a person has reviewed stays.
fn drop_unseen_candidates(transaction: &Transaction<'_>) -> Result<(), Error> {
    transaction.execute_batch(
        "DELETE FROM term WHERE status = 'candidate'
             AND NOT EXISTS (SELECT 1 FROM evidence WHERE zh_term = term.id)
             AND NOT EXISTS (SELECT 1 FROM evidence WHERE en_term = term.id);
         DELETE FROM concept WHERE NOT EXISTS (SELECT 1 FROM term WHERE term.concept = concept.id);",
    )?;
    Ok(())
}

/// The form in which designations are compared: two spellings of one designation fold alike.
fn fold(designation: &str) -> String {
    normalise(designation).text.trim().to_owned()
}
