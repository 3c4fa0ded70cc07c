//! What is written comes back.

use corpus::document::Language;
use corpus::term::{Field, PartOfSpeech, Status, Term};
use proptest::prelude::*;

use super::{concept, grammar, read, written};
use crate::terms::exchange::arbitrary::{any_concept, flattened};
use crate::terms::exchange::tbx::{V2, V3, Version};

fn check(version: &Version, original: &corpus::term::Concept) -> Result<(), TestCaseError> {
    let file = written(version, std::slice::from_ref(original));
    grammar::check(version, &file);
    let imported = read(&file);
    prop_assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    prop_assert_eq!(imported.entries.len(), 1);
    let entry = &imported.entries[0];
    prop_assert!(entry.without_status.is_empty());
    prop_assert_eq!(flattened(&entry.concept), flattened(original), "{}", file);
    let again = concept(&written(version, std::slice::from_ref(&entry.concept)));
    prop_assert_eq!(flattened(&again), flattened(original));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn version_3_loses_nothing(concept in any_concept()) {
        check(&V3, &concept)?;
    }

    #[test]
    fn version_2_loses_nothing(concept in any_concept()) {
        check(&V2, &concept)?;
    }

    #[test]
    fn no_file_makes_the_reader_fail_in_another_way_than_with_an_error(
        cut in 0..3000_usize, insert in "[<>/&\"a-z ]{0,8}", concept in any_concept(),
    ) {
        let file = written(&V3, &[concept]);
        let at = (0..=cut.min(file.len())).rev().find(|at| file.is_char_boundary(*at)).unwrap_or(0);
        let damaged = format!("{}{insert}{}", &file[..at], &file[at..]);
        let _ = crate::terms::exchange::tbx::read(damaged.as_bytes());
        let _ = crate::terms::exchange::tbx::read(&file.as_bytes()[..at]);
    }
}

#[test]
fn an_entry_looks_as_other_programs_want_it() {
    let mut zh = Term::new("潮汐能", Language::Zh, Status::Preferred);
    zh.part_of_speech = Some(PartOfSpeech::Noun);
    zh.variants = vec!["潮汐能源".to_owned()];
    let mut en = Term::new("tide power", Language::En, Status::Deprecated);
    en.region = Some("GB".to_owned());
    en.note = Some("say tidal energy".to_owned());
    en.other = vec![
        Field { name: "context".to_owned(), value: "Tide power is old.".to_owned() },
        Field { name: "context/source".to_owned(), value: "a report".to_owned() },
        Field { name: "reliabilityCode".to_owned(), value: "3".to_owned() },
    ];
    let concept = corpus::term::Concept {
        id: 12,
        subject: Some("energy".to_owned()),
        changed: Some("2026-11-20T08:00:00Z".to_owned()),
        terms: vec![zh, en, Term::new("tidal energy", Language::En, Status::Candidate)],
        ..Default::default()
    };
    insta::assert_snapshot!("version_3", written(&V3, std::slice::from_ref(&concept)));
    insta::assert_snapshot!("version_2", written(&V2, &[concept]));
}

#[test]
fn notes_that_look_like_fields_stay_notes() {
    for note in ["[field status] candidate", "[note] x", "[field ", "[field a] "] {
        let original = corpus::term::Concept {
            note: Some(note.to_owned()),
            terms: vec![Term::new("tide", Language::En, Status::Admitted)],
            ..Default::default()
        };
        assert_eq!(concept(&written(&V3, &[original])).note.as_deref(), Some(note));
    }
}

#[test]
fn nothing_to_write_is_an_empty_file() {
    let rejected =
        corpus::term::Concept { terms: vec![Term::new("tide", Language::En, Status::Rejected)], ..Default::default() };
    let imported = read(&written(&V3, &[rejected]));
    assert!(imported.entries.is_empty());
}
