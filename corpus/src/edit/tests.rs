use super::*;
use crate::document::Language;
use crate::term::Definition;

const NOW: &str = "2026-11-22T08:00:00Z";

fn term(id: i64, text: &str, status: Status) -> Term {
    let language = if text.is_ascii() { Language::En } else { Language::Zh };
    Term { id, ..Term::new(text, language, status) }
}

fn concept(id: i64, terms: Vec<Term>) -> Concept {
    Concept { id, terms, ..Concept::default() }
}

/// Cloud, and fog with a hidden candidate and a rejected one.
fn before() -> Vec<Concept> {
    let cloud = vec![term(1, "云", Status::Preferred), term(2, "cloud", Status::Preferred)];
    let fog = vec![
        term(3, "雾", Status::Candidate),
        term(4, "fog", Status::Admitted),
        term(5, "mist", Status::Candidate),
        term(6, "smoke", Status::Rejected),
    ];
    vec![concept(1, cloud), concept(2, fog)]
}

fn applied(deed: &Deed) -> Result<Vec<Concept>, Fault> {
    let named = deed.concepts();
    let is_named = |concept: &Concept| {
        named.contains(&concept.id) || concept.terms.iter().any(|term| deed.terms().contains(&term.id))
    };
    let before: Vec<Concept> = before().into_iter().filter(is_named).collect();
    apply(deed, &before, &mut Numbers { concept: 2, term: 6 }, NOW)
}

/// The designations of each concept, with their numbers, statuses and variants.
fn told(concepts: &[Concept]) -> Vec<String> {
    let term = |term: &Term| {
        let variants: String = term.variants.iter().map(|variant| format!(" ={variant}")).collect();
        format!("{}:{}:{}{variants}", term.id, term.text, term.status.name())
    };
    let told = concepts.iter().map(|concept| {
        let terms: Vec<String> = concept.terms.iter().map(term).collect();
        format!("{}: {}", concept.id, terms.join(", "))
    });
    told.collect()
}

#[track_caller]
fn check(deed: &Deed, expected: &[&str]) {
    let after = applied(deed).unwrap();
    assert_eq!(told(&after), expected);
    assert!(after.iter().all(|concept| concept.changed.as_deref() == Some(NOW)));
}

#[track_caller]
fn check_fault(deed: &Deed, expected: &str) {
    let fault = applied(deed).unwrap_err().to_string();
    assert!(fault.starts_with(expected), "{fault}");
}

fn set(terms: Vec<Term>) -> Deed {
    Deed::Set { concept: concept(2, terms) }
}

#[test]
fn what_is_not_given_stays_and_a_former_text_becomes_a_variant() {
    check(
        &set(vec![term(4, "dense fog", Status::Preferred)]),
        &["2: 3:雾:candidate, 4:dense fog:preferred =fog, 5:mist:candidate, 6:smoke:rejected"],
    );
    check(
        &set(vec![term(4, " FOG ", Status::Preferred)]),
        &["2: 3:雾:candidate, 4:FOG:preferred, 5:mist:candidate, 6:smoke:rejected"],
    );
}

#[test]
fn a_candidate_that_is_not_seen_gives_way_to_what_a_person_writes() {
    check(
        &set(vec![term(0, "Mist", Status::Preferred), term(0, "haze", Status::Admitted)]),
        &["2: 3:雾:candidate, 4:fog:admitted, 5:Mist:preferred, 6:smoke:rejected, 7:haze:admitted"],
    );
    check(
        &set(vec![Term {
            variants: vec!["mist".into(), "Mist".into(), "smoke".into()],
            ..term(4, "fog", Status::Admitted)
        }]),
        &["2: 3:雾:candidate, 4:fog:admitted =mist =smoke"],
    );
    check(
        &set(vec![term(0, "smoke", Status::Candidate)]),
        &["2: 3:雾:candidate, 4:fog:admitted, 5:mist:candidate, 6:smoke:rejected"],
    );
}

#[test]
fn what_cannot_be_done_is_refused_with_what_to_do() {
    check_fault(&set(vec![term(0, " ", Status::Admitted)]), "a designation is empty; write it");
    check_fault(&set(vec![term(0, &"x".repeat(501), Status::Admitted)]), "“xxxxxxxxxxxxxxxxxxxx…” is too long");
    check_fault(&set(vec![term(0, "fog", Status::Admitted)]), "“fog” is a designation of this concept already");
    check_fault(&set(vec![term(0, "a", Status::Admitted), term(0, "A", Status::Admitted)]), "“A” is a designation");
    check_fault(&set(vec![term(2, "cloud", Status::Admitted)]), "there is no designation 2 in this concept");
    let french = Term { language: Language::Other, ..term(0, "brume", Status::Admitted) };
    check_fault(&set(vec![french]), "“brume” is in neither Chinese nor English");
    check_fault(&set(vec![term(4, "霭", Status::Admitted)]), "“霭” cannot change its language");
    let variant = Term { variants: vec!["fog".into()], ..term(0, "haze", Status::Admitted) };
    check_fault(&set(vec![variant]), "“fog” is a designation of this concept; it cannot be a variant");
    check_fault(&Deed::Create { concept: Concept::default() }, "a concept needs a designation");
    check_fault(&Deed::Set { concept: concept(9, Vec::new()) }, "there is no concept 9");
    check_fault(&Deed::SetStatus { terms: Vec::new(), status: Status::Rejected }, "nothing is named");
    check_fault(&Deed::SetStatus { terms: vec![1, 9], status: Status::Rejected }, "there is no designation 9");
    check_fault(&Deed::Merge { into: 1, from: vec![2, 1] }, "concept 1 cannot be merged into itself");
    check_fault(&Deed::Merge { into: 1, from: Vec::new() }, "nothing is named");
    check_fault(&Deed::Split { concept: 2, terms: vec![3, 4] }, "a split must leave a designation");
    check_fault(&Deed::Split { concept: 2, terms: vec![1] }, "there is no designation 1");
}

#[test]
fn designations_that_fold_alike_become_one_with_what_a_person_said_of_either() {
    let words = |text: &str| vec![Definition { language: Language::En, text: text.into(), source: None }];
    let note = |note: &str| Some(note.to_owned());
    let mut kept = concept(1, vec![term(1, "云", Status::Candidate), term(2, "cloud", Status::Candidate)]);
    (kept.definitions, kept.note) = (words("in the sky"), note("one"));
    let mut ended = concept(2, vec![term(3, "雲", Status::Preferred), term(4, "Cloud", Status::Rejected)]);
    (ended.definitions, ended.note, ended.subject) = (words("of drops"), note("two"), note("weather"));
    let deed = Deed::Merge { into: 1, from: vec![2] };
    let after = apply(&deed, &[kept, ended], &mut Numbers::default(), NOW).unwrap();
    assert_eq!(told(&after), ["1: 1:雲:preferred, 2:Cloud:rejected"]);
    let fields: Vec<&str> = after[0].other.iter().map(|field| field.value.as_str()).collect();
    assert_eq!((after[0].subject.as_deref(), after[0].note.as_deref()), (Some("weather"), Some("one")));
    assert_eq!(fields, ["two", "of drops"], "what both say in other words is kept");
}

#[test]
fn a_split_copies_the_designations_of_a_language_that_is_not_given() {
    check(
        &Deed::Split { concept: 2, terms: vec![5] },
        &["2: 3:雾:candidate, 4:fog:admitted, 6:smoke:rejected", "3: 5:mist:candidate, 7:雾:candidate"],
    );
}

#[test]
fn taking_back_puts_back_only_what_the_edit_changed() {
    let deed = Deed::SetStatus { terms: vec![2], status: Status::Deprecated };
    let (was, is) = (before().remove(0), applied(&deed).unwrap().remove(0));
    let edit = Edit {
        id: 1,
        at: NOW.to_owned(),
        by: "Ada".to_owned(),
        deed: "set_status".to_owned(),
        before: vec![was.clone()],
        after: vec![is.clone()],
        batch: 1,
        undoes: None,
        undone_by: None,
    };
    let mut now = is.clone();
    now.terms[1].note = Some("seen from below".to_owned());
    now.terms.push(term(9, "clouds", Status::Candidate));
    let undone = undo(&edit, &[now.clone()], &[]).unwrap();
    assert_eq!(told(&undone), ["1: 1:云:preferred, 2:cloud:preferred, 9:clouds:candidate"]);
    assert_eq!(undone[0].terms[1].note, now.terms[1].note);
    assert_eq!(undo(&edit, std::slice::from_ref(&is), &[]).unwrap(), [was]);

    let mut admitted = is.clone();
    admitted.terms[1].status = Status::Admitted;
    let later = Edit { id: 2, by: "Bo".to_owned(), before: vec![is], after: vec![admitted.clone()], ..edit.clone() };
    let fault = undo(&edit, &[admitted], &[later]).unwrap_err();
    assert!(matches!(fault, Fault::Later { later: 2, .. }), "{fault}");
}
