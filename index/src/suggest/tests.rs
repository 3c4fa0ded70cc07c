use crate::{Index, Passage, PassageDocument};

use super::Slip;

/// A document of its number's passages, each a line.
fn index_of(lines: &[&str]) -> Index {
    let index = Index::in_memory().expect("an index");
    let mut writer = index.writer().expect("a writer");
    for (id, line) in (1..).zip(lines) {
        let passages = vec![Passage { block: 0, page: 1, text: (*line).to_owned() }];
        writer.add(&PassageDocument { id, passages, ..PassageDocument::default() }).expect("added");
    }
    writer.commit().expect("committed");
    index
}

fn library() -> Index {
    let mut lines = vec![
        "Tidal barrages and lighthouses shall be inspected each year.",
        "The harbour authority publishes a dataset of tide levels.",
        "Open source charts of the harbour are free.",
        "Colour codes for buoys follow the standardization plan.",
        "潮汐发电站应当每年检查一次。",
        "远洋渔业的管理办法由港务局制定。",
        "计算步数的方法见附录。",
        "加强海洋生态保护区建设。",
    ];
    lines.extend(std::iter::repeat_n("Standardization of harbours matters.", 12));
    index_of(&lines)
}

#[track_caller]
fn check(typed: &str, slip: Slip, expected: &[&str]) {
    let guesses = library().guesses(typed, &|word| word == "gangway").expect("guesses");
    let queries: Vec<&str> = guesses.iter().map(|guess| guess.query.as_str()).collect();
    assert_eq!(queries, expected, "{typed}");
    assert!(guesses.iter().all(|guess| guess.slip == slip), "{guesses:?}");
}

#[track_caller]
fn check_right(typed: &str) {
    check(typed, Slip::Spelling, &[]);
}

#[test]
fn a_misspelt_word_gives_the_nearest_that_is_there() {
    check("barages", Slip::Spelling, &["barrages"]);
    check("Lighthuoses inspection", Slip::Spelling, &["Lighthouses inspection"]);
    check("\"tidal barages\"", Slip::Spelling, &["\"tidal barrages\""]);
    check("buoys NOT coluor", Slip::Spelling, &["buoys NOT colour"]);
}

#[test]
fn words_are_put_together_and_taken_apart() {
    check("data set", Slip::Spelling, &["dataset"]);
    check("data-set of tides", Slip::Spelling, &["dataset of tides"]);
    check("opensource charts", Slip::Spelling, &["open source charts"]);
}

#[test]
fn other_spellings_of_a_word_are_offered() {
    check("standardisation", Slip::Spelling, &["standardization"]);
    check("color", Slip::Spelling, &["colour"]);
    check("harbors", Slip::Spelling, &["harbours"]);
}

#[test]
fn pinyin_gives_chinese_that_stands_somewhere() {
    for typed in ["chaoxi fadian", "chaoxifadian", "chao2xi1 fa1dian4", "cao xi fa dian"] {
        check(typed, Slip::Pinyin, &["潮汐发电"]);
    }
    check("yuanyang yuye lighthouse", Slip::Pinyin, &["远洋渔业 lighthouse"]);
}

#[test]
fn a_wrong_character_is_put_right() {
    check("部数", Slip::Character, &["步数"]);
    check("超汐发电站", Slip::Character, &["潮汐发电站"]);
    check("渔远洋业管理", Slip::Character, &[]);
    check("生态护保区", Slip::Character, &["生态保护区"]);
    check("海洋态保护区", Slip::Character, &["海洋生态保护区"]);
}

#[test]
fn what_is_right_is_left_alone() {
    for typed in [
        "",
        "harbour",
        "tide levels",
        "gangway",
        "潮汐发电",
        "潮汐检查",
        "检查方法",
        "issuer:Autority",
        "HBR",
        "远洋渔业 tides",
    ] {
        check_right(typed);
    }
}

#[test]
fn what_was_added_is_offered_once_it_is_committed() {
    let index = index_of(&["Tides."]);
    assert_eq!(index.guesses("mooorings", &|_| false).expect("guesses"), []);
    let mut writer = index.writer().expect("a writer");
    let passages = vec![Passage { block: 0, page: 1, text: "Moorings.".to_owned() }];
    writer.add(&PassageDocument { id: 2, passages, ..PassageDocument::default() }).expect("added");
    let before = index.generation();
    writer.commit().expect("committed");
    assert_ne!(index.generation(), before);
    let guesses = index.guesses("mooorings", &|_| false).expect("guesses");
    assert_eq!(guesses.first().map(|guess| guess.query.as_str()), Some("moorings"));
}
