//! How often words rendered each other over all bitexts.
//!
//! What a bitext's latest mining gave counts only once all that is mined together is through
//! ([`Store::count_words`]): so what each of them is told of words does not depend on which was mined first, on how
//! many were mined at a time, or on whether the run was interrupted. The totals are kept by triggers: they are the sum
//! of what the bitexts that are there gave, whichever way a bitext goes.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::documents::as_usize;
use super::{Error, Store};
use crate::bitext::WordPair;

/// Counts are stored in so many parts of one.
const PARTS: f32 = 1000.0;

/// A word is asked for with so many of its renderings, those that were linked most often.
const RENDERINGS: usize = 50;

impl Store {
    /// What other bitexts than `except` taught of some Chinese words, by word and then by how often.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn learned_words(&self, words: &BTreeSet<String>, except: Option<i64>) -> Result<Vec<WordPair>, Error> {
        let own = self.own_words(except)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT zh, en, count FROM word_pair WHERE zh IN (SELECT value FROM json_each(?1)) ORDER BY zh, count DESC, en",
        )?;
        let rows = statement.query_map([serde_json::to_string(words)?], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        })?;
        let mut learned: Vec<WordPair> = Vec::new();
        let mut of_word = 0;
        for row in rows {
            let (zh, en, count) = row?;
            let own = own.get(&(zh.clone(), en.clone())).copied().unwrap_or(0);
            let count = count - own;
            of_word = if learned.last().is_some_and(|last| last.zh == zh) { of_word } else { 0 };
            if count > 0 && of_word < RENDERINGS {
                of_word += 1;
                learned.push(WordPair { zh, en, count: count as f32 / PARTS });
            }
        }
        Ok(learned)
    }

    /// Lets what the latest minings gave count, in place of what the same bitexts gave before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn count_words(&mut self) -> Result<(), Error> {
        self.connection.execute("UPDATE bitext_words SET pairs = fresh, fresh = NULL WHERE fresh IS NOT NULL", [])?;
        Ok(())
    }

    /// How many bitexts have been mined since words were counted last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn uncounted_bitexts(&self) -> Result<usize, Error> {
        let sql = "SELECT count(*) FROM bitext_words WHERE fresh IS NOT NULL";
        Ok(as_usize(self.connection.query_row(sql, [], |row| row.get(0))?))
    }

    /// How many bitexts have taught words that count.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn counted_bitexts(&self) -> Result<usize, Error> {
        let sql = "SELECT count(*) FROM bitext_words WHERE pairs <> '[]'";
        Ok(as_usize(self.connection.query_row(sql, [], |row| row.get(0))?))
    }

    fn own_words(&self, bitext: Option<i64>) -> Result<BTreeMap<(String, String), i64>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT pairs FROM bitext_words WHERE bitext = ?1")?;
        let Some(json) = statement.query_row([bitext], |row| row.get::<_, String>(0)).optional()? else {
            return Ok(BTreeMap::new());
        };
        let rows: Vec<(String, String, i64)> = serde_json::from_str(&json)?;
        Ok(rows.into_iter().map(|(zh, en, count)| ((zh, en), count)).collect())
    }
}

/// Keeps what a bitext's latest mining gave until words are counted.
pub(super) fn put_fresh(transaction: &Transaction<'_>, bitext: i64, words: &[WordPair]) -> Result<(), Error> {
    let mut counts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for pair in words {
        // A float that is too large or none at all is brought within bounds by the conversion.
        let count = (pair.count * PARTS).round().clamp(0.0, 1e12) as i64;
        *counts.entry((&pair.zh, &pair.en)).or_default() += count;
    }
    let rows: Vec<(&str, &str, i64)> =
        counts.into_iter().filter(|(_, count)| *count > 0).map(|((zh, en), count)| (zh, en, count)).collect();
    let mut insert = transaction.prepare_cached(
        "INSERT INTO bitext_words (bitext, fresh) VALUES (?1, ?2)
         ON CONFLICT (bitext) DO UPDATE SET fresh = excluded.fresh",
    )?;
    insert.execute(params![bitext, serde_json::to_string(&rows)?])?;
    Ok(())
}
