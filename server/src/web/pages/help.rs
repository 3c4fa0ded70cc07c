//! The help with queries: each way to write one, with examples that are searches.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::script;
use crate::web::words::{HELP, ReadingWords, Ui};
use crate::web::{App, link};

#[derive(Template)]
#[template(path = "search_help.html")]
struct HelpHtml {
    shell: Shell,
    r: &'static ReadingWords,
    sections: Vec<Section>,
}

struct Section {
    title: &'static str,
    examples: Vec<Example>,
}

struct Example {
    query: &'static str,
    lang: &'static str,
    href: String,
    finds: &'static str,
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/search/help", get(show))
}

async fn show(shell: Shell) -> Result<Response, Problem> {
    let ui = shell.ui();
    let say = |en: &'static str, zh: &'static str| if ui == Ui::En { en } else { zh };
    let sections = HELP.iter().map(|section| Section {
        title: say(section.en, section.zh),
        examples: section
            .examples
            .iter()
            .map(|example| Example {
                query: example.query,
                lang: script(example.query),
                href: link::url("/search", &[("q", example.query)]),
                finds: say(example.en, example.zh),
            })
            .collect(),
    });
    super::page(&HelpHtml { r: ReadingWords::of(ui), sections: sections.collect(), shell })
}

#[cfg(test)]
mod tests {
    use index::query::parse;

    use crate::web::words::HELP;

    #[test]
    fn every_example_is_read_without_a_remark() {
        for example in HELP.iter().flat_map(|section| section.examples) {
            let parsed = parse(example.query);
            assert!(parsed.query.is_some() && parsed.notes.is_empty(), "{}: {:?}", example.query, parsed.notes);
        }
    }
}
