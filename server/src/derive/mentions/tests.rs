use corpus::bitext::PairRule;
use corpus::document::DocumentHash;
use corpus::edit::Deed;
use corpus::store::Lookup;
use corpus::term::{Concept, EvidenceKind, Status, Term};
use ingest::read::read_text;

use super::super::{derive, forget_pair, remine, say_of_pair};
use super::*;

const NOW: &str = "2026-11-22T08:00:00Z";

const GLOSSED: &str = "Plan for the lakes\n\nChina is building new-style lakes (新型湖泊) in the south.\n";
const PLAIN: &str = "News of the lakes\n\nThe Chinese plan is well received. New-type lakes are dug, and new style lakes \
     are filled. The first new-style lake is open.\n";
const OTHER: &str = "Roads\n\nThe Chinese roads are long, and the new roads are longer.\n";
const ZH: &str = "湖泊规划\n\n在南方建设新型湖泊，第一个新型湖泊已经开放。\n";

fn data() -> (tempfile::TempDir, Data) {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::open(folder.path()).unwrap();
    (folder, data)
}

fn add(data: &Data, text: &str) -> i64 {
    let hash = DocumentHash::of(text.as_bytes());
    let read = read_text("notes.txt", "notes.txt", hash.clone(), text.as_bytes()).unwrap();
    data.with_store(|store| {
        store.add_documents(&[read], true, NOW)?;
        Ok(store.document_by_hash(&hash)?.unwrap())
    })
    .unwrap()
}

/// The renderings of a Chinese designation, by the alphabet: how sure, in how many places, and in how many documents
/// they are merely mentioned.
fn renderings(data: &Data, zh: &str) -> Vec<(String, f32, u32, usize)> {
    let found = data.with_store(|store| {
        let concepts = store.lookup(zh, Lookup::Exact, 10)?;
        let Some(concept) = concepts.first() else { return Ok(Vec::new()) };
        let evidence = store.evidence(concept.id, 100)?;
        let mentioned = |text: &str| {
            let of_term = evidence.iter().filter(|seen| seen.kind == EvidenceKind::Mention && seen.en == text);
            of_term.filter_map(|seen| Some(seen.en_place.as_ref()?.document)).collect::<BTreeSet<_>>().len()
        };
        let terms = concept.terms_in(Language::En);
        Ok(terms.map(|term| (term.text.clone(), term.confidence, term.count, mentioned(&term.text))).collect())
    });
    let mut found: Vec<_> = found.unwrap();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn texts(data: &Data, zh: &str) -> Vec<String> {
    renderings(data, zh).into_iter().map(|(text, ..)| text).collect()
}

#[track_caller]
fn check_order(order: &[&[&str]]) {
    let (_folder, data) = data();
    for group in order {
        group.iter().for_each(|text| _ = add(&data, text));
        derive(&data, None, &|_| ()).unwrap();
    }
    let expected = [
        ("new style lakes".to_owned(), 0.85, 1, 1),
        ("new-style lakes".to_owned(), 0.97, 2, 1),
        ("new-type lakes".to_owned(), 0.45, 1, 1),
    ];
    assert_eq!(renderings(&data, "新型湖泊"), expected, "{order:?}");
    let version = data.with_store(|store| Ok(store.termbase_version()?)).unwrap();
    assert_eq!(derive(&data, None, &|_| ()).unwrap().mentions, 0);
    assert_eq!(data.with_store(|store| Ok(store.termbase_version()?)).unwrap(), version, "nothing has changed");
    remine(&data, &|_, _| ()).unwrap();
    assert_eq!(renderings(&data, "新型湖泊"), expected, "{order:?} mined anew");
}

#[test]
fn concepts_find_documents_and_documents_concepts_in_any_order() {
    check_order(&[&[GLOSSED, PLAIN, OTHER]]);
    check_order(&[&[GLOSSED], &[OTHER], &[PLAIN]]);
    check_order(&[&[PLAIN], &[OTHER], &[GLOSSED]]);
}

#[test]
fn an_interrupted_run_is_gone_on_with() {
    let (_folder, data) = data();
    let plain = add(&data, PLAIN);
    derive(&data, None, &|_| ()).unwrap();
    add(&data, GLOSSED);
    super::super::index_pending(&data).unwrap();
    super::super::aligning::mine_pending(&data, &|_, _| ()).unwrap();
    // As if the process had ended between finding the documents to be searched anew and searching them.
    data.with_store(|store| {
        store.put_mined_terms(Origin::Mentions(plain), &[])?;
        store.settle_candidates()?;
        Ok(store.mark_all_pending(Pending::Mentions)?)
    })
    .unwrap();
    derive(&data, None, &|_| ()).unwrap();
    assert_eq!(texts(&data, "新型湖泊"), ["new style lakes", "new-style lakes", "new-type lakes"]);
}

#[test]
fn what_a_person_adds_is_found_in_old_documents_and_what_they_reject_is_not() {
    let (_folder, data) = data();
    let en = add(&data, PLAIN);
    let zh = add(&data, "新闻\n\n新型湖泊是中国的湖泊。\n");
    say_of_pair(&data, zh, en, PairRule::Forbid).unwrap();
    derive(&data, None, &|_| ()).unwrap();
    assert!(renderings(&data, "新型湖泊").is_empty());
    let terms = vec![
        Term::new("新型湖泊", Language::Zh, Status::Preferred),
        Term::new("new-style lakes", Language::En, Status::Preferred),
    ];
    let concept = Concept { terms, ..Concept::default() };
    let edit = |deed: Deed| data.with_store(|store| Ok(store.edit(&deed, "a reader", NOW)?)).unwrap();
    edit(Deed::Create { concept });
    derive(&data, None, &|_| ()).unwrap();
    assert_eq!(texts(&data, "新型湖泊"), ["new style lakes", "new-style lakes", "new-type lakes"]);
    let concept = data.with_store(|store| Ok(store.lookup("新型湖泊", Lookup::Exact, 1)?)).unwrap().remove(0);
    let zh = concept.term(Language::Zh).unwrap();
    assert_eq!(zh.count, 1, "the Chinese document uses it once, and the English one does not");
    let proposed = concept.terms.iter().find(|term| term.text == "new-type lakes").unwrap().id;
    edit(Deed::SetStatus { terms: vec![proposed], status: Status::Rejected });
    data.with_store(|store| Ok(store.mark_all_pending(Pending::Mentions)?)).unwrap();
    derive(&data, None, &|_| ()).unwrap();
    assert_eq!(texts(&data, "新型湖泊"), ["new style lakes", "new-style lakes"]);
}

#[test]
fn a_bitext_takes_the_place_of_mentions_and_gives_it_back() {
    let (_folder, data) = data();
    add(&data, GLOSSED);
    let en = add(&data, PLAIN);
    let zh = add(&data, ZH);
    derive(&data, None, &|_| ()).unwrap();
    let mentioned = |data: &Data| renderings(data, "新型湖泊").iter().map(|(.., documents)| documents).sum::<usize>();
    assert_eq!(mentioned(&data), 3);
    say_of_pair(&data, zh, en, PairRule::Set).unwrap();
    assert_eq!(mentioned(&data), 0);
    forget_pair(&data, zh, en).unwrap();
    say_of_pair(&data, zh, en, PairRule::Forbid).unwrap();
    assert_eq!(mentioned(&data), 3);
}
