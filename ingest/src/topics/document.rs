//! From passages to the classes of a document.

use std::collections::{BTreeMap, BTreeSet};

use corpus::document::{Block, BlockKind, ReadDocument, Sentence};
use corpus::topic::{BlockTopic, Classed, TopicClass, TopicEvidence};

use super::canonical::Canonical;
use super::classifier::{Classifier, Met, PatternId};
use crate::read::page_at;

/// A passage has a class from this score on.
const PASSAGE: f32 = 0.5;
/// A document of up to so many passages has a class when those say...
const SHORT: f32 = 60.0;
/// ...so much for it at least, a passage with a strong term saying 1; a longer one has to say more...
const LEAST: f32 = 0.8;
/// ...by this power of its length: what a long document says once in passing is not what it is about.
const BY_LENGTH: f32 = 0.7;
/// What the title says counts so much of what a passage says.
const TITLE: f32 = 5.0;
/// What a heading says counts so much.
const HEADING: f32 = 2.0;
/// What a footnote or a cell says counts so much.
const ASIDE: f32 = 0.6;
/// So many terms are shown of a class.
const MOST_EVIDENCE: usize = 8;
/// So much is shown of a sentence, in characters.
const LONGEST_SENTENCE: usize = 400;
/// So much of a block is looked at, in bytes.
const LONGEST_BLOCK: usize = 200_000;

/// What speaks for a topic in a document.
#[derive(Default)]
struct Case {
    /// What its passages say together.
    sum: f32,
    /// By text that was met: what it says, how often it was met, and where first.
    terms: BTreeMap<PatternId, Term>,
}

struct Term {
    says: f32,
    count: u32,
    first: Place,
}

/// Where a term was met.
#[derive(Clone)]
struct Place {
    block: Option<usize>,
    start: usize,
    end: usize,
}

pub(super) fn classify(classifier: &Classifier<'_>, document: &ReadDocument) -> Classed {
    let mut work = Work { classifier, title: BTreeSet::new(), cases: BTreeMap::new(), blocks: Vec::new(), passages: 0 };
    let title = document.facts.title.as_deref().unwrap_or_default();
    work.title(title);
    let mut above = Above { title: work.title.clone(), headings: Vec::new() };
    for (index, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text()) {
        // The title counts once, wherever it stands.
        let is_title = block.kind == BlockKind::Heading && block.level == 0 && !title.is_empty();
        work.block(index, block, is_title, &mut above);
    }
    work.finish(document)
}

/// The texts met in the title and in the headings above a passage.
struct Above {
    title: BTreeSet<PatternId>,
    headings: Vec<(u8, BTreeSet<PatternId>)>,
}

impl Above {
    fn enter(&mut self, level: u8, met: &Met) {
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, met.patterns()));
    }

    fn with(&self, met: &Met) -> BTreeSet<PatternId> {
        let mut all = met.patterns();
        all.extend(&self.title);
        self.headings.iter().for_each(|(_, heading)| all.extend(heading));
        all
    }
}

struct Work<'c, 't> {
    classifier: &'c Classifier<'t>,
    /// The texts met in the title.
    title: BTreeSet<PatternId>,
    cases: BTreeMap<usize, Case>,
    blocks: Vec<BlockTopic>,
    passages: usize,
}

impl Work<'_, '_> {
    fn title(&mut self, title: &str) {
        let canonical = Canonical::of(title);
        let met = self.classifier.meet(&canonical);
        self.title = met.patterns();
        self.weigh(None, &canonical, &met, &met.patterns(), TITLE);
    }

    fn block(&mut self, index: usize, block: &Block, is_title: bool, above: &mut Above) {
        let canonical = Canonical::of(start_of(&block.text));
        let met = self.classifier.meet(&canonical);
        self.passages += 1;
        let weight = match block.kind {
            _ if is_title => 0.0,
            BlockKind::Heading => HEADING,
            BlockKind::Footnote | BlockKind::TableRow => ASIDE,
            _ => 1.0,
        };
        let around = above.with(&met);
        self.weigh(Some(index), &canonical, &met, &around, weight);
        if block.kind == BlockKind::Heading {
            above.enter(block.level, &met);
        }
    }

    /// Adds what a passage says to the cases of its topics.
    fn weigh(&mut self, block: Option<usize>, text: &Canonical, met: &Met, around: &BTreeSet<PatternId>, weight: f32) {
        let hits = self.classifier.by_topic(met);
        for topic in hits.topics() {
            let proof = hits.proof(topic, self.classifier.company(topic, &self.title, around));
            if proof.score < PASSAGE {
                continue;
            }
            let id = self.classifier.taxonomy.topics.get(topic).map(|topic| topic.id.clone());
            self.blocks.extend(block.zip(id).map(|(block, topic)| BlockTopic { block, topic, score: proof.score }));
            if weight <= 0.0 {
                continue;
            }
            let case = self.cases.entry(topic).or_default();
            case.sum += proof.score * weight;
            for (hit, says) in &proof.hits {
                let range = text.original(&hit.place);
                let first = Place { block, start: range.start, end: range.end };
                let term = case.terms.entry(hit.pattern).or_insert(Term { says: 0.0, count: 0, first });
                term.says += says * weight;
                term.count = term.count.saturating_add(1);
            }
        }
    }

    fn finish(self, document: &ReadDocument) -> Classed {
        // Counts of blocks are far below where a float loses units.
        let least = LEAST * (self.passages as f32 / SHORT).max(1.0).powf(BY_LENGTH);
        let mut scores: Vec<f32> = vec![0.0; self.classifier.taxonomy.topics.len()];
        for (topic, case) in &self.cases {
            if case.sum >= least
                && let Some(score) = scores.get_mut(*topic)
            {
                *score = case.sum / (case.sum + least);
            }
        }
        // Children stand after their parents, so that one walk from the end lifts scores to the top.
        for (topic, parent) in self.classifier.parents.iter().enumerate().rev() {
            let score = scores.get(topic).copied().unwrap_or(0.0);
            if let Some(above) = parent.and_then(|parent| scores.get_mut(parent)) {
                *above = above.max(score);
            }
        }
        let classes = self.classifier.taxonomy.topics.iter().zip(scores).enumerate();
        let classes = classes.filter(|(_, (_, score))| *score > 0.0).map(|(place, (topic, score))| TopicClass {
            topic: topic.id.clone(),
            score,
            evidence: self.cases.get(&place).map(|case| evidence(case, document)).unwrap_or_default(),
        });
        Classed { document: classes.collect(), blocks: self.blocks }
    }
}

/// What says most first.
fn evidence(case: &Case, document: &ReadDocument) -> Vec<TopicEvidence> {
    let mut terms: Vec<&Term> = case.terms.values().collect();
    terms.sort_by(|a, b| b.says.total_cmp(&a.says).then(a.first.start.cmp(&b.first.start)));
    terms.into_iter().take(MOST_EVIDENCE).map(|term| shown(term, document)).collect()
}

fn shown(term: &Term, document: &ReadDocument) -> TopicEvidence {
    let place = &term.first;
    let title = document.facts.title.as_deref().unwrap_or_default();
    let block = place.block.and_then(|index| document.blocks.get(index));
    let text = block.map_or(title, |block| block.text.as_str());
    let sentence = place.block.and_then(|index| sentence_at(&document.sentences, index, place.start));
    let page = sentence.map(|sentence| sentence.page).or(block.map(|block| page_at(block, place.start)));
    TopicEvidence {
        term: text.get(place.start..place.end).unwrap_or_default().to_owned(),
        sentence: sentence.map_or(text, |sentence| sentence.text.as_str()).chars().take(LONGEST_SENTENCE).collect(),
        page: page.unwrap_or(1),
        block: place.block.unwrap_or(0),
        count: term.count,
    }
}

/// The sentence of a block that holds a byte.
fn sentence_at(sentences: &[Sentence], block: usize, offset: usize) -> Option<&Sentence> {
    let from = sentences.partition_point(|sentence| sentence.block < block);
    let own = sentences.iter().skip(from).take_while(|sentence| sentence.block == block);
    own.take_while(|sentence| sentence.start <= offset).last()
}

fn start_of(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_BLOCK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
