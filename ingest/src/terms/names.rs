//! Names among English runs: capitals where the sentence has small letters beside them.

use std::ops::Range;

use super::words::{Role, Word};

fn is_capital(word: &Word) -> bool {
    word.text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether all content words of a run are capitals, in a sentence whose other words are not.
pub(crate) fn is_name(words: &[Word], run: &Range<usize>) -> bool {
    let content = |word: &&Word| word.role == Role::Content;
    let Some(own) = words.get(run.clone()) else { return false };
    let sentence = own.first().map(|word| word.sentence);
    let small = words.iter().filter(|word| Some(word.sentence) == sentence).filter(content);
    own.iter().filter(content).all(is_capital) && small.filter(|word| !is_capital(word)).count() >= 2
}

/// Whether all content words of a run's sentence are capitals: a title, whose capitals are not the words' own.
pub(crate) fn is_titled(words: &[Word], run: &Range<usize>) -> bool {
    let sentence = words.get(run.start).map(|word| word.sentence);
    let mut content = words.iter().filter(|word| Some(word.sentence) == sentence && word.role == Role::Content);
    content.all(|word| is_capital(word) || !word.text.starts_with(char::is_alphabetic))
}

/// Whether a name goes on before or after a run, perhaps across conjunctions and prepositions.
pub(crate) fn is_cut(words: &[Word], run: &Range<usize>) -> bool {
    let sentence = words.get(run.start).map(|word| word.sentence);
    let same = |at: usize| words.get(at).filter(|word| Some(word.sentence) == sentence);
    let goes_on = |mut at: Option<usize>, step: fn(usize) -> Option<usize>| {
        while at.and_then(same).is_some_and(|word| word.role == Role::Inner) {
            at = at.and_then(step);
        }
        // A sentence's first word is a capital for another reason.
        let first = at.is_none_or(|at| at.checked_sub(1).and_then(same).is_none());
        !first && at.and_then(same).is_some_and(|word| word.role == Role::Content && is_capital(word))
    };
    goes_on(run.start.checked_sub(1), |at| at.checked_sub(1)) || goes_on(Some(run.end), |at| at.checked_add(1))
}
