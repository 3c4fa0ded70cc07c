//! What stands in brackets, and what the pieces of it are: Chinese, English words, acronyms.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::text::is_han;
use regex::Regex;

use crate::facts::boundary;
use crate::pattern::pattern;

/// A bracket with more than so many characters is a remark.
const LONGEST: usize = 260;

const OPEN: [char; 5] = ['(', '（', '[', '［', '【'];
const CLOSE: [char; 5] = [')', '）', ']', '］', '】'];

/// A bracket: where its inside is, and where it opens.
#[derive(Clone, Debug)]
pub(super) struct Bracket {
    pub(super) open: usize,
    pub(super) inside: Range<usize>,
}

/// The outermost brackets, and the innermost ones of those that are too long to be a gloss.
pub(super) fn brackets(text: &str) -> Vec<Bracket> {
    let mut found: Vec<Bracket> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, char) in text.char_indices() {
        if OPEN.contains(&char) {
            open.push((at, at + char.len_utf8()));
        } else if CLOSE.contains(&char)
            && let Some((open, start)) = open.pop()
        {
            let short = text.get(start..at).is_some_and(|inside| inside.chars().count() <= LONGEST);
            if short {
                // What was inside it is part of it.
                found.retain(|inner| inner.open < open);
                found.push(Bracket { open, inside: start..at });
            }
        }
    }
    found
}

/// What a bracket holds, parted at commas and semicolons.
#[derive(Debug, Default)]
pub(super) struct Pieces<'a> {
    /// Pieces in Chinese.
    pub(super) chinese: Vec<&'a str>,
    /// Acronyms.
    pub(super) acronyms: Vec<&'a str>,
    /// Words in English.
    pub(super) phrases: Vec<&'a str>,
    /// For a Chinese piece, the English that the bracket says is the same: [aka the X, or Y].
    pub(super) aliases: Vec<(&'a str, &'a str)>,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(inside: &'a str) -> Self {
        let mut pieces = Self::default();
        let whole = quoted(inside);
        let parts = whole.map_or_else(|| split(inside), |whole| vec![whole]);
        for piece in parts {
            let (piece, remark) = piece.split_once('[').map_or((piece, ""), |(piece, remark)| (piece, remark));
            let piece = without_lead(piece);
            let title = piece.starts_with('《') && piece.ends_with('》');
            let piece = piece.trim_matches(['“', '”', '"', '‘', '’', '「', '」', '『', '』', '《', '》', ' ', '*']);
            let piece = without_transcription(piece);
            if is_chinese_term(piece, title) {
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
}

/// What a bracket holds where all of it is one English phrase in quotation marks, which may have commas.
fn quoted(inside: &str) -> Option<&str> {
    let inside = inside.trim();
    let phrase = inside.strip_prefix(['“', '"']).and_then(|rest| rest.strip_suffix(['”', '"']))?;
    let english = phrase.contains(',') && !phrase.chars().any(is_han);
    (english && !phrase.contains(['“', '”', '"', ';'])).then_some(phrase)
}

/// The pieces of a bracket; square brackets inside it are not parted.
fn split(inside: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, char) in inside.char_indices() {
        match char {
            '[' | '《' => depth += 1,
            ']' | '》' => depth = depth.saturating_sub(1),
            ';' | '；' | ',' | '，' | '、' | '|' if depth == 0 => {
                found.extend(inside.get(start..at));
                start = at + char.len_utf8();
            }
            _ => {}
        }
    }
    found.extend(inside.get(start..));
    found
}

/// A piece without the words that say which language or form it is in.
fn without_lead(piece: &str) -> &str {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?i:in chinese|chinese|mandarin|in english|english|in short|abbreviated(?: as)?|or)\s*[:：,]?\s+|(?i:chinese|english)\s*[:：]\s*|(?:中文|英文|英语|原文)(?:全称|名称|名|原文|简称|缩写|译名|译为)?(?:为|是)?\s*[:：]?\s*|(?:英文)?(?:以下|下)?(?:简称|缩写|缩略语|全称)(?:为|是)?\s*[:：]?\s*|即\s*|或\s*)",
        )
    });
    let piece = piece.trim();
    let end = LEAD.find(piece).map_or(0, |found| found.end());
    piece.get(end..).map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(piece)
}

/// The Chinese of a piece that also transcribes it: 智能体 zhinengti.
fn without_transcription(piece: &str) -> &str {
    static BEHIND: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^([\x{4e00}-\x{9fff}“”]+)[\s:：/–—-]+[\p{Latin}\p{M}’' -]+$"));
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[\p{Latin}\p{M}’' -]*[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü][\s:：/–—-]+([\x{4e00}-\x{9fff}]+)$")
    });
    let found = BEHIND.captures(piece).or_else(|| BEFORE.captures(piece));
    found.and_then(|captures| captures.get(1)).map_or(piece, |han| han.as_str())
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

/// Words in brackets that say of what form a document is, or that there is more elsewhere.
const REMARKS_ZH: &[&str] = &[
    "试行",
    "暂行",
    "草案",
    "征求意见稿",
    "送审稿",
    "报批稿",
    "修订",
    "修订稿",
    "修订版",
    "修正",
    "修正案",
    "节选",
    "摘要",
    "原文",
    "中文",
    "英文",
    "中文版",
    "英文版",
    "全文",
    "续",
    "略",
    "下同",
    "同上",
    "盖章",
    "签字",
    "公章",
    "翻译",
    "译注",
    "试点",
    "不含",
    "含",
    "代章",
    "节录",
];

fn is_chinese_term(piece: &str, title: bool) -> bool {
    let han = piece.chars().filter(|char| is_han(*char)).count();
    let other = piece.chars().filter(char::is_ascii_lowercase).count();
    let remark = piece.starts_with(['以', '详', '如', '含']) && han > 4
        || piece.starts_with('见') && piece.contains(['附', '表', '图', '第', '注', '上', '下', '前', '后', '《'])
        || REMARKS_ZH.contains(&piece);
    let sentence = piece.contains(['。', '：', ':', '！', '？']);
    let dated = piece.contains(['年', '月', '日', '号', '第', '版', '条', '页'])
        && piece.contains(|char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char))
        && han <= 8;
    let number = piece.chars().all(|char| "一二三四五六七八九十百千万亿元〇零".contains(char));
    let long = if title { 60 } else { 26 };
    let heading = !title && (piece.contains("关于") || piece.contains(char::is_whitespace) && han > 8);
    (1..=long).contains(&han) && other <= han && !(remark || sentence || dated || number || heading)
}

pub(super) fn is_acronym(piece: &str) -> bool {
    let letters = piece.chars().filter(char::is_ascii_alphabetic).count();
    let capitals = piece.chars().filter(char::is_ascii_uppercase).count();
    let sound = piece.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '&' | '-' | '.'));
    (2..=10).contains(&letters) && capitals * 2 > letters && sound && !is_unit(piece)
}

/// Units, currencies and codes of standards, which stand behind what they measure or name.
fn is_unit(piece: &str) -> bool {
    const UNITS: &[&str] = &[
        "MW", "GW", "KW", "TW", "KWH", "MWH", "GWH", "TWH", "KB", "MB", "GB", "TB", "PB", "EB", "ZB", "HZ", "KHZ",
        "MHZ", "GHZ", "MPA", "KPA", "PPM", "DB", "RMB", "CNY", "USD", "EUR", "HKD", "GBP", "JPY", "KM", "FLOPS",
        "TFLOPS", "PFLOPS", "EFLOPS", "TOPS", "QB", "YD", "SJ", "HJ", "DBM", "II", "III", "IV", "VI", "VII", "VIII",
        "IX", "XI", "XII", "NA", "TBD", "IDT", "MOD", "NEQ", "MV", "KV", "KM2", "ISBN", "ISSN", "DOI",
    ];
    UNITS.contains(&piece.to_ascii_uppercase().as_str())
}

/// An acronym that may stand for the Chinese before it by itself: letters alone.
pub(super) fn is_bare_acronym(piece: &str) -> bool {
    let capitals = piece.chars().filter(char::is_ascii_uppercase).count();
    let lower = piece.chars().filter(char::is_ascii_lowercase).count();
    capitals >= 2 && lower <= 2 && capitals + lower == piece.len() && piece.len() <= 8
}

/// Words with which a remark in English begins, not a rendering.
const REMARKS_EN: &[&str] = &[
    "see",
    "e.g",
    "e.g.",
    "i.e",
    "i.e.",
    "such",
    "including",
    "hereinafter",
    "hereafter",
    "formerly",
    "aka",
    "a.k.a.",
    "note",
    "for",
    "as",
    "about",
    "approximately",
    "approx",
    "note:",
    "excluding",
    "except",
    "pdf",
    "html",
    "trial",
    "draft",
    "interim",
    "revised",
    "provisional",
    "final",
    "translation",
    "translated",
    "original",
    "continued",
    "page",
    "pp",
    "vol",
    "no",
    "part",
    "section",
    "table",
    "figure",
    "fig",
    "chapter",
    "available",
    "accessed",
    "literally",
    "emphasis",
    "cf",
    "ibid",
    "http",
    "https",
    "www",
    "and",
    "or",
    "in",
    "by",
    "from",
    "with",
    "online",
    "not",
    "also",
    "both",
    "annex",
    "appendix",
    "version",
    "rev",
    "ed",
    "eds",
    "max",
    "min",
    "per",
    "unit",
];

pub(super) fn is_english_term(piece: &str) -> bool {
    let mut words = piece.split_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    let last = words.next_back().unwrap_or_default().to_ascii_lowercase();
    let count = piece.split_whitespace().count();
    let letters = piece.chars().filter(char::is_ascii_alphabetic).count();
    let number = piece.chars().filter(char::is_ascii_digit).count() * 3 > letters || piece.contains("://");
    let begins = piece.starts_with(|char: char| char.is_ascii_alphabetic());
    let remark = REMARKS_EN.contains(&first.as_str())
        || matches!(last.as_str(), "edition" | "version" | "draft" | "ed." | "below" | "above" | "only" | "omitted");
    // Pieces of a cell that was torn: PU E.
    let torn = count > 1 && piece.split_whitespace().all(|word| word.len() <= 2);
    // A committee's number, a code.
    let code = !piece.contains(|char: char| char.is_ascii_lowercase()) && piece.contains(['/', '.', '-']);
    let plain = piece.chars().all(|char| char.is_ascii() || matches!(char, '’' | '‘' | '–' | '“' | '”'));
    let remark = remark || is_unit(piece);
    (1..=12).contains(&count) && letters >= 3 && !number && begins && plain && !(remark || torn || code)
}

/// Whether Latin letters are the sounds of the Chinese, not its rendering: xinzhi shengchanli for 新质生产力.
pub(super) fn is_transcription(text: &str, zh: &str) -> bool {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|o|e|i|u|v)['’]?)+$",
        )
    });
    static SYLLABLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|o|e|i|u|v)",
        )
    });
    if text.chars().any(|char| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".contains(char)) {
        return true;
    }
    let lower = text.to_lowercase();
    if !lower.split([' ', '-']).all(|word| WORD.is_match(word)) {
        return false;
    }
    let syllables = SYLLABLE.find_iter(&lower).count();
    let han = zh.chars().filter(|char| is_han(*char)).count();
    // Short English words look like it too: data, media.
    if lower.split([' ', '-']).any(boundary::is_known) {
        return false;
    }
    let foreign = lower.split([' ', '-']).any(|word| word.starts_with(['x', 'q']) || word.contains("zh"));
    syllables.abs_diff(han) <= usize::from(han > 4) && (syllables >= 4 || foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transcriptions() {
        assert!(is_transcription("hupo shuiwei", "湖泊水位") && is_transcription("xīn zhì", "新质"));
        assert!(is_transcription("zhihu", "智湖"));
        assert!(!is_transcription("data", "数据") && !is_transcription("lake level", "湖泊水位"));
    }

    #[test]
    fn pieces_of_a_bracket() {
        let pieces = Pieces::of("MOL; 湖泊部; in Chinese: “湖部” [aka the Lake Office, or LO]");
        assert_eq!((pieces.chinese, pieces.acronyms), (vec!["湖泊部", "湖部"], vec!["MOL"]));
        assert_eq!(pieces.aliases, [("湖部", "Lake Office")]);
        let pieces = Pieces::of("湖长制 huzhangzhi");
        assert_eq!(pieces.chinese, ["湖长制"]);
        let pieces = Pieces::of("英文全称：Lake Power Level，缩写：LPL");
        assert_eq!((pieces.phrases, pieces.acronyms), (vec!["Lake Power Level"], vec!["LPL"]));
    }

    #[test]
    fn remarks() {
        for inside in
            ["2031年修订", "试行", "见附录A", "2031 Edition", "see Table 2", "MW", "100%", "三", "以下简称湖区"]
        {
            let pieces = Pieces::of(inside);
            assert!(pieces.phrases.is_empty() && pieces.acronyms.is_empty(), "{inside} {pieces:?}");
            assert!(pieces.chinese.is_empty() || inside.starts_with("以下"), "{inside}");
        }
    }
}
