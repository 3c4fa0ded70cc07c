use super::Renderer;
use crate::ocr::Error;

/// A PDF of one page with a black square of 72 points in its upper left corner.
fn file(media_box: &str, rotate: u32) -> Vec<u8> {
    let content = "0 g 0 72 72 72 re f";
    let page = format!("/MediaBox [{media_box}] /Rotate {rotate} /Contents 4 0 R /Resources << >>");
    format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
         2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R {page} >> endobj\n\
         4 0 obj << /Length {} >> stream\n{content}\nendstream endobj\n\
         trailer << /Root 1 0 R /Size 5 >>\n",
        content.len()
    )
    .into_bytes()
}

#[track_caller]
fn check(media_box: &str, rotate: u32, size: (f32, f32), black: (u32, u32), white: (u32, u32)) {
    let renderer = Renderer::open(file(media_box, rotate), None).unwrap();
    assert_eq!(renderer.size(1), Some(size));
    let picture = renderer.picture(1, 36.0).unwrap();
    assert_eq!((picture.width, picture.height), ((size.0 / 2.0) as u32, (size.1 / 2.0) as u32));
    let at = |(x, y): (u32, u32)| picture.pixels.get((y * picture.width + x) as usize).copied();
    assert_eq!((at(black), at(white)), (Some(0), Some(255)));
}

#[test]
fn pages_are_drawn_as_displayed() {
    check("0 0 216 144", 0, (216.0, 144.0), (18, 18), (90, 18));
    check("0 0 216 144", 90, (144.0, 216.0), (54, 18), (54, 90));
}

/// The width, height and colour type that a PNG tells of itself, and whether it ends as one does.
fn told(png: &[u8]) -> (u32, u32, u8, bool) {
    let number = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
    (number(16), number(20), png[25], png.ends_with(b"IEND\xae\x42\x60\x82"))
}

#[test]
fn pictures_for_readers_are_as_wide_as_wanted_within_limits() {
    let check = |media_box: &str, rotate: u32, width: u32, wanted: (u32, u32)| {
        let png = Renderer::open(file(media_box, rotate), None).unwrap().png(1, width).unwrap();
        assert_eq!(told(&png), (wanted.0, wanted.1, 0, true), "{media_box}");
    };
    check("0 0 216 144", 0, 800, (800, 533));
    check("0 0 216 144", 270, 800, (800, 1200));
    check("0 0 20 14400", 0, 1600, (22, 16000));
    check("0 0 14400 14400", 0, 1600, (1600, 1600));
}

#[test]
fn sizes_are_in_points_though_the_units_of_a_page_are_larger() {
    let with =
        |more: &str| Renderer::open(file(&format!("0 0 216 144] {more} /Ignored [0"), 90), None).unwrap().sizes();
    assert_eq!(with("/CropBox [16 4 116 54]"), [(50.0, 100.0)]);
    assert_eq!(with("/UserUnit 2"), [(288.0, 432.0)]);
    assert_eq!(with("/UserUnit 0"), [(144.0, 216.0)]);
}

#[test]
fn huge_pages_are_refused() {
    let renderer = Renderer::open(file("0 0 14400 14400", 0), None).unwrap();
    assert!(matches!(renderer.picture(1, 300.0), Err(Error::TooLarge { .. })));
    for dpi in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        assert!(matches!(renderer.picture(1, dpi), Err(Error::TooLarge { .. })));
    }
    assert!(renderer.picture(1, 20.0).is_ok());
}

#[test]
fn what_is_no_page_is_an_error() {
    let renderer = Renderer::open(file("0 0 216 144", 0), None).unwrap();
    for page in [0, 2, u32::MAX] {
        assert_eq!(renderer.picture(page, 72.0), Err(Error::NoSuchPage { page, count: 1 }));
        assert_eq!(renderer.size(page), None);
    }
    assert!(matches!(Renderer::open(b"no PDF".to_vec(), None), Err(Error::Damaged)));
}
