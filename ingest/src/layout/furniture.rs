//! Running headers, footers and page numbers: what repeats at the edge of pages.

use std::collections::HashMap;
use std::sync::LazyLock;

use corpus::document::{BlockKind, Line, Page};
use regex::Regex;

use super::blocks::is_clause_number;
use crate::pattern::pattern;

/// The share of a page's height, at the top and at the foot, in which furniture is looked for.
const MARGIN: f32 = 0.13;
/// The share in which a lone page number is one without being repeated.
const EDGE: f32 = 0.09;
/// How far, in points, the same piece may move from page to page.
const DRIFT: f32 = 18.0;
/// At the most so many lines at either edge are furniture.
const LINES: usize = 4;

/// For each line of each page: [`BlockKind::Header`], [`BlockKind::Footer`], or nothing when it is part of the text.
pub(super) fn furniture(pages: &[Page]) -> Vec<Vec<Option<BlockKind>>> {
    let mut found: Vec<Vec<Option<BlockKind>>> = pages.iter().map(|page| vec![None; page.lines.len()]).collect();
    let edges: Vec<Vec<(usize, BlockKind)>> = pages.iter().map(edge_lines).collect();
    let places = repeated(pages, &edges);
    for ((page, kinds), edge) in pages.iter().zip(&mut found).zip(&edges) {
        for &(at, kind) in edge {
            let Some(line) = page.lines.get(at) else { continue };
            if is_clause_number(&line.text) {
                continue;
            }
            let number = is_page_number(&line.text) && is_outermost(page, line, kind);
            let again = places.get(&key(line, kind)).is_some_and(|tops| is_repeated(tops, line, pages.len()));
            if (number || again)
                && let Some(slot) = kinds.get_mut(at)
            {
                *slot = Some(kind);
            }
        }
    }
    found
}

/// The lines nearest to the top and the foot of a page, and which of the two.
fn edge_lines(page: &Page) -> Vec<(usize, BlockKind)> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    let top = |at: &usize| page.lines.get(*at).map_or(0.0, |line| line.bbox.y0);
    order.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let height = page.height.max(1.0);
    let heads =
        order.iter().take(LINES).filter(|at| page.lines.get(**at).is_some_and(|line| line.bbox.y1 < height * MARGIN));
    let feet = order
        .iter()
        .rev()
        .take(LINES)
        .filter(|at| page.lines.get(**at).is_some_and(|line| line.bbox.y0 > height * (1.0 - MARGIN)));
    heads.map(|at| (*at, BlockKind::Header)).chain(feet.map(|at| (*at, BlockKind::Footer))).collect()
}

/// What a piece of furniture is known by: its words without digits and spaces, and its edge.
fn key(line: &Line, kind: BlockKind) -> (String, BlockKind) {
    let words = line.text.chars().filter(|char| !char.is_whitespace());
    let mut key = String::new();
    for char in words {
        let char = if char.is_ascii_digit() { '#' } else { char };
        if char != '#' || !key.ends_with('#') {
            key.push(char);
        }
    }
    (key, kind)
}

type Places = HashMap<(String, BlockKind), Vec<f32>>;

/// Where each piece stands, from the top of each page.
fn repeated(pages: &[Page], edges: &[Vec<(usize, BlockKind)>]) -> Places {
    let mut places = Places::new();
    for (page, edge) in pages.iter().zip(edges) {
        for &(at, kind) in edge {
            if let Some(line) = page.lines.get(at) {
                places.entry(key(line, kind)).or_default().push(line.bbox.y0);
            }
        }
    }
    places
}

/// Whether enough other pages have the same piece at the same height. Pieces may alternate between left and right pages.
fn is_repeated(tops: &[f32], line: &Line, pages: usize) -> bool {
    let same = tops.iter().filter(|top| (**top - line.bbox.y0).abs() < DRIFT).count();
    same >= 2 && (pages <= 4 || same * 5 >= pages || same >= 5)
}

/// Whether nothing else stands further out than a line: a page number among text is none.
fn is_outermost(page: &Page, line: &Line, kind: BlockKind) -> bool {
    let height = page.height.max(1.0);
    match kind {
        BlockKind::Header => line.bbox.y0 < height * EDGE,
        _ => line.bbox.y1 > height * (1.0 - EDGE),
    }
}

/// 3, — 3 —, iv, 第3页 共8页, Page 3 of 8, 3/8.
fn is_page_number(text: &str) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[\s—–\-·.•]*(?:\d{1,4}|[ivxlIVXL]{1,6}|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|(?i:page)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})[\s—–\-·.•]*$",
        )
    });
    NUMBER.is_match(text)
}

#[cfg(test)]
mod tests {
    use corpus::document::{PageSource, Rect};

    use super::*;

    fn line(text: &str, y: f32) -> Line {
        let bbox = Rect { x0: 90.0, y0: y, x1: 500.0, y1: y + 12.0 };
        Line { text: text.to_owned(), bbox, size: 12.0, bold: false, ends: Vec::new(), words: Vec::new() }
    }

    fn page(number: u32, lines: Vec<Line>) -> Page {
        Page { number, width: 595.0, height: 842.0, lines, source: PageSource::Layer }
    }

    #[test]
    fn what_repeats_at_the_edges_is_furniture() {
        let pages: Vec<Page> = (1..=6)
            .map(|number| {
                let body = format!("正文第{number}段各不相同，不是页眉");
                let foot = if number % 2 == 0 { format!("— {number} —") } else { format!("{number}") };
                page(number, vec![line("GB/T 80001—2031", 50.0), line(&body, 110.0), line(&foot, 800.0)])
            })
            .collect();
        for kinds in furniture(&pages) {
            assert_eq!(kinds, [Some(BlockKind::Header), None, Some(BlockKind::Footer)]);
        }
    }

    #[test]
    fn the_first_and_last_lines_of_the_text_are_not() {
        let pages = vec![page(1, vec![line("各湖区管理委员会：", 80.0), line("请遵照执行。", 760.0)])];
        assert_eq!(furniture(&pages), [[None, None]]);
    }
}
