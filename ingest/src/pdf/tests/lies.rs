//! Fonts that lie: honest text with each kind of lie put on it, and what is read of it.

use corpus::document::{Extraction, PageSource};
use proptest::prelude::*;

use super::{File, extract, stream, utf16};

const CHINESE: &str = "为了规范数据资源的收集、存储和使用，保障公民和组织的合法权益，促进数字经济健康发展，制定本办法。\
    各级人民政府应当建立数据安全管理制度，明确责任分工；有关部门按照职责做好监督检查工作。\
    企业开展数据处理活动，应当遵守法律、行政法规，尊重社会公德，承担社会责任，不得危害国家安全。\
    本标准适用于信息系统的设计、开发、测试和运行（以下简称：系统），其他单位可以参照执行。";
const ENGLISH: &str = "This document sets out the rules that public bodies follow when they share records with each other. \
    Every request names the purpose, the legal basis and the time for which the records are kept. The office that holds \
    the records answers within ten working days, and says why if it refuses. Records about persons are shared only \
    where the law allows this, and a note of every transfer is kept for five years. The ministry publishes a yearly \
    report on the number of requests, how long they took and what came of them.";
const RUSSIAN: &str = "Настоящий документ определяет порядок обмена сведениями между органами власти и организациями. \
    Каждый запрос содержит цель, правовое основание и срок хранения сведений. Орган, который хранит сведения, отвечает \
    в течение десяти рабочих дней и указывает причину отказа. Сведения о гражданах передаются только по закону.";

/// A font, as the objects from number 5 on, and the codes of a text in it.
struct Set {
    objects: Vec<String>,
    lines: Vec<String>,
}

/// A composite font with this encoding, ordering and map to Unicode, and a text whose codes are given in hexadecimal.
fn composite(encoding: &str, ordering: &str, map: Option<&str>, text: &str, code: impl Fn(char) -> String) -> Set {
    let to_unicode = if map.is_some() { "/ToUnicode 7 0 R" } else { "" };
    let font =
        format!("<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding{encoding}/DescendantFonts[6 0 R]{to_unicode}>>");
    let descendant = format!(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Kai/DW 1000\
         /CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>>>"
    );
    let objects = [font, descendant].into_iter().chain(map.map(|map| stream("", map))).collect();
    Set { objects, lines: lines(text, code) }
}

/// A simple font with this encoding.
fn simple(encoding: &str, text: &str, code: impl Fn(char) -> String) -> Set {
    let font = format!("<</Type/Font/Subtype/Type1/BaseFont/Serif/Encoding{encoding}>>");
    Set { objects: vec![font], lines: lines(text, code) }
}

fn lines(text: &str, code: impl Fn(char) -> String) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(40).map(|line| line.iter().map(|c| code(*c)).collect()).collect()
}

impl Set {
    fn read(self) -> Extraction {
        let lines: String = self.lines.iter().map(|line| format!("<{line}> Tj T* ")).collect();
        let content = format!("BT /F1 10 Tf 14 TL 50 700 Td {lines} ET");
        let file = File { content: &content, resources: "/Font<</F1 5 0 R>>", page: "", objects: self.objects };
        extract(&file.bytes(), None).expect("the file can be read")
    }
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

fn read_text(extraction: &Extraction) -> String {
    extraction.pages.iter().map(|page| without_space(&page.text())).collect()
}

/// Reads the text back, with a warning that has these words.
#[track_caller]
fn check_mended(set: Set, expected: &str, warning: &str) {
    let extraction = set.read();
    let warnings: Vec<&str> = extraction.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(read_text(&extraction), without_space(expected), "{warnings:?}");
    assert!(warnings.iter().any(|message| message.contains(warning)), "{warnings:?}");
}

/// Reads what the map says, without a word.
#[track_caller]
fn check_trusted(set: Set, expected: &str) {
    let extraction = set.read();
    assert_eq!(extraction.warnings, []);
    assert_eq!(read_text(&extraction), without_space(expected));
}

fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fa5}').contains(&c)
}

fn four(code: u32) -> String {
    format!("{code:04x}")
}

/// Glyph numbers of a font that has its ideographs from this number on, and its marks below, in Unicode's order.
fn numbered(c: char, first: u32) -> u32 {
    match c as u32 {
        ascii @ 0x20..0x7f => ascii - 29,
        mark @ 0x3000..0x3020 => mark - 0x3000 + first - 200,
        wide @ 0xff00..0xff5f => wide - 0xff00 + first - 120,
        other => other - 0x4e00 + first,
    }
}

/// A map that takes codes for characters.
const ITSELF: &str = "1 beginbfrange <0000> <ffff> <0000> endbfrange";

/// A map of each character's code to what stands for it.
fn map(text: &str, code: impl Fn(char) -> u32, stands: impl Fn(char) -> String) -> String {
    let entries: String = text.chars().map(|c| format!("<{:04x}> <{}>\n", code(c), stands(c))).collect();
    format!("{} beginbfchar\n{entries}endbfchar", text.chars().count())
}

fn gbk(c: char) -> u32 {
    let text = c.to_string();
    encoding_rs::GBK.encode(&text).0.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// The place of an ideograph in level 1 of GB 2312.
fn level_one(c: char) -> Option<u32> {
    match u16::try_from(gbk(c)).ok()?.to_be_bytes() {
        [high @ 0xb0..=0xd7, low @ 0xa1..=0xfe] => Some(u32::from(high - 0xb0) * 94 + u32::from(low - 0xa1)),
        _ => None,
    }
}

#[test]
fn glyph_numbers_taken_for_characters() {
    let set = |first: u32| composite("/Identity-H", "Identity", Some(ITSELF), CHINESE, |c| four(numbered(c, first)));
    check_mended(set(2400), CHINESE, "repaired by a constant offset (180 characters, 100 % plausible)");
    check_mended(set(9000), CHINESE, "glyph numbers were read as characters");
}

#[test]
fn glyph_numbers_without_any_map() {
    let set = composite("/Identity-H", "Identity", None, CHINESE, |c| four(numbered(c, 3131)));
    check_mended(set, CHINESE, "constant offset");
    let set = composite("/Identity-H", "Identity", None, ENGLISH, |c| four(c as u32 - 29));
    check_mended(set, ENGLISH, "its codes are off from ASCII");
}

#[test]
fn ideographs_numbered_in_the_order_of_a_standard() {
    let text: String = CHINESE.chars().filter(|c| han(*c)).collect();
    let set = composite("/Identity-H", "Identity", Some(ITSELF), &text, |c| four(level_one(c).unwrap_or(0) + 700));
    check_mended(set, &text, "constant offset");
}

#[test]
fn runs_with_offsets_of_their_own() {
    let text: String = CHINESE.chars().filter(|c| han(*c)).collect();
    let number = |c: char| if (c as u32) < 0x6700 { c as u32 - 0x4e00 + 1200 } else { c as u32 - 0x6700 + 9000 };
    let set = composite("/Identity-H", "Identity", Some(ITSELF), &text, |c| four(number(c)));
    check_mended(set, &text, "repaired by 2 constant offsets");
}

#[test]
fn codes_of_a_character_set_taken_for_characters() {
    let set = composite("/Identity-H", "Identity", Some(ITSELF), CHINESE, |c| four(gbk(c)));
    check_mended(set, CHINESE, "its codes were read as GB 18030");
    let lie = "1 beginbfrange <0000> <ffff> <3400> endbfrange";
    let set = composite("/Identity-H", "Identity", Some(lie), CHINESE, |c| utf16(&c.to_string()));
    check_mended(set, CHINESE, "its codes were read as UTF-16");
}

#[test]
fn maps_with_their_bytes_or_codes_in_the_wrong_place() {
    let code = |c: char| c as u32 - 0x100;
    let swapped = |c: char| u32::from((c as u32 as u16).swap_bytes());
    // What becomes half of a surrogate pair is lost for good.
    let text: String = CHINESE.chars().filter(|c| !(0xd800..0xe000).contains(&swapped(*c))).collect();
    let wrong = map(&text, code, |c| four(swapped(c)));
    let set = composite("/Identity-H", "Identity", Some(&wrong), &text, |c| four(code(c)));
    check_mended(set, &text, "bytes in the wrong order");
    // A map of all ideographs in the order of a standard that begins one too late.
    let text = CHINESE.chars().filter(|c| han(*c)).collect::<String>().repeat(2);
    let all: String = (0x4e00..0x9fa6).filter_map(char::from_u32).filter(|c| level_one(*c).is_some()).collect();
    let code = |c: char| level_one(c).map_or(0, |at| at + 700);
    let off = map(&all, |c| code(c) + 1, |c| utf16(&c.to_string()));
    let set = composite("/Identity-H", "Identity", Some(&off), &text, |c| four(code(c)));
    check_mended(set, &text, "off by 1");
}

#[test]
fn a_collection_tells_the_truth_where_the_map_lies() {
    let text: String = CHINESE.chars().filter(|c| han(*c)).collect();
    let lie = map(&text, gbk, |c| format!("{:04x}", (c as u32).wrapping_mul(31) % 0x5000 + 0x4e00));
    // The named CMap is believed at once.
    let set = composite("/GBK-EUC-H", "GB1", Some(&lie), &text, |c| four(gbk(c)));
    check_trusted(set, &text);
}

#[test]
fn a_map_tells_the_truth_where_the_named_cmap_lies() {
    let text: String = CHINESE.chars().filter(|c| han(*c)).collect();
    let code = |c: char| (c as u32).wrapping_mul(7) % 0x5000 + 0x8140;
    let truth = map(&text, code, |c| utf16(&c.to_string()));
    let set = composite("/UniGB-UCS2-H", "GB1", Some(&truth), &text, |c| four(code(c)));
    check_mended(set, &text, "read by its map to Unicode");
}

#[test]
fn latin_letters_off_by_a_constant() {
    let two = |byte: u32| format!("{byte:02x}");
    check_mended(simple("/WinAnsiEncoding", ENGLISH, |c| two(c as u32 - 29)), ENGLISH, "its codes are off from ASCII");
    check_mended(simple("/WinAnsiEncoding", ENGLISH, |c| two(c as u32 + 3)), ENGLISH, "its codes are off from ASCII");
    // Glyphs in any order, named by their numbers.
    let place = |ascii: u32| (ascii - 0x20) * 7 % 95 + 130;
    let named = |name: &dyn Fn(u32) -> String| {
        let mut ascii: Vec<u32> = (0x20..0x7f).collect();
        ascii.sort_by_key(|ascii| place(*ascii));
        let names: String = ascii.into_iter().map(name).collect();
        format!("<</Type/Encoding/Differences[130{names}]>>")
    };
    for encoding in [named(&|ascii| format!("/g{}", ascii + 40)), named(&|ascii| format!("/G{ascii:02X}"))] {
        check_mended(simple(&encoding, ENGLISH, |c| two(place(c as u32))), ENGLISH, "named by numbers");
    }
}

#[test]
fn cyrillic_taken_for_latin() {
    let code =
        |c: char| encoding_rs::WINDOWS_1251.encode(&c.to_string()).0.iter().map(|byte| format!("{byte:02x}")).collect();
    check_mended(simple("/WinAnsiEncoding", RUSSIAN, code), RUSSIAN, "read as Windows-1251");
}

#[test]
fn a_few_characters_are_read_as_another_font_of_the_file() {
    let body = composite("/Identity-H", "Identity", Some(ITSELF), CHINESE, |c| four(numbered(c, 2400)));
    let heading: String = "数据安全管理办法".chars().map(|c| four(numbered(c, 2400))).collect();
    let lines: String = body.lines.iter().map(|line| format!("<{line}> Tj T* ")).collect();
    let content = format!("BT /F2 10 Tf 14 TL 50 700 Td <{heading}> Tj T* /F1 10 Tf {lines} ET");
    let mut objects = body.objects;
    objects.push(objects[0].replace("/Kai", "/Kai,Bold"));
    let file = File { content: &content, resources: "/Font<</F1 5 0 R/F2 8 0 R>>", page: "", objects };
    let extraction = extract(&file.bytes(), None).expect("the file can be read");
    assert_eq!(read_text(&extraction), format!("数据安全管理办法{CHINESE}"));
    assert!(extraction.warnings.iter().any(|warning| warning.message.contains("font Kai,Bold: glyph numbers")));
}

#[test]
fn italic_letters_of_founder() {
    let truth = |text: &str| map(text, |c| c as u32 - 0x3000, |c| utf16(&c.to_string()));
    let set = |text: &str| composite("/Identity-H", "Identity", Some(&truth(text)), text, |c| four(c as u32 - 0x3000));
    check_mended(set("按照犌犅／犜１２３４的规定，犃＝犫＋犮。"), "按照GB／T１２３４的规定，A＝b＋c。", "Founder");
    // Dictionaries and tables of characters show them too.
    check_trusted(
        set("犇字从三牛，读作奔；犃字见于字书，犐字今已不用，犓字是喂养的意思。"),
        "犇字从三牛，读作奔；犃字见于字书，犐字今已不用，犓字是喂养的意思。",
    );
    check_trusted(set("犃犅犆犇犈犉犌犎犐犑犓犔犕犖犗犘"), "犃犅犆犇犈犉犌犎犐犑犓犔犕犖犗犘");
    check_trusted(set("現況狀態與狀況"), "現況狀態與狀況");
}

#[test]
fn what_nothing_mends_is_unreadable() {
    let text: String = CHINESE.chars().filter(|c| han(*c)).collect();
    let scattered = |c: char| (c as u32).wrapping_mul(2_654_435_761);
    let lie = map(&text, |c| scattered(c) >> 17, |c| four((scattered(c) >> 9) % 0x5100 + 0x4e00));
    let extraction = composite("/Identity-H", "Identity", Some(&lie), &text, |c| four(scattered(c) >> 17)).read();
    assert_eq!(read_text(&extraction), "");
    assert_eq!(extraction.pages[0].source, PageSource::Unreadable);
    assert!(extraction.warnings[0].message.contains("nothing in the file mends"), "{:?}", extraction.warnings);
    // A substitution of letters, which no constant explains.
    let swap = |c: char| match c {
        'a'..='z' => char::from(((u16::from(c as u8 - b'a') * 11 + 7) % 26) as u8 + b'a'),
        other => other,
    };
    let extraction = simple("/WinAnsiEncoding", &ENGLISH.to_lowercase(), |c| format!("{:02x}", swap(c) as u32)).read();
    assert_eq!(extraction.pages[0].source, PageSource::Unreadable, "{:?}", extraction.warnings);
}

#[test]
fn a_map_for_another_numbering_is_not_believed() {
    let map = "1 beginbfrange <0003> <005e> <0020> endbfrange";
    let codes: String = (1..=292).map(four).collect();
    let set = composite("/Identity-H", "Identity", Some(map), "", |_| String::new());
    let extraction = Set { lines: vec![codes], ..set }.read();
    assert_eq!(read_text(&extraction), "");
    assert!(extraction.warnings[0].message.contains("another numbering"), "{:?}", extraction.warnings);
}

#[test]
fn honest_fonts_are_trusted() {
    let itself = |text: &str| {
        composite(
            "/Identity-H",
            "Identity",
            Some(&map(text, |c| c as u32 - 0x20, |c| utf16(&c.to_string()))),
            text,
            |c| four(c as u32 - 0x20),
        )
    };
    let variables = "xyzkPmFqxyzkjvxPmBqxyzkFvjxPqzkxyv".repeat(12);
    for text in [
        CHINESE,
        ENGLISH,
        RUSSIAN,
        &ENGLISH.to_uppercase(),
        // A table of characters, names, variables, figures, and other languages and scripts.
        "鼐鼙鼢麈麝黛黜黝黠黟黢黩黧黥黪黯鼢鼬鼯鼹鼷鼽鼾齄",
        "张晓明李卫国王秀英刘建军陈志强杨丽娟赵永红黄文斌",
        "資料治理辦法係為規範機關蒐集與運用資料而訂定之機關應指定專人辦理安全維護事項",
        "この規格は情報処理に用いる文字の符号について規定する。この規格で引用する規格は次による。",
        "이 표준은 정보 처리에 쓰이는 문자 부호에 대하여 규정하며 인용하는 표준은 다음과 같다",
        "Η παρούσα απόφαση καθορίζει τους κανόνες για την ανταλλαγή στοιχείων μεταξύ των αρχών",
        "מסמך זה קובע את הכללים להעברת מידע בין רשויות ציבוריות ואת חובת הדיווח השנתית",
        "เอกสารนี้กำหนดหลักเกณฑ์การแลกเปลี่ยนข้อมูลระหว่างหน่วยงานของรัฐ",
        &variables,
        &"3.14 2.72 1.41 0.58 (1) [2] 100% ".repeat(20),
        "∀∃∈∉∑∏√∞∫≤≥≠≈⊂⊃∪∩→←↑↓⇒⇔αβγδεζηθ".repeat(4).as_str(),
    ] {
        check_trusted(itself(text), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_offset_is_found(first in 600_u32..20_000) {
        let set = composite("/Identity-H", "Identity", Some(ITSELF), CHINESE, |c| four(numbered(c, first)));
        let read = read_text(&set.read());
        let ideographs = |text: &str| text.chars().filter(|c| han(*c)).collect::<String>();
        // An offset of nothing is no lie.
        prop_assert_eq!(ideographs(&read), ideographs(CHINESE));
    }

    #[test]
    fn parts_of_honest_text_are_trusted(from in 0_usize..120, length in 1_usize..120) {
        let part: String = CHINESE.chars().skip(from).take(length).collect();
        let truth = map(&part, |c| c as u32 - 0x20, |c| utf16(&c.to_string()));
        let set = composite("/Identity-H", "Identity", Some(&truth), &part, |c| four(c as u32 - 0x20));
        let extraction = set.read();
        prop_assert_eq!(read_text(&extraction), part);
        prop_assert!(extraction.warnings.is_empty());
    }

    #[test]
    fn no_map_makes_it_panic(pairs in prop::collection::vec((0_u32..0x1_0000, 0_u32..0x1_0000), 1..80)) {
        let entries: String = pairs.iter().map(|(code, c)| format!("<{code:04x}> <{c:04x}>\n")).collect();
        let map = format!("{} beginbfchar\n{entries}endbfchar", pairs.len());
        let set = composite("/Identity-H", "Identity", Some(&map), "", |_| String::new());
        let line = pairs.iter().map(|(code, _)| four(*code)).collect();
        let _ = Set { lines: vec![line], ..set }.read();
    }
}
