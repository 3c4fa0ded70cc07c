//! The facts of a document that fit a line each, as its page shows them.

use std::collections::BTreeMap;

use crate::web::link;
use crate::web::view::Said;
use crate::web::words::Words;
use corpus::bitext::Bitext;
use corpus::document::Document;
use corpus::facts::{DateKind, StandardRecord};

/// How many of the things that a document may name by the hundred are shown.
pub(super) const SHOWN: usize = 200;

/// A fact in a line.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) values: Vec<Said>,
}

/// Something that could not be read well.
pub(super) struct WarningView {
    pub(super) page: Option<u32>,
    pub(super) message: String,
}

/// The facts that fit a line each; those that the document does not give are left out.
pub(super) fn facts(w: &'static Words, document: &Document, bitext: Option<&Bitext>, has_file: bool) -> Vec<Fact> {
    let facts = &document.facts;
    let quoted = |text: &String| Said::plain(text).to(link::search(&format!("\"{text}\"")));
    let plain = |text: &String| Said::plain(text);
    let record = facts.standard.clone().unwrap_or_default();
    let status = facts.status.and_then(|status| w.document_status(status));
    let script = facts.script.and_then(|script| w.script(script));
    let lines = [
        (w.status, status.into_iter().chain(script).map(Said::plain).collect()),
        (w.number, facts.document_number.iter().map(Said::by_script).collect()),
        ("ICS", record.ics.iter().map(plain).collect()),
        ("CCS", record.ccs.iter().map(plain).collect()),
        (w.replaces, record.replaces.iter().map(quoted).collect()),
        (w.replaced_by, record.replaced_by.iter().map(quoted).collect()),
        (w.adopts, adopted(w, &record)),
        (w.jurisdiction, record.committee.iter().map(Said::by_script).collect()),
        (w.dates, dates(w, document)),
        (w.standards, facts.standards.iter().take(SHOWN).map(quoted).collect()),
        (w.committees, facts.committees.iter().take(SHOWN).map(quoted).collect()),
        (w.plan_periods, plan_periods(document)),
        (w.translator, facts.translator.iter().map(plain).collect()),
        (w.editor, facts.editor.iter().map(plain).collect()),
        (w.taken_from, facts.source.iter().chain(&facts.source_urls).take(SHOWN).map(plain).collect()),
        (w.paired, bitext.map(|bitext| Said::plain(w.paired_by(bitext.paired_by))).into_iter().collect()),
        (w.page_count, vec![Said::plain(w.pages_counted(document.page_count))]),
        (w.file, vec![file(document, has_file)]),
    ];
    let lines = lines.into_iter().map(|(name, values): (_, Vec<Said>)| Fact { name, values });
    lines.filter(|fact| !fact.values.is_empty()).collect()
}

/// The international standards that a standard adopts, and how closely.
fn adopted(w: &'static Words, record: &StandardRecord) -> Vec<Said> {
    let adopted = record.adopts.iter();
    let said = adopted.map(|adoption| Said::plain(format!("{} ({})", adoption.standard, w.degree(adoption.degree))));
    said.collect()
}

fn file(document: &Document, has_file: bool) -> Said {
    let name = Said::plain(&document.name);
    if has_file { name.to(link::file(document.id)) } else { name }
}

/// The dates that are the document's own, not those that its text merely names.
fn dates(w: &'static Words, document: &Document) -> Vec<Said> {
    let mut dates = BTreeMap::new();
    for date in document.facts.dates.iter().filter(|date| date.kind != DateKind::Mentioned) {
        dates.entry(date.date.as_str()).or_insert_with(Vec::new).push(w.date_kind(date.kind));
    }
    let said = dates.into_iter().map(|(date, kinds)| format!("{date} ({})", kinds.join(w.comma)));
    said.map(Said::plain).collect()
}

fn plan_periods(document: &Document) -> Vec<Said> {
    let periods = document.facts.plan_periods.iter().take(SHOWN);
    periods
        .map(|period| Said::new(format!("{} ({}–{})", period.name, period.from, period.to), document.language))
        .collect()
}

/// What could not be read well.
pub(super) fn warnings(document: &Document) -> Vec<WarningView> {
    let warnings = document.warnings.iter().take(SHOWN);
    warnings.map(|warning| WarningView { page: warning.page, message: warning.message.clone() }).collect()
}
