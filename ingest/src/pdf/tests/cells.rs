//! Latin letters in cells of a whole em: the ink tells where a word ends.

use lopdf::{Dictionary, Document, Object, Stream};

use super::{boxes, page};

/// The invented face: a character and its ink between the sides of its cell, in 1/1000 em.
const FACE: [(char, i16, i16); 7] = [
    ('a', 300, 700),
    ('i', 450, 550),
    ('M', 100, 900),
    ('1', 420, 580),
    ('8', 280, 720),
    (',', 40, 140),
    ('令', 40, 960),
];

/// A TrueType program of these glyphs, each a box, after an empty glyph 0; every advance is an em.
fn program() -> Vec<u8> {
    let words = |words: &[i16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let mut glyphs = Vec::new();
    let mut places = vec![0, 0];
    let mut advances = vec![1000, 0];
    for (_, left, right) in FACE {
        let width = right - left;
        glyphs.extend(words(&[1, left, 0, right, 700, 3, 0]));
        glyphs.extend([1; 4]);
        glyphs.extend(words(&[left, width, 0, -width, 0, 0, 700, 0]));
        advances.extend([1000, left]);
        places.push(i16::try_from(glyphs.len() / 2).expect("few glyphs"));
    }
    let count = 1 + FACE.len();
    let mut head = words(&[1, 0, 1, 0, 0, 0, 0, 0, 0, 1000]);
    head.resize(54, 0);
    let mut largest = words(&[1, 0, count as i16, 4, 1]);
    largest.resize(32, 0);
    let mut across = words(&[1, 0, 800, -200]);
    across.resize(34, 0);
    across.extend(words(&[count as i16]));
    let tables = [
        (b"glyf", glyphs),
        (b"head", head),
        (b"hhea", across),
        (b"hmtx", words(&advances)),
        (b"loca", words(&places)),
        (b"maxp", largest),
    ];
    let mut font = vec![0, 1, 0, 0, 0, 6, 0, 64, 0, 2, 0, 32];
    let mut data = Vec::new();
    for (tag, table) in &tables {
        font.extend_from_slice(*tag);
        font.extend_from_slice(&[0; 4]);
        let place = 12 + 16 * tables.len() + data.len();
        font.extend([place, table.len()].iter().flat_map(|number| (*number as u32).to_be_bytes()));
        data.extend_from_slice(table);
    }
    font.extend(data);
    font
}

/// Glyphs put in their places one by one at 10 points, the edges of their ink so many thousandths of an em apart; the
/// first ink begins at 100.
fn by_ink(text: &str, apart: i16, space: i16) -> String {
    let mut edge = 10_000 - apart;
    let mut content = String::new();
    for c in text.chars() {
        if c == ' ' {
            edge += space - apart;
            continue;
        }
        let (index, left, right) = glyph(c);
        let origin = edge + apart - left;
        content += &format!("1 0 0 1 {} 700 Tm <{index:04x}> Tj ", f32::from(origin) / 100.0);
        edge = origin + right;
    }
    content
}

fn glyph(c: char) -> (usize, i16, i16) {
    let at = FACE.iter().position(|(other, ..)| *other == c).expect("a character of the face");
    (at + 1, FACE[at].1, FACE[at].2)
}

/// The only line of a page in this face, and its left and right edge.
fn read(content: &str) -> (String, f32, f32) {
    let content = format!("BT /F1 10 Tf {content} ET");
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 9 0 R>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/DW 1000/FontDescriptor 7 0 R>>";
    let descriptor = "<</Type/FontDescriptor/Flags 4/FontFile2 8 0 R>>";
    let bytes = page(&content, "/Font<</F1 5 0 R>>", &[font, descendant, descriptor]);
    let mut map = format!("1 begincodespacerange <0000> <ffff> endcodespacerange {} beginbfchar ", FACE.len());
    for (index, (c, ..)) in (1..).zip(FACE) {
        map += &format!("<{index:04x}> <{:04x}> ", u32::from(c));
    }
    map += "endbfchar";
    let mut document = Document::load_mem(&bytes).expect("a whole file");
    document.objects.insert((8, 0), Object::Stream(Stream::new(Dictionary::new(), program())));
    document.objects.insert((9, 0), Object::Stream(Stream::new(Dictionary::new(), map.into_bytes())));
    document.max_id = 9;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes everything");
    let lines = boxes(&bytes);
    let [(text, [left, _, right, _])] = lines.as_slice() else { panic!("not one line: {lines:?}") };
    (text.clone(), *left, *right)
}

#[track_caller]
fn check(content: &str, expected: &str) {
    assert_eq!(read(content).0, expected);
}

#[test]
fn a_gap_between_the_ink_is_a_space() {
    check(&by_ink("aia Mai ia", 90, 380), "aia Mai ia");
    check(&by_ink("ai, Ma", 90, 450), "ai, Ma");
    check(&by_ink("Ma 88 ia", 90, 420), "Ma 88 ia");
    // Half the gap is none.
    check(&by_ink("aia Mai ia", 90, 180), "aiaMaiia");
}

#[test]
fn narrow_digits_and_marks_stand_apart_without_a_space() {
    check(&by_ink("ai18811ai", 90, 0), "ai18811ai");
    check(&by_ink("11181118", 300, 0), "11181118");
    check(&by_ink("aia8,8,ai", 200, 0), "aia8,8,ai");
}

#[test]
fn letters_beside_ideographs_take_no_space() {
    check(&by_ink("令令aia令令Mai令", 90, 0), "令令aia令令Mai令");
    // A quarter of an em, as is customary between the scripts.
    check(&by_ink("令令 aia 令令 Mai 令", 90, 340), "令令aia令令Mai令");
}

#[test]
fn a_line_of_them_ends_where_its_ink_does() {
    let (text, left, right) = read(&by_ink("iiiia", 100, 0));
    assert_eq!((text.as_str(), left), ("iiiia", 100.0));
    // Four letters of 1 point, one of 4, and four gaps of 1 point.
    assert!((right - 112.0).abs() <= 1.0, "{right}");
}

#[test]
fn letters_that_are_set_a_whole_em_apart_are_full_width() {
    check("50 700 Td <000100020003000200010001> Tj", "aiMiaa");
    check("50 700 Td [<000100020003> -400 <000200010001>] TJ", "aiM iaa");
    // Somewhat closer, by a character spacing, is not set by the ink either.
    check("50 700 Td -1 Tc <000100020003000200010001> Tj", "aiMiaa");
}
