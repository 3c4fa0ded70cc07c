use corpus::document::{DocumentHash, Language, ReadDocument, TextState};
use corpus::facts::Facts;
use corpus::store::{Added, Origin, QueueFilter, Store};
use corpus::term::{EvidenceKind, Sighting, Status, TermPair};

use super::*;

const NOW: &str = "2026-11-22T08:00:00Z";

/// A store that mined 水位 as "water level", "water stage" and "the water", and 潮 as "tide"; its one document.
struct Termbase {
    _folder: tempfile::TempDir,
    store: Store,
    document: i64,
}

fn pair(zh: &str, en: &str, confidence: f32) -> TermPair {
    let sighting = Sighting { kind: EvidenceKind::Bead, zh_sentence: Some(0), en_sentence: Some(0) };
    TermPair {
        zh: zh.to_owned(),
        en: en.to_owned(),
        confidence,
        definition: None,
        definition_source: None,
        sightings: vec![sighting],
    }
}

fn mined() -> Vec<TermPair> {
    vec![
        pair("水位", "water level", 0.9),
        pair("水位", "water stage", 0.8),
        pair("水位", "the water", 0.4),
        pair("潮", "tide", 0.7),
    ]
}

impl Termbase {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        let document = ReadDocument {
            hash: DocumentHash::of(b"water"),
            name: "water.pdf".to_owned(),
            source: "water.pdf".to_owned(),
            language: Language::Zh,
            state: TextState::Text,
            page_count: 1,
            readings: Vec::new(),
            blocks: Vec::new(),
            sentences: Vec::new(),
            facts: Facts::default(),
            warnings: Vec::new(),
        };
        let added = store.add_documents(&[document], false, NOW).unwrap();
        let [Added::New(document)] = added[..] else { panic!("not new") };
        let mut termbase = Self { _folder: folder, store, document };
        termbase.mine(&mined());
        termbase
    }

    fn mine(&mut self, pairs: &[TermPair]) {
        self.store.put_mined_terms(Origin::Document(self.document), pairs).unwrap();
        self.store.settle_candidates().unwrap();
    }

    fn concept(&self, zh: &str) -> i64 {
        self.store.concepts_designated(zh, Language::Zh).unwrap()[0]
    }

    fn judgement(&self, zh: &str, en: &str, decision: Decision) -> Judgement {
        let pair = Pair { concept: self.concept(zh), zh: Some(zh.to_owned()), en: en.to_owned() };
        Judgement { pair, decision }
    }

    fn decide(&mut self, judgements: Vec<Judgement>) -> Result<Outcome, Error> {
        Plan::new(&self.store, judgements)?.carry_out(&mut self.store, "Li", NOW)
    }

    fn decided(&mut self, zh: &str, en: &str, decision: Decision) -> Outcome {
        let judgement = self.judgement(zh, en, decision);
        self.decide(vec![judgement]).unwrap()
    }

    /// "水位 preferred, water level candidate", of all concepts with that Chinese designation.
    fn state(&self, zh: &str) -> String {
        let ids = self.store.concepts_designated(zh, Language::Zh).unwrap();
        let concepts = ids.into_iter().map(|id| self.store.whole_concept(id).unwrap().unwrap());
        let told = concepts.map(|concept| {
            let mut terms: Vec<String> =
                concept.terms.iter().map(|term| format!("{} {}", term.text, term.status.name())).collect();
            terms.sort();
            terms.join(", ")
        });
        told.collect::<Vec<_>>().join(" | ")
    }

    fn queue(&self) -> Vec<String> {
        let pairs = self.store.review_queue(&QueueFilter::default(), 100, 0).unwrap();
        pairs.into_iter().map(|pair| pair.en.text).collect()
    }
}

const PREFER: Decision = Decision::Accept(Accept::Preferred);
const ADMIT: Decision = Decision::Accept(Accept::Admitted);

#[test]
fn an_accepted_rendering_makes_a_term_of_what_it_renders() {
    let mut termbase = Termbase::new();
    let done = termbase.decided("水位", "water stage", ADMIT);
    assert_eq!((done.decided, done.already, done.stale.len()), (1, 0, 0));
    let expected = "the water candidate, water level candidate, water stage admitted, 水位 preferred";
    assert_eq!(termbase.state("水位"), expected);
    termbase.decided("水位", "water level", PREFER);
    assert!(termbase.state("水位").contains("water level preferred"));
}

#[test]
fn one_undo_takes_back_all_of_a_batch() {
    let mut termbase = Termbase::new();
    let before = (termbase.state("水位"), termbase.state("潮"), termbase.queue());
    let judgements = [("水位", "water level"), ("水位", "water stage"), ("潮", "tide")];
    let judgements = judgements.map(|(zh, en)| termbase.judgement(zh, en, ADMIT)).to_vec();
    let done = termbase.decide(judgements).unwrap();
    assert_eq!(done.decided, 3);
    assert_eq!(termbase.queue(), ["the water"]);
    termbase.store.undo_batch(done.batch.unwrap(), "Li", NOW).unwrap();
    assert_eq!((termbase.state("水位"), termbase.state("潮"), termbase.queue()), before);
}

#[test]
fn what_is_rejected_stays_rejected_and_what_is_accepted_stays() {
    let mut termbase = Termbase::new();
    termbase.decided("水位", "the water", Decision::Reject);
    termbase.decided("水位", "water level", PREFER);
    let (state, queue) = (termbase.state("水位"), termbase.queue());
    termbase.mine(&mined());
    assert_eq!((termbase.state("水位"), termbase.queue()), (state, queue.clone()));
    assert_eq!(queue, ["water stage", "tide"]);
    termbase.mine(&[]);
    assert_eq!(termbase.state("水位"), "the water rejected, water level preferred, 水位 preferred");
}

#[test]
fn what_is_no_term_does_not_come_back_with_another_rendering() {
    let mut termbase = Termbase::new();
    termbase.decided("水位", "water level", Decision::RejectTerm);
    assert_eq!(termbase.queue(), ["tide"]);
    let mut pairs = mined();
    pairs.push(pair("水位", "river height", 0.9));
    termbase.mine(&pairs);
    assert_eq!(termbase.queue(), ["tide"]);
}

#[test]
fn a_rendering_in_other_words_does_not_come_back_in_the_old_ones() {
    for keep_spelling in [true, false] {
        let mut termbase = Termbase::new();
        let wording = Wording {
            zh: "水位".to_owned(),
            en: "water surface".to_owned(),
            part_of_speech: None,
            subject: Some("hydrology".to_owned()),
            note: Some("of rivers".to_owned()),
            accept: Accept::Preferred,
            keep_spelling,
        };
        termbase.decided("水位", "the water", Decision::Edit(Box::new(wording)));
        termbase.mine(&mined());
        assert_eq!(termbase.queue(), ["water level", "water stage", "tide"], "{keep_spelling}");
        let concept = termbase.store.concept(termbase.concept("水位")).unwrap().unwrap();
        let term = concept.terms.iter().find(|term| term.text == "water surface").unwrap();
        assert_eq!((term.status, term.note.as_deref()), (Status::Preferred, Some("of rivers")));
        assert_eq!(term.variants, if keep_spelling { vec!["the water"] } else { Vec::new() });
        assert_eq!(concept.subject.as_deref(), Some("hydrology"));
    }
}

#[test]
fn other_words_that_the_concept_has_already_are_accepted_there() {
    let mut termbase = Termbase::new();
    let wording = Wording {
        zh: "水位".to_owned(),
        en: "Water level".to_owned(),
        part_of_speech: None,
        subject: None,
        note: None,
        accept: Accept::Preferred,
        keep_spelling: true,
    };
    termbase.decided("水位", "the water", Decision::Edit(Box::new(wording)));
    let expected = "the water rejected, water level preferred, water stage candidate, 水位 preferred";
    assert_eq!(termbase.state("水位"), expected);
}

#[test]
fn a_concept_goes_into_another_with_what_was_accepted() {
    let mut termbase = Termbase::new();
    let into = termbase.concept("水位");
    let done = termbase.decided("潮", "tide", Decision::Merge { into, accept: Some(Accept::Admitted) });
    assert!(termbase.state("水位").contains("tide admitted") && termbase.state("水位").contains("潮 preferred"));
    termbase.mine(&mined());
    assert_eq!(termbase.store.concepts_designated("潮", Language::Zh).unwrap(), [into]);
    termbase.store.undo_batch(done.batch.unwrap(), "Li", NOW).unwrap();
    assert_eq!(termbase.state("潮"), "tide candidate, 潮 candidate");
}

#[test]
fn a_rendering_in_another_meaning_leaves_its_concept_for_good() {
    let mut termbase = Termbase::new();
    termbase.decided("水位", "water stage", Decision::Split { accept: Some(Accept::Preferred) });
    termbase.mine(&mined());
    let state = termbase.state("水位");
    assert_eq!(
        state,
        "the water candidate, water level candidate, 水位 preferred | water stage preferred, 水位 preferred"
    );
}

#[test]
fn a_stale_decision_is_told_and_not_done() {
    let mut termbase = Termbase::new();
    let late = termbase.judgement("水位", "water level", PREFER);
    termbase.decided("水位", "water level", Decision::Reject);
    let gone = Judgement { pair: Pair { concept: 999, zh: None, en: "x".to_owned() }, decision: PREFER };
    let tide = termbase.judgement("潮", "tide", PREFER);
    let done = termbase.decide(vec![late.clone(), gone.clone(), tide]).unwrap();
    assert_eq!(done.decided, 1);
    let why = [(late, Why::Is(Status::Rejected)), (gone, Why::Gone)];
    assert_eq!(done.stale, why.map(|(judgement, why)| Stale { judgement, why }));
    assert!(termbase.state("水位").contains("water level rejected"));
}

#[test]
fn the_same_decision_is_not_done_twice() {
    let mut termbase = Termbase::new();
    termbase.decided("水位", "water level", PREFER);
    let again = termbase.decided("水位", "water level", PREFER);
    assert_eq!((again.batch, again.decided, again.already, again.stale.len()), (None, 0, 1, 0));
    let edits = termbase.store.history(None, None, 10).unwrap();
    assert_eq!(edits.len(), 1);
}

#[test]
fn decisions_that_contradict_each_other_are_refused_together() {
    for (first, second) in [(PREFER, Decision::Reject), (PREFER, Decision::Split { accept: None })] {
        let mut termbase = Termbase::new();
        let judgements =
            vec![termbase.judgement("水位", "water level", first), termbase.judgement("水位", "water level", second)];
        let error = termbase.decide(judgements).unwrap_err().to_string();
        assert!(error.contains("there are two decisions on"), "{error}");
        assert_eq!(termbase.queue().len(), 4);
    }
}

#[test]
fn what_is_put_off_comes_last_and_back_again() {
    let mut termbase = Termbase::new();
    for en in ["water level", "water stage"] {
        let done = termbase.decided("水位", en, Decision::Skip);
        assert_eq!((done.put_off, done.batch), (1, None));
    }
    assert_eq!(termbase.queue(), ["tide", "the water", "water level", "water stage"]);
    let page = termbase.store.review_queue(&QueueFilter::default(), 2, 1).unwrap();
    assert_eq!(page.iter().map(|pair| pair.en.text.as_str()).collect::<Vec<_>>(), ["the water", "water level"]);
    let page = termbase.store.review_queue(&QueueFilter::default(), 2, 3).unwrap();
    assert_eq!(page.iter().map(|pair| pair.en.text.as_str()).collect::<Vec<_>>(), ["water stage"]);
    let pair = termbase.judgement("水位", "water level", Decision::Skip).pair;
    let rows = rows_of(&termbase.store, &[pair]).unwrap();
    termbase.store.put_forward(&rows).unwrap();
    assert_eq!(termbase.queue(), ["water level", "tide", "the water", "water stage"]);
}
