//! Blocks as Markdown.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use regex::Regex;

use super::numbering::{MarkKind, is_contents_entry, mark};
use super::reading::Note;
use crate::pattern::pattern;

/// The running text as Markdown (CommonMark with the tables and footnotes of GitHub), headers and footers left out.
///
/// Headings have a `#` a level, the title one; rows of a table that follow each other are one table, whose first row
/// is its head, and is not repeated where the table goes on. A note's mark is `[^1]`, and the notes stand at the end.
/// `notes` are those of [`super::Reading::notes`]; notes whose mark was not found stand at the end without one.
pub fn markdown(blocks: &[Block], notes: &[Note]) -> String {
    let labels = labels(notes);
    let mut marks: Vec<(usize, usize, &str)> = notes
        .iter()
        .zip(&labels)
        .flat_map(|(note, label)| note.anchors.iter().map(|anchor| (anchor.block, anchor.offset, label.as_str())))
        .collect();
    marks.sort_unstable();
    let marks_of = |block: usize| {
        let from = marks.partition_point(|(at, ..)| *at < block);
        let to = marks.partition_point(|(at, ..)| *at <= block);
        marks.get(from..to).unwrap_or_default()
    };
    let text = blocks.iter().enumerate().filter(|(_, block)| is_text(block.kind));
    let pieces: Vec<(BlockKind, String)> =
        text.map(|(at, block)| (block.kind, with_marks(&block.text, marks_of(at)))).collect();
    let mut levels = blocks.iter().filter(|block| is_text(block.kind)).map(|block| block.level);
    let mut writer = Writer::default();
    for run in pieces.chunk_by(|a, b| a.0 == BlockKind::TableRow && b.0 == BlockKind::TableRow) {
        let level = run.iter().map(|_| levels.next().unwrap_or(0)).last().unwrap_or(0);
        match run {
            // A row alone is a label and what it is of, or such.
            [(BlockKind::TableRow, text)] => writer.paragraph(&escaped_start(&escaped(&text.replace('\t', " ")))),
            [(BlockKind::TableRow, _), ..] => writer.table(run.iter().map(|(_, text)| text.as_str())),
            [(kind, text), ..] => writer.block(*kind, level, text),
            [] => {}
        }
    }
    writer.notes(notes, &labels);
    writer.out
}

fn is_text(kind: BlockKind) -> bool {
    kind.is_running_text() && kind != BlockKind::Footnote
}

/// What notes are called: their marks where these tell them apart, else their numbers in the document.
fn labels(notes: &[Note]) -> Vec<String> {
    let mut marks: Vec<&str> = notes.iter().map(|note| note.mark.as_str()).collect();
    marks.sort_unstable();
    let apart = marks.windows(2).all(|pair| pair.first() != pair.last())
        && marks.iter().all(|mark| !mark.is_empty() && mark.chars().all(char::is_alphanumeric));
    (1..)
        .zip(notes)
        .map(|(number, note): (usize, &Note)| if apart { note.mark.clone() } else { number.to_string() })
        .collect()
}

/// Stands for the brackets of a note's mark until the rest of the text is escaped.
const MARK_BEGINS: char = '\u{e000}';
const MARK_ENDS: char = '\u{e001}';

fn with_marks(text: &str, marks: &[(usize, usize, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + marks.len() * 8);
    let mut from = 0;
    for (_, offset, label) in marks {
        out.push_str(text.get(from..*offset).unwrap_or_default());
        out.push(MARK_BEGINS);
        out.push_str(label);
        out.push(MARK_ENDS);
        from = *offset;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Whether what was written last is an item of a list.
    in_list: bool,
}

impl Writer {
    fn block(&mut self, kind: BlockKind, level: u8, text: &str) {
        match kind {
            BlockKind::Heading => {
                let hashes = "#".repeat(usize::from(level.saturating_add(1)).min(6));
                self.paragraph(&format!("{hashes} {}", escaped(text)));
            }
            BlockKind::ListItem => self.item(text),
            BlockKind::Caption => self.paragraph(&format!("**{}**", escaped(text))),
            _ => self.paragraph(&escaped_start(&escaped(text))),
        }
    }

    fn paragraph(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
        self.in_list = false;
    }

    /// A bullet and `1.` are Markdown's own marks; items with others keep theirs behind a bullet.
    fn item(&mut self, text: &str) {
        let found = mark(text);
        let (head, rest) = text.split_at_checked(found.map_or(0, |mark| mark.len)).unwrap_or(("", text));
        let number = head.bytes().take_while(u8::is_ascii_digit).count();
        let item = match found.map(|mark| mark.kind) {
            Some(MarkKind::Bullet) => format!("- {}", escaped(rest)),
            Some(MarkKind::Arabic) if head.contains('.') && !rest.is_empty() => {
                format!("{}. {}", head.get(..number).unwrap_or_default(), escaped(rest))
            }
            _ if is_contents_entry(text) => format!("- {}", escaped(&without_leaders(text))),
            _ => format!("- {}", escaped(text)),
        };
        if self.in_list {
            self.out.push_str(&item);
            self.out.push('\n');
        } else {
            self.paragraph(&item);
            self.in_list = true;
        }
    }

    fn table<'a>(&mut self, rows: impl Iterator<Item = &'a str>) {
        let rows: Vec<&str> = rows.collect();
        let width = rows.iter().map(|row| row.split('\t').count()).max().unwrap_or(1);
        let Some((head, rest)) = rows.split_first() else { return };
        let line = |row: &str| {
            let cells = row.split('\t').map(|cell| escaped(cell).replace('|', "\\|"));
            let cells = cells.chain(std::iter::repeat(String::new())).take(width).collect::<Vec<_>>();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![line(head), format!("|{}", " --- |".repeat(width))];
        lines.extend(rest.iter().filter(|row| *row != head).map(|row| line(row)));
        self.paragraph(&lines.join("\n"));
    }

    fn notes(&mut self, notes: &[Note], labels: &[String]) {
        for (note, label) in notes.iter().zip(labels) {
            if note.anchors.is_empty() {
                self.paragraph(&escaped_start(&escaped(format!("{} {}", note.mark, note.text).trim())));
            } else {
                self.paragraph(&format!("[^{label}]: {}", escaped(&note.text)));
            }
        }
    }
}

/// The dots that lead from a title to its page become one mark.
fn without_leaders(text: &str) -> String {
    static LEADERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*(?:[.．…·]\s?){4,}\s*"));
    LEADERS.replace(text, " … ").into_owned()
}

/// A text in which nothing is taken for Markdown, and marks of notes are.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let next = chars.peek().copied();
        let inside = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let special = match char {
            '\\' | '`' | '*' => true,
            '_' => !(inside(before) && inside(next)),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '[' => next == Some('^'),
            ']' => next == Some('('),
            '~' => next == Some('~') || before == Some('~'),
            '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        match char {
            MARK_BEGINS => out.push_str("[^"),
            MARK_ENDS => out.push(']'),
            '\n' | '\r' => out.push(' '),
            char => out.push(char),
        }
        before = Some(char);
    }
    out
}

/// A paragraph that begins as a heading, a list or a quotation does begins with a backslash.
fn escaped_start(text: &str) -> String {
    static START: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:#{1,6}(?:\s|$)|>|\[[^\]]*\]:|[-+](?:\s|$)|-{3,}|={3,}|~{3,}|\|)"));
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,9})([.)])(\s|$)"));
    if START.is_match(text) {
        return format!("\\{text}");
    }
    NUMBER.replace(text, r"$1\$2$3").into_owned()
}

#[cfg(test)]
mod tests {
    use corpus::document::{Language, Rect};

    use super::*;
    use crate::layout::Anchor;

    fn block(kind: BlockKind, level: u8, text: &str) -> Block {
        let (bbox, language) = (Rect::default(), Language::Other);
        Block { kind, level, page: 1, bbox, language, text: text.to_owned(), lines: Vec::new() }
    }

    #[track_caller]
    fn check(blocks: &[(BlockKind, u8, &str)], notes: &[Note], wanted: &str) {
        let blocks: Vec<Block> = blocks.iter().map(|(kind, level, text)| block(*kind, *level, text)).collect();
        assert_eq!(markdown(&blocks, notes), wanted);
    }

    fn note(mark: &str, block: usize, anchors: &[(usize, usize)]) -> Note {
        let anchor = |(block, offset): &(usize, usize)| Anchor { block: *block, offset: *offset, text_offset: 0 };
        let anchors = anchors.iter().map(anchor).collect();
        Note { mark: mark.to_owned(), text: "Said below.".to_owned(), page: 1, block, anchors }
    }

    use BlockKind::{Caption, Footer, Footnote, Header, Heading, ListItem, Paragraph, TableRow};

    #[test]
    fn blocks_become_markdown() {
        check(
            &[
                (Header, 0, "Lake Standards"),
                (Heading, 0, "湖泊监测"),
                (Heading, 1, "一、总则"),
                (Paragraph, 0, "各地执行。"),
                (ListItem, 0, "• gauges"),
                (ListItem, 0, "1. boats"),
                (ListItem, 0, "（一）船只"),
                (Caption, 0, "表1 数量"),
                (TableRow, 0, "地区\t数量"),
                (TableRow, 0, "东部|北部\t12"),
                (TableRow, 0, "地区\t数量"),
                (TableRow, 0, "西部"),
                (Footer, 0, "1"),
            ],
            &[],
            "# 湖泊监测\n\n## 一、总则\n\n各地执行。\n\n- gauges\n1. boats\n- （一）船只\n\n**表1 数量**\n\n\
            | 地区 | 数量 |\n| --- | --- |\n| 东部\\|北部 | 12 |\n| 西部 |  |\n",
        );
    }

    #[test]
    fn notes_are_tied_or_stand_at_the_end() {
        check(
            &[(Paragraph, 0, "Lakes are wide."), (Footnote, 0, "1 Said below.")],
            &[note("1", 1, &[(0, 5)])],
            "Lakes[^1] are wide.\n\n[^1]: Said below.\n",
        );
        check(
            &[(Paragraph, 0, "Lakes."), (Footnote, 0, "* Said below."), (Footnote, 0, "* Said below.")],
            &[note("*", 1, &[(0, 5)]), note("*", 2, &[])],
            "Lakes[^1].\n\n[^1]: Said below.\n\n\\* Said below.\n",
        );
    }

    #[test]
    fn what_looks_like_markdown_is_escaped() {
        check(&[(Paragraph, 0, "# 3 *x* <b> a_b [^1] `y`")], &[], "\\# 3 \\*x\\* \\<b> a_b \\[^1] \\`y\\`\n");
        check(&[(Paragraph, 0, "2031. A year")], &[], "2031\\. A year\n");
        check(&[(ListItem, 0, "3.1 范围 ........ 4")], &[], "- 3.1 范围 … 4\n");
    }
}
