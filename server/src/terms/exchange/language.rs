//! Which language a designation is plainly in: a file's columns and tags are believed unless its text says otherwise.

use corpus::document::Language;
use corpus::text::is_han;

/// The language that a designation is plainly in; `None` for what may stand in either, such as GDP, 5G or CO₂.
///
/// [`Language::Other`] is what is written in letters of neither, such as kana.
pub(super) fn plainly(text: &str) -> Option<Language> {
    let letters = Letters::of(text);
    if letters.other > 0 && letters.other * 4 >= letters.han + letters.latin {
        return Some(Language::Other);
    }
    match (letters.han, letters.latin) {
        (0, 0) => None,
        (0, _) if text.split_whitespace().all(is_code) => None,
        (0, _) => Some(Language::En),
        // An English designation may hold a Chinese name in brackets; a Chinese one may hold an English one.
        (han, latin) if latin > han * 4 && lower_case_words(text) >= 2 => Some(Language::En),
        _ => Some(Language::Zh),
    }
}

/// How many letters of each kind there are.
#[derive(Default)]
struct Letters {
    han: usize,
    latin: usize,
    other: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        for char in text.chars() {
            match char {
                _ if is_han(char) => letters.han += 1,
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => letters.latin += 1,
                // Greek letters are symbols in both languages.
                '\u{400}'..='\u{52f}'
                | '\u{590}'..='\u{6ff}'
                | '\u{e00}'..='\u{e7f}'
                | '\u{3041}'..='\u{30ff}'
                | '\u{ac00}'..='\u{d7a3}' => letters.other += 1,
                _ => {}
            }
        }
        letters
    }
}

/// A word such as GDP, mRNA, 5G or a formula, which Chinese texts use as it is.
fn is_code(word: &str) -> bool {
    let has_digit = word.chars().any(char::is_numeric);
    let has_late_capital = word.chars().skip(1).any(char::is_uppercase);
    has_digit || has_late_capital || word.chars().filter(|char| char.is_alphabetic()).count() <= 1
}

fn lower_case_words(text: &str) -> usize {
    let words = text.split(|char: char| !char.is_ascii_alphabetic());
    words.filter(|word| word.len() > 1 && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Language>) {
        assert_eq!(plainly(text), expected, "{text}");
    }

    #[test]
    fn a_designation_is_in_the_language_of_its_letters() {
        for text in ["潮汐发电", "pH值", "Wi-Fi热点", "OLED显示屏", "維管束", "COVID-19疫苗", "卡拉OK"]
        {
            check(text, Some(Language::Zh));
        }
        for text in ["tidal power", "Tides", "bond with the root stock (砧木)", "naïve estimate", "Internet"] {
            check(text, Some(Language::En));
        }
    }

    #[test]
    fn codes_and_symbols_may_stand_in_either() {
        for text in ["GDP", "5G", "mRNA", "CO₂", "β", "12 %", "Wi-Fi 6", "iPhone", "", "——"] {
            check(text, None);
        }
    }

    #[test]
    fn other_languages_are_neither() {
        for text in ["コンピューター", "リサイクル法", "반도체", "полупроводник"] {
            check(text, Some(Language::Other));
        }
    }
}
