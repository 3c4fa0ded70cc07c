//! Which documents of a segment meet a query, and how well.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TantivyError, Term};

use super::exact::{Exact, rows_of_term};
use super::rank::{SINGLES, Statistics, TITLE, bm25, ceiling};
use super::rows::{RowSet, SegmentRows};
use crate::analysis::{Analysis, Kind, analyse};
use crate::document::topic_key;
use crate::query::{DateRange, Field, Query};
use crate::schema::{Fields, TermAt, TextFields, exact_terms, flat_terms, written_terms};

/// A plain word of so many tokens at most ranks first where it stands whole.
const LONGEST_WHOLE: usize = 12;

/// What is the same for all segments of one search.
pub(super) struct Context<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    statistics: &'a Statistics,
    /// What terms are worth, looked up once for all segments.
    worths: RefCell<HashMap<Term, f32>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(searcher: &'a Searcher, fields: &'a Fields, statistics: &'a Statistics) -> Self {
        Self { searcher, fields, statistics, worths: RefCell::default() }
    }

    fn worth(&self, term: &Term) -> Result<f32, TantivyError> {
        if let Some(worth) = self.worths.borrow().get(term) {
            return Ok(*worth);
        }
        let worth = self.statistics.idf(self.searcher, term)?;
        self.worths.borrow_mut().insert(term.clone(), worth);
        Ok(worth)
    }
}

/// A segment while a query is evaluated in it.
pub(super) struct SegmentSearch<'a> {
    context: &'a Context<'a>,
    segment: &'a SegmentReader,
    pub(super) rows: Arc<SegmentRows>,
    /// The score of each passage, and on the row of a document that of its title.
    scores: Vec<Score>,
    /// Rows that have a score.
    pub(super) touched: RowSet,
    /// Terms that are counted for the best rows only, with their weights.
    refinements: BTreeMap<Term, f32>,
}

impl<'a> SegmentSearch<'a> {
    pub(super) fn new(context: &'a Context<'a>, segment: &'a SegmentReader, rows: Arc<SegmentRows>) -> Self {
        let count = segment.max_doc();
        Self {
            context,
            segment,
            rows,
            scores: vec![0.0; count as usize],
            touched: RowSet::none(count),
            refinements: BTreeMap::new(),
        }
    }

    fn none(&self) -> RowSet {
        RowSet::none(self.segment.max_doc())
    }

    /// All documents that are not deleted.
    pub(super) fn all(&self) -> RowSet {
        let mut all = self.rows.documents().clone();
        if let Some(alive) = self.segment.alive_bitset() {
            let mut dead = self.none();
            all.iter().filter(|&row| alive.is_deleted(row)).for_each(|row| dead.insert(row));
            all.subtract(&dead);
        }
        all
    }

    /// The documents that meet the query, deleted ones among them. Scores are counted with `weight`; 0 counts none.
    pub(super) fn meet(&mut self, query: &Query, weight: f32) -> Result<RowSet, TantivyError> {
        match query {
            Query::Words(words) => self.words(words, weight),
            Query::Text(text) => self.text(text, weight),
            Query::Prefix(prefix) => self.prefix(prefix, weight),
            Query::Near { left, right, distance } => self.near(left, right, *distance, weight),
            Query::Field { field, text } => self.fact(*field, text, weight),
            Query::Date(range) => Ok(self.date(*range)),
            Query::Weighted { query, weight: factor } => self.meet(query, weight * factor),
            Query::And(parts) => self.all_of(parts, weight),
            Query::Or(parts) => {
                let mut found = self.none();
                for part in parts {
                    found.unite(&self.meet(part, weight)?);
                }
                Ok(found)
            }
            Query::Not(query) => {
                let mut left = self.rows.documents().clone();
                left.subtract(&self.meet(query, 0.0)?);
                Ok(left)
            }
        }
    }

    fn all_of(&mut self, parts: &[Query], weight: f32) -> Result<RowSet, TantivyError> {
        let mut found = self.rows.documents().clone();
        for part in parts {
            found.intersect(&self.meet(part, weight)?);
            if found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// The score of a row.
    pub(super) fn score(&self, row: DocId) -> f32 {
        self.scores.get(row as usize).copied().unwrap_or(0.0)
    }

    /// The scores of rows.
    pub(super) fn scores(&self, rows: Range<DocId>) -> &[Score] {
        self.scores.get(rows.start as usize..rows.end as usize).unwrap_or_default()
    }

    fn add_score(&mut self, row: DocId, score: f32) {
        if let Some(of_row) = self.scores.get_mut(row as usize) {
            *of_row += score;
            self.touched.insert(row);
        }
    }

    fn text(&mut self, text: &str, weight: f32) -> Result<RowSet, TantivyError> {
        let analysis = analyse(text);
        let mut found = self.none();
        for (fields, share) in self.text_fields() {
            self.exact(&exact_terms(&analysis, fields), fields.pairs, weight * share, &mut found)?;
        }
        Ok(found)
    }

    fn text_fields(&self) -> [(TextFields, f32); 2] {
        [(self.context.fields.body, 1.0), (self.context.fields.title, TITLE)]
    }

    /// Rows with the terms at their places are scored by the lengths of `ranked`; their documents are added to `found`.
    fn exact(
        &mut self,
        terms: &[TermAt],
        ranked: IndexField,
        weight: f32,
        found: &mut RowSet,
    ) -> Result<(), TantivyError> {
        if let Some(exact) = Exact::new(self.segment, terms, false)? {
            let weight = weight * self.worth(terms)?;
            self.score_exact(exact, ranked, weight, found)?;
        }
        Ok(())
    }

    /// What a text is worth: its terms together.
    fn worth(&self, terms: &[TermAt]) -> Result<f32, TantivyError> {
        terms.iter().map(|term| self.context.worth(&term.term)).sum()
    }

    fn score_exact(
        &mut self,
        mut exact: Exact,
        ranked: IndexField,
        weight: f32,
        found: &mut RowSet,
    ) -> Result<(), TantivyError> {
        let lengths = self.context.statistics.lengths(ranked);
        let codes = self.length_codes(ranked)?;
        let mut from = 0;
        while let Some((row, frequency)) = exact.next(from) {
            found.insert(self.rows.head(row));
            if weight > 0.0 {
                let length = lengths[usize::from(codes.fieldnorm_id(row))];
                self.add_score(row, bm25(weight, frequency, length));
            }
            from = row + 1;
        }
        Ok(())
    }

    fn length_codes(&self, field: IndexField) -> Result<FieldNormReader, TantivyError> {
        self.segment.get_fieldnorms_reader(field)
    }

    fn prefix(&mut self, prefix: &str, weight: f32) -> Result<RowSet, TantivyError> {
        let analysis = analyse(prefix);
        let mut found = self.none();
        for (fields, share) in self.text_fields() {
            let terms = written_terms(&analysis, fields.singles);
            if let Some(exact) = Exact::prefix(self.segment, &terms, fields.singles)? {
                self.score_exact(exact, fields.singles, weight * share, &mut found)?;
            }
        }
        Ok(found)
    }

    fn near(&mut self, left: &str, right: &str, distance: u32, weight: f32) -> Result<RowSet, TantivyError> {
        let (left, right) = (analyse(left), analyse(right));
        let mut found = self.none();
        for (fields, share) in self.text_fields() {
            self.near_in(&left, &right, distance, fields, weight * share, &mut found)?;
        }
        Ok(found)
    }

    fn near_in(
        &mut self,
        left: &Analysis,
        right: &Analysis,
        distance: u32,
        fields: TextFields,
        weight: f32,
        found: &mut RowSet,
    ) -> Result<(), TantivyError> {
        let (left_terms, right_terms) = (exact_terms(left, fields), exact_terms(right, fields));
        let sides = (Exact::new(self.segment, &left_terms, true)?, Exact::new(self.segment, &right_terms, true)?);
        let (Some(mut first), Some(mut second)) = sides else { return Ok(()) };
        let weight = weight * (self.worth(&left_terms)? + self.worth(&right_terms)?);
        let lengths = self.context.statistics.lengths(fields.pairs);
        let codes = self.length_codes(fields.pairs)?;
        let (left_span, right_span) = (left.span(), right.span());
        let (mut here, mut there) = (first.next(0), second.next(0));
        while let (Some((row, _)), Some((other, _))) = (here, there) {
            if row < other {
                here = first.next(other);
            } else if other < row {
                there = second.next(row);
            } else {
                let meetings = count_near(first.starts(), left_span, second.starts(), right_span, distance);
                if meetings > 0 {
                    found.insert(self.rows.head(row));
                }
                if meetings > 0 && weight > 0.0 {
                    self.add_score(row, bm25(weight, meetings, lengths[usize::from(codes.fieldnorm_id(row))]));
                }
                here = first.next(row + 1);
            }
        }
        Ok(())
    }

    fn fact(&mut self, field: Field, text: &str, weight: f32) -> Result<RowSet, TantivyError> {
        let mut found = self.none();
        match (field, self.context.fields.of_fact(field)) {
            (Field::Kind | Field::Language | Field::Topic, Some(index_field)) => {
                let text = if field == Field::Topic { Cow::Owned(topic_key(text)) } else { Cow::Borrowed(text) };
                let term = Term::from_field_text(index_field, &text);
                rows_of_term(self.segment, &term, |row| found.insert(row))?;
            }
            (_, Some(index_field)) => {
                self.exact(&flat_terms(&analyse(text), index_field), index_field, 0.0, &mut found)?;
            }
            (_, None) => {
                let title = self.context.fields.title;
                self.exact(&exact_terms(&analyse(text), title), title.pairs, weight * TITLE, &mut found)?;
            }
        }
        Ok(found)
    }

    fn date(&self, range: DateRange) -> RowSet {
        let mut found = self.none();
        for span in self.rows.spans() {
            if span.date > 0 && range.contains(span.date) {
                found.insert(span.head);
            }
        }
        found
    }

    /// Plain words: any pair of characters and any stem counts; whole words of some length count above all.
    fn words(&mut self, words: &[String], weight: f32) -> Result<RowSet, TantivyError> {
        let mut terms: BTreeMap<Term, f32> = BTreeMap::new();
        let mut found = self.none();
        for word in words {
            let analysis = analyse(word);
            self.collect_terms(&analysis, weight, &mut terms);
            self.whole_word(&analysis, weight)?;
        }
        let before = std::mem::replace(&mut self.touched, RowSet::none(self.segment.max_doc()));
        for (term, weight) in &terms {
            self.score_term(term, *weight)?;
        }
        for row in self.touched.iter() {
            found.insert(self.rows.head(row));
        }
        // What is excluded shows no passages.
        if weight > 0.0 {
            self.touched.unite(&before);
        } else {
            self.touched = before;
        }
        Ok(found)
    }

    fn collect_terms(&mut self, analysis: &Analysis, weight: f32, terms: &mut BTreeMap<Term, f32>) {
        let mut add = |field: IndexField, text: &str, weight: f32| {
            *terms.entry(Term::from_field_text(field, text)).or_default() += weight;
        };
        let Fields { body, title, .. } = *self.context.fields;
        for (index, token) in analysis.tokens.iter().enumerate() {
            if token.kind != Kind::Han {
                let stem = analysis.stem(token);
                add(body.pairs, &stem, weight);
                add(title.pairs, &stem, weight * TITLE);
            }
            if let Some(more) = analysis.longer(index) {
                add(body.pairs, &more, weight);
                add(title.pairs, &more, weight * TITLE);
            }
            let single = Term::from_field_text(body.singles, analysis.text(token));
            if analysis.is_lone_han(index) {
                add(body.singles, analysis.text(token), weight * SINGLES);
                add(title.singles, analysis.text(token), weight * TITLE * SINGLES);
            } else if weight > 0.0 {
                *self.refinements.entry(single).or_default() += weight * SINGLES;
            }
        }
    }

    /// Ranks the rows that have a word whole above those that have its parts.
    fn whole_word(&mut self, analysis: &Analysis, weight: f32) -> Result<(), TantivyError> {
        if !(2..=LONGEST_WHOLE).contains(&analysis.tokens.len()) || weight <= 0.0 {
            return Ok(());
        }
        for (fields, share) in self.text_fields() {
            let terms = exact_terms(analysis, fields);
            if terms.len() < 2 {
                continue;
            }
            let bonus = ceiling(weight * share * self.worth(&terms)?);
            let Some(mut exact) = Exact::new(self.segment, &terms, false)? else { continue };
            let mut from = 0;
            while let Some((row, _)) = exact.next(from) {
                self.add_score(row, bonus);
                from = row + 1;
            }
        }
        Ok(())
    }

    /// Scores every row that has a term.
    fn score_term(&mut self, term: &Term, weight: f32) -> Result<(), TantivyError> {
        let index = self.segment.inverted_index(term.field())?;
        let Some(mut postings) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? else { return Ok(()) };
        let weight = weight * self.context.worth(term)?;
        let lengths = self.context.statistics.lengths(term.field());
        let codes = self.length_codes(term.field())?;
        while !postings.docs().is_empty() {
            for (&row, &frequency) in postings.docs().iter().zip(postings.freqs()) {
                self.add_score(row, bm25(weight, frequency, lengths[usize::from(codes.fieldnorm_id(row))]));
            }
            postings.advance();
        }
        Ok(())
    }

    /// Counts the refinements for some rows, ascending.
    pub(super) fn refine(&mut self, rows: &[DocId]) -> Result<(), TantivyError> {
        for (term, weight) in std::mem::take(&mut self.refinements) {
            let index = self.segment.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else { continue };
            let weight = weight * self.context.worth(&term)?;
            let lengths = self.context.statistics.lengths(term.field());
            let codes = self.length_codes(term.field())?;
            for &row in rows {
                if postings.doc() < row {
                    postings.seek(row);
                }
                if postings.doc() == row {
                    let length = lengths[usize::from(codes.fieldnorm_id(row))];
                    self.add_score(row, bm25(weight, postings.term_freq(), length));
                }
            }
        }
        Ok(())
    }

    /// Whether there is anything to refine.
    pub(super) fn has_refinements(&self) -> bool {
        !self.refinements.is_empty()
    }
}

/// How many places of the one text have a place of the other within so many tokens, before or after.
fn count_near(left: &[u32], left_span: u32, right: &[u32], right_span: u32, distance: u32) -> u32 {
    let mut count = 0;
    for &start in left {
        // Where the other may begin: so far before that it ends within reach, or so far after.
        let earliest = start.saturating_sub(distance.saturating_add(right_span));
        let latest = start.saturating_add(left_span).saturating_add(distance);
        let from = right.partition_point(|&other| other < earliest);
        let mut near = right.get(from..).unwrap_or_default().iter().take_while(|&&other| other <= latest);
        let apart =
            |&other: &u32| other.saturating_add(right_span) <= start || other >= start.saturating_add(left_span);
        count += u32::from(near.any(apart));
    }
    count
}
