//! What documents and passages are classed under, and under which taxonomy.

use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, params};

use super::documents::{as_i64, as_usize};
use super::{Error, Store};
use crate::topic::{BlockTopic, Classed, TopicClass};

impl Store {
    /// Makes sure that all documents are classed by the taxonomy of that hash: under another one, all wait to be classed
    /// anew. Whether it is another one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn use_taxonomy(&mut self, hash: &str) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let known: Option<String> =
            transaction.query_row("SELECT hash FROM taxonomy", [], |row| row.get(0)).optional()?;
        let changed = known.as_deref() != Some(hash);
        if changed {
            transaction.execute("DELETE FROM taxonomy", [])?;
            transaction.execute("INSERT INTO taxonomy (hash) VALUES (?1)", [hash])?;
            transaction.execute("UPDATE document SET classed = 0", [])?;
        }
        transaction.commit()?;
        Ok(changed)
    }

    /// Puts the classes of a document in place of those it has. Where they differ, the document is to be indexed anew.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_topics(&mut self, document: i64, classed: &Classed) -> Result<(), Error> {
        let before = self.topics(document)?;
        let same = |(a, b): (&TopicClass, &TopicClass)| a.topic == b.topic;
        let unchanged = before.len() == classed.document.len() && before.iter().zip(&classed.document).all(same);
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for table in ["document_topic", "block_topic"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [document])?;
        }
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO document_topic (document, ord, topic, score, evidence) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (ord, class) in classed.document.iter().enumerate() {
                let evidence = serde_json::to_string(&class.evidence)?;
                insert.execute(params![document, as_i64(ord), class.topic, class.score, evidence])?;
            }
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO block_topic (document, block, topic, score) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for class in &classed.blocks {
                insert.execute(params![document, as_i64(class.block), class.topic, class.score])?;
            }
        }
        transaction.execute(
            "UPDATE document SET classed = 1, indexed = indexed AND ?2 WHERE id = ?1",
            params![document, unchanged],
        )?;
        Ok(transaction.commit()?)
    }

    /// The classes of a document, in the order of the taxonomy.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn topics(&self, document: i64) -> Result<Vec<TopicClass>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT topic, score, evidence FROM document_topic WHERE document = ?1 ORDER BY ord")?;
        let rows = statement.query_map([document], |row| {
            Ok((TopicClass { topic: row.get(0)?, score: row.get(1)?, evidence: Vec::new() }, row.get(2)?))
        })?;
        let read = |row: rusqlite::Result<(TopicClass, String)>| {
            let (class, evidence) = row?;
            Ok(TopicClass { evidence: serde_json::from_str(&evidence)?, ..class })
        };
        rows.map(read).collect()
    }

    /// The classes of a document's passages, by block.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn block_topics(&self, document: i64) -> Result<Vec<BlockTopic>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT block, topic, score FROM block_topic WHERE document = ?1 ORDER BY block, topic")?;
        let rows = statement.query_map([document], |row| {
            Ok(BlockTopic { block: as_usize(row.get(0)?), topic: row.get(1)?, score: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many documents and how many passages each topic has; a topic without any is not there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn topic_counts(&self) -> Result<HashMap<String, (usize, usize)>, Error> {
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        for (table, of_passages) in [("document_topic", false), ("block_topic", true)] {
            let sql = format!("SELECT topic, count(*) FROM {table} GROUP BY topic");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, as_usize(row.get(1)?))))?;
            for row in rows {
                let (topic, count) = row?;
                let both = counts.entry(topic).or_default();
                *(if of_passages { &mut both.1 } else { &mut both.0 }) = count;
            }
        }
        Ok(counts)
    }

    /// The documents of a topic with their scores, the highest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn documents_of_topic(&self, topic: &str, limit: usize) -> Result<Vec<(i64, f32)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document, score FROM document_topic WHERE topic = ?1 ORDER BY score DESC, document LIMIT ?2",
        )?;
        let rows = statement.query_map(params![topic, as_i64(limit)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pending;
    use super::super::tests::{add, store};
    use super::*;
    use crate::document::Language;
    use crate::topic::TopicEvidence;

    fn classed(topic: &str) -> Classed {
        let evidence = TopicEvidence {
            term: "船舶".to_owned(),
            sentence: "发展智能船舶。".to_owned(),
            page: 1,
            block: 0,
            count: 2,
        };
        Classed {
            document: vec![TopicClass { topic: topic.to_owned(), score: 0.75, evidence: vec![evidence] }],
            blocks: vec![BlockTopic { block: 0, topic: topic.to_owned(), score: 0.5 }],
        }
    }

    #[test]
    fn classes_come_back_as_they_were_put() {
        let (_folder, mut store) = store();
        let id = add(&mut store, "a", Language::Zh, "发展智能船舶。");
        let put = classed("ships/smart");
        store.put_topics(id, &put).unwrap();
        assert_eq!(store.topics(id).unwrap(), put.document);
        assert_eq!(store.block_topics(id).unwrap(), put.blocks);
        assert_eq!(store.topic_counts().unwrap().get("ships/smart"), Some(&(1, 1)));
        assert_eq!(store.documents_of_topic("ships/smart", 10).unwrap(), [(id, 0.75)]);
        assert!(store.pending(Pending::Topics).unwrap().is_empty());
    }

    #[test]
    fn only_other_classes_send_a_document_into_the_index_again() {
        let (_folder, mut store) = store();
        let id = add(&mut store, "a", Language::Zh, "发展智能船舶。");
        for (topic, pending) in [("ships/smart", &[id][..]), ("ships/smart", &[]), ("ships/sail", &[id])] {
            store.mark_done(Pending::Index, &[id]).unwrap();
            store.put_topics(id, &classed(topic)).unwrap();
            assert_eq!(store.pending(Pending::Index).unwrap(), pending, "{topic}");
        }
        assert_eq!(store.topics(id).unwrap().len(), 1);
    }

    #[test]
    fn another_taxonomy_classes_all_documents_anew() {
        let (_folder, mut store) = store();
        let id = add(&mut store, "a", Language::En, "Smart ships.");
        for (hash, changed) in [("one", true), ("one", false), ("two", true)] {
            assert_eq!(store.use_taxonomy(hash).unwrap(), changed, "{hash}");
            assert_eq!(store.pending(Pending::Topics).unwrap().is_empty(), !changed);
            store.put_topics(id, &classed("ships/smart")).unwrap();
        }
    }
}
