//! Files that are damaged, or none.

use std::io::Write;

use lopdf::{Dictionary, Document, Object, Stream};
use proptest::prelude::*;

use super::{Error, File, HELVETICA, extract, page, stream, text};

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

/// Reads a page whose content is these bytes under these filters.
#[track_caller]
fn check_filtered(filters: &[&str], content: &[u8], expected: &str) {
    let mut document = Document::load_mem(&page("", "/Font<</F1 5 0 R>>", &[HELVETICA])).expect("a whole file");
    let mut stream = Stream::new(Dictionary::new(), content.to_vec());
    let filters = filters.iter().map(|name| Object::Name(name.as_bytes().to_vec()));
    stream.dict.set("Filter", filters.collect::<Vec<_>>());
    document.objects.insert((4, 0), Object::Stream(stream));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes everything");
    assert_eq!(text(&bytes), expected);
}

const CONTENT: &[u8] = b"BT /F1 12 Tf 50 700 Td (eighty-five) Tj ET";

fn deflated() -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(CONTENT).and_then(|()| encoder.finish()).expect("memory takes everything")
}

#[test]
fn every_filter_of_text_is_undone() {
    let hexadecimal: String = CONTENT.iter().map(|byte| format!("{byte:02x}")).collect();
    let ascii = r#"6<#'\7PQ#?1*BP.+>khq2_Zp.<+I+"ASGdjFEoHMBm+&:+B3(u78s~>"#;
    check_filtered(&["ASCIIHexDecode"], format!("{hexadecimal}>").as_bytes(), "eighty-five");
    check_filtered(&["AHx"], format!("{}\n{}", &hexadecimal[..20], &hexadecimal[20..]).as_bytes(), "eighty-five");
    check_filtered(&["ASCII85Decode"], ascii.as_bytes(), "eighty-five");
    check_filtered(&["A85"], ascii.trim_end_matches("~>").as_bytes(), "eighty-five");
    check_filtered(&["RunLengthDecode"], &[&[CONTENT.len() as u8 - 1], CONTENT, &[128]].concat(), "eighty-five");
    check_filtered(&["FlateDecode"], &deflated(), "eighty-five");
    check_filtered(&["Crypt", "Fl"], &deflated(), "eighty-five");
    let twice: String = deflated().iter().map(|byte| format!("{byte:02x}")).collect();
    check_filtered(&["AHx", "FlateDecode"], twice.as_bytes(), "eighty-five");
    check_filtered(&["DCTDecode"], CONTENT, "");
    check_filtered(&["NoSuchDecode"], CONTENT, "");
}

#[test]
fn what_a_broken_stream_gives_before_it_breaks_is_kept() {
    let whole = deflated();
    // The checksum, the last characters, the header.
    check_filtered(&["FlateDecode"], &whole[..whole.len() - 4], "eighty-five");
    check_filtered(&["FlateDecode"], &whole[..whole.len() - 7], "eighty-five");
    check_filtered(&["FlateDecode"], &whole[2..], "eighty-five");
    check_filtered(&["FlateDecode"], &[b"\n", &whole[..]].concat(), "eighty-five");
    check_filtered(&["FlateDecode"], &[&whole[..], b"\r\nendstr"].concat(), "eighty-five");
}
