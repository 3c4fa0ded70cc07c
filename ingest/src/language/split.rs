//! Blocks that say the same in two languages, taken apart.

use corpus::document::{Block, BlockKind, BlockLine, Language, Rect};
use corpus::ends::Ends;
use corpus::text::is_han;
use corpus::text::segment::sentences;

use crate::layout::numbering::{MarkKind, heading_mark};

/// A part in Chinese has at least so many Han characters.
const LEAST_HAN: usize = 6;
/// A part in English has at least so many words.
const LEAST_WORDS: usize = 4;
/// A block in two languages has at the most so many parts.
const MOST: usize = 64;

/// The blocks that a block in Chinese and English consists of, or the block itself.
///
/// A block is split where whole sentences of the one language follow those of the other, or an article's heading in
/// the one that in the other. A sentence that has a term of the other language in it, with or without brackets, stays
/// as it is, and so do the rows of tables.
pub(crate) fn split(block: Block) -> Vec<Block> {
    if !matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem) {
        return vec![block];
    }
    let mut cuts = cuts_between_sentences(&block.text);
    if cuts.is_empty() {
        cuts.extend(cut_between_marks(&block.text));
    }
    let mut parts = Vec::new();
    let mut rest = block;
    for cut in cuts.into_iter().take(MOST).rev() {
        let (front, back) = cut_at(&rest, cut);
        parts.push(back);
        rest = front;
    }
    parts.push(rest);
    parts.reverse();
    parts
}

/// A run of sentences in one language.
struct Run {
    language: Language,
    start: usize,
    han: usize,
    words: usize,
}

/// Where sentences of one language end and those of the other begin, provided that every part is long enough to be
/// what the other says.
fn cuts_between_sentences(text: &str) -> Vec<usize> {
    let mut runs: Vec<Run> = Vec::new();
    for range in sentences(text) {
        let Some(sentence) = text.get(range.clone()) else { continue };
        let (han, words) = (han(sentence), words(sentence));
        let Some(language) = language_of(han, words) else {
            // A sentence that mixes both goes with what stands before it, a number alone as well.
            if han > 0 && words > 0 {
                return Vec::new();
            }
            continue;
        };
        match runs.last_mut() {
            Some(run) if run.language == language => (run.han, run.words) = (run.han + han, run.words + words),
            // What goes on in lower case is the rest of a sentence that began before the words in Chinese.
            Some(_) if language == Language::En && !begins_sentence(sentence) => return Vec::new(),
            _ => runs.push(Run { language, start: range.start, han, words }),
        }
    }
    let whole = |run: &Run| match run.language {
        Language::Zh => run.han >= LEAST_HAN,
        _ => run.words >= LEAST_WORDS,
    };
    if runs.len() < 2 || !runs.iter().all(whole) || !is_balanced(&runs) {
        return Vec::new();
    }
    runs.iter().skip(1).map(|run| run.start).collect()
}

/// Whether the two languages say about as much: a translation has a word for one to five characters.
fn is_balanced(runs: &[Run]) -> bool {
    let han: usize = runs.iter().filter(|run| run.language == Language::Zh).map(|run| run.han).sum();
    let words: usize = runs.iter().filter(|run| run.language == Language::En).map(|run| run.words).sum();
    han * 2 >= words && han <= words * 6
}

fn begins_sentence(sentence: &str) -> bool {
    !sentence
        .trim_start_matches(|char: char| !char.is_alphanumeric())
        .starts_with(|char: char| char.is_ascii_lowercase())
}

/// The language that a sentence is in but for single words; `None` where it mixes both.
fn language_of(han: usize, words: usize) -> Option<Language> {
    match (han, words) {
        (0, 0) => None,
        (han, words) if han >= words * 3 => Some(Language::Zh),
        (han, words) if words >= han * 2 => Some(Language::En),
        _ => None,
    }
}

fn han(text: &str) -> usize {
    text.chars().filter(|char| is_han(*char)).count()
}

/// The words of two letters and more in Latin script.
fn words(text: &str) -> usize {
    let latin = text.split(|char: char| !char.is_ascii_alphabetic());
    latin.filter(|word| word.len() >= 2).count()
}

/// 第一章 总则 Chapter 1 General: where the second of two marks that name the same kind of part stands.
fn cut_between_marks(text: &str) -> Option<usize> {
    let first = heading_mark(text).filter(|mark| mark.kind.is_worded())?;
    let second = |at: usize| {
        let rest = text.get(at..)?;
        let before = text.get(..at)?.chars().next_back()?;
        let apart = before.is_whitespace() || is_han(before) != rest.starts_with(is_han);
        let found = heading_mark(rest).filter(|mark| apart && alike(mark.kind, first.kind))?;
        let parted = text.starts_with(is_han) != rest.starts_with(is_han);
        (parted && rest.len() > found.len).then_some(at)
    };
    let mut places = text.char_indices().map(|(at, _)| at).skip_while(|at| *at < first.len).take(200);
    places.find_map(second)
}

fn alike(one: MarkKind, other: MarkKind) -> bool {
    one.is_worded() && one == other
}

/// A block cut in two: what stands before a byte of its text, and what stands from it on.
fn cut_at(block: &Block, cut: usize) -> (Block, Block) {
    let (front, back) = block.text.split_at_checked(cut).unwrap_or((&block.text, ""));
    let front = front.trim_end();
    let first = block.lines.partition_point(|line| line.start <= cut).saturating_sub(1);
    let mut behind = block.lines.get(first..).unwrap_or_default().to_vec();
    if let Some(line) = behind.first_mut() {
        *line = from(line, block, cut);
    }
    for line in &mut behind {
        line.start = line.start.saturating_sub(cut);
    }
    let before = block.lines.iter().filter(|line| line.start < front.len()).cloned().collect();
    (placed(block, front, before), placed(block, back, behind))
}

/// What is left of a line of a block from a byte of its text on.
fn from(line: &BlockLine, block: &Block, cut: usize) -> BlockLine {
    let taken = block.text.get(line.start..cut).map_or(0, |taken| taken.chars().count());
    let ends = line.ends.points();
    let level = line.bbox.width() >= line.bbox.height();
    let Some(left) = taken.checked_sub(1).and_then(|last| ends.get(last)).filter(|_| level) else {
        return if taken == 0 { line.clone() } else { BlockLine::new(line.start, line.page, line.bbox) };
    };
    let rest: Vec<f32> = ends.iter().skip(taken).map(|end| end - left).collect();
    let bbox = Rect { x0: (line.bbox.x0 + left).min(line.bbox.x1), ..line.bbox };
    BlockLine { start: line.start, page: line.page, bbox, ends: Ends::of(&rest) }
}

/// A part of a block, with the page and box that its lines give it.
fn placed(block: &Block, text: &str, lines: Vec<BlockLine>) -> Block {
    let first = lines.first().cloned().unwrap_or_else(|| BlockLine::new(0, block.page, block.bbox));
    let on_page = lines.iter().filter(|line| line.page == first.page);
    let bbox = on_page.fold(first.bbox, |bbox, line| bbox.union(line.bbox));
    let (kind, level, language) = (block.kind, block.level, block.language);
    Block { kind, level, page: first.page, bbox, language, text: text.to_owned(), lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        let line = |start: usize, page: u32| BlockLine::new(start, page, Rect::default());
        let lines = vec![line(0, 1), line(text.len() / 2, 2)];
        let (kind, bbox) = (BlockKind::Paragraph, Rect::default());
        Block { kind, level: 0, page: 1, bbox, language: Language::Other, text: text.to_owned(), lines }
    }

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let parts = split(block(text));
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>(), wanted);
        assert!(parts.iter().all(|part| part.lines.iter().all(|line| line.start <= part.text.len())));
    }

    #[test]
    fn an_article_in_two_languages_is_two_blocks() {
        check(
            "第一条 为了规范湖泊监测，制定本办法。Article 1 These Measures are formulated to govern the monitoring of lakes.",
            &[
                "第一条 为了规范湖泊监测，制定本办法。",
                "Article 1 These Measures are formulated to govern the monitoring of lakes.",
            ],
        );
        check(
            "Lakes are sampled every month by the centre. 湖泊每月由监测中心采样一次。",
            &["Lakes are sampled every month by the centre.", "湖泊每月由监测中心采样一次。"],
        );
        check("第一章 总则 Chapter 1 General Provisions", &["第一章 总则", "Chapter 1 General Provisions"]);
    }

    #[test]
    fn the_second_part_keeps_its_place() {
        let text = "湖泊每月由监测中心采样一次并且公布结果。Lakes are sampled monthly by the centre, and results are published.";
        let parts = split(block(text));
        assert_eq!(parts.iter().map(|part| (part.page, part.lines.len())).collect::<Vec<_>>(), [(1, 1), (1, 2)]);
    }

    #[test]
    fn terms_and_glosses_split_nothing() {
        for whole in [
            "数据要素 data element",
            "发展新质生产力 (new quality productive forces) 是重点。",
            "New quality productive forces (新质生产力) are a priority. They follow the plan (规划).",
            "符合GB/T 1.1—2020的要求。See annex.",
            "The slogan “湖泊清澈，人人有责。” hung on the wall of the old building for years, and people read it.",
            "监测中心采用Lake Monitor系统。系统由Acme公司开发。",
            "表1\t湖泊 Lakes. 河流 Rivers.",
        ] {
            check(whole, &[whole]);
        }
    }
}
