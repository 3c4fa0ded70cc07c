//! The form in which a designation and a query are compared, and the words of it.

use std::borrow::Cow;
use std::sync::LazyLock;

use corpus::text::normalise::normal_form;
use rust_stemmers::{Algorithm, Stemmer};

use crate::analysis::is_unspaced;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// Endings that are spelt in Britain and in America.
const ENDINGS: [(&str, &str); 19] = [
    ("isation", "ization"),
    ("isations", "izations"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("our", "or"),
    ("ours", "ors"),
    ("tre", "ter"),
    ("tres", "ters"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("elling", "eling"),
    ("elled", "eled"),
    ("ogue", "og"),
    ("fence", "fense"),
];

/// Words that say nothing of what a designation is about.
const STOP_WORDS: [&str; 24] = [
    "a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or", "that",
    "the", "their", "this", "to", "with", "within",
];

/// The normal form of a text with one space wherever spaces or hyphens stand, and none beside a Chinese character.
///
/// Substrings of the key are what a substring of a designation means here; the key of a key is itself.
pub(super) fn key(text: &str) -> String {
    let normal = normal_form(text);
    let mut key = String::with_capacity(normal.len());
    let mut parted = false;
    for c in normal.chars() {
        if c.is_whitespace() || c == '-' {
            parted = true;
        } else if !c.is_control() {
            if parted && !key.is_empty() && !is_unspaced(c) && !key.ends_with(is_unspaced) {
                key.push(' ');
            }
            parted = false;
            key.push(c);
        }
    }
    key
}

/// The words of a key, without the `'s` of a possessive.
pub(super) fn words(key: &str) -> impl Iterator<Item = &str> {
    let parts = key.split(|c: char| !c.is_alphanumeric() && c != '\'');
    parts
        .map(|part| part.trim_matches('\''))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .filter(|w| !w.is_empty())
}

/// Whether a word, in lower case, says nothing of what a designation is about.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

/// The stem of a word in lower case; British and American spellings have the same.
pub(super) fn stem(word: &str) -> String {
    let word = american(word);
    if word.is_ascii() { STEMMER.stem(&word).into_owned() } else { word.into_owned() }
}

/// A word in lower case as it is spelt in America, by its endings; where that is no word (`rise` becomes `rize`) no
/// other word becomes it, which is enough for comparing.
pub(crate) fn american(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() || word.len() < 5 {
        return Cow::Borrowed(word);
    }
    let ending = ENDINGS.iter().filter(|(british, _)| word.ends_with(british)).max_by_key(|(british, _)| british.len());
    match ending.and_then(|(british, american)| Some((word.strip_suffix(british)?, american))) {
        Some((start, american)) => Cow::Owned(format!("{start}{american}")),
        None => Cow::Borrowed(word),
    }
}

/// A word in lower case as it may be spelt on the other side of the Atlantic; much of it is no word.
pub(crate) fn spelt_otherwise(word: &str) -> Vec<String> {
    if !word.is_ascii() || word.len() < 5 {
        return Vec::new();
    }
    let with = |from: &str, to: &str| word.strip_suffix(from).map(|start| format!("{start}{to}"));
    let british = ENDINGS.iter().filter_map(|(british, american)| with(american, british));
    let mut spelt: Vec<String> = british.chain([american(word).into_owned()]).filter(|other| other != word).collect();
    spelt.sort_unstable();
    spelt.dedup();
    spelt
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(key(text), expected);
    }

    #[test]
    fn spellings_of_one_designation_have_one_key() {
        check("High\u{2011}Quality  Development", "high quality development");
        check(" 數字 經濟 ", "数字经济");
        check("５Ｇ 网络", "5g网络");
        check("AI \u{2013} 芯片", "ai芯片");
        check(" - ", "");
    }

    #[test]
    fn spellings_of_one_word_have_one_stem() {
        for (one, other) in [
            ("industrialisation", "industrialization"),
            ("modernising", "modernization"),
            ("labours", "labor"),
            ("centres", "center"),
            ("standards", "standard"),
        ] {
            assert_eq!(stem(one), stem(other), "{one}");
        }
        assert_ne!(stem("hour"), stem("horse"));
    }

    #[test]
    fn possessives_are_words_without_an_ending() {
        assert_eq!(words("the people's workers' 'rights'").collect::<Vec<_>>(), ["the", "people", "workers", "rights"]);
    }

    proptest! {
        #[test]
        fn a_key_is_its_own(text in "[\\PC \n-]{0,20}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }
    }
}
