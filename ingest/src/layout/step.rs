//! Whether a line goes on with the paragraph before it.

use std::sync::LazyLock;

use corpus::document::Line;
use regex::Regex;

use super::blocks::Sized;
use super::geometry::{Body, Place};
use super::letters::{ends_clause, ends_sentence, is_chinese};
use super::numbering::{MarkKind, is_caption, is_contents_entry, mark};
use crate::pattern::pattern;

/// Two lines that follow each other, and what decides whether they are of one paragraph.
pub(super) struct Step<'a> {
    pub(super) before: &'a Line,
    pub(super) before_place: &'a Place,
    pub(super) line: &'a Line,
    pub(super) place: &'a Place,
    pub(super) first_of_page: bool,
    pub(super) body: &'a Body,
}

impl Step<'_> {
    pub(super) fn continues(&self, draft: Option<&Sized>) -> bool {
        let Some(sized) = draft else { return false };
        if self.same_baseline() {
            return true;
        }
        if self.type_differs(sized) || begins_block(&self.line.text, &self.before.text) {
            return false;
        }
        if is_caption_end(sized) {
            return self.caption_goes_on();
        }
        if self.title_goes_on(sized) || self.centred_goes_on(sized) || self.signature_goes_on() {
            return true;
        }
        if is_clause_number(&self.before.text) || is_clause_number(&self.line.text) || self.before_is_set_right() {
            return false;
        }
        let moved = self.first_of_page || self.line.bbox.y0 < self.before.bbox.y0 - self.before.size;
        if moved { self.runs_over() } else { self.is_close() && self.is_full() && !self.is_indented(sized) }
    }

    /// Two pieces of one line that a wide quotation mark or a stretched space had parted.
    pub(super) fn same_baseline(&self) -> bool {
        let shared = self.before.bbox.y1.min(self.line.bbox.y1) - self.before.bbox.y0.max(self.line.bbox.y0);
        let gap = self.line.bbox.x0 - self.before.bbox.x1;
        let alike = (self.before.size - self.line.size).abs() < self.line.size * 0.15;
        alike
            && shared > self.line.bbox.height() * 0.7
            && (-self.line.size..self.line.size * 2.5).contains(&gap)
            && !self.first_of_page
    }

    fn type_differs(&self, sized: &Sized) -> bool {
        let (a, b) = (self.before.size.max(1.0), self.line.size.max(1.0));
        (a / b - 1.0).abs() > 0.2 && (self.before.text.chars().count() > 3 && self.line.text.chars().count() > 3)
            || (self.before.bold != self.line.bold && !self.is_full())
            // A numbered heading in bold that fills its line.
            || (self.before.bold && !self.line.bold && sized.draft.lines.len() == 1 && mark(&sized.draft.text).is_some())
    }

    /// Lines of a title stand in the middle, one under the other, in the same large type.
    fn title_goes_on(&self, sized: &Sized) -> bool {
        let large = self.line.size > self.body.size * 1.15;
        let brimful = self.before.bbox.width() * 10.0 > (self.before_place.right - self.before_place.left) * 8.0;
        large
            && (sized.centred || brimful && (self.before.size - self.line.size).abs() < 0.5)
            && self.place.centred
            && self.is_close()
            && !ends_sentence(&self.before.text)
            && !self.first_of_page
    }

    /// The second line of an English caption stands in the middle under the first, in the same type.
    fn caption_goes_on(&self) -> bool {
        let latin = !is_chinese(&self.before.text) && !is_chinese(&self.line.text);
        let alike = self.before.bold == self.line.bold && (self.before.size - self.line.size).abs() < 0.5;
        latin
            && alike
            && self.place.centred
            && self.is_close()
            && !self.first_of_page
            && !ends_clause(&self.before.text)
    }

    /// Chinese names in the middle, several on a line and parted by spaces, as those of issuers are.
    pub(super) fn is_list_of_names(&self) -> bool {
        let parted =
            |line: &Line| is_chinese(&line.text) && line.text.contains(' ') && !line.text.contains(['，', '。']);
        self.place.centred
            && self.before_place.centred
            && (parted(self.before) || parted(self.line))
            && is_chinese(&self.before.text)
            && is_chinese(&self.line.text)
            && !self.same_baseline()
            && self.line.size < self.body.size * 1.3
    }

    /// Lines of issuers or of a number that stand in the middle, one full and the next under it.
    fn centred_goes_on(&self, sized: &Sized) -> bool {
        let tight = self.line.bbox.y0 - self.before.bbox.y0 < self.body.pitch(self.line.size) * 1.22;
        let wide = self.before.bbox.width() * 2.0 > self.before_place.right - self.before_place.left;
        let open = !ends_clause(&self.before.text) && !self.first_of_page;
        // A Chinese line that is cut in mid-word is nearly as wide as the column.
        let latin = !is_chinese(&self.before.text) && !is_chinese(&self.line.text);
        let brimful = self.before.bbox.width() * 10.0 > (self.before_place.right - self.before_place.left) * 7.0;
        let same_span = (self.before.bbox.x0 - self.line.bbox.x0).abs() < 1.0
            && (self.before.bbox.x1 - self.line.bbox.x1).abs() < 2.0;
        sized.centred && self.place.centred && tight && open && (latin && wide || brimful || same_span)
    }

    /// English names in a signature at the right edge, cut where the edge was. A date below them stands alone.
    fn signature_goes_on(&self) -> bool {
        let right = |line: &Line, place: &Place| line.bbox.x0 - place.left > line.size * 5.0;
        let both = right(self.before, self.before_place) && right(self.line, self.place);
        let edge = (self.before.bbox.x1 - self.line.bbox.x1).abs() < 3.0;
        let dated = self.line.text.bytes().filter(u8::is_ascii_digit).count() >= 4;
        let latin = !is_chinese(&self.before.text) && !is_chinese(&self.line.text);
        both && edge && latin && !dated && self.is_close() && !self.first_of_page && !ends_clause(&self.before.text)
    }

    /// A signature or a date at the right, not under another line of its kind, goes on nowhere.
    fn before_is_set_right(&self) -> bool {
        let far = self.before.bbox.x0 - self.before_place.left > self.before.size * 7.0;
        far && (self.before.bbox.x0 - self.line.bbox.x0).abs() > self.line.size
    }

    fn is_close(&self) -> bool {
        // Where no indent tells paragraphs apart, white space between them does.
        let most = if self.body.indents { 1.45 } else { 1.3 };
        let pitch = self.line.bbox.y0 - self.before.bbox.y0;
        pitch < self.body.pitch(self.line.size) * most
    }

    /// Whether the line before reaches so far right that the next word had no room.
    fn is_full(&self) -> bool {
        let room = self.before_place.right - self.before.bbox.x1;
        room < first_word_width(self.line).max(self.line.size * 1.6)
    }

    /// Whether the line begins further right than the column, as the first line of a paragraph does.
    fn is_indented(&self, sized: &Sized) -> bool {
        let indent = self.line.bbox.x0 - self.place.left;
        let before = self.before.bbox.x0 - self.before_place.left;
        let marked = mark(&sized.draft.text).is_some() || is_reference(&sized.draft.text);
        let hanging = marked && indent <= before + self.line.size * 4.0 && indent > before;
        indent > self.line.size * 0.9
            && indent > before - self.line.size * 0.5
            && !hanging
            && !self.is_block_quote(indent, before)
    }

    /// Lines that are all indented alike: only a stop between them parts them.
    fn is_block_quote(&self, indent: f32, before: f32) -> bool {
        (indent - before).abs() < self.line.size * 0.3 && !ends_sentence(&self.before.text)
    }

    /// Whether a paragraph goes on at the top of the next column or page.
    fn runs_over(&self) -> bool {
        let indented = self.line.bbox.x0 - self.place.left > self.line.size * 0.9;
        if !self.is_full() || indented {
            return false;
        }
        if is_chinese(&self.before.text) {
            return !ends_sentence(&self.before.text) || self.body.indents;
        }
        // The last line of a paragraph reaches the very edge by chance only.
        let to_the_edge =
            (self.before_place.right - self.before.bbox.x1).abs() < 0.8 && ends_sentence(&self.before.text);
        !ends_clause(&self.before.text) || to_the_edge || (self.body.indents && !indented)
    }
}

/// 3.1.2 on a line of its own, as an entry of a terminology has it.
pub(super) fn is_clause_number(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('.').collect();
    let number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=5).contains(&parts.len())
        && parts.iter().skip(1).all(number)
        && parts.first().is_some_and(|part| number(part) || part.len() == 1)
}

/// `[1]` before an entry of a list of references.
fn is_reference(text: &str) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\[［【]\d{1,3}[\]］】]"));
    MARK.is_match(text)
}

/// 注1：, 示例：, NOTE and Note 1 to entry:, as standards begin what they add to a clause.
fn begins_remark(text: &str) -> bool {
    static REMARK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:(?:注|示例)\s*\d{0,2}\s*[:：]|(?:NOTE|EXAMPLE|Note|Example)(?: \d{1,2})?(?: to entry)?\s?[:：—])")
    });
    REMARK.is_match(text)
}

fn is_caption_end(sized: &Sized) -> bool {
    is_caption(&sized.draft.text) && sized.centred
}

/// Whether a line can only be the beginning of a block.
fn begins_block(text: &str, before: &str) -> bool {
    if is_caption(text) || is_contents_entry(before) || begins_remark(text) || is_reference(text) && ends_clause(before)
    {
        return true;
    }
    match mark(text).map(|mark| mark.kind) {
        // A sentence may go on with a number or a reference to an article at a line's beginning.
        Some(MarkKind::Arabic | MarkKind::Clause(_) | MarkKind::BareNumber | MarkKind::Letter | MarkKind::Roman) => {
            ends_clause(before)
        }
        Some(MarkKind::Article | MarkKind::Chapter | MarkKind::Section | MarkKind::Annex | MarkKind::Named) => {
            ends_clause(before) || mark_stands_off(text)
        }
        Some(MarkKind::ArabicBracket | MarkKind::HanBracket | MarkKind::RomanBracket) => ends_clause(before),
        Some(MarkKind::HanComma | MarkKind::Bullet) => true,
        Some(MarkKind::Capital) | None => false,
    }
}

/// 第三条　…: white space behind the mark, which a reference in running text does not have.
fn mark_stands_off(text: &str) -> bool {
    mark(text).and_then(|mark| text.get(..mark.len)).is_some_and(|mark| mark.ends_with(char::is_whitespace))
}

/// How many em the first characters of a Chinese line take that no line's end may part: opening marks and what they
/// open, or a word in Latin letters, and closing marks.
fn unbreakable(text: &str) -> f32 {
    let opening = text.chars().take_while(|char| matches!(char, '（' | '《' | '“' | '‘' | '「' | '〔' | '【')).count();
    let mut rest = text.chars().skip(opening).peekable();
    let mut width = f32::from(u8::try_from(opening).unwrap_or(u8::MAX));
    if rest.peek().is_some_and(char::is_ascii_graphic) {
        while rest.next_if(char::is_ascii_graphic).is_some() {
            width += 0.5;
        }
    } else if rest.next().is_some() {
        width += 1.0;
    }
    while rest
        .next_if(|char| matches!(char, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '》' | '”' | '’'))
        .is_some()
    {
        width += 1.0;
    }
    width
}

fn first_word_width(line: &Line) -> f32 {
    if is_chinese(&line.text) {
        return line.size * (unbreakable(&line.text) + 0.2);
    }
    let chars = line.text.chars().count().max(1);
    let word = line.text.split_whitespace().next().map_or(1, |word| word.chars().count());
    let (chars, word) = (u16::try_from(chars).unwrap_or(u16::MAX), u16::try_from(word).unwrap_or(u16::MAX));
    line.bbox.width() * f32::from(word + 1) / f32::from(chars)
}
