//! The Chinese-English dictionary that aligning and mining look words up in.

use std::sync::OnceLock;

use jieba_rs::Jieba;
use rust_stemmers::{Algorithm, Stemmer};

use super::stop::{is_english_stop, is_gloss_stop};

/// CC-CEDICT as the crate `chinese_dictionary` carries it, with the segmenter and the stemmer that look-up needs.
///
/// Loading takes about half a second and 200 MB, once in a process; so only aligning and mining ask for it.
pub struct Dictionary {
    jieba: Jieba,
    stemmer: Stemmer,
}

/// A rendering that the dictionary gives for a Chinese word: a stem and its share of the word's glosses.
pub(crate) type Rendering = (String, f32);

/// The longest headword tried when a word is cut into headwords, in characters.
const LONGEST_HEADWORD: usize = 8;

impl Dictionary {
    /// The dictionary of this process, loaded at the first call.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Dictionary> = OnceLock::new();
        SHARED.get_or_init(|| {
            // The first look-up loads the crate's tables: better here than in the middle of an alignment.
            let _ = chinese_dictionary::query_by_simplified("一");
            Self { jieba: Jieba::new(), stemmer: Stemmer::create(Algorithm::English) }
        })
    }

    /// Whether the word is a headword, in simplified characters.
    pub(crate) fn has(&self, word: &str) -> bool {
        !chinese_dictionary::query_by_simplified(word).is_empty()
    }

    /// The stem of an English word in lower case.
    pub(crate) fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    /// Chinese text cut into words by the segmenter.
    pub(crate) fn cut<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.jieba.cut(text, true).into_iter().map(|token| token.word).collect()
    }

    /// Chinese text cut into words with the segmenter's part of speech.
    pub(crate) fn tag<'a>(&'a self, text: &'a str) -> Vec<(&'a str, &'a str)> {
        self.jieba.tag(text, true).into_iter().map(|tag| (tag.word, tag.tag)).collect()
    }

    /// Cuts a word that is no headword into the longest headwords from the left; a headword stays whole.
    pub(crate) fn parts<'a>(&self, word: &'a str) -> Vec<&'a str> {
        if self.has(word) {
            return vec![word];
        }
        let mut parts = Vec::new();
        let mut rest = word;
        while !rest.is_empty() {
            let part = self.longest_prefix(rest);
            parts.push(part);
            rest = rest.get(part.len()..).unwrap_or_default();
        }
        parts
    }

    fn longest_prefix<'a>(&self, text: &'a str) -> &'a str {
        let ends: Vec<usize> = text.char_indices().skip(1).map(|(at, _)| at).chain([text.len()]).collect();
        let first = ends.first().copied().unwrap_or(text.len());
        let end =
            ends.iter().copied().take(LONGEST_HEADWORD).rev().find(|&end| self.has(text.get(..end).unwrap_or("")));
        text.get(..end.unwrap_or(first)).unwrap_or(text)
    }

    /// The renderings of a Chinese word as stems of content words, most likely first; shares add up to 1.
    ///
    /// Each gloss counts alike whatever its length, so a long explanation does not drown a plain equivalent.
    pub(crate) fn renderings(&self, word: &str) -> Vec<Rendering> {
        let mut found: Vec<Rendering> = Vec::new();
        for entry in chinese_dictionary::query_by_simplified(word) {
            for gloss in &entry.english {
                self.add_gloss(gloss, &mut found);
            }
        }
        let total: f32 = found.iter().map(|(_, share)| share).sum();
        if total > 0.0 {
            found.iter_mut().for_each(|(_, share)| *share /= total);
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }

    fn add_gloss(&self, gloss: &str, found: &mut Vec<Rendering>) {
        let Some(text) = plain_gloss(gloss) else { return };
        let content = |word: &String| !is_english_stop(word) && !is_gloss_stop(word);
        let mut words: Vec<String> = english_words(&text).filter(content).collect();
        if words.is_empty() {
            // A gloss of function words only renders a function word.
            words = english_words(&text).filter(|word| !is_gloss_stop(word)).collect();
        }
        let words: Vec<String> = words.iter().map(|word| self.stem(word)).collect();
        let share = 1.0 / (words.len().max(1) as f32);
        for word in words.iter().chain(initials(&words).as_ref()) {
            match found.iter_mut().find(|(known, _)| known == word) {
                Some((_, sum)) => *sum += share,
                None => found.push((word.clone(), share)),
            }
        }
    }
}

/// A gloss without what stands in brackets; `None` for glosses that render nothing.
fn plain_gloss(gloss: &str) -> Option<String> {
    const NOT_RENDERINGS: [&str; 6] = ["CL:", "variant of", "old variant", "see ", "surname", "Japanese variant"];
    if NOT_RENDERINGS.iter().any(|start| gloss.starts_with(start)) {
        return None;
    }
    let mut depth = 0usize;
    let mut plain = String::new();
    for character in gloss.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    Some(plain)
}

/// The acronym of a gloss of several words, since policy texts write AI and R&D where the dictionary spells out.
fn initials(words: &[String]) -> Option<String> {
    (2..=5).contains(&words.len()).then(|| words.iter().filter_map(|word| word.chars().next()).collect())
}

/// The words of an English text in lower case: letters and digits, with inner apostrophes dropped.
pub(crate) fn english_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['\'', '’']).trim_end_matches("'s").trim_end_matches("’s").to_lowercase())
        .filter(|word| !word.is_empty())
}
