use std::collections::BTreeSet;

use corpus::text::is_han;
use unicode_normalization::is_nfc;

use super::*;

const SOURCE: &str = include_str!("vocabulary.tsv");

fn lines() -> impl Iterator<Item = &'static str> {
    SOURCE.lines().filter(|line| !line.starts_with('#'))
}

#[track_caller]
fn check(word: &str, first: &str) {
    let renderings = Dictionary::shared().renderings(word);
    assert_eq!(renderings.first().map(|(stem, _)| stem.as_str()), Some(first), "{word}: {renderings:?}");
    let total: f32 = renderings.iter().map(|(_, share)| share).sum();
    assert!((total - 1.0).abs() < 1e-3, "{word}: {total}");
}

#[test]
fn the_vocabulary_is_written_in_its_form() {
    for line in lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [zh, en, part] = cells[..] else { panic!("three cells are wanted: {line}") };
        assert!(is_nfc(line), "not in normal form C: {line}");
        assert!(["v", "n", "phrase", "name"].contains(&part), "no such part: {line}");
        let written = |c: char| is_han(c) || c.is_ascii_alphanumeric() || c == '、' || c == '+';
        assert!(zh.chars().any(is_han) && zh.chars().all(written), "not a Chinese word: {line}");
        let renderings: Vec<&str> = en.split('|').collect();
        let english = |c: char| c.is_ascii_alphanumeric() || " ,'&.-/".contains(c);
        for rendering in &renderings {
            assert!(rendering.starts_with(|c: char| c.is_ascii_alphanumeric()), "nothing to write: {line}");
            assert!(rendering.chars().all(english) && rendering.trim() == *rendering, "not English: {line}");
        }
        assert_eq!(renderings.iter().collect::<BTreeSet<_>>().len(), renderings.len(), "said twice: {line}");
    }
}

#[test]
fn no_word_has_two_entries_and_no_field_is_without_a_name() {
    let words: Vec<&str> = lines().filter_map(|line| line.split('\t').next()).collect();
    let once: BTreeSet<&str> = words.iter().copied().collect();
    assert_eq!(once.len(), words.len());
    assert!(SOURCE.starts_with('#') && !SOURCE.contains('\r') && SOURCE.ends_with('\n'));
}

#[test]
fn the_field_comes_before_general_meanings() {
    check("健全", "improv");
    check("条", "articl");
    // CC-CEDICT has it, the vocabulary has not.
    check("鲤鱼", "carp");
}

#[test]
fn compounds_teach_their_parts() {
    let renders = |word: &str, stem: &str| {
        Dictionary::shared().renderings(word).iter().find(|(known, _)| known == stem).map_or(0.0, |&(_, share)| share)
    };
    // No dictionary renders 算 or 链 alone as these; the compounds they stand in do.
    assert!(renders("算", "comput") > 0.02);
    assert!(renders("链", "chain") > 0.3);
    assert!(renders("环境", "busi") < 0.05);
}

#[test]
fn phrases_are_found_longest_first() {
    let text = "优化营商环境，健全数据安全管理制度。";
    let found: Vec<(&str, &str)> = Dictionary::shared()
        .phrases_in(text)
        .into_iter()
        .map(|(range, entry)| (&text[range], entry.renderings().next().unwrap_or_default()))
        .collect();
    assert_eq!(
        found,
        [
            ("优化", "optimize"),
            ("营商环境", "business environment"),
            ("健全", "improve"),
            ("数据安全管理", "data security management"),
            ("制度", "system"),
        ]
    );
}

#[test]
fn a_word_of_the_vocabulary_is_cut_as_before() {
    let dictionary = Dictionary::shared();
    assert!(dictionary.phrases_in("营商环境").len() == 1 && !dictionary.has("营商环境"));
}
