//! The title of a document, and its counterpart in the other language.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, Language};
use corpus::text::is_han;
use regex::Regex;

use super::labelled;
use crate::facts::{Text, standards};
use crate::language::detect;
use crate::layout::letters::{ends_clause, is_chinese};
use crate::pattern::pattern;

/// A title that is not marked as one stands among so many first blocks.
const FRONT: usize = 25;
/// At the most so many blocks are one title.
const PARTS: usize = 4;

/// A title and the block where it begins.
#[derive(Default)]
pub(super) struct Title {
    pub(super) text: Option<String>,
    pub(super) block: Option<usize>,
    /// The block behind its last.
    end: usize,
}

/// The title: under a label, in the type of a title, or else what stands where titles do.
pub(super) fn title(text: &Text, hint: Option<&str>) -> Title {
    if let Some((at, title)) = labelled(text, &["title", "subject", "标题", "名称"]) {
        let next = text.blocks.get(at + 1).filter(|next| breaks_off(&title) && goes_on(&title, next));
        let whole = next.map_or(tidy(&title), |next| put_together(&tidy(&title), &tidy(&next.text)));
        return Title { text: Some(whole), block: Some(at), end: at + 1 };
    }
    let marked = text.blocks.iter().position(|block| block.kind == BlockKind::Heading && block.level == 0);
    let block = |at: Option<usize>| at.and_then(|at| text.blocks.get(at));
    if let Some(at) = marked.filter(|_| block(marked).is_some_and(|block| is_sound(&block.text))) {
        return own_half(text, joined(text, at));
    }
    let hint = hint.map(str::trim).filter(|hint| is_title(hint) && is_sound(hint));
    if let Some(at) = in_place_of(text, marked).or_else(|| if hint.is_none() { first_line(text) } else { None }) {
        return own_half(text, joined(text, at));
    }
    if let Some(hint) = hint {
        let at = text.blocks.iter().position(|block| tidy(&block.text) == tidy(hint));
        return Title { text: Some(tidy(hint)), block: at, end: at.map_or(0, |at| at + 1) };
    }
    if let Some((at, block)) = above_scope(text).and_then(|at| Some((at, text.blocks.get(at)?))) {
        return Title { text: Some(tidy(&block.text)), block: Some(at), end: at + 1 };
    }
    match running_head(text) {
        Some(head) => Title { text: Some(head), block: None, end: 0 },
        None => match marked.and_then(|at| Some((at, text.blocks.get(at)?))) {
            Some((at, block)) if !is_furniture(&block.text) && !is_chapter(&block.text) => {
                Title { text: Some(tidy(&block.text)), block: Some(at), end: at + 1 }
            }
            _ => Title::default(),
        },
    }
}

/// Another heading of the first page, where what is set in the largest type is no title: the name of the issuer in a
/// red head, the number of a standard, a word of a masthead.
fn in_place_of(text: &Text, marked: Option<usize>) -> Option<usize> {
    let page = text.blocks.get(marked?)?.page;
    let candidates: Vec<usize> = text
        .blocks
        .iter()
        .enumerate()
        .take(FRONT)
        .filter(|(at, block)| {
            let place = matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph);
            Some(*at) != marked && place && block.page <= page && is_title(&block.text) && is_sound(&block.text)
        })
        .map(|(at, _)| at)
        .collect();
    let get = |at: &usize| text.blocks.get(*at);
    let named = candidates.iter().find(|at| get(at).is_some_and(|block| super::kind::of_title(&block.text).is_some()));
    let behind_number = || {
        let number = text.blocks.get(marked?).is_some_and(|block| is_only_a_number(&block.text));
        candidates.iter().find(|at| number && **at > marked.unwrap_or(0))
    };
    let heading = || candidates.iter().find(|at| get(at).is_some_and(|block| block.kind == BlockKind::Heading));
    named.or_else(behind_number).or_else(heading).copied()
}

/// The first line that can be a title, where none is marked.
fn first_line(text: &Text) -> Option<usize> {
    text.blocks.iter().take(10).position(|block| {
        matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph)
            && is_title(&block.text)
            && is_sound(&block.text)
            && !breaks_off(&block.text)
    })
}

/// A standard repeats its title above its first clause, Scope (GB/T 1.1-2020, 8.5).
fn above_scope(text: &Text) -> Option<usize> {
    static SCOPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:1[.\s　、]*(?:范\s*围|总\s*则|scope))$"));
    let scope = text.blocks.iter().take(400).position(|block| SCOPE.is_match(block.text.trim()))?;
    let before = (0..scope).rev().take(3);
    before.into_iter().find(|at| {
        text.blocks.get(*at).is_some_and(|block| {
            matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph)
                && is_title(&block.text)
                && is_sound(&block.text)
        })
    })
}

/// The line at the head of many pages.
fn running_head(text: &Text) -> Option<String> {
    let heads: Vec<&str> = text
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Header)
        .take(60)
        .map(|block| block.text.trim())
        .filter(|line| is_title(line) && is_sound(line) && !line.contains('\t'))
        .collect();
    let count = |line: &str| heads.iter().filter(|other| **other == line).count();
    heads.iter().max_by_key(|line| count(line)).filter(|line| count(line) >= 3).map(|line| tidy(line))
}

/// Whether a text can be a title: long enough, not a sentence, not the name of a file.
fn is_title(text: &str) -> bool {
    let enough = if is_chinese(text) { text.chars().count() >= 6 } else { text.split_whitespace().count() >= 3 };
    // Commands and the midst of sentences begin small.
    let small = text.starts_with(|char: char| char.is_ascii_lowercase())
        && text.split(' ').take(4).all(|word| word.chars().all(|char| !char.is_ascii_uppercase()));
    let file = small
        || text.contains('_')
        || text.starts_with("Microsoft")
        || text.contains("://")
        || text.contains("\u{fffd}");
    enough && !file && !ends_clause(text) && text.chars().count() <= 450
}

/// Whether a line that is set as a title is one, and no part of the page's make-up.
fn is_sound(text: &str) -> bool {
    let text = text.trim();
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    let han = text.chars().filter(|char| is_han(*char)).count();
    let long = han >= 3 || letters >= 8 || letters >= 5 && text.contains(' ');
    let prose = han > 60 && text.matches('，').count() >= 2;
    long && !prose && !is_chapter(text) && !is_furniture(text) && !is_only_a_number(text)
}

/// Whether a heading is numbered, and so one of several.
fn is_chapter(text: &str) -> bool {
    static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:第[一二三四五六七八九十\d]{1,4}[章节编]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、]\s?\D|[1-9](?:\.\d{1,2}){0,3}[\s　]+(?:范围|总则|引言|规范性引用文件|术语|缩略语|符号))",
        )
    });
    CHAPTER.is_match(text)
}

/// What is set large on first pages and is nobody's title.
fn is_furniture(text: &str) -> bool {
    static MAKE_UP: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?i:(?:table of )?contents|foreword|preface|abstract|executive summary|summary|introduction|white ?paper|international standard|british standard|european standard|technical (?:report|specification)|translation|draft|report|news|press release|open access|research article|official journal.{0,60}|arXiv:.*|doi:.*|issn.*|isbn.*|ics\s?\d.*|ccs\s?[a-z].*|(?:table|figure|exhibit|annex|appendix) [a-z]{0,3}\d.*)$",
            r"|^(?:目\s*[录次]|前\s*言|引\s*言|摘\s*要|附件\s*\d{0,2}|[表图]\s?\d.*|新闻|公报|(?:中华人民共和国)?.{0,30}标\s*准(?:化指导性技术文件)?|各位代表.?|.{2,40}文件)$",
            r"|^[^关]{2,40}(?:令|公报)$|…{2,}|\.{5,}|(?:· ?){5,}|^备案号"
        ))
    });
    MAKE_UP.is_match(text) && super::kind::of_title(text).is_none_or(|_| !text.contains("关于") && !text.contains('《'))
}

/// The number of a standard or report, set as large as its title.
fn is_only_a_number(text: &str) -> bool {
    // The line below the number says what the standard replaces (GB/T 1.1-2020, 8.1).
    const REPLACES: [&str; 5] = ["部分代替", "代替", "替代", "Replacing", "Supersedes"];
    let text = text.trim();
    let text = REPLACES.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let found = standards::find(text);
    let covered: usize = found.iter().map(|found| found.span.len()).sum();
    !found.is_empty() && text.trim().len() <= covered + 4
}

/// Whether a line ends in the midst of a phrase.
fn breaks_off(text: &str) -> bool {
    let last = text.trim().rsplit(' ').next().unwrap_or_default();
    let small = matches!(
        last,
        "a" | "an" | "and" | "as" | "at" | "by" | "for" | "from" | "in" | "of" | "on" | "or" | "the" | "to" | "with"
    );
    let unclosed = text.matches('《').count() > text.matches('》').count();
    small || unclosed || text.trim_end().ends_with([':', '：', '—', '–', '-']) || text.trim_end().ends_with("关于")
}

/// The title that holds a block: with the lines that it goes on with, or that go on with it, and on the cover of a
/// standard with its parts.
fn joined(text: &Text, at: usize) -> Title {
    let Some(first) = text.blocks.get(at) else { return Title::default() };
    let mut title = tidy(&first.text);
    let (mut start, mut end) = (at, at + 1);
    // An international standard repeats its title in other languages; a Chinese one gives it line by line.
    let cover = at < FRONT && text.language == Language::Zh && super::kind::is_standard(text);
    while end < at + PARTS {
        let Some(next) = text.blocks.get(end).filter(|next| next.page == first.page) else { break };
        if !(breaks_off(&title) && goes_on(&title, next) || cover && is_part(first, next)) {
            break;
        }
        title = put_together(&title, &tidy(&next.text));
        end += 1;
    }
    while start + PARTS > at {
        let Some(before) = start.checked_sub(1).and_then(|before| text.blocks.get(before)) else { break };
        let opens = before.page == first.page
            && before.text.trim_end().ends_with([':', '：', '—', '–'])
            && is_title(before.text.trim_end_matches([':', '：', '—', '–', ' ']))
            && goes_on(&title, before)
            && is_sound(&before.text);
        if !opens {
            break;
        }
        title = put_together(&tidy(&before.text), &title);
        start -= 1;
    }
    Title { text: Some(title), block: Some(start), end }
}

/// Two lines of one title. Chinese that breaks off in a phrase goes on without a space.
fn put_together(first: &str, second: &str) -> String {
    let glued = is_chinese(first) && breaks_off(first);
    format!("{first}{}{second}", if glued { "" } else { " " })
}

/// Whether a block can be the rest of a title that breaks off.
fn goes_on(title: &str, next: &Block) -> bool {
    let place = matches!(next.kind, BlockKind::Heading | BlockKind::Paragraph);
    let length = next.text.chars().count();
    let colon = next.text.trim_end().ends_with([':', '：']);
    place && length <= 160 && (colon || !ends_clause(&next.text)) && is_chinese(title) == is_chinese(&next.text)
}

/// Whether a block is the next part of a standard's title: in the same language and set as a heading.
fn is_part(first: &Block, next: &Block) -> bool {
    let same = is_chinese(&first.text) == is_chinese(&next.text);
    let bare = next.text.trim();
    let agency = !crate::facts::agencies::mentions_in(bare, 0).is_empty();
    let date = !crate::facts::dates::find(bare).is_empty();
    let stage = bare.starts_with(['(', '（']) || bare.ends_with("发布") || bare.ends_with("实施");
    let clause = bare.starts_with(|char: char| char.is_ascii_digit());
    let marks = bare.contains(['〔', '“', '”', '：', ':']) && !bare.starts_with('第') && !bare.starts_with("Part");
    matches!(next.kind, BlockKind::Heading | BlockKind::Paragraph)
        && same
        && !clause
        && !marks
        && !agency
        && !date
        && !stage
        && !ends_clause(bare)
        && !is_furniture(bare)
        && !is_only_a_number(bare)
        && bare.chars().count() <= 160
}

/// A Chinese standard's title where the translation below it is set as large.
fn own_half(text: &Text, found: Title) -> Title {
    let foreign = found.text.as_deref().is_some_and(|title| !title.chars().any(is_han));
    if text.language != Language::Zh || !foreign || !super::kind::is_standard(text) {
        return found;
    }
    let own = found.block.and_then(|at| at.checked_sub(1)).filter(|at| {
        text.blocks
            .get(*at)
            .is_some_and(|block| is_chinese(&block.text) && is_title(&block.text) && is_sound(&block.text))
    });
    own.map_or(found, |at| joined(text, at))
}

/// A title on one line, without the note mark behind it.
pub(super) fn tidy(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let joined = words.join(" ");
    joined.trim_end_matches(['*', '¹', '²', '³', '①', '†']).trim().to_owned()
}

/// A title that is printed in both languages, the document's own first.
pub(super) fn split_languages(title: &str, language: Language) -> Option<(String, String)> {
    let border = match language {
        Language::En => title.char_indices().find(|(_, char)| is_han(*char))?.0,
        _ => return None,
    };
    let (own, other) = title.split_at_checked(border)?;
    let han = other.chars().filter(|char| is_han(*char)).count();
    let own = own.trim().trim_end_matches(['(', '（', '/', '|']).trim();
    let other = other.trim().trim_end_matches([')']).trim();
    (han >= 6 && own.split_whitespace().count() >= 3 && han * 2 > other.chars().count())
        .then(|| (own.to_owned(), other.to_owned()))
}

/// The title in the other language: a short line beside the title.
pub(super) fn translated(text: &Text, title: &Title) -> Option<String> {
    let other = text.language.counterpart()?;
    let at = title.block?;
    let near = (1..=8).flat_map(|step| [at.checked_add(step), at.checked_sub(step)]).flatten();
    let found = near
        .filter(|near| *near < at || *near >= title.end)
        .find(|near| text.blocks.get(*near).is_some_and(|block| is_translation(block, other)))?;
    joined(text, found).text
}

fn is_translation(block: &Block, other: Language) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[〔\[]\s?(?:19|20)\d{2}|^[^:：]{1,30}[:：]\s|[:：]$"));
    let text = &block.text;
    let agency =
        !crate::facts::agencies::mentions_in(text, 0).is_empty() && !text.contains('关') && !text.contains(" on ");
    let number = NUMBER.is_match(text) && !text.contains('“') && !text.starts_with("Part");
    let code = text.contains(['=', '{', ';']) || text.ends_with('(');
    let place = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
    place
        && !agency
        && !number
        && !code
        && is_sound(text)
        && detect(text) == other
        && is_title(text)
        && text.chars().filter(char::is_ascii_digit).count() < 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_large_and_is_no_title() {
        for line in [
            "水利部文件",
            "水利部令",
            "Contents",
            "目　次",
            "GB/T 80001—2031",
            "代替 GB/T 80001—2019",
            "3　术语和定义",
            "ICS 35.040",
            "FILED",
            "Table 3. Lakes",
            "第七章 湖泊",
            "1 范围………………… 2",
        ] {
            assert!(!is_sound(line), "{line}");
        }
        for line in [
            "水利部关于湖泊监测的通知",
            "湖泊法",
            "Lake monitoring — Vocabulary",
            "湖泊监测 术语",
            "AI Update",
            "关于修订《湖泊公报》的通知",
        ] {
            assert!(is_sound(line), "{line}");
        }
    }

    #[test]
    fn lines_that_break_off() {
        assert!(breaks_off("A Guide for") && breaks_off("Lakes:") && breaks_off("关于印发《湖泊监测"));
        assert!(!breaks_off("A Guide for Lakes") && !breaks_off("关于印发《湖泊监测方案》的通知"));
    }
}
