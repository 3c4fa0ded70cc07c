//! TMX 1.1 to 1.4b (LISA OSCAR, 2005): units with a variant a language.

use corpus::document::Language;
use quick_xml::events::{BytesStart, Event};

use super::xml::{Events, Inline, attribute, segmented};
use super::{BilingualText, Units, language};
use crate::Error;

/// Reads a TMX. The source language is the unit's `srclang`, else the header's, else that of the first variant.
pub(super) fn read(text: &str) -> Result<BilingualText, Error> {
    let mut events = Events::new(text);
    let mut units = Units::default();
    let mut source = None;
    loop {
        match events.next()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "header" => {
                source = source_language(&start);
            }
            Event::Start(start) if start.local_name().as_ref() == "tu" => {
                units.count()?;
                let of_unit = source_language(&start).or(source);
                let id = attribute(&start, "tuid").unwrap_or_default();
                read_unit(&mut events, &mut units, of_unit, &id)?;
            }
            Event::Eof => return Ok(units.finish()),
            _ => {}
        }
    }
}

/// The source language that a header or a unit names; `*all*` names none.
fn source_language(start: &BytesStart<'_>) -> Option<Language> {
    let language = language(&attribute(start, "srclang")?);
    (language != Language::Other).then_some(language)
}

fn read_unit(events: &mut Events<'_>, units: &mut Units, source: Option<Language>, id: &str) -> Result<(), Error> {
    let mut variants: Vec<(Language, String)> = Vec::new();
    loop {
        match events.next()? {
            Event::Start(start) if start.local_name().as_ref() == "tuv" => {
                let language = attribute(&start, "lang").map_or(Language::Other, |tag| language(&tag));
                let text = read_variant(events)?;
                let is_new = variants.iter().all(|(other, _)| *other != language);
                if language != Language::Other && is_new {
                    variants.push((language, text));
                }
            }
            Event::Start(_) => events.skip()?,
            Event::End(_) | Event::Eof => break,
            _ => {}
        }
    }
    let source = source.or(variants.first().map(|(language, _)| *language)).unwrap_or(Language::Other);
    let text = |language| variants.iter().find(|(found, _)| Some(*found) == language).map(|(_, text)| text.as_str());
    match text(Some(source)) {
        Some(own) => {
            let target = source.counterpart();
            units.add((source, target.unwrap_or(Language::Other)), id, own, text(target));
        }
        None => units.other_languages += 1,
    }
    Ok(())
}

fn read_variant(events: &mut Events<'_>) -> Result<String, Error> {
    let mut text = String::new();
    loop {
        match events.next()? {
            Event::Start(start) if start.local_name().as_ref() == "seg" => text = segmented(events, kind)?.text,
            Event::Start(_) => events.skip()?,
            Event::End(_) | Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

/// TMX 1.4b, "Content markup": what is in these elements is the native format's code, and `sub` the text inside of it.
fn kind(start: &BytesStart<'_>) -> Inline {
    match start.local_name().as_ref() {
        "bpt" | "ept" | "it" | "ut" => Inline::Code,
        "ph" if attribute(start, "type").is_some_and(|kind| kind == "lb") => Inline::Break,
        "ph" => Inline::Code,
        "sub" => Inline::Within,
        _ => Inline::Text,
    }
}
