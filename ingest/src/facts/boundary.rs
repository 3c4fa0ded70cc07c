//! Where a glossed term begins: how much of the words before a bracket the gloss in it covers.
//!
//! "for developing new quality productive forces (新质生产力)" glosses four words. The term ends at the bracket; it
//! begins behind the nearest verb, preposition, article or conjunction, moved by three kinds of evidence: a name in
//! capitals is kept whole, an English term is about five letters long for each Chinese character, and a word whose
//! usual renderings the Chinese does not hold is not part of it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::clauses;
use corpus::text::is_han;

/// A term is looked for among so many words.
const MOST_WORDS: usize = 24;
/// Letters for each Chinese character, below which a phrase is too short to be all of the term.
const TOO_SHORT: f32 = 3.0;
/// The same where a conjunction would have to be crossed, which is rarer.
const TOO_SHORT_FOR_AND: f32 = 2.4;

/// The Chinese renderings of words that often stand before a term.
static RENDERINGS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(word, zh)| (word, zh.split(' ').collect())).collect()
});

/// A word before the bracket.
struct Word<'a> {
    span: Range<usize>,
    text: &'a str,
    /// The marks of punctuation between this word and the next.
    gap: &'a str,
}

/// The bytes in `left` of the English term that ends there and that `zh` glosses.
pub(super) fn english_term(left: &str, zh: &str) -> Option<Range<usize>> {
    if let Some(quoted) = quoted(left) {
        return Some(quoted);
    }
    let words = words(left);
    let end = words.last()?.span.end;
    let len = zh.chars().filter(|char| is_han(*char)).count().max(1);
    let first = name_in_capitals(&words, len).or_else(|| common_phrase(&words, zh, len))?;
    words.get(first).map(|word| word.span.start..end).filter(|span| !span.is_empty())
}

/// A phrase in quotation marks directly before the bracket is the term.
fn quoted(left: &str) -> Option<Range<usize>> {
    let trimmed = left.trim_end();
    let (body, open) = match trimmed.chars().next_back()? {
        '”' => (trimmed.strip_suffix('”')?, '“'),
        '"' => (trimmed.strip_suffix('"')?, '"'),
        '’' => (trimmed.strip_suffix('’')?, '‘'),
        _ => return None,
    };
    let start = body.rfind(open)? + open.len_utf8();
    let phrase = body.get(start..)?;
    let bare = phrase.trim_end_matches([',', '.']);
    (!bare.is_empty() && bare.len() <= 120).then(|| start..start + bare.len())
}

/// The last words of a text, the marks between them kept.
fn words(left: &str) -> Vec<Word<'_>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, char) in left.char_indices().chain([(left.len(), ' ')]) {
        if char.is_alphanumeric() && !is_han(char)
            || matches!(char, '-' | '\'' | '’' | '&' | '+' | '/') && start.is_some()
        {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            spans.push(from..at);
        }
    }
    let first = spans.len().saturating_sub(MOST_WORDS);
    let spans = spans.get(first..).unwrap_or_default();
    let ends = spans.iter().skip(1).map(|span| span.start).chain([left.len()]);
    spans
        .iter()
        .zip(ends)
        .filter_map(|(span, next)| {
            Some(Word { span: span.clone(), text: left.get(span.clone())?, gap: left.get(span.end..next)?.trim() })
        })
        .collect()
}

fn is_capital(word: &Word) -> bool {
    word.text.starts_with(|char: char| char.is_ascii_uppercase())
}

/// The first word of a name of several capitalised words, small words inside it allowed.
fn name_in_capitals(words: &[Word], len: usize) -> Option<usize> {
    let last = words.len().checked_sub(1)?;
    if !words.get(last).is_some_and(is_capital) {
        return None;
    }
    let mut first = last;
    let mut at = last;
    while let Some(word) = at.checked_sub(1).and_then(|before| words.get(before)) {
        let inside = matches!(word.text, "of" | "the" | "for" | "and" | "on" | "in" | "with");
        if !word.gap.is_empty() || !(is_capital(word) || inside) || clauses::is_article(word.text) && is_capital(word) {
            break;
        }
        at -= 1;
        if is_capital(word) {
            first = at;
        }
    }
    // "Conference A and the Conference B" are two names, and so are two far too long ones joined by "and".
    let cut = (first..last).rev().find(|at| {
        let here = words.get(*at).map(|word| word.text) == Some("and");
        let article = words.get(at + 1).is_some_and(|word| word.text == "the");
        here && (article || letters(words, first) > len * 12)
    });
    let first =
        cut.map_or(first, |at| if words.get(at + 1).is_some_and(|word| word.text == "the") { at + 2 } else { at + 1 });
    // A capital at the beginning of a sentence before small letters is no name.
    let capitals = words.get(first..).unwrap_or_default().iter().filter(|word| is_capital(word)).count();
    (capitals >= 2 && first < words.len()).then_some(first)
}

/// The letters from a word to the bracket.
fn letters(words: &[Word], first: usize) -> usize {
    words
        .get(first..)
        .unwrap_or_default()
        .iter()
        .map(|word| word.text.chars().count() + 1)
        .sum::<usize>()
        .saturating_sub(1)
}

/// The first word of a noun phrase.
fn common_phrase(words: &[Word], zh: &str, len: usize) -> Option<usize> {
    let mut first = phrase_start(words, words.len())?;
    let ratio = |first: usize| letters(words, first) as f32 / len as f32;
    // Too short for its Chinese: the phrase goes on before "of" or "and".
    while ratio(first) < TOO_SHORT {
        let Some(word) = first.checked_sub(1).and_then(|at| words.get(at)) else { break };
        let joins = match word.text {
            "of" => true,
            "and" | "&" => ratio(first) < TOO_SHORT_FOR_AND,
            _ => false,
        };
        let Some(before) = phrase_start(words, first - 1).filter(|_| joins && word.gap.is_empty()) else { break };
        first = before;
    }
    if let Some(before) = paired_adjective(words, first) {
        first = before;
    }
    Some(without_uncovered(words, first, zh, len))
}

/// Two adjectives of one noun: scientific and technological achievements.
fn paired_adjective(words: &[Word], first: usize) -> Option<usize> {
    let adjective = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| ["al", "ic", "ive", "ous", "ary"].iter().any(|ending| word.text.ends_with(ending)))
    };
    let (and, other) = (first.checked_sub(1)?, first.checked_sub(2)?);
    let joined = words.get(and).is_some_and(|word| word.text == "and" && word.gap.is_empty());
    let close = words.get(other).is_some_and(|word| word.gap.is_empty());
    (joined && close && first + 1 < words.len() && adjective(first) && adjective(other)).then_some(other)
}

/// The first word of the run of nouns and adjectives that ends before the word at `end`.
fn phrase_start(words: &[Word], end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    let mut first = last;
    words.get(last).filter(|word| !is_border(word.text) && (end == words.len() || word.gap.is_empty()))?;
    while let Some(word) = first.checked_sub(1).and_then(|before| words.get(before)) {
        let before = first.checked_sub(2).and_then(|at| words.get(at));
        if !word.gap.is_empty() || is_border(word.text) || is_verb_here(word, before) {
            break;
        }
        first -= 1;
    }
    Some(first)
}

/// Words that stand outside noun phrases.
fn is_border(word: &str) -> bool {
    // IT is not "it".
    if word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    word.eq_ignore_ascii_case("of")
        || matches!(word, "and" | "&")
        || clauses::is_article(word)
        || clauses::is_preposition(word)
        || clauses::is_auxiliary(word)
        || clauses::is_number(word)
}

/// Whether a word before the phrase is a verb, not its first noun: developing X, to build X, governs X, Cultivate X.
fn is_verb_here(word: &Word, before: Option<&Word>) -> bool {
    if clauses::is_gerund(word.text) {
        // Behind a verb it is an adjective: build floating decks.
        return !before.is_some_and(|before| {
            before.gap.is_empty()
                && clauses::is_verb(before.text)
                && !before.text.ends_with("ly")
                && !clauses::is_gerund(before.text)
        });
    }
    let lower = word.text.to_ascii_lowercase();
    // "improved methods", "integrated systems": a participle before a noun is part of the phrase.
    let participle = lower.ends_with("ed");
    let finite = lower.ends_with('s') && !lower.ends_with("ss");
    let opens = before.is_none_or(|before| {
        !before.gap.is_empty()
            || before.text.ends_with('s')
            || matches!(before.text, "to" | "and" | "will" | "shall" | "must" | "should" | "not" | "can" | "may")
    });
    clauses::is_verb(&lower) && (finite || (!participle && opens))
}

/// Leaves out first words that the Chinese does not render, as long as enough is left.
fn without_uncovered(words: &[Word], mut first: usize, zh: &str, len: usize) -> usize {
    while first + 1 < words.len() {
        let Some(word) = words.get(first) else { break };
        let lower = word.text.to_ascii_lowercase();
        let rest = letters(words, first + 1) as f32 / len as f32;
        let next_is_noun = words.get(first + 1).is_some_and(|next| !is_border(next.text));
        let uncovered = RENDERINGS.get(lower.as_str()).is_some_and(|zhs| !zhs.iter().any(|part| zh.contains(part)));
        if !uncovered || rest < TOO_SHORT_FOR_AND || !next_is_noun {
            break;
        }
        first += 1;
    }
    first
}

/// Chinese words that stand before a term and not in it.
const BORDERS_ZH: &[&str] = &[
    "以及",
    "包括",
    "例如",
    "比如",
    "所称",
    "称为",
    "简称",
    "叫做",
    "采用",
    "使用",
    "利用",
    "运用",
    "基于",
    "针对",
    "面向",
    "围绕",
    "依托",
    "通过",
    "根据",
    "按照",
    "依据",
    "加快",
    "加强",
    "推进",
    "推动",
    "促进",
    "发展",
    "培育",
    "实施",
    "开展",
    "支持",
    "鼓励",
    "引导",
    "探索",
    "研究",
    "制定",
    "建立",
    "构建",
    "完善",
    "提升",
    "提高",
    "降低",
    "强化",
    "深化",
    "开发",
    "布局",
    "打造",
    "形成",
    "实现",
    "具有",
    "属于",
    "成为",
    "作为",
    "什么是",
    "关于",
    "对于",
    "由于",
    "从而",
    "进而",
    "特别是",
    "尤其是",
    "建设",
    "推广",
    "健全",
    "规范",
    "优化",
    "扩大",
    "培养",
    "倡导",
    "坚持",
    "覆盖",
    "涵盖",
    "符合",
    "满足",
    "引入",
    "部署",
    "监测",
    "的",
    "和",
    "与",
    "及",
    "或",
    "在",
    "对",
    "将",
    "把",
    "由",
    "以",
    "从",
    "向",
    "于",
    "等",
    "是",
    "为",
    "了",
    "并",
    "中",
    "被",
    "让",
    "使",
    "如",
    "即",
    "其",
    "该",
    "本",
    "各",
    "每",
    "按",
    "用",
];

/// The bytes in `left` of the Chinese term that ends there and that `en` glosses.
pub(super) fn chinese_term(left: &str, en: &str) -> Option<Range<usize>> {
    let trimmed = left.trim_end();
    for (open, close) in [('“', '”'), ('《', '》'), ('「', '」')] {
        if let Some(body) = trimmed.strip_suffix(close) {
            let start = body.rfind(open)? + open.len_utf8();
            return Some(start..body.len());
        }
    }
    let inside = |char: char| is_han(char) || char.is_ascii_alphanumeric() || matches!(char, '·' | '-' | '+');
    let run = trimmed.rsplit(|char: char| !inside(char)).next().filter(|run| run.chars().any(is_han))?;
    let offset = trimmed.len() - run.len();
    let start = start_in_run(run, en);
    let span = offset + start..trimmed.len();
    let len = run.get(start..)?.chars().count();
    (2..=24).contains(&len).then_some(span)
}

/// The border nearest to the length that the English lets one expect.
fn start_in_run(run: &str, en: &str) -> usize {
    let letters = en.chars().filter(char::is_ascii_alphabetic).count() as f32;
    let expected = (letters / 5.0).max(2.0);
    let mut starts: Vec<usize> = vec![0];
    for border in BORDERS_ZH {
        starts.extend(run.match_indices(border).map(|(at, _)| at + border.len()));
    }
    let len = |start: usize| run.get(start..).map_or(0, |term| term.chars().count());
    // A term of one character is none, and one four times as long as expected is a sentence.
    let cost = |start: usize| ((len(start) as f32 / expected).ln()).abs();
    let sound = starts.into_iter().filter(|start| len(*start) >= 2);
    sound.min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, zh: &str, wanted: &str) {
        let found = english_term(left, zh).and_then(|span| left.get(span));
        assert_eq!(found, Some(wanted), "{left} ({zh})");
    }

    #[test]
    fn a_phrase_begins_behind_verbs_prepositions_and_articles() {
        check("a plan for developing blue water routes ", "蓝色水路", "blue water routes");
        check("They shall build floating observation decks ", "浮动观测台", "floating observation decks");
        check("the idea of a lake chief system ", "湖长制", "lake chief system");
        check("such as shore gardens, reed beds ", "芦苇床", "reed beds");
        check("Cultivate lake stewards ", "湖泊管家", "lake stewards");
    }

    #[test]
    fn names_in_capitals_are_kept_whole() {
        check(
            "decided by the National Lake Protection Conference ",
            "全国湖泊保护大会",
            "National Lake Protection Conference",
        );
        check("the Lake Work Conference and the Second River Assembly ", "第二次河流大会", "Second River Assembly");
        check("it says “lake powerhouse” ", "湖泊强国", "lake powerhouse");
    }

    #[test]
    fn length_and_words_move_the_border() {
        check("implement the view of protection ", "新的湖泊保护观", "view of protection");
        check("standards for boats and jetties ", "小型船只码头", "boats and jetties");
        check("improve enterprise rowing ", "划船", "rowing");
    }

    #[track_caller]
    fn check_zh(left: &str, en: &str, wanted: &str) {
        let found = chinese_term(left, en).and_then(|span| left.get(span));
        assert_eq!(found, Some(wanted), "{left}（{en}）");
    }

    #[test]
    fn chinese_terms() {
        check_zh("加快发展湖泊孪生", "lake twin", "湖泊孪生");
        check_zh("探索“水下听诊”", "underwater auscultation", "水下听诊");
        check_zh("通过水位预报模型的自适应校准", "adaptive calibration", "自适应校准");
    }
}
