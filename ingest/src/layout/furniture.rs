//! Running headers, footers and page numbers: what repeats at the edge of pages.

use std::collections::HashMap;
use std::sync::LazyLock;

use corpus::document::{BlockKind, Line, Page};
use regex::Regex;

use super::step::is_clause_number;
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
    let mut found = stamps(pages);
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
    let height = page.height.max(1.0);
    let inner = (height * MARGIN, height * (1.0 - MARGIN));
    // The head of a table that goes on from page to page is no running header, nor is a note's mark a page number.
    let mut tables: Vec<u16> = page
        .lines
        .iter()
        .filter(|line| line.bbox.y1 > inner.0 && line.bbox.y0 < inner.1)
        .flat_map(|line| line.cells.iter().map(|cell| cell.table))
        .collect();
    tables.dedup();
    let of_text = |line: &Line| {
        line.cells.iter().any(|cell| tables.contains(&cell.table))
            || line.raised.first().is_some_and(|first| first.0 == 0)
    };
    let mut order: Vec<(usize, &Line)> = page.lines.iter().enumerate().filter(|(_, line)| !of_text(line)).collect();
    order.sort_by(|a, b| a.1.bbox.y0.total_cmp(&b.1.bbox.y0));
    let heads = order.iter().take(LINES).filter(|(_, line)| line.bbox.y1 < inner.0);
    let feet = order.iter().rev().take(LINES).filter(|(_, line)| line.bbox.y0 > inner.1);
    heads.map(|(at, _)| (*at, BlockKind::Header)).chain(feet.map(|(at, _)| (*at, BlockKind::Footer))).collect()
}

/// What is printed across every page at one and the same place, such as the mark of a website: it lies askew or over
/// other text, or names an address.
fn stamps(pages: &[Page]) -> Vec<Vec<Option<BlockKind>>> {
    let mut counts: HashMap<(&str, i32, i32), usize> = HashMap::new();
    let lines = pages.iter().flat_map(|page| &page.lines).filter(|line| may_be_stamp(line));
    for line in lines {
        *counts.entry(place(line)).or_default() += 1;
    }
    let least = (pages.len() * 3 / 5).max(3);
    let is_stamp = |page: &Page, line: &Line| {
        let count = if may_be_stamp(line) { counts.get(&place(line)).copied().unwrap_or(0) } else { 0 };
        let askew = is_askew(line);
        count >= least && (askew || names_source(&line.text) || lies_over(page, line))
            || askew && count >= 2.max(pages.len() * 3 / 5)
    };
    let kind = |page: &Page, line: &Line| {
        let low = line.bbox.y0 + line.bbox.y1 > page.height;
        is_stamp(page, line).then_some(if low { BlockKind::Footer } else { BlockKind::Header })
    };
    pages.iter().map(|page| page.lines.iter().map(|line| kind(page, line)).collect()).collect()
}

fn may_be_stamp(line: &Line) -> bool {
    line.cells.is_empty()
        && !line.text.contains('\t')
        && line.text.chars().filter(|char| char.is_alphabetic()).count() >= 2
}

/// A line and its place; a stamp keeps it to the point.
fn place(line: &Line) -> (&str, i32, i32) {
    // The casts saturate.
    (&line.text, (line.bbox.x0 / 3.0).round() as i32, (line.bbox.y0 / 3.0).round() as i32)
}

/// Whether a line's box is much higher and wider than its type: it runs neither across the page nor down.
fn is_askew(line: &Line) -> bool {
    line.bbox.height() > line.size * 2.0 && line.bbox.width() > line.size * 2.0
}

fn lies_over(page: &Page, line: &Line) -> bool {
    let shared = |other: &Line| {
        let width = line.bbox.x1.min(other.bbox.x1) - line.bbox.x0.max(other.bbox.x0);
        let height = line.bbox.y1.min(other.bbox.y1) - line.bbox.y0.max(other.bbox.y0);
        width > other.size && height > other.size * 0.4
    };
    page.lines.iter().any(|other| !std::ptr::eq(line, other) && shared(other))
}

fn names_source(text: &str) -> bool {
    static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i:www\.|https?:|\.(?:com|cn|net|org)\b|confidential|copyright)|分享网|下载|仅供|内部|机密")
    });
    text.chars().count() < 80 && SOURCE.is_match(text)
}

/// What a piece of furniture is known by: its letters, since numbers change and may stand on either side of it, and
/// its edge. A piece without letters is known by its form.
fn key(line: &Line, kind: BlockKind) -> (String, BlockKind) {
    let words = line.text.split_whitespace();
    let words = words.filter(|word| !is_page_number(word));
    let letters: String = words.flat_map(str::chars).filter(|char| char.is_alphabetic()).collect();
    if !letters.is_empty() {
        return (letters, kind);
    }
    let mut key = String::new();
    for char in line.text.chars().filter(|char| !char.is_whitespace()) {
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
            r"^[\s—–\-·.•]*(?:\d{1,4}|[ivxlIVXL]{1,6}|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页[\s,，/]*第\s*\d{1,4}\s*页|(?i:page)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:/|of)\s*\d{1,4})[\s—–\-·.•]*$",
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
        Line { text: text.to_owned(), bbox, size: 12.0, ..Line::default() }
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
    fn left_and_right_pages_and_roman_numbers_change_about() {
        let heads = ["湖泊监测通报\tIII", "IV\t湖泊监测通报", "湖泊监测通报\tV"];
        let page =
            |(number, head): (u32, &str)| page(number, vec![line(head, 50.0), line(&format!("甲乙丙{head}"), 110.0)]);
        let pages: Vec<Page> = (1..).zip(heads).map(page).collect();
        for kinds in furniture(&pages) {
            assert_eq!(kinds, [Some(BlockKind::Header), None]);
        }
    }

    #[test]
    fn marks_printed_across_pages_are_furniture_and_heads_of_tables_are_not() {
        let pages: Vec<Page> = (1..=3)
            .map(|number| {
                let mut head = line("地区", 60.0);
                head.cells = vec![corpus::document::Cell { table: 0, row: 0, column: 0 }];
                let cell = Line { text: format!("东{number}"), ..Line { bbox: line("", 300.0).bbox, ..head.clone() } };
                let mut stamp = line("湖泊标准网", 320.0);
                stamp.bbox.y1 = 600.0;
                page(number, vec![head, cell, stamp])
            })
            .collect();
        for kinds in furniture(&pages) {
            assert_eq!(kinds, [None, None, Some(BlockKind::Footer)]);
        }
    }

    #[test]
    fn the_first_and_last_lines_of_the_text_are_not() {
        let pages = vec![page(1, vec![line("各湖区管理委员会：", 80.0), line("请遵照执行。", 760.0)])];
        assert_eq!(furniture(&pages), [[None, None]]);
    }
}
