//! What a document says of itself: one module a kind of fact, each a plain function over the blocks.

mod agencies;
mod boundary;
mod bounds;
mod citations;
mod clauses;
mod committees;
mod dates;
mod definitions;
mod excerpt;
mod footnotes;
mod glosses;
mod head;
mod issuers;
mod mentions;
mod numbers;
mod outline;
mod periods;
mod quantities;
mod regions;
mod standard_record;
mod standards;
mod status;
mod targets;

pub use agencies::{agency, agency_called, predecessors, successor};
pub(crate) use footnotes::{Noted, noted};
pub use standards::{StandardNumber, standard_number};

use corpus::document::{Block, Language, Script, Sentence};
use corpus::facts::{DocumentKind, Facts};

/// At the most so many facts of one kind are kept of one document, so that a hostile file stays small.
const MOST: usize = 5_000;

/// The running text of a document, as the readers of facts share it.
struct Text<'a> {
    blocks: &'a [Block],
    sentences: &'a [Sentence],
    language: Language,
}

/// The facts of a document from its blocks and sentences.
///
/// `noted` are the notes whose marks the layout found; where there are none, raised digits in the text are looked for.
/// `title_hint` is the title of the file's own metadata; it is used only where the text gives none.
pub(crate) fn facts(
    blocks: &[Block],
    sentences: &[Sentence],
    noted: &[Noted],
    language: Language,
    title_hint: Option<&str>,
) -> Facts {
    let (blocks, sentences) = (&*bounds::blocks(blocks), &*bounds::sentences(sentences));
    let text = Text { blocks, sentences, language };
    let head = head::head(&text, title_hint);
    let mentions = agencies::mentions(&text);
    let (issuers, agencies) = issuers::issuers(&text, &head, &mentions);
    let number = numbers::document_number(&text, &head);
    let kind = head::kind(&text, &head, number.is_some());
    let standard = standard_record::standard_record(&text, kind);
    let number = standard.as_ref().and_then(|_| standard_record::printed_number(&text)).or(number);
    let plan = periods::plan_periods(&text, &head);
    let by_default = head.title.as_deref().and_then(periods::end_of_title_period);
    let in_text = if noted.is_empty() { footnotes::noted_in_text(blocks) } else { Vec::new() };
    let noted = if noted.is_empty() { &in_text } else { noted };
    let (definitions, listed) = definitions::definitions(&text);
    let mut facts = Facts {
        language: Some(language),
        script: script(blocks, language),
        status: status::status(&text, &head, kind),
        citations: citations::citations(&text, head.title.as_deref(), number.as_deref(), kind),
        mentions: Vec::new(),
        kind,
        issuers,
        agencies,
        dates: dates::dates(&text, kind, &head),
        targets: targets::targets(&text, kind, by_default),
        standards: standards::standards(&text, standard.as_ref().map(|record| record.number.as_str())),
        committees: committees::committees(&text),
        standard,
        glosses: glosses::glosses(&text, &definitions, &listed, noted),
        definitions,
        footnotes: footnotes::footnotes(blocks),
        outline: outline::outline(blocks),
        plan_periods: plan,
        source_urls: head::source_urls(&text),
        title: head.title,
        title_translated: head.title_translated,
        translator: head.translator,
        editor: head.editor,
        source: head.source,
        document_number: number,
    };
    limit(&mut facts);
    facts.mentions = mentions::mentions(&text, &facts, &mentions);
    facts
}

/// The first date in a value that is known to be one, ISO 8601: a day, or a month or year where no more is said.
pub(crate) fn date_in(value: &str) -> Option<String> {
    let value = value.trim();
    let day = value.split(['T', ' ']).next().unwrap_or_default();
    if dates::is_iso(day) {
        return Some(day.to_owned());
    }
    dates::find(day).into_iter().chain(dates::find(value)).map(|found| found.iso).next()
}

/// The kinds of which a document is no policy with commitments of its own.
fn is_normative(kind: Option<DocumentKind>) -> bool {
    matches!(kind, Some(DocumentKind::Measures | DocumentKind::Standard | DocumentKind::Announcement))
}

fn limit(facts: &mut Facts) {
    facts.agencies.truncate(MOST);
    facts.dates.truncate(MOST);
    facts.targets.truncate(MOST);
    facts.standards.truncate(MOST);
    facts.glosses.truncate(MOST);
    facts.definitions.truncate(MOST);
    facts.footnotes.truncate(MOST);
    facts.outline.truncate(MOST);
    facts.source_urls.truncate(MOST);
}

/// The script of a Chinese document's running text.
fn script(blocks: &[Block], language: Language) -> Option<Script> {
    let chinese = blocks.iter().filter(|block| block.kind.is_running_text() && block.language == Language::Zh);
    let text: String = chinese.map(|block| front(&block.text, 4_000)).take(2_000).collect();
    crate::language::script(&text).filter(|_| language == Language::Zh)
}

/// The last bytes of a text, as a limit to what one place of a long sentence is judged by.
fn tail(text: &str, bytes: usize) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(bytes))..).unwrap_or_default()
}

/// The first bytes of a text.
fn front(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or_default()
}

/// Adds an item that is not there yet, as long as there are not too many.
fn add_once<T: PartialEq>(items: &mut Vec<T>, item: T) {
    if items.len() < MOST && !items.contains(&item) {
        items.push(item);
    }
}

#[cfg(test)]
mod tests;
