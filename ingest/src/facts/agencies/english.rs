//! English names, as translators write them: with other small words and endings, cut at line breaks, or misspelt.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::table::{Name, TABLE};

/// Words of a name that translators leave out or add.
fn is_filler(word: &str) -> bool {
    matches!(word, "of" | "the" | "for" | "and" | "on" | "in" | "into" | "a" | "s")
}

/// The words of a text with their bytes and stems, fillers left out.
pub(super) fn stems(text: &str) -> Vec<(Range<usize>, String)> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut found = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        if char.is_ascii_alphabetic() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let word = text.get(from..at).unwrap_or_default().to_ascii_lowercase();
            if !is_filler(&word) {
                found.push((from..at, stemmer.stem(&word).into_owned()));
            }
        }
    }
    found
}

/// The letters of a text in small form, and the byte of the text that each stands at.
pub(super) fn letters(text: &str) -> (String, Vec<usize>) {
    let found = text.char_indices().filter(|(_, char)| char.is_ascii_alphabetic());
    found.map(|(at, char)| (char.to_ascii_lowercase(), at)).unzip()
}

/// The English names in a text.
pub(super) fn names(text: &str) -> Vec<(Range<usize>, Name)> {
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let words = stems(text);
    let mut found = by_stems(&words);
    found.extend(TABLE.misspelt.find(text, &words));
    found.retain(|(span, name)| name.small || is_capitalised(text.get(span.clone()).unwrap_or_default()));
    if has_broken_words(text) {
        found.extend(by_letters(text));
    }
    found.retain(|(span, _)| {
        let said = text.get(span.clone()).unwrap_or_default();
        let whole = !said.contains([';', '(', ')', '\n', '\t', ':']) && !said.replace("U.S. ", "").contains(". ");
        whole && !is_local(text, span.start) && !is_foreign(text, span)
    });
    found
}

fn by_stems(words: &[(Range<usize>, String)]) -> Vec<(Range<usize>, Name)> {
    let mut folded = String::new();
    let mut places: HashMap<usize, usize> = HashMap::from([(0, 0)]);
    for (at, (_, stem)) in words.iter().enumerate() {
        folded.push('|');
        folded.push_str(stem);
        folded.push('|');
        places.insert(folded.len(), at + 1);
    }
    let span = |found: Range<usize>| {
        let (first, end) = (*places.get(&found.start)?, *places.get(&found.end)?);
        Some(words.get(first)?.0.start..words.get(end.checked_sub(1)?)?.0.end)
    };
    TABLE.english.find(&folded).filter_map(|(found, name)| Some((span(found)?, name))).collect()
}

/// Whether words are cut by a hyphen at a line's end, or run together: Informa- tion, ofIndustry.
fn has_broken_words(text: &str) -> bool {
    let cut = text.contains("- ") || text.contains('\u{ad}');
    let joined =
        |pair: &[u8]| matches!(pair, [before, after] if before.is_ascii_lowercase() && after.is_ascii_uppercase());
    cut || text.as_bytes().windows(2).any(joined)
}

fn by_letters(text: &str) -> Vec<(Range<usize>, Name)> {
    let (letters, places) = letters(text);
    let span = |found: Range<usize>| {
        let (first, last) = (*places.get(found.start)?, *places.get(found.end.checked_sub(1)?)?);
        let before = text.get(..first)?.chars().next_back();
        let whole = text.get(first..)?.starts_with(|char: char| char.is_ascii_uppercase())
            && before.is_none_or(|char| !char.is_ascii_uppercase());
        let after = text.get(last + 1..)?.chars().next();
        let ends = after.is_none_or(|char| !char.is_ascii_lowercase());
        (whole && ends).then_some(first..last + 1)
    };
    TABLE.letters.find(&letters).filter_map(|(found, name)| Some((span(found)?, name))).collect()
}

/// Whether the longer words of a name have capitals.
fn is_capitalised(name: &str) -> bool {
    let words = name
        .split(|char: char| !char.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && !is_filler(&word.to_ascii_lowercase()));
    let (mut capitals, mut small) = (0, 0);
    for word in words {
        if word.starts_with(|char: char| char.is_ascii_uppercase()) { capitals += 1 } else { small += 1 }
    }
    capitals > 2 * small
}

fn word_before(text: &str, start: usize) -> &str {
    let before = super::super::tail(text.get(..start).unwrap_or_default(), 40).trim_end();
    before.rsplit(|char: char| !(char.is_ascii_alphabetic() || char == '.')).next().unwrap_or_default()
}

/// Municipal, Provincial and the like before a name make it another agency.
fn is_local(text: &str, start: usize) -> bool {
    matches!(word_before(text, start), "Municipal" | "Provincial" | "District" | "County" | "Regional" | "City")
}

/// Another country's ministry: Indian Ministry of …, Japan's Ministry of …, Ministry of … of Vietnam.
fn is_foreign(text: &str, span: &Range<usize>) -> bool {
    const ADJECTIVES: &[&str] = &[
        "Indian",
        "Japanese",
        "Korean",
        "Russian",
        "British",
        "UK",
        "French",
        "German",
        "Italian",
        "Spanish",
        "Vietnamese",
        "Thai",
        "Malaysian",
        "Indonesian",
        "Israeli",
        "Ukrainian",
        "Turkish",
        "Brazilian",
        "Canadian",
        "Australian",
        "Singaporean",
        "Saudi",
        "Dutch",
        "Polish",
        "Danish",
        "Swedish",
        "Norwegian",
        "Finnish",
    ];
    const COUNTRIES: &[&str] = &[
        "India",
        "Japan",
        "Korea",
        "Russia",
        "Britain",
        "France",
        "Germany",
        "Italy",
        "Spain",
        "Vietnam",
        "Thailand",
        "Malaysia",
        "Indonesia",
        "Israel",
        "Ukraine",
        "Turkey",
        "Brazil",
        "Canada",
        "Australia",
        "Singapore",
        "Taiwan",
        "Pakistan",
        "Kazakhstan",
        "Russian Federation",
        "Republic of Korea",
        "United Kingdom",
    ];
    let name = text.get(span.clone()).unwrap_or_default();
    let before = super::super::tail(text.get(..span.start).unwrap_or_default(), 40).trim_end();
    let possessive = COUNTRIES
        .iter()
        .any(|country| before.ends_with(&format!("{country}'s")) || before.ends_with(&format!("{country}’s")));
    let after = text.get(span.end..).unwrap_or_default();
    let of = after.strip_prefix(" of ").or_else(|| after.strip_prefix(", ")).unwrap_or_default();
    let of = of.strip_prefix("the ").unwrap_or(of);
    let common = name.starts_with("Ministry") || name.starts_with("State") || name.starts_with("Supreme");
    common
        && (ADJECTIVES.contains(&word_before(text, span.start))
            || possessive
            || COUNTRIES.iter().any(|country| of.starts_with(country)))
}

/// Long names by two of their words, so that a name with one misspelt word is found.
pub(super) struct Misspelt {
    names: Vec<(Vec<Word>, Name)>,
    /// By the first two and by the last two stems, and for names of three by the outer ones.
    by_pair: HashMap<(Place, String, String), Vec<usize>>,
    /// Every word of the table: one of these is no misspelling of another.
    known: HashSet<String>,
}

/// A word of a name.
#[derive(Clone)]
pub(super) struct Word {
    pub(super) stem: String,
    /// In small letters.
    pub(super) whole: String,
}

/// Where in a name its two known words stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    First,
    Last,
    Outer,
}

impl Misspelt {
    pub(super) fn of(names: &[(Vec<Word>, Name)]) -> Self {
        let known = names.iter().flat_map(|(words, _)| words.iter().map(|word| word.stem.clone())).collect();
        let letters = |words: &[Word]| words.iter().map(|word| word.whole.len()).sum::<usize>();
        let long = |words: &[Word]| words.len() >= 4 || words.len() == 3 && letters(words) >= 22;
        let names: Vec<(Vec<Word>, Name)> = names.iter().filter(|(words, _)| long(words)).cloned().collect();
        let mut by_pair: HashMap<(Place, String, String), Vec<usize>> = HashMap::new();
        for (at, (words, _)) in names.iter().enumerate() {
            let places = [(Place::First, 0, 1), (Place::Last, words.len() - 2, words.len() - 1), (Place::Outer, 0, 2)];
            for (place, first, second) in places {
                if place == Place::Outer && words.len() != 3 {
                    continue;
                }
                if let (Some(first), Some(second)) = (words.get(first), words.get(second)) {
                    by_pair.entry((place, first.stem.clone(), second.stem.clone())).or_default().push(at);
                }
            }
        }
        Self { names, by_pair, known }
    }

    /// Names with exactly one misspelt word.
    pub(super) fn find(&self, text: &str, words: &[(Range<usize>, String)]) -> Vec<(Range<usize>, Name)> {
        let mut found = Vec::new();
        for (at, (_, first)) in words.iter().enumerate().filter(|(_, (_, first))| self.known.contains(first)) {
            for (place, step) in [(Place::First, 1), (Place::Last, 1), (Place::Outer, 2)] {
                let Some((_, second)) = words.get(at + step).filter(|(_, second)| self.known.contains(second)) else {
                    continue;
                };
                let names = self.by_pair.get(&(place, first.clone(), second.clone())).into_iter().flatten();
                for (meant, name) in names.filter_map(|name| self.names.get(*name)) {
                    let start = if place == Place::Last { (at + 2).checked_sub(meant.len()) } else { Some(at) };
                    let window = start.and_then(|start| words.get(start..start + meant.len()));
                    if let Some(window) = window
                        && self.is_misspelling(text, window, meant)
                        && let (Some((first, _)), Some((last, _))) = (window.first(), window.last())
                    {
                        found.push((first.start..last.end, *name));
                    }
                }
            }
        }
        found
    }

    fn is_misspelling(&self, text: &str, said: &[(Range<usize>, String)], meant: &[Word]) -> bool {
        let mut wrong = said.iter().zip(meant).filter(|((_, said), meant)| *said != meant.stem);
        let (Some(((span, stem), meant)), None) = (wrong.next(), wrong.next()) else { return false };
        let said = text.get(span.clone()).unwrap_or_default().to_ascii_lowercase();
        let bound = if meant.whole.len() < 7 { 1 } else { 2 };
        meant.whole.len() >= 5 && !self.known.contains(stem) && distance(&said, &meant.whole, bound) <= bound
    }
}

/// How many letters are to be put in, left out, changed or swapped to turn one word into another; more than `bound`
/// is not counted out.
fn distance(a: &str, b: &str, bound: usize) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > bound || a.len() > 32 || b.len() > 32 {
        return bound + 1;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(at(&before_last, j - 1) + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(bound + 1)
}
