//! Chinese runs of words that may be terms, and what their words alone tell of them.

use std::ops::Range;

use super::words::{Kind, Role, Word};
use crate::align::{Dictionary, PartOfSpeech};
use corpus::text::is_han;

/// The shortest and the longest term, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=24;
/// The longest run, in words of the dictionary.
const LONGEST: usize = 8;

/// What counts things: 四个环节 and 三项任务 are no terms.
const MEASURES: [&str; 18] =
    ["个", "项", "种", "类", "家", "名", "条", "批", "次", "件", "台", "套", "年", "月", "日", "天", "大", "部"];

/// Whether a run may begin with a word: content, or a numeral in characters (三维, 半精度) that counts nothing.
fn begins(words: &[Word], at: usize) -> bool {
    let (word, next) = (&words[at], words.get(at + 1));
    let last = word.text.char_indices().next_back().and_then(|(at, _)| word.text.get(at..)).unwrap_or_default();
    let counts = [Some(last), next.map(|next| next.text.as_str())].iter().flatten().any(|text| MEASURES.contains(text));
    match word.role {
        Role::Content => word.text.chars().any(char::is_alphanumeric) && (word.kind != Kind::Number || !counts),
        Role::Number => word.text.chars().all(is_han) && !counts,
        Role::Inner | Role::Outside => false,
    }
}

/// Whether a run may end with a word: content, and a mark (人工智能+) only where nothing follows that it joins.
fn ends(words: &[Word], at: usize) -> bool {
    let follows = words.get(at + 1).is_some_and(|next| next.role == Role::Content);
    words[at].role == Role::Content && (words[at].text.chars().any(char::is_alphanumeric) || !follows)
}

/// All runs of words of a bead's Chinese side that may be a term.
pub(crate) fn runs(words: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for start in 0..words.len() {
        if !begins(words, start) || words[start].joined {
            continue;
        }
        for end in start + 1..=(start + LONGEST).min(words.len()) {
            let last = &words[end - 1];
            if last.role == Role::Outside || last.sentence != words[start].sentence {
                break;
            }
            let letters: usize = words[start..end].iter().map(|word| word.text.chars().count()).sum();
            let han = words[start..end].iter().any(|word| word.text.chars().any(is_han));
            let cut = words.get(end).is_some_and(|next| next.joined);
            if ends(words, end - 1) && !cut && han && LENGTHS.contains(&letters) {
                found.push(start..end);
            }
        }
    }
    found
}

/// What the words of a run tell of it, wherever it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Shape {
    /// Characters.
    pub(crate) letters: f32,
    /// How common the run is in the general language, if it is a word of it: log of its frequency.
    pub(crate) common: f32,
    /// How common its rarest word is.
    pub(crate) rarest: f32,
    /// The vocabulary of the field has it as a thing or a name.
    pub(crate) known: bool,
    /// The vocabulary has it as an act or a set phrase.
    pub(crate) phrase: bool,
    /// Its first word is an act in the vocabulary, and it has others.
    pub(crate) act_first: bool,
    /// It begins with a word of one character.
    pub(crate) single_first: bool,
    /// It begins or ends inside a word of the segmenter.
    pub(crate) cut: bool,
    /// It begins with a verb, and has other words.
    pub(crate) verb_first: bool,
    /// It has a verb between its first and its last word.
    pub(crate) verb_inside: bool,
    /// It ends with a verb.
    pub(crate) verb_last: bool,
    /// It begins with an adjective or an adverb, and has other words.
    pub(crate) modifier_first: bool,
    /// It ends with one.
    pub(crate) modifier_last: bool,
    /// It has digits in it.
    pub(crate) digits: bool,
    /// It has a conjunction or a preposition in it.
    pub(crate) inner: bool,
}

impl Shape {
    pub(crate) fn of(words: &[Word], text: &str, dictionary: &Dictionary) -> Self {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Self::default() };
        let several = words.len() > 1;
        let part = dictionary.part_of_speech(text);
        let content = words.iter().filter(|word| word.role == Role::Content);
        Self {
            letters: text.chars().count() as f32,
            common: dictionary.commonness(text),
            rarest: content.map(|word| word.common).reduce(f32::min).unwrap_or_default(),
            known: matches!(part, Some(PartOfSpeech::Noun | PartOfSpeech::Name)),
            phrase: matches!(part, Some(PartOfSpeech::Verb | PartOfSpeech::Phrase)),
            act_first: several && dictionary.part_of_speech(&first.text) == Some(PartOfSpeech::Verb),
            single_first: several && first.text.chars().count() == 1,
            cut: !first.edges.0 || !last.edges.1,
            verb_first: several && first.kind == Kind::Verb,
            verb_inside: words.iter().skip(1).rev().skip(1).any(|word| word.kind == Kind::Verb),
            verb_last: last.kind == Kind::Verb,
            modifier_first: several && first.kind == Kind::Modifier,
            modifier_last: last.kind == Kind::Modifier,
            digits: text.chars().any(char::is_numeric),
            inner: words.iter().any(|word| word.role == Role::Inner),
        }
    }
}
