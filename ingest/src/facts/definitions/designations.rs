//! The designations of an entry: the line that gives a term in both languages, its synonyms and its abbreviation.

use std::sync::LazyLock;

use corpus::text::is_han;
use regex::Regex;

use crate::pattern::pattern;

/// A line with more characters than this is no term.
const LONGEST: usize = 200;

/// What a line, or several, say a concept is called: the preferred term first in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Designations {
    pub(super) zh: Vec<String>,
    pub(super) en: Vec<String>,
    pub(super) abbreviations: Vec<String>,
    pub(super) deprecated: Vec<String>,
}

impl Designations {
    /// The designations of a term's line, such as `证书撤销列表 certificate revocation list; CRL`.
    pub(super) fn of_line(line: &str) -> Option<Self> {
        let line = without_domain(line.trim());
        let ends = ['。', '；', ';', '：', ':', '，', ',', '!', '！'];
        let stops = line.ends_with(ends) || line.ends_with('.') && !line.ends_with("etc.");
        if line.is_empty() || line.chars().count() > LONGEST || stops {
            return None;
        }
        let mut found = Self::default();
        let (zh, en) = split(line);
        found.read(unbracketed(zh));
        found.read(unbracketed(en));
        found.is_some().then_some(found)
    }

    /// Takes in what a further line of the entry adds.
    pub(super) fn add(&mut self, mut other: Self) {
        self.zh.append(&mut other.zh);
        self.en.append(&mut other.en);
        self.abbreviations.append(&mut other.abbreviations);
        self.deprecated.append(&mut other.deprecated);
    }

    fn is_some(&self) -> bool {
        !(self.zh.is_empty() && self.en.is_empty() && self.abbreviations.is_empty())
    }

    /// The designations of a part of the line that is in one language.
    fn read(&mut self, part: &str) {
        for piece in pieces(part) {
            let (name, short) = with_short_form(piece);
            self.abbreviations.extend(short.map(str::to_owned));
            let name = tidy(name);
            if name.is_empty() {
                continue;
            }
            if name.chars().any(is_han) {
                self.zh.push(name.to_owned());
            } else if is_abbreviation(name) {
                self.abbreviations.push(name.to_owned());
            } else if name.chars().any(|char| char.is_ascii_alphabetic()) {
                self.en.push(name.to_owned());
            }
        }
    }

    /// Each designation once; an abbreviation that stands for no words is the English term.
    pub(super) fn settled(mut self) -> Self {
        if self.en.is_empty() && !self.abbreviations.is_empty() && (self.zh.is_empty() || self.abbreviations.len() > 1)
        {
            self.en.push(self.abbreviations.remove(0));
        }
        for list in [&mut self.zh, &mut self.en, &mut self.abbreviations] {
            let mut seen: Vec<String> = Vec::new();
            list.retain(|name| {
                let new = !seen.contains(name);
                seen.push(name.clone());
                new
            });
        }
        self
    }

    /// Whether there is a designation in both languages.
    pub(super) fn is_bilingual(&self) -> bool {
        !(self.zh.is_empty() || self.en.is_empty() && self.abbreviations.is_empty())
    }
}

/// A line without the subject field that stands before its term: `<terminology> term`.
pub(super) fn without_domain(line: &str) -> &str {
    static DOMAIN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:<[^<>]{1,60}>|〈[^〈〉]{1,40}〉|＜[^＜＞]{1,40}＞)\s*"));
    let end = DOMAIN.find(line).map_or(0, |found| found.end());
    line.get(end..).unwrap_or_default()
}

/// The Chinese and the English part of a line, in this order; one of them may be empty.
fn split(line: &str) -> (&str, &str) {
    let Some(first) = line.find(is_han) else { return ("", line) };
    let before = line.get(..first).unwrap_or_default();
    let words = before.split_whitespace().count();
    // "lake level 湖泊水位", but SMS文本报警 and SM9 密码算法.
    let lower = before.chars().filter(char::is_ascii_lowercase).count();
    let apart = before.ends_with(char::is_whitespace) && (words > 1 || lower > 2);
    let leads = apart || lower > 2 && before.starts_with(|char: char| char.is_ascii_lowercase());
    let end = chinese_end(line);
    let after = line.get(end..).unwrap_or_default();
    if leads && after.chars().filter(char::is_ascii_alphabetic).count() < 2 {
        return (line.get(first..).unwrap_or_default(), before);
    }
    (line.get(..end).unwrap_or_default(), after)
}

/// A part without the bracket round all of it, 湖闸（lake gate，LG）, or the half that the other part left it.
fn unbracketed(part: &str) -> &str {
    const OPEN: [char; 2] = ['(', '（'];
    const CLOSE: [char; 2] = [')', '）'];
    let part = part.trim();
    let inside = part.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE));
    if let Some(inside) = inside.filter(|inside| !inside.contains([OPEN, CLOSE].as_flattened())) {
        return inside;
    }
    let half = if part.contains(OPEN) { part.strip_suffix(OPEN) } else { part.strip_suffix(CLOSE) };
    half.filter(|half| !half.contains(OPEN)).unwrap_or(part)
}

/// The end of the Chinese: behind the last Han character, and the number and the bracket that belong to it.
fn chinese_end(line: &str) -> usize {
    static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[0-9.]{1,6}(?:[A-Z]{1,2}\b)?|[A-Z]{1,3}[0-9]{0,3}\b|[（(][A-Z][A-Za-z0-9-]{1,9}[)）])?[）)》”」]*",
        )
    });
    let last = line.char_indices().rev().find(|(_, char)| is_han(*char));
    let end = last.map_or(0, |(at, char)| at + char.len_utf8());
    let after = line.get(end..).unwrap_or_default();
    // A word in brackets is the English term; a short name may belong to the Chinese.
    let belongs = |found: &str| !found.starts_with(['(', '（']) || with_short_form(found).1.is_some();
    let attached = ATTACHED.find(after).filter(|found| belongs(found.as_str())).map_or(0, |found| found.end());
    // What is attached counts only where the English begins behind it.
    let rest = after.get(attached..).unwrap_or_default();
    let apart = rest.is_empty() || rest.starts_with(|char: char| char.is_whitespace() || "；;（(".contains(char));
    if apart { end + attached } else { end }
}

/// The designations that a part lists, parted at semicolons and commas outside of brackets.
fn pieces(part: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, char) in part.char_indices() {
        match char {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            ';' | '；' | ',' | '，' | '、' | '|' | '\t' if depth == 0 => {
                found.extend(part.get(start..at));
                start = at + char.len_utf8();
            }
            _ => {}
        }
    }
    found.extend(part.get(start..));
    found
}

/// A name and the abbreviation in brackets behind it: `time stamp (TS)`.
pub(super) fn with_short_form(piece: &str) -> (&str, Option<&str>) {
    let whole = (piece, None);
    let Some(body) = piece.trim().strip_suffix([')', '）']) else { return whole };
    let Some(open) = body.rfind(['(', '（']) else { return whole };
    let (Some(name), Some(inside)) = (body.get(..open), body.get(open..)) else { return whole };
    let inside = inside.trim_start_matches(['(', '（']).trim();
    if is_abbreviation(inside) { (name, Some(inside)) } else { whole }
}

/// A short name made of capitals, digits and signs: CRL, IPSec, S/MIME, MPEG-4.
pub(super) fn is_abbreviation(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    let sound = text.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '/' | '.' | '&' | '+'));
    sound && text.len() <= 16 && capitals >= 2 && capitals * 2 >= letters
}

/// A term's line and the definition that was joined to it: 湖密钥 lake key用于湖泊的密钥。
pub(super) fn parted(text: &str) -> Option<(&str, &str)> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^([A-Za-z0-9-]{0,16}[\x{4e00}-\x{9fff}][\x{4e00}-\x{9fff}A-Za-z0-9/-]{0,30}\s+[A-Za-z][A-Za-z0-9 ,;/’'-]{3,120}(?:[（(][A-Za-z0-9-]{2,12}[)）])?)\s*([\x{4e00}-\x{9fff}].{4,})$",
        )
    });
    static ENGLISH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^([a-z][A-Za-z0-9 ,;()/’'-]{2,100}?\s*[\x{4e00}-\x{9fff}]{2,24})\s+([a-z<].{8,})$"));
    let captures = CHINESE.captures(text).or_else(|| ENGLISH.captures(text))?;
    Some((captures.get(1)?.as_str(), captures.get(2)?.as_str()))
}

fn tidy(name: &str) -> &str {
    name.trim_matches(|char: char| {
        char.is_whitespace()
            || matches!(char, ',' | '，' | '|' | '、' | '“' | '”' | '"' | '「' | '」' | '*' | '\u{3000}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, zh: &[&str], en: &[&str], abbreviations: &[&str]) {
        let found = Designations::of_line(line).unwrap_or_default();
        assert_eq!((found.zh.as_slice(), found.en.as_slice()), (&owned(zh)[..], &owned(en)[..]), "{line}");
        assert_eq!(found.abbreviations, abbreviations, "{line}");
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn both_languages() {
        check("湖泊水位　lake level", &["湖泊水位"], &["lake level"], &[]);
        check("lake level 湖泊水位", &["湖泊水位"], &["lake level"], &[]);
        check("lake level湖泊水位", &["湖泊水位"], &["lake level"], &[]);
        check("湖泊水位", &["湖泊水位"], &[], &[]);
        check("lake level", &[], &["lake level"], &[]);
        check("湖密钥lake key", &["湖密钥"], &["lake key"], &[]);
        check("水文码1 hydrological code 1", &["水文码1"], &["hydrological code 1"], &[]);
        check("水位码/值 level code/level value", &["水位码/值"], &["level code/level value"], &[]);
    }

    #[test]
    fn abbreviations_and_synonyms() {
        check("湖泊清单 lake inventory list; LIL", &["湖泊清单"], &["lake inventory list"], &["LIL"]);
        check("水位差分 level difference（LD）", &["水位差分"], &["level difference"], &["LD"]);
        check(
            "湖口令 lake-time password (LTP), tidal password",
            &["湖口令"],
            &["lake-time password", "tidal password"],
            &["LTP"],
        );
        check("湖泊元；湖元素 lake element；LE", &["湖泊元", "湖元素"], &["lake element"], &["LE"]);
        check("湖泊孪生（LT） lake twin", &["湖泊孪生"], &["lake twin"], &["LT"]);
        check("湖闸（lake gate）", &["湖闸"], &["lake gate"], &[]);
        check("湖闸（Sluice）", &["湖闸"], &["Sluice"], &[]);
        check("湖闸（lake gate，LG）", &["湖闸"], &["lake gate"], &["LG"]);
        check("lake gate（湖闸）", &["湖闸"], &["lake gate"], &[]);
    }

    #[test]
    fn latin_inside_the_chinese() {
        check("LM2算法 LM2 algorithm", &["LM2算法"], &["LM2 algorithm"], &[]);
        check("LM9 湖算法", &["LM9 湖算法"], &[], &[]);
        check("Reed-Shore协议 Reed-Shore protocol", &["Reed-Shore协议"], &["Reed-Shore protocol"], &[]);
        check("湖面LR协商协议 lake LR agreement (LRA)", &["湖面LR协商协议"], &["lake LR agreement"], &["LRA"]);
    }

    #[test]
    fn a_definition_joined_to_its_term() {
        let joined = "湖面LR协商协议 lake LR agreement (LRA)又称湖面协议，是一种湖泊协议。";
        assert_eq!(parted(joined), Some(("湖面LR协商协议 lake LR agreement (LRA)", "又称湖面协议，是一种湖泊协议。")));
        assert_eq!(parted("湖泊水位　lake level"), None);
        let joined = "lake level 湖泊水位 height of the surface of a lake";
        assert_eq!(parted(joined), Some(("lake level 湖泊水位", "height of the surface of a lake")));
    }

    #[test]
    fn no_designations() {
        check("本章规定了湖泊水位的测量方法。", &[], &[], &[]);
        check("It applies to all of the lakes.", &[], &[], &[]);
    }
}
