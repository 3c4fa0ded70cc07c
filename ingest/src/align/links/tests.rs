use proptest::prelude::*;

use super::*;

fn split(pair: &'static str) -> TokenPair<'static> {
    let (zh, en) = pair.split_once(" | ").unwrap_or((pair, ""));
    (zh.split_whitespace().collect(), en.split_whitespace().collect())
}

/// Each of the words is linked with each of the words across, in the first sentence that has them.
#[track_caller]
fn check(pairs: &[&'static str], expected: &[(&str, &str)]) {
    let pairs: Vec<TokenPair<'_>> = pairs.iter().map(|pair| split(pair)).collect();
    let links = word_links(&pairs, Knowledge::of_dictionary());
    let linked = |zh: &str, en: &str| {
        pairs
            .iter()
            .zip(&links)
            .any(|((zhs, ens), links)| links.iter().any(|&(z, e)| zhs[z] == zh && ens[e].eq_ignore_ascii_case(en)))
    };
    let missing: Vec<_> = expected.iter().filter(|(zh, en)| !linked(zh, en)).collect();
    assert!(missing.is_empty(), "not linked: {missing:?}");
}

#[test]
fn words_of_the_dictionary_are_linked() {
    check(
        &["监测站 公布 数据 。 | Monitoring stations publish data .", "", "湖泊 数据 | lake data"],
        &[("监测站", "monitoring"), ("公布", "publish"), ("数据", "data"), ("。", "."), ("湖泊", "lake")],
    );
}

#[test]
fn function_words_are_linked_and_classifiers_go_with_their_number() {
    check(
        &["他们 将 在 这 座 岛 上 建 三 个 港口 。 | They will build three ports on this island ."],
        &[("他们", "they"), ("将", "will"), ("这", "this"), ("座", "this"), ("三", "three"), ("个", "three")],
    );
}

#[test]
fn names_are_linked_by_their_sound() {
    check(
        &["渔民 梁 海 生 和 卡 萨 里 尼 谈话 。 | The fisherman Liang Haisheng talked with Casarini ."],
        &[("梁", "Liang"), ("海", "Haisheng"), ("生", "Haisheng"), ("卡", "Casarini"), ("尼", "Casarini")],
    );
}

#[test]
fn amounts_are_linked_by_their_value() {
    check(
        &[
            "4月 19日 捕 鱼 250万 吨 , 增长 百分之八 。 | On April 19 2.5 million tons of fish were caught , up 8 percent .",
        ],
        &[("4月", "April"), ("19日", "19"), ("250万", "2.5"), ("250万", "million"), ("百分之八", "percent")],
    );
}

#[test]
fn words_that_share_characters_with_a_rendering_are_linked() {
    check(&["渔场 封闭 | fishery closed", "湖 被 封 | lake closed"], &[("封闭", "closed"), ("封", "closed")]);
}

#[test]
fn very_long_sentences_are_aligned_within_bounds() {
    for (zh, en) in [(600, 600), (1, 40_000), (3000, 2)] {
        let long = (vec!["湖"; zh], vec!["12"; en]);
        let links = word_links(&[long, split("湖 | lake")], Knowledge::of_dictionary());
        assert!(links[0].iter().all(|&(z, e)| z < zh && e < en));
        assert_eq!(links[1], [(0, 0)]);
    }
}

#[test]
fn a_bitext_teaches_its_content_words() {
    let pairs = [split("湖泊 的 数据 。 | the data of 3 lakes ."), split("3 湖泊 | lake 3")];
    let knowledge = Knowledge::of_dictionary();
    let taught = word_pairs(&pairs, &posteriors(&pairs, knowledge), knowledge);
    let words: Vec<(&str, &str)> = taught.iter().map(|pair| (pair.zh.as_str(), pair.en.as_str())).collect();
    assert_eq!(words, [("数据", "data"), ("湖泊", "lake")]);
    assert!(taught[1].count > taught[0].count, "{taught:?}");
}

#[test]
fn what_other_bitexts_taught_is_linked() {
    let pairs = [split("甲 塔 沉 舟 | flotsam upheaval barge")];
    let pair = |zh: &str, en: &str| corpus::bitext::WordPair { zh: zh.to_owned(), en: en.to_owned(), count: 9.0 };
    let learned = crate::align::LearnedWords::new([pair("甲", "upheav"), pair("塔", "flotsam")]);
    let knowledge = Knowledge { learned: &learned, ..Knowledge::of_dictionary() };
    let links = word_links(&pairs, knowledge).concat();
    assert!(links.contains(&(0, 1)) && links.contains(&(1, 0)), "{links:?}");
}

#[test]
fn long_texts_are_trained_in_parts() {
    let pair = || (vec!["湖"; 400], vec!["lake"; 600]);
    let pairs: Vec<TokenPair<'_>> = (0..40).map(|_| pair()).collect();
    assert_eq!(together(&pairs), TOGETHER / (400 * 600));
    assert_eq!(together(&[(vec!["湖"; 3000], vec!["lake"; 3000])]), 1);
}

const ZH: [&str; 8] = ["湖泊", "的", "19日", "百分之八", "梁", "。", "个", "lake"];
const EN: [&str; 8] = ["Lake", "of", "19th", "8", "percent", "Liang", ".", "the"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn links_stay_inside_the_sentences_and_are_the_same_again(
        pairs in prop::collection::vec(
            (prop::collection::vec(0..ZH.len(), 0..12), prop::collection::vec(0..EN.len(), 0..12)),
            0..5,
        ),
    ) {
        let words = |words: &[&'static str], at: &[usize]| -> Vec<&'static str> {
            at.iter().map(|&at| words[at]).collect()
        };
        let pairs: Vec<TokenPair<'_>> = pairs.iter().map(|(zh, en)| (words(&ZH, zh), words(&EN, en))).collect();
        check_links(&pairs)?;
    }

    #[test]
    fn any_words_are_linked(
        pairs in prop::collection::vec(
            (prop::collection::vec("\\PC{0,6}", 0..6), prop::collection::vec("\\PC{0,6}", 0..6)),
            0..4,
        ),
    ) {
        let words = |words: &'_ [String]| -> Vec<String> { words.to_vec() };
        let owned: Vec<(Vec<String>, Vec<String>)> = pairs.iter().map(|(zh, en)| (words(zh), words(en))).collect();
        let pairs: Vec<TokenPair<'_>> = owned
            .iter()
            .map(|(zh, en)| (zh.iter().map(String::as_str).collect(), en.iter().map(String::as_str).collect()))
            .collect();
        check_links(&pairs)?;
    }
}

fn check_links(pairs: &[TokenPair<'_>]) -> Result<(), TestCaseError> {
    let knowledge = Knowledge::of_dictionary();
    let soft = posteriors(pairs, knowledge);
    prop_assert_eq!(soft.len(), pairs.len());
    let links: Vec<_> = soft.iter().map(Soft::links).collect();
    for ((zh, en), (links, soft)) in pairs.iter().zip(links.iter().zip(&soft)) {
        prop_assert!(links.windows(2).all(|two| two[0] < two[1]));
        prop_assert!(links.iter().all(|&(z, e)| z < zh.len() && e < en.len()));
        prop_assert!(links.iter().all(|&(z, e)| (0.0..=1.001).contains(&soft.get(z, e))));
    }
    prop_assert_eq!(&links, &word_links(pairs, knowledge));
    for pair in word_pairs(pairs, &soft, knowledge) {
        prop_assert!(pair.count.is_finite() && pair.count > 0.0 && !pair.zh.is_empty() && !pair.en.is_empty());
    }
    Ok(())
}
