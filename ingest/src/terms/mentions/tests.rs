use proptest::prelude::*;

use super::*;

fn known(zh: &str, en: &str) -> KnownPair {
    KnownPair { zh: zh.to_owned(), en: en.to_owned(), sure: true }
}

/// What an English text is found to use, as (Chinese, English, support).
#[track_caller]
fn check(pairs: &[(&str, &str)], text: &[&str], expected: &[(&str, &str, Support)]) {
    let pairs = pairs.iter().map(|(zh, en)| known(zh, en)).collect();
    let found = Mentions::new(pairs, Dictionary::shared()).in_english(text);
    let found: Vec<(&str, &str, Support)> =
        found.iter().map(|mention| (mention.pair.zh.as_str(), mention.pair.en.as_str(), mention.support)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_known_designation_is_found_in_any_number_and_case() {
    let lake = [("湖泊水位", "lake levels")];
    check(&lake, &["The lake level rose.", "LAKE LEVELS"], &[("湖泊水位", "lake levels", Support::Known)]);
    check(&lake, &["The lake is level.", "lakes, levels", "the salt-lake level"], &[]);
    check(&[("信息技术", "IT")], &["It is IT that is it."], &[("信息技术", "IT", Support::Known)]);
    check(&[("信息技术", "IT")], &["It is open."], &[]);
}

#[test]
fn another_spelling_is_a_designation_of_its_own() {
    let lakes = [("静水湖泊", "still water lakes")];
    check(&lakes, &["Still-water lakes are deep."], &[("静水湖泊", "still-water lakes", Support::Spelling)]);
    check(
        &[("航道中心", "waterway center")],
        &["the water way centre", "the waterway centre"],
        &[("航道中心", "waterway centre", Support::Spelling)],
    );
    check(
        &[("航道中心", "water way center")],
        &["the waterway centers"],
        &[("航道中心", "waterway center", Support::Spelling)],
    );
}

#[test]
fn a_hyphen_before_a_noun_and_one_that_is_missing_may_mean_nothing() {
    check(&[("湖泊水位", "lake levels")], &["Lake-level data"], &[("湖泊水位", "lake levels", Support::Known)]);
    check(&[("湖泊引领", "lake-led")], &["the lakes led by rivers"], &[]);
}

#[test]
fn a_modifier_may_be_rendered_as_the_dictionary_has_it() {
    let lakes = [("新型湖泊", "new-style lakes")];
    check(&lakes, &["Chinese new-type lakes grow."], &[("新型湖泊", "new-type lakes", Support::Composed)]);
    check(&lakes, &["Chinese new-type rivers and new lakes grow."], &[]);
    check(&lakes, &["New-type lakes grow everywhere."], &[]);
    check(&[("湖泊新型局", "New Lakes Bureau")], &["The Chinese Novel Lakes Bureau"], &[]);
}

#[test]
fn what_the_vocabulary_lists_is_a_rendering() {
    check(
        &[("新型电池", "new-style batteries")],
        &["China makes new batteries."],
        &[("新型电池", "new batteries", Support::Listed)],
    );
}

#[test]
fn the_longest_designation_is_meant_and_one_of_many_concepts_none() {
    let lakes = [("湖泊水位", "lake level"), ("湖泊水位监测", "lake level monitoring")];
    check(&lakes, &["lake level monitoring"], &[("湖泊水位监测", "lake level monitoring", Support::Known)]);
    let many = [("水位", "level"), ("层次", "level"), ("级别", "level"), ("等级", "level")];
    check(&many, &["the level"], &[]);
}

#[test]
fn a_place_that_gives_both_is_no_mention() {
    check(&[("湖泊水位", "lake level")], &["the lake level (湖泊水位)"], &[]);
}

#[test]
fn a_chinese_text_mentions_what_it_holds() {
    let mentions = Mentions::new(vec![known("湖泊", "lakes"), known("湖泊水位", "lake level")], Dictionary::shared());
    let found = mentions.in_chinese(&["監測湖泊水位。", "湖泊很大，湖泊很深。"]);
    let places: Vec<(&str, usize)> =
        found.iter().map(|mention| (mention.pair.zh.as_str(), mention.pair.sightings.len())).collect();
    assert_eq!(places, [("湖泊", 1), ("湖泊水位", 1)]);
    assert!(found.iter().flat_map(|mention| &mention.pair.sightings).all(|sighting| sighting.en_sentence.is_none()));
}

#[test]
fn the_order_of_what_is_known_does_not_matter() {
    let pairs = vec![known("湖泊", "lakes"), known("水位", "levels"), known("湖泊水位", "lake levels")];
    let text = ["In China, lakes have lake levels, and levels change."];
    let found = Mentions::new(pairs.clone(), Dictionary::shared()).in_english(&text);
    assert_eq!(found.len(), 3);
    assert_eq!(Mentions::new(pairs.into_iter().rev().collect(), Dictionary::shared()).in_english(&text), found);
}

#[test]
fn a_search_for_the_spellings_finds_what_is_found() {
    let texts = spellings(&[known("湖泊组织中心", "lake organization center")], Dictionary::shared());
    for text in ["lake organization center", "lake organisation centre", "lakeorganization center"] {
        assert!(texts.iter().any(|known| known == text), "{text}: {texts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_designation_is_looked_for_in_any_text(
        pairs in prop::collection::vec(("[湖水新型A-Z ]{0,6}", "\\PC{0,16}|[a-z]{1,5}[ -][a-z]{1,5}"), 0..6),
        text in prop::collection::vec("\\PC{0,40}|([a-zA-Z]{1,5}[ -]){0,8}", 0..4),
    ) {
        let pairs: Vec<KnownPair> = pairs.iter().map(|(zh, en)| known(zh, en)).collect();
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        let mentions = Mentions::new(pairs, Dictionary::shared());
        for mention in mentions.in_english(&text).iter().chain(&mentions.in_chinese(&text)) {
            prop_assert!(!mention.pair.sightings.is_empty() && (0.0..=1.0).contains(&mention.pair.confidence));
        }
    }
}
