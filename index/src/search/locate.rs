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
const TELLING: usize = 10;
/// So many more parts are counted for the passages that are.
const LESS_TELLING: usize = 6;
/// So many single characters and words as written are counted for them too.
const MOST_SINGLES: usize = 8;
/// So many passages of a document, the best by these, are scored by the rest as well: what the rest adds does not bring
/// another before them.
const CONTENDERS: usize = 8;

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

    /// Adds what places, ascending, score to their passages.
    pub(super) fn add(&mut self, positions: &[u32], statistics: &Statistics, score: impl Fn(u32, f32) -> f32) {
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
            if let (Some(of_passage), Some(&start)) = (self.scores.get_mut(index), self.starts.get(index)) {
                let length = statistics.passage_length(end.min(self.end).saturating_sub(start));
                *of_passage += score(frequency, length);
            }
        }
    }

    /// Adds what places, ascending, score to some passages, ascending.
    fn add_to(
        &mut self,
        passages: &[usize],
        mut positions: &[u32],
        statistics: &Statistics,
        score: impl Fn(u32, f32) -> f32,
    ) {
        for &index in passages {
            let Some(&start) = self.starts.get(index) else { return };
            let end = self.starts.get(index + 1).copied().unwrap_or(self.end);
            let before = positions.partition_point(|&position| position < start);
            positions = positions.get(before..).unwrap_or_default();
            let frequency = positions.iter().take_while(|&&position| position < end).count();
            if let Some(of_passage) = self.scores.get_mut(index).filter(|_| frequency > 0) {
                let frequency = u32::try_from(frequency).unwrap_or(u32::MAX);
                *of_passage += score(frequency, statistics.passage_length(end.saturating_sub(start)));
            }
        }
    }

    /// The passages that were met, the best first, so many at most.
    pub(super) fn best(&self, most: usize) -> Vec<usize> {
        let mut met = Vec::with_capacity(self.scores.len());
        met.extend((0..).zip(&self.scores).filter(|&(_, &score)| score > 0.0).map(|(index, _)| index));
        let by_score = |&a: &usize, &b: &usize| self.score(b).total_cmp(&self.score(a)).then(a.cmp(&b));
        if met.len() > most {
            met.select_nth_unstable_by(most, by_score);
            met.truncate(most);
        }
        met.sort_unstable_by(by_score);
        met
    }

    /// The best passages so far, ascending.
    fn contenders(&self) -> Vec<usize> {
        let mut best = self.best(CONTENDERS);
        best.sort_unstable();
        best
    }

    /// What a passage scores; what was not met has 0.
    pub(super) fn score(&self, index: usize) -> f32 {
        self.scores.get(index).copied().unwrap_or(0.0)
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

/// Adds what else counts of plain words to the best passages of some rows, ascending: the less telling parts, single
/// characters and words as written.
pub(super) fn refine(
    search: &SegmentSearch<'_>,
    plan: &Plan,
    located: &mut [&mut Located<'_>],
) -> Result<(), TantivyError> {
    let rows: Vec<DocId> = located.iter().map(|of| of.row).collect();
    let refined = located.iter_mut().map(|of| Refined { contenders: of.contenders(), of });
    Locator { search, positions: Vec::new() }.rest(plan, &rows, &mut refined.collect::<Vec<_>>())
}

/// The passages of a document of which more is scored.
struct Refined<'l, 'r> {
    of: &'l mut Located<'r>,
    contenders: Vec<usize>,
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
                    of.add(starts, statistics, |frequency, length| bm25(prefix.worth, frequency, length));
                });
                Ok(())
            }
            Plan::Near(near) => {
                let rows: Vec<DocId> = located.iter().map(|of| of.row).collect();
                each_near(
                    (self.search.segment, self.search.number),
                    &self.search.rows,
                    near,
                    Some(&rows),
                    |row, meetings| {
                        if let Ok(index) = rows.binary_search(&row)
                            && let Some(of) = located.get_mut(index)
                        {
                            of.add(meetings, statistics, |frequency, length| bm25(near.worth, frequency, length));
                        }
                    },
                )
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
        let statistics = self.search.statistics;
        let rows: Vec<DocId> = located.iter().map(|of| of.row).collect();
        for part in word.parts.iter().take(TELLING) {
            self.part(part, &rows, |at, positions| {
                if let Some(of) = located.get_mut(at) {
                    of.add(positions, statistics, |frequency, length| bm25(part.passage_worth, frequency, length));
                }
            })?;
        }
        if let Some(whole) = &word.whole {
            // The bonus is more than all parts can score together.
            let parts: f32 = word.parts.iter().chain(&word.singles).map(|part| part.passage_worth).sum();
            self.text(whole, located, |_, _| ceiling(parts))?;
        }
        Ok(())
    }

    /// Adds what the rest of plain words scores to the best passages of each row.
    fn rest<'p>(
        &mut self,
        plan: &'p Plan,
        rows: &[DocId],
        refined: &mut [Refined<'_, '_>],
    ) -> Result<(), TantivyError> {
        let statistics = self.search.statistics;
        match plan {
            Plan::Words(words) => {
                let rest = |word: &'p Word| {
                    word.parts.iter().skip(TELLING).take(LESS_TELLING).chain(word.singles.iter().take(MOST_SINGLES))
                };
                words.iter().flat_map(rest).try_for_each(|part| {
                    self.part(part, rows, |at, positions| {
                        if let Some(Refined { of, contenders }) = refined.get_mut(at) {
                            let score = |frequency, length| bm25(part.passage_worth, frequency, length);
                            of.add_to(contenders, positions, statistics, score);
                        }
                    })
                })
            }
            Plan::All(parts) | Plan::Any(parts) | Plan::Best(parts) => {
                parts.iter().try_for_each(|part| self.rest(part, rows, refined))
            }
            _ => Ok(()),
        }
    }

    /// Calls `met` for each of the rows, ascending, that has a part, with the row's place in the list and the part's
    /// positions in it.
    fn part(&mut self, part: &Part, rows: &[DocId], mut met: impl FnMut(usize, &[u32])) -> Result<(), TantivyError> {
        let Some(Some(place)) = part.places.get(self.search.number) else { return Ok(()) };
        if part.passage_worth <= 0.0 {
            return Ok(());
        }
        let index = self.search.segment.inverted_index(part.field)?;
        let mut postings = index.read_postings_from_terminfo(place, IndexRecordOption::WithFreqsAndPositions)?;
        for (at, &row) in rows.iter().enumerate() {
            if postings.doc() < row {
                postings.seek(row);
            }
            if postings.doc() == row {
                postings.positions(&mut self.positions);
                met(at, &self.positions);
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
        let exact = Exact::new(self.search.segment, self.search.number, &text.body, true)?;
        each_row(exact, located, |of, starts| of.add(starts, self.search.statistics, &score));
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
