//! The form of a concept's own fields: subject, definitions, note.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::derive::taxonomy_for_names;
use crate::terms::editing::{self, Refused, Seen, differences};
use crate::web::App;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::who::Who;
use crate::web::words::ConceptWords;

use corpus::document::Language;
use corpus::edit::Deed;
use corpus::term::{Concept, Definition};
use corpus::topic::Taxonomy;

use super::history::{Line, line};
use super::sent::{Sent, again, faults_told};

/// The fields of a concept as a form holds them.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    /// The identifier of a topic, or nothing.
    pub(super) topic: String,
    /// A subject in words of one's own.
    pub(super) subject: String,
    pub(super) zh: String,
    pub(super) zh_source: String,
    pub(super) en: String,
    pub(super) en_source: String,
    pub(super) note: String,
}

impl Fields {
    /// The fields as a concept has them.
    fn of(concept: &Concept, taxonomy: &Taxonomy) -> Self {
        let subject = concept.subject.clone().unwrap_or_default();
        let (topic, subject) =
            if taxonomy.topic(&subject).is_some() { (subject, String::new()) } else { (String::new(), subject) };
        let defined = |language| match concept.definition(language) {
            Some(definition) => (definition.text.clone(), definition.source.clone().unwrap_or_default()),
            None => Default::default(),
        };
        let ((zh, zh_source), (en, en_source)) = (defined(Language::Zh), defined(Language::En));
        Self { topic, subject, zh, zh_source, en, en_source, note: concept.note.clone().unwrap_or_default() }
    }

    /// The fields as a form sends them.
    pub(super) fn read(sent: &Sent) -> Self {
        Self {
            topic: sent.get("topic"),
            subject: sent.get("subject"),
            zh: sent.get("zh"),
            zh_source: sent.get("zh_source"),
            en: sent.get("en"),
            en_source: sent.get("en_source"),
            note: sent.get("note"),
        }
    }

    /// A concept with these fields, and the rest as another has it. A source without a definition says nothing.
    pub(super) fn put_into(&self, concept: &Concept) -> Concept {
        let some = |said: &String| Some(said.clone()).filter(|said| !said.is_empty());
        let own = [(Language::Zh, &self.zh, &self.zh_source), (Language::En, &self.en, &self.en_source)];
        let own = own.into_iter().filter(|(_, text, _)| !text.is_empty()).map(|(language, text, source)| Definition {
            language,
            text: text.clone(),
            source: some(source),
        });
        let kept = concept.definitions.iter().filter(|definition| definition.language == Language::Other).cloned();
        Concept {
            subject: some(&self.subject).or_else(|| some(&self.topic)),
            definitions: own.chain(kept).collect(),
            note: some(&self.note),
            ..concept.clone()
        }
    }
}

/// A topic to choose: its identifier, its name, how deep it stands.
pub(in crate::web::pages) struct TopicChoice {
    pub(in crate::web::pages) id: String,
    pub(in crate::web::pages) name: String,
}

/// The topics to choose from, those below others set in.
pub(in crate::web::pages) fn topic_choices(shell: &Shell, taxonomy: &Taxonomy) -> Vec<TopicChoice> {
    let choices = taxonomy.topics.iter().map(|topic| {
        let depth = taxonomy.ancestors(topic).len();
        let name = crate::web::view::topic(shell.w, taxonomy, &topic.id);
        TopicChoice { name: format!("{}{name}", "\u{2003}".repeat(depth)), id: topic.id.clone() }
    });
    choices.collect()
}

#[derive(Template)]
#[template(path = "concept_form.html")]
struct FormPage {
    shell: Shell,
    c: &'static ConceptWords,
    id: i64,
    heads: Vec<Said>,
    fields: Fields,
    topics: Vec<TopicChoice>,
    mark: String,
    who: String,
    faults: Vec<String>,
    /// What another said meanwhile, and what the form says.
    conflict: Vec<Line>,
}

async fn known(app: &App, id: i64) -> Result<(Concept, Taxonomy), Problem> {
    let known = app.run(move |data| {
        let concept = data.with_store(|store| Ok(store.whole_concept(id)?))?;
        Ok(concept.map(|concept| (concept, taxonomy_for_names(data.folder()))))
    });
    known.await?.ok_or(Problem::Missing(Thing::Concept))
}

fn page(shell: Shell, concept: &Concept, taxonomy: &Taxonomy, fields: Fields, who: &Who) -> FormPage {
    FormPage {
        c: ConceptWords::of(shell.ui()),
        id: concept.id,
        heads: super::heads(concept),
        topics: topic_choices(&shell, taxonomy),
        mark: editing::mark(concept),
        who: who.0.clone(),
        faults: Vec::new(),
        conflict: Vec::new(),
        fields,
        shell,
    }
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (concept, taxonomy) = known(&app, Thing::Concept.number(&id)?).await?;
    let fields = Fields::of(&concept, &taxonomy);
    crate::web::pages::page(&page(shell, &concept, &taxonomy, fields, &who))
}

/// Keeps what was typed; shows it again beside what is there where another came first.
pub(super) async fn keep(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::new(form);
    let who = who.or_named(&sent.get("by"));
    let (concept, taxonomy) = known(&app, Thing::Concept.number(&id)?).await?;
    let fields = Fields::read(&sent);
    let wanted = Concept { terms: Vec::new(), ..fields.put_into(&concept) };
    let faults = editing::check(&wanted);
    if !faults.is_empty() {
        let faults = faults_told(shell.w, &faults);
        let page = FormPage { faults, mark: sent.get("seen"), ..page(shell, &concept, &taxonomy, fields, &who) };
        return again(StatusCode::UNPROCESSABLE_ENTITY, crate::web::pages::page(&page));
    }
    let seen = vec![Seen { concept: concept.id, mark: sent.get("seen") }];
    if differences(&Concept { terms: Vec::new(), ..concept.clone() }, &wanted).is_empty() {
        return Ok(super::back_to(concept.id, "same", &who));
    }
    let (deed, by) = (Deed::Set { concept: wanted.clone() }, who.0.clone());
    match app.run(move |data| editing::edit(data, &deed, &seen, &by)).await? {
        Ok(_) => Ok(super::back_to(concept.id, "kept", &who)),
        Err(Refused::Missing(_)) => Err(Problem::Missing(Thing::Concept)),
        Err(Refused::Changed(_)) => {
            let (now, taxonomy) = known(&app, concept.id).await?;
            let changes = differences(&Concept { terms: Vec::new(), ..now.clone() }, &wanted);
            let conflict = changes.iter().map(|change| line(shell.w, change)).collect();
            let page = FormPage { conflict, ..page(shell, &now, &taxonomy, fields, &who) };
            again(StatusCode::CONFLICT, crate::web::pages::page(&page))
        }
    }
}
