//! Numbers as they are met, and what only looks like one.

use super::{find, only_a_standard};

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let found: Vec<String> = find(text).iter().map(|found| found.number.normal()).collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn chinese_standards_in_every_spelling() {
    check("依据GB/T 80001.2—2031和GB 80002-2030的规定", &["GB/T 80001.2-2031", "GB 80002-2030"]);
    check("GB／T80003. 1—2031", &["GB/T 80003.1-2031"]);
    check("ＧＢ／Ｔ　８０００３．１－２０３１", &["GB/T 80003.1-2031"]);
    check("GB / T 80003.1 － 2031；GB/ T 80004. 2—2031", &["GB/T 80003.1-2031", "GB/T 80004.2-2031"]);
    check(
        "GB/T 80001一2031，GBT 80002-2031，GB T 80003–2031",
        &["GB/T 80001-2031", "GB/T 80002-2031", "GB/T 80003-2031"],
    );
    check("GB/T 80001:2031", &["GB/T 80001-2031"]);
    check(
        "ASTM D8899/D8899M-31, ASTM D 8801 and ASTM E88-29a",
        &["ASTM D8899/D8899M-31", "ASTM D8801", "ASTM E88-29a"],
    );
    check("并与G B 80001—2031、G B/T 80002相协调", &["GB 80001-2031", "GB/T 80002"]);
    check("GB 8312-80、GB/T 8804-93", &["GB 8312-1980", "GB/T 8804-1993"]);
    check("GB/Z 80004—2031, GB/T 80005", &["GB/Z 80004-2031", "GB/T 80005"]);
    check("complies with GB/T 80005. 12 items", &["GB/T 80005"]);
    check(
        "GBZ 8.1-2031, GBZ/T 801-2031, GJB 8001A, GJB/Z 99-2031",
        &["GBZ 8.1-2031", "GBZ/T 801-2031", "GJB 8001", "GJB/Z 99-2031"],
    );
    check("GB/T 80336第2部分、GB/T 80337-2031 第三部分", &["GB/T 80336.2", "GB/T 80337.3-2031"]);
}

#[test]
fn standards_of_trades_places_groups_and_enterprises() {
    check(
        "YD/T 9001-2031、DB33/T 9002—2031、T/LAKE 003-2031",
        &["YD/T 9001-2031", "DB33/T 9002-2031", "T/LAKE 003-2031"],
    );
    check("DB4403/T 12.3—2031和DB31/ 9002-2031", &["DB4403/T 12.3-2031", "DB31 9002-2031"]);
    check("Q/LAKE 001-2031、T/LAKE8001.2—2031", &["Q/LAKE 001-2031", "T/LAKE 8001.2-2031"]);
    check("JJF 9001-2031、JJG 902—2030、JJF（湖） 3-2031", &["JJF 9001-2031", "JJG 902-2030", "JJF(湖) 3-2031"]);
    check(
        "SL 9001-2031、JTG D99-2031、HJ 901—2031、NB/SH/T 0001-2031",
        &["SL 9001-2031", "JTG D99-2031", "HJ 901-2031", "NB/SH/T 0001-2031"],
    );
    check("SW/T 80028-2031按規定執行", &["SW/T 80028-2031"]);
}

#[test]
fn what_is_no_standard() {
    for text in [
        "16 GB 2020 models",
        "256GB of memory",
        "8 GB 800 MHz",
        "at least 512 GB",
        "GBP 500",
        "CY 2024-2025",
        "SY 2031-2032",
        "EN 12 EN",
        "20311234-T-469",
        "FY 2031",
        "SB 1047",
        "Team GB 2032",
        "IEEE 2031 Conference",
        "T/F 12",
        "Q/A 3",
        "ISO 2031 congress",
        "SC 27 and WG 3",
        "YD 3",
        "the BS 12 course",
    ] {
        check(text, &[]);
    }
}

#[test]
fn international_standards() {
    check(
        "ISO/IEC 98765:2031 and ISO 9876-1:2030; ITU-T Y.9999",
        &["ISO/IEC 98765:2031", "ISO 9876-1:2030", "ITU-T Y.9999"],
    );
    check(
        "ISO/IEC TR 98766:2031, ISO/TR 9876:2031, ISO TS 9876",
        &["ISO/IEC TR 98766:2031", "ISO/TR 9876:2031", "ISO/TS 9876"],
    );
    check("参考ISO /IE C 98765-2:2031", &["ISO/IEC 98765-2:2031"]);
    check("ISO 9876—2031、ISO/IEC 98765-1-2031", &["ISO 9876:2031", "ISO/IEC 98765-1:2031"]);
    check("ISO 9876-1:2031(E); ISO/IEC 98765:2031/Amd 1", &["ISO 9876-1:2031", "ISO/IEC 98765:2031/Amd 1"]);
    check("ISO/IEC 98765:2031/Cor.2:2032", &["ISO/IEC 98765:2031/Cor 2:2032"]);
    check(
        "IEC 91000-4-2:2031, IEC TS 92443-1-5, ISO/IEC Guide 91-1",
        &["IEC 91000-4-2:2031", "IEC TS 92443-1-5", "ISO/IEC Guide 91-1"],
    );
    check(
        "IEEE Std 902.11ax™-2031, IEEE P9001, IEEE 9588-2031",
        &["IEEE 902.11ax-2031", "IEEE P9001", "IEEE 9588-2031"],
    );
    check("ITU-T Recommendation Y.9999.1, ITU‑R M.9083-0", &["ITU-T Y.9999.1", "ITU-R M.9083-0"]);
    check("GB/T 80001 (ISO 9876:2031, IDT)", &["GB/T 80001", "ISO 9876:2031"]);
    check("BS EN ISO 9876:2031, DIN EN 92443:2031", &["BS EN ISO 9876:2031", "DIN EN 92443:2031"]);
    check("ISO/IEC DIS 98765, ISO/DIS 9876", &["ISO/IEC DIS 98765", "ISO/DIS 9876"]);
}

#[test]
fn standards_of_other_bodies() {
    check("ETSI EN 903 645 V2.1.1 (2031-06), ETSI GS LAK 005", &["ETSI EN 903 645 V2.1.1", "ETSI GS LAK 005"]);
    check("ETSI TS 103 999-1 V1.1.1; EN 901 549", &["ETSI TS 103 999-1 V1.1.1", "EN 901 549"]);
    check(
        "NIST SP 900-53 Rev. 5, NIST Special Publication 900-218, FIPS 940-3, NISTIR 9312, NIST AI 900-1",
        &["NIST SP 900-53 Rev. 5", "NIST SP 900-218", "FIPS 940-3", "NIST IR 9312", "NIST AI 900-1"],
    );
    check("IETF RFC 9998、RFC9997", &["RFC 9998", "RFC 9997"]);
    check("3GPP TS 93.501 V16.1.0", &["3GPP TS 93.501 V16.1.0"]);
    check(
        "JIS X 9208, ANSI/UL 9600, DIN SPEC 99001-1, SAE J9016",
        &["JIS X 9208", "ANSI/UL 9600", "DIN SPEC 99001-1", "SAE J9016"],
    );
}

#[test]
fn lists_and_ranges() {
    check("GB/T 81.1、81.2和81.3", &["GB/T 81.1", "GB/T 81.2", "GB/T 81.3"]);
    check("GB/T 80000.1～80000.11", &["GB/T 80000.1", "GB/T 80000.11"]);
    check("GB/T 89001—2031、89004—2030", &["GB/T 89001-2031", "GB/T 89004-2030"]);
    check("ISO/IEC 97001 and 97002", &["ISO/IEC 97001", "ISO/IEC 97002"]);
    check("ISO/IEC 97001:2031 and 97002:2031", &["ISO/IEC 97001:2031", "ISO/IEC 97002:2031"]);
    check("执行GB/T 80001、2031年底前完成", &["GB/T 80001"]);
    check("GB/T 80001，8000家企业", &["GB/T 80001"]);
}

#[test]
fn a_line_that_is_a_number() {
    assert_eq!(only_a_standard("GB/T80001—2031").as_deref(), Some("GB/T 80001—2031"));
    assert_eq!(only_a_standard("ISO 9876-1:2031").as_deref(), Some("ISO 9876-1:2031"));
    assert_eq!(only_a_standard("代替 GB/T 80001—2031"), None);
}
