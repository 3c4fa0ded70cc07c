//! Mails: text and HTML of the same content, sent by SMTP.

#[cfg(test)]
mod tests;
mod words;

use askama::Template;
use jiff::Timestamp;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::{Address, Transport as _};

use self::words::Words;
use super::notice::Notice;
use super::outcome::{Again, Failure, shortened};
use super::settings::MailSettings;

/// The longest subject, in characters, that mail programs show.
const LONGEST_NAME: usize = 80;

#[derive(Template)]
#[template(path = "mail.txt")]
struct TextMail<'a> {
    w: &'static Words,
    subject: &'a str,
    notice: &'a Notice,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlMail<'a> {
    w: &'static Words,
    subject: &'a str,
    notice: &'a Notice,
}

/// Sends a notice to an address.
pub(super) fn send(
    settings: &MailSettings,
    address: &str,
    notice: &Notice,
    chinese: bool,
    now: Timestamp,
) -> Result<(), Failure> {
    let message = message(&settings.from, address, notice, chinese, now)?;
    match settings.transport.send(&message) {
        Ok(_) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

/// A notice as a mail.
///
/// # Errors
/// When the address is none.
fn message(from: &Mailbox, address: &str, notice: &Notice, chinese: bool, now: Timestamp) -> Result<Message, Failure> {
    let never = |why: &str| Failure::new(Again::Never, why);
    let to: Address = address.trim().parse().map_err(|_| never("it is no mail address; give the watch another"))?;
    let words = Words::of(chinese);
    let subject = subject(words, notice);
    let text = TextMail { w: words, subject: &subject, notice }.render();
    let html = HtmlMail { w: words, subject: &subject, notice }.render();
    let (Ok(text), Ok(html)) = (text, html) else { return Err(never("the mail could not be written")) };
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(now.into())
        // The same on every attempt, so that a mail sent twice is one to the reader.
        .message_id(Some(format!("<{}@{}>", notice.id, from.email.domain())))
        // Of what the mail says itself; titles and sentences are in the languages of their documents.
        .raw_header(header("Content-Language", words.lang)?)
        // No answering machine is to answer (RFC 3834).
        .raw_header(header("Auto-Submitted", "auto-generated")?);
    if let Some(stop) = &notice.stop {
        // One click of the mail program's own button is enough (RFC 8058).
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{stop}>"))?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    builder.multipart(MultiPart::alternative_plain_html(text, html)).map_err(|_| never("the mail could not be written"))
}

fn header(name: &'static str, value: &str) -> Result<HeaderValue, Failure> {
    let name = HeaderName::new_from_ascii(name.to_owned());
    let name = name.map_err(|_| Failure::new(Again::Never, "the mail could not be written"))?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// What is watched, and how much there is of what kind: `新质生产力: 3 new documents`.
fn subject(words: &Words, notice: &Notice) -> String {
    let first = notice.items.first().map(|item| item.occasion);
    let occasion = first.filter(|first| notice.items.iter().all(|item| item.occasion == *first));
    let name: String = notice.name.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_NAME).collect();
    format!("{name}{}{}", words.colon, words.count(occasion, notice.total))
}

/// What a mail server's answer means. What it says is told: it knows no secret but the password, which it does not say.
fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    let said = shortened(&error.to_string());
    match error.status().map(u16::from) {
        // No such mailbox, or not for us: it will be the same tomorrow.
        Some(code @ (550 | 551 | 553 | 556)) => {
            Failure::new(Again::Never, format!("the mail server refused it ({code}): {said}"))
        }
        Some(code) => Failure::new(Again::Later, format!("the mail server did not take it ({code}): {said}")),
        None => {
            let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let why = format!("the mail server named by POLICYGLOT_SMTP was not reached: {said} {}", shortened(&cause));
            Failure::new(Again::Silent, why.trim_end().to_owned())
        }
    }
}
