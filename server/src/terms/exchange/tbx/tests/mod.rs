//! What is written is valid and comes back; what others write is understood.

mod foreign;
mod grammar;
mod round_trip;

use corpus::term::Concept;

use super::Version;
use crate::terms::exchange::{About, Caution, Imported};

fn about() -> About {
    About {
        title: "潮 & <Tide>".to_owned(),
        at: "2026-11-22T10:00:00Z".to_owned(),
        filter: "status preferred".to_owned(),
    }
}

fn written(version: &Version, concepts: &[Concept]) -> String {
    let mut file = Vec::new();
    super::writing::write(version, concepts.iter().cloned().map(Ok), &mut file, &about()).unwrap();
    String::from_utf8(file).unwrap()
}

#[track_caller]
fn read(file: &str) -> Imported {
    super::read(file.as_bytes()).unwrap()
}

#[track_caller]
fn concept(file: &str) -> Concept {
    let mut imported = read(file);
    assert_eq!(imported.entries.len(), 1, "{:?}", imported.warnings);
    imported.entries.remove(0).concept
}

/// What a file's warnings say.
fn warnings(imported: &Imported) -> Vec<String> {
    let said = imported.warnings.iter().map(|warning| match &warning.caution {
        Caution::Said { text } => text.clone(),
        caution => format!("{caution:?}"),
    });
    said.collect()
}
