//! The outline: the headings of a document with their levels.

use corpus::document::{Block, BlockKind};
use corpus::facts::OutlineEntry;

use crate::layout::numbering::{MarkKind, heading_mark, is_contents_title};

/// The headings in order. The title, and that of the table of contents, are none of them. A mark that stands alone, as
/// 附录A and Section 1 do, is one entry with the title below it.
pub(super) fn outline(blocks: &[Block]) -> Vec<OutlineEntry> {
    let mut entries: Vec<OutlineEntry> = Vec::new();
    let mut open: Option<Open> = None;
    for block in blocks.iter().filter(|block| block.kind.is_running_text() && block.kind != BlockKind::Footnote) {
        if let (Some(state), Some(last)) = (open, entries.last_mut())
            && let Some(next) = state.after(block)
        {
            join(last, block);
            open = next;
            continue;
        }
        open = None;
        if let Some(last) = entries.last_mut().filter(|last| goes_on(last, block)) {
            join(last, block);
            continue;
        }
        if crate::read::is_outline(block) && !is_contents_title(&block.text) {
            open = Open::of(block);
            entries.push(entry(block));
        }
    }
    entries
}

fn entry(block: &Block) -> OutlineEntry {
    OutlineEntry { level: block.level, title: block.text.trim().to_owned(), page: block.page, bbox: block.bbox }
}

fn join(entry: &mut OutlineEntry, block: &Block) {
    entry.title.push(' ');
    entry.title.push_str(block.text.trim());
    if block.page == entry.page {
        entry.bbox = entry.bbox.union(block.bbox);
    }
}

/// Whether a heading is the second line of the one before: without a mark, close below, and in type of the same height.
fn goes_on(last: &OutlineEntry, block: &Block) -> bool {
    let heights = (last.bbox.height(), block.bbox.height());
    let lines = f32::from(u16::try_from(block.lines.len().max(1)).unwrap_or(u16::MAX));
    let gap = block.bbox.y0 - last.bbox.y1;
    let alike = heights.1 > 1.0 && (heights.0 - heights.1).abs() < heights.1 * 0.12 && lines < 2.0;
    crate::read::is_outline(block)
        && block.page == last.page
        && heading_mark(&block.text).is_none()
        && alike
        && (-heights.1 * 0.3..heights.1 * 0.6).contains(&gap)
        && !crate::layout::letters::ends_clause(&last.title)
}

/// A mark that waits for its title.
#[derive(Clone, Copy)]
struct Open {
    /// Whether it is an annex, whose kind stands between the mark and the title.
    annex: bool,
    page: u32,
}

impl Open {
    /// A heading that is a mark and no more.
    fn of(block: &Block) -> Option<Self> {
        let text = block.text.trim();
        let found = heading_mark(text).filter(|mark| mark.kind.is_worded())?;
        let rest = text.get(found.len..)?.trim();
        let annex = found.kind == MarkKind::Annex;
        (rest.is_empty() || annex && is_annex_kind(rest)).then_some(Self { annex, page: block.page })
    }

    /// What is open when a block goes on with the heading; `None` where it does not.
    fn after(self, block: &Block) -> Option<Option<Self>> {
        let text = block.text.trim();
        if block.page != self.page || heading_mark(text).is_some() {
            return None;
        }
        if self.annex && is_annex_kind(text) {
            return Some(Some(self));
        }
        let untitled = block.kind == BlockKind::Heading;
        let bare = block.kind == BlockKind::Paragraph
            && text.chars().count() <= 60
            && !text.ends_with(['。', '.', '：', ':', '；', ';', '，', ',']);
        (untitled || bare).then_some(None)
    }
}

/// （规范性） and (informative) below the letter of an annex (GB/T 1.1 and the ISO/IEC Directives, Part 2).
fn is_annex_kind(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '（', '）', '[', ']', ' ']).to_ascii_lowercase();
    matches!(
        bare.as_str(),
        "规范性" | "资料性" | "规范性附录" | "资料性附录" | "规范性 附录" | "normative" | "informative"
    )
}

#[cfg(test)]
mod tests {
    use super::outline;
    use crate::layout::blocks_of_text;

    #[track_caller]
    fn check(text: &str, wanted: &[(u8, &str)]) {
        let found = outline(&blocks_of_text(text));
        let found: Vec<(u8, &str)> = found.iter().map(|entry| (entry.level, entry.title.as_str())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_table_of_contents_is_no_outline() {
        check(
            "湖泊监测标准\n目次\n前言…………………… I\n1 范围…………………… 1\n2 方法…………………… 2\n前言\n本文件按照规定起草，由湖泊监测中心提出并归口管理。\n1 范围\n本文件规定了湖泊监测的方法和要求，适用于各级湖泊。\n2 方法\n采样按照规定进行。\n",
            &[(1, "前言"), (1, "1 范围"), (1, "2 方法")],
        );
        check(
            "Lake Monitoring in the Provinces\n\nContents\n\n1. Aims\n\n2. Methods\n\n1. Aims\n\nThe aims of monitoring are these, and they have been set out before in many other places by us.\n\n2. Methods\n\nThe methods are those of the standard, and every province has to follow them when it takes samples of the water in its lakes.\n",
            &[(1, "1. Aims"), (1, "2. Methods")],
        );
    }

    #[test]
    fn a_mark_and_the_title_below_it_are_one_heading() {
        check(
            "湖泊监测标准\n1 范围\n本文件规定了湖泊监测的方法和要求。\n附录A\n（资料性）\n监测记录表\nA.1 概述\n记录表的格式如下，由监测单位填写并保存。\n",
            &[(1, "1 范围"), (1, "附录A （资料性） 监测记录表"), (2, "A.1 概述")],
        );
    }

    #[test]
    fn a_list_of_annexes_is_no_heading() {
        check(
            "关于开展湖泊监测的通知\n各湖区管理委员会：\n一、总体要求\n请认真执行本通知，并按时报送监测的结果和数据。\n附件：湖泊监测申报书\n湖泊监测中心\n2031年5月6日\n附件\n湖泊监测申报书\n一、基本情况\n由申报单位如实填写，并加盖单位的公章之后报送。\n",
            &[(1, "一、总体要求"), (1, "附件 湖泊监测申报书"), (2, "一、基本情况")],
        );
    }

    #[test]
    fn articles_with_text_and_numbered_sentences_are_no_headings() {
        check(
            "湖泊监测办法\n第一章 总则\n第一条 为了规范湖泊监测，制定本办法。\n第二条 本办法适用于各湖泊。\n第二章 监测\n第三条 监测应当每月进行：\n（一）采集水样；\n（二）报送数据。\n",
            &[(1, "第一章 总则"), (1, "第二章 监测")],
        );
        check(
            "Measures for Lakes\n\nChapter 1 General\n\nArticle 1 These Measures are made to govern lakes.\n\nSection 3 of the Act applies to rivers\n\nChapter 2 Sampling\n\n1. Samples are taken monthly.\n\n2. Samples are kept cool.\n",
            &[(1, "Chapter 1 General"), (1, "Chapter 2 Sampling")],
        );
    }

    #[test]
    fn reports_have_headings_without_numbers() {
        let prose = "记者从湖泊监测中心获悉，今年以来各地新建站点一百余个，覆盖了全部重点湖泊，监测数据按月公布，接受社会各界的监督和查询，取得了良好的成效。";
        let text = format!(
            "湖泊监测网络建设取得进展\n本报记者　湖城报道\n{prose}\n站点：从无到有\n{prose}\n数据：“看得见、用得上”\n{prose}\n（责任编辑：本报）\n"
        );
        check(&text, &[(1, "站点：从无到有"), (1, "数据：“看得见、用得上”")]);
    }
}
