//! What a watch would have found, as its form shows it.

use corpus::document::Language;
use corpus::watch::{Subject, WatchSettings};
use index::query::parse;

use crate::Error;
use crate::data::Data;
use crate::derive::{Tried, TriedDocument, try_watch};
use crate::search::reading::reading;
use crate::web::link;
use crate::web::shell::Shell;
use crate::web::view::{self, Part, Said};
use crate::web::words::note;

/// So many renderings are named.
const MOST_ALSO: usize = 24;

/// What a trial found.
pub(super) struct TrialView {
    /// How many documents.
    pub(super) told: String,
    /// That it is met by many.
    pub(super) common: Option<String>,
    /// How a query was read.
    pub(super) reading: Option<String>,
    /// Remarks on its unclear places.
    pub(super) notes: Vec<String>,
    /// The renderings that are met as well, or all designations of a concept.
    pub(super) also: Vec<Said>,
    pub(super) also_label: &'static str,
    pub(super) first: Vec<Line>,
}

/// A document that would have been found.
pub(super) struct Line {
    pub(super) title: Said,
    pub(super) date: Option<String>,
    /// The sentence that an alert would show, what is met marked.
    pub(super) parts: Vec<Part>,
    pub(super) lang: &'static str,
    pub(super) page: Option<(u32, String)>,
}

/// Tries settings.
pub(super) fn trial(data: &Data, shell: &Shell, settings: WatchSettings, since: i32) -> Result<TrialView, Error> {
    let ws = crate::web::words::WatchWords::of(shell.ui());
    let (reading, notes) = match &settings.subject {
        Subject::Query(query) => understood(shell, query),
        _ => Default::default(),
    };
    let query = match &settings.subject {
        Subject::Query(query) => query.to_lowercase(),
        _ => String::new(),
    };
    let tried = try_watch(data, settings, since)?;
    Ok(TrialView {
        told: shell.w.tried(&tried),
        common: tried.common.clone().map(|common| shell.w.common(common)),
        reading,
        notes,
        also: also(&query, &tried),
        also_label: if tried.also.is_empty() { ws.any_of } else { ws.also },
        first: tried.first.into_iter().map(line).collect(),
    })
}

/// How a query is read as a watch, and remarks on it.
fn understood(shell: &Shell, query: &str) -> (Option<String>, Vec<String>) {
    let parsed = parse(query);
    let told = parsed.query.map(|query| reading(&query.strict(), shell.w.reads()));
    (told, parsed.notes.iter().map(|remark| note(shell.ui(), remark)).collect())
}

/// What is met besides what the query says.
fn also(query: &str, tried: &Tried) -> Vec<Said> {
    let renderings = tried.also.iter().flat_map(|also| &also.renderings).map(|rendering| &rendering.text);
    let texts = renderings.chain(&tried.designations).filter(|text| !query.contains(&text.to_lowercase()));
    texts.take(MOST_ALSO).map(Said::by_script).collect()
}

fn line(tried: TriedDocument) -> Line {
    let sentence = tried.sentence.unwrap_or_default();
    Line {
        title: Said::new(tried.title, Language::from_code(tried.language)).to(link::document(tried.document)),
        date: tried.date,
        lang: tried.language,
        parts: view::marked(&sentence, &tried.atoms),
        page: tried.page.map(|page| (page, link::page(tried.document, page))),
    }
}
