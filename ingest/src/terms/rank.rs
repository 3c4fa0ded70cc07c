//! What was seen in many places to one list of term pairs, best first.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use corpus::term::TermPair;

use super::{
    candidates::Shape,
    features::Features,
    keys::{Key, Keys},
    places::{Place, Run},
    rendering::{Rendering, renderings},
    rivals::{Rival, rivalry},
    words::{Role, Word},
};
use crate::align::Dictionary;

/// The renderings kept for a Chinese run.
const RENDERINGS: usize = 5;

/// All that was seen, by Chinese run.
pub(crate) struct Ranking<'a> {
    pub(crate) dictionary: &'a Dictionary,
    runs: BTreeMap<&'a str, Run<'a>>,
    pub(crate) keys: Keys<'a>,
    /// Numbers for Chinese words; asked, never walked.
    words: HashMap<String, u32>,
}

/// A run's renderings with what speaks for each.
type Scored = Vec<(Key, Rendering, Features)>;

fn sort(pairs: &mut [TermPair]) {
    pairs.sort_by(|a, b| {
        b.confidence.total_cmp(&a.confidence).then_with(|| a.zh.cmp(&b.zh)).then_with(|| a.en.cmp(&b.en))
    });
}

impl<'a> Ranking<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary) -> Self {
        Self { dictionary, runs: BTreeMap::new(), keys: Keys::new(dictionary), words: HashMap::new() }
    }

    /// Adds a place of a run, which is of these words.
    pub(crate) fn add(&mut self, zh: &'a str, words: &[Word], place: Place<'a>) {
        if let Some(run) = self.runs.get_mut(zh) {
            run.places.push(place);
            return;
        }
        let own = words.get(place.words.clone()).unwrap_or_default();
        let shape = Shape::of(own, zh, self.dictionary);
        self.runs.insert(zh, Run { shape, places: vec![place] });
    }

    fn number(&mut self, word: &Word) -> u32 {
        let next = self.words.len() as u32;
        match self.words.get(&word.text) {
            Some(number) => *number,
            None => *self.words.entry(word.text.clone()).or_insert(next),
        }
    }

    /// The numbers of the words beside a run, where they may belong to a term.
    pub(crate) fn neighbours(&mut self, words: &[Word], run: &Range<usize>) -> (Option<u32>, Option<u32>) {
        let sentence = words.get(run.start).map(|word| word.sentence);
        let mut number = |at: Option<usize>| {
            let word = at.and_then(|at| words.get(at)).filter(|word| Some(word.sentence) == sentence)?;
            (word.role != Role::Outside).then(|| self.number(word))
        };
        (number(run.start.checked_sub(1)), number(Some(run.end)))
    }

    /// Term pairs, best first, with those that the documents give.
    pub(crate) fn pairs(self, given: Vec<TermPair>) -> Vec<TermPair> {
        let Self { runs, mut keys, .. } = self;
        let runs: Vec<(&str, Run<'_>)> = runs.into_iter().collect();
        let scored: Vec<Scored> = runs.iter().map(|(zh, run)| scored(zh, run, &keys)).collect();
        let rivals: Vec<Rival> = runs.iter().zip(&scored).map(|((_, run), scored)| best(run, scored)).collect();
        let rivalry = rivalry(&runs, &rivals);
        let mut pairs = Vec::new();
        for (((zh, _), scored), rivalry) in runs.iter().zip(scored).zip(rivalry) {
            let pair = |(_, rendering, features): (Key, Rendering, Features)| {
                let features = Features {
                    nested: rivalry.nested,
                    longer: rivalry.longer,
                    crossing: rivalry.crossing,
                    shorter: rivalry.shorter,
                    doubled: rivalry.doubled,
                    ..features
                };
                rendering.pair(zh, features.log_odds())
            };
            let (won, lost): (Scored, Scored) = scored.into_iter().partition(|(_, rendering, _)| rendering.won());
            let mut found: Vec<TermPair> = won.into_iter().map(pair).collect();
            let best = found.iter().map(|pair| pair.confidence).fold(0.0, f32::max);
            found.extend(lost.into_iter().map(|(_, rendering, _)| rendering.lost(zh, best)));
            sort(&mut found);
            found.truncate(RENDERINGS);
            pairs.extend(found);
        }
        merge(&mut pairs, given, &mut keys);
        sort(&mut pairs);
        pairs
    }
}

fn scored(zh: &str, run: &Run<'_>, keys: &Keys<'_>) -> Scored {
    let standing = run.standing();
    let renderings = renderings(zh, run, standing, keys).into_iter();
    let with_features = |(key, rendering): (Key, Rendering)| {
        let features = rendering.features(run, standing, key, keys);
        (key, rendering, features)
    };
    renderings.map(with_features).collect()
}

fn best(run: &Run<'_>, scored: &Scored) -> Rival {
    let places = run.places.len();
    let won = scored.iter().filter(|(_, rendering, _)| rendering.won());
    let rivals = won.map(|(key, _, features)| Rival { places, key: *key, log_odds: features.log_odds() });
    rivals.max_by(|a, b| a.log_odds.total_cmp(&b.log_odds)).unwrap_or(Rival {
        places,
        key: Key::MAX,
        log_odds: f32::MIN,
    })
}

/// Adds given pairs to mined ones of the same words.
fn merge(pairs: &mut Vec<TermPair>, given: Vec<TermPair>, keys: &mut Keys<'_>) {
    let mut places: BTreeMap<(String, Key), usize> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        places.insert((pair.zh.clone(), keys.text(&pair.en)), at);
    }
    for pair in given {
        let at = *places.entry((pair.zh.clone(), keys.text(&pair.en))).or_insert(pairs.len());
        match pairs.get_mut(at) {
            Some(known) => {
                known.confidence = known.confidence.max(pair.confidence);
                if known.definition.is_none() {
                    (known.definition, known.definition_source) = (pair.definition, pair.definition_source);
                }
                known.sightings.extend(pair.sightings);
            }
            None => pairs.push(pair),
        }
    }
}
