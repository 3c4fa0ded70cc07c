//! A delivery as its receiver gets it, and the way there.

use corpus::watch::{Alert, ChannelKind, Delivery};
use jiff::Timestamp;

use super::notice::{Item, Notice};
use super::outcome::{Again, Failure};
use super::settings::Settings;
use super::webhook::{Message, Webhooks, body};
use super::{mail, unsubscribe};

/// The longest part of a sentence that is told, in characters.
const LONGEST_SENTENCE: usize = 400;

/// What sends deliveries.
pub(super) struct Sender {
    settings: Settings,
    webhooks: Webhooks,
    /// The store's identity, by which links to stop are known as our own.
    identity: String,
}

impl Sender {
    pub(super) fn new(settings: Settings, identity: String) -> Self {
        let webhooks = Webhooks::new(settings.networks.clone(), settings.webhook_limit);
        Self { settings, webhooks, identity }
    }

    /// Sends a delivery, once. `now` is the time that the receiver has, too.
    pub(super) fn send(&self, delivery: &Delivery, now: Timestamp) -> Result<(), Failure> {
        let notice = self.notice(delivery);
        match &delivery.channel.kind {
            ChannelKind::Webhook { url, secret } => {
                let body = body(&notice);
                self.webhooks.send(Message { url, secret, id: &delivery.id, body: &body }, now)
            }
            ChannelKind::Mail { address } => match &self.settings.mail {
                Some(settings) => mail::send(settings, address, &notice, self.settings.chinese, now),
                None => Err(Failure::new(
                    Again::Later,
                    "no mail server is named; set POLICYGLOT_SMTP and POLICYGLOT_MAIL_FROM for the process that delivers",
                )),
            },
        }
    }

    fn notice(&self, delivery: &Delivery) -> Notice {
        let link = |path: String| self.settings.public_url.as_ref().map(|own| format!("{own}{path}"));
        let is_mail = matches!(delivery.channel.kind, ChannelKind::Mail { .. });
        let stop = is_mail.then(|| unsubscribe::path(&self.identity, delivery.channel.id));
        Notice {
            id: delivery.id.clone(),
            watch: delivery.watch,
            name: delivery.watch_name.clone(),
            created: delivery.created.clone(),
            total: delivery.total,
            items: delivery.alerts.iter().map(|alert| item(alert, link(page_of(alert)))).collect(),
            href: link(format!("/alerts?watch={}", delivery.watch)),
            stop: stop.and_then(link),
        }
    }
}

/// Where the alert's page of its document is.
fn page_of(alert: &Alert) -> String {
    format!("/document/{0}?page={1}#p{1}", alert.document, alert.page)
}

fn item(alert: &Alert, href: Option<String>) -> Item {
    Item {
        alert: alert.id,
        document: alert.document,
        title: alert.title.clone(),
        language: alert.language,
        href,
        occasion: alert.occasion.name(),
        atoms: alert.atoms.clone(),
        renderings: alert.renderings.clone(),
        sentence: shortened(&alert.sentence),
        page: alert.page,
        ocr: alert.ocr,
        created: alert.created.clone(),
    }
}

fn shortened(sentence: &str) -> String {
    match sentence.char_indices().nth(LONGEST_SENTENCE) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence.to_owned(),
    }
}
