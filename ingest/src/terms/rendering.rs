//! The renderings of a Chinese run, from what was met in all its places.

use std::collections::BTreeMap;

use corpus::term::{EvidenceKind, Sighting, TermPair};

use super::{
    features::{Features, flag},
    keys::{Key, Keys},
    places::{Choice, Place, Run, Standing},
};
use crate::align::is_english_stop;

/// What is left of the confidence of a rendering that was never the best one in any place.
const NEVER_BEST: f32 = 0.1;

/// What speaks for an English run as the rendering of a Chinese one.
#[derive(Default)]
pub(crate) struct Rendering {
    /// How often each way of writing it was met, and that inside sentences.
    forms: BTreeMap<String, (usize, usize)>,
    /// Its share of the votes, summed over all places.
    votes: f32,
    /// Summed over the places where it won: the features that are means.
    sums: Features,
    sightings: Vec<Sighting>,
}

/// The renderings of a run by key. Each place votes for the option that fits best in all places together, so that what
/// is one rendering everywhere is not split by chance.
pub(crate) fn renderings(zh: &str, run: &Run<'_>, standing: Standing, keys: &Keys<'_>) -> BTreeMap<Key, Rendering> {
    let mut found: BTreeMap<Key, Rendering> = BTreeMap::new();
    for place in &run.places {
        let weights: Vec<f32> = place.options.iter().map(|option| option.weight(zh, standing, keys)).collect();
        let total: f32 = weights.iter().sum();
        for (option, weight) in place.options.iter().zip(weights) {
            let rendering = found.entry(option.key).or_default();
            rendering.votes += weight / total;
            let form = rendering.forms.entry(option.form(keys)).or_default();
            *form = (form.0 + usize::from(!option.first && !option.titled), form.1 + 1);
        }
    }
    for place in &run.places {
        let total = |option: &Choice<'_>| found.get(&option.key).map_or(0.0, |rendering| rendering.votes);
        // Of equals the first, which fits best here.
        let best = place.options.iter().rev().max_by(|a, b| total(a).total_cmp(&total(b)));
        if let Some(best) = best
            && let Some(rendering) = found.get_mut(&best.key)
        {
            rendering.win(place, best);
        }
    }
    found
}

impl Rendering {
    fn win(&mut self, place: &Place<'_>, option: &Choice<'_>) {
        let sums = &mut self.sums;
        sums.fit += option.fit;
        sums.en_bounded += option.edges.bounded();
        sums.verb += flag(option.verb);
        sums.zh_first += option.ends.zh.0;
        sums.cut_name += flag(option.cut_name);
        sums.head += flag(option.first);
        sums.listed += flag(place.edges.listed);
        self.sightings.push(Sighting {
            kind: EvidenceKind::Bead,
            zh_sentence: Some(place.sentence),
            en_sentence: Some(option.sentence),
        });
    }

    /// The commonest way of writing it inside sentences, or else at their heads.
    pub(crate) fn form(&self) -> &str {
        let best = self.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        best.map_or("", |(form, _)| form)
    }

    /// Whether it won any place.
    pub(crate) fn won(&self) -> bool {
        !self.sightings.is_empty()
    }

    /// What speaks for it, but for its rivals.
    pub(crate) fn features(&self, run: &Run<'_>, standing: Standing, key: Key, keys: &Keys<'_>) -> Features {
        let count = self.sightings.len().max(1) as f32;
        let en = self.form();
        let (zh_beads, en_beads) = (standing.beads, keys.beads(key) as f32);
        Features {
            shape: run.shape,
            fit: self.sums.fit / count,
            share: count / run.places.len().max(1) as f32,
            en_bounded: self.sums.en_bounded / count,
            dice: (2.0 * count / (zh_beads + en_beads).max(1.0)).min(1.0),
            locked: standing.locked,
            variety: standing.variety,
            zh_first: self.sums.zh_first / count,
            cut_name: self.sums.cut_name / count,
            head: self.sums.head / count,
            listed: self.sums.listed / count,
            en_locked: flag(keys.locked(key)),
            verb: self.sums.verb / count,
            article: flag(has_bare_article(en)),
            en_inner: flag(en.split(' ').any(|word| is_english_stop(&word.to_lowercase()))),
            en_digits: flag(en.chars().any(char::is_numeric)),
            adverb: flag(
                [en.split(' ').next(), en.split(' ').next_back()].iter().flatten().any(|word| is_adverb(word)),
            ),
            ..Features::default()
        }
    }

    /// The pair; its confidence is that of the log-odds.
    pub(crate) fn pair(self, zh: &str, log_odds: f32) -> TermPair {
        let confidence = 1.0 / (1.0 + (-log_odds).exp());
        let en = self.form().to_owned();
        TermPair {
            zh: zh.to_owned(),
            en,
            confidence,
            definition: None,
            definition_source: None,
            sightings: self.sightings,
        }
    }

    /// The pair of a rendering that won no place: next to nothing, and less than the `best` of those that won any.
    pub(crate) fn lost(self, zh: &str, best: f32) -> TermPair {
        let confidence = NEVER_BEST * best * self.votes.min(1.0).powf(0.3);
        let en = self.form().to_owned();
        TermPair {
            zh: zh.to_owned(),
            en,
            confidence,
            definition: None,
            definition_source: None,
            sightings: self.sightings,
        }
    }
}

impl Choice<'_> {
    /// How much it weighs among the options of its place: the odds of a conditional logistic model, whose weights are
    /// the rounded mean of fits to three sets of texts.
    fn weight(&self, zh: &str, standing: Standing, keys: &Keys<'_>) -> f32 {
        let ends = 3.0 * self.ends.zh.0 + 2.9 * self.ends.zh.1 + 1.6 * self.ends.en.0 + 0.8 * self.ends.en.1;
        let bounds = 2.2 * self.edges.bounded() + 0.9 * self.edges.hard();
        let locked = if keys.locked(self.key) { 2.1 } else { 0.0 };
        let (zh_beads, en_beads) = (standing.beads, keys.beads(self.key) as f32);
        // The most that Dice's coefficient of the two can be.
        let dice = 2.0 * zh_beads.min(en_beads) / (zh_beads + en_beads).max(1.0);
        (7.0 * self.fit + ends + bounds + 3.6 * dice - 0.5 * length_gap(zh, self.en) - locked).exp()
    }

    /// The run as it is written inside a sentence: the capitals of titles and of a sentence's first word are not its own.
    fn form(&self, keys: &Keys<'_>) -> String {
        let mut letters = self.en.chars();
        let plain = |word: &str| word.chars().skip(1).all(char::is_lowercase);
        let others =
            || self.en.split([' ', '-']).skip(1).any(|word| word.starts_with(char::is_uppercase) && plain(word));
        if self.titled {
            keys.lowered(self.en).unwrap_or_else(|| self.en.to_owned())
        } else if self.first && self.en.split([' ', '-']).next().is_some_and(plain) && !others() {
            letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
        } else {
            self.en.to_owned()
        }
    }
}

/// How far the count of English content words is from a word for every two Chinese characters, at most 5.
fn length_gap(zh: &str, en: &str) -> f32 {
    let words = en.split([' ', '-']).filter(|word| !is_english_stop(&word.to_lowercase())).count() as f32;
    (words - zh.chars().count() as f32 / 2.0).abs().min(5.0)
}

/// An article after anything but a preposition: a verb stands before it.
fn has_bare_article(en: &str) -> bool {
    let words: Vec<String> = en.split(' ').map(str::to_lowercase).collect();
    let article = |word: &str| matches!(word, "the" | "a" | "an");
    words.windows(2).any(|two| article(&two[1]) && !is_english_stop(&two[0]))
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
}
