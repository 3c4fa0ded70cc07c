use corpus::{
    facts::{Definition, Gloss},
    term::EvidenceKind,
};
use proptest::prelude::*;

use super::*;
use crate::align::{Line, beads};

const ZH: [&str; 5] = [
    "湖泊管理机构应当建立水质监测站。",
    "水质监测站公布水质数据。",
    "任何人可以查询水质数据。",
    "推广生态浮岛技术。",
    "渔业协会支持水质监测站。",
];

const EN: [&str; 5] = [
    "The lake management bodies shall establish water quality monitoring stations.",
    "Water quality monitoring stations publish water quality data.",
    "Anybody may consult the water quality data.",
    "The technology of floating ecological islands (生态浮岛) is to be promoted.",
    "The fishery association supports the water quality monitoring stations.",
];

fn mined(zh_facts: &Facts, en_facts: &Facts) -> Vec<TermPair> {
    let knowledge = Knowledge::of_dictionary();
    let beads = beads(&ZH.map(Line::plain), &EN.map(Line::plain), &[], knowledge);
    mine(&MinedBitext { zh: &ZH, en: &EN, beads: &beads, zh_facts, en_facts }, knowledge).pairs
}

#[track_caller]
fn check(pairs: &[TermPair], zh: &str, en: &str) {
    let found: Vec<&str> = pairs.iter().filter(|pair| pair.zh == zh).map(|pair| pair.en.as_str()).collect();
    assert_eq!(found.first(), Some(&en), "{found:?}");
}

#[test]
fn runs_seen_often_are_rendered_as_written_inside_sentences() {
    let pairs = mined(&Facts::default(), &Facts::default());
    check(&pairs, "水质监测站", "water quality monitoring stations");
    check(&pairs, "水质数据", "water quality data");
    assert!(pairs.windows(2).all(|two| two[0].confidence >= two[1].confidence));
}

#[test]
fn glosses_and_definitions_are_sure() {
    let gloss =
        Gloss { zh: "生态浮岛".into(), en: "floating ecological islands".into(), page: 1, ..Gloss::default() };
    let definition = Definition {
        clause: Some("3.2".into()),
        zh: Some("水质数据".into()),
        en: Some("water quality data".into()),
        definition: "监测站公布的数据".into(),
        page: 1,
        ..Definition::default()
    };
    let zh = Facts { definitions: vec![definition], ..Facts::default() };
    let en = Facts { glosses: vec![gloss], ..Facts::default() };
    let pairs = mined(&zh, &en);
    let glossed = pairs.iter().find(|pair| pair.zh == "生态浮岛" && pair.en == "floating ecological islands").unwrap();
    let evidence = glossed.sightings.iter().find(|sighting| sighting.kind == EvidenceKind::Gloss).unwrap();
    assert_eq!((evidence.zh_sentence, evidence.en_sentence), (Some(3), Some(3)));
    let defined = pairs.iter().find(|pair| pair.zh == "水质数据").unwrap();
    assert_eq!(defined.definition.as_deref(), Some("监测站公布的数据"));
    assert!(defined.sightings.len() > 1 && defined.confidence > 0.98, "{defined:?}");
}

#[test]
fn a_part_of_a_longer_term_comes_after_it() {
    let pairs = mined(&Facts::default(), &Facts::default());
    let confidence = |zh: &str| pairs.iter().find(|pair| pair.zh == zh).map_or(0.0, |pair| pair.confidence);
    assert!(confidence("水质监测站") > confidence("监测站"), "{pairs:?}");
}

#[track_caller]
fn check_runs(text: &str, held: &[&str], left_out: &[&str]) {
    let words = words::chinese(0, text, Dictionary::shared());
    let runs = candidates::runs(&words);
    let found: Vec<&str> = runs.iter().map(|run| text_of(&[text], &words, run).1).collect();
    assert!(held.iter().all(|run| found.contains(run)), "{found:?}");
    assert!(!left_out.iter().any(|run| found.contains(run)), "{found:?}");
}

#[test]
fn runs_begin_and_end_with_content() {
    check_runs("湖泊应当建立三维模型", &["湖泊", "三维模型"], &["湖泊应当建立"]);
    check_runs("三个湖泊的水质", &["湖泊", "水质"], &["三个湖泊", "湖泊的水质"]);
    check_runs("推动湖泊+旅游发展", &["湖泊+旅游"], &["湖泊+", "+旅游"]);
}

#[track_caller]
fn check_cut_name(text: &str, run: &str, expected: bool) {
    let words = words::english(0, text);
    let start = words.iter().position(|word| run.starts_with(&word.text)).unwrap_or_default();
    let end = start + run.split(' ').count();
    let is_cut = names::is_name(&words, &(start..end)) && names::is_cut(&words, &(start..end));
    assert_eq!(is_cut, expected, "{run}");
}

#[test]
fn halves_of_names_are_known_by_the_capitals_beside_them() {
    let text = "reports go to the Bureau of Lakes and Fisheries every year";
    check_cut_name(text, "Lakes and Fisheries", true);
    check_cut_name(text, "Bureau of Lakes", true);
    check_cut_name(text, "Bureau of Lakes and Fisheries", false);
    check_cut_name("Lakes freeze every long winter", "Lakes", false);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_bitext_is_mined_alike_twice(
        zh in prop::collection::vec("[湖水质量的，。A-Z0-9+ ]{0,16}", 1..6),
        en in prop::collection::vec("\\PC{0,24}", 1..6),
    ) {
        let (zh_lines, en_lines): (Vec<Line<'_>>, Vec<Line<'_>>) =
            (zh.iter().map(|text| Line::plain(text)).collect(), en.iter().map(|text| Line::plain(text)).collect());
        let zh: Vec<&str> = zh.iter().map(String::as_str).collect();
        let en: Vec<&str> = en.iter().map(String::as_str).collect();
        let knowledge = Knowledge::of_dictionary();
        let beads = beads(&zh_lines, &en_lines, &[], knowledge);
        let facts = Facts::default();
        let bitext = MinedBitext { zh: &zh, en: &en, beads: &beads, zh_facts: &facts, en_facts: &facts };
        let mined = mine(&bitext, knowledge);
        prop_assert!(mined.pairs.iter().all(|pair| (0.0..=1.0).contains(&pair.confidence)));
        prop_assert_eq!(mined.links.len(), beads.len());
        prop_assert_eq!(&mined, &mine(&bitext, knowledge));
    }
}
