//! Whether the settings of a watch can be used, and in which form they are kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use corpus::document::Language;
use corpus::text::normalise::normalise;
use corpus::watch::{ChannelKind, Subject, WatchSettings};
use index::query::parse;
use ingest::facts::agency_called;

use super::fault::{WatchFault, WatchField};
use super::standards::Standard;
use crate::Error;
use crate::data::Data;
use crate::derive::{taxonomy_for_names, topics};
use crate::terms::cached::termbase;

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// The longest note, in characters.
const LONGEST_NOTE: usize = 2000;
/// The longest that a subject may be, in characters.
const LONGEST_SUBJECT: usize = 2000;
/// The longest address of a webhook, in bytes.
const LONGEST_URL: usize = 2000;
/// The longest address of a mailbox, in bytes (RFC 5321, section 4.5.3.1).
const LONGEST_MAIL: usize = 254;
/// So many channels a watch may have.
const MOST_CHANNELS: usize = 20;
/// What secrets begin with, and how many bytes they hold (Standard Webhooks, "Signature scheme").
const SECRET: &str = "whsec_";
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
const MADE_UP_BYTES: usize = 32;

/// Why a part of the settings cannot be used, or could not be looked at.
#[derive(Debug)]
enum Wrong {
    Fault(WatchFault),
    Failed(Error),
}

impl From<WatchFault> for Wrong {
    fn from(fault: WatchFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// The faults that were found so far.
#[derive(Default)]
struct Faults(Vec<(WatchField, WatchFault)>);

impl Faults {
    /// The form in which a part of the settings is kept; `None` where its fault was noted.
    fn note<T>(&mut self, field: WatchField, checked: Result<T, Wrong>) -> Result<Option<T>, Error> {
        match checked {
            Ok(kept) => Ok(Some(kept)),
            Err(Wrong::Failed(error)) => Err(error),
            Err(Wrong::Fault(fault)) => {
                self.0.push((field, fault));
                Ok(None)
            }
        }
    }
}

/// The settings in the form in which they are kept, or all that is wrong with them.
///
/// # Errors
/// When the store fails.
pub(crate) fn check_watch(
    data: &Data,
    settings: WatchSettings,
) -> Result<Result<WatchSettings, Vec<(WatchField, WatchFault)>>, Error> {
    let mut faults = Faults::default();
    let name = faults.note(WatchField::Name, line("name", &settings.name, LONGEST_NAME))?.unwrap_or_default();
    let note = faults.note(WatchField::Note, text("note", &settings.note, LONGEST_NOTE))?.unwrap_or_default();
    let (languages, kinds) = (sorted(settings.languages), sorted(settings.kinds));
    let value = text("subject", &settings.subject.value(), LONGEST_SUBJECT);
    let subject = value.and_then(|_| subject(data, settings.subject));
    let subject = faults.note(WatchField::Subject, subject)?;
    if matches!(subject, Some((Subject::Rendering(_), _))) && !(languages.is_empty() && kinds.is_empty()) {
        faults.0.push((WatchField::Documents, WatchFault::LimitedRendering));
    }
    let channels = channels(&mut faults, settings.channels)?;
    let Some((subject, usual_name)) = subject.filter(|_| faults.0.is_empty()) else { return Ok(Err(faults.0)) };
    let name = if name.is_empty() { usual_name } else { name };
    let schedule = settings.schedule;
    Ok(Ok(WatchSettings { name, note, subject, languages, kinds, schedule, channels }))
}

/// The same, with the first fault as an error.
pub(super) fn checked(data: &Data, settings: WatchSettings) -> Result<WatchSettings, Error> {
    let first = |faults: Vec<(WatchField, WatchFault)>| {
        let fault = faults.into_iter().next().map_or(WatchFault::EmptyQuery(String::new()), |(_, fault)| fault);
        Error::Input(fault.to_string())
    };
    check_watch(data, settings)?.map_err(first)
}

fn text(what: &'static str, given: &str, longest: usize) -> Result<String, Wrong> {
    if given.chars().nth(longest).is_some() {
        return Err(WatchFault::TooLong(what, longest).into());
    }
    Ok(given.trim().to_owned())
}

/// Like [`text`], on one line.
fn line(what: &'static str, given: &str, longest: usize) -> Result<String, Wrong> {
    let given = text(what, given, longest)?;
    if given.chars().any(char::is_control) {
        return Err(WatchFault::ControlCharacter(what).into());
    }
    Ok(given)
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

/// A subject in the form in which it is kept, with the name of a watch on it that has none.
fn subject(data: &Data, subject: Subject) -> Result<(Subject, String), Wrong> {
    let unnamed = |subject| Ok((subject, String::new()));
    match subject {
        Subject::Query(query) => {
            // A line of a form or a command may be a watch on renderings.
            match Subject::read(&query) {
                Subject::Query(query) => checked_query(&query).and_then(unnamed),
                other => self::subject(data, other),
            }
        }
        Subject::Concept(concept) => Ok((Subject::Concept(concept), concept_name(data, concept)?)),
        Subject::Issuer(name) => match (agency_called(&name), name.trim()) {
            (Some(agency), _) => unnamed(Subject::Issuer(agency.id.clone())),
            (None, "") => Err(WatchFault::NoIssuer.into()),
            (None, name) => unnamed(Subject::Issuer(line("issuer", name, LONGEST_NAME)?)),
        },
        Subject::Standard(number) => {
            let plain = normalise(&line("standard", &number, LONGEST_NAME)?).text.trim().to_owned();
            if !Standard::read(&plain).is_number() {
                return Err(WatchFault::NoStandard(plain).into());
            }
            unnamed(Subject::Standard(Standard::read(&plain).written))
        }
        Subject::Topic(asked) => topic(data, &asked).and_then(unnamed),
        Subject::Rendering(term) => rendering(data, &term).and_then(unnamed),
    }
}

fn checked_query(query: &str) -> Result<Subject, Wrong> {
    let Some(parsed) = parse(query).query else { return Err(WatchFault::EmptyQuery(query.to_owned()).into()) };
    if parsed.atoms().is_empty() && topics::topics_asked(&parsed).is_empty() {
        return Err(WatchFault::NoText(query.to_owned()).into());
    }
    Ok(Subject::Query(query.to_owned()))
}

/// What a concept is called: its first designation in each language.
fn concept_name(data: &Data, concept: i64) -> Result<String, Wrong> {
    let base = termbase(data)?;
    let terms = base.terms.of(concept);
    let first = |language| terms.iter().filter(move |term| term.language == language).max_by_key(|term| term.count);
    let names: Vec<&str> =
        [Language::Zh, Language::En].into_iter().filter_map(first).map(|term| term.text.as_str()).collect();
    if names.is_empty() {
        return Err(WatchFault::NoConcept(concept).into());
    }
    Ok(names.join(" · ").chars().take(LONGEST_NAME).collect())
}

fn topic(data: &Data, asked: &str) -> Result<Subject, Wrong> {
    let asked = asked.trim();
    let taxonomy = taxonomy_for_names(data.folder());
    let named = |name: &str| name.to_lowercase() == asked.to_lowercase();
    let by_name = || taxonomy.topics.iter().find(|topic| named(&topic.zh) || named(&topic.en));
    match taxonomy.topic(asked).or_else(by_name) {
        Some(topic) => Ok(Subject::Topic(topic.id.clone())),
        None => Err(WatchFault::NoTopic(asked.to_owned()).into()),
    }
}

/// A term as the termbase has it, or `*` for any.
fn rendering(data: &Data, term: &str) -> Result<Subject, Wrong> {
    let term = term.trim();
    let is_known = |language| data.with_store(|store| Ok(!store.concepts_designated(term, language)?.is_empty()));
    if term != "*" && !is_known(Language::Zh)? && !is_known(Language::En)? {
        return Err(WatchFault::NoTerm(term.to_owned()).into());
    }
    Ok(Subject::Rendering(normalise(term).text))
}

fn channels(faults: &mut Faults, given: Vec<ChannelKind>) -> Result<Vec<ChannelKind>, Error> {
    if given.len() > MOST_CHANNELS {
        faults.0.push((WatchField::Channels, WatchFault::TooManyChannels(MOST_CHANNELS)));
        return Ok(Vec::new());
    }
    let mut channels: Vec<ChannelKind> = Vec::new();
    for (place, channel) in given.into_iter().enumerate() {
        let checked = faults.note(WatchField::Channel(place), checked_channel(channel))?;
        channels.extend(checked.filter(|channel| !channels.iter().any(|other| other.leads_where(channel))));
    }
    Ok(channels)
}

fn checked_channel(channel: ChannelKind) -> Result<ChannelKind, Wrong> {
    Ok(match channel {
        ChannelKind::Webhook { url, secret } => {
            ChannelKind::Webhook { url: web_address(&url)?, secret: checked_secret(&secret)? }
        }
        ChannelKind::Mail { address } => ChannelKind::Mail { address: mail_address(&address)? },
    })
}

/// An address that a webhook can have.
fn web_address(given: &str) -> Result<String, WatchFault> {
    let url = given.trim();
    if url.len() > LONGEST_URL {
        return Err(WatchFault::LongAddress(LONGEST_URL));
    }
    let scheme = url.split_once("://").map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    let Some((scheme, rest)) = scheme.filter(|(scheme, _)| matches!(scheme.as_str(), "http" | "https")) else {
        return Err(WatchFault::NoWebAddress);
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(WatchFault::UserInAddress);
    }
    if path.contains('#') {
        return Err(WatchFault::FragmentInAddress);
    }
    let unusable = |c: char| !c.is_ascii_graphic() || matches!(c, '\\' | '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}');
    if rest.chars().any(unusable) || !is_host(authority) {
        return Err(WatchFault::UnusableAddress);
    }
    Ok(format!("{scheme}://{}{path}", authority.to_ascii_lowercase()))
}

/// Whether it is a host, perhaps with a port.
fn is_host(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|p| p > 0);
    let is_name = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && !host.starts_with(['.', '-']);
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_v6 = inner.is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok());
    (is_name || is_v6) && port.is_none_or(is_port)
}

fn mail_address(given: &str) -> Result<String, WatchFault> {
    let address = given.trim();
    if address.len() > LONGEST_MAIL || address.parse::<lettre::Address>().is_err() {
        return Err(WatchFault::NoMailAddress);
    }
    Ok(address.to_owned())
}

/// A secret as it is given, or a new one.
fn checked_secret(given: &str) -> Result<String, Wrong> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(made_up_secret()?);
    }
    let bytes = given.strip_prefix(SECRET).and_then(|rest| STANDARD.decode(rest).ok());
    if bytes.is_none_or(|bytes| !SECRET_BYTES.contains(&bytes.len())) {
        return Err(WatchFault::NoSecret.into());
    }
    Ok(given.to_owned())
}

fn made_up_secret() -> Result<String, Error> {
    let mut bytes = [0; MADE_UP_BYTES];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| Error::Input("the system gives no random numbers; try again".to_owned()))?;
    Ok(format!("{SECRET}{}", STANDARD.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_url(given: &str, kept: Result<&str, &str>) {
        match (web_address(given), kept) {
            (Ok(url), Ok(kept)) => assert_eq!(url, kept),
            (Err(error), Err(why)) => assert!(error.to_string().contains(why), "{error}"),
            (found, _) => panic!("{given}: {found:?}"),
        }
    }

    #[test]
    fn a_webhook_has_an_address_without_a_user() {
        check_url(" HTTPS://Example.ORG/Hook?a=B ", Ok("https://example.org/Hook?a=B"));
        check_url("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check_url("http://[::1]:9/x", Ok("http://[::1]:9/x"));
        for other in ["example.org", "ftp://example.org", "file:///tmp", "javascript://a", ""] {
            check_url(other, Err("must begin with http:// or https://"));
        }
        check_url("https://me:hidden@example.org/", Err("must not hold a user name"));
        check_url("https://example.org/#x", Err("fragment"));
        let unusable = ["https://", "https:///x", "https://a b/", "https://a:0/", "https://a:99999/", "https://[x]/"];
        for other in unusable.into_iter().chain(["https://a/\r\nX: y", "https://示例.org/", "https://a\\@b/"]) {
            check_url(other, Err(""));
        }
        check_url(&format!("https://example.org/{}", "a".repeat(2000)), Err("longer than"));
    }

    #[test]
    fn a_mail_address_is_one_address() {
        assert_eq!(mail_address(" keeper@example.org ").unwrap(), "keeper@example.org");
        for other in ["keeper", "a@b, c@d", "Keeper <a@b>", "a@b\r\nBcc: c@d", ""] {
            assert!(mail_address(other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_secret_is_made_up_where_none_is_given() {
        let (one, other) = (checked_secret("").unwrap(), checked_secret(" ").unwrap());
        assert_ne!(one, other);
        assert_eq!(STANDARD.decode(one.strip_prefix(SECRET).unwrap()).unwrap().len(), MADE_UP_BYTES);
        assert_eq!(checked_secret(&one).unwrap(), one);
        for short in ["whsec_", "whsec_c2hvcnQ=", "secret", "whsec_not base64"] {
            let why = checked_secret(short).unwrap_err();
            assert!(matches!(why, Wrong::Fault(WatchFault::NoSecret)), "{short}");
        }
    }
}
