use corpus::document::Language::{En, Zh};
use corpus::edit::Deed;
use corpus::term::{Concept, Definition, Field, Status, Term};

use super::*;
use crate::terms::exchange::reading::{Asked, read};

const NOW: &str = "2026-11-22T08:00:00Z";

struct Termbase {
    _folder: tempfile::TempDir,
    data: Data,
}

impl Termbase {
    /// A termbase with a concept for each list of designations: `潮汐 preferred`, `tide`.
    fn of(concepts: &[&[&str]]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::open(folder.path()).unwrap();
        let termbase = Self { _folder: folder, data };
        for terms in concepts {
            let terms = terms.iter().map(|term| {
                let (text, status) = term.rsplit_once(' ').unwrap_or((term, ""));
                let (text, status) = match Status::from_name(status) {
                    Some(status) => (text, status),
                    None => (*term, Status::Admitted),
                };
                let language = if text.is_ascii() { En } else { Zh };
                Term { confidence: 0.8, ..Term::new(text, language, status) }
            });
            termbase.create(Concept { terms: terms.collect(), ..Concept::default() });
        }
        termbase
    }

    fn create(&self, concept: Concept) {
        self.data.with_store(|store| Ok(store.edit(&Deed::Create { concept }, "test", NOW)?)).unwrap();
    }

    fn plan(&self, text: &str, wishes: impl FnOnce(&mut Wishes)) -> Plan {
        let mut asked = Wishes::for_file("words.csv");
        wishes(&mut asked);
        let file = read("words.csv", text.as_bytes(), &Asked::default()).unwrap();
        self.data.with_store(|store| make(store, &file.imported, &asked)).unwrap()
    }

    /// The designations of each concept, with their status where it is not admitted.
    fn shown(&self) -> Vec<String> {
        let concepts = self.data.with_store(|store| {
            let ids = store.concept_ids()?;
            ids.into_iter().map(|id| Ok(store.whole_concept(id)?.unwrap())).collect::<Result<Vec<_>, Error>>()
        });
        let shown = |term: &Term| match term.status {
            Status::Admitted => term.text.clone(),
            status => format!("{} ({})", term.text, status.name()),
        };
        let side = |concept: &Concept, language| {
            let mut terms: Vec<String> = concept.terms_in(language).map(shown).collect();
            terms.sort();
            terms.join(" / ")
        };
        concepts.unwrap().iter().map(|concept| format!("{} = {}", side(concept, Zh), side(concept, En))).collect()
    }
}

/// The outcomes of a plan in short.
fn outcomes(plan: &Plan) -> Vec<String> {
    let short = |line: &Line| {
        let value = serde_json::to_value(line).unwrap();
        let text = |name: &str| value.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let number = |name: &str| value.get(name).map(ToString::to_string).unwrap_or_default();
        format!(
            "{} {}{}{}{}{}",
            line.line,
            text("outcome"),
            Some(text("why")).filter(|why| !why.is_empty()).map_or(String::new(), |why| format!(" {why}")),
            Some(number("of")).filter(|of| !of.is_empty()).map_or(String::new(), |of| format!(" of {of}")),
            Some(number("with")).filter(|with| !with.is_empty()).map_or(String::new(), |with| format!(" with {with}")),
            if line.conflicts.is_empty() { "" } else { " conflict" },
        )
    };
    plan.lines.iter().map(short).collect()
}

/// Plans an import, checks what becomes of each line, carries it out, and checks what the termbase is then.
#[track_caller]
fn check(before: &[&[&str]], text: &str, wishes: impl Fn(&mut Wishes), expected: &[&str], after: &[&str]) {
    let termbase = Termbase::of(before);
    let plan = termbase.plan(text, &wishes);
    assert_eq!(outcomes(&plan), expected, "{:#?}", plan.lines);
    match carry_out(&termbase.data, &plan, "test", NOW) {
        Ok(_) => assert!(!plan.is_empty()),
        Err(error) => assert!(plan.is_empty() && error.to_string().contains("nothing to import"), "{error}"),
    }
    assert_eq!(termbase.shown(), after);
    let again = termbase.plan(text, wishes);
    assert!(again.is_empty(), "a second import changes nothing: {:#?}", again.lines);
}

fn careful(_: &mut Wishes) {}

#[test]
fn what_is_new_is_added() {
    check(&[], "中文,英文\n潮汐,tide\n海湾,bay\n", careful, &["2 added", "3 added"], &["潮汐 = tide", "海湾 = bay"]);
}

#[test]
fn another_rendering_is_added_to_the_concept_of_its_chinese_designation() {
    check(
        &[&["潮汐", "tide"]],
        "潮汐,tidal motion\n海湾,bay\n",
        careful,
        &["1 changed", "2 added"],
        &["潮汐 = tidal motion / tide", "海湾 = bay"],
    );
}

#[test]
fn what_is_there_is_left_alone() {
    check(
        &[&["潮汐 preferred", "tide preferred"]],
        "潮汐,Tide\n",
        careful,
        &["1 unchanged"],
        &["潮汐 (preferred) = tide (preferred)"],
    );
}

#[test]
fn duplicate_entries_erase_nothing() {
    let text = "中文,英文,定义,备注\n潮汐,tide,海水涨落,daily\n潮汐,tides,,\n潮汐,tide,另一个定义,also at night\n潮汐,tide,,\n";
    let termbase = Termbase::of(&[]);
    let plan = termbase.plan(text, careful);
    assert_eq!(outcomes(&plan), ["2 added", "3 joined with 2", "4 joined with 2", "5 duplicate of 2"]);
    carry_out(&termbase.data, &plan, "test", NOW).unwrap();
    assert_eq!(termbase.shown(), ["潮汐 = tide / tides"]);
    let concept = termbase.data.with_store(|store| Ok(store.concept(1)?)).unwrap().unwrap();
    assert_eq!(concept.note.as_deref(), Some("daily\nalso at night"));
    assert_eq!(concept.definition(Zh).unwrap().text, "海水涨落");
    assert_eq!(concept.other, [Field { name: "definition_zh".to_owned(), value: "另一个定义".to_owned() }]);
}

#[test]
fn no_metadata_is_lost_and_designations_say_where_they_are_from() {
    let termbase = Termbase::of(&[]);
    let text = "中文,英文,来源,审校人,Ticket\n潮汐,tide,手册,Wu,17\n海湾,bay,,,\n";
    carry_out(&termbase.data, &termbase.plan(text, careful), "test", NOW).unwrap();
    let [tide, bay] = [1, 2].map(|id| termbase.data.with_store(|store| Ok(store.concept(id)?)).unwrap().unwrap());
    let fields: Vec<_> = tide.other.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    assert_eq!(fields, [("审校人", "Wu"), ("Ticket", "17")]);
    assert_eq!(tide.term(En).unwrap().source.as_deref(), Some("手册"));
    assert_eq!(bay.term(En).unwrap().source.as_deref(), Some("words.csv"));
}

#[test]
fn entries_that_are_none_are_skipped_and_it_is_said_why() {
    let long = "潮".repeat(600);
    let text = format!("中文,英文\n潮汐,\n,bay\n潮流,コンピューター\n{long},long\n;,;\n礁,reef\n");
    check(
        &[],
        &text,
        careful,
        &[
            "2 skipped no_english",
            "3 skipped no_chinese",
            "4 skipped other_language",
            "5 skipped too_long",
            "6 skipped empty",
            "7 added",
        ],
        &["礁 = reef"],
    );
}

#[test]
fn a_rejected_pair_stays_rejected_unless_it_is_asked_for() {
    let before: &[&[&str]] = &[&["潮汐", "tide", "tied rejected"]];
    check(before, "潮汐,tied\n", careful, &["1 skipped rejected conflict"], &["潮汐 = tide / tied (rejected)"]);
    check(before, "潮汐,tied\n", |wishes| wishes.readmit = true, &["1 changed"], &["潮汐 = tide / tied"]);
    let text = "中文,英文,状态\n潮汐,tied; tidal motion,preferred\n";
    check(before, text, careful, &["2 changed conflict"], &["潮汐 = tidal motion / tide / tied (rejected)"]);
}

#[test]
fn an_entry_that_several_concepts_could_be_is_skipped_or_becomes_its_own() {
    let before: &[&[&str]] = &[&["潮", "tide"], &["潮", "damp"]];
    check(before, "潮,flow\n", careful, &["1 skipped ambiguous"], &["潮 = tide", "潮 = damp"]);
    let new = |wishes: &mut Wishes| wishes.ambiguous = Ambiguous::New;
    check(before, "潮,flow\n潮,damp\n", new, &["1 added", "2 unchanged"], &["潮 = tide", "潮 = damp", "潮 = flow"]);
}

#[test]
fn the_termbase_counts_where_the_file_says_otherwise_unless_it_is_overwritten() {
    let text = "中文,英文,状态\n潮汐,tide,弃用\n";
    let before: &[&[&str]] = &[&["潮汐 preferred", "tide preferred"]];
    check(before, text, careful, &["2 unchanged conflict"], &["潮汐 (preferred) = tide (preferred)"]);
    check(before, text, |wishes| wishes.overwrite = true, &["2 changed"], &["潮汐 (preferred) = tide (deprecated)"]);
}

#[test]
fn candidates_take_the_status_that_a_file_gives() {
    let before: &[&[&str]] = &[&["潮汐 candidate", "tide candidate"]];
    let as_it_was = ["潮汐 (candidate) = tide (candidate)"];
    check(
        before,
        "中文,英文,状态\n潮汐,tide,首选\n",
        careful,
        &["2 changed"],
        &["潮汐 (candidate) = tide (preferred)"],
    );
    check(before, "潮汐,tide\n", careful, &["1 unchanged"], &as_it_was);
    let admit = |wishes: &mut Wishes| wishes.status = Some(Status::Admitted);
    check(before, "潮汐,tide\n", admit, &["1 changed"], &["潮汐 = tide"]);
}

#[test]
fn what_the_termbase_cannot_hold_is_skipped_alone() {
    let text = format!("中文,英文,备注\n潮汐,tide,{}\n礁,reef,\n", "a".repeat(30_000));
    check(&[], &text, careful, &["2 skipped refused", "3 added"], &["礁 = reef"]);
}

#[test]
fn a_definition_fills_a_gap_and_never_replaces_one_unasked() {
    let termbase = Termbase::of(&[]);
    termbase.create(Concept {
        definitions: vec![Definition { language: Zh, text: "海水涨落。".to_owned(), source: None }],
        terms: vec![Term::new("潮汐", Zh, Status::Admitted), Term::new("tide", En, Status::Admitted)],
        ..Concept::default()
    });
    let text = "中文,英文,中文定义,英文定义\n潮汐,tide,另一个定义。,rise of the sea\n";
    let plan = termbase.plan(text, careful);
    assert_eq!(outcomes(&plan), ["2 changed conflict"]);
    assert_eq!(plan.lines[0].changes[0].what, What::Definition(En));
    assert_eq!(plan.lines[0].conflicts[0].termbase, "海水涨落。");
}

#[test]
fn an_import_is_undone_as_one() {
    let termbase = Termbase::of(&[&["潮汐", "tide"]]);
    let plan = termbase.plan("潮汐,tides\n海湾,bay\n礁,reef\n", careful);
    let carried = carry_out(&termbase.data, &plan, "test", NOW).unwrap();
    assert_eq!((carried.concepts, termbase.shown().len()), (3, 3));
    termbase.data.with_store(|store| Ok(store.undo_batch(carried.batch, "test", NOW)?)).unwrap();
    assert_eq!(termbase.shown(), ["潮汐 = tide"]);
}

#[test]
fn a_plan_is_known_by_what_it_would_do() {
    let termbase = Termbase::of(&[]);
    let plan = termbase.plan("潮汐,tide\n", careful);
    assert_eq!(fingerprint(&plan), fingerprint(&termbase.plan("潮汐,tide\n\n", careful)));
    assert_ne!(fingerprint(&plan), fingerprint(&termbase.plan("潮汐,tides\n", careful)));
}
