//! Bitexts as translation memories: TMX 1.4b (LISA OSCAR, 2005), for CAT tools.

use std::io::{Error as IoError, Result as IoResult};

use corpus::bitext::Bead;
use corpus::document::{Document, Sentence};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::Error;
use crate::data::Data;

/// Which beads of a bitext become translation units. Those with an empty side never do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beads {
    /// Those that the aligner is sure of, and those that readers made.
    #[default]
    Sure,
    /// Doubtful ones too, each with the property `x-doubtful`.
    All,
}

/// A bitext as a TMX file in UTF-8; `None` when there is no such bitext.
///
/// Chinese is the source language. Each unit says how sure the aligner was (`x-score`, from 0 to 1) or that a reader
/// made it (`x-made-by`); each side names its pages (`x-page`), and the header the documents.
///
/// # Errors
/// When the store cannot be read.
pub fn bitext_tmx(data: &Data, id: i64, beads: Beads) -> Result<Option<String>, Error> {
    let found = data.with_store(|store| {
        let Some(bitext) = store.bitext(id)? else { return Ok(None) };
        let Some((zh, en)) = store.document(bitext.zh)?.zip(store.document(bitext.en)?) else { return Ok(None) };
        let sides = [("zh", zh, store.sentences(bitext.zh)?), ("en", en, store.sentences(bitext.en)?)];
        Ok(Some((
            sides.map(|(language, document, sentences)| Side { language, document, sentences }),
            store.beads(id)?,
        )))
    })?;
    let Some((sides, all)) = found else { return Ok(None) };
    let kept = |bead: &&Bead| !bead.is_one_sided() && (beads == Beads::All || !bead.is_doubtful());
    let written = written(id, &sides, all.iter().enumerate().filter(|(_, bead)| kept(bead)));
    written.map(Some).map_err(|source| Error::Io { action: "write", path: "the TMX file".into(), source })
}

/// One side of a bitext.
struct Side {
    language: &'static str,
    document: Document,
    sentences: Vec<Sentence>,
}

/// A translation unit: two texts that render each other, with properties by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its identifier in the file.
    pub(crate) id: String,
    /// What is said of it.
    pub(crate) properties: Vec<(String, String)>,
    /// The two texts.
    pub(crate) sides: [UnitSide; 2],
}

/// One text of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnitSide {
    /// Its language, as an `xml:lang`.
    pub(crate) language: String,
    /// What is said of it.
    pub(crate) properties: Vec<(String, String)>,
    /// The text.
    pub(crate) text: String,
}

fn written<'a>(id: i64, sides: &[Side; 2], beads: impl Iterator<Item = (usize, &'a Bead)>) -> IoResult<String> {
    let properties = sides.iter().flat_map(|side| {
        [
            (format!("x-document-{}", side.language), side.document.name.clone()),
            (format!("x-title-{}", side.language), side.document.display_title().to_owned()),
        ]
    });
    let units = beads.map(|(number, bead)| unit(format!("{id}-{}", number + 1), sides, bead));
    write("zh", &properties.collect::<Vec<_>>(), units)
}

fn unit(id: String, sides: &[Side; 2], bead: &Bead) -> Unit {
    let mut properties = vec![
        ("x-score".to_owned(), format!("{:.2}", bead.score)),
        ("x-made-by".to_owned(), bead.made_by.name().to_owned()),
    ];
    if bead.is_doubtful() {
        properties.push(("x-doubtful".to_owned(), "yes".to_owned()));
    }
    let [zh, en] = sides;
    Unit { id, properties, sides: [unit_side(zh, &bead.zh, ""), unit_side(en, &bead.en, " ")] }
}

fn unit_side(side: &Side, indexes: &[usize], between: &str) -> UnitSide {
    let sentences: Vec<&Sentence> = indexes.iter().filter_map(|index| side.sentences.get(*index)).collect();
    let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    let pages = sentences.first().zip(sentences.last()).map(|(first, last)| pages(first.page, last.page));
    UnitSide {
        language: side.language.to_owned(),
        properties: pages.map(|pages| ("x-page".to_owned(), pages)).into_iter().collect(),
        text: texts.join(between),
    }
}

fn pages(first: u32, last: u32) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

/// Units as a TMX file with one source language; `properties` are those of its header.
///
/// # Errors
/// When the text cannot be put together, which no content brings about.
pub(crate) fn write(
    source: &str,
    properties: &[(String, String)],
    units: impl IntoIterator<Item = Unit>,
) -> IoResult<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element("tmx").with_attribute(("version", "1.4")).write_inner_content(|writer| {
        write_header(writer, source, properties)?;
        writer
            .create_element("body")
            .write_inner_content(|writer| units.into_iter().try_for_each(|unit| write_unit(writer, &unit)))?;
        Ok(())
    })?;
    let mut text = String::from_utf8(writer.into_inner()).map_err(IoError::other)?;
    text.push('\n');
    Ok(text)
}

fn write_header(writer: &mut Writer<Vec<u8>>, source: &str, properties: &[(String, String)]) -> IoResult<()> {
    let attributes = [
        ("creationtool", "policyglot"),
        ("creationtoolversion", env!("CARGO_PKG_VERSION")),
        ("segtype", "sentence"),
        ("o-tmf", "policyglot"),
        ("adminlang", "en"),
        ("srclang", source),
        ("datatype", "plaintext"),
    ];
    writer
        .create_element("header")
        .with_attributes(attributes)
        .write_inner_content(|writer| write_properties(writer, properties))?;
    Ok(())
}

fn write_unit(writer: &mut Writer<Vec<u8>>, unit: &Unit) -> IoResult<()> {
    writer.create_element("tu").with_attribute(("tuid", unit.id.as_str())).write_inner_content(|writer| {
        write_properties(writer, &unit.properties)?;
        unit.sides.iter().try_for_each(|side| write_side(writer, side))
    })?;
    Ok(())
}

fn write_side(writer: &mut Writer<Vec<u8>>, side: &UnitSide) -> IoResult<()> {
    writer.create_element("tuv").with_attribute(("xml:lang", side.language.as_str())).write_inner_content(
        |writer| {
            write_properties(writer, &side.properties)?;
            writer.create_element("seg").write_text_content(BytesText::new(&allowed(&side.text)))?;
            Ok(())
        },
    )?;
    Ok(())
}

fn write_properties(writer: &mut Writer<Vec<u8>>, properties: &[(String, String)]) -> IoResult<()> {
    for (name, value) in properties {
        let value = allowed(value);
        writer
            .create_element("prop")
            .with_attribute(("type", name.as_str()))
            .write_text_content(BytesText::new(&value))?;
    }
    Ok(())
}

/// The text without what XML 1.0 does not allow in any form (production 2, `Char`), and without line breaks, which a
/// reader of the file may take for others.
fn allowed(text: &str) -> String {
    let kept = text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let kept = kept.map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| *c >= ' ');
    kept.collect()
}

#[cfg(test)]
mod tests;
