//! What the page of a bitext shows besides its beads: how many of each kind there are, and the terms seen in it.

use rusqlite::params;

use super::documents::as_usize;
use super::termbase::SHOWN_CONFIDENCE;
use super::{Error, Store};
use crate::document::Language;

/// How many beads of each kind a bitext has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BeadCounts {
    /// All of them.
    pub all: usize,
    /// Those with sentences on both sides that the aligner is not sure of.
    pub doubtful: usize,
    /// Those with sentences on one side only.
    pub one_sided: usize,
    /// Those that a reader made.
    pub by_reader: usize,
}

/// A designation that was seen in a sentence of a bitext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermSeen {
    /// The concept that it designates.
    pub concept: i64,
    /// The designation.
    pub text: String,
    /// The side on which it was seen.
    pub language: Language,
    /// The index of the sentence in its document.
    pub sentence: usize,
}

impl Store {
    /// How many beads of each kind a bitext has; the aligner is not sure of scores below `doubtful`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bead_counts(&self, bitext: i64, doubtful: f32) -> Result<BeadCounts, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*),
                    count(*) FILTER (WHERE made_by = 'aligner' AND score < ?2 AND zh <> '[]' AND en <> '[]'),
                    count(*) FILTER (WHERE zh = '[]' OR en = '[]'),
                    count(*) FILTER (WHERE made_by = 'reader')
             FROM bead WHERE bitext = ?1",
        )?;
        let counts = statement.query_row(params![bitext, doubtful], |row| {
            Ok(BeadCounts {
                all: as_usize(row.get(0)?),
                doubtful: as_usize(row.get(1)?),
                one_sided: as_usize(row.get(2)?),
                by_reader: as_usize(row.get(3)?),
            })
        })?;
        Ok(counts)
    }

    /// The designations that were seen in a bitext and are shown, in the order of its sentences: the Chinese side
    /// first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn terms_seen(&self, bitext: i64) -> Result<Vec<TermSeen>, Error> {
        let mut seen = Vec::new();
        for (language, term, sentence) in
            [(Language::Zh, "zh_term", "zh_sentence"), (Language::En, "en_term", "en_sentence")]
        {
            let mut statement = self.connection.prepare_cached(&format!(
                "SELECT DISTINCT term.concept, term.text, {sentence} FROM seen_pair
                 JOIN sighting ON sighting.pair = seen_pair.id JOIN term ON term.id = {term}
                 WHERE bitext = ?1 AND {sentence} IS NOT NULL AND status <> 'rejected'
                       AND (status <> 'candidate' OR term.confidence >= ?2)
                 ORDER BY {sentence}, term.concept, term.text"
            ))?;
            let rows = statement.query_map(params![bitext, SHOWN_CONFIDENCE], |row| {
                Ok(TermSeen { concept: row.get(0)?, text: row.get(1)?, language, sentence: as_usize(row.get(2)?) })
            })?;
            for row in rows {
                seen.push(row?);
            }
        }
        Ok(seen)
    }
}
