//! The form in which terms and texts are compared.

use std::ops::Range;

use corpus::text::is_han;
use corpus::text::normalise::{Normalised, normalise};

/// A text in canonical form: Han characters without spaces between them, other words in the singular with a space on
/// either side, a line feed where the text makes a pause.
///
/// So a term stands in a text as whole words, or as a substring of Han characters, exactly where its canonical form
/// is a substring of the text's.
pub(super) struct Canonical {
    /// The canonical form.
    pub(super) text: String,
    /// For each Han character or word, where it begins in `text` and what it came from in the normal form.
    tokens: Vec<(usize, Range<usize>)>,
    normalised: Normalised,
}

impl Canonical {
    pub(super) fn of(text: &str) -> Self {
        let mut canonical = Self { text: String::new(), tokens: Vec::new(), normalised: normalise(text) };
        let normal = std::mem::take(&mut canonical.normalised.text);
        let mut rest = normal.as_str();
        while let Some(first) = rest.chars().next() {
            let at = normal.len() - rest.len();
            let length = if is_word(first) { word_length(rest) } else { first.len_utf8() };
            let (token, after) = rest.split_at(length);
            canonical.push(first, token, at);
            rest = after;
        }
        canonical.normalised.text = normal;
        canonical
    }

    fn push(&mut self, first: char, token: &str, at: usize) {
        if is_han(first) {
            self.tokens.push((self.text.len(), at..at + token.len()));
            self.text.push(first);
        } else if is_word(first) || matches!(first, '+' | '&') {
            if !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.tokens.push((self.text.len(), at..at + token.len()));
            self.text.push_str(&singular(token));
            self.text.push(' ');
        } else if !joins(first) && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The bytes of the original text that a range of the canonical form came from.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let from = self.tokens.partition_point(|(start, _)| *start < range.start);
        let to = self.tokens.partition_point(|(start, _)| *start < range.end);
        let tokens = self.tokens.get(from..to).unwrap_or_default();
        match (tokens.first(), tokens.last()) {
            (Some((_, first)), Some((_, last))) => self.normalised.original_range(first.start..last.end),
            _ => 0..0,
        }
    }
}

/// A word other than of Han characters, in normal form, to its end. An `'s` belongs to the word.
fn word_length(text: &str) -> usize {
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    let after = text.get(end..).unwrap_or_default();
    let possessive = after.strip_prefix("'s").is_some_and(|rest| !rest.chars().next().is_some_and(is_word));
    if possessive { end + 2 } else { end }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Whether what stands on both sides of a mark is one phrase: spaces, hyphens, slashes, quotation marks.
fn joins(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '/' | '"' | '\'' | '«' | '»' | '《' | '》' | '〈' | '〉' | '「' | '」' | '·')
}

/// A word of the normal form in the singular, in the spelling that is compared.
fn singular(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let stem = |cut: usize, end: &str| word.get(..word.len().saturating_sub(cut)).map(|stem| format!("{stem}{end}"));
    let plural = |ends: &[&str]| word.len() > 3 && ends.iter().any(|end| word.ends_with(end));
    let singular = if !word.is_ascii() || plural(&["ss", "us", "is"]) || word.len() < 4 && word != "ais" {
        None
    } else if plural(&["ies"]) {
        stem(3, "y")
    } else if plural(&["ches", "shes", "sses", "xes"]) {
        stem(2, "")
    } else if plural(&["s"]) {
        stem(1, "")
    } else {
        None
    };
    let singular = singular.unwrap_or_else(|| word.to_owned());
    singular.replace("isation", "ization").replace("centre", "center").replace("labelling", "labeling")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Canonical::of(text).text, expected);
    }

    #[test]
    fn letter_case_plurals_hyphens_and_script_make_no_difference() {
        check("Brain–Computer Interfaces", " brain computer interface ");
        check("腦機接口", "脑机接口");
        check("AI 芯片", " ai 芯片");
        check("“人工智能+”行动", "人工智能 + 行动");
        check("R&D", " r & d ");
        check("人工智能　术语", "人工智能术语");
        check("the model's uses, policies; boxes. Analysis", " the model use \n policy \n box \n analysis ");
        check("Standardisation of data centres", " standardization of data center ");
        check("芯片、框架", "芯片\n框架");
        check("", "");
    }

    proptest! {
        #[test]
        fn the_way_back_lies_within_the_text(text in "[\\PC算力模型 s']{0,24}", from in 0..60_usize, length in 0..60_usize) {
            let canonical = Canonical::of(&text);
            let range = canonical.original(&(from..from.saturating_add(length)));
            prop_assert!(text.get(range).is_some());
        }

        #[test]
        fn the_canonical_form_is_its_own(text in "[a-z算力 -]{0,24}") {
            let once = Canonical::of(&text).text.trim().to_owned();
            let twice = Canonical::of(&once).text.trim().to_owned();
            prop_assume!(!once.split(' ').any(|word| word.ends_with('s')));
            prop_assert_eq!(twice, once);
        }
    }
}
