//! Which documents are translations of each other.
//!
//! Three steps, each dearer than the one before and asked of fewer documents: [`sketch()`] finds documents that share rare
//! features; [`promise`] compares fingerprints and says which of those are worth a trial; [`pair`] judges by a trial
//! alignment and by what the documents say of themselves. Each hangs on the two documents alone, so that the order in
//! which documents come does not matter.

mod odds;
mod order;
mod sketch;
mod trial;

#[cfg(test)]
mod tests;

use corpus::{bitext::PairedBy, facts::DateKind, facts::DocumentKind};

use self::odds::LogOdds;
use self::order::{common_order, ordered_words};
pub use self::sketch::sketch;
pub use self::trial::{Trial, try_alignment};
use super::fingerprint::Fingerprint;

/// How likely two documents are translations of each other.
#[derive(Clone, Debug, PartialEq)]
pub struct PairScore {
    /// From 0 to 1; a pair is made from 0.5 on. Never quite 1, so that the better of two good pairs can be told.
    pub score: f32,
    /// What decided.
    pub paired_by: PairedBy,
    /// The reasons, one short phrase each, with how much each weighs.
    pub reasons: Vec<String>,
}

impl PairScore {
    /// Whether it is likely enough that a pair is made.
    pub fn is_pair(&self) -> bool {
        self.score >= 0.5
    }
}

/// English letters for a Chinese one outside these bounds are no translation, whatever else speaks for it.
const RATIOS: std::ops::Range<f32> = 1.2..10.0;
/// The share of text in the other language from which on a document is bilingual.
const BILINGUAL: f32 = 0.12;

/// How promising a pair looks by the fingerprints, as log-odds: who is tried first, and whether at all.
pub fn promise(zh: &Fingerprint, en: &Fingerprint) -> f32 {
    let mut odds = about_themselves(zh, en);
    odds.share("rare words in the same order", ordered_words(&zh.words, &en.words), 0.2, 14.0);
    odds.share("numbers in the same order", common_order(&zh.numbers, &en.numbers), order::NEUTRAL_NUMBERS, 8.0);
    odds.sum()
}

/// How likely a Chinese and an English document are translations of each other, by what both say of themselves and by
/// their trial alignment.
pub fn pair(zh: &Fingerprint, en: &Fingerprint, trial: &Trial) -> PairScore {
    let mut odds = about_themselves(zh, en);
    content(trial, &mut odds);
    let paired_by = if same(zh.number, en.number) == Some(true) { PairedBy::Number } else { PairedBy::Content };
    PairScore { score: odds.probability(), paired_by, reasons: odds.reasons() }
}

/// The log-odds of texts where everything or nothing stands side by side.
const MOST_CONTENT: f32 = 6.0;
/// The quality of an alignment that speaks neither for a translation nor against it: novels, of which the dictionary
/// knows few words, have 0.2 and more, texts on one topic 0.1 and less.
const LEAST_QUALITY: f32 = 0.14;
/// The log-odds of a contradiction where words agree well.
const CONTRADICTION: f32 = -0.6;
/// The log-odds of a contradiction beyond those that reading and translating make: another version, year or place.
const CONTRADICTIONS: f32 = -8.0;

fn content(trial: &Trial, odds: &mut LogOdds) {
    let cover = trial.zh_cover.min(trial.en_cover);
    // What is left out weighs double: a summary has the words too, and a translation leaves little out.
    let quality = trial.placed * trial.apt * cover * cover;
    let said = format!(
        "words rendered in place {:.2}, beads apt {:.2}, covered {:.2} of the Chinese and {:.2} of the English",
        trial.placed, trial.apt, trial.zh_cover, trial.en_cover
    );
    odds.add(&said, (30.0 * (quality - LEAST_QUALITY)).clamp(-MOST_CONTENT, MOST_CONTENT));
    let (numbered, contradicted) = (trial.numbered as f32, trial.contradicted as f32);
    if numbered > 0.0 {
        // Where words do not agree well, beads are wrong now and then and their numbers say little; but beads that are
        // apt all over, and differ in most of their numbers, are the same template filled in twice.
        let template = trial.apt * cover * (contradicted / numbered - 0.5);
        let clean = ((trial.placed - 0.6) * 5.0).clamp(0.1, 1.0).max(template);
        let beyond = (contradicted - (0.1 * numbered).max(1.0)).max(0.0);
        let against = clean * (contradicted * CONTRADICTION + beyond * CONTRADICTIONS);
        let agreeing = 0.25 * (numbered - contradicted).min(12.0);
        let said = format!("numbers differ in {contradicted} of {numbered} beads that have some");
        odds.add(&said, agreeing + against.max(-20.0));
    }
}

/// What the documents say of themselves.
fn about_themselves(zh: &Fingerprint, en: &Fingerprint) -> LogOdds {
    let mut odds = LogOdds::default();
    let ratio = en.letters as f32 / zh.letters.max(1) as f32;
    odds.fact("", "lengths out of proportion", Some(RATIOS.contains(&ratio)), 0.0, -12.0);
    odds.fact("", "one is a draft", Some(zh.draft == en.draft), 0.0, -12.0);
    odds.fact("same document number", "other document numbers", same(zh.number, en.number), 5.0, -12.0);
    let standards = same(zh.standard.as_deref(), en.standard.as_deref());
    odds.fact("same number of the standard", "other numbers of the standard", standards, 3.0, -12.0);
    odds.share("titles", title(zh, en), 0.45, 4.0);
    odds.fact("", "other numbers in the titles", Some(!contradict(&zh.title_numbers, &en.title_numbers)), 0.0, -5.0);
    odds.share("issuers", overlap(&zh.issuers, &en.issuers), 0.5, 1.0);
    odds.share("standards named", overlap(&zh.standards, &en.standards), 0.5, 1.0);
    odds.share("agencies named", overlap(&zh.agencies, &en.agencies), 0.5, 1.0);
    odds.fact("same dates", "other dates", same_dates(&zh.dates, &en.dates), 1.0, -2.0);
    odds.fact("", "one is a news report", same_genre(zh.kind, en.kind), 0.0, -2.0);
    let bilingual = |print: &Fingerprint| print.in_other_language > BILINGUAL;
    odds.fact("", "one is bilingual", Some(!bilingual(zh) && !bilingual(en)), 0.0, -2.0);
    odds
}

/// Whether two values agree, where both are known.
fn same<T: PartialEq>(zh: Option<T>, en: Option<T>) -> Option<bool> {
    zh.zip(en).map(|(zh, en)| zh == en)
}

/// Whether each list has something that the other lacks.
fn contradict(a: &[String], b: &[String]) -> bool {
    let lacks = |some: &[String], other: &[String]| some.iter().any(|member| !other.contains(member));
    lacks(a, b) && lacks(b, a)
}

/// Whether dates of the same kind agree, as far as both are exact; `None` where no kind is given on both sides.
fn same_dates(zh: &[(DateKind, String)], en: &[(DateKind, String)]) -> Option<bool> {
    let agrees = |kind: DateKind, date: &str| {
        let others: Vec<&str> = en.iter().filter(|(other, _)| *other == kind).map(|(_, date)| date.as_str()).collect();
        (!others.is_empty()).then(|| others.iter().any(|other| other.starts_with(date) || date.starts_with(other)))
    };
    let found: Vec<bool> = zh.iter().filter_map(|(kind, date)| agrees(*kind, date)).collect();
    (!found.is_empty()).then(|| found.iter().all(|&agrees| agrees))
}

/// Whether both are news reports or neither is.
fn same_genre(zh: Option<DocumentKind>, en: Option<DocumentKind>) -> Option<bool> {
    Some((zh? == DocumentKind::News) == (en? == DocumentKind::News))
}

/// The share of words of each title that the other renders, the mean of both.
fn title(zh: &Fingerprint, en: &Fingerprint) -> Option<f32> {
    if let (Some(given), Some(own)) = (&zh.english_title, &en.english_title)
        && given == own
    {
        return Some(1.0);
    }
    if zh.title.len().min(en.title.len()) < 2 {
        return None;
    }
    let covered = |a: &[Vec<u32>], b: &[Vec<u32>]| {
        let met = a.iter().filter(|word| b.iter().any(|other| word.iter().any(|hash| other.contains(hash)))).count();
        met as f32 / a.len() as f32
    };
    Some(f32::midpoint(covered(&zh.title, &en.title), covered(&en.title, &zh.title)))
}

/// Shared members as a share of all; `None` where a list is empty.
fn overlap(a: &[String], b: &[String]) -> Option<f32> {
    let shared = a.iter().filter(|member| b.contains(member)).count();
    let union = a.len() + b.len() - shared;
    (!a.is_empty() && !b.is_empty()).then(|| shared as f32 / union as f32)
}
