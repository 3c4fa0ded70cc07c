//! The queue of candidates that wait for a reviewer.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::documents::{as_i64, as_usize};
use super::termbase::{BEST_FIRST, SHOWN_CONFIDENCE, TERM, term_row};
use super::{Error, Store};
use crate::term::{Term, Tier, fold};

/// Which candidates are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueFilter {
    /// The least confidence, from 0 to 1; what is never shown is never in the queue.
    pub least_confidence: f32,
    /// Only what such evidence stands behind.
    pub tier: Option<Tier>,
    /// Only pairs that were seen in this document.
    pub document: Option<i64>,
    /// Only pairs of which a side holds this text.
    pub text: Option<String>,
    /// How the queue is ordered.
    pub order: QueueOrder,
}

/// How the queue is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueOrder {
    /// The surest first, of those as sure the one seen more often.
    #[default]
    Confidence,
    /// The one seen most often first.
    Frequency,
}

/// A pair that waits: a rendering that nobody has reviewed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingPair {
    /// Their concept.
    pub concept: i64,
    /// The best Chinese designation of the concept.
    pub zh: Term,
    /// The English candidate.
    pub en: Term,
    /// What stands behind it.
    pub tier: Tier,
}

/// How much has been reviewed and waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    /// Pairs that wait, as the filter has them.
    pub waiting: usize,
    /// Decisions that were made today and not taken back.
    pub today: usize,
}

impl Store {
    /// Pairs that wait for a reviewer, `limit` of them from `offset` on; those that were put off come last, the first
    /// of them first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn review_queue(&self, filter: &QueueFilter, limit: usize, offset: usize) -> Result<Vec<WaitingPair>, Error> {
        let order = match filter.order {
            QueueOrder::Confidence => "confidence DESC, seen DESC, id",
            QueueOrder::Frequency => "seen DESC, confidence DESC, id",
        };
        let fresh = "id NOT IN (SELECT term FROM put_off)";
        let mut waiting = self.waiting_pairs(filter, fresh, order, limit, offset)?;
        let missing = limit.saturating_sub(waiting.len());
        if missing > 0 {
            let before = if offset > 0 { self.waiting_count(filter, fresh)? } else { 0 };
            let last = format!("(SELECT at FROM put_off WHERE term = en.id), {order}");
            let put_off = "id IN (SELECT term FROM put_off)";
            waiting.extend(self.waiting_pairs(filter, put_off, &last, missing, offset.saturating_sub(before))?);
        }
        Ok(waiting)
    }

    fn waiting_pairs(
        &self,
        filter: &QueueFilter,
        which: &str,
        order: &str,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<WaitingPair>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {TERM}, concept, given FROM term en {} WHERE {} AND {which} ORDER BY {order} LIMIT ?4 OFFSET ?5",
            index(filter),
            conditions(filter)
        ))?;
        let (least, text) = sought(filter);
        let mut rows = statement.query(params![least, filter.document, text, as_i64(limit), as_i64(offset)])?;
        let mut best = self.connection.prepare_cached(&format!(
            "SELECT {TERM} FROM term WHERE concept = ?1 AND language = 'zh' AND status <> 'rejected'
             ORDER BY {BEST_FIRST} LIMIT 1"
        ))?;
        let mut waiting = Vec::new();
        while let Some(row) = rows.next()? {
            let (en, concept, given): (Term, i64, bool) = (term_row(row)?, row.get(12)?, row.get(13)?);
            let mut zh = best.query([concept])?;
            if let Some(zh) = zh.next()? {
                waiting.push(WaitingPair { concept, zh: term_row(zh)?, tier: tier_of(given, en.count), en });
            }
        }
        Ok(waiting)
    }

    fn waiting_count(&self, filter: &QueueFilter, which: &str) -> Result<usize, Error> {
        let sql = format!("SELECT count(*) FROM term en {} WHERE {} AND {which}", index(filter), conditions(filter));
        let (least, text) = sought(filter);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count = statement.query_row(params![least, filter.document, text], |row| row.get(0))?;
        Ok(as_usize(count))
    }

    /// How many pairs wait, and how many decisions were made since `today` (RFC 3339) and not taken back.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn queue_counts(&self, filter: &QueueFilter, today: &str) -> Result<QueueCounts, Error> {
        let waiting = self.waiting_count(filter, "true")?;
        let today = self
            .connection
            .prepare_cached("SELECT coalesce(sum(decided), 0) FROM edit WHERE at >= ?1 AND undone_by IS NULL")?
            .query_row([today], |row| row.get(0))?;
        Ok(QueueCounts { waiting, today: as_usize(today) })
    }
}

/// The index to read by: all that waits is read in order; what is sought among it is few, and sorted.
fn index(filter: &QueueFilter) -> &'static str {
    match filter.order {
        _ if filter.document.is_some() || filter.text.is_some() => "",
        QueueOrder::Confidence => "INDEXED BY term_waiting",
        QueueOrder::Frequency => "INDEXED BY term_waiting_often",
    }
}

/// The least confidence of what is shown and let through, and the text as it is compared.
fn sought(filter: &QueueFilter) -> (f32, Option<String>) {
    (filter.least_confidence.max(SHOWN_CONFIDENCE), filter.text.as_deref().map(fold))
}

/// What holds of the English side of a pair that waits, with the least confidence as `?1`, the document as `?2` and the
/// folded text as `?3`. Only what was put there by hand, or beside a rejected term, can be without a Chinese designation.
fn conditions(filter: &QueueFilter) -> String {
    let tier = match filter.tier {
        None => "",
        Some(Tier::Given) => " AND given = 1",
        Some(Tier::Recurrent) => " AND given = 0 AND seen > 1",
        Some(Tier::Single) => " AND given = 0 AND seen <= 1",
    };
    let document = match filter.document {
        None => " AND ?2 IS NULL",
        Some(_) => {
            " AND id IN (SELECT en_term FROM seen_pair WHERE document = ?2
                         UNION SELECT en_term FROM bitext JOIN seen_pair ON seen_pair.bitext = bitext.id
                               WHERE bitext.zh = ?2 OR bitext.en = ?2)"
        }
    };
    let text = match filter.text {
        None => " AND ?3 IS NULL",
        Some(_) => {
            " AND (instr(folded, ?3) > 0
                   OR EXISTS (SELECT 1 FROM term WHERE concept = en.concept AND language = 'zh' AND instr(folded, ?3) > 0))"
        }
    };
    format!(
        "language = 'en' AND status = 'candidate' AND confidence >= ?1
         AND concept NOT IN (
             SELECT concept FROM (
                 SELECT concept FROM term INDEXED BY term_rejected WHERE status = 'rejected' AND language = 'zh'
                 UNION SELECT concept FROM term INDEXED BY term_stated
                       WHERE status = 'candidate' AND language = 'en' AND stated IS NOT NULL
             ) odd WHERE NOT EXISTS (
                 SELECT 1 FROM term WHERE concept = odd.concept AND language = 'zh' AND status <> 'rejected')
         ){tier}{document}{text}"
    )
}

fn tier_of(given: bool, count: u32) -> Tier {
    match (given, count) {
        (true, _) => Tier::Given,
        (false, 2..) => Tier::Recurrent,
        (false, _) => Tier::Single,
    }
}
