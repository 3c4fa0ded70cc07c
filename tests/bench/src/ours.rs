//! Our index, in process: a row a law, its paragraphs told apart by position.

use std::path::Path;

use index::query::parse;
use index::{Answer, DocumentFacts, Index, Passage, PassageDocument, SearchRequest};

use crate::collection::{Kind, Law, read_lines};
use crate::side::{HITS, Side};

pub(crate) fn build(docs: &Path, folder: &Path) -> anyhow::Result<()> {
    let index = Index::create(folder)?;
    let mut writer = index.writer()?;
    for (id, law) in (0..).zip(read_lines(docs)?) {
        writer.add(&document(id, law?))?;
    }
    writer.commit()?;
    writer.finish()?;
    Ok(index.complete()?)
}

fn document(id: i64, law: Law) -> PassageDocument {
    let passages = law.paragraphs.into_iter().enumerate();
    PassageDocument {
        id,
        facts: DocumentFacts { title: law.title, ..DocumentFacts::default() },
        passages: passages.map(|(block, text)| Passage { block, page: 1, text }).collect(),
    }
}

/// The index as the server has it, without what the server adds.
pub(crate) struct Ours {
    index: Index,
    with_passages: bool,
}

impl Ours {
    pub(crate) fn open(folder: &Path, with_passages: bool) -> anyhow::Result<Self> {
        Ok(Self { index: Index::open(folder)?, with_passages })
    }

    fn search(&self, kind: Kind, query: &str) -> anyhow::Result<Answer> {
        let query = parse(&written(kind, query)).query;
        let request = SearchRequest { query: query.as_ref(), limit: HITS, ..SearchRequest::default() };
        Ok(if self.with_passages { self.index.search(&request)? } else { self.index.rank(&request)? })
    }
}

impl Side for Ours {
    fn answer(&self, kind: Kind, query: &str) -> anyhow::Result<u64> {
        let answer = self.search(kind, query)?;
        Ok(answer.hits.iter().fold(0, |sum, hit| sum.wrapping_add(hit.document.unsigned_abs())))
    }

    fn count(&self, kind: Kind, query: &str) -> anyhow::Result<usize> {
        Ok(self.search(kind, query)?.total_documents)
    }
}

/// A query in our query language; a conjunction and a phrase are written in FTS5's in the same way.
pub(crate) fn written(kind: Kind, query: &str) -> String {
    match kind {
        Kind::Loose => query.to_owned(),
        Kind::And => {
            let parts: Vec<String> = query.split(' ').map(|part| format!("\"{part}\"")).collect();
            parts.join(" AND ")
        }
        Kind::Phrase => format!("\"{query}\""),
    }
}
