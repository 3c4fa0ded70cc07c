//! Glosses: a term and its counterpart in the other language, in brackets, in tables of terms, and in notes.

mod brackets;
mod notes;
mod pairs;

use std::ops::Range;

use corpus::document::BlockKind;
use corpus::facts::{Definition, Gloss};

use self::brackets::is_transcription;
use self::pairs::{Found, in_sentence};
use super::definitions::Listed;
use super::excerpt::sentence_round;
use super::footnotes::Noted;
use super::{MOST, Text};

/// A sentence is cut to about so many characters.
const MOST_OF_SENTENCE: usize = 300;

/// The glosses of a document, each pair once.
///
/// A defined term that is given in both languages glosses itself, and so does a row of a table of terms. What a note
/// says of a rendering is added to the gloss of that term, or is one with the word that has the note's mark.
pub(super) fn glosses(text: &Text, definitions: &[Definition], listed: &[Listed], noted: &[Noted]) -> Vec<Gloss> {
    let mut found: Vec<Gloss> = Vec::new();
    for definition in definitions {
        if let (Some(zh), Some(en)) = (&definition.zh, &definition.en) {
            let sentence = cut(&definition.definition, &(0..0));
            let gloss = Gloss { zh: zh.clone(), en: en.clone(), sentence, page: definition.page, ..Gloss::default() };
            add(&mut found, gloss);
        }
    }
    for (zh, en, page) in listed {
        let sentence = format!("{zh}\t{en}");
        add(&mut found, Gloss { zh: zh.clone(), en: en.clone(), sentence, page: *page, note: None });
    }
    for sentence in text.sentences {
        let table = text.blocks.get(sentence.block).is_some_and(|block| block.kind == BlockKind::TableRow);
        for Found { zh, en, at } in in_sentence(&sentence.text) {
            let letter = table && zh.chars().count() < 2;
            if !letter && !is_end_of_defined(&zh, &en, definitions) {
                let sentence_text = cut(&sentence.text, &at);
                add(&mut found, Gloss { zh, en, sentence: sentence_text, page: sentence.page, note: None });
            }
        }
    }
    notes::explain(&mut found, noted);
    found
}

/// Whether a pair is one that the document defines, its Chinese without the beginning.
fn is_end_of_defined(zh: &str, en: &str, definitions: &[Definition]) -> bool {
    definitions.iter().any(|defined| {
        let same = defined.en.as_ref().is_some_and(|term| term.eq_ignore_ascii_case(en));
        same && defined.zh.as_ref().is_some_and(|term| term != zh && term.ends_with(zh))
    })
}

fn cut(sentence: &str, at: &Range<usize>) -> String {
    sentence_round(sentence, at, MOST_OF_SENTENCE)
}

/// Adds a pair that is new and is one of two languages.
fn add(found: &mut Vec<Gloss>, gloss: Gloss) {
    let known = found.iter().any(|other| other.zh == gloss.zh && other.en.eq_ignore_ascii_case(&gloss.en));
    let same = gloss.zh.eq_ignore_ascii_case(&gloss.en) || is_transcription(&gloss.en, &gloss.zh);
    if !known && !same && found.len() < MOST {
        found.push(gloss);
    }
}
