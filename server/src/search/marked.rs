//! Text with what was met in it marked.

use corpus::document::Language;

use super::{Part, parts};

/// The language of text that nothing tells but its characters: Chinese where it has Han characters, else English.
pub(crate) fn language_by_script(text: &str) -> Language {
    let has_han = text.chars().any(|char| ('\u{4e00}'..='\u{9fff}').contains(&char));
    if has_han { Language::Zh } else { Language::En }
}

/// The language of a sentence of a document: by its characters, but an English one that names a thing in Chinese stays
/// English.
pub(crate) fn language_of_sentence(text: &str, document: Language) -> Language {
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let han = text.chars().filter(|char| ('\u{4e00}'..='\u{9fff}').contains(char)).count();
    if document == Language::En && latin > 4 * han { Language::En } else { language_by_script(text) }
}

/// Text with each occurrence of any needle marked, the longest first, ASCII case aside.
pub(crate) fn marked(text: &str, needles: &[String]) -> Vec<Part> {
    let mut needles: Vec<&str> = needles.iter().map(String::as_str).filter(|needle| !needle.is_empty()).collect();
    needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
    let mut met = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match needles.iter().find(|needle| starts_with(rest, needle) && begins_word(text, at, needle)) {
            Some(needle) => {
                met.push(at..at + needle.len());
                at += needle.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts(text, &met)
}

fn starts_with(text: &str, needle: &str) -> bool {
    text.get(..needle.len()).is_some_and(|start| start.eq_ignore_ascii_case(needle))
}

/// A Latin needle begins a word: "art" does not mark "smart".
fn begins_word(text: &str, at: usize, needle: &str) -> bool {
    let latin = |char: char| char.is_ascii_alphanumeric();
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !(needle.starts_with(latin) && before.is_some_and(latin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_marks(text: &str, needles: &[&str], expected: &str) {
        let needles: Vec<String> = needles.iter().map(|needle| (*needle).to_owned()).collect();
        let shown = marked(text, &needles).into_iter();
        let shown: String =
            shown.map(|part| if part.marked { format!("[{}]", part.text) } else { part.text }).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_english_sentence_may_name_a_thing_in_chinese() {
        let english = "Trusted devices (信创) shall be used in all ports.";
        assert_eq!(language_of_sentence(english, Language::En), Language::En);
        assert_eq!(language_of_sentence("各港口使用 AIS 设备。", Language::Zh), Language::Zh);
        assert_eq!(language_of_sentence("各港口使用 AIS 设备。", Language::En), Language::Zh);
    }

    #[test]
    fn marks_whole_words_in_any_case_and_the_longest_first() {
        check_marks("Smart art, ART.", &["art"], "Smart [art], [ART].");
        check_marks("数据要素市场", &["数据", "数据要素"], "[数据要素]市场");
        check_marks("no hit", &["", "数据"], "no hit");
        check_marks("", &["a"], "");
    }
}
