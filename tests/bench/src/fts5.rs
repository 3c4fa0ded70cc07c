//! SQLite's FTS5 with its trigram tokenizer: a row a law, contentless, so that nothing but the index is on the disk.

use std::path::Path;

use rusqlite::Connection;

use crate::collection::{Kind, read_lines};
use crate::ours;
use crate::side::{HITS, Side};

pub(crate) fn build(docs: &Path, folder: &Path, merge: bool) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut database = Connection::open(folder.join("fts5.sqlite"))?;
    database.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;
         CREATE VIRTUAL TABLE law USING fts5(text, content = '', detail = full, tokenize = 'trigram');",
    )?;
    let transaction = database.transaction()?;
    {
        let mut insert = transaction.prepare("INSERT INTO law (rowid, text) VALUES (?1, ?2)")?;
        for (id, law) in (1_i64..).zip(read_lines(docs)?) {
            let law = law?;
            insert.execute((id, format!("{}\n{}", law.title, law.paragraphs.join("\n"))))?;
        }
    }
    transaction.commit()?;
    if merge {
        database.execute_batch("INSERT INTO law (law) VALUES ('optimize'); VACUUM;")?;
    }
    Ok(())
}

/// The index, all of it mapped into memory.
pub(crate) struct Fts5(Connection);

impl Fts5 {
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        let database = Connection::open(folder.join("fts5.sqlite"))?;
        database.execute_batch("PRAGMA mmap_size = 8589934592; PRAGMA cache_size = -262144;")?;
        Ok(Self(database))
    }
}

impl Side for Fts5 {
    fn answer(&self, kind: Kind, query: &str) -> anyhow::Result<u64> {
        let best = format!("SELECT rowid, rank FROM law WHERE law MATCH ?1 ORDER BY rank LIMIT {HITS}");
        let mut best = self.0.prepare_cached(&best)?;
        let mut rows = best.query([written(kind, query)])?;
        let mut sum = 0_u64;
        while let Some(row) = rows.next()? {
            sum = sum.wrapping_add(row.get::<_, i64>(0)?.unsigned_abs());
        }
        Ok(sum)
    }

    fn count(&self, kind: Kind, query: &str) -> anyhow::Result<usize> {
        let mut count = self.0.prepare_cached("SELECT count(*) FROM law WHERE law MATCH ?1")?;
        let count: i64 = count.query_row([written(kind, query)], |row| row.get(0))?;
        Ok(usize::try_from(count)?)
    }
}

/// A query in the language of FTS5. A question is its trigrams, those with punctuation left out, since they would cost
/// time and find next to nothing.
fn written(kind: Kind, query: &str) -> String {
    match kind {
        Kind::Loose => trigrams(query).join(" OR "),
        Kind::And | Kind::Phrase => ours::written(kind, query),
    }
}

fn trigrams(question: &str) -> Vec<String> {
    let characters: Vec<char> = question.chars().collect();
    let mut trigrams: Vec<String> = characters
        .windows(3)
        .filter(|window| window.iter().all(|c| c.is_alphanumeric()))
        .map(|window| format!("\"{}\"", window.iter().collect::<String>()))
        .collect();
    trigrams.sort_unstable();
    trigrams.dedup();
    trigrams
}

/// Whether a query has a part too short for trigrams. FTS5 answers `LIKE` by reading every text in such a case, which
/// an index without stored text cannot.
pub(crate) fn is_too_short(kind: Kind, query: &str) -> bool {
    match kind {
        Kind::Loose => trigrams(query).is_empty(),
        Kind::And | Kind::Phrase => query.split(' ').any(|part| part.chars().count() < 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_its_trigrams() {
        assert_eq!(written(Kind::Loose, "如何退税？退税"), "\"何退税\" OR \"如何退\"");
        assert_eq!(written(Kind::And, "如何退 税额的"), "\"如何退\" AND \"税额的\"");
        assert!(is_too_short(Kind::And, "如何退 税"));
    }
}
