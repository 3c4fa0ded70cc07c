//! The pairs that a sentence gives: with brackets in both directions, and with a slash or a dash between the two.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::text::is_han;
use regex::Regex;

use super::brackets::{Bracket, Pieces, brackets, is_acronym, is_bare_acronym, is_english_term, is_transcription};
use crate::facts::{boundary, tail};
use crate::pattern::pattern;

/// A pair, and where in the sentence it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) at: Range<usize>,
}

/// The pairs of one sentence.
pub(super) fn in_sentence(sentence: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for bracket in brackets(sentence) {
        for (zh, en) in of_bracket(sentence, &bracket) {
            let at = bracket.open..bracket.inside.end;
            let pair = Found { zh, en, at };
            if !(found.iter().any(|other| other.zh == pair.zh && other.en == pair.en)
                || is_transcription(&pair.en, &pair.zh))
            {
                found.push(pair);
            }
        }
    }
    if found.is_empty() {
        found.extend(side_by_side(sentence));
    }
    found
}

fn of_bracket(sentence: &str, bracket: &Bracket) -> Vec<(String, String)> {
    let (Some(left), Some(inside)) = (sentence.get(..bracket.open), sentence.get(bracket.inside.clone())) else {
        return Vec::new();
    };
    let left = tail(left, 400);
    let pieces = Pieces::of(inside);
    let before = left.trim_end().chars().next_back();
    let english_before = before.is_some_and(|char| char.is_ascii_alphanumeric() || matches!(char, '”' | '"' | '’'));
    let chinese_before = before.is_some_and(|char| is_han(char) || matches!(char, '”' | '》' | '」' | '』'));
    let mut found = Vec::new();
    if english_before && !pieces.chinese.is_empty() {
        of_english(left, &pieces, &mut found);
    }
    if chinese_before && found.is_empty() {
        of_chinese(left, &pieces, &mut found);
    }
    found
}

/// Nouns that name a word, not what it is a word for: "the term (甲)".
const OF_WORDS: &[&str] =
    &["term", "word", "phrase", "expression", "concept", "name", "character", "characters", "notion"];

/// An English term before its Chinese. The longest Chinese is the full name, the shorter ones go with the acronym.
fn of_english(left: &str, pieces: &Pieces, found: &mut Vec<(String, String)>) {
    let mut by_length = pieces.chinese.clone();
    by_length.sort_by_key(|piece| std::cmp::Reverse(piece.chars().count()));
    let Some((full, others)) = by_length.split_first() else { return };
    let span = boundary::english_term(left, full).map(|span| with_first_quality(left, span, full));
    let Some(term) = span.and_then(|span| left.get(span)) else { return };
    let last = term.rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    if OF_WORDS.contains(&last.as_str()) && !full.contains(['词', '语', '名', '字']) && !full.contains("概念") {
        return;
    }
    let short = term.chars().filter(char::is_ascii_alphabetic).count() < 2;
    if !short {
        found.push(((*full).to_owned(), term.to_owned()));
    }
    for (zh, en) in &pieces.aliases {
        found.push(((*zh).to_owned(), (*en).to_owned()));
    }
    for other in others.iter().filter(|other| !pieces.aliases.iter().any(|(zh, _)| zh == *other)) {
        let en = if is_short_for(other, full) { pieces.acronyms.first().copied() } else { Some(term) };
        found.extend(en.map(|en| ((*other).to_owned(), en.to_owned())));
    }
}

/// "open and inclusive (开放包容)": four characters are two qualities, of which "and" joins the first to the second.
fn with_first_quality(left: &str, span: Range<usize>, full: &str) -> Range<usize> {
    static FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[\s“])([a-z-]{2,}(?:able|ible|ive|al|ic|ous|ed|ent|ant|ful|less|ly|open|green|safe|fair|secure)|open|green|safe|fair|just|secure|clean|smart),? and $",
        )
    });
    static QUALITY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:[a-z-]{2,}(?:able|ible|ive|al|ic|ous|ed|ent|ant|ful|less)|open|green|safe|fair|just|secure|clean|smart|orderly|strong)$",
        )
    });
    let two = full.chars().count() == 4 && full.chars().all(is_han);
    if !two || !left.get(span.clone()).is_some_and(|term| QUALITY.is_match(term)) {
        return span;
    }
    let first = left.get(..span.start).and_then(|before| FIRST.captures(before)?.get(1).map(|first| first.start()));
    first.unwrap_or(span.start)..span.end
}

/// Whether a name has the characters of a longer one in its order, as short forms do.
fn is_short_for(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|char| rest.any(|other| other == char))
}

/// A Chinese term before its English. An acronym goes with the short form, or is all that there is.
fn of_chinese(left: &str, pieces: &Pieces, found: &mut Vec<(String, String)>) {
    let term = |en: &str| {
        let term = boundary::chinese_term(left, en).and_then(|span| left.get(span));
        term.filter(|term| term.chars().any(is_han)).map(str::to_owned)
    };
    if let Some(phrase) = pieces.phrases.first().filter(|_| pieces.phrases.len() <= 2) {
        found.extend(term(phrase).map(|zh| (zh, (*phrase).to_owned())));
    }
    let acronym = pieces.acronyms.iter().find(|name| is_bare_acronym(name));
    match (acronym, pieces.chinese.first()) {
        (Some(acronym), Some(short)) => found.push(((*short).to_owned(), (*acronym).to_owned())),
        (Some(acronym), None) if pieces.phrases.is_empty() => {
            found.extend(term(acronym).filter(|zh| zh.chars().count() >= 3).map(|zh| (zh, (*acronym).to_owned())));
        }
        _ => {}
    }
}

/// A line or a cell that is a term, a slash or a dash, and its counterpart.
fn side_by_side(sentence: &str) -> Option<Found> {
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[•·●▪]\s*)?(?:(?P<zh>[\x{4e00}-\x{9fff}“”·A-Z]{2,24})\s*(?:[/／|=]|\s[–—-]\s|——?)\s*(?P<en>[A-Za-z][A-Za-z ’'&-]{2,80})|(?P<en2>[A-Za-z][A-Za-z ’'&-]{2,80}?)\s*(?:[/／|=]|\s[–—-]\s|——?)\s*(?P<zh2>[\x{4e00}-\x{9fff}“”·A-Z]{2,24}))$",
        )
    });
    let captures = LINE.captures(sentence.trim())?;
    let part =
        |one: &str, two: &str| captures.name(one).or_else(|| captures.name(two)).map(|part| part.as_str().trim());
    let (zh, en) = (part("zh", "zh2")?, part("en", "en2")?);
    let zh = zh.trim_matches(['“', '”']);
    let sound = zh.chars().any(is_han) && (is_english_term(en) || is_acronym(en)) && !is_transcription(en, zh);
    sound.then(|| Found { zh: zh.to_owned(), en: en.to_owned(), at: 0..sentence.len() })
}

#[cfg(test)]
mod tests {
    use super::in_sentence;

    #[track_caller]
    fn check(sentence: &str, wanted: &[(&str, &str)]) {
        let found = in_sentence(sentence);
        let found: Vec<(&str, &str)> = found.iter().map(|pair| (pair.zh.as_str(), pair.en.as_str())).collect();
        assert_eq!(found, wanted, "{sentence}");
    }

    #[test]
    fn english_with_chinese_in_brackets() {
        check(
            "It speeds up lake digitalization (湖泊数字化) and reed farming (芦苇种植).",
            &[("湖泊数字化", "lake digitalization"), ("芦苇种植", "reed farming")],
        );
        check("They promote shore gardens [岸线花园] and “blue lakes” 「蓝湖」.", &[("岸线花园", "shore gardens")]);
        check("under the Lake Protection Law (《湖泊保护法》)", &[("湖泊保护法", "Lake Protection Law")]);
        check("a lake chief system (湖长制, huzhangzhi)", &[("湖长制", "lake chief system")]);
        check("the so-called huzhangzhi (湖长制)", &[]);
        check("denotes a different concept (湖泊元)", &[]);
    }

    #[test]
    fn two_qualities_are_one_term() {
        check("The lakes will be open and inclusive (开放包容).", &[("开放包容", "open and inclusive")]);
        check("The docks shall be safe and controllable (安全可控).", &[("安全可控", "safe and controllable")]);
    }

    #[test]
    fn lists_of_forms() {
        check("the Ministry of Lakes (MOL; 湖泊部; 湖部)", &[("湖泊部", "Ministry of Lakes"), ("湖部", "MOL")]);
        check(
            "the Office of the Lake Commission (湖泊委员会办公室; 湖泊办 [aka the Lake Administration, or LA])",
            &[("湖泊委员会办公室", "Office of the Lake Commission"), ("湖泊办", "Lake Administration")],
        );
        check(
            "National Lake and River Commission (NLRC; 国家湖泊和河流委员会; 国家湖河委; 国湖委)",
            &[
                ("国家湖泊和河流委员会", "National Lake and River Commission"),
                ("国家湖河委", "NLRC"),
                ("国湖委", "NLRC"),
            ],
        );
        check("湖泊部（湖部，Ministry of Lakes，MOL）", &[("湖泊部", "Ministry of Lakes"), ("湖部", "MOL")]);
    }

    #[test]
    fn chinese_with_english_in_brackets() {
        check("加快建设湖泊孪生（Lake Twin，LT）平台", &[("湖泊孪生", "Lake Twin")]);
        check("湖能利用效率（Lake Usage Effectiveness，LUE）", &[("湖能利用效率", "Lake Usage Effectiveness")]);
        check("推广湖泊智能（LI）应用", &[("湖泊智能", "LI")]);
        check("湖泊中心水面利用率（LUR）", &[("湖泊中心水面利用率", "LUR")]);
        check("降低湖能利用效率（LUE）", &[("湖能利用效率", "LUE")]);
        check("《湖泊保护法》（Lake Protection Law）", &[("湖泊保护法", "Lake Protection Law")]);
        check("湖清岸绿 (“clear, green, and quiet lakes”)", &[("湖清岸绿", "clear, green, and quiet lakes")]);
    }

    #[test]
    fn lines_of_a_glossary() {
        check("湖长制 / lake chief system", &[("湖长制", "lake chief system")]);
        check("lake chief system — 湖长制", &[("湖长制", "lake chief system")]);
        check("湖长制——lake chief system", &[("湖长制", "lake chief system")]);
    }

    #[test]
    fn brackets_that_gloss_nothing() {
        check(
            "湖水（2031年版）和水质（见表2），容量（MW），湖泊词汇（ISO 99871:2031，IDT），全国湖泊标准化技术委员会（SAC/TC 988）",
            &[],
        );
        check("Lake Plan (2031 Edition), lakes (see Table 2), lake rules (试行), level (3)", &[]);
        check("湖泊部（以下简称湖部）", &[]);
        check("the Lake Team (LT) and the Lake Team (the Team)", &[]);
        check("It calls “a piece of evidence” (adapted from the lake report) so.", &[]);
    }
}
