//! Which language a text is in, and which characters Chinese is written in.

mod script;
mod split;

pub use script::script;
pub(crate) use split::split;

use corpus::document::Language;
use corpus::text::is_han;
use whatlang::Lang;

/// Letters below which trigram statistics say nothing, and Latin letters are taken for English.
const ENOUGH_LETTERS: usize = 40;

/// How many letters of each script a text has.
#[derive(Default)]
struct Scripts {
    han: usize,
    kana: usize,
    latin: usize,
    accented: usize,
    other: usize,
}

/// The language of a text: Chinese or English where it has more words of it than of the other.
///
/// Short strings count too: a single Han character is Chinese, a single Latin word English. A text without letters is
/// [`Language::Other`].
pub fn detect(text: &str) -> Language {
    let scripts = Scripts::of(text);
    // A Chinese word is about two characters, an English one about five letters.
    let (zh, en) = (scripts.han * 5, scripts.latin * 2);
    let letters = scripts.han + scripts.kana + scripts.latin + scripts.other;
    if letters == 0 || scripts.other * 2 > letters || scripts.kana * 10 > scripts.han.max(1) && scripts.kana > 1 {
        return Language::Other;
    }
    if zh >= en {
        return Language::Zh;
    }
    if is_english(text, &scripts) { Language::En } else { Language::Other }
}

/// The language of a part of a text; of a part that does not tell, that of the whole.
pub fn detect_or(part: &str, whole: Language) -> Language {
    match detect(part) {
        Language::Other => whole,
        own => own,
    }
}

fn is_english(text: &str, scripts: &Scripts) -> bool {
    if scripts.latin < ENOUGH_LETTERS {
        return scripts.accented * 8 < scripts.latin;
    }
    let latin: String = text.chars().filter(|char| !is_han(*char)).take(4000).collect();
    match whatlang::detect(&latin) {
        Some(info) if info.lang() != Lang::Eng => !info.is_reliable() && scripts.accented * 30 < scripts.latin,
        _ => true,
    }
}

impl Scripts {
    fn of(text: &str) -> Self {
        let mut found = Self::default();
        for char in text.chars() {
            match char {
                'a'..='z' | 'A'..='Z' => found.latin += 1,
                '\u{3040}'..='\u{30ff}' => found.kana += 1,
                _ if is_han(char) => found.han += 1,
                '\u{c0}'..='\u{24f}' if char.is_alphabetic() => {
                    found.latin += 1;
                    found.accented += 1;
                }
                // Full-width Latin stands in Chinese text and says nothing.
                '\u{ff00}'..='\u{ffef}' => {}
                _ if char.is_alphabetic() => found.other += 1,
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, detect};

    #[track_caller]
    fn check(text: &str, wanted: Language) {
        assert_eq!(detect(text), wanted, "{text}");
    }

    #[test]
    fn chinese_and_english_are_told_apart_in_short_and_mixed_text() {
        check("标准", Language::Zh);
        check("算力规模超过300 EFLOPS", Language::Zh);
        check("compute", Language::En);
        check("embodied intelligence (具身智能) pilots", Language::En);
        check("按照GB/T 1.1—2020起草", Language::Zh);
    }

    #[test]
    fn headings_in_capitals_and_lists_of_names_are_english() {
        for text in [
            "STRENGTHENING ARTIFICIAL INTELLIGENCE GOVERNANCE AND RESEARCH SECURITY",
            "EXECUTIVE SUMMARY",
            "I. GENERAL REQUIREMENTS",
            "Annex A (informative) Relation of monitoring terms",
            "Ministry of Industry and Information Technology, Ministry of Education, Ministry of Commerce",
            "ISO/IEC JTC 1/SC 42 Artificial intelligence — Concepts and terminology",
            "Beijing, Tianjin, Hebei, Shanxi, Liaoning, Jilin, Heilongjiang, Jiangsu, Zhejiang, Anhui",
            "Xinhua, Wang Xiaoming and Li Hong report from Hangzhou, Zhejiang",
        ] {
            check(text, Language::En);
        }
    }

    #[test]
    fn neighbours_of_english_are_not_english() {
        for text in [
            "Die Überwachung der Seen wird durch die Länder nach einheitlichen Verfahren durchgeführt.",
            "La vigilancia de los lagos se realiza cada mes y los resultados se publican en el boletín oficial.",
            "Il monitoraggio dei laghi viene effettuato ogni mese dalle regioni secondo metodi uniformi.",
            "Het meetnet voor de meren wordt door de provincies beheerd en jaarlijks uitgebreid.",
            "호수 감시에 관한 국가표준",
            "湖の水質を毎月調べるための標準を定める。",
            "48.5 | 51.2 | 63.0 | 1 204",
        ] {
            check(text, Language::Other);
        }
    }

    #[test]
    fn traditional_chinese_is_chinese() {
        check("各級湖泊監測機構應當按照國家標準開展採樣", Language::Zh);
        check("《關於推進湖泊監測的意見》（2031年）", Language::Zh);
    }

    #[test]
    fn other_languages_and_no_language_are_neither() {
        check("12 345.6", Language::Other);
        check("", Language::Other);
        check("データの流通に関する用語", Language::Other);
        check("Стандартизация в области искусственного интеллекта", Language::Other);
        check(
            "La normalisation est un levier essentiel pour le développement de l'intelligence artificielle.",
            Language::Other,
        );
    }
}
