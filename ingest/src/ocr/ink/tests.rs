use proptest::prelude::*;

use super::letters::Ink;
use super::parts::Parts;
use super::tone::Paper;
use super::{clean, skew, threshold, turned};
use crate::ocr::Picture;

/// A page of 3 by 2 inches at 150 dpi with lines of letters: small frames, as dark as is said, on paper as bright.
fn letters(paper: u8, ink: u8) -> Picture {
    let (width, height) = (450, 300);
    let mut picture = Picture { width, height, dpi: 150.0, pixels: vec![paper; (width * height) as usize] };
    for line in 0..8 {
        for letter in 0..20 {
            frame(&mut picture, (30 + letter * 20, 20 + line * 32), (14, 16), ink);
        }
    }
    picture
}

fn frame(picture: &mut Picture, (x, y): (u32, u32), (width, height): (u32, u32), ink: u8) {
    for dy in 0..height {
        for dx in 0..width {
            if dx < 3 || dy < 3 || dx + 3 >= width || dy + 3 >= height {
                paint(picture, x + dx, y + dy, ink);
            }
        }
    }
}

/// Ink never makes anything brighter.
fn paint(picture: &mut Picture, x: u32, y: u32, ink: u8) {
    let pixel = &mut picture.pixels[(y * picture.width + x) as usize];
    *pixel = (*pixel).min(ink);
}

fn at(picture: &Picture, x: u32, y: u32) -> u8 {
    picture.pixels[(y * picture.width + x) as usize]
}

/// Covers the page with slanting lines of two pixels.
fn hatch(picture: &mut Picture, tone: u8) {
    for y in 0..picture.height {
        for x in (0..picture.width).filter(|x| (x + y) % 12 < 2) {
            paint(picture, x, y, tone);
        }
    }
}

#[test]
fn a_clean_page_stays_as_it_is() {
    let page = letters(255, 0);
    assert_eq!(clean(&page), page);
}

#[test]
fn a_watermark_goes_and_the_text_over_it_stays() {
    let mut page = letters(240, 60);
    for y in 40..260 {
        for x in 150..250 {
            paint(&mut page, x, y, 170);
        }
    }
    hatch(&mut page, 180);
    let cleaned = clean(&page);
    // The middle of a letter, its stroke, and paper between lines, all within the mark.
    assert_eq!(at(&cleaned, 190 + 7, 84 + 8), 255);
    assert!(at(&cleaned, 190 + 1, 84 + 8) < 80);
    assert_eq!(at(&cleaned, 200, 108), 255);
    // The mark's own edge.
    assert_eq!(at(&cleaned, 200, 41), 255);
}

#[test]
fn rules_and_specks_are_no_letters() {
    let mut page = letters(215, 40);
    (10..440).for_each(|x| paint(&mut page, x, 45, 40));
    paint(&mut page, 100, 140, 40);
    let paper = Paper::new(&page);
    let found = Ink::new(&threshold::ink(&page), &page, &paper).letters();
    let is_letter = |x: usize, y: usize| found[y * 450 + x];
    assert_eq!([is_letter(25, 45), is_letter(100, 140), is_letter(31, 60)], [false, false, true]);
}

#[test]
fn lines_are_made_level() {
    let askew = turned(&letters(255, 0), -1.5);
    let angle = skew::skew(&threshold::ink(&askew), askew.width as usize, askew.dpi);
    assert!((angle - 1.5).abs() <= 0.2, "{angle}");
    let level = clean(&askew);
    assert_eq!(skew::skew(&threshold::ink(&level), level.width as usize, level.dpi), 0.0);
}

#[test]
fn what_touches_is_one_part() {
    let check = |rows: &[&str], expected: &[(u32, u32)]| {
        let width = rows[0].len();
        let mask: Vec<bool> = rows.iter().flat_map(|row| row.bytes().map(|pixel| pixel == b'#')).collect();
        let parts = Parts::new(&mask, width);
        let found: Vec<(u32, u32)> = parts.parts.iter().map(|part| (part.area, part.width())).collect();
        assert_eq!(found, expected);
        assert_eq!(parts.mask(width, rows.len(), |_, _| true), mask);
    };
    check(&["##..", "..#.", "...#"], &[(4, 4)]);
    check(&["#.#", "#.#", "###"], &[(7, 3)]);
    check(&["#..#", "#..#"], &[(2, 1), (2, 1)]);
    check(&["....", "...."], &[]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_picture_is_survived(
        width in 0_u32..60, height in 0_u32..60, dpi in prop_oneof![Just(f32::NAN), Just(0.0), -1e9_f32..1e9, 50.0_f32..400.0],
        seed in prop::collection::vec(any::<u8>(), 1..40), short in any::<bool>(),
    ) {
        let count = (width * height) as usize - usize::from(short && width * height > 0);
        let pixels: Vec<u8> = seed.iter().copied().cycle().take(count).collect();
        let picture = Picture { width, height, dpi, pixels };
        let cleaned = clean(&picture);
        prop_assert_eq!((cleaned.width, cleaned.height, cleaned.pixels.len()), (width, height, count));
    }
}
