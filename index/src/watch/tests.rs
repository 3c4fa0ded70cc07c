use corpus::document::Language;
use corpus::facts::DocumentStatus;
use proptest::prelude::*;

use super::{Match, Matcher, WatchedDocument, WatchedSentence};
use crate::query::{DateRange, Field, Pattern, Query, parse};
use crate::{DocumentFacts, Index, Passage, PassageDocument, SearchRequest};

fn query(input: &str) -> Query {
    parse(input).query.expect("something to look for")
}

fn matcher(inputs: &[&str]) -> Matcher {
    Matcher::new((0..).zip(inputs.iter().map(|input| query(input)))).expect("a matcher")
}

/// Matches a document whose sentences are `sentences`, each a block of its own.
fn matches(matcher: &Matcher, title: &str, sentences: &[&str]) -> Vec<Match> {
    let facts = DocumentFacts { title: title.to_owned(), ..DocumentFacts::default() };
    let sentences: Vec<_> = sentences.iter().enumerate().map(|(block, text)| WatchedSentence { block, text }).collect();
    matcher.matches(&WatchedDocument { facts: &facts, sentences: &sentences })
}

#[track_caller]
fn check(input: &str, sentences: &[&str], expected: Option<(&[&str], usize)>) {
    let found = matches(&matcher(&[input]), "", sentences);
    let found: Vec<_> = found.iter().map(|found| (found.atoms.clone(), found.sentence)).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(atoms, sentence)| (atoms.iter().map(|&atom| atom.to_owned()).collect::<Vec<_>>(), Some(*sentence)))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_watch_says_what_met_it_and_where() {
    let sentences = ["无关的一句。", "發展具身智能產業。", "Embodied AI standards follow."];
    check("\"embodied AI\" OR 具身智能", &sentences, Some((&["Embodied AI", "具身智能"], 1)));
    check("embodied AI", &sentences, Some((&["Embodied", "AI"], 2)));
    check("standard", &sentences, Some((&["standards"], 2)));
    check("具身智能 -无关", &sentences, None);
    check("embodi*", &sentences, Some((&["Embodied"], 2)));
    check("embodied NEAR/1 standards", &sentences, Some((&["Embodied", "standards"], 2)));
    check("bod", &sentences, None);
}

#[test]
fn a_watch_may_ask_for_identifiers() {
    let sentences = ["无关的一句。", "依据GB／T 50311—2031，见海洋局联规(2031)第47号。"];
    check(r"/gb\/t 503\d+/", &sentences, Some((&["GB／T 50311—2031"], 1)));
    check("/联规〔2031〕4/ AND 依据", &sentences, Some((&["海洋局联规(2031)第47号", "依据"], 1)));
    check(r"/^iso/", &sentences, None);
    let facts = DocumentFacts { standards: vec!["GB/T 50311-2031".into()], ..DocumentFacts::default() };
    let found = matcher(&[r"standard:/gb\/t 503\d+/", "number:/503/", "/^gb.*31$/"])
        .matches(&WatchedDocument { facts: &facts, sentences: &[] });
    assert_eq!(found.iter().map(|found| found.watch).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn facts_and_titles_are_met_too() {
    let matcher = matcher(&["title:算力", "算力", "lang:zh", "-算力", "date:2024"]);
    let found = matches(&matcher, "算力行动计划", &["正文。"]);
    assert_eq!(found.iter().map(|found| found.watch).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(found[1].sentence, None);
    let found = matches(&matcher, "", &["正文。"]);
    assert_eq!(found.iter().map(|found| found.watch).collect::<Vec<_>>(), [3]);
}

#[test]
fn the_rarest_required_part_tells_how_often_a_watch_may_be_met() {
    let frequency = |text: &str| Some(if text == "数据" { 900 } else { 3 });
    let rarest = |input: &str| super::rarest_required(&query(input), &frequency);
    assert_eq!(rarest("数据 AND 算力"), Some(3));
    assert_eq!(rarest("数据 OR 算力"), Some(903));
    assert_eq!(rarest("-数据 lang:zh"), None);
}

#[test]
fn watches_come_and_go() {
    let mut matcher = matcher(&["算力"]);
    let watching =
        |matcher: &Matcher| matches(matcher, "", &["算力与数据"]).iter().map(|found| found.watch).collect::<Vec<_>>();
    matcher.add(7, query("数据")).expect("added");
    assert_eq!(watching(&matcher), [0, 7]);
    matcher.add(7, query("不在")).expect("replaced");
    assert_eq!(watching(&matcher), [0]);
    matcher.add(0, query("数据")).expect("replaced");
    assert_eq!(watching(&matcher), [0]);
    matcher.remove(0);
    assert_eq!(watching(&matcher), Vec::<i64>::new());
    matcher.add(0, query("算力")).expect("added");
    assert_eq!(watching(&matcher), [0]);
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["数据", "要素", "据要", "市场", "AI", "models", "model", "5G", "GB/T 41", "U.S."])
        .prop_map(str::to_owned)
}

fn sentence() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "数据",
        "要素",
        "市場",
        "，",
        "。",
        " ",
        "AI",
        " model ",
        " Models",
        "5G",
        "GB/T 41—2",
        "-",
        "the ",
        "US ",
        "U.S. ",
        ", ",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn watch() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![
        4 => word().prop_map(Query::Text),
        1 => prop::collection::vec(word(), 1..3).prop_map(Query::Words),
        1 => prop::sample::select(vec!["mod", "a", "u", "4"]).prop_map(|prefix| Query::Prefix(prefix.to_owned())),
        2 => (word(), word(), 0..6_u32).prop_map(|(left, right, distance)| Query::Near { left, right, distance }),
        2 => (prop::sample::select(vec![Field::Title, Field::Standard, Field::Number, Field::Name]), word())
            .prop_map(|(field, text)| Query::Field { field, text }),
        2 => (pattern(), prop::option::of(prop::sample::select(vec![Field::Standard, Field::Number, Field::Committee])))
            .prop_map(|(pattern, field)| Query::Identifier { field, pattern }),
        1 => prop::sample::select(vec!["draft", "final"])
            .prop_map(|status| Query::Field { field: Field::Status, text: status.to_owned() }),
        1 => prop::sample::select(vec!["zh", "en"])
            .prop_map(|code| Query::Field { field: Field::Language, text: code.to_owned() }),
        1 => (0..4_u32).prop_map(|year| Query::Date(DateRange { from: 20_220_000 + year * 10_000, to: 20_240_605 })),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(Query::and),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Query::or),
            inner.prop_map(Query::not),
        ]
    })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop::sample::select(vec!["gb", r"^gb\/t", r"4\d$", "5g$", "-2", "."])
        .prop_map(|written| Pattern::new(written).expect("a pattern"))
}

/// Facts that hold a title and its parts in several fields.
fn facts_of(title: &str) -> DocumentFacts {
    DocumentFacts {
        title: title.to_owned(),
        name: title.chars().rev().collect(),
        language: Some(if title.len().is_multiple_of(2) { Language::Zh } else { Language::En }),
        date: (!title.len().is_multiple_of(3)).then(|| format!("2024-0{}", title.len() % 9 + 1)),
        number: Some(title.to_lowercase()),
        status: title.len().is_multiple_of(5).then_some(DocumentStatus::Draft),
        standards: title.split(' ').map(str::to_owned).collect(),
        committees: vec![format!("{}1", title.to_uppercase())],
        topics: vec![crate::Topic { id: "fleet/smart".to_owned(), names: vec![title.to_owned()] }],
        ..DocumentFacts::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn a_watch_is_met_exactly_when_search_finds_the_document(
        documents in prop::collection::vec((sentence(), prop::collection::vec(sentence(), 0..4)), 1..4),
        watches in prop::collection::vec(watch(), 1..8),
    ) {
        let index = Index::in_memory().expect("an index");
        let mut writer = index.writer().expect("a writer");
        for (id, (title, sentences)) in (0..).zip(&documents) {
            let passages = sentences.iter().enumerate().map(|(block, text)| Passage { block, page: 1, text: text.clone() });
            let facts = facts_of(title);
            writer.add(&PassageDocument { id, facts, passages: passages.collect() }).expect("added");
        }
        writer.commit().expect("committed");
        let matcher = Matcher::new((0..).zip(watches.iter().cloned())).expect("a matcher");
        for (id, (title, sentences)) in (0..).zip(&documents) {
            let sentences: Vec<_> =
                sentences.iter().enumerate().map(|(block, text)| WatchedSentence { block, text }).collect();
            let document = WatchedDocument { facts: &facts_of(title), sentences: &sentences };
            let met: Vec<i64> = matcher.matches(&document).iter().map(|found| found.watch).collect();
            let finds = |query: &Query| {
                let query = query.strict();
                let request = SearchRequest { query: Some(&query), limit: 10, ..SearchRequest::default() };
                index.search(&request).expect("an answer").hits.iter().any(|hit| hit.document == id)
            };
            let found: Vec<i64> = (0..).zip(&watches).filter(|(_, query)| finds(query)).map(|(watch, _)| watch).collect();
            prop_assert_eq!(met, found, "document {}, watches {:?}", id, watches);
        }
    }
}
