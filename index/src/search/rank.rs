//! BM25 (Robertson and Zaragoza 2009) for documents and for passages, with its statistics over all segments.
//!
//! The constants were chosen on half of the questions of four sets (XQuAD in Chinese, English and mixed, CMRC 2018) and
//! hold for the other half and for the same paragraphs put together to longer documents.

use std::cell::OnceCell;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError};

use super::rows::SegmentRows;
use crate::schema::Fields;

/// How soon more occurrences stop to count.
const K1: f32 = 0.9;
/// How much long texts are held back.
const B: f32 = 0.7;
/// The weight of a title beside a passage.
pub(super) const TITLE: f32 = 1.0;
/// The weight of single characters and of words as written, beside pairs and stems.
pub(super) const SINGLES: f32 = 0.5;
/// What the second best passage of a document adds of its score; the third adds the square of that.
pub(super) const JOIN: f32 = 0.2;

/// The numbers that BM25 needs of the whole index.
pub(super) struct Statistics {
    documents: f32,
    passages: f32,
    /// What a position of a passage adds to the denominator.
    of_position: f32,
    /// Of each field that ranks documents.
    lengths: Vec<Lengths>,
}

/// What the lengths of rows count in a field.
struct Lengths {
    field: Field,
    /// How many tokens a row has on average.
    average: f32,
    /// What the length of a row adds to the denominator, by the length's code: reckoned when it is asked for.
    table: OnceCell<Box<[f32; 256]>>,
}

impl Statistics {
    pub(super) fn read(
        searcher: &Searcher,
        fields: &Fields,
        segments: &[Arc<SegmentRows>],
    ) -> Result<Self, TantivyError> {
        let documents: f32 = searcher.segment_readers().iter().map(|segment| segment.max_doc() as f32).sum();
        let documents = documents.max(1.0);
        let passages: f32 = segments.iter().map(|rows| rows.passage_count() as f32).sum();
        let positions: f32 = segments.iter().map(|rows| rows.position_count() as f32).sum();
        let mut lengths = Vec::new();
        for field in [fields.body.pairs, fields.body.singles, fields.title.pairs] {
            let mut tokens = 0.0;
            for segment in searcher.segment_readers() {
                tokens += segment.inverted_index(field)?.total_num_tokens() as f32;
            }
            lengths.push(Lengths { field, average: (tokens / documents).max(1.0), table: OnceCell::new() });
        }
        let passages = passages.max(1.0);
        Ok(Self { documents, passages, of_position: K1 * B / (positions / passages).max(1.0), lengths })
    }

    /// What a term is worth among documents that so many of them have: the rarer, the more.
    pub(super) fn idf_of(&self, documents: u64) -> f32 {
        idf(self.documents, documents as f32)
    }

    /// What a term is worth among passages that so many documents have.
    ///
    /// The index counts documents. A share f of documents of m passages is what one has when each passage has the term
    /// with the chance 1 − (1 − f)^(1/m).
    pub(super) fn passage_idf(&self, documents: u64) -> f32 {
        let without = (self.documents - documents as f32 + 0.5).max(0.5) / (self.documents + 0.5);
        let chance = 1.0 - without.powf(self.documents / self.passages.max(self.documents));
        idf(self.passages, (chance * self.passages).max(1.0))
    }

    /// The length table of a field of documents; a neutral one where the field does not rank.
    pub(super) fn lengths(&self, field: Field) -> &[f32; 256] {
        const NEUTRAL: [f32; 256] = [K1; 256];
        let known = self.lengths.iter().find(|lengths| lengths.field == field);
        known.map_or(&NEUTRAL, |lengths| lengths.table.get_or_init(|| length_table(lengths.average)))
    }

    /// What the length of a passage, in positions, adds to the denominator.
    pub(super) fn passage_length(&self, positions: u32) -> f32 {
        K1 * (1.0 - B) + self.of_position * positions as f32
    }
}

fn idf(all: f32, having: f32) -> f32 {
    (1.0 + ((all - having).max(0.0) + 0.5) / (having + 0.5)).ln()
}

fn length_table(average: f32) -> Box<[f32; 256]> {
    Box::new(std::array::from_fn(|code| {
        let length = FieldNormReader::id_to_fieldnorm(u8::try_from(code).unwrap_or(u8::MAX)) as f32;
        K1 * (1.0 - B + B * length / average)
    }))
}

/// The score of a term that stands `frequency` times in a text; `length` is what the text's length adds.
pub(super) fn bm25(worth: f32, frequency: u32, length: f32) -> f32 {
    let frequency = frequency as f32;
    worth * (K1 + 1.0) * frequency / (frequency + length)
}

/// The most that a term can score.
pub(super) fn ceiling(worth: f32) -> f32 {
    worth * (K1 + 1.0)
}
