//! The sentences where a rendering was seen, short enough to be read at a glance.

use std::collections::BTreeSet;

use corpus::document::Language;
use corpus::term::{Evidence, Place};

use crate::web::link;
use crate::web::view::{self, Part};

/// How much of a sentence is shown around the designation, in characters: before it, and in all.
const BEFORE: usize = 60;
const AROUND_HAN: usize = 110;
const AROUND_LATIN: usize = 260;

/// A place where the two were seen together.
pub(super) struct Seen {
    pub(super) zh: Option<Side>,
    pub(super) en: Option<Side>,
    /// The place in the bitext, where the two stand in one.
    pub(super) aligned: Option<String>,
}

/// A sentence with the designation marked.
pub(super) struct Side {
    pub(super) parts: Vec<Part>,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) page: u32,
    pub(super) ocr: bool,
}

/// What is shown of the first `most` places that say something: with a sentence, and not the same one again.
pub(super) fn seen(evidence: &[Evidence], most: usize, whole: bool) -> Vec<Seen> {
    let text = |place: &Option<Place>| place.as_ref().map(|place| place.text.clone());
    let mut met = BTreeSet::new();
    let telling = evidence.iter().filter(|evidence| {
        let texts = (text(&evidence.zh_place), text(&evidence.en_place));
        texts != (None, None) && met.insert(texts)
    });
    let places = telling.take(most).map(|evidence| Seen {
        zh: evidence.zh_place.as_ref().map(|place| side(place, &evidence.zh, Language::Zh, whole)),
        en: evidence.en_place.as_ref().map(|place| side(place, &evidence.en, Language::En, whole)),
        aligned: aligned(evidence),
    });
    places.collect()
}

/// Two sentences of different documents were seen together because their documents are a bitext.
fn aligned(evidence: &Evidence) -> Option<String> {
    let (zh, en) = (evidence.zh_place.as_ref()?, evidence.en_place.as_ref()?);
    (zh.document != en.document).then(|| link::aligned_sentence(zh.document, zh.sentence))
}

fn side(place: &Place, term: &str, language: Language, whole: bool) -> Side {
    let parts = view::marked(&place.text, &[term.to_owned()]);
    let around = if language == Language::Zh { AROUND_HAN } else { AROUND_LATIN };
    Side {
        parts: if whole { parts } else { clipped(parts, around) },
        title: place.title.clone(),
        href: link::sentence(place.document, place.sentence),
        page: place.page,
        ocr: place.ocr,
    }
}

/// What stands around the first mark; the beginning where nothing is marked.
fn clipped(parts: Vec<Part>, around: usize) -> Vec<Part> {
    let length = |part: &Part| part.text.chars().count();
    if parts.iter().map(length).sum::<usize>() <= around {
        return parts;
    }
    let first = parts.iter().position(|part| part.marked).unwrap_or(0);
    let before: Vec<char> = parts.iter().take(first).flat_map(|part| part.text.chars()).collect();
    let mut skipped = word_start(&before, before.len().saturating_sub(BEFORE.min(around / 2)));
    let mut left = around;
    let mut shown = Vec::new();
    if skipped > 0 {
        shown.push(Part { text: "…".to_owned(), marked: false });
    }
    for part in parts {
        let count = length(&part);
        let text: String = part.text.chars().skip(skipped).take(left).collect();
        let cut = count.saturating_sub(skipped) > left;
        skipped = skipped.saturating_sub(count);
        left = left.saturating_sub(text.chars().count());
        if !text.is_empty() {
            shown.push(Part { text, marked: part.marked });
        }
        if cut || left == 0 {
            shown.push(Part { text: "…".to_owned(), marked: false });
            break;
        }
    }
    shown
}

/// The first place from `at` on that does not stand inside a Latin word.
fn word_start(text: &[char], at: usize) -> usize {
    let is_latin = |at: usize| text.get(at).is_some_and(char::is_ascii_alphanumeric);
    let inside = |at: &usize| at.checked_sub(1).is_some_and(is_latin) && is_latin(*at);
    (at..text.len()).find(|at| !inside(at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, term: &str, around: usize, expected: &str) {
        let parts = clipped(view::marked(text, &[term.to_owned()]), around).into_iter();
        let shown: String =
            parts.map(|part| if part.marked { format!("[{}]", part.text) } else { part.text }).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_long_sentence_is_shown_around_the_term() {
        check("短句水位。", "水位", 20, "短句[水位]。");
        check("甲乙丙丁戊己水位庚辛壬癸", "水位", 8, "…丙丁戊己[水位]庚辛…");
        check("one two three tide four five", "tide", 12, "…three [tide] f…");
        check("one two three tide four five", "tide", 10, "… [tide] four…");
        check("水位甲乙丙丁戊己庚辛壬癸", "水位", 6, "[水位]甲乙丙丁…");
        check("甲乙丙丁戊己庚辛壬癸", "水位", 6, "甲乙丙丁戊己…");
        check("甲乙丙丁戊己水位", "水位", 6, "…丁戊己[水位]");
    }
}
