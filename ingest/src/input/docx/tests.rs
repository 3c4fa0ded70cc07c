//! Documents made by hand: what a reader sees of them, and what bombs and damage do.

use std::io::{Cursor, Write as _};

use corpus::document::{BlockKind, DocumentHash};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{is_docx, read};
use crate::read::read_text;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:wps=\"x\" xmlns:v=\"y\" xmlns:m=\"z\"";

const STYLES: &str = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Own\"><w:name w:val=\"章标题\"/><w:basedOn w:val=\"1\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style><w:style w:styleId=\"C\"><w:name w:val=\"caption\"/></w:style><w:style w:styleId=\"R\"><w:name w:val=\"Round\"/><w:basedOn w:val=\"R\"/></w:style></w:styles>";

const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%1.%2)\"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"第%1章\"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId=\"2\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"3\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>";

/// An archive of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("an archive").into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
}

fn docx(body: &str) -> Vec<u8> {
    package(&[("word/document.xml", &document(body)), ("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)])
}

fn blocks(bytes: &[u8]) -> Vec<(BlockKind, u8, String)> {
    let text = read(bytes).expect("it is read");
    text.blocks.into_iter().map(|block| (block.kind, block.level, block.text)).collect()
}

#[track_caller]
fn check(body: &str, wanted: &[(BlockKind, u8, &str)]) {
    let found = blocks(&docx(body));
    let found: Vec<_> = found.iter().map(|(kind, level, text)| (*kind, *level, text.as_str())).collect();
    assert_eq!(found, wanted);
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

const TITLE: &str = "<w:p><w:pPr><w:pStyle w:val=\"T\"/></w:pPr><w:r><w:t>湖泊监测办法</w:t></w:r></w:p>";

#[test]
fn headings_lists_and_captions_are_known_by_their_styles() {
    use BlockKind::{Caption, Heading, ListItem, Paragraph};
    let list =
        |list: u8, depth: u8| format!("<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    let body = [
        TITLE.to_owned(),
        p("<w:pStyle w:val=\"Own\"/>", "总则"),
        p("", "各地区要加强水质监测，落实责任。"),
        p(&list(1, 0), "clean water"),
        p(&list(1, 1), "lakes"),
        p(&list(1, 0), "clean air"),
        p(&list(3, 0), "birds"),
        p("<w:pStyle w:val=\"Own\"/>", "附则"),
        p("<w:pStyle w:val=\"C\"/>", "图 1 湖泊分布"),
        p("<w:pStyle w:val=\"R\"/>", "本办法自发布之日起施行。"),
    ];
    check(
        &body.concat(),
        &[
            (Heading, 0, "湖泊监测办法"),
            (Heading, 1, "第一章 总则"),
            (Paragraph, 0, "各地区要加强水质监测，落实责任。"),
            (ListItem, 0, "1. clean water"),
            (ListItem, 0, "(1.a) lakes"),
            (ListItem, 0, "2. clean air"),
            (ListItem, 0, "- birds"),
            (Heading, 1, "第二章 附则"),
            (Caption, 0, "图 1 湖泊分布"),
            (Paragraph, 0, "本办法自发布之日起施行。"),
        ],
    );
}

#[test]
fn changes_are_accepted() {
    let body = [
        TITLE,
        "<w:p><w:r><w:t>Lakes </w:t></w:r><w:del><w:r><w:delText>must</w:delText></w:r></w:del><w:ins><w:r><w:t>shall</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:moveTo><w:r><w:t> be clean and deep.</w:t></w:r></w:moveTo></w:p>",
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr><w:pPrChange><w:pPr><w:pStyle w:val=\"1\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>Rivers are </w:t></w:r></w:p><w:p><w:r><w:t>to be monitored every day.</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>old</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    ];
    let found = blocks(&docx(&body.concat()));
    let texts: Vec<&str> = found.iter().map(|(_, _, text)| text.as_str()).collect();
    assert_eq!(texts, ["湖泊监测办法", "Lakes shall be clean and deep.", "Rivers are to be monitored every day."]);
}

#[test]
fn rows_keep_their_columns_and_boxes_are_read_once() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let rows = [
        format!("<w:tr>{}{}</w:tr>", cell("<w:gridSpan w:val=\"2\"/>", "湖泊"), cell("", "深度")),
        format!(
            "<w:tr>{}{}<w:tc><w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/></w:tc></w:tr>",
            cell("", "东"),
            cell("<w:vMerge/>", ""),
            cell("", "9"),
            cell("", "米")
        ),
        format!("<w:tr>{}</w:tr>", cell("", "This table only places text on the page.")),
    ];
    let shape = "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><a:t>shape</a:t><wps:txbx><w:txbxContent><w:p><w:r><w:t>Beside the lake stands a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Beside the lake stands a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>The lake is </w:t><w:br/><w:t>deep&amp;</w:t><w:tab/><w:t>wide.</w:t></w:r></w:p>";
    let body = format!("{TITLE}<w:tbl>{}</w:tbl>{shape}", rows.concat());
    let found = blocks(&docx(&body));
    let texts: Vec<&str> = found.iter().map(|(_, _, text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "湖泊监测办法",
            "湖泊\t\t深度",
            "东\t\t9 米",
            "This table only places text on the page.",
            "Beside the lake stands a box.",
            "The lake is deep& wide.",
        ]
    );
}

#[test]
fn notes_stand_behind_the_text_in_the_order_of_their_marks() {
    let body = format!(
        "{TITLE}<w:p><w:r><w:t>Lakes are deep.</w:t><w:footnoteReference w:id=\"7\"/><w:t> Rivers are long.</w:t><w:endnoteReference w:id=\"2\"/><w:footnoteReference w:id=\"3\"/></w:r></w:p>"
    );
    let note = |name: &str, id: u8, text: &str| {
        format!("<w:{name} w:id=\"{id}\"><w:p><w:r><w:footnoteRef/><w:t> {text}</w:t></w:r></w:p></w:{name}>")
    };
    let footnotes = format!(
        "<w:footnotes>{}{}{}</w:footnotes>",
        note("footnote", 0, "separator"),
        note("footnote", 3, "Of the ministry."),
        note("footnote", 7, "By soundings.")
    );
    let endnotes = format!("<w:endnotes>{}</w:endnotes>", note("endnote", 2, "In the plan."));
    let bytes = package(&[
        ("word/document.xml", &document(&body)),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", &footnotes),
        ("word/endnotes.xml", &endnotes),
    ]);
    let texts: Vec<String> = blocks(&bytes).into_iter().map(|(_, _, text)| text).collect();
    assert_eq!(
        texts,
        [
            "湖泊监测办法",
            "Lakes are deep.[1] Rivers are long.[2][3]",
            "[1] By soundings.",
            "[3] Of the ministry.",
            "[2] In the plan.",
        ]
    );
}

#[test]
fn the_title_is_that_of_the_text_or_of_the_properties() {
    let with = |title: &str| {
        let core = format!("<cp:coreProperties xmlns:dc=\"d\"><dc:title>{title}</dc:title></cp:coreProperties>");
        let body = document(&[p("", "Lakes are monitored."), p("", "They are deep, and there are many.")].concat());
        let bytes = package(&[("word/document.xml", &body), ("docProps/core.xml", &core)]);
        read_text("a.docx", "a.docx", DocumentHash::of(&bytes), &bytes).expect("it is read").facts.title
    };
    assert_eq!(with("Plan for Lakes &amp; Rivers").as_deref(), Some("Plan for Lakes & Rivers"));
    assert_ne!(with("Microsoft Word - 文档1.docx").as_deref(), Some("Microsoft Word - 文档1.docx"));
}

#[test]
fn the_main_part_is_the_one_that_the_package_names() {
    let relations = "<Relationships><Relationship Id=\"r\" Type=\"http://x/relationships/officeDocument\" Target=\"/word/main2.xml\"/></Relationships>";
    let bytes = package(&[("_rels/.rels", relations), ("word/main2.xml", &document(TITLE))]);
    assert!(is_docx(&bytes));
    assert_eq!(blocks(&bytes).len(), 1);
    let sheet = relations.replace("word/main2", "xl/workbook");
    assert!(!is_docx(&package(&[("_rels/.rels", &sheet), ("xl/workbook.xml", "<x/>")])));
    assert!(!is_docx(&package(&[("a.txt", "x")])));
}

#[test]
fn damage_ends_the_text_early_and_is_told() {
    let whole = document(&[TITLE.to_owned(), p("", "Lakes are deep and wide.")].concat());
    let cut = whole.get(..whole.len() - 30).expect("ASCII at its end");
    let text = read(&package(&[("word/document.xml", cut), ("word/styles.xml", STYLES)])).expect("some is read");
    assert_eq!((text.blocks.len(), text.warnings.len()), (2, 1));
    assert!(text.warnings[0].message.contains("left out"), "{:?}", text.warnings);
    let deep = document(&"<w:x>".repeat(100_000));
    let error = read(&package(&[("word/document.xml", &deep)])).expect_err("nothing is read").to_string();
    assert!(error.contains("nested") && error.contains("save it again"), "{error}");
}

#[test]
fn bombs_are_not_unpacked() {
    let bomb = "0".repeat(101 << 20);
    let bytes = package(&[("word/document.xml", &bomb)]);
    assert!(bytes.len() < 1 << 20);
    let error = read(&bytes).expect_err("too large").to_string();
    assert!(error.contains("unpacks to more than 100 MB"), "{error}");
    let entities = format!(
        "<!DOCTYPE d [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>{}",
        document(&p("", "Lakes &b; are deep."))
    );
    assert_eq!(blocks(&package(&[("word/document.xml", &entities)]))[0].2, "Lakes are deep.");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, body in "(<w:(p|r|t|tbl|tr|tc|pPr|rPr|del|ins)/?>|</w:(p|r|t|tbl|tr|tc)>|湖|x|&a;){0,60}", cut in 0_usize..600) {
        let _ = is_docx(&bytes);
        let package = docx(&body);
        let _ = read(&package);
        let damaged = package.get(..cut.min(package.len())).unwrap_or_default();
        let _ = (is_docx(damaged), read(damaged));
    }
}
