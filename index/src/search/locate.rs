//! Which passages of a document meet a query, and how well.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TantivyError};

use super::evaluate::SegmentSearch;
use super::exact::Exact;
use super::identifiers;
use super::near::each_near;
use super::plan::{Identifier, Part, Plan, Text, Word};
use super::rank::{JOIN, Statistics, bm25, ceiling};
use super::rows::SegmentRows;

/// So many parts of a plain word, the most telling, say which passages are among the best; the common ones stand
/// everywhere and cost the most to look up.
const TELLING: usize = 12;

/// The passages of a document while they are scored.
pub(super) struct Located<'r> {
    pub(super) row: DocId,
    /// Where each passage begins.
    starts: &'r [u32],
    /// The position after the last token.
    end: u32,
    /// What each passage scores; what was not met has 0.
    scores: Vec<f32>,
}

impl<'r> Located<'r> {
    pub(super) fn new(rows: &'r SegmentRows, row: DocId) -> Self {
        let (starts, end) = rows.starts(row);
        Self { row, starts, end, scores: vec![0.0; starts.len()] }
    }

    /// What each passage scores, in order; what was not met has 0.
    pub(super) fn scores(&self) -> &[f32] {
        &self.scores
    }

    /// How many positions a passage takes.
    pub(super) fn length(&self, index: usize) -> u32 {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.end);
        end.saturating_sub(self.starts.get(index).copied().unwrap_or(end))
    }

    /// What the best passages score together.
    pub(super) fn joined(&self) -> f32 {
        let mut best = [0.0_f32; 3];
        for &score in &self.scores {
            if score > best[0] {
                best = [score, best[0], best[1]];
            } else if score > best[1] {
                best = [best[0], score, best[1]];
            } else if score > best[2] {
                best[2] = score;
            }
        }
        best[0] + JOIN * best[1] + JOIN * JOIN * best[2]
    }

    /// Adds what places, ascending, score to their passages; with `only_met` to those that have a score already.
    pub(super) fn add(
        &mut self,
        positions: &[u32],
        only_met: bool,
        statistics: &Statistics,
        score: impl Fn(u32, f32) -> f32,
    ) {
        let mut places = positions.iter().copied().peekable();
        let mut next = 0;
        while let Some(position) = places.next() {
            next = skip_to(self.starts, next, position);
            let end = self.starts.get(next).copied().unwrap_or(u32::MAX);
            let mut frequency = 1;
            while places.next_if(|&position| position < end).is_some() {
                frequency += 1;
            }
            // What stands before the first passage is the title, which is scored by itself.
            let Some(index) = next.checked_sub(1) else { continue };
            if let (Some(of_passage), Some(&start)) = (self.scores.get_mut(index), self.starts.get(index))
                && (*of_passage > 0.0 || !only_met)
            {
                let length = statistics.passage_length(end.min(self.end).saturating_sub(start));
                *of_passage += score(frequency, length);
            }
        }
    }
}

/// The first index from `from` on where `starts` is beyond a position: found by growing steps, since most are near.
fn skip_to(starts: &[u32], from: usize, position: u32) -> usize {
    let rest = starts.get(from..).unwrap_or_default();
    let mut step = 1;
    while rest.get(step - 1).is_some_and(|&start| start <= position) {
        step *= 2;
    }
    let least = step / 2;
    let within = rest.get(least..step.min(rest.len())).unwrap_or_default();
    from + least + within.partition_point(|&start| start <= position)
}

/// The passages of some rows, ascending.
pub(super) fn locate<'r>(
    search: &'r SegmentSearch<'_>,
    plan: &Plan,
    rows: &[DocId],
) -> Result<Vec<Located<'r>>, TantivyError> {
    let mut located: Vec<Located<'r>> = rows.iter().map(|&row| Located::new(&search.rows, row)).collect();
    Locator { search, positions: Vec::new() }.walk(plan, &mut located)?;
    Ok(located)
}

/// Adds what else counts of plain words to the passages of some rows, ascending, that have a score: the less telling
/// parts, single characters and words as written.
pub(super) fn refine(
    search: &SegmentSearch<'_>,
    plan: &Plan,
    located: &mut [&mut Located<'_>],
) -> Result<(), TantivyError> {
    Locator { search, positions: Vec::new() }.rest(plan, located)
}

struct Locator<'s, 'a> {
    search: &'s SegmentSearch<'a>,
    positions: Vec<u32>,
}

impl Locator<'_, '_> {
    fn walk(&mut self, plan: &Plan, located: &mut [Located<'_>]) -> Result<(), TantivyError> {
        let statistics = self.search.statistics;
        match plan {
            Plan::Words(words) => words.iter().try_for_each(|word| self.word(word, located)),
            Plan::Text(text) => self.text(text, located, |frequency, length| bm25(text.worth, frequency, length)),
            Plan::Prefix(prefix) => {
                let exact = Exact::prefix(self.search.segment, &prefix.terms, self.search.fields.body.singles)?;
                each_row(exact, located, |of, starts| {
                    of.add(starts, false, statistics, |frequency, length| bm25(prefix.worth, frequency, length));
                });
                Ok(())
            }
            Plan::Near(near) => {
                let rows: Vec<DocId> = located.iter().map(|of| of.row).collect();
                each_near(self.search.segment, &self.search.rows, near, Some(&rows), |row, meetings| {
                    if let Ok(index) = rows.binary_search(&row)
                        && let Some(of) = located.get_mut(index)
                    {
                        of.add(meetings, false, statistics, |frequency, length| bm25(near.worth, frequency, length));
                    }
                })
            }
            Plan::All(parts) | Plan::Any(parts) => parts.iter().try_for_each(|part| self.walk(part, located)),
            Plan::Best(parts) => self.best_of(parts, located),
            Plan::Identifier(identifier) => self.identifiers(identifier, located),
            Plan::Fact(_) | Plan::Date(_) | Plan::Not(_) => Ok(()),
        }
    }

    /// A passage has the highest score that one of the parts gives it.
    fn best_of(&mut self, parts: &[Plan], located: &mut [Located<'_>]) -> Result<(), TantivyError> {
        let fresh = |of: &Located<'_>| vec![0.0; of.scores.len()];
        let mut best: Vec<Vec<f32>> = located.iter().map(fresh).collect();
        for part in parts {
            let mut before: Vec<Vec<f32>> = located.iter().map(fresh).collect();
            for (of, before) in located.iter_mut().zip(&mut before) {
                std::mem::swap(&mut of.scores, before);
            }
            self.walk(part, located)?;
            for ((of, before), best) in located.iter_mut().zip(before).zip(&mut best) {
                let scores = std::mem::replace(&mut of.scores, before);
                best.iter_mut().zip(scores).for_each(|(best, score)| *best = best.max(score));
            }
        }
        for (of, best) in located.iter_mut().zip(best) {
            of.scores.iter_mut().zip(best).for_each(|(score, best)| *score += best);
        }
        Ok(())
    }

    /// The positions of an identifier are the numbers of its passages, counted from 1.
    fn identifiers(&mut self, identifier: &Identifier, located: &mut [Located<'_>]) -> Result<(), TantivyError> {
        if identifier.worth <= 0.0 || located.is_empty() {
            return Ok(());
        }
        let (segment, fields) = (self.search.segment, self.search.fields);
        let index = segment.inverted_index(fields.identifier)?;
        for term in &identifiers::met(segment, fields, identifier.field, &identifier.pattern)?.terms {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let Some(mut postings) = index.read_postings(term, option)? else { continue };
            for of in &mut *located {
                if postings.doc() < of.row {
                    postings.seek(of.row);
                }
                if postings.doc() == of.row {
                    postings.positions(&mut self.positions);
                    let numbers = self.positions.iter().filter_map(|number| number.checked_sub(1));
                    for number in numbers {
                        if let Some(score) = of.scores.get_mut(number as usize) {
                            *score += identifier.worth;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn word(&mut self, word: &Word, located: &mut [Located<'_>]) -> Result<(), TantivyError> {
        let mut telling = word.parts.iter().take(TELLING);
        telling.try_for_each(|part| self.part(part, located.iter_mut(), false))?;
        if let Some(whole) = &word.whole {
            // The bonus is more than all parts can score together.
            let parts: f32 = word.parts.iter().chain(&word.singles).map(|part| part.passage_worth).sum();
            self.text(whole, located, |_, _| ceiling(parts))?;
        }
        Ok(())
    }

    /// Adds what the rest of plain words scores, to passages that have a score.
    fn rest(&mut self, plan: &Plan, located: &mut [&mut Located<'_>]) -> Result<(), TantivyError> {
        match plan {
            Plan::Words(words) => {
                let mut rest = words.iter().flat_map(|word| word.parts.iter().skip(TELLING).chain(&word.singles));
                rest.try_for_each(|part| self.part(part, located.iter_mut().map(|of| &mut **of), true))
            }
            Plan::All(parts) | Plan::Any(parts) | Plan::Best(parts) => {
                parts.iter().try_for_each(|part| self.rest(part, located))
            }
            _ => Ok(()),
        }
    }

    fn part<'l, 'r: 'l>(
        &mut self,
        part: &Part,
        located: impl Iterator<Item = &'l mut Located<'r>>,
        only_met: bool,
    ) -> Result<(), TantivyError> {
        let Some(Some(place)) = part.places.get(self.search.number) else { return Ok(()) };
        if part.passage_worth <= 0.0 {
            return Ok(());
        }
        let index = self.search.segment.inverted_index(part.field)?;
        let mut postings = index.read_postings_from_terminfo(place, IndexRecordOption::WithFreqsAndPositions)?;
        for of in located {
            if postings.doc() < of.row {
                postings.seek(of.row);
            }
            if postings.doc() == of.row {
                postings.positions(&mut self.positions);
                of.add(&self.positions, only_met, self.search.statistics, |frequency, length| {
                    bm25(part.passage_worth, frequency, length)
                });
            }
        }
        Ok(())
    }

    fn text(
        &self,
        text: &Text,
        located: &mut [Located<'_>],
        score: impl Fn(u32, f32) -> f32,
    ) -> Result<(), TantivyError> {
        if text.in_title || text.worth <= 0.0 {
            return Ok(());
        }
        let exact = Exact::new(self.search.segment, &text.body, true)?;
        each_row(exact, located, |of, starts| of.add(starts, false, self.search.statistics, &score));
        Ok(())
    }
}

/// Calls `met` for each row that has a text, with where it begins.
fn each_row(exact: Option<Exact>, located: &mut [Located<'_>], mut met: impl FnMut(&mut Located<'_>, &[u32])) {
    let Some(mut exact) = exact else { return };
    for of in located {
        match exact.align(of.row) {
            None => return,
            Some(row) if row == of.row && exact.frequency(row) > 0 => met(of, exact.starts()),
            Some(_) => {}
        }
    }
}
