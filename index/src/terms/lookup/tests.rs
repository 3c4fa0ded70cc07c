use corpus::document::Language;
use corpus::term::Status;
use proptest::prelude::*;

use super::*;
use crate::terms::key::key;

fn term(term: i64, concept: i64, text: &str, status: Status, count: u32) -> ListedTerm {
    let is_han = text.contains(|c: char| c >= '\u{3400}');
    let language = if is_han { Language::Zh } else { Language::En };
    ListedTerm { term, concept, language, text: text.to_owned(), variants: Vec::new(), status, confidence: 0.5, count }
}

/// Concepts 1, 2, … with these designations, all candidates, those named first seen more often.
fn lookup(concepts: &[&[&str]]) -> Lookup {
    Lookup::new(&listed(concepts))
}

fn listed(concepts: &[&[&str]]) -> Vec<ListedTerm> {
    let mut terms = Vec::new();
    for (concept, designations) in (1..).zip(concepts) {
        for text in *designations {
            let number = i64::try_from(terms.len()).unwrap() + 1;
            terms.push(term(number, concept, text, Status::Candidate, 1000 - u32::try_from(number).unwrap()));
        }
    }
    terms
}

const CONCEPTS: &[&[&str]] = &[
    &["水质监测", "water quality monitoring"],
    &["高标准农田", "high-standard farmland"],
    &["绿色港口", "green port", "green harbour"],
    &["节水型城市", "water-saving city"],
    &["民政", "civil affairs"],
    &["最低工资", "minimum wage"],
    &["重复建设", "redundant construction"],
    &["5G基站", "5G base station"],
    &["渔港标准化", "standardisation of fishing ports"],
];

#[track_caller]
fn check(query: &str, expected: &[(i64, How)]) {
    let found = lookup(CONCEPTS).find(query, 10);
    let found: Vec<(i64, How)> = found.iter().map(|found| (found.concept, found.how)).collect();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn the_same_in_any_spelling() {
    for query in ["水质监测", "水質監測", "水质 监测", "Water Quality Monitoring", "ｗａｔｅｒ-quality monitoring"]
    {
        check(query, &[(1, How::Exact)]);
    }
    check("5g基站", &[(8, How::Exact)]);
}

#[test]
fn a_part() {
    check("water", &[(1, How::Prefix), (4, How::Prefix)]);
    check("城市", &[(4, How::Substring)]);
    check("affair", &[(5, How::Substring)]);
}

#[test]
fn the_same_words_in_other_forms_and_order() {
    check("farmland of high standards", &[(2, How::SameWords)]);
    check("monitoring of the quality of water", &[(1, How::SameWords)]);
    check("fishing port standardization", &[(9, How::SameWords)]);
    check("green harbor", &[(3, How::SameWords)]);
    check("ports", &[(9, How::Substring), (3, How::Words)]);
    check("of the", &[]);
}

#[test]
fn pinyin_in_every_way_of_typing() {
    for query in ["shuizhijiance", "shui zhi jian ce", "shuǐ zhì jiān cè", "shui3 zhi4 jian1 ce4"] {
        check(query, &[(1, How::Pinyin)]);
    }
    check("lvse gang", &[(3, How::PinyinPrefix)]);
    check("szjc", &[(1, How::Initials)]);
    check("chongfujianshe", &[(7, How::Pinyin)]);
    check("5gjizhan", &[(8, How::Pinyin)]);
}

#[test]
fn a_syllable_that_is_a_word_as_well_finds_both() {
    check("min", &[(5, How::PinyinPrefix), (6, How::Prefix)]);
}

#[test]
fn almost_the_same() {
    check("water qualty monitoring", &[(1, How::Fuzzy)]);
    check("civli affairs", &[(5, How::Fuzzy)]);
    check("水质检测", &[(1, How::Fuzzy)]);
    check("水监测", &[(1, How::Fuzzy)]);
    check("高标准的农田", &[(2, How::Fuzzy)]);
    check("民事", &[]);
    check("farmlnad", &[(2, How::Fuzzy)]);
    check("ports of fihsing", &[(9, How::Fuzzy)]);
    check("farmlnad ports", &[]);
}

#[test]
fn nothing_is_found_by_nothing() {
    for query in ["", " ", "-", "\u{200b}", "\0", "%"] {
        check(query, &[]);
    }
    check(&"水".repeat(10_000), &[]);
}

#[test]
fn what_is_reviewed_stands_before_what_is_seen_often() {
    let terms = [
        term(1, 1, "port dues", Status::Candidate, 90),
        term(2, 2, "port limits", Status::Preferred, 1),
        term(3, 3, "port tax", Status::Candidate, 90),
        term(4, 4, "port", Status::Candidate, 0),
    ];
    let found: Vec<i64> = Lookup::new(&terms).find("port", 10).iter().map(|found| found.concept).collect();
    assert_eq!(found, [4, 2, 3, 1]);
}

#[test]
fn variants_count_as_the_designation() {
    let mut terms = listed(CONCEPTS);
    terms[0].variants = vec!["水体质量监测".to_owned()];
    let found = Lookup::new(&terms).find("水体质量监测", 1);
    assert_eq!(found, [Found { concept: 1, term: 1, how: How::Exact }]);
}

#[test]
fn an_edit_is_seen_at_once() {
    let mut lookup = lookup(CONCEPTS);
    lookup.replace(
        &[1, 40],
        &[term(50, 1, "水质检测", Status::Preferred, 3), term(60, 40, "水文", Status::Candidate, 1)],
    );
    let concepts =
        |query: &str| lookup.find(query, 9).iter().map(|found| (found.concept, found.term)).collect::<Vec<_>>();
    assert_eq!(concepts("水质检测"), [(1, 50)]);
    assert_eq!(concepts("water quality"), []);
    assert_eq!(concepts("水文"), [(40, 60)]);
}

/// What look-up calls exact, a prefix or a substring, by going through all.
fn naive(terms: &[ListedTerm], query: &str) -> Vec<(i64, How)> {
    let query = key(query);
    let how = |term: &ListedTerm| {
        let key = key(&term.text);
        match key.find(&query) {
            Some(_) if key == query => Some(How::Exact),
            Some(0) => Some(How::Prefix),
            Some(_) => Some(How::Substring),
            None => None,
        }
    };
    let mut concepts: Vec<i64> = terms.iter().map(|term| term.concept).collect();
    concepts.dedup();
    let of = |concept: i64| terms.iter().filter(move |term| term.concept == concept);
    concepts.into_iter().filter_map(|concept| Some((concept, of(concept).filter_map(how).min()?))).collect()
}

fn designations() -> impl Strategy<Value = Vec<ListedTerm>> {
    let text = prop_oneof!["[ab]{1,3}[ -]?[ab]{0,3}", "[水质水]{1,4}", "[ac数][数字B]{0,3}"];
    let terms = prop::collection::vec((text, 1..6_i64, 0..3_u32, any::<bool>()), 0..14);
    terms.prop_map(|rows| {
        let mut terms: Vec<ListedTerm> = (1..)
            .zip(rows)
            .map(|(number, (text, concept, count, is_reviewed))| {
                let status = if is_reviewed { Status::Admitted } else { Status::Candidate };
                term(number, concept, &text, status, count)
            })
            .collect();
        terms.sort_by_key(|term| term.concept);
        terms
    })
}

proptest! {
    #[test]
    fn parts_are_found_as_by_going_through_all(terms in designations(), query in "[abc水质数 -]{1,4}") {
        prop_assume!(!key(&query).is_empty());
        let literal = |how: How| matches!(how, How::Exact | How::Prefix | How::Substring);
        let found = Lookup::new(&terms).find(&query, 100);
        let mut concepts: Vec<(i64, How)> = found.iter().map(|found| (found.concept, found.how)).collect();
        concepts.sort_unstable();
        let expected = naive(&terms, &query);
        // What is met literally may be met better in another way: by its words, or as it is read.
        for (concept, how) in &concepts {
            let naive = expected.iter().find(|(other, _)| other == concept).map(|(_, how)| *how);
            if literal(*how) {
                prop_assert_eq!(naive, Some(*how), "{} in {:?}", query, concept);
            } else if let Some(naive) = naive {
                prop_assert!(*how < naive || *how == How::PinyinPrefix, "{} in {:?}", query, concept);
            }
        }
        for (concept, _) in &expected {
            prop_assert!(concepts.iter().any(|(other, _)| other == concept), "{} in {:?}", query, concept);
        }
    }

    #[test]
    fn slips_are_found_as_by_going_through_all(terms in designations(), query in "[abcd]{4,9}|[水质数字]{2,4}") {
        let shape = fuzzy::Shape::of(&key(&query));
        let near = |text: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (key(text).chars().collect(), key(&query).chars().collect());
            let forgiven = fuzzy::Shape::of(&key(text)).forgiven(shape);
            distance(&a, &b, forgiven).is_some_and(|edits| edits > 0)
        };
        // The query is a word: that of a longer designation may be near as well.
        let has_near = |text: &str| near(text) || text.split([' ', '-']).any(near);
        let found = Lookup::new(&terms).find(&query, 100);
        for term in &terms {
            let is_found = found.iter().any(|found| found.concept == term.concept);
            prop_assert!(is_found || !near(&term.text), "{} for {}", term.text, query);
        }
        for found in found.iter().filter(|found| found.how == How::Fuzzy) {
            let term = terms.iter().find(|term| term.term == found.term);
            prop_assert!(term.is_some_and(|term| has_near(&term.text)), "{query}: {found:?}");
        }
    }

    #[test]
    fn changing_is_the_same_as_making_anew(
        before in designations(), mut after in designations(), query in "[abc水质数 -]{1,3}|shui|sz"
    ) {
        // A number is never given twice.
        after.iter_mut().for_each(|term| term.term += 100);
        let changed = [1, 3, 4];
        let mut lookup = Lookup::new(&before);
        lookup.replace(&changed, &after);
        let mut terms: Vec<ListedTerm> =
            before.into_iter().filter(|term| !changed.contains(&term.concept)).collect();
        terms.extend(after.into_iter().filter(|term| changed.contains(&term.concept)));
        prop_assert_eq!(lookup.find(&query, 5), Lookup::new(&terms).find(&query, 5));
    }

    #[test]
    fn any_query_is_answered_in_order_and_within_the_limit(query in "\\PC{0,60}", limit in 0..4_usize) {
        let found = lookup(CONCEPTS).find(&query, limit);
        prop_assert!(found.len() <= limit);
    }
}
