//! Encodings, and how a text is known for what it is.

use corpus::document::{DocumentHash, Language, TextState};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};
use proptest::prelude::*;

use super::{Form, encoding, form_of};
use crate::Error;
use crate::read::read_text;

/// The bytes of a text in an encoding, UTF-16 included, which encoding_rs does not write.
fn encode(text: &str, label: &str) -> Vec<u8> {
    match label {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => Encoding::for_label(label.as_bytes()).expect("a label of the standard").encode(text).0.into_owned(),
    }
}

#[track_caller]
fn check(bytes: &[u8], wanted: &str) {
    let decoded = encoding::decode(bytes, None).map(|decoded| decoded.text);
    assert_eq!(decoded.as_deref().ok(), Some(wanted));
}

/// What a text in some encoding says of itself when it is read.
#[track_caller]
fn warns(bytes: &[u8], declared: Option<&str>, wanted: &[&str]) {
    let warnings = encoding::decode(bytes, declared).expect("it is text").warnings;
    assert_eq!(warnings.len(), wanted.len(), "{warnings:?}");
    for (warning, wanted) in warnings.iter().zip(wanted) {
        assert!(warning.message.contains(wanted), "{warning:?}");
    }
}

const SIMPLIFIED: [&str; 6] = [
    "为贯彻落实国家湖泊保护规划，加快建立水质监测标准体系，现就有关事项通知如下。",
    "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：请结合实际认真组织实施。",
    "到2033年，累计制定国家标准和行业标准50项以上，参与制定国际标准20项以上。",
    "第三条 本办法所称公共数据，是指各级行政机关在依法履行职责过程中产生的数据。",
    "鼓励企业、高等院校、科研机构联合开展关键技术攻关，推动产学研用深度融合发展。",
    "附件：1.重点任务分工表；2.试点单位申报书；3.专家评审意见汇总表（2031年版）",
];
const TRADITIONAL: [&str; 5] = [
    "為貫徹落實國家湖泊保護規劃，加快建立水質監測標準體系，現就有關事項通知如下。",
    "立法會資訊科技及廣播事務委員會將於下月討論有關人工智能應用的指引及監管框架。",
    "政府會繼續推動創新科技發展，加強與大灣區城市的合作，並培育本地科研人才。",
    "本公署已發出《個人資料保障模範框架》，協助機構採購、實施及使用人工智能系統。",
    "行政院於今年三月核定推動方案，由數位發展部會同相關機關辦理，並按季檢討執行成果。",
];
const ENGLISH: [&str; 2] = [
    "The ministry’s “guidelines” set out 50 standards—each with its own timetable—for lakes.",
    "Provinces shall report by March; the naïve approach costs £20 million, says the café owner’s union.",
];

#[test]
fn every_encoding_of_chinese_files_is_told_from_its_bytes() {
    for text in SIMPLIFIED {
        for label in ["utf-8", "utf-16le", "utf-16be", "gb18030", "gbk"] {
            check(&encode(text, label), text);
        }
    }
    for text in TRADITIONAL {
        for label in ["utf-8", "utf-16le", "utf-16be", "big5", "gb18030"] {
            check(&encode(text, label), text);
        }
    }
    for text in ENGLISH {
        for label in ["utf-8", "utf-16le", "utf-16be", "windows-1252"] {
            check(&encode(text, label), text);
        }
    }
}

#[test]
fn other_languages_are_not_taken_for_chinese() {
    let japanese = "湖沼の水質監視に関する基本方針を定め、関係機関との連携を強化することとする。";
    let korean = "호수의 수질 감시에 관한 기본 방침을 정하고 관계 기관과의 협력을 강화하기로 한다.";
    check(&SHIFT_JIS.encode(japanese).0, japanese);
    check(&EUC_JP.encode(japanese).0, japanese);
    check(&EUC_KR.encode(korean).0, korean);
}

#[test]
fn short_texts_and_marks() {
    check("\u{feff}湖泊".as_bytes(), "湖泊");
    check(&encode("\u{feff}湖泊", "utf-16le"), "湖泊");
    check(&encode("\u{feff}湖泊", "utf-16be"), "湖泊");
    check(&encode("\u{feff}湖泊", "gb18030"), "湖泊");
    check(&GB18030.encode("湖泊监测。").0, "湖泊监测。");
    check(&BIG5.encode("湖泊監測辦法").0, "湖泊監測辦法");
    check(b"", "");
}

#[test]
fn hong_kong_characters() {
    // 嘅 and 𠝹 of the supplement, which encoders no longer write.
    let bytes = [
        &BIG5.encode("香港政府發出有關人工智能").0[..],
        &[0xd6, 0xe6],
        &BIG5.encode("指引，並邀請各界提出意見。").0[..],
    ]
    .concat();
    let decoded = encoding::decode(&bytes, None).expect("it is text");
    assert!(decoded.text.starts_with("香港政府") && decoded.text.ends_with("提出意見。"), "{}", decoded.text);
}

#[test]
fn warnings_say_what_was_guessed_and_what_was_lost() {
    warns(SIMPLIFIED[0].as_bytes(), None, &[]);
    warns(&encode(SIMPLIFIED[0], "gb18030"), Some("gb2312"), &[]);
    warns(&encode(SIMPLIFIED[0], "gb18030"), None, &["read as gb18030, which was guessed"]);
    warns(SIMPLIFIED[0].as_bytes(), Some("gb2312"), &["says that it is GBK, but its bytes are read as UTF-8"]);
    warns(
        &encode(SIMPLIFIED[0], "gb18030"),
        Some("utf-8"),
        &["says that it is UTF-8, but its bytes are read as gb18030"],
    );
    warns(&encode(TRADITIONAL[0], "big5"), Some("gb2312"), &["but its bytes are read as Big5"]);
    let damaged =
        [SIMPLIFIED[0].as_bytes(), b"\n\xff", SIMPLIFIED[1].as_bytes(), b"\n\xe6\xb9", SIMPLIFIED[2].as_bytes()]
            .concat();
    warns(
        &damaged,
        None,
        &["2 sequences of bytes that are not UTF-8 were replaced by \u{fffd}, the first in lines 2, 3"],
    );
    let damaged = [&encode(SIMPLIFIED[0], "gb18030")[..], b"\n\xff\n", &encode(SIMPLIFIED[1], "gb18030")[..]].concat();
    warns(&damaged, None, &["guessed", "in line 2 there is a sequence of bytes that is not gb18030"]);
}

#[test]
fn what_is_no_text_is_refused() {
    let noise: Vec<u8> = (0..4096_u32).map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    for bytes in [&[0, 1, 2, 3, 0x89, 0x50, 0, 0, 5, 6, 7, 8][..], &noise] {
        assert!(matches!(encoding::decode(bytes, None), Err(Error::NotText)));
    }
    for bytes in [&b"PK\x03\x04\x14\0"[..], b"\xd0\xcf\x11\xe0\xa1\xb1", b"\x89PNG\r\n", b"{\\rtf1 text}"] {
        assert!(matches!(encoding::decode(bytes, None), Err(Error::Binary(_))));
    }
    let empty = read_text("empty.txt", "", DocumentHash(String::new()), b"").expect("empty text is text");
    assert_eq!((empty.state, empty.language), (TextState::Text, Language::Other));
}

#[test]
fn forms() {
    let cases: [(&str, &[u8], Form); 10] = [
        ("a.txt", b"# 1 and # 2", Form::Plain),
        ("a.md", b"# Lakes", Form::Markdown),
        ("a.HTM", b"Lakes", Form::Html),
        ("a.shtml", b"", Form::Html),
        ("a.txt", b"\xef\xbb\xbf\r\n<!DOCTYPE html><p>", Form::Html),
        ("a", b"<!-- saved from url=(0022)http://lakes.example/ -->\n<HTML lang=zh>", Form::Html),
        ("a", b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC>", Form::Html),
        ("a", b"\xff\xfe<\0h\0t\0m\0l\0>\0", Form::Html),
        ("a.txt", b"<lakes> are wide", Form::Plain),
        ("a.md", b"text\n<html>", Form::Markdown),
    ];
    for (name, bytes, wanted) in cases {
        assert_eq!(form_of(name, bytes), wanted, "{name}: {}", String::from_utf8_lossy(bytes));
    }
}

/// Policy sentences put together from their parts, 30 characters and more.
fn sentence(parts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(parts), 6..40).prop_map(|parts| parts.concat())
}

const PARTS: &[&str] = &[
    "推动",
    "湖泊监测",
    "标准体系建设，",
    "到2033年",
    "，各地区要",
    "加强组织领导",
    "。",
    "完善工作机制；",
    "（一）",
    "鼓励企业",
    "参与国际标准",
    "制定。\n",
    "提升数据质量",
    "、",
    "“智能+”",
    "重点领域",
    "人工智能",
    "安全治理",
    "能力。",
    "GB/T 80001",
    "的要求，",
    "统筹推进",
    "开展试点示范。",
];
const PARTS_TRADITIONAL: &[&str] = &[
    "推動",
    "湖泊監測",
    "標準體系建設，",
    "至2033年",
    "，各機關應",
    "加強組織領導",
    "。",
    "完善工作機制；",
    "（一）",
    "鼓勵企業",
    "參與國際標準",
    "制定。\n",
    "提升數據質素",
    "、",
    "「智慧城市」",
    "重點領域",
    "人工智能",
    "安全治理",
    "能力。",
    "ISO 80001",
    "的要求，",
    "統籌推進",
    "辦理試點計劃。",
];

#[test]
fn utf_16_of_han_characters_alone_is_not_taken_for_big5() {
    let text = "重点领域鼓励企业加强组织领导重点领域鼓励企业鼓励企业";
    let decoded = encoding::decode(&encode(text, "utf-16le"), None).map(|decoded| decoded.text);
    assert_eq!(decoded.ok().as_deref(), Some(text));
}

#[test]
fn utf_16_of_traditional_characters_alone_is_not_taken_for_another_encoding() {
    let text = "加強組織領導重點領域推動鼓勵企業推動鼓勵企業";
    let decoded = encoding::decode(&encode(text, "utf-16le"), None).map(|decoded| decoded.text);
    assert_eq!(decoded.ok().as_deref(), Some(text));
}

#[test]
fn traditional_characters_in_gb18030_are_not_taken_for_broken_big5() {
    let text = "，各機關應參與國際標準參與國際標準參與國際標準推動推動";
    let decoded = encoding::decode(&encode(text, "gb18030"), None).map(|decoded| decoded.text);
    assert_eq!(decoded.ok().as_deref(), Some(text));
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(text in sentence(PARTS), label in prop::sample::select(&["utf-8", "utf-16le", "utf-16be", "gb18030"][..])) {
        prop_assume!(text.chars().filter(|char| corpus::text::is_han(*char)).count() >= 20);
        let decoded = encoding::decode(&encode(&text, label), None).map(|decoded| decoded.text);
        prop_assert_eq!(decoded.ok(), Some(text));
    }

    #[test]
    fn what_is_encoded_in_traditional_characters_is_decoded(text in sentence(PARTS_TRADITIONAL), label in prop::sample::select(&["utf-8", "utf-16le", "utf-16be", "big5", "gb18030"][..])) {
        prop_assume!(text.chars().filter(|char| corpus::text::is_han(*char)).count() >= 20);
        let decoded = encoding::decode(&encode(&text, label), None).map(|decoded| decoded.text);
        prop_assert_eq!(decoded.ok(), Some(text));
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..2_000), name in prop::sample::select(&["a.txt", "a.md", "a.html"][..])) {
        let _ = super::read(name, &bytes);
    }

    #[test]
    fn any_markup_ends(parts in prop::collection::vec(prop::sample::select(&["<table>", "<tr>", "<td rowspan=3>", "</td>", "<p>", "</p>", "<ul>", "<li>", "</ul>", "湖泊，监测。", "<h2>", "</h2>", "<a href=#n>", "<sup>1", "<li id=n>", "<br>", "<b>", "</b>", "<div class=nav>", "</div>", "<!--", "-->", "\0", "&#0;", "<td colspan=9999999999>", "</table>", "# ", "\n", "| a | b |\n|-|-|\n", "- "][..]), 0..60), name in prop::sample::select(&["a.md", "a.html"][..])) {
        let _ = super::read(name, parts.concat().as_bytes());
    }
}

#[test]
fn windows_letters_are_read() {
    let bytes = WINDOWS_1252.encode(ENGLISH[0]).0;
    warns(&bytes, None, &["windows-1252, which was guessed"]);
}
