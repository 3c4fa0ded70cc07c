//! The engine as a whole. Reading needs the models: `POLICYGLOT_OCR_MODELS` names their folder, and without it these
//! tests say nothing.

use std::path::Path;

use super::*;
use crate::ocr::GlyphReader;

/// The models, where they are.
fn models() -> Option<Models> {
    let folder = std::env::var_os("POLICYGLOT_OCR_MODELS")?;
    let folder = Path::new(&folder);
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let choice = chosen(&names).expect("there are models in the folder");
    let bytes = |name: &str| std::fs::read(folder.join(name)).expect("the file can be read");
    let characters = choice.characters.map(|name| String::from_utf8_lossy(&bytes(&name)).into_owned());
    Some(Models::load(&bytes(&choice.detector), &bytes(&choice.recogniser), characters.as_deref()).expect("models"))
}

/// Strokes of characters in a square of 20: left, top, right, bottom.
fn strokes(character: char) -> &'static [[u32; 4]] {
    match character {
        '一' => &[[1, 9, 19, 11]],
        '二' => &[[4, 4, 16, 6], [1, 15, 19, 17]],
        '三' => &[[3, 2, 17, 4], [4, 9, 16, 11], [1, 16, 19, 18]],
        '十' => &[[1, 8, 19, 10], [9, 1, 11, 19]],
        '田' => &[[2, 3, 4, 19], [16, 3, 18, 19], [2, 3, 18, 5], [2, 10, 18, 12], [2, 16, 18, 18], [9, 3, 11, 18]],
        '王' => &[[3, 2, 17, 4], [4, 9, 16, 11], [1, 16, 19, 18], [9, 2, 11, 18]],
        'F' => &[[3, 1, 6, 19], [3, 1, 16, 4], [3, 9, 13, 11]],
        'L' => &[[3, 1, 6, 19], [3, 16, 16, 19]],
        'E' => &[[3, 1, 6, 19], [3, 1, 16, 4], [3, 9, 14, 11], [3, 16, 16, 19]],
        'T' => &[[2, 1, 18, 4], [8, 1, 11, 19]],
        _ => &[],
    }
}

fn blank(width: u32, height: u32) -> Picture {
    Picture { width, height, dpi: 150.0, pixels: vec![255; (width * height) as usize] }
}

/// Draws characters of an em of 40 pixels from a point to the right.
fn draw(picture: &mut Picture, text: &str, left: u32, top: u32) {
    for (at, character) in (0..).zip(text.chars()) {
        for [x0, y0, x1, y1] in strokes(character).iter().map(|stroke| stroke.map(|v| v * 2)) {
            for y in y0..y1 {
                let start = ((top + y) * picture.width + left + at * 42 + x0) as usize;
                picture.pixels[start..start + (x1 - x0) as usize].fill(0);
            }
        }
    }
}

/// The same picture a quarter turn to the right.
fn turned(picture: &Picture) -> Picture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let pixel = |at: usize| picture.pixels[(height - 1 - at % height) * width + at / height];
    let pixels = (0..width * height).map(pixel).collect();
    Picture { width: picture.height, height: picture.width, pixels, ..*picture }
}

#[track_caller]
fn check(picture: &Picture, expected: &[&str]) {
    let Some(models) = models() else { return };
    let seen = models.read(picture).expect("the networks run");
    let mut lines: Vec<String> = Vec::new();
    for word in &seen {
        lines.resize(lines.len().max(word.line as usize + 1), String::new());
        lines[word.line as usize].push_str(&word.text);
        let [left, top, right, bottom] = word.bbox;
        assert!(left <= right && top <= bottom && (0.0..=1.0).contains(&word.confidence), "{word:?}");
        assert!(left >= 0.0 && right <= picture.width as f32 && bottom <= picture.height as f32, "{word:?}");
    }
    assert_eq!(lines, expected);
}

#[test]
fn what_is_no_network_is_not_loaded() {
    let error = Models::load(b"PK\x03\x04", b"", None).expect_err("that is no network");
    assert!(matches!(error, Error::Load { which: "detector", .. }), "{error}");
    assert!(error.to_string().starts_with("cannot load the detector model: "), "{error}");
}

#[test]
fn lines_are_read_from_the_top() {
    let mut page = blank(700, 400);
    draw(&mut page, "三十二田", 60, 80);
    draw(&mut page, "王田三十田王", 60, 200);
    check(&page, &["三十二田", "王田三十田王"]);
}

#[test]
fn turned_pages_are_read() {
    let mut page = blank(700, 300);
    draw(&mut page, "FLEETLEFT", 60, 120);
    check(&turned(&page), &["FLEETLEFT"]);
    check(&turned(&turned(&page)), &["FLEETLEFT"]);
    check(&turned(&turned(&turned(&page))), &["FLEETLEFT"]);
}

#[test]
fn pictures_without_text_have_none() {
    for (width, height) in [(0, 0), (1, 1), (1, 900), (900, 1), (31, 33), (600, 800)] {
        check(&blank(width, height), &[]);
    }
    check(&Picture { pixels: vec![0; 5], ..blank(10, 10) }, &[]);
}

#[test]
fn characters_stand_where_they_are_drawn() {
    let Some(models) = models() else { return };
    let mut page = blank(700, 300);
    draw(&mut page, "王田三十田王", 100, 120);
    for (at, word) in (0u16..).zip(models.read(&page).expect("the networks run")) {
        let left = 100.0 + f32::from(at) * 42.0;
        let middle = [f32::midpoint(word.bbox[0], word.bbox[2]), f32::midpoint(word.bbox[1], word.bbox[3])];
        assert!((middle[0] - left - 20.0).abs() < 14.0 && (middle[1] - 140.0).abs() < 8.0, "{word:?} from {left}");
    }
}

#[test]
fn single_glyphs_are_told() {
    let Some(models) = models() else { return };
    let drawn = |character: char| {
        let mut glyph = blank(52, 50);
        draw(&mut glyph, &character.to_string(), 6, 5);
        glyph
    };
    let all = ['三', '十', '田', '王'];
    let glyphs: Vec<Picture> = all.into_iter().map(drawn).chain([blank(40, 40), blank(0, 9)]).collect();
    let seen = GlyphReader::read(&models, &glyphs);
    let best: Vec<Option<char>> = seen.iter().map(|seen| seen.first().map(|seen| seen.text)).collect();
    assert_eq!(best.get(..4), Some(&all.map(Some)[..]));
    assert_eq!(best.len(), glyphs.len());
}
