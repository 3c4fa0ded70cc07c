//! The facts of a document that need a table each: targets, definitions, glosses, what it names.

use corpus::document::Document;
use corpus::facts::{Definition, Target};

use super::facts::SHOWN;
use crate::amount::amount;
use crate::web::link;
use crate::web::view::Said;
use crate::web::words::Words;

/// A commitment with a number.
pub(super) struct TargetView {
    pub(super) by: Option<i32>,
    pub(super) amount: String,
    pub(super) notes: String,
    pub(super) what: String,
    pub(super) sentence: String,
    pub(super) page: u32,
    pub(super) href: String,
}

/// A term that the document defines.
pub(super) struct DefinitionView {
    pub(super) clause: String,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    /// Abbreviation and other designations.
    pub(super) others: Vec<Said>,
    pub(super) definition: String,
    pub(super) notes: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) page: u32,
    pub(super) href: String,
}

/// A term with its counterpart in brackets or in a note.
pub(super) struct GlossView {
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) note: Option<String>,
    pub(super) page: u32,
    pub(super) href: String,
}

/// Something that the document names, and where.
pub(super) struct MentionView {
    pub(super) kind: &'static str,
    pub(super) name: Said,
    pub(super) sentence: String,
    pub(super) count: u32,
    pub(super) page: u32,
    pub(super) href: String,
}

/// The commitments with numbers.
pub(super) fn targets(w: &'static Words, document: &Document) -> Vec<TargetView> {
    let view = |target: &Target| TargetView {
        by: target.by,
        amount: amount(target),
        notes: w.target_notes(target.comparator, target.every, target.cumulative),
        what: target.what.clone(),
        sentence: target.sentence.clone(),
        page: target.page,
        href: link::page(document.id, target.page),
    };
    document.facts.targets.iter().take(SHOWN).map(view).collect()
}

/// The terms that the document defines.
pub(super) fn definitions(document: &Document) -> Vec<DefinitionView> {
    let view = |definition: &Definition| {
        let others = definition.abbreviation.iter().chain(&definition.admitted);
        DefinitionView {
            clause: definition.clause.clone().unwrap_or_default(),
            zh: definition.zh.clone(),
            en: definition.en.clone(),
            others: others.map(Said::by_script).collect(),
            definition: definition.definition.clone(),
            notes: definition.notes.clone(),
            source: definition.source.clone(),
            page: definition.page,
            href: link::page(document.id, definition.page),
        }
    };
    document.facts.definitions.iter().take(SHOWN).map(view).collect()
}

/// The glosses in brackets and in notes.
pub(super) fn glosses(document: &Document) -> Vec<GlossView> {
    let glosses = document.facts.glosses.iter().take(SHOWN).map(|gloss| GlossView {
        zh: gloss.zh.clone(),
        en: gloss.en.clone(),
        note: gloss.note.clone(),
        page: gloss.page,
        href: link::page(document.id, gloss.page),
    });
    glosses.collect()
}

/// What the document names: other documents, then agencies, standards, committees and plan periods.
pub(super) fn mentions(w: &'static Words, document: &Document) -> Vec<MentionView> {
    let facts = &document.facts;
    let cited = facts.citations.iter().map(|citation| {
        let parts: Vec<&str> = [&citation.title, &citation.number].into_iter().flatten().map(String::as_str).collect();
        let name = Said::by_script(parts.join(" "));
        (w.document_cited, name, &citation.sentence, 1, citation.page)
    });
    let named = facts.mentions.iter().map(|mention| {
        let name = Said::by_script(&mention.text).to(link::search(&format!("\"{}\"", mention.text)));
        (w.mention_kind(mention.kind), name, &mention.sentence, mention.count, mention.page)
    });
    let all = cited.take(SHOWN).chain(named.take(SHOWN));
    all.map(|(kind, name, sentence, count, page)| {
        let href = link::page(document.id, page);
        MentionView { kind, name, sentence: sentence.clone(), count, page, href }
    })
    .collect()
}
