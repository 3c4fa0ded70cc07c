//! The facts of the sample corpus, read from its gold text, against the facts that its markup gives.
//!
//! The bar is a little below what is reached, so that a change that loses facts, or invents them, fails here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use corpus::document::{DocumentHash, Script};
use corpus::facts::{DocumentKind, Facts, Gloss};
use ingest::read::read_text;
use serde_json::Value;

/// Found, wanted and wrong.
#[derive(Default)]
struct Score(usize, usize, usize);

impl Score {
    fn add(&mut self, found: &BTreeSet<String>, wanted: &BTreeSet<String>) {
        self.0 += found.intersection(wanted).count();
        self.1 += wanted.len();
        self.2 += found.difference(wanted).count();
    }

    #[track_caller]
    fn check(&self, what: &str, recall: f64, precision: f64) {
        let Self(found, wanted, wrong) = *self;
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        assert!(share(found, wanted) >= recall, "{what}: found {found} of {wanted}");
        assert!(share(found, found + wrong) >= precision, "{what}: {wrong} wrong beside {found}");
    }
}

fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/sample/gold")
}

/// The documents of the sample: what is read from the gold text, and the gold facts.
fn documents() -> Vec<(Facts, Value)> {
    let mut names: Vec<String> = fs::read_dir(gold().join("facts"))
        .expect("the sample corpus has gold facts")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort();
    let read = |name: &String| {
        let bytes = fs::read(gold().join("text").join(format!("{name}.txt"))).expect("gold text");
        let facts = fs::read(gold().join("facts").join(format!("{name}.json"))).expect("gold facts");
        let document = read_text(name, name, DocumentHash(String::new()), &bytes).expect("gold text is text");
        (document.facts, serde_json::from_slice(&facts).expect("gold facts are JSON"))
    };
    names.iter().map(read).collect()
}

/// The items of a list of the gold.
fn items<'a>(gold: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    gold[list].as_array().into_iter().flatten()
}

#[test]
fn identity_is_read_from_the_head() {
    let (mut titles, mut kinds, mut numbers) = (Score::default(), Score::default(), Score::default());
    let one = |value: Option<&str>| value.map(str::to_owned).into_iter().collect::<BTreeSet<String>>();
    for (facts, gold) in documents() {
        titles.add(&one(facts.title.as_deref()), &one(gold["title"].as_str()));
        kinds.add(&one(facts.kind.map(DocumentKind::name)), &one(gold["kind"].as_str()));
        // Typesetting turns the wide spaces between agencies into plain ones.
        let plain = |number: Option<&str>| one(number.map(|number| number.replace('\u{3000}', " ")).as_deref());
        numbers.add(&plain(facts.document_number.as_deref()), &plain(gold["document_number"].as_str()));
    }
    titles.check("titles", 0.95, 0.95);
    kinds.check("kinds", 0.99, 0.99);
    numbers.check("numbers", 0.99, 0.99);
}

#[test]
fn dates_are_told_apart_and_committees_found() {
    let (mut dates, mut committees) = (Score::default(), Score::default());
    let national = |name: &str| name.trim_start_matches("SAC/").replace(' ', "");
    for (facts, gold) in documents() {
        let found = facts.dates.iter().map(|date| format!("{:?} {}", date.kind, date.date).to_lowercase());
        let wanted = items(&gold, "dates")
            .filter_map(|date| Some(format!("{} {}", date["kind"].as_str()?, date["date"].as_str()?)));
        dates.add(&found.collect(), &wanted.collect());
        let wanted = items(&gold, "committees").filter_map(Value::as_str).map(national);
        committees.add(&facts.committees.iter().map(|name| national(name)).collect(), &wanted.collect());
    }
    dates.check("dates", 0.95, 0.98);
    committees.check("committees", 0.97, 0.97);
}

#[test]
fn references_and_glosses_are_found() {
    let (mut standards, mut glosses) = (Score::default(), Score::default());
    let pair = |zh: &str, en: &str| format!("{zh} {}", en.to_lowercase());
    for (facts, gold) in documents() {
        let wanted = items(&gold, "standards").filter_map(Value::as_str).map(str::to_owned);
        standards.add(&facts.standards.iter().cloned().collect(), &wanted.collect());
        let found = facts.glosses.iter().map(|Gloss { zh, en, .. }| pair(zh, en));
        let wanted =
            items(&gold, "glosses").filter_map(|gloss| Some(pair(gloss["zh"].as_str()?, gloss["en"].as_str()?)));
        glosses.add(&found.collect(), &wanted.collect());
    }
    standards.check("standards", 0.98, 0.98);
    glosses.check("glosses", 0.95, 0.94);
}

#[test]
fn commitments_are_found_with_their_year_and_bounds() {
    let mut targets = Score::default();
    let key = |by: Option<f64>, min: Option<f64>, max: Option<f64>| format!("{by:?} {min:?} {max:?}");
    for (facts, gold) in documents() {
        let found = facts.targets.iter().map(|target| key(target.by.map(f64::from), target.min, target.max));
        let wanted = items(&gold, "targets")
            .map(|target| key(target["by"].as_f64(), target["min"].as_f64(), target["max"].as_f64()));
        targets.add(&found.collect(), &wanted.collect());
    }
    targets.check("targets", 0.95, 0.92);
}

/// Headings with their levels, which are made to begin at 1: the markup of the sample counts those of a report from 2.
fn outline<'a>(entries: impl Iterator<Item = (u64, &'a str)>) -> BTreeSet<String> {
    let entries: Vec<(u64, &str)> = entries.collect();
    let least = entries.iter().map(|(level, _)| *level).min().unwrap_or(1);
    let title = |title: &str| title.split_whitespace().collect::<String>();
    entries.iter().map(|(level, text)| format!("{} {}", level + 1 - least, title(text))).collect()
}

#[test]
fn the_outline_is_that_of_the_markup() {
    let mut headings = Score::default();
    for (facts, gold) in documents() {
        let found = outline(facts.outline.iter().map(|entry| (u64::from(entry.level), entry.title.as_str())));
        let wanted = outline(
            items(&gold, "outline").filter_map(|entry| Some((entry["level"].as_u64()?, entry["title"].as_str()?))),
        );
        headings.add(&found, &wanted);
    }
    headings.check("headings", 0.97, 0.97);
}

#[test]
fn chinese_documents_are_in_simplified_characters() {
    for (facts, gold) in documents() {
        let wanted = (gold["language"] == "zh").then_some(Script::Hans);
        assert_eq!(facts.script, wanted, "{:?}", facts.title);
    }
}

/// Agencies of the table by their identity; those of the made city, which the gold counts by identities of its own,
/// by their number.
fn identities<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let (own, local): (Vec<&str>, Vec<&str>) = ids.partition(|id| !id.is_empty() && !id.starts_with("HF-"));
    // The highest organs are kept as issuers only.
    let own = own.into_iter().filter(|id| !matches!(*id, "CPC-CC" | "STATE-COUNCIL")).map(str::to_owned);
    own.chain((0..local.len()).map(|at| format!("local {at}"))).collect()
}

#[test]
fn issuers_are_told_from_agencies_that_are_merely_named() {
    let (mut issuers, mut agencies) = (Score::default(), Score::default());
    let wanted = |gold: &Value, list: &str| identities(items(gold, list).filter_map(|agency| agency["id"].as_str()));
    for (facts, gold) in documents() {
        agencies.add(&identities(facts.agencies.iter().map(|agency| agency.id.as_str())), &wanted(&gold, "agencies"));
        issuers.add(&identities(facts.issuers.iter().map(|agency| agency.id.as_str())), &wanted(&gold, "issuers"));
    }
    issuers.check("issuers", 0.98, 0.98);
    agencies.check("agencies", 0.98, 0.97);
}
