//! Small files written here, and what is read out of them. Each file tests one idea.

mod annotations;
mod budgets;
mod cells;
mod cmaps;
mod damage;
mod encryption;
mod fonts;
mod forms;
mod lies;
mod marked;
mod operators;
mod pages;
mod programs;
mod spacing;

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

/// A file of one page with these resources.
fn page(content: &str, resources: &str, objects: &[&str]) -> Vec<u8> {
    let objects = objects.iter().map(|object| (*object).to_owned()).collect();
    File { content, resources, page: "", objects }.bytes()
}

fn text(bytes: &[u8]) -> String {
    let extraction = extract(bytes, None).expect("the file can be read");
    extraction.pages.iter().map(corpus::document::Page::text).collect::<Vec<_>>().join("\u{c}")
}

/// The lines of the first page, each with its left and right edge and its baseline's box in whole points.
fn boxes(bytes: &[u8]) -> Vec<(String, [f32; 4])> {
    let extraction = extract(bytes, None).expect("the file can be read");
    let lines = extraction.pages.into_iter().flat_map(|page| page.lines);
    lines.map(|line| (line.text, [line.bbox.x0, line.bbox.y0, line.bbox.x1, line.bbox.y1].map(f32::round))).collect()
}

/// Reads a page set in Helvetica as /F1.
#[track_caller]
fn check(content: &str, expected: &str) {
    assert_eq!(text(&page(content, "/Font<</F1 5 0 R>>", &[HELVETICA])), expected);
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
