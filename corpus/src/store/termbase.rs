//! Concepts, their terms, and the evidence for them, as they are looked up.

use rusqlite::{OptionalExtension as _, params};

use super::documents::as_i64;
use super::{Error, Store};
use crate::document::Language;
use crate::term::{Concept, Evidence, EvidenceKind, Place, Status, Term};
use crate::text::normalise::normalise;

/// A candidate that is less sure than this is kept, since another bitext may speak for it, and not shown.
pub(super) const SHOWN_CONFIDENCE: f32 = 0.2;

/// A candidate seen so many times less often than the best rendering is mostly a slip of mining.
const RARELY: i64 = 10;

/// How a look-up matches a designation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The whole designation.
    Exact,
    /// Anywhere in it; exact matches first, then those that begin so.
    Substring,
}

impl Store {
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
                      (SELECT sum(seen) FROM term t WHERE t.concept = term.concept AND t.language = 'zh') DESC,
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
            "SELECT id, text, language, status, confidence, seen FROM term
             WHERE concept = ?1 AND (status <> 'candidate' OR confidence >= ?2)
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
            "SELECT concept FROM term WHERE language = 'zh' AND (status <> 'candidate' OR confidence >= ?3)
             GROUP BY concept ORDER BY sum(seen) DESC, concept LIMIT ?1 OFFSET ?2",
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
                    (SELECT coalesce(sum(count), 0) FROM seen_pair
                     WHERE zh_term IN (term.id, other.id) AND en_term IN (term.id, other.id)) AS times
             FROM term JOIN term other ON other.concept = term.concept AND other.language <> term.language
             WHERE term.folded = ?1 AND (other.status <> 'candidate' OR min(other.confidence, term.confidence) >= ?2)
             ORDER BY times DESC, other.confidence DESC, other.id",
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
            "SELECT sighting.kind, zh.text, en.text, coalesce(bitext.zh, pair.document), zh_sentence,
                    coalesce(bitext.en, pair.document), en_sentence
             FROM term zh JOIN seen_pair pair ON pair.zh_term = zh.id JOIN term en ON en.id = pair.en_term
                  JOIN sighting ON sighting.pair = pair.id LEFT JOIN bitext ON bitext.id = pair.bitext
             WHERE zh.concept = ?1
             ORDER BY CASE sighting.kind WHEN 'definition' THEN 0 WHEN 'gloss' THEN 1 ELSE 2 END, pair.id, sighting.ord
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

/// The form in which designations are compared: two spellings of one designation fold alike.
pub(super) fn fold(designation: &str) -> String {
    normalise(designation).text.trim().to_owned()
}
