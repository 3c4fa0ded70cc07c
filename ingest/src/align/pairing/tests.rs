use corpus::document::Language;

use super::*;

fn print(language: Language) -> Fingerprint {
    Fingerprint {
        form: Fingerprint::FORM,
        language,
        number: None,
        standard: None,
        draft: false,
        kind: None,
        english_title: None,
        title: Vec::new(),
        title_numbers: Vec::new(),
        in_other_language: 0.0,
        letters: if language == Language::Zh { 1000 } else { 3000 },
        dates: Vec::new(),
        standards: Vec::new(),
        agencies: Vec::new(),
        issuers: Vec::new(),
        numbers: Vec::new(),
        words: Vec::new(),
    }
}

/// A translation of which nothing is left out and no number differs.
const FULL: Trial = Trial { placed: 0.85, apt: 1.0, zh_cover: 1.0, en_cover: 1.0, numbered: 15, contradicted: 0 };

#[track_caller]
fn check(change: impl FnOnce(&mut Fingerprint, &mut Fingerprint, &mut Trial), expected: bool) {
    let (mut zh, mut en, mut trial) = (print(Language::Zh), print(Language::En), FULL);
    change(&mut zh, &mut en, &mut trial);
    let found = pair(&zh, &en, &trial);
    assert_eq!(found.is_pair(), expected, "{found:?}");
}

#[test]
fn what_stands_side_by_side_decides() {
    check(|_, _, _| {}, true);
    check(|_, _, trial| *trial = Trial { zh_cover: 0.6, ..FULL }, true);
    // A novel, of which the dictionary knows few words, with numbers that are figures of speech.
    check(|_, _, trial| *trial = Trial { placed: 0.35, apt: 0.9, numbered: 8, contradicted: 5, ..FULL }, true);
    // The same topic, a summary, and nothing to compare.
    check(|_, _, trial| *trial = Trial { placed: 0.4, apt: 0.8, zh_cover: 0.5, numbered: 0, ..FULL }, false);
    check(|_, _, trial| *trial = Trial { zh_cover: 0.3, en_cover: 0.4, numbered: 1, ..FULL }, false);
    check(|_, _, trial| *trial = Trial::default(), false);
}

#[test]
fn numbers_that_differ_make_another_version() {
    check(|_, _, trial| trial.contradicted = 1, true);
    check(|_, _, trial| trial.contradicted = 3, false);
    check(|_, _, trial| trial.contradicted = 15, false);
    let score = |contradicted| {
        pair(&print(Language::Zh), &print(Language::En), &Trial { numbered: 100, contradicted, ..FULL }).score
    };
    assert!(score(0) > score(1) && score(1) > score(2), "the better of two good pairs is told");
}

#[test]
fn documents_that_say_they_are_others_do_not_pair() {
    check(|zh, _, _| zh.draft = true, false);
    check(|zh, en, _| (zh.number, en.number) = (Some((2024, 7)), Some((2024, 8))), false);
    check(|zh, en, _| (zh.number, en.number) = (Some((2024, 7)), Some((2024, 7))), true);
    let standard = |part: &str| Some(format!("GB/T 12345.{part}-2020"));
    check(|zh, en, _| (zh.standard, en.standard) = (standard("1"), standard("2")), false);
    check(|_, en, _| en.letters = 900, false);
    let found = |zh: &str, en: &str| {
        let (mut a, mut b) = (print(Language::Zh), print(Language::En));
        (a.title_numbers, b.title_numbers) = (vec![zh.to_owned()], vec![en.to_owned()]);
        pair(&a, &b, &FULL).score
    };
    assert!(found("#2024", "#2025") < found("#2024", "#2024"));
}

#[test]
fn a_sketch_keeps_numbers_in_pairs_and_nothing_twice() {
    let of = |language, numbers: &[&str]| {
        let numbers = numbers.iter().map(|number| (*number).to_owned()).collect();
        sketch(&Fingerprint { numbers, ..print(language) })
    };
    let (zh, en) = (of(Language::Zh, &["#15", "#70", "#15", "#70"]), of(Language::En, &["#15", "#70"]));
    assert!(zh.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(en.iter().all(|hash| zh.contains(hash)));
    assert_eq!((zh.len(), en.len()), (4, 3));
}
