//! Documents as they are cited: BibTeX and RIS.

mod bibtex;
mod ris;
#[cfg(test)]
mod tests;

use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::store::Brief;

pub(super) use bibtex::bibtex;
pub(super) use ris::ris;

/// What a citation says of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Citation {
    /// What it is.
    pub(super) kind: CitedAs,
    /// A name of it that no other document of the collection has, of letters, digits and hyphens.
    pub(super) key: String,
    /// Its title.
    pub(super) title: String,
    /// The title in the other language.
    pub(super) title_translated: Option<String>,
    /// The agencies that issued it.
    pub(super) authors: Vec<String>,
    /// ISO 8601, as exact as it is known.
    pub(super) date: Option<String>,
    /// The document number, or that of the standard.
    pub(super) number: Option<String>,
    /// The kind of document in English: `Notice`.
    pub(super) genre: Option<&'static str>,
    /// ISO 639-1.
    pub(super) language: &'static str,
    /// Where it was published.
    pub(super) url: Option<String>,
    /// Who translated it.
    pub(super) translator: Option<String>,
}

/// What a document is cited as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CitedAs {
    /// A report of an institution, which policies are cited as.
    #[default]
    Report,
    /// A standard.
    Standard,
    /// A report in the news.
    News,
}

impl Citation {
    /// The citation of a document.
    pub(super) fn new(brief: &Brief, title_translated: Option<String>) -> Self {
        let facts = &brief.facts;
        let standard = facts.standard.as_ref().map(|record| record.number.clone()).filter(|number| !number.is_empty());
        let kind = match facts.kind {
            Some(DocumentKind::News) => CitedAs::News,
            Some(DocumentKind::Standard) => CitedAs::Standard,
            _ if standard.is_some() => CitedAs::Standard,
            _ => CitedAs::Report,
        };
        let date = crate::derive::date_of_dates(&facts.dates);
        Self {
            kind,
            key: key(brief, date.as_deref()),
            title: brief.display_title().to_owned(),
            title_translated,
            authors: super::result::issuers(brief),
            date,
            number: standard.or_else(|| facts.document_number.clone()),
            genre: facts.kind.and_then(genre),
            language: brief.language.code(),
            url: url(brief),
            translator: facts.translator.clone(),
        }
    }

    /// The year, and the month and the day where they are known.
    fn date_parts(&self) -> impl Iterator<Item = &str> {
        self.date.as_deref().unwrap_or_default().split('-').filter(|part| !part.is_empty())
    }
}

/// The issuer's short name, the year and the number of the document: `miit-2024-12`.
fn key(brief: &Brief, date: Option<&str>) -> String {
    let issuer = brief.facts.issuers.first().map(|agency| agency.id.to_ascii_lowercase()).unwrap_or_default();
    let issuer: String = issuer.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    let issuer = if issuer.is_empty() { "document".to_owned() } else { issuer };
    let year: String = date.unwrap_or_default().chars().take_while(char::is_ascii_digit).take(4).collect();
    let year = if year.is_empty() { year } else { format!("-{year}") };
    format!("{issuer}{year}-{}", brief.id)
}

fn genre(kind: DocumentKind) -> Option<&'static str> {
    Some(match kind {
        DocumentKind::Notice => "Notice",
        DocumentKind::Guidelines => "Guidelines",
        DocumentKind::Opinions => "Opinions",
        DocumentKind::Measures => "Measures",
        DocumentKind::Plan => "Plan",
        DocumentKind::Standard => "Standard",
        DocumentKind::Announcement => "Announcement",
        DocumentKind::WhitePaper => "White paper",
        DocumentKind::Translation => "Translation",
        DocumentKind::News => return None,
    })
}

/// Where it came from, or else the first address that it names.
fn url(brief: &Brief) -> Option<String> {
    let is_address = |text: &&String| text.starts_with("https://") || text.starts_with("http://");
    let found = std::iter::once(&brief.source).chain(&brief.facts.source_urls).find(is_address);
    found.map(|url| url.chars().filter(|char| !char.is_whitespace() && !char.is_control()).collect())
}

/// The English name of a language, as citation styles want it.
fn language_name(code: &str) -> &'static str {
    match Language::from_code(code) {
        Language::Zh => "chinese",
        Language::En => "english",
        Language::Other => "",
    }
}

/// The text on one line, without control characters.
fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
