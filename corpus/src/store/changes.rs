//! Terms that a document renders otherwise than the documents before it.
//!
//! They are derived from what mining saw, concept by concept, whenever it has changed. What is kept is when each was
//! noticed first, and the alerts that this made.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, Row, TransactionBehavior, params};

use super::documents::{as_i64, as_usize};
use super::watches::{NewAlert, insert_alert};
use super::{Error, Store};
use crate::facts::DatedFact;
use crate::term::{RenderingChange, RenderingUse, Status};
use crate::watch::Occasion;

/// Mining that is less sure of a pair in a bitext says nothing of how that bitext renders a term, unless the bitext gives
/// the rendering outright or a reviewer has accepted it.
const LEAST_CONFIDENCE: f64 = 0.4;

/// What is to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ToCompare {
    /// The version of the termbase, to be noted when it is compared.
    pub version: i64,
    /// How the bitexts render each concept, by concept.
    pub concepts: Vec<(i64, Vec<RenderingUse>)>,
}

/// A change as it is found: its concept's designations, and where it was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundChange {
    /// The English designation that is new.
    pub en: i64,
    /// The one that was usual before.
    pub before: i64,
    /// The bitext whose English document renders it so.
    pub bitext: i64,
}

impl Store {
    /// How the bitexts render each concept that has changed since renderings were compared last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn renderings_to_compare(&self) -> Result<ToCompare, Error> {
        // One read transaction, so that the version is that of the uses.
        let transaction = self.connection.unchecked_transaction()?;
        let version = self.termbase_version()?;
        let mut statement = self.connection.prepare_cached(
            "WITH pair AS (
                 SELECT zh.concept AS concept, seen.id, seen.en_term, en.text, en.status, seen.bitext, seen.count,
                        seen.given
                 FROM concept_change changed
                     JOIN term zh ON zh.concept = changed.concept AND zh.language = 'zh' AND zh.status <> 'rejected'
                     JOIN seen_pair seen ON seen.zh_term = zh.id AND seen.bitext IS NOT NULL AND seen.count > 0
                     JOIN term en ON en.id = seen.en_term AND en.status <> 'rejected'
                 WHERE changed.version > (SELECT version FROM renderings_compared)
                     AND (seen.confidence >= ?1 OR seen.given = 1 OR en.status IN ('preferred', 'admitted'))
             )
             SELECT pair.concept, pair.en_term, pair.text, pair.status, pair.bitext, pair.count, pair.given,
                    en_document.facts -> '$.dates', zh_document.facts -> '$.dates'
             FROM pair
                 JOIN bitext ON bitext.id = pair.bitext
                 JOIN document en_document ON en_document.id = bitext.en
                 JOIN document zh_document ON zh_document.id = bitext.zh
             WHERE pair.concept IN (SELECT concept FROM pair GROUP BY concept
                                    HAVING count(DISTINCT en_term) > 1 AND count(DISTINCT bitext) > 1
                                    UNION SELECT concept FROM rendering_change)
             ORDER BY pair.concept, pair.bitext, pair.id",
        )?;
        let mut rows = statement.query([LEAST_CONFIDENCE])?;
        let mut concepts: Vec<(i64, Vec<RenderingUse>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (concept, used) = (row.get(0)?, rendering_use(row)?);
            match concepts.last_mut().filter(|(last, _)| *last == concept) {
                Some((_, uses)) => uses.push(used),
                None => concepts.push((concept, vec![used])),
            }
        }
        drop(rows);
        drop(statement);
        transaction.commit()?;
        Ok(ToCompare { version, concepts })
    }

    /// Puts the changes that were found in concepts in place of those that were known there, and notes that renderings
    /// were compared up to a version. How many alerts that makes: a change that was not known before makes one for
    /// every watch on renderings that it meets and that is older than the document, unless that came in quietly.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_rendering_changes(
        &mut self,
        version: i64,
        found: &[(i64, Vec<FoundChange>)],
        now: &str,
    ) -> Result<usize, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut alerts = 0;
        for (concept, changes) in found {
            let mut statement = transaction
                .prepare_cached("SELECT en_term, before_term, bitext FROM rendering_change WHERE concept = ?1")?;
            let known = statement.query_map([concept], |row| {
                Ok(FoundChange { en: row.get(0)?, before: row.get(1)?, bitext: row.get(2)? })
            })?;
            let known: BTreeSet<FoundChange> = known.collect::<Result<_, _>>()?;
            for gone in known.iter().filter(|known| !changes.contains(known)) {
                transaction
                    .prepare_cached(
                        "DELETE FROM rendering_change
                         WHERE concept = ?1 AND en_term = ?2 AND before_term = ?3 AND bitext = ?4",
                    )?
                    .execute(params![concept, gone.en, gone.before, gone.bitext])?;
            }
            for change in changes.iter().filter(|change| !known.contains(change)) {
                alerts += put_change(&transaction, *concept, change, now)?;
            }
        }
        transaction.execute("UPDATE renderings_compared SET version = ?1", [version])?;
        // Whatever is mined out of these documents later, or edited in the termbase, is no news of theirs.
        transaction.execute(
            "UPDATE document SET compared = 1 WHERE NOT compared AND id IN (SELECT en FROM bitext WHERE mined = 1)",
            [],
        )?;
        transaction.commit()?;
        Ok(alerts)
    }

    /// Changes of renderings, those of the newest documents first: of a concept or of all.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rendering_changes(
        &self,
        concept: Option<i64>,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<RenderingChange>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{CHANGES} WHERE (?1 IS NULL OR change.concept = ?1) AND en.status <> 'rejected' AND before.status <> 'rejected'
             ORDER BY change.noticed DESC, change.bitext DESC, change.concept, change.en_term LIMIT ?2 OFFSET ?3"
        ))?;
        let mut rows = statement.query(params![concept, as_i64(limit), as_i64(offset)])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            changes.push(change_row(row)?);
        }
        Ok(changes)
    }

    /// How many changes of renderings are known.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rendering_change_count(&self) -> Result<usize, Error> {
        let count = self.connection.query_row("SELECT count(*) FROM rendering_change", [], |row| row.get(0))?;
        Ok(as_usize(count))
    }
}

/// Changes with what is shown of them.
const CHANGES: &str = "
    SELECT change.concept,
           (SELECT text FROM term WHERE concept = change.concept AND language = 'zh' AND status <> 'rejected'
            ORDER BY seen DESC, id LIMIT 1),
           en.text, before.text, change.bitext, document.id,
           coalesce(document.facts ->> '$.title', document.name), document.facts -> '$.dates',
           sentence.ord, sentence.page, sentence.text, change.noticed
    FROM rendering_change change
        JOIN term en ON en.id = change.en_term JOIN term before ON before.id = change.before_term
        JOIN bitext ON bitext.id = change.bitext JOIN document ON document.id = bitext.en
        LEFT JOIN sentence ON sentence.document = document.id AND sentence.ord = change.sentence";

fn put_change(
    transaction: &rusqlite::Transaction<'_>,
    concept: i64,
    change: &FoundChange,
    now: &str,
) -> Result<usize, Error> {
    let mut place = transaction.prepare_cached(
        "SELECT min(sighting.en_sentence) FROM seen_pair JOIN sighting ON sighting.pair = seen_pair.id
         WHERE seen_pair.bitext = ?1 AND seen_pair.en_term = ?2",
    )?;
    let sentence: Option<i64> = place.query_row([change.bitext, change.en], |row| row.get(0)).optional()?.flatten();
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO rendering_change (concept, en_term, before_term, bitext, sentence, noticed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![concept, change.en, change.before, change.bitext, sentence, now])?;
    let mut watches = transaction.prepare_cached(
        "SELECT watch.id, document.id,
                json_array((SELECT text FROM term WHERE concept = ?1 AND language = 'zh' AND status <> 'rejected'
                            ORDER BY seen DESC, id LIMIT 1), before.text, en.text)
         FROM watch JOIN bitext ON bitext.id = ?4 JOIN document ON document.id = bitext.en
             JOIN term en ON en.id = ?2 JOIN term before ON before.id = ?3
         WHERE NOT document.compared AND watch.subject = 'rendering'
             AND (watch.value = '*'
                  OR watch.value IN (SELECT text FROM term WHERE concept = ?1
                                     UNION SELECT folded FROM term WHERE concept = ?1))
         ORDER BY watch.id",
    )?;
    // The strings that are shown: the term, the former rendering and the new one.
    let found = watches.query_map(params![concept, change.en, change.before, change.bitext], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let mut made = 0;
    for (watch, document, atoms) in found.collect::<Result<Vec<(i64, i64, String)>, _>>()? {
        let (occasion, sentence) = (Occasion::NewRendering, sentence.unwrap_or(0));
        let alert = NewAlert { watch, document, occasion, atoms: &atoms, renderings: "[]", sentence };
        made += usize::from(insert_alert(transaction, &alert, now)?);
    }
    Ok(made)
}

fn rendering_use(row: &Row<'_>) -> Result<RenderingUse, Error> {
    let dates = |index: usize| -> Result<Vec<DatedFact>, Error> {
        let json: Option<String> = row.get(index)?;
        Ok(json.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default())
    };
    Ok(RenderingUse {
        term: row.get(1)?,
        text: row.get(2)?,
        status: Status::from_name(&row.get::<_, String>(3)?).unwrap_or(Status::Candidate),
        bitext: row.get(4)?,
        count: row.get(5)?,
        given: row.get(6)?,
        en_dates: dates(7)?,
        zh_dates: dates(8)?,
    })
}

fn change_row(row: &Row<'_>) -> Result<RenderingChange, Error> {
    let dates: Option<String> = row.get(7)?;
    Ok(RenderingChange {
        concept: row.get(0)?,
        zh: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
        en: row.get(2)?,
        en_before: row.get(3)?,
        bitext: row.get(4)?,
        document: row.get(5)?,
        title: row.get(6)?,
        dates: dates.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default(),
        sentence: row.get::<_, Option<i64>>(8)?.map(as_usize),
        page: row.get(9)?,
        text: row.get(10)?,
        noticed: row.get(11)?,
    })
}
