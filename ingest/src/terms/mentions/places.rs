//! The places of forms in sentences.

use std::collections::BTreeMap;

use corpus::term::{EvidenceKind, KnownPair, Sighting, TermPair};
use corpus::text::is_han;
use corpus::text::normalise::normal_form;

use super::forms::{Form, LONGEST, keys, plain_hyphens, words_of};
use super::spelling::{key, singular};
use super::{Mention, Mentions, Support};
use crate::terms::words::{Role, Word, english};

/// A designation of more concepts than that tells nothing of any of them.
const MOST_CONCEPTS: usize = 3;

/// The places by known pair (Chinese) and what was written.
type Places = BTreeMap<(String, String), Mention>;

pub(super) fn in_english(mentions: &Mentions, sentences: &[&str]) -> Vec<Mention> {
    let of_china = sentences.iter().any(|text| speaks_of_china(text));
    let mut places = Places::new();
    for (sentence, text) in sentences.iter().enumerate() {
        let words = english(sentence, &plain_hyphens(text));
        let keys: Vec<String> = words.iter().map(|word| key(&word.text)).collect();
        let mut at = 0;
        while at < words.len() {
            let found = longest(mentions, (&words, &keys), at, of_china);
            at += found.first().map_or(1, |found| found.length);
            for found in found.into_iter().filter(|found| !text.contains(&found.known.zh)) {
                let sighting = Sighting { kind: EvidenceKind::Mention, zh_sentence: None, en_sentence: Some(sentence) };
                note(&mut places, found.known, found.en, found.support, sighting);
            }
        }
    }
    places.into_values().collect()
}

pub(super) fn in_chinese(mentions: &Mentions, sentences: &[&str]) -> Vec<Mention> {
    let mut places = Places::new();
    let Some(automaton) = &mentions.chinese else { return Vec::new() };
    for (sentence, text) in sentences.iter().enumerate() {
        for found in automaton.find_iter(&normal_form(text)) {
            let at = mentions.of_chinese.get(found.pattern().as_usize());
            let known = at.and_then(|at| mentions.known.get(*at)).filter(|known| !text.contains(&known.en));
            if let Some(known) = known {
                let sighting = Sighting { kind: EvidenceKind::Mention, zh_sentence: Some(sentence), en_sentence: None };
                note(&mut places, known, known.en.clone(), Support::Known, sighting);
            }
        }
    }
    places.into_values().collect()
}

/// Whether a sentence is of Chinese matters. Only in a document that has one a phrase may be taken for a rendering that
/// nobody has given.
fn speaks_of_china(text: &str) -> bool {
    ["China", "Chinese", "PRC"].iter().any(|word| text.contains(word)) || text.chars().any(is_han)
}

/// Notes a place, once for each sentence.
fn note(places: &mut Places, known: &KnownPair, en: String, support: Support, sighting: Sighting) {
    let confidence = support.confidence(known.sure);
    let mention = places.entry((known.zh.clone(), en)).or_insert_with_key(|(zh, en)| Mention {
        pair: TermPair {
            zh: zh.clone(),
            en: en.clone(),
            confidence,
            definition: None,
            definition_source: None,
            sightings: Vec::new(),
        },
        support,
    });
    if confidence > mention.pair.confidence {
        mention.pair.confidence = confidence;
        mention.support = support;
    }
    if mention.pair.sightings.last() != Some(&sighting) {
        mention.pair.sightings.push(sighting);
    }
}

/// A form that begins at a word.
struct FoundForm<'a> {
    known: &'a KnownPair,
    /// The designation as written there, in the case and number of the form.
    en: String,
    support: Support,
    /// How many words it takes.
    length: usize,
}

/// The longest run of words from one on that is a form, as what it is best supported.
fn longest<'a>(
    mentions: &'a Mentions,
    (words, keys): (&[Word], &[String]),
    start: usize,
    of_china: bool,
) -> Vec<FoundForm<'a>> {
    // The second half of a compound is no word of its own.
    if words.get(start).is_none_or(|word| word.joined) {
        return Vec::new();
    }
    let mut joined = String::new();
    let mut best = Vec::new();
    for (end, key) in (start + 1..).zip(keys.iter().skip(start)).take(LONGEST) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(key);
        let Some(forms) = mentions.by_keys.get(joined.as_str()) else { continue };
        let run = words.get(start..end).unwrap_or_default();
        let next = words.get(end);
        let goes_on = next.is_some_and(|next| next.joined);
        let place = Place {
            run,
            modifies: next.is_some_and(|next| next.role == Role::Content && !next.joined),
            proposes: of_china && !goes_on,
        };
        let found = found(mentions, forms, &place);
        if !found.is_empty() {
            best = found;
        }
    }
    best
}

/// A run of words where it stands.
struct Place<'a> {
    run: &'a [Word],
    /// A word follows that it may modify: then a hyphen in it may be due to that (lake-level data).
    modifies: bool,
    /// Whether it may be taken for a rendering that nobody has given.
    proposes: bool,
}

/// What a run of words is, by the best support that it has.
fn found<'a>(mentions: &'a Mentions, forms: &[usize], place: &Place<'_>) -> Vec<FoundForm<'a>> {
    let read = forms.iter().filter_map(|at| {
        let (known, form) = mentions.forms.get(*at)?;
        let known = mentions.known.get(*known)?;
        let mut en = written(place, form)?;
        let mut support = form.support;
        if support == Support::Known {
            if normal_form(&en) == normal_form(&joined(&known.en)) {
                en.clone_from(&known.en);
            } else {
                support = Support::Spelling;
            }
        }
        let taken = support <= Support::Spelling || place.proposes;
        taken.then_some(FoundForm { known, en, support, length: place.run.len() })
    });
    let mut read: Vec<FoundForm<'a>> = read.collect();
    let Some(best) = read.iter().map(|found| found.support).min() else { return read };
    read.retain(|found| found.support == best);
    // Pairs come the surer first: a doubtful sense of a word whose sense is known is none.
    let sure = read.iter().any(|found| found.known.sure);
    read.retain(|found| found.known.sure || !sure);
    read.dedup_by(|a, b| a.known.zh == b.known.zh);
    if read.len() > MOST_CONCEPTS { Vec::new() } else { read }
}

/// A designation's words as the places are written.
fn joined(designation: &str) -> String {
    join(words_of(designation).iter().map(|word| (word.joined, word.text.as_str())))
}

fn join<'a>(words: impl Iterator<Item = (bool, &'a str)>) -> String {
    let mut text = String::new();
    for (joined, word) in words {
        if !text.is_empty() {
            text.push(if joined { '-' } else { ' ' });
        }
        text.push_str(word);
    }
    text
}

/// A run as a designation: with the hyphens and the usage of the place, and the number and case of the form. `None`
/// where the place writes a common word and the form an acronym: it is not IT.
fn written(place: &Place<'_>, form: &Form) -> Option<String> {
    let same = place.run.len() == form.words.len();
    let is_singular = form.words.last().is_some_and(|own| singular(&own.text) == own.text.to_lowercase());
    let mut words = Vec::with_capacity(place.run.len());
    for (at, word) in place.run.iter().enumerate() {
        let own = form.words.get(at).filter(|own| same && key(&own.text) == key(&word.text));
        let is_tail = place.modifies && at + 1 == place.run.len();
        let joined = own.filter(|_| is_tail).map_or(word.joined, |own| own.joined);
        let text = match own.map(|own| own.text.as_str()) {
            Some(own) if capitals(own) > 1 && capitals(&word.text) < capitals(own) => return None,
            Some(own) if singular(own) == singular(&word.text) => own.to_owned(),
            Some(own) if own.starts_with(char::is_uppercase) => word.text.clone(),
            None if is_singular && at + 1 == place.run.len() => singular(&word.text),
            _ => word.text.to_lowercase(),
        };
        if own.is_some_and(|own| own.joined && !joined) && !is_inflected_alike(place.run, form, at) {
            return None;
        }
        words.push((joined, text));
    }
    Some(join(words.iter().map(|(joined, word)| (*joined, word.as_str()))))
}

/// Whether the word before is written as in the form: without the hyphen, ice-free is not "ices free".
fn is_inflected_alike(run: &[Word], form: &Form, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| run.get(before).zip(form.words.get(before)));
    before.is_none_or(|(word, own)| word.text.to_lowercase() == own.text.to_lowercase())
}

fn capitals(word: &str) -> usize {
    word.chars().filter(|c| c.is_uppercase()).count()
}

impl Form {
    /// The texts by which a search finds it.
    pub(super) fn spellings(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for row in self.key_rows() {
            texts.extend(spelled(&row));
        }
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        texts.push(words.join(" "));
        texts
    }

    /// The keys by which it is found.
    pub(super) fn key_rows(&self) -> Vec<Vec<String>> {
        let mut rows = super::spelling::key_rows(&keys(&self.words));
        if self.support == Support::Composed {
            rows.truncate(1);
        }
        rows
    }
}

/// So many spellings of a designation are looked for at most.
const MOST_SPELLINGS: usize = 16;

fn spelled(row: &[String]) -> Vec<String> {
    let mut texts = vec![String::new()];
    for word in row {
        let ways = super::spelling::spellings(word);
        let longer = texts.iter().flat_map(|text| {
            ways.iter().map(move |way| if text.is_empty() { way.clone() } else { format!("{text} {way}") })
        });
        texts = longer.take(MOST_SPELLINGS).collect();
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn designations_are_compared_as_they_are_joined() {
        assert_eq!(joined("ice‑free  lake routes"), "ice-free lake routes");
        assert_eq!(joined("R&D centre"), "R&D centre");
    }
}
