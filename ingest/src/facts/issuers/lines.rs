//! Lines that say nothing but who issued the document: above the text, and above the date at its end.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use regex::Regex;

use super::super::agencies::Mention;
use super::super::{Text, dates};
use crate::pattern::pattern;

/// Lines with nothing but issuers stand among so many first blocks.
const FRONT: usize = 16;
/// A signature has at most so many lines.
const SIGNATURE: usize = 40;

/// The agencies of such lines.
pub(super) struct Lines {
    pub(super) found: Vec<Mention>,
    /// Whether some of them stand in a signature.
    pub(super) signed: bool,
}

pub(super) fn lines(text: &Text, mentions: &[Mention]) -> Lines {
    let running: Vec<usize> =
        (0..text.blocks.len()).filter(|at| text.blocks.get(*at).is_some_and(|b| b.kind.is_running_text())).collect();
    let signature = signatures(text, &running, mentions);
    let front = (0..text.blocks.len().min(FRONT))
        .filter(|at| text.blocks.get(*at).is_some_and(|block| block.kind != BlockKind::ListItem))
        .filter(|at| is_line(text, *at, mentions));
    let mut blocks: Vec<usize> = front.chain(signature.iter().copied()).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let found = mentions.iter().filter(|mention| blocks.binary_search(&mention.block).is_ok()).cloned().collect();
    Lines { found, signed: !signature.is_empty() }
}

/// The blocks of signatures: lines of agencies next to a date that stands alone, or with a date or a name in them, or
/// at the very end.
fn signatures(text: &Text, running: &[usize], mentions: &[Mention]) -> Vec<usize> {
    let is_line = |place: usize| running.get(place).is_some_and(|at| is_line(text, *at, mentions));
    let says = |place: usize| running.get(place).and_then(|at| text.blocks.get(*at)).map_or("", |b| b.text.as_str());
    let mut found = Vec::new();
    for place in 0..running.len() {
        let date = dates::is_only_a_date(says(place));
        let last = place + 1 == running.len() && place > 2;
        if !(date || last && is_line(place)) {
            continue;
        }
        let mut above = if date { place } else { place + 1 };
        for _ in 0..SIGNATURE {
            let Some(next) = above.checked_sub(1) else { break };
            // Remarks such as （此件公开发布） and pages' ends may part the lines.
            let remark = says(next).starts_with(['（', '(']) && says(next).chars().count() < 20;
            if is_line(next) {
                found.extend(running.get(next));
            } else if !remark {
                break;
            }
            above = next;
        }
        // In some translations the date comes first.
        if date && place * 10 > running.len() * 8 && is_line(place + 1) {
            found.extend(running.get(place + 1));
        }
    }
    found.extend(printed_by(text, running, mentions));
    found
}

/// 工业和信息化部办公厅 2031年3月2日印发, and Premier Li: lines that name themselves as the end of a document.
fn printed_by(text: &Text, running: &[usize], mentions: &[Mention]) -> Vec<usize> {
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:\d+年\d+月\d+日|[〇○零一二三四五六七八九十]+年[一二三四五六七八九十]+月[一二三四五六七八九十]+日)\s*(?:印发|发布)?$|(?:主任|部长|局长|署长|总局长|行长|主席|院长|检察长|总理)[:：]?[\s　]*\p{Han}[\p{Han}\s　·]{1,9}$",
        )
    });
    let own = running.iter().filter(|at| text.blocks.get(**at).is_some_and(|block| OWN.is_match(&block.text)));
    own.copied().filter(|at| is_line(text, *at, mentions)).collect()
}

/// Whether a block says nothing but which agencies issued the document.
fn is_line(text: &Text, at: usize, mentions: &[Mention]) -> bool {
    text.blocks.get(at).is_some_and(|block| can_be_line(block) && is_covered(&block.text, at, mentions))
}

fn can_be_line(block: &Block) -> bool {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s*(?:主送|抄送|抄报|分送|送[：:]|致[：:]|解读|主要?起草|起草|参与|参加|提出|归口|责任|牵头|配合|主管|指导|支持|承办|协办|联系|报送|主办|来源|cc\b|to[:：]|drafted|prepared for|responsible|lead(?:ing)? (?:unit|agenc|department)|addressees?|interpreted|supported|under the guidance|source|[（(]?[一二三四五六七八九十]+[）)、]|\d+[.)、）．])",
        )
    });
    static IMPRINT: LazyLock<Regex> = LazyLock::new(|| pattern(r"ISBN|ISSN|DOI|©|://|www\.|@"));
    let text = block.text.trim();
    let by_label = text.starts_with("Issued by") || text.starts_with("发布");
    let kind = match block.kind {
        BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem => true,
        BlockKind::TableRow => text.contains("发布") || text.ends_with('令') || text.ends_with("文件"),
        _ => false,
    };
    kind && text.chars().count() <= 600
        && (by_label || !text.ends_with([':', '：']))
        && !OTHERS.is_match(text)
        && !IMPRINT.is_match(text)
}

/// Whether agencies are nearly all that a text says.
pub(super) fn is_covered(text: &str, at: usize, mentions: &[Mention]) -> bool {
    static SMALL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:and|the|of|issued|issuing|released|published|jointly|joint|by|people.?s|people|s|republic|china|prc|p\.r\.c|u\.s|us|united states|uk|general office|office|order|decree|announcement|notice|document|no|other|departments?|ministries|agencies|minister|director|january|february|march|april|may|june|july|august|september|october|november|december)\b|联合|发\s*布|印发|公布|批准|中华人民共和国|令|公告|通告|文件|等|和|与|及|办公厅|办公室|综合司|综合局|个?部门|第|号|年|月|日|[〇○零一二三四五六七八九十]|\d+",
        )
    });
    static POST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:主任|部长|局长|署长|行长|主席|院长|检察长|总理)[:：]?[\s　]*\p{Han}[\p{Han}\s　·]{1,9}$")
    });
    let mut rest = text.to_owned();
    let mut any = false;
    for mention in mentions.iter().rev().filter(|mention| mention.block == at) {
        if rest.is_char_boundary(mention.span.start)
            && rest.is_char_boundary(mention.span.end)
            && mention.span.end <= rest.len()
        {
            rest.replace_range(mention.span.clone(), " ");
            any = true;
        }
    }
    if !any {
        return false;
    }
    let rest = POST.replace(rest.trim(), "");
    let left = SMALL.replace_all(&rest, "");
    left.chars().filter(|char| char.is_alphabetic()).count() * 8 <= text.chars().count()
}
