//! Where the characters of a line end: spaces, tabs, ligatures, turned and vertical text.

use corpus::document::{Line, Rect};
use proptest::prelude::*;

use super::glyphs::{Glyph, PageText};
use super::lines::lines;

fn glyph(x: f32, y: f32, advance: f32, angle: i16) -> Glyph {
    let (start, length) = (0, 0);
    Glyph { start, length, angle, x, y, advance, size: 10.0, ascent: 0.8, descent: 0.2, bold: false }
}

/// Glyphs of 10 points one after the other from (100, 300): their texts, and how far each is from the one before.
fn page(glyphs: &[(&str, f32, f32)], angle: i16) -> PageText {
    let mut page = PageText::default();
    let (sin, cos) = f32::from(angle).to_radians().sin_cos();
    let mut along = 0.0;
    for (text, gap, advance) in glyphs {
        along += gap;
        page.push(text, glyph(100.0 + along * cos, 300.0 + along * sin, *advance, angle));
        along += advance;
    }
    page
}

fn line(page: PageText) -> Line {
    lines(page, 600.0, 800.0).into_iter().next().unwrap_or_default()
}

#[track_caller]
fn check(glyphs: &[(&str, f32, f32)], text: &str, ends: &[f32]) {
    for angle in [0, 90, 180, 270, 45] {
        let line = line(page(glyphs, angle));
        assert_eq!(line.text, text, "at {angle} degrees");
        let near = line.ends.len() == ends.len() && line.ends.iter().zip(ends).all(|(a, b)| (a - b).abs() < 0.11);
        assert!(near, "at {angle} degrees: {:?} and not {ends:?}", line.ends);
    }
}

#[test]
fn characters_end_where_their_glyphs_do() {
    check(&[("a", 0.0, 5.0), ("b", 0.0, 5.0)], "ab", &[5.0, 10.0]);
    check(&[("数", 0.0, 10.0), ("据", 0.0, 10.0)], "数据", &[10.0, 20.0]);
}

#[test]
fn white_space_ends_where_the_next_character_begins() {
    check(&[("a", 0.0, 5.0), (" ", 0.0, 2.5), ("b", 0.0, 5.0)], "a b", &[5.0, 7.5, 12.5]);
    check(&[("a", 0.0, 5.0), ("b", 3.0, 5.0)], "a b", &[5.0, 8.0, 13.0]);
    check(&[("a", 0.0, 5.0), ("b", 40.0, 5.0)], "a\tb", &[5.0, 45.0, 50.0]);
}

#[test]
fn characters_of_a_ligature_share_its_width() {
    check(&[("ffi", 0.0, 9.0), ("n", 0.0, 5.0)], "ffin", &[3.0, 6.0, 9.0, 14.0]);
}

#[test]
fn marks_of_notes_are_raised() {
    let mut page = page(&[("a", 0.0, 5.0), ("b", 0.0, 5.0)], 0);
    let mark = Glyph { size: 6.0, y: 296.5, ..glyph(110.0, 300.0, 3.0, 0) };
    page.push("1", mark);
    page.push("2", Glyph { x: 113.0, ..mark });
    assert_eq!(line(page).raised, [(2, 4)]);
}

#[test]
fn a_rule_parts_cells_that_stand_close() {
    let mut page = page(&[("a", 0.0, 5.0), ("b", 0.0, 5.0), ("c", 4.0, 5.0), ("d", 0.0, 5.0)], 0);
    page.push("e", glyph(100.0, 320.0, 5.0, 0));
    page.push("f", glyph(114.0, 320.0, 5.0, 0));
    let flat = [288.0, 305.0, 325.0].map(|y| Rect { x0: 98.0, y0: y, x1: 130.0, y1: y });
    let steep = [98.0, 112.0, 130.0].map(|x| Rect { x0: x, y0: 288.0, x1: x, y1: 325.0 });
    page.rules = flat.into_iter().chain(steep).collect();
    let lines = lines(page, 600.0, 800.0);
    let found: Vec<_> = lines
        .iter()
        .map(|line| (line.text.as_str(), line.cells.iter().map(|cell| (cell.row, cell.column)).collect::<Vec<_>>()))
        .collect();
    assert_eq!(found, [("ab\tcd", vec![(0, 0), (0, 1)]), ("e\tf", vec![(1, 0), (1, 1)])]);
}

proptest! {
    /// There is an end for each character, none goes back, and the last is the end of the line.
    #[test]
    fn ends_are_as_many_as_characters_and_never_go_back(
        glyphs in prop::collection::vec(("[a-c数据。 ]{1,3}", -3.0_f32..30.0, 0.0_f32..12.0), 1..40),
        angle in prop::sample::select(vec![0_i16, 90, 180, 270, 33]),
    ) {
        let glyphs: Vec<(&str, f32, f32)> = glyphs.iter().map(|(text, gap, width)| (text.as_str(), *gap, *width)).collect();
        for line in lines(page(&glyphs, angle), 600.0, 800.0) {
            prop_assert_eq!(line.ends.len(), line.text.chars().count());
            prop_assert!(line.ends.is_sorted());
            let longest = (line.bbox.width().hypot(line.bbox.height()) + 1.0).max(1.0);
            prop_assert!(line.ends.iter().all(|end| (0.0..=longest).contains(end)));
        }
    }
}
