//! What TMX and XLIFF have in common: encodings, elements, text with tags in it.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::Error;

/// Elements nested deeper than this are no translation's.
const DEEPEST: usize = 100;
/// A longer segment is no segment, in bytes.
const LONGEST_SEGMENT: usize = 1 << 20;

/// The text of a file in UTF-8 or UTF-16, by its byte order mark or its first character, which is `<`.
///
/// # Errors
/// When it is in neither.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Error> {
    let pairs = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair));
        char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Ok(pairs(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Ok(pairs(rest, u16::from_be_bytes)),
        [b'<', 0, ..] => Ok(pairs(bytes, u16::from_le_bytes)),
        [0, b'<', ..] => Ok(pairs(bytes, u16::from_be_bytes)),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let text = std::str::from_utf8(bytes).map_err(|error| {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                Error::Input(format!("line {line} is neither UTF-8 nor UTF-16; save the file in one of these"))
            })?;
            Ok(text.to_owned())
        }
    }
}

/// The local name of the root element.
///
/// # Errors
/// When there is none.
pub(super) fn root(text: &str) -> Result<String, Error> {
    let mut events = Events::new(text);
    loop {
        match events.next()? {
            Event::Start(start) | Event::Empty(start) => return Ok(start.local_name().as_ref().to_owned()),
            Event::Eof => return Err(Error::Input("it has no XML element; give a TMX or an XLIFF".to_owned())),
            _ => {}
        }
    }
}

/// The events of a text, with lines in errors and a limit to the depth.
pub(super) struct Events<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Events<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, reader: Reader::from_str(text), depth: 0 }
    }

    /// The next event. Entities of the file's own are never resolved: each stays a reference.
    ///
    /// # Errors
    /// When the file is not well-formed up to here, or nested too deeply.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Error> {
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(self.fault(&format!("is not well-formed: {error}"))),
        };
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(self.fault("ends inside an element; the file was cut")),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(self.fault(&format!("is nested more than {DEEPEST} elements deep")));
        }
        Ok(event)
    }

    /// Passes over the rest of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// An error at the place that was read last.
    pub(super) fn fault(&self, what: &str) -> Error {
        let at = usize::try_from(self.reader.error_position().max(self.reader.buffer_position())).unwrap_or(usize::MAX);
        let before = self.text.as_bytes().get(..at.min(self.text.len())).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::Input(format!("line {line} {what}"))
    }
}

/// The value of an attribute by its local name; a prefix (`xml:lang`) does not matter.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        start.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned))
}

/// What a reference stands for. One that only the file's own declarations could resolve stays as it is written.
pub(super) fn referred(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(char)) = reference.resolve_char_ref() {
        return char.to_string();
    }
    let name: &str = reference;
    quick_xml::escape::resolve_predefined_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// What is made of an element inside of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// Its text is the segment's.
    Text,
    /// It holds another format's codes.
    Code,
    /// It is text inside of codes, such as a tool tip.
    Within,
    /// It breaks a line.
    Break,
}

/// A segment's text without its tags, and the parts that are marked as segments inside of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Segmented {
    pub(super) text: String,
    /// Number and text of each `<mrk mtype="seg">`.
    pub(super) parts: Vec<(String, String)>,
}

/// Reads the text of the element that has just begun, up to its end.
///
/// # Errors
/// As [`Events::next`], and when it is longer than a segment can be.
pub(super) fn segmented(events: &mut Events<'_>, kind: fn(&BytesStart<'_>) -> Inline) -> Result<Segmented, Error> {
    let mut found = Segmented::default();
    let mut open: Vec<(Inline, Option<(String, usize)>)> = vec![(Inline::Text, None)];
    while let Some((inside, _)) = open.last() {
        let is_text = matches!(inside, Inline::Text | Inline::Within);
        match events.next()? {
            Event::Text(text) if is_text => found.text.push_str(&text.xml10_content()),
            Event::CData(text) if is_text => found.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if is_text => found.text.push_str(&referred(&reference)),
            Event::Start(start) => open.push(begun(&mut found, kind(&start), is_text, &start)),
            Event::Empty(start) => {
                begun(&mut found, kind(&start), is_text, &start);
            }
            Event::End(_) => ended(&mut found, open.pop()),
            Event::Eof => break,
            _ => {}
        }
        if found.text.len() > LONGEST_SEGMENT {
            return Err(events.fault("has a segment of more than 1 MB; split it"));
        }
    }
    found.text = spaced(&found.text);
    Ok(found)
}

fn begun(
    found: &mut Segmented,
    kind: Inline,
    is_text: bool,
    start: &BytesStart<'_>,
) -> (Inline, Option<(String, usize)>) {
    if matches!(kind, Inline::Break | Inline::Within) {
        found.text.push(' ');
    }
    if is_text && start.local_name().as_ref() == "cp" {
        let char = attribute(start, "hex").and_then(|hex| u32::from_str_radix(&hex, 16).ok()).and_then(char::from_u32);
        found.text.extend(char.filter(|char| !char.is_control()));
    }
    let is_part = start.local_name().as_ref() == "mrk" && attribute(start, "mtype").as_deref() == Some("seg");
    let part = is_part.then(|| (attribute(start, "mid").unwrap_or_default(), found.text.len()));
    // What is text inside of codes is text; all else inside of codes is codes.
    let inside = if is_text || kind == Inline::Within { kind } else { Inline::Code };
    (inside, part)
}

fn ended(found: &mut Segmented, element: Option<(Inline, Option<(String, usize)>)>) {
    let Some((kind, part)) = element else { return };
    if let Some((number, from)) = part {
        found.parts.push((number, spaced(found.text.get(from..).unwrap_or_default())));
    }
    if kind == Inline::Within {
        found.text.push(' ');
    }
}

/// The text with single spaces, and none at its ends.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
