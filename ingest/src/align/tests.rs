use corpus::{
    document::{DocumentHash, Language, ReadDocument, Sentence, TextState},
    facts::Facts,
};
use proptest::prelude::*;

use super::*;

const ZH: [&str; 8] = [
    "一、总则",
    "为了保护湖泊水质，制定本办法。",
    "湖泊管理机构应当在2031年前建立监测站45个。",
    "监测站每月公布水质数据，接受公众监督，并向环境部门报告异常情况。",
    "二、渔业",
    "在禁渔期内，任何人不得捕鱼。",
    "违反规定的，处以3万元罚款。",
    "本办法自公布之日起施行。",
];

const EN: [&str; 8] = [
    "I. General provisions",
    "These measures are formulated in order to protect the water quality of lakes.",
    "The lake management bodies shall establish 45 monitoring stations before 2031.",
    "Monitoring stations publish water quality data every month and accept public supervision.",
    "They also report abnormal situations to the environment department.",
    "II. Fisheries",
    "Nobody may catch fish during the closed fishing season, and those who violate the rules are fined 30,000 yuan.",
    "These measures take effect on the day of publication.",
];

fn aligned(zh: &[&str], en: &[&str]) -> Vec<corpus::bitext::Bead> {
    let (zh, en): (Vec<Line<'_>>, Vec<Line<'_>>) =
        (zh.iter().map(|text| Line::plain(text)).collect(), en.iter().map(|text| Line::plain(text)).collect());
    beads(&zh, &en, &[], Knowledge::of_dictionary())
}

fn indexes(zh: &[&str], en: &[&str]) -> Vec<(Vec<usize>, Vec<usize>)> {
    aligned(zh, en).into_iter().map(|bead| (bead.zh, bead.en)).collect()
}

/// Every sentence stands in one bead, and beads hold neighbours only.
#[track_caller]
fn check_cover(zh: &[&str], en: &[&str]) {
    let found = aligned(zh, en);
    let mut en_seen: Vec<usize> = found.iter().flat_map(|bead| bead.en.clone()).collect();
    let zh_seen: Vec<usize> = found.iter().flat_map(|bead| bead.zh.clone()).collect();
    en_seen.sort_unstable();
    assert_eq!(zh_seen, (0..zh.len()).collect::<Vec<_>>());
    assert_eq!(en_seen, (0..en.len()).collect::<Vec<_>>());
    for bead in &found {
        assert!(bead.zh.len() <= 5 && bead.en.len() <= 5 && !(bead.zh.is_empty() && bead.en.is_empty()));
        assert!((0.0..=1.0).contains(&bead.score), "{bead:?}");
        assert!(bead.en.windows(2).all(|pair| pair[1] == pair[0] + 1));
    }
    assert_eq!(found, aligned(zh, en));
}

#[test]
fn a_split_and_a_merged_sentence_make_beads() {
    let expected = vec![
        (vec![0], vec![0]),
        (vec![1], vec![1]),
        (vec![2], vec![2]),
        (vec![3], vec![3, 4]),
        (vec![4], vec![5]),
        (vec![5, 6], vec![6]),
        (vec![7], vec![7]),
    ];
    assert_eq!(indexes(&ZH, &EN), expected);
}

#[test]
fn empty_sides_leave_beads_with_one_side() {
    assert!(indexes(&[], &[]).is_empty());
    check_cover(&ZH, &[]);
    check_cover(&[], &EN);
    check_cover(&["", "。"], &[""]);
}

fn document(language: Language, title: &str, texts: &[&str]) -> ReadDocument {
    let sentence =
        |text: &&str| Sentence { block: 0, start: 0, end: text.len(), page: 1, language, text: (*text).to_owned() };
    ReadDocument {
        hash: DocumentHash(String::new()),
        name: String::new(),
        source: String::new(),
        language,
        state: TextState::Text,
        page_count: 1,
        readings: Vec::new(),
        blocks: Vec::new(),
        sentences: texts.iter().map(sentence).collect(),
        facts: Facts { title: Some(title.to_owned()), ..Facts::default() },
        warnings: Vec::new(),
    }
}

#[track_caller]
fn check_pair(zh_title: &str, en_title: &str, zh: &[&str], en: &[&str], expected: bool) {
    let dictionary = Dictionary::shared();
    let (zh, en) = (document(Language::Zh, zh_title, zh), document(Language::En, en_title, en));
    let trial = try_alignment(&zh, &en, dictionary);
    let found = pair(&fingerprint(&zh, dictionary), &fingerprint(&en, dictionary), &trial);
    assert_eq!(found.is_pair(), expected, "{found:?}");
}

#[test]
fn a_translation_pairs_but_not_a_draft_nor_another_text() {
    check_pair("湖泊保护办法", "Measures for the Protection of Lakes", &ZH, &EN, true);
    check_pair("湖泊保护办法", "Measures for the Protection of Lakes (Draft)", &ZH, &EN, false);
    let other = [
        "The museum opens at nine o'clock and closes at five.",
        "Tickets for children cost 12 crowns, and groups of 25 are guided for free.",
        "Paintings from the seventeenth century hang in the northern wing, sculptures in the garden.",
        "Cameras are permitted, but flashlights damage the canvas and are forbidden everywhere.",
        "A restaurant on the second floor serves soup, bread and coffee until evening.",
    ];
    check_pair("湖泊保护办法", "Visiting the museum", &ZH, &other, false);
}

#[test]
fn a_fingerprint_survives_the_store() {
    let print = fingerprint(&document(Language::Zh, "湖泊保护办法", &ZH), Dictionary::shared());
    let json = serde_json::to_string(&print).unwrap();
    assert_eq!(Fingerprint::from_json(&json), Some(print));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn beads_cover_every_sentence_once(
        zh in prop::collection::vec(0..ZH.len(), 0..30),
        en in prop::collection::vec(0..EN.len(), 0..30),
    ) {
        let zh: Vec<&str> = zh.into_iter().map(|at| ZH[at]).collect();
        let en: Vec<&str> = en.into_iter().map(|at| EN[at]).collect();
        check_cover(&zh, &en);
    }

    #[test]
    fn any_text_is_aligned(
        zh in prop::collection::vec("\\PC{0,12}", 0..8),
        en in prop::collection::vec("\\PC{0,12}", 0..8),
    ) {
        check_cover(&zh.iter().map(String::as_str).collect::<Vec<_>>(), &en.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
