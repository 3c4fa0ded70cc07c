use super::*;
use proptest::prelude::*;

/// The text of the first `<t>` of a file.
fn read(file: &str) -> String {
    let mut parts = Parts::of(file, &["t"]);
    loop {
        match parts.next().unwrap() {
            Some(Step::Whole(element)) => return element.text(),
            Some(Step::Opened(_)) => {}
            None => return String::new(),
        }
    }
}

#[track_caller]
fn check(content: &str, expected: &str) {
    assert_eq!(read(&format!("<r><t>{content}</t></r>")), expected, "{content:?}");
}

#[track_caller]
fn check_error(file: &str, expected: &str) {
    let mut parts = Parts::of(file, &["t"]);
    let error = loop {
        match parts.next() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("{file:?} was read"),
            Err(error) => break error.to_string(),
        }
    };
    assert!(error.contains(expected), "{error}");
}

#[test]
fn layout_is_no_text() {
    check("\n   tide table\n  ", "tide table");
    check("a wrapped\n\t\tline", "a wrapped line");
    check("潮汐\n      表", "潮汐表");
    check("two  spaces", "two  spaces");
    check("one line\nanother\r\nthird\n\nparagraph", "one line\nanother\nthird\n\nparagraph");
}

#[test]
fn white_space_that_is_referred_to_is_text() {
    check("&#32;tide&#10;   table&#x20;", " tide\n   table ");
    check("<![CDATA[ a < b ]]>", " a < b ");
}

#[test]
fn marks_inside_of_text_are_passed_over_and_code_is_left_out() {
    check("CO<hi type=\"subscript\">2</hi> &amp; <foreign>潮</foreign>", "CO2 & 潮");
    check("<bpt i=\"1\">{\\b </bpt>tide<ept i=\"1\">}</ept> table<ph>\\n</ph>", "tide table");
}

#[test]
fn entities_of_the_file_are_never_expanded() {
    let file = "<!DOCTYPE r [<!ENTITY a \"tide\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<r><t>x &b; y</t></r>";
    assert_eq!(read(file), "x &b; y");
    let mut parts = Parts::of(file, &["t"]);
    while parts.next().unwrap().is_some() {}
    assert_eq!(parts.unknown_entities(), 1);
}

#[test]
fn what_is_not_well_formed_is_told_with_its_place() {
    check_error("<r>\n <t>潮</u>\n</r>", "line 2, column 6");
    check_error("<r>\n <t>tide</t>\n", "line 3: the file ends inside of <r>, which begins in line 1");
    check_error("<r>\n\n<t>tide", "line 3: the file ends inside of <t>, which begins in line 3");
    check_error("<r><t>a & b</t></r>", "line 1, column ");
    check_error(&"<a>".repeat(5_000), "nested deeper");
    check_error(&format!("<r><t>{}", "<a>".repeat(5_000)), "nested deeper");
    check_error(&format!("<r><t>{}</t></r>", "<a/>".repeat(200_000)), "more than 100000");
    check_error("<r><t>&#0;</t></r>", "");
}

#[track_caller]
fn check_encoding(bytes: &[u8], expected: &str) {
    let (text, _) = decoded(bytes).unwrap();
    assert_eq!(read(&text), expected);
}

#[test]
fn encodings_are_known_by_mark_declaration_and_bytes() {
    let file = "<?xml version=\"1.0\" encoding=\"utf-16\"?><r><t>潮汐表 tide table</t></r>";
    let wide: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_encoding(&[&[0xff, 0xfe][..], &wide].concat(), "潮汐表 tide table");
    let wide: Vec<u8> = file.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check_encoding(&[&[0xfe, 0xff][..], &wide].concat(), "潮汐表 tide table");
    check_encoding(file.as_bytes(), "潮汐表 tide table");
    check_encoding(&["\u{feff}".as_bytes(), b"<t>tide</t>"].concat(), "tide");
    let gbk = b"<?xml version='1.0' encoding='GBK'?><t>\xb3\xb1\xcf\xab\xb1\xed</t>";
    check_encoding(gbk, "潮汐表");
}

proptest! {
    #[test]
    fn text_comes_back_as_it_was(text in any::<String>()) {
        let mut file = Vec::new();
        let mut pen = Pen::new(&mut file).unwrap();
        pen.open("r", &[("a", text.as_str())]).unwrap();
        pen.leaf("t", &[], &text).unwrap();
        pen.finish().unwrap();
        let kept = |char: &char| matches!(char, '\n' | '\r' | '\t') || !char.is_control();
        let expected: String = text.chars().filter(kept).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        prop_assert_eq!(read(std::str::from_utf8(&file).unwrap()), expected);
    }

    #[test]
    fn any_text_can_be_read(file in "[<>/&;!a-c \"='?\\[\\]x#-]{0,60}") {
        let mut parts = Parts::of(&file, &["a"]);
        while let Ok(Some(_)) = parts.next() {}
    }
}
