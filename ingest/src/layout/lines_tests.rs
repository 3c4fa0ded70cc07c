//! Glyphs placed by hand, and the lines that they make.

use super::glyphs::{Glyph, PageText};
use super::lines::lines;

/// Places strings at (x, y) in type of 10 points: Han characters an em wide, others half an em.
fn page(strings: &[(f32, f32, &str)]) -> PageText {
    let mut page = PageText::default();
    for (x, y, string) in strings {
        let mut x = *x;
        for c in string.chars() {
            let advance = if c.is_ascii() { 5.0 } else { 10.0 };
            let glyph = Glyph {
                start: 0,
                length: 0,
                angle: 0,
                x,
                y: *y,
                advance,
                size: 10.0,
                ascent: 0.8,
                descent: 0.2,
                bold: false,
            };
            page.push(c.encode_utf8(&mut [0; 4]), glyph);
            x += advance;
        }
    }
    page
}

#[track_caller]
fn check(strings: &[(f32, f32, &str)], expected: &[&str]) {
    let texts: Vec<String> = lines(page(strings), 600.0, 800.0).into_iter().map(|line| line.text).collect();
    assert_eq!(texts, expected);
}

#[test]
fn spaces_stand_between_words_and_not_between_han_characters() {
    check(&[(50.0, 100.0, "two words")], &["two words"]);
    check(&[(50.0, 100.0, "two"), (68.0, 100.0, "words")], &["two words"]);
    check(&[(50.0, 100.0, "letters"), (86.0, 100.0, "joined")], &["lettersjoined"]);
    check(&[(50.0, 100.0, "数据 要素")], &["数据要素"]);
    check(&[(50.0, 100.0, "依据"), (72.5, 100.0, "GB/T 1.1")], &["依据GB/T 1.1"]);
    check(&[(50.0, 100.0, "依据 GB/T 1.1—2020 的要求")], &["依据 GB/T 1.1—2020 的要求"]);
    check(&[(50.0, 100.0, "第一章"), (90.0, 100.0, "总则")], &["第一章 总则"]);
    check(&[(50.0, 100.0, "an “open” door"), (50.0, 120.0, "称“数据”的")], &["an “open” door", "称“数据”的"]);
}

#[test]
fn letters_that_are_spaced_out_make_one_word() {
    check(&[(50.0, 100.0, "前"), (80.0, 100.0, "言")], &["前言"]);
    check(&[(50.0, 100.0, "目"), (65.0, 100.0, "次")], &["目次"]);
}

#[test]
fn wide_gaps_are_tabs() {
    check(&[(50.0, 100.0, "序号"), (120.0, 100.0, "标准名称"), (300.0, 100.0, "2026年")], &["序号\t标准名称\t2026年"]);
    // The cells of a row may be shown from right to left.
    check(&[(300.0, 100.0, "c"), (120.0, 100.0, "b"), (50.0, 100.0, "a")], &["a\tb\tc"]);
}

#[test]
fn the_file_s_order_keeps_the_lines_of_a_cell_together() {
    let cells =
        [(50.0, 100.0, "first cell"), (50.0, 112.0, "goes on"), (200.0, 100.0, "second"), (200.0, 112.0, "cell")];
    check(&cells, &["first cell", "goes on", "second", "cell"]);
}

#[test]
fn an_order_that_is_none_is_replaced_by_the_place_on_the_page() {
    let upwards: Vec<(f32, f32, &str)> = (0_u8..8).map(|row| (50.0, 400.0 - 20.0 * f32::from(row), "line")).collect();
    let lines = lines(page(&upwards), 600.0, 800.0);
    assert!(lines.is_sorted_by(|a, b| a.bbox.y0 < b.bbox.y0));
}

#[test]
fn a_fragment_shown_out_of_turn_goes_back_to_its_line() {
    check(
        &[(50.0, 100.0, "see"), (90.0, 100.0, "for more"), (50.0, 120.0, "next line"), (70.0, 100.0, "4.2")],
        &["see 4.2 for more", "next line"],
    );
}

#[test]
fn columns_of_upright_characters_are_vertical_text() {
    let column = |x: f32, text: &'static str| {
        text.char_indices().zip(0_u8..).map(move |((at, c), row)| {
            (x, 100.0 + 12.0 * f32::from(row), text.get(at..at + c.len_utf8()).unwrap_or_default())
        })
    };
    let strings: Vec<(f32, f32, &str)> =
        column(300.0, "国家标准化管理委员会关于").chain(column(280.0, "下达标准制修订计划的通知书")).collect();
    check(&strings, &["国家标准化管理委员会关于", "下达标准制修订计划的通知书"]);
}
