//! Which documents of a segment meet a query, and how well as far as their whole text tells.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader, TantivyError};

use super::exact::{Exact, each_with_all, rows_of_term};
use super::identifiers;
use super::near::each_near;
use super::plan::{Identifier, Near, Part, Plan, Prefix, Text, Word};
use super::rank::{Statistics, bm25, ceiling};
use super::rows::{RowSet, SegmentRows};
use crate::query::DateRange;
use crate::schema::Fields;

/// A segment while a query is evaluated in it.
pub(super) struct SegmentSearch<'a> {
    /// The number of the segment in the searcher.
    pub(super) number: usize,
    pub(super) segment: &'a SegmentReader,
    pub(super) fields: &'a Fields,
    pub(super) statistics: &'a Statistics,
    pub(super) rows: Arc<SegmentRows>,
    /// What the text of each document scores.
    scores: Scores,
    /// What the title of each document scores besides.
    titles: Scores,
    /// What each document scores for words that stand whole in its text.
    wholes: Scores,
    /// The documents that hold something exactly which may stand in place of plain words, such as a rendering.
    pub(super) firm: RowSet,
    /// See [`super::Answer::is_cut`].
    pub(super) is_cut: bool,
}

impl<'a> SegmentSearch<'a> {
    pub(super) fn new(
        number: usize,
        segment: &'a SegmentReader,
        fields: &'a Fields,
        statistics: &'a Statistics,
        rows: Arc<SegmentRows>,
    ) -> Self {
        let firm = RowSet::none(segment.max_doc());
        let [scores, titles, wholes] = std::array::from_fn(|_| Scores::none(segment.max_doc()));
        Self { number, segment, fields, statistics, rows, scores, titles, wholes, firm, is_cut: false }
    }

    fn none(&self) -> RowSet {
        RowSet::none(self.segment.max_doc())
    }

    fn every(&self) -> RowSet {
        RowSet::every(self.segment.max_doc())
    }

    /// All documents that are not deleted.
    pub(super) fn all(&self) -> RowSet {
        let mut all = self.every();
        if let Some(alive) = self.segment.alive_bitset() {
            (0..self.segment.max_doc()).filter(|&row| alive.is_deleted(row)).for_each(|row| all.remove(row));
        }
        all
    }

    /// What a document scores.
    pub(super) fn whole_score(&self, row: DocId) -> f32 {
        self.text_score(row) + self.title_score(row) + self.wholes.of(row)
    }

    /// What the text of a document scores by its parts.
    pub(super) fn text_score(&self, row: DocId) -> f32 {
        self.scores.of(row)
    }

    /// What the title of a document scores.
    pub(super) fn title_score(&self, row: DocId) -> f32 {
        self.titles.of(row)
    }

    /// The documents that meet a plan, deleted ones among them.
    pub(super) fn meet(&mut self, plan: &Plan) -> Result<RowSet, TantivyError> {
        match plan {
            Plan::Words(words) => self.words(words),
            Plan::Text(text) => self.text(text),
            Plan::Prefix(prefix) => self.prefix(prefix),
            Plan::Near(near) => self.near(near),
            Plan::Fact(terms) => {
                let mut found = self.none();
                if let Some(mut exact) = Exact::new(self.segment, self.number, terms, false)? {
                    exact.each(|row, _| found.insert(row));
                }
                Ok(found)
            }
            Plan::Identifier(identifier) => self.identifiers(identifier),
            Plan::Date(range) => Ok(self.date(*range)),
            Plan::All(parts) => self.all_of(parts),
            Plan::Any(parts) => {
                let mut found = self.none();
                for part in parts {
                    let met = self.meet(part)?;
                    if !part.is_loose() {
                        self.firm.unite(&met);
                    }
                    found.unite(&met);
                }
                Ok(found)
            }
            Plan::Best(parts) => self.best_of(parts),
            Plan::Not(plan) => {
                let mut left = self.every();
                left.subtract(&self.meet(plan)?);
                Ok(left)
            }
        }
    }

    /// Exact texts first and together, since they let the fewest documents through.
    fn all_of<'p>(&mut self, parts: &'p [Plan]) -> Result<RowSet, TantivyError> {
        let in_body = |part: &'p Plan| match part {
            Plan::Text(text) => Some(text).filter(|text| !text.in_title),
            _ => None,
        };
        let texts: Vec<&Text> = parts.iter().filter_map(in_body).collect();
        let mut found = if texts.is_empty() { self.every() } else { self.texts(&texts)? };
        for part in parts.iter().filter(|part| in_body(part).is_none()) {
            if found.is_empty() {
                break;
            }
            found.intersect(&self.meet(part)?);
        }
        Ok(found)
    }

    /// Any of the parts; a document has the highest score that one of them gives it.
    fn best_of(&mut self, parts: &[Plan]) -> Result<RowSet, TantivyError> {
        let mut found = self.none();
        let fresh = || Scores::none(self.segment.max_doc());
        let (scores, titles) = (fresh(), fresh());
        let before = (std::mem::replace(&mut self.scores, scores), std::mem::replace(&mut self.titles, titles));
        let mut best: BTreeMap<DocId, (Score, Score)> = BTreeMap::new();
        for part in parts {
            let met = self.meet(part)?;
            for row in met.iter() {
                let (score, title) = best.entry(row).or_default();
                *score = score.max(self.scores.take(row));
                *title = title.max(self.titles.take(row));
            }
            found.unite(&met);
        }
        (self.scores, self.titles) = before;
        for (row, (score, title)) in best {
            self.scores.add(row, score);
            self.titles.add(row, title);
        }
        Ok(found)
    }

    /// Each identifier that meets the pattern counts what it is worth.
    fn identifiers(&mut self, identifier: &Identifier) -> Result<RowSet, TantivyError> {
        let met = identifiers::met(self.segment, self.fields, identifier.field, &identifier.pattern)?;
        self.is_cut |= met.is_cut;
        let mut found = self.none();
        for term in &met.terms {
            let scores = &mut self.scores;
            rows_of_term(self.segment, term, |row| {
                found.insert(row);
                scores.add(row, identifier.worth);
            })?;
        }
        Ok(found)
    }

    fn texts(&mut self, texts: &[&Text]) -> Result<RowSet, TantivyError> {
        let mut found = self.none();
        let mut exacts = Vec::with_capacity(texts.len());
        for text in texts {
            match Exact::new(self.segment, self.number, &text.body, false)? {
                Some(exact) => exacts.push(exact),
                None => return Ok(found),
            }
        }
        let field = self.fields.body.pairs;
        let (lengths, codes) = (self.statistics.lengths(field), self.length_codes(field)?);
        let scores = &mut self.scores;
        each_with_all(&mut exacts, |row, frequencies| {
            found.insert(row);
            let length = lengths[usize::from(codes.fieldnorm_id(row))];
            let scored = texts.iter().zip(frequencies).map(|(text, &count)| bm25(text.worth, count, length));
            scores.add(row, scored.sum());
        });
        for text in texts.iter().filter(|_| !found.is_empty()) {
            self.title_text(text, None)?;
        }
        Ok(found)
    }

    fn text(&mut self, text: &Text) -> Result<RowSet, TantivyError> {
        if text.in_title {
            let mut found = self.none();
            self.title_text(text, Some(&mut found))?;
            return Ok(found);
        }
        self.texts(&[text])
    }

    /// Scores the titles that hold a text, and notes their documents.
    fn title_text(&mut self, text: &Text, mut found: Option<&mut RowSet>) -> Result<(), TantivyError> {
        if found.is_none() && text.title_worth <= 0.0 {
            return Ok(());
        }
        let Some(mut exact) = Exact::new(self.segment, self.number, &text.title, false)? else { return Ok(()) };
        let field = self.fields.title.pairs;
        let (lengths, codes) = (self.statistics.lengths(field), self.length_codes(field)?);
        let titles = &mut self.titles;
        exact.each(|row, frequency| {
            titles.add(row, bm25(text.title_worth, frequency, lengths[usize::from(codes.fieldnorm_id(row))]));
            if let Some(found) = found.as_deref_mut() {
                found.insert(row);
            }
        });
        Ok(())
    }

    fn prefix(&mut self, prefix: &Prefix) -> Result<RowSet, TantivyError> {
        let mut found = self.none();
        let field = self.fields.body.singles;
        let Some(mut exact) = Exact::prefix(self.segment, &prefix.terms, field)? else { return Ok(found) };
        self.is_cut |= exact.is_cut();
        let (lengths, codes) = (self.statistics.lengths(field), self.length_codes(field)?);
        let scores = &mut self.scores;
        exact.each(|row, frequency| {
            found.insert(row);
            scores.add(row, bm25(prefix.worth, frequency, lengths[usize::from(codes.fieldnorm_id(row))]));
        });
        Ok(found)
    }

    fn near(&mut self, near: &Near) -> Result<RowSet, TantivyError> {
        let mut found = self.none();
        let field = self.fields.body.pairs;
        let (lengths, codes) = (self.statistics.lengths(field), self.length_codes(field)?);
        let scores = &mut self.scores;
        each_near((self.segment, self.number), &self.rows, near, None, |row, meetings| {
            found.insert(row);
            let count = u32::try_from(meetings.len()).unwrap_or(u32::MAX);
            scores.add(row, bm25(near.worth, count, lengths[usize::from(codes.fieldnorm_id(row))]));
        })?;
        Ok(found)
    }

    /// The documents with a date within.
    pub(super) fn date(&self, range: DateRange) -> RowSet {
        let mut found = self.none();
        for row in 0..self.segment.max_doc() {
            let date = self.rows.date(row);
            if date > 0 && range.contains(date) {
                found.insert(row);
            }
        }
        found
    }

    /// Plain words: documents that hold any part of any of them; a word that stands whole counts above its parts.
    fn words(&mut self, words: &[Word]) -> Result<RowSet, TantivyError> {
        let mut found = self.none();
        for word in words {
            let mut scores = std::mem::take(&mut self.scores);
            let mut met = std::mem::replace(&mut found, RowSet::none(0));
            let scored = word.parts.iter().try_for_each(|part| self.part(part, &mut scores, |row| met.insert(row)));
            (self.scores, found) = (scores, met);
            scored?;
            for part in word.title.iter().filter(|part| part.worth > 0.0) {
                let mut titles = std::mem::take(&mut self.titles);
                let scored = self.part(part, &mut titles, |_| {});
                self.titles = titles;
                scored?;
            }
            if let Some(whole) = &word.whole {
                self.whole(whole)?;
            }
        }
        Ok(found)
    }

    /// Adds what a term scores to each row that has it.
    fn part(&self, part: &Part, scores: &mut Scores, mut met: impl FnMut(DocId)) -> Result<(), TantivyError> {
        let Some(Some(place)) = part.places.get(self.number) else { return Ok(()) };
        let index = self.segment.inverted_index(part.field)?;
        let mut postings = index.read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)?;
        let (lengths, codes) = (self.statistics.lengths(part.field), self.length_codes(part.field)?);
        while !postings.docs().is_empty() {
            for (&row, &frequency) in postings.docs().iter().zip(postings.freqs()) {
                scores.add(row, bm25(part.worth, frequency, lengths[usize::from(codes.fieldnorm_id(row))]));
                met(row);
            }
            postings.advance();
        }
        Ok(())
    }

    /// Ranks the documents that have a word whole above those that have its parts.
    fn whole(&mut self, whole: &Text) -> Result<(), TantivyError> {
        let (of_body, of_title) = (ceiling(whole.worth), ceiling(whole.title_worth));
        if let Some(mut exact) = Exact::new(self.segment, self.number, &whole.body, false)? {
            exact.each(|row, _| self.wholes.add(row, of_body));
        }
        if let Some(mut exact) = Exact::new(self.segment, self.number, &whole.title, false)? {
            exact.each(|row, _| self.titles.add(row, of_title));
        }
        Ok(())
    }

    fn length_codes(&self, field: IndexField) -> Result<FieldNormReader, TantivyError> {
        self.segment.get_fieldnorms_reader(field)
    }
}

/// What rows score; there is nothing until one does.
#[derive(Default)]
struct Scores {
    rows: usize,
    of_row: Vec<Score>,
}

impl Scores {
    fn none(rows: DocId) -> Self {
        Self { rows: rows as usize, of_row: Vec::new() }
    }

    fn of(&self, row: DocId) -> Score {
        self.of_row.get(row as usize).copied().unwrap_or(0.0)
    }

    /// The score of a row, which is none afterwards.
    fn take(&mut self, row: DocId) -> Score {
        self.of_row.get_mut(row as usize).map(std::mem::take).unwrap_or_default()
    }

    fn add(&mut self, row: DocId, score: Score) {
        if self.of_row.is_empty() {
            self.of_row.resize(self.rows, 0.0);
        }
        if let Some(of_row) = self.of_row.get_mut(row as usize) {
            *of_row += score;
        }
    }
}
