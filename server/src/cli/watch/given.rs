//! A watch as the command line gives it.

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::watch::{ChannelKind, Schedule, Subject, WatchSettings};

/// What is tracked, of which documents, and how that is told.
#[derive(Debug, Args)]
pub(in crate::cli) struct Given {
    #[command(flatten)]
    subject: GivenSubject,
    /// What the watch is called
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// A note to yourself
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Only documents in this language; may be given again
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Vec<GivenLanguage>,
    /// Only documents of this kind, such as plan or standard; may be given again
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// How often alerts are sent
    #[arg(long, value_enum, value_name = "WHEN", default_value = "at-once")]
    schedule: GivenSchedule,
    /// Send alerts to this address, signed as Standard Webhooks says; may be given again
    #[arg(long, value_name = "URL")]
    webhook: Vec<String>,
    /// Send alerts to this mail address; may be given again
    #[arg(long, value_name = "ADDRESS")]
    mail: Vec<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct GivenSubject {
    /// A query of the search language; its renderings in the other language are watched too
    query: Option<String>,
    /// A concept of the termbase, by number: all that it is called in both languages, as the termbase has it then
    #[arg(long, value_name = "N")]
    concept: Option<i64>,
    /// What an agency issues: MIIT, or its name
    #[arg(long, value_name = "AGENCY")]
    issuer: Option<String>,
    /// A standard: new editions, what replaces it, citations
    #[arg(long, value_name = "NUMBER")]
    standard: Option<String>,
    /// A topic and those below it
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Documents that render a term otherwise than those before; * for any term
    #[arg(long, value_name = "TERM")]
    rendering: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GivenLanguage {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GivenSchedule {
    AtOnce,
    Daily,
    Weekly,
}

impl Given {
    /// It as settings of a watch.
    ///
    /// # Errors
    /// When there is no kind of that name.
    pub(super) fn settings(&self) -> anyhow::Result<WatchSettings> {
        let kind = |name: &String| {
            let kind = DocumentKind::ALL.into_iter().find(|kind| kind.name() == name.trim().replace('-', "_"));
            let names = DocumentKind::ALL.map(DocumentKind::name).join(", ");
            kind.with_context(|| format!("there is no kind '{name}'; there are {names}"))
        };
        let webhook = |url: &String| ChannelKind::Webhook { url: url.clone(), secret: String::new() };
        let mail = |address: &String| ChannelKind::Mail { address: address.clone() };
        Ok(WatchSettings {
            name: self.name.clone(),
            note: self.note.clone(),
            subject: self.subject.subject(),
            languages: self.language.iter().map(|language| language.language()).collect(),
            kinds: self.kind.iter().map(kind).collect::<anyhow::Result<_>>()?,
            schedule: self.schedule.schedule(),
            channels: self.webhook.iter().map(webhook).chain(self.mail.iter().map(mail)).collect(),
        })
    }
}

impl GivenSubject {
    /// The one that is given.
    fn subject(&self) -> Subject {
        let text = |given: &Option<String>, of: fn(String) -> Subject| given.clone().map(of);
        text(&self.query, |query| Subject::read(&query))
            .or(self.concept.map(Subject::Concept))
            .or_else(|| text(&self.issuer, Subject::Issuer))
            .or_else(|| text(&self.standard, Subject::Standard))
            .or_else(|| text(&self.topic, Subject::Topic))
            .or_else(|| text(&self.rendering, Subject::Rendering))
            .unwrap_or_else(|| Subject::Query(String::new()))
    }
}

impl GivenLanguage {
    fn language(self) -> Language {
        match self {
            Self::Zh => Language::Zh,
            Self::En => Language::En,
        }
    }
}

impl GivenSchedule {
    fn schedule(self) -> Schedule {
        match self {
            Self::AtOnce => Schedule::AtOnce,
            Self::Daily => Schedule::Daily,
            Self::Weekly => Schedule::Weekly,
        }
    }
}
