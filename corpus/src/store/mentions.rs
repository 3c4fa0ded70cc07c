//! Which designations documents without a counterpart have been searched for.
//!
//! What is known of a concept is kept as it was when documents were last searched for it, so that what has changed since
//! can be told: only the documents that may hold it, then or now, are searched anew.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use super::{Error, Store};
use crate::document::Language;
use crate::term::{KnownPair, Status};

/// What is less sure than this in a bitext or document does not add to what is known.
const LEAST: f64 = 0.1;
/// A candidate is known from this confidence on: it is more likely a term with its rendering than not.
const KNOWN: f64 = 0.5;
/// It is as good as given from this one on.
const SURE: f64 = 0.9;

/// A concept of which more or less is known than when documents were last searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSeek {
    /// The concept, perhaps gone.
    pub concept: i64,
    /// What was known then.
    pub before: Vec<KnownPair>,
    /// What is known now.
    pub now: Vec<KnownPair>,
}

/// The concepts that have changed, as of a version of the termbase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seeking {
    version: i64,
    /// Those of which something else is known now.
    pub concepts: Vec<ToSeek>,
}

impl Store {
    /// What has become known, or is known no more, since documents were last searched for designations.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn designations_to_seek(&self) -> Result<Seeking, Error> {
        // One read transaction, so that the version is that of what is known.
        let transaction = self.connection.unchecked_transaction()?;
        let version = self.termbase_version()?;
        let mut statement = self.connection.prepare_cached(
            "SELECT change.concept, coalesce(known, '[]') FROM concept_change change
             LEFT JOIN sought ON sought.concept = change.concept
             WHERE change.version > (SELECT version FROM sought_version) ORDER BY change.concept",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let mut concepts = Vec::new();
        for row in rows {
            let (concept, before) = row?;
            let (before, now) = (serde_json::from_str(&before)?, self.known_pairs(concept)?);
            if before != now {
                concepts.push(ToSeek { concept, before, now });
            }
        }
        drop(statement);
        transaction.commit()?;
        Ok(Seeking { version, concepts })
    }

    /// Notes what is known now, and lets the documents wait that may hold it, or in which something else was found that
    /// was known before. With `everywhere` all documents wait.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_sought(&mut self, seeking: &Seeking, documents: &[i64], everywhere: bool) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut put =
                transaction.prepare_cached("INSERT OR REPLACE INTO sought (concept, known) VALUES (?1, ?2)")?;
            let mut forget = transaction.prepare_cached("DELETE FROM sought WHERE concept = ?1")?;
            let mut found = transaction.prepare_cached(
                "UPDATE document SET mentioned = 0 WHERE id IN (
                     SELECT document FROM seen_pair JOIN term ON term.id = zh_term
                     WHERE term.concept = ?1 AND mention IS NOT NULL)",
            )?;
            for ToSeek { concept, now, .. } in &seeking.concepts {
                found.execute([concept])?;
                if now.is_empty() {
                    forget.execute([concept])?;
                } else {
                    put.execute(params![concept, serde_json::to_string(now)?])?;
                }
            }
            let mut wait = transaction.prepare_cached("UPDATE document SET mentioned = 0 WHERE id = ?1 OR ?2")?;
            for document in documents.iter().take(if everywhere { 0 } else { documents.len() }) {
                wait.execute(params![document, false])?;
            }
            if everywhere {
                wait.execute(params![0, true])?;
            }
        }
        transaction.execute("UPDATE sought_version SET version = ?1", [seeking.version])?;
        Ok(transaction.commit()?)
    }

    /// All pairs that documents are searched for, by concept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sought_pairs(&self) -> Result<Vec<KnownPair>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT known FROM sought ORDER BY concept")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut pairs: Vec<KnownPair> = Vec::new();
        for row in rows {
            let of_concept: Vec<KnownPair> = serde_json::from_str(&row?)?;
            pairs.extend(of_concept);
        }
        Ok(pairs)
    }

    /// How many documents have been searched that have no counterpart.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn searched_documents(&self) -> Result<usize, Error> {
        let sql = "SELECT count(*) FROM document WHERE mentioned = 1
                   AND id NOT IN (SELECT zh FROM bitext UNION SELECT en FROM bitext)";
        Ok(super::documents::as_usize(self.connection.query_row(sql, [], |row| row.get(0))?))
    }

    /// What is known of a concept, in the order of the texts. What documents without a counterpart mention adds nothing
    /// to it: a mention rests on it.
    fn known_pairs(&self, concept: i64) -> Result<Vec<KnownPair>, Error> {
        let terms = self.standing_terms(concept)?;
        let seen = self.pairs_together(concept)?;
        let chinese = |id: i64| terms.iter().find(|term| term.id == id && term.language == Language::Zh);
        let first = terms.iter().find(|term| term.language == Language::Zh);
        let mut known = Vec::new();
        for en in terms.iter().filter(|term| term.language == Language::En) {
            let of_en = seen.iter().filter(|((_, id), _)| *id == en.id);
            let seen_with = of_en.filter_map(|((zh, _), seen)| Some((chinese(*zh)?, *seen)));
            let best = seen_with.reduce(|a, b| if b.1.rank() > a.1.rank() { b } else { a });
            let (with, seen) = best.unzip();
            let Some(zh) = with.or(first) else { continue };
            let sure = en.is_reviewed || seen.is_some_and(|seen| seen.given) || en.sureness(seen) >= SURE;
            if sure || en.sureness(seen) >= KNOWN {
                let texts = std::iter::once(&en.text).chain(&en.variants);
                known.extend(texts.map(|text| KnownPair { zh: zh.text.clone(), en: text.clone(), sure }));
            }
        }
        known.sort();
        known.dedup();
        Ok(known)
    }

    /// The designations of a concept that are not rejected, the best Chinese one first.
    fn standing_terms(&self, concept: i64) -> Result<Vec<Standing>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, language, text, status, variants, coalesce(stated, 0) FROM term
             WHERE concept = ?1 AND status <> 'rejected'
             ORDER BY CASE status WHEN 'preferred' THEN 0 WHEN 'admitted' THEN 1 WHEN 'candidate' THEN 2 ELSE 3 END, folded",
        )?;
        let rows = statement.query_map([concept], |row| {
            let status = Status::from_name(&row.get::<_, String>(3)?);
            let term = Standing {
                id: row.get(0)?,
                language: Language::from_code(&row.get::<_, String>(1)?),
                text: row.get(2)?,
                is_reviewed: status.is_some_and(|status| status != Status::Candidate),
                variants: Vec::new(),
                stated: row.get(5)?,
            };
            Ok((term, row.get::<_, String>(4)?))
        })?;
        let read = |row: rusqlite::Result<(Standing, String)>| {
            let (term, variants) = row?;
            Ok(Standing { variants: serde_json::from_str(&variants)?, ..term })
        };
        rows.map(read).collect()
    }

    /// What bitexts, and documents by their glosses and definitions, say of the pairs of a concept.
    fn pairs_together(&self, concept: i64) -> Result<BTreeMap<(i64, i64), SeenTogether>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT zh_term, en_term, max(seen.confidence), max(seen.given)
             FROM term JOIN seen_pair seen ON seen.zh_term = term.id
             WHERE term.concept = ?1 AND mention IS NULL AND seen.confidence >= ?2
             GROUP BY zh_term, en_term, bitext, document",
        )?;
        let mut rows = statement.query(params![concept, LEAST])?;
        let mut seen: BTreeMap<(i64, i64), SeenTogether> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let together = seen.entry((row.get(0)?, row.get(1)?)).or_insert(SeenTogether { given: false, doubt: 1.0 });
            together.doubt *= 1.0 - row.get::<_, f64>(2)?.clamp(0.0, 1.0);
            together.given |= row.get::<_, bool>(3)?;
        }
        Ok(seen)
    }

    /// The language of a document that has text and belongs to no bitext.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn language_alone(&self, document: i64) -> Result<Option<Language>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT language FROM document
             WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM bitext WHERE zh = ?1 OR en = ?1)",
        )?;
        let code: Option<String> = statement.query_row([document], |row| row.get(0)).optional()?;
        Ok(code.map(|code| Language::from_code(&code)))
    }
}

/// A designation that is not rejected.
struct Standing {
    id: i64,
    language: Language,
    text: String,
    is_reviewed: bool,
    variants: Vec<String>,
    /// How sure a person or a file was of it.
    stated: f64,
}

impl Standing {
    fn sureness(&self, seen: Option<SeenTogether>) -> f64 {
        seen.map_or(0.0, |seen| 1.0 - seen.doubt).max(self.stated)
    }
}

/// What speaks for a pair.
#[derive(Clone, Copy)]
struct SeenTogether {
    given: bool,
    doubt: f64,
}

impl SeenTogether {
    fn rank(self) -> (bool, u64) {
        // Thousandths, so that what hardly differs does not depend on the order of multiplication.
        (self.given, ((1.0 - self.doubt) * 1e3).round() as u64)
    }
}
