//! Instruments, their documents, and what ties these to one another.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::{Error, Store};
use crate::document::Language;
use crate::instrument::{Instrument, Member, Relation, Tie};

/// What more documents than this have in common ties none of them.
const COMMON: i64 = 300;

/// What ties two documents, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StoredLink {
    /// The document with the smaller number.
    pub a: i64,
    /// The other.
    pub b: i64,
    /// What ties them.
    pub tie: Tie,
    /// How sure, from 0 to 1.
    pub score: f32,
}

impl Store {
    /// Keeps what tells of a document's instrument: a profile as JSON of its own, and the keys that it shares with
    /// others of its kind.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_profile(&mut self, document: i64, profile: &str, keys: &[String]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE document SET profile = ?2 WHERE id = ?1", params![document, profile])?;
        transaction.execute("DELETE FROM instrument_key WHERE document = ?1", [document])?;
        {
            let mut insert =
                transaction.prepare_cached("INSERT OR IGNORE INTO instrument_key (key, document) VALUES (?1, ?2)")?;
            for key in keys {
                insert.execute(params![key, document])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// The profile of a document, as it was put.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn profile(&self, document: i64) -> Result<Option<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT profile FROM document WHERE id = ?1")?;
        Ok(statement.query_row([document], |row| row.get(0)).optional()?.flatten())
    }

    /// The documents that share keys with one, and for each how many keys of each kind (a key's first letter).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn documents_sharing_keys(&self, document: i64) -> Result<HashMap<i64, HashMap<String, usize>>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT other.document, substr(own.key, 1, 1), count(*)
             FROM instrument_key own JOIN instrument_key other ON other.key = own.key AND other.document <> ?1
             WHERE own.document = ?1
               AND (SELECT count(*) FROM (SELECT 1 FROM instrument_key WHERE key = own.key LIMIT ?2)) < ?2
             GROUP BY 1, 2",
        )?;
        let rows = statement.query_map([document, COMMON], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut found: HashMap<i64, HashMap<String, usize>> = HashMap::new();
        for row in rows {
            let (other, kind, count): (i64, String, i64) = row?;
            found.entry(other).or_default().insert(kind, super::documents::as_usize(count));
        }
        Ok(found)
    }

    /// Keeps what ties a document to others, in place of what did before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_links(&mut self, document: i64, links: &[StoredLink]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM instrument_link WHERE a = ?1 OR b = ?1", [document])?;
        {
            let mut insert = transaction
                .prepare_cached("INSERT OR REPLACE INTO instrument_link (a, b, tie, score) VALUES (?1, ?2, ?3, ?4)")?;
            for link in links {
                insert.execute(params![link.a, link.b, link.tie.name(), link.score])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// All documents that any chain of links, bitexts or common instruments ties to those given, and the links among
    /// them, bitexts included.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tied(&self, documents: &[i64]) -> Result<(BTreeSet<i64>, Vec<StoredLink>), Error> {
        let mut found: BTreeSet<i64> = documents.iter().copied().collect();
        let mut links = Vec::new();
        let mut next: Vec<i64> = documents.to_vec();
        while let Some(id) = next.pop() {
            let own = self.links_of(id)?;
            let others = own.iter().flat_map(|link| [link.a, link.b]).chain(self.fellows(id)?);
            for other in others {
                if found.insert(other) {
                    next.push(other);
                }
            }
            links.extend(own.into_iter().filter(|link| link.a == id));
        }
        Ok((found, links))
    }

    /// What ties a document to others: links, and its bitext.
    fn links_of(&self, id: i64) -> Result<Vec<StoredLink>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a, b, tie, score FROM instrument_link WHERE a = ?1 OR b = ?1
             UNION ALL SELECT min(zh, en), max(zh, en), 'bitext', 1.0 FROM bitext WHERE ?1 IN (zh, en)
             ORDER BY 1, 2",
        )?;
        let rows = statement.query_map([id], link_row)?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// The documents of the same instrument.
    fn fellows(&self, id: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document FROM member WHERE instrument = (SELECT instrument FROM member WHERE document = ?1)",
        )?;
        let rows = statement.query_map([id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Puts documents into instruments, a list each: of those that had one the instrument with the smallest number is
    /// kept, so that the same instrument keeps its number. Instruments without documents go. The documents count as
    /// grouped.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_instruments(&mut self, groups: &[Vec<(i64, Relation, Option<Tie>)>]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut taken = BTreeSet::new();
        for group in groups {
            let id = instrument_for(&transaction, group, &taken)?;
            taken.insert(id);
            for (document, relation, tie) in group {
                transaction.execute(
                    "INSERT OR REPLACE INTO member (document, instrument, relation, tie) VALUES (?1, ?2, ?3, ?4)",
                    params![document, id, relation.name(), tie.map(Tie::name)],
                )?;
                transaction.execute("UPDATE document SET grouped = 1 WHERE id = ?1", [document])?;
            }
        }
        transaction.execute("DELETE FROM instrument WHERE id NOT IN (SELECT instrument FROM member)", [])?;
        Ok(transaction.commit()?)
    }

    /// The instrument of a document.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn instrument_of(&self, document: i64) -> Result<Option<Instrument>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT instrument FROM member WHERE document = ?1")?;
        let id: Option<i64> = statement.query_row([document], |row| row.get(0)).optional()?;
        Ok(match id {
            Some(id) => Some(Instrument { id, members: self.members(id)? }),
            None => None,
        })
    }

    /// All instruments with more than one document, or all of them, by number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn instruments(&self, alone_too: bool) -> Result<Vec<Instrument>, Error> {
        let least = if alone_too { 1 } else { 2 };
        let mut statement = self
            .connection
            .prepare_cached("SELECT instrument FROM member GROUP BY instrument HAVING count(*) >= ?1 ORDER BY 1")?;
        let ids = statement.query_map([least], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        ids.into_iter().map(|id| Ok(Instrument { id, members: self.members(id)? })).collect()
    }

    fn members(&self, instrument: i64) -> Result<Vec<Member>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document.id, coalesce(json_extract(facts, '$.title'), name), language, relation, tie
             FROM member JOIN document ON document.id = member.document WHERE instrument = ?1 ORDER BY document.id",
        )?;
        let rows = statement.query_map([instrument], member_row)?;
        let mut members = rows.collect::<Result<Vec<Member>, _>>()?;
        members.sort_by_key(|member| (member.relation, member.document));
        Ok(members)
    }
}

fn instrument_for(
    transaction: &Transaction<'_>,
    group: &[(i64, Relation, Option<Tie>)],
    taken: &BTreeSet<i64>,
) -> Result<i64, Error> {
    let mut statement = transaction.prepare_cached("SELECT instrument FROM member WHERE document = ?1")?;
    let mut known = BTreeSet::new();
    for (document, ..) in group {
        known.extend(statement.query_row([document], |row| row.get::<_, i64>(0)).optional()?);
    }
    if let Some(id) = known.into_iter().find(|id| !taken.contains(id)) {
        return Ok(id);
    }
    transaction.execute("INSERT INTO instrument DEFAULT VALUES", [])?;
    Ok(transaction.last_insert_rowid())
}

fn link_row(row: &Row<'_>) -> rusqlite::Result<Option<StoredLink>> {
    let tie: String = row.get(2)?;
    let (a, b, score) = (row.get(0)?, row.get(1)?, row.get(3)?);
    Ok(Tie::from_name(&tie).map(|tie| StoredLink { a, b, tie, score }))
}

fn member_row(row: &Row<'_>) -> rusqlite::Result<Member> {
    let (language, relation): (String, String) = (row.get(2)?, row.get(3)?);
    let tie: Option<String> = row.get(4)?;
    Ok(Member {
        document: row.get(0)?,
        title: row.get(1)?,
        language: Language::from_code(&language),
        relation: Relation::from_name(&relation).unwrap_or(Relation::Original),
        tie: tie.as_deref().and_then(Tie::from_name),
    })
}
