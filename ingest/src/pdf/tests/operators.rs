//! The operators of text and graphics state.

use super::{HELVETICA, boxes, check, check_composite, page, text};

/// Where the one line of a page set in Helvetica as /F1 stands: left, top, right and bottom in whole points.
#[track_caller]
fn check_box(content: &str, expected: [f32; 4]) {
    let boxes = boxes(&page(content, "/Font<</F1 5 0 R>>", &[HELVETICA]));
    assert_eq!(boxes.iter().map(|(_, edges)| *edges).collect::<Vec<_>>(), [expected]);
}

#[test]
fn operators_that_show_text() {
    check("BT /F1 12 Tf 50 700 Td (One) Tj 0 -20 Td (Two) Tj ET", "One\nTwo");
    check("BT /F1 12 Tf 14 TL 50 700 Td (One) Tj T* (Two) Tj (Three) ' 1 2 (Four) \" ET", "One\nTwo\nThree\nFour");
    check("BT /F1 12 Tf 50 700 TD (One) Tj 0 -15 TD (Two) Tj T* (Three) Tj ET", "One\nTwo\nThree");
    check("BT /F1 12 Tf 50 700 Td [(ker) 40 (ning) -300 (space)] TJ ET", "kerning space");
    check("BT /F1 12 Tf 50 700 Td (a \\(b\\) \\101\\\n c) Tj ET", "a (b) A c");
    check("BT/F1 12 Tf 1 0 0 1 50 700 Tm<48 65 6C6C6F>Tj ET", "Hello");
    check("BT /F1 12 Tf 50 700 Td (caf\\351 \\223q\\224) Tj ET", "café “q”");
}

#[test]
fn operators_that_set_the_text_state() {
    check_box("BT /F1 10 Tf 100 700 Td (Hello) Tj ET", [100.0, 92.0, 123.0, 102.0]);
    check_box("BT /F1 10 Tf 50 Tz 100 700 Td (Hello) Tj ET", [100.0, 92.0, 111.0, 102.0]);
    check_box("BT /F1 10 Tf 2 Tc 100 700 Td (Hello) Tj ET", [100.0, 92.0, 131.0, 102.0]);
    check_box("BT /F1 10 Tf 2 Tc 50 Tz 100 700 Td (Hello) Tj ET", [100.0, 92.0, 115.0, 102.0]);
    check_box("BT /F1 10 Tf 5 Tw 100 700 Td (H H) Tj ET", [100.0, 92.0, 122.0, 102.0]);
    check_box("BT /F1 10 Tf 5 Ts 100 700 Td (Hello) Tj ET", [100.0, 87.0, 123.0, 97.0]);
    check_box("BT /F1 10 Tf 100 700 Td [(Hel) -200 (lo)] TJ ET", [100.0, 92.0, 125.0, 102.0]);
    check_box("BT /F1 10 Tf 100 700 Td 50 Tz [(Hel) -200 (lo)] TJ ET", [100.0, 92.0, 112.0, 102.0]);
    check_box("BT /F1 -10 Tf -1 0 0 -1 100 700 Tm (Hello) Tj ET", [100.0, 92.0, 123.0, 102.0]);
}

#[test]
fn word_spacing_is_for_single_byte_spaces_alone() {
    let string = |code: &str| format!("BT /F1 10 Tf 100 Tw 50 700 Td <{code}> Tj ET");
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType0/BaseFont/Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)>>>>";
    let right = |code: &str| boxes(&page(&string(code), "/Font<</F1 5 0 R>>", &[font, descendant]))[0].1[2];
    assert_eq!(right("b1e020c2eb"), 180.0);
    assert_eq!(right("b1e0a1a1c2eb"), 80.0);
    let (code, descendant) = (string("000100200001"), "<</Type/Font/Subtype/CIDFontType2/BaseFont/Kai/DW 500>>");
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>";
    let map = super::stream("", "1 beginbfrange <0000> <00ff> <0041> endbfrange");
    assert_eq!(text(&page(&code, "/Font<</F1 5 0 R>>", &[font, descendant, &map])), "BaB");
}

#[test]
fn saved_states_come_back_and_may_be_unbalanced() {
    check("Q Q BT /F1 12 Tf 50 700 Td (stray) Tj ET Q", "stray");
    check("q q q BT /F1 12 Tf 50 700 Td (open) Tj ET", "open");
    check("/F1 12 Tf q /F2 1 Tf Q BT 50 700 Td (back) Tj ET", "back");
    check_box("q 1 0 0 1 300 300 cm Q 2 0 0 2 0 0 cm BT /F1 5 Tf 50 350 Td (Hello) Tj ET", [100.0, 92.0, 123.0, 102.0]);
    check_box("BT /F1 10 Tf 100 700 Td q 3 Tc 200 Tz Q (Hello) Tj ET", [100.0, 92.0, 123.0, 102.0]);
}

#[test]
fn text_that_is_not_seen_at_first() {
    // An OCR layer is invisible and yet the text of the page.
    check("BT 3 Tr /F1 12 Tf 50 700 Td (layer) Tj ET", "layer");
    check("BT 7 Tr /F1 12 Tf 50 700 Td (clip) Tj ET", "clip");
    check("BT /F1 12 Tf 5000 700 Td (off the page) Tj ET", "");
    check("/Pattern cs /P scn 0 0 600 800 re f BT /F1 12 Tf 50 700 Td (over a pattern) Tj ET", "over a pattern");
}

#[test]
fn inline_images_end_where_their_data_ends() {
    let after = |image: &str| format!("BI /W 2 /H 2 /BPC 8 /CS /G {image} BT /F1 12 Tf 50 700 Td (after) Tj ET");
    check(&after("ID \u{1}EI\u{2} EI"), "after");
    check(&after("ID abcd\nEI\nQ"), "after");
    // No white space before the end.
    check(&after("ID abcdEI"), "after");
    check(&after("ID abcdEI\nQ"), "after");
    check(&after("/F /A85 ID 9jqo^BlbD-\nBleEI\n9jqo^BlbD-BleB1DJ+\n~> EI"), "after");
    // A string with any bytes right behind it.
    check("BT /F1 12 Tf 50 700 Td BI /W 1 ID x EI (\u{e9}\u{e9}) Tj ET", "Ã©Ã©");
}

#[test]
fn operators_may_stand_against_their_operands() {
    check("BT/F1 12Tf 50 700Td(tight)Tj ET", "tight");
    check("BT /F1 12 Tf 50 700 Td (a) Tj%comment\n(b) Tj ET", "ab");
    check("BT /F1 12 Tf +50. 700.00 Td (numbers) Tj ET", "numbers");
    check("BT /F1 12 Tf 50 700 Td [(one)(two)] Tj ET", "onetwo");
}

#[test]
fn a_missing_font_is_taken_for_a_core_font() {
    check("BT /F9 12 Tf 50 700 Td (missing) Tj ET", "missing");
}

#[test]
fn vertical_text_moves_down() {
    // 编 stands above 码, and a number in the array moves down too.
    check_composite("/GBK-EUC-V", "GB1", "", &[], "b1e0c2eb", "编码");
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/GBK-EUC-V/DescendantFonts[6 0 R]>>";
    let descendant = |metrics: &str| {
        format!(
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/Kai{metrics}/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)>>>>"
        )
    };
    let edges =
        |content: &str, metrics: &str| boxes(&page(content, "/Font<</F1 5 0 R>>", &[font, &descendant(metrics)]))[0].1;
    let two = "BT /F1 10 Tf 100 700 Td <b1e0c2eb> Tj ET";
    assert_eq!(edges(two, ""), [95.0, 100.0, 105.0, 120.0]);
    assert_eq!(edges(two, "/DW2[880 -500]"), [95.0, 100.0, 105.0, 110.0]);
    // CIDs 1100 and 2768 by either form of W2.
    assert_eq!(edges(two, "/W2[0 9999 -700 500 880]"), [95.0, 100.0, 105.0, 114.0]);
    let content = "BT /F1 10 Tf 100 700 Td [<b1e0> 500 <c2eb>] TJ ET";
    assert_eq!(edges(content, ""), [95.0, 100.0, 105.0, 125.0]);
}
