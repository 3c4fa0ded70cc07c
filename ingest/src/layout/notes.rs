//! Notes tied to their marks: which raised 1, ¹, ①, * or `[1]` of the text stands for which note at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::document::BlockKind;
use regex::Regex;

use super::draft::Draft;
use super::reading::{Anchor, Note};
use crate::numerals::plain_digit;
use crate::pattern::pattern;

/// More notes or marks than this are left untied, which bounds the work on hostile files.
const MOST: usize = 20_000;

/// A place in the text that may be the mark of a note.
struct Candidate {
    draft: usize,
    range: Range<usize>,
    mark: String,
    page: u32,
    /// Whether it can be nothing but a mark, wherever its note stands.
    plain: bool,
    note: Option<usize>,
}

/// Finds the notes among the blocks, and takes their marks out of the text.
pub(super) fn tie(drafts: &mut [Draft]) -> Vec<Note> {
    let mut candidates: Vec<Candidate> =
        (0..).zip(drafts.iter()).flat_map(|(at, draft)| candidates(at, draft)).collect();
    candidates.truncate(MOST);
    take_endnotes(drafts, &candidates);
    let mut notes: Vec<Note> = (0..).zip(drafts.iter()).filter_map(|(at, draft)| note(at, draft)).take(MOST).collect();
    let mut from = 0;
    for (at, note) in notes.iter().enumerate() {
        // Pages do not go back, so marks of earlier pages need no second look.
        from += candidates.get(from..).unwrap_or_default().iter().take_while(|c| c.page < note.page).count();
        tie_one(at, note, from, &mut candidates);
        if !candidates.iter().any(|candidate| candidate.note == Some(at)) {
            candidates.extend(glued(at, note, drafts));
        }
    }
    candidates.retain(|candidate| candidate.note.is_some());
    candidates.sort_by_key(|candidate| (candidate.draft, candidate.range.start));
    cut(drafts, &candidates, &mut notes);
    notes
}

/// The mark that a note begins with, in plain digits, and the rest of it.
pub(crate) fn split_mark(text: &str) -> (String, &str) {
    let mut mark = String::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        match plain_digit(char) {
            Some(digits) => mark.push_str(&digits),
            None if matches!(char, '[' | ']' | '〔' | '〕' | '^' | ':' | '：' | ')' | '）') => {}
            None if is_sign(char) => mark.push(char),
            None => break,
        }
        rest = rest.get(char.len_utf8()..).unwrap_or_default();
    }
    (mark, rest.trim())
}

fn is_sign(char: char) -> bool {
    matches!(char, '*' | '†' | '‡' | '§' | '¶')
}

/// A mark as it is compared: without brackets, digits plain.
fn bare(mark: &str) -> String {
    let mut bare = String::new();
    for char in mark.chars() {
        match plain_digit(char) {
            Some(digits) => bare.push_str(&digits),
            None if is_sign(char) || char.is_ascii_lowercase() => bare.push(char),
            None => {}
        }
    }
    bare
}

fn note(at: usize, draft: &Draft) -> Option<Note> {
    if draft.kind != BlockKind::Footnote {
        return None;
    }
    let raised = draft.raised.first().filter(|range| range.start == 0).and_then(|range| draft.text.get(range.clone()));
    let (mark, text) = match raised {
        Some(raised) => (bare(raised), draft.text.get(raised.len()..).unwrap_or_default().trim()),
        None => split_mark(&draft.text),
    };
    let page = draft.lines.first().map_or(1, |line| line.page);
    Some(Note { mark, text: text.to_owned(), page, block: at, anchors: Vec::new() })
}

/// The places of a block that may be marks.
fn candidates(at: usize, draft: &Draft) -> Vec<Candidate> {
    static RAISED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{1,3}|[①-⑳]|[¹²³⁰⁴-⁹]{1,3}|[*†‡§¶]{1,4}|\b[a-z]\b"));
    static SIGN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[¹²³⁰⁴-⁹]{1,3}|[①-⑳]|[*†‡]{1,4}|[\[［〔]\^?\d{1,3}[\]］〕]"));
    if matches!(draft.kind, BlockKind::Footnote | BlockKind::Header | BlockKind::Footer) {
        return Vec::new();
    }
    let candidate = |range: Range<usize>, plain: bool| {
        let mark = bare(draft.text.get(range.clone()).unwrap_or_default());
        Candidate { draft: at, page: draft.page_at(range.start), range, mark, plain, note: None }
    };
    let mut found = Vec::new();
    for raised in &draft.raised {
        let text = draft.text.get(raised.clone()).unwrap_or_default();
        let tokens = RAISED.find_iter(text).map(|token| raised.start + token.start()..raised.start + token.end());
        let tokens: Vec<Range<usize>> = tokens.collect();
        // Brackets and commas go with the mark where there is but one.
        match tokens.as_slice() {
            [_] => found.push(candidate(raised.clone(), true)),
            tokens => found.extend(tokens.iter().map(|token| candidate(token.clone(), true))),
        }
    }
    let is_raised =
        |range: &Range<usize>| draft.raised.iter().any(|raised| raised.start < range.end && range.start < raised.end);
    let signs =
        SIGN.find_iter(&draft.text).map(|sign| sign.range()).filter(|range| range.start > 0 && !is_raised(range));
    found.extend(signs.map(|range| candidate(range, false)));
    found.sort_by_key(|candidate| candidate.range.start);
    found
}

/// Paragraphs under a heading such as Notes are notes where their marks are raised in the text.
fn take_endnotes(drafts: &mut [Draft], candidates: &[Candidate]) {
    static HEADING: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:注\s*释|尾\s*注|脚\s*注|(?i:notes|endnotes|footnotes))\s*[:：]?$"));
    let mut under = false;
    let mut last = 0;
    for (at, draft) in drafts.iter_mut().enumerate() {
        if draft.kind == BlockKind::Heading || HEADING.is_match(&draft.text) {
            (under, last) = (HEADING.is_match(&draft.text), 0);
        } else if under && matches!(draft.kind, BlockKind::ListItem | BlockKind::Paragraph) {
            let begin = draft.text.trim_start_matches(['[', '［', '〔']);
            let digits = begin.bytes().take_while(u8::is_ascii_digit).count();
            let number: Option<u32> = begin.get(..digits).and_then(|digits| digits.parse().ok());
            let marked = |mark: &str| candidates.iter().any(|c| c.plain && c.draft < at && c.mark == mark);
            let next = number.filter(|number| *number == last + 1 && marked(&number.to_string()));
            if let Some(number) = next {
                draft.kind = BlockKind::Footnote;
                last = number;
            }
        }
    }
}

/// Ties a note to the marks on its page, else to the first one before it that has no note yet.
fn tie_one(at: usize, note: &Note, from: usize, candidates: &mut [Candidate]) {
    if note.mark.is_empty() {
        return;
    }
    let mut found = false;
    for candidate in candidates.get_mut(from..).unwrap_or_default().iter_mut().take_while(|c| c.page <= note.page) {
        let again = candidate.plain || !found;
        if candidate.note.is_none() && again && candidate.draft != note.block && candidate.mark == note.mark {
            candidate.note = Some(at);
            found = true;
        }
    }
    if found {
        return;
    }
    let before = candidates.get_mut(..from).unwrap_or_default().iter_mut();
    if let Some(candidate) = before.rev().take(200).find(|c| c.note.is_none() && c.plain && c.mark == note.mark) {
        candidate.note = Some(at);
    }
}

/// A number that follows a word or a stop directly: the mark of a font that has raised digits of its own.
fn glued(at: usize, note: &Note, drafts: &[Draft]) -> Option<Candidate> {
    if note.mark.is_empty() || !note.mark.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut found = None;
    let near = drafts.iter().enumerate().take(note.block).rev().take(60);
    for (draft_at, draft) in near.filter(|(_, draft)| is_text(draft.kind)) {
        for (start, _) in draft.text.match_indices(&note.mark) {
            let range = start..start + note.mark.len();
            if draft.page_at(start) != note.page || !is_glued(&draft.text, &range) {
                continue;
            }
            if found.is_some() {
                return None;
            }
            let (mark, page) = (note.mark.clone(), note.page);
            found = Some(Candidate { draft: draft_at, range, mark, page, plain: false, note: Some(at) });
        }
    }
    found
}

fn is_text(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem)
}

fn is_glued(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    let mut following = after.chars();
    let open = match (following.next(), following.next()) {
        (Some('.' | ',' | '-' | '–' | '/'), Some(next)) => !next.is_ascii_alphanumeric(),
        (Some(next), _) => !next.is_ascii_alphanumeric() && !matches!(next, '%' | '年' | '°'),
        (None, _) => true,
    };
    let mut chars = before.chars().rev();
    let (last, second) = (chars.next(), chars.next());
    let letters = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let unit = ["km", "cm", "mm", "dm"].iter().any(|unit| before.ends_with(unit));
    let word = letters >= 3 || letters == 2 && !unit;
    let stop = last
        .is_some_and(|last| matches!(last, '.' | ',' | ';' | '”' | '’' | '"' | ')' | '。' | '，' | '；' | '）' | '》'))
        && second.is_some_and(|second| !second.is_ascii_digit() || ends_year(before));
    open && (word || stop)
}

/// A year and a full stop: no number has so many digits before its point.
fn ends_year(text: &str) -> bool {
    let digits = text.strip_suffix('.').map_or(0, |text| text.bytes().rev().take_while(u8::is_ascii_digit).count());
    digits >= 4
}

/// Takes the marks out of the text, and notes where they stood. The candidates are in the order of the text.
fn cut(drafts: &mut [Draft], candidates: &[Candidate], notes: &mut [Note]) {
    for run in candidates.chunk_by(|a, b| a.draft == b.draft) {
        let Some(at) = run.first().map(|candidate| candidate.draft) else { continue };
        let Some(draft) = drafts.get_mut(at) else { continue };
        let mut kept = 0;
        for candidate in run {
            let start = candidate.range.start.saturating_sub(kept);
            let removed = draft.remove(start..candidate.range.end.saturating_sub(kept));
            kept += removed.len();
            if let Some(note) = candidate.note.and_then(|note| notes.get_mut(note)) {
                note.anchors.push(Anchor { block: at, offset: removed.start, text_offset: 0 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use corpus::document::Rect;

    use super::*;

    fn draft(kind: BlockKind, text: &str, page: u32) -> Draft {
        // Braces stand round what is raised.
        let mut draft = Draft::new(kind, &text.replace(['{', '}'], ""), page, Rect::default());
        let mut parts = text.split(['{', '}']);
        let mut at = parts.next().map_or(0, str::len);
        while let (Some(raised), Some(rest)) = (parts.next(), parts.next()) {
            draft.raised.push(at..at + raised.len());
            at += raised.len() + rest.len();
        }
        draft
    }

    /// Where a mark was taken out, the text has a bar.
    #[track_caller]
    fn check(drafts: &[(BlockKind, &str, u32)], wanted: &[&str], marks: &[&str]) {
        let mut drafts: Vec<Draft> = drafts.iter().map(|(kind, text, page)| draft(*kind, text, *page)).collect();
        let notes = tie(&mut drafts);
        let mut texts: Vec<String> = drafts.iter().map(|draft| draft.text.clone()).collect();
        let mut anchors: Vec<&Anchor> = notes.iter().flat_map(|note| &note.anchors).collect();
        anchors.sort_by_key(|anchor| std::cmp::Reverse(anchor.offset));
        for anchor in anchors {
            texts[anchor.block].insert(anchor.offset, '|');
        }
        assert_eq!(texts, wanted);
        assert_eq!(notes.iter().map(|note| note.mark.as_str()).collect::<Vec<_>>(), marks);
    }

    use BlockKind::{Footnote, Heading, ListItem, Paragraph};

    #[test]
    fn marks_are_taken_out_of_the_text() {
        check(
            &[
                (Paragraph, "Lakes{1} are wide, 10{6} of them.{2}", 1),
                (Footnote, "{1} See below.", 1),
                (Footnote, "2 Or more.", 1),
            ],
            &["Lakes| are wide, 106 of them.|", "1 See below.", "2 Or more."],
            &["1", "2"],
        );
        check(
            &[
                (Paragraph, "水位①应当按月{[2]}公布。", 3),
                (Footnote, "① 指平均水位。", 3),
                (Footnote, "[2]见附录。", 3),
            ],
            &["水位|应当按月|公布。", "① 指平均水位。", "[2]见附录。"],
            &["1", "2"],
        );
        check(&[(Heading, "Lake Report *", 1), (Footnote, "* Draft.", 1)], &["Lake Report|", "* Draft."], &["*"]);
    }

    #[test]
    fn each_page_has_its_own_numbers() {
        check(
            &[
                (Paragraph, "One{1}", 1),
                (Footnote, "1 First.", 1),
                (Paragraph, "two{1}", 2),
                (Footnote, "1 Second.", 2),
            ],
            &["One|", "1 First.", "two|", "1 Second."],
            &["1", "1"],
        );
    }

    #[test]
    fn endnotes_and_digits_that_a_font_raises_are_tied() {
        check(
            &[
                (Paragraph, "Lakes{1} rise.{2}", 1),
                (Heading, "Notes", 9),
                (ListItem, "1. Big ones.", 9),
                (ListItem, "2. Slowly.", 9),
            ],
            &["Lakes| rise.|", "Notes", "1. Big ones.", "2. Slowly."],
            &["1", "2"],
        );
        check(
            &[(Paragraph, "The lakes3 rise in 3 days.", 1), (Footnote, "3 Big ones.", 1)],
            &["The lakes| rise in 3 days.", "3 Big ones."],
            &["3"],
        );
    }

    #[test]
    fn powers_and_citations_without_notes_stay() {
        check(
            &[(Paragraph, "10{6} m{3} as in [4] and 5 * 3", 1), (Footnote, "1 A note.", 1)],
            &["106 m3 as in [4] and 5 * 3", "1 A note."],
            &["1"],
        );
    }
}
