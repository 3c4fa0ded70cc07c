//! Which documents are translations of each other.

use corpus::{
    bitext::PairedBy,
    document::Language,
    facts::{DateKind, DocumentKind},
};

use super::fingerprint::Fingerprint;

/// How likely two documents are translations of each other.
#[derive(Clone, Debug, PartialEq)]
pub struct PairScore {
    /// From 0 to 1.
    pub score: f32,
    /// What decided.
    pub paired_by: PairedBy,
    /// The reasons, one short phrase each.
    pub reasons: Vec<String>,
}

/// How far apart in the text a word and its rendering may stand, in thousandths.
const NEAR: u16 = 40;

/// Below this share of rare words in common order nothing else makes a bitext.
const LEAST_WORDS: f32 = 0.08;
/// English letters for a Chinese one outside these bounds are no translation, whatever front matter it has.
const RATIOS: std::ops::Range<f32> = 1.2..10.0;
/// English letters for a Chinese one as translations have them.
const USUAL_RATIOS: std::ops::Range<f32> = 2.0..6.0;

/// Whether a Chinese and an English document are translations of each other; `None` when they are not.
///
/// A draft never pairs with a final, nor two documents of different numbers. Beyond that, evidence is added up as
/// log-odds: rare words and numbers in the same order weigh most, since a text of the same vocabulary, a summary or a
/// news report has the words but not their order.
pub fn pair(zh: &Fingerprint, en: &Fingerprint) -> Option<PairScore> {
    let ratio = en.letters as f32 / zh.letters.max(1) as f32;
    let languages = zh.language == Language::Zh && en.language == Language::En;
    let same_number = zh.number.zip(en.number).map(|(zh, en)| zh == en);
    if !languages || zh.draft != en.draft || !RATIOS.contains(&ratio) || same_number == Some(false) {
        return None;
    }
    let words = ordered_words(&zh.words, &en.words);
    if words.is_some_and(|words| words < LEAST_WORDS) {
        return None;
    }
    let mut odds = LogOdds::default();
    odds.share("rare words in the same order", words, 0.2, 14.0);
    odds.share("numbers in the same order", common_order(&zh.numbers, &en.numbers), NEUTRAL_NUMBERS, 8.0);
    odds.share("titles", title(zh, en), 0.45, 4.0);
    odds.share("issuers", overlap(&zh.issuers, &en.issuers), 0.5, 1.0);
    odds.share("standards named", overlap(&zh.standards, &en.standards), 0.5, 1.0);
    odds.share("agencies named", overlap(&zh.agencies, &en.agencies), 0.5, 1.0);
    odds.fact("same document number", "", same_number, 3.0, 0.0);
    odds.fact("same dates", "other dates", same_dates(&zh.dates, &en.dates), 1.0, -2.0);
    odds.fact("", "one is a news report", same_genre(zh.kind, en.kind), 0.0, -2.0);
    odds.fact("", "unusual proportion of lengths", Some(USUAL_RATIOS.contains(&ratio)), 0.0, -1.5);
    let score = odds.probability();
    let paired_by = if same_number == Some(true) { PairedBy::Number } else { PairedBy::Content };
    (score >= 0.5).then_some(PairScore { score, paired_by, reasons: odds.reasons })
}

/// Evidence for a pair, added up.
#[derive(Default)]
struct LogOdds {
    sum: f32,
    reasons: Vec<String>,
}

impl LogOdds {
    /// A share that speaks for the pair above `neutral` and against it below.
    fn share(&mut self, name: &str, share: Option<f32>, neutral: f32, weight: f32) {
        if let Some(share) = share {
            self.sum += (share - neutral) * weight;
            self.reasons.push(format!("{name} {share:.2}"));
        }
    }

    fn fact(&mut self, yes: &str, no: &str, fact: Option<bool>, for_it: f32, against: f32) {
        let Some(fact) = fact else { return };
        self.sum += if fact { for_it } else { against };
        let reason = if fact { yes } else { no };
        if !reason.is_empty() {
            self.reasons.push(reason.to_owned());
        }
    }

    /// Without evidence a pair is unlikely: most documents of a folder are no translations of each other.
    fn probability(&self) -> f32 {
        1.0 / (1.0 + (1.0 - self.sum).exp())
    }
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

/// The share of numbers in common order that speaks neither for nor against a pair.
const NEUTRAL_NUMBERS: f32 = 0.55;
/// How many numbers of that share are added to what is met.
const FEW_NUMBERS: f32 = 5.0;

/// The longest common subsequence of two lists, as a share of their mean length.
fn common_order(a: &[String], b: &[String]) -> Option<f32> {
    if a.len().min(b.len()) < 4 {
        return None;
    }
    let mut row = vec![0usize; b.len() + 1];
    for left in a {
        let mut diagonal = 0;
        for (at, right) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if left == right { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    // A few numbers say little: they count as if some more had been met that said nothing.
    let (shared, all) = (row[b.len()] as f32, (a.len() + b.len()) as f32 / 2.0);
    Some((shared + NEUTRAL_NUMBERS * FEW_NUMBERS) / (all + FEW_NUMBERS))
}

/// The share of the English rare words that the Chinese side renders in the same order, less what chance would give:
/// the better of the same place (sections may have moved) and of one rising order (front matter shifts places).
///
/// Both sketches hold the smallest hashes; only the range that both cover is compared.
fn ordered_words(zh: &[(u32, u16)], en: &[(u32, u16)]) -> Option<f32> {
    let end = zh.last()?.0.min(en.last()?.0);
    let seen: Vec<(u32, u16)> = en.iter().copied().take_while(|(hash, _)| *hash <= end).collect();
    if seen.len() < 20 {
        return None;
    }
    let (mut near, mut chance) = (0.0, 0.0);
    let mut points = Vec::new();
    for &(hash, place) in &seen {
        let from = zh.partition_point(|(other, _)| *other < hash);
        let same: Vec<u16> =
            zh.iter().skip(from).take_while(|(other, _)| *other == hash).map(|&(_, place)| place).collect();
        near += f32::from(u8::from(same.iter().any(|other| other.abs_diff(place) <= NEAR)));
        chance += (same.len() as f32 * 2.0 * f32::from(NEAR) / 1000.0).min(1.0);
        points.extend(same.iter().map(|&other| (place, other)));
    }
    let rising = longest_rising(&mut points) as f32;
    // The longest rising run of n random points is about twice the root of n (Logan and Shepp 1977).
    let luck = 2.0 * (points.len() as f32).sqrt();
    let share = |found: f32, chance: f32| ((found - chance) / (seen.len() as f32 - chance).max(1.0)).clamp(0.0, 1.0);
    Some(share(near, chance).max(share(rising, luck)))
}

/// The length of the longest run of points that rises on both sides.
fn longest_rising(points: &mut [(u16, u16)]) -> usize {
    // Points of one place may not follow each other: they are tried from the last.
    points.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let mut ends: Vec<u16> = Vec::new();
    for &mut (_, other) in points {
        let at = ends.partition_point(|&end| end < other);
        match ends.get_mut(at) {
            Some(end) => *end = other,
            None => ends.push(other),
        }
    }
    ends.len()
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
