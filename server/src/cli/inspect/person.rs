//! A document's facts as a person reads them: a heading for each kind, a line for each fact.

use std::fmt::Write as _;

use corpus::document::ReadDocument;
use corpus::facts::{Agency, Definition, Facts, MentionKind, StandardRecord, Target};
use corpus::topic::{Taxonomy, TopicClass};

use super::super::output;
use crate::amount::amount;

/// Lists of things that are only named are cut after so many; JSON has them all.
const SHOWN: usize = 40;
/// So many terms speak for a topic.
const TERMS: usize = 4;

pub(super) fn told(document: &ReadDocument, topics: &[TopicClass], taxonomy: &Taxonomy) -> String {
    let facts = &document.facts;
    let mut out = head(document);
    let mut section = |name: &str, rows: Vec<[String; 3]>| write_section(&mut out, name, rows);
    section("Issued by", facts.issuers.iter().map(agency).collect());
    section("Dates", dates(facts));
    section("Standard", facts.standard.as_ref().map(standard).unwrap_or_default());
    section("Topics", classed(topics, taxonomy));
    section("Targets", facts.targets.iter().map(target).collect());
    section("Definitions", facts.definitions.iter().map(definition).collect());
    section("Glosses", glosses(facts));
    section("Standards named", named(facts, MentionKind::Standard, &facts.standards));
    section("Committees named", named(facts, MentionKind::Committee, &facts.committees));
    section("Other agencies named", other_agencies(facts));
    section("Documents named", citations(facts));
    section("Plan periods", periods(facts));
    section("Outline", outline(facts));
    section(
        "Notes",
        facts.footnotes.iter().map(|note| [note.mark.clone(), note.text.clone(), page(note.page)]).collect(),
    );
    section("Taken from", taken_from(facts));
    out
}

/// Title, kind, language and number.
fn head(document: &ReadDocument) -> String {
    let facts = &document.facts;
    let mut out = String::new();
    for title in facts.title.iter().chain(&facts.title_translated) {
        let _ = writeln!(out, "{title}");
    }
    let script = facts.script.map(|script| format!("-{}", script.code())).unwrap_or_default();
    let parts = [
        facts.kind.map(|kind| kind.name().replace('_', " ")),
        facts.status.map(|status| status.name().to_owned()),
        facts.document_number.clone(),
        Some(format!("{}{script}", document.language.code())),
        Some(match document.page_count {
            1 => "1 page".to_owned(),
            count => format!("{count} pages"),
        }),
    ];
    let _ = writeln!(out, "{}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    out
}

fn write_section(out: &mut String, name: &str, rows: Vec<[String; 3]>) {
    if rows.is_empty() {
        return;
    }
    let count = rows.len();
    let heading = if count > 1 { format!("{name} ({count})") } else { name.to_owned() };
    let _ = write!(out, "\n{heading}\n{}", output::rows(rows));
}

fn page(page: u32) -> String {
    format!("p. {page}")
}

fn both(zh: Option<&str>, en: Option<&str>) -> String {
    [zh, en].into_iter().flatten().collect::<Vec<_>>().join(" = ")
}

fn agency(agency: &Agency) -> [String; 3] {
    [agency.id.clone(), both(agency.name_zh.as_deref(), agency.name_en.as_deref()), String::new()]
}

fn dates(facts: &Facts) -> Vec<[String; 3]> {
    use corpus::facts::DateKind::{Effective, Issued, Mentioned, Published, Repealed, Translated};
    let name = |kind| match kind {
        Issued => "signed",
        Published => "published",
        Effective => "in force from",
        Repealed => "repealed",
        Translated => "translated",
        Mentioned => "named",
    };
    let own = facts.dates.iter().filter(|date| date.kind != Mentioned);
    let named = facts.dates.iter().filter(|date| date.kind == Mentioned).take(SHOWN);
    own.chain(named).map(|date| [date.date.clone(), name(date.kind).to_owned(), page(date.page)]).collect()
}

fn standard(record: &StandardRecord) -> Vec<[String; 3]> {
    let adopts = record.adopts.iter().map(|adoption| format!("{} ({})", adoption.standard, adoption.degree.code()));
    let rows = [
        ("number", record.number.clone()),
        ("ICS", record.ics.join(", ")),
        ("CCS", record.ccs.join(", ")),
        ("replaces", record.replaces.join(", ")),
        ("replaced by", record.replaced_by.join(", ")),
        ("adopts", adopts.collect::<Vec<_>>().join(", ")),
        ("committee", record.committee.clone().unwrap_or_default()),
    ];
    let told = rows.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(name, value)| [name.to_owned(), value, String::new()]).collect()
}

/// The topics with evidence of their own; what stands above them goes without saying.
fn classed(topics: &[TopicClass], taxonomy: &Taxonomy) -> Vec<[String; 3]> {
    let own = topics.iter().filter(|class| !class.evidence.is_empty());
    let rows = own.map(|class| {
        let name =
            taxonomy.topic(&class.topic).map_or_else(String::new, |topic| both(Some(&topic.zh), Some(&topic.en)));
        let terms: Vec<&str> = class.evidence.iter().take(TERMS).map(|evidence| evidence.term.as_str()).collect();
        [
            class.topic.clone(),
            format!("{name}: {}", terms.join(", ")),
            class.evidence.first().map_or_else(String::new, |first| page(first.page)),
        ]
    });
    rows.collect()
}

fn target(target: &Target) -> [String; 3] {
    let by = target.by.map_or(String::new(), |year| format!("by {year}  "));
    [format!("{by}{}", amount(target)), target.what.clone(), page(target.page)]
}

fn definition(definition: &Definition) -> [String; 3] {
    let mut term = both(definition.zh.as_deref(), definition.en.as_deref());
    let others = definition.abbreviation.iter().chain(&definition.admitted).cloned().collect::<Vec<_>>();
    if !others.is_empty() {
        let _ = write!(term, " ({})", others.join("; "));
    }
    if !definition.definition.is_empty() {
        let _ = write!(term, ": {}", definition.definition);
    }
    [definition.clause.clone().unwrap_or_default(), term, page(definition.page)]
}

fn glosses(facts: &Facts) -> Vec<[String; 3]> {
    let rows = facts.glosses.iter().map(|gloss| {
        let note = gloss.note.as_ref().map(|note| format!(" [{note}]")).unwrap_or_default();
        [gloss.zh.clone(), format!("{}{note}", gloss.en), page(gloss.page)]
    });
    rows.collect()
}

/// What is named, with where and how often; a document of an earlier version knows only the names.
fn named(facts: &Facts, kind: MentionKind, names: &[String]) -> Vec<[String; 3]> {
    let rows = names.iter().take(SHOWN).map(|name| {
        let mention = facts.mentions.iter().find(|mention| mention.kind == kind && mention.value == *name);
        let count = mention.filter(|mention| mention.count > 1).map(|mention| format!("{} times", mention.count));
        let place = mention.map(|mention| page(mention.page)).unwrap_or_default();
        [name.clone(), count.unwrap_or_default(), place]
    });
    rows.collect()
}

fn other_agencies(facts: &Facts) -> Vec<[String; 3]> {
    let others = facts.agencies.iter().filter(|agency| !facts.issuers.contains(agency));
    others.take(SHOWN).map(agency).collect()
}

fn citations(facts: &Facts) -> Vec<[String; 3]> {
    let rows = facts.citations.iter().take(SHOWN).map(|citation| {
        let (title, number) = (citation.title.clone(), citation.number.clone());
        [title.unwrap_or_default(), number.unwrap_or_default(), page(citation.page)]
    });
    rows.collect()
}

fn periods(facts: &Facts) -> Vec<[String; 3]> {
    let rows = facts.plan_periods.iter();
    rows.map(|period| [period.name.clone(), format!("{}–{}", period.from, period.to), String::new()]).collect()
}

fn outline(facts: &Facts) -> Vec<[String; 3]> {
    let rows = facts.outline.iter().map(|entry| {
        let indent = "  ".repeat(usize::from(entry.level.saturating_sub(1)));
        [format!("{indent}{}", entry.title), String::new(), page(entry.page)]
    });
    rows.collect()
}

fn taken_from(facts: &Facts) -> Vec<[String; 3]> {
    let row = |name: &str, value: &String| [name.to_owned(), value.clone(), String::new()];
    let source = facts.source.iter().map(|value| row("source", value));
    let addresses = facts.source_urls.iter().take(SHOWN).map(|value| row("address", value));
    let translator = facts.translator.iter().map(|value| row("translator", value));
    let editor = facts.editor.iter().map(|value| row("editor", value));
    source.chain(addresses).chain(translator).chain(editor).collect()
}
