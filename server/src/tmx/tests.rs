use corpus::bitext::{MadeBy, PairedBy};
use corpus::store::{Added, Alignment};
use quick_xml::Reader;
use quick_xml::events::BytesStart;

use super::*;

/// A data folder with a bitext of two texts, a sentence a line, and these beads.
fn data(zh: &str, en: &str, beads: &[Bead]) -> (tempfile::TempDir, Data, i64) {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::open(folder.path()).unwrap();
    let read = |name: &str, text: &str| {
        let hash = corpus::document::DocumentHash::of(text.as_bytes());
        ingest::read::read_text(name, name, hash, text.as_bytes()).unwrap()
    };
    let documents = [read("云 & 雨.txt", zh), read("clouds<1>.txt", en)];
    let bitext = data.with_store(|store| {
        let added = store.add_documents(&documents, false, "2026-11-22T08:00:00Z")?;
        let [Added::New(zh), Added::New(en)] = added[..] else { panic!("{added:?}") };
        let id = store.put_bitext(zh, en, PairedBy::Number, 1.0, &[])?;
        let alignment = Alignment { beads, links: &[], words: &[], terms: &[], corrections: &[] };
        assert!(store.put_alignment(id, &alignment)?);
        Ok(id)
    });
    (folder, data, bitext.unwrap())
}

fn bead(zh: &[usize], en: &[usize], score: f32) -> Bead {
    Bead { zh: zh.to_vec(), en: en.to_vec(), score, made_by: MadeBy::Aligner }
}

/// Names and what they stand for.
type Named = Vec<(String, String)>;

/// What a reader of the file sees: the segments of each unit, each with its language, and the units' properties.
fn read_back(text: &str) -> Vec<(Named, Named)> {
    let mut reader = Reader::from_str(text);
    let attribute = |element: &BytesStart<'_>, name: &str| {
        let found = element.try_get_attribute(name).unwrap().map(|found| found.value.into_owned());
        found.unwrap_or_default()
    };
    let (mut units, mut language, mut property, mut content) =
        (Vec::new(), String::new(), String::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                content.clear();
                match element.name().as_ref() {
                    "tu" => units.push((Vec::new(), Vec::new())),
                    "tuv" => language = attribute(&element, "xml:lang"),
                    "prop" => property = attribute(&element, "type"),
                    _ => {}
                }
            }
            Event::Text(piece) => content.push_str(&piece),
            Event::GeneralRef(name) => content.push_str(match name.as_ref() {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("{other}"),
            }),
            Event::End(element) => {
                if let Some((segments, properties)) = units.last_mut() {
                    match element.name().as_ref() {
                        "seg" => segments.push((language.clone(), content.clone())),
                        "prop" => properties.push((property.clone(), content.clone())),
                        _ => {}
                    }
                }
            }
            Event::Eof => return units,
            _ => {}
        }
    }
}

#[test]
fn what_is_written_is_read_back_whatever_it_holds() {
    let (zh, en) = ("甲<乙>&丙。\n丁“戊”。\n己。", "A < B & \"C\".\nD is it's own.\nLeft alone.");
    let beads = [bead(&[0], &[0], 0.9), bead(&[1, 2], &[1], 0.8), bead(&[], &[2], 0.0)];
    let (_folder, data, id) = data(zh, en, &beads);
    let text = bitext_tmx(&data, id, Beads::Sure).unwrap().unwrap();
    let units: Vec<Vec<String>> = read_back(&text)
        .into_iter()
        .map(|(segments, _)| segments.into_iter().map(|(_, text)| text).collect())
        .collect();
    assert_eq!(units, [["甲<乙>&丙。", "A < B & \"C\"."], ["丁“戊”。己。", "D is it's own."]]);
    assert!(text.contains("<prop type=\"x-document-en\">clouds&lt;1&gt;.txt</prop>"), "{text}");
    assert!(text.chars().all(|c| c == '\n' || c >= ' '));
}

#[test]
fn what_xml_does_not_allow_is_dropped() {
    assert_eq!(allowed("a\u{1}b\u{b}c\td\r\ne\u{ffff}\u{fffe}云\u{1f327}"), "ab cd  e云🌧".replace("cd", "c d"));
}

#[test]
fn doubtful_beads_are_left_out_or_marked() {
    let beads = [bead(&[0], &[0], 0.9), bead(&[1], &[1], 0.2)];
    let (_folder, data, id) = data("甲。\n乙。", "A.\nB.", &beads);
    let sure = bitext_tmx(&data, id, Beads::Sure).unwrap().unwrap();
    assert_eq!(read_back(&sure).len(), 1);
    let all = read_back(&bitext_tmx(&data, id, Beads::All).unwrap().unwrap());
    let marked: Vec<bool> =
        all.iter().map(|(_, properties)| properties.contains(&("x-doubtful".into(), "yes".into()))).collect();
    assert_eq!(marked, [false, true]);
    assert_eq!(bitext_tmx(&data, id + 1, Beads::All).unwrap(), None);
}
