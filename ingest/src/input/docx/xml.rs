//! XML as this reader needs it: starts, ends and text, with references resolved and the depth bounded.

use quick_xml::events::{BytesStart, Event as Found};
use quick_xml::{Reader, XmlVersion};

/// Word nests tables and boxes some dozens of elements deep.
const DEEPEST: usize = 400;

/// What comes next.
#[derive(Debug)]
pub(super) enum Event<'a> {
    /// An element begins; an empty one ends at once.
    Start(Element<'a>),
    /// The innermost element ends.
    End,
    /// Text.
    Text(String),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// Its prefix; empty where it has none.
    pub(super) fn prefix(&self) -> String {
        self.0.name().prefix().map_or_else(String::new, |prefix| prefix.as_ref().to_owned())
    }

    /// An attribute by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned))
    }

    /// The attribute `val`, which most properties have.
    pub(super) fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Whether a property that is on or off is on: it is unless it says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The events of a part.
pub(super) struct Events<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// An empty element was begun and is still to end.
    ends: bool,
}

impl<'a> Events<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { reader: Reader::from_str(text), depth: 0, ends: false }
    }

    /// What comes next; `None` at the end. Entities of the file's own stand for nothing.
    ///
    /// # Errors
    /// When the part is not well-formed from here on, ends too early, or is nested too deeply, with why.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, String> {
        if std::mem::take(&mut self.ends) {
            return Ok(Some(Event::End));
        }
        loop {
            let found = self.reader.read_event().map_err(|error| format!("is not well-formed: {error}"))?;
            return Ok(Some(match found {
                Found::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(format!("is nested more than {DEEPEST} elements deep"));
                    }
                    Event::Start(Element(start))
                }
                Found::Empty(start) => {
                    self.ends = true;
                    Event::Start(Element(start))
                }
                Found::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End
                }
                Found::Text(text) => Event::Text(text.xml10_content().into_owned()),
                Found::CData(text) => Event::Text(text.xml10_content().into_owned()),
                Found::GeneralRef(reference) => {
                    let char = reference.resolve_char_ref().ok().flatten().map(String::from);
                    let known = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                    Event::Text(char.or_else(known).unwrap_or_default())
                }
                Found::Eof if self.depth > 0 => return Err("ends too early".to_owned()),
                Found::Eof => return Ok(None),
                Found::Decl(_) | Found::PI(_) | Found::DocType(_) | Found::Comment(_) => continue,
            }));
        }
    }

    /// Passes over the rest of the element that has just begun.
    ///
    /// # Errors
    /// As [`Events::next`].
    pub(super) fn skip(&mut self) -> Result<(), String> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Some(Event::Start(_)) => open += 1,
                Some(Event::End) => open -= 1,
                Some(Event::Text(_)) => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }
}

/// The text of the first element of a name.
pub(super) fn first_text(part: &str, name: &str) -> Option<String> {
    let mut events = Events::new(part);
    let mut text: Option<String> = None;
    while let Some(event) = events.next().ok().flatten() {
        match event {
            Event::Start(element) if element.name() == name => text = Some(String::new()),
            Event::Text(more) if text.is_some() => text.get_or_insert_default().push_str(&more),
            Event::End if text.is_some() => return text,
            _ => {}
        }
    }
    None
}
