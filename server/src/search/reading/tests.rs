use corpus::document::Language;
use index::query::parse;
use proptest::prelude::*;

use super::{LONGEST, Reading, reading};

#[track_caller]
fn check(input: &str, english: &str, chinese: &str) {
    let query = parse(input).query.expect("a query");
    assert_eq!(reading(&query, Language::En), english);
    assert_eq!(reading(&query, Language::Zh), chinese);
}

#[test]
fn contents_dates_and_exclusions() {
    check(
        "算力 AND (标准 OR standard) date:2023..2025 -草案",
        "documents that have “算力” and (“标准” or “standard”), dated 2023 to 2025, without “草案”",
        "含有“算力”和（“标准”或“standard”）、日期在 2023 年至 2025 年、不含“草案”的文献",
    );
    check(
        "船队 算力 -(草案 OR draft) date:..2024-06",
        "documents that have any of “船队”, “算力”, without (“草案” or “draft”), dated 2024-06 or earlier",
        "含有“船队”“算力”中的任意词、不含（“草案”或“draft”）、日期在 2024 年 6 月及以前的文献",
    );
    check(
        "船队建设 draf* data NEAR/3 centre",
        "documents that have “船队建设” or parts of it and words that begin with “draf” and “data” within 3 \
         words of “centre”",
        "含有“船队建设”或其中的部分字词和以“draf”开头的词和相隔不超过 3 个字词的“data”与“centre”的文献",
    );
}

#[test]
fn facts() {
    check(
        "title:船队 kind:white-paper lang:en -status:draft",
        "documents with “船队” in the title, of the kind “white paper”, in English, not with the status “draft”",
        "标题含“船队”、类型为“白皮书”、语言为“英文”、状态不是“草案”的文献",
    );
    check(
        "issuer:(MIIT OR 网信办) OR date:2024",
        "documents issued by “MIIT”, or issued by “网信办”, or dated 2024",
        "发文机关为“MIIT”，或发文机关为“网信办”，或日期在 2024 年的文献",
    );
    check(
        "number:/^海/ \"open standardi*\"",
        "documents that have “open standardi…”, with a document number that looks like /^海/",
        "含有“open standardi…”、文号符合 /^海/ 的文献",
    );
    check(
        "standard:/^gb/ /5g/ -committee:\"TC 77\"",
        "documents that have an identifier that looks like /5g/, with a standard that looks like /^gb/, that do not name \
         the committee “TC 77”",
        "含有符合 /5g/ 的编号、标准符合 /^gb/ 、未涉及技术委员会“TC 77”的文献",
    );
}

#[test]
fn plain_words_need_no_telling() {
    assert_eq!(Reading::of(&parse("船队建设 plan")).told(Language::En), None);
    assert_eq!(Reading::of(&parse("\"船队\"")).told(Language::En).as_deref(), Some("documents that have “船队”"));
    assert_eq!(Reading::of(&parse("a AND b")).canonical, "\"a\" AND \"b\"");
    assert_eq!(Reading::of(&parse("")).text, "");
}

proptest! {
    #[test]
    fn every_query_has_a_reading_of_bounded_length(pieces in prop::collection::vec(prop::sample::select(vec![
        "(", ")", " OR ", " AND ", " -", "船", "a ", "title:", "date:2023 ", "/a1/ ", "kind:(", "b* ", " NEAR/2 ", "\"c d\" ",
    ]), 0..200)) {
        if let Some(query) = parse(&pieces.concat()).query {
            for language in [Language::En, Language::Zh] {
                let text = reading(&query, language);
                prop_assert!(!text.is_empty() && text.chars().count() <= LONGEST + 1);
            }
        }
    }
}
