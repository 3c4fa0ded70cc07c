//! An alert as the page shows it.

use std::collections::BTreeMap;

use corpus::document::Language;
use corpus::watch::{Alert, AlertDocument, Subject, Watch};
use jiff::tz::TimeZone;

use super::Found;
use super::days::local;
use super::met::{Met, Renderings, marked};
use super::subject;
use crate::derive::date_of_dates;
use crate::search::language_of_sentence;
use crate::terms::changes::rendering_watch;
use crate::web::link;
use crate::web::pages::watches::subject::Names;
use crate::web::view::{self, Part, Said};
use crate::web::words::{AlertsWords, OccasionSaid, Words};

/// An alert as the page shows it.
pub(super) struct Line {
    pub(super) id: i64,
    pub(super) title: Said,
    /// Kind, issuers, number and date of the document.
    pub(super) about: Vec<Said>,
    pub(super) watch: Said,
    pub(super) occasion: OccasionSaid,
    /// What became of a term's rendering, for a watch on that: the term, the former one, the new one.
    pub(super) change: Option<[String; 3]>,
    pub(super) passage: Option<Passage>,
    pub(super) met: Vec<Met>,
    /// When it was made, by the server's clock and as RFC 3339.
    pub(super) time: String,
    pub(super) created: String,
    pub(super) unseen: bool,
}

/// The sentence that met the watch.
pub(super) struct Passage {
    pub(super) lang: &'static str,
    pub(super) parts: Vec<Part>,
    /// Its place in the text.
    pub(super) href: String,
    /// Its place on the picture of the page, of a document that has pictures.
    pub(super) picture: Option<String>,
    pub(super) page: u32,
    pub(super) ocr: bool,
}

/// What lines are made with.
pub(super) struct Lines<'a> {
    w: &'static Words,
    aw: &'static AlertsWords,
    names: &'a Names<'a>,
    found: &'a Found,
    zone: &'a TimeZone,
    renderings: BTreeMap<i64, Renderings>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(names: &'a Names<'a>, aw: &'static AlertsWords, found: &'a Found, zone: &'a TimeZone) -> Self {
        let of = |(id, watch): (&i64, &Watch)| (*id, Renderings::new(names.base, watch));
        let renderings = found.watches.iter().map(of).collect();
        Self { w: names.w, aw, names, found, zone, renderings }
    }

    pub(super) fn line(&self, alert: &Alert) -> Line {
        let watch = self.found.watches.get(&alert.watch);
        let name = match watch {
            Some(watch) => subject::linked(self.names, watch),
            None => Said::by_script(&alert.watch_name).to(link::watch(alert.watch)),
        };
        let searched = match watch.map(|watch| &watch.subject) {
            Some(Subject::Query(query)) => query.as_str(),
            _ => "",
        };
        let change: Option<[String; 3]> = rendering_watch(&alert.query).and(alert.atoms.clone().try_into().ok());
        let met = match &change {
            Some(_) => Vec::new(),
            None => self.renderings.get(&alert.watch).map_or_else(Vec::new, |known| known.met(alert)),
        };
        let (_, time) = local(&alert.created, self.zone);
        let whole = link::url(&link::document(alert.document), &[("q", searched)]);
        let document = self.found.documents.get(&alert.document);
        Line {
            id: alert.id,
            title: Said::new(&alert.title, alert.language).to(whole),
            about: document.map_or_else(Vec::new, |document| about(self.w, document, alert.language)),
            watch: name,
            occasion: self.aw.occasion(alert.occasion),
            passage: self.passage(alert, searched, change.is_some()),
            change,
            met,
            time: format!("{:02}:{:02}", time.hour(), time.minute()),
            created: alert.created.clone(),
            unseen: !alert.seen,
        }
    }

    fn passage(&self, alert: &Alert, searched: &str, is_change: bool) -> Option<Passage> {
        if alert.sentence.is_empty() {
            return None;
        }
        // Of a change only the new rendering is in the sentence's document.
        let atoms = alert.atoms.get(if is_change { 2.. } else { 0.. }).unwrap_or_default();
        let place = alert.place.to_string();
        Some(Passage {
            lang: language_of_sentence(&alert.sentence, alert.language).code(),
            parts: marked(&alert.sentence, atoms),
            href: link::url(&link::document(alert.document), &[("q", searched), ("sentence", &place)]),
            picture: self
                .found
                .drawn
                .contains(&alert.document)
                .then(|| link::sentence_picture(alert.document, alert.page, alert.place)),
            page: alert.page,
            ocr: alert.ocr,
        })
    }
}

fn about(w: &'static Words, document: &AlertDocument, language: Language) -> Vec<Said> {
    let kind = document.kind.map(|kind| Said::plain(w.kind(kind)));
    let issuers = document.issuers.iter().map(|agency| view::agency(agency, language));
    let number = document.number.as_ref().or(document.standard.as_ref()).map(Said::by_script);
    let date = date_of_dates(&document.dates).map(Said::plain);
    kind.into_iter().chain(issuers).chain(number).chain(date).collect()
}
