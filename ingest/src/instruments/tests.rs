use std::collections::BTreeMap;

use corpus::document::Language;
use corpus::facts::{Citation, DateKind, DatedFact, DocumentKind, Facts, Target};
use corpus::instrument::{Relation, Tie};

use super::name::Name;
use super::*;

fn facts(title: &str, kind: DocumentKind) -> Facts {
    Facts { title: Some(title.to_owned()), kind: Some(kind), ..Facts::default() }
}

fn cites(mut facts: Facts, titles: &[&str]) -> Facts {
    facts.citations = titles
        .iter()
        .map(|title| Citation { title: Some((*title).to_owned()), number: None, sentence: String::new(), page: 1 })
        .collect();
    facts
}

fn promises(mut facts: Facts, bounds: &[(f64, f64)]) -> Facts {
    let target =
        |(min, max): &(f64, f64)| Target { by: Some(2033), min: Some(*min), max: Some(*max), ..Target::default() };
    facts.targets = bounds.iter().map(target).collect();
    facts
}

fn dated(mut facts: Facts, date: &str) -> Facts {
    facts.dates = vec![DatedFact { kind: DateKind::Issued, date: date.to_owned(), sentence: String::new(), page: 1 }];
    facts
}

fn numbered(mut facts: Facts, number: &str) -> Facts {
    facts.document_number = Some(number.to_owned());
    facts
}

fn of(facts: &Facts) -> Profile {
    let title = facts.title.clone().unwrap_or_default();
    let language = crate::language::detect(&title);
    profile::of_facts(facts, language, &[])
}

#[track_caller]
fn check_name(title: &str, same: &str, wanted: bool) {
    let (name, other) = (Name::of(title).expect("a name"), Name::of(same).expect("a name"));
    assert_eq!(name.likeness(&other) > 0.0, wanted, "{title} and {same}: {name:?} {other:?}");
}

#[test]
fn names_of_one_instrument_are_alike() {
    check_name("水利部关于印发《湖泊水位监测管理办法》的通知", "湖泊水位监测管理办法（征求意见稿）", true);
    check_name("水利部办公厅 国家林草局关于加强“智慧湖泊”建设的指导意见", "关于加强“智慧湖泊”建设的指导意见", true);
    check_name("Measures for Monitoring Lake Levels (Draft for Comment)", "Lake Level Monitoring Measures", true);
    check_name(
        "Implementing Opinions on the Artificial Intelligence + Lakes Action",
        "Implementation Opinion on the “AI + Lakes” Action",
        true,
    );
    check_name("湖泊水位监测管理办法", "湖泊水质监测管理办法", false);
    check_name("Measures for Monitoring Lake Levels", "Measures for Monitoring River Ice", false);
    check_name("湖泊标准体系建设指南（2031版）", "湖泊标准体系建设指南（2034版）", false);
}

#[track_caller]
fn check(a: &Facts, b: &Facts, wanted: Option<Tie>) {
    let (a, b) = (of(a), of(b));
    assert_eq!(link(&a, &b).map(|link| link.tie), wanted);
    assert_eq!(link(&b, &a).map(|link| link.tie), wanted, "the other way round");
}

#[test]
fn what_ties_two_documents() {
    let measures = facts("湖泊水位监测管理办法", DocumentKind::Measures);
    let draft = facts("湖泊水位监测管理办法（征求意见稿）", DocumentKind::Measures);
    let news =
        cites(facts("新规：湖泊水位怎么测？", DocumentKind::News), &["中华人民共和国水法", "湖泊水位监测管理办法"]);
    check(&measures, &draft, Some(Tie::Draft));
    check(&measures, &news, Some(Tie::Report));
    check(&dated(measures.clone(), "2031-02-01"), &dated(measures.clone(), "2031-02-01"), Some(Tie::Title));
    check(&dated(measures.clone(), "2031-02-01"), &dated(measures.clone(), "2036-05-01"), None);
    let other = facts("湖泊渔业工作要点及分工方案", DocumentKind::Plan);
    check(
        &numbered(measures.clone(), "水湖监〔2031〕8号"),
        &numbered(other.clone(), "水湖监〔2031〕8号"),
        Some(Tie::Number),
    );
    check(&numbered(measures, "水湖监〔2031〕8号"), &numbered(other, "水湖监〔2031〕9号"), None);
}

#[test]
fn two_chinese_names_are_not_made_one_by_their_translations() {
    let translated = |title: &str, english: &str| Facts {
        title_translated: Some(english.to_owned()),
        ..facts(title, DocumentKind::Standard)
    };
    let level = translated("湖泊水位监测终端通讯协议", "Lake monitoring—Communication protocol of terminals");
    let quality = translated("湖泊水质监测终端通讯协议", "Lake monitoring: communication protocol for terminals");
    check(&level, &quality, None);
    check(
        &level,
        &facts("Lake Monitoring – Communication Protocol of Terminals", DocumentKind::Standard),
        Some(Tie::Title),
    );
}

#[test]
fn reports_are_tied_by_the_commitments_that_they_tell() {
    let one = promises(
        facts("Ministry sets out lake plan", DocumentKind::News),
        &[(3.0, 5.0), (100.0, 100.0), (2.0, 3.0), (500.0, 500.0)],
    );
    let other =
        promises(facts("What the new blueprint means", DocumentKind::News), &[(100.0, 100.0), (3.0, 5.0), (2.0, 3.0)]);
    let city = promises(
        facts("Lakes in town: a plan", DocumentKind::News),
        &[(100.0, 100.0), (500.0, 500.0), (40.0, 40.0), (12.0, 12.0)],
    );
    check(&one, &other, Some(Tie::Targets));
    check(&one, &city, None);
}

#[track_caller]
fn check_groups(documents: &[&Facts], wanted: &[&[(i64, Relation)]]) {
    let profiles: BTreeMap<i64, Profile> = (1..).zip(documents.iter().map(|facts| of(facts))).collect();
    let mut links = Vec::new();
    for (a, first) in &profiles {
        for (b, second) in profiles.range(a + 1..) {
            links.extend(link(first, second).map(|link| Linked { a: *a, b: *b, link }));
        }
    }
    let groups = group(&profiles, &links);
    let found: Vec<Vec<(i64, Relation)>> =
        groups.iter().map(|group| group.iter().map(|member| (member.document, member.relation)).collect()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_report_on_two_policies_does_not_make_them_one() {
    let lakes = facts("湖泊水位监测管理办法", DocumentKind::Measures);
    let rivers = facts("河流冰情观测管理办法", DocumentKind::Measures);
    let draft = facts("湖泊水位监测管理办法（征求意见稿）", DocumentKind::Measures);
    let news = cites(facts("两部新规同日出台", DocumentKind::News), &["河流冰情观测管理办法", "湖泊水位监测管理办法"]);
    check_groups(
        &[&lakes, &rivers, &draft, &news],
        &[&[(1, Relation::Original), (3, Relation::Draft)], &[(2, Relation::Original), (4, Relation::Report)]],
    );
}

#[test]
fn keys_bring_together_what_is_linked() {
    let policy = facts("Implementing Opinions on the AI + Lakes Action", DocumentKind::Opinions);
    let report = cites(facts("A new plan", DocumentKind::News), &["Implementation Opinion on the “AI + Lakes” Action"]);
    let (policy, report) = (of(&policy), of(&report));
    assert!(link(&policy, &report).is_some());
    assert!(policy.keys().iter().any(|key| report.keys().contains(key)));
    assert_eq!(policy.language, Language::En);
}

#[test]
fn a_list_of_annexes_is_tied_to_what_it_lists() {
    let notice = "水利部关于做好湖泊监测试点工作的通知\n\n各有关单位：\n\n现就有关事项通知如下。\n\n附件：1. 湖泊监测试点申报书\n\n2. 湖泊监测试点评审工作细则\n\n水利部\n";
    let hash = corpus::document::DocumentHash(String::new());
    let read = crate::read::read_text("notice.txt", "notice.txt", hash, notice.as_bytes()).expect("it is text");
    let rules = of(&facts("湖泊监测试点评审工作细则", DocumentKind::Measures));
    let other = of(&facts("湖泊监测试点验收工作细则", DocumentKind::Measures));
    assert_eq!(link(&profile(&read), &rules).map(|link| link.tie), Some(Tie::Annex));
    assert_eq!(link(&profile(&read), &other).map(|link| link.tie), None);
    let profiles = BTreeMap::from([(1, profile(&read)), (2, rules)]);
    let links = [Linked { a: 1, b: 2, link: Link { tie: Tie::Annex, score: 1.0 } }];
    let relations: Vec<Relation> = group(&profiles, &links)[0].iter().map(|member| member.relation).collect();
    assert_eq!(relations, [Relation::Original, Relation::Annex]);
}
