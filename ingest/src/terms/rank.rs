//! What was seen in many places to one list of term pairs, best first.

use std::collections::{BTreeMap, BTreeSet};

use corpus::term::{EvidenceKind, Sighting, TermPair};

use crate::align::{Dictionary, is_english_stop};

/// One place of a Chinese run, with the English runs that may render it there.
pub(crate) struct Place<'a> {
    /// The Chinese sentence.
    pub(crate) sentence: usize,
    /// How many of the two ends stand beside something that no term holds, from 0 to 1.
    pub(crate) bounds: f32,
    /// The run begins with a verb.
    pub(crate) verb: bool,
    /// The English runs, best first.
    pub(crate) options: Vec<Choice<'a>>,
}

/// An English run that may render a Chinese one.
pub(crate) struct Choice<'a> {
    /// The run as written.
    pub(crate) en: &'a str,
    /// The English sentence.
    pub(crate) sentence: usize,
    /// How well it renders the Chinese, at most 1.
    pub(crate) fit: f32,
    /// How many of the two ends stand beside something that no term holds, from 0 to 1.
    pub(crate) bounds: f32,
    /// It stands at the head of a sentence.
    pub(crate) first: bool,
}

/// The renderings kept for a Chinese run.
const RENDERINGS: usize = 5;

/// What is left of the confidence of a rendering that was never the best one in any place.
const NEVER_BEST: f32 = 0.03;

/// What is left of the confidence of a fragment.
const FRAGMENT: f32 = 0.1;

/// All that was seen, by Chinese run.
pub(crate) struct Ranking<'a> {
    dictionary: &'a Dictionary,
    runs: BTreeMap<&'a str, Vec<Place<'a>>>,
}

fn sort(pairs: &mut [TermPair]) {
    pairs.sort_by(|a, b| {
        b.confidence.total_cmp(&a.confidence).then_with(|| a.zh.cmp(&b.zh)).then_with(|| a.en.cmp(&b.en))
    });
}

/// What speaks for an English run as the rendering of a Chinese one.
#[derive(Default)]
struct Rendering {
    /// How often each way of writing it was met.
    forms: BTreeMap<String, usize>,
    /// Its share of the votes, summed over all places.
    votes: f32,
    /// The bounds of the Chinese and of the English, summed over the places where it won.
    bounds: (f32, f32),
    /// The fit summed over the places where it won.
    won: f32,
    /// The places where it won and the Chinese begins with a verb.
    verbs: usize,
    sightings: Vec<Sighting>,
}

impl<'a> Ranking<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary) -> Self {
        Self { dictionary, runs: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, zh: &'a str, place: Place<'a>) {
        self.runs.entry(zh).or_default().push(place);
    }

    /// Term pairs, best first, with those that the documents give.
    pub(crate) fn pairs(self, given: Vec<TermPair>) -> Vec<TermPair> {
        let mut pairs = Vec::new();
        for (zh, places) in &self.runs {
            let renderings = self.renderings(zh, places);
            let mut found: Vec<TermPair> = renderings.into_values().map(|rendering| rendering.pair(zh)).collect();
            sort(&mut found);
            found.truncate(RENDERINGS);
            pairs.extend(found);
        }
        self.weaken_fragments(&mut pairs);
        self.merge(&mut pairs, given);
        sort(&mut pairs);
        pairs
    }

    /// Adds given pairs to mined ones of the same words.
    fn merge(&self, pairs: &mut Vec<TermPair>, given: Vec<TermPair>) {
        let key = |pair: &TermPair| (pair.zh.clone(), self.folded(&pair.en));
        let mut places: BTreeMap<(String, String), usize> =
            pairs.iter().enumerate().map(|(at, pair)| (key(pair), at)).collect();
        for pair in given {
            let at = *places.entry(key(&pair)).or_insert(pairs.len());
            match pairs.get_mut(at) {
                Some(known) => {
                    known.confidence = known.confidence.max(pair.confidence);
                    known.definition = known.definition.take().or(pair.definition);
                    known.sightings.extend(pair.sightings);
                }
                None => pairs.push(pair),
            }
        }
    }

    /// Of a run and a longer one that holds it, both met in the same sentences with the same rendering, one is a
    /// fragment or has too much: the weaker of the two.
    fn weaken_fragments(&self, pairs: &mut [TermPair]) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, pair) in pairs.iter().enumerate().filter(|(_, pair)| !pair.sightings.is_empty()) {
            groups.entry(self.folded(&pair.en)).or_default().push(at);
        }
        let mut fragments = BTreeSet::new();
        for group in groups.values() {
            let mut weak = Vec::new();
            for (&one, &other) in group.iter().flat_map(|one| group.iter().map(move |other| (one, other))) {
                let (one_pair, other_pair) = (&pairs[one], &pairs[other]);
                let nested = one != other && other_pair.zh.contains(&one_pair.zh);
                if nested && one_pair.sightings.len() <= other_pair.sightings.len() {
                    weak.push(if one_pair.confidence < other_pair.confidence { one } else { other });
                }
            }
            fragments.extend(weak.into_iter().map(|at| pairs[at].zh.clone()));
        }
        let weak = pairs.iter_mut().filter(|pair| fragments.contains(&pair.zh));
        weak.for_each(|pair| pair.confidence *= FRAGMENT);
    }

    /// The renderings of a run by folded form. Each place votes for the option that fits best in all places together,
    /// so that what is one rendering everywhere is not split by chance.
    fn renderings(&self, zh: &str, places: &[Place<'a>]) -> BTreeMap<String, Rendering> {
        let mut found: BTreeMap<String, Rendering> = BTreeMap::new();
        let keys: Vec<Vec<String>> =
            places.iter().map(|place| place.options.iter().map(|option| self.folded(option.en)).collect()).collect();
        for (place, keys) in places.iter().zip(&keys) {
            let weights: Vec<f32> = place.options.iter().map(|option| option.weight(zh)).collect();
            let total: f32 = weights.iter().sum();
            for ((option, key), weight) in place.options.iter().zip(keys).zip(weights) {
                let rendering = found.entry(key.clone()).or_default();
                rendering.votes += weight / total;
                *rendering.forms.entry(option.form()).or_default() += 1;
            }
        }
        for (place, keys) in places.iter().zip(&keys) {
            let total = |key: &String| found.get(key).map_or(0.0, |rendering| rendering.votes);
            let best = (0..keys.len()).max_by(|&a, &b| total(&keys[a]).total_cmp(&total(&keys[b])).then(b.cmp(&a)));
            if let Some(best) = best
                && let Some(rendering) = found.get_mut(&keys[best])
            {
                rendering.win(place, &place.options[best]);
            }
        }
        found
    }

    /// Stems without articles, so that number and case do not part what is one rendering.
    fn folded(&self, en: &str) -> String {
        en.to_lowercase()
            .split(|c: char| !(c.is_alphanumeric() || c == '+' || c == '&'))
            .filter(|word| !word.is_empty() && !matches!(*word, "the" | "a" | "an"))
            .map(|word| self.dictionary.stem(word))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Choice<'_> {
    /// How much it weighs among the options of its place: the odds of a logistic model fitted like that of pairs.
    fn weight(&self, zh: &str) -> f32 {
        (5.5 * self.fit + 2.5 * self.bounds - 0.8 * length_gap(zh, self.en)).exp()
    }

    /// The run as it is written inside a sentence: the capital of a sentence's first word is not its own.
    fn form(&self) -> String {
        let mut letters = self.en.chars();
        match (letters.next(), letters.clone().next()) {
            (Some(first), Some(second)) if self.first && second.is_lowercase() => {
                first.to_lowercase().chain(letters).collect()
            }
            _ => self.en.to_owned(),
        }
    }
}

/// How far the count of English content words is from a word for every two Chinese characters, at most 5.
fn length_gap(zh: &str, en: &str) -> f32 {
    let words = en.split([' ', '-']).filter(|word| !is_english_stop(&word.to_lowercase())).count() as f32;
    (words - zh.chars().count() as f32 / 2.0).abs().min(5.0)
}

impl Rendering {
    fn win(&mut self, place: &Place<'_>, option: &Choice<'_>) {
        self.bounds.0 += place.bounds;
        self.bounds.1 += option.bounds;
        self.won += option.fit;
        self.verbs += usize::from(place.verb);
        self.sightings.push(Sighting {
            kind: EvidenceKind::Bead,
            zh_sentence: Some(place.sentence),
            en_sentence: Some(option.sentence),
        });
    }

    fn pair(self, zh: &str) -> TermPair {
        let form = self.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        let en = form.map(|(form, _)| form.clone()).unwrap_or_default();
        let confidence = if self.sightings.is_empty() {
            NEVER_BEST * self.votes / (1.0 + self.votes)
        } else {
            1.0 / (1.0 + (-self.log_odds(zh, &en)).exp())
        };
        TermPair { zh: zh.to_owned(), en, confidence, definition: None, sightings: self.sightings }
    }

    /// The log-odds that the pair is a term and its rendering, by a logistic model. Its weights are the rounded mean of
    /// fits to two unlike sets of texts; fitted to the one set alone it ranks the other's pairs up to a tenth worse than
    /// one fitted to that other set. The constant is chosen, not fitted.
    fn log_odds(&self, zh: &str, en: &str) -> f32 {
        let count = self.sightings.len() as f32;
        let letters = zh.chars().count() as f32;
        // Words of two characters are mostly of the general language.
        let general = f32::from(u8::from(letters <= 2.0));
        4.0 * self.won / count + 0.8 * count.log2() + 1.5 * self.bounds.0 / count + 2.0 * self.bounds.1 / count
            - 0.4 * letters.min(8.0)
            - 3.8 * general
            - 1.1 * self.verbs as f32 / count
            - 0.6 * length_gap(zh, en)
            - 4.0
    }
}
