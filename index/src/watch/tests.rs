use super::{Match, Matcher, WatchedDocument, WatchedSentence};
use crate::DocumentFacts;
use crate::query::{Query, parse};

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
fn what_punctuation_parts_is_no_phrase() {
    let sentences = ["數據，要素；data, models", "数据要素 data-models"];
    check("数据要素", &sentences, Some((&["数据要素"], 1)));
    check("\"数据，要素\"", &sentences, Some((&["數據，要素"], 0)));
    check("\"data models\"", &sentences, Some((&["data-models"], 1)));
    check("\"data, models\"", &sentences, Some((&["data, models"], 0)));
}

#[test]
fn a_phrase_may_run_over_the_sentences_of_a_block() {
    let facts = DocumentFacts::default();
    let sentence = |block, text| WatchedSentence { block, text };
    let met = |sentences: &[WatchedSentence<'_>]| {
        let found = matcher(&["\"5 GHz\""]).matches(&WatchedDocument { facts: &facts, sentences });
        found.first().and_then(|found| found.sentence)
    };
    assert_eq!(met(&[sentence(0, "no."), sentence(1, "over 5"), sentence(1, "GHz")]), Some(1));
    assert_eq!(met(&[sentence(1, "over 5"), sentence(2, "GHz")]), None);
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
fn only_what_nothing_is_needed_for_is_looked_at_each_time() {
    let unanchored = |input: &str| matcher(&[input]).unanchored.len();
    for anchored in ["算力", "算力 -数据", "embodi*", "lang:zh", "title:算力 OR 数据", "算力 NEAR/3 数据"]
    {
        assert_eq!(unanchored(anchored), 0, "{anchored}");
    }
    for free in ["-算力", "date:2024", "算力 OR -数据", "/gb/"] {
        assert_eq!(unanchored(free), 1, "{free}");
    }
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
