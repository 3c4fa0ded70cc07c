//! Concepts, their terms, and the evidence for them, as they are looked up.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::documents::as_i64;
use super::{Error, Store};
use crate::document::Language;
use crate::term::{Concept, Definition, Evidence, EvidenceKind, PartOfSpeech, Place, Status, Term, TermUse, fold};

/// A candidate that is less sure than this is kept, since another bitext may speak for it, and not shown.
pub(super) const SHOWN_CONFIDENCE: f32 = 0.2;

/// A candidate seen so many times less often than the best rendering is mostly a slip of mining.
const RARELY: i64 = 10;

/// The columns of a designation, as [`term_row`] reads them.
pub(super) const TERM: &str =
    "id, text, language, status, confidence, seen, part_of_speech, note, region, source, variants, other";

/// The order of designations in a concept.
pub(super) const BEST_FIRST: &str = "CASE status WHEN 'preferred' THEN 0 WHEN 'admitted' THEN 1 WHEN 'candidate' THEN 2
    WHEN 'rejected' THEN 4 ELSE 3 END, seen DESC, confidence DESC, id";

/// Whether `concept.id` is shown: something of it is, and in each language in which designations of it were rejected
/// another one is. `?1` is the confidence from which a candidate is shown.
const CONCEPT_IS_SHOWN: &str = "
    EXISTS (SELECT 1 FROM term WHERE concept = concept.id
            AND status <> 'rejected' AND (status <> 'candidate' OR confidence >= ?1))
    AND NOT EXISTS (SELECT 1 FROM term gone WHERE gone.concept = concept.id AND gone.status = 'rejected'
        AND NOT EXISTS (SELECT 1 FROM term WHERE concept = gone.concept AND language = gone.language
            AND status <> 'rejected' AND (status <> 'candidate' OR confidence >= ?1)))";

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
            "SELECT concept FROM term WHERE {condition} AND status <> 'rejected' AND (status <> 'candidate' OR confidence >= ?3) GROUP BY concept
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

    /// The concept of that number as it is shown, its terms best first: by status, then by how often each was seen.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concept(&self, id: i64) -> Result<Option<Concept>, Error> {
        read_concept(&self.connection, id, "status <> 'rejected' AND (status <> 'candidate' OR confidence >= ?2)")
    }

    /// The concept of that number with all its terms: rejected ones and candidates that are not shown, too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn whole_concept(&self, id: i64) -> Result<Option<Concept>, Error> {
        whole_concept(&self.connection, id)
    }

    /// The concepts that were seen most often, for browsing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concepts(&self, limit: usize, offset: usize) -> Result<Vec<Concept>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT concept.id FROM concept JOIN term ON term.concept = concept.id AND term.language = 'zh'
                 AND term.status <> 'rejected' AND (term.status <> 'candidate' OR term.confidence >= ?1)
             WHERE {CONCEPT_IS_SHOWN} GROUP BY concept.id ORDER BY sum(term.seen) DESC, concept.id LIMIT ?2 OFFSET ?3"
        ))?;
        let ids = statement.query_map(params![SHOWN_CONFIDENCE, as_i64(limit), as_i64(offset)], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        ids.into_iter().filter_map(|id| self.concept(id).transpose()).collect()
    }

    /// How many concepts there are to be seen.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concept_count(&self) -> Result<usize, Error> {
        let sql = format!("SELECT count(*) FROM concept WHERE {CONCEPT_IS_SHOWN}");
        let count = self.connection.prepare_cached(&sql)?.query_row([SHOWN_CONFIDENCE], |row| row.get(0))?;
        Ok(super::documents::as_usize(count))
    }

    /// The numbers of all concepts that are shown, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concept_ids(&self) -> Result<Vec<i64>, Error> {
        let sql = format!("SELECT id FROM concept WHERE {CONCEPT_IS_SHOWN} ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([SHOWN_CONFIDENCE], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The concepts with exactly this designation in a language, in any status and also as a variant, by number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concepts_designated(&self, text: &str, language: Language) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT concept FROM term WHERE folded = ?1 AND language = ?2
             UNION SELECT concept FROM variant JOIN term ON term.id = variant.term
                   WHERE variant.folded = ?1 AND variant.language = ?2 ORDER BY 1",
        )?;
        let rows = statement.query_map(params![fold(text), language.code()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// In which documents the designations of a concept were seen, and how often; those seen most often first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn term_uses(&self, concept: i64) -> Result<Vec<TermUse>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT term, document, sum(count) AS times FROM (
                 SELECT term.id AS term, coalesce(bitext.zh, document) AS document, count
                 FROM term JOIN seen_pair ON zh_term = term.id LEFT JOIN bitext ON bitext.id = bitext
                 WHERE concept = ?1 AND coalesce(mention, 'zh') = 'zh'
                 UNION ALL
                 SELECT term.id, coalesce(bitext.en, document), count
                 FROM term JOIN seen_pair ON en_term = term.id LEFT JOIN bitext ON bitext.id = bitext
                 WHERE concept = ?1 AND coalesce(mention, 'en') = 'en'
             ) WHERE document IS NOT NULL GROUP BY term, document ORDER BY times DESC, term, document",
        )?;
        let rows = statement
            .query_map([concept], |row| Ok(TermUse { term: row.get(0)?, document: row.get(1)?, count: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
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
             WHERE term.folded = ?1 AND term.status <> 'rejected' AND other.status <> 'rejected'
                   AND (other.status <> 'candidate' OR min(other.confidence, term.confidence) >= ?2)
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

    /// Where the terms of a concept that are not rejected were seen: definitions and glosses first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence(&self, concept: i64, limit: usize) -> Result<Vec<Evidence>, Error> {
        self.read_evidence(
            "zh.concept = ?1 AND zh.status <> 'rejected' AND en.status <> 'rejected'",
            "pair.id, sighting.ord",
            concept,
            limit,
        )
    }

    /// The places of the pairs that meet `condition`, which names `?1`: by kind, then in `order`.
    pub(super) fn read_evidence(
        &self,
        condition: &str,
        order: &str,
        of: i64,
        limit: usize,
    ) -> Result<Vec<Evidence>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT sighting.kind, zh.text, en.text, coalesce(bitext.zh, pair.document), zh_sentence,
                    coalesce(bitext.en, pair.document), en_sentence
             FROM term zh JOIN seen_pair pair ON pair.zh_term = zh.id JOIN term en ON en.id = pair.en_term
                  JOIN sighting ON sighting.pair = pair.id LEFT JOIN bitext ON bitext.id = pair.bitext
             WHERE {condition}
             ORDER BY CASE sighting.kind WHEN 'definition' THEN 0 WHEN 'gloss' THEN 1 WHEN 'mention' THEN 3 ELSE 2 END,
                      {order}
             LIMIT ?2"
        ))?;
        let rows = statement.query_map([of, as_i64(limit)], |row| {
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

/// The concept of that number with all its terms.
pub(super) fn whole_concept(connection: &Connection, id: i64) -> Result<Option<Concept>, Error> {
    read_concept(connection, id, "?2 = ?2")
}

fn read_concept(connection: &Connection, id: i64, condition: &str) -> Result<Option<Concept>, Error> {
    let mut statement = connection.prepare_cached("SELECT subject, note, other, changed FROM concept WHERE id = ?1")?;
    let found = statement.query_row([id], |row| {
        let other: String = row.get(2)?;
        Ok((Concept { id, subject: row.get(0)?, note: row.get(1)?, changed: row.get(3)?, ..Concept::default() }, other))
    });
    let Some((concept, other)) = found.optional()? else { return Ok(None) };
    Ok(Some(Concept {
        other: serde_json::from_str(&other)?,
        definitions: definitions(connection, id)?,
        terms: terms_of(connection, id, condition)?,
        ..concept
    }))
}

fn definitions(connection: &Connection, concept: i64) -> Result<Vec<Definition>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT language, text, source FROM definition WHERE concept = ?1 ORDER BY language DESC")?;
    let rows = statement.query_map([concept], |row| {
        let language = Language::from_code(&row.get::<_, String>(0)?);
        Ok(Definition { language, text: row.get(1)?, source: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn terms_of(connection: &Connection, concept: i64, condition: &str) -> Result<Vec<Term>, Error> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {TERM} FROM term WHERE concept = ?1 AND {condition} ORDER BY {BEST_FIRST}"))?;
    let mut rows = statement.query(params![concept, SHOWN_CONFIDENCE])?;
    let mut terms = Vec::new();
    while let Some(row) = rows.next()? {
        terms.push(term_row(row)?);
    }
    Ok(terms)
}

pub(super) fn term_row(row: &Row<'_>) -> Result<Term, Error> {
    let part: Option<String> = row.get(6)?;
    Ok(Term {
        id: row.get(0)?,
        text: row.get(1)?,
        language: Language::from_code(&row.get::<_, String>(2)?),
        status: Status::from_name(&row.get::<_, String>(3)?).unwrap_or(Status::Candidate),
        confidence: row.get(4)?,
        count: row.get(5)?,
        part_of_speech: part.as_deref().and_then(PartOfSpeech::from_name),
        note: row.get(7)?,
        region: row.get(8)?,
        source: row.get(9)?,
        variants: serde_json::from_str(&row.get::<_, String>(10)?)?,
        other: serde_json::from_str(&row.get::<_, String>(11)?)?,
    })
}
