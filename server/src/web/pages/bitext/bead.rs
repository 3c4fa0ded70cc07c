//! A bead by itself, with those around it: its word links one by one, and the form in which sentences are put together
//! otherwise.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use corpus::bitext::MadeBy;
use serde::Deserialize;

use super::rows::{self, SentenceView};
use crate::Error;
use crate::data::Data;
use crate::web::App;
use crate::web::bitext::{Aligned, Groups, Sides, side, write_sides};
use crate::web::link;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Said};

use corpus::document::Language;

/// How many beads before and after it can be changed together with a bead.
const AROUND: usize = 3;

/// The letters that beads go by in the form: more than there are beads, so that some are free for new ones.
const LETTERS: [&str; 12] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::pages) struct Params {
    zh: String,
    en: String,
    said: String,
}

#[derive(Template)]
#[template(path = "bead.html")]
struct BeadPage {
    shell: Shell,
    id: i64,
    titles: Vec<Said>,
    /// The bead's place in the bitext.
    back: String,
    notice: Option<&'static str>,
    zh: Vec<SentenceView>,
    en: Vec<SentenceView>,
    percent: u32,
    doubtful: bool,
    by_reader: bool,
    groups: Vec<GroupView>,
    seen: String,
    before: Option<String>,
    after: Option<String>,
    splits: bool,
    /// The bead with those around it.
    window: Vec<Lettered>,
    window_seen: String,
    letters: [&'static str; 12],
}

/// Words that are linked, on both sides.
struct GroupView {
    number: usize,
    zh: String,
    en: String,
}

/// A bead in the form, by its letter.
struct Lettered {
    letter: &'static str,
    here: bool,
    zh: Vec<String>,
    en: Vec<String>,
}

pub(in crate::web::pages) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let id = Thing::Bitext.number(&id)?;
    let aligned = app.run(move |data| find(data, id)).await?.ok_or(Problem::Missing(Thing::Bitext))?;
    let ord = match (super::number(&params.zh), super::number(&params.en)) {
        (Some(sentence), _) => aligned.bead_of(Language::Zh, sentence),
        (None, Some(sentence)) => aligned.bead_of(Language::En, sentence),
        (None, None) => None,
    };
    let page = ord.and_then(|ord| bead_page(shell, &params, &aligned, ord));
    super::super::page(&page.ok_or(Problem::Missing(Thing::Bead))?)
}

fn find(data: &Data, id: i64) -> Result<Option<Aligned>, Error> {
    data.with_store(|store| Aligned::read(store, id))
}

fn bead_page(shell: Shell, params: &Params, aligned: &Aligned, ord: usize) -> Option<BeadPage> {
    let bead = aligned.beads.get(ord)?;
    let groups = Groups::new(aligned.links(ord));
    let view = |language| rows::sentences(aligned, bead, language, &groups, &aligned.terms(language));
    let first = ord.saturating_sub(AROUND);
    let window = aligned.beads.get(first..aligned.beads.len().min(ord + AROUND + 1))?;
    let sides: Vec<Sides> = window.iter().map(Sides::from).collect();
    let beside = |ord: Option<usize>| Some(Sides::from(aligned.beads.get(ord?)?).to_string());
    let (side, sentence) = rows::anchor(bead);
    Some(BeadPage {
        id: aligned.bitext.id,
        titles: vec![view::title(&aligned.zh), view::title(&aligned.en)],
        back: link::url(&link::bitext(aligned.bitext.id), &[(side, &sentence.to_string())]),
        notice: shell.w.correction_notice(&params.said),
        zh: view(Language::Zh),
        en: view(Language::En),
        percent: view::percent(bead.score),
        doubtful: bead.is_doubtful(),
        by_reader: bead.made_by == MadeBy::Reader,
        groups: (0..groups.count).filter_map(|group| group_view(aligned, ord, &groups, group)).collect(),
        seen: Sides::from(bead).to_string(),
        before: beside(ord.checked_sub(1)),
        after: beside(ord.checked_add(1)),
        splits: bead.zh.len() + bead.en.len() > 1,
        window: (first..)
            .zip(LETTERS)
            .zip(window)
            .map(|((at, letter), _)| lettered(aligned, at, letter, ord))
            .collect(),
        window_seen: write_sides(&sides),
        letters: LETTERS,
        shell,
    })
}

fn lettered(aligned: &Aligned, at: usize, letter: &'static str, ord: usize) -> Lettered {
    let texts = |language| {
        let bead = aligned.beads.get(at);
        let indexes = bead.map_or(&[][..], |bead| side(bead, language)).iter();
        indexes
            .filter_map(|index| aligned.sentences(language).get(*index))
            .map(|sentence| sentence.text.clone())
            .collect()
    };
    Lettered { letter, here: at == ord, zh: texts(Language::Zh), en: texts(Language::En) }
}

/// The words of a group on each side; nothing where they are only punctuation.
fn group_view(aligned: &Aligned, ord: usize, groups: &Groups, number: usize) -> Option<GroupView> {
    let words = |language| {
        let bead = aligned.beads.get(ord);
        let mut words: Vec<&str> = Vec::new();
        for index in bead.map_or(&[][..], |bead| side(bead, language)) {
            let Some(sentence) = aligned.sentences(language).get(*index) else { continue };
            let of_group = groups.of(language, *index).iter().filter(|(_, linked)| *linked == number);
            words.extend(of_group.filter_map(|(range, _)| sentence.text.get(range.clone())));
        }
        words.join(if language == Language::Zh { " … " } else { " " })
    };
    let (zh, en) = (words(Language::Zh), words(Language::En));
    let is_worded = |text: &str| text.contains(char::is_alphanumeric);
    (is_worded(&zh) || is_worded(&en)).then_some(GroupView { number, zh, en })
}
