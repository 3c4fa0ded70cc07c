//! Text in the appearances of annotations and form fields.

use super::{HELVETICA, boxes, stream, text, written};

const FONT: &str = "/Resources<</Font<</F1 5 0 R>>>>";

/// A page with one annotation, object 6, whose appearance is object 7 and may use object 8.
fn annotated(annotation: &str, appearance: &str, further: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/DR<</Font<</F1 5 0 R>>>>>>>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Annots[6 0 R]>>".to_owned(),
        stream("", ""),
        HELVETICA.to_owned(),
        format!("<</Type/Annot/Rect[100 700 200 710]{annotation}>>"),
        appearance.to_owned(),
        further.to_owned(),
    ];
    written(&objects, "/Root 1 0 R")
}

fn appearance(entries: &str, word: &str) -> String {
    let content = format!("/Tx BMC q BT /F1 10 Tf 0 2 Td ({word}) Tj ET Q EMC");
    stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 100 10]{entries}"), &content)
}

#[track_caller]
fn check(annotation: &str, expected: &str) {
    let bytes = annotated(annotation, &appearance(FONT, "filled in"), "null");
    assert_eq!(text(&bytes), expected, "{annotation}");
}

#[test]
fn what_is_printed_on_the_page_is_text() {
    check("/Subtype/Widget/FT/Tx/AP<</N 7 0 R>>", "filled in");
    check("/Subtype/FreeText/F 4/AP<</N 7 0 R>>", "filled in");
    check("/Subtype/Stamp/AP<</N 7 0 R>>", "filled in");
    check("/Subtype/Widget/FT/Btn/AS/Yes/AP<</N<</Yes 7 0 R/Off 8 0 R>>>>", "filled in");
}

#[test]
fn what_is_hidden_or_lies_over_the_page_is_not() {
    check("/Subtype/Popup/AP<</N 7 0 R>>", "");
    check("/Subtype/Text/AP<</N 7 0 R>>", "");
    check("/Subtype/Widget/F 2/AP<</N 7 0 R>>", "");
    check("/Subtype/FreeText/F 32/AP<</N 7 0 R>>", "");
    check("/Subtype/Widget/AS/Off/AP<</N<</Yes 7 0 R/Off 8 0 R>>>>", "");
    check("/Subtype/FreeText/AP<</D 7 0 R>>", "");
    check("/Subtype/Link", "");
}

#[test]
fn an_appearance_fills_its_rectangle() {
    let edges = |entries: &str| {
        let bytes =
            annotated("/Subtype/FreeText/AP<</N 7 0 R>>", &appearance(&format!("{FONT}{entries}"), "Hello"), "null");
        boxes(&bytes)[0].1
    };
    assert_eq!(edges(""), [100.0, 90.0, 123.0, 100.0]);
    // Moved by the matrix, and moved back.
    assert_eq!(edges("/Matrix[1 0 0 1 -30 40]"), [100.0, 90.0, 123.0, 100.0]);
    assert_eq!(edges("/Matrix[2 0 0 2 0 0]"), [100.0, 90.0, 123.0, 100.0]);
    // Half as wide a box is stretched.
    assert_eq!(edges("/BBox[0 0 50 10]"), [100.0, 90.0, 146.0, 100.0]);
}

#[test]
fn fields_share_fonts() {
    let bytes = annotated("/Subtype/Widget/AP<</N 7 0 R>>", &appearance("", "shared"), "null");
    assert_eq!(text(&bytes), "shared");
}
