//! Small files that ask for much: each is cut off where no real document goes.

use super::{HELVETICA, extract, page, stream};

/// The text that comes out of a page, which may be cut.
fn length(bytes: &[u8]) -> usize {
    let extraction = extract(bytes, None).expect("the file can be read");
    extraction.pages.iter().map(|page| page.text().len()).sum()
}

#[test]
fn a_replacement_text_named_again_and_again() {
    let content = format!("BT /F1 9 Tf 9 9 Td {} ET", "/S /P BDC (ab)Tj EMC ".repeat(1200));
    let properties = format!("<</ActualText({})>>", "x".repeat(60_000));
    let bytes = page(&content, "/Font<</F1 5 0 R>>/Properties<</P 6 0 R>>", &[HELVETICA, &properties]);
    assert!(length(&bytes) < 40 << 20);
}

#[test]
fn a_code_that_stands_for_a_sentence() {
    let map = stream("", &format!("1 beginbfchar <61> <{}> endbfchar", "4e00".repeat(64)));
    let content = format!("BT /F1 .01 Tf 9 9 Td ({}) Tj ET", "a".repeat(30_000));
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Any/ToUnicode 6 0 R>>";
    assert!(length(&page(&content, "/Font<</F1 5 0 R>>", &[font, &map])) < 5 << 20);
}

#[test]
fn marked_content_that_is_never_closed() {
    let content = format!("{} BT /F1 9 Tf 9 9 Td (shown) Tj ET", "/P BMC ".repeat(200_000));
    assert_eq!(length(&page(&content, "/Font<</F1 5 0 R>>", &[HELVETICA])), "shown".len());
}

#[test]
fn fonts_without_number() {
    let names: String = (0..9000).map(|number| format!("/F{number}<</Type/Font>>")).collect();
    let content: String = (0..9000).map(|number| format!("/F{number} 1 Tf ")).collect();
    let content = format!("{content} BT 9 9 Td (A) Tj ET");
    assert_eq!(length(&page(&content, &format!("/Font<<{names}>>"), &[])), 1);
}
