//! The grammar of ISO 30042:2019 and the rules of TBX-Basic, as far as they touch what is written.

use std::collections::HashSet;

use crate::terms::exchange::tbx::Version;
use crate::terms::exchange::tbx::category::{Category, Level, PART_OF_SPEECH, STATUS};
use crate::terms::exchange::xml::{Element, Parts, Step};

const INFORMATION: [&str; 8] = ["admin", "adminGrp", "descrip", "descripGrp", "note", "ref", "transacGrp", "xref"];
const NOTES: [&str; 2] = ["termNote", "termNoteGrp"];

/// Checks a file as a whole.
#[track_caller]
pub(super) fn check(version: &Version, file: &str) {
    let wanted = [version.root];
    let Some(Step::Whole(root)) = Parts::of(file, &wanted).next().unwrap() else { panic!("{file}") };
    assert_eq!(root.name, version.root);
    assert_eq!(names(&root), [version.header, "text"]);
    let mut ids = HashSet::new();
    let mut targets = Vec::new();
    walk(&root, &mut |element| {
        if let Some(id) = element.attribute("id") {
            assert!(ids.insert(id.to_owned()), "{id} twice");
        }
        targets.extend(element.attribute("target").filter(|_| element.name == "ref").map(str::to_owned));
    });
    assert!(targets.iter().all(|target| ids.contains(target)), "{targets:?}");
    let body = root.named("text").flat_map(|text| text.named("body")).flat_map(Element::elements);
    for entry in body {
        check_entry(version, entry);
    }
}

fn check_entry(version: &Version, entry: &Element) {
    assert_eq!(entry.name, version.entry);
    assert!(entry.attribute("id").is_some());
    let sections = check_order(entry, &INFORMATION, version.language);
    assert!(!sections.is_empty());
    check_information(version, entry, Level::Concept);
    for section in sections {
        assert!(section.language().is_some());
        check_information(version, section, Level::Language);
        let terms = check_order(section, &INFORMATION, version.term);
        assert!(!terms.is_empty());
        for term in terms {
            let all: Vec<&str> = names(term);
            let notes = all.iter().skip(1).take_while(|name| NOTES.contains(name)).count();
            assert_eq!(all[0], "term");
            assert!(all[1 + notes..].iter().all(|name| INFORMATION.contains(name)), "{all:?}");
            check_information(version, term, Level::Term);
        }
    }
}

/// Checks that information comes before sections, and gives these.
fn check_order<'a>(element: &'a Element, before: &[&str], section: &str) -> Vec<&'a Element> {
    let first = element.elements().position(|child| child.name == section).unwrap();
    assert!(element.elements().take(first).all(|child| before.contains(&child.name.as_str())), "{element:?}");
    let sections: Vec<&Element> = element.elements().skip(first).collect();
    assert!(sections.iter().all(|child| child.name == section), "{element:?}");
    sections
}

fn check_information(version: &Version, element: &Element, level: Level) {
    for child in element.elements() {
        let inner = names(child);
        match child.name.as_str() {
            "descripGrp" => check_group(child, "descrip", &["admin", "note"], level),
            "adminGrp" => check_group(child, "admin", &["note"], level),
            "transacGrp" => check_group(child, "transac", &["date", "note", "transacNote"], level),
            "termNoteGrp" => {
                assert!(version.groups_term_notes);
                check_group(child, "termNote", &["admin", "note"], level);
            }
            name if name == version.language || name == version.term => {}
            "transac" => panic!("a transaction stands in a group"),
            "note" | "term" => assert!(inner.is_empty()),
            _ => {
                assert!(inner.is_empty());
                check_category(child, level);
            }
        }
    }
}

fn check_group(group: &Element, head: &str, others: &[&str], level: Level) {
    let all = names(group);
    assert_eq!(all[0], head);
    assert!(all[1..].iter().all(|name| others.contains(name)), "{all:?}");
    check_category(group.elements().next().unwrap(), level);
}

fn check_category(element: &Element, level: Level) {
    let (name, value) = (element.attribute("type").unwrap(), element.text());
    assert_eq!(element.named("xref").count(), 0);
    match name {
        STATUS => assert!(value.ends_with("Term-admn-sts"), "{value}"),
        PART_OF_SPEECH => assert!(["noun", "verb", "adjective", "adverb", "other"].contains(&value.as_str())),
        // Also above the languages, where the schema lets it stand.
        "definition" => assert_ne!(level, Level::Term),
        _ => assert!(Category::of(name).unwrap().allows(level, &value), "{name} {value:?} at {level:?}"),
    }
}

fn names(element: &Element) -> Vec<&str> {
    element.elements().map(|child| child.name.as_str()).collect()
}

fn walk(element: &Element, each: &mut impl FnMut(&Element)) {
    each(element);
    for child in element.elements() {
        walk(child, each);
    }
}
