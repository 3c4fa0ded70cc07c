//! What holds of any sequence of deeds, minings and undos.

use proptest::prelude::*;

use super::tests::{bitext, check_routes};
use super::*;
use crate::document::Language;
use crate::store::Origin;
use crate::store::tests::{NOW, pair, store};
use crate::term::{EvidenceKind, Status, Term};

const ZH: [&str; 4] = ["云", "雾", "雨", "雪"];
const EN: [&str; 6] = ["cloud", "fog", "mist", "rain", "snow", "sleet"];

/// A step, with numbers that pick what it is done to among what is there.
#[derive(Clone, Debug)]
enum Step {
    Mine(usize, Vec<(usize, usize)>),
    Decide(usize, usize),
    Word(usize, usize, bool),
    Create(usize, usize, usize),
    Merge(usize, usize),
    Split(usize, usize),
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let pick = 0_usize..1000;
    prop_oneof![
        4 => (0_usize..2, proptest::collection::vec((0..ZH.len(), 0..EN.len()), 0..5)).prop_map(|(at, pairs)| Step::Mine(at, pairs)),
        4 => (pick.clone(), 0..Status::ALL.len()).prop_map(|(term, status)| Step::Decide(term, status)),
        3 => (pick.clone(), 0..EN.len(), any::<bool>()).prop_map(|(term, text, adds)| Step::Word(term, text, adds)),
        1 => (0..ZH.len(), 0..EN.len(), 0..Status::ALL.len()).prop_map(|(zh, en, status)| Step::Create(zh, en, status)),
        3 => (pick.clone(), pick.clone()).prop_map(|(into, from)| Step::Merge(into, from)),
        3 => (pick.clone(), pick.clone()).prop_map(|(concept, term)| Step::Split(concept, term)),
        3 => pick.prop_map(Step::Undo),
    ]
}

fn whole(store: &Store) -> Vec<Concept> {
    let mut statement = store.connection.prepare("SELECT id FROM concept ORDER BY id").unwrap();
    let ids: BTreeSet<i64> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    read(&store.connection, &ids).unwrap()
}

fn picked<T: Clone>(all: &[T], pick: usize) -> Option<T> {
    all.get(pick % all.len().max(1)).cloned()
}

fn deed(store: &Store, step: &Step) -> Option<Deed> {
    let concepts = whole(store);
    let terms: Vec<(Concept, Term)> =
        concepts.iter().flat_map(|concept| concept.terms.iter().map(|term| (concept.clone(), term.clone()))).collect();
    match step {
        Step::Mine(..) | Step::Undo(_) => None,
        Step::Decide(term, status) => {
            Some(Deed::SetStatus { terms: vec![picked(&terms, *term)?.1.id], status: Status::ALL[*status] })
        }
        Step::Word(term, text, adds) => {
            let (mut concept, term) = picked(&terms, *term)?;
            concept.note = Some(format!("worded {text}"));
            let text = if term.language == Language::Zh { ZH[text % ZH.len()] } else { EN[*text] };
            concept.terms = vec![Term { text: text.to_owned(), ..term }];
            if *adds {
                concept.terms[0].id = 0;
            }
            Some(Deed::Set { concept })
        }
        Step::Create(zh, en, status) => {
            let status = Status::ALL[*status];
            let terms = vec![Term::new(ZH[*zh], Language::Zh, status), Term::new(EN[*en], Language::En, status)];
            Some(Deed::Create { concept: Concept { terms, ..Concept::default() } })
        }
        Step::Merge(into, from) => {
            Some(Deed::Merge { into: picked(&concepts, *into)?.id, from: vec![picked(&concepts, *from)?.id] })
        }
        Step::Split(concept, term) => {
            let concept = picked(&concepts, *concept)?;
            Some(Deed::Split { concept: concept.id, terms: vec![picked(&concept.terms, *term)?.id] })
        }
    }
}

fn mine(store: &mut Store, bitext: i64, pairs: &[(usize, usize)]) {
    let pairs: BTreeSet<&(usize, usize)> = pairs.iter().collect();
    let pairs: Vec<_> = pairs.into_iter().map(|(zh, en)| pair(ZH[*zh], EN[*en], EvidenceKind::Bead)).collect();
    store.put_mined_terms(Origin::Bitext(bitext), &pairs).unwrap();
    store.settle_candidates().unwrap();
}

/// Faults are part of the game; that the database refuses is not.
fn allowed<T>(result: Result<T, Error>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(Error::Edit(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

fn take(store: &mut Store, bitexts: &[i64], step: &Step) {
    match step {
        Step::Mine(at, pairs) => mine(store, bitexts[*at], pairs),
        Step::Undo(pick) => {
            let edits: Vec<i64> = store.history(None, None, 100).unwrap().iter().map(|edit| edit.id).collect();
            if let Some(edit) = picked(&edits, *pick) {
                allowed(store.undo(edit, "Bo", NOW));
            }
        }
        _ => {
            if let Some(deed) = deed(store, step) {
                allowed(store.edit(&deed, "Ada", NOW));
            }
        }
    }
}

/// What is said of each concept, without numbers.
fn told(store: &Store) -> Vec<String> {
    let mut told: Vec<String> = whole(store)
        .into_iter()
        .map(|concept| {
            let mut terms: Vec<String> = concept
                .terms
                .iter()
                .map(|term| {
                    let (text, status) = (&term.text, term.status.name());
                    format!("{text} {status} {:.4} {} {:?}", term.confidence, term.count, term.variants)
                })
                .collect();
            terms.sort();
            format!("{:?} {:?} {terms:?}", concept.note, concept.changed)
        })
        .collect();
    told.sort();
    told
}

/// Every text that a person reviewed is in a concept, or the history tells of it.
fn check_kept(store: &Store, reviewed: &mut BTreeSet<String>) {
    let of = |concepts: &[Concept]| {
        let terms = concepts.iter().flat_map(|concept| &concept.terms);
        terms.flat_map(|term| std::iter::once(&term.text).chain(&term.variants)).cloned().collect::<BTreeSet<_>>()
    };
    let concepts = whole(store);
    let mut known = of(&concepts);
    for edit in store.history(None, None, 1000).unwrap() {
        known.extend(of(&edit.before));
        known.extend(of(&edit.after));
    }
    let all = concepts.iter().flat_map(|concept| &concept.terms);
    reviewed.extend(all.filter(|term| term.status.is_reviewed()).map(|term| term.text.clone()));
    assert!(reviewed.is_subset(&known), "{reviewed:?} {known:?}");
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, ..Default::default() })]
    #[test]
    fn nothing_is_lost_and_everything_can_be_taken_back(steps in proptest::collection::vec(step(), 1..24)) {
        let ((_folder, mut store), (_beside, mut untouched)) = (store(), store());
        for store in [&store, &untouched] {
            store.connection.pragma_update(None, "synchronous", false).unwrap();
        }
        let bitexts = [bitext(&mut store, 1), bitext(&mut store, 2)];
        let same = [bitext(&mut untouched, 1), bitext(&mut untouched, 2)];
        let mut reviewed = BTreeSet::new();
        for step in &steps {
            take(&mut store, &bitexts, step);
            check_routes(&store);
            check_kept(&store, &mut reviewed);
            if let Step::Mine(at, pairs) = step {
                mine(&mut untouched, same[*at], pairs);
            }
        }
        for edit in store.history(None, None, 1000).unwrap() {
            if let Err(error) = store.undo(edit.id, "Bo", NOW) {
                panic!("{error}");
            }
            check_routes(&store);
        }
        prop_assert_eq!(told(&store), told(&untouched));
    }
}
