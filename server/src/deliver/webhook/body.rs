//! What a webhook says, as JSON: `type`, `timestamp` and `data` as the Standard Webhooks specification has them.

use serde::Serialize;

use crate::deliver::notice::Notice;

/// The kind of event; there is one.
const ALERTS_CREATED: &str = "alerts.created";

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    /// When the alerts were told off, the same on every attempt, RFC 3339.
    timestamp: &'a str,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    watch: Watch<'a>,
    /// How many alerts there are, told here or not.
    total: usize,
    /// Where all of them are.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    alerts: Vec<Alert<'a>>,
}

#[derive(Serialize)]
struct Watch<'a> {
    id: i64,
    name: &'a str,
}

#[derive(Serialize)]
struct Alert<'a> {
    id: i64,
    occasion: &'a str,
    document: i64,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    page: u32,
    ocr: bool,
    sentence: &'a str,
    atoms: &'a [String],
    renderings: &'a [String],
    created: &'a str,
}

/// A notice as the body of a webhook: the same bytes on every attempt.
pub(in crate::deliver) fn body(notice: &Notice) -> String {
    let alerts = notice.items.iter().map(|item| Alert {
        id: item.alert,
        occasion: item.occasion,
        document: item.document,
        title: &item.title,
        url: item.href.as_deref(),
        page: item.page,
        ocr: item.ocr,
        sentence: &item.sentence,
        atoms: &item.atoms,
        renderings: &item.renderings,
        created: &item.created,
    });
    let body = Body {
        r#type: ALERTS_CREATED,
        timestamp: &notice.created,
        data: Data {
            watch: Watch { id: notice.watch, name: &notice.name },
            total: notice.total,
            url: notice.href.as_deref(),
            alerts: alerts.collect(),
        },
    };
    // Strings and numbers cannot fail to be written.
    serde_json::to_string(&body).unwrap_or_default()
}
