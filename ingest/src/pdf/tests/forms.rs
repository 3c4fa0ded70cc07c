//! Form XObjects.

use super::{File, HELVETICA, boxes, extract, page, stream, text};

const FONT: &str = "/Resources<</Font<</F1 5 0 R>>>>";

fn form(entries: &str, content: &str) -> String {
    stream(&format!("/Type/XObject/Subtype/Form{entries}"), content)
}

/// Reads a page whose content is `/X Do`, with these objects from number 6 on.
#[track_caller]
fn check(objects: &[String], expected: &str) {
    let objects: Vec<&str> = std::iter::once(HELVETICA).chain(objects.iter().map(String::as_str)).collect();
    assert_eq!(text(&page("/X Do", "/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>", &objects)), expected);
}

#[test]
fn forms_are_read_and_never_without_end() {
    let form = |content: &str| form("/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>", content);
    let file = |content: &str| File {
        content: "/X Do",
        resources: "/XObject<</X 6 0 R>>",
        page: "",
        objects: vec![HELVETICA.to_owned(), form(content)],
    };
    assert_eq!(text(&file("BT /F1 12 Tf 50 700 Td (inner) Tj ET").bytes()), "inner");
    let circle = extract(&file("BT /F1 12 Tf 50 700 Td (inner) Tj ET /X Do").bytes(), None).expect("readable");
    assert_eq!(circle.pages[0].text(), "inner");
    assert_eq!(circle.warnings.len(), 1);
}

#[test]
fn resources_are_the_forms_own_or_the_pages() {
    let content = "BT /F1 12 Tf 50 700 Td (shown) Tj ET";
    check(&[form(FONT, content)], "shown");
    check(&[form("", content)], "shown");
    // Its own resources lack the font.
    check(&[form("/Resources<</ProcSet[/PDF]>>", content)], "shown");
    let outer = "/Resources<</XObject<</Y 7 0 R>>/Font<</F1 5 0 R>>>>";
    check(&[form(outer, "/Y Do"), form("", content)], "shown");
}

#[test]
fn matrices_multiply() {
    let inner = form(&format!("/Matrix[1 0 0 1 0 100]{FONT}"), "BT /F1 5 Tf 25 0 Td (Hello) Tj ET");
    let outer = form("/Matrix[2 0 0 2 0 0]/Resources<</XObject<</Y 7 0 R>>>>", "q 1 0 0 1 25 250 cm /Y Do Q");
    let bytes = page("/X Do", "/XObject<</X 6 0 R>>", &[HELVETICA, &outer, &inner]);
    assert_eq!(boxes(&bytes), [("Hello".to_owned(), [100.0, 92.0, 123.0, 102.0])]);
}

#[test]
fn a_form_changes_nothing_outside() {
    let inner = form(FONT, "q q 9 0 0 9 0 0 cm /F1 99 Tf 3 Tc 50 Tz BT 3 0 Td ET EMC EMC");
    let content = "/F1 10 Tf /Span<</ActualText(whole)>>BDC BT 100 700 Td (Hel) Tj /X Do (lo) Tj ET EMC";
    let bytes = page(content, "/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>", &[HELVETICA, &inner]);
    assert_eq!(boxes(&bytes), [("whole".to_owned(), [100.0, 92.0, 123.0, 102.0])]);
}

#[test]
fn images_and_patterns_are_no_text() {
    let image = stream("/Type/XObject/Subtype/Image/Width 1/Height 1", "BT /F1 12 Tf 50 700 Td (pixels) Tj ET");
    check(&[image], "");
    let pattern = stream(
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Font<</F1 5 0 R>>>>",
        "BT /F1 12 Tf (tile) Tj ET",
    );
    let resources = "/Font<</F1 5 0 R>>/Pattern<</P 6 0 R>>";
    let content = "/Pattern cs /P scn 0 0 600 800 re f BT /F1 12 Tf 50 700 Td (page) Tj ET";
    assert_eq!(text(&page(content, resources, &[HELVETICA, &pattern])), "page");
}

#[test]
fn forms_that_multiply_are_cut_off() {
    // Each of twenty forms shows the next one twenty times.
    let forms: Vec<String> = (7..27)
        .map(|next| form(&format!("/Resources<</XObject<</X {next} 0 R>>/Font<</F1 5 0 R>>>>"), &"/X Do ".repeat(20)))
        .chain([form(FONT, "BT /F1 12 Tf 50 700 Td (deep) Tj ET")])
        .collect();
    let objects: Vec<&str> = std::iter::once(HELVETICA).chain(forms.iter().map(String::as_str)).collect();
    let extraction = extract(&page("/X Do", "/XObject<</X 6 0 R>>", &objects), None).expect("readable");
    assert!(extraction.warnings.iter().any(|warning| warning.message.contains("too deep or too much")));
}
