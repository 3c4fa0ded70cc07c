use proptest::prelude::*;

use super::{Query, parse};

#[track_caller]
fn check(input: &str, printed: &str) {
    let parsed = parse(input);
    assert_eq!(parsed.query.as_ref().map(Query::to_string).unwrap_or_default(), printed, "{parsed:?}");
    assert_eq!(parsed.notes, Vec::<String>::new());
}

#[track_caller]
fn check_note(input: &str, printed: &str, note: &str) {
    let parsed = parse(input);
    assert_eq!(parsed.query.as_ref().map(Query::to_string).unwrap_or_default(), printed, "{parsed:?}");
    assert!(parsed.notes.iter().any(|found| found.contains(note)), "{:?}", parsed.notes);
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
    check("year:2024", "date:2024..2024");
    check("standardi* 人工*", "standardi* AND \"人工\"");
    check_note("date:soon 算力", "算力", "no date");
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
    for input in ["(".repeat(3_999), "-".repeat(3_999), "NOT ".repeat(900), "a OR ".repeat(700), "a(".repeat(1_900)] {
        let parsed = parse(&input);
        let printed = parsed.query.as_ref().map(Query::to_string).unwrap_or_default();
        assert_eq!(parse(&printed).query, parsed.query, "{printed}");
    }
}

#[track_caller]
fn check_expansion(input: &str, printed: &str, terms: &[&str]) {
    let lookup = |term: &str| -> Vec<String> {
        match term {
            "新质生产力" => vec!["new quality productive forces".into()],
            "new quality productive forces" => vec!["新质生产力".into()],
            "算力" => vec!["compute".into(), "computing power".into()],
            _ => Vec::new(),
        }
    };
    let (query, expansions) = parse(input).query.expect("something to expand").expand(&lookup);
    assert_eq!(query.to_string(), printed);
    assert_eq!(expansions.iter().map(|expansion| expansion.of.as_str()).collect::<Vec<_>>(), terms);
}

#[test]
fn terms_bring_their_renderings() {
    check_expansion(
        "发展新质生产力的算力",
        "(发展新质生产力的算力) OR \"new quality productive forces\" OR \"compute\" OR \"computing power\"",
        &["新质生产力", "算力"],
    );
    check_expansion(
        "for new quality productive forces",
        "(for new quality productive forces) OR \"新质生产力\"",
        &["new quality productive forces"],
    );
    check_expansion("标准 -算力", "标准 -\"算力\"", &[]);
    check_expansion(
        "\"算力\" AND title:算力",
        "(\"算力\" OR \"compute\" OR \"computing power\") AND (title:\"算力\" OR title:\"compute\" OR title:\"computing power\")",
        &["算力"],
    );
}

#[test]
fn the_strict_reading_wants_every_word() {
    let query = parse("embodied AI OR 具身智能").query.expect("a query");
    assert_eq!(query.strict().to_string(), "(\"embodied\" AND \"AI\") OR \"具身智能\"");
    assert_eq!(query.atoms(), ["embodied", "AI", "具身智能"]);
}

fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "(", ")", "（", "）", "\"", "“", "”", "-", "+", " AND ", " OR ", " NOT ", " NEAR/3 ", " NEAR ", "*", ":",
        "title:", "date:", "2023", "..", "kind:", "标准", "算力", "data", "GB/T 1.1", " ", " ", "a", "b", "&&", "||",
        ",", "。", "\u{301}",
    ]);
    prop_oneof![fixed.prop_map(str::to_owned), "\\PC{0,3}"]
}

proptest! {
    #[test]
    fn a_query_reads_back_as_it_prints(pieces in prop::collection::vec(piece(), 0..24)) {
        let input = pieces.concat();
        let parsed = parse(&input);
        let printed = parsed.query.as_ref().map(Query::to_string).unwrap_or_default();
        prop_assert_eq!(parse(&printed).query, parsed.query, "{:?} prints {:?}", input, printed);
    }
}
