//! A file of XML read a part at a time.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::tree::{Element, Node};
use crate::Error;

/// Elements may be nested so deep.
const DEEPEST: usize = 100;
/// A part may hold so many elements, attributes and pieces of text.
const LARGEST_PART: usize = 100_000;

/// The text of a file of XML, in the encoding that its bytes, its mark or its declaration name, with warnings.
///
/// # Errors
/// When the bytes are no text.
pub(crate) fn decoded(bytes: &[u8]) -> Result<(String, Vec<String>), Error> {
    let declared = declared_encoding(bytes);
    let (text, warnings) =
        ingest::text_declared(bytes, declared.as_deref()).map_err(|error| Error::Input(error.to_string()))?;
    Ok((text, warnings.into_iter().map(|warning| warning.message).collect()))
}

/// The encoding that a declaration in ASCII names.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?);
    let (declaration, _) = start.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (label, _) = value.strip_prefix(quote)?.split_once(quote)?;
    Some(label.to_owned())
}

/// What comes next in a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The start of an element that is not wanted as a whole: nothing is in it yet.
    Opened(Element),
    /// An element that is wanted, with all that is in it.
    Whole(Element),
}

/// A file that is read a part at a time: elements of some names as trees, of the others only their start.
pub(crate) struct Parts<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    wanted: &'a [&'a str],
    /// Where in the file and in which line counting has come.
    counted: (usize, usize),
    /// The elements that are open, with their lines.
    open: Vec<(String, usize)>,
    unknown_entities: usize,
}

impl<'a> Parts<'a> {
    /// The parts of a file that is decoded already.
    pub(crate) fn of(text: &'a str, wanted: &'a [&'a str]) -> Self {
        let reader = Reader::from_str(text);
        Self { reader, text, wanted, counted: (0, 1), open: Vec::new(), unknown_entities: 0 }
    }

    /// How many references to entities were kept as they are written, since only XML's own five are known.
    pub(crate) fn unknown_entities(&self) -> usize {
        self.unknown_entities
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// When the file is not well-formed, or is nested too deep.
    pub(crate) fn next(&mut self) -> Result<Option<Step>, Error> {
        loop {
            match self.event()? {
                Event::Start(start) => {
                    let element = self.opened(&start)?;
                    if self.wanted.contains(&element.name.as_str()) {
                        return Ok(Some(Step::Whole(self.filled(element)?)));
                    }
                    return Ok(Some(Step::Opened(element)));
                }
                Event::Empty(start) => {
                    let element = self.element(&start);
                    let is_wanted = self.wanted.contains(&element.name.as_str());
                    return Ok(Some(if is_wanted { Step::Whole(element) } else { Step::Opened(element) }));
                }
                Event::End(_) => {
                    self.open.pop();
                }
                Event::Eof => return self.at_end(),
                _ => {}
            }
        }
    }

    /// The element with all that is in it, up to its end.
    fn filled(&mut self, element: Element) -> Result<Element, Error> {
        let first_line = element.line;
        let mut size = 0_usize;
        let mut stack = vec![element];
        loop {
            let node = match self.event()? {
                Event::Start(start) => {
                    let element = self.opened(&start)?;
                    size = size.saturating_add(element.attributes.len());
                    stack.push(element);
                    continue;
                }
                Event::End(_) => {
                    self.open.pop();
                    let Some(element) = stack.pop() else { return Ok(Element::default()) };
                    if stack.is_empty() {
                        return Ok(element);
                    }
                    Node::Element(element)
                }
                Event::Empty(start) => Node::Element(self.element(&start)),
                Event::Text(text) => Node::Text(text.into_inner().into_owned()),
                Event::CData(text) => Node::Exact(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => self.referred(&reference)?,
                Event::Eof => {
                    self.at_end()?;
                    return Ok(stack.swap_remove(0));
                }
                _ => continue,
            };
            size = size.saturating_add(1);
            if size > LARGEST_PART {
                return Err(Error::Input(format!(
                    "line {first_line}: the entry holds more than {LARGEST_PART} elements; divide it"
                )));
            }
            if let Some(parent) = stack.last_mut() {
                parent.children.push(node);
            }
        }
    }

    fn event(&mut self) -> Result<Event<'a>, Error> {
        match self.reader.read_event() {
            Ok(event) => Ok(event),
            Err(error) => {
                let position = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
                let (line, column) = place(self.text, position);
                let what = error.to_string();
                let what = what.trim_end_matches('.');
                Err(Error::Input(format!("line {line}, column {column}: this is not well-formed XML: {what}")))
            }
        }
    }

    fn at_end(&self) -> Result<Option<Step>, Error> {
        match self.open.last() {
            None => Ok(None),
            Some((name, line)) => Err(Error::Input(format!(
                "line {}: the file ends inside of <{name}>, which begins in line {line}; it may have been cut off",
                place(self.text, self.text.len()).0
            ))),
        }
    }

    fn opened(&mut self, start: &BytesStart<'_>) -> Result<Element, Error> {
        let element = self.element(start);
        self.open.push((element.name.clone(), element.line));
        if self.open.len() > DEEPEST {
            return Err(Error::Input(format!(
                "line {}: elements are nested deeper than {DEEPEST} levels, which no file of terms is",
                element.line
            )));
        }
        Ok(element)
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Element {
        // Checking for attributes that are given twice takes time that grows with the square of their number.
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
            attributes.push((attribute.key.as_ref().to_owned(), value));
        }
        let name = start.local_name().as_ref().to_owned();
        Element { name, line: self.line(), attributes, children: Vec::new() }
    }

    fn referred(&mut self, reference: &BytesRef<'_>) -> Result<Node, Error> {
        let name: &str = reference;
        if reference.is_char_ref() {
            return match reference.resolve_char_ref() {
                Ok(Some(char)) => Ok(Node::Exact(char.to_string())),
                _ => Err(Error::Input(format!("line {}: &{name}; is no character", self.line()))),
            };
        }
        if let Some(text) = resolve_predefined_entity(name) {
            return Ok(Node::Exact(text.to_owned()));
        }
        self.unknown_entities = self.unknown_entities.saturating_add(1);
        Ok(Node::Exact(format!("&{name};")))
    }

    /// The line where the last event ended.
    fn line(&mut self) -> usize {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len());
        let (counted, line) = self.counted;
        let passed = self.text.as_bytes().get(counted..position).unwrap_or_default();
        let line = line.saturating_add(passed.iter().filter(|byte| **byte == b'\n').count());
        self.counted = (position, line);
        line
    }
}

/// The line and the column of a byte, counted from 1.
fn place(text: &str, position: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..position.min(text.len())).unwrap_or_default();
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline.saturating_add(1));
    let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
    let in_line = String::from_utf8_lossy(before.get(line_start..).unwrap_or_default());
    (line, in_line.chars().count().saturating_add(1))
}
