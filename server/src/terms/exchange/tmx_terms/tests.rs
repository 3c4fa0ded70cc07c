use corpus::document::Language;
use corpus::term::{Concept, Status, Term};
use proptest::prelude::*;

use super::*;
use crate::terms::exchange::arbitrary::{any_concept, flattened};

fn written(concepts: &[Concept]) -> (usize, String) {
    let mut file = Vec::new();
    let about = About { title: "潮".to_owned(), ..About::default() };
    let count = write(concepts.iter().cloned().map(Ok), &mut file, &about).unwrap();
    (count, String::from_utf8(file).unwrap())
}

fn term(text: &str, language: Language, status: Status) -> Term {
    Term::new(text, language, status)
}

#[test]
fn a_unit_is_a_pair_that_may_be_used() {
    use Language::{En, Zh};
    let mut concept = Concept { id: 3, subject: Some("energy".to_owned()), ..Concept::default() };
    concept.terms = vec![
        term("潮汐能", Zh, Status::Preferred),
        term("潮能", Zh, Status::Deprecated),
        term("tidal energy", En, Status::Preferred),
        term("tide energy", En, Status::Admitted),
    ];
    let (count, file) =
        written(&[concept.clone(), Concept { terms: vec![concept.terms[0].clone()], ..Concept::default() }]);
    assert_eq!(count, 1, "a concept without a pair is left out");
    insta::assert_snapshot!(file);
}

#[track_caller]
fn read_units(body: &str) -> Imported {
    read(format!("<tmx version=\"1.4\"><header/><body>{body}</body></tmx>").as_bytes()).unwrap()
}

#[test]
fn other_programs_units_are_pairs() {
    let imported = read_units(
        "<tu tuid=\"1\"><prop type=\"x-client\">ACME</prop>
           <tuv xml:lang=\"EN-GB\"><seg>tidal <bpt i=\"1\">&lt;b></bpt>energy<ept i=\"1\"/></seg></tuv>
           <tuv lang=\"zh-CN\"><note>旧</note><seg>潮汐能</seg></tuv></tu>
         <tu><tuv xml:lang=\"en\"><seg>alone</seg></tuv><tuv xml:lang=\"fr\"><seg>seul</seg></tuv></tu>",
    );
    assert!(imported.pairs);
    assert_eq!(imported.entries.len(), 1);
    let entry = &imported.entries[0];
    assert_eq!(entry.without_status, [0, 1]);
    assert_eq!(entry.concept.other[0].name, "x-client");
    let said: Vec<_> = entry.concept.terms.iter().map(|term| (term.text.as_str(), term.region.as_deref())).collect();
    assert_eq!(said, [("潮汐能", None), ("tidal energy", Some("GB"))]);
    assert_eq!(imported.warnings.len(), 1);
}

#[test]
fn what_is_no_tmx_is_said() {
    let error = read(b"<martif/>").unwrap_err().to_string();
    assert!(error.contains("begins with <martif>"), "{error}");
    assert!(read(b"").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_comes_back(concept in any_concept()) {
        let mut expected = concept.clone();
        expected.terms.retain(|term| term.status.is_usable());
        let mut kept: Vec<Term> = Vec::new();
        for term in expected.terms.drain(..) {
            if !kept.contains(&term) {
                kept.push(term);
            }
        }
        expected.terms = kept;
        let has = |language| expected.term(language).is_some();
        let (count, file) = written(&[concept]);
        let imported = read(file.as_bytes()).unwrap();
        if has(Language::Zh) && has(Language::En) {
            prop_assert_eq!((count, imported.entries.len()), (1, 1));
            prop_assert_eq!(flattened(&imported.entries[0].concept), flattened(&expected), "{}", file);
            prop_assert!(imported.warnings.is_empty());
        } else {
            prop_assert_eq!((count, imported.entries.len()), (0, 0));
        }
    }
}
