//! Small files written here, and what is read out of them.

use proptest::prelude::*;

use super::{Error, extract};

const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// A file of one page: its content, the entries of its resources, and further objects from number 5 on.
struct File<'a> {
    content: &'a str,
    resources: &'a str,
    page: &'a str,
    objects: Vec<String>,
}

impl File<'_> {
    fn bytes(&self) -> Vec<u8> {
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{}>>{}>>",
                self.resources, self.page
            ),
            stream("", self.content),
        ];
        objects.extend(self.objects.iter().cloned());
        written(&objects, "/Root 1 0 R")
    }
}

fn stream(entries: &str, content: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// Objects numbered from 1, with a cross-reference table.
fn written(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(out.len());
        out.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = out.len();
    let size = objects.len() + 1;
    out.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n"));
    for offset in offsets {
        out.push_str(&format!("{offset:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<</Size {size}{trailer}>>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

fn text(bytes: &[u8]) -> String {
    let extraction = extract(bytes, None).expect("the file can be read");
    extraction.pages.iter().map(corpus::document::Page::text).collect::<Vec<_>>().join("\u{c}")
}

/// Reads a page set in Helvetica as /F1.
#[track_caller]
fn check(content: &str, expected: &str) {
    let file = File { content, resources: "/Font<</F1 5 0 R>>", page: "", objects: vec![HELVETICA.to_owned()] };
    assert_eq!(text(&file.bytes()), expected);
}

/// Reads one string, in hexadecimal, set in a composite font with this encoding and collection, and these further
/// entries of the font.
#[track_caller]
fn check_composite(encoding: &str, ordering: &str, further: &str, objects: &[String], string: &str, expected: &str) {
    let font = format!("<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding {encoding}/DescendantFonts[6 0 R]{further}>>");
    let descendant = format!(
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/Kai/DW 1000\
         /CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>>>"
    );
    let content = format!("BT /F1 10 Tf 50 700 Td <{string}> Tj ET");
    let objects = [font, descendant].into_iter().chain(objects.iter().cloned()).collect();
    let file = File { content: &content, resources: "/Font<</F1 5 0 R>>", page: "", objects };
    assert_eq!(text(&file.bytes()), expected);
}

fn utf16(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04x}")).collect()
}

#[test]
fn operators_that_show_text() {
    check("BT /F1 12 Tf 50 700 Td (One) Tj 0 -20 Td (Two) Tj ET", "One\nTwo");
    check("BT /F1 12 Tf 14 TL 50 700 Td (One) Tj T* (Two) Tj (Three) ' 1 2 (Four) \" ET", "One\nTwo\nThree\nFour");
    check("BT /F1 12 Tf 50 700 Td [(ker) 40 (ning) -300 (space)] TJ ET", "kerning space");
    check("BT /F1 12 Tf 50 700 Td (a \\(b\\) \\101\\\n c) Tj ET", "a (b) A c");
    check("BT/F1 12 Tf 1 0 0 1 50 700 Tm<48 65 6C6C6F>Tj ET", "Hello");
    check("BT /F1 12 Tf 50 700 Td (caf\\351 \\223q\\224) Tj ET", "café “q”");
}

#[test]
fn text_that_is_not_seen_at_first() {
    // An OCR layer is invisible and yet the text of the page.
    check("BT 3 Tr /F1 12 Tf 50 700 Td (layer) Tj ET", "layer");
    check("BT /F1 12 Tf 5000 700 Td (off the page) Tj ET", "");
    check("BI /W 2 /H 2 /BPC 8 /CS /G ID \u{1}EI\u{2} EI BT /F1 12 Tf 50 700 Td (after) Tj ET", "after");
    check("/Span <</ActualText (whole)>> BDC BT /F1 12 Tf 50 700 Td (wh) Tj (-) Tj ET EMC", "whole");
}

#[test]
fn bold_by_double_printing_is_read_once() {
    let file = File {
        content: "BT /F1 12 Tf 50 700 Td (Title) Tj 0.4 0 Td (Title) Tj ET",
        resources: "/Font<</F1 5 0 R>>",
        page: "",
        objects: vec![HELVETICA.to_owned()],
    };
    let extraction = extract(&file.bytes(), None).expect("the file can be read");
    let lines = &extraction.pages[0].lines;
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].text.as_str(), lines[0].bold), ("Title", true));
}

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
}

#[test]
fn forms_are_read_and_never_without_end() {
    let form = |content: &str| {
        stream("/Type/XObject/Subtype/Form/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>", content)
    };
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
fn layers_that_are_off_are_not_text() {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
    ];
    let resources = "/Font<</F1 5 0 R>>/Properties<</L 6 0 R>>";
    objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>>>"));
    objects.push(stream("", "BT /F1 12 Tf 50 700 Td /OC /L BDC (draft ) Tj EMC (text) Tj ET"));
    objects.push(HELVETICA.to_owned());
    objects.push("<</Type/OCG/Name(Draft)>>".to_owned());
    assert_eq!(text(&written(&objects, "/Root 1 0 R")), "text");
}

#[test]
fn predefined_cmaps_need_no_map_to_unicode() {
    let gbk = "b1e0c2eb"; // 编码
    check_composite("/GBK-EUC-H", "GB1", "", &[], gbk, "编码");
    check_composite("/GB-EUC-H", "GB1", "", &[], "c3dcc2eb41", "密码A");
    check_composite("/GBK2K-H", "GB1", "", &[], "b1e08139ee39c2eb", "编㐀码");
    check_composite("/UniGB-UCS2-H", "GB1", "", &[], &utf16("标准化"), "标准化");
    check_composite("/UniGB-UTF16-H", "GB1", "", &[], &utf16("标𠀀准"), "标𠀀准");
    check_composite("/ETen-B5-H", "CNS1", "", &[], "bcd0b7c7", "標準");
    check_composite("/90ms-RKSJ-H", "Japan1", "", &[], "95578f80", "標準");
    check_composite("/KSCms-UHC-H", "Korea1", "", &[], "c7a5c1d8", "표준");
    // Adobe-GB1 CIDs as codes: 密 is CID 2785.
    check_composite("/Identity-H", "GB1", "", &[], "0ae1", "密");
}

#[test]
fn a_map_to_unicode_is_read_however_it_is_set() {
    let map = |body: &str| stream("", body);
    let check = |body: &str, string: &str, expected: &str| {
        check_composite("/Identity-H", "Identity", "/ToUnicode 7 0 R", &[map(body)], string, expected);
    };
    check("1 beginbfchar\n<0001> <6807>\nendbfchar", "0001", "标");
    check(
        "1 begincodespacerange<0000><ffff>endcodespacerange 2 beginbfchar<0001><6807><0002><51c6>endbfchar",
        "00010002",
        "标准",
    );
    check(
        "2 beginbfrange <0001> <0003> <4e00> <0005> <0006> [<6807> <51c6>] endbfrange",
        "000100030005",
        "一七标".replace('七', "丂").as_str(),
    );
    check("1 beginbfchar <0001> <00660066>", "0001", "ff");
    check("1 beginbfchar <0001> <2f26> endbfchar", "0001", "子");
}

#[test]
fn a_named_cmap_is_believed_rather_than_a_map_to_unicode() {
    let lie = stream("", "1 beginbfrange <0000> <ffff> <0021> endbfrange");
    check_composite("/UniGB-UCS2-H", "GB1", "/ToUnicode 7 0 R", &[lie], &utf16("标准"), "标准");
}

#[test]
fn an_encoding_may_be_a_cmap_in_the_file() {
    let map = "/GBK-EUC-H usecmap 1 begincidchar <7f> 2785 endcidchar";
    check_composite("7 0 R", "GB1", "", &[stream("/Type/CMap", map)], "b1e07f", "编密");
    let map = "1 begincodespacerange <00> <ff> endcodespacerange 1 begincidrange <41> <42> 2784 endcidrange";
    check_composite("7 0 R", "GB1", "", &[stream("/Type/CMap", map)], "42", "密");
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

#[test]
fn columns_are_read_one_after_the_other() {
    let row = |y: i32| {
        format!(
            "1 0 0 1 50 {y} Tm (left column of running text {y}) Tj 1 0 0 1 320 {y} Tm (right column of running text {y}) Tj "
        )
    };
    let rows: String = (0..12).map(|row_number| row(700 - 14 * row_number)).collect();
    let content = format!("BT /F1 10 Tf {rows} ET");
    let file =
        File { content: &content, resources: "/Font<</F1 5 0 R>>", page: "", objects: vec![HELVETICA.to_owned()] };
    let text = text(&file.bytes());
    let sides: Vec<bool> = text.lines().map(|line| line.starts_with("left")).collect();
    assert_eq!(sides, [[true; 12], [false; 12]].concat());
}

#[test]
fn cells_of_a_table_row_are_parted_by_tabs() {
    check(
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm (No) Tj 1 0 0 1 120 700 Tm (Name) Tj 1 0 0 1 240 700 Tm (Date) Tj ET",
        "No\tName\tDate",
    );
}

#[test]
fn damaged_files_give_what_can_be_had() {
    let file = File {
        content: "BT /F1 12 Tf 50 700 Td (still here) Tj ET",
        resources: "/Font<</F1 5 0 R>>",
        page: "",
        objects: vec![HELVETICA.to_owned()],
    };
    let whole = file.bytes();
    let table = whole.windows(5).position(|window| window == b"xref\n").expect("a table was written");
    for damaged in [[b"junk\n\n".as_slice(), &whole].concat(), whole[..table].to_vec(), whole[9..].to_vec()] {
        assert_eq!(text(&damaged), "still here");
    }
}

#[test]
fn what_is_no_pdf_is_said_to_be_none() {
    assert_eq!(extract(b"", None), Err(Error::Empty));
    assert_eq!(extract(b"PK\x03\x04....", None), Err(Error::NotPdf { found: "a ZIP or Office file" }));
    assert_eq!(extract(b"<!DOCTYPE html><p>", None), Err(Error::NotPdf { found: "a web page" }));
    assert!(matches!(extract(b"%PDF-1.7\nnothing", None), Err(Error::Damaged(_))));
}

proptest! {
    #[test]
    fn content_never_panics(content in "[ -~\\n]{0,200}") {
        let file = File { content: &content, resources: "/Font<</F1 5 0 R>>", page: "", objects: vec![HELVETICA.to_owned()] };
        let _ = extract(&file.bytes(), None);
    }

    #[test]
    fn operators_in_any_order_never_panic(picks in prop::collection::vec(0_usize..28, 0..60)) {
        let words = [
            "BT", "ET", "q", "Q", "/F1", "12", "-1e9", "0", "Tf", "Td", "TD", "Tm", "T*", "(a b)", "<4142>", "Tj", "[", "]",
            "TJ", "'", "\"", "cm", "Tz", "TL", "/X", "Do", "BDC", "EMC",
        ];
        let content = picks.iter().filter_map(|pick| words.get(*pick)).copied().collect::<Vec<_>>().join(" ");
        let file = File { content: &content, resources: "/Font<</F1 5 0 R>>", page: "", objects: vec![HELVETICA.to_owned()] };
        let _ = extract(&file.bytes(), None);
    }

    #[test]
    fn damage_never_panics(at in 0_usize..900, byte in any::<u8>()) {
        let map = stream("", "1 beginbfrange <0001> <0003> <4e00> endbfrange");
        let font = "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>";
        let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Kai/W[1[500 600]3 9 700]>>";
        let objects = vec![font.to_owned(), descendant.to_owned(), map];
        let content = "BT /F1 10 Tf 50 700 Td <000100020003> Tj ET";
        let mut bytes = File { content, resources: "/Font<</F1 5 0 R>>", page: "", objects }.bytes();
        if let Some(slot) = bytes.get_mut(at) {
            *slot = byte;
        }
        let _ = extract(&bytes, None);
    }
}
