//! BM25 (Robertson and Zaragoza 2009), with its statistics over all segments.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError, Term};

use super::rows::SegmentRows;
use crate::schema::Fields;

/// How soon more occurrences stop to count.
const K1: f32 = 1.2;
/// How much long passages are held back.
const B: f32 = 0.75;
/// The weight of a title beside a passage.
pub(super) const TITLE: f32 = 1.0;
/// The weight of single characters and of words as written, beside pairs and stems.
pub(super) const SINGLES: f32 = 0.5;

/// The numbers that BM25 needs of the whole index.
pub(super) struct Statistics {
    passages: f32,
    documents: f32,
    title: Field,
    title_singles: Field,
    /// For each field that ranks, what the length of a row adds to the denominator, by the length's code.
    lengths: Vec<(Field, Box<[f32; 256]>)>,
}

impl Statistics {
    pub(super) fn read(
        searcher: &Searcher,
        fields: &Fields,
        segments: &[std::sync::Arc<SegmentRows>],
    ) -> Result<Self, TantivyError> {
        let rows: f32 = searcher.segment_readers().iter().map(|segment| segment.max_doc() as f32).sum();
        let documents: f32 = segments.iter().map(|segment| segment.document_count() as f32).sum();
        let passages = (rows - documents).max(1.0);
        let documents = documents.max(1.0);
        let mut lengths = Vec::new();
        for (text, count) in [(fields.body, passages), (fields.title, documents)] {
            for field in [text.pairs, text.singles] {
                let mut tokens = 0.0;
                for segment in searcher.segment_readers() {
                    tokens += segment.inverted_index(field)?.total_num_tokens() as f32;
                }
                lengths.push((field, length_table((tokens / count).max(1.0))));
            }
        }
        Ok(Self { passages, documents, title: fields.title.pairs, title_singles: fields.title.singles, lengths })
    }

    /// What a term is worth: the rarer, the more.
    pub(super) fn idf(&self, searcher: &Searcher, term: &Term) -> Result<f32, TantivyError> {
        let rows = searcher.doc_freq(term)? as f32;
        let is_title = term.field() == self.title || term.field() == self.title_singles;
        let all = if is_title { self.documents } else { self.passages };
        Ok((1.0 + ((all - rows).max(0.0) + 0.5) / (rows + 0.5)).ln())
    }

    /// The length table of a field; passages' where the field does not rank.
    pub(super) fn lengths(&self, field: Field) -> &[f32; 256] {
        const NEUTRAL: [f32; 256] = [K1; 256];
        self.lengths.iter().find(|(of, _)| *of == field).map_or(&NEUTRAL, |(_, table)| table)
    }
}

fn length_table(average: f32) -> Box<[f32; 256]> {
    Box::new(std::array::from_fn(|code| {
        let length = FieldNormReader::id_to_fieldnorm(u8::try_from(code).unwrap_or(u8::MAX)) as f32;
        K1 * (1.0 - B + B * length / average)
    }))
}

/// The score of a term that stands `frequency` times in a row; `length` is the entry of the length table.
pub(super) fn bm25(weight: f32, frequency: u32, length: f32) -> f32 {
    let frequency = frequency as f32;
    weight * (K1 + 1.0) * frequency / (frequency + length)
}

/// The most that a term can score.
pub(super) fn ceiling(weight: f32) -> f32 {
    weight * (K1 + 1.0)
}
