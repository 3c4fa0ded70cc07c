//! The mark that a heading, an article or a list item begins with: 一、 （一） 1. 3.1.1 I. (1) 第一条 附录A.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;

/// What kind of mark a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// 第一章, Chapter 1, Part II
    Chapter,
    /// 第一节, Section 1
    Section,
    /// 第一条, Article 1
    Article,
    /// 一、
    HanComma,
    /// （一）
    HanBracket,
    /// 1. and 1、
    Arabic,
    /// (I) and (iv)
    RomanBracket,
    /// (1) and （1）
    ArabicBracket,
    /// I.
    Roman,
    /// 3.1 and 3.1.1, with the number of its parts
    Clause(u8),
    /// A number, a space and a word, as the chapters of a standard have it: 1 范围
    BareNumber,
    /// 附录A, 附件1, Annex A, Appendix 1
    Annex,
    /// 前言, 引言, 目次, 参考文献, Foreword and their like, which stand alone
    Named,
    /// A. before a heading
    Capital,
    /// a) and a.
    Letter,
    /// • and its like
    Bullet,
}

/// A mark and how many bytes it has, white space behind it included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) kind: MarkKind,
    pub(crate) len: usize,
}

impl MarkKind {
    /// Whether such a mark counts chapters, sections, articles or annexes by name.
    pub(crate) fn is_worded(self) -> bool {
        matches!(self, Self::Chapter | Self::Section | Self::Article | Self::Annex)
    }
}

const NUMERAL: &str = "[一二三四五六七八九十百零〇]{1,5}";

static PATTERNS: LazyLock<Vec<(MarkKind, Regex)>> = LazyLock::new(|| {
    let named = "(?:目\\s*[次录錄]|前\\s*言|引\\s*言|[参參]\\s*考\\s*文\\s*[献獻]|索\\s*引|附\\s*[则則]|摘\\s*要\
        |(?i:foreword|introduction|contents|table of contents|bibliography|references|index|abstract|preface|\
        executive summary))";
    let table: Vec<(MarkKind, String)> = vec![
        (MarkKind::Chapter, format!(r"^第\s*(?:{NUMERAL}|\d{{1,3}})\s*[章编編篇部]\s*")),
        (MarkKind::Chapter, r"^(?:Chapter|CHAPTER|Part|PART) (?:\d{1,3}|[IVXL]{1,6})\b[.:：]?\s*".to_owned()),
        (MarkKind::Section, format!(r"^第\s*(?:{NUMERAL}|\d{{1,3}})\s*[节節]\s*")),
        (MarkKind::Section, r"^(?:Section|SECTION) (?:\d{1,3}|[IVXL]{1,6})\b[.:：]?\s*".to_owned()),
        (MarkKind::Article, format!(r"^第\s*(?:{NUMERAL}|\d{{1,3}})\s*[条條]\s*")),
        (MarkKind::Article, r"^(?:Article|ARTICLE) \d{1,3}\b[.:：]?\s*".to_owned()),
        (
            MarkKind::Annex,
            r"^附\s*[录錄件表]\s*(?:[A-Z]|\d{1,2}|[一二三四五六七八九十]{1,3})?(?:[.:：、\s]+|$|[（(])".to_owned(),
        ),
        (
            MarkKind::Annex,
            r"^(?:Annex|ANNEX|Appendix|APPENDIX|Attachment|Enclosure)(?: (?:[A-Z]|\d{1,2}|[IVX]{1,4}))?(?:[.:：\s]+|$)"
                .to_owned(),
        ),
        (MarkKind::Named, format!("^{named}$")),
        (MarkKind::HanComma, format!("^{NUMERAL}[、．]\\s*")),
        (MarkKind::HanBracket, format!("^[（(]{NUMERAL}[)）]\\s*")),
        (MarkKind::RomanBracket, r"^[（(](?:[IVX]{1,5}|[ivx]{1,5})[)）]\s*".to_owned()),
        (MarkKind::ArabicBracket, r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[)）])\s*".to_owned()),
        (MarkKind::Clause(4), r"^\d{1,2}(?:\.\d{1,3}){3}(?:\s+|$|[^\d.\s])".to_owned()),
        (MarkKind::Clause(3), r"^(?:[A-Z]|\d{1,2})(?:\.\d{1,3}){2}(?:\s+|$|[^\d.\s])".to_owned()),
        (MarkKind::Clause(2), r"^(?:[A-Z]|\d{1,2})\.\d{1,3}(?:\s*$|\s*[\x{4e00}-\x{9fff}“]|\s+[A-Z])".to_owned()),
        (MarkKind::Arabic, r"^\d{1,3}(?:[.．](?:\s+|$|[^\d\s])|[、])\s*".to_owned()),
        (MarkKind::Roman, r"^(?:[IVX]{1,5}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[.、．]\s*".to_owned()),
        (MarkKind::Letter, r"^(?:[a-z][)）]|[a-z]\.\s|[（(][a-z][)）])\s*".to_owned()),
        (MarkKind::Bullet, r"^(?:[•●○◦▪■□◆◇➢✓·‣∙]|[-–—*+](?:\s))\s*".to_owned()),
        (MarkKind::BareNumber, r"^\d{1,2}[ \x{3000}]+[\x{4e00}-\x{9fff}A-Z]".to_owned()),
    ];
    table.into_iter().map(|(kind, source)| (kind, pattern(&source))).collect()
});

/// The mark that a text begins with.
pub(crate) fn mark(text: &str) -> Option<Mark> {
    PATTERNS.iter().find_map(|(kind, regex)| {
        let found = regex.find(text)?;
        Some(Mark { kind: *kind, len: mark_len(text, *kind, found.end()) })
    })
}

/// The mark that a heading begins with: besides those of [`mark`], some that in running text would more often be an
/// initial or a reference, and so say nothing about where a paragraph begins.
pub(crate) fn heading_mark(text: &str) -> Option<Mark> {
    static MORE: LazyLock<Vec<(MarkKind, Regex)>> = LazyLock::new(|| {
        let table = [
            (
                MarkKind::Chapter,
                r"^(?:Title|TITLE|Book|BOOK|Division|DIVISION|Subchapter|SUBCHAPTER|Volume|VOLUME) (?:\d{1,3}|[IVXL]{1,6}|[A-Z])\b[.:：—–-]?\s*",
            ),
            (MarkKind::Section, r"^(?:Sec\.|SEC\.|Section|SECTION|§{1,2}) ?\d{1,5}[A-Z]?\b[.:：]?\s*"),
            (MarkKind::Clause(5), r"^\d{1,2}(?:\.\d{1,3}){4}\.?(?:\s+|$)"),
            (MarkKind::Clause(4), r"^(?:[A-Z]|\d{1,2})(?:\.\d{1,3}){3}\.?(?:\s+|$)"),
            (MarkKind::Clause(3), r"^(?:[A-Z]|\d{1,2})(?:\.\d{1,3}){2}\.?(?:\s+|$)"),
            (MarkKind::Clause(2), r"^(?:[A-Z]|\d{1,2})\.\d{1,3}\.?\s+"),
            (MarkKind::BareNumber, r"^\d{1,2}\s*[|｜]\s*"),
            (MarkKind::Roman, r"^[IVX]{2,5}[.:]\s+"),
            (MarkKind::Capital, r"^[A-Z]\.\s+"),
        ];
        table.into_iter().map(|(kind, source)| (kind, pattern(source))).collect()
    });
    if let Some(len) = lost_space(text) {
        return Some(Mark { kind: MarkKind::BareNumber, len });
    }
    let more =
        || MORE.iter().find_map(|(kind, regex)| regex.find(text).map(|found| Mark { kind: *kind, len: found.end() }));
    match mark(text) {
        Some(found) if found.kind != MarkKind::Arabic => Some(found),
        arabic => more().or(arabic),
    }
}

/// The bytes of the number before the title of a clause that every standard has, where the space behind it was lost.
fn lost_space(text: &str) -> Option<usize> {
    static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(\d{1,2})(?:范围|规范性引用文件|引用文件|术语和定义|术语、定义|符号|缩略语|总则|概述|总体要求|基本要求|技术要求|一般要求|试验方法|检验规则)",
        )
    });
    Some(CLAUSE.captures(text)?.get(1)?.end())
}

/// The number of a mark: 3 of 第三章, IV. gives 4, B. gives 2, 3.1.2 gives 3.
pub(crate) fn ordinal(mark: &str) -> Option<u32> {
    let bare = mark.trim().trim_matches(|char: char| !char.is_alphanumeric());
    let digits: String =
        bare.chars().skip_while(|char| !char.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return digits.parse().ok();
    }
    let han: String = bare.chars().filter(|char| "一二三四五六七八九十百零〇".contains(*char)).collect();
    if !han.is_empty() {
        return crate::numerals::chinese(&han).and_then(|number| u32::try_from(number).ok());
    }
    let last = bare.split_whitespace().next_back()?;
    roman(last).or_else(|| letter(last))
}

fn letter(text: &str) -> Option<u32> {
    let mut chars = text.chars().rev();
    let last = chars.next().filter(char::is_ascii_alphabetic)?;
    chars.next().is_none_or(|before| !before.is_ascii_alphabetic()).then(|| u32::from(last.to_ascii_lowercase()) - 96)
}

/// The value of a Roman numeral up to 89, in either case.
fn roman(text: &str) -> Option<u32> {
    let value = |char: char| match char.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let (mut sum, mut highest) = (0_u32, 0_u32);
    // From the end, what is smaller than anything behind it is taken off.
    for own in text.chars().rev().take(8).map(value) {
        let own = own?;
        sum = if own < highest { sum.saturating_sub(own) } else { sum + own };
        highest = highest.max(own);
    }
    (sum > 0 && text.len() <= 8).then_some(sum)
}

/// The patterns of some kinds look one character ahead; that character is not part of the mark.
fn mark_len(text: &str, kind: MarkKind, end: usize) -> usize {
    let looked_ahead = matches!(kind, MarkKind::Clause(_) | MarkKind::Arabic | MarkKind::BareNumber | MarkKind::Annex);
    match text.get(..end).and_then(|mark| mark.chars().next_back()) {
        Some(last) if looked_ahead && !belongs_to_mark(last, kind) => end - last.len_utf8(),
        _ => end,
    }
}

fn belongs_to_mark(last: char, kind: MarkKind) -> bool {
    let sign = last.is_whitespace() || last.is_ascii_digit() || matches!(last, '.' | '．' | '、' | ':' | '：');
    sign || (kind == MarkKind::Annex && last.is_alphanumeric())
}

/// Whether a text is the caption of a table or figure.
pub(crate) fn is_caption(text: &str) -> bool {
    static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[表图]\s*(?:[A-Z]\.)?\d{1,3}(?:[-—.．]\d{1,3})?(?:[\s.:：、]|$)|(?:Table|Figure|Fig\.|TABLE|FIGURE)\s+(?:[A-Z]\.)?\d{1,3}(?:[-–.]\d{1,3})?(?:[\s.:]|$))",
        )
    });
    let Some(number) = CAPTION.find(text) else { return false };
    let rest = text.get(number.end()..).unwrap_or_default();
    // Table 1. and 表1 at the end of a sentence, or Table 1 shows within one, are no captions.
    let named = number.as_str().trim_end().ends_with(|char: char| char.is_ascii_digit()) || !rest.trim().is_empty();
    named && !rest.starts_with(|char: char| char.is_ascii_lowercase()) && text.chars().count() <= 120
}

/// Whether a text is the title of a table of contents.
pub(crate) fn is_contents_title(text: &str) -> bool {
    static TITLE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:目\s*[次录錄]|(?i:contents|table of contents)|(?i:contents)\s+(?i:page))$"));
    TITLE.is_match(text.trim())
}

/// Whether a text is an entry of a table of contents: a title, leaders and a page.
pub(crate) fn is_contents_entry(text: &str) -> bool {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:[.．…·]\s?){4,}\s*(?:\d{1,4}|[IVXivx]{1,5})?\s*$"));
    ENTRY.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::{MarkKind, heading_mark, is_caption, is_contents_entry, mark, ordinal};

    #[track_caller]
    fn check(text: &str, wanted: Option<(MarkKind, &str)>) {
        let found = mark(text).map(|mark| (mark.kind, &text[..mark.len]));
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn chinese_marks() {
        check("第三章　附则", Some((MarkKind::Chapter, "第三章　")));
        check("第十二条 本办法自印发之日起施行。", Some((MarkKind::Article, "第十二条 ")));
        check("一、总体要求", Some((MarkKind::HanComma, "一、")));
        check("（二）主要目标", Some((MarkKind::HanBracket, "（二）")));
        check("1. 编制框架", Some((MarkKind::Arabic, "1. ")));
        check("2.完善目录", Some((MarkKind::Arabic, "2.")));
        check("附录A 术语", Some((MarkKind::Annex, "附录A ")));
        check("3.1.2 数据", Some((MarkKind::Clause(3), "3.1.2 ")));
        check("1 范围", Some((MarkKind::BareNumber, "1 ")));
        check("目　次", Some((MarkKind::Named, "目　次")));
    }

    #[test]
    fn english_marks() {
        check("IV. Key directions", Some((MarkKind::Roman, "IV. ")));
        check("(2) Build a cadre", Some((MarkKind::ArabicBracket, "(2) ")));
        check("Article 5 Providers shall", Some((MarkKind::Article, "Article 5 ")));
        check("• Sensors", Some((MarkKind::Bullet, "• ")));
        check("a) sampling", Some((MarkKind::Letter, "a) ")));
    }

    #[test]
    fn marks_that_only_headings_have() {
        let check = |text: &str, wanted: (MarkKind, &str)| {
            let found = heading_mark(text).map(|mark| (mark.kind, &text[..mark.len]));
            assert_eq!(found, Some(wanted), "{text}");
        };
        check("B. Sampling", (MarkKind::Capital, "B. "));
        check("Sec. 204. Reports", (MarkKind::Section, "Sec. 204. "));
        check("§ 12 Fees", (MarkKind::Section, "§ 12 "));
        check("Title IV Lakes", (MarkKind::Chapter, "Title IV "));
        check("3.2. Sampling", (MarkKind::Clause(2), "3.2. "));
        check("A.1.2 Buoys", (MarkKind::Clause(3), "A.1.2 "));
        check("3.2.1.4.2 Buoys", (MarkKind::Clause(5), "3.2.1.4.2 "));
        check("2. Sampling", (MarkKind::Arabic, "2. "));
        check("2规范性引用文件", (MarkKind::BareNumber, "2"));
        check("3 | Sampling", (MarkKind::BareNumber, "3 | "));
    }

    #[test]
    fn marks_have_numbers() {
        let cases = [
            ("第十二章　", 12),
            ("（三）", 3),
            ("IV. ", 4),
            ("XIX.", 19),
            ("3.1.2 ", 3),
            ("B. ", 2),
            ("附录B ", 2),
            ("Annex C ", 3),
            ("附件2", 2),
            ("Chapter II ", 2),
        ];
        for (mark, wanted) in cases {
            assert_eq!(ordinal(mark), Some(wanted), "{mark}");
        }
        assert_eq!(ordinal("附件"), None);
    }

    #[test]
    fn text_without_a_mark() {
        check("1.25 is the limit", None);
        check("2026年底前", None);
        check("Indices are open.", None);
        check("-5 degrees", None);
    }

    #[test]
    fn captions_and_contents() {
        assert!(is_caption("表1　分年度指标") && is_caption("Figure 2. Framework") && is_caption("图 A.1 架构"));
        assert!(!is_caption("表示如下") && !is_caption("Tables are given below"));
        assert!(!is_caption("Table 1.") && !is_caption("Table 2 shows the lakes") && is_caption("表 2"));
        assert!(is_contents_entry("1 范围…………………… 3") && is_contents_entry("Foreword ........ iv"));
        assert!(!is_contents_entry("和而不同……"));
    }
}
