//! Files with fonts that have no map and draw blocks, and a reader that knows blocks by their widths.

use std::cell::Cell;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::super::{Options, extract_with};
use crate::ocr::{GlyphReader, Picture, SeenGlyph};

/// Reads a block by the width of its ink: what the list says for so many hundredths of an em.
struct Blocks<'a> {
    known: &'a [(u32, &'a [(char, f32)])],
    asked: Cell<usize>,
}

impl GlyphReader for Blocks<'_> {
    fn read(&self, glyphs: &[Picture]) -> Vec<Vec<SeenGlyph>> {
        self.asked.set(self.asked.get() + glyphs.len());
        let seen = |glyph: &Picture| {
            let inked = |column: &u32| {
                glyph.pixels.iter().skip(*column as usize).step_by(glyph.width as usize).any(|ink| *ink < 99)
            };
            let width = (0..glyph.width).filter(inked).count() as f32 / super::EM * 100.0;
            let known = self.known.iter().find(|(known, _)| (*known as f32 - width).abs() < 4.0);
            let readings = known.map_or(&[][..], |(_, readings)| readings);
            readings.iter().map(|(text, confidence)| SeenGlyph { text: *text, confidence: *confidence }).collect()
        };
        glyphs.iter().map(seen).collect()
    }
}

/// Adobe Type 1 Font Format, 7.1: encryption with a key, after four bytes of no meaning.
fn encrypted(plain: &[u8], mut key: u16) -> Vec<u8> {
    let mut encrypt = |byte: &u8| {
        let cipher = byte ^ (key >> 8) as u8;
        key = (u16::from(cipher).wrapping_add(key)).wrapping_mul(52845).wrapping_add(22719);
        cipher
    };
    [0; 4].iter().chain(plain).map(&mut encrypt).collect()
}

/// A Type 1 program whose codes from 65 on draw blocks of these widths in hundredths of an em, 0.8 em high.
fn blocks(names: &[&str], widths: &[u32]) -> Vec<u8> {
    let number = |value: u32| [&[255][..], &value.to_be_bytes()].concat();
    let put: String = (65..).zip(names).map(|(code, name)| format!("dup {code} /{name} put\n")).collect();
    let public = format!(
        "%!PS-AdobeFont-1.0: Any\n/FontName /Any def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n\
         /Encoding 256 array\n0 1 255 {{1 index exch /.notdef put}} for\n{put}readonly def\ncurrentfile eexec\n"
    );
    let count = names.len() + 1;
    let mut private =
        format!("dup /Private 8 dict dup begin /lenIV 4 def /CharStrings {count} dict dup begin\n").into_bytes();
    for (name, width) in std::iter::once((&".notdef", &0)).chain(names.iter().zip(widths)) {
        let (zero, back, width) = (number(0), number(0_u32.wrapping_sub(width * 10)), number(width * 10));
        // 0 1000 hsbw; a block from the baseline up; endchar.
        let block = [&zero[..], &number(1000), &[13], &zero, &[4], &width, &[6], &number(800), &[7]].concat();
        let glyph = encrypted(&[&block[..], &back, &[6, 9, 14]].concat(), 4330);
        private.extend(format!("/{name} {} RD ", glyph.len()).bytes().chain(glyph).chain(*b" ND\n"));
    }
    private.extend_from_slice(b"end end readonly put mark currentfile closefile\n");
    [public.as_bytes(), &encrypted(&private, 55665), &[b'0'; 64]].concat()
}

/// A page that shows a text in fonts /F1, /F2 ... of blocks with these names and widths; all glyphs move the pen by an
/// em.
fn page(content: &str, drawn: &[(&[&str], &[u32])]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let mut fonts = Dictionary::new();
    for (number, (names, widths)) in (1..).zip(drawn) {
        let file = document.add_object(Stream::new(Dictionary::new(), blocks(names, widths)));
        let mut differences = vec![Object::Integer(65)];
        differences.extend(names.iter().map(|name| Object::Name(name.as_bytes().to_vec())));
        let descriptor = dictionary! { "Type" => "FontDescriptor", "Flags" => 4, "FontFile" => file };
        let descriptor = document.add_object(descriptor);
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Any", "FontDescriptor" => descriptor,
            "Encoding" => dictionary! { "Type" => "Encoding", "Differences" => differences },
            "FirstChar" => 65, "Widths" => vec![Object::Integer(1000); 26],
        };
        fonts.set(format!("F{number}"), document.add_object(font));
    }
    let contents = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => contents,
        "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
        "Resources" => dictionary! { "Font" => fonts },
    });
    let tree = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference(page)] };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes everything");
    bytes
}

/// Reads a page: its text, how many pictures the reader was shown, and the warnings.
fn read(bytes: &[u8], known: &[(u32, &[(char, f32)])]) -> (String, usize, String) {
    let reader = Blocks { known, asked: Cell::new(0) };
    let options = Options { password: None, glyphs: Some(&reader) };
    let extraction = extract_with(bytes, &options).expect("the file can be read");
    let text = extraction.pages.iter().map(corpus::document::Page::text).collect();
    let warnings: Vec<String> = extraction.warnings.into_iter().map(|warning| warning.message).collect();
    (text, reader.asked.get(), warnings.join("\n"))
}

const NAMES: [&str; 4] = ["G1C", "G2C", "G3C", "G4C"];

#[test]
fn glyphs_without_names_are_read_by_their_shapes_and_stay_in_their_places() {
    let bytes = page("BT /F1 10 Tf 100 700 Td (ABC) Tj ET", &[(&NAMES, &[50, 60, 70, 80])]);
    let known: &[(u32, &[(char, f32)])] = &[(50, &[('标', 0.99)]), (60, &[('准', 0.99)]), (70, &[('化', 0.99)])];
    let (text, asked, warnings) = read(&bytes, known);
    assert_eq!((text.as_str(), asked), ("标准化", 3));
    assert!(warnings.contains("read by the shapes of 3 glyphs"), "{warnings}");

    let reader = Blocks { known, asked: Cell::new(0) };
    let extraction = extract_with(&bytes, &Options { password: None, glyphs: Some(&reader) }).expect("a whole file");
    let line = &extraction.pages[0].lines[0];
    assert_eq!([line.bbox.x0, line.bbox.x1].map(f32::round), [100.0, 130.0]);
}

#[test]
fn one_shape_in_several_fonts_is_asked_for_once() {
    let fonts: [(&[&str], &[u32]); 2] = [(&NAMES, &[50, 60, 70, 80]), (&NAMES, &[70, 60, 50, 80])];
    let bytes = page("BT /F1 10 Tf 100 700 Td (ABC) Tj /F2 10 Tf (ABC) Tj ET", &fonts);
    let (text, asked, _) = read(&bytes, &[(50, &[('标', 0.99)]), (60, &[('准', 0.99)]), (70, &[('化', 0.99)])]);
    assert_eq!((text.as_str(), asked), ("标准化化准标", 3));
}

#[test]
fn words_settle_what_looks_alike() {
    let bytes = page("BT /F1 10 Tf 100 700 Td (AB) Tj 0 -20 Td (CB) Tj ET", &[(&NAMES, &[50, 60, 70, 80])]);
    let known: &[(u32, &[(char, f32)])] =
        &[(50, &[('周', 0.99)]), (60, &[('未', 0.55), ('末', 0.45)]), (70, &[('期', 0.99)])];
    assert_eq!(read(&bytes, known).0, "周末\n期末");
}

#[test]
fn what_the_reader_does_not_know_is_never_passed_on() {
    let bytes = page("BT /F1 10 Tf 100 700 Td (ABC) Tj ET", &[(&NAMES, &[50, 60, 70, 80])]);
    let (text, asked, warnings) = read(&bytes, &[(50, &[('标', 0.99)]), (60, &[('准', 0.99)])]);
    // What it does not know is shown to it twice.
    assert_eq!((text.as_str(), asked), ("标准", 4));
    assert!(warnings.contains("1 shape remains unreadable"), "{warnings}");
}

#[test]
fn a_map_that_says_something_else_than_the_shapes_is_not_believed() {
    let names = ["A", "B", "C", "D", "G1C"];
    let bytes = page("BT /F1 10 Tf 100 700 Td (ABCDE) Tj ET", &[(&names, &[50, 60, 70, 80, 90])]);
    let known: &[(u32, &[(char, f32)])] = &[
        (50, &[('国', 0.99)]),
        (60, &[('家', 0.99)]),
        (70, &[('标', 0.99)]),
        (80, &[('准', 0.99)]),
        (90, &[('化', 0.99)]),
    ];
    assert_eq!(read(&bytes, known).0, "国家标准化");
    // One that agrees is.
    let known: &[(u32, &[(char, f32)])] = &[
        (50, &[('A', 0.5), ('R', 0.5)]),
        (60, &[('B', 0.5)]),
        (70, &[('C', 0.5)]),
        (80, &[('D', 0.5)]),
        (90, &[('化', 0.99)]),
    ];
    assert_eq!(read(&bytes, known).0, "ABCD化");
}

#[test]
fn without_a_reader_nothing_is_recognised() {
    let bytes = page("BT /F1 10 Tf 100 700 Td (ABC) Tj ET", &[(&NAMES, &[50, 60, 70, 80])]);
    let extraction = extract_with(&bytes, &Options::default()).expect("the file can be read");
    assert!(!extraction.has_text());
}
