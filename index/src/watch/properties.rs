//! What holds of any watches and documents: they are met as search finds them, and as a matcher made anew says.

use corpus::document::Language;
use corpus::facts::{Agency, DocumentKind, DocumentStatus};
use proptest::prelude::*;

use super::{Match, Matcher, WatchedDocument, WatchedSentence};
use crate::query::{DateRange, Field, Pattern, Query};
use crate::{DocumentFacts, Index, Passage, PassageDocument, SearchRequest};

/// A title, and blocks of sentences.
type Made = (String, Vec<Vec<String>>);

fn word() -> impl Strategy<Value = String> {
    let words = vec![
        "数据",
        "要素",
        "据要",
        "数",
        "市场，数据",
        "数据 AI",
        "AI",
        "models",
        "model",
        "AI, model",
        "5G",
        "GB/T 41",
        "U.S.",
        "the US model",
        "——",
    ];
    prop::sample::select(words).prop_map(str::to_owned)
}

fn sentence() -> impl Strategy<Value = String> {
    let pieces = vec![
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
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat())
}

fn document() -> impl Strategy<Value = Made> {
    (sentence(), prop::collection::vec(prop::collection::vec(sentence(), 1..3), 0..4))
}

fn prefix() -> impl Strategy<Value = Query> {
    let prefixes = vec!["mod", "a", "u", "4", "AI mod", "AI, m", "数据 mod", "models 数", "数据", "要", "gb/t 4", "—"];
    prop::sample::select(prefixes).prop_map(|prefix| Query::Prefix(prefix.to_owned()))
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop::sample::select(vec!["gb", r"^gb\/t", r"4\d$", "5g$", "-2", "."])
        .prop_map(|written| Pattern::new(written).expect("a pattern"))
}

fn fact() -> impl Strategy<Value = Query> {
    let held = prop::sample::select(vec![Field::Title, Field::Standard, Field::Number, Field::Name, Field::Issuer]);
    let whole = prop::sample::select(vec![
        (Field::Status, "draft"),
        (Field::Status, "final"),
        (Field::Language, "zh"),
        (Field::Language, "en"),
        (Field::Kind, "notice"),
        (Field::Topic, "fleet"),
        (Field::Topic, "smart"),
        (Field::Topic, "数据"),
    ]);
    let identified = prop::option::of(prop::sample::select(vec![Field::Standard, Field::Number, Field::Committee]));
    prop_oneof![
        2 => (held, word()).prop_map(|(field, text)| Query::Field { field, text }),
        2 => whole.prop_map(|(field, text)| Query::Field { field, text: text.to_owned() }),
        2 => (pattern(), identified).prop_map(|(pattern, field)| Query::Identifier { field, pattern }),
        1 => (0..4_u32).prop_map(|year| Query::Date(DateRange { from: 20_220_000 + year * 10_000, to: 20_240_605 })),
    ]
}

fn watch() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![
        4 => word().prop_map(Query::Text),
        1 => prop::collection::vec(word(), 1..3).prop_map(Query::Words),
        2 => prefix(),
        2 => (word(), word(), 0..6_u32).prop_map(|(left, right, distance)| Query::Near { left, right, distance }),
        4 => fact(),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(Query::and),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Query::or),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Query::Best),
            inner.clone().prop_map(|query| Query::Weighted { query: Box::new(query), weight: 0.5 }),
            inner.prop_map(Query::not),
        ]
    })
}

/// Facts that hold a title and its parts in several fields.
fn facts_of(title: &str) -> DocumentFacts {
    DocumentFacts {
        title: title.to_owned(),
        name: title.chars().rev().collect(),
        language: Some(if title.len().is_multiple_of(2) { Language::Zh } else { Language::En }),
        kind: title.len().is_multiple_of(3).then_some(DocumentKind::Notice),
        date: (!title.len().is_multiple_of(3)).then(|| format!("2024-0{}", title.len() % 9 + 1)),
        number: Some(title.to_lowercase()),
        status: title.len().is_multiple_of(5).then_some(DocumentStatus::Draft),
        issuers: vec![Agency { name_en: Some(format!("the {title}")), ..Agency::default() }],
        standards: title.split(' ').map(str::to_owned).collect(),
        committees: vec![format!("{}1", title.to_uppercase())],
        topics: vec![crate::Topic { id: "fleet/smart".to_owned(), names: vec![title.to_owned()] }],
    }
}

fn matches(matcher: &Matcher, (title, blocks): &Made) -> Vec<Match> {
    let blocks = blocks.iter().enumerate();
    let sentences: Vec<_> =
        blocks.flat_map(|(block, texts)| texts.iter().map(move |text| WatchedSentence { block, text })).collect();
    matcher.matches(&WatchedDocument { facts: &facts_of(title), sentences: &sentences })
}

fn indexed(documents: &[Made]) -> Index {
    let index = Index::in_memory().expect("an index");
    let mut writer = index.writer().expect("a writer");
    for (id, (title, blocks)) in (0..).zip(documents) {
        let passage = |(block, texts): (usize, &Vec<String>)| Passage { block, page: 1, text: texts.join(" ") };
        let passages = blocks.iter().enumerate().map(passage).collect();
        writer.add(&PassageDocument { id, facts: facts_of(title), passages }).expect("added");
    }
    writer.commit().expect("committed");
    index
}

/// What is done to a matcher.
#[derive(Clone, Debug)]
enum Change {
    /// Adds a watch, with how many documents are said to hold any text.
    Add(i64, Query, Option<usize>),
    Remove(i64),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (0..24_i64, watch(), prop::option::of(0..9_usize)).prop_map(|(id, query, held)| Change::Add(id, query, held)),
        1 => (0..24_i64).prop_map(Change::Remove),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_watch_is_met_exactly_when_search_finds_the_document(
        documents in prop::collection::vec(document(), 1..5),
        watches in prop::collection::vec(watch(), 1..12),
    ) {
        let index = indexed(&documents);
        let matcher = Matcher::new((0..).zip(watches.iter().cloned())).expect("a matcher");
        let finds = |query: &Query| -> Vec<i64> {
            let query = query.strict();
            let request = SearchRequest { query: Some(&query), limit: 10, ..SearchRequest::default() };
            index.search(&request).expect("an answer").hits.iter().map(|hit| hit.document).collect()
        };
        let found: Vec<Vec<i64>> = watches.iter().map(finds).collect();
        for (id, document) in (0..).zip(&documents) {
            let met: Vec<i64> = matches(&matcher, document).iter().map(|found| found.watch).collect();
            let found = (0..).zip(&found).filter(|(_, documents)| documents.contains(&id));
            let found: Vec<i64> = found.map(|(watch, _)| watch).collect();
            prop_assert_eq!(met, found, "document {}, watches {:?}", id, watches);
        }
    }

    #[test]
    fn a_matcher_that_was_changed_answers_like_one_made_anew(
        changes in prop::collection::vec(change(), 1..60),
        documents in prop::collection::vec(document(), 1..4),
    ) {
        let mut changed = Matcher::default();
        let mut watches = std::collections::BTreeMap::new();
        for (at, change) in changes.into_iter().enumerate() {
            match change {
                Change::Add(id, query, held) => {
                    changed.add_all([(id, query.clone())], &|_| held).expect("added");
                    watches.insert(id, query);
                }
                Change::Remove(id) => {
                    changed.remove(id);
                    watches.remove(&id);
                }
            }
            if at % 8 == 7 {
                check_anew(&changed, &watches, &documents)?;
            }
        }
        check_anew(&changed, &watches, &documents)?;
        prop_assert_eq!(changed.len(), watches.len());
        watches.keys().for_each(|&id| changed.remove(id));
        prop_assert!(changed.is_empty());
        prop_assert_eq!(changed.kept(), 0, "what watches took is given back");
    }
}

/// A matcher of the watches made anew, and one that looks at each of them without anchors, answer the same.
fn check_anew(
    changed: &Matcher,
    watches: &std::collections::BTreeMap<i64, Query>,
    documents: &[Made],
) -> Result<(), TestCaseError> {
    let anew = Matcher::new(watches.clone()).expect("a matcher");
    // What no document meets and has no anchor takes the anchor of the whole.
    let never = || Query::Date(DateRange { from: 2, to: 1 });
    let one_by_one = watches.iter().map(|(&id, query)| (id, Query::Or(vec![query.clone(), never()])));
    let one_by_one = Matcher::new(one_by_one).expect("a matcher");
    for document in documents {
        let found = matches(changed, document);
        prop_assert_eq!(&found, &matches(&anew, document), "anew, {:?}", watches);
        prop_assert_eq!(&found, &matches(&one_by_one, document), "one by one, {:?}", watches);
    }
    Ok(())
}
