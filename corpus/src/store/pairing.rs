//! What pairing keeps of each document, and what was said of pairs.

use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::{Error, Store};
use crate::bitext::PairRule;
use crate::document::{DocumentHash, Language};

/// Who said something of two documents. A person's word is above a manifest's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// A manifest.
    Manifest,
    /// A person.
    Person,
}

impl SaidBy {
    fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Person => "person",
        }
    }

    fn from_name(name: &str) -> Self {
        if name == "person" { Self::Person } else { Self::Manifest }
    }
}

/// What was said of two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SaidOfPair {
    /// The Chinese document.
    pub zh: i64,
    /// The English document.
    pub en: i64,
    /// What was said.
    pub rule: PairRule,
    /// By whom.
    pub said_by: SaidBy,
}

/// A bitext as pairing weighs it against others.
#[derive(Clone, Debug, PartialEq)]
pub struct StandingPair {
    /// The bitext.
    pub bitext: i64,
    /// The Chinese document.
    pub zh: i64,
    /// The English document.
    pub en: i64,
    /// How sure, from 0 to 1.
    pub score: f32,
    /// The bytes of both documents, which tell two equally good pairs apart whatever order they came in.
    pub hashes: (DocumentHash, DocumentHash),
}

/// A feature that so many documents have tells nothing of any.
const COMMON: usize = 1024;

impl Store {
    /// Keeps what was said of two documents and has them paired anew; whether that changes anything.
    ///
    /// A document has one counterpart at most, so a pair that is set takes back others that were set for either
    /// document. What a manifest says does not hold against what a person said.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn say_of_pair(&mut self, said: SaidOfPair) -> Result<bool, Error> {
        let SaidOfPair { zh, en, rule, said_by } = said;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let others = rules(&transaction)?;
        let stands = |other: &&SaidOfPair| {
            let same = (other.zh, other.en) == (zh, en);
            same || rule == PairRule::Set && other.rule == PairRule::Set && (other.zh == zh || other.en == en)
        };
        let against: Vec<&SaidOfPair> = others.iter().filter(stands).collect();
        if against.contains(&&said) || against.iter().any(|other| other.said_by > said_by) {
            return Ok(false);
        }
        for other in against {
            transaction.execute("DELETE FROM pair_rule WHERE zh = ?1 AND en = ?2", [other.zh, other.en])?;
            pair_anew(&transaction, other.zh, other.en)?;
        }
        transaction.execute(
            "INSERT INTO pair_rule (zh, en, rule, said_by) VALUES (?1, ?2, ?3, ?4)",
            params![zh, en, rule.name(), said_by.name()],
        )?;
        pair_anew(&transaction, zh, en)?;
        transaction.commit()?;
        Ok(true)
    }

    /// Takes back what was said of two documents and has them paired anew; whether anything was said.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_pair_rule(&mut self, zh: i64, en: i64) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = transaction.execute("DELETE FROM pair_rule WHERE zh = ?1 AND en = ?2", [zh, en])? > 0;
        if known {
            pair_anew(&transaction, zh, en)?;
        }
        transaction.commit()?;
        Ok(known)
    }

    /// All that was said of pairs.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pair_rules(&self) -> Result<Vec<SaidOfPair>, Error> {
        rules(&self.connection)
    }

    /// All bitexts as pairing weighs them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standing_pairs(&self) -> Result<Vec<StandingPair>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT bitext.id, zh, en, score, a.hash, b.hash
             FROM bitext JOIN document a ON a.id = zh JOIN document b ON b.id = en ORDER BY bitext.id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(StandingPair {
                bitext: row.get(0)?,
                zh: row.get(1)?,
                en: row.get(2)?,
                score: row.get(3)?,
                hashes: (DocumentHash(row.get(4)?), DocumentHash(row.get(5)?)),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps what pairing compares of a document, as JSON of its own, and the features that it is looked up by.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_fingerprint(
        &mut self,
        document: i64,
        language: Language,
        fingerprint: &str,
        sketch: &[u32],
    ) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE document SET fingerprint = ?2 WHERE id = ?1", params![document, fingerprint])?;
        transaction.execute("DELETE FROM sketch WHERE document = ?1", [document])?;
        {
            let mut insert =
                transaction.prepare_cached("INSERT OR IGNORE INTO sketch (hash, document) VALUES (?1, ?2)")?;
            for hash in sketch {
                insert.execute([feature(*hash, language), document])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// What pairing keeps of a document.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn fingerprint(&self, document: i64) -> Result<Option<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT fingerprint FROM document WHERE id = ?1")?;
        Ok(statement.query_row([document], |row| row.get(0)).optional()?.flatten())
    }

    /// The documents of a language that share most features with a sketch, rare features counting most; `most` of them
    /// at most.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn documents_sharing(&self, language: Language, sketch: &[u32], most: usize) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT document FROM sketch WHERE hash = ?1 LIMIT ?2")?;
        let limit = super::documents::as_i64(COMMON + 1);
        let mut weights: HashMap<i64, f64> = HashMap::new();
        for hash in sketch {
            let rows = statement.query_map([feature(*hash, language), limit], |row| row.get(0))?;
            let documents = rows.collect::<Result<Vec<i64>, _>>()?;
            if documents.len() <= COMMON {
                let weight = (1.0 + COMMON as f64 / documents.len().max(1) as f64).ln();
                documents.iter().for_each(|document| *weights.entry(*document).or_default() += weight);
            }
        }
        let mut found: Vec<(i64, f64)> = weights.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(most);
        Ok(found.into_iter().map(|(document, _)| document).collect())
    }
}

/// A feature of documents of one language: the table is looked up for one language at a time.
fn feature(hash: u32, language: Language) -> i64 {
    i64::from(hash) * 2 + i64::from(language == Language::En)
}

fn rules(connection: &rusqlite::Connection) -> Result<Vec<SaidOfPair>, Error> {
    let mut statement = connection.prepare_cached("SELECT zh, en, rule, said_by FROM pair_rule ORDER BY zh, en")?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?)))?;
    let mut rules = Vec::new();
    for row in rows {
        let (zh, en, rule, said_by) = row?;
        if let Some(rule) = PairRule::from_name(&rule) {
            rules.push(SaidOfPair { zh, en, rule, said_by: SaidBy::from_name(&said_by) });
        }
    }
    Ok(rules)
}

fn pair_anew(transaction: &Transaction<'_>, zh: i64, en: i64) -> Result<(), Error> {
    transaction.execute("UPDATE document SET paired = 0 WHERE id IN (?1, ?2)", [zh, en])?;
    Ok(())
}
