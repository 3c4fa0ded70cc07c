//! A taxonomy, ready to be looked for in documents.

use std::collections::{BTreeSet, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use corpus::document::ReadDocument;
use corpus::topic::{Classed, Taxonomy, Topic};

use super::canonical::Canonical;
use super::document;
use super::passage::{Company, Hit, TopicHits};

/// The number of a text that is looked for.
pub(super) type PatternId = usize;

/// What a text that is looked for means to a topic.
#[derive(Clone, Copy, Debug)]
enum Role {
    /// It is a term of the topic.
    Term { topic: usize, strong: bool, weight: f32 },
    /// It hides the topic's terms within it.
    Exclude { topic: usize },
}

/// Classes documents under a taxonomy.
pub struct Classifier<'t> {
    pub(super) taxonomy: &'t Taxonomy,
    /// For each topic, the place of its parent.
    pub(super) parents: Vec<Option<usize>>,
    /// For each topic, the company of its weak terms, its own or inherited.
    company: Vec<Vec<BTreeSet<PatternId>>>,
    /// For each text that is looked for, what it means.
    roles: Vec<Vec<Role>>,
    /// `None` where there is nothing to look for.
    automaton: Option<AhoCorasick>,
}

/// The texts of a passage or a heading that were met.
#[derive(Clone, Debug, Default)]
pub(super) struct Met {
    /// Where each text stands in the canonical form.
    pub(super) places: Vec<(PatternId, std::ops::Range<usize>)>,
}

impl Met {
    /// The texts, each once.
    pub(super) fn patterns(&self) -> BTreeSet<PatternId> {
        self.places.iter().map(|(pattern, _)| *pattern).collect()
    }
}

impl<'t> Classifier<'t> {
    /// Makes ready to look for the terms of a taxonomy.
    pub fn new(taxonomy: &'t Taxonomy) -> Self {
        let mut patterns = Patterns::default();
        let places: HashMap<&str, usize> =
            taxonomy.topics.iter().enumerate().map(|(place, topic)| (topic.id.as_str(), place)).collect();
        let parents: Vec<Option<usize>> = taxonomy
            .topics
            .iter()
            .enumerate()
            .map(|(place, topic)| {
                topic.parent.as_deref().and_then(|id| places.get(id)).copied().filter(|up| *up < place)
            })
            .collect();
        let mut company: Vec<Vec<BTreeSet<PatternId>>> = Vec::with_capacity(taxonomy.topics.len());
        for (place, topic) in taxonomy.topics.iter().enumerate() {
            patterns.add_topic(place, topic);
            let inherited = parents.get(place).copied().flatten().and_then(|up| company.get(up)).cloned();
            let own = topic.company.iter().map(|terms| terms.iter().map(|term| patterns.number(term)).collect());
            let own: Vec<BTreeSet<PatternId>> = own.collect();
            company.push(if own.is_empty() { inherited.unwrap_or_default() } else { own });
        }
        patterns.share();
        Self { taxonomy, parents, company, automaton: patterns.automaton(), roles: patterns.roles }
    }

    /// The classes of a document and of its passages.
    pub fn classify(&self, document: &ReadDocument) -> Classed {
        document::classify(self, document)
    }

    /// What is met in a text.
    pub(super) fn meet(&self, text: &Canonical) -> Met {
        let Some(automaton) = &self.automaton else { return Met::default() };
        let places = automaton.find_overlapping_iter(&text.text);
        Met { places: places.map(|found| (found.pattern().as_usize(), found.range())).collect() }
    }

    /// What was met, by topic: of a topic's own texts of which one is within the other, the longer alone.
    pub(super) fn by_topic(&self, met: &Met) -> TopicHits {
        let mut hits = TopicHits::default();
        for (pattern, place) in &met.places {
            for role in self.roles.get(*pattern).into_iter().flatten() {
                match *role {
                    Role::Term { topic, strong, weight } => {
                        hits.add(topic, Hit { pattern: *pattern, place: place.clone(), strong, weight });
                    }
                    Role::Exclude { topic } => hits.exclude(topic, place.clone()),
                }
            }
        }
        hits.keep_longest();
        hits
    }

    /// Where the company is that a topic's weak terms need, by the texts met in the title, and there or near by.
    pub(super) fn company(&self, topic: usize, title: &BTreeSet<PatternId>, near: &BTreeSet<PatternId>) -> Company {
        let Some(company) = self.company.get(topic).filter(|company| !company.is_empty()) else { return Company::Own };
        let is_in = |met: &BTreeSet<PatternId>| company.iter().all(|terms| !terms.is_disjoint(met));
        if is_in(title) {
            Company::Title
        } else if is_in(near) {
            Company::Near
        } else {
            Company::Missing
        }
    }
}

/// The texts that are looked for, while they are gathered.
#[derive(Default)]
struct Patterns {
    numbers: HashMap<String, PatternId>,
    texts: Vec<String>,
    roles: Vec<Vec<Role>>,
}

impl Patterns {
    /// The number of a term; two that are the same in canonical form have the same.
    fn number(&mut self, term: &str) -> PatternId {
        let text = Canonical::of(term).text;
        let next = self.texts.len();
        *self.numbers.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            self.roles.push(Vec::new());
            next
        })
    }

    fn add_topic(&mut self, place: usize, topic: &Topic) {
        for term in &topic.terms {
            let role = Role::Term { topic: place, strong: term.strong, weight: term.weight };
            let number = self.number(&term.text);
            let Some(roles) = self.roles.get_mut(number) else { continue };
            // A term that a topic has twice counts as it is written first.
            if !roles.iter().any(|role| matches!(role, Role::Term { topic, .. } if *topic == place)) {
                roles.push(role);
            }
        }
        for term in &topic.excludes {
            let number = self.number(term);
            self.roles.get_mut(number).into_iter().for_each(|roles| roles.push(Role::Exclude { topic: place }));
        }
    }

    /// A term of several topics says less for each.
    fn share(&mut self) {
        for roles in &mut self.roles {
            let topics = roles.iter().filter(|role| matches!(role, Role::Term { .. })).count();
            // Counts are small, so the cast loses nothing.
            let share = 1.0 / (topics.max(1) as f32).powf(0.25);
            for role in roles {
                if let Role::Term { weight, .. } = role {
                    *weight *= share;
                }
            }
        }
    }

    /// Nothing is found with more texts than an automaton holds, which the reader's limits keep far away.
    fn automaton(&self) -> Option<AhoCorasick> {
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&self.texts);
        built.ok().filter(|_| !self.texts.is_empty())
    }
}
