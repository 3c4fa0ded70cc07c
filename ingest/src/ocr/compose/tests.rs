use corpus::document::{Page, PageSource};
use proptest::prelude::*;

use crate::ocr::Seen;

/// A word on a page of 600 by 800 points, drawn at two pixels to the point: left, top, width and height in points.
fn seen(text: &str, line: u32, [x, y, width, height]: [f32; 4]) -> Seen {
    Seen {
        text: text.to_owned(),
        bbox: [x * 2.0, y * 2.0, (x + width) * 2.0, (y + height) * 2.0],
        confidence: 0.9,
        line,
    }
}

fn page(seen: &[Seen]) -> Page {
    super::page(3, 600.0, 800.0, (1200, 1600), seen, "an engine")
}

#[track_caller]
fn check(words: &[Seen], expected: &[&str]) {
    let page = page(words);
    let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, expected);
}

/// Words of ten points' type on one line, each given with the gap before it in points; Han are ten points wide, others
/// five.
fn set(words: &[(f32, &str)]) -> Vec<Seen> {
    let mut x = 100.0;
    let mut line = Vec::new();
    for (gap, text) in words {
        let width: f32 = text.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum();
        line.push(seen(text, 0, [x + gap, 100.0, width, 9.0]));
        x += gap + width;
    }
    line
}

#[test]
fn words_are_set_apart_as_their_language_has_it() {
    check(&set(&[(0.0, "数据"), (0.5, "流通"), (0.5, "规则")]), &["数据流通规则"]);
    check(&set(&[(0.0, "data"), (3.0, "in"), (3.0, "use")]), &["data in use"]);
    check(&set(&[(0.0, "采用"), (1.5, "AES"), (1.5, "算法")]), &["采用AES算法"]);
    check(&set(&[(0.0, "采用"), (6.0, "AES"), (6.0, "算法")]), &["采用 AES 算法"]);
    check(&set(&[(0.0, "名称"), (40.0, "数值")]), &["名称\t数值"]);
}

#[test]
fn punctuation_is_as_wide_as_its_neighbours() {
    check(&set(&[(0.0, "规则"), (0.5, ","), (2.0, "流程"), (0.5, ":")]), &["规则，流程："]);
    check(&set(&[(0.0, "规则"), (0.5, "("), (0.5, "试行"), (0.5, ")")]), &["规则（试行）"]);
    check(&set(&[(0.0, "a)"), (3.0, "see"), (3.0, "(b),"), (3.0, "(c)")]), &["a) see (b), (c)"]);
}

#[test]
fn the_dash_of_a_standard_is_no_numeral() {
    check(&set(&[(0.0, "QB/T"), (3.0, "1234.5"), (0.5, "一"), (0.5, "2031")]), &["QB/T 1234.5—2031"]);
    check(&set(&[(0.0, "第"), (0.5, "一"), (0.5, "条")]), &["第一条"]);
}

#[test]
fn specks_are_left_out() {
    let mut words = set(&[(0.0, "数据")]);
    words.push(Seen { confidence: 0.1, ..seen("一", 7, [20.0, 300.0, 4.0, 2.0]) });
    words.push(seen("|", 8, [20.0, 400.0, 1.0, 30.0]));
    words.push(Seen { confidence: f32::NAN, ..seen("~", 9, [20.0, 500.0, 4.0, 4.0]) });
    check(&words, &["数据"]);
}

#[test]
fn strips_of_one_row_are_one_line() {
    let words = [
        seen("甲方", 4, [100.0, 200.0, 20.0, 10.0]),
        seen("乙方", 1, [300.0, 201.0, 20.0, 10.0]),
        seen("标题", 9, [200.0, 100.0, 20.0, 10.0]),
        seen("签字", 2, [100.0, 220.0, 20.0, 10.0]),
    ];
    check(&words, &["标题", "甲方\t乙方", "签字"]);
}

#[test]
fn columns_are_read_one_after_the_other() {
    let long = "一行足够长的正文文字共十二";
    let mut words = vec![seen("通栏标题横跨两栏而且在两栏正文之上的一行文字", 0, [150.0, 50.0, 300.0, 12.0])];
    for row in 0..6 {
        let y = 100.0 + 16.0 * row as f32;
        words.push(seen(&format!("左{long}"), 2 * row + 1, [50.0, y, 140.0, 10.0]));
        words.push(seen(&format!("右{long}"), 2 * row + 2, [320.0, y, 140.0, 10.0]));
    }
    let firsts: String = page(&words).lines.iter().filter_map(|line| line.text.chars().next()).collect();
    assert_eq!(firsts, "通左左左左左左右右右右右右");
}

#[test]
fn every_character_and_word_has_its_place() {
    let page = page(&set(&[(0.0, "规则"), (0.5, ","), (40.0, "AB")]));
    let line = &page.lines[0];
    assert_eq!(line.text, "规则，\tAB");
    assert_eq!(line.ends.len(), line.text.chars().count());
    assert_eq!(line.ends[1], 20.0);
    let words: Vec<&str> = line.words.iter().map(|word| &line.text[word.start..word.end]).collect();
    assert_eq!(words, ["规则", "，", "AB"]);
    assert_eq!((line.bbox.x0, line.bbox.y0, line.bbox.y1), (100.0, 100.0, 109.0));
    let PageSource::Ocr { engine, confidence } = &page.source else { panic!("read by an engine") };
    assert_eq!(engine, "an engine");
    assert!((confidence - 0.9).abs() < 1e-4);
}

#[test]
fn size_is_the_pitch_of_han() {
    let words: Vec<Seen> = (0..8).map(|at| seen("字", 0, [100.0 + 10.5 * at as f32, 100.0, 9.2, 9.2])).collect();
    assert!((page(&words).lines[0].size - 10.5).abs() < 0.1);
}

proptest! {
    #[test]
    fn any_boxes_give_a_page(words in prop::collection::vec(
        ("[a-z一-龥,.()|—]{0,5}", prop::array::uniform4(prop::num::f32::ANY), prop::num::f32::ANY, 0_u32..5), 0..40)) {
        let words: Vec<Seen> = words
            .into_iter()
            .map(|(text, bbox, confidence, line)| Seen { text, bbox, confidence, line })
            .collect();
        for line in page(&words).lines {
            prop_assert_eq!(line.ends.len(), line.text.chars().count());
            prop_assert!(line.words.iter().all(|word| line.text.get(word.start..word.end).is_some()));
        }
    }
}
