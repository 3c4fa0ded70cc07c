//! Page boxes, and what a page inherits.

use super::{File, HELVETICA, boxes, extract, stream, text, written};

#[test]
fn boxes_are_points_from_the_top_left_of_the_displayed_page() {
    let at = |page: &str| {
        let content = "BT /F1 10 Tf 100 700 Td (Hello) Tj ET";
        let objects = vec![HELVETICA.to_owned()];
        let file = File { content, resources: "/Font<</F1 5 0 R>>", page, objects };
        let page = extract(&file.bytes(), None).expect("the file can be read").pages.remove(0);
        let bbox = page.lines[0].bbox;
        (page.width, page.height, bbox.x0.round(), bbox.y0.round(), bbox.x1.round(), bbox.y1.round())
    };
    assert_eq!(at(""), (600.0, 800.0, 100.0, 92.0, 123.0, 102.0));
    assert_eq!(at("/CropBox[50 50 550 750]"), (500.0, 700.0, 50.0, 42.0, 73.0, 52.0));
    // Turned clockwise, the text runs downwards near the right edge.
    assert_eq!(at("/Rotate 90"), (800.0, 600.0, 698.0, 100.0, 709.0, 123.0));
    assert_eq!(at("/Rotate 180"), (600.0, 800.0, 477.0, 698.0, 500.0, 709.0));
    assert_eq!(at("/Rotate 270"), (800.0, 600.0, 92.0, 477.0, 102.0, 500.0));
    assert_eq!(at("/Rotate -90/CropBox[50 50 550 750]"), (700.0, 500.0, 42.0, 427.0, 52.0, 450.0));
    assert_eq!(at("/Rotate 90/CropBox[50 50 550 750]"), (700.0, 500.0, 648.0, 50.0, 659.0, 73.0));
    // One unit is a fifth of an inch.
    assert_eq!(at("/UserUnit 2"), (1200.0, 1600.0, 200.0, 183.0, 246.0, 204.0));
}

#[test]
fn boxes_and_resources_are_inherited() {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 2/Kids[3 0 R]/MediaBox[600 800 0 0]/Rotate 90/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        "<</Type/Pages/Count 2/Kids[6 0 R 7 0 R]/Parent 2 0 R/CropBox 8 0 R>>".to_owned(),
        stream("", "BT /F1 10 Tf 100 700 Td (Hello) Tj ET"),
        HELVETICA.to_owned(),
        "<</Type/Page/Parent 3 0 R/Contents 4 0 R>>".to_owned(),
        "<</Type/Page/Parent 3 0 R/Contents[4 0 R]/Rotate 0>>".to_owned(),
        "[50 50 550 750]".to_owned(),
    ];
    let extraction = extract(&written(&objects, "/Root 1 0 R"), None).expect("the file can be read");
    let sizes: Vec<_> = extraction.pages.iter().map(|page| (page.width, page.height, page.text())).collect();
    assert_eq!(sizes, [(700.0, 500.0, "Hello".to_owned()), (500.0, 700.0, "Hello".to_owned())]);
}

#[test]
fn contents_in_parts_are_read_as_one() {
    let parts = |parts: &[&str]| {
        let references: String = (6..).take(parts.len()).map(|number| format!("{number} 0 R ")).collect();
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents[{references}]/Resources<</Font<</F1 5 0 R>>>>>>"
            ),
            "null".to_owned(),
            HELVETICA.to_owned(),
        ];
        objects.extend(parts.iter().map(|part| stream("", part)));
        text(&written(&objects, "/Root 1 0 R"))
    };
    assert_eq!(parts(&["BT /F1 12 Tf", "50 700 Td (One) Tj ET"]), "One");
    assert_eq!(parts(&["q BT /F1 12 Tf 50", "700", "Td [(O) 0", "(ne)", "] TJ ET Q"]), "One");
    // Not at the border of a token, as they should be.
    assert_eq!(parts(&["BT /F1 12 Tf 50 700 Td (On", "e) Tj ET"]), "One");
    assert_eq!(parts(&["BT /F1 12 Tf 50 700 Td <4f6", "e65> Tj ET"]), "One");
    assert_eq!(parts(&[]), "");
}

#[test]
fn a_page_without_a_usable_box_is_a_letter() {
    let page = |entries: &str| {
        let objects = vec![HELVETICA.to_owned()];
        let content = "BT /F1 10 Tf 100 700 Td (Hello) Tj ET";
        let bytes = File { content, resources: "/Font<</F1 5 0 R>>", page: entries, objects }.bytes();
        boxes(&bytes)
    };
    // The later of two entries counts.
    assert_eq!(page("/MediaBox[0 0 0 0]"), [("Hello".to_owned(), [100.0, 84.0, 123.0, 94.0])]);
    assert_eq!(page("/MediaBox[1 2]"), [("Hello".to_owned(), [100.0, 84.0, 123.0, 94.0])]);
}
