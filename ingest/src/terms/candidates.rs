//! Chinese runs of words that may be terms.

use std::ops::Range;

use super::{
    spans::LONGEST_ZH,
    words::{Role, Word},
};
use corpus::text::is_han;

/// The shortest and the longest term, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=24;

/// Whether a run may begin with a word: content, or a numeral in characters (三维, 半精度).
fn begins(word: &Word) -> bool {
    word.role == Role::Content || word.role == Role::Number && word.text.chars().all(is_han)
}

/// All runs of words of a bead's Chinese side that may be a term.
pub(crate) fn runs(words: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for start in 0..words.len() {
        if !begins(&words[start]) || words[start].joined {
            continue;
        }
        for end in start + 1..=(start + LONGEST_ZH).min(words.len()) {
            let last = &words[end - 1];
            if last.role == Role::Outside || last.sentence != words[start].sentence {
                break;
            }
            let letters: usize = words[start..end].iter().map(|word| word.text.chars().count()).sum();
            let han = words[start..end].iter().any(|word| word.text.chars().any(is_han));
            let cut = words.get(end).is_some_and(|next| next.joined);
            if last.role == Role::Content && !cut && han && LENGTHS.contains(&letters) {
                found.push(start..end);
            }
        }
    }
    found
}
