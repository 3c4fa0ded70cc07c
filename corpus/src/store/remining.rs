//! The whole corpus mined anew, and the difference that it made to the termbase.
//!
//! The term pairs are noted before the first bitext is mined and compared after the last, however often the run is
//! interrupted in between.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Row, Transaction, TransactionBehavior, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::documents::{as_i64, as_usize};
use super::termbase::SHOWN_CONFIDENCE;
use super::{Error, Store};

/// So many differences are listed, the largest first; how many there are is counted.
const LISTED: usize = 10_000;

/// A confidence that changes by less is not worth listing.
const LEAST_CHANGE: f32 = 0.1;

/// So many re-minings are remembered.
const REMEMBERED: i64 = 10;

/// The pairs of designations that gather under one concept and are not rejected, how sure the less sure of the two is,
/// and whether it is the first rendering that is shown; `?1` is the confidence from which a candidate is shown.
const PAIRS: &str = "
    SELECT zh, en, confidence, row_number() OVER (
        PARTITION BY concept, zh
        ORDER BY confidence < ?1, rank, seen DESC, confidence DESC, en
    ) = 1 AND confidence >= ?1 AS best
    FROM (
        SELECT zh.concept AS concept, zh.text AS zh, en.text AS en, en.seen AS seen,
               min(iif(zh.status = 'candidate', zh.confidence, 1.0),
                   iif(en.status = 'candidate', en.confidence, 1.0)) AS confidence,
               CASE en.status WHEN 'preferred' THEN 0 WHEN 'admitted' THEN 1 WHEN 'candidate' THEN 2 ELSE 3 END AS rank
        FROM term zh JOIN term en ON en.concept = zh.concept AND en.language = 'en'
        WHERE zh.language = 'zh' AND zh.status <> 'rejected' AND en.status <> 'rejected'
    )";

/// What became of a term pair, or of a term's rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermChangeKind {
    /// It was not known before and is shown now.
    New,
    /// It was shown before and is not known any more.
    Gone,
    /// It was known, and is sure enough to be shown now.
    Risen,
    /// It is not sure enough to be shown any more.
    Fallen,
    /// It is shown as before, and surer or less sure by more than a tenth.
    Changed,
    /// Another rendering of the Chinese term comes first now.
    Rendering,
}

impl TermChangeKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 6] = [Self::New, Self::Gone, Self::Risen, Self::Fallen, Self::Changed, Self::Rendering];

    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Risen => "risen",
            Self::Fallen => "fallen",
            Self::Changed => "changed",
            Self::Rendering => "rendering",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TermChange {
    /// What became of it.
    pub kind: TermChangeKind,
    /// The Chinese designation.
    pub zh: String,
    /// The English one; of a rendering, the one that comes first now.
    pub en: String,
    /// Of a rendering, the one that came first before.
    pub en_before: Option<String>,
    /// How sure it was, from 0 to 1.
    pub before: Option<f32>,
    /// How sure it is.
    pub after: Option<f32>,
}

/// A run that mined the whole corpus anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Remining {
    /// When it was begun, in RFC 3339.
    pub started: String,
    /// When it was through, in RFC 3339.
    pub finished: Option<String>,
    /// How many bitexts it had to mine.
    pub bitexts: usize,
    /// How many differences there are of each kind.
    pub counts: BTreeMap<TermChangeKind, usize>,
    /// The differences by kind, the largest first, up to ten thousand.
    pub changes: Vec<TermChange>,
}

impl Store {
    /// Begins to mine the whole corpus anew: notes how the termbase is, and lets every bitext and document wait.
    /// Whether it is begun: one that is under way goes on instead. `now` is RFC 3339.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn begin_remining(&mut self, now: &str) -> Result<bool, Error> {
        if self.remining_under_way()? {
            return Ok(false);
        }
        self.count_words()?;
        self.settle_candidates()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM remining_before", [])?;
        let note = format!("INSERT OR IGNORE INTO remining_before (zh, en, confidence, best) {PAIRS}");
        transaction.execute(&note, [SHOWN_CONFIDENCE])?;
        transaction.execute("UPDATE bitext SET mined = 0", [])?;
        transaction.execute("UPDATE document SET mined = 0, mentioned = 0", [])?;
        transaction.execute(
            "INSERT INTO remining (started, bitexts) SELECT ?1, count(*) FROM bitext WHERE mined = 0",
            [now],
        )?;
        transaction.execute("DELETE FROM remining WHERE id <= (SELECT max(id) FROM remining) - ?1", [REMEMBERED])?;
        transaction.commit()?;
        Ok(true)
    }

    /// Whether a run that mines the whole corpus anew has been begun and is not through.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn remining_under_way(&self) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM remining WHERE finished IS NULL)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Ends the run that is under way, if any, and notes the difference that it made; nothing while bitexts wait. To be
    /// called when candidates are settled.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn finish_remining(&mut self, now: &str) -> Result<(), Error> {
        if !self.remining_under_way()? || !self.waiting_bitexts()?.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let counts = note_differences(&transaction)?;
        transaction.execute(
            "UPDATE remining SET finished = ?1, counts = ?2 WHERE finished IS NULL",
            params![now, serde_json::to_string(&counts)?],
        )?;
        transaction.execute("DELETE FROM remining_before", [])?;
        Ok(transaction.commit()?)
    }

    /// The last run that is through, with the difference that it made.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_remining(&self) -> Result<Option<Remining>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, started, finished, bitexts, counts FROM remining WHERE finished IS NOT NULL
             ORDER BY id DESC LIMIT 1",
        )?;
        let found = statement.query_row([], |row| {
            let (id, counts): (i64, String) = (row.get(0)?, row.get(4)?);
            Ok((id, row.get(1)?, row.get(2)?, as_usize(row.get(3)?), counts))
        });
        let Some((id, started, finished, bitexts, counts)) = found.optional()? else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, zh, en, en_before, before, after FROM remining_change WHERE remining = ?1 ORDER BY ord",
        )?;
        let rows = statement.query_map([id], change_row)?;
        let changes = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(Some(Remining { started, finished, bitexts, counts: serde_json::from_str(&counts)?, changes }))
    }
}

fn note_differences(transaction: &Transaction<'_>) -> Result<BTreeMap<TermChangeKind, usize>, Error> {
    transaction.execute_batch(
        "CREATE TEMP TABLE pair_now (
             zh TEXT NOT NULL, en TEXT NOT NULL, confidence REAL NOT NULL, best INTEGER NOT NULL, PRIMARY KEY (zh, en)
         ) WITHOUT ROWID;
         CREATE TEMP TABLE difference (kind TEXT, zh TEXT, en TEXT, en_before TEXT, before REAL, after REAL)",
    )?;
    let now = format!("INSERT OR IGNORE INTO pair_now (zh, en, confidence, best) {PAIRS}");
    transaction.execute(&now, [SHOWN_CONFIDENCE])?;
    transaction.execute(
        "INSERT INTO difference (kind, zh, en, before, after)
         SELECT CASE WHEN was.zh IS NULL THEN 'new' WHEN now.zh IS NULL THEN 'gone'
                     WHEN was.confidence < ?1 THEN 'risen' WHEN now.confidence < ?1 THEN 'fallen' ELSE 'changed' END,
                coalesce(now.zh, was.zh), coalesce(now.en, was.en), was.confidence, now.confidence
         FROM remining_before was FULL JOIN pair_now now ON now.zh = was.zh AND now.en = was.en
         WHERE max(coalesce(was.confidence, 0), coalesce(now.confidence, 0)) >= ?1
           AND (min(coalesce(was.confidence, 0), coalesce(now.confidence, 0)) < ?1
                OR abs(was.confidence - now.confidence) > ?2)",
        [SHOWN_CONFIDENCE, LEAST_CHANGE],
    )?;
    transaction.execute(
        "INSERT INTO difference (kind, zh, en, en_before, before, after)
         SELECT 'rendering', now.zh, now.en, was.en, was.confidence, now.confidence
         FROM remining_before was JOIN pair_now now ON now.zh = was.zh AND now.en <> was.en
         WHERE was.best AND now.best",
        [],
    )?;
    keep_differences(transaction)
}

fn keep_differences(transaction: &Transaction<'_>) -> Result<BTreeMap<TermChangeKind, usize>, Error> {
    let mut counts = BTreeMap::new();
    {
        let mut statement = transaction.prepare("SELECT kind, count(*) FROM difference GROUP BY kind")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(kind) = TermChangeKind::from_name(&row.get::<_, String>(0)?) {
                counts.insert(kind, as_usize(row.get(1)?));
            }
        }
    }
    let ranked = TermChangeKind::ALL.into_iter().enumerate();
    let ranks: BTreeMap<&str, usize> = ranked.map(|(rank, kind)| (kind.name(), rank)).collect();
    transaction.execute(
        "INSERT INTO remining_change (remining, ord, kind, zh, en, en_before, before, after)
         SELECT (SELECT max(id) FROM remining), row_number() OVER (ORDER BY ?1 ->> kind, size DESC, zh, en),
                kind, zh, en, en_before, before, after
         FROM (SELECT *, abs(coalesce(after, 0) - coalesce(before, 0)) AS size FROM difference ORDER BY size DESC, zh, en LIMIT ?2)",
        params![serde_json::to_string(&ranks)?, as_i64(LISTED)],
    )?;
    transaction.execute_batch("DROP TABLE pair_now; DROP TABLE difference")?;
    Ok(counts)
}

fn change_row(row: &Row<'_>) -> rusqlite::Result<TermChange> {
    Ok(TermChange {
        kind: TermChangeKind::from_name(&row.get::<_, String>(0)?).unwrap_or(TermChangeKind::Changed),
        zh: row.get(1)?,
        en: row.get(2)?,
        en_before: row.get(3)?,
        before: row.get(4)?,
        after: row.get(5)?,
    })
}
