//! What is exported is read back: each format alone, then through a termbase.

use corpus::document::Language::{self, En, Zh};
use corpus::edit::Deed;
use corpus::term::{Concept, Definition, Field, Status, Term};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::arbitrary::{any_concept, flattened};
use super::export::{Choice, Export, export, write};
use super::plan::{Outcome, Plan, Wishes, carry_out, make};
use super::reading::{Asked, read};
use super::table::columns::Column;
use super::{About, Format};
use crate::data::Data;

const NOW: &str = "2026-11-22T08:00:00Z";

fn written(concepts: &[Concept], asked: &Export) -> Vec<u8> {
    let about = About { title: "test".to_owned(), at: NOW.to_owned(), filter: String::new() };
    let mut file = Vec::new();
    let concepts_read = concepts.iter().cloned().map(Ok);
    assert_eq!(write(concepts_read, asked, &about, |_| Ok(None), &mut file).unwrap(), concepts.len());
    file
}

/// Text as a table holds it: without space around it, or characters that no text has.
fn tidy(text: &str) -> String {
    let held = text.chars().filter(|char| *char == '\n' || !char.is_control());
    let text: String = held.collect();
    let text = text.trim().trim_start_matches('\'').trim();
    if text.is_empty() { "x".to_owned() } else { text.to_owned() }
}

fn tidied(mut concept: Concept) -> Concept {
    let fields = |fields: &mut Vec<Field>| {
        for field in &mut *fields {
            *field = Field { name: tidy(&field.name), value: tidy(&field.value) };
        }
        fields.sort();
        fields.dedup();
    };
    let optional = |text: &mut Option<String>| *text = text.as_deref().map(tidy);
    optional(&mut concept.subject);
    optional(&mut concept.note);
    fields(&mut concept.other);
    for definition in &mut concept.definitions {
        definition.text = tidy(&definition.text);
        definition.source = definition.source.as_deref().map(tidy);
    }
    for term in &mut concept.terms {
        term.text = tidy(&term.text);
        term.variants = term.variants.iter().map(|variant| tidy(variant)).collect();
        for text in [&mut term.note, &mut term.region, &mut term.source] {
            optional(text);
        }
        fields(&mut term.other);
    }
    flattened(&concept)
}

#[track_caller]
fn check_round_trip(concepts: &[Concept], asked: &Export) {
    let concepts: Vec<Concept> =
        (1..).zip(concepts).map(|(id, concept)| tidied(Concept { id, ..concept.clone() })).collect();
    let file = written(&concepts, asked);
    let read = read("terms", &file, &Asked { format: Some(asked.format), ..Asked::default() }).unwrap();
    assert_eq!(read.imported.warnings, []);
    let found: Vec<Concept> = read.imported.entries.iter().map(|entry| flattened(&entry.concept)).collect();
    assert_eq!(found, concepts);
    assert!(read.imported.entries.iter().all(|entry| entry.without_status.is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn tables_and_json_lines_hold_everything(concepts in vec(any_concept(), 1..4), spreadsheet in any::<bool>()) {
        check_round_trip(&concepts, &Export::new(Format::Jsonl));
        for format in [Format::Csv, Format::Tsv] {
            check_round_trip(&concepts, &Export { spreadsheet, ..Export::new(format) });
        }
        check_round_trip(&concepts, &Export::new(Format::Xlsx));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200), format in select(&Format::ALL[..])) {
        let _ = read("terms.csv", &bytes, &Asked { format: Some(format), ..Asked::default() });
        let _ = read("terms.csv", &bytes, &Asked::default());
    }
}

/// A concept as people make them, with a Chinese designation that no other has.
fn plain_concept() -> impl Strategy<Value = Concept> {
    let status = || select(vec![Status::Preferred, Status::Admitted, Status::Superseded, Status::Deprecated]);
    let text = || "[a-z]{2,8}( [a-z]{2,8}){0,2}[;=|#\"']?[a-z]{0,3}";
    let fields = || vec((text(), text()), 0..3);
    let side = move |letters: &'static str| vec((letters, status(), of(text()), fields()), 1..3);
    let definitions = (of(text()), of("[海水涨落的变化，]{3,12}。"));
    (side("[潮汐海湾岸滩]{2,5}"), side("[a-z]{3,9}( [a-z]{3,9})?"), definitions, of(text()), of(text()), fields())
        .prop_map(|(zh, en, (en_definition, zh_definition), subject, note, fields)| {
            let field = |(name, value)| Field { name, value };
            let term = |language| {
                move |(text, status, note, fields): (String, Status, Option<String>, Vec<(String, String)>)| Term {
                    note,
                    source: Some("a book".to_owned()),
                    other: fields.into_iter().map(field).collect(),
                    ..Term::new(text, language, status)
                }
            };
            let definition = |language| move |text| Definition { language, text, source: None };
            let definitions = zh_definition.map(definition(Zh)).into_iter();
            Concept {
                subject,
                note,
                definitions: definitions.chain(en_definition.map(definition(En))).collect(),
                other: fields.into_iter().map(field).collect(),
                terms: zh.into_iter().map(term(Zh)).chain(en.into_iter().map(term(En))).collect(),
                ..Concept::default()
            }
        })
}

fn termbase(concepts: &[Concept]) -> (tempfile::TempDir, Data) {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::open(folder.path()).unwrap();
    // Two designations that fold alike are none that a concept can have.
    let deeds: Vec<Deed> = concepts.iter().map(|concept| Deed::Create { concept: concept.clone() }).collect();
    for deed in deeds {
        let _ = data.with_store(|store| Ok(store.edit(&deed, "test", NOW)?));
    }
    (folder, data)
}

fn plan(data: &Data, file: &[u8], format: Format, name: &str) -> Plan {
    let read = read(name, file, &Asked { format: Some(format), ..Asked::default() }).unwrap();
    data.with_store(|store| make(store, &read.imported, &Wishes::for_file(name))).unwrap()
}

fn exported(data: &Data, asked: &Export) -> Vec<u8> {
    let mut file = Vec::new();
    export(data, asked, NOW, &mut file).unwrap();
    file
}

/// All ways of exporting what can be imported.
fn exports() -> Vec<Export> {
    let formats = Format::ALL.into_iter().filter(|format| *format != Format::Skos);
    let mut exports: Vec<Export> = formats.map(Export::new).collect();
    let all = Choice { statuses: Status::ALL.to_vec(), ..Choice::default() };
    exports.extend([Format::Omegat, Format::Tmx].map(|format| Export::new(format).with(&all)));
    exports.push(Export { direction: super::omegat::Direction::EnZh, ..Export::new(Format::Omegat) });
    exports.push(Export { spreadsheet: true, ..Export::new(Format::Csv) });
    let columns = vec![Column::En, Column::Zh, Column::Status, Column::DefinitionZh, Column::Note];
    exports.push(Export { columns, ..Export::new(Format::Csv) });
    exports
}

fn without_numbers(mut concept: Concept) -> Concept {
    (concept.id, concept.changed) = (0, None);
    for term in &mut concept.terms {
        term.id = 0;
        term.confidence = 0.0;
    }
    concept.terms.sort_by_key(|term| (term.language != Zh, term.status, term.text.clone()));
    concept
}

fn all(data: &Data) -> Vec<Concept> {
    data.with_store(|store| {
        let ids = store.concept_ids()?;
        ids.into_iter().map(|id| Ok(without_numbers(store.whole_concept(id)?.unwrap()))).collect()
    })
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn an_export_imported_again_changes_nothing(concepts in vec(plain_concept(), 1..4)) {
        let (_folder, data) = termbase(&unlike(concepts));
        prop_assume!(!all(&data).is_empty());
        for asked in exports() {
            let file = exported(&data, &asked);
            if read("terms", &file, &Asked { format: Some(asked.format), ..Asked::default() }).is_err() {
                // Nothing of it may be used, so that a glossary of what may be is empty.
                prop_assert!(matches!(asked.format, Format::Omegat | Format::Tmx));
                continue;
            }
            let plan = plan(&data, &file, asked.format, "terms");
            prop_assert!(plan.is_empty(), "{:?}: {:#?}\n{}", asked, plan.lines, String::from_utf8_lossy(&file));
            for line in &plan.lines {
                prop_assert!(matches!(line.outcome, Outcome::Unchanged { .. }), "{:?}: {:#?}", asked.format, line);
                prop_assert!(line.conflicts.is_empty(), "{:?}: {:#?}", asked.format, line);
            }
        }
    }

    #[test]
    fn a_termbase_goes_into_an_empty_one_whole(concepts in vec(plain_concept(), 1..4)) {
        let (_folder, data) = termbase(&unlike(concepts));
        let before = all(&data);
        prop_assume!(!before.is_empty());
        for format in [Format::Csv, Format::Tsv, Format::Xlsx, Format::Jsonl, Format::Tbx, Format::Tbx2] {
            let file = exported(&data, &Export::new(format));
            let (_other_folder, other) = termbase(&[]);
            let plan = plan(&other, &file, format, "terms");
            carry_out(&other, &plan, "test", NOW).unwrap();
            let flat = |concepts: &[Concept]| concepts.iter().map(flattened).collect::<Vec<_>>();
            prop_assert_eq!(flat(&all(&other)), flat(&before), "{:?}", format);
        }
    }
}

/// Concepts of which no two share a Chinese designation.
fn unlike(concepts: Vec<Concept>) -> Vec<Concept> {
    const MARKS: [&str; 4] = ["甲", "乙", "丙", "丁"];
    let mark = |(mark, mut concept): (&str, Concept)| {
        for term in concept.terms.iter_mut().filter(|term| term.language == Zh) {
            term.text.push_str(mark);
        }
        concept
    };
    MARKS.into_iter().zip(concepts).map(mark).collect()
}

#[track_caller]
fn check_encoding(bytes: &[u8], expected: &[(&str, &str)]) {
    let file = read("words.csv", bytes, &Asked::default()).unwrap();
    let text = |concept: &Concept, language: Language| concept.term(language).map(|term| term.text.clone());
    let pairs: Vec<_> = file
        .imported
        .entries
        .iter()
        .map(|entry| (text(&entry.concept, Zh).unwrap(), text(&entry.concept, En).unwrap()))
        .collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(zh, en)| (zh.as_str(), en.as_str())).collect();
    assert_eq!(pairs, expected);
}

#[test]
fn files_are_read_in_the_encodings_that_programs_write() {
    let text = "中文,英文\r\n潮汐,tide\r\n海湾,bay\r\n珊瑚礁,coral reef\r\n";
    let expected = [("潮汐", "tide"), ("海湾", "bay"), ("珊瑚礁", "coral reef")];
    check_encoding(text.as_bytes(), &expected);
    check_encoding(format!("\u{feff}{text}").as_bytes(), &expected);
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check_encoding(&utf_16, &expected);
    // 中文,英文 潮汐,tide 海湾,bay 珊瑚礁,coral reef in GB 18030.
    let gb: Vec<u8> = [
        &b"\xd6\xd0\xce\xc4,\xd3\xa2\xce\xc4\r\n\xb3\xb1\xcf\xab,tide\r\n"[..],
        &b"\xba\xa3\xcd\xe5,bay\r\n\xc9\xba\xba\xf7\xbd\xb8,coral reef\r\n"[..],
    ]
    .concat();
    check_encoding(&gb, &expected);
}

#[test]
fn what_a_file_is_shows_in_its_beginning() {
    let concept = Concept {
        id: 1,
        terms: vec![Term::new("潮汐", Zh, Status::Preferred), Term::new("tide", En, Status::Preferred)],
        ..Concept::default()
    };
    for (format, name) in [
        (Format::Csv, "terms.csv"),
        (Format::Tsv, "terms.tsv"),
        (Format::Xlsx, "terms.xlsx"),
        (Format::Jsonl, "terms.jsonl"),
        (Format::Omegat, "terms.utf8"),
        (Format::Tbx, "terms.tbx"),
        (Format::Tmx, "terms.tmx"),
    ] {
        let file = written(std::slice::from_ref(&concept), &Export::new(format));
        let found = read(name, &file, &Asked::default()).unwrap();
        assert_eq!((found.format, found.imported.entries.len()), (format, 1), "{name}");
    }
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], expected: &str) {
    let failed = read(name, bytes, &Asked::default()).unwrap_err().to_string();
    assert!(failed.contains(expected), "{failed}");
}

#[test]
fn what_is_no_file_of_terms_is_refused_with_what_to_do() {
    refused("a.csv", b"", "the file is empty");
    refused("a.csv", b"\n\n", "the file is empty");
    refused("a.csv", b"one,two\nthree,four\n", "no column with Chinese terms");
    refused("a.xlsx", b"PK\x03\x04nothing", "save it as .xlsx again");
    refused("a.jsonl", b"{]\n", "there is no entry in the file");
    refused("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old office document");
    refused("a.csv", b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e", "text");
}
