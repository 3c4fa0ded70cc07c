//! Simple fonts, and fonts that lie.

use super::{File, boxes, check_composite, extract, page, stream, text};

/// Reads a string set in a font with these entries, and these objects from number 6 on.
#[track_caller]
fn check(font: &str, objects: &[&str], string: &str, expected: &str) {
    let content = format!("BT /F1 10 Tf 100 700 Td {string} Tj ET");
    let font = format!("<</Type/Font{font}>>");
    let objects: Vec<&str> = std::iter::once(font.as_str()).chain(objects.iter().copied()).collect();
    assert_eq!(text(&page(&content, "/Font<</F1 5 0 R>>", &objects)), expected, "{font}");
}

#[test]
fn standard_encodings() {
    check("/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding", &[], "<8081e995>", "€•é•");
    check("/Subtype/Type1/BaseFont/Times-Roman/Encoding/MacRomanEncoding", &[], "<8ea5de>", "é•fi");
    check("/Subtype/Type1/BaseFont/Times-Roman", &[], "<27ae60>", "’fi‘");
    check("/Subtype/TrueType/BaseFont/Arial", &[], "<92e9>", "’é");
    check("/Subtype/Type1/BaseFont/Symbol", &[], "<6162b3>", "αβ≥");
    check("/Subtype/Type1/BaseFont/ZapfDingbats", &[], "<33>", "✓");
}

#[test]
fn differences_by_glyph_names() {
    let check = |names: &str, string: &str, expected: &str| {
        let encoding = format!("/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[{names}]>>");
        check(&format!("/Subtype/Type1/BaseFont/Any{encoding}"), &[], string, expected);
    };
    check("1/A/uni6807/u20000/fi", "<01020304>", "A标𠀀fi");
    check("65/alpha 67/f_i.alt/Euro", "<4142434344>", "αBfifi€");
    check("1/uni68070051", "<01>", "标\u{51}");
    check("65/.notdef", "<4142>", "B");
    check("1 6 0 R 2/B", "<02>", "B");
}

#[test]
fn type_3_fonts_have_a_scale_of_their_own() {
    let font = "/Subtype/Type3/FontMatrix[0.01 0 0 0.01 0 0]/FontBBox[0 0 100 100]/CharProcs<</A 6 0 R/uni6807 6 0 R>>\
                /FirstChar 65/LastChar 66/Widths[60 100]/Encoding<</Differences[65/A/uni6807]>>";
    let glyph = stream("", "60 0 d0 BT /F1 10 Tf (never) Tj ET");
    check(font, &[&glyph], "(AB)", "A 标".replace(' ', "").as_str());
    let content = "BT /F1 10 Tf 100 700 Td (AB) Tj ET";
    let font = format!("<</Type/Font{font}>>");
    let boxes = boxes(&page(content, "/Font<</F1 5 0 R>>", &[&font, &glyph]));
    assert_eq!((boxes[0].1[0], boxes[0].1[2]), (100.0, 116.0));
    // Names that say nothing, and a map that says what they mean.
    let mapped = "/Subtype/Type3/FontMatrix[0.001 0 0 0.001 0 0]/FontBBox[0 0 0 0]/CharProcs<</a0 6 0 R>>\
                  /FirstChar 0/LastChar 0/Widths[600]/Encoding<</Differences[0/a0]>>/ToUnicode 7 0 R";
    check(mapped, &[&glyph, &stream("", "1 beginbfchar <00> <6807> endbfchar")], "<00>", "标");
}

#[test]
fn widths_of_simple_fonts() {
    let right = |entries: &str, string: &str| {
        let content = format!("BT /F1 10 Tf 100 700 Td {string} Tj ET");
        let font = format!("<</Type/Font/Subtype/TrueType/Encoding/WinAnsiEncoding{entries}>>");
        boxes(&page(&content, "/Font<</F1 5 0 R>>", &[&font, "[300 400]"]))[0].1[2]
    };
    assert_eq!(right("/BaseFont/Any/FirstChar 65/LastChar 66/Widths[300 400]", "(AB)"), 107.0);
    assert_eq!(right("/BaseFont/Any/FirstChar 65/Widths 6 0 R", "(AB)"), 107.0);
    assert_eq!(right("/BaseFont/Any/FirstChar 65/Widths[300]/FontDescriptor<</MissingWidth 1000>>", "(AB)"), 113.0);
    // The core fonts and what resembles them.
    assert_eq!(right("/BaseFont/Helvetica", "(WWW)"), 128.0);
    assert_eq!(right("/BaseFont/ABCDEF+Times-Bold", "(WWW)"), 130.0);
    assert_eq!(right("/BaseFont/CourierNew", "(WWW)"), 118.0);
}

#[test]
fn a_descendant_need_not_stand_in_an_array() {
    let descendant = "<</Type/Font/Subtype/CIDFontType0/BaseFont/Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)>>>>";
    check("/Subtype/Type0/BaseFont/Kai/Encoding/GBK-EUC-H/DescendantFonts 6 0 R", &[descendant], "<b1e0c2eb>", "编码");
}

#[test]
fn glyph_ids_taken_for_unicode_are_put_right() {
    let sentence = "本标准规定了数据要素流通的术语和定义适用于各类组织开展数据资源管理与共享交换活动";
    let glyphs: String = sentence.chars().map(|c| format!("{:04x}", c as u32 - 0x4e00 + 980)).collect();
    let map = stream("", "1 beginbfrange <0000> <ffff> <0000> endbfrange");
    check_composite("/Identity-H", "Identity", "/ToUnicode 7 0 R", &[map], &glyphs, sentence);
}

#[test]
fn a_page_without_characters_is_not_passed_on_as_text() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/Identity-H/DescendantFonts[6 0 R]>>".to_owned();
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Kai>>".to_owned();
    let content = "BT /F1 10 Tf 50 700 Td <000100020003> Tj ET";
    let file = File { content, resources: "/Font<</F1 5 0 R>>", page: "", objects: vec![font, descendant] };
    let extraction = extract(&file.bytes(), None).expect("the file can be read");
    assert!(!extraction.has_text());
    assert_eq!(extraction.warnings[0].message, "font Kai has no usable character map: 3 characters unreadable");
}
