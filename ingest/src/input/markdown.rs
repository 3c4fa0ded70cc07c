//! Markdown to blocks: CommonMark with GitHub's tables and footnotes, and front matter.
//!
//! Chinese texts in Markdown are seldom written by its rules: a line is a paragraph, an indent is no code, a heading
//! has no space behind its mark. Where the rules would merge or lose text, the text wins.

use corpus::document::{BlockKind, Rect};
use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{About, Text, html};
use crate::layout::draft::{Draft, Vocabulary};
use crate::layout::letters::{is_chinese, is_cjk};
use crate::layout::numbering::mark;
use crate::layout::{blocks_of_drafts, drafts_of_lines, without_emphasis};

/// Reads a text in Markdown.
pub(super) fn read(text: &str) -> Text {
    let mut reader = Reader::default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for event in Parser::new_ext(text, options) {
        reader.read(event);
    }
    reader.end_block();
    let Reader { mut drafts, about, .. } = reader;
    if let Some(title) = &about.title {
        html::place_title(title, &mut drafts);
    }
    Text { blocks: blocks_of_drafts(drafts), about: About { title: None, ..about }, warnings: Vec::new() }
}

#[derive(Default)]
struct Reader {
    drafts: Vec<Draft>,
    about: About,
    /// The lines of the block so far.
    lines: Vec<String>,
    line: String,
    heading: Option<u8>,
    /// The numbers of the lists that are open; `None` for one with bullets.
    lists: Vec<Option<u64>>,
    /// What stands before the next block: the mark of an item or of a note.
    mark: Option<(BlockKind, String)>,
    in_note: bool,
    cells: Option<Vec<String>>,
    verbatim: Verbatim,
}

/// What text is that is no running text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Verbatim {
    #[default]
    No,
    FrontMatter,
    Code,
    Html,
}

impl Reader {
    fn read(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.line.push_str(&text),
            Event::Html(html) => self.line.push_str(&html),
            Event::SoftBreak => self.end_line(),
            Event::HardBreak => self.end_line(),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.end_line(),
            Event::FootnoteReference(label) => self.line.push_str(&format!("[{label}]")),
            Event::Rule => self.end_block(),
            Event::InlineHtml(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                self.heading = Some(level_of(level));
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}. ");
                        *number = number.saturating_add(1);
                        mark
                    }
                    _ => "- ".to_owned(),
                };
                self.mark = Some((BlockKind::ListItem, mark));
            }
            Tag::FootnoteDefinition(label) => {
                self.end_block();
                self.in_note = true;
                self.mark = Some((BlockKind::Footnote, format!("[{label}] ")));
            }
            Tag::TableHead | Tag::TableRow => self.cells = Some(Vec::new()),
            Tag::TableCell => self.line.clear(),
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.verbatim = Verbatim::FrontMatter,
            Tag::CodeBlock(_) => {
                self.end_block();
                self.verbatim = Verbatim::Code;
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.verbatim = Verbatim::Html;
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::Table(_) => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                if let Some(cells) = &mut self.cells {
                    cells.push(without_emphasis(cell.trim()).replace('\t', " "));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.end_block();
                self.mark = None;
            }
            TagEnd::FootnoteDefinition => {
                self.end_block();
                self.in_note = false;
                self.mark = None;
            }
            TagEnd::MetadataBlock(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_verbatim(),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::BlockQuote(_) => self.end_block(),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if self.cells.is_some() {
            self.line.push(' ');
        } else {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    fn end_row(&mut self) {
        let cells = self.cells.take().unwrap_or_default();
        let mut draft = Draft::new(BlockKind::TableRow, "", 1, Rect::default());
        draft.text = cells.join("\t").trim_end().to_owned();
        if !draft.text.trim().is_empty() {
            self.drafts.push(draft);
        }
    }

    fn end_verbatim(&mut self) {
        let text = std::mem::take(&mut self.line);
        match std::mem::take(&mut self.verbatim) {
            Verbatim::FrontMatter => front_matter(&mut self.about, &text),
            Verbatim::Html => self.drafts.extend(html::drafts_of_part(&text)),
            // Four spaces before a line make code of it, which in Chinese are but an indent.
            Verbatim::Code | Verbatim::No => {
                self.drafts.extend(drafts_of_lines(&text.lines().collect::<Vec<_>>()));
            }
        }
    }

    fn end_block(&mut self) {
        if self.verbatim != Verbatim::No {
            return;
        }
        self.lines.push(std::mem::take(&mut self.line));
        let lines = std::mem::take(&mut self.lines);
        let mut parts = paragraphs(&lines).into_iter();
        let Some(first) = parts.next() else { return };
        let heading = self.heading.take();
        let (kind, before) = match (heading, self.mark.take()) {
            (Some(_), _) => (BlockKind::Heading, String::new()),
            (None, Some((kind, mark))) => (kind, mark),
            (None, None) if self.in_note => (BlockKind::Footnote, String::new()),
            (None, None) => (BlockKind::Paragraph, String::new()),
        };
        self.push(kind, heading.unwrap_or(0), &format!("{before}{first}"));
        for part in parts {
            self.push(if self.in_note { BlockKind::Footnote } else { BlockKind::Paragraph }, 0, &part);
        }
    }

    fn push(&mut self, kind: BlockKind, level: u8, text: &str) {
        let text = without_emphasis(text);
        let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
        let (kind, level, text) = match text.get(hashes..) {
            // A heading whose mark has no space behind it.
            Some(rest) if kind == BlockKind::Paragraph && (1..=6).contains(&hashes) && rest.starts_with(is_cjk) => {
                (BlockKind::Heading, u8::try_from(hashes - 1).unwrap_or(0), rest.to_owned())
            }
            _ => (kind, level, text),
        };
        let mut draft = Draft::new(kind, &text, 1, Rect::default());
        draft.level = level;
        self.drafts.push(draft);
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 0,
        HeadingLevel::H2 => 1,
        HeadingLevel::H3 => 2,
        HeadingLevel::H4 => 3,
        HeadingLevel::H5 => 4,
        HeadingLevel::H6 => 5,
    }
}

/// The paragraphs in the lines of one: English goes on, in Chinese a line that ends a sentence ends the paragraph.
fn paragraphs(lines: &[String]) -> Vec<String> {
    let mut found: Vec<Draft> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let goes_on = found.last().is_some_and(|before| {
            let ends = before.text.ends_with(['。', '；', '：', '！', '？', '”', '）']);
            let heads = mark(&before.text).is_some() && !before.text.contains(['，', '。']);
            !(is_chinese(&before.text) && (ends || heads))
                && mark(line.trim()).is_none()
                && !line.starts_with('\u{3000}')
                && !line.trim_start().starts_with('#')
        });
        match found.last_mut().filter(|_| goes_on) {
            Some(before) => before.append(line, 1, Rect::default(), &Vocabulary::default()),
            None => found.push(Draft::new(BlockKind::Paragraph, line, 1, Rect::default())),
        }
    }
    found.into_iter().map(|draft| draft.text).collect()
}

/// The front matter's values that are texts, a line each: `title: …`. Nested ones are left out.
fn front_matter(about: &mut About, text: &str) {
    for line in text.lines().filter(|line| !line.starts_with(char::is_whitespace)) {
        if let Some((key, value)) = line.split_once([':', '：']) {
            about.tell(key, value.trim().trim_matches(['"', '\'']));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[(BlockKind, u8, &str)]) {
        let blocks = read(text).blocks;
        let found: Vec<_> = blocks.iter().map(|block| (block.kind, block.level, block.text.as_str())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn what_markdown_marks() {
        use BlockKind::{Footnote, Heading, ListItem, Paragraph, TableRow};
        check(
            "# Lakes\n## Aims\nThe *plan*[^1] has\n[two parts](https://lakes.example/a).\n\n- **clean** water\n  1. first\n\n| a | b |\n|---|---|\n| `1` | <b>2</b> |\n\n[^1]: Of the ministry.\n\n```\nx = 1\n```\n",
            &[
                (Heading, 0, "Lakes"),
                (Heading, 1, "Aims"),
                (Paragraph, 0, "The plan[1] has two parts."),
                (ListItem, 0, "- clean water"),
                (ListItem, 0, "1. first"),
                (TableRow, 0, "a\tb"),
                (TableRow, 0, "1\t2"),
                (Footnote, 0, "[1] Of the ministry."),
                (Paragraph, 0, "x = 1"),
            ],
        );
    }

    #[test]
    fn chinese_that_was_not_written_for_it() {
        use BlockKind::{Heading, Paragraph};
        check(
            "#湖泊监测办法\n一、总体要求\n**“十五五”时期：**加强监测。\n各地要落实。\n\n    本办法自印发之日起施行。\n",
            &[
                (Heading, 0, "湖泊监测办法"),
                (Heading, 1, "一、总体要求"),
                (Paragraph, 0, "“十五五”时期：加强监测。"),
                (Paragraph, 0, "各地要落实。"),
                (Paragraph, 0, "本办法自印发之日起施行。"),
            ],
        );
    }

    #[test]
    fn front_matter_is_no_text() {
        let text = read(
            "---\ntitle: \"On Lakes\"\ndate: 2031-05-06\nlang: en\nurl: https://lakes.example/7\ntags:\n  - a\n---\nLakes are monitored.\n",
        );
        let about = text.about;
        assert_eq!(
            text.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(),
            ["On Lakes", "Lakes are monitored."]
        );
        assert_eq!(about.url.as_deref(), Some("https://lakes.example/7"));
        assert_eq!(about.language, Some(corpus::document::Language::En));
        assert_eq!(about.dates, [(corpus::facts::DateKind::Published, "2031-05-06".to_owned())]);
    }

    #[test]
    fn deep_nesting_ends() {
        read(&"> ".repeat(50_000));
        read(&"- ".repeat(50_000));
        read(&"[".repeat(50_000));
        read(&"*a ".repeat(50_000));
    }
}
