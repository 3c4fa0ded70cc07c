use proptest::prelude::*;

use super::{canonical, identifiers};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = identifiers(text).into_iter().map(|(_, identifier)| identifier).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn document_numbers_in_all_brackets() {
    for number in
        ["海洋局联规〔2031〕47号", "海洋局联规(2031)47号", "海洋局联规[2031] 47 号", "海洋局联规【2031】第47号"]
    {
        check(number, &["海洋局联规〔2031〕47号"]);
        check(&format!("根据{number}，现通知如下"), &["海洋局联规〔2031〕47号"]);
    }
    check("海洋局联规﹝２０３１﹞４７號", &["海洋局联规〔2031〕47号"]);
    check("见（2029）湘07民终318号判决", &["〔2029〕湘07民终318号"]);
    check("《办法》（2031年第5号）和公告2031年第6号", &["2031年第5号", "公告2031年第6号"]);
    check("以国务院令第 912 号公布", &["国务院令第912号"]);
    check(
        "the Hai Yang Ju Lian Gui [2031] No. 47 and (2031) No. 5",
        &["haiyangjuliangui〔2031〕no.47", "〔2031〕no.5"],
    );
    check("第3号楼，2031年5月，（2031）", &[]);
}

#[test]
fn standards_and_committees() {
    check("引用GB/T 50311—2031和 GB 7713.1-2029。", &["gb/t50311-2031", "gb7713.1-2029"]);
    check("ＧＢ／Ｔ　５０３１１－２０３１", &["gb/t50311-2031"]);
    check("ISO/IEC 99001:2031, Clause 5", &["iso/iec99001:2031"]);
    check("DB11/T 9876-2030、T/ABCD 1036—2029", &["db11/t9876-2030", "t/abcd1036-2029"]);
    check("IEEE Std 7999-2030 and 3GPP TS 39.211", &["ieeestd7999-2030", "3gpp", "ts39.211"]);
    check("SAC/TC 77/SC 3, TC77/SC3 and ISO/IEC JTC 1/SC 99", &["sac/tc77/sc3", "tc77/sc3", "iso/iecjtc1/sc99"]);
    check("gb/t 50311 — 2031，YD/T 3944. 1—2021", &["gb/t50311-2031", "yd/t3944.1-2021"]);
    check("ETSI EN 301 999", &["etsien301999"]);
}

#[test]
fn other_codes_and_what_is_none() {
    check("Y.4321、A-12 and 5G-A", &["y.4321", "a-12", "5g-a"]);
    check("over 50 national standards, a 10-year plan, the 21st, 3.5GHz, 50MW", &[]);
    check("2031年1-9月增长3.5%，第1.2.3条", &[]);
    check("COVID-19-related work", &["covid-19"]);
    check(&"A1".repeat(100), &[]);
}

#[test]
fn a_text_of_digits_takes_no_long_time() {
    for text in ["1-".repeat(200_000), "A ".repeat(200_000) + "1", "A1 ".repeat(100_000), "(2031)京".repeat(50_000)] {
        let begun = std::time::Instant::now();
        identifiers(&text);
        assert!(begun.elapsed().as_secs() < 3);
    }
}

/// An identifier, and another writing of it.
fn written() -> impl Strategy<Value = (String, String)> {
    let code = (
        prop::sample::select(vec!["GB", "GB/T", "YD/T", "T/ABC", "ISO/IEC", "DB11/T", "IEEE Std", "TC28/SC", "RFC"]),
        1..99_999_u32,
        prop::option::of(1990..2040_u32),
    );
    let code = code.prop_map(|(series, number, year)| {
        let year = |dash: &str| year.map_or(String::new(), |year| format!("{dash}{year}"));
        let plain = format!("{series} {number}{}", year("-"));
        (plain, format!("{}{number}{}", series.replace('/', "／").to_lowercase().replace(' ', ""), year(" — ")))
    });
    let number = ("[\u{5000}-\u{5010}]{2,6}", 1990..2040_u32, 1..9_999_u32).prop_map(|(code, year, number)| {
        (format!("{code}〔{year}〕{number}号"), format!("{code} ({year}) 第 {number} 號"))
    });
    prop_oneof![code, number]
}

proptest! {
    #[test]
    fn an_identifier_is_found_in_its_own_form_in_any_text(pieces in prop::collection::vec(
        prop_oneof!["\\PC{0,6}", "[A-Za-z0-9/. :—（〔〕）号第-]{0,8}"], 0..8)) {
        let text = pieces.concat();
        let mut end = 0;
        for (range, identifier) in identifiers(&text) {
            prop_assert!(range.start >= end && text.get(range.clone()).is_some());
            end = range.end;
            prop_assert_eq!(identifiers(&identifier), vec![(0..identifier.len(), identifier.clone())], "{}", text);
            prop_assert_eq!(canonical(&text[range]), identifier);
        }
    }

    #[test]
    fn case_width_spaces_dashes_and_brackets_do_not_matter((plain, other) in written()) {
        let (plain, other) = (identifiers(&plain), identifiers(&other));
        prop_assert_eq!(plain.len(), 1);
        prop_assert_eq!(&plain[0].1, &other[0].1);
        prop_assert_eq!(other.len(), 1);
    }
}
