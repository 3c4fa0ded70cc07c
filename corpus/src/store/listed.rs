//! The designations of the whole termbase in short, for look-up and marking, which hold them in memory.

use std::collections::BTreeSet;

use rusqlite::{Row, params};

use super::termbase::SHOWN_CONFIDENCE;
use super::{Error, Store};
use crate::document::Language;
use crate::term::Status;

/// A designation in short.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedTerm {
    /// Its row.
    pub term: i64,
    /// Its concept's row.
    pub concept: i64,
    /// Its language.
    pub language: Language,
    /// The designation.
    pub text: String,
    /// Other spellings that count as this one.
    pub variants: Vec<String>,
    /// Its status, never rejected.
    pub status: Status,
    /// How sure mining was, from 0 to 1.
    pub confidence: f32,
    /// In how many places it was seen.
    pub count: u32,
}

/// The designations that are shown, or what has changed of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The termbase's version: it grows with every change of what is shown.
    pub version: i64,
    /// The concepts that have changed or gone since the version that was asked for; `None` where all are listed.
    pub changed: Option<Vec<i64>>,
    /// All designations that are shown, or those of the changed concepts, by concept and number.
    pub terms: Vec<ListedTerm>,
}

const COLUMNS: &str = "id, concept, language, text, variants, status, confidence, seen";

/// A language in which a concept has a rejected designation.
type Rejected = BTreeSet<(i64, &'static str)>;

impl Store {
    /// The termbase's version, to be compared with that of a listing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn termbase_version(&self) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached("SELECT version FROM termbase")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The designations that are shown; with `since`, those of the concepts that have changed after that version, in
    /// time that grows with what has changed. A version that this store has not reached gives all.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn listed_terms(&self, since: Option<i64>) -> Result<Listing, Error> {
        // One read transaction, so that the version is that of the terms.
        let transaction = self.connection.unchecked_transaction()?;
        let version = self.termbase_version()?;
        let listing = match since.filter(|since| *since <= version) {
            Some(since) => {
                let changed = self.concepts_changed_since(since)?;
                let terms = self.list_concepts(&changed)?;
                Listing { version, changed: Some(changed), terms }
            }
            None => Listing { version, changed: None, terms: self.list_all()? },
        };
        transaction.commit()?;
        Ok(listing)
    }

    fn concepts_changed_since(&self, version: i64) -> Result<Vec<i64>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT concept FROM concept_change WHERE version > ?1 ORDER BY concept")?;
        let rows = statement.query_map([version], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn list_all(&self) -> Result<Vec<ListedTerm>, Error> {
        // Sorted here, since the database would take the rows one by one through an index.
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM term WHERE status <> 'rejected' AND (status <> 'candidate' OR confidence >= ?1)"
        ))?;
        let mut rows = statement.query([SHOWN_CONFIDENCE])?;
        let mut terms = Vec::new();
        while let Some(row) = rows.next()? {
            terms.push(listed_row(row)?);
        }
        terms.sort_by_key(|term| (term.concept, term.term));
        let mut statement =
            self.connection.prepare_cached("SELECT concept, language FROM term WHERE status = 'rejected'")?;
        let rejected = statement.query_map([], rejected_row)?.collect::<Result<Rejected, _>>()?;
        Ok(without_hidden(terms, &rejected))
    }

    fn list_concepts(&self, concepts: &[i64]) -> Result<Vec<ListedTerm>, Error> {
        let mut listed = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM term WHERE concept = ?2
             AND status <> 'rejected' AND (status <> 'candidate' OR confidence >= ?1) ORDER BY id"
        ))?;
        let mut refused = self
            .connection
            .prepare_cached("SELECT concept, language FROM term WHERE concept = ?1 AND status = 'rejected'")?;
        let (mut terms, mut rejected) = (Vec::new(), Rejected::new());
        for concept in concepts {
            let mut rows = listed.query(params![SHOWN_CONFIDENCE, concept])?;
            while let Some(row) = rows.next()? {
                terms.push(listed_row(row)?);
            }
            for row in refused.query_map([concept], rejected_row)? {
                rejected.insert(row?);
            }
        }
        Ok(without_hidden(terms, &rejected))
    }
}

/// Leaves out the concepts that have rejected designations in a language, and no other that is shown.
fn without_hidden(terms: Vec<ListedTerm>, rejected: &Rejected) -> Vec<ListedTerm> {
    if rejected.is_empty() {
        return terms;
    }
    let shown: BTreeSet<(i64, &str)> = terms.iter().map(|term| (term.concept, term.language.code())).collect();
    let hidden: BTreeSet<i64> = rejected.difference(&shown).map(|(concept, _)| *concept).collect();
    terms.into_iter().filter(|term| !hidden.contains(&term.concept)).collect()
}

fn rejected_row(row: &Row<'_>) -> rusqlite::Result<(i64, &'static str)> {
    let code: String = row.get(1)?;
    Ok((row.get(0)?, Language::from_code(&code).code()))
}

fn listed_row(row: &Row<'_>) -> Result<ListedTerm, Error> {
    let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let variants = match text(4)? {
        "[]" => Vec::new(),
        json => serde_json::from_str(json)?,
    };
    Ok(ListedTerm {
        term: row.get(0)?,
        concept: row.get(1)?,
        language: Language::from_code(text(2)?),
        text: text(3)?.to_owned(),
        variants,
        status: Status::from_name(text(5)?).unwrap_or(Status::Candidate),
        confidence: row.get(6)?,
        count: row.get(7)?,
    })
}
