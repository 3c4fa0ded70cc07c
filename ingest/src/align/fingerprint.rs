//! What pairing needs to know of a document, small enough to keep in the store: at most some 20 kB.

use std::collections::BTreeMap;

use corpus::{
    document::{Language, ReadDocument},
    facts::{DateKind, DocumentKind, Facts},
};
use serde::{Deserialize, Serialize};

use super::{Dictionary, is_english_stop, tokens};

/// What pairing needs to know of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The form in which it was made.
    pub(super) form: u32,
    /// The language of most of the text.
    pub language: Language,
    /// Year and serial of the document number, which both languages write in digits.
    pub number: Option<(u32, u32)>,
    /// The standard that it is, normalised.
    pub standard: Option<String>,
    /// The title says that it is a draft.
    pub draft: bool,
    /// What kind of document it is.
    pub kind: Option<DocumentKind>,
    /// The title in English, in lower case and without punctuation: its own, or the one that a Chinese document gives.
    pub english_title: Option<String>,
    /// Words of the title: for each, hashes of the English stems that render it (or of itself).
    pub title: Vec<Vec<u32>>,
    /// The numbers of the title by value: years and parts.
    pub title_numbers: Vec<String>,
    /// The share of the text that is in the other language.
    pub in_other_language: f32,
    /// Letters of running text, without spaces and punctuation.
    pub letters: u32,
    /// Dates of issue, publication and entry into force.
    pub dates: Vec<(DateKind, String)>,
    /// Standards named.
    pub standards: Vec<String>,
    /// Agencies named, by their short identity.
    pub agencies: Vec<String>,
    /// Agencies that issued it, by their short identity.
    pub issuers: Vec<String>,
    /// The telling numbers of the text in order, by value.
    pub numbers: Vec<String>,
    /// Hashes of stems that are rare in the text, with the place of each in thousandths of the text; by hash.
    ///
    /// A sample of the smallest hashes, so that both languages keep the same words (bottom-k sketch, Broder 1997).
    pub words: Vec<(u32, u16)>,
}

impl Fingerprint {
    /// The form of this version. It is raised when fingerprints come to hold other things.
    pub(super) const FORM: u32 = 2;

    /// Reads what the store kept; `None` for one of another version, which has to be made anew.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok().filter(|print: &Self| print.form == Self::FORM)
    }
}

/// How many telling numbers are kept.
const MOST_NUMBERS: usize = 512;
/// How many rare words are kept.
const MOST_WORDS: usize = 768;
/// A word in more sentences than this is not rare.
const RARE: usize = 3;
/// How many renderings of a Chinese word are kept.
const RENDERINGS: usize = 4;

/// The fingerprint of a document.
pub fn fingerprint(document: &ReadDocument, dictionary: &Dictionary) -> Fingerprint {
    let facts = &document.facts;
    let other = document.language.counterpart();
    let (foreign, own): (Vec<_>, Vec<_>) =
        document.sentences.iter().partition(|sentence| Some(sentence.language) == other);
    let texts: Vec<&str> = own.iter().map(|sentence| sentence.text.as_str()).collect();
    let tokens: Vec<Vec<String>> = texts.iter().map(|text| words_of(text, document.language, dictionary)).collect();
    let title = facts.title.clone().unwrap_or_default();
    let letters = letters_of(texts.iter().copied());
    let foreign = letters_of(foreign.iter().map(|sentence| sentence.text.as_str()));
    let ids = |agencies: &[corpus::facts::Agency]| {
        let ids = agencies.iter().map(|agency| agency.id.clone()).filter(|id| !id.is_empty());
        ids.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    };
    Fingerprint {
        form: Fingerprint::FORM,
        language: document.language,
        standard: facts.standard.as_ref().map(|standard| standard.number.clone()).filter(|number| !number.is_empty()),
        title_numbers: numbers_of(&title, document.language, dictionary),
        in_other_language: share_of_other(letters, foreign, document.language),
        number: facts.document_number.as_deref().and_then(year_and_serial),
        draft: is_draft(if title.is_empty() { texts.first().copied().unwrap_or_default() } else { &title }),
        kind: facts.kind,
        english_title: english_title(facts, document.language, &title),
        title: hashed_title(&title, document.language, dictionary),
        letters: u32::try_from(letters).unwrap_or(u32::MAX),
        dates: own_dates(facts),
        standards: facts.standards.clone(),
        agencies: ids(&facts.agencies),
        issuers: ids(&facts.issuers),
        numbers: tokens.iter().flatten().filter(|word| is_telling(word)).take(MOST_NUMBERS).cloned().collect(),
        words: rare_words(&tokens, document.language, dictionary),
    }
}

fn letters_of<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

/// What part of a text is in the other language, a Chinese letter counting as much as three English ones.
fn share_of_other(own: usize, other: usize, language: Language) -> f32 {
    let (own, other) = if language == Language::Zh { (own * 3, other) } else { (own, other * 3) };
    other as f32 / (own + other).max(1) as f32
}

/// The numbers of a title, without those of items and months.
fn numbers_of(title: &str, language: Language, dictionary: &Dictionary) -> Vec<String> {
    let value = |word: &String| word.strip_prefix('#').is_some_and(|number| number.parse::<f64>().is_ok());
    words_of(title, language, dictionary).into_iter().filter(value).collect()
}

fn words_of(text: &str, language: Language, dictionary: &Dictionary) -> Vec<String> {
    match language {
        Language::Zh => tokens::chinese(text, dictionary),
        Language::En => tokens::english(text, dictionary),
        Language::Other => Vec::new(),
    }
}

/// Year and serial of a number such as 工信部联科〔2024〕113号 or `Gong Xin Bu Lian Ke [2024] No. 113`: the first
/// two numbers of it, since both languages keep their order; also `No. 14 of 2026` and 2026年第14号.
fn year_and_serial(number: &str) -> Option<(u32, u32)> {
    let mut numbers = number.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u32>().ok());
    let (first, second) = (numbers.next()?, numbers.next()?);
    let is_year = |number: u32| (1949..2100).contains(&number);
    if is_year(first) { Some((first, second)) } else { is_year(second).then_some((second, first)) }
}

fn is_draft(title: &str) -> bool {
    let lower = title.to_lowercase();
    ["征求意见稿", "草案", "送审稿", "报批稿", "讨论稿"].iter().any(|mark| title.contains(mark))
        || lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "draft" || word == "drafts")
}

fn english_title(facts: &Facts, language: Language, title: &str) -> Option<String> {
    let english = if language == Language::En { Some(title) } else { facts.title_translated.as_deref() };
    let folded =
        super::dictionary::english_words(english?).filter(|word| !is_english_stop(word)).collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

fn own_dates(facts: &Facts) -> Vec<(DateKind, String)> {
    let own = |kind: DateKind| matches!(kind, DateKind::Issued | DateKind::Published | DateKind::Effective);
    facts.dates.iter().filter(|date| own(date.kind)).map(|date| (date.kind, date.date.clone())).collect()
}

/// Whether a word is a number that says something: years, amounts and numbers of standards, not 2 and 3.
fn is_telling(word: &str) -> bool {
    let value = word.strip_prefix('#').and_then(|number| number.parse::<f64>().ok());
    value.is_some_and(|value| value > 12.0 || value.fract() != 0.0)
}

fn hashed_title(title: &str, language: Language, dictionary: &Dictionary) -> Vec<Vec<u32>> {
    words_of(title, language, dictionary).iter().map(|word| hashes(word, language, dictionary)).collect()
}

/// Hashes of the English stems that a word stands for.
fn hashes(word: &str, language: Language, dictionary: &Dictionary) -> Vec<u32> {
    let own = (language == Language::En || word.is_ascii()).then(|| hash(word));
    let rendered = dictionary.renderings(word).into_iter().take(RENDERINGS).map(|(stem, _)| hash(&stem));
    own.into_iter().chain(rendered.filter(|_| language == Language::Zh)).collect()
}

/// FNV-1a (Fowler, Noll, Vo), folded to 32 bits after a final mix: the same on every machine and in every version.
pub(super) fn hash(word: &str) -> u32 {
    let sum = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mixed = (sum ^ (sum >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as u32
}

fn rare_words(tokens: &[Vec<String>], language: Language, dictionary: &Dictionary) -> Vec<(u32, u16)> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut at = 0;
    for word in tokens.iter().flatten() {
        places.entry(word).or_default().push(at);
        at += 1;
    }
    let mut found = Vec::new();
    for (word, places) in places.iter().filter(|(_, places)| places.len() <= RARE) {
        for hash in hashes(word, language, dictionary) {
            found.extend(places.iter().map(|place| (hash, u16::try_from(place * 1000 / at.max(1)).unwrap_or(1000))));
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_WORDS);
    found
}
