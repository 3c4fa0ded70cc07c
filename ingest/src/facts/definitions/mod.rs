//! Terms that a document defines: entries of a standard, lists of terms and abbreviations, definitions in running text.
//!
//! One file a form: [`entries`] with numbers (ISO 10241-1, GB/T 20001.1), [`lists`] and [`tables`] without, and
//! [`running`] text (本办法所称X，是指…). Entries and lists are looked for in the chapters that [`scope`] finds.

mod designations;
mod entries;
mod lists;
mod passages;
mod running;
mod scope;
mod tables;

use corpus::document::{Block, BlockKind};
use corpus::facts::Definition;

use super::{Text, add_once};
use crate::layout::letters::is_chinese;

/// A pair of designations that a table of terms gives without a definition, Chinese first, and its page.
pub(super) type Listed = (String, String, u32);

/// The definitions of a document in the order of its chapters, and the pairs of its tables of terms.
pub(super) fn definitions(text: &Text) -> (Vec<Definition>, Vec<Listed>) {
    let running: Vec<&Block> =
        text.blocks.iter().filter(|block| block.kind.is_running_text() && block.kind != BlockKind::Footnote).collect();
    let scopes = scope::scopes(&running);
    let mut found = Vec::new();
    for entry in entries::entries(&running, &scopes) {
        add_once(&mut found, entry);
    }
    let mut pairs = Vec::new();
    let mut others = lists::listed(&running, &scopes);
    for row in tables::rows(&running, &scopes) {
        let entry = entries::of_designations(row.designations, &row.definition, is_chinese(&row.definition));
        let entry = Definition { source: row.source, page: row.page, ..entry };
        match (&entry.zh, &entry.en) {
            (Some(zh), Some(en)) if entry.definition.is_empty() => pairs.push((zh.clone(), en.clone(), row.page)),
            _ => others.push(entry),
        }
    }
    others.extend(running::running(&running));
    for other in others {
        if !found.iter().any(|known| is_same(known, &other)) {
            add_once(&mut found, other);
        }
    }
    (found, pairs)
}

/// Whether two definitions are of the same term, and the second says no more.
fn is_same(known: &Definition, other: &Definition) -> bool {
    let same = known.zh == other.zh && known.en == other.en;
    let alike = known.zh.is_some() && known.zh == other.zh || known.en.is_some() && known.en == other.en;
    same || alike && other.definition.is_empty() && known.abbreviation == other.abbreviation
}

#[cfg(test)]
mod tests;
