//! The first page: what this is, a search box, what there is.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::{App, link};

use super::documents::{work_date, works};
use corpus::bitext::Bitext;
use corpus::document::{Document, Language};
use corpus::term::{Concept, Term};

/// How many examples of each language to show.
const EXAMPLES: usize = 3;
/// How many of the most seen concepts to choose them from.
const CONCEPTS: usize = 60;
/// How sure the two designations of an example must be.
const SURE: f32 = 0.7;
/// How many of the newest documents to show.
const NEWEST: usize = 5;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    shell: Shell,
    documents: usize,
    terms: usize,
    waiting: Option<String>,
    examples: Vec<Said>,
    newest: Vec<Newest>,
}

/// A new document, with its translation.
struct Newest {
    titles: Vec<Said>,
    about: Vec<Said>,
}

pub(super) async fn show(State(app): State<App>, shell: Shell) -> Result<Response, Problem> {
    let found = app.run(|data| {
        data.with_store(|store| {
            let (documents, bitexts) = (store.documents()?, store.bitexts()?);
            Ok((documents, bitexts, store.concept_count()?, store.concepts(CONCEPTS, 0)?, store.waiting()?))
        })
    });
    let (documents, bitexts, terms, concepts, waiting) = found.await?;
    let waiting = shell.w.waiting(waiting);
    let examples = examples(&concepts);
    let newest = newest(&documents, &bitexts, &shell);
    super::page(&HomePage { shell, documents: documents.len(), terms, waiting, examples, newest })
}

/// Terms that show what a search in two languages finds: often seen, sure, and longer than a common word. Each concept
/// gives one example, in the one language or the other.
fn examples(concepts: &[Concept]) -> Vec<Said> {
    let telling = concepts.iter().filter_map(|concept| {
        let (zh, en) = (concept.term(Language::Zh)?, concept.term(Language::En)?);
        let long = zh.text.chars().count() >= 3 && en.text.contains(' ');
        (long && zh.confidence.min(en.confidence) >= SURE).then_some((zh, en))
    });
    let telling: Vec<(&Term, &Term)> = telling.take(EXAMPLES * 2).collect();
    let (even, odd) = (telling.iter().step_by(2), telling.iter().skip(1).step_by(2));
    let chosen = even.map(|(zh, _)| zh).chain(odd.map(|(_, en)| en));
    chosen.map(|term| Said::new(&term.text, term.language).to(link::search(&term.text))).collect()
}

fn newest(documents: &[Document], bitexts: &[Bitext], shell: &Shell) -> Vec<Newest> {
    let works = works(documents, bitexts);
    let mut dated: Vec<_> = works.iter().filter_map(|work| Some((work_date(work)?, work))).collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0));
    let shown = dated.into_iter().take(NEWEST).map(|(date, work)| {
        let kind = work.iter().find_map(|document| document.facts.kind).map(|kind| Said::plain(shell.w.kind(kind)));
        let about = [Said::plain(date)].into_iter().chain(kind);
        Newest { titles: work.iter().map(|document| view::title(document)).collect(), about: about.collect() }
    });
    shown.collect()
}
