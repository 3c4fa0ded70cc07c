//! The passages most like a text.
//!
//! A text is taken for the pairs of characters and the stems it holds, each worth the square of how rare it is. A
//! passage is as like as the worth of what it shares, of all that the text holds, held down where the passage is longer: the
//! cosine of the two (Salton and McGill 1983), the length of the passage's own vector being taken from its length. How rare a term is is reckoned among passages.
//! The most telling terms find the passages; all terms then put the best of them in order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TantivyError, Term};

use super::locate::Located;
use super::rank::Statistics;
use super::rows::SegmentRows;
use crate::Index;
use crate::analysis::{Kind, PASSAGE_STEP, STEP, analyse};
use crate::error::Error;
use crate::function_words;

/// So many terms are asked for.
const TELLING: usize = 24;
/// So many terms are compared.
const COMPARED: usize = 160;
/// The passages of so many documents of a segment are compared by all terms.
const MOST_COMPARED: usize = 60;
/// Of a longer text only so many characters are looked at.
const LONGEST_TEXT: usize = 2_000;

/// A passage that is shorter than this part of the text is compared as if it were this long: a heading shares all it has.
const LEAST_LENGTH: f32 = 0.5;
/// Shorter passages, of fewer than five tokens, say too little to be like anything; in positions.
const SHORTEST_PASSAGE: u32 = 4 * STEP + PASSAGE_STEP;

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimilarRequest<'a> {
    /// The text.
    pub text: &'a str,
    /// Documents that may not answer: the text's own.
    pub without: &'a [i64],
    /// How many passages are wanted; of each document only the best is given.
    pub limit: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SimilarAnswer {
    /// Passages of other documents, the most like first.
    pub passages: Vec<SimilarPassage>,
    /// The words and pairs of characters that tell the text best, the most telling first: what to mark.
    pub telling: Vec<String>,
}

/// A passage that is like the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimilarPassage {
    /// The document.
    pub document: i64,
    /// The index of the block in it, from 0.
    pub block: usize,
    /// The page where it begins, counted from 1.
    pub page: u32,
    /// How like it is: 1 is the same, 0 has nothing in common.
    pub likeness: f32,
}

/// A term of the text.
struct Held {
    term: Term,
    /// As it is written in the text.
    written: String,
    /// The square of how rare it is.
    worth: f32,
}

/// A text as what is compared.
struct Profile {
    /// The most telling first.
    terms: Vec<Held>,
    /// What all of them are worth.
    worth: f32,
    /// In positions.
    length: f32,
}

impl Index {
    /// The passages most like a text.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn similar(&self, request: &SimilarRequest<'_>) -> Result<SimilarAnswer, Error> {
        let text = request.text;
        let text = text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
        let searcher = self.searcher();
        let rows = searcher.segment_readers().iter().map(|segment| self.segment_rows(segment));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let statistics = Statistics::read(&searcher, &self.fields, &rows)?;
        let profile = self.profile(&searcher, &statistics, text)?;
        let without: HashSet<i64> = request.without.iter().copied().collect();
        let mut passages = Vec::new();
        for (segment, rows) in searcher.segment_readers().iter().zip(&rows) {
            passages.extend(self.similar_in((segment, rows), &profile, &statistics, &without)?);
        }
        passages.sort_by(SimilarPassage::compare);
        let mut documents = HashSet::new();
        passages.retain(|passage| documents.insert(passage.document));
        passages.truncate(request.limit);
        let telling = profile.terms.into_iter().take(TELLING).map(|term| term.written).collect();
        Ok(SimilarAnswer { passages, telling })
    }

    fn profile(&self, searcher: &Searcher, statistics: &Statistics, text: &str) -> Result<Profile, TantivyError> {
        let analysis = analyse(text);
        let field = self.fields.body.pairs;
        let mut written: BTreeMap<String, String> = BTreeMap::new();
        let length = analysis.span() as f32;
        for (index, token) in analysis.tokens.iter().enumerate() {
            let text = analysis.text(token);
            let stem = match token.kind {
                Kind::Han => match analysis.longer(index) {
                    Some(pair) => pair,
                    None => continue,
                },
                _ => analysis.stem(token).into_owned(),
            };
            if !function_words::is_word(text) {
                let shown = if token.kind == Kind::Han { stem.clone() } else { text.to_owned() };
                written.entry(stem).or_insert(shown);
            }
        }
        let mut terms = Vec::with_capacity(written.len());
        for (stem, written) in written {
            let term = Term::from_field_text(field, &stem);
            let worth = statistics.passage_idf(searcher.doc_freq(&term)?).powi(2);
            terms.push(Held { term, written, worth });
        }
        terms.sort_by(|one, other| other.worth.total_cmp(&one.worth).then_with(|| one.written.cmp(&other.written)));
        let worth = terms.iter().map(|term| term.worth).sum();
        Ok(Profile { terms, worth, length })
    }

    fn similar_in(
        &self,
        (segment, rows): (&SegmentReader, &SegmentRows),
        profile: &Profile,
        statistics: &Statistics,
        without: &HashSet<i64>,
    ) -> Result<Vec<SimilarPassage>, TantivyError> {
        let mut documents = self.sharing(segment, profile)?;
        documents.retain(|(row, _)| !segment.is_deleted(*row) && !without.contains(&rows.document(*row)));
        if documents.len() > MOST_COMPARED {
            documents.select_nth_unstable_by(MOST_COMPARED, |(one, shares), (other, more)| {
                more.total_cmp(shares).then(one.cmp(other))
            });
            documents.truncate(MOST_COMPARED);
        }
        documents.sort_unstable_by_key(|(row, _)| *row);
        let mut located: Vec<Located<'_>> = documents.iter().map(|(row, _)| Located::new(rows, *row)).collect();
        share(&*segment.inverted_index(self.fields.body.pairs)?, profile, statistics, &mut located)?;
        Ok(located.iter().filter_map(|document| best_passage(document, rows, profile)).collect())
    }

    /// The rows that have telling terms, with what these are worth.
    fn sharing(&self, segment: &SegmentReader, profile: &Profile) -> Result<Vec<(DocId, f32)>, TantivyError> {
        let index = segment.inverted_index(self.fields.body.pairs)?;
        let mut scores = vec![0.0_f32; segment.max_doc() as usize];
        for held in profile.terms.iter().take(TELLING) {
            let Some(mut postings) = index.read_block_postings(&held.term, IndexRecordOption::Basic)? else { continue };
            while !postings.docs().is_empty() {
                for &row in postings.docs() {
                    if let Some(score) = scores.get_mut(row as usize) {
                        *score += held.worth;
                    }
                }
                postings.advance();
            }
        }
        Ok((0..).zip(scores).filter(|(_, score)| *score > 0.0).collect())
    }
}

/// Adds to each passage of rows, ascending, what the terms are worth that it shares with the text.
fn share(
    index: &InvertedIndexReader,
    profile: &Profile,
    statistics: &Statistics,
    located: &mut [Located<'_>],
) -> Result<(), TantivyError> {
    let mut positions = Vec::new();
    for held in profile.terms.iter().take(COMPARED) {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Some(mut postings) = index.read_postings(&held.term, option)? else { continue };
        for document in &mut *located {
            if postings.doc() < document.row {
                postings.seek(document.row);
            }
            if postings.doc() == document.row {
                postings.positions(&mut positions);
                document.add(&positions, statistics, |_, _| held.worth);
            }
        }
    }
    Ok(())
}

fn best_passage(document: &Located<'_>, rows: &SegmentRows, profile: &Profile) -> Option<SimilarPassage> {
    let likeness = |index: usize, shared: f32| profile.likeness(shared, document.length(index) as f32);
    let says_enough = |(index, _): &(usize, &f32)| document.length(*index) >= SHORTEST_PASSAGE;
    let scores = document.scores().iter().enumerate().filter(says_enough);
    let passages = scores.map(|(index, &shared)| (index, likeness(index, shared)));
    let (index, likeness) = passages.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))?;
    let at = rows.passages(document.row).nth(index)?;
    Some(SimilarPassage {
        document: rows.document(document.row),
        block: usize::try_from(at.block).unwrap_or(0),
        page: at.page,
        likeness,
    })
}

impl Profile {
    /// How like a passage of a length is that shares so much.
    fn likeness(&self, shared: f32, length: f32) -> f32 {
        let longer = (length / self.length.max(1.0)).max(LEAST_LENGTH);
        (shared / self.worth.max(f32::MIN_POSITIVE) / longer.sqrt()).clamp(0.0, 1.0)
    }
}

impl SimilarPassage {
    fn compare(one: &Self, other: &Self) -> Ordering {
        let by_place = || (one.document, one.block).cmp(&(other.document, other.block));
        other.likeness.total_cmp(&one.likeness).then_with(by_place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::{Passage, PassageDocument};

    const TEXTS: [&str; 7] = [
        "港口应当每年检查潮汐发电站，并向社会公布检查结果。",
        "第三条 港口每年检查一次潮汐发电站，检查结果向社会公布，接受公众监督。",
        "远洋渔业企业应当保存航行日志，保存期限不少于三年。",
        "港口管理办法",
        "Ports inspect tidal power stations yearly and publish the results of each inspection.",
        "Tidal power stations are inspected by the port once a year; results are published.",
        "航行日志",
    ];

    fn index() -> Index {
        let index = Index::in_memory().expect("an index");
        let mut writer = index.writer().expect("a writer");
        for (id, text) in (1..).zip(TEXTS) {
            let passages = vec![Passage { block: 7, page: 2, text: text.to_owned() }];
            writer.add(&PassageDocument { id, passages, ..PassageDocument::default() }).expect("added");
        }
        writer.commit().expect("committed");
        index
    }

    #[track_caller]
    fn like(text: &str, without: &[i64]) -> Vec<SimilarPassage> {
        index().similar(&SimilarRequest { text, without, limit: 5 }).expect("an answer").passages
    }

    #[test]
    fn the_passage_on_the_same_matter_comes_first_and_its_own_document_is_left_out() {
        let found = like(TEXTS[0], &[1]);
        assert_eq!(found.first().map(|found| (found.document, found.block, found.page)), Some((2, 7, 2)));
        assert!(found.iter().all(|found| found.document != 1 && found.likeness < 0.9));
        assert_eq!(like(TEXTS[4], &[5]).first().map(|found| found.document), Some(6));
    }

    #[test]
    fn the_same_text_is_wholly_alike_and_another_hardly() {
        let found = like(TEXTS[2], &[]);
        assert!(found.first().is_some_and(|found| found.document == 3 && found.likeness > 0.95), "{found:?}");
        assert!(found.iter().skip(1).all(|found| found.likeness < 0.2), "{found:?}");
    }

    #[test]
    fn a_heading_of_few_words_is_not_like_a_text_that_has_them() {
        let found = like("航行日志应当保存", &[]);
        assert_eq!(found.first().map(|found| found.document), Some(3));
        assert!(found.iter().all(|found| found.document != 7), "{found:?}");
    }

    #[test]
    fn nothing_is_like_nothing() {
        for text in ["", "。", "the of and", "火箭发动机"] {
            assert_eq!(like(text, &[]), [], "{text}");
        }
    }
}
