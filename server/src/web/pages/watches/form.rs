//! What the form of a watch says.

use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::watch::{ChannelKind, Schedule, Subject, Watch, WatchSettings};

use crate::derive::{WatchField, usual_since};

/// The kinds of subjects, as forms and addresses name them.
pub(super) const KINDS: [&str; 6] = ["query", "concept", "issuer", "standard", "topic", "rendering"];
/// The languages that documents can be limited to.
pub(super) const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];
/// So many addresses a form has room for: more than a watch may have, so that all can be shown with what is wrong.
const MOST_ROWS: usize = 40;

/// The fields of the form as they were typed.
#[derive(Clone, Debug, Default)]
pub(super) struct WatchForm {
    /// The watch that is changed; a new one where there is none.
    pub(super) id: Option<i64>,
    /// The place among [`KINDS`] of the kind that is chosen.
    pub(super) kind: usize,
    pub(super) values: [String; KINDS.len()],
    /// The concept that was chosen for what is typed as a concept.
    pub(super) concept: Option<Chosen>,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) languages: Vec<Language>,
    pub(super) kinds: Vec<DocumentKind>,
    pub(super) schedule: Schedule,
    pub(super) mails: Vec<String>,
    pub(super) webhooks: Vec<String>,
    pub(super) paused: bool,
    /// The year since which a trial counts.
    pub(super) since: String,
}

/// A concept that stands for a text.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) concept: i64,
    /// The text, as it was typed when the concept was chosen.
    pub(super) text: String,
}

impl WatchForm {
    /// What a form or an address says; what it does not know is passed over.
    pub(super) fn read(fields: &[(String, String)]) -> Self {
        let mut form = Self::default();
        let (mut value, mut concept_id, mut concept_was) = (None, None, String::new());
        for (name, given) in fields {
            let given = given.replace("\r\n", "\n").trim().to_owned();
            match name.as_str() {
                "id" => form.id = given.parse().ok(),
                "kind" => form.kind = KINDS.iter().position(|kind| *kind == given).unwrap_or(0),
                "value" => value = Some(given),
                "concept_id" => concept_id = given.parse().ok(),
                "concept_was" => concept_was = given,
                "name" => form.name = given,
                "note" => form.note = given,
                "lang" => form.languages.extend(LANGUAGES.into_iter().find(|language| language.code() == given)),
                "doc" => form.kinds.extend(DocumentKind::ALL.into_iter().find(|kind| kind.name() == given)),
                "schedule" => form.schedule = Schedule::from_name(&given).unwrap_or_default(),
                "mail" if form.mails.len() < MOST_ROWS => form.mails.push(given),
                "webhook" if form.webhooks.len() < MOST_ROWS => form.webhooks.push(given),
                "paused" => form.paused = given == "1",
                "since" => form.since = given,
                other => {
                    let own = KINDS.iter().zip(&mut form.values).find(|(kind, _)| **kind == other);
                    if let Some((_, value)) = own {
                        *value = given;
                    }
                }
            }
        }
        if let Some(value) = value {
            form.set_value(value);
        }
        form.concept = concept_id.map(|concept| Chosen { concept, text: concept_was });
        form
    }

    /// The form of a watch as it is; `concept_name` is what the concept that it tracks is called.
    pub(super) fn of(watch: &Watch, concept_name: &str) -> Self {
        let kind = KINDS.iter().position(|kind| *kind == watch.subject.kind()).unwrap_or(0);
        let (mails, webhooks) = watch.channels.iter().partition(|channel| channel.kind.name() == "mail");
        let targets = |channels: Vec<&corpus::watch::Channel>| {
            channels.into_iter().map(|channel| channel.kind.target().to_owned()).collect()
        };
        let mut form = Self {
            id: Some(watch.id),
            kind,
            name: watch.name.clone(),
            note: watch.note.clone(),
            languages: watch.languages.clone(),
            kinds: watch.kinds.clone(),
            schedule: watch.schedule,
            mails: targets(mails),
            webhooks: targets(webhooks),
            paused: watch.paused,
            ..Self::default()
        };
        match watch.subject {
            Subject::Concept(concept) if !concept_name.is_empty() => form.choose(concept, concept_name.to_owned()),
            _ => form.set_value(watch.subject.value()),
        }
        form
    }

    /// The kind of subject that is chosen.
    pub(super) fn kind(&self) -> &'static str {
        KINDS.get(self.kind).copied().unwrap_or("query")
    }

    /// What is typed for a kind of subject.
    pub(super) fn value_of(&self, kind: &str) -> &str {
        KINDS.iter().zip(&self.values).find(|(own, _)| **own == kind).map_or("", |(_, value)| value)
    }

    /// What is typed for the kind that is chosen.
    pub(super) fn value(&self) -> &str {
        self.value_of(self.kind())
    }

    fn set_value(&mut self, value: String) {
        if let Some(own) = self.values.get_mut(self.kind) {
            *own = value;
        }
    }

    /// The concept that was chosen for the text that stands there now, if any.
    pub(super) fn chosen(&self) -> Option<&Chosen> {
        self.concept.as_ref().filter(|chosen| chosen.text == self.value_of("concept"))
    }

    /// Has a concept stand for a text.
    pub(super) fn choose(&mut self, concept: i64, text: String) {
        if let Some((_, own)) = KINDS.iter().zip(&mut self.values).find(|(kind, _)| **kind == "concept") {
            own.clone_from(&text);
        }
        self.concept = Some(Chosen { concept, text });
    }

    /// The year since which a trial counts.
    pub(super) fn since_year(&self) -> i32 {
        self.since.parse().ok().filter(|year| (0..=9999).contains(year)).unwrap_or_else(usual_since)
    }

    /// What is said of a watch on a subject. Webhooks that are new get their secrets later, those that are there keep
    /// theirs.
    pub(super) fn settings(&self, subject: Subject) -> WatchSettings {
        let filled = |rows: &[String]| rows.iter().filter(|row| !row.is_empty()).cloned().collect::<Vec<_>>();
        let mails = filled(&self.mails).into_iter().map(|address| ChannelKind::Mail { address });
        let webhooks = filled(&self.webhooks).into_iter();
        let webhooks = webhooks.map(|url| ChannelKind::Webhook { url, secret: String::new() });
        WatchSettings {
            name: self.name.clone(),
            note: self.note.clone(),
            subject,
            languages: self.languages.clone(),
            kinds: self.kinds.clone(),
            schedule: self.schedule,
            channels: mails.chain(webhooks).collect(),
        }
    }

    /// The element of the page that holds a part of the settings.
    pub(super) fn element(&self, field: WatchField) -> String {
        let rows = |rows: &[String], name: &str| {
            let filled = rows.iter().enumerate().filter(|(_, row)| !row.is_empty());
            filled.map(|(row, _)| format!("{name}-{row}")).collect::<Vec<_>>()
        };
        match field {
            WatchField::Name => "name".to_owned(),
            WatchField::Note => "note".to_owned(),
            WatchField::Subject => self.kind().to_owned(),
            WatchField::Documents => "documents".to_owned(),
            WatchField::Channels => "channels".to_owned(),
            WatchField::Channel(place) => {
                let mut all = rows(&self.mails, "mail").into_iter().chain(rows(&self.webhooks, "webhook"));
                all.nth(place).unwrap_or_else(|| "channels".to_owned())
            }
        }
    }

    /// Leaves out the rows that are empty, and has `mails` and `webhooks` empty ones at the end.
    pub(super) fn settle_rows(&mut self, mails: usize, webhooks: usize) {
        for (rows, empty) in [(&mut self.mails, mails), (&mut self.webhooks, webhooks)] {
            rows.retain(|row| !row.is_empty());
            rows.resize((rows.len() + empty).min(MOST_ROWS), String::new());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> WatchForm {
        WatchForm::read(&form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>())
    }

    #[test]
    fn an_address_fills_the_form() {
        let form = read("kind=issuer&value=+MOW+&name=Weather&lang=zh&lang=fr&doc=notice&doc=poem&schedule=weekly");
        assert_eq!((form.kind(), form.value(), &*form.name), ("issuer", "MOW", "Weather"));
        assert_eq!((form.languages, form.kinds), (vec![Language::Zh], vec![DocumentKind::Notice]));
        assert_eq!(form.schedule, Schedule::Weekly);
        assert_eq!(read("kind=colour&value=red").kind(), "query");
        assert_eq!(read("query=rain").value(), "rain");
    }

    #[test]
    fn faults_of_channels_are_told_where_they_were_typed() {
        let form = read("mail=&mail=a%40example.org&webhook=&webhook=&webhook=nonsense");
        assert_eq!(form.settings(Subject::read("rain")).channels.len(), 2);
        assert_eq!(form.element(WatchField::Channel(0)), "mail-1");
        assert_eq!(form.element(WatchField::Channel(1)), "webhook-2");
        assert_eq!(form.element(WatchField::Channel(9)), "channels");
    }

    #[test]
    fn a_concept_stands_for_the_text_it_was_chosen_for() {
        let chosen = |query: &str| read(query).chosen().map(|chosen| chosen.concept);
        assert_eq!(chosen("kind=concept&concept=lamp&concept_was=lamp&concept_id=3"), Some(3));
        assert_eq!(chosen("kind=concept&concept=lantern&concept_was=lamp&concept_id=3"), None);
        assert_eq!(chosen("kind=concept&concept=lamp"), None);
    }
}
