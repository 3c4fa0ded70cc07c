//! XLIFF 1.2 (OASIS, 2008) and 2.x (ISO 21720:2017): units with a source and a target.

use corpus::document::Language;
use quick_xml::events::{BytesStart, Event};

use super::xml::{Events, Inline, Segmented, attribute, segmented};
use super::{BilingualText, Units, language};
use crate::Error;

/// Reads an XLIFF of either generation; a unit's own name tells which.
pub(super) fn read(text: &str) -> Result<BilingualText, Error> {
    let mut events = Events::new(text);
    let mut units = Units::default();
    let mut direction = (Language::Other, Language::Other);
    loop {
        match events.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "xliff" => direction = languages(&start, "srcLang", "trgLang").unwrap_or(direction),
                "file" => direction = languages(&start, "source-language", "target-language").unwrap_or(direction),
                "trans-unit" => {
                    units.count()?;
                    read_unit(&mut events, &mut units, direction, &start)?;
                }
                "unit" => {
                    let id = attribute(&start, "id").unwrap_or_default();
                    read_segments(&mut events, &mut units, direction, &id)?;
                }
                "header" | "notes" | "note" | "skeleton" | "bin-unit" | "matches" | "glossary" => events.skip()?,
                _ => {}
            },
            Event::Eof => return Ok(units.finish()),
            _ => {}
        }
    }
}

/// The direction that an element names; a target that is not named is the other of the two languages.
fn languages(start: &BytesStart<'_>, source: &str, target: &str) -> Option<(Language, Language)> {
    let source = language(&attribute(start, source)?);
    let target = attribute(start, target).map(|tag| language(&tag)).or(source.counterpart());
    Some((source, target.unwrap_or(Language::Other)))
}

/// A `trans-unit` of XLIFF 1.2. Where both sides are cut into the same segments, each is one of its own.
fn read_unit(
    events: &mut Events<'_>,
    units: &mut Units,
    direction: (Language, Language),
    unit: &BytesStart<'_>,
) -> Result<(), Error> {
    let id = attribute(unit, "id").unwrap_or_default();
    let (mut source, mut cut, mut target) = (Segmented::default(), None, None);
    loop {
        match events.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "source" => source = segmented(events, kind)?,
                "seg-source" => cut = Some(segmented(events, kind)?),
                "target" => {
                    let waits = is_waiting(&start);
                    let read = segmented(events, kind)?;
                    target = (!(waits && read.text == source.text)).then_some(read);
                }
                _ => events.skip()?,
            },
            Event::End(_) | Event::Eof => break,
            _ => {}
        }
    }
    let parts = cut.map(|cut| cut.parts).filter(|parts| !parts.is_empty());
    let (Some(parts), Some(translated)) = (parts, target.as_ref().filter(|target| !target.parts.is_empty())) else {
        units.add(direction, &id, &source.text, target.as_ref().map(|target| target.text.as_str()));
        return Ok(());
    };
    for (number, text) in &parts {
        let other = translated.parts.iter().find(|(other, _)| other == number).map(|(_, text)| text.as_str());
        units.add(direction, &format!("{id}/{number}"), text, other);
    }
    Ok(())
}

/// The segments of a `unit` of XLIFF 2.
fn read_segments(
    events: &mut Events<'_>,
    units: &mut Units,
    direction: (Language, Language),
    unit: &str,
) -> Result<(), Error> {
    let mut number = 0;
    loop {
        match events.next()? {
            Event::Start(start) if start.local_name().as_ref() == "segment" => {
                units.count()?;
                number += 1;
                let name = attribute(&start, "id").unwrap_or_else(|| number.to_string());
                let (source, target) = read_segment(events, is_waiting(&start))?;
                units.add(direction, &format!("{unit}/{name}"), &source, target.as_deref());
            }
            Event::Start(_) => events.skip()?,
            Event::End(_) | Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn read_segment(events: &mut Events<'_>, waits: bool) -> Result<(String, Option<String>), Error> {
    let (mut source, mut target) = (String::new(), None);
    loop {
        match events.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "source" => source = segmented(events, kind)?.text,
                "target" => target = Some(segmented(events, kind)?.text),
                _ => events.skip()?,
            },
            Event::End(_) | Event::Eof => break,
            _ => {}
        }
    }
    Ok((source.clone(), target.filter(|target| !(waits && *target == source))))
}

/// Whether the state says that nobody has translated it yet: tools put the source in the target's place then.
fn is_waiting(start: &BytesStart<'_>) -> bool {
    let state = attribute(start, "state");
    matches!(state.as_deref(), Some("new" | "needs-translation" | "initial"))
}

/// Inline elements of both generations: in 1.2, those of paired and lone codes hold native code (2.4.1 to 2.4.6).
fn kind(start: &BytesStart<'_>) -> Inline {
    let is_break = || {
        let kind = attribute(start, "ctype").or_else(|| attribute(start, "subType"));
        kind.is_some_and(|kind| matches!(kind.as_str(), "lb" | "xlf:lb" | "x-br"))
    };
    match start.local_name().as_ref() {
        "x" | "ph" if is_break() => Inline::Break,
        "bpt" | "ept" | "it" | "ph" => Inline::Code,
        "sub" => Inline::Within,
        _ => Inline::Text,
    }
}
