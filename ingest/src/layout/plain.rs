//! Plain text to blocks.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, Rect};
use regex::Regex;

use super::classify::classify;
use super::contents::set_contents_apart;
use super::crossheads::raise_crossheads;
use super::draft::{Draft, Vocabulary};
use super::letters::{columns, ends_clause, ends_sentence, is_chinese};
use super::levels::settle_levels;
use super::numbering::mark;
use crate::pattern::pattern;
use corpus::text::is_han;

/// Widths in columns between which a text counts as broken into lines by a program.
const WRAPPED: std::ops::RangeInclusive<usize> = 40..=130;
/// A paragraph that a page's end may have cut is at least this wide.
const CUT_PARAGRAPH: usize = 50;

/// The blocks of plain text, all on page 1 with empty boxes.
pub fn blocks_of_text(text: &str) -> Vec<Block> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    blocks_of_drafts(drafts_of_lines(&lines))
}

/// Lines joined to paragraphs, where a program had broken them; what kind of block each is remains to be seen.
pub(crate) fn drafts_of_lines(lines: &[&str]) -> Vec<Draft> {
    let mut reader =
        Reader { vocabulary: Vocabulary::of(lines.iter().copied()), wrap: wrap_width(lines), ..Reader::default() };
    for line in lines {
        reader.read(line);
    }
    mend_cuts(reader.drafts, &reader.vocabulary)
}

/// The blocks of paragraphs on page 1, each given its kind by its words, the title among them.
pub(crate) fn blocks_of_drafts(mut drafts: Vec<Draft>) -> Vec<Block> {
    for draft in drafts.iter_mut().filter(|draft| draft.kind == BlockKind::Heading) {
        draft.given = true;
    }
    set_contents_apart(&mut drafts);
    classify(&mut drafts);
    mark_title(&mut drafts);
    raise_crossheads(&mut drafts);
    settle_levels(&mut drafts);
    drafts.into_iter().filter_map(Draft::finish).collect()
}

#[derive(Default)]
struct Reader {
    vocabulary: Vocabulary,
    /// The width at which lines were broken, or nothing when a line is a paragraph.
    wrap: Option<usize>,
    drafts: Vec<Draft>,
    /// The width of the line before, when the next may continue it.
    open: Option<usize>,
}

impl Reader {
    fn read(&mut self, line: &str) {
        let bare = line.trim_matches(|char: char| char.is_whitespace() || matches!(char, '\u{feff}' | '\u{200b}'));
        if bare.is_empty() || is_rule(bare) {
            self.open = None;
            return;
        }
        let (kind, text) = kind_of_line(bare);
        let text = without_emphasis(&text);
        if kind == BlockKind::Paragraph && self.continues(bare, line) {
            let bbox = Rect::default();
            if let Some(draft) = self.drafts.last_mut() {
                draft.append(&text, 1, bbox, &self.vocabulary);
            }
        } else {
            self.drafts.push(Draft::new(kind, &text, 1, Rect::default()));
        }
        let joinable = matches!(kind, BlockKind::Paragraph | BlockKind::Footnote | BlockKind::ListItem);
        self.open = joinable.then(|| columns(line));
    }

    /// Whether a line goes on with the block before it.
    fn continues(&self, bare: &str, line: &str) -> bool {
        let (Some(wrap), Some(before)) = (self.wrap, self.open) else { return false };
        let indented = line.starts_with("\u{3000}") || (line.starts_with("  ") && is_chinese(bare));
        let full = before * 4 >= wrap * 3;
        full && before <= wrap + 6 && mark(bare).is_none() && !indented
    }
}

/// The width at which a program broke the lines, when most lines that have a next one are about equally wide.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .windows(2)
        .filter(|pair| pair.iter().all(|line| !line.trim().is_empty()))
        .map(|pair| columns(pair[0]))
        .collect();
    widths.sort_unstable();
    let wide = *widths.get(widths.len() * 9 / 10)?;
    let full = widths.iter().filter(|width| **width * 5 >= wide * 4 && **width <= wide + 6).count();
    (widths.len() >= 4 && WRAPPED.contains(&wide) && full * 2 > widths.len()).then_some(wide)
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|char| matches!(char, '-' | '=' | '*' | '_' | '|' | ':' | ' ' | '+' | '—'))
}

fn kind_of_line(line: &str) -> (BlockKind, String) {
    if let Some(row) = table_row(line) {
        return (BlockKind::TableRow, row);
    }
    if is_footnote(line) {
        return (BlockKind::Footnote, line.replacen("[^", "[", 1));
    }
    let quoted = line.strip_prefix("> ").unwrap_or(line);
    (BlockKind::Paragraph, quoted.to_owned())
}

/// Cells between bars or tabs, joined by tabs.
fn table_row(line: &str) -> Option<String> {
    let cells: Vec<&str> = if line.contains('\t') {
        line.split('\t').map(str::trim).collect()
    } else if line.starts_with('|') && line.len() > 1 || line.matches(" | ").count() >= 2 {
        line.trim_matches('|').split('|').map(str::trim).collect()
    } else {
        return None;
    };
    (cells.iter().filter(|cell| !cell.is_empty()).count() >= 2).then(|| cells.join("\t"))
}

/// Whether a line begins as a footnote does: ¹ or ① or [^1]: before text.
fn is_footnote(line: &str) -> bool {
    static NOTE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|[①-⑳]|\[\^\w{1,8}\]:|〔\d{1,3}〕|\[\d{1,3}\])\s*\S"));
    NOTE.is_match(line)
}

/// Takes emphasis and links out of a text, which programs that make text of PDFs write as Markdown does.
pub(crate) fn without_emphasis(text: &str) -> String {
    static LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"!?\[([^\[\]]{1,300})\]\((https?://[^()\s]+)\)"));
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"<(https?://[^<>\s]+)>"));
    static STRONG: LazyLock<Regex> = LazyLock::new(|| pattern(r"\*{2,3}([^*\s](?:[^*]{0,300}[^*\s])?)\*{2,3}"));
    static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(^|[^\w*])\*([^*\s](?:[^*]{0,300}[^*\s])?)\*"));
    if !text.contains(['*', '[', '<']) {
        return text.to_owned();
    }
    let text = LINK.replace_all(text, "$1 ($2)");
    let text = ADDRESS.replace_all(&text, "$1");
    let text = STRONG.replace_all(&text, "$1");
    EMPHASIS.replace_all(&text, "$1$2").into_owned()
}

/// Joins the halves of paragraphs that a page's end, and the notes at its foot, had cut.
fn mend_cuts(drafts: Vec<Draft>, vocabulary: &Vocabulary) -> Vec<Draft> {
    let mut mended: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match cut_paragraph(&mended, &draft) {
            Some(at) => {
                if let Some(cut) = mended.get_mut(at) {
                    let text = draft.text.trim_start_matches('*').to_owned();
                    cut.append(&text, 1, Rect::default(), vocabulary);
                }
            }
            None => mended.push(draft),
        }
    }
    mended
}

/// The paragraph before `draft`, notes left out, of which `draft` is the other half.
fn cut_paragraph(before: &[Draft], draft: &Draft) -> Option<usize> {
    if draft.kind != BlockKind::Paragraph || mark(&draft.text).is_some() {
        return None;
    }
    let at = before.iter().rposition(|draft| draft.kind != BlockKind::Footnote)?;
    let cut = before.get(at)?;
    let over_notes = at + 1 < before.len();
    let first = draft.text.chars().find(|char| char.is_alphanumeric())?;
    let wide = columns(&cut.text) >= CUT_PARAGRAPH && !ends_clause(&cut.text) && cut.kind == BlockKind::Paragraph;
    let ends_open = cut.text.ends_with([',', '，', '、', '-']) || over_notes;
    let continues = first.is_lowercase()
        || (is_han(first) && is_chinese(&cut.text) && ends_open)
        || (over_notes && ends_sentence(&draft.text));
    (wide && continues).then_some(at)
}

/// Makes the first line that looks like a title the title.
fn mark_title(drafts: &mut [Draft]) {
    if drafts.iter().any(|draft| draft.kind == BlockKind::Heading && draft.level == 0) {
        return;
    }
    let candidate =
        drafts.iter_mut().take(8).find(|draft| draft.kind == BlockKind::Paragraph && is_title_like(&draft.text));
    if let Some(draft) = candidate {
        (draft.kind, draft.level) = (BlockKind::Heading, 0);
    }
}

fn is_title_like(text: &str) -> bool {
    let long_enough = if is_chinese(text) { text.chars().count() >= 6 } else { text.split_whitespace().count() >= 3 };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let first_is_digit = text.starts_with(|char: char| char.is_ascii_digit());
    long_enough
        && columns(text) <= 450
        && !ends_clause(text)
        && !text.contains(['〔', '_'])
        && !text.contains("] No. ")
        && !text.contains("://")
        && digits * 3 < text.chars().count()
        && !(first_is_digit && text.contains('年'))
        && mark(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[(BlockKind, u8, &str)]) {
        let blocks = blocks_of_text(text);
        let found: Vec<_> = blocks.iter().map(|block| (block.kind, block.level, block.text.as_str())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_chinese_policy() {
        use BlockKind::{Heading, ListItem, Paragraph};
        check(
            "关于推进湖泊监测标准化的意见\n湖监发〔2031〕8号\n一、总体要求\n为做好监测工作，制定本意见。\n（一）加强领导\n各单位要落实责任。\n1. 设立专班。\n2. 明确分工。\n",
            &[
                (Heading, 0, "关于推进湖泊监测标准化的意见"),
                (Paragraph, 0, "湖监发〔2031〕8号"),
                (Heading, 1, "一、总体要求"),
                (Paragraph, 0, "为做好监测工作，制定本意见。"),
                (Heading, 2, "（一）加强领导"),
                (Paragraph, 0, "各单位要落实责任。"),
                (ListItem, 0, "1. 设立专班。"),
                (ListItem, 0, "2. 明确分工。"),
            ],
        );
    }

    #[test]
    fn notes_do_not_cut_a_paragraph() {
        check(
            "Plan for Lake Monitoring\n\nThe plan was formulated in order to put the rules on monitoring and the *National*\n\n¹ A note on the plan.\n\n*Lake Charter* into practice with all the units that are concerned, and to report on it.\n",
            &[
                (BlockKind::Heading, 0, "Plan for Lake Monitoring"),
                (
                    BlockKind::Paragraph,
                    0,
                    "The plan was formulated in order to put the rules on monitoring and the National Lake Charter into practice with all the units that are concerned, and to report on it.",
                ),
                (BlockKind::Footnote, 0, "¹ A note on the plan."),
            ],
        );
    }

    #[test]
    fn lines_broken_by_a_program_are_joined() {
        let text = "The ministry has published a plan on lakes and\nrivers, which sets out what the provinces have to\nreport, by when, and to whom, and which standards\nthey have to follow when they take the samples in\nthe field.\n\nSecond paragraph.";
        let blocks = blocks_of_text(text);
        assert_eq!(blocks.len(), 2);
        assert!(blocks[0].text.ends_with("samples in the field."));
        assert_eq!(blocks[0].lines.len(), 5);
    }

    #[test]
    fn plain_text_is_not_markdown() {
        check(
            "Lake monitoring in the provinces\n# 1 and # 2 are sampled in May.\n```\n1. first\n",
            &[
                (BlockKind::Heading, 0, "Lake monitoring in the provinces"),
                (BlockKind::Paragraph, 0, "# 1 and # 2 are sampled in May."),
                (BlockKind::Paragraph, 0, "```"),
                (BlockKind::ListItem, 0, "1. first"),
            ],
        );
        check("a\tb\n1\t2\n", &[(BlockKind::TableRow, 0, "a\tb"), (BlockKind::TableRow, 0, "1\t2")]);
    }
}
