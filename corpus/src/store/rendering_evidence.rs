//! Where one rendering was seen, for a reviewer who has to decide on it.

use rusqlite::params;

use super::documents::as_i64;
use super::{Error, Store};
use crate::term::{Evidence, EvidenceKind};

impl Store {
    /// Where a designation in English was seen: definitions and glosses first, then one place of each bitext before
    /// the next of any, so that few places come from many documents.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rendering_evidence(&self, en_term: i64, limit: usize) -> Result<Vec<Evidence>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT sighting.kind, zh.text, en.text, coalesce(bitext.zh, pair.document), zh_sentence,
                    coalesce(bitext.en, pair.document), en_sentence
             FROM seen_pair pair JOIN term zh ON zh.id = pair.zh_term JOIN term en ON en.id = pair.en_term
                  JOIN sighting ON sighting.pair = pair.id LEFT JOIN bitext ON bitext.id = pair.bitext
             WHERE pair.en_term = ?1
             ORDER BY CASE sighting.kind WHEN 'definition' THEN 0 WHEN 'gloss' THEN 1 WHEN 'mention' THEN 3 ELSE 2 END, sighting.ord, pair.id
             LIMIT ?2",
        )?;
        let rows = statement.query_map(params![en_term, as_i64(limit)], |row| {
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
}
