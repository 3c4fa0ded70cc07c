//! The left border of an English term that Chinese in brackets glosses.
//!
//! "for developing new quality productive forces (新质生产力)" glosses four words. The term ends at the bracket; it
//! begins behind the nearest verb, preposition, article or conjunction, moved by three kinds of evidence: a name in
//! capitals is kept whole, an English term is about five letters long for each Chinese character, and the words that
//! the Chinese is known to be rendered with tell what is part of it: what it does not hold is left out, and what of it
//! the phrase does not render is looked for before it (core technologies in key fields 关键核心技术).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::clauses;
use corpus::text::is_han;

/// A term is looked for among so many words.
const MOST_WORDS: usize = 24;
/// Letters for each Chinese character, below which a phrase is too short to be all of the term.
const TOO_SHORT: f32 = 3.0;
/// The same where a conjunction would have to be crossed, which is rarer.
const TOO_SHORT_FOR_AND: f32 = 2.4;
/// What of the Chinese is left is looked for among so many words before the phrase, so many times.
const MOST_WORDS_BETWEEN: usize = 14;
const MOST_STEPS: usize = 3;
/// The verb of a phrase that ends with a preposition is looked for among so many words before that.
const MOST_WORDS_OF_VERB: usize = 5;

/// The Chinese renderings of words that often stand before a term.
static RENDERINGS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("../words.tsv").lines().filter(|line| !line.starts_with('#'));
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
pub(in super::super) fn english_term(left: &str, zh: &str) -> Option<Range<usize>> {
    if let Some(quoted) = quoted(left) {
        return Some(quoted);
    }
    let words = words(left);
    let end = words.last()?.span.end;
    let len = zh.chars().filter(|char| is_han(*char)).count().max(1);
    let first = name_in_capitals(&words, len)
        .or_else(|| common_phrase(&words, zh, len))
        .or_else(|| verb_with_preposition(&words))?;
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

/// A verb and what it governs, without its last object: make overall plans for (统筹) X.
fn verb_with_preposition(words: &[Word]) -> Option<usize> {
    let last = words.len().checked_sub(1)?;
    words.get(last).filter(|word| clauses::is_preposition(word.text) || word.text == "to")?;
    let mut at = last;
    while let Some(before) = at.checked_sub(1) {
        let word = words.get(before).filter(|word| word.gap.is_empty() && last - before <= MOST_WORDS_OF_VERB)?;
        // "Plans" and "play" are nouns here, as they do not open the clause.
        let governor = before.checked_sub(1).and_then(|at| words.get(at));
        if is_verb_here(word, governor) && !word.text.ends_with('s') && !clauses::is_preposition(word.text) {
            return Some(before);
        }
        at = before;
    }
    None
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
    first = with_the_rest(words, first, zh);
    let whole = listed(words, zh).or_else(|| before_superlative(words, first));
    Some(whole.unwrap_or_else(|| without_uncovered(words, first, zh, len)))
}

/// Which characters of the Chinese the words are known to render.
fn rendered(words: &[Word], zh: &str) -> Vec<bool> {
    let mut mask = vec![false; zh.len()];
    for word in words {
        for (at, part) in renderings(word.text).flat_map(|part| zh.match_indices(part)) {
            mask.get_mut(at..at + part.len()).into_iter().flatten().for_each(|byte| *byte = true);
        }
    }
    mask
}

/// Whether a word is one of English, by the table of renderings.
pub(in super::super) fn is_known(word: &str) -> bool {
    RENDERINGS.contains_key(word.to_ascii_lowercase().as_str())
}

fn renderings(word: &str) -> impl Iterator<Item = &'static str> {
    RENDERINGS.get(word.to_ascii_lowercase().as_str()).into_iter().flatten().copied()
}

/// Goes back over prepositions and relative clauses to the words that render what of the Chinese is left.
fn with_the_rest(words: &[Word], first: usize, zh: &str) -> usize {
    let mut first = first;
    for _ in 0..MOST_STEPS {
        let mask = rendered(words.get(first..).unwrap_or_default(), zh);
        let left = |part: &str| {
            zh.match_indices(part).any(|(at, part)| mask.get(at..at + part.len()).is_some_and(|m| !m.contains(&true)))
        };
        // A single character says little, unless the word stands directly before.
        let renders = |at: usize, word: &Word| {
            let next = at + 1 == first;
            renderings(word.text).any(|part| (next || part.chars().count() > 1) && left(part))
        };
        let near = (first.saturating_sub(MOST_WORDS_BETWEEN)..first).rev();
        let found = near
            .map_while(|at| words.get(at).filter(|word| word.gap.is_empty()).map(|word| (at, word)))
            .find(|(at, word)| renders(*at, word));
        let joined = found.filter(|(at, _)| at + 1 == first || words.get(at + 1).is_some_and(is_joint));
        let Some(before) = joined.and_then(|(at, _)| phrase_start(words, at + 1).or(Some(at))) else { break };
        first = before;
    }
    first
}

/// Words that join a noun to what is said of it.
fn is_joint(word: &Word) -> bool {
    let said = matches!(word.text, "of" | "and" | "&" | "that" | "which");
    said || clauses::is_preposition(word.text)
}

/// A list with an item for each Chinese character, in their order: industry, universities, institutes and users.
fn listed(words: &[Word], zh: &str) -> Option<usize> {
    let chars: Vec<char> = zh.chars().collect();
    if !(2..=6).contains(&chars.len()) {
        return None;
    }
    let mut end = words.len();
    for (at, char) in chars.iter().enumerate().rev() {
        let start = item_start(words, end)?;
        let item = words.get(start..end)?;
        let renders = |word: &Word| renderings(word.text).any(|part| part.contains(*char));
        if !item.iter().any(renders) {
            return None;
        }
        if at == 0 {
            // Two verbs or nouns are short; the words before the first are what they are done to.
            let of_two = item.iter().position(renders).filter(|_| chars.len() == 2);
            return Some(start + of_two.unwrap_or(0));
        }
        let before = start.checked_sub(1)?;
        let word = words.get(before)?;
        end = match (word.text, word.gap) {
            ("and", "") => before,
            (_, ",") => before + 1,
            _ => return None,
        };
    }
    None
}

/// The first word of the item of a list that ends before `end`, the comma behind it passed over.
fn item_start(words: &[Word], end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    words.get(last).filter(|word| !is_border(word.text))?;
    let mut first = last;
    while let Some(word) = first.checked_sub(1).and_then(|before| words.get(before)) {
        let before = first.checked_sub(2).and_then(|at| words.get(at));
        if !word.gap.is_empty() || is_border(word.text) || is_verb_here(word, before) || last - first >= 2 {
            break;
        }
        first -= 1;
    }
    Some(first)
}

/// A superlative picks out one of several and begins no term; the term is what it serves: a contest to find the best.
fn before_superlative(words: &[Word], first: usize) -> Option<usize> {
    let superlative = words.get(first).is_some_and(|word| matches!(word.text, "best" | "most" | "worst" | "finest"));
    let (verb, to) = (first.checked_sub(2)?, first.checked_sub(3)?);
    let infinitive = words.get(to).is_some_and(|word| word.text == "to" && word.gap.is_empty())
        && words.get(verb).is_some_and(|word| clauses::is_verb(word.text));
    let joined = words.get(to.checked_sub(1)?).is_some_and(|word| word.gap.is_empty());
    if superlative && infinitive && joined { phrase_start(words, to) } else { None }
}

/// Two adjectives of one noun: scientific and technological achievements.
fn paired_adjective(words: &[Word], first: usize) -> Option<usize> {
    let adjective = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| ["al", "ic", "ive", "ous", "ary"].iter().any(|ending| word.text.ends_with(ending)))
    };
    let (and, other) = (first.checked_sub(1)?, first.checked_sub(2)?);
    let joined = words.get(and).is_some_and(|word| matches!(word.text, "and" | "or") && word.gap.is_empty());
    // Of two compounds with one ending the first may leave it out: deep- and shallow-water boats.
    if joined && words.get(other).is_some_and(|word| word.text.ends_with('-') && word.gap.is_empty()) {
        return Some(other);
    }
    let joined = joined && words.get(and).is_some_and(|word| word.text == "and");
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
            || clauses::is_auxiliary(before.text)
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
        check("for all deep- and shallow-water boats ", "深浅水船只", "deep- and shallow-water boats");
        check("take part in lake standards publicity and implementation ", "宣贯", "publicity and implementation");
        check("lakes with openness and cooperation ", "开放合作", "openness and cooperation");
    }

    #[test]
    fn verbs_that_go_with_a_preposition() {
        check("We shall make overall plans for ", "统筹", "make overall plans for");
        check("and lakes. Give full play to ", "发挥", "Give full play to");
        assert_eq!(english_term("a lake of ", "湖泊"), None);
    }
}
