use proptest::prelude::*;

use super::{Field, Note, Query, parse};

#[track_caller]
fn check(input: &str, printed: &str) {
    let parsed = parse(input);
    assert_eq!(parsed.query.as_ref().map(Query::to_string).unwrap_or_default(), printed, "{parsed:?}");
    assert_eq!(parsed.notes, Vec::<Note>::new());
}

#[track_caller]
fn check_note(input: &str, printed: &str, note: &str) {
    let parsed = parse(input);
    assert_eq!(parsed.query.as_ref().map(Query::to_string).unwrap_or_default(), printed, "{parsed:?}");
    assert!(parsed.notes.iter().any(|found| found.to_string().contains(note)), "{:?}", parsed.notes);
}

#[test]
fn plain_words_are_one_loose_query() {
    check("具身智能 标准", "具身智能 标准");
    check("《战略规划》（草案）是什么？", "战略规划 草案 是什么");
    check("什么叫“数据要素”呢", "什么叫“数据要素”呢");
}

#[test]
fn operators_read_single_words_exactly() {
    check("算力 AND 标准", "\"算力\" AND \"标准\"");
    check("embodied AI OR 具身智能", "(embodied AI) OR \"具身智能\"");
    check("算力 -草案", "算力 -\"草案\"");
    check("a AND NOT (b OR c)", "\"a\" AND -(\"b\" OR \"c\")");
    check("算力 NEAR/5 \"data centre\"", "\"算力\" NEAR/5 \"data centre\"");
}

#[test]
fn fields_and_ranges() {
    check("标题：算力 kind:通知 lang:zh", "title:\"算力\" AND kind:\"notice\" AND lang:\"zh\"");
    check("date:2023..2025 算力 目标", "算力 目标 date:2023..2025");
    check("date:2024-06.. 算力", "算力 date:2024-06..");
    // Written backwards, and at the ends of what can be written.
    check("date:2025..2023", "date:2023..2025");
    check("date:0-9", "date:0000-09..0000-09");
    check("date:..9999-06", "date:..9999-06");
    check_note("kind:한**“ 数据", "数据 kind:\"한\"", "kind");
    check("year:2024", "date:2024..2024");
    check("standardi* 人工*", "standardi* AND \"人工\"");
    check("日期：2023年6月至2024年 算力", "算力 date:2023-06..2024");
    check("2023年..2025年6月 算力", "算力 date:2023..2025-06");
    check(
        "status:征求意见稿 committee:\"TC 77\" -kind:公告",
        "status:\"draft\" AND committee:\"TC 77\" AND -kind:\"announcement\"",
    );
    check("语言：英文 type:regulations", "lang:\"en\" AND kind:\"measures\"");
    check_note("date:soon 算力", "算力", "no date");
    check_note("kind:recipe", "kind:\"recipe\"", "there is no kind called recipe");
}

#[test]
fn a_field_before_a_group_is_asked_of_each_part() {
    check("issuer:(MIIT OR 网信办)", "issuer:\"MIIT\" OR issuer:\"网信办\"");
    check("issuer:(网信办 工信部)", "issuer:\"网信办\" OR issuer:\"工信部\"");
    check("title:(data market -\"open data\")", "title:\"data market\" AND -title:\"open data\"");
    check("-kind:(通知 OR plans) 算力", "算力 -(kind:\"notice\" OR kind:\"plan\")");
    check("date:(2023 OR 2025年6月)", "date:2023..2023 OR date:2025-06..2025-06");
    check("standard:(/50311/ OR \"GB 5\")", "standard:/50311/ OR standard:\"GB 5\"");
    check_note("issuer:(a NEAR/3 b)", "issuer:\"a\" AND issuer:\"b\"", "takes words and phrases");
}

#[test]
fn operators_may_be_full_width_or_chinese_and_alone() {
    check("算力 ＡＮＤ 标准", "\"算力\" AND \"标准\"");
    check("算力 与 标准 或 规范", "(\"算力\" AND \"标准\") OR \"规范\"");
    check("算力 非 草案", "算力 -\"草案\"");
    check("算力与标准 或者说", "算力与标准 或者说");
    check("算力　ＮＥＡＲ／５　平台", "\"算力\" NEAR/5 \"平台\"");
}

#[test]
fn near_takes_groups() {
    check(
        "(算力 OR compute) NEAR/4 (\"data centre\" OR 中心)",
        "(\"算力\" NEAR/4 \"data centre\") OR (\"算力\" NEAR/4 \"中心\") \
         OR (\"compute\" NEAR/4 \"data centre\") OR (\"compute\" NEAR/4 \"中心\")",
    );
    check("a NEAR/2 (b OR c)", "(\"a\" NEAR/2 \"b\") OR (\"a\" NEAR/2 \"c\")");
    check_note("(a AND b) NEAR/2 c", "\"a\" AND \"b\"", "NEAR stands between");
}

#[test]
fn patterns_are_read_between_slashes() {
    check(r"/gb\/t 503\d+/ 算力", r"算力 /gb\/t 503\d+/");
    check("/gb/t 503/ -standard:/^T/", "/gb/t 503/ AND -standard:/^T/");
    check("number:/联规〔2031〕.*号/", "number:/联规〔2031〕.*号/");
    check("(/a b/)", "/a b/");
    check("and/or 5/6", "and/or 5/6");
    check_note("/gb(/ 算力", "gb 算力", "no regular expression and was read as words: unclosed group");
    check_note("issuer:/a1/", "/a1/", "issuer: was left out");
    check_note(&"/a1/ ".repeat(17), &vec!["/a1/"; 16].join(" AND "), "16 prefixes");
}

#[test]
fn asterisks_end_words() {
    check("\"open standardi*\"", "\"open standardi*\"");
    check("\"人工智*\"", "\"人工智\"");
    check_note("standar*ation", "standar*", "was read up to the asterisk");
}

#[test]
fn every_field_reads_back() {
    for field in Field::ALL {
        let value = field.closed_values().first().copied().unwrap_or("算力");
        let printed = format!("{}:\"{value}\"", field.name());
        check(&printed, &printed);
    }
}

#[test]
fn nothing_is_an_error() {
    check("", "");
    check("（） ，", "");
    check_note("\"open", "\"open\"", "not closed");
    check_note("a OR", "a", "OR without");
    check_note("(a b", "a b", "not closed");
    check_note("北约（NATO", "北约 NATO", "not closed");
    check_note("a) b", "a b", "closing");
    check_note("NOT", "", "NOT without");
}

#[test]
fn hostile_input_is_bounded() {
    let repeated = [
        "(",
        "-",
        "NOT ",
        "a OR ",
        "a(",
        "/(",
        "/a",
        "/a ",
        "/a/ ",
        "/\\",
        "issuer:(",
        "date:(",
        "(a OR b) NEAR/3 ",
        "a* ",
        "\"a*\" ",
        "a NEAR ",
        "“",
        "/[a-z]{9}{9}/ ",
        "标准:/",
        "与 ",
        "2023..",
        "2023..2024 ",
    ];
    for piece in repeated {
        let input = piece.repeat(3_999 / piece.chars().count());
        let begun = std::time::Instant::now();
        let parsed = parse(&input);
        assert!(begun.elapsed().as_secs() < 2, "{piece}");
        if parsed.query.as_ref().is_some_and(|query| query.to_string().chars().count() > 4_000) {
            continue;
        }
        let printed = parsed.query.as_ref().map(Query::to_string).unwrap_or_default();
        assert_eq!(parse(&printed).query, parsed.query, "{printed}");
    }
}

#[test]
fn the_strict_reading_wants_every_word() {
    let query = parse("embodied AI OR 具身智能").query.expect("a query");
    assert_eq!(query.strict().to_string(), "(\"embodied\" AND \"AI\") OR \"具身智能\"");
    assert_eq!(query.atoms(), ["embodied", "AI", "具身智能"]);
}

fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "(",
        ")",
        "（",
        "）",
        "\"",
        "“",
        "”",
        "-",
        "+",
        " AND ",
        " OR ",
        " NOT ",
        " NEAR/3 ",
        " NEAR ",
        "*",
        ":",
        "title:",
        "date:",
        "2023",
        "..",
        "kind:",
        "issuer:(",
        "standard:/",
        "/",
        "\\",
        "[",
        "]",
        "年6月",
        " 与 ",
        " 或 ",
        " 非 ",
        "status:草案",
        "lang:",
        "＊",
        "／",
        "NEAR",
        "标准",
        "算力",
        "data",
        "GB/T 1.1",
        " ",
        " ",
        "a",
        "b",
        "&&",
        "||",
        ",",
        "。",
        "\u{301}",
    ]);
    prop_oneof![fixed.prop_map(str::to_owned), "\\PC{0,3}"]
}

#[test]
fn quotation_marks_in_a_fact_read_back() {
    for input in ["kind:title:“:", "lang:“", "status:\"a\"b\""] {
        let parsed = parse(input);
        let printed = parsed.query.as_ref().map(Query::to_string).unwrap_or_default();
        assert_eq!(parse(&printed).query, parsed.query, "{input} prints {printed}");
    }
}

proptest! {
    #[test]
    fn a_query_reads_back_as_it_prints(pieces in prop::collection::vec(piece(), 0..24)) {
        let input = pieces.concat();
        let parsed = parse(&input);
        prop_assert!(parsed.notes.iter().all(|note| !note.to_string().is_empty()));
        let printed = parsed.query.as_ref().map(Query::to_string).unwrap_or_default();
        prop_assert_eq!(parse(&printed).query, parsed.query, "{:?} prints {:?}", input, printed);
    }
}
