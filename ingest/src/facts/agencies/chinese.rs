//! Chinese names, in simplified or traditional characters, with the spaces that typesetting puts into them.

use std::ops::Range;

use corpus::text::is_han;
use corpus::text::normalise::{Normalised, normalise};

use super::table::{Name, TABLE};

/// A text in simplified characters without the spaces between them, and where each part stands in the original.
pub(in super::super) struct Plain {
    /// What is searched.
    pub(in super::super) text: String,
    normal: Normalised,
    /// Where spaces were taken out: the byte in `text`, and how many bytes are gone so far.
    gaps: Vec<(usize, usize)>,
}

impl Plain {
    /// The plain form of a text; `None` where it has no Han characters.
    pub(in super::super) fn of(text: &str) -> Option<Self> {
        if !text.chars().any(is_han) {
            return None;
        }
        let normal = normalise(text);
        let (mut plain, mut gaps, mut gone) = (String::with_capacity(normal.text.len()), Vec::new(), 0);
        let mut chars = normal.text.chars().peekable();
        let mut last = ' ';
        while let Some(char) = chars.next() {
            if !char.is_whitespace() || char == '\t' {
                plain.push(char);
                last = char;
                continue;
            }
            let mut space = String::from(char);
            while let Some(more) = chars.next_if(|char| char.is_whitespace() && *char != '\t') {
                space.push(more);
            }
            if is_han(last) && chars.peek().is_some_and(|next| is_han(*next)) {
                gone += space.len();
                gaps.push((plain.len(), gone));
            } else {
                plain.push_str(&space);
            }
        }
        Some(Self { text: plain, normal, gaps })
    }

    /// The bytes of the original that a range of the plain text came from.
    pub(in super::super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let gone = |offset: usize, inclusive: bool| {
            let count = self.gaps.partition_point(|(at, _)| if inclusive { *at <= offset } else { *at < offset });
            count.checked_sub(1).and_then(|last| self.gaps.get(last)).map_or(0, |(_, gone)| *gone)
        };
        self.normal.original_range(range.start + gone(range.start, true)..range.end + gone(range.end, false))
    }

    /// Whether a space was taken out just before a byte.
    pub(in super::super) fn is_gap(&self, offset: usize) -> bool {
        self.gaps.binary_search_by_key(&offset, |(at, _)| *at).is_ok()
    }
}

/// The Chinese names in a text.
pub(super) fn names(plain: &Plain) -> Vec<(Range<usize>, Name)> {
    let text = &plain.text;
    let mut found: Vec<(Range<usize>, Name)> =
        TABLE.chinese.find(text).filter(|(span, _)| is_whole_name(plain, span)).collect();
    let strong: Vec<Range<usize>> = found.iter().filter(|(_, name)| !name.weak).map(|(span, _)| span.clone()).collect();
    let general = text.starts_with('各');
    found.retain(|(span, name)| !name.weak || !general && !strong.is_empty() && is_listed(text, span));
    found.into_iter().map(|(span, name)| (plain.original(&span), name)).collect()
}

/// Whether a Chinese name is not part of a longer word: 教育部门, 省发展改革委, 公司人事部.
fn is_whole_name(plain: &Plain, span: &Range<usize>) -> bool {
    let text = &plain.text;
    let before = text.get(..span.start).unwrap_or_default();
    let last = before.chars().next_back().filter(|_| !plain.is_gap(span.start));
    let after = text.get(span.end..).unwrap_or_default().chars().next().filter(|_| !plain.is_gap(span.end));
    let name = text.get(span.clone()).unwrap_or_default();
    let short = name.chars().count() <= 5;
    let local =
        matches!(last, Some('省' | '市' | '区' | '县' | '州' | '团' | '盟' | '旗')) && !name.starts_with("国家");
    let firm = name.chars().count() <= 3 && matches!(last, Some('司' | '业' | '厂' | '校' | '院' | '店' | '厅' | '局'));
    let department =
        name.ends_with('部') && matches!(after, Some('门' | '署' | '分' | '属' | '级' | '队' | '件' | '位'));
    let council = name.ends_with("国务院")
        && matches!(after, Some('令' | '各' | '有' | '所' | '直' | '组' | '部' | '学' | '安' | '食' | '常' | '总'));
    let foreign = !name.starts_with("中国") && FOREIGN.iter().any(|country| before.ends_with(country));
    !(local || firm && short || department || council || foreign)
}

/// Before 国防部 or 商务部 these make it another country's.
const FOREIGN: &[&str] = &[
    "美国",
    "英国",
    "日本",
    "韩国",
    "德国",
    "法国",
    "俄罗斯",
    "欧盟",
    "印度",
    "加拿大",
    "澳大利亚",
    "新加坡",
    "以色列",
    "意大利",
    "荷兰",
    "越南",
    "泰国",
    "马来西亚",
    "印度尼西亚",
    "巴西",
    "该国",
    "外国",
    "联邦",
];

/// Whether a weak name stands in a list of agencies, or acts as one: 财政部、能源局等, 发展改革委负责.
fn is_listed(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default().chars().next_back();
    let after = text.get(span.end..).unwrap_or_default();
    let opens = before.is_none_or(|char| "、，,（( 和与及会同由。；;：:".contains(char));
    let goes_on =
        ["、", "，", ",", "等", "和", "与", "及", "负责", "牵头", "按", "会同", "）", ")", "。", "联合", "关于"];
    opens && (after.is_empty() || goes_on.iter().any(|next| after.starts_with(next)))
}
