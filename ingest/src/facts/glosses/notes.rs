//! Notes that explain a rendering, tied to the term: "The Chinese term 智能体 can also be translated …".

use std::sync::LazyLock;

use corpus::facts::Gloss;
use corpus::text::is_han;
use regex::Regex;

use super::brackets::{is_english_term, is_transcription};
use crate::facts::footnotes::Noted;
use crate::facts::{MOST, boundary, front};
use crate::pattern::pattern;

/// A note is kept up to so many bytes.
const MOST_OF_NOTE: usize = 2_000;

/// Adds to the glosses what notes say of their renderings, and the pairs that only the notes tell.
pub(super) fn explain(found: &mut Vec<Gloss>, noted: &[Noted]) {
    for note in noted.iter().filter(|note| is_about_a_word(&note.text)) {
        let text = front(&note.text, MOST_OF_NOTE);
        for zh in terms(text) {
            // The gloss of the sentence with the mark comes first, then any of the term.
            let with_mark = |gloss: &&mut Gloss| gloss.zh == zh && note.sentence.contains(gloss.en.as_str());
            let tied = match found.iter_mut().find(with_mark) {
                Some(gloss) => Some(gloss),
                None => found.iter_mut().find(|gloss| gloss.zh == zh),
            };
            if let Some(gloss) = tied {
                gloss.note.get_or_insert_with(|| text.to_owned());
                break;
            }
            if let Some(en) = rendering(text, zh, &note.before).filter(|_| found.len() < MOST) {
                let (zh, note_text) = (zh.to_owned(), Some(text.to_owned()));
                found.push(Gloss { zh, en, note: note_text, sentence: note.sentence.clone(), page: note.page });
                break;
            }
        }
    }
}

/// Whether a note speaks of a word and its rendering.
fn is_about_a_word(text: &str) -> bool {
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)translat|\brender|chinese (?:term|word|phrase|text|original|name|expression|character)|literal|in chinese|short for|\bmeans?\b|refers? to|\bconvey|英文|英语|译|原文|直译",
        )
    });
    let han = text.chars().filter(|char| is_han(*char)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    han >= 2 && latin >= 3 && SAYS.is_match(text)
}

/// The Chinese terms that a note names, in order; those that it says are a term first.
fn terms(text: &str) -> Vec<&str> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i:chinese (?:term|word|phrase|original|name|expression|text|characters?)s?(?: here)?(?: is| for [^.]{1,60} is)?,?|render(?:s|ed)?(?: the)?|note:)\s*[“「‘(（]?([\x{4e00}-\x{9fff}]{2,16})",
        )
    });
    static ANY: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\x{4e00}-\x{9fff}]{2,16}"));
    let mut found: Vec<&str> =
        NAMED.captures_iter(text).filter_map(|captures| captures.get(1)).map(|term| term.as_str()).collect();
    // In a note in English every Chinese word is a word that it speaks of.
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    if latin > text.chars().filter(|char| is_han(*char)).count() {
        found.extend(ANY.find_iter(text).map(|term| term.as_str()).take(3));
    }
    found
}

/// The English for the term: what stands before the mark, where the note has that word too, or what the note says.
fn rendering(note: &str, zh: &str, before: &str) -> Option<String> {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?i:render(?:s|ed)?|translat(?:e|es|ed))\b[^.“”"]{0,120}?(?i:as|in English as|into)?\s*[“"‘]([A-Za-z][^“”"]{1,80}?)[,.]?[”"’]"#,
        )
    });
    let marked = boundary::english_term(before, zh).and_then(|span| before.get(span)).map(str::trim);
    let near = before.trim_end().chars().next_back().is_some_and(|char| char.is_ascii_alphabetic() || char == '”');
    let said = SAID.captures(note).and_then(|captures| captures.get(1)).map(|said| said.as_str());
    let sound = |en: &&str| is_english_term(en) && !is_transcription(en, zh);
    let marked = marked.filter(|_| near).filter(sound);
    let lower = note.to_lowercase();
    // The word with the mark is the rendering where the note speaks of it; else what the note says is.
    let spoken = marked.filter(|en| lower.contains(&en.to_lowercase()));
    spoken.or(said.filter(sound)).or(marked.filter(|en| fits(en, zh))).map(str::to_owned)
}

/// Whether English is about as long as such Chinese is rendered.
fn fits(en: &str, zh: &str) -> bool {
    let letters = en.chars().filter(char::is_ascii_alphabetic).count();
    let han = zh.chars().count().max(1);
    (2..=9).contains(&(letters / han))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(before: &str, text: &str) -> Noted {
        Noted { text: text.to_owned(), before: before.to_owned(), sentence: before.to_owned(), page: 1 }
    }

    #[track_caller]
    fn check(before: &str, text: &str, wanted: &[(&str, &str)]) {
        let mut found = Vec::new();
        explain(&mut found, &[noted(before, text)]);
        let pairs: Vec<(&str, &str)> = found.iter().map(|gloss| (gloss.zh.as_str(), gloss.en.as_str())).collect();
        assert_eq!(pairs, wanted, "{text}");
        assert!(found.iter().all(|gloss| gloss.note.as_deref() == Some(text)), "{text}");
    }

    #[test]
    fn a_note_on_the_word_with_its_mark() {
        check(
            "It promotes lake chiefs",
            "Translator's note: The Chinese term 湖长 (huzhang) can also be translated “lake heads.”",
            &[("湖长", "lake heads")],
        );
        check(
            "It promotes lake chiefs",
            "The Chinese term 湖长, “lake chiefs,” means persons in charge of a lake.",
            &[("湖长", "lake chiefs")],
        );
        check("on lake safety", "The Chinese word 安湖 is here rendered “lake safety.”", &[("安湖", "lake safety")]);
    }

    #[test]
    fn a_note_is_added_to_the_gloss_that_is_there() {
        let gloss = Gloss { zh: "湖长制".to_owned(), en: "lake chief system".to_owned(), ..Gloss::default() };
        let mut found = vec![gloss];
        let text = "Translator's note: 湖长制 is a political formula; the established rendering is kept.";
        explain(&mut found, &[noted("the lake chief system (湖长制)", text)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].note.as_deref(), Some(text));
    }

    #[test]
    fn notes_on_other_matters() {
        check("the plan", "See the website of the lake office: https://lakes.example/.", &[]);
        check("the plan", "湖泊部 (2031), Lake Plan, p. 3.", &[]);
    }
}
