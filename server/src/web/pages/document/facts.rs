//! The facts of a document, as its page shows them.

use std::collections::BTreeMap;

use crate::web::link;
use crate::web::view::{self, Said};
use crate::web::words::Words;
use corpus::bitext::Bitext;
use corpus::document::Document;
use corpus::facts::DateKind;

/// How many of the things that a document may name by the hundred are shown.
const SHOWN: usize = 200;

/// A fact in a line.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) values: Vec<Said>,
}

/// A commitment with a number.
pub(super) struct TargetView {
    pub(super) by: Option<i32>,
    pub(super) amount: String,
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
    pub(super) definition: String,
    pub(super) page: u32,
    pub(super) href: String,
}

/// A term with its counterpart in brackets.
pub(super) struct GlossView {
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) page: u32,
    pub(super) href: String,
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
    let lines = [
        (w.number, facts.document_number.iter().map(Said::by_script).collect()),
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

/// The commitments with numbers.
pub(super) fn targets(document: &Document) -> Vec<TargetView> {
    let targets = document.facts.targets.iter().take(SHOWN).map(|target| TargetView {
        by: target.by,
        amount: view::amount(target),
        what: target.what.clone(),
        sentence: target.sentence.clone(),
        page: target.page,
        href: link::page(document.id, target.page),
    });
    targets.collect()
}

/// The terms that the document defines.
pub(super) fn definitions(document: &Document) -> Vec<DefinitionView> {
    let definitions = document.facts.definitions.iter().take(SHOWN).map(|definition| DefinitionView {
        clause: definition.clause.clone().unwrap_or_default(),
        zh: definition.zh.clone(),
        en: definition.en.clone(),
        definition: definition.definition.clone(),
        page: definition.page,
        href: link::page(document.id, definition.page),
    });
    definitions.collect()
}

/// The glosses in brackets.
pub(super) fn glosses(document: &Document) -> Vec<GlossView> {
    let glosses = document.facts.glosses.iter().take(SHOWN).map(|gloss| GlossView {
        zh: gloss.zh.clone(),
        en: gloss.en.clone(),
        page: gloss.page,
        href: link::page(document.id, gloss.page),
    });
    glosses.collect()
}

/// What could not be read well.
pub(super) fn warnings(document: &Document) -> Vec<WarningView> {
    let warnings = document.warnings.iter().take(SHOWN);
    warnings.map(|warning| WarningView { page: warning.page, message: warning.message.clone() }).collect()
}
