//! The first page: what this is, a search box, what there is.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::{App, link};

use corpus::document::Language;
use corpus::store::{ShelfFilter, ShelfOrder};
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
            let newest = store.shelf(&ShelfFilter::default(), ShelfOrder::Date, NEWEST, 0)?;
            let documents = store.document_count()?;
            Ok((documents, newest, store.concept_count()?, store.concepts(CONCEPTS, 0)?, store.waiting()?))
        })
    });
    let (documents, newest, terms, concepts, waiting) = found.await?;
    let waiting = shell.w.waiting(waiting);
    let examples = examples(&concepts);
    let newest = super::documents::newest(shell.w, &newest);
    let newest = newest.into_iter().map(|(titles, about)| Newest { titles, about }).collect();
    super::page(&HomePage { shell, documents, terms, waiting, examples, newest })
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
