//! Inline glosses: a term and its counterpart in brackets, in both directions.

use std::ops::Range;

use corpus::document::BlockKind;
use corpus::facts::{Definition, Gloss};

use super::{MOST, Text, add_once, boundary, tail};
use corpus::text::is_han;

/// A bracket with more than so many characters is a remark.
const LONGEST: usize = 260;

/// The glosses of a document, each pair once.
///
/// A defined term that is given in both languages glosses itself.
pub(super) fn glosses(text: &Text, definitions: &[Definition]) -> Vec<Gloss> {
    let mut found: Vec<Gloss> = Vec::new();
    for definition in definitions {
        if let (Some(zh), Some(en)) = (&definition.zh, &definition.en) {
            add_once(&mut found, Gloss { zh: zh.clone(), en: en.clone(), page: definition.page, ..Gloss::default() });
        }
    }
    for sentence in text.sentences {
        let table = text.blocks.get(sentence.block).is_some_and(|block| block.kind == BlockKind::TableRow);
        for (zh, en) in in_sentence(&sentence.text) {
            let known = found.iter().any(|gloss| gloss.zh == zh && gloss.en.eq_ignore_ascii_case(&en));
            let letter = table && zh.chars().count() < 2;
            if !(known || letter) && found.len() < MOST {
                found.push(Gloss { zh, en, page: sentence.page, ..Gloss::default() });
            }
        }
    }
    found
}

/// The pairs of one sentence, Chinese first.
fn in_sentence(sentence: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for bracket in brackets(sentence) {
        let (Some(left), Some(inside)) = (sentence.get(..bracket.start), sentence.get(bracket.clone())) else {
            continue;
        };
        let left = tail(left.get(..left.len().saturating_sub(opening_len(left))).unwrap_or_default(), 400);
        let pieces = Pieces::of(inside);
        let before = left.trim_end().chars().next_back();
        let english_before = before.is_some_and(|char| char.is_ascii_alphanumeric() || matches!(char, '”' | '"' | '’'));
        let chinese_before = before.is_some_and(|char| is_han(char) || matches!(char, '”' | '》' | '」'));
        if english_before && !pieces.chinese.is_empty() {
            of_english(left, &pieces, &mut found);
        } else if chinese_before && let Some(en) = pieces.phrase() {
            of_chinese(left, en, &mut found);
        }
    }
    found
}

fn opening_len(left: &str) -> usize {
    left.chars().next_back().map_or(0, char::len_utf8)
}

/// The insides of the outermost round brackets.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, char) in text.char_indices() {
        match char {
            '(' | '（' => open.push(at + char.len_utf8()),
            ')' | '）' => {
                if let (Some(start), true) = (open.pop(), open.is_empty()) {
                    found.push(start..at);
                }
            }
            _ => {}
        }
    }
    found.retain(|span| text.get(span.clone()).is_some_and(|inside| inside.chars().count() <= LONGEST));
    found
}

/// What a bracket holds, parted at commas and semicolons.
struct Pieces<'a> {
    /// Pieces in Chinese.
    chinese: Vec<&'a str>,
    /// Acronyms.
    acronyms: Vec<&'a str>,
    /// Words in English.
    phrases: Vec<&'a str>,
    /// For a Chinese piece, the English that the bracket says is the same: [aka the X, or Y].
    aliases: Vec<(&'a str, &'a str)>,
}

impl<'a> Pieces<'a> {
    fn of(inside: &'a str) -> Self {
        let mut pieces = Self { chinese: Vec::new(), acronyms: Vec::new(), phrases: Vec::new(), aliases: Vec::new() };
        for piece in split(inside) {
            let (piece, remark) = piece.split_once('[').map_or((piece, ""), |(piece, remark)| (piece, remark));
            let piece = piece.trim().trim_matches(['“', '”', '"', '‘', '’', '《', '》']).trim();
            let piece = piece.strip_prefix("in Chinese").map_or(piece, |rest| rest.trim_start_matches([':', ' ', ',']));
            if is_chinese_term(piece) {
                pieces.chinese.push(piece);
                pieces.aliases.extend(alias(remark).map(|name| (piece, name)));
            } else if is_acronym(piece) {
                pieces.acronyms.push(piece);
            } else if is_english_term(piece) {
                pieces.phrases.push(piece);
            }
        }
        pieces
    }

    /// The English that a bracket behind Chinese glosses with; an acronym alone is an abbreviation, not a gloss.
    fn phrase(&self) -> Option<&'a str> {
        self.phrases.first().copied().filter(|_| self.chinese.is_empty() && self.phrases.len() <= 2)
    }
}

/// The pieces of a bracket; square brackets inside it are not parted.
fn split(inside: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, char) in inside.char_indices() {
        match char {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ';' | '；' | ',' | '，' | '、' if depth == 0 => {
                found.extend(inside.get(start..at));
                start = at + char.len_utf8();
            }
            _ => {}
        }
    }
    found.extend(inside.get(start..));
    found
}

/// also known as the X, or Y
fn alias(remark: &str) -> Option<&str> {
    let rest = ["aka", "a.k.a.", "also known as", "also called", "i.e."]
        .iter()
        .find_map(|word| remark.trim().strip_prefix(word))?;
    let name = rest.split([',', ';', ']']).next()?.trim();
    let name = name.strip_prefix("the ").unwrap_or(name);
    (name.chars().filter(char::is_ascii_alphabetic).count() >= 2).then_some(name)
}

fn is_chinese_term(piece: &str) -> bool {
    let han = piece.chars().filter(|char| is_han(*char)).count();
    let other = piece.chars().filter(char::is_ascii_lowercase).count();
    let sentence = piece.contains(['。', '：', ':']) || piece.starts_with(['见', '以', '详', '如']) && han > 6;
    let title = piece.contains("关于") || piece.contains(char::is_whitespace) && han > 8;
    (1..=26).contains(&han) && other <= han && !sentence && !title
}

fn is_acronym(piece: &str) -> bool {
    let letters = piece.chars().filter(char::is_ascii_alphabetic).count();
    let capitals = piece.chars().filter(char::is_ascii_uppercase).count();
    (2..=10).contains(&letters) && capitals * 2 > letters && !piece.contains(' ')
}

fn is_english_term(piece: &str) -> bool {
    let words = piece.split_whitespace().count();
    let letters = piece.chars().filter(char::is_ascii_alphabetic).count();
    let number = piece.chars().filter(char::is_ascii_digit).count() * 3 > letters || piece.contains("://");
    let begins = piece.starts_with(|char: char| char.is_ascii_alphabetic());
    (1..=12).contains(&words) && letters >= 3 && !number && begins && piece.is_ascii()
}

/// An English term before its Chinese. The longest Chinese is the full name, a shorter one goes with the acronym.
fn of_english(left: &str, pieces: &Pieces, found: &mut Vec<(String, String)>) {
    let mut by_length = pieces.chinese.clone();
    by_length.sort_by_key(|piece| std::cmp::Reverse(piece.chars().count()));
    let Some(full) = by_length.first() else { return };
    let Some(term) = boundary::english_term(left, full).and_then(|span| left.get(span)) else { return };
    add_once(found, ((*full).to_owned(), term.to_owned()));
    for (zh, en) in &pieces.aliases {
        add_once(found, ((*zh).to_owned(), (*en).to_owned()));
    }
    if let ([acronym], [_, short]) = (pieces.acronyms.as_slice(), by_length.as_slice()) {
        add_once(found, ((*short).to_owned(), (*acronym).to_owned()));
    }
}

fn of_chinese(left: &str, en: &str, found: &mut Vec<(String, String)>) {
    if let Some(zh) = boundary::chinese_term(left, en).and_then(|span| left.get(span)) {
        add_once(found, (zh.to_owned(), en.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::in_sentence;

    #[track_caller]
    fn check(sentence: &str, wanted: &[(&str, &str)]) {
        let found = in_sentence(sentence);
        let found: Vec<(&str, &str)> = found.iter().map(|(zh, en)| (zh.as_str(), en.as_str())).collect();
        assert_eq!(found, wanted, "{sentence}");
    }

    #[test]
    fn english_with_chinese_in_brackets() {
        check(
            "It speeds up lake digitalization (湖泊数字化) and reed farming (芦苇种植).",
            &[("湖泊数字化", "lake digitalization"), ("芦苇种植", "reed farming")],
        );
        check("the Ministry of Lakes (MOL; 湖泊部; 湖部)", &[("湖泊部", "Ministry of Lakes"), ("湖部", "MOL")]);
        check(
            "the Office of the Lake Commission (湖泊委员会办公室; 湖泊办 [aka the Lake Administration, or LA])",
            &[("湖泊委员会办公室", "Office of the Lake Commission"), ("湖泊办", "Lake Administration")],
        );
    }

    #[test]
    fn chinese_with_english_in_brackets() {
        check("加快建设湖泊孪生（Lake Twin，LT）平台", &[("湖泊孪生", "Lake Twin")]);
        check("水位（WL）和水质（见表2）", &[]);
    }
}
