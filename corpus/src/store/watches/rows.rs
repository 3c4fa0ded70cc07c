//! Watches, channels and alerts as rows.

use rusqlite::Row;
use serde::Deserialize;

use crate::document::Language;
use crate::facts::DocumentKind;
use crate::store::Error;
use crate::store::documents::as_usize;
use crate::watch::{Alert, Channel, ChannelKind, Occasion, Schedule, Subject, Watch};

/// Watches with their channels as JSON.
pub(super) const WATCH: &str = "
    SELECT id, name, note, subject, value, languages, kinds, schedule, paused, created,
           (SELECT json_group_array(json_object('id', id, 'kind', kind, 'target', target, 'secret', secret))
            FROM (SELECT * FROM channel WHERE channel.watch = watch.id ORDER BY id))
    FROM watch";

/// Alerts with what is shown of them.
pub(super) const ALERT: &str = "
    SELECT alert.id, alert.watch, watch.name, watch.subject, watch.value, alert.occasion, alert.earlier,
           alert.document, coalesce(document.facts ->> '$.title', document.name), document.language,
           alert.atoms, alert.renderings, coalesce(sentence.text, ''), coalesce(sentence.page, 1),
           EXISTS (SELECT 1 FROM page
                   WHERE page.document = document.id AND page.number = sentence.page AND page.kind = 'ocr'),
           alert.created, alert.seen IS NOT NULL, alert.sentence
    FROM alert
        JOIN watch ON watch.id = alert.watch
        JOIN document ON document.id = alert.document
        LEFT JOIN sentence ON sentence.document = alert.document AND sentence.ord = alert.sentence";

#[derive(Deserialize)]
struct ChannelRow {
    id: i64,
    kind: String,
    target: String,
    secret: Option<String>,
}

/// A row of [`WATCH`].
pub(super) fn watch_row(row: &Row<'_>) -> Result<Watch, Error> {
    let text = |index: usize| row.get::<_, String>(index);
    let codes: Vec<String> = serde_json::from_str(&text(5)?)?;
    let kinds: Vec<String> = serde_json::from_str(&text(6)?)?;
    let channels: Vec<ChannelRow> = serde_json::from_str(&text(10)?)?;
    Ok(Watch {
        id: row.get(0)?,
        name: row.get(1)?,
        note: row.get(2)?,
        subject: subject(&text(3)?, text(4)?),
        languages: codes.iter().map(|code| Language::from_code(code)).collect(),
        kinds: kinds.iter().filter_map(|name| kind(name)).collect(),
        schedule: Schedule::from_name(&text(7)?).unwrap_or_default(),
        paused: row.get(8)?,
        created: row.get(9)?,
        channels: channels.into_iter().map(channel_of).collect(),
    })
}

fn channel_of(row: ChannelRow) -> Channel {
    Channel { id: row.id, kind: channel_kind(&row.kind, row.target, row.secret) }
}

/// A channel's kind from its columns.
pub(super) fn channel_kind(kind: &str, target: String, secret: Option<String>) -> ChannelKind {
    match kind {
        "mail" => ChannelKind::Mail { address: target },
        _ => ChannelKind::Webhook { url: target, secret: secret.unwrap_or_default() },
    }
}

/// A watch's subject from its columns.
pub(super) fn subject(kind: &str, value: String) -> Subject {
    Subject::of(kind, &value).unwrap_or(Subject::Query(value))
}

/// What a watch is called, from its columns.
pub(super) fn watch_name(name: String, subject: &Subject) -> String {
    if name.is_empty() { subject.written() } else { name }
}

/// A row of [`ALERT`].
pub(super) fn alert_row(row: &Row<'_>) -> Result<Alert, Error> {
    let text = |index: usize| row.get::<_, String>(index);
    let subject = subject(&text(3)?, text(4)?);
    Ok(Alert {
        id: row.get(0)?,
        watch: row.get(1)?,
        watch_name: watch_name(text(2)?, &subject),
        query: subject.written(),
        occasion: Occasion::of(&text(5)?, row.get(6)?),
        document: row.get(7)?,
        title: row.get(8)?,
        language: Language::from_code(&text(9)?),
        atoms: serde_json::from_str(&text(10)?)?,
        renderings: serde_json::from_str(&text(11)?)?,
        sentence: row.get(12)?,
        page: row.get(13)?,
        ocr: row.get(14)?,
        created: row.get(15)?,
        seen: row.get(16)?,
        place: as_usize(row.get(17)?),
    })
}

fn kind(name: &str) -> Option<DocumentKind> {
    DocumentKind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// Languages as they are kept: their codes, sorted.
pub(super) fn languages_json(languages: &[Language]) -> Result<String, Error> {
    sorted(languages.iter().map(|language| language.code()))
}

/// Kinds as they are kept: their names, sorted.
pub(super) fn kinds_json(kinds: &[DocumentKind]) -> Result<String, Error> {
    sorted(kinds.iter().map(|kind| kind.name()))
}

fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> Result<String, Error> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    Ok(serde_json::to_string(&names)?)
}
